#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A network with a softmax cross-entropy on top, its backward pass by hand; no hidden layer is softmax regression.
struct Network: Sendable {
  enum Activation: Sendable { case tanh, relu, leakyReLU, maxout }

  let sizes: [Int]
  let activation: Activation
  let X: [[Double]]
  let labels: [Int]

  /// Each layer's weights, row by row, and then its biases. Maxout takes the larger of two neighbours as both outputs.
  var parameters: Int { zip(sizes, sizes.dropFirst()).reduce(0) { $0 + $1.1 * ($1.0 + 1) } }

  private func activate(_ z: [Double]) -> (A: [Double], derivative: [Double]) {
    switch activation {
    case .tanh: (z.map { hyperbolicTangent($0) }, z.map { 1 - hyperbolicTangent($0) * hyperbolicTangent($0) })
    case .relu: (z.map { max($0, 0) }, z.map { $0 > 0 ? 1 : 0 })
    case .leakyReLU: (z.map { $0 > 0 ? $0 : 0.01 * $0 }, z.map { $0 > 0 ? 1 : 0.01 })
    case .maxout:
      (
        z.indices.map { $0 ^ 1 < z.count ? max(z[$0], z[$0 ^ 1]) : z[$0] },
        z.indices.map { $0 ^ 1 < z.count && z[$0 ^ 1] > z[$0] ? 0 : $0 ^ 1 < z.count ? 2 : 1 }
      )
    }
  }

  /// The mean cost over the examples, and its gradient.
  func costAndGradient(_ p: [Double]) -> (J: Double, gradient: [Double]) {
    var J = 0.0
    var G = [Double](repeating: 0, count: p.count)
    let m = Double(X.count)
    let layers = sizes.count - 1
    for (x, label) in zip(X, labels) {
      var A = [x]
      var derivatives: [[Double]] = []
      var starts: [Int] = []
      var start = 0
      for l in 0..<layers {
        let (inputs, outputs) = (sizes[l], sizes[l + 1])
        let z = (0..<outputs).map { i in
          (0..<inputs).reduce(p[start + outputs * inputs + i]) { $0 + p[start + i * inputs + $1] * A[l][$1] }
        }
        starts.append(start)
        start += outputs * (inputs + 1)
        let (a, derivative) = l < layers - 1 ? activate(z) : (z, [])
        A.append(a)
        derivatives.append(derivative)
      }
      let z = A[layers]
      let largest = z.max() ?? 0
      let total = z.reduce(0) { $0 + exp($1 - largest) }
      J += (log(total) - (z[label] - largest)) / m
      var dZ = z.indices.map { (exp(z[$0] - largest) / total - ($0 == label ? 1 : 0)) / m }
      for l in stride(from: layers - 1, through: 0, by: -1) {
        let (inputs, outputs) = (sizes[l], sizes[l + 1])
        var dA = [Double](repeating: 0, count: inputs)
        for i in 0..<outputs {
          G[starts[l] + outputs * inputs + i] += dZ[i]
          for j in 0..<inputs {
            G[starts[l] + i * inputs + j] += dZ[i] * A[l][j]
            dA[j] += dZ[i] * p[starts[l] + i * inputs + j]
          }
        }
        guard l > 0 else { break }
        dZ = backward(dA, derivatives[l - 1])
      }
    }
    return (J, G)
  }

  private func backward(_ dA: [Double], _ derivative: [Double]) -> [Double] {
    guard activation == .maxout else { return zip(dA, derivative).map { $0 * $1 } }
    return dA.indices.map { k in
      guard k ^ 1 < dA.count else { return dA[k] }
      return derivative[k] == 0 ? 0 : dA[k] + dA[k ^ 1]
    }
  }
}

/// tanh of the C library; inside `Network.Activation` the plain name means the case.
private func hyperbolicTangent(_ z: Double) -> Double { tanh(z) }

extension Cost {
  /// A random network on random examples; `biases` scales its random biases.
  static func network(
    _ sizes: [Int], _ activation: Network.Activation, examples: Int, seed: UInt64, weights: Double = 1,
    biases: Double = 0.1
  ) -> Cost {
    var random = Random(seed)
    let X = (0..<examples).map { _ in random.normals(sizes[0]) }
    let labels = (0..<examples).map { _ in random.below(sizes.last ?? 1) }
    let network = Network(sizes: sizes, activation: activation, X: X, labels: labels)
    var point: [Double] = []
    for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
      point += random.normals(outputs * inputs).map { $0 * weights * sqrt(2 / Double(inputs)) }
      point += random.normals(outputs).map { $0 * biases }
    }
    return Cost(
      value: { network.costAndGradient($0).J }, gradient: { network.costAndGradient($0).gradient }, point: point)
  }
}
