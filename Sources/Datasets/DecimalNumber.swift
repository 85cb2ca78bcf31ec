/// Reads decimal numbers out of bytes, without a `String` for each.
enum DecimalNumber {
  /// 10⁰ to 10²², the powers of ten that a `Double` holds exactly.
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The `Double` nearest to the number written in `range`, or nil if that is not one finite decimal number.
  ///
  /// A number is a sign or none, digits with at most one point among them, and an exponent or none: `-12.5e-3`. Words
  /// (`nan`, `inf`) and hexadecimal are not numbers here. Up to 15 digits and exponents up to 22 take one exact
  /// multiplication or division (W. D. Clinger, *How to Read Floating Point Numbers Accurately*, 1990); the rest is
  /// left to the standard library.
  static func value(of range: Range<Int>, in bytes: [UInt8]) -> Double? {
    var i = range.lowerBound
    let end = range.upperBound
    var isNegative = false
    if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      isNegative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    var mantissa = 0
    var digits = 0
    var significant = 0
    var afterPoint = 0
    var hasPoint = false
    while i < end {
      let byte = bytes[i]
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits += 1
        if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
        if significant <= 15 { mantissa = mantissa * 10 + Int(byte - UInt8(ascii: "0")) }
        if hasPoint { afterPoint += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      i += 1
    }
    guard digits > 0 else { return nil }
    guard let exponent = exponent(of: i..<end, in: bytes) else { return nil }
    let power = exponent - afterPoint
    if significant <= 15, abs(power) <= 22 {
      let x = power < 0 ? Double(mantissa) / powers[-power] : Double(mantissa) * powers[power]
      return isNegative ? -x : x
    }
    guard let x = Double(String(decoding: bytes[range], as: UTF8.self)), x.isFinite else { return nil }
    return x
  }

  /// The exponent written as `e-3` in `range`, 0 if the range is empty, nil if something else stands there.
  private static func exponent(of range: Range<Int>, in bytes: [UInt8]) -> Int? {
    guard !range.isEmpty else { return 0 }
    var i = range.lowerBound
    let end = range.upperBound
    guard bytes[i] == UInt8(ascii: "e") || bytes[i] == UInt8(ascii: "E") else { return nil }
    i += 1
    var isNegative = false
    if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      isNegative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    guard i < end else { return nil }
    var exponent = 0
    while i < end {
      guard bytes[i] >= UInt8(ascii: "0"), bytes[i] <= UInt8(ascii: "9") else { return nil }
      // Beyond any Double's: the standard library answers, from the text itself.
      exponent = min(exponent * 10 + Int(bytes[i] - UInt8(ascii: "0")), 1_000_000)
      i += 1
    }
    return isNegative ? -exponent : exponent
  }
}
