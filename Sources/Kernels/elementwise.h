// What is done to each number by itself, or to two numbers in the same place.

// MARK: Two numbers

// The result may lie where an operand does: each number is read before its place is written.
#define EACH _Pragma("clang loop vectorize(assume_safety) interleave(enable)") for (size_t k = 0; k < count; k++)

#define COMBINE(name, expression)                                                                                           \
  static void name(size_t count, const double *a, int a_step, const double *b, int b_step, double *c) {                     \
    if (a_step && b_step) {                                                                                                 \
      EACH { double x = a[k], y = b[k]; c[k] = expression; }                                                                \
    } else if (a_step) {                                                                                                    \
      const double y = *b;                                                                                                  \
      EACH { double x = a[k]; c[k] = expression; }                                                                          \
    } else if (b_step) {                                                                                                    \
      const double x = *a;                                                                                                  \
      EACH { double y = b[k]; c[k] = expression; }                                                                          \
    } else {                                                                                                                \
      const double x = *a, y = *b;                                                                                          \
      EACH c[k] = expression;                                                                                               \
    }                                                                                                                       \
  }

COMBINE(add, x + y)
COMBINE(subtract, x - y)
COMBINE(multiply, x *y)
COMBINE(divide, x / y)
COMBINE(maximum, x != x ? x : x > y ? x : y)
COMBINE(minimum, x != x ? x : x < y ? x : y)
COMBINE(greater, x > y ? 1.0 : 0.0)
COMBINE(greater_equal, x >= y ? 1.0 : 0.0)
COMBINE(less, x < y ? 1.0 : 0.0)
COMBINE(less_equal, x <= y ? 1.0 : 0.0)
COMBINE(equal, x == y ? 1.0 : 0.0)
COMBINE(different, x != y ? 1.0 : 0.0)

static void combine(
    kernels_operation operation, size_t count, const double *a, int a_step, const double *b, int b_step, double *c) {
  static void (*const functions[])(size_t, const double *, int, const double *, int, double *) = {
    add, subtract, multiply, divide, maximum, minimum, greater, greater_equal, less, less_equal, equal, different,
  };
  if (count) functions[operation](count, a, a_step, b, b_step, c);
}

// MARK: The exponential function and its relatives

/// 3 · 2⁵¹: added to a number below 2⁵¹ it leaves no room for a fraction, so that the sum's low bits are the nearest integer.
static const double SHIFTER = 0x1.8p52;
/// ln 2 in two parts, the first of 33 bits: times an integer of up to 20 bits it is exact.
static const double LN2_HIGH = 0x1.62e42feep-1, LN2_LOW = 0x1.a39ef35793c76p-33;

INLINE v8 chosen(i8v condition, v8 yes, v8 no) {
  return (v8)(((i8v)yes & condition) | ((i8v)no & ~condition));
}

/// x = n · ln 2 + r with |r| ≤ ln 2 / 2: returns eʳ − 1 by its Taylor series, whose remainder is 2⁻⁵⁸ of it at most. What is
/// lost when the result is rounded is in `rest`.
INLINE v8 reduced(v8 x, v8 *n, v8 *rest) {
  *n = fused(x, all(0x1.71547652b82fep0), all(SHIFTER)) - all(SHIFTER);
  v8 r = fused(*n, all(-LN2_HIGH), x);
  v8 low = *n * all(LN2_LOW);
  v8 whole = r;
  r = r - low;
  v8 lost = (whole - r) - low;
  v8 p = all(1.0 / 6227020800);
  p = fused(p, r, all(1.0 / 479001600));
  p = fused(p, r, all(1.0 / 39916800));
  p = fused(p, r, all(1.0 / 3628800));
  p = fused(p, r, all(1.0 / 362880));
  p = fused(p, r, all(1.0 / 40320));
  p = fused(p, r, all(1.0 / 5040));
  p = fused(p, r, all(1.0 / 720));
  p = fused(p, r, all(1.0 / 120));
  p = fused(p, r, all(1.0 / 24));
  p = fused(p, r, all(1.0 / 6));
  p = fused(p, r, all(0.5));
  // The rounding of r is made good at the end: e^(r + lost) ≈ eʳ + lost.
  v8 small = fused(r * r, p, lost);
  v8 result = r + small;
  *rest = small - (result - r);
  return result;
}

/// 2ⁿ for −1022 ≤ n ≤ 1023.
INLINE v8 power_of_two(v8 n) {
  return (v8)(((u8v)(n + all(SHIFTER)) + 1023) << 52);
}

