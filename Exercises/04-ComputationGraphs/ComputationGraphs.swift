// Lesson 4: Computation graphs and the chain rule. The chapter is docs/04-computation-graphs.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter ComputationGraphs     or     swift run gradus check 4
// A hint for a step:     swift run gradus hint 4.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 25a62f9f7b4eebc8

import Curriculum

struct ComputationGraphs: ComputationGraphsLesson {
  /// 4.1 J = 3(a + bc): u = bc, v = a + u, J = 3v from left to right, then the derivatives of J from right to left.
  ///
  /// - Parameters:
  ///   - a: a number.
  ///   - b: a number.
  ///   - c: a number.
  /// - Returns: the three values, and ∂J/∂v, ∂J/∂u, ∂J/∂a, ∂J/∂b, ∂J/∂c.
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    todo()
  }

  /// 4.2 f = (x + y)z: d = x + y, f = dz from left to right, then the derivatives of f from right to left.
  ///
  /// - Parameters:
  ///   - x: a number.
  ///   - y: a number.
  ///   - z: a number.
  /// - Returns: the two values, and ∂f/∂d, ∂f/∂x, ∂f/∂y, ∂f/∂z.
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes {
    todo()
  }

  /// 4.3 A function node: its value, and a `backward` that returns upstream × local derivative, one number an input.
  ///
  /// `backward` keeps what it needs of the inputs and the value, and adds nothing up. ReLU'(0) = 0; σ and tanh are
  /// finite for every input. Swift's own `exp`, `log` and `tanh` may be used.
  /// - Parameters:
  ///   - operation: what the node computes.
  ///   - inputs: two numbers for add and multiply (they may be equal), none for a leaf, else one; a logarithm's is positive.
  /// - Returns: the node; a leaf's value is its number, and its `backward` returns `[]`.
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    todo()
  }

  /// 4.4 An order of all nodes of a graph in which every node comes after its parents; any such order is right.
  ///
  /// - Parameter graph: a graph without cycles, its nodes numbered in any way; not every node need lead to the output.
  /// - Returns: the nodes' indices, each of them once.
  func topologicalOrder(of graph: Graph) -> [Int] {
    todo()
  }

  /// 4.5 Every node's value, and the derivative of the output by it: the sum over all places where the value is used.
  ///
  /// - Parameter graph: a graph without cycles, its nodes numbered in any way; a parent may be named twice (x·x).
  /// - Returns: values and gradients by the nodes' indices. The output's own gradient is 1; a node that the output does
  ///   not depend on has gradient 0.
  func backward(through graph: Graph) -> GraphPass {
    todo()
  }

  /// 4.6 The vector node z = tanh(Wx): its Jacobian J with Jᵢⱼ = ∂zᵢ/∂xⱼ, and ∂L/∂x = Jᵀ ∂L/∂z.
  ///
  /// - Parameters:
  ///   - W: weights, (p, n); nothing is derived by them.
  ///   - x: the input, (n, 1).
  ///   - dz: the upstream gradient ∂L/∂z, (p, 1).
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    todo()
  }

  /// 4.7 L = ½(ŷ − y)² with ŷ = σ(z), z = wx + b: ∂L/∂w and ∂L/∂b by one formula each, and by steps back along the graph.
  ///
  /// σ is finite for every z; where it is exactly 0 or 1, its slope is 0.
  /// - Parameters:
  ///   - w: the weight.
  ///   - b: the bias.
  ///   - x: the input.
  ///   - y: the target.
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    todo()
  }

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
  ) -> GradientCheck {
    todo()
  }
}
