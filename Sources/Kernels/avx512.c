// x86-64 with AVX-512: 32 registers of 8 numbers.

#if defined(__x86_64__)
  #pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
  #define SET_NAME "AVX-512"
  #define SET_VARIABLE kernels_avx512
  #define SET_FUSES 1
  #define TILE_ROWS 8
  #define TILE_VECTORS 3
  #include "body.h"
  #pragma clang attribute pop
#endif