INLINE v8 exp_of(v8 x) {
  // Beyond these the result is 0 or infinity all the same, and 2ⁿ is in reach.
  v8 within = chosen(x > all(710), all(710), x);
  within = chosen(within < all(-746), all(-746), within);
  v8 n, rest, e = reduced(within, &n, &rest);
  v8 half = fused(n, all(0.5), all(SHIFTER)) - all(SHIFTER);
  // In two factors: 2ⁿ itself may be too large or too small.
  return (fused(e, power_of_two(half), power_of_two(half))) * power_of_two(n - half);
}

INLINE v8 expm1_of(v8 x) {
  v8 within = chosen(x > all(710), all(710), x);
  within = chosen(within < all(-40), all(-40), within);
  v8 n, rest, e = reduced(within, &n, &rest);
  // 2ⁿ (eʳ − 1) + (2ⁿ − 1), by halves, as 2¹⁰²⁴ is too large. The rounding of the sum is made good.
  v8 half = power_of_two(n - all(1));
  v8 left = e * half, right = half - all(0.5);
  v8 sum = left + right;
  v8 result = (sum + fused(rest, half, left - (sum - right))) * all(2);
  // Of the smallest numbers the half would be rounded; they are their own results.
  v8 size = (v8)((i8v)x & INT64_MAX);
  return chosen((i8v)(size < all(0x1p-54)), x, result);
}

INLINE v8 tanh_of(v8 x) {
  v8 size = (v8)((i8v)x & INT64_MAX);
  v8 within = chosen(size > all(22), all(22), size);
  v8 t = expm1_of(within + within);
  v8 result = t / (t + all(2));
  return (v8)(((i8v)result & INT64_MAX) | ((i8v)x & INT64_MIN));
}

INLINE v8 log_of(v8 x) {
  // Numbers below the normal ones are made larger.
  i8v is_small = x < all(0x1p-1022);
  v8 normal = chosen(is_small, x * all(0x1p54), x);
  // normal = 2ⁿ · (1 + f) with √½ ≤ 1 + f < √2.
  u8v bits = (u8v)normal + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  u8v exponent = bits >> 52;
  v8 n = (v8)(exponent + 0x4330000000000000) - all(0x1p52 + 1023);
  n = n - chosen(is_small, all(54), all(0));
  v8 f = (v8)((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - all(1);
  // With s = f / (2 + f): log(1 + f) = 2 artanh s = 2s + s · R, R = 2s²/3 + 2s⁴/5 + …, and 2s = f − f²/2 + s · f²/2, in which
  // the large parts are exact.
  v8 s = f / (all(2) + f);
  v8 z = s * s;
  v8 p = all(2.0 / 23);
  p = fused(p, z, all(2.0 / 21));
  p = fused(p, z, all(2.0 / 19));
  p = fused(p, z, all(2.0 / 17));
  p = fused(p, z, all(2.0 / 15));
  p = fused(p, z, all(2.0 / 13));
  p = fused(p, z, all(2.0 / 11));
  p = fused(p, z, all(2.0 / 9));
  p = fused(p, z, all(2.0 / 7));
  p = fused(p, z, all(2.0 / 5));
  p = fused(p, z, all(2.0 / 3));
  v8 half_square = all(0.5) * f * f;
  v8 small = fused(s, fused(z, p, half_square), n * all(LN2_LOW));
  v8 result = fused(n, all(LN2_HIGH), f - (half_square - small));
  // The edges: log 0 = −∞, of a negative number NaN; ∞ and NaN as they are.
  result = chosen((i8v)(x == all(0)), all(-__builtin_inf()), result);
  result = chosen((i8v)(x < all(0)), all(__builtin_nan("")), result);
  return chosen((i8v)(x < all(__builtin_inf())), result, x);
}

INLINE v8 negative_of(v8 x) { return -x; }
INLINE v8 magnitude_of(v8 x) { return (v8)((i8v)x & INT64_MAX); }
INLINE v8 square_of(v8 x) { return x * x; }
INLINE v8 root_of(v8 x) { return __builtin_elementwise_sqrt(x); }

#define APPLY(name)                                                                                                         \
  static void name##_each(size_t count, const double *a, double *c) {                                                       \
    size_t k = 0;                                                                                                           \
    for (; k + 8 <= count; k += 8) store(name##_of(load(a + k)), c + k);                                                    \
    if (k < count) {                                                                                                        \
      v8 rest = name##_of(load_part(a + k, count - k));                                                                     \
      for (size_t i = 0; k + i < count; i++) c[k + i] = rest[i];                                                            \
    }                                                                                                                       \
  }

APPLY(negative)
APPLY(magnitude)
APPLY(square)
APPLY(root)
APPLY(exp)
APPLY(expm1)
APPLY(log)
APPLY(tanh)

static void apply(kernels_function function, size_t count, const double *a, double *c) {
  static void (*const functions[])(size_t, const double *, double *) = {
    negative_each, magnitude_each, square_each, root_each, exp_each, expm1_each, log_each, tanh_each,
  };
  functions[function](count, a, c);
}
