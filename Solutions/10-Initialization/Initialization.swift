import Curriculum

struct Initialization: InitializationLesson {}

extension InitializationLesson {
  // 10.1
  func zeroStart(sizes: [Int], train: @Sendable ([Layer]) -> [Layer]) -> SymmetryReport {
    let start = zip(sizes, sizes.dropFirst()).map { nIn, nOut in
      Layer(W: Matrix(rows: nOut, columns: nIn), b: Matrix(rows: nOut, columns: 1))
    }
    let hidden = train(start).dropLast()
    return SymmetryReport(start: start, spreads: hidden.map { ($0.W.columnMaxima() - $0.W.columnMinima()).max() })
  }

  // 10.2
  func randomLayers(sizes: [Int], deviation: Double, using generator: inout SeededGenerator) -> [Layer] {
    var layers: [Layer] = []
    for (nIn, nOut) in zip(sizes, sizes.dropFirst()) {
      layers.append(
        Layer(W: deviation * generator.normal(rows: nOut, columns: nIn), b: Matrix(rows: nOut, columns: 1)))
    }
    return layers
  }

  // 10.3
  func xavierLayers(sizes: [Int], scheme: XavierScheme, using generator: inout SeededGenerator) -> [Layer] {
    var layers: [Layer] = []
    for (nIn, nOut) in zip(sizes, sizes.dropFirst()) {
      let deviation =
        switch scheme {
        case .xavier: sqrt(1 / Double(nIn))
        case .glorot: sqrt(2 / Double(nIn + nOut))
        }
      layers += randomLayers(sizes: [nIn, nOut], deviation: deviation, using: &generator)
    }
    return layers
  }

  // 10.4
  func heLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    var layers: [Layer] = []
    for (nIn, nOut) in zip(sizes, sizes.dropFirst()) {
      layers += randomLayers(sizes: [nIn, nOut], deviation: sqrt(2 / Double(nIn)), using: &generator)
    }
    return layers
  }

  // 10.5
  func gradientNorms(
    X: Matrix, layers: [Layer], g: @Sendable (Matrix) -> Matrix, gPrime: @Sendable (Matrix) -> Matrix, dA: Matrix
  ) -> [Double] {
    let m = Double(X.columns)
    var Z: [Matrix] = []
    var A = [X]
    for (l, layer) in layers.enumerated() {
      Z.append(layer.W * A[l] + layer.b)
      A.append(g(Z[l]))
    }
    var norms = [Double](repeating: 0, count: layers.count)
    var dA = dA
    for l in layers.indices.reversed() {
      let dZ = dA .* gPrime(Z[l])
      let dW = dZ * A[l].T / m
      norms[l] = dW.norm()
      dA = layers[l].W.T * dZ
    }
    return norms
  }

  // 10.6
  func activationStatistics(X: Matrix, layers: [Layer], g: @Sendable (Matrix) -> Matrix) -> [ActivationStatistics] {
    var A = X
    return layers.map { layer in
      A = g(layer.W * A + layer.b)
      let mean = A.mean()
      return ActivationStatistics(
        mean: mean, deviation: sqrt(pow(A - mean, 2).mean()), zeros: (A .== 0).mean())
    }
  }
}
