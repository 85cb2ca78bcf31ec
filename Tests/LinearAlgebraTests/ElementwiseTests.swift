import LinearAlgebra
import Testing

@Suite struct ElementwiseTests {
  @Test func `equal shapes are combined element by element, however they are stored`() {
    for A in A.bothWays {
      for B in B.bothWays {
        expectClose(
          A + B,
          [
            [0.6000000000000001, 1.2, -0.6, -0.40000000000000013],
            [-3.6, -2.9, -3.6999999999999997, 0.10000000000000009],
            [-4.7, -1.7, -1.5, 1.2],
          ])
        expectClose(
          A - B,
          [
            [0.2, 0, -0.4, -3.2],
            [1.8000000000000003, -1.1, 3.9, 5.300000000000001],
            [2.7, -0.7, 3.5, 0.19999999999999996],
          ])
        expectClose(
          A .* B,
          [
            [0.08000000000000002, 0.36, 0.05, -2.52],
            [2.43, 1.8, -0.38, -7.0200000000000005],
            [3.7, 0.6, -2.5, 0.35],
          ])
        expectClose(
          A ./ B,
          [
            [2, 1, 5, -1.2857142857142858],
            [0.3333333333333333, 2.2222222222222223, -0.026315789473684213, -1.0384615384615385],
            [0.27027027027027023, 2.4, -0.4, 1.4],
          ])
        expectClose(
          (A + B).T + A.T,
          [
            [1, -4.5, -5.7],
            [1.7999999999999998, -4.9, -2.9],
            [-1.1, -3.5999999999999996, -0.5],
            [-2.2, 2.8000000000000003, 1.9],
          ])
      }
    }
  }

  @Test func `a column broadcasts over the examples`() {
    for A in A.bothWays {
      for column in [column, Matrix(row: column.elements).T] {
        expectClose(
          A + column,
          [
            [0.7, 0.8999999999999999, -0.2, -1.5],
            [-1.3, -2.4, -0.30000000000000004, 2.3000000000000003],
            [-6, -6.2, -4, -4.3],
          ])
        expectClose(
          column - A, [[-0.10000000000000003, -0.3, 0.8, 2.1], [0.5, 1.6, -0.5, -3.1], [-4, -3.8, -6, -5.7]])
        #expect((A.T + column.T).T == A + column)
        #expect((column.T - A.T).T == column - A)
      }
    }
  }

  @Test func `a row broadcasts over the features`() {
    for A in A.bothWays {
      for row in [row, Matrix(column: row.elements).T] {
        expectClose(
          A .* row,
          [
            [-0.44000000000000006, -0.06, -0.1, 5.58],
            [0.9900000000000001, 0.2, 0.020000000000000004, -8.370000000000001],
            [1.1, 0.12, 0.2, -2.17],
          ])
        expectClose(
          row ./ A,
          [
            [-2.75, -0.16666666666666669, -0.4, 1.7222222222222223],
            [1.2222222222222223, 0.05, 2, -1.1481481481481481],
            [1.1, 0.08333333333333334, 0.2, -4.428571428571429],
          ])
        #expect((A.T .* row.T).T == (A .* row))
        #expect((row.T ./ A.T).T == (row ./ A))
      }
    }
  }

  @Test func `a column and a row give a whole matrix`() {
    expectClose(
      column + row,
      [
        [-0.8, 0.19999999999999998, 0.5, -2.8000000000000003],
        [-1.5, -0.5, -0.2, -3.5],
        [-6.1, -5.1, -4.8, -8.1],
      ])
    #expect(row + column == column + row)
    #expect((row.T + column.T).T == column + row)
  }

  @Test func `a one by one matrix broadcasts over everything`() {
    let two: Matrix = [[2]]
    for A in A.bothWays {
      #expect((A .* two) == A * 2)
      #expect(two - A == 2 - A)
    }
    #expect(two + two == [[4]])
    #expect((column ./ two) == column / 2)
    #expect((two ./ row) == 2 / row)
  }

