import Curriculum
import Grading

/// The steps of the lesson for tests.
public let fixtureSteps: [Step<any FixtureLesson>] = [
  Step("90.1", argument: "x", on: [.worked(3), .random { 1 + $0.uniform() }], cpuSeconds: 1) { lesson, x in
    ["x²": lesson.square(x)]
  },

  Step(
    "90.2",
    on: [
      .worked(Batch(X: [[1, -1, 0], [2, 0.5, -3]], Y: [[1, 0, 1]], w: [[0.5], [-0.25]])),
      .random { .random(n: 3, m: 5, using: &$0) }, .random { .random(n: 4, m: 7, using: &$0) },
      .edge("one example") { .random(n: 2, m: 1, using: &$0) },
    ],
    cpuSeconds: 1,
    derivatives: { reference, batch in
      ["dw": .of("J", at: batch.w) { reference.gradients(X: batch.X, Y: batch.Y, at: $0).cost }]
    }
  ) { lesson, batch in
    let g = lesson.gradients(X: batch.X, Y: batch.Y, at: batch.w)
    return ["e": g.errors, "J": g.cost, "dw": g.dw]
  },

  // In the form of lesson 15: a factory, whose module runs twice, so that gradients must be replaced and not added up.
  Step(
    "90.3",
    on: [
      .worked(
        ScaleShiftInput(
          gamma: [[2], [-1]], beta: [[0.5], [1]], A: [[1, 0, -2], [3, 1, 0.5]], upstream: [[1, -1, 2], [0.5, 3, -2]])),
      .random { .random(n: 3, m: 5, using: &$0) }, .random { .random(n: 4, m: 2, using: &$0) },
    ],
    cpuSeconds: 1,
    derivatives: { reference, input in
      @Sendable func cost(_ gamma: Matrix, _ beta: Matrix, _ A: Matrix) -> Double {
        var module = reference.scaleShift(gamma: gamma, beta: beta)
        return (input.upstream .* module.forward(A, training: true)).elements.reduce(0, +)
      }
      let n = input.gamma.rows
      let J = "Σ upstream ∘ output"
      return [
        "dA": .of(J, at: input.A) { cost(input.gamma, input.beta, $0) },
        "gradients": .of(J, at: Matrix(stacking: [input.gamma, input.beta])) {
          cost($0.rows(0..<n), $0.rows(n..<2 * n), input.A)
        },
      ]
    }
  ) { lesson, input in
    var module = lesson.scaleShift(gamma: input.gamma, beta: input.beta)
    // Something else first, which must leave no trace.
    _ = module.forward(input.upstream, training: true)
    _ = module.backward(input.A)
    let output = module.forward(input.A, training: true)
    let dA = module.backward(input.upstream)
    let gradients = module.gradients
    let parameters = module.parameters
    module.parameters = parameters.reversed()
    return [
      "output": output, "dA": dA, "gradients": gradients, "parameters": parameters,
      "parameters, set": module.parameters,
      "output with them": module.forward(input.A, training: false), "buffers": module.buffers,
    ]
  },
]

private struct Batch: ExampleBatch, Sendable {
  var X: Matrix, Y: Matrix, w: Matrix
  var examples: Int { X.columns }

  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> Batch {
    Batch(
      X: generator.normal(rows: n, columns: m), Y: generator.normal(rows: 1, columns: m),
      w: generator.normal(rows: n, columns: 1))
  }

  func permuted(by order: [Int]) -> Batch { Batch(X: X.columns(at: order), Y: Y.columns(at: order), w: w) }
}

private struct ScaleShiftInput: Sendable {
  var gamma: Matrix, beta: Matrix, A: Matrix, upstream: Matrix

  static func random(n: Int, m: Int, using generator: inout SeededGenerator) -> ScaleShiftInput {
    ScaleShiftInput(
      gamma: generator.normal(rows: n, columns: 1), beta: generator.normal(rows: n, columns: 1),
      A: generator.normal(rows: n, columns: m), upstream: generator.normal(rows: n, columns: m))
  }
}
