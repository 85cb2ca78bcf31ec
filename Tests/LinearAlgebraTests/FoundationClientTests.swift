import Foundation
import LinearAlgebra
import Testing

/// Foundation brings functions of the same names; beside them nothing becomes ambiguous.
@Suite struct FoundationClientTests {
  private func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }

  @Test func `with Foundation imported, functions of matrices and of numbers keep their meaning`() {
    let x = 0.5, Z: Matrix = [[0, 1], [4, 9]]
    #expect(sqrt(Z) == [[0, 1], [2, 3]])
    #expect(exp(Z)[0, 0] == 1)
    #expect(log(exp(Z))[0, 1] == 1)
    #expect(log1p(Z - Z) == expm1(Z - Z))
    #expect(tanh(Z - Z) == atan(Z - Z))
    #expect(pow(Z, 2) == (Z .* Z))
    #expect(abs(-Z) == Z)
    #expect(max(Z, 4) == [[4, 4], [4, 9]])
    #expect(max(0, -Z) == Z * 0)
    #expect(min(Z, Z.T) == [[0, 1], [1, 9]])
    #expect(sign(Z) == [[0, 1], [1, 1]])
    #expect(Z.map(sigmoid)[0, 0] == 0.5)
    #expect(
      [sqrt(4), pow(2, 10), abs(-x), max(x, 1), min(x, 1), floor(-x), round(2.4)] == [2, 1024, 0.5, 1, 0.5, -1, 2])
    #expect([exp(x - x), log(2 * x), tanh(x - x), sin(x - x), fabs(-x), log2(8.0)] == [1, 0, 0, 0, 0.5, 3])
    #expect([max(3, 4), min(3, 4), abs(-3)] as [Int] == [4, 3, 3])
  }
}
