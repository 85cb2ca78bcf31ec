// Many numbers to one: over the whole matrix, along each row, or along each column. NumPy's `axis=1` goes along the rows
// and its `axis=0` along the columns; here the names say it. Sums are taken in eight parts, one of every eighth element, however
// the matrix is stored: that is quick, and the rounding errors of eight short sums are smaller than those of a long one.

internal import Kernels

// MARK: - Over all elements

extension Matrix {
  /// The sum of all elements; 0 if there is none. NumPy: `A.sum()`.
  public func sum() -> Double {
    OperationCount.record()
    return total()
  }

  /// The sum of all elements divided by their number; NaN if there is none. NumPy: `A.mean()`.
  public func mean() -> Double {
    OperationCount.record()
    return total() / Double(storage.count)
  }

  /// The greatest element, NaN if one is NaN. Stops when there is no element. NumPy: `A.max()`.
  public func max() -> Double {
    OperationCount.record()
    return extreme("max()") { $0 > $1 }
  }

  /// The least element, NaN if one is NaN. Stops when there is no element. NumPy: `A.min()`.
  public func min() -> Double {
    OperationCount.record()
    return extreme("min()") { $0 < $1 }
  }

  /// The place in `elements` of the greatest element, the first of equals: i · columns + j. NumPy: `A.argmax()`.
  ///
  /// NaN counts as the greatest. Stops when there is no element.
  public func argmax() -> Int {
    OperationCount.record()
    let elements = rowByRow
    guard !elements.isEmpty else { fatalError("argmax() of a \(shape) matrix: it has no elements") }
    return elements.withUnsafeBufferPointer { firstMaximum($0, from: 0, count: $0.count, step: 1) }
  }

  /// The Frobenius norm √(Σ aᵢⱼ²), of a vector its Euclidean length; 0 if there is no element. NumPy: `np.linalg.norm(A)`.
  ///
  /// Squares too large or too small for a `Double` do no harm.
  public func norm() -> Double {
    OperationCount.record()
    let squares = self.squares(dividedBy: 1)
    if squares.isNormal || squares.isNaN || storage.isEmpty { return squares.squareRoot() }
    let largest = storage.reduce(0) { Swift.max($0, $1.magnitude) }
    if largest == 0 || largest.isInfinite { return largest }
    return largest * self.squares(dividedBy: largest).squareRoot()
  }

  /// The sum of the elements row by row, however they are stored, so that equal matrices have equal sums.
  private func total() -> Double {
    Matrix(rows: 1, columns: storage.count, storage: rowByRow).sums(.rows)[0]
  }

  /// Σ (a / divisor)².
  private func squares(dividedBy divisor: Double) -> Double {
    let row = divisor == 1 ? rowByRow : rowByRow.map { $0 / divisor }
    var sum = 0.0
    kernels_product_vector(Engine.kernels, 1, row.count, 0, row, row, &sum)
    return sum
  }

  @inline(__always)
  private func extreme(_ name: String, _ isBetter: (Double, Double) -> Bool) -> Double {
    guard var best = storage.first else { fatalError("\(name) of a \(shape) matrix: it has no elements") }
    for x in storage where isBetter(x, best) || x.isNaN { best = x }
    return best
  }
}

// MARK: - Along each row

extension Matrix {
  /// The sum of each row (rows × 1). NumPy: `A.sum(axis=1, keepdims=True)`.
  public func rowSums() -> Matrix {
    OperationCount.record()
    return Matrix(rows: rows, columns: 1, storage: sums(.rows))
  }

  /// The mean of each row (rows × 1), NaN if there are no columns: `let mu = X.rowMeans()`.
  /// NumPy: `A.mean(axis=1, keepdims=True)`.
  public func rowMeans() -> Matrix {
    OperationCount.record()
    let count = Double(columns)
    return Matrix(rows: rows, columns: 1, storage: sums(.rows).map { $0 / count })
  }

  /// The greatest element of each row (rows × 1), NaN if one is NaN. Stops when there are no columns.
  /// NumPy: `A.max(axis=1, keepdims=True)`.
  public func rowMaxima() -> Matrix {
    OperationCount.record()
    return Matrix(rows: rows, columns: 1, storage: extremes(.rows, "rowMaxima()") { $0 > $1 || $0.isNaN ? $0 : $1 })
  }

  /// The least element of each row (rows × 1), NaN if one is NaN. Stops when there are no columns.
  /// NumPy: `A.min(axis=1, keepdims=True)`.
  public func rowMinima() -> Matrix {
    OperationCount.record()
    return Matrix(rows: rows, columns: 1, storage: extremes(.rows, "rowMinima()") { $0 < $1 || $0.isNaN ? $0 : $1 })
  }

