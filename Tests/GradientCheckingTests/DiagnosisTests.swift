import GradientChecking
import Testing

private let expected: [Double] = [0.3, -1.2, 0.05, 2.1, 0.7, -0.4]

private func diagnosis(_ analytic: [Double], factors: [String: Double] = ["m": 5]) -> GradientDiagnosis? {
  GradientDiagnosis(of: analytic, expected: expected, rows: 2, columns: 3, factors: factors)
}

private func sentence(_ analytic: [Double], factors: [String: Double] = ["m": 5]) -> String? {
  diagnosis(analytic, factors: factors)?.sentence(about: "dw")
}

@Suite struct `A diagnosis` {
  @Test(
    arguments: [
      (-1, "−1 times what it should be"), (2, "2 times what it should be"), (0.5, "½ times what it should be"),
      (5, "m times what it should be (m = 5)"), (0.2, "1/m times what it should be (m = 5)"),
      (25, "m² times what it should be (m = 5)"), (0.04, "1/m² times what it should be (m = 5)"),
      (-5, "−m times what it should be (m = 5)"), (-0.2, "−1/m times what it should be (m = 5)"),
      (10, "2m times what it should be (m = 5)"), (2.5, "m/2 times what it should be (m = 5)"),
      (0.1, "1/(2m) times what it should be (m = 5)"), (0.4, "2/m times what it should be (m = 5)"),
      (1.337, "1.337 times what it should be"), (-1.0 / 3, "−0.333333 times what it should be"),
    ] as [(Double, String)])
  func `names a constant ratio`(ratio: Double, words: String) {
    #expect(sentence(expected.map { $0 * ratio }) == "Every entry of dw is \(words).")
  }

  @Test func `names zero`() {
    #expect(sentence(expected.map { _ in 0 }) == "Every entry of dw is 0.")
  }

  @Test func `names the one wrong entry`() {
    var wrong = expected
    wrong[3] = 7
    #expect(diagnosis(wrong) == .oneEntry(index: 3, count: 6))
    #expect(sentence(wrong) == "Only entry 3 of dw is wrong, counted from 0; the other 5 are right.")
  }

  @Test func `names wrong signs`() {
    var wrong = expected
    wrong[1] *= -1
    wrong[4] *= -1
    #expect(diagnosis(wrong) == .signs(indices: [1, 4], count: 6))
    #expect(sentence(wrong) == "2 of the 6 entries of dw have the wrong sign; all have the right size.")
  }

