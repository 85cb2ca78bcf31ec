/// One axis of a chart: what it measures, its range, and how it is divided.
///
/// A string literal is an axis with everything else automatic:
///
/// ```swift
/// Chart(x: "epoch", y: "J (nats)", .line(losses))
/// Chart(x: "α", y: Axis("J (nats)", range: 0.01...10, scale: .logarithmic), .line(rates, losses))
/// ```
public struct Axis: Sendable, ExpressibleByStringInterpolation {
  /// How numbers are spread along the axis.
  public enum Scale: Sendable {
    /// Equal distances are equal differences.
    case linear
    /// Equal distances are equal ratios. Values that are not positive are left out.
    case logarithmic
  }

  /// What is marked along the axis.
  public enum Ticks: Sendable, Equatable {
    /// Multiples of 1, 2 or 5 times a power of ten.
    case automatic
    /// Nothing.
    case none
    /// These values.
    case values([Double])
    /// A name at 0, 1, 2 …
    case names([String])
  }

  /// The quantity, with its unit in parentheses: "J (nats)".
  public var label: String
  /// The range shown, or nil to take it from the data.
  public var range: ClosedRange<Double>?
  /// Linear or logarithmic.
  public var scale: Scale
  /// What is marked along the axis.
  public var ticks: Ticks

  /// An axis; everything but the label may stay automatic.
  ///
  /// - Parameters:
  ///   - label: the quantity, with its unit in parentheses.
  ///   - range: the range shown; nil takes it from the data.
  ///   - scale: linear or logarithmic.
  ///   - ticks: what is marked along the axis.
  public init(
    _ label: String, range: ClosedRange<Double>? = nil, scale: Scale = .linear, ticks: Ticks = .automatic
  ) {
    precondition(
      scale == .linear || range.map { $0.lowerBound > 0 } ?? true,
      "The logarithmic axis \"\(label)\" begins at \(range?.lowerBound ?? 0); it must begin above 0.")
    self.label = label
    self.range = range
    self.scale = scale
    self.ticks = ticks
  }

  /// An axis with this label, automatic otherwise.
  public init(stringLiteral label: String) { self.init(label) }
}

/// The way from values to positions along one axis, in pixels.
struct AxisMap: Sendable {
  var domain: ClosedRange<Double>
  var logarithmic: Bool
  /// The positions of the domain's ends.
  var start = 0.0, end = 1.0

  /// The position of `value`; NaN where it has none.
  func callAsFunction(_ value: Double) -> Double {
    guard value.isFinite else { return .nan }
    return start + fraction(value) * (end - start)
  }

  /// Where `value` lies between the domain's ends, 0 to 1.
  func fraction(_ value: Double) -> Double {
    if logarithmic {
      guard value > 0 else { return .nan }
      let low = decimalLogarithm(domain.lowerBound)
      return (decimalLogarithm(value) - low) / (decimalLogarithm(domain.upperBound) - low)
    }
    return (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
  }

  /// Whether `value` can be drawn and lies in the domain, give or take a rounding.
  func contains(_ value: Double) -> Bool {
    let f = value.isFinite ? fraction(value) : .nan
    return f >= -1e-9 && f <= 1 + 1e-9
  }
}

extension Axis {
  /// The range shown, given the values of the data and whether these want room around them.
  func domain(of values: Extent) -> ClosedRange<Double> {
    if let range, range.upperBound > range.lowerBound { return range }
    guard var low = range?.lowerBound ?? values.low, var high = range?.upperBound ?? values.high else {
      return scale == .linear ? 0...1 : 1...10
    }
    if scale == .logarithmic {
      if high <= low * (1 + 1e-12) { return low / 2...high * 2 }
      guard values.padded else { return low...high }
      // Room of four percent, in steps of the ratio: (high/low)^(1/32) by five square roots.
      var ratio = high / low
      for _ in 0..<5 { ratio = ratio.squareRoot() }
      return low / ratio...high * ratio
    }
    if high - low <= 1e-12 * max(abs(low), abs(high)) {
      let room = max(abs(low) * 0.1, 0.5)
      return low - room...high + room
    }
    let room = values.padded ? (high - low) * 0.04 : 0
    if low != values.anchor { low -= room }
    if high != values.anchor { high += room }
    return low...high
  }
}

/// The least and greatest of the values that can be drawn along an axis.
struct Extent: Sendable {
  var low: Double?, high: Double?
  /// Whether there shall be room around the values.
  var padded = false
  /// A value that the axis may end at without room: the foot of bars.
  var anchor: Double?
  /// Whether only positive values count.
  var positive = false

  mutating func add(_ value: Double) {
    guard value.isFinite, abs(value) < 1e300, !positive || value > 0 else { return }
    low = min(low ?? value, value)
    high = max(high ?? value, value)
  }

  mutating func add(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }
}
