import Curriculum
import Plots

/// Lesson 4: the lectures' two graphs, gradients that add up, a unit trained by nothing but a graph, and a gradient checked.
public let computationGraphsDemo = Demo<any ComputationGraphsLesson>(
  .computationGraphs,
  run: { lesson, out in
    out("J = 3(a + bc) as a graph: values from top to bottom, derivatives from bottom to top.")
    show(.tripleSum, lesson, out)
    out()
    out("One lecture prints dJ/db = dJ/dc = 3. The numerical gradient at (5, 3, 2), h = 10⁻⁵:")
    let J: @Sendable ([Double]) -> Double = { 3 * ($0[0] + $0[1] * $0[2]) }
    let claims: [(String, [Double])] = [("as printed", [3, 3, 3]), ("by the graph", [3, 6, 9])]
    var rows: [[String]] = []
    for (name, gradient) in claims {
      let check = lesson.checkGradient(gradient, of: J, at: [5, 3, 2], h: 1e-5)
      rows.append([name] + gradient.map { formatted($0) } + [check.agrees ? "agrees" : "does not agree"])
      if name == "by the graph" {
        rows.append(["numerical"] + check.numerical.map { formatted($0, digits: 6) } + [""])
      }
    }
    out(terminalTable(["", "da", "db", "dc", ""], rows))
    out()
    out("f = (x + y)z at (1, −3, 4):")
    show(.sumTimes, lesson, out)
    out()
    out("f = (x + y)·x + x at (3, −1): x is used three times, and gets 3 + 2 + 1.")
    show(.thrice, lesson, out)
    out()
    train(lesson, out)
    out()
    out("How small should h be? The error of the numerical derivative of x³ at x = 1, which is 3:")
    let steps: [Double] = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8, 1e-10, 1e-12]
    out(
      terminalTable(
        ["h", "one-sided", "centred (4.8)"],
        steps.map { h in
          [h, abs(oneSided(h) - 3), abs(centred(h, lesson) - 3)].map { formatted($0, digits: 2) }
        }))
    out("Large h: the curve bends between the two points. Small h: the digits of f cancel. In between is best.")
    for figure in figures(lesson) { out.figure(figure.0, figure.1) }
  },
  figures: { lesson in figures(lesson).map { ChapterFigure($0.0, $0.1) } })

// MARK: - Graphs with names

/// A graph whose nodes have names, for tables.
private struct NamedGraph {
  var names: [String] = [], nodes: [Graph.Node] = []
  var graph: Graph { Graph(nodes: nodes, output: nodes.count - 1) }

  mutating func leaf(_ name: String, _ value: Double) -> Int { add(name, .init(operation: .value(value), parents: [])) }

  mutating func node(_ name: String, _ operation: NodeOperation, _ parents: Int...) -> Int {
    add(name, .init(operation: operation, parents: parents))
  }

  private mutating func add(_ name: String, _ node: Graph.Node) -> Int {
    names.append(name)
    nodes.append(node)
    return nodes.count - 1
  }

  static var tripleSum: NamedGraph {
    var g = NamedGraph()
    let (a, b, c) = (g.leaf("a", 5), g.leaf("b", 3), g.leaf("c", 2))
    let u = g.node("u", .multiply, b, c)
    let v = g.node("v", .add, a, u)
    let three = g.leaf("3", 3)
    _ = g.node("J", .multiply, three, v)
    return g
  }

  static var sumTimes: NamedGraph {
    var g = NamedGraph()
    let (x, y, z) = (g.leaf("x", 1), g.leaf("y", -3), g.leaf("z", 4))
    let d = g.node("d", .add, x, y)
    _ = g.node("f", .multiply, d, z)
    return g
  }

  static var thrice: NamedGraph {
    var g = NamedGraph()
    let (x, y) = (g.leaf("x", 3), g.leaf("y", -1))
    let s = g.node("s", .add, x, y)
    let p = g.node("p", .multiply, s, x)
    _ = g.node("f", .add, p, x)
    return g
  }

  /// ½ Σ (σ(wx + b) − y)² over some points; w is node 0 and b node 1.
  static func leastSquares(w: Double, b: Double, points: [(x: Double, y: Double)]) -> NamedGraph {
    var g = NamedGraph()
    let (w, b, half) = (g.leaf("w", w), g.leaf("b", b), g.leaf("½", 0.5))
    var sum = g.leaf("0", 0)
    for point in points {
      let product = g.node("wx", .multiply, w, g.leaf("x", point.x))
      let yhat = g.node("ŷ", .sigmoid, g.node("z", .add, product, b))
      let error = g.node("e", .add, yhat, g.leaf("−y", -point.y))
      sum = g.node("sum", .add, sum, g.node("e²", .multiply, error, error))
    }
    _ = g.node("L", .multiply, half, sum)
    return g
  }
}

