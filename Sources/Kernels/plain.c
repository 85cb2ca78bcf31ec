// The architecture's own instructions, without asking the processor: SSE2 on x86-64, NEON with fused multiply-add on arm64.

#if defined(__aarch64__)
  #define SET_NAME "NEON"
  #define SET_FUSES 1
  #define TILE_ROWS 6
  #define TILE_VECTORS 1
#else
  #if defined(__x86_64__)
    #define SET_NAME "SSE2"
  #else
    #define SET_NAME "plain"
  #endif
  #define SET_FUSES 0
  #define TILE_ROWS 2
  #define TILE_VECTORS 1
#endif
#define SET_VARIABLE kernels_plain
#include "body.h"
