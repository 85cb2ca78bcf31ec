import Testing

@testable import Grading

struct ToleranceTests {
  /// Whether b + difference is accepted for b.
  private func accepts(_ tolerance: Tolerance, _ b: Double, off difference: Double, scale: Double = 0) -> Bool {
    tolerance.accepts(b + difference, expected: b, scale: scale)
  }

  @Test func `the standard tolerance is 1e-9 of the number, and of 1 where it is smaller`() {
    #expect(accepts(.standard, 0, off: 0.99e-9))
    #expect(!accepts(.standard, 0, off: 1.01e-9))
    #expect(accepts(.standard, 0.5, off: -0.99e-9))
    #expect(!accepts(.standard, 0.5, off: -1.01e-9))
    #expect(accepts(.standard, -1000, off: 0.99e-6))
    #expect(!accepts(.standard, -1000, off: 1.01e-6))
  }

  @Test func `a large entry beside it widens the standard tolerance by 1e-12 of its size`() {
    #expect(!accepts(.standard, 0, off: 2e-9))
    #expect(accepts(.standard, 0, off: 2e-9, scale: 1.1e3))
    #expect(!accepts(.standard, 0, off: 2e-9, scale: 0.9e3))
  }

  @Test func `a relative tolerance holds for very small numbers too`() {
    #expect(accepts(.relative(1e-6), 1e-20, off: 0.99e-26))
    #expect(!accepts(.relative(1e-6), 1e-20, off: 1.01e-26))
    #expect(!Tolerance.relative(1e-6).accepts(0, expected: 1e-20, scale: 0))
    #expect(Tolerance.relative(1e-6).accepts(0, expected: 0, scale: 0))
  }

  @Test func `an absolute tolerance is the same for every number`() {
    #expect(accepts(.absolute(0.06), 0, off: 0.059))
    #expect(!accepts(.absolute(0.06), 0, off: 0.061))
    #expect(accepts(.absolute(0.06), 1e3, off: -0.059))
    #expect(!accepts(.absolute(0.06), 1e3, off: -0.061))
  }

  @Test func `a close tolerance adds an absolute and a relative part`() {
    let close = Tolerance.close(relative: 1e-7, absolute: 1e-9)
    #expect(accepts(close, 0, off: 0.99e-9))
    #expect(!accepts(close, 0, off: 1.01e-9))
    #expect(accepts(close, 20, off: 1.99e-6))
    #expect(!accepts(close, 20, off: 2.02e-6))
  }

  @Test(arguments: [Tolerance.standard, .relative(1e6), .absolute(1e6), .close(relative: 1e6, absolute: 1e6)])
  func `NaN and infinities are never near a number`(tolerance: Tolerance) {
    for x in [Double.nan, .infinity, -.infinity] {
      #expect(!tolerance.accepts(x, expected: 1, scale: 1))
      #expect(!tolerance.accepts(1, expected: x, scale: 1))
      #expect(tolerance.accepts(x, expected: x, scale: 1))
    }
    #expect(!tolerance.accepts(.infinity, expected: -.infinity, scale: 1))
    #expect(!tolerance.accepts(.nan, expected: .infinity, scale: 1))
  }

  @Test func `0 and −0 are the same number`() {
    #expect(Tolerance.relative(0).accepts(-0.0, expected: 0, scale: 0))
  }

  @Test func `the tolerance of a quantity is the one of its name`() {
    let step = Step<Int>("90.1", on: [.worked(0)], tolerances: ["loose": .absolute(1)]) { _, _ in [:] }
    let a: Observation = ["loose": 1.5, "strict": 1.5]
    let b: Observation = ["loose": 1, "strict": 1]
    #expect(step.agree(a.quantities[0], b.quantities[0]))
    #expect(!step.agree(a.quantities[1], b.quantities[1]))
  }

  @Test func `quantities agree only with the same name and shape`() {
    let step = Step<Int>("90.1", on: [.worked(0)]) { _, _ in [:] }
    let row: Observation = ["w": [1.0, 2]]
    #expect(step.agree(row, ["w": [1.0, 2]]))
    #expect(!step.agree(row, ["v": [1.0, 2]]))
    #expect(!step.agree(row, ["w": [[1.0, 2]]]))
    #expect(!step.agree(row, ["w": [Double]()]))
    #expect(!step.agree([], [row]))
  }
}
