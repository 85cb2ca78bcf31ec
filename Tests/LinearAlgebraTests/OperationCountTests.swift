import LinearAlgebra
import Testing

// In processes of their own: the other tests use matrices at the same time.

@Suite struct OperationCountTests {
  @Test func `whole-matrix work counts the same for any number of examples`() async {
    await #expect(processExitsWith: .success) {
      func count(examples m: Int) -> Int {
        var generator = SeededGenerator(seed: 1)
        let X = generator.normal(rows: 4, columns: m), w = generator.normal(rows: 4, columns: 1)
        return OperationCount.counting {
          let A = 1 / (1 + exp(-(w.T * X + 0.5)))  // .T * + - exp + / : 7
          let dZ = A - (A .>= 0.5)  // 2
          let dw = X * dZ.T / Double(m)  // 3
          _ = (dw.norm(), dZ.mean(), A.columnArgmax(), X.rowMeans(), X.columns(0..<2), X.row(1))  // 6
          _ = (solve(X * X.T, dw), Matrix(columns: [X, X]), A.T == A, X.T.elements, X.map { $0 + 1 })  // 9
          _ = generator.permutation(of: m)
          _ = generator.uniform(rows: 2, columns: m)  // 1
          _ = (max(X, 0), dot(w, w), X.description, X.reshaped(rows: m, columns: 4))  // 4
        }.count
      }
      #expect(count(examples: 3) == count(examples: 300))
      #expect(count(examples: 3) == 32)
    }
  }

  @Test func `each element read or written counts, and each use of elements`() async {
    await #expect(processExitsWith: .success) {
      var M = Matrix(rows: 3, columns: 4)
      let loop = OperationCount.counting {
        for i in 0..<3 {
          for j in 0..<4 { M[i, j] = M[j % 3, i] + 1 }
        }
      }
      #expect(loop.count == 24)
      #expect(OperationCount.counting { M[0, 0] += 1 }.count == 2)
      #expect(OperationCount.counting { M.elements[3] = 1 }.count == 1)
      #expect(OperationCount.counting { M.elements = M.elements }.count == 2)
      #expect(OperationCount.counting { M.rows + M.columns }.count == 0)
      #expect(OperationCount.counting { [M + 1, 1 - M, -M, M.T, M .* M].count }.count == 5)
      #expect(
        OperationCount.counting { [Matrix(row: [1]), [[1]], .identity(2), Matrix(rows: 1, columns: 1)] }.count == 4)
      #expect(OperationCount.counting { M += 1 }.count == 1)
      #expect(OperationCount.counting { M -= M }.count == 1)
    }
  }

  @Test func `counts nest, return the result, and end when an error is thrown`() async {
    struct Refusal: Error {}
    await #expect(processExitsWith: .success) {
      let M: Matrix = [[1, 2]]
      let outer = OperationCount.counting {
        _ = M + 1
        return OperationCount.counting { M.sum() + M.max() }
      }
      #expect(outer.result.result == 5)
      #expect(outer.result.count == 2)
      #expect(outer.count == 3)
      #expect(throws: Refusal.self) {
        try OperationCount.counting {
          _ = M + 1
          throw Refusal()
        }
      }
      _ = M + M
      #expect(OperationCount.counting { M.sum() }.count == 1)
    }
  }
}
