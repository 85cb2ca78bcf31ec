import Curriculum

/// The steps of lesson 4.
public let computationGraphsSteps: [Step<any ComputationGraphsLesson>] = [
  Step(
    "4.1",
    on: [
      .worked((a: 5, b: 3, c: 2)), .random { (a: $0.normal(), b: 1 + $0.uniform(), c: -0.5 - $0.uniform()) },
      .random { (a: $0.normal(), b: -2 - $0.uniform(), c: 3 + $0.uniform()) }, .edge("b = 0", (a: -1, b: 0, c: 4)),
    ],
    derivatives: { reference, x in
      let at = reference.tripleSum(a: x.a, b: x.b, c: x.c)
      return [
        "dv": .of("J", at: at.v) { reference.tripleSum(a: $0, b: 0, c: 0).J },
        "du": .of("J", at: at.u) { reference.tripleSum(a: x.a, b: $0, c: 1).J },
        "da": .of("J", at: x.a) { reference.tripleSum(a: $0, b: x.b, c: x.c).J },
        "db": .of("J", at: x.b) { reference.tripleSum(a: x.a, b: $0, c: x.c).J },
        "dc": .of("J", at: x.c) { reference.tripleSum(a: x.a, b: x.b, c: $0).J },
      ]
    }
  ) { lesson, x in
    let r = lesson.tripleSum(a: x.a, b: x.b, c: x.c)
    return ["u": r.u, "v": r.v, "J": r.J, "dv": r.dv, "du": r.du, "da": r.da, "db": r.db, "dc": r.dc]
  },

  Step(
    "4.2",
    on: [
      .worked((x: 1, y: -3, z: 4)), .random { (x: $0.normal(), y: 2 + $0.uniform(), z: -1 - $0.uniform()) },
      .random { (x: 3 + $0.uniform(), y: $0.normal(), z: 0.5 + $0.uniform()) },
      .edge("x = −y", (x: 2.5, y: -2.5, z: 3)), .edge("z = 0", (x: 1, y: 2, z: 0)),
    ],
    derivatives: { reference, p in
      let d = p.x + p.y
      return [
        "dd": .of("f", at: d) { reference.sumTimes(x: $0, y: 0, z: p.z).f },
        "dx": .of("f", at: p.x) { reference.sumTimes(x: $0, y: p.y, z: p.z).f },
        "dy": .of("f", at: p.y) { reference.sumTimes(x: p.x, y: $0, z: p.z).f },
        "dz": .of("f", at: p.z) { reference.sumTimes(x: p.x, y: p.y, z: $0).f },
      ]
    }
  ) { lesson, p in
    let r = lesson.sumTimes(x: p.x, y: p.y, z: p.z)
    return ["d": r.d, "f": r.f, "dd": r.dd, "dx": r.dx, "dy": r.dy, "dz": r.dz]
  },

  Step(
    "4.3",
    on: [
      .worked(NodeCase(operation: .multiply, inputs: [3, 2], upstream: 3, another: -0.5)),
      .random { .random(.add, of: 2, using: &$0) }, .random { .random(.multiply, of: 2, using: &$0) },
      .random { .random(.exp, of: 1, using: &$0) }, .random { .random(.log, of: 1, using: &$0) },
      .random { .random(.sigmoid, of: 1, using: &$0) }, .random { .random(.tanh, of: 1, using: &$0) },
      .random { .random(.relu, of: 1, using: &$0) },
      .edge(
        "a product with a factor of 0", NodeCase(operation: .multiply, inputs: [0, -4], upstream: 3, another: -0.5)),
      .edge("a square", NodeCase(operation: .multiply, inputs: [1.5, 1.5], upstream: 3, another: -0.5)),
      .edge("a negative input", NodeCase(operation: .sigmoid, inputs: [-2], upstream: 3, another: -0.5)),
      .edge("a negative input", NodeCase(operation: .tanh, inputs: [-0.75], upstream: 3, another: -0.5)),
      .edge("a negative input", NodeCase(operation: .relu, inputs: [-2], upstream: 3, another: -0.5)),
      .edge("ReLU at 0", NodeCase(operation: .relu, inputs: [0], upstream: 3, another: -0.5)),
      .edge("a large input", NodeCase(operation: .sigmoid, inputs: [1000], upstream: 3, another: -0.5)),
      .edge("a large negative input", NodeCase(operation: .sigmoid, inputs: [-1000], upstream: 3, another: -0.5)),
      .edge("a large input", NodeCase(operation: .tanh, inputs: [1000], upstream: 3, another: -0.5)),
      .edge("a large negative input", NodeCase(operation: .tanh, inputs: [-1000], upstream: 3, another: -0.5)),
      .edge("the logarithm of a small number", NodeCase(operation: .log, inputs: [0.0625], upstream: 3, another: -0.5)),
      .edge("the exponential of 16", NodeCase(operation: .exp, inputs: [16], upstream: 3, another: -0.5)),
      .edge("a leaf", NodeCase(operation: .value(-2.5), inputs: [], upstream: 3, another: -0.5)),
    ],
    derivatives: { reference, c in
      let isFlat = c.inputs.contains { abs($0) > 100 } || (c.operation == .relu && c.inputs == [0])
      if isFlat || c.inputs.isEmpty { return [:] }
      @Sendable func value(_ inputs: Matrix) -> Double { reference.node(c.operation, inputs.elements).value }
      return [
        "backward(upstream)": .of("upstream × value", at: Matrix(row: c.inputs)) { c.upstream * value($0) },
        "backward(another)": .of("another upstream × value", at: Matrix(row: c.inputs)) { c.another * value($0) },
      ]
    }
  ) { lesson, c in
    let node = lesson.node(c.operation, c.inputs)
    return [
      "value": node.value, "backward(upstream)": node.backward(c.upstream),
      "backward(another)": node.backward(c.another),
    ]
  },

  Step(
    "4.4",
    on: [
      .worked(.tripleSum), .edge("a chain, numbered backwards", .chain(7).numbered([6, 5, 4, 3, 2, 1, 0])),
      .edge("a diamond", .diamond), .edge("a diamond, numbered backwards", .diamond.numbered([3, 2, 1, 0])),
      .edge("a short path and a long one", Graph.twoPaths.numbered([5, 0, 3, 1, 4, 2])),
      .edge("a parent named twice", .square), .edge("a node that uses the output, and one that nothing uses", .unused),
      .edge("two components", Graph.twoComponents.numbered([4, 6, 0, 2, 5, 1, 3])),
      .edge("a single leaf", Graph([.init(operation: .value(2), parents: [])])),
      .random { .shared(using: &$0) }, .random { .everyOperation(using: &$0) },
      .edge("a larger graph") { .large(using: &$0) }, .edge("a larger graph") { .large(using: &$0) },
    ] as [Input<Graph>]
  ) { lesson, graph in orderFacts(lesson.topologicalOrder(of: graph), of: graph) },

  Step(
    "4.5",
    on: [
      .worked(.tripleSum), .edge("x·x", .square), .edge("a value used three times", .usedThreeTimes),
      .edge("a diamond, numbered backwards", .evenDiamond.numbered([3, 2, 1, 0])),
      .edge("a short path and a long one", Graph.twoPaths.numbered([5, 0, 3, 1, 4, 2])),
      .edge("a node that uses the output, and one that nothing uses", .unused),
      .edge("two components", Graph.twoComponents.numbered([4, 6, 0, 2, 5, 1, 3])),
      .edge("ReLU at 0", .reluAtZero), .edge("a single leaf", Graph([.init(operation: .value(2), parents: [])])),
      .random { .shared(using: &$0) }, .random { .everyOperation(using: &$0) },
    ] as [Input<Graph>],
    derivatives: { reference, graph in
      if graph.isAtKink { return [:] }
      return [
        "gradients": .of("the output", at: Matrix(rows: graph.nodes.count, columns: 1)) {
          let nudged = graph.nudged(by: $0.elements)
          return reference.backward(through: nudged).values[nudged.output]
        }
      ]
    }
  ) { lesson, graph in
    let pass = lesson.backward(through: graph)
    return ["values": pass.values, "gradients": pass.gradients]
  },

  Step(
    "4.6",
    on: [
      .worked((W: [[0.5, -0.25, 0], [1, 0.5, -0.5]], x: [[1], [2], [-1]], dz: [[2], [-1]])),
      .random {
        (W: $0.normal(rows: 3, columns: 2), x: $0.normal(rows: 2, columns: 1), dz: $0.normal(rows: 3, columns: 1))
      },
      .random {
        (W: 0.7 * $0.normal(rows: 2, columns: 4), x: $0.normal(rows: 4, columns: 1), dz: $0.normal(rows: 2, columns: 1))
      },
      .edge("as many outputs as inputs") {
        (W: $0.normal(rows: 3, columns: 3), x: $0.normal(rows: 3, columns: 1), dz: $0.normal(rows: 3, columns: 1))
      },
      .edge("one output") {
        (W: $0.normal(rows: 1, columns: 3), x: 0.5 * $0.normal(rows: 3, columns: 1), dz: [[-1.5]])
      },
      .edge(
        "scores of 1000 and −1000, where tanh is flat", (W: [[1, 0], [-1, 0]], x: [[1000], [2]], dz: [[2], [-1]])),
    ],
    derivatives: { reference, v in
      @Sendable func z(_ x: Matrix) -> Matrix { reference.vectorNode(W: v.W, x: x, dz: v.dz).z }
      return [
        // Row i of E moves x for zᵢ alone.
        "J": .of("z", at: Matrix(rows: v.W.rows, columns: v.W.columns)) { E in
          (0..<v.W.rows).map { z(v.x + E.row($0).T)[$0, 0] }.reduce(0, +)
        },
        "dx": .of("Σ dz·z", at: v.x) { (v.dz .* z($0)).sum() },
      ]
    }
  ) { lesson, v in
    let r = lesson.vectorNode(W: v.W, x: v.x, dz: v.dz)
    return ["z": r.z, "J": r.J, "dx": r.dx]
  },

  Step(
    "4.7",
    on: [
      .worked((w: 0.5, b: -1, x: 2, y: 1)),
      .random { (w: $0.normal(), b: 0.5 + $0.uniform(), x: 1.5 + $0.uniform(), y: 0) },
      .random { (w: $0.normal(), b: -0.5 - $0.uniform(), x: -1.5 - $0.uniform(), y: 0.25 + 0.5 * $0.uniform()) },
      .edge("x = 0", (w: 2, b: 0.5, x: 0, y: 1)), .edge("z = 1000", (w: 250, b: 0, x: 4, y: 0)),
      .edge("z = −1000", (w: -250, b: 0, x: 4, y: 1)),
    ],
    derivatives: { reference, p in
      if abs(p.w * p.x) > 100 { return [:] }
      @Sendable func loss(w: Double, b: Double) -> Double {
        reference.logisticLeastSquares(w: w, b: b, x: p.x, y: p.y).loss
      }
      let at = reference.logisticLeastSquares(w: p.w, b: p.b, x: p.x, y: p.y)
      let byW = Derivative.of("L", at: p.w) { loss(w: $0, b: p.b) }
      let byB = Derivative.of("L", at: p.b) { loss(w: p.w, b: $0) }
      return [
        "dwByCalculus": byW, "dbByCalculus": byB,
        // ŷ is σ of its own log-odds.
        "dyhat": .of("L", at: at.dyhat + p.y) { loss(w: 0, b: log($0 / (1 - $0))) },
        "dz": .of("L", at: p.w * p.x + p.b) { loss(w: 0, b: $0) }, "dw": byW, "db": byB,
      ]
    }
  ) { lesson, p in
    let r = lesson.logisticLeastSquares(w: p.w, b: p.b, x: p.x, y: p.y)
    return [
      "loss": r.loss, "dwByCalculus": r.dwByCalculus, "dbByCalculus": r.dbByCalculus, "dyhat": r.dyhat, "dz": r.dz,
      "dw": r.dw, "db": r.db,
    ]
  },

  Step(
    "4.8",
    on: [
      .worked(CheckCase("x₀³ + x₀x₁", [5, 2], at: [1, 2], h: 0.1, cubeAndProduct)),
      .edge("a right gradient, h small", CheckCase("x₀³ + x₀x₁", [5, 1], at: [1, 2], h: 1e-5, cubeAndProduct)),
      .edge("a right gradient, h large", CheckCase("x₀³ + x₀x₁", [5, 1], at: [1, 2], h: 0.2, cubeAndProduct)),
      .edge(
        "a right gradient, h small",
        CheckCase("e^(x₀/2) + x₁²x₂", [0.5, -6, 9], at: [0, 3, -1], h: 1e-5, expAndProduct)),
      .edge(
        "a sign wrong in the middle",
        CheckCase("e^(x₀/2) + x₁²x₂", [0.5, 6, 9], at: [0, 3, -1], h: 1e-3, expAndProduct)),
      .edge(
        "the last entry a little too small",
        CheckCase("e^(x₀/2) + x₁²x₂", [0.5, -6, 8.9], at: [0, 3, -1], h: 1e-3, expAndProduct)),
      .edge(
        "a small error, h small",
        CheckCase("e^(x₀/2) + x₁²x₂", [0.5, -6.002, 9], at: [0, 3, -1], h: 1e-5, expAndProduct)),
      .edge("a gradient of zeros", CheckCase("x₀³ + x₀x₁", [0, 0], at: [1, 2], h: 0.01, cubeAndProduct)),
      .edge("an entry that f does not depend on", CheckCase("2x₀, whatever x₁", [2, 0], at: [3, -4], h: 0.5, twice)),
      .edge(
        "a small entry that should be 0", CheckCase("2x₀, whatever x₁", [2, 5e-5], at: [3, -4], h: 0.5, twice)),
      .edge("a tiny entry that should be 0", CheckCase("2x₀, whatever x₁", [2, 5e-9], at: [3, -4], h: 0.5, twice)),
      .edge("an entry below 1 that should be 0", CheckCase("2x₀, whatever x₁", [2, 0.3], at: [3, -4], h: 0.5, twice)),
      .edge("an error of 10⁻⁵, h = ½", CheckCase("2x₀, whatever x₁", [2.00002, 0], at: [3, -4], h: 0.5, twice)),
      .edge("an error of 10⁻⁷, h = ½", CheckCase("2x₀, whatever x₁", [2.0000002, 0], at: [3, -4], h: 0.5, twice)),
      .random { .quadratic(n: 4, error: 0.3, using: &$0) }, .random { .quadratic(n: 3, error: 0, using: &$0) },
    ]
  ) { lesson, c in
    let check = lesson.checkGradient(c.analytic, of: c.function, at: c.x, h: c.h)
    // Below 10⁻³ it may be rounding: no number to compare.
    let error = abs(check.relativeError) < 1e-3 ? 0 : check.relativeError
    return ["numerical": check.numerical, "relativeError": error, "agrees": check.agrees]
  },
]

