import Curriculum

/// The steps of lesson 15. The toy modules, losses and optimisers on which 15.3 and 15.5 to 15.8 are tried stand in
/// `FrameworkToys.swift`.
public let frameworkSteps: [Step<any FrameworkLesson>] = [
  Step(
    "15.1",
    on: [
      .worked(
        ScaleShiftInput(
          gamma: [[2], [-1]], beta: [[0.5], [1]], A: [[1, 0, -2], [3, 1, 0.5]], upstream: [[1, -1, 2], [0.5, 3, -2]])),
      .random { .random(n: 3, m: 5, using: &$0) }, .random { .random(n: 4, m: 2, using: &$0) },
      .edge("one example") { .random(n: 3, m: 1, using: &$0) },
      .edge("one feature") { .random(n: 1, m: 4, using: &$0) },
      .edge("as many examples as features") { .random(n: 3, m: 3, using: &$0) },
      .edge("small numbers") { .random(n: 2, m: 5, scale: 1e-4, using: &$0) },
      .edge("large numbers") { .random(n: 2, m: 5, scale: 1e4, using: &$0) },
    ] as [Input<ScaleShiftInput>],
    derivatives: { reference, input in
      @Sendable func cost(_ gamma: Matrix, _ beta: Matrix, _ A: Matrix) -> Double {
        var module = reference.scaleShift(gamma: gamma, beta: beta)
        return (input.upstream .* module.forward(A, training: true)).sum()
      }
      return [
        "dA": .of(upstreamTimesOutput, at: input.A) { cost(input.gamma, input.beta, $0) },
        "gradient 1": .of(upstreamTimesOutput, at: input.gamma) { cost($0, input.beta, input.A) },
        "gradient 2": .of(upstreamTimesOutput, at: input.beta) { cost(input.gamma, $0, input.A) },
      ]
    }
  ) { lesson, input in
    Passes(lesson.scaleShift(gamma: input.gamma, beta: input.beta), A: input.A, upstream: input.upstream).observation
  },

  Step(
    "15.2", on: moduleInputs, cpuSeconds: 4,
    tolerances: [
      "the share of entries kept": .absolute(0.03),
      "the share of entries whose fate differs in the second forward": .absolute(0.03),
      "a single row: the share of entries kept": .absolute(0.03),
      "a single column: the share of entries kept": .absolute(0.03),
      "after ReLU: the share of zeros that get a gradient": .absolute(0.03),
    ],
    derivatives: { reference, input in
      if !input.isSmooth { return [:] }
      let A = Derivative.of(upstreamTimesOutput, at: input.A) {
        var module = reference.module(input.kind)
        return (input.upstream .* module.forward($0, training: true)).sum()
      }
      guard let parameters = input.part.parameters else { return ["dA": A] }
      @Sendable func cost(_ parameters: [Matrix]) -> Double {
        var module = reference.module(input.kind)
        module.parameters = parameters
        return (input.upstream .* module.forward(input.A, training: true)).sum()
      }
      return [
        "dA": A, "gradient 1": .of(upstreamTimesOutput, at: parameters[0]) { cost([$0, parameters[1]]) },
        "gradient 2": .of(upstreamTimesOutput, at: parameters[1]) { cost([parameters[0], $0]) },
      ]
    }
  ) { lesson, input in
    switch input.part {
    case .dropout: dropoutFacts(lesson, input)
    default: Passes(lesson.module(input.kind), A: input.A, upstream: input.upstream).observation
    }
  },

  Step(
    "15.3",
    on: [
      .worked(
        SequenceInput(
          parts: [ToyPart(P: [[[0], [0.375]]], counts: false), ToyPart(P: [[[-1.05]]], counts: false)],
          A: [[0.25, 1.25], [0.25, -1]], upstream: [[1, -2]])),
      .random { .random([(3, 1, true), (2, 0, false), (4, 2, true)], n: 5, m: 3, using: &$0) },
      .random { .random([(2, 2, false), (4, 1, true), (3, 1, false)], n: 3, m: 6, using: &$0) },
      .edge("parts of one shape") { .random([(3, 1, true), (3, 1, true), (3, 1, true)], n: 3, m: 4, using: &$0) },
      .edge("a single module") { .random([(2, 2, true)], n: 3, m: 5, using: &$0) },
      .edge("five modules") {
        .random(
          [(2, 1, true), (3, 0, false), (2, 2, false), (4, 0, true), (3, 1, false)], n: 2, m: 4, using: &$0)
      },
      .edge("one example") { .random([(4, 1, false), (2, 2, true)], n: 3, m: 1, using: &$0) },
      .edge("two parameters and no buffer, then a buffer and no parameters") {
        .random([(3, 2, false), (2, 0, true), (4, 1, true)], n: 2, m: 3, using: &$0)
      },
      .edge("no parameters") { .random([(4, 0, false), (2, 0, false)], n: 3, m: 4, using: &$0) },
      .edge("a sequence within a sequence") {
        .random([(3, 2, true), (2, 1, true), (4, 1, true)], n: 3, m: 5, nested: true, using: &$0)
      },
      .edge("no modules at all") { .random([], n: 3, m: 5, using: &$0) },
    ] as [Input<SequenceInput>],
    derivatives: { reference, input in
      let A = Derivative.of(upstreamTimesOutput, at: input.A) {
        var module = input.sequence(by: reference)
        return (input.upstream .* module.forward($0, training: true)).sum()
      }
      if input.parameters.isEmpty { return ["dA": A] }
      return [
        "dA": A,
        "gradients": .of(upstreamTimesOutput, at: Matrix(column: input.parameters.flatMap(\.elements))) {
          var module = input.sequence(by: reference)
          module.parameters = matrices($0.elements, shapedAs: input.parameters)
          return (input.upstream .* module.forward(input.A, training: true)).sum()
        },
      ]
    }
  ) { lesson, input in
    Passes(input.sequence(by: lesson), A: input.A, upstream: input.upstream, listsGradients: true).observation
  },

  Step(
    "15.4",
    on: [
      .worked(LossInput(.categoricalCrossEntropy, Z: [[2, 0], [0, 1], [1, -1]], Y: [[1, 0], [0, 0], [0, 1]])),
      .random { .random(.binaryCrossEntropy, K: 1, m: 7, using: &$0) },
      .random { .random(.binaryCrossEntropy, K: 3, m: 5, using: &$0) },
      .random { .random(.categoricalCrossEntropy, K: 4, m: 6, using: &$0) },
      .random { .random(.categoricalCrossEntropy, K: 3, m: 7, using: &$0) },
      .random { .random(.squaredError, K: 1, m: 5, using: &$0) },
      .random { .random(.squaredError, K: 4, m: 3, using: &$0) },
      .edge("one example") { .random(.binaryCrossEntropy, K: 2, m: 1, using: &$0) },
      .edge("one example") { .random(.categoricalCrossEntropy, K: 3, m: 1, using: &$0) },
      .edge("one example") { .random(.squaredError, K: 3, m: 1, using: &$0) },
      .edge(
        "scores of ±1000, each right and wrong",
        LossInput(
          .binaryCrossEntropy, Z: [[1000, 1000, -1000, -1000], [0, -750, 750, 1]], Y: [[1, 0, 1, 0], [1, 0, 1, 0]])),
      .edge(
        "scores of ±1000, each right and wrong",
        LossInput(
          .categoricalCrossEntropy, Z: [[1000, 1000, -1000], [0, -1000, -1000], [0, 0, -1001]],
          Y: [[1, 0, 0], [0, 1, 0], [0, 0, 1]])),
      .edge(
        "a loss just below the greatest",
        LossInput(.categoricalCrossEntropy, Z: [[34.6, 0], [0, 30], [-1, 1]], Y: [[0, 1], [1, 0], [0, 0]])),
      .edge("a class that never occurs") {
        LossInput(
          .categoricalCrossEntropy, Z: $0.normal(rows: 3, columns: 4), Y: [[1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 0, 0]])
      },
      .edge(
        "labels that are shares",
        LossInput(
          .categoricalCrossEntropy, Z: [[1, 0, 0.5], [0, 2, -1], [-1, 1, 0]],
          Y: [[0.7, 0.2, 1], [0.3, 0.5, 0], [0, 0.3, 0]])),
      .edge(
        "labels that are shares", LossInput(.binaryCrossEntropy, Z: [[1, -2, 0.5, 0]], Y: [[0.3, 0.8, 1, 0.5]])),
      .edge("large errors") { .random(.squaredError, K: 2, m: 3, scale: 1e4, using: &$0) },
      .edge("small errors") { .random(.squaredError, K: 2, m: 3, scale: 1e-4, using: &$0) },
    ] as [Input<LossInput>],
    tolerances: [
      "A": .close(relative: 1e-9, absolute: 1e-14), "J": .close(relative: 1e-9, absolute: 1e-13),
      "gradient": .close(relative: 1e-9, absolute: 1e-14),
    ],
    derivatives: { reference, input in
      if abs(input.Z).max() > 20 { return [:] }
      return ["gradient": .of("J", at: input.Z) { reference.loss(input.kind).cost(Z: $0, Y: input.Y) }]
    }
  ) { lesson, input in
    let loss = lesson.loss(input.kind)
    return [
      "A": loss.output(input.Z), "J": loss.cost(Z: input.Z, Y: input.Y),
      "gradient": loss.gradient(Z: input.Z, Y: input.Y),
    ]
  },

  Step(
    "15.5",
    on: [
      .worked(
        OptimizerInput(
          rule: .adam(rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8), parameters: [[[1, -2]]],
          gradients: [[[[0.5, 4]]], [[[-0.5, 4]]]])),
      .random { .random(.gradientDescent(rate: 0.3), using: &$0) },
      .random { .random(.momentum(rate: 0.4, beta: 0.8), using: &$0) },
      .random { .random(.momentum(rate: 0.05, beta: 0.35), shapes: fiveShapes, using: &$0) },
      .random { .random(.rmsprop(rate: 0.1, beta: 0.7, epsilon: 0.02), using: &$0) },
      .random { .random(.rmsprop(rate: 0.02, beta: 0.4, epsilon: 1e-3), shapes: fiveShapes, using: &$0) },
      .random { .random(.adam(rate: 0.1, beta1: 0.7, beta2: 0.85, epsilon: 0.02), using: &$0) },
      .random { .random(.adam(rate: 0.03, beta1: 0.4, beta2: 0.95, epsilon: 1e-3), shapes: fiveShapes, using: &$0) },
      .edge("five parameters") { .random(.gradientDescent(rate: 0.6), shapes: fiveShapes, using: &$0) },
      .edge("large gradients") { .random(.gradientDescent(rate: 0.3), scale: 1e3, using: &$0) },
      .edge("large gradients") { .random(.momentum(rate: 0.2, beta: 0.8), scale: 1e3, using: &$0) },
      .edge("small gradients") { .random(.rmsprop(rate: 0.1, beta: 0.8, epsilon: 1e-5), scale: 1e-4, using: &$0) },
      .edge("small gradients") {
        .random(.adam(rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-5), scale: 1e-4, using: &$0)
      },
      .edge("a single parameter") {
        .random(.adam(rate: 0.2, beta1: 0.6, beta2: 0.9, epsilon: 0.1), shapes: [(1, 1)], using: &$0)
      },
      .edge("parameters of one shape") {
        .random(.adam(rate: 0.1, beta1: 0.6, beta2: 0.8, epsilon: 0.05), shapes: [(2, 2), (2, 2), (2, 2)], using: &$0)
      },
      .edge("parameters of one shape") {
        .random(.momentum(rate: 0.1, beta: 0.6), shapes: [(2, 1), (2, 1)], using: &$0)
      },
      .edge("parameters of one shape") {
        .random(.gradientDescent(rate: 0.2), shapes: [(1, 3), (1, 3)], using: &$0)
      },
      .edge("parameters of one shape") {
        .random(.rmsprop(rate: 0.1, beta: 0.6, epsilon: 0.05), shapes: [(2, 1), (2, 1)], using: &$0)
      },
      .edge("24 steps") { .random(.momentum(rate: 0.2, beta: 0.95), shapes: [(1, 1)], steps: 24, using: &$0) },
      .edge("24 steps") {
        .random(.rmsprop(rate: 0.1, beta: 0.95, epsilon: 0.01), shapes: [(1, 1)], steps: 24, using: &$0)
      },
      .edge("24 steps") {
        .random(.adam(rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0.01), shapes: [(1, 1)], steps: 24, using: &$0)
      },
      .edge("a module without parameters") {
        .random(.momentum(rate: 0.2, beta: 0.5), shapes: [], using: &$0)
      },
    ] as [Input<OptimizerInput>]
  ) { lesson, input in
    let optimizer = lesson.optimizer(input.rule)
    let steps = input.run(optimizer)
    // The same steps, with a second optimiser of the same factory at work in between, and once more from a copy.
    let (between, copy) = input.runTwo(lesson.optimizer(input.rule), lesson.optimizer(input.rule))
    return Observation(
      steps.enumerated().map { ("after step \($0 + 1)", $1.parameters) } + [
        ("buffers", steps.last!.buffers), ("with another optimiser at work in between", between.parameters),
        ("after a step of a copy of the optimiser", copy.parameters),
      ])
  },

  Step(
    "15.6", argument: "model",
    on: [
      .worked(
        .toy(
          FitInput.ToyTraining(
            X: [[1, 0, -1, 2, 0.5]], Y: [[0.5, -0.5, 0, 1, 0.25]], XDev: [[1, -2]], YDev: [[0.5, -0.25]],
            parameters: [[[0.5]]], orders: [[4, 0, 2, 1, 3], [1, 3, 0, 4, 2]], batchSize: 2, patience: nil, rate: 0.5))),
      .random { .random(n: 3, K: 2, m: 7, mDev: 4, epochs: 3, batchSize: 3, using: &$0) },
      .random { .random(n: 2, K: 3, m: 8, mDev: 5, epochs: 2, batchSize: 5, using: &$0) },
      .edge("one batch an epoch") { .random(n: 3, K: 2, m: 5, mDev: 3, epochs: 3, batchSize: 5, using: &$0) },
      .edge("one example a batch") { .random(n: 2, K: 1, m: 4, mDev: 3, epochs: 2, batchSize: 1, using: &$0) },
      .edge("a batch larger than the data") {
        .random(n: 2, K: 2, m: 4, mDev: 3, epochs: 2, batchSize: 10, using: &$0)
      },
      .edge("a patience longer than the training") {
        .random(n: 2, K: 2, m: 5, mDev: 3, epochs: 3, batchSize: 2, patience: 10, using: &$0)
      },
      .edge("no epochs") { .random(n: 2, K: 2, m: 5, mDev: 3, epochs: 0, batchSize: 2, using: &$0) },
      .edge("no epochs, with a patience") {
        .random(n: 2, K: 2, m: 5, mDev: 3, epochs: 0, batchSize: 2, patience: 2, using: &$0)
      },
      .edge(
        "a dev cost that falls, rises, and falls again", .table(devCosts: [9, 5, 3, 4, 2, 6, 7, 8, 9, 7], patience: 2)),
      .edge(
        "a dev cost that falls again, and is not the best", .table(devCosts: [9, 5, 3, 6, 4, 5, 1], patience: 2)),
      .edge("a better epoch that comes too late", .table(devCosts: [9, 5, 3, 4, 6, 1, 0.5], patience: 2)),
      .edge("a better epoch just in time", .table(devCosts: [9, 5, 3, 4, 6, 1, 2, 3, 4, 0], patience: 3)),
      .edge("a patience of 1", .table(devCosts: [9, 5, 3, 4, 1, 0], patience: 1)),
      .edge("a tie", .table(devCosts: [9, 3, 3, 3, 2, 1], patience: 2)),
      .edge("a tie at the end", .table(devCosts: [9, 5, 3, 4, 3], patience: 4)),
      .edge(
        "an improvement by very little",
        .table(devCosts: [9, 3, 2.99999999, 2.99999998, 2.99999997, 5, 6], patience: 2)),
      .edge("large dev costs", .table(devCosts: [9e6, 5e6, 6e6, 4e6, 7e6, 8e6, 1e6], patience: 2)),
      .edge("negative dev costs", .table(devCosts: [9, -5, -3, -6, -2, -1, -9], patience: 2)),
      .edge("the first epoch is the best", .table(devCosts: [1, 2, 3, 4, 0.5], patience: 3)),
      .edge("a model that was better before training", .table(devCosts: [0, 4, 3, 5, 6, 2], patience: 2)),
      .edge(
        "fourteen epochs, and no patience",
        .table(devCosts: [9, 8, 7, 7.5, 6, 6.5, 5, 5.5, 4, 4.5, 3, 3.5, 2.5, 2, 2.25], patience: nil)),
      .edge(
        "a patience of 12", .table(devCosts: [9, 3, 4, 5, 6, 5, 4, 5, 6, 5, 4, 5, 6, 7, 2, 8], patience: 12)),
      .edge("dev costs that rise, and no patience", .table(devCosts: [9, 2, 5, 4, 6], patience: nil)),
    ] as [Input<FitInput>], cpuSeconds: 4
  ) { lesson, input in input.observe(lesson) },

  Step(
    "15.7",
    on: [
      .worked(
        EvaluationInput(
          X: [[2, -1, 0, 1], [1, 1, 0, -2], [-1, 0, 3, 0]], Y: [[0, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 0]])),
      .random { .random(K: 3, m: 7, using: &$0) }, .random { .random(K: 4, m: 6, using: &$0) },
      .random { .random(K: 1, m: 9, using: &$0) }, .random { .random(K: 2, m: 8, using: &$0) },
      .edge("one example") { .random(K: 3, m: 1, using: &$0) },
      .edge("one row, and a = ½", EvaluationInput(X: [[0, 0, 1, -1, 0, -0.5]], Y: [[1, 0, 1, 0, 0.5, 0]])),
      .edge(
        "equal entries",
        EvaluationInput(
          X: [[1, 0, -1, 2], [1, 2, -1, 2], [0, 2, -1, 2]], Y: [[0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 1]])),
      .edge(
        "answers that are not one-hot",
        EvaluationInput(X: [[1, 0, -1, 2], [0, 2, 3, 1]], Y: [[0.7, 0.4, 0.2, 0.5], [0.3, 0.6, 0.8, 0.5]])),
      .edge(
        "nearly equal entries",
        EvaluationInput(X: [[1, 0.5, 0], [1 - 1e-9, 0.5 + 1e-9, 0]], Y: [[1, 0, 1], [0, 1, 0]])),
      .edge("every entry of A is below 0") { generator in
        EvaluationInput(
          X: 1 + generator.uniform(rows: 3, columns: 5), Y: [[1, 0, 0, 1, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 1]])
      },
      .edge("all wrong", EvaluationInput(X: [[-1, -2, 3]], Y: [[1, 1, 0]])),
    ] as [Input<EvaluationInput>]
  ) { lesson, input in
    let e = lesson.evaluate(Doubling(), loss: EvaluationLoss(), X: input.X, Y: input.Y)
    return ["A": e.A, "J": e.cost, "classes": e.classes, "accuracy": e.accuracy]
  },

  Step(
    "15.8",
    on: [
      .worked(
        WeightsInput(
          parameters: [[[1, 2, 3], [4, 5, 6]], [[7], [8]]], buffers: [[[0.5, -0.5]]],
          saved: SavedWeights(shapes: [[2, 3], [2, 1], [1, 2]], values: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]))),
      .random { .random([(2, 3), (4, 1)], [(3, 2)], using: &$0) },
      .random { .random([(3, 1)], [(1, 3), (2, 2)], using: &$0) },
      .edge("no buffers") { .random([(3, 2), (3, 1)], [], using: &$0) },
      .edge("no parameters") { .random([], [(2, 3)], using: &$0) },
      .edge("nothing at all") { .random([], [], using: &$0) },
      .edge("a wrong shape with the right number of values") {
        .random([(2, 3), (1, 2)], [(1, 1)], using: &$0) { $0.shapes[0] = [3, 2] }
      },
      .edge("two shapes in the wrong order") {
        .random([(2, 3), (2, 1)], [(1, 1)], using: &$0) { $0.shapes.swapAt(0, 1) }
      },
      .edge("a wrong shape of the last matrix") {
        .random([(2, 3), (2, 1)], [(2, 2)], using: &$0) { $0.shapes[2] = [4, 1] }
      },
      .edge("a matrix is missing") {
        .random([(2, 3), (2, 1)], [(1, 2)], using: &$0) { saved in
          saved.shapes.removeLast()
          saved.values.removeLast(2)
        }
      },
      .edge("the shape of a matrix is missing") {
        .random([(2, 3), (2, 1)], [(1, 2)], using: &$0) { $0.shapes.removeLast() }
      },
      .edge("a matrix too many") {
        .random([(2, 3), (2, 1)], [(1, 2)], using: &$0) { saved in
          saved.shapes.append([1, 2])
          saved.values += [1, 2]
        }
      },
      .edge("a shape too many, without its values") {
        .random([(2, 3), (2, 1)], [(1, 2)], using: &$0) { $0.shapes.append([1, 2]) }
      },
      .edge("a value too few") { .random([(2, 3), (2, 1)], [(1, 2)], using: &$0) { $0.values.removeLast() } },
      .edge("a value too many") { .random([(2, 3), (2, 1)], [(1, 2)], using: &$0) { $0.values.append(1) } },
      .edge("no values") { .random([(2, 3), (2, 1)], [(1, 2)], using: &$0) { $0.values = [] } },
      .edge("values of 0") {
        .random([(2, 3)], [(1, 2)], using: &$0) { saved in
          saved.values[1] = 0
          saved.values[7] = 0
        }
      },
      .edge("large and small values") {
        .random([(2, 2), (2, 1)], [(1, 2)], using: &$0) { saved in
          saved.values = [123_456, -1e6, 1e-12, 1e300, -1e-300, 4_000_000_000, -1e19, 2e12]
        }
      },
      .edge("nothing saved") { .random([(2, 3)], [], using: &$0) { $0 = SavedWeights(shapes: [], values: []) } },
    ] as [Input<WeightsInput>]
  ) { lesson, input in
    let store = lesson.weightStore()
    let module = Holder(parameters: input.parameters, gradients: [], buffers: input.buffers)
    let saved = store.save(module)
    let loaded = store.load(input.saved, into: module)
    return [
      "saved shapes": saved.shapes.flatMap { [$0.count] + $0 }, "saved values": saved.values,
      "loaded": loaded != nil,
      "parameters": loaded?.parameters ?? [], "buffers": loaded?.buffers ?? [],
      "loaded after saving": store.load(saved, into: module) != nil,
    ]
  },
]

