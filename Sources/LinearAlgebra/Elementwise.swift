// What is done to each element by itself, or to two elements in the same place. Two shapes fit when their rows are as
// many, or one has a single row, which is then repeated, and the same for the columns (broadcasting).
// Where an operand is used nowhere else, as in `1 / (1 + exp(-Z))` all but Z, the result is written over it: that is why the
// operands are `consuming`.

internal import Kernels

// MARK: - Arithmetic

extension Matrix {
  /// The sum A + B, element by element; a (n × 1) column or (1 × m) row is added to each column or row of the other.
  ///
  /// Stops when the shapes do not fit: each pair of sizes must be equal or contain a 1. A column (n × 1) and a row
  /// (1 × m) fit too, and give a (n × m) matrix. The same holds for − `.*` `./` and the comparisons. NumPy: `A + B`.
  public static func + (A: consuming Matrix, B: consuming Matrix) -> Matrix { combine(A, B, "+", kernels_add) }
  /// The difference A − B, element by element, with broadcasting as for +. NumPy: `A - B`.
  public static func - (A: consuming Matrix, B: consuming Matrix) -> Matrix { combine(A, B, "-", kernels_subtract) }
  /// The elementwise (Hadamard) product A ⊙ B, with broadcasting as for +. NumPy: `A * B`.
  public static func .* (A: consuming Matrix, B: consuming Matrix) -> Matrix { combine(A, B, ".*", kernels_multiply) }
  /// The elementwise quotient, with broadcasting as for +. NumPy: `A / B`.
  public static func ./ (A: consuming Matrix, B: consuming Matrix) -> Matrix { combine(A, B, "./", kernels_divide) }