// MARK: - 4.3

private struct NodeCase: Sendable {
  var operation: NodeOperation, inputs: [Double], upstream: Double, another: Double

  /// Positive inputs, so that a logarithm has a value and a ReLU is not flat.
  static func random(_ operation: NodeOperation, of count: Int, using generator: inout SeededGenerator) -> NodeCase {
    NodeCase(
      operation: operation, inputs: (0..<count).map { _ in 0.3 + 1.2 * generator.uniform() },
      upstream: 1.5 + generator.uniform(), another: -0.2 - 0.5 * generator.uniform())
  }
}

// MARK: - 4.4

/// What makes an order right, whichever it is; the list may hold anything.
private func orderFacts(_ order: [Int], of graph: Graph) -> Observation {
  let count = graph.nodes.count
  var timesListed = [Int](repeating: 0, count: count)
  var place = [Int](repeating: Int.max, count: count)
  var strangers = 0
  for (position, i) in order.enumerated() {
    guard graph.nodes.indices.contains(i) else {
      strangers += 1
      continue
    }
    timesListed[i] += 1
    place[i] = min(place[i], position)
  }
  // Of a node that is not listed nothing can be said.
  let late = graph.nodes.indices.map { i in
    graph.nodes[i].parents.filter { timesListed[i] > 0 && timesListed[$0] > 0 && place[$0] >= place[i] }.count
  }
  return [
    "length": order.count, "entries that are no node's index": strangers, "times listed": timesListed,
    "parents not before it": late,
  ]
}