/// More parameters than two layers have.
private let fiveShapes = [(2, 2), (2, 1), (1, 2), (1, 1), (3, 1)]

private let upstreamTimesOutput = "Σ upstream ∘ output"

// MARK: - A module at work

/// What a module does: something else first, which must leave no trace in the gradients, then a forward and a backward; then
/// parameters are set, and it is used once more; and a copy made before that must not have changed.
private struct Passes {
  var quantities: [(String, any Observable)] = []
  var observation: Observation { Observation(quantities) }

  init(_ fresh: any Module, A: Matrix, upstream: Matrix, listsGradients: Bool = false) {
    var module = fresh
    // Twice as many examples: what is kept must be of this batch's size, and then of the next one's.
    _ = module.forward(Matrix(columns: [2 * A - 1, A]), training: true)
    _ = module.backward(Matrix(columns: [1 - 3 * upstream, upstream]))
    let output = module.forward(A, training: true)
    let dA = module.backward(upstream)
    let gradients = module.gradients
    let parameters = module.parameters
    let buffers = module.buffers
    let copy = module
    module.parameters = parameters.enumerated().map { $1 * Double(-2 - $0) + 0.25 }
    let set = module.parameters
    let used = module.forward(A, training: false)
    let again = module.forward(A, training: true)
    let dAgain = module.backward(upstream)
    quantities = [("output", output), ("dA", dA)]
    if listsGradients {
      quantities.append(("gradients", gradients))
    } else {
      quantities.append(("number of gradients", gradients.count))
      quantities += gradients.enumerated().map { ("gradient \($0 + 1)", $1) }
    }
    quantities += [
      ("parameters", parameters), ("buffers", buffers),
      ("parameters, set", set), ("output with them, not training", used), ("output with them, training", again),
      ("dA with them", dAgain), ("gradients with them", module.gradients),
      ("buffers at the end", module.buffers),
      ("a copy's parameters, when those of the original are set", copy.parameters),
    ]
    // No two buffers alike, so that each has to come back from its own place.
    var other = fresh
    other.buffers = fresh.buffers.enumerated().map { 3 * $1 + Double(7 + $0) }
    quantities.append(("buffers, set", other.buffers))
  }
}

