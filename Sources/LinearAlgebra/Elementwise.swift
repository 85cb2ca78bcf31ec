// What is done to each element by itself, or to two elements in the same place. Two shapes fit when their rows are as
// many, or one has a single row, which is then repeated, and the same for the columns (broadcasting).
// The operators are concrete and in one file with their loops, where the compiler can merge the two.

// MARK: - Arithmetic

extension Matrix {
  /// The sum A + B, element by element; a (n × 1) column or (1 × m) row is added to each column or row of the other.
  ///
  /// Stops when the shapes do not fit: each pair of sizes must be equal or contain a 1. A column (n × 1) and a row
  /// (1 × m) fit too, and give a (n × m) matrix. The same holds for − `.*` `./` and the comparisons. NumPy: `A + B`.
  public static func + (A: Matrix, B: Matrix) -> Matrix { combine(A, B, "+") { $0 + $1 } }
  /// The difference A − B, element by element, with broadcasting as for +. NumPy: `A - B`.
  public static func - (A: Matrix, B: Matrix) -> Matrix { combine(A, B, "-") { $0 - $1 } }
  /// The elementwise (Hadamard) product A ⊙ B, with broadcasting as for +. NumPy: `A * B`.
  public static func .* (A: Matrix, B: Matrix) -> Matrix { combine(A, B, ".*") { $0 * $1 } }
  /// The elementwise quotient, with broadcasting as for +. NumPy: `A / B`.
  public static func ./ (A: Matrix, B: Matrix) -> Matrix { combine(A, B, "./") { $0 / $1 } }

  /// A with x added to each element.
  public static func + (A: Matrix, x: Double) -> Matrix { transform(A) { $0 + x } }
  /// A with x subtracted from each element.
  public static func - (A: Matrix, x: Double) -> Matrix { transform(A) { $0 - x } }
  /// A with each element multiplied by x.
  public static func * (A: Matrix, x: Double) -> Matrix { transform(A) { $0 * x } }
  /// A with each element divided by x: `dZ * A.T / m`.
  public static func / (A: Matrix, x: Double) -> Matrix { transform(A) { $0 / x } }
  /// A with x added to each element.
  public static func + (x: Double, A: Matrix) -> Matrix { transform(A) { x + $0 } }
  /// x minus each element: `1 - A`.
  public static func - (x: Double, A: Matrix) -> Matrix { transform(A) { x - $0 } }
  /// A with each element multiplied by x: `rate * dW`.
  public static func * (x: Double, A: Matrix) -> Matrix { transform(A) { x * $0 } }
  /// x divided by each element: `1 / (1 + exp(-Z))`.
  public static func / (x: Double, A: Matrix) -> Matrix { transform(A) { x / $0 } }
  /// −A, each element with the other sign.
  public static prefix func - (A: Matrix) -> Matrix { transform(A) { -$0 } }

  /// Adds B to A in place; B may be a row, a column or (1 × 1), A keeps its shape. Stops when B does not fit. NumPy: `A += B`.
  public static func += (A: inout Matrix, B: Matrix) { A = keepingShape(of: A, "+=", B) { A + B } }
  /// Subtracts B from A in place, as += adds: `W -= rate * dW`. NumPy: `A -= B`.
  public static func -= (A: inout Matrix, B: Matrix) { A = keepingShape(of: A, "-=", B) { A - B } }
  /// Adds x to each element of A.
  public static func += (A: inout Matrix, x: Double) { A = A + x }
  /// Subtracts x from each element of A.
  public static func -= (A: inout Matrix, x: Double) { A = A - x }
  /// Multiplies each element of A by x.
  public static func *= (A: inout Matrix, x: Double) { A = A * x }
  /// Divides each element of A by x.
  public static func /= (A: inout Matrix, x: Double) { A = A / x }

