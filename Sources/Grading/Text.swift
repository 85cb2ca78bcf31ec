import Curriculum

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A number with so many significant digits, without trailing zeros: "0.08", "-3", "1.5e-09", "NaN", "∞".
package func text(_ x: Double, digits: Int = 6) -> String {
  if x.isNaN { return "NaN" }
  if x.isInfinite { return x < 0 ? "−∞" : "∞" }
  if x == 0 { return "0" }
  let (_, buffer) = withVaList([Int32(digits), x]) { arguments in
    var buffer = [CChar](repeating: 0, count: 40)
    let count = vsnprintf(&buffer, buffer.count, "%.*g", arguments)
    return (count, buffer)
  }
  let raw = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return raw.hasPrefix("-") ? "−" + raw.dropFirst() : raw
}

/// Two numbers with as many digits as it takes to tell them apart, and one more, at least six.
func texts(_ a: Double, _ b: Double) -> (String, String) {
  // At least six; rounding may make two numbers differ at some digits and agree at one more.
  let digits = (6...17).first {
    text(a, digits: $0) != text(b, digits: $0) && text(a, digits: $0 - 1) != text(b, digits: $0 - 1)
  }
  return (text(a, digits: digits ?? 17), text(b, digits: digits ?? 17))
}

/// "a", "a and b", "a, b and c".
func enumerated(_ words: [String]) -> String {
  words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
}

/// "(3×1)" for a matrix, "empty, (0×1)" for one without entries, "a list of 5 numbers", "one number".
func shapeText(_ shape: [Int]) -> String {
  switch shape.count {
  case 0: "one number"
  case 1: shape[0] == 1 ? "a list of 1 number" : "a list of \(shape[0]) numbers"
  default: (shape.contains(0) ? "empty, " : "") + "(" + shape.map { String($0) }.joined(separator: "×") + ")"
  }
}

extension Observation.Quantity {
  /// The index of an entry as it is written in code: "", "[3]", "[1, 0]".
  func indexText(_ flat: Int) -> String {
    guard !shape.isEmpty else { return "" }
    var rest = flat
    var index: [Int] = []
    for length in shape.reversed() {
      index.insert(rest % max(length, 1), at: 0)
      rest /= max(length, 1)
    }
    return "[" + index.map { String($0) }.joined(separator: ", ") + "]"
  }

  /// The values, as a literal.
  var text: String {
    let digits = values.map { Grading.text($0, digits: 6) }
    switch shape.count {
    case 0: return digits[0]
    case 2: return matrixText(rows: shape[0], columns: shape[1], digits)
    default: return "[" + digits.joined(separator: ", ") + "]"
    }
  }
}

private func matrixText(rows: Int, columns: Int, _ digits: [String]) -> String {
  "["
    + (0..<rows).map { "[" + digits[$0 * columns..<($0 + 1) * columns].joined(separator: ", ") + "]" }.joined(
      separator: ", ") + "]"
}

/// The parts of an input with their names: the labels of a tuple, the properties of a struct, or the argument's own name. Lists
/// and matrices of more than `limit` entries are described by their shapes.
func describeParts(_ value: Any, argument: String, limit: Int = .max) -> [(name: String, value: String)] {
  switch value {
  case let x as Double: return [(argument, text(x, digits: 6))]
  case let x as Int: return [(argument, String(x))]
  case let x as Bool: return [(argument, String(x))]
  case let x as [Double] where x.count > limit: return [(argument, shapeText([x.count]))]
  case let x as Matrix where x.rows * x.columns > limit: return [(argument, "a \(x.shape) matrix")]
  case let x as [Double]: return [(argument, "[" + x.map { text($0, digits: 6) }.joined(separator: ", ") + "]")]
  case let x as Matrix:
    return [(argument, matrixText(rows: x.rows, columns: x.columns, x.elements.map { text($0, digits: 6) }))]
  case let x as String: return [(argument, x)]
  default:
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .struct, .tuple:
      return mirror.children.flatMap { child in
        describeParts(
          child.value, argument: child.label.map { $0.hasPrefix(".") ? argument : $0 } ?? argument, limit: limit)
      }
    case .enum:
      // A case with values: their names, and before them the case's own.
      guard let payload = mirror.children.first, let name = payload.label else { return [(argument, "\(value)")] }
      return [(argument, name)] + describeParts(payload.value, argument: name, limit: limit)
    case .collection:
      if mirror.children.allSatisfy({ $0.value is Int || $0.value is [Int] || $0.value is String }) {
        return [(argument, "\(value)")]
      }
      return mirror.children.enumerated().flatMap { k, child in
        describeParts(child.value, argument: "\(argument)[\(k)]", limit: limit).map { part in
          (part.name.hasPrefix(argument + "[") ? part.name : "\(argument)[\(k)].\(part.name)", part.value)
        }
      }
    case .optional:
      return mirror.children.first.map { describeParts($0.value, argument: argument, limit: limit) } ?? [
        (argument, "nil")
      ]
    default: return []  // closures and the like have no text
    }
  }
}

/// The same on one line, long values by their shapes only.
func describe(_ value: Any, argument: String) -> String {
  func line(limit: Int) -> String {
    describeParts(value, argument: argument, limit: limit).map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
  }
  return [.max, 24, 12, 4].lazy.map(line).first { $0.count <= 400 } ?? line(limit: 1)
}
