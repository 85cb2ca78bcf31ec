// Every derivative is that of the graph's last value (J, f, L) by the thing named: du is ∂J/∂u.

/// Lesson 4: computation graphs and the chain rule.
public protocol ComputationGraphsLesson: Sendable {
  /// 4.1 J = 3(a + bc): u = bc, v = a + u, J = 3v from left to right, then the derivatives of J from right to left.
  ///
  /// - Parameters:
  ///   - a: a number.
  ///   - b: a number.
  ///   - c: a number.
  /// - Returns: the three values, and ∂J/∂v, ∂J/∂u, ∂J/∂a, ∂J/∂b, ∂J/∂c.
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum

  /// 4.2 f = (x + y)z: d = x + y, f = dz from left to right, then the derivatives of f from right to left.
  ///
  /// - Parameters:
  ///   - x: a number.
  ///   - y: a number.
  ///   - z: a number.
  /// - Returns: the two values, and ∂f/∂d, ∂f/∂x, ∂f/∂y, ∂f/∂z.
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes

  /// 4.3 A function node: its value, and a `backward` that returns upstream × local derivative, one number an input.
  ///
  /// `backward` keeps what it needs of the inputs and the value, and adds nothing up. ReLU'(0) = 0; σ and tanh are
  /// finite for every input. Swift's own `exp`, `log` and `tanh` may be used.
  /// - Parameters:
  ///   - operation: what the node computes.
  ///   - inputs: two numbers for add and multiply (they may be equal), none for a leaf, else one; a logarithm's is positive.
  /// - Returns: the node; a leaf's value is its number, and its `backward` returns `[]`.
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode

  /// 4.4 An order of all nodes of a graph in which every node comes after its parents; any such order is right.
  ///
  /// - Parameter graph: a graph without cycles, its nodes numbered in any way; not every node need lead to the output.
  /// - Returns: the nodes' indices, each of them once.
  func topologicalOrder(of graph: Graph) -> [Int]

  /// 4.5 Every node's value, and the derivative of the output by it: the sum over all places where the value is used.
  ///
  /// - Parameter graph: a graph without cycles, its nodes numbered in any way; a parent may be named twice (x·x).
  /// - Returns: values and gradients by the nodes' indices. The output's own gradient is 1; a node that the output does
  ///   not depend on has gradient 0.
  func backward(through graph: Graph) -> GraphPass

  /// 4.6 The vector node z = tanh(Wx): its Jacobian J with Jᵢⱼ = ∂zᵢ/∂xⱼ, and ∂L/∂x = Jᵀ ∂L/∂z.
  ///
  /// - Parameters:
  ///   - W: weights, (p, n); nothing is derived by them.
  ///   - x: the input, (n, 1).
  ///   - dz: the upstream gradient ∂L/∂z, (p, 1).
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass

  /// 4.7 L = ½(ŷ − y)² with ŷ = σ(z), z = wx + b: ∂L/∂w and ∂L/∂b by one formula each, and by steps back along the graph.
  ///
  /// σ is finite for every z; where it is exactly 0 or 1, its slope is 0.
  /// - Parameters:
  ///   - w: the weight.
  ///   - b: the bias.
  ///   - x: the input.
  ///   - y: the target.
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass

  /// 4.8 The numerical gradient (f(x + h eⱼ) − f(x − h eⱼ))/(2h), one number for each j, and how far `analytic` is from it.
  ///
  /// The relative error of an entry is |a − n|/max(|a|, |n|, 1e-4), a from `analytic` and n numerical; the largest counts.
  /// - Parameters:
  ///   - analytic: the gradient to be checked, as long as x.
  ///   - f: the function, which is to be called only with points as long as x.
  ///   - x: the point, at least one number.
  ///   - h: the step, above 0.
  /// - Returns: the numerical gradient, the largest relative error, and whether that is below 1e-6.
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck
}

/// The values u = bc, v = a + u, J = 3v, and the derivatives of J by v, u, a, b and c.
public struct TripleSum: Sendable {
  public var u, v, J, dv, du, da, db, dc: Double
  public init(
    u: Double, v: Double, J: Double, dv: Double, du: Double, da: Double, db: Double, dc: Double
  ) {
    self.u = u
    self.v = v
    self.J = J
    self.dv = dv
    self.du = du
    self.da = da
    self.db = db
    self.dc = dc
  }
}