/// Matrices of these shapes, filled in order.
private func matrices(_ values: [Double], shapedAs shapes: [Matrix]) -> [Matrix] {
  var start = 0
  return shapes.map { shape in
    defer { start += shape.rows * shape.columns }
    return Matrix(
      rows: shape.rows, columns: shape.columns, elements: Array(values[start..<start + shape.rows * shape.columns]))
  }
}

// MARK: - 15.1

private struct ScaleShiftInput: ExampleBatch, Sendable {
  var gamma: Matrix, beta: Matrix, A: Matrix, upstream: Matrix
  var examples: Int { A.columns }

  static func random(n: Int, m: Int, scale: Double = 1, using generator: inout SeededGenerator) -> ScaleShiftInput {
    ScaleShiftInput(
      gamma: 0.5 + generator.normal(rows: n, columns: 1), beta: 0.5 + generator.normal(rows: n, columns: 1),
      A: scale * generator.normal(rows: n, columns: m), upstream: generator.normal(rows: n, columns: m))
  }

  func permuted(by order: [Int]) -> ScaleShiftInput {
    ScaleShiftInput(gamma: gamma, beta: beta, A: A.columns(at: order), upstream: upstream.columns(at: order))
  }
}

// MARK: - 15.2

/// A kind of module with numbers that can be shown.
private enum Part: Sendable {
  case dense(W: Matrix, b: Matrix)
  case activation(Activation)
  case dropout(keepProbability: Double, seed: Int)
  case batchNorm(gamma: Matrix, beta: Matrix, momentum: Double, epsilon: Double)

