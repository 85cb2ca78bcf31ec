#if canImport(Glibc)
  @_exported import func Glibc.exp
  @_exported import func Glibc.log
#else
  @_exported import func Darwin.exp
  @_exported import func Darwin.log
#endif

public struct SeededGenerator: RandomNumberGenerator, Sendable {
  var s: UInt64
  public init(seed: UInt64) { s = seed }
  public mutating func next() -> UInt64 {
    s &+= 0x9e37_79b9_7f4a_7c15
    var z = s
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
infix operator .* : MultiplicationPrecedence
infix operator ./ : MultiplicationPrecedence

public struct Matrix: Sendable, Equatable, ExpressibleByArrayLiteral {
  public let rows: Int
  public let columns: Int
  public var elements: [Double]
  public init(rows: Int, columns: Int, elements: [Double]) { self.rows = rows; self.columns = columns; self.elements = elements }
  public init(arrayLiteral r: [Double]...) { self.init(rows: r.count, columns: r.first?.count ?? 0, elements: r.flatMap { $0 }) }
  public subscript(i: Int, j: Int) -> Double {
    get { guard i >= 0, i < rows, j >= 0, j < columns else { fatalError("index (\(i), \(j)) is outside a (\(rows)×\(columns)) matrix") }
      return elements[i * columns + j] }
    set { elements[i * columns + j] = newValue }
  }
  public var T: Matrix {
    var r = Matrix(rows: columns, columns: rows, elements: elements)
    for i in 0..<rows { for j in 0..<columns { r.elements[j * rows + i] = elements[i * columns + j] } }
    return r
  }
  public func sum() -> Double { elements.reduce(0, +) }
  static func zip(_ a: Matrix, _ b: Matrix, _ f: (Double, Double) -> Double) -> Matrix {
    let R = max(a.rows, b.rows), C = max(a.columns, b.columns)
    var r = Matrix(rows: R, columns: C, elements: .init(repeating: 0, count: R * C))
    for i in 0..<R { for j in 0..<C { r.elements[i * C + j] = f(a[a.rows == 1 ? 0 : i, a.columns == 1 ? 0 : j], b[b.rows == 1 ? 0 : i, b.columns == 1 ? 0 : j]) } }
    return r
  }
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    guard a.columns == b.rows else { fatalError("cannot multiply (\(a.rows)×\(a.columns)) by (\(b.rows)×\(b.columns)): inner dimensions \(a.columns) and \(b.rows) differ") }
    var r = Matrix(rows: a.rows, columns: b.columns, elements: .init(repeating: 0, count: a.rows * b.columns))
    for i in 0..<a.rows { for k in 0..<a.columns { for j in 0..<b.columns { r.elements[i * b.columns + j] += a.elements[i * a.columns + k] * b.elements[k * b.columns + j] } } }
    return r
  }
  public static func + (a: Matrix, b: Matrix) -> Matrix { zip(a, b, +) }
  public static func - (a: Matrix, b: Matrix) -> Matrix { zip(a, b, -) }
  public static func .* (a: Matrix, b: Matrix) -> Matrix { zip(a, b, *) }
  public static func ./ (a: Matrix, b: Matrix) -> Matrix { zip(a, b, /) }
  public static func + (a: Matrix, b: Double) -> Matrix { a + Matrix(rows: 1, columns: 1, elements: [b]) }
  public static func - (a: Matrix, b: Double) -> Matrix { a - Matrix(rows: 1, columns: 1, elements: [b]) }
  public static func * (a: Matrix, b: Double) -> Matrix { a .* Matrix(rows: 1, columns: 1, elements: [b]) }
  public static func / (a: Matrix, b: Double) -> Matrix { a ./ Matrix(rows: 1, columns: 1, elements: [b]) }
  public static func / (a: Matrix, b: Int) -> Matrix { a / Double(b) }
  public static func + (a: Double, b: Matrix) -> Matrix { b + a }
  public static func - (a: Double, b: Matrix) -> Matrix { Matrix(rows: 1, columns: 1, elements: [a]) - b }
  public static func * (a: Double, b: Matrix) -> Matrix { b * a }
  public static func / (a: Double, b: Matrix) -> Matrix { Matrix(rows: 1, columns: 1, elements: [a]) ./ b }
  public static prefix func - (a: Matrix) -> Matrix { a * -1.0 }
}
public func exp(_ x: Matrix) -> Matrix { var x = x; for i in x.elements.indices { x.elements[i] = exp(x.elements[i]) }; return x }
public func log(_ x: Matrix) -> Matrix { var x = x; for i in x.elements.indices { x.elements[i] = log(x.elements[i]) }; return x }

extension Matrix {
  public init(rows: Int, columns: Int, repeating x: Double = 0) { self.init(rows: rows, columns: columns, elements: .init(repeating: x, count: rows * columns)) }
  public static func random(_ rows: Int, _ columns: Int, using g: inout SeededGenerator) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in .random(in: -1...1, using: &g) })
  }
}
