import GradientChecking
import Testing

/// Σ cᵢ |xᵢ|, right away from 0.
private func absolute(at x: [Double]) -> Cost {
  .sum(of: { abs($0) }, derivative: { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, at: x, seed: 5)
}

/// Σ cᵢ max(xᵢ, 0), its derivative 0 at 0.
private func rectified(at x: [Double]) -> Cost {
  .sum(of: { max($0, 0) }, derivative: { $0 > 0 ? 1 : 0 }, at: x, seed: 6)
}

@Suite struct Kinks {
  @Test func `exactly at a parameter are set aside, whatever derivative is taken there`() {
    for cost in [absolute(at: [0.7, -0.4, 0, 1.2, -2]), rectified(at: [0.7, -0.4, 0, 1.2, -2])] {
      let measured = cost.measured()
      #expect(measured.entries[2] == .kink)
      for taken in [0, 0.5, 1, -1] {
        var gradient = cost.right
        gradient[2] = taken
        let comparison = measured.compare(gradient)
        #expect(comparison.agrees)
        #expect(comparison.compared == 4)
        #expect(comparison.kinks == 1)
      }
      var wrong = cost.right
      wrong[1] += 1e-4
      #expect(measured.compare(wrong).verdict == .disagrees)
    }
  }

  @Test func `in every entry leave nothing to say`() {
    for cost in [absolute(at: [0, 0, 0]), rectified(at: [0, 0, 0])] {
      let comparison = cost.measured().compare(cost.right)
      #expect(comparison.verdict == .notConclusive)
      #expect(comparison.compared == 0)
      #expect(comparison.kinks == 3)
      #expect(cost.measured().compare(cost.right, largestShareSetAside: 1).verdict == .notConclusive)
    }
  }

  @Test func `in more than the stated share are not conclusive`() {
    let cost = absolute(at: [0.7, 0, 0, 1.2])
    #expect(cost.measured().compare(cost.right).verdict == .notConclusive)
    #expect(cost.measured().compare(cost.right, largestShareSetAside: 0.5).verdict == .agrees)
    #expect(cost.measured().compare(cost.right, largestShareSetAside: 0.49).verdict == .notConclusive)
    #expect(cost.measured().compare([0, 0, 0, 0]).verdict == .disagrees, "an entry that is wrong stays wrong")
  }

  @Test func `near a parameter never make a right gradient wrong`() {
    var conclusive = 0
    for exponent in 1...12 {
      for seed in 0..<10 as Range<UInt64> {
        var random = Random(seed)
        var distance = 1.0
        for _ in 0..<exponent { distance /= 10 }
        for cost in [absolute, rectified].map({ $0(random.normals(6).map { $0 * distance }) }) {
          let comparison = cost.measured(seed: seed).compare(cost.right)
          #expect(comparison.verdict == .agrees || comparison.verdict == .notConclusive)
          if comparison.agrees { conclusive += 1 }
          #expect(cost.measured(seed: seed).compare(cost.right.map { -$0 - 1 }).verdict != .agrees)
        }
      }
    }
    // A step smaller than the distance to the kink settles many of them.
    #expect(conclusive >= 100, "\(conclusive) of 240")
  }

  @Test func `between the evaluations, at a distance from a parameter of any size`() {
    // Σ max(xᵢ − kᵢ, 0) with xᵢ of size 1 and kᵢ at a distance of 0.01 to 10⁻¹⁰.
    var wrong = 0
    var setAside = 0
    for seed in 0..<200 as Range<UInt64> {
      var random = Random(seed)
      let k = random.normals(5)
      let x = k.map { kink in
        var distance = random.uniform() < 0.5 ? 0.02 : -0.02
        for _ in 0..<random.below(10) { distance /= 10 }
        return kink + distance * random.uniform()
      }
      let measured = NumericalGradient(
        of: { x in zip(x, k).reduce(0) { $0 + max($1.0 - $1.1, 0) + 0.3 * $1.0 } }, at: x, seed: seed)
      let comparison = measured.compare(zip(x, k).map { $0 > $1 ? 1.3 : 0.3 })
      if comparison.verdict == .disagrees { wrong += 1 }
      setAside += comparison.setAside
    }
    #expect(wrong == 0)
    #expect((200..<700).contains(setAside), "\(setAside) of 1000")
  }

  @Test func `on both sides of a parameter that cancel from afar are seen`() {
    // A straight line of slope 1 with a flat step of width 2d in the middle.
    for d in [1e-3, 1e-4, 1e-5, 2e-6] {
      let measured = NumericalGradient(
        of: { 3 * $0[0] + max($0[0] - 1 - d, 0) - max(1 - d - $0[0], 0) }, at: [1], seed: 1)
      #expect(measured.compare([3]).verdict != .disagrees, "d = \(d)")
      #expect(measured.compare([4]).verdict != .agrees, "d = \(d)")
    }
  }

  @Test func `of jumps are kinks too`() {
    let measured = NumericalGradient(of: { $0[0] > 0.5 ? 1 : 0 }, at: [0.5], seed: 1)
    #expect(measured.entries == [.kink])
    #expect(measured.compare([0]).verdict == .notConclusive)
  }
}

@Suite struct `Networks with kinks` {
  @Test(arguments: [Network.Activation.relu, .leakyReLU, .maxout])
  func `have right gradients accepted and wrong ones refused`(activation: Network.Activation) {
    var counts = (refused: 0, missed: 0, setAside: 0, entries: 0)
    for seed in 0..<12 as Range<UInt64> {
      let cost = Cost.network([3, 6, 4, 2], activation, examples: 8, seed: seed)
      let measured = cost.measured(seed: seed)
      let right = measured.compare(cost.right)
      if !right.agrees { counts.refused += 1 }
      counts.setAside += right.setAside
      counts.entries += measured.entries.count
      if measured.compare(cost.right.map { $0 * 1.0001 }).verdict != .disagrees { counts.missed += 1 }
      if measured.compare(cost.right.map { $0 * 8 }).verdict != .disagrees { counts.missed += 1 }
      if measured.compare(cost.right.map { _ in 0 }).verdict != .disagrees { counts.missed += 1 }
    }
    #expect(counts.refused == 0)
    #expect(counts.missed == 0)
    #expect(counts.setAside * 200 <= counts.entries, "\(counts.setAside) of \(counts.entries)")
  }

  @Test func `whose kinks all lie closer than the first steps have right gradients accepted`() {
    var counts = (wrong: 0, conclusive: 0)
    for seed in 0..<40 as Range<UInt64> {
      let cost = Cost.network([3, 6, 2], .relu, examples: 8, seed: seed, weights: 1e-3, biases: 1e-4)
      let verdict = cost.measured(seed: seed).compare(cost.right).verdict
      if verdict == .disagrees { counts.wrong += 1 }
      if verdict == .agrees { counts.conclusive += 1 }
    }
    #expect(counts.wrong == 0)
    #expect(counts.conclusive >= 36, "\(counts.conclusive) of 40")
  }

  @Test func `whose units all stand at the kink are not conclusive or right, never wrong`() {
    // All parameters 0 but the last layer's: every hidden unit is exactly at 0 for every example.
    for seed in 0..<6 as Range<UInt64> {
      var random = Random(seed)
      let X = (0..<7).map { _ in random.normals(3) }
      let network = Network(sizes: [3, 4, 2], activation: .relu, X: X, labels: X.map { _ in random.below(2) })
      let point = [Double](repeating: 0, count: 16) + random.normals(10)
      let measured = NumericalGradient(of: { network.costAndGradient($0).J }, at: point, seed: seed)
      let comparison = measured.compare(network.costAndGradient(point).gradient)
      #expect(comparison.verdict == .notConclusive)
      #expect(comparison.kinks == 16)
      #expect(comparison.compared == 10)
    }
  }
}
