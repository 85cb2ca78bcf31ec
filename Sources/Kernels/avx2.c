// x86-64 with AVX2 and fused multiply-add: Intel since Haswell (2013), AMD since Zen.

#if defined(__x86_64__)
  #pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
  #define SET_NAME "AVX2"
  #define SET_VARIABLE kernels_avx2
  #define SET_FUSES 1
  #define TILE_ROWS 6
  #define TILE_VECTORS 1
  #include "body.h"
  #pragma clang attribute pop
#endif