  @Test func `matrices without elements combine with a size of one, as in NumPy`() {
    let none = Matrix(rows: 0, columns: 3)
    #expect((none + none).shape.description == "(0×3)")
    #expect((none + [[1, 2, 3]]).shape.description == "(0×3)")
    #expect(([[1]] .* none.T).shape.description == "(3×0)")
    #expect((Matrix(rows: 0, columns: 1) + Matrix(rows: 1, columns: 4)).shape.description == "(0×4)")
    #expect((none * 2).shape.description == "(0×3)")
    #expect(exp(none.T).shape.description == "(3×0)")
  }

  @Test func `a number is applied to each element, on either side`() {
    for A in ([[1, -2, 4], [0.5, 8, -0.25]] as Matrix).bothWays {
      #expect(A + 1 == [[2, -1, 5], [1.5, 9, 0.75]])
      #expect(1 + A == [[2, -1, 5], [1.5, 9, 0.75]])
      #expect(A - 1 == [[0, -3, 3], [-0.5, 7, -1.25]])
      #expect(1 - A == [[0, 3, -3], [0.5, -7, 1.25]])
      #expect(A * 2 == [[2, -4, 8], [1, 16, -0.5]])
      #expect(2 * A == [[2, -4, 8], [1, 16, -0.5]])
      #expect(A / 2 == [[0.5, -1, 2], [0.25, 4, -0.125]])
      #expect(2 / A == [[2, -1, 0.5], [4, 0.25, -8]])
      #expect(-A == [[-1, 2, -4], [-0.5, -8, 0.25]])
    }
  }

  @Test func `compound assignment changes the left side only`() {
    for start in ([[1, 2, 3], [4, 5, 6]] as Matrix).bothWays {
      var A = start
      A += [[1], [2]]
      #expect(A == [[2, 3, 4], [6, 7, 8]])
      A -= 0.5 * [[2, 4, 6]]
      #expect(A == [[1, 1, 1], [5, 5, 5]])
      A *= 6
      A /= 2
      A += 1
      A -= 3
      #expect(A == [[1, 1, 1], [13, 13, 13]])
      #expect(start == [[1, 2, 3], [4, 5, 6]])
    }
  }

  @Test func `comparisons give ones and zeros`() {
    for A in A.bothWays {
      for B in B.bothWays {
        #expect((A .> B) == [[1, 0, 0, 0], [1, 0, 1, 1], [1, 0, 1, 1]])
        #expect((A .>= B) == [[1, 1, 0, 0], [1, 0, 1, 1], [1, 0, 1, 1]])
        #expect((A .< B) == [[0, 0, 1, 1], [0, 1, 0, 0], [0, 1, 0, 0]])
        #expect((A .<= B) == [[0, 1, 1, 1], [0, 1, 0, 0], [0, 1, 0, 0]])
        #expect((A .== B) == [[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
        #expect((A .!= B) == [[1, 0, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]])
        #expect((A .> column) == [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]])
      }
      #expect((A .> 0.4) == [[0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1]])
      #expect((A .>= 0.4) == [[1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1]])
      #expect((A .< 0.4) == [[0, 0, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0]])
      #expect((A .<= 0.4) == [[1, 0, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0]])
      #expect((A .== 0.4) == [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
      #expect((A .!= 0.4) == [[0, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]])
    }
  }

  @Test func `beside NaN every comparison is 0, except being different`() {
    let N: Matrix = [[.nan]]
    #expect((N .> N) == [[0]])
    #expect((N .>= N) == [[0]])
    #expect((N .< 1) == [[0]])
    #expect((N .<= 1) == [[0]])
    #expect((N .== N) == [[0]])
    #expect((N .!= N) == [[1]])
  }

