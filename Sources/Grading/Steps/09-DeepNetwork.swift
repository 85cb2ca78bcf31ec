import Curriculum

/// The steps of lesson 9.
public let deepNetworkSteps: [Step<any DeepNetworkLesson>] = [
  Step(
    "9.1",
    on: [
      .worked((sizes: [2, 3, 2, 1], seed: 9)),
      .random { (sizes: [$0.integer(below: 20) + 110, 95, 120], seed: Int($0.integer(below: 1_000_000))) },
      .edge("a wide layer on a narrow one") { (sizes: [4, 2600, 4, 1], seed: Int($0.integer(below: 1_000_000))) },
      .edge("one layer", (sizes: [5, 3], seed: 4)), .edge("no layer", (sizes: [7], seed: 5)),
      .edge("six layers", (sizes: [3, 2, 4, 2, 3, 5, 2], seed: 6)),
    ] as [Input<(sizes: [Int], seed: Int)>],
    tolerances: [
      "mean of W, in deviations": .absolute(0.06), "deviation of W, as a multiple of √(2/n_(l−1))": .absolute(0.045),
      "share of weights beyond two deviations": .absolute(0.014),
      "correlation of neighbouring weights": .absolute(0.06),
    ]
  ) { lesson, input in initialFacts(lesson, sizes: input.sizes, seed: UInt64(input.seed)) },

  Step(
    "9.2",
    on: [
      .worked(Affine(APrev: Net.worked.X, layer: Net.worked.layers[0])),
      .random { .random(n: 3, p: 4, m: 5, using: &$0) }, .random { .random(n: 6, p: 2, m: 3, using: &$0) },
      .edge("one example") { .random(n: 4, p: 3, m: 1, using: &$0) },
      .edge("one unit") { .random(n: 3, p: 1, m: 4, using: &$0) },
      .edge("all sizes equal") { .random(n: 3, p: 3, m: 3, using: &$0) },
      .edge("scores of ±3000", .large),
    ] as [Input<Affine>]
  ) { lesson, input in
    let forward = lesson.linearForward(APrev: input.APrev, layer: input.layer)
    return [
      "Z": forward.Z, "cache.APrev": forward.cache.APrev, "cache.layer.W": forward.cache.layer.W,
      "cache.layer.b": forward.cache.layer.b,
    ]
  },

  Step(
    "9.3",
    on: [
      .worked(Activated(affine: Affine(APrev: Net.worked.X, layer: Net.worked.layers[0]), activation: .relu))
    ] + Activated.all
      + [
        .edge("scores of ±1000, softmax", .extreme(.softmax)), .edge("scores of ±1000, σ", .extreme(.sigmoid)),
        .edge("scores of ±1000, tanh", .extreme(.tanh)), .edge("scores of ±1000, ReLU", .extreme(.relu)),
        .edge("scores of ±1000, identity", .extreme(.identity)),
        .edge("scores of ±3000, ReLU", Activated(affine: .large, activation: .relu)),
        .edge("scores of ±3000, identity", Activated(affine: .large, activation: .identity)),
        .edge("scores of −700 … −800, softmax") { .low(.softmax, using: &$0) },
        .edge("scores that are very near 0, ReLU", .tiny(.relu)),
        .edge("one example, softmax") { .random(n: 4, p: 3, m: 1, .softmax, using: &$0) },
        .edge("a single unit, softmax, which is always 1") { .random(n: 4, p: 1, m: 3, .softmax, using: &$0) },
        .edge("all sizes equal, softmax") { .random(n: 3, p: 3, m: 3, .softmax, using: &$0) },
      ] as [Input<Activated>]
  ) { lesson, input in
    let forward = lesson.layerForward(
      APrev: input.affine.APrev, layer: input.affine.layer, activation: input.activation)
    return [
      "A": forward.A, "cache.Z": forward.cache.Z, "cache.A": forward.cache.A,
      "cache.activation (0 identity, 1 σ, 2 tanh, 3 ReLU, 4 softmax)": number(of: forward.cache.activation),
      "cache.linear.APrev": forward.cache.linear.APrev, "cache.linear.layer.W": forward.cache.linear.layer.W,
      "cache.linear.layer.b": forward.cache.linear.layer.b,
    ]
  },

  Step(
    "9.4",
    on: Net.inputs + [
      .edge("scores of ±1000, σ head", .saturated), .edge("scores of ±1000, softmax head", .saturatedSoftmax),
      .edge("a softmax head with a single output, which is always 1", .single),
      .edge("two classes, softmax head") { .random([3, 4, 2], m: 5, .tanh, using: &$0) },
      .edge("six layers") { .random([2, 3, 4, 3, 2, 3, 1], m: 3, .tanh, using: &$0) },
      .edge("softmax in the hidden layers too") { .random([3, 4, 3, 2], m: 4, .softmax, using: &$0) },
      .edge("eight layers, seven of them alike in size") {
        .random([2, 2, 2, 2, 2, 2, 2, 2, 1], m: 3, .sigmoid, using: &$0)
      },
    ]
  ) { lesson, net in
    let forward = lesson.forward(X: net.X, layers: net.layers, hidden: net.hidden, head: net.head)
    var facts: Observation = ["A": forward.A, "caches.count": forward.caches.count]
    for (k, cache) in forward.caches.enumerated() {
      facts += [
        "cache of layer \(k + 1): Z": cache.Z, "cache of layer \(k + 1): A": cache.A,
        "cache of layer \(k + 1): activation (0 identity, 1 σ, 2 tanh, 3 ReLU, 4 softmax)":
          number(of: cache.activation),
        "cache of layer \(k + 1): APrev": cache.linear.APrev, "cache of layer \(k + 1): W": cache.linear.layer.W,
        "cache of layer \(k + 1): b": cache.linear.layer.b,
      ]
    }
    return facts
  },

  Step(
    "9.5",
    on: [
      .worked(Predicted(A: [[0.9, 0.2, 0.6, 0.5]], Y: [[1, 0, 1, 0]], head: .sigmoid)),
      .edge(
        "the chapter's example of softmax",
        Predicted(A: [[0.7, 0.25], [0.2, 0.25], [0.1, 0.5]], Y: [[1, 0], [0, 1], [0, 0]], head: .softmax)),
      .random { .random(K: 1, m: 5, .sigmoid, using: &$0) }, .random { .random(K: 4, m: 6, .softmax, using: &$0) },
      .random { .random(K: 3, m: 7, .softmax, using: &$0) },
      .edge("one example, σ") { .random(K: 1, m: 1, .sigmoid, using: &$0) },
      .edge("one example that was thought impossible, σ", Predicted(A: [[0]], Y: [[1]], head: .sigmoid)),
      .edge(
        "one example that was thought impossible, softmax", Predicted(A: [[1], [0]], Y: [[0], [1]], head: .softmax)),
      .edge("one example, softmax") { .random(K: 3, m: 1, .softmax, using: &$0) },
      .edge("two classes, softmax") { .random(K: 2, m: 5, .softmax, using: &$0) },
      .edge(
        "probabilities of exactly 0 and 1, σ",
        Predicted(A: [[0, 1, 1, 0.5, 0]], Y: [[1, 1, 0, 0, 0]], head: .sigmoid)),
      .edge(
        "probabilities of exactly 0 and 1, softmax",
        Predicted(
          A: [[1, 0, 0, 0.5], [0, 1, 0, 0.5], [0, 0, 1, 0]], Y: [[1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]],
          head: .softmax)),
      .edge(
        "probabilities that are nearly 0, σ",
        Predicted(A: [[1e-10, 0x1p-55, 1 - 0x1p-30, 1 - 0x1p-52, 0.25]], Y: [[1, 1, 0, 0, 0]], head: .sigmoid)),
      .edge(
        "probabilities that are nearly 0, softmax",
        Predicted(
          A: [[1e-10, 0x1p-55, 0.5], [1 - 1e-10, 1, 0.25], [0, 0, 0.25]], Y: [[1, 1, 0], [0, 0, 0], [0, 0, 1]],
          head: .softmax)),
    ] as [Input<Predicted>],
    // log1p(a − 1) and log1p(−a) lose digits where they are near log 0, and are no mistakes.
    tolerances: ["J": .close(relative: 1e-7, absolute: 1e-9)]
  ) { lesson, input in ["J": lesson.cost(A: input.A, Y: input.Y, head: input.head)] },

  Step(
    "9.6",
    on: [
      .worked(
        BackwardLinear(
          dZ: [[1, -2, 0, 3], [0, 1, -1, 2]],
          cache: LinearCache(APrev: [[1, 2, 0, 0], [2, 0, 3, 0], [2.5, 0, 0, 0]], layer: Net.worked.layers[1]))),
      .random { .random(n: 3, p: 4, m: 5, using: &$0) }, .random { .random(n: 6, p: 2, m: 7, using: &$0) },
      .edge("one example") { .random(n: 4, p: 3, m: 1, using: &$0) },
      .edge("one unit") { .random(n: 3, p: 1, m: 4, using: &$0) },
      .edge("all sizes equal") { .random(n: 3, p: 3, m: 3, using: &$0) },
      .edge("large gradients") { .random(n: 3, p: 4, m: 5, scale: 1000, using: &$0) },
      .edge("small gradients") { .random(n: 3, p: 4, m: 5, scale: 1e-7, using: &$0) },
      .edge("one feature") { .random(n: 1, p: 3, m: 4, using: &$0) },
      .edge("many examples") { .random(n: 2, p: 1, m: 70, using: &$0) },
    ] as [Input<BackwardLinear>],
    tolerances: [
      "dW": .close(relative: 1e-9, absolute: 1e-12), "db": .close(relative: 1e-9, absolute: 1e-12),
      "dAPrev": .close(relative: 1e-9, absolute: 1e-12),
    ],
    derivatives: { reference, input in
      if input.isScaled { return [:] }
      let (dZ, cache, m) = (input.dZ, input.cache, Double(input.dZ.columns))
      // Some cost whose gradient by Z is dZ/m.
      @Sendable func cost(_ APrev: Matrix, _ W: Matrix, _ b: Matrix) -> Double {
        (dZ .* reference.linearForward(APrev: APrev, layer: Layer(W: W, b: b)).Z).sum() / m
      }
      return [
        "dW": .of("Σ dZ·Z/m", at: cache.layer.W) { cost(cache.APrev, $0, cache.layer.b) },
        "db": .of("Σ dZ·Z/m", at: cache.layer.b) { cost(cache.APrev, cache.layer.W, $0) },
        "dAPrev": .of("Σ dZ·Z", at: cache.APrev) { m * cost($0, cache.layer.W, cache.layer.b) },
      ]
    }
  ) { lesson, input in
    let g = lesson.linearBackward(dZ: input.dZ, cache: input.cache)
    return ["dW": g.dW, "db": g.db, "dAPrev": g.dAPrev]
  },

  Step(
    "9.7",
    on: [
      .worked(
        BackwardActivation(
          dA: [[1, 2, -1, 0.5], [-2, 3, 4, 1]], scores: [[3, 1, -4, -1], [3, -3.5, 3.5, 0.5]], activation: .relu))
    ] + BackwardActivation.all
      + [
        .edge(
          "z = 0, ReLU",
          BackwardActivation(
            dA: [[2, -1, 3], [1, -4, 0.5]], scores: [[0, 1, -1], [0.5, 0, -2]], activation: .relu)),
        .edge(
          "z very near 0, ReLU",
          BackwardActivation(
            dA: [[2, -1, 3, 5], [1, -4, 0.5, 7]], scores: [[1e-18, 1, -1e-18, 1e-9], [0.5, 1e-12, -2, -1e-9]],
            activation: .relu)),
        .edge("z = ±1000, σ", .extreme(.sigmoid)), .edge("z = ±1000, tanh", .extreme(.tanh)),
        .edge("z = ±1000, softmax", .extreme(.softmax)), .edge("z = ±1000, ReLU", .extreme(.relu)),
        .edge("z = ±1000, identity", .extreme(.identity)),
        .edge("large gradients from above, ReLU") { .random(p: 3, m: 5, .relu, scale: 1000, using: &$0) },
        .edge("large gradients from above, σ") { .random(p: 3, m: 5, .sigmoid, scale: 1000, using: &$0) },
        .edge("one example, softmax") { .random(p: 4, m: 1, .softmax, using: &$0) },
        .edge("as many units as examples, softmax") { .random(p: 3, m: 3, .softmax, using: &$0) },
        .edge("a single unit, ReLU") { .random(p: 1, m: 5, .relu, using: &$0) },
        .edge("a single unit, σ") { .random(p: 1, m: 4, .sigmoid, using: &$0) },
        .edge("a single unit, tanh") { .random(p: 1, m: 3, .tanh, using: &$0) },
        .edge("a single unit, softmax, which is always 1") { .random(p: 1, m: 4, .softmax, using: &$0) },
        .edge("nearly flat, σ", .steep(.sigmoid)), .edge("nearly flat, tanh", .steep(.tanh)),
      ] as [Input<BackwardActivation>],
    derivatives: { reference, input in
      if input.isFlatOrKinked { return [:] }
      return [
        "dZ": .of("Σ dA·A", at: input.scores) {
          (input.dA .* reference.layerForward(APrev: $0, layer: input.layer, activation: input.activation).A).sum()
        }
      ]
    }
  ) { lesson, input in
    let cache = lesson.layerForward(APrev: input.scores, layer: input.layer, activation: input.activation).cache
    return ["dZ": lesson.activationBackward(dA: input.dA, cache: cache)]
  },

  Step(
    "9.8",
    on: Net.inputs + [
      .edge("scores of ±1000, σ head", .saturated), .edge("scores of ±1000, softmax head", .saturatedSoftmax),
      .edge("a hidden unit whose scores are 0", .silent),
      .edge("two classes, softmax head") { .random([3, 4, 2], m: 5, .tanh, using: &$0) },
      .edge("six layers") { .random([2, 3, 4, 3, 2, 3, 1], m: 3, .tanh, using: &$0) },
      .edge("softmax in the hidden layers too") { .random([3, 4, 3, 2], m: 4, .softmax, using: &$0) },
      .edge("hidden layers of equal size") { .random([3, 4, 4, 4, 2], m: 5, .tanh, using: &$0) },
      .edge("nine layers") { .random([2, 3, 2, 3, 2, 3, 2, 3, 2, 1], m: 4, .identity, using: &$0) },
      .edge("twenty examples") { .random([2, 3, 1], m: 20, .tanh, using: &$0) },
    ],
    derivatives: { reference, net in net.derivatives(reference) }
  ) { lesson, net in
    let forward = lesson.forward(X: net.X, layers: net.layers, hidden: net.hidden, head: net.head)
    let gradients = lesson.backward(Y: net.Y, forward: forward)
    // In the order of the pass: the first that is wrong is reported first.
    var facts: Observation = ["how many layers' gradients": gradients.count]
    for (k, g) in gradients.enumerated().reversed() {
      facts += [
        "layer \(k + 1): dZ": g.dZ, "layer \(k + 1): dW": g.dW, "layer \(k + 1): db": g.db,
        "layer \(k + 1): dAPrev": g.dAPrev,
      ]
    }
    return facts
  },

  Step(
    "9.9",
    on: [
      .worked(
        Update(
          layers: Net.worked.layers,
          gradients: [
            .init(dW: [[1, 0], [-2, 1], [0.5, 3]], db: [[2], [-1], [0]]),
            .init(dW: [[1, 2, -1], [0, 4, 1]], db: [[1], [-2]]), .init(dW: [[-1, 3]], db: [[2]]),
          ], rate: 0.5)),
      .random { .random([4, 3, 5, 2], using: &$0) }, .random { .random([2, 5, 3, 4, 1], using: &$0) },
      .edge("one layer") { .random([3, 2], using: &$0) },
      .edge("six layers") { .random([2, 3, 4, 3, 2, 3, 1], using: &$0) },
      .edge("all sizes equal") { .random([3, 3, 3, 3], using: &$0) },
      .edge("a rate of 0") { Update.random([3, 4, 2], using: &$0).at(rate: 0) },
      .edge("a rate of 1") { Update.random([3, 4, 2], using: &$0).at(rate: 1) },
      .edge("large gradients") { .random([2, 4, 3], scale: 300, using: &$0) },
      .edge("small gradients and a large rate") { Update.random([2, 4, 3], scale: 1e-6, using: &$0).at(rate: 1e6) },
    ] as [Input<Update>]
  ) { lesson, input in
    observation(of: lesson.update(input.layers, gradients: input.all, rate: input.rate))
  },

  Step(
    "9.10",
    on: [
      .worked(Training(net: .worked, rate: 0.5, steps: 2)),
      .random {
        Training(net: .random([3, 4, 2, 1], m: 6, .tanh, using: &$0), rate: 0.1 + 0.4 * $0.uniform(), steps: 4)
      },
      .random { Training(net: .random([4, 2, 5, 3], m: 7, .relu, using: &$0), rate: 0.05, steps: 3) },
      .random {
        Training(net: .random([2, 5, 4], m: 3, .sigmoid, using: &$0), rate: 0.1 + 0.4 * $0.uniform(), steps: 6)
      },
      .edge("one layer, σ head") { Training(net: .random([3, 1], m: 5, .tanh, using: &$0), rate: 0.5, steps: 3) },
      .edge("one step") { Training(net: .random([2, 3, 1], m: 4, .sigmoid, using: &$0), rate: 0.5, steps: 1) },
      .edge("no step at all") { Training(net: .random([2, 4, 3], m: 5, .tanh, using: &$0), rate: 0.5, steps: 0) },
      .edge("a rate so large that the cost rises", Training(net: .worked, rate: 8, steps: 3)),
      .edge("a rate so small that the cost hardly falls") {
        Training(net: .random([2, 3, 1], m: 4, .tanh, using: &$0), rate: 1e-9, steps: 4)
      },
      .edge("a cost that is small from the start", Training(net: .learnt, rate: 0.1, steps: 3)),
      .edge("scores of ±1000, σ head", Training(net: .saturated, rate: 1e-4, steps: 2)),
      .edge("a long training") { Training(net: .random([3, 4, 2, 1], m: 5, .tanh, using: &$0), rate: 0.2, steps: 20) },
      .edge("sixty steps of a small network") {
        Training(net: .random([2, 1], m: 3, .tanh, using: &$0), rate: 0.1, steps: 60)
      },
      .edge("six layers") {
        Training(net: .random([2, 3, 4, 3, 2, 3, 1], m: 3, .tanh, using: &$0), rate: 0.2, steps: 3)
      },
      .edge("hidden layers without g") {
        Training(net: .random([3, 2, 4, 1], m: 4, .identity, using: &$0), rate: 0.05, steps: 3)
      },
      .edge("softmax in the hidden layers too") {
        Training(net: .random([3, 4, 3, 2], m: 4, .softmax, using: &$0), rate: 0.3, steps: 3)
      },
      .edge("small features and a rate of 20", Training(net: .small, rate: 20, steps: 3)),
      .edge("a softmax head with a single output, whose cost is 0", Training(net: .single, rate: 0.5, steps: 3)),
    ] as [Input<Training>]
  ) { lesson, input in
    let net = input.net
    let result = lesson.train(
      X: net.X, Y: net.Y, from: net.layers, hidden: net.hidden, head: net.head, rate: input.rate, steps: input.steps)
    var facts: Observation = ["costs": result.costs]
    facts += observation(of: result.layers)
    return facts
  },

  Step(
    "9.11",
    on: [
      .worked(Asked(.worked)), .random { Asked(.random([3, 4, 2, 1], m: 9, .tanh, using: &$0)) },
      .random { Asked(.random([4, 2, 5, 3], m: 9, .relu, using: &$0)) },
      .random { Asked(.random([2, 5, 3, 4], m: 8, .sigmoid, using: &$0)) },
      .edge("one layer, σ head", .halves), .edge("one layer, softmax head, with ties", .ties),
      .edge("an undecided network, σ head", .undecided(.sigmoid)),
      .edge("an undecided network, softmax head", .undecided(.softmax)),
      .edge("one example, σ head") { Asked(.random([3, 2, 1], m: 1, .tanh, using: &$0)) },
      .edge("one example, softmax head") { Asked(.random([2, 3, 4], m: 1, .tanh, using: &$0)) },
      .edge("scores of ±1000, σ head", Asked(.saturated)),
      .edge("scores of ±1000, softmax head", Asked(.saturatedSoftmax)),
      .edge("eleven classes, each once", .each), .edge("the hidden tanh decides, σ head", .decided(.sigmoid)),
      .edge("the hidden tanh decides, softmax head", .decided(.softmax)),
      .edge("scores that differ little, softmax head", .close), .edge("scores of 40 and 50, softmax head", .large),
    ] as [Input<Asked>]
  ) { lesson, input in
    ["classes": lesson.predict(X: input.X, layers: input.layers, hidden: input.hidden, head: input.head)]
  },
]

