internal import Kernels

extension Matrix {
  /// The matrix product AB: A (n × k), B (k × m) → (n × m), with element (i, j) = Σₖ A[i, k] · B[k, j].
  ///
  /// Never broadcasts. Each sum is taken in the order of k, and each product added without being rounded first where the
  /// processor can (all do that are younger than 2013); if A is one row or B one column, it is taken in eight parts. So the
  /// result is the same, to the bit, however the factors are stored and however many threads work on it.
  /// Stops when A has not as many columns as B has rows. NumPy: `A @ B`.
  /// - Complexity: n · k · m multiplications; a transposed factor is read where it lies.
  public static func * (A: Matrix, B: Matrix) -> Matrix {
    OperationCount.record()
    guard A.columns == B.rows else { fatalError(innerMisfit(A, B)) }
    if B.columns == 1 { return Matrix(rows: A.rows, columns: 1) { product(A, vector: B, $0) } }
    // (AB)ᵀ = BᵀAᵀ
    if A.rows == 1 { return Matrix(rows: 1, columns: B.columns) { product(B.transposed, vector: A, $0) } }
    return Matrix(rows: A.rows, columns: B.columns) { result in
      A.withStorage { a in
        B.withStorage { b in
          kernels_product(
            Engine.kernels, A.rows, B.columns, A.columns, a, A.rowStride, A.columnStride, b, B.rowStride,
            B.columnStride,
            result)
        }
      }
    }
  }
}

/// The inner product Σ aᵢbᵢ of two vectors of the same shape, both (n × 1) or both (1 × n). NumPy: `np.dot(a, b)` in one
/// dimension.
///
/// Stops when the shapes differ or the two are not vectors.
public func dot(_ a: Matrix, _ b: Matrix) -> Double {
  OperationCount.record()
  guard a.rows == b.rows, a.columns == b.columns, a.rows == 1 || a.columns == 1 else {
    let message = "dot(a, b) takes two vectors of the same shape, not \(a.shape) and \(b.shape)"
    let isTransposedPair = a.rows == b.columns && a.columns == b.rows && (a.rows == 1 || a.columns == 1)
    fatalError(isTransposedPair ? message + ". Did you mean dot(a, b.T)?" : message)
  }
  var sum = 0.0
  product(Matrix(rows: 1, columns: a.storage.count, storage: a.storage), vector: b, &sum)
  return sum
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

/// A times the vector x, which may be a row or a column.
private func product(_ A: Matrix, vector x: Matrix, _ result: UnsafeMutablePointer<Double>) {
  A.withStorage { a in
    x.withStorage { x in
      kernels_product_vector(Engine.kernels, A.rows, A.columns, A.isTransposed ? 1 : 0, a, x, result)
    }
  }
}
