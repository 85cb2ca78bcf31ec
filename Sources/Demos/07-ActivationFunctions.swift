import Curriculum
import Plots

/// Lesson 7: every function with its derivative, where slopes vanish, and a maxout unit that learns a curve.
public let activationFunctionsDemo = Demo<any ActivationFunctionsLesson>(
  .activationFunctions,
  run: { lesson, out in
    let places = [-1000.0, -5, -1, 0, 1, 5, 1000]
    func table(_ pick: (Activation) -> (Double) -> Double) -> String {
      terminalTable(
        ["z"] + places.map { formatted($0) },
        functions(of: lesson).map { g in [g.name] + places.map { formatted(pick(g)($0)) } })
    }
    out("What the functions make of z, from one end of the line to the other:")
    out()
    out(table { $0.value })
    out()
    out("Their derivatives at the same places. At a jump it is the slope on the left:")
    out()
    out(table { $0.derivative })
    out()
    out("Saturation: the factor that a gradient keeps after ten layers, if every z is the same.")
    out()
    let layers = 10.0
    let names = ["σ", "tanh", "arctan", "ReLU", "softplus"]
    let some = functions(of: lesson).filter { names.contains($0.name) }
    let scores = [0.5, 1, 2, 3, 5]
    out(
      terminalTable(
        ["z"] + scores.map { formatted($0) },
        some.map { g in [g.name] + scores.map { formatted(pow(g.derivative($0), layers)) } }))
    out(
      "ReLU keeps all of it for z > 0, and nothing for z ≤ 0. The weights are factors too: chapter 10 counts them in.")
    out()
    out("A maxout unit learns z² from 41 points by the gradients of 7.9, 2000 steps, α = 0.05.")
    out("It has one input and q pieces, so its graph is the upper edge of q straight lines.")
    out()
    for q in [1, 2, 3, 5] {
      let fits = (1...10).map { parabola(lesson, q: q, seed: $0) }
      for (seed, fit) in fits.enumerated() { out.scalar("maxout/cost, q = \(q)", fit.cost, step: seed + 1) }
      let costs = fits.map(\.cost).sorted()
      let winning = fits.map(\.winning).sorted()
      out(
        "  q = \(q)   mean squared error \(padded(formatted(costs[0]), 6)) to \(padded(formatted(costs[9]), 6)) in ten starts; pieces that win somewhere: \(winning[0]) to \(winning[9])"
      )
    }
    out("A piece that wins nowhere gets no gradient: it stays where it is.")
    out()
    let bent = parabola(lesson, q: 5, seed: 1)
    let x = bent.X.elements
    let A = lesson.maxout(X: bent.X, pieces: bent.pieces, dA: 0 * bent.X).A
    out(
      terminalPlot(
        .points(x, x.map { $0 * $0 }, label: "z²"), .line(x, A.elements, label: "five pieces"),
        title: "The first start, q = 5", x: "z", y: "A", width: out.width, color: out.colors))
    for (name, figure) in figures(lesson) { out.figure(name, figure) }
  },
  figures: { lesson in figures(lesson).map { ChapterFigure($0.name, $0.figure) } })

private func figures(_ lesson: any ActivationFunctionsLesson) -> [(name: String, figure: Figure)] {
  [
    ("functions", functionsFigure(lesson)), ("saturation", saturationFigure(lesson)),
    ("slopes", slopesFigure(lesson)), ("softplus", softplusFigure(lesson)), ("maxout", maxoutFigure(lesson)),
    ("collapse", collapseFigure(lesson)),
  ]
}

/// A function of one number with its derivative.
private struct Activation {
  var name: String
  var value, derivative: (Double) -> Double

  init(_ name: String, _ g: @escaping (Double) -> ActivationValue) {
    self.name = name
    value = { g($0).value }
    derivative = { g($0).derivative }
  }

  init(_ name: String, alpha: Double, _ g: @escaping (Double, Double) -> ParametricValue) {
    self.name = name
    value = { g($0, alpha).value }
    derivative = { g($0, alpha).derivative }
  }
}