// MARK: - Observations

extension Observation {
  /// More quantities, after those that are there.
  fileprivate static func += (a: inout Observation, b: Observation) {
    a = Observation(quantities: a.quantities + b.quantities)
  }
}

private func observation(of layers: [Layer]) -> Observation {
  var facts: Observation = ["how many layers": layers.count]
  for (k, layer) in layers.enumerated() {
    facts += ["layer \(k + 1): W": layer.W, "layer \(k + 1): b": layer.b]
  }
  return facts
}

private func number(of activation: Activation) -> Int {
  switch activation {
  case .identity: 0
  case .sigmoid: 1
  case .tanh: 2
  case .relu: 3
  case .softmax: 4
  }
}

/// What can be said of random layers: shapes, and of large layers how the weights are distributed.
private func initialFacts(_ lesson: any DeepNetworkLesson, sizes: [Int], seed: UInt64) -> Observation {
  var generator = SeededGenerator(seed: seed)
  let first = lesson.initialLayers(sizes: sizes, using: &generator)
  // What seeds do shows on a small network of as many layers.
  let few = sizes.map { min($0, 6) }
  generator = SeededGenerator(seed: seed)
  let small = lesson.initialLayers(sizes: few, using: &generator)
  let next = lesson.initialLayers(sizes: few, using: &generator)
  generator = SeededGenerator(seed: seed)
  let again = lesson.initialLayers(sizes: few, using: &generator)
  generator = SeededGenerator(seed: seed &+ 1)
  let other = lesson.initialLayers(sizes: few, using: &generator)
  /// Whether two lists have the same weights, layer by layer.
  func same(_ a: [Layer], _ b: [Layer]) -> Bool { a.count == b.count && zip(a, b).allSatisfy { $0.W == $1.W } }
  let sample = first.filter { !$0.W.elements.isEmpty }.flatMap {
    $0.W.row(0).elements + $0.W.column(0).elements.dropFirst()
  }
  let isEmpty = sample.isEmpty
  var facts: Observation = [
    "rows and columns of each W": first.map { [$0.W.rows, $0.W.columns] },
    "rows and columns of each b": first.map { [$0.b.rows, $0.b.columns] },
    "largest magnitude in b": first.map { $0.b.elements.isEmpty ? 0 : abs($0.b).max() }.max() ?? 0,
    "share of different weights in the first rows and columns":
      isEmpty ? 1 : Double(Set(sample).count) / Double(sample.count),
    "the same seed gives the same weights (1: yes, 0: no)": same(again, small),
    "another seed gives other weights (1: yes, 0: no)": isEmpty || !same(other, small),
    "a second call on the same generator gives other weights (1: yes, 0: no)": isEmpty || !same(next, small),
  ]
  let large = zip(first, sizes).map { (W: $0.W, theory: (2 / Double($1)).squareRoot()) }
    .filter { $0.W.rows * $0.W.columns >= 10_000 }
  if !large.isEmpty {
    let spreads = large.map { Spread(of: $0.W) }
    facts += [
      "mean of W, in deviations": spreads.map(\.mean),
      "deviation of W, as a multiple of √(2/n_(l−1))": zip(spreads, large).map { $0.deviation / $1.theory },
      "share of weights beyond two deviations": spreads.map(\.tails),
      "correlation of neighbouring weights": spreads.map(\.correlation),
    ]
  }
  return facts
}

