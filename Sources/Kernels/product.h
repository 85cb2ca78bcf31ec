// C = A · B by one thread. The result is cut into tiles that fit the registers; A is cut into blocks of rows and k, B into
// strips as wide as a tile. Where a number is used often, its block or strip is first copied in the order in which it is read.
// See K. Goto and R. van de Geijn, "Anatomy of high-performance matrix multiplication" (2008).

enum {
  /// How many k are gone through at once: a strip of B stays in the nearest caches.
  DEPTH = 256,
  /// How many rows of A: a block of DEPTH · BLOCK_ROWS numbers stays in the second cache.
  BLOCK_ROWS = 96,
  /// How many columns of B are copied at once.
  BLOCK_COLUMNS = 1536,
  STRIP = 8 * TILE_VECTORS,
  /// Up to so many rows of A the strips of B are read where they lie.
  FEW_ROWS = 3 * TILE_ROWS,
  /// How many k ahead the strip of B is fetched.
  AHEAD = 16,
  /// What fits on the stack.
  SMALL = 4096,
};

/// A tile of results: `rows` × (8 · `vectors`) elements of C, each continued by the products of `depth` k.
INLINE void multiply_tile(
    const size_t rows, const size_t vectors, size_t depth, const double *a, steps a_steps, const double *next_a,
    const double *b, ptrdiff_t b_row, int begins, double *c, ptrdiff_t c_row) {
  v8 sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) sum[i][v] = begins ? all(0) : load(c + (ptrdiff_t)i * c_row + 8 * v);
#pragma clang loop unroll_count(2)
  for (size_t k = 0; k < depth; k++) {
    v8 right[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) {
      right[v] = load(b + 8 * v);
      __builtin_prefetch(b + AHEAD * b_row + 8 * v);
    }
    __builtin_prefetch(next_a + 8 * k);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      v8 left = all(a[(ptrdiff_t)i * a_steps.row]);
#pragma clang loop unroll(full)
      for (size_t v = 0; v < vectors; v++) sum[i][v] = fused(left, right[v], sum[i][v]);
    }
    a += a_steps.column;
    b += b_row;
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) store(sum[i][v], c + (ptrdiff_t)i * c_row + 8 * v);
}

typedef void tile_kernel(size_t, const double *, steps, const double *, const double *, ptrdiff_t, int, double *, ptrdiff_t);

#define TILE(rows, vectors)                                                                                                 \
  static void tile_##rows##_##vectors(                                                                                      \
      size_t depth, const double *a, steps a_steps, const double *next_a, const double *b, ptrdiff_t b_row, int begins,     \
      double *c, ptrdiff_t c_row) {                                                                                         \
    multiply_tile(rows, vectors, depth, a, a_steps, next_a, b, b_row, begins, c, c_row);                                    \
  }
#define TILES_OF_ROWS(vectors) TILE(1, vectors) TILE(2, vectors) MORE_TILES(vectors)
#if TILE_ROWS == 2
  #define MORE_TILES(vectors)
  #define NAMES(vectors) {tile_1_##vectors, tile_2_##vectors}