extension Graph {
  /// Nodes of which the last is the output.
  fileprivate init(_ nodes: [Node]) { self.init(nodes: nodes, output: nodes.count - 1) }

  private static func leaf(_ number: Double) -> Node { Node(operation: .value(number), parents: []) }
  private static func op(_ operation: NodeOperation, _ parents: Int...) -> Node {
    Node(operation: operation, parents: parents)
  }

  /// J = 3(a + bc) at (5, 3, 2).
  fileprivate static let tripleSum = Graph([
    leaf(5), leaf(3), leaf(2), op(.multiply, 1, 2), op(.add, 0, 3), leaf(3), op(.multiply, 5, 4),
  ])

  // In the graphs of 4.5, nodes that give something to the same parent follow each other in every order, or give it
  // the same. So a student who overwrites instead of adding up gets the same wrong numbers in whichever order.

  /// A leaf, and functions on top of it.
  fileprivate static func chain(_ length: Int) -> Graph {
    Graph([leaf(0.5)] + (1..<length).map { op($0 % 2 == 0 ? .tanh : .exp, $0 - 1) })
  }

  /// tanh a · eᵃ: two ways from a to the output.
  fileprivate static let diamond = Graph([leaf(0.5), op(.tanh, 0), op(.exp, 0), op(.multiply, 1, 2)])

