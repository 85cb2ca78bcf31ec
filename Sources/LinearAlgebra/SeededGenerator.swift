/// A generator of random numbers that gives the same numbers for the same seed, on every machine.
///
/// It is SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014). Numbers, choices and
/// permutations are made from its bits by the rules written here, never by the standard library's, which may change
/// from one version of Swift to the next (`Double.random(in:using:)` and `shuffled(using:)` work, without that promise).
/// NumPy's counterpart is `numpy.random.default_rng(seed)`; the numbers are others.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64
  private let isNudged: Bool

  /// A generator at the start of the sequence of `seed`; every seed is as good as any other.
  public init(seed: UInt64) {
    self.init(seed: seed, nudged: false)
  }

  /// A generator whose `uniform()`, if nudged, differs from the plain one's by 2⁻⁵³ (either way) at each call.
  ///
  /// `normal()` follows, being a function of `uniform()`; `next()`, `integer(below:)` and `permutation(of:)` do not
  /// change. What a right computation gives must not depend on such a nudge: it is the size of a rounding error.
  package init(seed: UInt64, nudged: Bool) {
    state = seed
    isNudged = nudged
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number from [0, 1): the top 53 of the next 64 bits, times 2⁻⁵³. NumPy: `rng.random()`.
  public mutating func uniform() -> Double {
    let bits = next() >> 11
    return Double(isNudged ? bits ^ 1 : bits) * 0x1p-53
  }

  /// A number from the normal distribution with mean 0 and standard deviation 1.
  ///
  /// z = Φ⁻¹(u) of one `uniform()` u, by Wichura's rational approximation AS 241 (relative error about 10⁻¹⁶). For
  /// 0.075 ≤ u ≤ 0.925 only + − × / are used, so the bits are the same everywhere; beyond, in 15 % of the cases, the last
  /// one may depend on the C library's `log`. NumPy: `rng.standard_normal()`.
  public mutating func normal() -> Double {
    normalQuantile(max(uniform(), 0x1p-54))
  }

  /// One of 0, 1, …, bound − 1, all equally likely. Stops when `bound` is not positive. NumPy: `rng.integers(bound)`.
  ///
  /// The rule is Lemire's: the upper half of the 128-bit product of 64 random bits and `bound`, drawn again in the rare
  /// case that would favour some of the numbers (*Fast random integer generation in an interval*, 2019).
  public mutating func integer(below bound: Int) -> Int {
    guard bound > 0 else { fatalError("integer(below: \(bound)): there is no whole number from 0 to below \(bound)") }
    let bound = UInt64(bound)
    let remainder = (0 &- bound) % bound  // 2⁶⁴ mod bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= remainder { return Int(product.high) }
    }
  }

  /// The numbers 0, 1, …, count − 1 in random order, all orders equally likely. Stops when `count` is negative.
  ///
  /// Fisher and Yates: from the last place to the second, each is exchanged with a random one not after it. NumPy:
  /// `rng.permutation(count)`.
  public mutating func permutation(of count: Int) -> [Int] {
    guard count >= 0 else { fatalError("permutation(of: \(count)): a count cannot be negative") }
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }

  /// A matrix of `uniform()` numbers, drawn row by row. NumPy: `rng.random((rows, columns))`.
  public mutating func uniform(rows: Int, columns: Int) -> Matrix {
    var matrix = Matrix(rows: rows, columns: columns)
    for k in matrix.storage.indices { matrix.storage[k] = uniform() }
    return matrix
  }

  /// A matrix of `normal()` numbers, drawn row by row. NumPy: `rng.standard_normal((rows, columns))`.
  ///
  /// `0.01 * generator.normal(rows: 4, columns: 3)` has standard deviation 0.01.
  public mutating func normal(rows: Int, columns: Int) -> Matrix {
    var matrix = Matrix(rows: rows, columns: columns)
    for k in matrix.storage.indices { matrix.storage[k] = normal() }
    return matrix
  }
}

/// Φ⁻¹(p): the number below which a standard normal variable lies with probability p, 0 < p < 1.
///
/// Algorithm AS 241, routine PPND16: M. J. Wichura, *The percentage points of the normal distribution*, Applied
/// Statistics 37 (1988), 477–484. Three quotients of polynomials: around the middle, in the tails and far out.
func normalQuantile(_ p: Double) -> Double {
  let q = p - 0.5
  if abs(q) <= 0.425 { return q * Quotient.middle(0.180625 - q * q) }
  let r = sqrt(-log(q < 0 ? p : 1 - p))
  let z = r <= 5 ? Quotient.tail(r) : Quotient.farTail(r)
  return q < 0 ? -z : z
}

/// A quotient of two polynomials in x − `offset`; the highest power's coefficient stands first.
private struct Quotient {
  var offset: Double
  var numerator, denominator: [Double]

  func callAsFunction(_ x: Double) -> Double {
    var above = 0.0, below = 0.0
    for (a, b) in zip(numerator, denominator) {
      above = above * (x - offset) + a
      below = below * (x - offset) + b
    }
    return above / below
  }

  static let middle = Quotient(
    offset: 0,
    numerator: [
      2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
      1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0,
    ],
    denominator: [
      5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
      5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0,
    ])
  static let tail = Quotient(
    offset: 1.6,
    numerator: [
      7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
      3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0,
    ],
    denominator: [
      1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
      6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0,
    ])
  static let farTail = Quotient(
    offset: 5,
    numerator: [
      2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
      2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0,
    ],
    denominator: [
      2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
      1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
    ])
}
