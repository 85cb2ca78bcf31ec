// Rows and columns taken out of a matrix, put together, and rearranged. All results are new matrices.

// MARK: - Taking out

extension Matrix {
  /// Row i as a (1 × columns) matrix. Stops when there is none. NumPy: `A[i:i+1, :]`.
  public func row(_ i: Int) -> Matrix {
    OperationCount.record()
    return selectedRows([i], "row(\(i))")
  }

  /// Column j as a (rows × 1) matrix: one example of X. Stops when there is none. NumPy: `A[:, j:j+1]`.
  public func column(_ j: Int) -> Matrix {
    OperationCount.record()
    return selectedColumns([j], "column(\(j))")
  }

  /// The rows of a range, `rows(0..<3)`. Stops when it reaches outside. NumPy: `A[0:3, :]`, which silently takes less.
  public func rows(_ range: some RangeExpression<Int>) -> Matrix {
    OperationCount.record()
    return selectedRows(bounds(of: range, rows, "row"), "rows(_:)")
  }

  /// The columns of a range, `X.columns(0..<64)`: a batch. Stops when it reaches outside. NumPy: `A[:, 0:64]`, which
  /// silently takes less.
  public func columns(_ range: some RangeExpression<Int>) -> Matrix {
    OperationCount.record()
    return selectedColumns(bounds(of: range, columns, "column"), "columns(_:)")
  }

  /// The rows with these indices, in this order; one may come twice. Stops when one is outside. NumPy: `A[indices, :]`.
  public func rows(at indices: [Int]) -> Matrix {
    OperationCount.record()
    return selectedRows(indices, "rows(at:)")
  }

  /// The columns with these indices, in this order; one may come twice: `X.columns(at: generator.permutation(of: m))`.
  /// Stops when one is outside. NumPy: `A[:, indices]`.
  public func columns(at indices: [Int]) -> Matrix {
    OperationCount.record()
    return selectedColumns(indices, "columns(at:)")
  }

  /// The range as two numbers; an end left open is that of the matrix.
  private func bounds(of range: some RangeExpression<Int>, _ size: Int, _ name: String) -> Range<Int> {
    let asked = range.relative(to: .min..<(.max))
    let lower = asked.lowerBound == .min ? 0 : asked.lowerBound
    let upper = asked.upperBound == .max ? size : asked.upperBound
    guard 0 <= lower, lower <= upper, upper <= size else {
      fatalError("\(name)s \(lower)..<\(upper) reach outside a \(shape) matrix: \(Matrix.extent(size, name))")
    }
    return lower..<upper
  }

  private func selectedRows(_ indices: some Collection<Int>, _ name: String) -> Matrix {
    for i in indices where i < 0 || i >= rows {
      fatalError("\(name): there is no row \(i) in a \(shape) matrix: \(Matrix.extent(rows, "row"))")
    }
    return isTransposed ? transposed.picking(columns: indices).transposed : picking(rows: indices)
  }

  private func selectedColumns(_ indices: some Collection<Int>, _ name: String) -> Matrix {
    for j in indices where j < 0 || j >= columns {
      fatalError("\(name): there is no column \(j) in a \(shape) matrix: \(Matrix.extent(columns, "column"))")
    }
    return isTransposed ? transposed.picking(rows: indices).transposed : picking(columns: indices)
  }

  /// Of a matrix that is not a transposed one.
  private func picking(rows indices: some Collection<Int>) -> Matrix {
    Matrix(rows: indices.count, columns: columns) { target in
      withStorage { source in
        var target = target
        for i in indices {
          target.initialize(from: source + i &* columns, count: columns)
          target += columns
        }
      }
    }
  }

  /// Of a matrix that is not a transposed one.
  private func picking(columns indices: some Collection<Int>) -> Matrix {
    if let range = indices as? Range<Int> { return picking(columns: range) }
    let indices = Array(indices)
    return Matrix(rows: rows, columns: indices.count) { target in
      withStorage { source in
        indices.withUnsafeBufferPointer { indices in
          for i in 0..<rows {
            for k in indices.indices { target[i &* indices.count &+ k] = source[i &* columns &+ indices[k]] }
          }
        }
      }
    }
  }

  /// Columns side by side: a piece of each row.
  private func picking(columns range: Range<Int>) -> Matrix {
    Matrix(rows: rows, columns: range.count) { target in
      withStorage { source in
        for i in 0..<rows {
          (target + i &* range.count).initialize(from: source + i &* columns + range.lowerBound, count: range.count)
        }
      }
    }
  }
}

// MARK: - Putting together

extension Matrix {
  /// Matrices side by side: (n × k) and (n × l) → (n × (k + l)). NumPy: `np.hstack(parts)`.
  ///
  /// Stops when there is none or when their numbers of rows differ.
  public init(columns parts: [Matrix]) {
    OperationCount.record()
    guard let first = parts.first else { fatalError("Matrix(columns:) was given no matrix to set side by side") }
    for (k, part) in parts.enumerated() where part.rows != first.rows {
      fatalError(
        "cannot set \(first.shape) and \(part.shape) side by side: "
          + "matrix 0 has \(first.rows) rows, matrix \(k) has \(part.rows)")
    }
    // One below the other, all of them transposed.
    let below = Matrix.stacked(parts.map(\.transposed), columns: first.rows)
    self = below.transposed
  }

  /// Matrices one above the other: (k × m) and (l × m) → ((k + l) × m). NumPy: `np.vstack(parts)`.
  ///
  /// Stops when there is none or when their numbers of columns differ.
  public init(stacking parts: [Matrix]) {
    OperationCount.record()
    guard let first = parts.first else { fatalError("Matrix(stacking:) was given no matrix to stack") }
    for (k, part) in parts.enumerated() where part.columns != first.columns {
      fatalError(
        "cannot stack \(first.shape) on \(part.shape): "
          + "matrix 0 has \(first.columns) columns, matrix \(k) has \(part.columns)")
    }
    self = Matrix.stacked(parts, columns: first.columns)
  }

  private static func stacked(_ parts: [Matrix], columns: Int) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(parts.reduce(0) { $0 + $1.storage.count })
    for part in parts { elements += part.rowByRow }
    return Matrix(rows: parts.reduce(0) { $0 + $1.rows }, columns: columns, storage: elements)
  }

  /// The same elements, row by row, in another shape. Stops when their number would change.
  /// NumPy: `A.reshape(rows, columns)`.
  public func reshaped(rows: Int, columns: Int) -> Matrix {
    OperationCount.record()
    guard rows >= 0, columns >= 0, rows.multipliedReportingOverflow(by: columns) == (storage.count, false) else {
      fatalError("cannot reshape \(shape) to (\(rows)×\(columns)): there are \(storage.count) elements")
    }
    return Matrix(rows: rows, columns: columns, storage: rowByRow)
  }
}
