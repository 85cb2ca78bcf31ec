extension GradientDiagnosis {
  /// Looks for the relation between a wrong gradient and the right one.
  ///
  /// - Parameters:
  ///   - analytic: the gradient in question, n entries.
  ///   - expected: the right gradient, n entries, row by row if it is a matrix.
  ///   - rows: the number of rows, for `transposed`.
  ///   - columns: the number of columns, for `transposed`.
  ///   - factors: named numbers that a mistake might multiply or divide by, such as `["m": 5]`.
  /// - Returns: nil where nothing can be said: the counts differ, an entry is not finite, the expected gradient is 0,
  ///   the gradient is right, or no relation holds.
  public init?(
    of analytic: [Double], expected: [Double], rows: Int? = nil, columns: Int? = nil, factors: [String: Double] = [:]
  ) {
    guard analytic.count == expected.count else { return nil }
    let pairs = zip(analytic, expected).enumerated().map { i, pair in
      Pairs.Pair(index: i, analytic: pair.0, expected: pair.1, error: 0)
    }
    self.init(Pairs(pairs: pairs, count: expected.count), rows: rows, columns: columns, factors: factors)
  }

  init?(_ pairs: Pairs, rows: Int?, columns: Int?, factors: [String: Double]) {
    guard pairs.canBeDiagnosed else { return nil }
    // Relations between an entry and its own expected value, the more special first: each is true as stated.
    let own = pairs.zero ?? pairs.ratio(factors: factors) ?? pairs.oneEntry ?? pairs.signs
    let facts = [own, pairs.reordered(rows: rows, columns: columns), pairs.added].compactMap { $0 }
    guard facts.count == 1 else { return nil }
    self = facts[0]
  }
}

extension NumericalGradient {
  /// Looks for the relation between a wrong gradient and the measured one.
  ///
  /// - Parameters:
  ///   - analytic: the gradient in question; it must have `count` entries.
  ///   - rows: the number of rows, for `transposed`.
  ///   - columns: the number of columns, for `transposed`.
  ///   - factors: named numbers that a mistake might multiply or divide by, such as `["m": 5]`.
  /// - Returns: nil where nothing can be said; always nil for a sample, which cannot speak for every entry, and where
  ///   an entry is set aside.
  public func diagnosis(
    of analytic: [Double], rows: Int? = nil, columns: Int? = nil, factors: [String: Double] = [:]
  ) -> GradientDiagnosis? {
    guard analytic.count == count, indices.count == count else { return nil }
    var pairs: [Pairs.Pair] = []
    for (i, entry) in zip(indices, entries) {
      guard case .estimate(let n, let error) = entry else { return nil }
      pairs.append(Pairs.Pair(index: i, analytic: analytic[i], expected: n, error: error + 1e-6 * floor))
    }
    return GradientDiagnosis(Pairs(pairs: pairs, count: count), rows: rows, columns: columns, factors: factors)
  }
}