  var parameters: [Matrix]? {
    switch self {
    case .dense(let W, let b): [W, b]
    case .batchNorm(let gamma, let beta, _, _): [gamma, beta]
    default: nil
    }
  }
}

private struct ModuleInput: ExampleBatch, Sendable {
  var part: Part, A: Matrix, upstream: Matrix

  init(_ part: Part, A: Matrix, upstream: Matrix) {
    self.part = part
    self.A = A
    self.upstream = upstream
  }

  /// Whether numerical gradients say something here: not where the module is flat, kinked, drawn, or curved by 1/ε.
  var isSmooth: Bool {
    switch part {
    case .dense: true
    case .activation(let g): abs(A).max() < 100 && (g != .relu || abs(A).min() > 0.05)
    case .dropout: false
    case .batchNorm(_, _, _, let epsilon): epsilon > 1e-4 && abs(A).max() < 100
    }
  }

  var kind: ModuleKind {
    switch part {
    case .dense(let W, let b): .dense(W: W, b: b)
    case .activation(let g): .activation(g)
    case .dropout(let keep, let seed):
      .dropout(keepProbability: keep, generator: SeededGenerator(seed: UInt64(seed)))
    case .batchNorm(let gamma, let beta, let momentum, let epsilon):
      .batchNorm(gamma: gamma, beta: beta, momentum: momentum, epsilon: epsilon)
    }
  }