  @Test func `functions are applied to each element`() {
    for A in A.bothWays {
      expectClose(
        exp(A),
        [
          [1.4918246976412703, 1.8221188003905089, 0.6065306597126334, 0.16529888822158653],
          [0.4065696597405991, 0.1353352832366127, 1.1051709180756477, 14.879731724872837],
          [0.36787944117144233, 0.3011942119122021, 2.718281828459045, 2.0137527074704766],
        ])
      expectClose(
        expm1(A),
        [
          [0.49182469764127035, 0.8221188003905089, -0.3934693402873666, -0.8347011117784134],
          [-0.5934303402594009, -0.8646647167633873, 0.10517091807564763, 13.879731724872837],
          [-0.6321205588285577, -0.6988057880877979, 1.7182818284590453, 1.0137527074704764],
        ])
      expectClose(
        tanh(A),
        [
          [0.3799489622552249, 0.5370495669980352, -0.46211715726000974, -0.9468060128462683],
          [-0.7162978701990245, -0.9640275800758169, 0.09966799462495582, 0.9910074536781177],
          [-0.7615941559557649, -0.8336546070121552, 0.7615941559557649, 0.6043677771171634],
        ])
      expectClose(
        atan(A),
        [
          [0.3805063771123649, 0.5404195002705842, -0.4636476090008061, -1.0636978224025597],
          [-0.7328151017865066, -1.1071487177940904, 0.09966865249116204, 1.2160906747839564],
          [-0.7853981633974483, -0.8760580505981934, 0.7853981633974483, 0.6107259643892086],
        ])
      expectClose(
        pow(A, 3),
        [
          [0.06400000000000002, 0.21599999999999997, -0.125, -5.832000000000001],
          [-0.7290000000000001, -8, 0.0010000000000000002, 19.683000000000003],
          [-1, -1.7279999999999998, 1, 0.3429999999999999],
        ])
      expectClose(pow(A, 2), A .* A)
      #expect(abs(A) == [[0.4, 0.6, 0.5, 1.8], [0.9, 2, 0.1, 2.7], [1, 1.2, 1, 0.7]])
      #expect(sign(A) == [[1, 1, -1, -1], [-1, -1, 1, 1], [-1, -1, 1, 1]])
      #expect(A.map { 2 * $0 + 1 } == 2 * A + 1)
      let D = abs(A)
      expectClose(
        log(D),
        [
          [-0.916290731874155, -0.5108256237659907, -0.6931471805599453, 0.5877866649021191],
          [-0.10536051565782628, 0.6931471805599453, -2.3025850929940455, 0.9932517730102834],
          [0, 0.1823215567939546, 0, -0.35667494393873245],
        ])
      expectClose(
        log1p(D),
        [
          [0.33647223662121295, 0.4700036292457355, 0.4054651081081644, 1.0296194171811583],
          [0.6418538861723948, 1.0986122886681098, 0.09531017980432487, 1.308332819650179],
          [0.6931471805599453, 0.7884573603642702, 0.6931471805599453, 0.5306282510621704],
        ])
      expectClose(
        sqrt(D),
        [
          [0.6324555320336759, 0.7745966692414834, 0.7071067811865476, 1.3416407864998738],
          [0.9486832980505138, 1.4142135623730951, 0.31622776601683794, 1.6431676725154984],
          [1, 1.0954451150103321, 1, 0.8366600265340756],
        ])
      expectClose(
        pow(D, 1.7),
        [
          [0.210621152693478, 0.41962091424865766, 0.3077861033362291, 2.716209467727545],
          [0.836011527916834, 3.249009585424942, 0.0199526231496888, 5.411509174472324],
          [1, 1.3633523726386663, 1, 0.5453391388693143],
        ])
    }
  }

