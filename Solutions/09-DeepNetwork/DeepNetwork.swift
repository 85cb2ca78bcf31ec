import Curriculum

struct DeepNetwork: DeepNetworkLesson {}

extension DeepNetworkLesson {
  // 9.1
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    var layers: [Layer] = []
    for (nPrev, n) in zip(sizes, sizes.dropFirst()) {
      let deviation = sqrt(2 / Double(nPrev))
      layers.append(
        Layer(W: deviation * generator.normal(rows: n, columns: nPrev), b: Matrix(rows: n, columns: 1)))
    }
    return layers
  }

  // 9.2
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward {
    LinearForward(Z: layer.W * APrev + layer.b, cache: LinearCache(APrev: APrev, layer: layer))
  }

  // 9.3
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    let linear = linearForward(APrev: APrev, layer: layer)
    let Z = linear.Z
    let A: Matrix
    switch activation {
    case .identity: A = Z
    case .sigmoid: A = 1 / (1 + exp(-Z))
    case .tanh: A = tanh(Z)
    case .relu: A = max(Z, 0)
    case .softmax:
      let E = exp(Z - Z.columnMaxima())
      A = E ./ E.columnSums()
    }
    return LayerForward(A: A, cache: LayerCache(linear: linear.cache, Z: Z, A: A, activation: activation))
  }

  // 9.4
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    let last: Activation = head == .sigmoid ? .sigmoid : .softmax
    var A = X
    var caches: [LayerCache] = []
    for (l, layer) in layers.enumerated() {
      let step = layerForward(APrev: A, layer: layer, activation: l < layers.count - 1 ? hidden : last)
      A = step.A
      caches.append(step.cache)
    }
    return NetworkForward(A: A, caches: caches)
  }

  // 9.5
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    let m = Double(A.columns)
    switch head {
    case .sigmoid:
      let losses = -Y .* log(max(A, logFloor)) - (1 - Y) .* log(max(1 - A, logFloor))
      return losses.sum() / m
    case .softmax:
      return -(Y .* log(max(A, logFloor))).sum() / m
    }
  }

  // 9.6
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    let m = Double(dZ.columns)
    return LinearBackward(
      dAPrev: cache.layer.W.T * dZ, dW: dZ * cache.APrev.T / m, db: dZ.rowSums() / m)
  }

  // 9.7
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    let A = cache.A
    switch cache.activation {
    case .identity: return dA
    case .sigmoid: return dA .* A .* (1 - A)
    case .tanh: return dA .* (1 - A .* A)
    case .relu: return dA .* (cache.Z .> 0)
    case .softmax: return A .* (dA - (A .* dA).columnSums())
    }
  }

  // 9.8
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    var gradients: [LayerGradients] = []
    var dZ = forward.A - Y
    for (l, cache) in forward.caches.enumerated().reversed() {
      let linear = linearBackward(dZ: dZ, cache: cache.linear)
      gradients.insert(LayerGradients(dZ: dZ, dW: linear.dW, db: linear.db, dAPrev: linear.dAPrev), at: 0)
      if l > 0 {
        dZ = activationBackward(dA: linear.dAPrev, cache: forward.caches[l - 1])
      }
    }
    return gradients
  }

  // 9.9
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    zip(layers, gradients).map { layer, g in
      Layer(W: layer.W - rate * g.dW, b: layer.b - rate * g.db)
    }
  }

  // 9.10
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    var layers = start
    var costs: [Double] = []
    for _ in 0..<steps {
      let pass = forward(X: X, layers: layers, hidden: hidden, head: head)
      costs.append(cost(A: pass.A, Y: Y, head: head))
      layers = update(layers, gradients: backward(Y: Y, forward: pass), rate: rate)
    }
    return NetworkTraining(layers: layers, costs: costs)
  }

  // 9.11
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = forward(X: X, layers: layers, hidden: hidden, head: head).A
    switch head {
    case .sigmoid: return A.elements.map { $0 >= 0.5 ? 1 : 0 }
    case .softmax: return A.columnArgmax()
    }
  }
}