  /// A with x added to each element.
  public static func + (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_add) }
  /// A with x subtracted from each element.
  public static func - (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_subtract) }
  /// A with each element multiplied by x.
  public static func * (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_multiply) }
  /// A with each element divided by x: `dZ * A.T / m`.
  public static func / (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_divide) }
  /// A with x added to each element.
  public static func + (x: Double, A: consuming Matrix) -> Matrix { combine(x, A, kernels_add) }
  /// x minus each element: `1 - A`.
  public static func - (x: Double, A: consuming Matrix) -> Matrix { combine(x, A, kernels_subtract) }
  /// A with each element multiplied by x: `rate * dW`.
  public static func * (x: Double, A: consuming Matrix) -> Matrix { combine(x, A, kernels_multiply) }
  /// x divided by each element: `1 / (1 + exp(-Z))`.
  public static func / (x: Double, A: consuming Matrix) -> Matrix { combine(x, A, kernels_divide) }
  /// −A, each element with the other sign.
  public static prefix func - (A: consuming Matrix) -> Matrix { apply(A, kernels_negative) }

  /// Adds B to A in place; B may be a row, a column or (1 × 1), A keeps its shape. Stops when B does not fit. NumPy: `A += B`.
  public static func += (A: inout Matrix, B: consuming Matrix) { change(&A, B, "+=", kernels_add) }
  /// Subtracts B from A in place, as += adds: `W -= rate * dW`. NumPy: `A -= B`.
  public static func -= (A: inout Matrix, B: consuming Matrix) { change(&A, B, "-=", kernels_subtract) }
  /// Adds x to each element of A.
  public static func += (A: inout Matrix, x: Double) { change(&A, x, kernels_add) }
  /// Subtracts x from each element of A.
  public static func -= (A: inout Matrix, x: Double) { change(&A, x, kernels_subtract) }
  /// Multiplies each element of A by x.
  public static func *= (A: inout Matrix, x: Double) { change(&A, x, kernels_multiply) }
  /// Divides each element of A by x.
  public static func /= (A: inout Matrix, x: Double) { change(&A, x, kernels_divide) }

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
  public static func .> (A: consuming Matrix, B: consuming Matrix) -> Matrix { combine(A, B, ".>", kernels_greater) }
  /// 1 where A's element is greater than or equal to B's, else 0. NumPy: `A >= B`.
  public static func .>= (A: consuming Matrix, B: consuming Matrix) -> Matrix {
    combine(A, B, ".>=", kernels_greater_equal)
  }
  /// 1 where A's element is less than B's, else 0. NumPy: `A < B`.
  public static func .< (A: consuming Matrix, B: consuming Matrix) -> Matrix { combine(A, B, ".<", kernels_less) }
  /// 1 where A's element is less than or equal to B's, else 0. NumPy: `A <= B`.
  public static func .<= (A: consuming Matrix, B: consuming Matrix) -> Matrix {
    combine(A, B, ".<=", kernels_less_equal)
  }
  /// 1 where the elements are equal, else 0: `(Yhat .== Y).mean()` is the share of hits. NumPy: `A == B`.
  public static func .== (A: consuming Matrix, B: consuming Matrix) -> Matrix { combine(A, B, ".==", kernels_equal) }
  /// 1 where the elements differ, else 0. NumPy: `A != B`.
  public static func .!= (A: consuming Matrix, B: consuming Matrix) -> Matrix {
    combine(A, B, ".!=", kernels_different)
  }

  /// 1 where the element is greater than x, else 0. NumPy: `A > x`.
  public static func .> (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_greater) }
  /// 1 where the element is at least x, else 0: `A .>= 0.5`. NumPy: `A >= x`.
  public static func .>= (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_greater_equal) }
  /// 1 where the element is less than x, else 0. NumPy: `A < x`.
  public static func .< (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_less) }
  /// 1 where the element is at most x, else 0. NumPy: `A <= x`.
  public static func .<= (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_less_equal) }
  /// 1 where the element equals x, else 0. NumPy: `A == x`.
  public static func .== (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_equal) }
  /// 1 where the element differs from x, else 0. NumPy: `A != x`.
  public static func .!= (A: consuming Matrix, x: Double) -> Matrix { combine(A, x, kernels_different) }
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
public func exp(_ A: consuming Matrix) -> Matrix { apply(A, kernels_exp) }
/// The natural logarithm of each element: −∞ of 0, NaN of a negative number. NumPy: `np.log(A)`.
public func log(_ A: consuming Matrix) -> Matrix { apply(A, kernels_log) }
/// log(1 + a) of each element a, exact for small a. NumPy: `np.log1p(A)`.
public func log1p(_ A: Matrix) -> Matrix { transform(A) { log1p($0) } }
/// eᵃ − 1 of each element a, exact for small a. NumPy: `np.expm1(A)`.
public func expm1(_ A: consuming Matrix) -> Matrix { apply(A, kernels_expm1) }
/// The hyperbolic tangent of each element. NumPy: `np.tanh(A)`.
public func tanh(_ A: consuming Matrix) -> Matrix { apply(A, kernels_tanh) }
/// The inverse tangent of each element, in (−π/2, π/2). NumPy: `np.arctan(A)`.
public func atan(_ A: Matrix) -> Matrix { transform(A) { atan($0) } }
/// The square root of each element, NaN of a negative number. NumPy: `np.sqrt(A)`.
public func sqrt(_ A: consuming Matrix) -> Matrix { apply(A, kernels_root) }
/// The absolute value of each element. NumPy: `np.abs(A)`.
public func abs(_ A: consuming Matrix) -> Matrix { apply(A, kernels_magnitude) }
/// aᵖ of each element a: `pow(Z, 2)`. NumPy: `A ** p`.
public func pow(_ A: consuming Matrix, _ p: Double) -> Matrix {
  p == 2 ? apply(A, kernels_square) : transform(A) { pow($0, p) }
}

