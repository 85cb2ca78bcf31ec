/// The solution X of the linear equations AX = B: A (n × n), B (n × k) → X (n × k); nil when A is singular.
///
/// A symmetric positive definite A, such as XᵀX, is split by Cholesky's method (A = LLᵀ), any other by Gauss's (LU) with
/// exchange of rows. Rows and columns are first scaled by powers of two, so that the units of the features do not
/// matter. A counts as singular when a pivot is below 10⁻¹² of the largest, and also when it contains NaN or infinity.
/// Stops when A is not square or B has not as many rows. NumPy: `np.linalg.solve(A, B)`.
/// - Complexity: n³/3 (Cholesky) or 2n³/3 operations, and 2n²k for the columns of B.
public func solve(_ A: Matrix, _ B: Matrix) -> Matrix? {
  OperationCount.record()
  guard A.rows == A.columns else {
    fatalError("solve(A, B): A is \(A.shape), but must have as many rows as columns. Did you mean A.T * A?")
  }
  guard A.rows == B.rows else {
    fatalError("solve(A, B): A is \(A.shape) and B is \(B.shape): A has \(A.rows) rows, B has \(B.rows)")
  }
  guard A.storage.allSatisfy(\.isFinite) else { return nil }
  let a = A.rowByRow, b = B.rowByRow
  let x = choleskySolution(a, b, n: A.rows, k: B.columns) ?? eliminationSolution(a, b, n: A.rows, k: B.columns)
  return x.map { Matrix(rows: A.rows, columns: B.columns, storage: $0) }
}

/// Whether none of the pivots (their absolute values) is below 10⁻¹² of the largest.
private func areClearOfZero(_ pivots: [Double]) -> Bool {
  guard let smallest = pivots.min(), let largest = pivots.max() else { return true }
  return smallest >= 1e-12 * largest
}

/// 2⁻ᵉ, where 2ᵉ is the power of two just below x > 0: so scaled, a number keeps its digits.
private func scale(_ x: Double) -> Double { 1 / x.binade }

// MARK: - Cholesky

/// The solution if `a` (n × n) is symmetric and clearly positive definite.
///
/// With S = diag(s), SAS = LLᵀ and X = S (LLᵀ)⁻¹ S B, where s makes the diagonal lie between 1 and 4.
private func choleskySolution(_ a: [Double], _ b: [Double], n: Int, k: Int) -> [Double]? {
  for i in 0..<n {
    guard a[i * n + i] > 0 else { return nil }
    for j in 0..<i where a[i * n + j] != a[j * n + i] { return nil }
  }
  let s = (0..<n).map { scale(a[$0 * n + $0].squareRoot()) }
  var L = [Double](repeating: 0, count: n * n)
  var pivots: [Double] = []
  for i in 0..<n {
    for j in 0...i {
      var sum = a[i * n + j] * s[i] * s[j]
      for l in 0..<j { sum -= L[i * n + l] * L[j * n + l] }
      if j < i {
        L[i * n + j] = sum / L[j * n + j]
      } else {
        guard sum > 0 else { return nil }
        pivots.append(sum)
        L[i * n + i] = sum.squareRoot()
      }
    }
  }
  guard areClearOfZero(pivots) else { return nil }
  var x = b
  for c in 0..<k {
    for i in 0..<n {  // L y = S b
      var sum = x[i * k + c] * s[i]
      for l in 0..<i { sum -= L[i * n + l] * x[l * k + c] }
      x[i * k + c] = sum / L[i * n + i]
    }
    for i in (0..<n).reversed() {  // Lᵀ z = y
      var sum = x[i * k + c]
      for l in i + 1..<n { sum -= L[l * n + i] * x[l * k + c] }
      x[i * k + c] = sum / L[i * n + i]
    }
    for i in 0..<n { x[i * k + c] *= s[i] }  // x = S z
  }
  return x
}

// MARK: - Elimination

/// Gauss's elimination with exchange of rows: P (RAC) = LU, where R and C scale the rows and the columns.
private func eliminationSolution(_ a: [Double], _ b: [Double], n: Int, k: Int) -> [Double]? {
  var a = a, x = b
  for i in 0..<n {
    let largest = (0..<n).reduce(0) { max($0, abs(a[i * n + $1])) }
    guard largest > 0 else { return nil }
    let r = scale(largest)
    for j in 0..<n { a[i * n + j] *= r }
    for c in 0..<k { x[i * k + c] *= r }
  }
  var columnScales: [Double] = []
  for j in 0..<n {
    let largest = (0..<n).reduce(0) { max($0, abs(a[$1 * n + j])) }
    guard largest > 0 else { return nil }
    columnScales.append(scale(largest))
    for i in 0..<n { a[i * n + j] *= columnScales[j] }
  }
  var pivots: [Double] = []
  for p in 0..<n {
    var best = p
    for i in p + 1..<n where abs(a[i * n + p]) > abs(a[best * n + p]) { best = i }
    if best != p {
      for j in 0..<n { a.swapAt(p * n + j, best * n + j) }
      for c in 0..<k { x.swapAt(p * k + c, best * k + c) }
    }
    let pivot = a[p * n + p]
    pivots.append(abs(pivot))
    guard pivot != 0 else { return nil }
    for i in p + 1..<n {
      let factor = a[i * n + p] / pivot
      for j in p + 1..<n { a[i * n + j] -= factor * a[p * n + j] }
      for c in 0..<k { x[i * k + c] -= factor * x[p * k + c] }
    }
  }
  guard areClearOfZero(pivots) else { return nil }
  for c in 0..<k {
    for i in (0..<n).reversed() {
      var sum = x[i * k + c]
      for j in i + 1..<n { sum -= a[i * n + j] * x[j * k + c] }
      x[i * k + c] = sum / a[i * n + i]
    }
    for j in 0..<n { x[j * k + c] *= columnScales[j] }
  }
  return x
}
