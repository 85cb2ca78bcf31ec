internal import Kernels

infix operator .* : MultiplicationPrecedence
infix operator ./ : MultiplicationPrecedence

/// A table of `Double`s with rows and columns: `let A: Matrix = [[1, 2], [3, 4]]`.
///
/// A vector is a matrix with one column (or one row), and examples stand in columns: X is (features × examples).
/// Rows and columns are counted from 0. NumPy: a two-dimensional `ndarray` of `float64`.
public struct Matrix: Sendable, ExpressibleByArrayLiteral {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// The numbers, row by row, or, if `isTransposed`, column by column.
  var storage: [Double]
  /// How `storage` is read. `.T` flips it and moves no number. Vectors never need it and never have it.
  private(set) var isTransposed: Bool

  /// Trusts the caller that `storage` has rows · columns numbers.
  init(rows: Int, columns: Int, storage: [Double], isTransposed: Bool = false) {
    self.rows = rows
    self.columns = columns
    self.storage = storage
    self.isTransposed = isTransposed && rows > 1 && columns > 1
  }
}

// MARK: - Making one

extension Matrix {
  /// A matrix of zeros. Stops when a size is negative. NumPy: `np.zeros((rows, columns))`.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, repeating: 0)
  }

  /// A matrix with the same number everywhere. Stops when a size is negative. NumPy: `np.full((rows, columns), value)`.
  public init(rows: Int, columns: Int, repeating value: Double) {
    OperationCount.record()
    let count = Matrix.count(rows: rows, columns: columns)
    self.init(rows: rows, columns: columns) { $0.initialize(repeating: value, count: count) }
  }

  /// A matrix of these numbers, row by row. Stops when their number is not rows · columns.
  /// NumPy: `a.reshape(rows, columns)`.
  public init(rows: Int, columns: Int, elements: [Double]) {
    OperationCount.record()
    let count = Matrix.count(rows: rows, columns: columns)
    guard elements.count == count else {
      fatalError("a (\(rows)×\(columns)) matrix has \(count) elements, and \(elements.count) are given")
    }
    self.init(rows: rows, columns: columns, storage: elements)
  }

  /// The column vector (n × 1) of n numbers. NumPy: `np.array(x).reshape(-1, 1)`.
  public init(column elements: [Double]) {
    OperationCount.record()
    self.init(rows: elements.count, columns: 1, storage: elements)
  }

  /// The row vector (1 × m) of m numbers. NumPy: `np.array(x).reshape(1, -1)`.
  public init(row elements: [Double]) {
    OperationCount.record()
    self.init(rows: 1, columns: elements.count, storage: elements)
  }

  /// The matrix with these rows: `let A: Matrix = [[1, 2, 3], [4, 5, 6]]` is (2 × 3).
  /// Stops when a row is longer or shorter than the first. NumPy: `np.array([[1, 2, 3], [4, 5, 6]])`.
  public init(arrayLiteral rows: [Double]...) {
    self.init(rows)
  }

  /// The matrix with these rows, each given as a list. Stops when a row is longer or shorter than the first.
  /// NumPy: `np.array(rows)`.
  public init(_ rows: [[Double]]) {
    OperationCount.record()
    let columns = rows.first?.count ?? 0
    for (i, row) in rows.enumerated() where row.count != columns {
      fatalError(
        "the rows of a matrix are equally long, but row 0 has \(columns) elements and row \(i) has \(row.count)")
    }
    self.init(rows: rows.count, columns: columns, storage: Array(rows.joined()))
  }

  /// The (n × n) identity matrix I: ones on the diagonal, zeros elsewhere. Stops when n is negative. NumPy: `np.eye(n)`.
  public static func identity(_ n: Int) -> Matrix {
    var I = Matrix(rows: n, columns: n)
    for i in 0..<n { I.storage[i * n + i] = 1 }
    return I
  }

  /// rows · columns, where both are possible sizes.
  static func count(rows: Int, columns: Int) -> Int {
    guard rows >= 0, columns >= 0 else { fatalError("a matrix cannot be (\(rows)×\(columns)): a size is negative") }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else { fatalError("a (\(rows)×\(columns)) matrix is too large") }
    return count
  }
}

// MARK: - Looking into one

extension Matrix {
  /// The sizes, rows first, printed as "(3×5)". NumPy: `A.shape`.
  public var shape: Shape { Shape(rows: rows, columns: columns) }

