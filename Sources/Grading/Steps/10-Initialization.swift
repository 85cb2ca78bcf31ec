import Curriculum

/// The steps of lesson 10.
public let initializationSteps: [Step<any InitializationLesson>] = [
  Step(
    "10.1",
    on: [
      .worked(
        ZeroStart(
          sizes: [2, 3, 1], changesOfW: [[[0.5, -1], [0.25, -1], [1, -1]], [[2, 2, 4]]],
          changesOfb: [[[3], [3], [3]], [[-1]]])),
      .random { .random([4, 3, 5, 2], using: &$0) }, .random { .random([3, 6, 2, 4, 5], using: &$0) },
      .edge("a training that moves every unit of a layer alike") { .alike([4, 5, 3, 2], using: &$0) },
      .edge("units that differ in b only") { .alike([2, 4, 3], b: 1, using: &$0) },
      .edge("weights that are all negative") { .random([3, 4, 5, 2], plus: -10, using: &$0) },
      .edge("differences of 1e−13") { .random([3, 4, 2, 1], scale: 1e-13, using: &$0) },
      .edge("differences of 1e−30") { .random([2, 4, 3, 1], scale: 1e-30, using: &$0) },
      .edge("differences of 10,000") { .random([3, 4, 2, 1], scale: 1e4, using: &$0) },
      .edge("no hidden layer") { .random([3, 2], using: &$0) },
      .edge("a hidden layer of one unit") { .random([3, 1, 4, 2], using: &$0) },
      .edge("one feature") { .random([1, 4, 1, 3], using: &$0) },
      .edge("all sizes equal") { .random([3, 3, 3, 3], using: &$0) },
    ] as [Input<ZeroStart>],
    tolerances: [
      "largest abs(w) before": .absolute(0), "largest abs(b) before": .absolute(0), "spreads": .relative(1e-9),
    ]
  ) { lesson, input in
    let log = TrainingLog()
    let report = lesson.zeroStart(sizes: input.sizes) { layers in
      log.calls += 1
      log.largest = max(log.largest, largest(layers.map(\.W)), largest(layers.map(\.b)))
      return input.train(layers)
    }
    return [
      "shapes of W": report.start.map { [$0.W.rows, $0.W.columns] },
      "shapes of b": report.start.map { [$0.b.rows, $0.b.columns] },
      "largest abs(w) before": largest(report.start.map(\.W)), "largest abs(b) before": largest(report.start.map(\.b)),
      // Without a hidden layer nothing of the training is asked for, and it need not be run.
      "how often `train` is run": input.sizes.count == 2 && log.calls == 0 ? 1 : log.calls,
      "largest number that `train` is given": log.largest, "spreads": report.spreads,
    ]
  },

  Step(
    "10.2",
    on: [
      .worked(RandomStart(sizes: [50, 200, 60], deviation: 0.01, seed: 1)),
      .random { .random(&$0) { 0.5 + $0.uniform() } },
      .edge("layers of equal shape") { RandomStart(sizes: [4, 4, 4, 4], deviation: 2.5, seed: $0.next()) },
      .edge("a layer of one unit") { RandomStart(sizes: [3, 1, 6, 2], deviation: 0.1, seed: $0.next()) },
      .edge("a single layer") { RandomStart(sizes: [5, 2], deviation: 0.1, seed: $0.next()) },
      .edge("a layer of 40,000 weights") { RandomStart(sizes: [200, 200], deviation: 0.05, seed: $0.next()) },
      .edge("layers with few units, 60 times") { RandomStart(sizes: fewUnits, deviation: 40, seed: $0.next()) },
      .edge("a deviation of 0.001, 60 times") { RandomStart(sizes: fewUnits, deviation: 1e-3, seed: $0.next()) },
      .edge("a deviation of 1e−9, 60 times") { RandomStart(sizes: fewUnits, deviation: 1e-9, seed: $0.next()) },
      .edge("a deviation of 0, 60 times") { RandomStart(sizes: fewUnits, deviation: 0, seed: $0.next()) },
    ] as [Input<RandomStart>],
    cpuSeconds: 5, tolerances: factTolerances
  ) { lesson, input in
    facts(of: input.sizes, seed: input.seed) {
      lesson.randomLayers(sizes: input.sizes, deviation: input.deviation, using: &$0)
    }
  },

  Step(
    "10.3",
    on: [
      .worked(XavierStart(sizes: [50, 200, 60], scheme: .xavier, seed: 1)),
      .edge("Glorot on the same sizes", XavierStart(sizes: [50, 200, 60], scheme: .glorot, seed: 2)),
      .random { .random(.xavier, using: &$0) }, .random { .random(.glorot, using: &$0) },
      .edge("layers of equal shape, Xavier") { XavierStart(sizes: [4, 4, 4, 4], scheme: .xavier, seed: $0.next()) },
      .edge("layers of equal shape, Glorot") { XavierStart(sizes: [5, 5, 5, 5], scheme: .glorot, seed: $0.next()) },
      .edge("a layer of one unit") { XavierStart(sizes: [3, 1, 6, 2], scheme: .glorot, seed: $0.next()) },
      .edge("layers with few units, Xavier, 60 times") {
        XavierStart(sizes: fewUnits, scheme: .xavier, seed: $0.next())
      },
      .edge("layers with few units, Glorot, 60 times") {
        XavierStart(sizes: fewUnits, scheme: .glorot, seed: $0.next())
      },
      .edge("one unit and two, Glorot, 1000 times") { XavierStart(sizes: oneAndTwo, scheme: .glorot, seed: $0.next()) },
    ] as [Input<XavierStart>],
    cpuSeconds: 4, tolerances: factTolerances
  ) { lesson, input in
    facts(of: input.sizes, seed: input.seed) {
      lesson.xavierLayers(sizes: input.sizes, scheme: input.scheme, using: &$0)
    }
  },

  Step(
    "10.4",
    on: [
      .worked(HeStart(sizes: [50, 200, 60], seed: 1)), .random { .random(using: &$0) },
      .edge("layers of equal shape") { HeStart(sizes: [4, 4, 4, 4], seed: $0.next()) },
      .edge("a layer of one unit") { HeStart(sizes: [3, 1, 6, 2], seed: $0.next()) },
      .edge("layers with few units, 60 times") { HeStart(sizes: fewUnits, seed: $0.next()) },
    ] as [Input<HeStart>],
    cpuSeconds: 4, tolerances: factTolerances
  ) { lesson, input in
    facts(of: input.sizes, seed: input.seed) { lesson.heLayers(sizes: input.sizes, using: &$0) }
  },

  Step(
    "10.5",
    on: [
      .worked(.worked), .random { .random([4, 3, 5, 2], m: 6, .softsign, using: &$0) },
      .random { .random([2, 6, 3, 4, 5], m: 7, .deadZone, using: &$0) },
      .edge("a single layer") { .random([5, 3], m: 4, .softsign, using: &$0) },
      .edge("one example") { .random([3, 4, 2], m: 1, .softsign, using: &$0) },
      .edge("all sizes equal") { .random([3, 3, 3, 3], m: 3, .softsign, using: &$0) },
      .edge("a chain of single units") { .chain(using: &$0) },
      .edge("16 layers of slope ¼ and less") {
        .random([4, 3, 5, 4, 3, 2, 4, 3, 5, 2, 4, 3, 5, 3, 4, 3, 2], m: 5, .quarter, using: &$0)
      },
      .edge("large gradients") { .random([4, 6, 5, 3], m: 4, .softsign, dA: 1e12, using: &$0) },
      .edge("gradients of 1e−21") { .random([4, 2, 5, 3], m: 4, .softsign, dA: 1e-21, using: &$0) },
      .edge("gradients of 1e−120") { .random([3, 5, 2, 4], m: 3, .softsign, dA: 1e-120, using: &$0) },
      .edge("slopes of both signs") { .random([4, 3, 5, 2], m: 6, .hill, using: &$0) },
      .edge("a layer whose slopes are all 0") { .dead(using: &$0) },
    ] as [Input<Network>],
    tolerances: ["norms": .relative(1e-9)],
    derivatives: { reference, input in
      // With one unit a layer, ‖dW‖ is |∂J/∂w|; here everything is positive, and dA is 1 for every example.
      guard input.isChain else { return [:] }
      return [
        "norms": .of("the mean of A[L]", at: Matrix(row: input.layers.map { $0.W[0, 0] })) { w in
          let layers = zip(w.elements, input.layers).map { Layer(W: [[$0]], b: $1.b) }
          return reference.activationStatistics(X: input.X, layers: layers) { input.g($0) }.last?.mean ?? .nan
        }
      ]
    }
  ) { lesson, input in
    [
      "norms": lesson.gradientNorms(
        X: input.X, layers: input.layers, g: { input.g($0) }, gPrime: { input.gPrime($0) }, dA: input.dA)
    ]
  },

  Step(
    "10.6",
    on: [
      .worked(Signals(.worked)), .random { Signals(.random([4, 3, 5, 2], m: 6, .softsign, using: &$0)) },
      .random { Signals(.random([2, 6, 3, 4, 5], m: 7, .deadZone, using: &$0)) },
      .edge("a single layer") { Signals(.random([5, 3], m: 4, .softsign, using: &$0)) },
      .edge("one example") { Signals(.random([3, 4, 2], m: 1, .softsign, using: &$0)) },
      .edge("one unit and one example") { Signals(.random([2, 1, 1], m: 1, .softsign, using: &$0)) },
      .edge("all sizes equal") { Signals(.random([3, 3, 3, 3], m: 3, .softsign, using: &$0)) },
      .edge("negative activations") { Signals(.random([3, 4, 2], m: 5, .softsign, b: -4, using: &$0)) },
      .edge("tiny activations that are not 0") { Signals(.tiny(using: &$0)) },
      .edge("activations of 1e−60 and less") { Signals(.tiny(1e-60, using: &$0)) },
      .edge("activations of 1000") { Signals(.random([3, 4, 2], m: 5, .deadZone, b: 1000, using: &$0)) },
      .edge("a single activation that is 0", Signals(.silent)),
      .edge("a layer whose activations are all 0") { Signals(.dead(using: &$0)) },
    ] as [Input<Signals>],
    tolerances: [
      "mean": .close(relative: 1e-9, absolute: 1e-20), "deviation": .close(relative: 1e-9, absolute: 1e-20),
    ]
  ) { lesson, input in
    let statistics = lesson.activationStatistics(X: input.X, layers: input.layers) { input.function.value($0) }
    return [
      "mean": statistics.map(\.mean), "deviation": statistics.map(\.deviation), "zeros": statistics.map(\.zeros),
    ]
  },
]