/// The lesson's functions of one number, in its order.
private func functions(of lesson: any ActivationFunctionsLesson) -> [Activation] {
  [
    Activation("identity") { lesson.identityAndStep($0).identity },
    Activation("step") { lesson.identityAndStep($0).step },
    Activation("σ") { lesson.sigmoid($0) },
    Activation("tanh") { lesson.hyperbolicTangent($0) },
    Activation("arctan") { lesson.arctan($0) },
    Activation("ReLU") { lesson.relu($0) },
    Activation("leaky, α = 0.25", alpha: 0.25) { lesson.parametricReLU($0, alpha: $1) },
    Activation("ELU, α = 1", alpha: 1) { lesson.elu($0, alpha: $1) },
    Activation("softplus") { lesson.softplus($0) },
  ]
}

// MARK: - Functions

/// The graph from −end to end, broken where it jumps at 0, with a dot for the value that holds there.
private func graph(
  _ f: (Double) -> Double, end: Double = 4, label: String? = nil, ink: Ink, dashed: Bool = false
) -> [Mark] {
  let steps = 32
  let right = (0...steps).map { max(1e-9, end * Double($0) / Double(steps)) }
  let left = right.reversed().map { -$0 }
  let jumps = abs(f(right[0]) - f(left[steps])) > 0.01
  let x = left + (jumps ? [.nan] : []) + right
  let line = Mark.line(x, x.map { $0.isNaN ? .nan : f($0) }, label: label, ink: ink, dashed: dashed)
  return jumps ? [line, .points([0], [f(0)], ink: ink)] : [line]
}

private func functionsFigure(_ lesson: any ActivationFunctionsLesson) -> Figure {
  Figure(
    title: "Nine functions (solid) and their derivatives (dashed)",
    description:
      "Nine small charts, z from −4 to 4. Identity: a line, derivative 1. Step: 0, then 1, derivative 0. Sigmoid: from 0 to 1, its derivative a hump of height one quarter. Tanh: from −1 to 1, a hump of height 1. Arctan: from about −1.3 to 1.3, a wider hump of height 1. ReLU: 0, then z; its derivative jumps from 0 to 1. Leaky ReLU: slope 0.25, then 1. ELU: from almost −1 up to 0, then z. Softplus: a smooth ReLU whose derivative is the sigmoid.",
    width: 680, columns: 3,
    panels: functions(of: lesson).map { g in
      .chart(
        Chart(
          title: g.name, x: Axis("z", range: -4...4, ticks: .values([-4, 0, 4])),
          y: Axis("", range: -2...2.5, ticks: .values([-1, 0, 1, 2])),
          marks: [.horizontal(0, ink: .faint)] + graph(g.value, ink: .blue)
            + graph(g.derivative, ink: .vermilion, dashed: true)))
    })
}

// MARK: - Saturation

private func saturationFigure(_ lesson: any ActivationFunctionsLesson) -> Figure {
  let range = 0.0...12.0
  return Figure(
    title: "Slopes far from 0",
    description:
      "Derivatives against z from 0 to 12 on a logarithmic axis. ReLU's stays at 1. Arctan's falls slowly, to 0.007. The sigmoid's falls along a straight line from one quarter to 0.000006. Tanh's starts at 1 and falls twice as steeply, to less than a billionth.",
    Chart(
      x: "z", y: Axis("g′(z)", range: 1e-10...3, scale: .logarithmic, ticks: .values([1e-9, 1e-6, 1e-3, 1])),
      .function("ReLU′", over: 1e-9...12, samples: 2, ink: .green) { lesson.relu($0).derivative },
      .function("arctan′", over: range, samples: 61, ink: .purple) { lesson.arctan($0).derivative },
      .function("σ′", over: range, samples: 61, ink: .blue) { lesson.sigmoid($0).derivative },
      .function("tanh′", over: range, samples: 61, ink: .vermilion) { lesson.hyperbolicTangent($0).derivative }))
}

