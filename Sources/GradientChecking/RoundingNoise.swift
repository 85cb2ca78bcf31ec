#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The rounding noise of f around x: how far f(x) jitters because it is computed in `Double`.
///
/// f is evaluated at evenly spaced points x + kδ, k = −12 … 12, along a random diagonal. Of a smooth f nothing but
/// noise is left in the sixth differences, whose variance is (1 + 36 + 225 + 400 + 225 + 36 + 1) σ² = 924 σ². Their
/// median is taken, because a kink or a jump of f spoils only a third of them. The spacing is 2⁻²² over the whole of x;
/// where f is not finite at one of the points, as beside a pole, it is made smaller in proportion to each entry.
///
/// - Returns: σ = median |sixth difference| / (0.6745 √924), and 0 when even so a value is not finite.
///
/// Source: difference tables as in Hamming, "Introduction to Applied Numerical Analysis", and Moré and Wild,
/// "Estimating Computational Noise", SIAM J. Sci. Comput. 33, 2011; 0.6745 is the median of a standard normal's size.
func roundingNoise(of f: ([Double]) -> Double, at x: [Double], using generator: inout SplitMix64) -> Double {
  let spacing = 0x1p-22 / Double(x.count).squareRoot()
  let signs = x.map { _ in generator.next() & 1 == 0 ? 1.0 : -1.0 }
  let absolute = zip(x, signs).map { $1 * max(spacing, 8 * $0.ulp) }
  if let noise = roundingNoise(of: f, at: x, step: absolute) { return noise }
  let relative = zip(x, signs).map { $1 * max(spacing * min(1, abs($0)), 8 * $0.ulp) }
  return roundingNoise(of: f, at: x, step: relative) ?? 0
}

private func roundingNoise(of f: ([Double]) -> Double, at x: [Double], step: [Double]) -> Double? {
  var differences = (-12...12).map { k in
    f(zip(x, step).map { $0 + Double(k) * $1 })
  }
  for _ in 0..<6 {
    differences = zip(differences.dropFirst(), differences).map { $0 - $1 }
  }
  guard differences.allSatisfy(\.isFinite) else { return nil }
  let median = differences.map { abs($0) }.sorted()[differences.count / 2]
  return median / (0.6745 * 924.0.squareRoot())
}