private func largest(_ matrices: [Matrix]) -> Double {
  matrices.map { $0.rows * $0.columns == 0 ? 0 : abs($0).max() }.reduce(0) { max($0, $1) }
}

// MARK: - The zero start

/// How often a training program has been run, and the largest magnitude that it was given.
private final class TrainingLog: @unchecked Sendable {
  var calls = 0, largest = 0.0
}

/// Sizes, and a training program that adds the given changes to W[1], …, W[L] and to b[1], …, b[L].
private struct ZeroStart: Sendable {
  var sizes: [Int], changesOfW: [Matrix], changesOfb: [Matrix]

  /// Layers of other shapes than these sizes have are returned as they are.
  func train(_ layers: [Layer]) -> [Layer] {
    guard
      layers.map(\.W.shape) == changesOfW.map(\.shape), layers.map(\.b.shape) == changesOfb.map(\.shape)
    else { return layers }
    return layers.indices.map { Layer(W: layers[$0].W + changesOfW[$0], b: layers[$0].b + changesOfb[$0]) }
  }

  static func random(
    _ sizes: [Int], scale: Double = 1, plus: Double = 0, using generator: inout SeededGenerator
  ) -> ZeroStart {
    let pairs = Array(zip(sizes, sizes.dropFirst()))
    return ZeroStart(
      sizes: sizes, changesOfW: pairs.map { scale * generator.normal(rows: $1, columns: $0) + plus },
      changesOfb: pairs.map { generator.normal(rows: $1, columns: 1) })
  }

