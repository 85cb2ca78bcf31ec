import LinearAlgebra
import Testing

@Suite struct DescriptionTests {
  @Test func `columns are lined up at the decimal point, with the shape above`() {
    for M in ([[1, 0.5, -3], [2, 100.25, 1e-7]] as Matrix).bothWays {
      #expect(
        "\(M)" == """
          (2×3) matrix
          [[ 1    0.5   -3     ]
           [ 2  100.25   1e-07 ]]
          """)
    }
    #expect("\([[5]] as Matrix)" == "(1×1) matrix\n[[ 5 ]]")
  }

  @Test func `numbers are shown with six significant digits`() {
    #expect(
      "\([[1 / 3], [123456.7], [1e6], [-0.0], [2e300]] as Matrix)" == """
        (5×1) matrix
        [[      0.333333 ]
         [ 123457        ]
         [      1e+06    ]
         [     -0        ]
         [      2e+300   ]]
        """)
  }

  @Test func `NaN and infinity have their names, a NaN no sign`() {
    #expect("\([[.nan, .infinity, -.infinity, -.nan]] as Matrix)" == "(1×4) matrix\n[[ nan  inf  -inf  nan ]]")
  }

  @Test func `of many rows and columns the first and last five are shown`() {
    let M = Matrix(rows: 1, columns: 11, elements: (0..<11).map(Double.init))
    #expect("\(M)" == "(1×11) matrix\n[[ 0  1  2  3  4  …  6  7  8  9  10 ]]")
    #expect("\(M.columns(1...))" == "(1×10) matrix\n[[ 1  2  3  4  5  6  7  8  9  10 ]]")
    let tall = Matrix(column: (0..<1000).map(Double.init)).description.split(separator: "\n")
    #expect(tall.count == 12)
    #expect(tall[5] == " [   4 ]")
    #expect(tall[6] == " [   … ]")
    #expect(tall[7] == " [ 995 ]")
  }

  @Test func `a matrix without elements says so`() {
    #expect("\(Matrix(rows: 0, columns: 3))" == "(0×3) matrix without elements")
  }
}
