import LinearAlgebra
import Testing

@Suite struct ProductTests {
  /// The definition: element (i, j) is Σₖ A[i, k] · B[k, j], added in the order of k.
  private func byLoops(_ A: Matrix, _ B: Matrix) -> Matrix {
    var C = Matrix(rows: A.rows, columns: B.columns)
    for i in 0..<A.rows {
      for j in 0..<B.columns {
        var sum = 0.0
        for k in 0..<A.columns { sum += A[i, k] * B[k, j] }
        C[i, j] = sum
      }
    }
    return C
  }

  @Test func `products are NumPy's, however the factors are stored`() {
    for A in A.bothWays {
      for P in P.bothWays {
        expectClose(A * P, [[-3.8000000000000003, 2.67], [8.8, -5.65], [2.5799999999999996, -1.46]])
      }
      for B in B.bothWays {
        expectClose(
          A.T * B,
          [
            [6.210000000000001, 1.55, 5.88, 2.4],
            [9.96, 2.7600000000000002, 10.54, 5.44],
            [-4.07, -0.89, -2.83, -0.45999999999999996],
            [-10.240000000000002, -3.8600000000000003, -11.83, -9.190000000000001],
          ])
        expectClose(
          A * B.T,
          [
            [-2.03, 4.96, -1.4300000000000002],
            [2.39, -3.1700000000000004, 5.43],
            [-0.04000000000000014, -1.8399999999999994, 2.15],
          ])
      }
    }
  }

  @Test
  func `a product is, to the bit, the same however the factors are stored, and that of the loops but for rounding`() {
    var generator = SeededGenerator(seed: 1)
    let sizes = [0, 1, 2, 3, 4, 5, 7, 8]
    var shapes: [(Int, Int, Int)] = [(6, 300, 5), (1, 300, 6), (6, 300, 1), (3, 513, 4), (37, 29, 21), (90, 300, 70)]
    for n in sizes {
      for k in sizes {
        for m in sizes { shapes.append((n, k, m)) }
      }
    }
    for (n, k, m) in shapes {
      let A = generator.normal(rows: n, columns: k), B = generator.normal(rows: k, columns: m)
      let product = A * B, difference = abs(product - byLoops(A, B))
      // Each of k additions is rounded by half a unit at most, here and there.
      let bound = Double(k) * 0x1p-52 * byLoops(abs(A), abs(B))
      #expect((difference .> bound).sum() == 0, "(\(n)×\(k)) times (\(k)×\(m))")
      for A in A.bothWays {
        for B in B.bothWays {
          #expect(A * B == product, "(\(n)×\(k)) times (\(k)×\(m))")
          #expect((B.T * A.T).T == product, "(\(n)×\(k)) times (\(k)×\(m)), transposed")
        }
      }
    }
  }

  @Test func `a sum over nothing is 0`() {
    #expect(Matrix(rows: 2, columns: 0) * Matrix(rows: 0, columns: 3) == Matrix(rows: 2, columns: 3))
    #expect((Matrix(rows: 0, columns: 2) * Matrix(rows: 2, columns: 3)).shape.description == "(0×3)")
  }

  @Test func `the identity changes nothing`() {
    #expect(Matrix.identity(3) * A == A)
    #expect(A * Matrix.identity(4) == A)
  }

  @Test func `zero times infinity is NaN in a product too`() {
    expectClose([[0, 1], [1, 0]] * [[.infinity, 2], [3, 4]], [[.nan, 4], [.infinity, 2]])
    expectClose([[0, 1]] * [[.nan], [1]], [[.nan]])
  }

  @Test func `dot multiplies two vectors of one shape`() {
    expectClose([[dot(A.row(0), B.row(0))]], [[-2.03]])
    #expect(dot([[1], [2], [3]], [[4], [-5], [6]]) == 12)
    #expect(dot(Matrix(rows: 0, columns: 1), Matrix(rows: 0, columns: 1)) == 0)
    #expect(dot(A.column(1), A.T.row(1).T) == (A.column(1) .* A.column(1)).sum())
  }

  @Test func `factors that do not fit stop with both shapes and the products near by`() async {
    let inner = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 2) * Matrix(rows: 3, columns: 1)
    }
    #expect(
      said(
        inner, "cannot multiply (3×2) by (3×1): the inner dimensions 2 and 3 differ. Did you mean A.T * B or A .* B?"))
    let many = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 2) * Matrix(rows: 3, columns: 2)
    }
    #expect(said(many, "Did you mean A.T * B or A * B.T or A .* B?"))
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 2) * Matrix(rows: 4, columns: 1)
    }
    #expect(said(none, "cannot multiply (3×2) by (4×1): the inner dimensions 2 and 4 differ\n"))
  }

  @Test func `dot of a column and a row stops and offers the transpose`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = dot(Matrix(rows: 3, columns: 1), Matrix(rows: 1, columns: 3))
    }
    #expect(said(result, "not (3×1) and (1×3). Did you mean dot(a, b.T)?"))
    await #expect(processExitsWith: .failure) { _ = dot(Matrix(rows: 2, columns: 2), Matrix(rows: 2, columns: 2)) }
  }
}