  /// All rows of a layer get the same change of W; the changes of b are of this size.
  static func alike(_ sizes: [Int], b: Double = 0, using generator: inout SeededGenerator) -> ZeroStart {
    let pairs = Array(zip(sizes, sizes.dropFirst()))
    return ZeroStart(
      sizes: sizes,
      changesOfW: pairs.map { Matrix(rows: $1, columns: $0) + generator.normal(rows: 1, columns: $0) },
      changesOfb: pairs.map { b * generator.normal(rows: $1, columns: 1) })
  }
}

// MARK: - Random starts

/// Sizes n_0, n_1, n_2 with at least 10,000 weights in either layer; n_0 is so small that one more or less shows.
private func largeSizes(using generator: inout SeededGenerator) -> [Int] {
  [3 + generator.integer(below: 2), 3400 + generator.integer(below: 200), 5]
}

/// Sizes of 1 and an odd one beside a large one: 40 weights in a layer or more.
private let fewUnits = [1, 40, 3, 40, 1]

/// Sizes whose sum 3 is small and odd.
private let oneAndTwo = [1, 2, 1]

private struct RandomStart: Sendable {
  var sizes: [Int], deviation: Double, seed: UInt64

  static func random(
    _ generator: inout SeededGenerator, deviation: (inout SeededGenerator) -> Double
  ) -> RandomStart {
    RandomStart(
      sizes: largeSizes(using: &generator), deviation: deviation(&generator), seed: generator.next())
  }
}