  /// eᵃ + eᵃ, each by a node of its own.
  fileprivate static let evenDiamond = Graph([leaf(0.5), op(.exp, 0), op(.exp, 0), op(.add, 1, 2)])

  /// s = ab; tanh(e^s)·s: s is used at once and at the end of a chain.
  fileprivate static let twoPaths = Graph([
    leaf(0.5), leaf(-0.8), op(.multiply, 0, 1), op(.exp, 2), op(.tanh, 3), op(.multiply, 4, 2),
  ])

  /// x·x, and of that the same once more.
  fileprivate static let square = Graph([leaf(1.5), op(.multiply, 0, 0), op(.add, 1, 1)])

  /// x·e^x + x, x used three times.
  fileprivate static let usedThreeTimes = Graph([
    leaf(0.5), op(.exp, 0), op(.multiply, 0, 1), op(.add, 2, 0),
  ])

  /// The output is neither the last node nor one that nothing uses.
  fileprivate static let unused = Graph(
    nodes: [leaf(2), leaf(-3), op(.multiply, 0, 1), op(.exp, 2), leaf(0.25), op(.tanh, 4)], output: 2)

  /// 0.5·tanh 0.5 and, apart from it, e^(3 + 1); the output is in the first.
  fileprivate static let twoComponents = Graph(
    nodes: [leaf(0.5), op(.tanh, 0), op(.multiply, 0, 1), leaf(3), leaf(1), op(.add, 3, 4), op(.exp, 5)], output: 2)