/// How numbers are distributed: their mean in deviations, their deviation, the share that lies more than two deviations from
/// the mean, and how alike neighbours are.
private struct Spread {
  var mean, deviation, tails, correlation: Double

  init(of W: Matrix) {
    let count = W.rows * W.columns
    let shifted = (W - W.mean()).reshaped(rows: 1, columns: count)
    deviation = shifted.norm() / Double(count).squareRoot()
    mean = deviation > 0 ? W.mean() / deviation : W.mean()
    tails = (abs(shifted) .> 2 * deviation).mean()
    let products = shifted.columns(0..<count - 1) .* shifted.columns(1..<count)
    correlation = deviation > 0 ? products.mean() / (deviation * deviation) : 1
  }
}

// MARK: - One layer

/// What a layer is given, and the layer.
private struct Affine: ExampleBatch, Sendable {
  var APrev: Matrix, layer: Layer
  var examples: Int { APrev.columns }

  static func random(n: Int, p: Int, m: Int, using generator: inout SeededGenerator) -> Affine {
    Affine(APrev: generator.normal(rows: n, columns: m), layer: .random(p, n, using: &generator))
  }

  static let large = Affine(
    APrev: [[1000, -1000, 2], [500, 1, -1500]], layer: Layer(W: [[3, 0.5], [-2, 2]], b: [[0.5], [-1]]))