private struct XavierStart: Sendable {
  var sizes: [Int], scheme: XavierScheme, seed: UInt64

  static func random(_ scheme: XavierScheme, using generator: inout SeededGenerator) -> XavierStart {
    XavierStart(sizes: largeSizes(using: &generator), scheme: scheme, seed: generator.next())
  }
}

private struct HeStart: Sendable {
  var sizes: [Int], seed: UInt64

  static func random(using generator: inout SeededGenerator) -> HeStart {
    HeStart(sizes: largeSizes(using: &generator), seed: generator.next())
  }
}

/// What can be said of random layers, whatever the order in which their weights were drawn.
///
/// Of large layers: how the weights of each are distributed, within `factTolerances`. Of ones with few units: the size of their weights over many
/// starts. Of others: whether every weight is a draw of its own, and whether the generator alone decides.
private func facts(of sizes: [Int], seed: UInt64, _ start: (inout SeededGenerator) -> [Layer]) -> Observation {
  var generator = SeededGenerator(seed: seed)
  let layers = start(&generator)
  let shapesOfW = layers.map { [$0.W.rows, $0.W.columns] }
  let shapesOfb = layers.map { [$0.b.rows, $0.b.columns] }
  let b = largest(layers.map(\.b))
  let counts = zip(sizes, sizes.dropFirst()).map { $0 * $1 }
  /// Numbers of different magnitude: none is drawn twice, nor its negative.
  func share(_ numbers: [Double]) -> Double {
    Double(Set(numbers.map(\.magnitude)).count) / Double(max(numbers.count, 1))
  }
  if counts.allSatisfy({ $0 >= 40_000 }) {
    let spread = layers.map { Distribution($0.W) }
    return [
      "shapes of W": shapesOfW, "shapes of b": shapesOfb, "largest abs(b)": b,
      "standard deviation": spread.map(\.deviation),
      "some weights are beyond 3.5 deviations": spread.map { $0.share(beyond: 3.5) > 0 },
      "fourth moment of 40,000 weights": spread.map(\.fourthMoment),
      "how many weights have the largest abs(w)": layers.map { layer in
        let magnitudes = abs(layer.W)
        return (magnitudes .== magnitudes.max()).sum()
      },
    ]
  }
  if counts.allSatisfy({ $0 >= 10_000 }) {
    let spread = layers.map { Distribution($0.W) }
    return [
      "shapes of W": shapesOfW, "shapes of b": shapesOfb, "largest abs(b)": b,
      "standard deviation": spread.map(\.deviation),
      "mean ÷ deviation": spread.map(\.mean),
      "share beyond 2 deviations": spread.map { $0.share(beyond: 2) },
      "share beyond 2.5 deviations": spread.map { $0.share(beyond: 2.5) }, "fourth moment": spread.map(\.fourthMoment),
      "correlation of neighbours in a row": spread.map(\.alongRows),
      "correlation of neighbours in a column": spread.map(\.alongColumns),
    ]
  }
  let starts = sizes == fewUnits ? 60 : sizes == oneAndTwo ? 1000 : 1
  if starts > 1 {
    var squares = layers.map { $0.W.norm() * $0.W.norm() }
    for _ in 1..<starts {
      for (l, layer) in start(&generator).enumerated() where l < squares.count {
        let norm = layer.W.norm()
        squares[l] += norm * norm
      }
    }
    return [
      "shapes of W": shapesOfW, "shapes of b": shapesOfb, "largest abs(b)": b,
      "root of the mean w², over \(starts) starts": zip(squares, counts).map {
        ($0 / Double(starts * $1)).squareRoot()
      },
    ]
  }
  let weights = layers.flatMap(\.W.elements)
  let second = start(&generator).flatMap(\.W.elements)
  var same = SeededGenerator(seed: seed)
  let repeated = start(&same).flatMap(\.W.elements)
  var other = SeededGenerator(seed: seed &+ 1)
  let others = start(&other).flatMap(\.W.elements)
  return [
    "shapes of W": shapesOfW, "shapes of b": shapesOfb, "largest abs(b)": b,
    "share of different abs(w)": share(weights),
    "a second call gives other weights": weights != second,
    "the same seed gives the same weights": weights == repeated,
    "another seed gives other weights": weights != others,
  ]
}

