// The kernels of one instruction set. Included by plain.c, avx2.c and avx512.c, each of which sets
//
//   SET_NAME, SET_VARIABLE    the set's name, and that of its table
//   SET_FUSES                 whether a·b + c is one instruction, rounded once
//   TILE_ROWS, TILE_VECTORS   the block of results that fits the registers, in rows and in vectors of 8
//
// They are written with the compiler's vectors of 8 numbers, which it splits where registers are shorter.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "set.h"

// What is fused is written so, everywhere the same.
#pragma STDC FP_CONTRACT OFF
// Vectors are passed to inlined functions only, where it does not matter how.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double v8 __attribute__((vector_size(64)));
typedef int64_t i8v __attribute__((vector_size(64)));
typedef uint64_t u8v __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))

INLINE v8 fused(v8 a, v8 b, v8 c) {
#if SET_FUSES
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

INLINE v8 all(double x) { return (v8){x, x, x, x, x, x, x, x}; }

INLINE v8 load(const double *from) {
  v8 v;
  memcpy(&v, from, sizeof v);
  return v;
}

INLINE void store(v8 v, double *to) { memcpy(to, &v, sizeof v); }

/// `count` < 8 numbers, and zeros.
INLINE v8 load_part(const double *from, size_t count) {
  v8 v = all(0);
  for (size_t k = 0; k < count; k++) v[k] = from[k];
  return v;
}

INLINE double total(v8 v) { return ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7])); }

#include "product.h"
#include "vector.h"
#include "elementwise.h"

const kernels_set SET_VARIABLE = {
  .name = SET_NAME,
  .fuses = SET_FUSES,
  .tile_rows = TILE_ROWS,
  .tile_columns = 8 * TILE_VECTORS,
  .product = product,
  .rows_times_vector = rows_times_vector,
  .columns_times_vector = columns_times_vector,
  .combine = combine,
  .apply = apply,
};
