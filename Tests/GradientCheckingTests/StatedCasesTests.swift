#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

import GradientChecking
import Testing

@Suite struct `Stated cases` {
  private let cost = Cost.quadratic(5, seed: 2)

  @Test func `a wrong number of entries never agrees`() {
    let measured = cost.measured()
    for wrong in [[], Array(cost.right.dropLast()), cost.right + [0]] {
      #expect(measured.compare(wrong).verdict == .wrongCount)
      #expect(measured.compare(wrong).compared == 0)
    }
    #expect(NumericalGradient(of: { _ in 1 }, at: [], seed: 1).compare([0]).verdict == .wrongCount)
  }

  @Test func `no parameters and no entries are nothing to compare, and no agreement`() {
    let comparison = NumericalGradient(of: { _ in 1 }, at: [], seed: 1).compare([])
    #expect(comparison.verdict == .nothingToCompare)
    #expect(!comparison.agrees)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `an entry that is not finite never agrees`(value: Double) {
    let measured = cost.measured()
    for i in 0..<5 {
      var wrong = cost.right
      wrong[i] = value
      let comparison = measured.compare(wrong)
      #expect(comparison.verdict == .notFinite)
      #expect(comparison.worst?.index == i)
    }
    let kinked = NumericalGradient(of: { abs($0[0]) + $0[1] + $0[2] + $0[3] }, at: [0, 1, 2, 3], seed: 1)
    #expect(kinked.compare([value, 1, 1, 1]).verdict == .notFinite, "nor where the measurement is set aside")
  }

  @Test func `a function that is not finite is not conclusive`() {
    for bad in [Double.nan, .infinity] {
      let measured = NumericalGradient(of: { _ in bad }, at: [1, 2, 3], seed: 1)
      #expect(measured.entries == [.notFinite, .notFinite, .notFinite])
      let comparison = measured.compare([0, 0, 0])
      #expect(comparison.verdict == .notConclusive)
      #expect(comparison.notFinite == 3)
    }
  }

  @Test func `an entry beside which the function is not finite is set aside and counted`() {
    // √x at 0: there is no left side.
    let measured = NumericalGradient(of: { sqrt($0[0]) + $0[1] + $0[2] + $0[3] }, at: [0, 1, 2, 3], seed: 1)
    #expect(measured.entries[0] == .notFinite)
    let comparison = measured.compare([7, 1, 1, 1])
    #expect(comparison.agrees)
    #expect((comparison.compared, comparison.notFinite) == (3, 1))
    #expect(comparison.description.hasSuffix("(1 set aside: 0 for a kink, 0 as imprecise, 1 as not finite)."))
  }

  @Test func `a function that is noise is not conclusive, whatever the gradient`() {
    var random = Random(1)
    let measured = NumericalGradient(of: { $0[0] + 1e-3 * random.normal() }, at: [1, 2, 3], seed: 1)
    #expect(measured.compare([1, 0, 0]).verdict != .agrees)
  }

  @Test func `entries so small that zero would pass are counted as not significant`() {
    let measured = NumericalGradient(of: { 1 + 1e-13 * $0[0] + $0[1] }, at: [0.5, 0.5], seed: 1)
    let comparison = measured.compare([0, 1])
    #expect(comparison.agrees)
    #expect((comparison.compared, comparison.significant) == (2, 1))
  }

  @Test func `the sign of a zero does not matter`() {
    let measured = NumericalGradient(of: { $0[0] * $0[0] }, at: [0], seed: 1)
    #expect(measured.compare([-0.0]).agrees)
  }
}
