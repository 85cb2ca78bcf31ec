// Matrix times vector, and sums, which are the same without a vector. Memory sets the pace: each number of the matrix is read
// once, in the order in which it lies.

/// The part of eight chains that lies at k, k + 1, …, k + 7.
INLINE v8 continued(v8 sum, v8 a, const double *x, size_t k, size_t count) {
  if (!x) return sum + a;
  return fused(a, count == 8 ? load(x + k) : load_part(x + k, count), sum);
}

/// y[i] for `lines` ≤ 4 rows at once.
INLINE void few_rows(const size_t lines, size_t inner, const double *a, const double *x, double *y) {
  v8 sum[4] = {all(0), all(0), all(0), all(0)};
  size_t k = 0;
  for (; k + 8 <= inner; k += 8)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < lines; i++) {
      __builtin_prefetch(a + (i + 2 * lines) * inner + k);
      sum[i] = continued(sum[i], load(a + i * inner + k), x, k, 8);
    }
  if (k < inner)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < lines; i++) sum[i] = continued(sum[i], load_part(a + i * inner + k, inner - k), x, k, inner - k);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < lines; i++) y[i] = total(sum[i]);
}

INLINE void many_rows(size_t rows, size_t inner, const double *a, const double *x, double *y) {
  size_t i = 0;
  for (; i + 4 <= rows; i += 4) few_rows(4, inner, a + i * inner, x, y + i);
  for (; i < rows; i++) few_rows(1, inner, a + i * inner, x, y + i);
}

/// For a matrix stored row by row.
static void rows_times_vector(size_t rows, size_t inner, const double *a, const double *x, double *y) {
  if (x) many_rows(rows, inner, a, x, y); else many_rows(rows, inner, a, NULL, y);
}

enum {
  /// How many k are gone through before the next eight rows: they stay in the second cache.
  GROUP = 64,
  /// How many rows at once: their sums stay in the nearest cache.
  BAND = 256,
};

/// Rows `first` up to `end` − 1, at least eight, of at most BAND.
INLINE void band(size_t first, size_t end, size_t rows, size_t inner, const double *a, const double *x, double *y) {
  v8 sums[BAND / 8 + 1][8];
  size_t strips = (end - first + 7) / 8;
  for (size_t k0 = 0; k0 == 0 || k0 < inner; k0 += GROUP) {
    size_t k1 = k0 + GROUP < inner ? k0 + GROUP : inner;
    for (size_t s = 0; s < strips; s++) {
      // The last strip is moved back to be a full one: what it shares with the one before is computed twice.
      size_t i = s + 1 < strips ? first + 8 * s : end - 8;
      v8 sum[8];
#pragma clang loop unroll(full)
      for (size_t r = 0; r < 8; r++) sum[r] = k0 == 0 ? all(0) : sums[s][r];
      size_t k = k0;
      for (; k + 8 <= k1; k += 8)
#pragma clang loop unroll(full)
        for (size_t r = 0; r < 8; r++) {
          const double *from = a + (k + r) * rows + i;
          __builtin_prefetch(from + GROUP * rows);
          sum[r] = x ? fused(load(from), all(x[k + r]), sum[r]) : sum[r] + load(from);
        }
      for (size_t r = 0; r < 8 && k + r < k1; r++) {
        v8 column = load(a + (k + r) * rows + i);
        sum[r] = x ? fused(column, all(x[k + r]), sum[r]) : sum[r] + column;
      }
      if (k1 == inner)
        store(((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7])), y + i);
      else
#pragma clang loop unroll(full)
        for (size_t r = 0; r < 8; r++) sums[s][r] = sum[r];
    }
  }
}

/// The same for fewer than eight rows.
static void narrow_band(size_t first, size_t end, size_t rows, size_t inner, const double *a, const double *x, double *y) {
  for (size_t i = first; i < end; i++) {
    v8 sum = all(0);
    for (size_t k = 0; k < inner; k += 8) {
      size_t count = inner - k < 8 ? inner - k : 8;
      v8 part = all(0);
      for (size_t r = 0; r < count; r++) part[r] = a[(k + r) * rows + i];
      sum = continued(sum, part, x, k, count);
    }
    y[i] = total(sum);
  }
}

/// For a matrix stored column by column: rows `first` up to `end` − 1 of `rows`.
static void columns_times_vector(
    size_t first, size_t end, size_t rows, size_t inner, const double *a, const double *x, double *y) {
  for (; end - first >= 8; first += end - first < BAND ? end - first : BAND) {
    size_t to = end - first < BAND ? end : first + BAND;
    if (x) band(first, to, rows, inner, a, x, y); else band(first, to, rows, inner, a, NULL, y);
  }
  narrow_band(first, end, rows, inner, a, x, y);
}
