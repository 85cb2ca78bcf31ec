import Curriculum

/// The steps of lesson 7.
public let activationFunctionsSteps: [Step<any ActivationFunctionsLesson>] = [
  Step(
    "7.1", argument: "z", on: numbers(worked: -2),
    derivatives: { reference, z in
      if z == 0 { return [:] }
      return [
        "identity'": .of("the identity", at: z) { reference.identityAndStep($0).identity.value },
        "step'": .of("the step", at: z) { reference.identityAndStep($0).step.value },
      ]
    }
  ) { lesson, z in
    let both = lesson.identityAndStep(z)
    return [
      "identity": both.identity.value, "identity'": both.identity.derivative, "step": both.step.value,
      "step'": both.step.derivative,
    ]
  },

  Step(
    "7.2", argument: "z",
    on: numbers(worked: 2) + [
      .edge("z = 40", 40), .edge("z = −40", -40), .edge("z = 7", 7), .edge("z = −7", -7), .edge("z = 11", 11),
      .edge("z = 16", 16),
    ],
    derivatives: { reference, z in ["derivative": .of("σ", at: z) { reference.sigmoid($0).value }] }
  ) { lesson, z in observation(lesson.sigmoid(z)) },

  Step(
    "7.3", argument: "z",
    on: numbers(worked: 1) + [
      .edge("z = 20", 20), .edge("z = −20", -20), .edge("z = 4.5", 4.5), .edge("z = −4.5", -4.5), .edge("z = 8.5", 8.5),
    ],
    derivatives: { reference, z in ["derivative": .of("tanh", at: z) { reference.hyperbolicTangent($0).value }] }
  ) { lesson, z in observation(lesson.hyperbolicTangent(z)) },

  Step(
    "7.4", argument: "z", on: numbers(worked: 2) + [.edge("z = 1", 1), .edge("z = −1", -1)],
    derivatives: { reference, z in
      // At ±1000 the function is flat to six digits: differences say too little there.
      abs(z) > 100 ? [:] : ["derivative": .of("arctan", at: z) { reference.arctan($0).value }]
    }
  ) { lesson, z in observation(lesson.arctan(z)) },

  Step(
    "7.5", argument: "z", on: numbers(worked: 3),
    derivatives: { reference, z in
      z == 0 ? [:] : ["derivative": .of("ReLU", at: z) { reference.relu($0).value }]
    }
  ) { lesson, z in observation(lesson.relu(z)) },

  Step(
    "7.6",
    on: parametric(worked: (z: -2, alpha: 0.1)) + [
      .edge("a negative α and a negative z", (z: -2, alpha: -0.5)),
      .edge("a negative α and a positive z", (z: 2, alpha: -0.5)),
      .edge("α = 0", (z: -2, alpha: 0)),
    ],
    derivatives: { reference, input in
      if input.z == 0 { return [:] }
      return [
        "derivative": .of("the value", at: input.z) { reference.parametricReLU($0, alpha: input.alpha).value },
        "byAlpha": .of("the value", at: input.alpha) { reference.parametricReLU(input.z, alpha: $0).value },
      ]
    }
  ) { lesson, input in observation(lesson.parametricReLU(input.z, alpha: input.alpha)) },

  Step(
    "7.7", on: parametric(worked: (z: -1, alpha: 1.5)),
    derivatives: { reference, input in
      if input.z == 0 { return [:] }
      return [
        "derivative": .of("the value", at: input.z) { reference.elu($0, alpha: input.alpha).value },
        "byAlpha": .of("the value", at: input.alpha) { reference.elu(input.z, alpha: $0).value },
      ]
    }
  ) { lesson, input in observation(lesson.elu(input.z, alpha: input.alpha)) },

  Step(
    "7.8", argument: "z",
    on: numbers(worked: 1) + [
      .edge("z = 12", 12), .edge("z = −12", -12), .edge("z = 40", 40), .edge("z = −40", -40), .edge("z = −3.5", -3.5),
      .edge("z = −5", -5), .edge("z = 12.5", 12.5), .edge("z = 16", 16),
    ],
    derivatives: { reference, z in ["derivative": .of("softplus", at: z) { reference.softplus($0).value }] }
  ) { lesson, z in observation(lesson.softplus(z)) },

  Step(
    "7.9",
    on: [
      .worked(.worked), .random { .random(q: 3, p: 2, n: 4, m: 5, using: &$0) },
      .random { .random(q: 2, p: 3, n: 5, m: 7, using: &$0) },
      .edge("a single piece") { .random(q: 1, p: 3, n: 2, m: 4, using: &$0) },
      .edge("one example") { .random(q: 4, p: 3, n: 2, m: 1, using: &$0) },
      .edge("every piece is below 0") { .random(q: 3, p: 2, n: 4, m: 5, b: -20, using: &$0) },
      .edge("every piece is far below 0") { .random(q: 3, p: 2, n: 4, m: 5, b: -1e10, using: &$0) },
      .edge("pieces that are equal", .ties),
    ] as [Input<Maxout>],
    derivatives: { reference, input in
      // Far below 0 the sum is too large for differences to say much.
      if input.isNearTie || input.pieces[0].b.min() < -1e6 { return [:] }
      let sum = "Σ dA·A"
      @Sendable func value(_ X: Matrix, _ pieces: [Layer]) -> Double {
        (input.dA .* reference.maxout(X: X, pieces: pieces, dA: input.dA).A).sum()
      }
      /// The rows that belong to each piece.
      @Sendable func parts(_ stacked: Matrix) -> [Matrix] {
        let p = input.dA.rows
        return input.pieces.indices.map { stacked.rows($0 * p..<($0 + 1) * p) }
      }
      return [
        "dX": .of(sum, at: input.X) { value($0, input.pieces) },
        "dW": .of(sum, at: Matrix(stacking: input.pieces.map(\.W))) {
          value(input.X, zip(parts($0), input.pieces).map { Layer(W: $0, b: $1.b) })
        },
        "db": .of(sum, at: Matrix(stacking: input.pieces.map(\.b))) {
          value(input.X, zip(input.pieces, parts($0)).map { Layer(W: $0.W, b: $1) })
        },
      ]
    }
  ) { lesson, input in
    let pass = lesson.maxout(X: input.X, pieces: input.pieces, dA: input.dA)
    return [
      "A": pass.A, "winners": pass.winners, "dX": pass.dX, "dW": pass.gradients.map(\.W),
      "db": pass.gradients.map(\.b),
    ]
  },

  Step(
    "7.10",
    on: [
      .worked(
        TwoLayers(
          W1: [[1, 2], [0, -1], [3, 1]], b1: [[1], [2], [-1]], W2: [[2, -1, 0.5]], b2: [[0.25]], X: [[1], [-1]])),
      .random { .random(n: 4, h: 3, p: 2, using: &$0) }, .random { .random(n: 2, h: 5, p: 3, using: &$0) },
      .edge("one hidden unit") { .random(n: 3, h: 1, p: 2, using: &$0) },
      .edge("all sizes equal") { .random(n: 3, h: 3, p: 3, using: &$0) },
    ] as [Input<TwoLayers>]
  ) { lesson, input in
    let one = lesson.collapse(input.first, input.second)
    return ["W'": one.W, "b'": one.b, "largest difference from the two layers": input.difference(from: one)]
  },
]