  func permuted(by order: [Int]) -> Affine { Affine(APrev: APrev.columns(at: order), layer: layer) }
}

extension Layer {
  /// Normal weights, and biases around ½.
  fileprivate static func random(
    _ p: Int, _ n: Int, weights: Double = 1, using generator: inout SeededGenerator
  ) -> Layer {
    Layer(W: weights * generator.normal(rows: p, columns: n), b: 0.5 + generator.normal(rows: p, columns: 1))
  }

  /// A layer whose Z is what it is given.
  fileprivate static func passing(_ n: Int) -> Layer { Layer(W: .identity(n), b: Matrix(rows: n, columns: 1)) }
}

/// The same, and which g.
private struct Activated: ExampleBatch, Sendable {
  var affine: Affine, activation: Activation
  var examples: Int { affine.examples }

  /// Each g on sizes of its own.
  static let all: [Input<Activated>] = [
    .random { .random(n: 3, p: 4, m: 5, .relu, using: &$0) },
    .random { .random(n: 5, p: 2, m: 3, .sigmoid, using: &$0) },
    .random { .random(n: 2, p: 3, m: 6, .tanh, using: &$0) },
    .random { .random(n: 4, p: 5, m: 3, .softmax, using: &$0) },
    .random { .random(n: 2, p: 3, m: 7, .softmax, using: &$0) },
    .random { .random(n: 6, p: 3, m: 2, .identity, using: &$0) },
  ]