// MARK: - Slopes

private func slopesFigure(_ lesson: any ActivationFunctionsLesson) -> Figure {
  let inks: [(alpha: Double, ink: Ink)] = [(0.01, .green), (0.25, .blue), (1, .purple), (1.5, .vermilion)]
  func chart(_ title: String, _ marks: [Mark]) -> Chart {
    Chart(
      title: title, x: Axis("z", range: -3...3, ticks: .values([-3, 0, 3])),
      y: Axis("g(z)", range: -4.5...4.5, ticks: .values([-4, -2, 0, 2, 4])), marks: marks)
  }
  return Figure(
    title: "What α does on the left side",
    description:
      "Left, parametric ReLU for slopes 0.01, 0.25, 1 and 1.5: one line on the right side, four on the left, the steepest lowest. A dashed line shows max(αz, z) for α = 1.5, which is steep on the right and has slope 1 on the left. Right, ELU for the same four α: curves that level off at −α.",
    height: 380, columns: 2,
    panels: [
      .chart(
        chart(
          "parametric ReLU",
          [Mark.function("max(1.5z, z)", over: -3...3, samples: 3, ink: .amber, dashed: true) { max(1.5 * $0, $0) }]
            + inks.map { alpha, ink in
              .line(
                [-3, 0, 3], [-3.0, 0, 3].map { lesson.parametricReLU($0, alpha: alpha).value },
                label: "α = \(formatted(alpha))", ink: ink)
            })),
      .chart(
        chart(
          "ELU",
          inks.map { alpha, ink in
            .function("α = \(formatted(alpha))", over: -3...3, samples: 61, ink: ink) {
              lesson.elu($0, alpha: alpha).value
            }
          })),
    ])
}

// MARK: - Softplus

private func softplusFigure(_ lesson: any ActivationFunctionsLesson) -> Figure {
  let range = -6.0...6.0
  return Figure(
    title: "Softplus is ReLU and a small rest",
    description:
      "Softplus lies above ReLU and comes near it on both sides. The rest, softplus less ReLU, is a symmetric peak: log 2, about 0.69, at 0, and almost 0 beyond ±5.",
    Chart(
      x: Axis("z", range: range), y: Axis("", range: -0.3...6.3),
      .line([-6, 0, 6], [-6.0, 0, 6].map { lesson.relu($0).value }, label: "max(0, z)", ink: .green),
      .function("softplus", over: range, samples: 61, ink: .blue) { lesson.softplus($0).value },
      .function("the rest, log(1 + e^(−|z|))", over: range, samples: 121, ink: .vermilion, dashed: true) {
        lesson.softplus($0).value - lesson.relu($0).value
      }))
}

// MARK: - Maxout

/// A maxout unit with q pieces after 2000 steps of gradient descent on ½ the mean of (A − z²)².
private func parabola(
  _ lesson: any ActivationFunctionsLesson, q: Int, seed: UInt64
) -> (X: Matrix, pieces: [Layer], cost: Double, winning: Int) {
  var generator = SeededGenerator(seed: seed)
  var pieces = (0..<q).map { _ in
    Layer(W: generator.normal(rows: 1, columns: 1), b: 0.1 * generator.normal(rows: 1, columns: 1))
  }
  let X = Matrix(row: (0...40).map { Double($0) / 10 - 2 })
  let Y = X .* X
  let m = Double(X.columns)
  for _ in 0..<2000 {
    let A = lesson.maxout(X: X, pieces: pieces, dA: Y).A
    let gradients = lesson.maxout(X: X, pieces: pieces, dA: (A - Y) / m).gradients
    for k in pieces.indices {
      pieces[k].W -= 0.05 * gradients[k].W
      pieces[k].b -= 0.05 * gradients[k].b
    }
  }
  let pass = lesson.maxout(X: X, pieces: pieces, dA: Y)
  return (X, pieces, pow(pass.A - Y, 2).mean(), Set(pass.winners.elements).count)
}

