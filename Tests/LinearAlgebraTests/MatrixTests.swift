import LinearAlgebra
import Testing

@Suite struct MatrixTests {
  @Test func `a literal is read row by row`() {
    let M: Matrix = [[1, 2, 3], [4, 5, 6]]
    #expect(M.rows == 2)
    #expect(M.columns == 3)
    #expect(M.shape.description == "(2×3)")
    #expect(M.elements == [1, 2, 3, 4, 5, 6])
    #expect(M[1, 0] == 4)
    #expect(M == Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6]))
  }

  @Test func `the ways of making a matrix`() {
    #expect(Matrix(rows: 1, columns: 2) == [[0, 0]])
    #expect(Matrix(rows: 2, columns: 1, repeating: 7) == [[7], [7]])
    #expect(Matrix(column: [1, 2]) == [[1], [2]])
    #expect(Matrix(row: [1, 2]) == [[1, 2]])
    #expect(Matrix.identity(3) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
  }

  @Test func `sizes may be 0`() {
    #expect(Matrix(rows: 0, columns: 3).T.shape.description == "(3×0)")
    #expect(Matrix(rows: 0, columns: 3).elements.isEmpty)
    #expect(Matrix(column: []).shape.description == "(0×1)")
    #expect(Matrix.identity(0).shape.description == "(0×0)")
    #expect(([] as Matrix).shape.description == "(0×0)")
    #expect(([[]] as Matrix).shape.description == "(1×0)")
    #expect(Matrix(rows: 0, columns: 3) != Matrix(rows: 3, columns: 0))
    #expect(Matrix(rows: 0, columns: 3) == Matrix(rows: 3, columns: 0).T)
  }

  @Test func `the transpose exchanges rows and columns`() {
    for M in ([[1, 2, 3], [4, 5, 6]] as Matrix).bothWays {
      #expect(M.T.shape.description == "(3×2)")
      #expect(M.T == [[1, 4], [2, 5], [3, 6]])
      #expect(M.T.elements == [1, 4, 2, 5, 3, 6])
      #expect(M.T[2, 0] == 3)
      #expect(M.T.T == M)
    }
    #expect(Matrix(column: [1, 2]).T == [[1, 2]])
    var generator = SeededGenerator(seed: 1)
    let large = generator.uniform(rows: 35, columns: 50)
    for (k, x) in large.T.elements.enumerated() where x != large[k % 35, k / 35] {
      Issue.record("element \(k) of the transpose is \(x)")
    }
  }

  @Test func `elements can be written one by one, and copies do not change`() {
    for M in ([[1, 2, 3], [4, 5, 6]] as Matrix).bothWays {
      var changed = M
      changed[0, 2] = 9
      changed[1, 0] += 0.5
      #expect(changed == [[1, 2, 9], [4.5, 5, 6]])
      #expect(M == [[1, 2, 3], [4, 5, 6]])
    }
  }

  @Test func `elements can be written as a list, row by row`() {
    for M in ([[1, 2, 3], [4, 5, 6]] as Matrix).bothWays {
      var changed = M
      changed.elements[1] = 7
      changed.elements.swapAt(0, 5)
      #expect(changed == [[6, 7, 3], [4, 5, 1]])
      changed.elements = [6, 5, 4, 3, 2, 1]
      #expect(changed == [[6, 5, 4], [3, 2, 1]])
      #expect(M == [[1, 2, 3], [4, 5, 6]])
    }
  }

  @Test func `equality is by value, and NaN equals nothing`() {
    let M: Matrix = [[1, 2], [3, 4]]
    #expect(M.T == [[1, 3], [2, 4]])
    #expect(M.T != M)
    #expect(M != [[1, 2], [3, 5]])
    #expect(Matrix(row: [1, 2]) != Matrix(column: [1, 2]))
    #expect([[0.0]] as Matrix == [[-0.0]])
    let N: Matrix = [[.nan, 1]]
    #expect(N != N)
  }

  @Test func `sizes that cannot be stop`() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 2, columns: -1)
    }
    #expect(said(negative, "a matrix cannot be (2×-1)"))
    await #expect(processExitsWith: .failure) { _ = Matrix.identity(-1) }
    let large = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: .max, columns: 2, elements: [])
    }
    #expect(said(large, "too large"))
  }

  @Test func `a wrong number of elements stops`() async {
    let made = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5])
    }
    #expect(said(made, "a (2×3) matrix has 6 elements, and 5 are given"))
    let set = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var M: Matrix = [[1, 2]]
      M.elements = [1]
    }
    #expect(said(set, "a (1×2) matrix has 2 elements, and `elements` was given 1"))
    let grown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var M: Matrix = [[1, 2]]
      M.elements.append(3)
    }
    #expect(said(grown, "a (1×2) matrix has 2 elements, and `elements` was given 3"))
  }

  @Test func `rows of different lengths stop`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let M: Matrix = [[1, 2, 3], [4, 5, 6], [7, 8]]
      print(M)
    }
    #expect(said(result, "row 0 has 3 elements and row 2 has 2"))
  }

  @Test func `an index outside stops, naming what there is`() async {
    let row = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      print(Matrix(rows: 3, columns: 5)[3, 0])
    }
    #expect(said(row, "index (3, 0) is outside a (3×5) matrix: rows are 0 ... 2, columns are 0 ... 4"))
    let column = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var M = Matrix(rows: 1, columns: 0)
      M[0, -1] = 1
    }
    #expect(said(column, "index (0, -1) is outside a (1×0) matrix: the only row is 0, there are no columns"))
    await #expect(processExitsWith: .failure) { print(Matrix(rows: 3, columns: 5).T[0, 3]) }
    await #expect(processExitsWith: .failure) { print(Matrix(rows: 3, columns: 5)[-1, 2]) }
  }
}