  static func random(
    n: Int, p: Int, m: Int, _ activation: Activation, using generator: inout SeededGenerator
  ) -> Activated {
    Activated(affine: .random(n: n, p: p, m: m, using: &generator), activation: activation)
  }

  /// Z is 1000, −1000 and less extreme numbers, of different size in each column.
  static func extreme(_ activation: Activation) -> Activated {
    Activated(
      affine: Affine(
        APrev: [[1, -1, 0.998, 0], [0, -1, -1, 0.002]],
        layer: Layer(W: [[1000, 0], [0, 1000], [500, 500]], b: [[0], [1], [-0.5]])),
      activation: activation)
  }

  /// Columns whose scores all are so low that every exponential is 0, beside one of which that is not so.
  static func low(_ activation: Activation, using generator: inout SeededGenerator) -> Activated {
    Activated(
      affine: Affine(
        APrev: [[-800, -750, 1, 800]],
        layer: Layer(W: [[1], [1], [1]], b: generator.normal(rows: 3, columns: 1))),
      activation: activation)
  }

  /// Scores of ±1e-5 and ±1e-3.
  static func tiny(_ activation: Activation) -> Activated {
    Activated(
      affine: Affine(
        APrev: [[1e-5, -1e-5, 1e-3], [-1e-3, 1e-3, 2]], layer: Layer(W: [[1, 0], [0, 1]], b: [[0], [0]])),
      activation: activation)
  }

  func permuted(by order: [Int]) -> Activated { Activated(affine: affine.permuted(by: order), activation: activation) }
}

/// The gradient by Z, and what 9.2 has kept.
private struct BackwardLinear: ExampleBatch, Sendable {
  var dZ: Matrix, cache: LinearCache
  var examples: Int { dZ.columns }
  /// Whether differences say too little.
  var isScaled: Bool { dZ.norm() > 500 || dZ.norm() < 1e-3 }

  static func random(
    n: Int, p: Int, m: Int, scale: Double = 1, using generator: inout SeededGenerator
  ) -> BackwardLinear {
    let affine = Affine.random(n: n, p: p, m: m, using: &generator)
    return BackwardLinear(
      dZ: scale * (0.25 + generator.normal(rows: p, columns: m)),
      cache: LinearCache(APrev: affine.APrev, layer: affine.layer))
  }

  func permuted(by order: [Int]) -> BackwardLinear {
    BackwardLinear(
      dZ: dZ.columns(at: order), cache: LinearCache(APrev: cache.APrev.columns(at: order), layer: cache.layer))
  }
}

