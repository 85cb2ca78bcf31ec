import LinearAlgebra
import Testing

@Suite struct SolveTests {
  @Test func `a symmetric positive definite system`() throws {
    let S: Matrix = [[4, 1, -1], [1, 3, 0.5], [-1, 0.5, 2]], R: Matrix = [[1, 2], [0, -1], [3, 0.5]]
    for S in S.bothWays {
      for R in R.bothWays {
        expectClose(
          try #require(solve(S, R)),
          [
            [0.9558823529411766, 0.9264705882352942],
            [-0.6764705882352943, -0.7941176470588235],
            [2.147058823529412, 0.911764705882353],
          ])
      }
    }
  }

  @Test func `a general system, a zero where the first pivot would be`() throws {
    let G: Matrix = [[0, 2, -1, 1], [3, -1, 2, 0.5], [1, 1, 1, -2], [2, 0.25, -3, 1]]
    for G in G.bothWays {
      expectClose(
        try #require(solve(G, [[1], [-2], [0.5], [4]])),
        [[0.3568665377176015], [0.17021276595744683], [-1.2920696324951644], [-0.632495164410058]])
    }
    #expect(solve([[0, 1], [1, 0]], [[5, 6], [7, 8]]) == [[7, 8], [5, 6]])
  }

  @Test func `symmetric, but not positive definite`() throws {
    expectClose(try #require(solve([[1, 2], [2, 1]], [[5], [4]])), [[1], [2]])
    expectClose(try #require(solve([[-2, 0], [0, -4]], [[2], [2]])), [[-1], [-0.5]])
  }

  @Test func `many random systems are solved back`() throws {
    var generator = SeededGenerator(seed: 11)
    for n in 1...20 {
      let A = generator.normal(rows: n, columns: n), X = generator.normal(rows: n, columns: 3)
      expectClose(try #require(solve(A, A * X)), X, tolerance: 1e-10)
      let S = A * A.T + 0.1 * Matrix.identity(n)
      expectClose(try #require(solve(S, S * X)), X, tolerance: 1e-10)
    }
  }

  @Test func `singular systems have no answer`() {
    let doubled: Matrix = [[1, 2, 3, 5], [2, 4, 6, 10], [1, 1, 2, 7]]
    #expect(solve(doubled * doubled.T, [[1], [1], [1]]) == nil)
    #expect(solve([[1, 2], [2, 4]], [[1], [2]]) == nil)
    #expect(solve([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1], [2], [3]]) == nil)
    #expect(solve([[0]], [[0]]) == nil)
    #expect(solve([[1, 0], [0, 0]], [[1], [0]]) == nil)
    #expect(solve([[0, 1], [0, 2]], [[1], [2]]) == nil)
    let wide: Matrix = [[1, 2], [3, -1], [0, 5]]  // two examples for three features
    #expect(solve(wide * wide.T, [[1], [1], [1]]) == nil)
  }

  @Test func `a pivot below a trillionth of the largest is singular`() {
    #expect(solve([[1, 1], [1, 1 + 1e-13]], [[1], [1]]) == nil)
    #expect(solve([[1, 1], [1, 1 + 1e-11]], [[1], [1]]) != nil)
    #expect(solve([[1, 1], [1.5, 1.5 + 1e-13]], [[1], [1]]) == nil)
    #expect(solve([[1, 1], [1.5, 1.5 + 1e-11]], [[1], [1]]) != nil)
  }

  @Test func `the units of features and equations do not matter`() throws {
    expectClose(try #require(solve([[1, 0], [0, 1e-30]], [[1], [1e-30]])), [[1], [1]])
    expectClose(try #require(solve([[1, 1], [1e-20, 2e-20]], [[3], [5e-20]])), [[1], [2]])
    expectClose(try #require(solve([[1, 1e20], [1, 2e20]], [[3], [5]])), [[1], [2e-20]])
    let X: Matrix = [[1, 1, 1, 1], [1e8, 2e8, 4e8, 3e8], [3e-7, 1e-7, 2e-7, -1e-7]]
    let Theta = try #require(solve(X * X.T, X * (X.T * [[2], [3e-8], [5e7]])))
    expectClose(Theta .* [[1], [1e8], [1e-7]], [[2], [3], [5]], tolerance: 1e-12)
  }

  @Test func `an ill-conditioned system loses digits, but not all`() throws {
    // Hilbert's matrix of size 8, whose condition number is 1.5e10.
    let n = 8
    var H = Matrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n { H[i, j] = 1 / Double(i + j + 1) }
    }
    let ones = Matrix(rows: n, columns: 1, repeating: 1)
    let x = try #require(solve(H, H * ones))
    expectClose(x, ones, tolerance: 1e-5)
    expectClose(H * x, H * ones, tolerance: 1e-14)
    var G = H
    G[0, 1] += 1e-3  // no longer symmetric
    expectClose(try #require(solve(G, G * ones)), ones, tolerance: 1e-5)
  }

  @Test func `NaN and infinity in A are singular, in B they pass through`() throws {
    #expect(solve([[.nan, 0], [0, 1]], [[1], [1]]) == nil)
    #expect(solve([[.infinity, 0], [0, 1]], [[1], [1]]) == nil)
    expectClose(try #require(solve([[2, 0], [0, 1]], [[.nan, 2], [1, 3]])), [[.nan, 1], [.nan, 3]])
  }

  @Test func `sizes of 0 and 1`() throws {
    #expect(solve([[4]], [[2, 6]]) == [[0.5, 1.5]])
    #expect(solve([[-4]], [[2]]) == [[-0.5]])
    #expect(try #require(solve(Matrix(rows: 0, columns: 0), Matrix(rows: 0, columns: 2))).shape.description == "(0×2)")
    #expect(try #require(solve([[2]], Matrix(rows: 1, columns: 0))).shape.description == "(1×0)")
  }

  @Test func `shapes that are no system of equations stop`() async {
    let square = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = solve(Matrix(rows: 3, columns: 2), Matrix(rows: 3, columns: 1))
    }
    #expect(said(square, "solve(A, B): A is (3×2), but must have as many rows as columns"))
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = solve(Matrix(rows: 3, columns: 3), Matrix(rows: 2, columns: 1))
    }
    #expect(said(rows, "A is (3×3) and B is (2×1): A has 3 rows, B has 2"))
  }
}