/// A table of a graph's nodes, each with its value and its gradient.
private func show(_ named: NamedGraph, _ lesson: any ComputationGraphsLesson, _ out: DemoOutput) {
  let pass = lesson.backward(through: named.graph)
  let rows = named.nodes.indices.map { i in
    let node = named.nodes[i]
    let operation =
      node.parents.isEmpty ? "" : "\(node.operation) of " + node.parents.map { named.names[$0] }.joined(separator: ", ")
    return [named.names[i], operation, formatted(pass.values[i]), formatted(pass.gradients[i])]
  }
  out(terminalTable(["node", "computes", "value", "gradient"], rows))
}

/// Gradient descent on a unit's two parameters, the gradients taken from the graph of the whole loss.
private func train(_ lesson: any ComputationGraphsLesson, _ out: DemoOutput) {
  let points: [(x: Double, y: Double)] = [(-2, 0), (-1, 0), (0.5, 1), (1, 0), (2, 1), (3, 1)]
  var (w, b) = (0.0, 0.0)
  var losses: [Double] = []
  for _ in 0..<60 {
    let graph = NamedGraph.leastSquares(w: w, b: b, points: points).graph
    let pass = lesson.backward(through: graph)
    losses.append(pass.values[graph.output])
    w -= 0.5 * pass.gradients[0]
    b -= 0.5 * pass.gradients[1]
  }
  let count = NamedGraph.leastSquares(w: w, b: b, points: points).nodes.count
  out("Six points, one unit: L = ½ Σ (σ(wx + b) − y)² is a graph of \(count) nodes, w and b used six times each.")
  out("Gradient descent, α = 0.5, with the gradients that come out of the graph:")
  out(terminalPlot(.line(losses), title: "Loss L", x: "step", y: "L", width: out.width, color: out.colors))
  out.curve("loss", losses)
  out("w = \(formatted(w)), b = \(formatted(b)). No derivative of this L was worked out by hand.")
}

private func oneSided(_ h: Double) -> Double { ((1 + h) * (1 + h) * (1 + h) - 1) / h }

private func centred(_ h: Double, _ lesson: any ComputationGraphsLesson) -> Double {
  lesson.checkGradient([3], of: { $0[0] * $0[0] * $0[0] }, at: [1], h: h).numerical.first ?? .nan
}

// MARK: - Figures

private func figures(_ lesson: any ComputationGraphsLesson) -> [(String, Figure)] {
  [
    ("triple-sum", tripleSumFigure(lesson)), ("sum-times", sumTimesFigure(lesson)), ("node", nodeFigure()),
    ("order", orderFigure()), ("thrice", thriceFigure(lesson)), ("paths", pathsFigure()),
    ("least-squares", leastSquaresFigure(lesson)), ("step-size", stepSizeFigure(lesson)),
  ]
}

extension Diagram {
  /// A graph with the name of each node's value above the node.
  fileprivate static func named(_ names: [(String, column: Double, row: Double)], _ diagram: Diagram) -> Diagram {
    var diagram = diagram
    for (name, column, row) in names {
      diagram.elements.append(.text(name, at: (128 * column, 88 * row - 30)))
    }
    return diagram
  }
}

private func tripleSumFigure(_ lesson: any ComputationGraphsLesson) -> Figure {
  let r = lesson.tripleSum(a: 5, b: 3, c: 2)
  return Figure(
    title: "J = 3(a + bc) at a = 5, b = 3, c = 2",
    description:
      "A graph from left to right. b = 3 and c = 2 meet in a product, u = 6; a = 5 and u meet in a sum, v = 11; v is tripled to J = 33. Below the arrows the derivatives of J come back: 1 at J, 3 at v, 3 at u and at a, 6 at b and 9 at c.",
    width: 720,
    Diagram.named(
      [("u", 1, 1.5), ("v", 2, 0.75)],
      Diagram.computation(
        .input("b", value: 3, gradient: r.db, at: (column: 0, row: 1)),
        .input("c", value: 2, gradient: r.dc, at: (column: 0, row: 2)),
        .input("a", value: 5, gradient: r.da, at: (column: 1, row: 0)),
        .operation("×", "u", of: "b", "c", value: r.u, gradient: r.du, at: (column: 1, row: 1.5)),
        .operation("+", "v", of: "a", "u", value: r.v, gradient: r.dv, at: (column: 2, row: 0.75)),
        .operation("·3", "J", of: "v", value: r.J, gradient: 1, at: (column: 3, row: 0.75)))))
}

