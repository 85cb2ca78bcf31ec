// The engine room behind `Matrix`: the loops that take the time, compiled for several instruction sets, of which the best that
// the processor has is picked at run time. Nothing here checks shapes; `LinearAlgebra` does.
//
// Every function gives the same bits whatever the number of threads, and on every processor with fused multiply-add (all of
// arm64, x86-64 since 2013): the order of all sums is part of what is promised below.

#ifndef KERNELS_H
#define KERNELS_H

#include <stddef.h>

/// One of the instruction sets that the kernels are compiled for.
typedef struct kernels_set kernels_set;

/// The sets that this processor can run, the best first; NULL beyond the last. The last is plain code for the architecture.
const kernels_set *kernels_available(size_t index);
/// "AVX-512", "AVX2", "NEON", "SSE2" or "plain".
const char *kernels_name(const kernels_set *set);
/// Whether products are added without being rounded first.
int kernels_fuses(const kernels_set *set);

/// How many threads work on what is large; at the start as many as there are processors.
size_t kernels_threads(void);
/// Sets how many, from 1 on.
void kernels_set_threads(size_t count);
/// Lets the allocator keep freed memory for the next matrix, instead of giving it back to the system each time.
void kernels_keep_memory(void);
/// Tells the system that these numbers, not yet written, are many and belong together.
void kernels_prefer_large_pages(double *memory, size_t count);

/// C = A · B: c (rows × columns, row by row), a (rows × inner) with element (i, k) at i·a_row + k·a_column, b (inner × columns)
/// likewise. Each element is one chain of fused additions in the order of k, beginning with 0. One of the two steps of a, and
/// of b, is 1.
void kernels_product(
    const kernels_set *set, size_t rows, size_t columns, size_t inner, const double *a, ptrdiff_t a_row, ptrdiff_t a_column,
    const double *b, ptrdiff_t b_row, ptrdiff_t b_column, double *c);

/// y = A · x for a (rows × inner), stored row by row, or column by column if `by_columns`; the row sums of A if x is NULL. Each
/// element is eight chains, over every eighth k, added as ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)).
void kernels_product_vector(
    const kernels_set *set, size_t rows, size_t inner, int by_columns, const double *a, const double *x, double *y);

/// What `kernels_combine` does with two numbers. Comparisons give 1 or 0; maximum and minimum give NaN where one of the two is.
typedef enum {
  kernels_add, kernels_subtract, kernels_multiply, kernels_divide, kernels_maximum, kernels_minimum,
  kernels_greater, kernels_greater_equal, kernels_less, kernels_less_equal, kernels_equal, kernels_different
} kernels_operation;

/// c[k] = a[k] ∘ b[k] for `count` elements; where a step is 0 instead of 1, the first element is taken for all. c may be a or b.
void kernels_combine(
    const kernels_set *set, kernels_operation operation, size_t count, const double *a, int a_step, const double *b, int b_step,
    double *c);

/// The functions of `kernels_apply`. Errors in units in the last place, with fused multiply-add: exp and log below 1, expm1 below 1.5,
/// tanh below 3; the root and what is plain arithmetic are exact but for rounding. The special values are those of the C library's functions.
typedef enum {
  kernels_negative, kernels_magnitude, kernels_square, kernels_root, kernels_exp, kernels_expm1, kernels_log, kernels_tanh
} kernels_function;

/// c[k] = f(a[k]) for `count` elements; c may be a.
void kernels_apply(const kernels_set *set, kernels_function function, size_t count, const double *a, double *c);

/// c (columns × rows) = aᵀ for a (rows × columns), both row by row.
void kernels_transpose(size_t rows, size_t columns, const double *a, double *c);

#endif