/// The inputs of a function of one number: the chapter's, drawn ones on both sides, 0, and both ends.
private func numbers(worked z: Double) -> [Input<Double>] {
  [
    .worked(z), .random { 3 * $0.normal() }, .random { 0.2 + 3 * $0.uniform() }, .random { -0.2 - 3 * $0.uniform() },
    .edge("z = 0", 0), .edge("z = 0.5", 0.5), .edge("z = −0.3", -0.3), .edge("a large z", 1000),
    .edge("a very negative z", -1000), .edge("z = 720, just beyond the largest e^z", 720), .edge("z = −720", -720),
  ]
}

/// The same for a function that has a parameter, α from 0.01 to 1.5.
private func parametric(worked: (z: Double, alpha: Double)) -> [Input<(z: Double, alpha: Double)>] {
  [
    .worked(worked), .random { (z: 0.2 + 3 * $0.uniform(), alpha: 0.1 + 0.8 * $0.uniform()) },
    .random { (z: -0.2 - 3 * $0.uniform(), alpha: 0.1 + 0.8 * $0.uniform()) },
    .edge("z = 0", (z: 0, alpha: 0.25)),
    .edge("α = 0.01") { (z: -0.2 - 3 * $0.uniform(), alpha: 0.01) },
    .edge("α = 0.1") { (z: -0.2 - 3 * $0.uniform(), alpha: 0.1) },
    .edge("α = 1 and a positive z") { (z: 0.2 + 3 * $0.uniform(), alpha: 1) },
    .edge("α = 1 and a negative z") { (z: -0.2 - 3 * $0.uniform(), alpha: 1) },
    .edge("α > 1 and a positive z") { (z: 0.2 + 3 * $0.uniform(), alpha: 1.5) },
    .edge("α > 1 and a negative z") { (z: -0.2 - 3 * $0.uniform(), alpha: 1.5) },
    .edge("α > 1 and z = 0", (z: 0, alpha: 1.5)), .edge("a large z", (z: 1000, alpha: 0.25)),
    .edge("a very negative z", (z: -1000, alpha: 0.25)), .edge("z = −5", (z: -5, alpha: 0.25)),
  ]
}