/// The gradient by A, and the scores Z at which g is: they go through a layer that changes nothing.
private struct BackwardActivation: ExampleBatch, Sendable {
  var dA: Matrix, scores: Matrix, activation: Activation
  var examples: Int { dA.columns }
  var layer: Layer { .passing(scores.rows) }

  /// Whether a score is at a kink, or g flat to the last digit.
  var isFlatOrKinked: Bool {
    scores.elements.contains { abs($0) > 100 || (activation == .relu && abs($0) < 0.01) } || dA.norm() > 500
  }

  static let all: [Input<BackwardActivation>] = [
    .random { .random(p: 4, m: 5, .relu, using: &$0) }, .random { .random(p: 3, m: 5, .sigmoid, using: &$0) },
    .random { .random(p: 3, m: 4, .tanh, using: &$0) }, .random { .random(p: 4, m: 6, .softmax, using: &$0) },
    .random { .random(p: 5, m: 3, .softmax, using: &$0) }, .random { .random(p: 2, m: 3, .identity, using: &$0) },
  ]

  static func random(
    p: Int, m: Int, _ activation: Activation, scale: Double = 1, using generator: inout SeededGenerator
  ) -> BackwardActivation {
    BackwardActivation(
      dA: scale * (0.5 + generator.normal(rows: p, columns: m)),
      scores: 0.25 + 1.5 * generator.normal(rows: p, columns: m),
      activation: activation)
  }

  static func extreme(_ activation: Activation) -> BackwardActivation {
    BackwardActivation(
      dA: [[2, -1, 3, 0.5], [1, -4, 0.5, -1]], scores: [[1000, -1000, 0.5, -999], [-1000, -999, 1000, -1000]],
      activation: activation)
  }

  /// Scores at which g hardly rises any more, and still does.
  static func steep(_ activation: Activation) -> BackwardActivation {
    BackwardActivation(
      dA: [[20, -10, 30, 50], [10, -40, 5, 70]], scores: [[3, -5, 4.5, -3.5], [5, -4, -6, 5.5]], activation: activation)
  }

  func permuted(by order: [Int]) -> BackwardActivation {
    BackwardActivation(dA: dA.columns(at: order), scores: scores.columns(at: order), activation: activation)
  }
}

/// Probabilities and labels.
private struct Predicted: ExampleBatch, Sendable {
  var A: Matrix, Y: Matrix, head: Head
  var examples: Int { A.columns }

  static func random(K: Int, m: Int, _ head: Head, using generator: inout SeededGenerator) -> Predicted {
    let positive = 0.05 + 0.9 * generator.uniform(rows: K, columns: m)
    return Predicted(
      A: head == .sigmoid ? positive : positive ./ positive.columnSums(), Y: labels(K: K, m: m, using: &generator),
      head: head)
  }

  func permuted(by order: [Int]) -> Predicted {
    Predicted(A: A.columns(at: order), Y: Y.columns(at: order), head: head)
  }
}

/// Labels 0 and 1 (K = 1), or one-hot columns: not all alike where m > 1.
private func labels(K: Int, m: Int, using generator: inout SeededGenerator) -> Matrix {
  if K == 1 { return LogisticBatch.labels(m, using: &generator) }
  var Y = Matrix(rows: K, columns: m)
  let offset = generator.integer(below: K)
  for i in 0..<m { Y[i < 2 ? (offset + i) % K : generator.integer(below: K), i] = 1 }
  return Y
}

// MARK: - A network

