import Curriculum
import Testing

@testable import ComputationGraphsSolution

@Suite("Lesson 4 against PyTorch") struct Golden04 {
  let lesson = ComputationGraphs()

  // MARK: - Nodes

  @Test(arguments: [("sigmoid", NodeOperation.sigmoid), ("tanh", .tanh), ("relu", .relu)])
  func `value and slope of a node are PyTorch's from −1000 to 1000`(name: String, operation: NodeOperation) throws {
    let function = try #require(Golden("activations")["functions"].list.first { try $0["name"].text == name })
    let z = try function["z"].numbers
    let nodes = z.map { lesson.node(operation, [$0]) }
    try expectClose(nodes.map(\.value), function["value"])
    try expectClose(nodes.map { $0.backward(1)[0] }, function["derivative"])
    try expectClose(nodes.map { $0.backward(-2.5)[0] / -2.5 }, function["derivative"])
    try expectClose(lesson.node(operation, [0]).value, function["value_at_zero"])
    try expectClose(lesson.node(operation, [0]).backward(1)[0], function["derivative_at_zero"])
  }

  @Test func `a tanh layer with its upstream gives PyTorch's dZ`() throws {
    let golden = try Golden("two_layer")
    let (W1, b1, X) = (try golden["W1"].matrix, try golden["b1"].matrix, try golden["X"].matrix)
    let upstream = try golden["W2"].matrix.T * golden["dZ2"].matrix
    let passes = (0..<X.columns).map { i in
      // b is one more weight, for an input of 1.
      lesson.vectorNode(
        W: Matrix(columns: [W1.column(0), W1.column(1), b1]), x: Matrix(stacking: [X.column(i), [[1]]]),
        dz: upstream.column(i))
    }
    try expectClose(Matrix(columns: passes.map(\.z)), golden["A1"])
    let dZ1 = try golden["dZ1"].matrix
    // dx = Wᵀ dZ.
    expectClose(
      Matrix(columns: passes.map { $0.dx.rows(0..<2) }), W1.T * dZ1, "W1ᵀ dZ1 by the Jacobian")
    // With W = 1 the node is tanh alone, and its dx is dZ.
    let Z1 = try golden["Z1"].matrix
    let alone = (0..<X.columns).map {
      lesson.vectorNode(W: .identity(Z1.rows), x: Z1.column($0), dz: upstream.column($0)).dx
    }
    try expectClose(Matrix(columns: alone), golden["dZ1"])
  }

  @Test func `one unit with the squared loss has PyTorch's slope of σ in its derivatives`() throws {
    let sigmoid = try #require(Golden("activations")["functions"].list.first { try $0["name"].text == "sigmoid" })
    let (z, value, slope) = (
      try sigmoid["z"].numbers, try sigmoid["value"].numbers, try sigmoid["derivative"].numbers
    )
    for i in z.indices {
      let pass = lesson.logisticLeastSquares(w: z[i] / 2, b: 0, x: 2, y: 0.25)
      let dz = (value[i] - 0.25) * slope[i]
      expectClose(
        [pass.loss, pass.dyhat, pass.dz, pass.dw, pass.db, pass.dwByCalculus, pass.dbByCalculus],
        [0.5 * (value[i] - 0.25) * (value[i] - 0.25), value[i] - 0.25, dz, 2 * dz, dz, 2 * dz, dz], "z = \(z[i])")
    }
  }

  // MARK: - Graphs

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `logistic regression as a graph, its nodes in any order, has PyTorch's cost and gradients`(seed: UInt64) throws {
    let golden = try Golden("logistic_regression")["one_pass"]
    let (X, Y, w) = (try golden["X"].matrix, try golden["Y"].matrix, try golden["w"].matrix)
    var g = GraphBuilder()
    let weights = w.elements.map { g.leaf($0) }
    let b = g.leaf(try golden["b"].number)
    let (one, minusOne) = (g.leaf(1), g.leaf(-1))
    var losses: [Int] = []
    for i in 0..<X.columns {
      let z = g.affine(weights, X.column(i).elements.map { g.leaf($0) }, b)
      let a = g.node(.sigmoid, z)
      let p = Y[0, i] == 1 ? a : g.node(.add, one, g.node(.multiply, minusOne, a))
      losses.append(g.node(.multiply, minusOne, g.node(.log, p)))
    }
    let J = g.node(.multiply, g.leaf(1 / Double(X.columns)), g.sum(losses))
    let pass = g.pass(lesson, output: J, seed: seed)
    try expectClose(pass.values[J], golden["cost"])
    try expectClose(Matrix(column: weights.map { pass.gradients[$0] }), golden["dw"])
    try expectClose(pass.gradients[b], golden["db"])
  }

