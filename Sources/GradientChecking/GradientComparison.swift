/// What comes out when a gradient worked out by formula is held against a `NumericalGradient`.
public struct GradientComparison: Sendable, Equatable {
  /// The outcome, of which only `agrees` speaks for the gradient.
  public enum Verdict: Sendable, Equatable {
    /// Every compared entry agrees, and enough entries were compared.
    case agrees
    /// At least one compared entry, or directional derivative, does not agree.
    case disagrees
    /// The number of entries is not that of x; nothing was compared.
    case wrongCount
    /// An entry of the gradient, sampled or not, is NaN or infinite.
    case notFinite
    /// Too many entries are set aside, or none is left, to say that the gradient is right; nothing speaks against it.
    case notConclusive
    /// x is empty, and so is the gradient: there is nothing to compare, which is no agreement.
    case nothingToCompare
  }

  /// One compared entry.
  public struct Entry: Sendable, Equatable {
    /// The index into x.
    public let index: Int
    /// The entry of the gradient that was checked.
    public let analytic: Double
    /// The measured derivative; NaN where it was not measured.
    public let numerical: Double
    /// |analytic − numerical| / max(|analytic|, |numerical|, floor).
    public let relativeError: Double
    /// The largest relative error that agrees: 10⁻⁶, and the error of the measurement itself.
    public let tolerance: Double
  }

  /// The outcome.
  public let verdict: Verdict
  /// The entry farthest beyond, or nearest to, its tolerance; with `notFinite`, the first that is not finite.
  public let worst: Entry?
  /// A run of entries, not all of them sampled, whose directional derivative disagrees: at least one of them is wrong.
  public let disagreeingRange: Range<Int>?
  /// How many entries were compared.
  public let compared: Int
  /// How many of the compared entries are large enough that a 0 in their place would have been refused.
  public let significant: Int
  /// How many directional derivatives were compared; 0 unless the entries were sampled.
  public let directions: Int
  /// How many entries are set aside for a kink.
  public let kinks: Int
  /// How many entries are set aside because rounding drowns them.
  public let imprecise: Int
  /// How many entries are set aside because f is not finite beside x.
  public let notFinite: Int

  /// Whether the gradient agrees with the measured one.
  public var agrees: Bool { verdict == .agrees }
  /// How many entries are set aside, for whatever reason.
  public var setAside: Int { kinks + imprecise + notFinite }
}

extension NumericalGradient {
  /// The largest relative error, |a − n| / max(|a|, |n|, floor), that agrees with an exact measurement: 10⁻⁶.
  public static let threshold = 1e-6

  /// Compares a gradient with the measured one.
  ///
  /// An entry a agrees with the measured n when
  ///
  ///     |a − n| / max(|a|, |n|, floor) ≤ 10⁻⁶ + error / max(|a|, |n|, floor),   floor = 2·10⁻⁵ · max(1, |f(x)|)
  ///
  /// where error bounds the error of n. A directional derivative agrees when entries that agree could give it.
  ///
  /// - Parameters:
  ///   - analytic: the gradient to check; it must have `count` entries.
  ///   - largestShareSetAside: the share of the measured entries that may be set aside before an otherwise clean
  ///     comparison is not conclusive.
  /// - Returns: the verdict, with the worst entry and counts. It is `agrees` only if at least one entry was compared.
  public func compare(_ analytic: [Double], largestShareSetAside: Double = 0.25) -> GradientComparison {
    guard analytic.count == count else { return result(.wrongCount) }
    guard count > 0 else { return result(.nothingToCompare) }
    if let index = analytic.firstIndex(where: { !$0.isFinite }) {
      let worst = GradientComparison.Entry(
        index: index, analytic: analytic[index], numerical: estimate(of: index) ?? .nan, relativeError: .infinity,
        tolerance: Self.threshold)
      return result(.notFinite, worst: worst)
    }

    var compared: [GradientComparison.Entry] = []
    var significant = 0
    for (i, entry) in zip(indices, entries) {
      guard case .estimate(let n, let error) = entry else { continue }
      compared.append(Self.compare(analytic[i], n, error: error, floor: floor, index: i))
      if Self.compare(0, n, error: error, floor: floor, index: i).excess > 1 { significant += 1 }
    }
    let worst = compared.max { $0.excess < $1.excess }
    let measured = directions.compactMap { direction in
      direction.agrees(with: analytic, floor: floor).map { (range: direction.range, agrees: $0) }
    }
    let disagreeing = measured.first { !$0.agrees }?.range

    let verdict: GradientComparison.Verdict
    if worst.map({ $0.excess > 1 }) ?? false || disagreeing != nil {
      verdict = .disagrees
    } else if compared.isEmpty || Double(entries.count - compared.count) > largestShareSetAside * Double(entries.count)
    {
      verdict = .notConclusive
    } else {
      verdict = .agrees
    }
    return result(
      verdict, worst: worst, disagreeingRange: disagreeing, compared: compared.count, significant: significant,
      directions: measured.count)
  }

