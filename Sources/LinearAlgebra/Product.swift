extension Matrix {
  /// The matrix product AB: A (n × k), B (k × m) → (n × m), with element (i, j) = Σₖ A[i, k] · B[k, j].
  ///
  /// Never broadcasts. The sum is taken in the order of k, so the result is, to the bit, that of the three loops.
  /// Stops when A has not as many columns as B has rows. NumPy: `A @ B`.
  /// - Complexity: n · k · m multiplications; a transposed factor is read where it lies.
  public static func * (A: Matrix, B: Matrix) -> Matrix {
    OperationCount.record()
    guard A.columns == B.rows else { fatalError(innerMisfit(A, B)) }
    if B.columns == 1 {
      return Matrix(rows: A.rows, columns: 1, storage: product(A, vector: B.storage))
    }
    if A.rows == 1 {  // (AB)ᵀ = BᵀAᵀ
      return Matrix(rows: 1, columns: B.columns, storage: product(B.transposed, vector: A.storage))
    }
    return Matrix(rows: A.rows, columns: B.columns, storage: product(A, B))
  }
}

/// "cannot multiply (3×2) by (3×1): …", with the products near it that exist.
private func innerMisfit(_ A: Matrix, _ B: Matrix) -> String {
  let message = "cannot multiply \(A.shape) by \(B.shape): the inner dimensions \(A.columns) and \(B.rows) differ"
  var remedies: [String] = []
  if A.rows == B.rows { remedies.append("A.T * B") }
  if A.columns == B.columns { remedies.append("A * B.T") }
  if A.rows == B.columns { remedies.append("B * A") }
  if A.rows == B.rows, A.columns == B.columns { remedies.append("A .* B") }
  return remedies.isEmpty ? message : message + ". Did you mean \(remedies.joined(separator: " or "))?"
}

// MARK: - Matrix times vector

private func product(_ A: Matrix, vector x: [Double]) -> [Double] {
  let rows = A.rows, inner = A.columns
  var result = [Double](repeating: 0, count: rows)
  result.withUnsafeMutableBufferPointer { y in
    A.storage.withUnsafeBufferPointer { a in
      x.withUnsafeBufferPointer { x in
        if A.isTransposed {
          // Columns lie together: add x[k] times column k.
          for k in 0..<inner {
            let xk = x[k], from = k &* rows
            for i in 0..<rows { y[i] += a[from &+ i] * xk }
          }
          return
        }
        // Rows lie together: four at a time, as each addition waits for the one before it in its row.
        var i = 0
        while i &+ 4 <= rows {
          var s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0
          let r0 = i &* inner, r1 = r0 &+ inner, r2 = r1 &+ inner, r3 = r2 &+ inner
          for k in 0..<inner {
            let xk = x[k]
            s0 += a[r0 &+ k] * xk
            s1 += a[r1 &+ k] * xk
            s2 += a[r2 &+ k] * xk
            s3 += a[r3 &+ k] * xk
          }
          (y[i], y[i &+ 1], y[i &+ 2], y[i &+ 3]) = (s0, s1, s2, s3)
          i &+= 4
        }
        while i < rows {
          var s = 0.0
          for k in 0..<inner { s += a[i &* inner &+ k] * x[k] }
          y[i] = s
          i &+= 1
        }
      }
    }
  }
  return result
}

// MARK: - Matrix times matrix

/// The rows of A and the columns of B that the innermost loop takes at a time: 4 · 4 sums fit the registers.
private let tile = 4
/// How many k the innermost loop runs over: so much of a panel of B stays in the nearest cache.
private let depth = 256

/// Panel by panel: `depth` rows of four columns of B are copied together, transposed or not, and used for all rows of A.
private func product(_ A: Matrix, _ B: Matrix) -> [Double] {
  let rows = A.rows, inner = A.columns, columns = B.columns
  let (aRow, aColumn, bRow, bColumn) = (A.rowStride, A.columnStride, B.rowStride, B.columnStride)
  var result = [Double](repeating: 0, count: rows * columns)
  result.withUnsafeMutableBufferPointer { c in
    A.storage.withUnsafeBufferPointer { a in
      B.storage.withUnsafeBufferPointer { b in
        withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: min(depth, inner)) { panel in
          for k0 in stride(from: 0, to: inner, by: depth) {
            let length = min(depth, inner - k0)
            for j0 in stride(from: 0, to: columns, by: tile) {
              let width = min(tile, columns - j0)
              for k in 0..<length {
                var lane = SIMD4<Double>()
                let from = (k0 &+ k) &* bRow &+ j0 &* bColumn
                for j in 0..<width { lane[j] = b[from &+ j &* bColumn] }
                panel[k] = lane
              }
              var i = 0
              while i < rows {
                let height = min(tile, rows &- i)
                let corner = i &* columns &+ j0
                var s0 = SIMD4<Double>(), s1 = SIMD4<Double>(), s2 = SIMD4<Double>(), s3 = SIMD4<Double>()
                for j in 0..<width {
                  s0[j] = c[corner &+ j]
                  if height > 1 { s1[j] = c[corner &+ columns &+ j] }
                  if height > 2 { s2[j] = c[corner &+ 2 &* columns &+ j] }
                  if height > 3 { s3[j] = c[corner &+ 3 &* columns &+ j] }
                }
                let r0 = i &* aRow &+ k0 &* aColumn
                // Below the last row, the row i itself is taken again, and the sums are not used.
                let r1 = height > 1 ? r0 &+ aRow : r0
                let r2 = height > 2 ? r1 &+ aRow : r0
                let r3 = height > 3 ? r2 &+ aRow : r0
                for k in 0..<length {
                  let lane = panel[k], at = k &* aColumn
                  s0 += lane * a[r0 &+ at]
                  s1 += lane * a[r1 &+ at]
                  s2 += lane * a[r2 &+ at]
                  s3 += lane * a[r3 &+ at]
                }
                for j in 0..<width {
                  c[corner &+ j] = s0[j]
                  if height > 1 { c[corner &+ columns &+ j] = s1[j] }
                  if height > 2 { c[corner &+ 2 &* columns &+ j] = s2[j] }
                  if height > 3 { c[corner &+ 3 &* columns &+ j] = s3[j] }
                }
                i &+= tile
              }
            }
          }
        }
      }
    }
  }
  return result
}