  @Test(arguments: 0..<4)
  func `a network with several outputs as a graph has PyTorch's gradients`(index: Int) throws {
    let golden = try Golden("squared_mlp")
    let (X, Y) = (try golden["X"].matrix, try golden["Y"].matrix)
    let theCase = try golden["cases"].list[index]
    let activations = try theCase["activations"].list.map { try $0.text }
    let operations = ["sigmoid": NodeOperation.sigmoid, "tanh": .tanh]
    var g = GraphBuilder()
    let W = try golden["W"].list.map { try $0.matrix }.map { W in
      (0..<W.rows).map { r in W.row(r).elements.map { g.leaf($0) } }
    }
    let b = try golden["b"].list.map { try $0.matrix.elements }.map { $0.map { g.leaf($0) } }
    var squares: [Int] = []
    for i in 0..<X.columns {
      var a = X.column(i).elements.map { g.leaf($0) }
      for l in W.indices {
        let z = W[l].indices.map { g.affine(W[l][$0], a, b[l][$0]) }
        a = operations[activations[l]].map { operation in z.map { g.node(operation, $0) } } ?? z
      }
      for k in a.indices {
        let error = g.node(.add, a[k], g.leaf(-Y[k, i]))
        squares.append(g.node(.multiply, error, error))
      }
    }
    let J = g.node(.multiply, g.leaf(0.5 / Double(X.columns)), g.sum(squares))
    let pass = g.pass(lesson, output: J, seed: 7)
    try expectClose(pass.values[J], theCase["cost"])
    for l in W.indices {
      try expectClose(Matrix(W[l].map { $0.map { pass.gradients[$0] } }), theCase["dW"].list[l])
      try expectClose(Matrix(column: b[l].map { pass.gradients[$0] }), theCase["db"].list[l])
    }
  }

  // MARK: - The check

  @Test func `PyTorch's gradient agrees with the numerical one, and with any entry spoilt it does not`() throws {
    let golden = try Golden("logistic_regression")["one_pass"]
    let (X, Y) = (try golden["X"].matrix, try golden["Y"].matrix)
    let x = try golden["w"].matrix.elements + [golden["b"].number]
    let gradient = try golden["dw"].matrix.elements + [golden["db"].number]
    let cost: @Sendable ([Double]) -> Double = { p in
      (0..<X.columns).map { i in
        let z = (0..<X.rows).map { p[$0] * X[$0, i] }.reduce(p[X.rows], +)
        return log1p(exp(Y[0, i] == 1 ? -z : z))
      }.reduce(0, +) / Double(X.columns)
    }
    let right = lesson.checkGradient(gradient, of: cost, at: x, h: 1e-5)
    #expect(right.agrees)
    expectClose(right.numerical, gradient, "the numerical gradient", Tolerance(absolute: 1e-9, relative: 1e-8))
    for j in gradient.indices {
      var spoilt = gradient
      spoilt[j] *= 1.001
      #expect(!lesson.checkGradient(spoilt, of: cost, at: x, h: 1e-5).agrees)
    }
  }

  @Test func `the printed derivatives of 3(a + bc) do not agree with it, the right ones do`() {
    let J: @Sendable ([Double]) -> Double = { 3 * ($0[0] + $0[1] * $0[2]) }
    #expect(!lesson.checkGradient([3, 3, 3], of: J, at: [5, 3, 2], h: 1e-5).agrees)
    let r = lesson.tripleSum(a: 5, b: 3, c: 2)
    #expect(lesson.checkGradient([r.da, r.db, r.dc], of: J, at: [5, 3, 2], h: 1e-5).agrees)
  }
}

/// A graph that grows node by node.
private struct GraphBuilder {
  var nodes: [Graph.Node] = []

  mutating func leaf(_ number: Double) -> Int { add(.init(operation: .value(number), parents: [])) }

  mutating func node(_ operation: NodeOperation, _ parents: Int...) -> Int {
    add(.init(operation: operation, parents: parents))
  }

  /// Σ wⱼxⱼ + b.
  mutating func affine(_ w: [Int], _ x: [Int], _ b: Int) -> Int {
    var sum = b
    for (w, x) in zip(w, x) { sum = node(.add, sum, node(.multiply, w, x)) }
    return sum
  }

  mutating func sum(_ terms: [Int]) -> Int {
    var sum = leaf(0)
    for term in terms { sum = node(.add, sum, term) }
    return sum
  }

  private mutating func add(_ node: Graph.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// The lesson's pass through the graph with its nodes numbered at random, by the numbers that they have here.
  func pass(_ lesson: ComputationGraphs, output: Int, seed: UInt64) -> GraphPass {
    var generator = SeededGenerator(seed: seed)
    let places = generator.permutation(of: nodes.count)
    var shuffled = nodes
    for (i, node) in nodes.enumerated() {
      shuffled[places[i]] = .init(operation: node.operation, parents: node.parents.map { places[$0] })
    }
    let pass = lesson.backward(through: Graph(nodes: shuffled, output: places[output]))
    return GraphPass(values: places.map { pass.values[$0] }, gradients: places.map { pass.gradients[$0] })
  }
}
