/// The ratios that have a name: −1, 2, ½, and those made of the caller's factors, such as m, 1/m, m².
struct NamedRatio {
  let value: Double
  let name: String
  /// The value of the caller's factor in the name, such as "m = 5"; nil for plain numbers.
  let given: String?

  /// How near two ratios lie that cannot be told apart.
  private static let resolution = 1e-5

  /// The name of a ratio, if exactly one is near it.
  ///
  /// Where a plain number and one with a factor coincide (2 and m, when m = 2), the plain number is its name, which is
  /// true either way; where two with factors coincide (m and n, both 5), the number itself is.
  ///
  /// - Parameters:
  ///   - ratio: the ratio, not 0.
  ///   - factors: the caller's names and values; those not above 0, not finite, or 1 have nothing to say.
  /// - Returns: the name, or nil when no named ratio lies within 10⁻⁶.
  static func naming(_ ratio: Double, factors: [String: Double]) -> NamedRatio? {
    let plain = [(-1, "−1"), (2, "2"), (-2, "−2"), (0.5, "½"), (-0.5, "−½")].map {
      NamedRatio(value: $0.0, name: $0.1, given: nil)
    }
    var made: [NamedRatio] = []
    for (name, f) in factors.sorted(by: { $0.key < $1.key }) where f > 0 && f.isFinite && abs(f - 1) > 1e-3 {
      let forms = [
        (f, name), (1 / f, "1/\(name)"), (f * f, "\(name)²"), (1 / (f * f), "1/\(name)²"), (2 * f, "2\(name)"),
        (2 / f, "2/\(name)"), (f / 2, "\(name)/2"), (1 / (2 * f), "1/(2\(name))"),
      ]
      for (value, text) in forms where value.isFinite && value > 0 {
        let given = "\(name) = \(shortText(f))"
        made.append(NamedRatio(value: value, name: text, given: given))
        made.append(NamedRatio(value: -value, name: "−\(text)", given: given))
      }
    }
    func near(_ candidates: [NamedRatio], _ tolerance: Double) -> [NamedRatio] {
      candidates.filter { abs($0.value - ratio) <= tolerance * abs(ratio) }
    }
    if let number = near(plain, 1e-6).first { return number }
    guard let first = near(made, 1e-6).first else { return nil }
    if near(made, resolution).count == 1 { return first }
    return NamedRatio(value: ratio, name: shortText(ratio), given: nil)
  }
}
