// Where an axis is marked, and with which numbers.

/// One mark on an axis: where, and what is written at it.
struct Tick: Equatable, Sendable {
  var value: Double
  var label: String
}

/// At most `limit` ticks at multiples of 1, 2 or 5 times a power of ten, all inside `range`.
func linearTicks(in range: ClosedRange<Double>, limit: Int) -> [Tick] {
  let span = range.upperBound - range.lowerBound
  guard span > 0, span.isFinite, limit > 0 else { return [] }
  var exponent = decimalExponent(span) - 3
  while true {
    for mantissa in [1, 2, 5] {
      let ticks = multiples(of: mantissa, exponent: exponent, in: range, limit: limit)
      if let ticks { return ticks }
    }
    exponent += 1
  }
}

/// The multiples of `mantissa`·10^`exponent` in `range`, or nil when there are more than `limit`.
///
/// A tick's value is an integer times or divided by a power of ten, hence correctly rounded: 0.3, not 0.30000000000000004.
private func multiples(of mantissa: Int, exponent: Int, in range: ClosedRange<Double>, limit: Int) -> [Tick]? {
  let step = Double(mantissa) * powerOfTen(exponent)
  guard step > 0 else { return nil }
  let slack = 1e-9 * (range.upperBound - range.lowerBound) / step
  let first = (range.lowerBound / step - slack).rounded(.up)
  let last = (range.upperBound / step + slack).rounded(.down)
  guard last - first < Double(limit) else { return nil }
  guard abs(first) < 1e14, abs(last) < 1e14 else { return [] }
  guard first <= last else { return [] }
  return (Int(first)...Int(last)).map { k in
    let n = k * mantissa
    let value = exponent >= 0 ? Double(n) * powerOfTen(exponent) : Double(n) / powerOfTen(-exponent)
    let held = min(max(value, range.lowerBound), range.upperBound)
    return Tick(value: held, label: tickLabel(n, exponent: exponent, largest: Swift.max(abs(first), abs(last)) * step))
  }
}

/// n·10^`exponent` as it is written at an axis whose largest tick is `largest`.
private func tickLabel(_ n: Int, exponent: Int, largest: Double) -> String {
  if n == 0 { return "0" }
  if exponent < -5 || largest >= 1e6 { return formatted(Double(n) * powerOfTen(exponent), digits: 6) }
  let value = exponent >= 0 ? Double(n) * powerOfTen(exponent) : Double(n) / powerOfTen(-exponent)
  return typographicMinus(fixed(value, places: max(0, -exponent)))
}

/// At most `limit` powers of ten inside `range`; where there are fewer than two, 1, 2 and 5 times them.
func logarithmicTicks(in range: ClosedRange<Double>, limit: Int) -> [Tick] {
  guard range.lowerBound > 0, limit > 0 else { return [] }
  let low = decimalExponent(range.lowerBound)
  let high = decimalExponent(range.upperBound)
  func inside(_ value: Double) -> Bool {
    value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
  }
  func held(_ value: Double) -> Double { min(max(value, range.lowerBound), range.upperBound) }
  let decades = (low...high + 1).filter { inside(powerOfTen($0)) }
  if decades.count >= 2 {
    let stride = (decades.count + limit - 1) / limit
    return decades.filter { $0 % stride == 0 || decades.count < 2 * stride }.prefix(limit).map {
      Tick(value: held(powerOfTen($0)), label: decadeLabel($0, plain: low >= -4 && high <= 5))
    }
  }
  var ticks: [Tick] = []
  for exponent in low...high {
    for mantissa in [1.0, 2, 5] {
      let value = exponent < 0 ? mantissa / powerOfTen(-exponent) : mantissa * powerOfTen(exponent)
      if inside(value) { ticks.append(Tick(value: held(value), label: formatted(value))) }
    }
  }
  return ticks.count >= 2 && ticks.count <= limit ? ticks : linearTicks(in: range, limit: limit)
}

private func decadeLabel(_ exponent: Int, plain: Bool) -> String {
  plain ? formatted(powerOfTen(exponent)) : "10" + superscript(exponent)
}