  /// Which entries dropout drops depends on their places, so there the order matters.
  var examples: Int { if case .dropout = part { 1 } else { A.columns } }

  func permuted(by order: [Int]) -> ModuleInput {
    ModuleInput(part, A: A.columns(at: order), upstream: upstream.columns(at: order))
  }

  static func dense(n: Int, p: Int, m: Int, using generator: inout SeededGenerator) -> ModuleInput {
    let W = generator.normal(rows: p, columns: n)
    let b = 0.5 + generator.normal(rows: p, columns: 1)
    let A = generator.normal(rows: n, columns: m)
    return ModuleInput(.dense(W: W, b: b), A: A, upstream: generator.normal(rows: p, columns: m))
  }

  /// An activation at scores that keep away from ReLU's kink.
  static func activation(_ g: Activation, n: Int, m: Int, using generator: inout SeededGenerator) -> ModuleInput {
    let Z = generator.normal(rows: n, columns: m)
    let A = Z + 0.1 * sign(Z)
    return ModuleInput(.activation(g), A: A, upstream: generator.normal(rows: n, columns: m))
  }

  static func batchNorm(
    n: Int, m: Int, momentum: Double = 0.9, scale: Double = 1, using generator: inout SeededGenerator
  ) -> ModuleInput {
    let gamma = 1.5 + generator.uniform(rows: n, columns: 1)
    let beta = 0.5 + generator.normal(rows: n, columns: 1)
    let center = 2 * generator.normal(rows: n, columns: 1)
    let spread = 0.5 + 2 * generator.uniform(rows: n, columns: 1)
    let A = scale * (center + spread .* generator.normal(rows: n, columns: m))
    return ModuleInput(
      .batchNorm(gamma: gamma, beta: beta, momentum: momentum, epsilon: 1e-3), A: A,
      upstream: generator.normal(rows: n, columns: m))
  }

