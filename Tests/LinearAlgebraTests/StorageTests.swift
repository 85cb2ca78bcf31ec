import LinearAlgebra
import Testing

// Results are written over operands that nothing else uses. Nobody must ever notice.

@Suite struct StorageTests {
  private func numbers(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { Double($0 % 7) - 2.5 })
  }

  @Test func `an operand that is still in use keeps its elements`() {
    for start in numbers(3, 4).bothWays {
      let before = start.elements
      let copy = start
      var list = [start, start.T]
      _ = start + start
      _ = 1 / (1 + exp(-start))
      _ = start .* start.T.T - start
      _ = max(start, 0) + start.row(0) - start.column(1)
      list[0] -= start
      list[1] *= 2
      list[1] += list[1]
      let result = sqrt(abs(tanh(start) .* start)) ./ (start + 10)
      #expect(result.shape == start.shape)
      #expect(start.elements == before)
      #expect(copy.elements == before)
      #expect(list[0].elements == [Double](repeating: 0, count: 12))
      #expect(list[1] == 4 * start.T)
    }
  }

  @Test func `so does one that is handed over while an array shares its numbers`() {
    let elements = (0..<12).map(Double.init)
    #expect((-Matrix(rows: 3, columns: 4, elements: elements)).elements == elements.map { -$0 })
    #expect(elements == (0..<12).map(Double.init))
    var M = Matrix(rows: 3, columns: 4, elements: elements)
    let shared = M.elements
    M += 1
    M -= M + M
    #expect(shared == elements)
    #expect(M[2, 3] == -12)
  }

  @Test func `a matrix combined with itself in place is what it would be otherwise`() {
    for start in numbers(5, 3).bothWays {
      var M = start
      M += M
      #expect(M == 2 * start)
      M -= M
      #expect(M == 0 * start)
      var N = start
      N -= N.row(1)
      #expect(N == start - start.row(1))
    }
  }

  @Test func `chains over temporaries give what single steps give, for all layouts and shapes`() {
    for A in numbers(6, 5).bothWays {
      for B in (numbers(6, 5) + 0.25).bothWays {
        for c in [numbers(6, 1), numbers(1, 5), Matrix([[2]]), numbers(6, 5)] {
          let sum = A + B, product = sum .* c, quotient = product ./ (B + 9)
          #expect((A + B) .* c ./ (B + 9) == quotient)
          #expect(c .* (A + B) ./ (9 + B) == quotient)
          #expect((A.T + B.T) .* c.T ./ (B + 9).T == quotient.T)
        }
      }
    }
  }

  @Test func `many threads at once do not disturb each other`() async {
    var generator = SeededGenerator(seed: 13)
    let A = generator.normal(rows: 150, columns: 200), B = generator.normal(rows: 200, columns: 120)
    let expected = 2 * tanh(A * B)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<40 { group.addTask { 2 * tanh(A * B) == expected } }
      for await isSame in group { #expect(isSame) }
    }
  }
}