  @available(*, unavailable, message: "divide by a Double, as in: let m = Double(X.columns)")
  public static func / (A: Matrix, n: Int) -> Matrix { fatalError() }
  @available(*, unavailable, message: "multiply by a Double: Double(n)")
  public static func * (A: Matrix, n: Int) -> Matrix { fatalError() }
  @available(*, unavailable, message: "multiply by a Double: Double(n)")
  public static func * (n: Int, A: Matrix) -> Matrix { fatalError() }
  @available(*, unavailable, message: "between a number and a matrix write *, without the dot")
  public static func .* (x: Double, A: Matrix) -> Matrix { fatalError() }
  @available(*, unavailable, message: "between a number and a matrix write /, without the dot")
  public static func ./ (x: Double, A: Matrix) -> Matrix { fatalError() }
  @available(*, unavailable, message: "compare entry by entry: A .> x is a matrix of 0 and 1")
  public static func > (A: Matrix, x: Double) -> Bool { fatalError() }
  @available(*, unavailable, message: "compare entry by entry: A .< x is a matrix of 0 and 1")
  public static func < (A: Matrix, x: Double) -> Bool { fatalError() }
  @available(*, unavailable, message: "compare entry by entry: A .>= x is a matrix of 0 and 1")
  public static func >= (A: Matrix, x: Double) -> Bool { fatalError() }
  @available(*, unavailable, message: "compare entry by entry: A .<= x is a matrix of 0 and 1")
  public static func <= (A: Matrix, x: Double) -> Bool { fatalError() }
}

// MARK: - Comparisons

extension Matrix {
  /// 1 where A's element is greater than B's, else 0 (and 0 beside NaN), with broadcasting as for +. NumPy: `A > B`.
  public static func .> (A: Matrix, B: Matrix) -> Matrix { combine(A, B, ".>") { $0 > $1 ? 1 : 0 } }
  /// 1 where A's element is greater than or equal to B's, else 0. NumPy: `A >= B`.
  public static func .>= (A: Matrix, B: Matrix) -> Matrix { combine(A, B, ".>=") { $0 >= $1 ? 1 : 0 } }
  /// 1 where A's element is less than B's, else 0. NumPy: `A < B`.
  public static func .< (A: Matrix, B: Matrix) -> Matrix { combine(A, B, ".<") { $0 < $1 ? 1 : 0 } }
  /// 1 where A's element is less than or equal to B's, else 0. NumPy: `A <= B`.
  public static func .<= (A: Matrix, B: Matrix) -> Matrix { combine(A, B, ".<=") { $0 <= $1 ? 1 : 0 } }
  /// 1 where the elements are equal, else 0: `(Yhat .== Y).mean()` is the share of hits. NumPy: `A == B`.
  public static func .== (A: Matrix, B: Matrix) -> Matrix { combine(A, B, ".==") { $0 == $1 ? 1 : 0 } }
  /// 1 where the elements differ, else 0. NumPy: `A != B`.
  public static func .!= (A: Matrix, B: Matrix) -> Matrix { combine(A, B, ".!=") { $0 != $1 ? 1 : 0 } }

  /// 1 where the element is greater than x, else 0. NumPy: `A > x`.
  public static func .> (A: Matrix, x: Double) -> Matrix { transform(A) { $0 > x ? 1 : 0 } }
  /// 1 where the element is at least x, else 0: `A .>= 0.5`. NumPy: `A >= x`.
  public static func .>= (A: Matrix, x: Double) -> Matrix { transform(A) { $0 >= x ? 1 : 0 } }
  /// 1 where the element is less than x, else 0. NumPy: `A < x`.
  public static func .< (A: Matrix, x: Double) -> Matrix { transform(A) { $0 < x ? 1 : 0 } }
  /// 1 where the element is at most x, else 0. NumPy: `A <= x`.
  public static func .<= (A: Matrix, x: Double) -> Matrix { transform(A) { $0 <= x ? 1 : 0 } }
  /// 1 where the element equals x, else 0. NumPy: `A == x`.
  public static func .== (A: Matrix, x: Double) -> Matrix { transform(A) { $0 == x ? 1 : 0 } }
  /// 1 where the element differs from x, else 0. NumPy: `A != x`.
  public static func .!= (A: Matrix, x: Double) -> Matrix { transform(A) { $0 != x ? 1 : 0 } }
}

// MARK: - Functions

extension Matrix {
  /// The matrix of f(a) for each element a: `Z.map(sigmoid)`. NumPy: `np.vectorize(f)(A)`.
  public func map(_ f: (Double) throws -> Double) rethrows -> Matrix {
    OperationCount.record()
    // Row by row, as a caller's f may count or print.
    return Matrix(rows: rows, columns: columns, storage: try rowByRow.map(f))
  }
}

