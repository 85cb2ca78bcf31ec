/// The entries of a gradient, each beside what it should be.
struct Pairs {
  struct Pair {
    let index: Int
    let analytic: Double
    let expected: Double
    /// Bound on the error of `expected`.
    let error: Double
  }

  let pairs: [Pair]
  /// The number of entries.
  let count: Int
  /// The largest |expected|.
  let size: Double

  init(pairs: [Pair], count: Int) {
    self.pairs = pairs
    self.count = count
    size = pairs.reduce(0) { max($0, abs($1.expected)) }
  }

  /// Whether an entry is large enough to tell one relation from another.
  private func tells(_ pair: Pair) -> Bool {
    abs(pair.expected) >= 1e-3 * size && pair.error <= 1e-4 * abs(pair.expected)
  }

  /// Whether an entry is `factor` times what `pair` expects, to 10⁻⁶.
  private func holds(_ value: Double, _ factor: Double, _ pair: Pair) -> Bool {
    let wanted = factor * pair.expected
    return abs(value - wanted) <= 1e-6 * max(abs(value), abs(wanted)) + abs(factor) * (1e-9 * size + pair.error)
  }

  private func isRight(_ pair: Pair) -> Bool { holds(pair.analytic, 1, pair) }

  /// How many different numbers the expected values of some entries are.
  private func different(_ pairs: [Pair]) -> Int {
    var last = -Double.infinity
    var number = 0
    for value in pairs.map(\.expected).sorted() where value - last > 1e-4 * size {
      number += 1
      last = value
    }
    return number
  }

  var canBeDiagnosed: Bool {
    size.isFinite && size > 1e-12 && pairs.contains(where: tells) && !pairs.allSatisfy(isRight)
      && pairs.allSatisfy { $0.analytic.isFinite && $0.expected.isFinite }
  }

  var zero: GradientDiagnosis? {
    pairs.allSatisfy { $0.analytic == 0 } ? .zero(count: count) : nil
  }

  func ratio(factors: [String: Double]) -> GradientDiagnosis? {
    guard let largest = pairs.max(by: { abs($0.expected) < abs($1.expected) }) else { return nil }
    let ratio = largest.analytic / largest.expected
    guard ratio != 0, ratio.isFinite else { return nil }
    if let named = NamedRatio.naming(ratio, factors: factors), pairs.allSatisfy({ holds($0.analytic, named.value, $0) })
    {
      return .ratio(named.value, name: named.name, given: named.given, count: count)
    }
    guard abs(ratio) >= 1e-6, different(pairs.filter(tells)) >= 2, pairs.allSatisfy({ holds($0.analytic, ratio, $0) })
    else { return nil }
    return .ratio(ratio, name: shortText(ratio), given: nil, count: count)
  }

  var oneEntry: GradientDiagnosis? {
    let wrong = pairs.filter { !isRight($0) }
    guard wrong.count == 1, pairs.count(where: { tells($0) && isRight($0) }) >= 2 else { return nil }
    return .oneEntry(index: wrong[0].index, count: count)
  }

  var signs: GradientDiagnosis? {
    let wrong = pairs.filter { !isRight($0) }
    guard wrong.count >= 2, different(wrong.filter(tells)) >= 2, pairs.contains(where: { tells($0) && isRight($0) }),
      wrong.allSatisfy({ holds($0.analytic, -1, $0) })
    else { return nil }
    return .signs(indices: wrong.map(\.index), count: count)
  }

  /// The right entries at the wrong places, in as special an order as is certain.
  func reordered(rows: Int?, columns: Int?) -> GradientDiagnosis? {
    guard different(pairs.filter(tells)) >= 2 else { return nil }
    let reversed = zip(pairs, pairs.reversed()).allSatisfy { holds($0.analytic, 1, $1) }
    let transposed = isTransposed(rows: rows, columns: columns)
    if reversed != transposed {
      return reversed ? .reversed : .transposed(rows: rows ?? 0, columns: columns ?? 0)
    }
    let sorted = zip(pairs.map(\.analytic).sorted(), pairs.sorted { $0.expected < $1.expected })
    return sorted.allSatisfy { holds($0, 1, $1) } ? .permuted : nil
  }

  private func isTransposed(rows: Int?, columns: Int?) -> Bool {
    guard let rows, let columns, rows > 1, columns > 1, rows * columns == pairs.count else { return false }
    return pairs.indices.allSatisfy { k in
      let (i, j) = k.quotientAndRemainder(dividingBy: rows)
      return holds(pairs[k].analytic, 1, pairs[j * columns + i])
    }
  }

  var added: GradientDiagnosis? {
    guard pairs.count >= 3, different(pairs.filter(tells)) >= 2 else { return nil }
    let shift = pairs[0].analytic - pairs[0].expected
    guard abs(shift) > 1e-3 * size, pairs[0].error <= 1e-4 * abs(shift) else { return nil }
    let holds = pairs.allSatisfy {
      abs($0.analytic - $0.expected - shift) <= 1e-6 * max(abs($0.analytic), abs(shift)) + $0.error + pairs[0].error
    }
    return holds ? .added(constant: shift) : nil
  }
}