  @Test func `functions keep what they do at the edges`() {
    expectClose(exp([[-1000, 1000, .nan]]), [[0, .infinity, .nan]])
    expectClose(log([[0, -1, .infinity]]), [[-.infinity, .nan, .infinity]])
    expectClose(sqrt([[-1, .infinity]]), [[.nan, .infinity]])
    expectClose(tanh([[-1000, 1000]]), [[-1, 1]])
    #expect(expm1([[1e-20]]) == [[1e-20]])
    #expect(log1p([[1e-20]]) == [[1e-20]])
    expectClose(sign([[.nan, -0.0, .infinity, -.infinity]]), [[.nan, 0, 1, -1]])
    #expect(pow([[3, 0]], 0) == [[1, 1]])
  }

  @Test func `max and min choose element by element`() {
    for A in A.bothWays {
      for B in B.bothWays {
        #expect(max(A, B) == [[0.4, 0.6, -0.1, 1.4], [-0.9, -0.9, 0.1, 2.7], [-1, -0.5, 1, 0.7]])
        #expect(min(A, B) == [[0.2, 0.6, -0.5, -1.8], [-2.7, -2, -3.8, -2.6], [-3.7, -1.2, -2.5, 0.5]])
      }
      #expect(min(A, column) == [[0.3, 0.3, -0.5, -1.8], [-0.9, -2, -0.4, -0.4], [-5, -5, -5, -5]])
      #expect(max(A, 0.5) == [[0.5, 0.6, 0.5, 0.5], [0.5, 0.5, 0.5, 2.7], [0.5, 0.5, 1, 0.7]])
      #expect(max(0.5, A) == max(A, 0.5))
      #expect(min(A, 0.5) == [[0.4, 0.5, -0.5, -1.8], [-0.9, -2, 0.1, 0.5], [-1, -1.2, 0.5, 0.5]])
      #expect(min(0.5, A) == min(A, 0.5))
    }
  }

  @Test func `max and min pass NaN on, from either side`() {
    expectClose(max([[.nan, 1, .nan]], [[1, .nan, .nan]]), [[.nan, .nan, .nan]])
    expectClose(min([[.nan, 1, .nan]], [[1, .nan, .nan]]), [[.nan, .nan, .nan]])
    expectClose(max([[.nan, -1]], 0), [[.nan, 0]])
    expectClose(max(0, [[.nan, -1]]), [[.nan, 0]])
    expectClose(min([[.nan, -1]], 0), [[.nan, -1]])
    expectClose(max([[1]], .nan), [[.nan]])
    expectClose(min(.nan, [[1]]), [[.nan]])
  }

  @Test func `map visits the elements row by row and passes an error on`() throws {
    struct Refusal: Error {}
    for A in ([[1, 2, 3], [4, 5, 6]] as Matrix).bothWays {
      var seen: [Double] = []
      _ = A.map {
        seen.append($0)
        return $0
      }
      #expect(seen == [1, 2, 3, 4, 5, 6])
      #expect(throws: Refusal.self) { try A.map { _ in throw Refusal() } }
    }
  }

  @Test func `shapes that do not fit stop with both shapes`() async {
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 2) + Matrix(rows: 2, columns: 3)
    }
    #expect(said(rows, "A + B for A (3×2) and B (2×3)", "rows 3 and 2 differ", "Did you mean A + B.T?"))
    let columns = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = max(Matrix(rows: 3, columns: 2), Matrix(rows: 3, columns: 4))
    }
    #expect(said(columns, "max(A, B) for A (3×2) and B (3×4)", "columns 2 and 4 differ"))
    let product = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 3, columns: 2) .* Matrix(rows: 2, columns: 4)
    }
    #expect(said(product, "A .* B for A (3×2) and B (2×4)", "Did you mean A * B?"))
  }

  @Test func `in place, the left side is not stretched`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var b = Matrix(rows: 3, columns: 1)
      b -= Matrix(rows: 3, columns: 5)
    }
    #expect(said(result, "A -= B for A (3×1) and B (3×5)", "the result would not have the shape of A"))
  }
}