/// eᵃ of each element a. NumPy: `np.exp(A)`.
public func exp(_ A: Matrix) -> Matrix { transform(A) { exp($0) } }
/// The natural logarithm of each element: −∞ of 0, NaN of a negative number. NumPy: `np.log(A)`.
public func log(_ A: Matrix) -> Matrix { transform(A) { log($0) } }
/// log(1 + a) of each element a, exact for small a. NumPy: `np.log1p(A)`.
public func log1p(_ A: Matrix) -> Matrix { transform(A) { log1p($0) } }
/// eᵃ − 1 of each element a, exact for small a. NumPy: `np.expm1(A)`.
public func expm1(_ A: Matrix) -> Matrix { transform(A) { expm1($0) } }
/// The hyperbolic tangent of each element. NumPy: `np.tanh(A)`.
public func tanh(_ A: Matrix) -> Matrix { transform(A) { tanh($0) } }
/// The inverse tangent of each element, in (−π/2, π/2). NumPy: `np.arctan(A)`.
public func atan(_ A: Matrix) -> Matrix { transform(A) { atan($0) } }
/// The square root of each element, NaN of a negative number. NumPy: `np.sqrt(A)`.
public func sqrt(_ A: Matrix) -> Matrix { transform(A) { $0.squareRoot() } }
/// The absolute value of each element. NumPy: `np.abs(A)`.
public func abs(_ A: Matrix) -> Matrix { transform(A) { $0.magnitude } }
/// aᵖ of each element a: `pow(Z, 2)`. NumPy: `A ** p`.
public func pow(_ A: Matrix, _ p: Double) -> Matrix { p == 2 ? transform(A) { $0 * $0 } : transform(A) { pow($0, p) } }

/// 1 for a positive number, −1 for a negative one, 0 for 0, NaN for NaN. NumPy: `np.sign(x)`.
public func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x.isNaN ? x : 0 }
/// The sign of each element: 1, −1, or 0 where it is 0. NumPy: `np.sign(A)`.
public func sign(_ A: Matrix) -> Matrix { transform(A) { sign($0) } }

/// The greater of each two elements, NaN if one is NaN, with broadcasting as for +. NumPy: `np.maximum(A, B)`.
public func max(_ A: Matrix, _ B: Matrix) -> Matrix { combine(A, B, "max") { larger($0, $1) } }
/// The greater of each element and x, NaN if one is NaN: `max(Z, 0)`. NumPy: `np.maximum(A, x)`.
public func max(_ A: Matrix, _ x: Double) -> Matrix { transform(A) { larger($0, x) } }
/// The greater of x and each element, NaN if one is NaN: `max(0, Z)`. NumPy: `np.maximum(x, A)`.
public func max(_ x: Double, _ A: Matrix) -> Matrix { transform(A) { larger($0, x) } }
/// The smaller of each two elements, NaN if one is NaN, with broadcasting as for +. NumPy: `np.minimum(A, B)`.
public func min(_ A: Matrix, _ B: Matrix) -> Matrix { combine(A, B, "min") { smaller($0, $1) } }
/// The smaller of each element and x, NaN if one is NaN. NumPy: `np.minimum(A, x)`.
public func min(_ A: Matrix, _ x: Double) -> Matrix { transform(A) { smaller($0, x) } }
/// The smaller of x and each element, NaN if one is NaN. NumPy: `np.minimum(x, A)`.
public func min(_ x: Double, _ A: Matrix) -> Matrix { transform(A) { smaller($0, x) } }

// MARK: - The loops

@inline(__always)
private func larger(_ a: Double, _ b: Double) -> Double {
  let candidate = a > b ? a : b
  return a != a ? a : candidate
}

@inline(__always)
private func smaller(_ a: Double, _ b: Double) -> Double {
  let candidate = a < b ? a : b
  return a != a ? a : candidate
}

/// f of each element, in the order in which they are stored.
@inline(__always)
private func transform(_ A: Matrix, _ f: (Double) -> Double) -> Matrix {
  OperationCount.record()
  let count = A.storage.count
  let result = [Double](unsafeUninitializedCapacity: count) { target, initialized in
    A.storage.withUnsafeBufferPointer { a in
      for k in 0..<count { target[k] = f(a[k]) }
    }
    initialized = count
  }
  return Matrix(rows: A.rows, columns: A.columns, storage: result, isTransposed: A.isTransposed)
}