  private static func compare(
    _ a: Double, _ n: Double, error: Double, floor: Double, index: Int
  ) -> GradientComparison.Entry {
    let size = max(abs(a), abs(n), floor)
    return GradientComparison.Entry(
      index: index, analytic: a, numerical: n, relativeError: abs(a - n) / size, tolerance: threshold + error / size)
  }

  private func estimate(of index: Int) -> Double? {
    guard let position = indices.firstIndex(of: index), case .estimate(let n, _) = entries[position] else { return nil }
    return n
  }

  private func result(
    _ verdict: GradientComparison.Verdict, worst: GradientComparison.Entry? = nil, disagreeingRange: Range<Int>? = nil,
    compared: Int = 0, significant: Int = 0, directions: Int = 0
  ) -> GradientComparison {
    GradientComparison(
      verdict: verdict, worst: worst, disagreeingRange: disagreeingRange, compared: compared, significant: significant,
      directions: directions, kinks: entries.count { $0 == .kink }, imprecise: entries.count { $0 == .imprecise },
      notFinite: entries.count { $0 == .notFinite })
  }
}

extension GradientComparison.Entry {
  /// The relative error as a multiple of what is tolerated; above 1 the entry disagrees.
  var excess: Double { relativeError / tolerance }
}

extension NumericalGradient.Direction {
  /// Whether Σ wᵢ aᵢ is what entries that each agree could give; nil where the derivative is set aside.
  func agrees(with analytic: [Double], floor: Double) -> Bool? {
    guard case .estimate(let n, let error) = entry else { return nil }
    var sum = 0.0
    var size = abs(n)
    for (w, a) in zip(weights, analytic[range]) {
      sum += w * a
      size += abs(w) * max(abs(a), floor)
    }
    return abs(sum - n) <= NumericalGradient.threshold * size + error
  }
}

extension GradientComparison: CustomStringConvertible {
  /// The outcome in one English sentence or two.
  public var description: String {
    let reasons = "\(kinks) for a kink, \(imprecise) as imprecise, \(notFinite) as not finite"
    let aside = setAside == 0 ? "" : " (\(setAside) set aside: \(reasons))"
    switch verdict {
    case .agrees:
      return "\(compared) entries agree with the numerical gradient\(aside)."
    case .disagrees:
      if let worst, worst.excess > 1 {
        return "Entry \(worst.index) is \(worst.analytic); the numerical gradient is \(worst.numerical)\(aside)."
      }
      let entries = disagreeingRange.map { "\($0.lowerBound) to \($0.upperBound - 1)" } ?? ""
      return "At least one of the entries \(entries) disagrees with the numerical gradient\(aside)."
    case .wrongCount:
      return "The gradient does not have as many entries as there are parameters."
    case .notFinite:
      return "Entry \(worst?.index ?? 0) is \(worst?.analytic ?? .nan)."
    case .notConclusive:
      return "The numerical gradient does not tell: only \(compared) entries could be compared\(aside)."
    case .nothingToCompare:
      return "There are no parameters, so there is no gradient to compare."
    }
  }
}