private func maxoutFigure(_ lesson: any ActivationFunctionsLesson) -> Figure {
  func chart(_ title: String, _ pieces: [Layer], _ y: ClosedRange<Double>, _ more: [Mark] = []) -> Chart {
    let x = (0...120).map { Double($0) / 30 - 2 }
    let pass = lesson.maxout(X: Matrix(row: x), pieces: pieces, dA: Matrix(rows: 1, columns: x.count))
    let lines = pieces.map { piece in
      Mark.function(over: -2...2, samples: 2, ink: .muted, dashed: true) { piece.W[0, 0] * $0 + piece.b[0, 0] }
    }
    return Chart(
      title: title, x: Axis("z", range: -2...2, ticks: .values([-2, -1, 0, 1, 2])), y: Axis("", range: y),
      marks: lines + more + [.line(x, pass.A.elements, label: "the largest", ink: .blue)])
  }
  let three = [Layer(W: [[-1]], b: [[-0.5]]), Layer(W: [[0.25]], b: [[0.25]]), Layer(W: [[1.5]], b: [[-0.75]])]
  let trained = parabola(lesson, q: 5, seed: 1)
  return Figure(
    title: "Maxout is the upper edge of its pieces",
    description:
      "Left, three dashed lines; the solid line follows whichever is on top: the falling one, then the flat one, then the steep one. Right, five pieces after training: their upper edge follows the parabola z squared.",
    height: 330, columns: 2,
    panels: [
      .chart(chart("three pieces", three, -2...2.5)),
      .chart(
        chart(
          "five pieces, trained on z²", trained.pieces, -1...4.5,
          [
            .points(
              trained.X.elements.enumerated().filter { $0.offset % 2 == 0 }.map(\.element),
              trained.X.elements.enumerated().filter { $0.offset % 2 == 0 }.map { $0.element * $0.element },
              label: "z²",
              ink: .vermilion)
          ])),
    ])
}

// MARK: - Two linear layers

private func collapseFigure(_ lesson: any ActivationFunctionsLesson) -> Figure {
  let first = Layer(W: [[1], [-1.5], [2]], b: [[1], [-0.5], [-2.5]])
  let second = Layer(W: [[1.5, 1, -0.5]], b: [[-1]])
  let one = lesson.collapse(first, second)
  let x = (0...60).map { Double($0) / 10 - 3 }
  func output(_ g: (Double) -> Double) -> [Double] {
    let hidden = (first.W * Matrix(row: x) + first.b).map(g)
    return (second.W * hidden + second.b).elements
  }
  func chart(_ title: String, _ marks: Mark...) -> Chart {
    Chart(
      title: title, x: Axis("x", range: -3...3, ticks: .values([-3, 0, 3])),
      y: Axis("output", range: -3...5, ticks: .values([-2, 0, 2, 4])), marks: marks)
  }
  return Figure(
    title: "Two layers, without and with a function between",
    description:
      "Left, without a function between them, two layers give a straight line, and dots of the one collapsed layer lie on it. Right, the same weights with ReLU between give a line with three bends; with tanh between, a smooth curve.",
    height: 330, columns: 2,
    panels: [
      .chart(
        chart(
          "g is the identity", .line(x, output { $0 }, label: "two layers", ink: .blue),
          .points(
            x.enumerated().filter { $0.offset % 6 == 0 }.map(\.element),
            x.enumerated().filter { $0.offset % 6 == 0 }.map { one.W[0, 0] * $0.element + one.b[0, 0] },
            label: "one layer, W′ and b′", ink: .vermilion))),
      .chart(
        chart(
          "g is not linear", .line(x, output { lesson.relu($0).value }, label: "ReLU between", ink: .blue),
          .line(x, output { lesson.hyperbolicTangent($0).value }, label: "tanh between", ink: .purple))),
    ])
}
