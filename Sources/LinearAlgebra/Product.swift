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
  // Elementwise, a row or a column is repeated.
  func fit(_ a: Int, _ b: Int) -> Bool { a == b || a == 1 || b == 1 }
  if fit(A.rows, B.rows), fit(A.columns, B.columns) { remedies.append("A .* B") }
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

/// How many k the innermost loop runs over: so much of a panel of B stays in the nearest cache.
private let depth = 256

/// Panel by panel: `depth` rows of four columns of B are copied together, transposed or not, and used for all rows of A,
/// four at a time: 4 · 4 sums fit the registers.
private func product(_ A: Matrix, _ B: Matrix) -> [Double] {
  let rows = A.rows, inner = A.columns, columns = B.columns
  var result = [Double](repeating: 0, count: rows * columns)
  result.withUnsafeMutableBufferPointer { c in
    A.storage.withUnsafeBufferPointer { a in
      B.storage.withUnsafeBufferPointer { b in
        withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: min(depth, inner)) { panel in
          for k0 in stride(from: 0, to: inner, by: depth) {
            let length = min(depth, inner - k0)
            for j in stride(from: 0, to: columns, by: 4) {
              let width = min(4, columns - j)
              let corner = Lines(start: k0 * B.rowStride + j * B.columnStride, B.columnStride, count: width)
              copy(b, corner, step: B.rowStride, to: panel, length)
              for i in stride(from: 0, to: rows, by: 4) {
                let height = min(4, rows - i)
                let left = Lines(start: i * A.rowStride + k0 * A.columnStride, A.rowStride, count: height)
                let target = Lines(start: i * columns + j, columns, count: height)
                accumulate(a, left, step: A.columnStride, panel, length, into: c, target, width: width)
              }
            }
          }
        }
      }
    }
  }
  return result
}

/// Where up to four parallel lines of numbers begin. Those that are missing repeat the first, so that reading is safe.
private struct Lines {
  let count: Int
  let first, second, third, fourth: Int

  @inline(__always)
  init(start: Int, _ step: Int, count: Int) {
    self.count = count
    first = start
    second = count > 1 ? start &+ step : start
    third = count > 2 ? start &+ 2 &* step : start
    fourth = count > 3 ? start &+ 3 &* step : start
  }
}

/// panel[k] = the k-th numbers of the four lines.
@inline(__always)
private func copy(
  _ b: UnsafeBufferPointer<Double>, _ lines: Lines, step: Int,
  to panel: UnsafeMutableBufferPointer<SIMD4<Double>>, _ length: Int
) {
  for k in 0..<length {
    let at = k &* step
    panel[k] = SIMD4(
      b[lines.first &+ at], b[lines.second &+ at], b[lines.third &+ at], b[lines.fourth &+ at])
  }
}

/// c[i, j] += Σₖ a[i, k] · panel[k][j] for four lines i of a, and of c, and for the first `width` of four j.
@inline(__always)
private func accumulate(
  _ a: UnsafeBufferPointer<Double>, _ lines: Lines, step: Int,
  _ panel: UnsafeMutableBufferPointer<SIMD4<Double>>, _ length: Int,
  into c: UnsafeMutableBufferPointer<Double>, _ target: Lines, width: Int
) {
  var s0 = load(c, target.first, width), s1 = load(c, target.second, width)
  var s2 = load(c, target.third, width), s3 = load(c, target.fourth, width)
  for k in 0..<length {
    let b = panel[k], at = k &* step
    s0 += b * a[lines.first &+ at]
    s1 += b * a[lines.second &+ at]
    s2 += b * a[lines.third &+ at]
    s3 += b * a[lines.fourth &+ at]
  }
  // Missing lines repeat the first: their equal sums are written to it first.
  store(s3, c, target.fourth, width)
  store(s2, c, target.third, width)
  store(s1, c, target.second, width)
  store(s0, c, target.first, width)
}

@inline(__always)
private func load(_ c: UnsafeMutableBufferPointer<Double>, _ from: Int, _ width: Int) -> SIMD4<Double> {
  if width == 4 { return SIMD4(c[from], c[from &+ 1], c[from &+ 2], c[from &+ 3]) }
  return SIMD4(c[from], width > 1 ? c[from &+ 1] : 0, width > 2 ? c[from &+ 2] : 0, 0)
}

@inline(__always)
private func store(_ sums: SIMD4<Double>, _ c: UnsafeMutableBufferPointer<Double>, _ to: Int, _ width: Int) {
  c[to] = sums[0]
  if width > 1 { c[to &+ 1] = sums[1] }
  if width > 2 { c[to &+ 2] = sums[2] }
  if width > 3 { c[to &+ 3] = sums[3] }
}
