#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

import GradientChecking
import Testing

/// How many of the seeds' right gradients are not accepted, and how many entries are set aside.
private func refused(_ seeds: Int, _ make: (UInt64) -> Cost) -> (refused: Int, setAside: Int) {
  var result = (refused: 0, setAside: 0)
  for seed in 0..<UInt64(seeds) {
    let cost = make(seed)
    let comparison = cost.measured(seed: seed).compare(cost.right)
    if !comparison.agrees { result.refused += 1 }
    result.setAside += comparison.setAside
  }
  return result
}

private func sum(
  _ n: Int, at scale: Double, _ g: @escaping @Sendable (Double) -> Double,
  _ derivative: @escaping @Sendable (Double) -> Double
) -> (UInt64) -> Cost {
  { seed in
    var random = Random(seed)
    return .sum(of: g, derivative: derivative, at: random.normals(n).map { $0 * scale }, seed: seed)
  }
}

private func tanhDerivative(_ z: Double) -> Double { 1 - tanh(z) * tanh(z) }

@Suite struct `A right gradient agrees` {
  @Test func `of a quadratic, small, large or at zero`() {
    for scale in [1, 1e-6, 1e6, 0] {
      #expect(refused(20) { .quadratic(6, seed: $0, scale: scale) } == (0, 0), "scale \(scale)")
    }
  }

  @Test func `of a sum of tanh`() {
    #expect(refused(40, sum(7, at: 1, tanh, tanhDerivative)) == (0, 0))
    #expect(refused(20, sum(7, at: 1e-9, tanh, tanhDerivative)) == (0, 0))
    #expect(refused(1, sum(7, at: 0, tanh, tanhDerivative)) == (0, 0))
  }

  @Test func `of logistic regression, with small and large inputs`() {
    for inputs in [1, 1e-3, 1e3] {
      #expect(refused(20) { .logistic(4, 9, seed: $0, inputs: inputs) } == (0, 0), "inputs \(inputs)")
    }
  }

  @Test func `of softmax regression`() {
    #expect(refused(20) { .network([4, 3], .tanh, examples: 7, seed: $0) } == (0, 0))
  }

  @Test func `of a deep tanh network`() {
    #expect(refused(10) { .network([3, 5, 4, 3, 2], .tanh, examples: 7, seed: $0) } == (0, 0))
    #expect(refused(5) { .network([3, 5, 4, 3, 2], .tanh, examples: 7, seed: $0, weights: 4) } == (0, 0))
    #expect(refused(5) { .network([3, 5, 4, 3, 2], .tanh, examples: 7, seed: $0, weights: 1e-4) } == (0, 0))
  }

  @Test func `of entries near a billionth beside a cost near 1`() {
    let make = sum(7, at: 1, { 1 + 1e-9 * tanh($0) }, { 1e-9 * tanhDerivative($0) })
    #expect(refused(20, make) == (0, 0))
  }

  @Test func `of a cost near 100 million`() {
    #expect(refused(20, sum(7, at: 1, { 1e8 * tanh($0) }, { 1e8 * tanhDerivative($0) })) == (0, 0))
    #expect(refused(20, sum(7, at: 1, { 1e8 + tanh($0) }, tanhDerivative)) == (0, 0), "and its terms cancel")
  }

  @Test func `of parameters near a million`() {
    #expect(refused(20, sum(7, at: 1e6, sin, cos)) == (0, 0))
    #expect(refused(20, sum(7, at: 1e6, { $0 * $0 }, { 2 * $0 })) == (0, 0))
    #expect(refused(20, sum(7, at: 1e6, { tanh($0 / 1e6) }, { tanhDerivative($0 / 1e6) / 1e6 })) == (0, 0))
  }

  @Test func `beside a pole`() {
    for size in [1, 1e-3, 1e-6, 1e-9] {
      let logarithm = refused(30) { seed in
        var random = Random(seed)
        let x = (0..<5).map { _ in size * (0.1 + random.uniform()) }
        return .sum(of: log, derivative: { 1 / $0 }, at: x, seed: seed)
      }
      #expect(logarithm == (0, 0), "size \(size)")
    }
  }

  @Test func `where the gradient is zero`() {
    #expect(refused(30, sum(5, at: 0, { $0 * $0 }, { 2 * $0 })) == (0, 0))
    #expect(refused(30, sum(5, at: 0, { $0 * $0 * $0 * $0 }, { 4 * $0 * $0 * $0 })) == (0, 0))
    #expect(refused(1, sum(5, at: 1, { _ in 3 }, { _ in 0 })) == (0, 0))
  }

  @Test func `of a smooth function bent sharply near zero, and no entry is taken for a kink`() {
    for e in [1e-1, 1e-2, 1e-3, 1e-4, 1e-5] {
      let bent = sum(5, at: e, { ($0 * $0 + e * e).squareRoot() }, { $0 / ($0 * $0 + e * e).squareRoot() })
      #expect(refused(20, bent).refused == 0, "bend of width \(e)")
      #expect(refused(20, bent).setAside <= (e < 5e-5 ? 2 : 0), "bend of width \(e)")
    }
    for b in [1e1, 1e2, 1e3, 1e4] {
      let softplus = sum(5, at: 1 / b, { log1p(exp(b * $0)) / b }, { 1 / (1 + exp(-b * $0)) })
      #expect(refused(20, softplus) == (0, 0), "softplus of sharpness \(b)")
      let steep = sum(5, at: 1 / b, { b * b * $0 * $0 }, { 2 * b * b * $0 })
      #expect(refused(20, steep) == (0, 0), "parabola of curvature \(b * b)")
    }
  }

  @Test func `within the bound that each estimate states`() {
    var outside = 0
    for seed in 0..<10 as Range<UInt64> {
      for cost in [
        Cost.network([3, 4, 3], .tanh, examples: 5, seed: seed), .network([3, 4, 3], .relu, examples: 5, seed: seed),
        .quadratic(6, seed: seed, scale: 100),
      ] {
        let measured = cost.measured(seed: seed)
        for (i, entry) in zip(measured.indices, measured.entries) {
          guard case .estimate(let n, let error) = entry else { continue }
          if abs(n - cost.right[i]) > error { outside += 1 }
        }
      }
    }
    #expect(outside == 0)
  }
}
