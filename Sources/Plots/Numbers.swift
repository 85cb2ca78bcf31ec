// Numbers as text: the same bytes on every platform, whatever the locale.

// Not for its functions, which differ in the last bit, but so that programs link what rounding and square roots need.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// 10ⁿ, exact for 0 ≤ n ≤ 22.
func powerOfTen(_ n: Int) -> Double {
  var power = 1.0
  for _ in 0..<Swift.min(abs(n), 330) { power *= 10 }
  return n < 0 ? 1 / power : power
}

/// log₁₀(x) for x > 0, from the series of the area tangent, so that no platform's libm is asked.
///
/// x = 2ᵉ·s with 1 ≤ s < 2, and ln s = 2·artanh((s − 1)/(s + 1)), whose argument is below 1/3.
func decimalLogarithm(_ x: Double) -> Double {
  guard x > 0, x.isFinite else { return x == 0 ? -.infinity : .nan }
  let t = (x.significand - 1) / (x.significand + 1)
  var term = t
  var sum = 0.0
  for k in 0..<18 {
    sum += term / Double(2 * k + 1)
    term *= t * t
  }
  return (Double(x.exponent) * 0.6931471805599453 + 2 * sum) * 0.4342944819032518
}

/// ⌊log₁₀ x⌋ for x > 0, exact at powers of ten.
func decimalExponent(_ x: Double) -> Int {
  var n = Int(decimalLogarithm(x).rounded(.down))
  if powerOfTen(n + 1) <= x { n += 1 }
  if powerOfTen(n) > x { n -= 1 }
  return n
}

/// `value` rounded to `places` decimals, with an ASCII minus: "-1.50".
func fixed(_ value: Double, places: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞" }
  let scaled = (abs(value) * powerOfTen(places)).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let sign = value < 0 && scaled > 0 ? "-" : ""
  let digits = String(Int(scaled))
  guard places > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return sign + padded.dropLast(places) + "." + padded.suffix(places)
}

/// "1.50" → "1.5", "2.00" → "2".
func withoutTrailingZeros(_ text: String) -> String {
  guard text.contains(".") else { return text }
  var text = text
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text
}

/// A coordinate in an SVG: at most two decimals, held within ±100 000 so that an exploding curve stays drawable.
func coordinate(_ value: Double) -> String {
  guard !value.isNaN else { return "0" }
  return withoutTrailingZeros(fixed(min(max(value, -100_000), 100_000), places: 2))
}

/// A number for a reader, with a true minus sign: "0.333", "−12", "2.5×10⁻⁷".
///
/// - Parameters:
///   - value: the number; NaN and ∞ are named as such, and what is smaller than 10⁻³⁰⁰ is "0".
///   - digits: how many significant digits to keep; trailing zeros are dropped.
public func formatted(_ value: Double, digits: Int = 3) -> String {
  guard value.isFinite else { return typographicMinus(fixed(value, places: 0)) }
  guard abs(value) >= 1e-300 else { return "0" }
  var exponent = decimalExponent(abs(value))
  if exponent >= -4, exponent < 6 {
    return typographicMinus(withoutTrailingZeros(fixed(value, places: max(0, digits - 1 - exponent))))
  }
  var mantissa = value / powerOfTen(exponent)
  if fixed(abs(mantissa), places: digits - 1).hasPrefix("10") {
    mantissa /= 10
    exponent += 1
  }
  return typographicMinus(withoutTrailingZeros(fixed(mantissa, places: digits - 1))) + "×10" + superscript(exponent)
}

/// The minus sign U+2212 in place of the ASCII hyphen.
func typographicMinus(_ text: String) -> String {
  String(text.map { $0 == "-" ? "−" : $0 })
}

/// "⁻¹²" for −12.
func superscript(_ n: Int) -> String {
  let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
  return (n < 0 ? "⁻" : "") + String(String(abs(n)).compactMap { $0.wholeNumberValue.map { digits[$0] } })
}