  @Test func `names a transpose`() {
    let e = expected
    #expect(diagnosis([e[0], e[3], e[1], e[4], e[2], e[5]]) == .transposed(rows: 2, columns: 3))
    #expect(
      GradientDiagnosis(of: [1, 3, 2, 4], expected: [1, 2, 3, 4], rows: 2, columns: 2)
        == .transposed(rows: 2, columns: 2))
  }

  @Test func `names a reversal and another order`() {
    #expect(diagnosis(expected.reversed()) == .reversed)
    #expect(diagnosis(Array(expected.dropFirst() + expected.prefix(1))) == .permuted)
  }

  @Test func `names an added constant`() throws {
    #expect(sentence(expected.map { $0 + 0.25 }) == "Every entry of dw is too large by the same number, 0.25.")
    #expect(sentence(expected.map { $0 - 1e-2 }) == "Every entry of dw is too small by the same number, 0.01.")
  }

  @Test func `of a single entry is made only for a ratio with a name`() {
    func one(_ a: Double, _ e: Double, _ factors: [String: Double]) -> String? {
      GradientDiagnosis(of: [a], expected: [e], rows: 1, columns: 1, factors: factors)?.sentence(about: "db")
    }
    #expect(one(0.6, 0.3, ["m": 5]) == "db is 2 times what it should be.")
    #expect(one(1.5, 0.3, ["m": 5]) == "db is m times what it should be (m = 5).")
    #expect(one(0.4, 0.3, ["m": 5]) == nil)
    #expect(one(0, 0.3, ["m": 5]) == "db is 0, and should not be.")
  }

  @Test func `stays true where two meanings fit`() {
    #expect(sentence(expected.map { $0 * 2 }, factors: ["m": 2]) == "Every entry of dw is 2 times what it should be.")
    #expect(sentence(expected.map { $0 / 2 }, factors: ["m": 2]) == "Every entry of dw is ½ times what it should be.")
    #expect(
      sentence(expected.map { $0 * 5 }, factors: ["m": 5, "n": 5]) == "Every entry of dw is 5 times what it should be.")
    #expect(
      sentence(expected.map { $0 * 16 }, factors: ["m": 4, "n": 16])
        == "Every entry of dw is 16 times what it should be.")
    // Doubled or one more each: nobody knows.
    #expect(GradientDiagnosis(of: [1.7, 1.7, 1.7], expected: [1, 1, 1]) == nil)
    // −1 times, and also reversed.
    #expect(GradientDiagnosis(of: [-1, 1], expected: [1, -1]) == nil)
    // Reversed and transposed at once: in another order.
    #expect(GradientDiagnosis(of: [1, 3, 2, 1], expected: [1, 2, 3, 1], rows: 2, columns: 2) == .permuted)
  }

  @Test func `is not made of a zero, a right, a longer or a NaN gradient`() {
    #expect(GradientDiagnosis(of: [1, 2, 3], expected: [0, 0, 0]) == nil)
    #expect(GradientDiagnosis(of: [2e-17, 4e-17], expected: [1e-17, 2e-17]) == nil)
    #expect(diagnosis(expected) == nil)
    #expect(diagnosis(expected.map { $0 * (1 + 1e-8) }) == nil)
    #expect(diagnosis(expected + [0]) == nil)
    #expect(diagnosis([.nan] + expected.dropFirst()) == nil)
    #expect(GradientDiagnosis(of: [], expected: []) == nil)
  }

  @Test func `is not made where it holds only roughly`() {
    var nearly = expected.map { $0 * 2 }
    nearly[0] *= 1.0001
    #expect(diagnosis(nearly) == nil)
    var reversed = Array(expected.reversed())
    reversed[2] += 1e-4
    #expect(diagnosis(reversed) == nil)
  }

  @Test func `is never made of unrelated numbers`() {
    var made = 0
    for seed in 0..<2000 as Range<UInt64> {
      var random = Random(seed)
      let n = 2 + random.below(7)
      let right = random.normals(n)
      let factors = ["m": Double(2 + random.below(40)), "n": Double(2 + random.below(40))]
      if GradientDiagnosis(of: random.normals(n), expected: right, rows: 1, columns: n, factors: factors) != nil {
        made += 1
      }
    }
    #expect(made == 0)
  }

  @Test func `is made from a measured gradient as well`() {
    for seed in 0..<10 as Range<UInt64> {
      let cost = Cost.logistic(4, 9, seed: seed)
      let measured = cost.measured(seed: seed)
      func sentence(_ analytic: [Double]) -> String? {
        measured.diagnosis(of: analytic, rows: 5, columns: 1, factors: ["m": 9])?.sentence(about: "dw")
      }
      #expect(sentence(cost.right.map { $0 * 9 }) == "Every entry of dw is m times what it should be (m = 9).")
      #expect(sentence(cost.right.map { -$0 }) == "Every entry of dw is −1 times what it should be.")
      #expect(sentence(cost.right.reversed()) == "dw has the right entries in the reverse order.")
      #expect(sentence(cost.right.map { $0 + 1 }) == "Every entry of dw is too large by the same number, 1.")
      #expect(sentence(cost.right) == nil)
    }
  }

  @Test func `is not made from a sample or beside a kink`() {
    let large = Cost.quadratic(70, seed: 1)
    #expect(large.measured().diagnosis(of: large.right.map { -$0 }) == nil)
    let kinked = NumericalGradient(of: { abs($0[0]) + $0[1] * $0[2] }, at: [0, 1, 2], seed: 1)
    #expect(kinked.diagnosis(of: [0, -2, -1]) == nil)
  }
}
