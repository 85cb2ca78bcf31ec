import Curriculum

struct ComputationGraphs: ComputationGraphsLesson {}

extension ComputationGraphsLesson {
  // 4.1
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    let u = b * c
    let v = a + u
    let J = 3 * v
    let dv = 3.0
    let du = dv * 1
    let da = dv * 1
    let db = du * c
    let dc = du * b
    return TripleSum(u: u, v: v, J: J, dv: dv, du: du, da: da, db: db, dc: dc)
  }

  // 4.2
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes {
    let d = x + y
    let f = d * z
    let dd = z
    let dz = d
    let dx = dd * 1
    let dy = dd * 1
    return SumTimes(d: d, f: f, dd: dd, dx: dx, dy: dy, dz: dz)
  }

  // 4.3
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    switch operation {
    case .value(let number):
      return FunctionNode(value: number) { _ in [] }
    case .add:
      return FunctionNode(value: inputs[0] + inputs[1]) { upstream in [upstream, upstream] }
    case .multiply:
      let (x, y) = (inputs[0], inputs[1])
      return FunctionNode(value: x * y) { upstream in [upstream * y, upstream * x] }
    case .exp:
      let z = exp(inputs[0])
      return FunctionNode(value: z) { upstream in [upstream * z] }
    case .log:
      let x = inputs[0]
      return FunctionNode(value: log(x)) { upstream in [upstream / x] }
    case .sigmoid:
      let z = 1 / (1 + exp(-inputs[0]))
      return FunctionNode(value: z) { upstream in [upstream * z * (1 - z)] }
    case .tanh:
      let z = tanh(inputs[0])
      return FunctionNode(value: z) { upstream in [upstream * (1 - z * z)] }
    case .relu:
      let x = inputs[0]
      return FunctionNode(value: max(x, 0)) { upstream in [x > 0 ? upstream : 0] }
    }
  }

  // 4.4
  func topologicalOrder(of graph: Graph) -> [Int] {
    var order: [Int] = []
    var isListed = [Bool](repeating: false, count: graph.nodes.count)
    func list(_ i: Int) {
      if isListed[i] { return }
      isListed[i] = true
      for parent in graph.nodes[i].parents { list(parent) }
      order.append(i)
    }
    for i in graph.nodes.indices { list(i) }
    return order
  }

  // 4.5
  func backward(through graph: Graph) -> GraphPass {
    let order = topologicalOrder(of: graph)
    var values = [Double](repeating: 0, count: graph.nodes.count)
    var functions: [FunctionNode] = []
    for i in order {
      let inputs = graph.nodes[i].parents.map { values[$0] }
      let function = node(graph.nodes[i].operation, inputs)
      values[i] = function.value
      functions.append(function)
    }
    var gradients = [Double](repeating: 0, count: graph.nodes.count)
    gradients[graph.output] = 1
    for (i, function) in zip(order, functions).reversed() {
      let back = function.backward(gradients[i])
      for (parent, gradient) in zip(graph.nodes[i].parents, back) {
        gradients[parent] += gradient
      }
    }
    return GraphPass(values: values, gradients: gradients)
  }

  // 4.6
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    let z = tanh(W * x)
    let J = (1 - z .* z) .* W
    return VectorNodePass(z: z, J: J, dx: J.T * dz)
  }

  // 4.7
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
    func slope(_ z: Double) -> Double { sigmoid(z) * (1 - sigmoid(z)) }

    let dwByCalculus = (sigmoid(w * x + b) - y) * slope(w * x + b) * x
    let dbByCalculus = (sigmoid(w * x + b) - y) * slope(w * x + b)

    let z = w * x + b
    let yhat = sigmoid(z)
    let loss = 0.5 * (yhat - y) * (yhat - y)
    let dyhat = yhat - y
    let dz = dyhat * yhat * (1 - yhat)
    let dw = dz * x
    let db = dz
    return LeastSquaresPass(
      loss: loss, dwByCalculus: dwByCalculus, dbByCalculus: dbByCalculus, dyhat: dyhat, dz: dz, dw: dw, db: db)
  }

  // 4.8
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    var numerical: [Double] = []
    var relativeError = 0.0
    for j in x.indices {
      var right = x
      var left = x
      right[j] += h
      left[j] -= h
      let n = (f(right) - f(left)) / (2 * h)
      let a = analytic[j]
      numerical.append(n)
      relativeError = max(relativeError, abs(a - n) / max(abs(a), abs(n), 1e-4))
    }
    return GradientCheck(numerical: numerical, relativeError: relativeError, agrees: relativeError < 1e-6)
  }
}