/// 1 for a positive number, −1 for a negative one, 0 for 0, NaN for NaN. NumPy: `np.sign(x)`.
public func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x.isNaN ? x : 0 }
/// The sign of each element: 1, −1, or 0 where it is 0. NumPy: `np.sign(A)`.
public func sign(_ A: Matrix) -> Matrix { transform(A) { sign($0) } }

/// The greater of each two elements, NaN if one is NaN, with broadcasting as for +. NumPy: `np.maximum(A, B)`.
public func max(_ A: consuming Matrix, _ B: consuming Matrix) -> Matrix { combine(A, B, "max", kernels_maximum) }
/// The greater of each element and x, NaN if one is NaN: `max(Z, 0)`. NumPy: `np.maximum(A, x)`.
public func max(_ A: consuming Matrix, _ x: Double) -> Matrix { combine(A, x, kernels_maximum) }
/// The greater of x and each element, NaN if one is NaN: `max(0, Z)`. NumPy: `np.maximum(x, A)`.
public func max(_ x: Double, _ A: consuming Matrix) -> Matrix { combine(x, A, kernels_maximum) }
/// The smaller of each two elements, NaN if one is NaN, with broadcasting as for +. NumPy: `np.minimum(A, B)`.
public func min(_ A: consuming Matrix, _ B: consuming Matrix) -> Matrix { combine(A, B, "min", kernels_minimum) }
/// The smaller of each element and x, NaN if one is NaN. NumPy: `np.minimum(A, x)`.
public func min(_ A: consuming Matrix, _ x: Double) -> Matrix { combine(A, x, kernels_minimum) }
/// The smaller of x and each element, NaN if one is NaN. NumPy: `np.minimum(x, A)`.
public func min(_ x: Double, _ A: consuming Matrix) -> Matrix { combine(x, A, kernels_minimum) }

// MARK: - The loops

/// f of each element, in the order in which they are stored.
@inline(__always)
private func transform(_ A: Matrix, _ f: (Double) -> Double) -> Matrix {
  OperationCount.record()
  return Matrix(rows: A.rows, columns: A.columns, isTransposed: A.isTransposed) { target in
    A.withStorage { a in
      for k in 0..<A.storage.count { target[k] = f(a[k]) }
    }
  }
}

/// One of the kernels' functions of each element.
private func apply(_ A: consuming Matrix, _ function: kernels_function) -> Matrix {
  OperationCount.record()
  return elementwise(A) { a, count, result in kernels_apply(Engine.kernels, function, count, a, result) }
}

/// Each element of A with x.
private func combine(_ A: consuming Matrix, _ x: Double, _ operation: kernels_operation) -> Matrix {
  OperationCount.record()
  return elementwise(A) { a, count, result in
    withUnsafePointer(to: x) { kernels_combine(Engine.kernels, operation, count, a, 1, $0, 0, result) }
  }
}

/// x with each element of A.
private func combine(_ x: Double, _ A: consuming Matrix, _ operation: kernels_operation) -> Matrix {
  OperationCount.record()
  return elementwise(A) { a, count, result in
    withUnsafePointer(to: x) { kernels_combine(Engine.kernels, operation, count, $0, 0, a, 1, result) }
  }
}

/// What `body` makes of the stored elements, over them if they are used nowhere else.
@inline(__always)
private func elementwise(
  _ A: consuming Matrix, _ body: (UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>) -> Void
) -> Matrix {
  let count = A.storage.count
  guard count > 0 else { return A }
  if A.ownsStorage {
    A.storage.withUnsafeMutableBufferPointer { body(UnsafePointer($0.baseAddress!), count, $0.baseAddress!) }
    return A
  }
  return Matrix(rows: A.rows, columns: A.columns, isTransposed: A.isTransposed) { result in
    A.withStorage { body($0, count, result) }
  }
}