/// Two samples of N ≥ 10,000 normal weights are compared, the student's and the reference's. By chance their deviations differ by
/// 1/√N = 1 % (one standard deviation), their means by √(2/N) = 0.014, their shares beyond 2 deviations (0.0455) by 0.003 and beyond
/// 2.5 (0.0124) by 0.0016, their fourth moments (3) by √(48/N) = 0.07, the correlations of 6600 pairs or more by 0.0175. Each bound is 6.5 times
/// as much or more. Uniform weights have 0 and 1.8.
///
/// With N = 40,000 the fourth moments differ by 0.035, and the bound is 6 times that; sums of four uniform weights have 2.7. That none of
/// them is beyond 3.5 deviations happens once in 10⁸ times; normal weights that are cut at 3 have none. Over many starts a layer has 2400 or
/// 2000 weights or more, and the deviations differ by 2.0 % or 2.2 %.
private let factTolerances: [String: Tolerance] = [
  "largest abs(b)": .absolute(0),
  "standard deviation": .relative(0.065), "mean ÷ deviation": .absolute(0.095),
  "share beyond 2 deviations": .absolute(0.02), "share beyond 2.5 deviations": .absolute(0.0105),
  "fourth moment": .absolute(0.46),
  "correlation of neighbours in a row": .absolute(0.115), "correlation of neighbours in a column": .absolute(0.115),
  "fourth moment of 40,000 weights": .absolute(0.21),
  "root of the mean w², over 60 starts": .relative(0.13), "root of the mean w², over 1000 starts": .relative(0.14),
]

/// The standard deviation of some weights, and with it as the unit: their mean, the share of them that is further from it than so many
/// deviations, the mean fourth power of their distance, and how alike neighbours are. All 0 where the weights are all alike.
private struct Distribution {
  private let average: Double, variance: Double, shifted: Matrix, squares: Matrix

  init(_ W: Matrix) {
    average = W.rows * W.columns > 0 ? W.mean() : 0
    shifted = W - average
    squares = shifted .* shifted
    variance = W.rows * W.columns > 0 ? squares.mean() : 0
  }

  var deviation: Double { sqrt(variance) }
  var mean: Double { variance > 0 ? average / deviation : average }
  var fourthMoment: Double { variance > 0 ? (squares .* squares).mean() / (variance * variance) : 0 }
  var alongRows: Double {
    let n = shifted.columns
    guard variance > 0, n > 1 else { return 0 }
    return (shifted.columns(0..<n - 1) .* shifted.columns(1..<n)).mean() / variance
  }
  var alongColumns: Double {
    let n = shifted.rows
    guard variance > 0, n > 1 else { return 0 }
    return (shifted.rows(0..<n - 1) .* shifted.rows(1..<n)).mean() / variance
  }

  /// The share of weights that are further from the mean than so many deviations.
  func share(beyond deviations: Double) -> Double {
    variance > 0 ? (squares .> deviations * deviations * variance).mean() : 0
  }
}

// MARK: - Signals through a network

/// Activation functions for the checks; no step asks for one of them.
private enum Bend: String, Sendable {
  case softsign = "softsign, z/(1 + abs(z))"
  case quarter = "a quarter of softsign, z/(4 + 4 abs(z))"
  case deadZone = "z where abs(z) > 0.5, else 0"
  case hill = "z/(1 + z²)"

  func value(_ Z: Matrix) -> Matrix {
    switch self {
    case .softsign: Z ./ (1 + abs(Z))
    case .quarter: Z ./ (4 + 4 * abs(Z))
    case .deadZone: Z .* (abs(Z) .> 0.5)
    case .hill: Z ./ (1 + pow(Z, 2))
    }
  }