  /// For each row the column of its greatest element, the first of equals; NaN counts as the greatest.
  /// Stops when there are no columns. NumPy: `A.argmax(axis=1)`.
  public func rowArgmax() -> [Int] {
    OperationCount.record()
    return maximumPlaces(.rows, "rowArgmax()")
  }
}

// MARK: - Along each column

extension Matrix {
  /// The sum of each column (1 × columns). NumPy: `A.sum(axis=0, keepdims=True)`.
  public func columnSums() -> Matrix {
    OperationCount.record()
    return Matrix(rows: 1, columns: columns, storage: sums(.columns))
  }

  /// The mean of each column (1 × columns), NaN if there are no rows. NumPy: `A.mean(axis=0, keepdims=True)`.
  public func columnMeans() -> Matrix {
    OperationCount.record()
    let count = Double(rows)
    return Matrix(rows: 1, columns: columns, storage: sums(.columns).map { $0 / count })
  }

  /// The greatest element of each column (1 × columns), NaN if one is NaN. Stops when there are no rows.
  /// NumPy: `A.max(axis=0, keepdims=True)`.
  public func columnMaxima() -> Matrix {
    OperationCount.record()
    let maxima = extremes(.columns, "columnMaxima()") { $0 > $1 || $0.isNaN ? $0 : $1 }
    return Matrix(rows: 1, columns: columns, storage: maxima)
  }

  /// The least element of each column (1 × columns), NaN if one is NaN. Stops when there are no rows.
  /// NumPy: `A.min(axis=0, keepdims=True)`.
  public func columnMinima() -> Matrix {
    OperationCount.record()
    let minima = extremes(.columns, "columnMinima()") { $0 < $1 || $0.isNaN ? $0 : $1 }
    return Matrix(rows: 1, columns: columns, storage: minima)
  }

  /// For each column the row of its greatest element, the first of equals: the predicted class of each example.
  ///
  /// NaN counts as the greatest. Stops when there are no rows. NumPy: `A.argmax(axis=0)`.
  public func columnArgmax() -> [Int] {
    OperationCount.record()
    return maximumPlaces(.columns, "columnArgmax()")
  }
}

// MARK: - The loops

extension Matrix {
  private enum Direction { case rows, columns }

  /// How many rows (or columns) there are, their length, and the steps in `storage` from one to the next and within one.
  private func layout(_ direction: Direction) -> (lines: Int, length: Int, between: Int, within: Int) {
    switch direction {
    case .rows: (rows, columns, rowStride, columnStride)
    case .columns: (columns, rows, columnStride, rowStride)
    }
  }

  /// The sum of each row (or column).
  private func sums(_ direction: Direction) -> [Double] {
    let (lines, length, _, within) = layout(direction)
    return [Double](unsafeUninitializedCapacity: lines) { target, count in
      if lines > 0 {
        withStorage {
          kernels_product_vector(Engine.kernels, lines, length, within == 1 ? 0 : 1, $0, nil, target.baseAddress!)
        }
      }
      count = lines
    }
  }

  /// Each row's (or column's) elements gathered by f, beginning with its first.
  @inline(__always)
  private func extremes(_ direction: Direction, _ name: String, _ f: (Double, Double) -> Double) -> [Double] {
    let (lines, length, between, _) = layout(direction)
    guard length > 0 else { fatalError("\(name) of a \(shape) matrix: its \(direction) have no elements") }
    return gather(direction, (0..<lines).map { storage[$0 * between] }, f)
  }

  @inline(__always)
  private func gather(
    _ direction: Direction, _ start: [Double], _ f: (Double, Double) -> Double
  ) -> [Double] {
    let (lines, length, between, within) = layout(direction)
    var result = start
    result.withUnsafeMutableBufferPointer { r in
      storage.withUnsafeBufferPointer { a in
        if between == 1 {  // neighbours lie together: all lines advance side by side
          for k in 1..<length {
            for line in 0..<lines { r[line] = f(r[line], a[k &* within &+ line]) }
          }
        } else {
          for line in 0..<lines {
            var value = r[line]
            for k in 1..<length { value = f(value, a[line &* between &+ k &* within]) }
            r[line] = value
          }
        }
      }
    }
    return result
  }

  private func maximumPlaces(_ direction: Direction, _ name: String) -> [Int] {
    let (lines, length, between, within) = layout(direction)
    guard length > 0 else { fatalError("\(name) of a \(shape) matrix: its \(direction) have no elements") }
    return storage.withUnsafeBufferPointer { a in
      (0..<lines).map { firstMaximum(a, from: $0 * between, count: length, step: within) }
    }
  }
}

/// The first place of the greatest of `count` numbers, or of the first NaN, counted from 0.
private func firstMaximum(_ a: UnsafeBufferPointer<Double>, from: Int, count: Int, step: Int) -> Int {
  var best = 0
  for k in 0..<count {
    let x = a[from &+ k &* step]
    if x.isNaN { return k }
    if x > a[from &+ best &* step] { best = k }
  }
  return best
}