  /// 2·ReLU(0) + 3.
  fileprivate static let reluAtZero = Graph([
    leaf(0), op(.relu, 0), leaf(2), op(.multiply, 1, 2), leaf(3), op(.add, 3, 4),
  ])

  fileprivate var isAtKink: Bool { nodes.contains { $0.operation == .relu } && nodes[0].operation == .value(0) }

  /// Shared parts: h = tanh(x·w + v) is used three times, x twice; numbered at random.
  fileprivate static func shared(using generator: inout SeededGenerator) -> Graph {
    let numbers = (0..<3).map { _ in short(generator.normal()) }
    let graph = Graph([
      leaf(numbers[0]), leaf(numbers[1]), leaf(numbers[2]), op(.multiply, 0, 1), op(.add, 3, 2), op(.tanh, 4),
      op(.sigmoid, 5), op(.multiply, 6, 0), op(.add, 7, 5), op(.multiply, 8, 5),
    ])
    return graph.numbered(generator.permutation(of: graph.nodes.count))
  }

  /// Every operation once or more, and a node that nothing uses; numbered at random.
  fileprivate static func everyOperation(using generator: inout SeededGenerator) -> Graph {
    func positive() -> Node { leaf(short(0.5 + generator.uniform())) }
    func negative() -> Node { leaf(short(-0.5 - generator.uniform())) }
    let graph = Graph(
      nodes: [
        positive(), negative(), op(.multiply, 0, 1), op(.exp, 2), positive(), op(.log, 4), op(.add, 3, 5),
        op(.sigmoid, 6), positive(), op(.relu, 8), op(.tanh, 9), op(.multiply, 7, 10), op(.add, 11, 2), negative(),
        op(.relu, 13), op(.add, 12, 14), op(.exp, 13),
      ], output: 15)
    return graph.numbered(generator.permutation(of: graph.nodes.count))
  }