private func sumTimesFigure(_ lesson: any ComputationGraphsLesson) -> Figure {
  let r = lesson.sumTimes(x: 1, y: -3, z: 4)
  return Figure(
    title: "f = (x + y)z at x = 1, y = −3, z = 4",
    description:
      "A graph from left to right. x = 1 and y = −3 meet in a sum, d = −2; d and z = 4 meet in a product, f = −8. Below the arrows the derivatives of f come back: 1 at f, 4 at d, 4 at x and at y, and −2 at z.",
    width: 640,
    Diagram.named(
      [("d", 1, 0.5)],
      Diagram.computation(
        .input("x", value: 1, gradient: r.dx, at: (column: 0, row: 0)),
        .input("y", value: -3, gradient: r.dy, at: (column: 0, row: 1)),
        .operation("+", "d", of: "x", "y", value: r.d, gradient: r.dd, at: (column: 1, row: 0.5)),
        .input("z", value: 4, gradient: r.dz, at: (column: 1, row: 1.5)),
        .operation("×", "f", of: "d", "z", value: r.f, gradient: 1, at: (column: 2, row: 1)))))
}

/// What a node does, without numbers.
private func nodeFigure() -> Figure {
  Figure(
    title: "What one node does",
    description:
      "A circle named f. Two arrows enter from the left, x and y, and one leaves to the right, z = f(x, y). Below them the way back: ∂L/∂z arrives from the right; to x goes ∂L/∂z times ∂z/∂x, to y goes ∂L/∂z times ∂z/∂y.",
    width: 640, height: 300,
    Diagram(
      .node("x", at: (0, 0), shape: .box), .node("y", at: (0, 150), shape: .box),
      .node("f", at: (270, 75), radius: 28), .node("…", at: (480, 75), shape: .plain),
      .edge("x", "f"), .edge("y", "f"), .edge("f", "…"),
      .text("x", at: (128, 12), ink: .blue), .text("∂L/∂z · ∂z/∂x", at: (98, 62), ink: .vermilion),
      .text("y", at: (158, 96), ink: .blue), .text("∂L/∂z · ∂z/∂y", at: (176, 148), ink: .vermilion),
      .text("z = f(x, y)", at: (378, 58), ink: .blue), .text("∂L/∂z", at: (378, 94), ink: .vermilion)))
}

/// Where a node stands and which index it has are two things.
private func orderFigure() -> Figure {
  Figure(
    title: "A short path and a long one",
    description:
      "Six nodes with their indices. Leaves 5 and 0 lead to node 3; 3 leads to 1, 1 leads to 4, and 4 leads to 2, the output; an arc leads from 3 straight to 2 as well. Node 2 has to wait for 4, though its other parent 3 is ready early.",
    width: 680,
    Diagram(
      .node("5", at: (0, 0), shape: .box), .node("0", at: (0, 90), shape: .box),
      .node("3", at: (130, 45)), .node("1", at: (260, 0)), .node("4", at: (390, 0)), .node("2", at: (520, 45)),
      .edge("5", "3"), .edge("0", "3"), .edge("3", "1"), .edge("1", "4"), .edge("4", "2"), .edge("3", "2"),
      .text("×", at: (130, 84), ink: .muted), .text("exp", at: (260, -34), ink: .muted),
      .text("tanh", at: (390, -34), ink: .muted), .text("×, output", at: (520, 84), ink: .muted)))
}

private func thriceFigure(_ lesson: any ComputationGraphsLesson) -> Figure {
  let pass = lesson.backward(through: NamedGraph.thrice.graph)
  let (v, g) = (pass.values, pass.gradients)
  // Nodes: 0 x, 1 y, 2 s, 3 p, 4 f. What goes back to x in each place is the children's gradient times the local one.
  return Figure(
    title: "f = (x + y)·x + x: three ways back to x",
    description:
      "x = 3 goes to three nodes: to a sum with y = −1, to a product, and to the last sum. The derivatives that come back to it along these three arrows are 3, 2 and 1, and together 6.",
    width: 720,
    Diagram.named(
      [("s", 1.3, 0.2), ("p", 2.6, 0.8)],
      Diagram.computation(
        .input("y", value: v[1], gradient: g[1], at: (column: 0, row: 0)),
        .input("x", value: v[0], gradient: g[0], at: (column: 0, row: 1.4)),
        .operation(
          "+", "s", of: "y", "x", value: v[2], gradient: g[2], inputGradients: [g[2], g[2]], at: (column: 1.3, row: 0.2)
        ),
        .operation(
          "×", "p", of: "s", "x", value: v[3], gradient: g[3], inputGradients: [g[3] * v[0], g[3] * v[2]],
          at: (column: 2.6, row: 0.8)),
        .operation(
          "+", "f", of: "p", "x", value: v[4], gradient: g[4], inputGradients: [g[4], g[4]], at: (column: 3.9, row: 1.4)
        )))
  )
}