/// Examples, labels and a network.
private struct Net: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, layers: [Layer], hidden: Activation, head: Head
  var examples: Int { X.columns }

  /// The chapter's: 2 features, 3 and 2 hidden units, 4 examples.
  static let worked = Net(
    X: [[1, 2, -1, -1], [2, -2, 1, -3]], Y: [[1, 0, 0, 1]],
    layers: [
      Layer(W: [[1, 0], [-1, 1], [1, 1]], b: [[0], [1], [-0.5]]),
      Layer(W: [[1, -1, 2], [-2, 1, 1]], b: [[-1], [0.5]]), Layer(W: [[1, -0.5]], b: [[0.5]]),
    ],
    hidden: .relu, head: .sigmoid)

  /// The chapter's, networks of one to four layers with all sizes different, and a single example.
  static let inputs: [Input<Net>] = [
    .worked(worked), .random { .random([3, 4, 2, 1], m: 5, .tanh, using: &$0) },
    .random { .random([4, 2, 5, 3], m: 6, .relu, using: &$0) },
    .random { .random([2, 6, 5, 3, 4], m: 7, .sigmoid, using: &$0) },
    .random { .random([5, 3, 4, 2, 1], m: 6, .relu, using: &$0) },
    .edge("one layer, σ head") { .random([3, 1], m: 4, .tanh, using: &$0) },
    .edge("one layer, softmax head") { .random([2, 4], m: 5, .relu, using: &$0) },
    .edge("one example") { .random([3, 2, 4], m: 1, .tanh, using: &$0) },
    .edge("all sizes equal, softmax head") { .random([3, 3, 3], m: 3, .sigmoid, using: &$0) },
    .edge("hidden layers without g") { .random([3, 2, 5, 1], m: 4, .identity, using: &$0) },
    .edge("features of size 1000") { .random([3, 4, 2, 1], m: 5, .tanh, scale: 1000, using: &$0) },
    .edge("features of size 0.0001") { .random([2, 4, 3], m: 5, .sigmoid, scale: 1e-4, using: &$0) },
  ]

  /// Layers for these sizes: a σ head for one output, else a softmax head. `scale` is the features' size; the first layer's
  /// weights make up for it.
  static func random(
    _ sizes: [Int], m: Int, _ hidden: Activation, scale: Double = 1, using generator: inout SeededGenerator
  ) -> Net {
    let K = sizes.last!
    var net = Net(
      X: scale * generator.normal(rows: sizes[0], columns: m), Y: labels(K: K, m: m, using: &generator),
      layers: zip(sizes, sizes.dropFirst()).map {
        .random($1, $0, weights: 1.2 / Double($0).squareRoot(), using: &generator)
      },
      hidden: hidden, head: K == 1 ? .sigmoid : .softmax)
    net.layers[0].W /= scale
    return net
  }

  /// Features so small that only a large rate gets on.
  static let small = Net(
    X: [[0.01, -0.02, 0.015, -0.005]], Y: [[1, 0, 1, 0]], layers: [Layer(W: [[0.5]], b: [[0.01]])], hidden: .tanh,
    head: .sigmoid)

  /// Probabilities of exactly 0 and 1, right ones and wrong ones.
  static let saturated = Net(
    X: [[2, -3, 1, 2.5], [0.5, 1, -2, -0.5]], Y: [[1, 1, 0, 0]],
    layers: [
      Layer(W: [[1, 0.5], [-1, 0.25], [0.5, 1]], b: [[0.1], [0.2], [-0.1]]), Layer(W: [[900, -900, 50]], b: [[1]]),
    ],
    hidden: .relu, head: .sigmoid)

  static let saturatedSoftmax = Net(
    X: [[2, -3, 1, 2.5, -2], [0.5, 1, -2, -0.5, 1]], Y: [[1, 0, 0, 0, 0], [0, 0, 1, 0, 1], [0, 1, 0, 1, 0]],
    layers: [
      Layer(W: [[1, 0.5], [-1, 0.25]], b: [[0.1], [0.2]]),
      Layer(W: [[1000, -1000], [-900, 800], [0, 500]], b: [[0], [1], [2]]),
    ],
    hidden: .tanh, head: .softmax)

  /// One class: softmax of a single score.
  static let single = Net(
    X: [[1, -2, 0.5], [0.25, 1, -1]], Y: [[1, 1, 1]],
    layers: [
      Layer(W: [[1, 0.5], [-0.5, 2], [0.25, 1]], b: [[0.1], [0.2], [0.3]]), Layer(W: [[1, -1, 2]], b: [[0.5]]),
    ],
    hidden: .tanh, head: .softmax)

  /// A unit with weights and bias 0 in each hidden layer: its scores are exactly 0, at the kink.
  static let silent = Net(
    X: [[1, -0.5, 2, 0.25, -1], [-1, 1, 0.5, 2, -0.75]], Y: [[1, 0, 0, 1, 1]],
    layers: [
      Layer(W: [[0, 0], [1, 0.5], [-0.5, 1]], b: [[0], [0.25], [0.5]]),
      Layer(W: [[1, 0.5, -0.25], [0, 0, 0], [0.5, 1, 1], [-1, 0.75, 0.5]], b: [[0.1], [0], [-0.2], [0.3]]),
      Layer(W: [[1, -2, 0.5, 0.75]], b: [[0.25]]),
    ],
    hidden: .relu, head: .sigmoid)

  /// Sure and right: a cost of about 0.002.
  static let learnt = Net(
    X: [[2, -2, 1.5, -1.75], [1, -1, 2, -0.5]], Y: [[1, 0, 1, 0]],
    layers: [
      Layer(W: [[2, 0.5], [0.25, 1.5], [1, -0.5]], b: [[0.1], [-0.1], [0.2]]), Layer(W: [[4, 3, 1]], b: [[0.2]]),
    ],
    hidden: .tanh, head: .sigmoid)

  func permuted(by order: [Int]) -> Net {
    Net(X: X.columns(at: order), Y: Y.columns(at: order), layers: layers, hidden: hidden, head: head)
  }

  /// Every gradient of every layer, from the costs of the layers above it.
  func derivatives(_ reference: any DeepNetworkLesson) -> KeyValuePairs<String, Derivative> {
    let passed = reference.forward(X: X, layers: layers, hidden: hidden, head: head)
    let (m, hidden, head, Y, layers) = (Double(X.columns), hidden, head, Y, layers)
    let scores = passed.caches.map(\.Z)
    // Too certain for differences to say much, or too near to a kink.
    if scores[scores.count - 1].elements.contains(where: { abs($0) > 6 }) { return [:] }
    if hidden == .relu, scores.dropLast().contains(where: { $0.elements.contains { abs($0) < 0.005 } }) { return [:] }
    /// The cost, where layer k (from 0) is given A_prev, W and b.
    @Sendable func cost(from k: Int, _ APrev: Matrix, _ W: Matrix, _ b: Matrix) -> Double {
      let A = reference.forward(
        X: APrev, layers: [Layer(W: W, b: b)] + layers[(k + 1)...], hidden: hidden, head: head
      ).A
      return reference.cost(A: A, Y: Y, head: head)
    }
    var list: [(String, Derivative)] = []
    for (k, cache) in passed.caches.enumerated().reversed() {
      let (APrev, layer, name) = (cache.linear.APrev, cache.linear.layer, "layer \(k + 1): ")
      let passing = Layer.passing(layer.W.rows)
      list += [
        (name + "dZ", .of("m·J", at: cache.Z) { m * cost(from: k, $0, passing.W, passing.b) }),
        (name + "dW", .of("J", at: layer.W) { cost(from: k, APrev, $0, layer.b) }),
        (name + "db", .of("J", at: layer.b) { cost(from: k, APrev, layer.W, $0) }),
        (name + "dAPrev", .of("m·J", at: APrev) { m * cost(from: k, $0, layer.W, layer.b) }),
      ]
    }
    return pairs(list)
  }
}