  /// Five leaves and fifteen sums and products of any two nodes before them; numbered at random.
  fileprivate static func large(using generator: inout SeededGenerator) -> Graph {
    var nodes = (0..<5).map { leaf(Double($0)) }
    for i in 5..<20 {
      let operation: NodeOperation = i % 2 == 0 ? .add : .multiply
      nodes.append(op(operation, generator.integer(below: i), generator.integer(below: i)))
    }
    return Graph(nodes).numbered(generator.permutation(of: nodes.count))
  }

  /// A drawn number that can be read and typed in.
  private static func short(_ x: Double) -> Double { (1000 * x).rounded() / 1000 }

  /// The same graph with other numbers for its nodes: node i becomes node `places[i]`.
  fileprivate func numbered(_ places: [Int]) -> Graph {
    var renamed = nodes
    for (i, node) in nodes.enumerated() {
      renamed[places[i]] = Node(operation: node.operation, parents: node.parents.map { places[$0] })
    }
    return Graph(nodes: renamed, output: places[output])
  }

  /// The graph with a number added to each node's value before anything uses it.
  fileprivate func nudged(by amounts: [Double]) -> Graph {
    let n = nodes.count
    // Node i stays where it is, its amount is node n + i, and their sum, which all others use, is node 2n + i.
    let moved = nodes.map { Node(operation: $0.operation, parents: $0.parents.map { 2 * n + $0 }) }
    return Graph(
      nodes: moved + amounts.map { Graph.leaf($0) } + (0..<n).map { Graph.op(.add, $0, n + $0) },
      output: 2 * n + output)
  }
}

// MARK: - 4.8

/// A gradient to be checked, and a function that answers points of the right length only.
private struct CheckCase: Sendable {
  var f: String, analytic: [Double], x: [Double], h: Double
  var function: @Sendable ([Double]) -> Double

  init(
    _ f: String, _ analytic: [Double], at x: [Double], h: Double, _ function: @escaping @Sendable ([Double]) -> Double
  ) {
    self.f = f
    self.analytic = analytic
    self.x = x
    self.h = h
    let count = x.count
    self.function = { $0.count == count ? function($0) : .nan }
  }

  /// Σ cⱼxⱼ² + x₀x₁, whose centred differences are exact; one entry of the gradient is wrong by `error`.
  static func quadratic(n: Int, error: Double, using generator: inout SeededGenerator) -> CheckCase {
    let c = (0..<n).map { _ in 1 + generator.uniform() }
    let x = (0..<n).map { _ in 0.5 + generator.uniform() }
    var gradient = (0..<n).map { 2 * c[$0] * x[$0] }
    gradient[0] += x[1]
    gradient[1] += x[0]
    gradient[generator.integer(below: n)] -= error
    return CheckCase("Σ cⱼxⱼ² + x₀x₁", gradient, at: x, h: 0.05) { p in
      p.indices.map { c[$0] * p[$0] * p[$0] }.reduce(0, +) + p[0] * p[1]
    }
  }
}

private let cubeAndProduct: @Sendable ([Double]) -> Double = { $0[0] * $0[0] * $0[0] + $0[0] * $0[1] }
private let expAndProduct: @Sendable ([Double]) -> Double = { exp($0[0] / 2) + $0[1] * $0[1] * $0[2] }
private let twice: @Sendable ([Double]) -> Double = { 2 * $0[0] }
