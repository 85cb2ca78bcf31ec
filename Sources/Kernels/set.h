// What one instruction set offers; shared by the files of this folder.

#ifndef SET_H
#define SET_H

#include "Kernels.h"

/// Where the numbers of a factor, or of the result, lie: element (i, j) at i·row + j·column.
typedef struct {
  ptrdiff_t row, column;
} steps;

struct kernels_set {
  const char *name;
  int fuses;
  /// The rows and columns of the block of results that is held in registers.
  size_t tile_rows, tile_columns;
  void (*product)(size_t rows, size_t columns, size_t inner, const double *a, steps a_steps, const double *b, steps b_steps,
                  double *c, steps c_steps);
  void (*rows_times_vector)(size_t rows, size_t inner, const double *a, const double *x, double *y);
  void (*columns_times_vector)(size_t first, size_t end, size_t rows, size_t inner, const double *a, const double *x, double *y);
  void (*combine)(kernels_operation operation, size_t count, const double *a, int a_step, const double *b, int b_step, double *c);
  void (*apply)(kernels_function function, size_t count, const double *a, double *c);
};

extern const kernels_set kernels_plain;
#if defined(__x86_64__)
extern const kernels_set kernels_avx2, kernels_avx512;
#endif

/// Runs work(0, context) … work(tasks − 1, context), on several threads if there are several tasks and nobody else is using them.
void kernels_parallel(size_t tasks, void (*work)(size_t task, void *context), void *context);

#endif
