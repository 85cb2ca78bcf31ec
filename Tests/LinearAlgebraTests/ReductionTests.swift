import LinearAlgebra
import Testing

@Suite struct ReductionTests {
  @Test func `all elements become one number`() {
    for A in A.bothWays {
      expectClose([[A.sum()]], [[-1.8999999999999997]])
      expectClose([[A.mean()]], [[-0.1583333333333333]])
      expectClose([[A.norm()]], [[4.4777226354476225]])
      #expect(A.max() == 2.7)
      #expect(A.min() == -2.0)
      #expect(A.argmax() == 7)
    }
  }

  @Test func `each row becomes one number`() {
    for A in A.bothWays {
      expectClose(A.rowSums(), [[-1.3], [-0.09999999999999964], [-0.5000000000000002]])
      expectClose(A.rowMeans(), [[-0.325], [-0.02499999999999991], [-0.12500000000000006]])
      #expect(A.rowMaxima() == [[0.6], [2.7], [1]])
      #expect(A.rowMinima() == [[-1.8], [-2], [-1.2]])
      #expect(A.rowArgmax() == [1, 3, 2])
    }
  }

  @Test func `each column becomes one number`() {
    for A in A.bothWays {
      expectClose(A.columnSums(), [[-1.5, -2.5999999999999996, 0.6, 1.6]])
      expectClose(A.columnMeans(), [[-0.5, -0.8666666666666666, 0.19999999999999998, 0.5333333333333333]])
      #expect(A.columnMaxima() == [[0.4, 0.6, 1, 2.7]])
      #expect(A.columnMinima() == [[-1, -2, -0.5, -1.8]])
      #expect(A.columnArgmax() == [0, 0, 2, 1])
    }
  }

  @Test func `a vector's rows or columns may be single elements`() {
    #expect(column.rowSums() == column)
    #expect(column.rowMaxima() == column)
    #expect(row.columnSums() == row)
    #expect(row.columnMinima() == row)
    #expect(([[1, 2, 3]] as Matrix).rowSums() == [[6]])
    #expect(([[1], [2], [3]] as Matrix).columnMeans() == [[2]])
    #expect(([[1], [2], [3]] as Matrix).rowArgmax() == [0, 0, 0])
  }

  @Test func `sums do not depend on how a matrix is stored, to the bit`() {
    var generator = SeededGenerator(seed: 5)
    let stored = generator.normal(rows: 37, columns: 53).bothWays
    #expect(stored[0].sum() == stored[1].sum())
    #expect(stored[0].norm() == stored[1].norm())
    #expect(stored[0].rowSums() == stored[1].rowSums())
    #expect(stored[0].columnMeans() == stored[1].columnMeans())
  }

  @Test func `of equal maxima the first is taken`() {
    for A in ([[1, 3, 3], [3, 0, 3]] as Matrix).bothWays {
      #expect(A.argmax() == 1)
      #expect(A.rowArgmax() == [1, 0])
      #expect(A.columnArgmax() == [1, 0, 0])
    }
  }

  @Test func `NaN is the greatest and the least, as in NumPy`() {
    for N in ([[1, .nan, 3], [.nan, 5, 2]] as Matrix).bothWays {
      #expect(N.argmax() == 1)
      #expect(N.columnArgmax() == [1, 0, 0])
      #expect(N.rowArgmax() == [1, 0])
      #expect(N.max().isNaN)
      #expect(N.min().isNaN)
      expectClose(N.rowMaxima(), [[.nan], [.nan]])
      expectClose(N.columnMaxima(), [[.nan, .nan, 3]])
      expectClose(N.columnMinima(), [[.nan, .nan, 2]])
      expectClose(N.rowMinima(), [[.nan], [.nan]])
      #expect(N.sum().isNaN)
      #expect(N.norm().isNaN)
    }
    #expect(([[.nan, 1]] as Matrix).max().isNaN)
    #expect(([[-.infinity, -.infinity]] as Matrix).argmax() == 0)
  }

  @Test func `the norm neither overflows nor vanishes`() {
    expectClose([[Matrix([[3e200, 4e200]]).norm() / 1e200]], [[5]])
    expectClose([[Matrix([[3e-200], [4e-200]]).norm() * 1e200]], [[5]])
    #expect(Matrix([[.infinity, 1]]).norm() == .infinity)
    #expect(Matrix(rows: 2, columns: 2).norm() == 0)
    #expect(Matrix(rows: 0, columns: 2).norm() == 0)
  }

  @Test func `of no elements the sum is 0 and the mean is NaN`() {
    let none = Matrix(rows: 3, columns: 0)
    #expect(none.sum() == 0)
    #expect(none.mean().isNaN)
    #expect(none.rowSums() == [[0], [0], [0]])
    expectClose(none.rowMeans(), [[.nan], [.nan], [.nan]])
    #expect(none.columnSums().shape.description == "(1×0)")
    #expect(none.columnMaxima().shape.description == "(1×0)")
    #expect(none.columnArgmax() == [])
  }

  @Test func `there is no maximum of nothing`() async {
    let all = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 0).max()
    }
    #expect(said(all, "max() of a (3×0) matrix: it has no elements"))
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 0).rowMinima()
    }
    #expect(said(rows, "rowMinima() of a (3×0) matrix: its rows have no elements"))
    let columns = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 0, columns: 3).columnArgmax()
    }
    #expect(said(columns, "columnArgmax() of a (0×3) matrix: its columns have no elements"))
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 0, columns: 0).argmax() }
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 0, columns: 0).min() }
  }
}