  /// Dropout, whose numbers `dropoutFacts` makes: what is drawn here is its generator's seed.
  static func dropout(_ keepProbability: Double, using generator: inout SeededGenerator) -> ModuleInput {
    ModuleInput(
      .dropout(keepProbability: keepProbability, seed: Int(generator.next() % 1000)), A: [], upstream: [])
  }
}

private let moduleInputs: [Input<ModuleInput>] = [
  .worked(
    ModuleInput(
      .dense(W: [[1, 2], [0, -1], [3, 0.5]], b: [[0.5], [1], [-1]]), A: [[1, -1], [2, 0.5]],
      upstream: [[1, 2], [-1, 0.5], [0, 1]])),
  .random { .dense(n: 4, p: 3, m: 5, using: &$0) }, .random { .dense(n: 2, p: 5, m: 3, using: &$0) },
  .random { .activation(.identity, n: 3, m: 4, using: &$0) },
  .random { .activation(.sigmoid, n: 3, m: 4, using: &$0) }, .random { .activation(.tanh, n: 4, m: 3, using: &$0) },
  .random { .activation(.relu, n: 3, m: 5, using: &$0) }, .random { .activation(.softmax, n: 4, m: 3, using: &$0) },
  .random { .activation(.softmax, n: 3, m: 5, using: &$0) },
  .random { .batchNorm(n: 3, m: 5, using: &$0) }, .random { .batchNorm(n: 4, m: 7, momentum: 0.25, using: &$0) },
  .random { .dropout(0.8, using: &$0) }, .random { .dropout(0.3, using: &$0) },
  .edge("dense: one example") { .dense(n: 3, p: 2, m: 1, using: &$0) },
  .edge("dense: one unit") { .dense(n: 3, p: 1, m: 4, using: &$0) },
  .edge("dense: all sizes equal") { .dense(n: 3, p: 3, m: 3, using: &$0) },
  .edge(
    "σ: scores of ±1000",
    ModuleInput(
      .activation(.sigmoid), A: [[1000, -1000, 0.5, 720, -720]], upstream: [[1, 2, 3, -1, 0.5]])),
  .edge(
    "tanh: scores of ±1000",
    ModuleInput(.activation(.tanh), A: [[1000, -1000, 0.5, 720]], upstream: [[1, 2, 3, -1]])),
  .edge(
    "ReLU: scores of 0",
    ModuleInput(
      .activation(.relu), A: [[0, 1, -1], [-2, 0, 0]], upstream: [[1, 2, 3], [-1, 0.5, 4]])),
  .edge(
    "ReLU: small and large scores",
    ModuleInput(
      .activation(.relu), A: [[0.0004, 7, 1000], [-0.0004, 20, -1000]], upstream: [[1, 2, 3], [-1, 0.5, 4]])),
  .edge(
    "softmax: scores of ±1000",
    ModuleInput(
      .activation(.softmax), A: [[1000, -1000, 1], [0, -1001, 2], [999, -1000, 0.5]],
      upstream: [[1, 2, 3], [-1, 0.5, 2], [0.5, 1, -2]])),
  .edge(
    "batch norm: one example",
    ModuleInput(
      .batchNorm(gamma: [[2], [0.5]], beta: [[1], [-1]], momentum: 0.75, epsilon: 1e-5), A: [[3], [-2]],
      upstream: [[1], [4]])),
  .edge(
    "batch norm: a constant feature",
    ModuleInput(
      .batchNorm(gamma: [[2], [0.5]], beta: [[1], [-1]], momentum: 0.75, epsilon: 1e-5),
      A: [[3, 3, 3, 3], [1, 2, 4, -1]], upstream: [[1, -2, 0.5, 3], [0, 1, 2, -1]])),
  .edge("batch norm: momentum 0") { .batchNorm(n: 2, m: 5, momentum: 0, using: &$0) },
  .edge("batch norm: large numbers") { .batchNorm(n: 2, m: 6, scale: 1e3, using: &$0) },
  .edge("dropout: everything is kept") { .dropout(1, using: &$0) },
]