#elif TILE_ROWS == 6
  #define MORE_TILES(vectors) TILE(3, vectors) TILE(4, vectors) TILE(5, vectors) TILE(6, vectors)
  #define NAMES(vectors)                                                                                                    \
    {tile_1_##vectors, tile_2_##vectors, tile_3_##vectors, tile_4_##vectors, tile_5_##vectors, tile_6_##vectors}
#elif TILE_ROWS == 8
  #define MORE_TILES(vectors)                                                                                               \
    TILE(3, vectors) TILE(4, vectors) TILE(5, vectors) TILE(6, vectors) TILE(7, vectors) TILE(8, vectors)
  #define NAMES(vectors)                                                                                                    \
    {tile_1_##vectors, tile_2_##vectors, tile_3_##vectors, tile_4_##vectors,                                                \
     tile_5_##vectors, tile_6_##vectors, tile_7_##vectors, tile_8_##vectors}
#endif
TILES_OF_ROWS(1)
#if TILE_VECTORS > 1
TILES_OF_ROWS(2)
#endif
#if TILE_VECTORS > 2
TILES_OF_ROWS(3)
#endif

static tile_kernel *const tile_kernels[TILE_VECTORS][TILE_ROWS] = {
  NAMES(1),
#if TILE_VECTORS > 1
  NAMES(2),
#endif
#if TILE_VECTORS > 2
  NAMES(3),
#endif
};

/// The transpose of 8 × 8 numbers in registers: pairs are exchanged at distances of 1, 2 and 4.
INLINE void transpose_block(v8 r[8]) {
  v8 s[8];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 8; i += 2) {
    s[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    s[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 8; i++) {
    if (i & 2) continue;
    r[i] = __builtin_shufflevector(s[i], s[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    r[i + 2] = __builtin_shufflevector(s[i], s[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 4; i++) {
    s[i] = __builtin_shufflevector(r[i], r[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    s[i + 4] = __builtin_shufflevector(r[i], r[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 8; i++) r[i] = s[i];
}

/// Copies `width` lines of `depth` numbers so that those of one k lie together, `line` apart from those of the next; lines up
/// to `line` are filled with zeros. Line l's k-th number is at l·across + k·along.
INLINE void pack(const double *from, ptrdiff_t across, ptrdiff_t along, size_t width, size_t depth, double *to, size_t line) {
  for (size_t l = 0; l < width; l += 8) {
    size_t count = width - l < 8 ? width - l : 8, k = 0;
    const double *first = from + (ptrdiff_t)l * across;
    if (across == 1 && count == 8) {
      for (; k < depth; k++) store(load(first + (ptrdiff_t)k * along), to + k * line + l);
    } else if (along == 1 && line % 8 == 0) {
      for (; k + 8 <= depth; k += 8) {
        v8 block[8];
#pragma clang loop unroll(full)
        for (size_t i = 0; i < 8; i++) block[i] = i < count ? load(first + (ptrdiff_t)i * across + k) : all(0);
        transpose_block(block);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < 8; i++) store(block[i], to + (k + i) * line + l);
      }
    }
    size_t end = l + 8 < line ? 8 : line - l;
    for (; k < depth; k++)
      for (size_t i = 0; i < end; i++)
        to[k * line + l + i] = i < count ? first[(ptrdiff_t)i * across + (ptrdiff_t)k * along] : 0;
  }
}

/// A tile whose results do not lie as the registers hold them: at the edge, or in a transposed result.
static void multiply_edge(
    tile_kernel *kernel, size_t rows, size_t columns, size_t depth, const double *a, steps a_steps,
    const double *next_a, const double *b, ptrdiff_t b_row, int begins, double *c, steps c_steps) {
  double tile[TILE_ROWS * STRIP];
  if (!begins)
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < STRIP; j++)
        tile[i * STRIP + j] = j < columns ? c[(ptrdiff_t)i * c_steps.row + (ptrdiff_t)j * c_steps.column] : 0;
  kernel(depth, a, a_steps, next_a, b, b_row, begins, tile, STRIP);
  if (c_steps.column == 1) {
    for (size_t i = 0; i < rows; i++) memcpy(c + (ptrdiff_t)i * c_steps.row, tile + i * STRIP, columns * sizeof(double));
  } else {
    for (size_t j = 0; j < columns; j++)
      for (size_t i = 0; i < rows; i++) c[(ptrdiff_t)i * c_steps.row + (ptrdiff_t)j * c_steps.column] = tile[i * STRIP + j];
  }
}

INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }
INLINE size_t rounded_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

static void product(
    size_t rows, size_t columns, size_t inner, const double *a, steps a_steps, const double *b, steps b_steps, double *c,
    steps c_steps) {
  // Rows of A some multiple of 4096 bytes apart share places in the cache; else a few strips do not repay a copy.
  int copies_a = columns > 4 * STRIP || (columns > STRIP && a_steps.row != 1 && a_steps.row % 512 == 0);
  int copies_b = b_steps.column != 1 || rows > FEW_ROWS;
  size_t depth_used = least(inner, DEPTH);
  size_t a_size = copies_a ? rounded_up(least(rows, BLOCK_ROWS), TILE_ROWS) * depth_used : 0;
  size_t b_size = (copies_b ? rounded_up(least(columns, BLOCK_COLUMNS), STRIP) : columns % STRIP ? STRIP : 0) * depth_used;
  _Alignas(64) double small[SMALL];
  double *buffer = small;
  void *large = NULL;
  if (a_size + b_size > SMALL) {
    if (posix_memalign(&large, 64, (a_size + b_size) * sizeof(double))) abort();
    buffer = large;
  }
  double *a_copy = buffer + b_size;
  for (size_t j0 = 0; j0 < columns; j0 += BLOCK_COLUMNS) {
    size_t width = least(BLOCK_COLUMNS, columns - j0);
    for (size_t k0 = 0; k0 < inner; k0 += DEPTH) {
      size_t depth = least(DEPTH, inner - k0);
      // The strips of B that are not read where they lie: all, or a last one that is not full.
      for (size_t j = copies_b ? 0 : width / STRIP * STRIP; j < width; j += STRIP) {
        size_t strip = least(STRIP, width - j);
        pack(b + (ptrdiff_t)(j0 + j) * b_steps.column + (ptrdiff_t)k0 * b_steps.row, b_steps.column, b_steps.row, strip, depth,
             buffer + (copies_b ? j * depth : 0), rounded_up(strip, 8));
      }
      for (size_t i0 = 0; i0 < rows; i0 += BLOCK_ROWS) {
        size_t height = least(BLOCK_ROWS, rows - i0);
        const double *a_block = a + (ptrdiff_t)i0 * a_steps.row + (ptrdiff_t)k0 * a_steps.column;
        if (copies_a)
          for (size_t i = 0; i < height; i += TILE_ROWS)
            pack(a_block + (ptrdiff_t)i * a_steps.row, a_steps.row, a_steps.column, least(TILE_ROWS, height - i), depth,
                 a_copy + i * depth, TILE_ROWS);
        for (size_t j = 0; j < width; j += STRIP) {
          size_t strip = least(STRIP, width - j);
          int is_copy = copies_b || strip < STRIP;
          const double *right =
              is_copy ? buffer + (copies_b ? j * depth : 0) : b + (ptrdiff_t)(j0 + j) + (ptrdiff_t)k0 * b_steps.row;
          ptrdiff_t right_row = is_copy ? (ptrdiff_t)rounded_up(strip, 8) : b_steps.row;
          for (size_t i = 0; i < height; i += TILE_ROWS) {
            size_t tile_rows = least(TILE_ROWS, height - i);
            const double *left = copies_a ? a_copy + i * depth : a_block + (ptrdiff_t)i * a_steps.row;
            steps left_steps = copies_a ? (steps){1, TILE_ROWS} : a_steps;
            // Rows that follow each other without a gap are fetched while those before them are used.
            const double *next_left = left + TILE_ROWS * (copies_a ? (ptrdiff_t)depth : a_steps.row);
            double *to = c + (ptrdiff_t)(i0 + i) * c_steps.row + (ptrdiff_t)(j0 + j) * c_steps.column;
            tile_kernel *kernel = tile_kernels[(strip + 7) / 8 - 1][tile_rows - 1];
            if (c_steps.column == 1 && strip % 8 == 0)
              kernel(depth, left, left_steps, next_left, right, right_row, k0 == 0, to, c_steps.row);
            else
              multiply_edge(kernel, tile_rows, strip, depth, left, left_steps, next_left, right, right_row, k0 == 0, to, c_steps);
          }
        }
      }
    }
  }
  free(large);
}
