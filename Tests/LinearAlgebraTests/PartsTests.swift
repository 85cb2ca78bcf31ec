import LinearAlgebra
import Testing

@Suite struct PartsTests {
  private let M: Matrix = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]

  @Test func `rows and columns are taken out as matrices`() {
    for M in M.bothWays {
      #expect(M.row(1) == [[5, 6, 7, 8]])
      #expect(M.column(2) == [[3], [7], [11]])
      #expect(M.rows(1..<3) == [[5, 6, 7, 8], [9, 10, 11, 12]])
      #expect(M.columns(1..<3) == [[2, 3], [6, 7], [10, 11]])
      #expect(M.rows(at: [2, 0, 2]) == [[9, 10, 11, 12], [1, 2, 3, 4], [9, 10, 11, 12]])
      #expect(M.columns(at: [3, 0, 3]) == [[4, 1, 4], [8, 5, 8], [12, 9, 12]])
    }
  }

  @Test func `a range may be open at one end, closed, or empty`() {
    for M in M.bothWays {
      #expect(M.columns(2...) == [[3, 4], [7, 8], [11, 12]])
      #expect(M.columns(..<1) == M.column(0))
      #expect(M.rows(0...1) == M.rows(0..<2))
      #expect(M.rows(0..<3) == M)
      #expect(M.columns(4..<4).shape.description == "(3×0)")
      #expect(M.rows(3...).shape.description == "(0×4)")
      #expect(M.columns(at: []).shape.description == "(3×0)")
      #expect(M.rows(at: []).shape.description == "(0×4)")
    }
    #expect(Matrix(rows: 0, columns: 3).columns(1..<3).shape.description == "(0×2)")
    #expect(Matrix(rows: 0, columns: 3).column(1).shape.description == "(0×1)")
  }

  @Test func `a part of a transposed matrix can be computed with`() {
    let part = M.T.rows(1..<3)
    #expect(part == [[2, 6, 10], [3, 7, 11]])
    #expect(part * M.column(0) == [[122], [137]])
    #expect(M.T.columns(at: [2, 0]) + 1 == [[10, 2], [11, 3], [12, 4], [13, 5]])
  }

  @Test func `matrices stand side by side or one above the other`() {
    for M in M.bothWays {
      #expect(Matrix(columns: [M.columns(..<1), M.columns(1..<3), M.columns(3...)]) == M)
      #expect(Matrix(stacking: [M.rows(..<1), M.rows(1...)]) == M)
      #expect(Matrix(columns: [M.column(0), M.T.row(3).T]) == [[1, 4], [5, 8], [9, 12]])
      #expect(
        Matrix(stacking: [M.row(0), M.column(1).T.reshaped(rows: 1, columns: 3).columns(at: [0, 0, 1, 2])]) == [
          [1, 2, 3, 4], [2, 2, 6, 10],
        ])
    }
    #expect(Matrix(columns: [[[1]], [[2, 3]]]) == [[1, 2, 3]])
    #expect(Matrix(columns: [Matrix(rows: 2, columns: 0), [[1], [2]]]) == [[1], [2]])
    #expect(Matrix(stacking: [Matrix(rows: 0, columns: 2), [[1, 2]]]) == [[1, 2]])
  }

  @Test func `reshaping keeps the order row by row`() {
    for M in M.bothWays {
      #expect(M.reshaped(rows: 2, columns: 6) == [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]])
      #expect(M.T.reshaped(rows: 1, columns: 12).elements == [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12])
    }
    #expect(Matrix(rows: 0, columns: 3).reshaped(rows: 7, columns: 0).shape.description == "(7×0)")
  }

  @Test func `what is not there stops`() async {
    let column = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      print(Matrix(rows: 3, columns: 4).column(4))
    }
    #expect(said(column, "column(4): there is no column 4 in a (3×4) matrix: columns are 0 ... 3"))
    let row = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      print(Matrix(rows: 3, columns: 4).T.rows(at: [0, -1]))
    }
    #expect(said(row, "rows(at:): there is no row -1 in a (4×3) matrix: rows are 0 ... 3"))
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      print(Matrix(rows: 3, columns: 4).columns(2..<5))
    }
    #expect(said(range, "columns 2..<5 reach outside a (3×4) matrix: columns are 0 ... 3"))
    await #expect(processExitsWith: .failure) { print(Matrix(rows: 3, columns: 4).rows(-1..<2)) }
    let open = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      print(Matrix(rows: 3, columns: 4).rows(5...))
    }
    #expect(said(open, "rows 5..<3 reach outside a (3×4) matrix: rows are 0 ... 2"))
  }

  @Test func `what does not fit together stops`() async {
    let beside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(columns: [Matrix(rows: 3, columns: 4), Matrix(rows: 2, columns: 4)])
    }
    #expect(said(beside, "cannot set (3×4) and (2×4) side by side: matrix 0 has 3 rows, matrix 1 has 2"))
    let above = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(stacking: [Matrix(rows: 3, columns: 4), Matrix(rows: 3, columns: 5)])
    }
    #expect(said(above, "cannot stack (3×4) on (3×5): matrix 0 has 4 columns, matrix 1 has 5"))
    await #expect(processExitsWith: .failure) { _ = Matrix(columns: [Matrix]()) }
    await #expect(processExitsWith: .failure) { _ = Matrix(stacking: [Matrix]()) }
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 4).reshaped(rows: 5, columns: 2)
    }
    #expect(said(shape, "cannot reshape (3×4) to (5×2): there are 12 elements"))
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 3, columns: 4).reshaped(rows: -3, columns: -4) }
  }
}