/// TPT's graph with four paths.
private func pathsFigure() -> Figure {
  Figure(
    title: "Four paths from x₁ to p",
    description:
      "x₁ and x₂ each lead to z₁ and z₂; z₁ and z₂ each lead to h₁ and h₂; both of these lead to p. The arrows on the ways from x₁ are bold: two leave x₁, four lie between z and h, two arrive at p; four different paths.",
    width: 600,
    Diagram(
      elements: [
        .node("x₁", at: (0, 0), shape: .box), .node("x₂", at: (0, 110), shape: .box),
        .node("z₁", at: (140, 0)), .node("z₂", at: (140, 110)), .node("h₁", at: (280, 0)), .node("h₂", at: (280, 110)),
        .node("p", at: (420, 55)), .edge("x₂", "z₁", width: 1), .edge("x₂", "z₂", width: 1),
      ]
        + [
          ("x₁", "z₁"), ("x₁", "z₂"), ("z₁", "h₁"), ("z₁", "h₂"), ("z₂", "h₁"), ("z₂", "h₂"), ("h₁", "p"), ("h₂", "p"),
        ]
        .map { .edge($0.0, $0.1, ink: .vermilion, width: 2.5) }))
}

private func leastSquaresFigure(_ lesson: any ComputationGraphsLesson) -> Figure {
  let r = lesson.logisticLeastSquares(w: 0.5, b: -1, x: 2, y: 1)
  let diagram = Diagram.named(
    [("z", 2, 1), ("ŷ", 3, 1)],
    Diagram.computation(
      .input("w", value: 0.5, gradient: r.dw, at: (column: 0, row: 0)), .input("x", value: 2, at: (column: 0, row: 1)),
      .operation("×", "wx", of: "w", "x", value: 1, gradient: r.dz, at: (column: 1, row: 0.5)),
      .input("b", value: -1, gradient: r.db, at: (column: 1, row: 1.6)),
      .operation("+", "z", of: "wx", "b", value: 0, gradient: r.dz, at: (column: 2, row: 1)),
      .operation("σ", "ŷ", of: "z", value: 0.5, gradient: r.dyhat, at: (column: 3, row: 1)),
      .input("y", value: 1, at: (column: 3, row: 2)),
      .operation("loss", "L", of: "ŷ", "y", value: r.loss, gradient: 1, at: (column: 4.3, row: 1))))
  return Figure(
    title: "L = ½(σ(wx + b) − y)² at w = 0.5, b = −1, x = 2, y = 1",
    description:
      "A graph from left to right: w = 0.5 times x = 2 is 1, plus b = −1 is z = 0; σ makes ŷ = 0.5 of it, and with the target y = 1 the loss is 0.125. Below the arrows the derivatives of the loss come back: −0.5 at ŷ, −0.125 at z, −0.125 at the product and at b, −0.25 at w.",
    width: 760, diagram)
}

/// The error of both differences for x³ at 1: only sums and products, so that every machine draws the same.
private func stepSizeFigure(_ lesson: any ComputationGraphsLesson) -> Figure {
  var (steps, one, two): ([Double], [Double], [Double]) = ([], [], [])
  var power = 0.5
  while power > 1e-13 {
    // The step that x + h really makes.
    let h = power
    steps.append(h)
    one.append(max(abs(oneSided(h) - 3), 1e-16))
    two.append(max(abs(centred(h, lesson) - 3), 1e-16))
    power *= 0.6
  }
  return Figure(
    title: "The error of a numerical derivative, by its step",
    description:
      "Both axes are logarithmic. From the right, where h is large, both errors fall as h gets smaller: the one-sided one along a line of slope 1, the centred one along a line of slope 2. The centred error is smallest near h = 10⁻⁵, the one-sided near 10⁻⁸. To the left of that both rise again, raggedly, as rounding takes over.",
    width: 680, height: 420,
    Chart(
      x: Axis("h", scale: .logarithmic), y: Axis("error for x³ at x = 1", scale: .logarithmic),
      .line(steps, one, label: "one-sided"), .line(steps, two, label: "centred")))
}