  func derivative(_ Z: Matrix) -> Matrix {
    switch self {
    case .softsign: 1 / pow(1 + abs(Z), 2)
    case .quarter: 0.25 / pow(1 + abs(Z), 2)
    case .deadZone: abs(Z) .> 0.5
    case .hill: (1 - pow(Z, 2)) ./ pow(1 + pow(Z, 2), 2)
    }
  }
}

/// A network, its function, examples and the gradient from above.
private struct Network: ExampleBatch, Sendable {
  var X: Matrix, layers: [Layer], activation: String, dA: Matrix
  var examples: Int { X.columns }
  var function: Bend { Bend(rawValue: activation)! }
  var isChain: Bool { layers.count > 1 && layers.allSatisfy { $0.W.rows == 1 && $0.W.columns == 1 } }

  func g(_ Z: Matrix) -> Matrix { function.value(Z) }
  func gPrime(_ Z: Matrix) -> Matrix { function.derivative(Z) }

  static let worked = Network(
    X: [[1, -1], [2, 1]],
    layers: [Layer(W: [[1, 1], [0, -1]], b: [[0], [1]]), Layer(W: [[4, 2]], b: [[1]])],
    activation: Bend.softsign.rawValue, dA: [[16, -4]])

  /// Numbers of which no two are alike, biases that are not 0.
  static func random(
    _ sizes: [Int], m: Int, _ function: Bend, b: Double = 0.3, dA: Double = 1, using generator: inout SeededGenerator
  ) -> Network {
    Network(
      X: generator.normal(rows: sizes[0], columns: m),
      layers: zip(sizes, sizes.dropFirst()).map {
        Layer(
          W: 1.5 / sqrt(Double($0)) * generator.normal(rows: $1, columns: $0),
          b: b + 0.3 * generator.normal(rows: $1, columns: 1))
      },
      activation: function.rawValue, dA: dA * (0.5 + generator.normal(rows: sizes[sizes.count - 1], columns: m)))
  }

  /// One unit in each of four layers; everything is positive.
  static func chain(using generator: inout SeededGenerator) -> Network {
    Network(
      X: 0.5 + generator.uniform(rows: 1, columns: 3),
      layers: (0..<4).map { _ in
        Layer(W: 0.5 + generator.uniform(rows: 1, columns: 1), b: 0.1 + generator.uniform(rows: 1, columns: 1))
      },
      activation: Bend.softsign.rawValue, dA: [[1, 1, 1]])
  }

  /// In the second of four layers every score lies in the dead zone; the layers after it live on their biases.
  static func dead(using generator: inout SeededGenerator) -> Network {
    var network = random([3, 4, 5, 2, 3], m: 4, .deadZone, using: &generator)
    network.layers[1] = Layer(
      W: 1e-3 * generator.normal(rows: 5, columns: 4), b: 0.1 * generator.uniform(rows: 5, columns: 1))
    network.layers[2].b = 1 + generator.uniform(rows: 2, columns: 1)
    return network
  }

  /// Small weights and no biases: the activations shrink from layer to layer.
  static func tiny(_ scale: Double = 1e-4, using generator: inout SeededGenerator) -> Network {
    var network = random([4, 5, 3, 6, 2], m: 4, .softsign, using: &generator)
    network.layers = network.layers.map { Layer(W: scale * $0.W, b: 0 * $0.b) }
    return network
  }

  /// One unit in the second layer, and one example: its score lies in the dead zone.
  static let silent = Network(
    X: [[1], [-2]],
    layers: [
      Layer(W: [[1, 0.5], [2, 1], [-1, 2]], b: [[1], [0.75], [1]]), Layer(W: [[0.1, 0.1, 0.05]], b: [[0.125]]),
    ],
    activation: Bend.deadZone.rawValue, dA: [[1]])

  func permuted(by order: [Int]) -> Network {
    Network(X: X.columns(at: order), layers: layers, activation: activation, dA: dA.columns(at: order))
  }
}

/// The same without the gradient from above.
private struct Signals: ExampleBatch, Sendable {
  var X: Matrix, layers: [Layer], activation: String
  var examples: Int { X.columns }
  var function: Bend { Bend(rawValue: activation)! }

  init(_ network: Network) {
    X = network.X
    layers = network.layers
    activation = network.activation
  }

  private init(X: Matrix, layers: [Layer], activation: String) {
    self.X = X
    self.layers = layers
    self.activation = activation
  }

  func permuted(by order: [Int]) -> Signals {
    Signals(X: X.columns(at: order), layers: layers, activation: activation)
  }
}