/// The elements of A and B in the same place, with broadcasting: along a size of 1 the step is 0.
private func combine(
  _ A: consuming Matrix, _ B: consuming Matrix, _ name: String, _ operation: kernels_operation
) -> Matrix {
  OperationCount.record()
  guard let rows = commonSize(A.rows, B.rows), let columns = commonSize(A.columns, B.columns) else {
    fatalError(misfit(A, B, name))
  }
  guard rows > 0, columns > 0 else { return Matrix(rows: rows, columns: columns, storage: []) }
  // The result is stored as its operands are: column by column if there is a transposed one and none that is not.
  let isTransposed = A.isTransposed && (B.isTransposed || B.isVector) || B.isTransposed && A.isVector
  A.store(transposed: isTransposed)
  B.store(transposed: isTransposed)
  // Lines that are stored one after the other; a single column is one line.
  let linesAreColumns = isTransposed || columns == 1
  var (lines, length) = linesAreColumns ? (columns, rows) : (rows, columns)
  let a = Walk(A, linesAreColumns), b = Walk(B, linesAreColumns)
  if a.between == a.within * length, b.between == b.within * length { (lines, length) = (1, lines * length) }

  func run(_ from: UnsafePointer<Double>, _ other: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>) {
    for line in 0..<lines {
      kernels_combine(
        Engine.kernels, operation, length, from + line &* a.between, Int32(truncatingIfNeeded: a.within),
        other + line &* b.between, Int32(truncatingIfNeeded: b.within), result + line &* length)
    }
  }
  if A.rows == rows, A.columns == columns, A.ownsStorage {
    B.withStorage { b in
      A.storage.withUnsafeMutableBufferPointer { run($0.baseAddress!, b, $0.baseAddress!) }
    }
    return A
  }
  if B.rows == rows, B.columns == columns, B.ownsStorage {
    A.withStorage { a in
      B.storage.withUnsafeMutableBufferPointer { run(a, $0.baseAddress!, $0.baseAddress!) }
    }
    return B
  }
  return Matrix(rows: rows, columns: columns, isTransposed: isTransposed) { result in
    A.withStorage { a in B.withStorage { b in run(a, b, result) } }
  }
}

/// The steps in `storage` from one line to the next, and within one; 0 where one number, or line, is taken for all.
private struct Walk {
  let between, within: Int

  init(_ M: borrowing Matrix, _ linesAreColumns: Bool) {
    let (lines, length) = linesAreColumns ? (M.columns, M.rows) : (M.rows, M.columns)
    between = lines == 1 ? 0 : length
    within = length == 1 ? 0 : 1
  }
}

/// The size that both are stretched to, if there is one.
private func commonSize(_ a: Int, _ b: Int) -> Int? {
  a == b || b == 1 ? a : a == 1 ? b : nil
}

extension Matrix {
  fileprivate var isVector: Bool { rows == 1 || columns == 1 }

  /// Moves the elements if they are stored the other way.
  fileprivate mutating func store(transposed: Bool) {
    guard isTransposed != transposed, !isVector else { return }
    self =
      transposed
      ? Matrix(rows: rows, columns: columns, storage: self.transposed.rowByRow, isTransposed: true)
      : Matrix(rows: rows, columns: columns, storage: rowByRow)
  }

  /// A with x, in place.
  private static func change(_ A: inout Matrix, _ x: Double, _ operation: kernels_operation) {
    A = combine(take(&A), x, operation)
  }

  /// A with B, in place; the result must have the shape of A.
  private static func change(_ A: inout Matrix, _ B: consuming Matrix, _ name: String, _ operation: kernels_operation) {
    guard commonSize(A.rows, B.rows) == A.rows, commonSize(A.columns, B.columns) == A.columns else {
      fatalError(misfit(A, B, name))
    }
    A = combine(take(&A), B, name, operation)
  }

  /// The matrix out of its variable, which no longer shares its storage.
  private static func take(_ A: inout Matrix) -> Matrix {
    var taken = Matrix(rows: 0, columns: 0, storage: [])
    swap(&taken, &A)
    return taken
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