/// `KeyValuePairs` can only be made from a literal: here, of one to four layers' gradients.
private func pairs(_ d: [(String, Derivative)]) -> KeyValuePairs<String, Derivative> {
  switch d.count {
  case 4: [d[0].0: d[0].1, d[1].0: d[1].1, d[2].0: d[2].1, d[3].0: d[3].1]
  case 8:
    [
      d[0].0: d[0].1, d[1].0: d[1].1, d[2].0: d[2].1, d[3].0: d[3].1, d[4].0: d[4].1, d[5].0: d[5].1, d[6].0: d[6].1,
      d[7].0: d[7].1,
    ]
  case 12:
    [
      d[0].0: d[0].1, d[1].0: d[1].1, d[2].0: d[2].1, d[3].0: d[3].1, d[4].0: d[4].1, d[5].0: d[5].1, d[6].0: d[6].1,
      d[7].0: d[7].1, d[8].0: d[8].1, d[9].0: d[9].1, d[10].0: d[10].1, d[11].0: d[11].1,
    ]
  case 16:
    [
      d[0].0: d[0].1, d[1].0: d[1].1, d[2].0: d[2].1, d[3].0: d[3].1, d[4].0: d[4].1, d[5].0: d[5].1, d[6].0: d[6].1,
      d[7].0: d[7].1, d[8].0: d[8].1, d[9].0: d[9].1, d[10].0: d[10].1, d[11].0: d[11].1, d[12].0: d[12].1,
      d[13].0: d[13].1, d[14].0: d[14].1, d[15].0: d[15].1,
    ]
  // Deeper nets are held against the reference only.
  default: [:]
  }
}

private struct Update: Sendable {
  /// What counts of a layer's gradients.
  struct Gradients: Sendable { var dW: Matrix, db: Matrix }
  var layers: [Layer], gradients: [Gradients], rate: Double

  /// The gradients with some dZ and dAPrev for 4 examples, which do not count.
  var all: [LayerGradients] {
    gradients.map {
      LayerGradients(
        dZ: Matrix(rows: $0.dW.rows, columns: 4, repeating: 0.5), dW: $0.dW, db: $0.db,
        dAPrev: Matrix(rows: $0.dW.columns, columns: 4, repeating: 0.5))
    }
  }

  static func random(_ sizes: [Int], scale: Double = 1, using generator: inout SeededGenerator) -> Update {
    let pairs = Array(zip(sizes, sizes.dropFirst()))
    return Update(
      layers: pairs.map { .random($1, $0, using: &generator) },
      gradients: pairs.map { n, p in
        Gradients(dW: scale * generator.normal(rows: p, columns: n), db: scale * generator.normal(rows: p, columns: 1))
      }, rate: 0.1 + 0.5 * generator.uniform())
  }

  func at(rate: Double) -> Update { Update(layers: layers, gradients: gradients, rate: rate) }
}

private struct Training: ExampleBatch, Sendable {
  var net: Net, rate: Double, steps: Int
  var examples: Int { net.examples }

  func permuted(by order: [Int]) -> Training { Training(net: net.permuted(by: order), rate: rate, steps: steps) }
}

/// A network that is asked about examples; their labels are of no use.
private struct Asked: ExampleBatch, Sendable {
  var X: Matrix, layers: [Layer], hidden: Activation, head: Head
  var examples: Int { X.columns }

  init(_ net: Net) { self.init(X: net.X, layers: net.layers, hidden: net.hidden, head: net.head) }

  init(X: Matrix, layers: [Layer], hidden: Activation, head: Head) {
    self.X = X
    self.layers = layers
    self.hidden = hidden
    self.head = head
  }

  /// Scores of 0, and a little more and less.
  static let halves = Asked(
    X: [[0, 1e-13, -1e-13, 0.2, -0.2, 0.6, 3, -3]], layers: [Layer(W: [[1]], b: [[0]])], hidden: .tanh, head: .sigmoid)

  /// The first and the last, the middle two, and all four are largest.
  static let ties = Asked(
    X: [[1, -1, 0, 2, -3], [-1, 2, 0, 2, -4]],
    layers: [Layer(W: [[1, 0], [0, 1], [0, 1], [1, 0]], b: [[0], [0], [0], [0]])], hidden: .relu, head: .softmax)

  /// All weights 0: a probability of ½, or of 1/K, whatever the example.
  static func undecided(_ head: Head) -> Asked {
    let K = head == .sigmoid ? 1 : 4
    return Asked(
      X: [[1, -2, 0.5], [3, 1, -1]],
      layers: [
        Layer(W: [[0, 0], [0, 0], [0, 0]], b: [[0], [0], [0]]),
        Layer(W: Matrix(rows: K, columns: 3), b: Matrix(rows: K, columns: 1)),
      ],
      hidden: .tanh, head: head)
  }

  /// tanh x + ½ is compared with 0: with ReLU or without g some answers would be others.
  static func decided(_ head: Head) -> Asked {
    Asked(
      X: [[-1, -0.52, 1, 0.2, -3]],
      layers: [
        Layer(W: [[1]], b: [[0]]),
        head == .sigmoid ? Layer(W: [[1]], b: [[0.5]]) : Layer(W: [[1], [0]], b: [[0.5], [0]]),
      ],
      hidden: .tanh, head: head)
  }

  /// Each of eleven classes is the answer to one example.
  static let each = Asked(
    X: Matrix.identity(11).columns(at: [3, 10, 7, 0, 5, 1, 9, 4, 8, 2, 6]),
    layers: [Layer(W: .identity(11), b: Matrix(rows: 11, columns: 1, repeating: 0.25))], hidden: .relu, head: .softmax)

  /// Leads of 1e-9 for each of three classes in turn.
  static let close = Asked(
    X: [[1e-9, 0, 0, 1], [0, 1e-9, 0, 1], [0, 0, 1e-9, 1 + 1e-9]],
    layers: [Layer(W: .identity(3), b: [[0.5], [0.5], [0.5]])], hidden: .relu, head: .softmax)

  /// σ of either score would be 1 to the last digit.
  static let large = Asked(
    X: [[40, 50, 45], [50, 40, 60]], layers: [Layer(W: .identity(2), b: [[0], [0]])], hidden: .tanh, head: .softmax)

  func permuted(by order: [Int]) -> Asked {
    Asked(X: X.columns(at: order), layers: layers, hidden: hidden, head: head)
  }
}