private func observation(_ g: ActivationValue) -> Observation { ["value": g.value, "derivative": g.derivative] }

private func observation(_ g: ParametricValue) -> Observation {
  ["value": g.value, "derivative": g.derivative, "byAlpha": g.byAlpha]
}

/// Examples, pieces and the gradient from above.
private struct Maxout: ExampleBatch, Sendable {
  var X: Matrix, pieces: [Layer], dA: Matrix
  var examples: Int { X.columns }

  static let worked = Maxout(
    X: [[1, 0, -1, 2], [0, 1, -3, 1]],
    pieces: [
      Layer(W: [[1, 0]], b: [[0]]), Layer(W: [[-1, 2]], b: [[0.5]]), Layer(W: [[0, -1]], b: [[0.5]]),
    ],
    dA: [[0.5, -1, 2, 3]])

  /// Whole numbers, so that equal pieces are exactly equal: somewhere the first two, the last two, the first and the last, and
  /// all three are largest.
  static let ties = Maxout(
    X: [[0, 1, -1, 2, 3]],
    pieces: [
      Layer(W: [[1], [0], [1]], b: [[0], [1], [0]]), Layer(W: [[-1], [2], [-1]], b: [[0], [-1], [0]]),
      Layer(W: [[0], [2], [0]], b: [[2], [-1], [-1]]),
    ],
    dA: [[0.5, -2, 3, 0.25, -1], [1.5, 2, -0.5, 1, -3], [-4, 0.75, 1.25, -1.5, 2.5]])

  /// Whether two pieces are equal somewhere, or nearly so: there or close by A may have a kink.
  var isNearTie: Bool {
    let Z = pieces.map { $0.W * X + $0.b }
    return Z.indices.contains { k in Z[..<k].contains { (abs($0 - Z[k]) .< 0.005).sum() > 0 } }
  }

  /// Numbers of which no two are alike, around biases that are not 0.
  static func random(
    q: Int, p: Int, n: Int, m: Int, b: Double = 0.5, using generator: inout SeededGenerator
  ) -> Maxout {
    Maxout(
      X: generator.normal(rows: n, columns: m),
      pieces: (0..<q).map { _ in
        Layer(W: generator.normal(rows: p, columns: n), b: b + generator.normal(rows: p, columns: 1))
      },
      dA: generator.normal(rows: p, columns: m))
  }

  func permuted(by order: [Int]) -> Maxout {
    Maxout(X: X.columns(at: order), pieces: pieces, dA: dA.columns(at: order))
  }
}

/// Two layers without a function between them, and examples to try them on.
private struct TwoLayers: Sendable {
  var W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix, X: Matrix
  var first: Layer { Layer(W: W1, b: b1) }
  var second: Layer { Layer(W: W2, b: b2) }

  static func random(n: Int, h: Int, p: Int, using generator: inout SeededGenerator) -> TwoLayers {
    TwoLayers(
      W1: generator.normal(rows: h, columns: n), b1: 0.5 + generator.normal(rows: h, columns: 1),
      W2: generator.normal(rows: p, columns: h), b2: 0.5 + generator.normal(rows: p, columns: 1),
      X: generator.normal(rows: n, columns: 6))
  }

  /// How far one layer's answers on X are from those of the two at most; infinite where its shapes do not fit.
  func difference(from one: Layer) -> Double {
    let two = W2 * (W1 * X + b1) + b2
    guard one.W.columns == X.rows, one.W.rows == two.rows, one.b.rows == two.rows, one.b.columns == 1 else {
      return .infinity
    }
    let differences = abs(one.W * X + one.b - two).elements
    return differences.contains { $0.isNaN } ? .nan : differences.max() ?? 0
  }
}
