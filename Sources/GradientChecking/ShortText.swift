#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number to six significant digits, without a trailing ".0" and with a true minus sign: 2, −0.333333, 1e-09.
func shortText(_ number: Double) -> String {
  guard number.isFinite, number != 0 else { return number == 0 ? "0" : "\(number)" }
  var exponent = 0
  var size = abs(number)
  while size >= 10 { (size, exponent) = (size / 10, exponent + 1) }
  while size < 1 { (size, exponent) = (size * 10, exponent - 1) }
  let digits = Int((size * 1e5).rounded())
  // The standard library writes the shortest text that reads back as the same number.
  var text = Double("\(digits)e\(exponent - 5)").map { "\($0)" } ?? "\(abs(number))"
  if text.hasSuffix(".0") { text.removeLast(2) }
  return number < 0 ? "−" + text : text
}