/// Facts about a dropout module at work on 100 × 100 numbers, none of them 0, half of them negative.
private func dropoutFacts(_ lesson: any FrameworkLesson, _ input: ModuleInput) -> Observation {
  guard case .dropout(let keep, let seed) = input.part else { return [:] }
  var generator = SeededGenerator(seed: 15)
  let U = generator.uniform(rows: 100, columns: 100) - 0.5
  let A = U + 0.1 * sign(U)
  let V = generator.uniform(rows: 100, columns: 100) - 0.5
  let upstream = V + 0.1 * sign(V)
  var module = lesson.module(input.kind)
  var twin = lesson.module(input.kind)
  var other = lesson.module(
    .dropout(keepProbability: keep, generator: SeededGenerator(seed: UInt64(seed) + 1_000_000)))
  let output = module.forward(A, training: true)
  let dA = module.backward(upstream)
  var copy = module
  let second = module.forward(A, training: true)
  let dSecond = module.backward(upstream)
  guard [output, dA, second, dSecond].allSatisfy({ $0.rows == A.rows && $0.columns == A.columns }) else {
    return ["output": output, "dA": dA]
  }
  let kept = output .!= 0, keptSecond = second .!= 0
  let used = module.forward(A, training: false)
  /// The largest difference, or ∞ where the shapes differ.
  func difference(_ P: Matrix, _ Q: Matrix) -> Double {
    P.rows == Q.rows && P.columns == Q.columns ? abs(P - Q).max() : .infinity
  }
  // Two training forwards with nothing in between, and with a use of the model in between.
  let twinOutput = twin.forward(A, training: true)
  let twinSecond = twin.forward(A, training: true)
  var evaluated = lesson.module(input.kind)
  _ = evaluated.forward(A, training: true)
  _ = evaluated.forward(A, training: false)
  let evaluatedSecond = evaluated.forward(A, training: true)
  /// The share of entries kept, and the largest difference of a kept entry from a/keep; ∞ where the shapes differ.
  func flat(_ A: Matrix) -> (share: Double, difference: Double) {
    var module = lesson.module(input.kind)
    let output = module.forward(A, training: true)
    guard output.rows == A.rows, output.columns == A.columns else { return (.infinity, .infinity) }
    let kept = output .!= 0
    return (kept.mean(), abs(kept .* (output - A / keep)).max())
  }
  let row = flat(A.reshaped(rows: 1, columns: A.rows * A.columns))
  let column = flat(A.reshaped(rows: A.rows * A.columns, columns: 1))
  // What ReLU leaves: half of its entries are 0, and those that are kept have a gradient all the same.
  let zeros = A .< 0
  var rectified = lesson.module(input.kind)
  _ = rectified.forward(A .* (1 - zeros), training: true)
  let dRectified = rectified.backward(upstream)
  let haveShape = dRectified.rows == A.rows && dRectified.columns == A.columns
  let passed = haveShape ? dRectified .!= 0 : zeros
  return [
    "the share of entries kept": kept.mean(),
    "the largest difference of a kept entry from a/keep": abs(kept .* (output - A / keep)).max(),
    "dA: the largest entry where the output is 0": abs((1 - kept) .* dA).max(),
    "dA: the largest difference from upstream/keep elsewhere": abs(kept .* (dA - upstream / keep)).max(),
    "rows that are kept or dropped as a whole": (kept .== kept.columns(0..<1)).rowMeans().elements.filter { $0 == 1 }
      .count,
    "columns that are kept or dropped as a whole": (kept .== kept.rows(0..<1)).columnMeans().elements.filter { $0 == 1 }
      .count,
    "the share of entries whose fate differs in the second forward": (kept .!= keptSecond).mean(),
    "dA after it: the largest difference from upstream/keep": abs(dSecond - keptSecond .* upstream / keep).max(),
    "the largest change when not training": difference(used, A),
    "a module with an equal generator does the same": difference(twinOutput, output) == 0,
    "one with another generator does not": difference(other.forward(A, training: true), output) > 0,
    "a copy goes on as the original does": difference(copy.forward(A, training: true), second) == 0,
    "the second forward is the same without a backward before it": difference(twinSecond, second) == 0,
    "the second forward is the same after a forward that is not training": difference(evaluatedSecond, twinSecond) == 0,
    "a single row: the share of entries kept": row.share,
    "a single row: the largest difference of a kept entry from a/keep": row.difference,
    "a single column: the share of entries kept": column.share,
    "a single column: the largest difference of a kept entry from a/keep": column.difference,
    "after ReLU: the share of zeros that get a gradient": haveShape ? (passed .* zeros).sum() / zeros.sum() : .infinity,
    "after ReLU: the largest difference from upstream/keep where there is a gradient":
      haveShape ? abs(passed .* (dRectified - upstream / keep)).max() : .infinity,
    "number of parameters": module.parameters.count, "number of gradients": module.gradients.count,
    "number of buffers": module.buffers.count,
  ]
}

// MARK: - 15.3

private struct SequenceInput: ExampleBatch, Sendable {
  var parts: [ToyPart], A: Matrix, upstream: Matrix
  var nested = false
  var examples: Int { A.columns }

  init(parts: [ToyPart], A: Matrix, upstream: Matrix, nested: Bool = false) {
    self.parts = parts
    self.A = A
    self.upstream = upstream
    self.nested = nested
  }

  var parameters: [Matrix] { parts.flatMap(\.P) }

  func sequence(by lesson: any FrameworkLesson) -> any Module {
    let modules = parts.map { Toy($0) as any Module }
    guard nested else { return lesson.sequential(modules) }
    return lesson.sequential([lesson.sequential(Array(modules.dropLast())), modules.last!])
  }

