#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

import GradientChecking
import Testing

/// Right gradients of four kinds of cost, with the measured ones.
private let cases: [(right: [Double], measured: NumericalGradient)] = (0..<8 as Range<UInt64>).flatMap { seed in
  [
    Cost.quadratic(6, seed: seed), .logistic(4, 9, seed: seed), .network([3, 5, 2], .tanh, examples: 7, seed: seed),
    .network([3, 5, 2], .relu, examples: 7, seed: seed),
  ].map { ($0.right, $0.measured(seed: seed)) }
}

/// How many of the wrong gradients that `spoil` makes are accepted, or not called wrong.
private func missed(_ spoil: ([Double]) -> [Double]) -> Int {
  cases.count { $0.measured.compare(spoil($0.right)).verdict != .disagrees }
}

/// The gradient with one entry changed: the largest.
private func changing(_ g: [Double], _ change: (Double) -> Double) -> [Double] {
  var g = g
  guard let k = g.indices.max(by: { abs(g[$0]) < abs(g[$1]) }) else { return g }
  g[k] = change(g[k])
  return g
}

@Suite struct `A wrong gradient disagrees` {
  @Test(arguments: [1.01, 0.99, 1.0001, 0.9999, 1.00001, 2, 0.5, 9, 1.0 / 9, 7, 1.0 / 7, -1])
  func `multiplied by`(factor: Double) {
    #expect(missed { $0.map { $0 * factor } } == 0)
  }

  @Test(arguments: [1.01, 0.99, 1.0001, 0.9999, 1.00001, 2, 0.5, -1, 0])
  func `with its largest entry multiplied by`(factor: Double) {
    #expect(missed { changing($0) { $0 * factor } } == 0)
  }

  @Test func `when all of it is zero`() {
    #expect(missed { $0.map { _ in 0 } } == 0)
  }

  @Test func `when a constant is added`() {
    for constant in [1, 1e-3, 1e-5] {
      #expect(missed { $0.map { $0 + constant } } == 0)
    }
  }

  @Test func `when it is reversed or shifted by one place`() {
    #expect(missed { $0.reversed() } == 0)
    #expect(missed { Array($0.dropFirst() + $0.prefix(1)) } == 0)
  }

  @Test func `when it is transposed`() {
    // A function of a 3 × 3 matrix, whose square shape hides a transpose.
    for seed in 0..<20 as Range<UInt64> {
      let cost = Cost.quadratic(9, seed: seed)
      let transposed = (0..<9).map { cost.right[$0 % 3 * 3 + $0 / 3] }
      #expect(cost.measured().compare(transposed).verdict == .disagrees)
    }
  }

  @Test func `when entries near a billionth are zero or of the wrong sign`() {
    for seed in 0..<20 as Range<UInt64> {
      var random = Random(seed)
      let cost = Cost.sum(
        of: { 1 + 1e-9 * tanh($0) }, derivative: { 1e-9 * (1 - tanh($0) * tanh($0)) }, at: random.normals(5), seed: seed
      )
      #expect(cost.measured().compare(cost.right.map { _ in 0 }).verdict == .disagrees)
      #expect(cost.measured().compare(cost.right.map { -$0 }).verdict == .disagrees)
    }
  }

  @Test func `and the worst entry is named with both values`() throws {
    let cost = Cost.quadratic(6, seed: 3)
    var wrong = cost.right
    wrong[4] += 0.01
    let comparison = cost.measured().compare(wrong)
    let worst = try #require(comparison.worst)
    #expect(worst.index == 4)
    #expect(worst.analytic == wrong[4])
    #expect(abs(worst.numerical - cost.right[4]) < 1e-8)
    let relative = 0.01 / max(abs(wrong[4]), abs(cost.right[4]))
    #expect(abs(worst.relativeError - relative) < 1e-6 * relative)
    #expect(comparison.description == "Entry 4 is \(wrong[4]); the numerical gradient is \(worst.numerical).")
  }
}

@Suite struct `The smallest error that is always caught` {
  /// Of one entry multiplied by 1 + error, in every entry in turn, the share that is caught.
  private func caught(_ error: Double, _ activation: Network.Activation) -> (caught: Int, of: Int) {
    var result = (caught: 0, of: 0)
    for seed in 0..<10 as Range<UInt64> {
      let cost = Cost.network([3, 5, 2], activation, examples: 7, seed: seed)
      let measured = cost.measured(seed: seed)
      for i in cost.point.indices where abs(cost.right[i]) > 1e-4 {
        var wrong = cost.right
        wrong[i] *= 1 + error
        result.of += 1
        if measured.compare(wrong).verdict == .disagrees { result.caught += 1 }
      }
    }
    return result
  }

  @Test func `is one and a half millionths of an entry in a tanh network`() {
    let result = caught(1.5e-6, .tanh)
    #expect(result.caught == result.of && result.of > 250)
  }

  @Test func `is one hundred-thousandth of an entry in a ReLU network`() {
    let result = caught(1e-5, .relu)
    #expect(result.caught == result.of && result.of > 200)
  }

  @Test func `is above half a millionth, which passes`() {
    #expect(caught(5e-7, .tanh).caught == 0)
  }
}