  /// The sizes of a matrix.
  public struct Shape: Sendable, Equatable, CustomStringConvertible {
    /// How many rows and columns there are.
    public let rows, columns: Int

    /// The number of rows for axis 0, of columns for axis 1. Stops for any other axis.
    public subscript(axis: Int) -> Int {
      guard axis == 0 || axis == 1 else {
        fatalError("a matrix has axes 0 (rows) and 1 (columns), and no axis \(axis)")
      }
      return axis == 0 ? rows : columns
    }

    /// "(3×5)".
    public var description: String { "(\(rows)×\(columns))" }
  }

  @available(
    *, unavailable, message: "an element has two indices, row first: A[i, j]; of a column w[j, 0], of a row Y[0, i]"
  )
  public subscript(i: Int) -> Double { fatalError() }

  /// The element in row i and column j, both counted from 0. Stops when there is none. NumPy: `A[i, j]`.
  public subscript(i: Int, j: Int) -> Double {
    get {
      OperationCount.record()
      return storage[offset(i, j)]
    }
    set {
      OperationCount.record()
      storage[offset(i, j)] = newValue
    }
  }

  /// All elements, row by row, whether the matrix is a transposed one or not; their number must stay the same.
  ///
  /// Of a transposed matrix this is a new array each time: take it once, before a loop. NumPy: `A.ravel()`.
  public var elements: [Double] {
    get {
      OperationCount.record()
      return rowByRow
    }
    set {
      OperationCount.record()
      storage = newValue
      isTransposed = false
      checkCount()
    }
    _modify {
      OperationCount.record()
      if isTransposed {
        storage = rowByRow
        isTransposed = false
      }
      defer { checkCount() }
      yield &storage
    }
  }

  /// The transpose Aᵀ (columns × rows), with element (i, j) where A has (j, i). Costs nothing: no number is moved.
  /// NumPy: `A.T`.
  public var T: Matrix {
    OperationCount.record()
    return transposed
  }

  private func offset(_ i: Int, _ j: Int) -> Int {
    // A negative index is a huge one when its bits are read as unsigned: one comparison for both ends.
    guard UInt(bitPattern: i) < UInt(bitPattern: rows), UInt(bitPattern: j) < UInt(bitPattern: columns) else {
      let extents = "\(Matrix.extent(rows, "row")), \(Matrix.extent(columns, "column"))"
      fatalError("index (\(i), \(j)) is outside a \(shape) matrix: \(extents)")
    }
    return isTransposed ? j &* rows &+ i : i &* columns &+ j
  }

  /// "rows are 0 ... 2", for messages.
  static func extent(_ size: Int, _ name: String) -> String {
    size == 0 ? "there are no \(name)s" : size == 1 ? "the only \(name) is 0" : "\(name)s are 0 ... \(size - 1)"
  }

  private func checkCount() {
    guard storage.count == rows * columns else {
      fatalError("a \(shape) matrix has \(rows * columns) elements, and `elements` was given \(storage.count)")
    }
  }
}

// MARK: - For the other files

extension Matrix {
  /// What to add to an offset in `storage` to come to the next row.
  var rowStride: Int { isTransposed ? 1 : columns }
  /// What to add to an offset in `storage` to come to the next column.
  var columnStride: Int { isTransposed ? rows : 1 }

  /// `.T`, not counted.
  var transposed: Matrix { Matrix(rows: columns, columns: rows, storage: storage, isTransposed: !isTransposed) }

  /// `elements`, not counted.
  var rowByRow: [Double] {
    guard isTransposed else { return storage }
    return [Double](unsafeUninitializedCapacity: storage.count) { target, count in
      withStorage { kernels_transpose(columns, rows, $0, target.baseAddress!) }
      count = storage.count
    }
  }
}

extension Matrix: Equatable {
  /// Whether both have the same shape and equal elements; as NaN equals nothing, a matrix with one equals none.
  /// NumPy: `np.array_equal(A, B)`.
  public static func == (A: Matrix, B: Matrix) -> Bool {
    OperationCount.record()
    guard A.rows == B.rows, A.columns == B.columns else { return false }
    // Not `==` of the arrays: it answers true without a look when both are the same one, NaN or not.
    return zip(A.rowByRow, B.rowByRow).allSatisfy { $0 == $1 }
  }
}