  /// Parts given by their number of outputs, of parameters, and whether they count.
  static func random(
    _ parts: [(k: Int, parameters: Int, counts: Bool)], n: Int, m: Int, nested: Bool = false,
    using generator: inout SeededGenerator
  ) -> SequenceInput {
    let made = parts.map { part in
      ToyPart(
        outputs: part.k, P: (0..<part.parameters).map { _ in 0.5 + generator.normal(rows: part.k, columns: 1) },
        counts: part.counts)
    }
    let A = generator.normal(rows: n, columns: m)
    return SequenceInput(
      parts: made, A: A, upstream: generator.normal(rows: parts.last?.k ?? n, columns: m), nested: nested)
  }

  func permuted(by order: [Int]) -> SequenceInput {
    SequenceInput(parts: parts, A: A.columns(at: order), upstream: upstream.columns(at: order), nested: nested)
  }
}

// MARK: - 15.4

private struct LossInput: ExampleBatch, Sendable {
  var kind: LossKind, Z: Matrix, Y: Matrix
  var examples: Int { Z.columns }

  init(_ kind: LossKind, Z: Matrix, Y: Matrix) {
    self.kind = kind
    self.Z = Z
    self.Y = Y
  }

  static func random(
    _ kind: LossKind, K: Int, m: Int, scale: Double = 1, using generator: inout SeededGenerator
  ) -> LossInput {
    let Z = scale * 1.5 * generator.normal(rows: K, columns: m)
    var Y = Matrix(rows: K, columns: m)
    switch kind {
    case .squaredError: Y = scale * (0.5 + generator.normal(rows: K, columns: m))
    case .binaryCrossEntropy: Y = generator.uniform(rows: K, columns: m) .< 0.4
    case .categoricalCrossEntropy: for j in 0..<m { Y[Int(generator.next() % UInt64(K)), j] = 1 }
    }
    return LossInput(kind, Z: Z, Y: Y)
  }

  func permuted(by order: [Int]) -> LossInput {
    LossInput(kind, Z: Z.columns(at: order), Y: Y.columns(at: order))
  }
}

// MARK: - 15.5

private struct OptimizerInput: Sendable {
  var rule: OptimizerKind, parameters: [Matrix], gradients: [[Matrix]]

  static func random(
    _ rule: OptimizerKind, shapes: [(Int, Int)] = [(2, 3), (4, 1), (1, 2)], scale: Double = 1, steps: Int = 5,
    using generator: inout SeededGenerator
  ) -> OptimizerInput {
    OptimizerInput(
      rule: rule, parameters: shapes.map { generator.normal(rows: $0.0, columns: $0.1) },
      gradients: (0..<steps).map { _ in
        shapes.map { shape in
          var g = scale * (0.3 + generator.normal(rows: shape.0, columns: shape.1))
          // Where the gradient is always 0, nothing may move.
          if shape.0 * shape.1 > 1 { g[shape.0 - 1, shape.1 - 1] = 0 }
          return g
        }
      })
  }

  private var start: any Module {
    Holder(parameters: parameters, gradients: gradients[0], buffers: [[[1, 2, 3]]])
  }

  private func held(_ module: any Module, _ gradients: [Matrix]) -> any Module {
    Holder(parameters: module.parameters, gradients: gradients, buffers: module.buffers)
  }

  /// The module after each step.
  func run(_ optimizer: any Optimizer) -> [any Module] {
    var optimizer = optimizer
    var module = start
    return gradients.map { g in
      module = held(module, g)
      optimizer.step(&module)
      return module
    }
  }

  /// The module after all steps, another optimiser stepping another module in between; and what a copy of the optimiser, made
  /// before the last step, does to a copy of the module after the original has gone on.
  func runTwo(_ optimizer: any Optimizer, _ another: any Optimizer) -> (between: any Module, copy: any Module) {
    var optimizer = optimizer
    var another = another
    var module = start
    var elsewhere = start
    var copy = (optimizer: optimizer, module: module)
    for (k, g) in gradients.enumerated() {
      elsewhere = held(elsewhere, g.map { 5 - 3 * $0 })
      another.step(&elsewhere)
      module = held(module, g)
      if k == gradients.count - 1 { copy = (optimizer, module) }
      optimizer.step(&module)
    }
    copy.optimizer.step(&copy.module)
    return (module, copy.module)
  }
}

// MARK: - 15.7

private struct EvaluationInput: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix
  var examples: Int { X.columns }

  static func random(K: Int, m: Int, using generator: inout SeededGenerator) -> EvaluationInput {
    let X = generator.normal(rows: K, columns: m)
    var Y = Matrix(rows: K, columns: m)
    for j in 0..<m {
      if K == 1 { Y[0, j] = generator.uniform() < 0.4 ? 1 : 0 } else { Y[Int(generator.next() % UInt64(K)), j] = 1 }
    }
    return EvaluationInput(X: X, Y: Y)
  }

  func permuted(by order: [Int]) -> EvaluationInput {
    EvaluationInput(X: X.columns(at: order), Y: Y.columns(at: order))
  }
}

// MARK: - 15.8

private struct WeightsInput: Sendable {
  var parameters: [Matrix], buffers: [Matrix], saved: SavedWeights

  /// A module's weights, and others to load into it, perhaps damaged.
  static func random(
    _ parameters: [(Int, Int)], _ buffers: [(Int, Int)], using generator: inout SeededGenerator,
    damage: (inout SavedWeights) -> Void = { _ in }
  ) -> WeightsInput {
    let shapes = parameters + buffers
    let count = shapes.reduce(0) { $0 + $1.0 * $1.1 }
    var saved = SavedWeights(shapes: shapes.map { [$0.0, $0.1] }, values: (0..<count).map { _ in generator.normal() })
    damage(&saved)
    return WeightsInput(
      parameters: parameters.map { generator.normal(rows: $0.0, columns: $0.1) },
      buffers: buffers.map { generator.normal(rows: $0.0, columns: $0.1) }, saved: saved)
  }
}
