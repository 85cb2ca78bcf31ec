/// The gradient of a function of many numbers, measured by central differences.
///
///     ∂f/∂xᵢ ≈ (f(x + h eᵢ) − f(x − h eᵢ)) / 2h
///
/// taken at several steps h, improved by Richardson extrapolation, each entry with a bound on its error. An entry with
/// a kink (as of ReLU at 0) between the evaluations that no smaller step avoids is set aside, and so is one that is too
/// imprecise or not finite: nothing is claimed about it, and it is counted.
///
/// Up to `limit` entries are all measured. Of more, `limit` are sampled, one from each of `limit` equal runs, so that
/// every 2 · count / `limit` neighbours hold a sampled one; besides, 16 directional derivatives, each over a sixteenth
/// of the entries with random weights, cover all of them.
///
/// It costs 26 evaluations of f, eight an entry where f is smooth, up to 44 an entry at a kink or beside a pole, and as
/// many for each direction.
///
/// Source: textbook numerical differentiation, e.g. Press et al., "Numerical Recipes", §5.7.
public struct NumericalGradient: Sendable {
  /// One entry of a numerical gradient: an estimate with a bound on its error, or why it is set aside.
  public enum Entry: Sendable, Equatable {
    /// The derivative, and a bound on its error, absolute: |estimate − ∂f/∂xᵢ| ≤ error.
    case estimate(Double, error: Double)
    /// The slopes on the two sides disagree at every step: a kink, or a bend too sharp to tell from one.
    case kink
    /// Rounding in f drowns the derivative.
    case imprecise
    /// f is not finite at x or beside it, at every step.
    case notFinite
  }

  /// The directional derivative over a run of entries, Σ wᵢ ∂f/∂xᵢ with Σ wᵢ² ≈ 1.
  struct Direction: Sendable {
    let range: Range<Int>
    let weights: [Double]
    let entry: Entry
  }

  /// The number of entries of x, and so of a gradient.
  public let count: Int
  /// f(x).
  public let value: Double
  /// The indices that were measured, rising: all of 0 ..< count, or the sample.
  public let indices: [Int]
  /// What was measured, one entry for each of `indices`.
  public let entries: [Entry]
  /// Directional derivatives that together cover all entries; none when all entries were measured.
  let directions: [Direction]

  /// max(1, |f(x)|), the size that rounding in f is proportional to.
  var scale: Double { max(1, abs(value)) }
  /// The floor of the relative error, 2·10⁻⁵ · max(1, |f(x)|): differences of f cannot see a smaller derivative to six
  /// digits.
  var floor: Double { 2e-5 * scale }

  /// Measures the gradient of f at x.
  ///
  /// - Parameters:
  ///   - f: the function; it must give the same value for the same argument.
  ///   - x: where the gradient is wanted.
  ///   - seed: chooses the sample and the directions; the same seed, the same measurement.
  ///   - limit: the largest number of entries that are measured one by one; at least 1.
  public init(of f: ([Double]) -> Double, at x: [Double], seed: UInt64, limit: Int = 64) {
    guard limit > 0 else { fatalError("NumericalGradient needs a limit of at least 1, not \(limit)") }
    var generator = SplitMix64(seed: seed)
    count = x.count
    value = f(x)
    indices = Self.sample(limit, of: x.count, using: &generator)
    guard value.isFinite else {
      entries = indices.map { _ in .notFinite }
      directions = []
      return
    }
    let scale = max(1, abs(value))
    let noise = x.isEmpty ? 0 : max(scale.ulp, 2 * roundingNoise(of: f, at: x, using: &generator))
    let line = LineDerivative(value: value, noise: noise, floor: 2e-5 * scale)

    var point = x
    let estimates = indices.map { i in
      defer { point[i] = x[i] }
      return line.estimate(size: abs(x[i])) { t in
        point[i] = x[i] + t
        return f(point)
      }
    }
    let isRough = estimates.contains(where: \.isRough)
    entries = estimates.map { isRough ? line.widened($0) : $0.entry }
    directions = Self.directions(over: x.count, measured: indices.count, using: &generator).map { range, weights in
      defer { point.replaceSubrange(range, with: x[range]) }
      let size = x[range].reduce(0) { max($0, abs($1)) }
      let estimate = line.estimate(size: size) { t in
        for i in range { point[i] = x[i] + t * weights[i - range.lowerBound] }
        return f(point)
      }
      let entry = isRough || estimate.isRough ? line.widened(estimate) : estimate.entry
      return Direction(range: range, weights: weights, entry: entry)
    }
  }

  /// All of 0 ..< count, or one index from each of `limit` equal runs of it.
  private static func sample(_ limit: Int, of count: Int, using generator: inout SplitMix64) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    return (0..<limit).map { k in
      let start = k * count / limit
      let end = (k + 1) * count / limit
      return start + generator.below(end - start)
    }
  }

  /// Sixteen runs that cover 0 ..< count, each with weights of random sign and size, scaled to length near 1.
  private static func directions(
    over count: Int, measured: Int, using generator: inout SplitMix64
  ) -> [(Range<Int>, [Double])] {
    guard count > measured else { return [] }
    let runs = min(16, count)
    return (0..<runs).map { k in
      let range = k * count / runs..<(k + 1) * count / runs
      // Powers of two and whole numbers, so that x + t w is exact; unequal sizes, so that errors do not cancel.
      var unit = 0x1p-4
      while unit * unit * Double(range.count) * 256 > 2 { unit /= 2 }
      return (range, range.map { _ in (generator.next() & 1 == 0 ? unit : -unit) * Double(8 + generator.below(16)) })
    }
  }
}