/// The values d = x + y, f = dz, and the derivatives of f by d, x, y and z.
public struct SumTimes: Sendable {
  public var d, f, dd, dx, dy, dz: Double
  public init(d: Double, f: Double, dd: Double, dx: Double, dy: Double, dz: Double) {
    self.d = d
    self.f = f
    self.dd = dd
    self.dx = dx
    self.dy = dy
    self.dz = dz
  }
}

/// What a node of a graph computes from its inputs.
public enum NodeOperation: Sendable, Equatable {
  /// A leaf that holds its number: an input, a parameter or a constant.
  case value(Double)
  /// The sum of two inputs.
  case add
  /// The product of two inputs.
  case multiply
  /// A function of one input.
  case exp, log, sigmoid, tanh, relu
}

/// z = f(inputs), and how ∂L/∂z becomes ∂L/∂input, one number an input.
public struct FunctionNode: Sendable {
  public var value: Double
  public var backward: @Sendable (_ upstream: Double) -> [Double]
  public init(value: Double, backward: @escaping @Sendable (_ upstream: Double) -> [Double]) {
    self.value = value
    self.backward = backward
  }
}

/// Nodes in any order; parents and output are indices into `nodes`.
public struct Graph: Sendable {
  /// An operation, and the nodes that it takes its inputs from. A parent may be named twice (x·x).
  public struct Node: Sendable {
    public var operation: NodeOperation, parents: [Int]
    public init(operation: NodeOperation, parents: [Int]) {
      self.operation = operation
      self.parents = parents
    }
  }
  public var nodes: [Node], output: Int
  public init(nodes: [Node], output: Int) {
    self.nodes = nodes
    self.output = output
  }
}

extension Graph.Node: CustomStringConvertible {
  /// A leaf's number, or the operation with its parents' indices: "multiply(1, 2)".
  public var description: String {
    if case .value(let number) = operation { return "\(number)" }
    return "\(operation)(" + parents.map { String($0) }.joined(separator: ", ") + ")"
  }
}

/// By node index: the node's value, and the derivative of the output by it.
public struct GraphPass: Sendable {
  public var values, gradients: [Double]
  public init(values: [Double], gradients: [Double]) {
    self.values = values
    self.gradients = gradients
  }
}

/// z (p, 1), J = ∂z/∂x (p, n), dx (n, 1).
public struct VectorNodePass: Sendable {
  public var z, J, dx: Matrix
  public init(z: Matrix, J: Matrix, dx: Matrix) {
    self.z = z
    self.J = J
    self.dx = dx
  }
}

/// L; ∂L/∂w and ∂L/∂b by calculus; then ∂L/∂ŷ, ∂L/∂z, ∂L/∂w and ∂L/∂b along the graph.
public struct LeastSquaresPass: Sendable {
  public var loss, dwByCalculus, dbByCalculus, dyhat, dz, dw, db: Double
  public init(
    loss: Double, dwByCalculus: Double, dbByCalculus: Double, dyhat: Double, dz: Double, dw: Double, db: Double
  ) {
    self.loss = loss
    self.dwByCalculus = dwByCalculus
    self.dbByCalculus = dbByCalculus
    self.dyhat = dyhat
    self.dz = dz
    self.dw = dw
    self.db = db
  }
}

/// The centred differences, the largest relative error over the entries, and whether it is below 1e-6.
public struct GradientCheck: Sendable {
  public var numerical: [Double], relativeError: Double, agrees: Bool
  public init(numerical: [Double], relativeError: Double, agrees: Bool) {
    self.numerical = numerical
    self.relativeError = relativeError
    self.agrees = agrees
  }
}

extension Lesson {
  public static let computationGraphs = Lesson(
    4, "ComputationGraphs", title: "Computation graphs and the chain rule", needs: [3],
    steps: [
      .init("A first graph", points: 1, source: "ESIR, Derivatives with a computation graph; MILA, Computation graph"),
      .init("A sum and a product", points: 1, source: "IDRIS, Chain rule"),
      .init("A function node", points: 3, source: "TPT, Computation graph (from Alexandre Allauzen)"),
      .init("An order for the nodes", points: 3, source: "TPT, Computation graph (from Alexandre Allauzen)"),
      .init("Backward through any graph", points: 3, source: "TPT, Chain rule and back-propagation"),
      .init("A node of vectors", points: 2, source: "IDRIS, Chain rule, vectors"),
      .init("Calculus class against the graph", points: 2, source: "TPT, Chain rule and back-propagation"),
      .init("The numerical gradient", points: 3, source: "the check behind the graders of this course"),
    ])
}
