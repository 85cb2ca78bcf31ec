#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@testable import GradientChecking

/// A function with its gradient worked out by formula, and a point to check it at.
struct Cost: Sendable {
  let value: @Sendable ([Double]) -> Double
  let gradient: @Sendable ([Double]) -> [Double]
  let point: [Double]

  var right: [Double] { gradient(point) }

  func measured(seed: UInt64 = 1, limit: Int = 64) -> NumericalGradient {
    NumericalGradient(of: value, at: point, seed: seed, limit: limit)
  }
}

/// Random numbers for tests.
struct Random {
  private var generator: SplitMix64

  init(_ seed: UInt64) { generator = SplitMix64(seed: seed &* 7919 &+ 13) }

  mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
  mutating func normal() -> Double { sqrt(-2 * log(1 - uniform())) * cos(2 * .pi * uniform()) }
  mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
  mutating func below(_ bound: Int) -> Int { generator.below(bound) }
}

extension Cost {
  /// Σ cᵢ g(xᵢ), with random c.
  static func sum(
    of g: @escaping @Sendable (Double) -> Double, derivative: @escaping @Sendable (Double) -> Double, at x: [Double],
    seed: UInt64
  ) -> Cost {
    var random = Random(seed &+ 1000)
    let c = x.map { _ in random.normal() + (random.uniform() < 0.5 ? 2 : -2) }
    return Cost(
      value: { x in zip(c, x).reduce(0) { $0 + $1.0 * g($1.1) } },
      gradient: { x in zip(c, x).map { $0 * derivative($1) } }, point: x)
  }

  /// ½ xᵀAx + bᵀx with a symmetric A.
  static func quadratic(_ n: Int, seed: UInt64, scale: Double = 1) -> Cost {
    var random = Random(seed)
    let half = (0..<n).map { _ in random.normals(n) }
    let A = (0..<n).map { i in (0..<n).map { j in half[i][j] + half[j][i] } }
    let b = random.normals(n)
    @Sendable func product(_ x: [Double]) -> [Double] { A.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } } }
    return Cost(
      value: { x in zip(product(x), zip(b, x)).enumerated().reduce(0) { $0 + x[$1.0] * (0.5 * $1.1.0 + $1.1.1.0) } },
      gradient: { x in zip(product(x), b).map { $0 + $1 } }, point: random.normals(n).map { $0 * scale })
  }

  /// Logistic regression's mean cross-entropy over m examples of n features; x is (w, b).
  static func logistic(_ n: Int, _ m: Int, seed: UInt64, inputs: Double = 1) -> Cost {
    var random = Random(seed)
    let X = (0..<m).map { _ in random.normals(n).map { $0 * inputs } }
    let Y = (0..<m).map { _ in Double(random.below(2)) }
    @Sendable func z(_ p: [Double], _ x: [Double]) -> Double { zip(p, x).reduce(p[n]) { $0 + $1.0 * $1.1 } }
    return Cost(
      value: { p in
        zip(X, Y).reduce(0) { sum, example in
          let z = z(p, example.0)
          return sum + (max(z, 0) + log1p(exp(-abs(z))) - example.1 * z) / Double(m)
        }
      },
      gradient: { p in
        var g = [Double](repeating: 0, count: n + 1)
        for (x, y) in zip(X, Y) {
          let dz = (1 / (1 + exp(-z(p, x))) - y) / Double(m)
          for j in 0..<n { g[j] += dz * x[j] }
          g[n] += dz
        }
        return g
      }, point: random.normals(n + 1).map { $0 / inputs })
  }
}
