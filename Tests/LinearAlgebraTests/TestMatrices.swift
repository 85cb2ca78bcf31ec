import LinearAlgebra
import Testing

// The matrices of these tests. Where a test holds numbers that are not plain to see, they were computed with NumPy.

let A: Matrix = [[0.4, 0.6, -0.5, -1.8], [-0.9, -2, 0.1, 2.7], [-1, -1.2, 1, 0.7]]
let B: Matrix = [[0.2, 0.6, -0.1, 1.4], [-2.7, -0.9, -3.8, -2.6], [-3.7, -0.5, -2.5, 0.5]]
let column: Matrix = [[0.3], [-0.4], [-5]]
let row: Matrix = [[-1.1, -0.1, 0.2, -3.1]]
let P: Matrix = [[-1, -2], [-1.6, 2.1], [-1.6, -0.1], [1.8, -1.2]]

extension Matrix {
  /// This matrix stored row by row, and the same one stored column by column.
  var bothWays: [Matrix] {
    [
      Matrix(rows: rows, columns: columns, elements: elements),
      Matrix(rows: columns, columns: rows, elements: T.elements).T,
    ]
  }
}

/// Records the first element, if any, of which `got` and `expected` differ by more than `tolerance` · max(1, |expected|).
func expectClose(
  _ got: Matrix, _ expected: Matrix, tolerance: Double = 1e-15, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard got.rows == expected.rows, got.columns == expected.columns else {
    Issue.record("the shape is \(got.shape), not \(expected.shape)", sourceLocation: sourceLocation)
    return
  }
  for i in 0..<got.rows {
    for j in 0..<got.columns {
      let x = got[i, j], y = expected[i, j]
      if x == y || x.isNaN && y.isNaN || abs(x - y) <= tolerance * max(1, abs(y)) { continue }
      Issue.record("element (\(i), \(j)) is \(x), not \(y)", sourceLocation: sourceLocation)
      return
    }
  }
}

/// Whether the process's last words contain all these.
func said(_ result: ExitTest.Result?, _ words: String...) -> Bool {
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  return words.allSatisfy { text.contains($0) }
}