/// f of the elements of A and B in the same place, with broadcasting: a size of 1 is walked with a step of 0.
@inline(__always)
private func combine(_ A: Matrix, _ B: Matrix, _ name: String, _ f: (Double, Double) -> Double) -> Matrix {
  OperationCount.record()
  guard let rows = commonSize(A.rows, B.rows), let columns = commonSize(A.columns, B.columns) else {
    fatalError(misfit(A, B, name))
  }
  // The result is stored as its operands are: column by column if there is a transposed one and none that is not.
  let isTransposed = A.isTransposed && (B.isTransposed || B.isVector) || B.isTransposed && A.isVector
  var a = Walk(outer: A.rows == 1 ? 0 : A.rowStride, inner: A.columns == 1 ? 0 : A.columnStride)
  var b = Walk(outer: B.rows == 1 ? 0 : B.rowStride, inner: B.columns == 1 ? 0 : B.columnStride)
  var (outer, inner) = (rows, columns)
  if isTransposed || columns == 1 {
    (a, b, outer, inner) = (a.flipped, b.flipped, columns, rows)
  }
  if a.outer == a.inner * inner, b.outer == b.inner * inner {  // without gaps: one long loop
    (outer, inner) = (1, outer * inner)
  }
  let result = [Double](unsafeUninitializedCapacity: rows * columns) { target, initialized in
    A.storage.withUnsafeBufferPointer { aBuffer in
      B.storage.withUnsafeBufferPointer { bBuffer in
        for o in 0..<outer {
          let from = o &* inner, aFrom = o &* a.outer, bFrom = o &* b.outer
          switch (a.inner, b.inner) {
          case (1, 1):
            for k in 0..<inner { target[from &+ k] = f(aBuffer[aFrom &+ k], bBuffer[bFrom &+ k]) }
          case (1, 0):
            if inner == 0 { continue }
            let y = bBuffer[bFrom]
            for k in 0..<inner { target[from &+ k] = f(aBuffer[aFrom &+ k], y) }
          case (0, 1):
            if inner == 0 { continue }
            let x = aBuffer[aFrom]
            for k in 0..<inner { target[from &+ k] = f(x, bBuffer[bFrom &+ k]) }
          default:
            for k in 0..<inner {
              target[from &+ k] = f(aBuffer[aFrom &+ k &* a.inner], bBuffer[bFrom &+ k &* b.inner])
            }
          }
        }
      }
    }
    initialized = rows * columns
  }
  return Matrix(rows: rows, columns: columns, storage: result, isTransposed: isTransposed)
}

/// The steps from one place in `storage` to the next, in the outer and the inner loop.
private struct Walk {
  var outer, inner: Int
  var flipped: Walk { Walk(outer: inner, inner: outer) }
}

/// The size that both are stretched to, if there is one.
private func commonSize(_ a: Int, _ b: Int) -> Int? {
  a == b || b == 1 ? a : a == 1 ? b : nil
}

extension Matrix {
  fileprivate var isVector: Bool { rows == 1 || columns == 1 }

  /// What `operation` gives, if it has the shape of A.
  private static func keepingShape(of A: Matrix, _ name: String, _ B: Matrix, _ operation: () -> Matrix) -> Matrix {
    guard commonSize(A.rows, B.rows) == A.rows, commonSize(A.columns, B.columns) == A.columns else {
      fatalError(misfit(A, B, name))
    }
    return operation()
  }
}

/// "cannot compute A + B for A (3×2) and B (2×3): …", with a remedy where one is known.
private func misfit(_ A: Matrix, _ B: Matrix, _ name: String) -> String {
  let formula = { (b: String) in name.first!.isLetter ? "\(name)(A, \(b))" : "A \(name) \(b)" }
  var message = "cannot compute \(formula("B")) for A \(A.shape) and B \(B.shape): "
  if commonSize(A.rows, B.rows) == nil {
    message += "the numbers of rows \(A.rows) and \(B.rows) differ, and only a single row is repeated"
  } else if commonSize(A.columns, B.columns) == nil {
    message += "the numbers of columns \(A.columns) and \(B.columns) differ, and only a single column is repeated"
  } else {
    message += "the result would not have the shape of A"
  }
  if name == ".*", A.columns == B.rows {
    message += ". Did you mean A * B?"
  } else if A.rows == B.columns, A.columns == B.rows {
    message += ". Did you mean \(formula("B.T"))?"
  }
  return message
}
