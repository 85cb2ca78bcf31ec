import LinearAlgebra
import Testing

/// How far a number may be from the expected one.
struct Tolerance {
  let absolute, relative: Double

  /// 10⁻¹² + 10⁻⁹·|b|.
  static let value = Tolerance(absolute: 1e-12, relative: 1e-9)
  /// 10⁻¹⁰, for the costs of a training and for whatever comes out as 0 after a cancellation.
  static let curve = Tolerance(absolute: 1e-10, relative: 0)
  /// For numbers that are moved and not computed with.
  static let none = Tolerance(absolute: 0, relative: 0)

  /// Not for NaN.
  func admits(_ actual: Double, for expected: Double) -> Bool {
    abs(actual - expected) <= absolute + relative * abs(expected)
  }
}

/// What `expectClose` compares: a number, a list of numbers, a matrix.
protocol Comparand {
  init(_ golden: Golden) throws
  var shapeText: String { get }
  var elements: [Double] { get }
  /// The place of one of the elements, for messages.
  func index(of element: Int) -> String
}

extension Double: Comparand {
  init(_ golden: Golden) throws { self = try golden.number }
  var shapeText: String { "a number" }
  var elements: [Double] { [self] }
  func index(of element: Int) -> String { "" }
}

extension [Double]: Comparand {
  init(_ golden: Golden) throws { self = try golden.numbers }
  var shapeText: String { "\(count) numbers" }
  var elements: [Double] { self }
  func index(of element: Int) -> String { "[\(element)]" }
}

extension Matrix: Comparand {
  init(_ golden: Golden) throws { self = try golden.matrix }
  var shapeText: String { shape.description }
  func index(of element: Int) -> String { "[\(element / columns), \(element % columns)]" }
}

/// Holds a number, a list or a matrix against one of a file; what is not of its kind and shape there is a failure too.
func expectClose<C: Comparand>(
  _ actual: C, _ expected: Golden, _ tolerance: Tolerance = .value, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  expectClose(actual, try C(expected), expected.place, tolerance, sourceLocation: sourceLocation)
}

/// Records the first number that is too far from the expected one.
///
/// - Parameter name: What is compared, for the message.
func expectClose<C: Comparand>(
  _ actual: C, _ expected: C, _ name: String, _ tolerance: Tolerance = .value,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  if let mismatch = mismatch(actual, expected, tolerance) {
    Issue.record("\(name)\(mismatch)", sourceLocation: sourceLocation)
  }
}

/// The first number that is too far off, with its place and how many others are, or nil if all are close.
func mismatch<C: Comparand>(_ actual: C, _ expected: C, _ tolerance: Tolerance) -> String? {
  guard actual.shapeText == expected.shapeText else {
    return " is \(actual.shapeText) instead of \(expected.shapeText)"
  }
  let (a, b) = (actual.elements, expected.elements)
  let wrong = a.indices.filter { !tolerance.admits(a[$0], for: b[$0]) }
  guard let k = wrong.first else { return nil }
  let others = wrong.count == 1 ? "" : ", the first of \(wrong.count) that are off among \(a.count)"
  return "\(expected.index(of: k)) is \(a[k]) instead of \(b[k])\(others)"
}
