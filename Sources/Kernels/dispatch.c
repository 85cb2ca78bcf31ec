// Which kernels, and how many threads.

#include "set.h"

#include <stdint.h>
#if defined(__linux__)
  #include <malloc.h>
  #include <sys/mman.h>
#endif

enum {
  /// What one thread does in about 20 µs, in elements or in multiplications: less is not worth another thread.
  PRODUCT_WORK = 1 << 19,
  VECTOR_WORK = 1 << 15,
  CHEAP_WORK = 1 << 15,
  FUNCTION_WORK = 1 << 13,
};

// MARK: Sets

const kernels_set *kernels_available(size_t index) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  int has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
                   && __builtin_cpu_supports("avx512vl");
  if (has_avx512 && index-- == 0) return &kernels_avx512;
  if (has_avx2 && index-- == 0) return &kernels_avx2;
#endif
  return index == 0 ? &kernels_plain : NULL;
}

const char *kernels_name(const kernels_set *set) { return set->name; }
int kernels_fuses(const kernels_set *set) { return set->fuses; }

void kernels_keep_memory(void) {
#if defined(__GLIBC__)
  // Else each large matrix is fetched from the system anew, which clears it page by page: that takes longer than a sum.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

void kernels_prefer_large_pages(double *memory, size_t count) {
#if defined(__linux__)
  // The system clears and finds 2 MB at once, instead of 512 times 4 KB. Only whole pages within; a refusal does no harm.
  const uintptr_t page = 2 << 20;
  uintptr_t first = ((uintptr_t)memory + page - 1) / page * page, end = (uintptr_t)(memory + count) / page * page;
  if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
#else
  (void)memory, (void)count;
#endif
}

// MARK: Sharing out

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/// Into how many parts to cut `count` things of some `work` in all, so that each has at least `part_work`.
static size_t parts_of(size_t work, size_t part_work, size_t count) {
  size_t parts = work / part_work, threads = kernels_threads();
  // With much work in two parts a thread, so that one which is late takes fewer.
  parts = parts < threads ? parts : parts < 64 * threads ? threads : 2 * threads;
  parts = least(parts, count);
  return parts ? parts : 1;
}

/// Where part `part` of `parts` begins, of `count` things cut in multiples of `unit`.
static size_t begin(size_t part, size_t parts, size_t count, size_t unit) {
  size_t units = (count + unit - 1) / unit;
  return least(units * part / parts * unit, count);
}

// MARK: Products

typedef struct {
  const kernels_set *set;
  size_t rows, columns, inner, parts;
  const double *a, *b;
  steps a_steps, b_steps, c_steps;
  double *c;
} product_job;

static void product_part(size_t part, void *context) {
  const product_job *j = context;
  // The longer side is cut.
  if (j->rows >= j->columns) {
    size_t from = begin(part, j->parts, j->rows, j->set->tile_rows), to = begin(part + 1, j->parts, j->rows, j->set->tile_rows);
    if (from < to)
      j->set->product(to - from, j->columns, j->inner, j->a + (ptrdiff_t)from * j->a_steps.row, j->a_steps, j->b, j->b_steps,
                      j->c + (ptrdiff_t)from * j->c_steps.row, j->c_steps);
  } else {
    size_t unit = j->set->tile_columns;
    size_t from = begin(part, j->parts, j->columns, unit), to = begin(part + 1, j->parts, j->columns, unit);
    if (from < to)
      j->set->product(j->rows, to - from, j->inner, j->a, j->a_steps, j->b + (ptrdiff_t)from * j->b_steps.column, j->b_steps,
                      j->c + (ptrdiff_t)from * j->c_steps.column, j->c_steps);
  }
}

/// What a product costs in multiplications of 8 numbers, roughly: the width is rounded up, and what is read across has to be
/// copied first.
static size_t cost(size_t rows, size_t columns, size_t inner, ptrdiff_t b_column) {
  size_t width = (columns + 7) / 8;
  return rows * width * inner + (b_column == 1 ? 0 : 5 * width * inner);
}

void kernels_product(
    const kernels_set *set, size_t rows, size_t columns, size_t inner, const double *a, ptrdiff_t a_row, ptrdiff_t a_column,
    const double *b, ptrdiff_t b_row, ptrdiff_t b_column, double *c) {
  if (inner == 0) {
    for (size_t k = 0; k < rows * columns; k++) c[k] = 0;
    return;
  }
  product_job j = {set, rows, columns, inner, 1, a, b, {a_row, a_column}, {b_row, b_column}, {(ptrdiff_t)columns, 1}, c};
  if (cost(columns, rows, inner, a_row) < cost(rows, columns, inner, b_column))  // Cᵀ = BᵀAᵀ
    j = (product_job){set, columns, rows, inner, 1, b, a, {b_column, b_row}, {a_column, a_row}, {1, (ptrdiff_t)columns}, c};
  j.parts = parts_of(rows * columns * inner, PRODUCT_WORK, rows > columns ? rows : columns);
  kernels_parallel(j.parts, product_part, &j);
}

typedef struct {
  const kernels_set *set;
  size_t rows, inner, parts;
  int by_columns;
  const double *a, *x;
  double *y;
} vector_job;

static void vector_part(size_t part, void *context) {
  const vector_job *j = context;
  size_t from = begin(part, j->parts, j->rows, 8), to = begin(part + 1, j->parts, j->rows, 8);
  if (from == to) return;
  if (j->by_columns)
    j->set->columns_times_vector(from, to, j->rows, j->inner, j->a, j->x, j->y);
  else
    j->set->rows_times_vector(to - from, j->inner, j->a + from * j->inner, j->x, j->y + from);
}

void kernels_product_vector(
    const kernels_set *set, size_t rows, size_t inner, int by_columns, const double *a, const double *x, double *y) {
  vector_job j = {set, rows, inner, 1, by_columns, a, x, y};
  j.parts = parts_of(rows * inner, VECTOR_WORK, (rows + 7) / 8);
  kernels_parallel(j.parts, vector_part, &j);
}

// MARK: Element by element

typedef struct {
  const kernels_set *set;
  int code;
  size_t count, parts;
  const double *a, *b;
  int a_step, b_step;
  double *c;
} elements_job;

static void combine_part(size_t part, void *context) {
  const elements_job *j = context;
  size_t from = begin(part, j->parts, j->count, 8), to = begin(part + 1, j->parts, j->count, 8);
  j->set->combine(
      (kernels_operation)j->code, to - from, j->a + (j->a_step ? from : 0), j->a_step, j->b + (j->b_step ? from : 0), j->b_step,
      j->c + from);
}

void kernels_combine(
    const kernels_set *set, kernels_operation operation, size_t count, const double *a, int a_step, const double *b, int b_step,
    double *c) {
  elements_job j = {set, operation, count, 1, a, b, a_step, b_step, c};
  j.parts = parts_of(count, CHEAP_WORK, count);
  if (j.parts == 1) return set->combine(operation, count, a, a_step, b, b_step, c);
  kernels_parallel(j.parts, combine_part, &j);
}

static void apply_part(size_t part, void *context) {
  const elements_job *j = context;
  size_t from = begin(part, j->parts, j->count, 8), to = begin(part + 1, j->parts, j->count, 8);
  j->set->apply((kernels_function)j->code, to - from, j->a + from, j->c + from);
}

void kernels_apply(const kernels_set *set, kernels_function function, size_t count, const double *a, double *c) {
  elements_job j = {.set = set, .code = function, .count = count, .a = a, .c = c};
  j.parts = parts_of(count, function >= kernels_exp ? FUNCTION_WORK : CHEAP_WORK, count);
  if (j.parts == 1) return set->apply(function, count, a, c);
  kernels_parallel(j.parts, apply_part, &j);
}

void kernels_transpose(size_t rows, size_t columns, const double *a, double *c) {
  // In tiles: a tile of both stays in the cache.
  enum { TILE = 16 };
  for (size_t i0 = 0; i0 < rows; i0 += TILE)
    for (size_t j0 = 0; j0 < columns; j0 += TILE)
      for (size_t j = j0; j < least(j0 + TILE, columns); j++)
        for (size_t i = i0; i < least(i0 + TILE, rows); i++) c[j * rows + i] = a[i * columns + j];
}
