import Curriculum
import Grading
@testable import ComputationGraphsSolution

private let reference = ComputationGraphs()

let computationGraphs = Answers<any ComputationGraphsLesson>(
  .computationGraphs, computationGraphsSteps, reference,
  mistakes: [
    Mistake(
      "4.1", "db and dc are both 3", PrintedDerivatives(),
      "dJ/du = 3 is only what arrives at the product: db = 3·c and dc = 3·b. (A lecture prints 3 for both; the numerical gradient shows the slip.)"
    ),
    Mistake(
      "4.1", "db is 3b and dc is 3c", FactorsExchanged(),
      "∂(bc)/∂b is c, the other factor: db = 3c and dc = 3b."),
    Mistake(
      "4.1", "db is c and dc is b", OnlyLocalProduct(),
      "These are the local derivatives: multiply each by du, which is 3."),
    Mistake(
      "4.1", "all derivatives lack the factor 3", DvIsOne(),
      "J = 3v, so dv is 3, and everything behind it inherits the 3."),
    Mistake("4.1", "J is 3a + bc", BracketsMissing(), "3 multiplies the whole sum: J = 3v with v = a + u."),
    Mistake(
      "4.1", "each derivative is multiplied by the value it belongs to", TimesOwnValue(),
      "A derivative says how fast J changes, not how much of J comes from there: da = 3, whatever a is."),
    Mistake(
      "4.1", "dv is J", DvIsJ(), "dv is the derivative of J by v, which is 3 wherever v is; J itself is a value."),

    Mistake(
      "4.2", "dd is d and dz is z", ProductOwnFactor(),
      "In f = d·z each factor's derivative is the other: dd = z, dz = d."),
    Mistake(
      "4.2", "dx and dy are 1", OnlyLocalSum(), "1 is the local derivative of d: multiply it by dd, which is z."),
    Mistake("4.2", "f is x + yz", SumBracketsMissing(), "The sum comes first: f = d·z with d = x + y."),
    Mistake(
      "4.2", "dx and dy are half of dd each", SumShares(),
      "A sum does not share the gradient out: raise x by 1 and d rises by 1, so each input gets all of dd."),
    Mistake("4.2", "dz is f", DzIsValue(), "∂(d·z)/∂z is d, not the product itself."),
    Mistake(
      "4.2", "dx and dy are multiplied by x and y", SumTimesInputs(),
      "Only a product hands back the other factor; a sum hands back dd as it is."),
    Mistake("4.2", "dd is 1", DdIsOne(), "f = dz moves by z when d moves by 1: dd = z, and dx and dy follow from it."),

    Mistake(
      "4.3", "multiply gives each input its own value times the upstream", ProductNotCrossed(),
      "∂(xy)/∂x is y: each input gets the other one's value."),
    Mistake(
      "4.3", "the upstream is left out", LocalOnly(), "`backward` returns upstream × local derivative, for every input."
    ),
    Mistake(
      "4.3", "upstream and local derivative are added", UpstreamAdded(), "The chain rule multiplies them."),
    Mistake(
      "4.3", "add shares the upstream out between its inputs", AddShares(), "Each input of a sum gets all of it."),
    Mistake(
      "4.3", "multiply finds the other factor as value ÷ input", FactorByDivision(),
      "With an input of 0 that is 0/0, NaN: keep both inputs for `backward`."),
    Mistake(
      "4.3", "exp's derivative is taken as x·e^(x − 1)", PowerRule(),
      "That is the rule for powers xⁿ; the derivative of eˣ is eˣ, the node's own value."),
    Mistake(
      "4.3", "log's derivative is taken as 1/log x", LogOfValue(), "It is 1/x: one over the input, not over the value."),
    Mistake(
      "4.3", "σ's derivative is taken as x(1 − x)", SlopeOfInput(), "σ' = a(1 − a) with a = σ(x), the node's value."),
    Mistake(
      "4.3", "σ is applied once more in its derivative", SigmoidTwice(),
      "σ' = a(1 − a), where a already is σ(x): not σ(a)(1 − σ(a))."),
    Mistake(
      "4.3", "tanh's derivative is taken as 1 − x²", TanhSlopeOfInput(),
      "It is 1 − a² with a = tanh x, the node's value."),
    Mistake("4.3", "tanh's derivative is taken as a(1 − a)", TanhLikeSigmoid(), "That is σ's; tanh' = 1 − a²."),
    Mistake(
      "4.3", "ReLU lets the upstream through everywhere", ReLUOpen(),
      "Where x ≤ 0 its value does not move: the derivative is 0."),
    Mistake(
      "4.3", "ReLU'(0) is 1", ReLUAtZeroOne(), "At the kink the course takes the left-hand value, 0: x > 0, not x ≥ 0."),
    Mistake(
      "4.3", "ReLU looks at the sign of the upstream", ReLUOfUpstream(),
      "What counts is the input x of the forward pass: keep it for `backward`."),
    Mistake(
      "4.3", "σ is computed as eˣ/(1 + eˣ)", OverflowingSigmoid(),
      "For x = 1000 that is ∞/∞, NaN; 1/(1 + e⁻ˣ) is right for every x."),
    Mistake(
      "4.3", "tanh is computed as (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)", OverflowingTanh(),
      "For x = 1000 that is ∞/∞, NaN: Swift's `tanh` is right for every x."),
    Mistake("4.3", "a leaf's backward returns the upstream", LeafReturns(), "A leaf has no inputs: it returns `[]`."),
    Mistake(
      "4.3", "tanh's derivative is taken as 1 − a, without the square", TanhNotSquared(),
      "tanh' = 1 − a² with a = tanh x, the node's value."),

    Mistake(
      "4.4", "the nodes are listed as they stand", AsTheyStand(),
      "The numbering says nothing about the order: a parent may have the higher index."),
    Mistake(
      "4.4", "every node comes before its parents", Reversed(), "That is the order for going back: turn it round."),
    Mistake(
      "4.4", "a node is listed before its parents are visited", PreOrder(),
      "Append the node after the loop over its parents, not before it."),
    Mistake(
      "4.4", "nodes are listed before their parents are visited, and the list is reversed", PreOrderReversed(),
      "That fails where a short path and a long one lead to the same node: append after the loop over the parents, and do not reverse."
    ),
    Mistake(
      "4.4", "nodes that the output does not depend on are left out", OnlyTowardsOutput(),
      "All nodes are asked for: start from every node, not only from the output."),
    Mistake(
      "4.4", "a node is listed again on every visit", EveryVisit(),
      "Remember what is listed already, and return at once when a node comes up again."),
    Mistake(
      "4.4", "a node is listed as soon as one parent is", OneParentSuffices(),
      "It has to wait for all of its parents: the last one counts."),
    Mistake(
      "4.4", "the leaves come first and the others as they stand", LeavesFirst(),
      "Among the other nodes too, parents come before children."),
    Mistake(
      "4.4", "a node with a parent named twice waits for ever", WaitsForTwin(),
      "In x·x the parent counts twice in the list of parents: tick it off twice too, or count different parents."),

    Mistake(
      "4.5", "gradients are overwritten instead of added up", Overwritten(),
      "A value that is used in several places gets the sum of what comes back: `+=`, not `=`."),
    Mistake(
      "4.5", "a parent named twice gets only one of its two parts", TwinOnce(),
      "`backward` returns a number for each input: in x·x both go to x."),
    Mistake(
      "4.5", "the output's own gradient is not set", NoSeed(),
      "∂output/∂output = 1 starts the backward pass: without it all gradients stay 0."),
    Mistake(
      "4.5", "the output's gradient starts at its value", SeedIsValue(), "It starts at 1: ∂output/∂output."),
    Mistake(
      "4.5", "the last node is taken for the output", LastIsOutput(),
      "The output is `graph.output`, wherever it stands."),
    Mistake(
      "4.5", "every node that nothing uses starts with gradient 1", EverySinkSeeded(),
      "Only the output starts with 1; the output does not depend on the others."),
    Mistake(
      "4.5", "the nodes are taken as they stand", StandingOrder(),
      "Forward goes through the order of 4.4, backward through the same order reversed."),
    Mistake(
      "4.5", "backward goes through the order from front to back", BackwardForwards(),
      "Children come first on the way back: take the order reversed."),
    Mistake(
      "4.5", "a node passes on its gradient anew with every part that arrives", PassedOnEarly(),
      "Going down each path by itself passes on the first parts again with every new one: handle each node once, after all of its children."
    ),
    Mistake(
      "4.5", "a node passes on its gradient once its first part has arrived", FirstPartOnly(),
      "It has to wait for all of its children: take the order of 4.4, reversed."),
    Mistake(
      "4.5", "backward goes through the nodes by falling index", FallingIndex(),
      "The indices say nothing about the order: take the order of 4.4, reversed."),
    Mistake(
      "4.5", "every node's `backward` is called with 1", UpstreamIsOne(),
      "What a node passes down is its own gradient times the local derivative: call `backward(gradients[i])`."),
    Mistake(
      "4.5", "of two parents only the first gets its part", FirstParentOnly(),
      "`backward` returns a number for each input: give each parent its own."),
    Mistake(
      "4.5", "function nodes are kept in the order in which they are made, and looked up by the node's index",
      FunctionsByIndex(),
      "Function node number k belongs to node `order[k]`: go back over `zip(order, functions).reversed()`."),

    Mistake("4.6", "J is W, without the slope of tanh", NoSlope(), "∂zᵢ/∂xⱼ = (1 − zᵢ²)·Wᵢⱼ."),
    Mistake(
      "4.6", "the slope is 1 − (Wx)² instead of 1 − z²", SlopeBeforeTanh(), "tanh' = 1 − tanh²: square z, not Wx."),
    Mistake("4.6", "the slope is 1 − z", SlopeNotSquared(), "tanh' = 1 − z²."),
    Mistake(
      "4.6", "J has its rows and columns exchanged", JacobianTransposed(),
      "Row i belongs to zᵢ, column j to xⱼ: (p, n), like W."),
    Mistake("4.6", "dx is Wᵀdz, without the slope", DxWithoutSlope(), "dx = Jᵀdz, and J has the slope in it."),
    Mistake(
      "4.6", "dx has the slope in it twice", DxSlopeTwice(), "J already holds 1 − z²: dx = Jᵀdz with dz as it is."),
    Mistake("4.6", "dx is a row", DxLyingDown(), "dzᵀJ has the right numbers lying down: dx = Jᵀdz is (n, 1), like x."),

    Mistake("4.7", "the loss lacks its ½", LossWithoutHalf(), "L = ½(ŷ − y)²."),
    Mistake(
      "4.7", "dyhat is 2(ŷ − y), and all after it twice too large", TwoLeft(),
      "The ½ of the loss cancels the 2: dyhat = ŷ − y."),
    Mistake("4.7", "dyhat is y − ŷ", ErrorSign(), "The derivative of ½(ŷ − y)² by ŷ is ŷ − y."),
    Mistake(
      "4.7", "dz lacks the slope of σ", SlopeLost(),
      "dz = dyhat·σ'(z). ŷ − y alone is the cross-entropy's dz, where the slope cancels."),
    Mistake(
      "4.7", "the slope of σ is taken at ŷ instead of z", SlopeAtYhat(), "σ'(z) = ŷ(1 − ŷ): ŷ is σ(z) already."),
    Mistake("4.7", "dw lacks x", XLost(), "∂z/∂w = x, so dw = dz·x."),
    Mistake("4.7", "dw is dz·w", WForX(), "∂z/∂w = x: the other factor of wx."),
    Mistake("4.7", "db is dz·b", DbTimesB(), "b is added, not multiplied: ∂z/∂b = 1."),
    Mistake(
      "4.7", "σ is computed as e^z/(1 + e^z)", OverflowingLoss(),
      "For z = 1000 that is ∞/∞, NaN; 1/(1 + e⁻ᶻ) is right for every z."),
    Mistake(
      "4.7", "the calculus formulas lack the slope of σ", CalculusWithoutSlope(),
      "The chain has three links: (σ(z) − y), then σ'(z), then the derivative of z."),
    Mistake(
      "4.8", "the differences are one-sided, (f(x + h) − f(x))/h", OneSided(),
      "Its error is of the order of h; go h to both sides, and it is of the order of h²."),
    Mistake("4.8", "the difference is divided by h", DividedByH(), "From x − h to x + h it is 2h: divide by that."),
    Mistake(
      "4.8", "x stays moved when the next entry's turn comes", NotPutBack(),
      "Put `x[j]` back, or take a fresh copy for every j."),
    Mistake(
      "4.8", "all entries of x are moved at once", AllMoved(), "One entry at a time: the others stay where they are."),
    Mistake(
      "4.8", "the mean of the errors is taken instead of the largest", MeanError(),
      "One wrong entry among a million right ones must show: the largest error counts."),
    Mistake(
      "4.8", "the largest signed difference is taken", SignedMaximum(),
      "An entry that is too small is wrong too: take |a − n|."),
    Mistake("4.8", "the error is absolute", AbsoluteError(), "Divide |a − n| by max(|a|, |n|, 1e-4)."),
    Mistake(
      "4.8", "the error is divided by |a| + |n|", DividedBySum(),
      "That makes it up to twice too small: the contract divides by the larger of the two."),
    Mistake(
      "4.8", "the error is divided by |n| or the floor, without |a|", DividedByNumerical(),
      "A much too large entry and a much too small one should count alike: divide by the larger of |a| and |n|."),
    Mistake(
      "4.8", "there is no floor", NoFloor(), "Where both are 0 it divides 0 by 0, NaN: max(|a|, |n|, 1e-4)."),
    Mistake(
      "4.8", "the floor is 1e-8", LowFloor(),
      "The contract's floor is 1e-4: below it, rounding is most of what is measured."),
    Mistake(
      "4.8", "the floor is 1", HighFloor(), "That makes errors of small entries absolute: the contract's floor is 1e-4."
    ),
    Mistake("4.8", "only the last entry is judged", LastEntry(), "Keep the largest error so far: `max(error, …)`."),
    Mistake("4.8", "agrees has the wrong sense", AgreesInverted(), "It is true when the error is below 1e-6."),
    Mistake(
      "4.8", "agrees lets an error of 3e-4 pass", LooseThreshold(),
      "The contract's bound is 1e-6: at h = 1e-5 a right gradient is far below it."),
    Mistake(
      "4.8", "agrees is always true", AlwaysAgrees(),
      "Compare the error with 1e-6; a checker that says yes to everything checks nothing."),
    Mistake(
      "4.8", "the difference is divided by 2 and then multiplied by h", DividedWithoutBrackets(),
      "`/ 2 * h` divides by 2 only and multiplies by h: write `/ (2 * h)`."),
  ])

// MARK: 4.1

/// A triple sum with other derivatives.
private func triple(
  _ a: Double, _ b: Double, _ c: Double, _ change: (inout TripleSum) -> Void
) -> TripleSum {
  var right = reference.tripleSum(a: a, b: b, c: c)
  change(&right)
  return right
}

private struct PrintedDerivatives: ComputationGraphsLesson {
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    triple(a, b, c) { ($0.db, $0.dc) = (3, 3) }
  }
}

private struct FactorsExchanged: ComputationGraphsLesson {
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    triple(a, b, c) { ($0.db, $0.dc) = (3 * b, 3 * c) }
  }
}

private struct OnlyLocalProduct: ComputationGraphsLesson {
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    triple(a, b, c) { ($0.db, $0.dc) = (c, b) }
  }
}

private struct DvIsOne: ComputationGraphsLesson {
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    triple(a, b, c) { ($0.dv, $0.du, $0.da, $0.db, $0.dc) = (1, 1, 1, c, b) }
  }
}

private struct BracketsMissing: ComputationGraphsLesson {
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    triple(a, b, c) { $0.J = 3 * a + b * c }
  }
}

private struct TimesOwnValue: ComputationGraphsLesson {
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    triple(a, b, c) {
      $0.dv *= $0.v
      $0.du *= $0.u
      $0.da *= a
      $0.db *= b
      $0.dc *= c
    }
  }
}

private struct DvIsJ: ComputationGraphsLesson {
  func tripleSum(a: Double, b: Double, c: Double) -> TripleSum {
    triple(a, b, c) { ($0.dv, $0.du, $0.da, $0.db, $0.dc) = ($0.J, $0.J, $0.J, $0.J * c, $0.J * b) }
  }
}

// MARK: 4.2

private func sum(_ x: Double, _ y: Double, _ z: Double, _ change: (inout SumTimes) -> Void) -> SumTimes {
  var right = reference.sumTimes(x: x, y: y, z: z)
  change(&right)
  return right
}

private struct ProductOwnFactor: ComputationGraphsLesson {
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes {
    sum(x, y, z) { ($0.dd, $0.dx, $0.dy, $0.dz) = ($0.d, $0.d, $0.d, z) }
  }
}

private struct OnlyLocalSum: ComputationGraphsLesson {
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes { sum(x, y, z) { ($0.dx, $0.dy) = (1, 1) } }
}

private struct SumBracketsMissing: ComputationGraphsLesson {
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes { sum(x, y, z) { $0.f = x + y * z } }
}

private struct SumShares: ComputationGraphsLesson {
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes { sum(x, y, z) { ($0.dx, $0.dy) = (z / 2, z / 2) } }
}

private struct DzIsValue: ComputationGraphsLesson {
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes { sum(x, y, z) { $0.dz = $0.f } }
}

private struct SumTimesInputs: ComputationGraphsLesson {
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes { sum(x, y, z) { ($0.dx, $0.dy) = (z * x, z * y) } }
}

private struct DdIsOne: ComputationGraphsLesson {
  func sumTimes(x: Double, y: Double, z: Double) -> SumTimes { sum(x, y, z) { ($0.dd, $0.dx, $0.dy) = (1, 1, 1) } }
}

// MARK: 4.3

/// The right node with another `backward` for one operation.
private func altered(
  _ operation: NodeOperation, _ inputs: [Double], where isAltered: Bool,
  _ backward: @escaping @Sendable (_ upstream: Double, _ right: FunctionNode) -> [Double]
) -> FunctionNode {
  let right = reference.node(operation, inputs)
  return isAltered ? FunctionNode(value: right.value) { backward($0, right) } : right
}

private struct ProductNotCrossed: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .multiply) { upstream, _ in inputs.map { upstream * $0 } }
  }
}

private struct LocalOnly: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: true) { _, right in right.backward(1) }
  }
}

private struct UpstreamAdded: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: true) { upstream, right in right.backward(1).map { upstream + $0 } }
  }
}

private struct AddShares: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .add) { upstream, _ in [upstream / 2, upstream / 2] }
  }
}

private struct FactorByDivision: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .multiply) { upstream, right in
      inputs.map { upstream * (right.value / $0) }
    }
  }
}

private struct PowerRule: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .exp) { upstream, _ in
      inputs.map { upstream * $0 * exp($0 - 1) }
    }
  }
}

private struct LogOfValue: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .log) { upstream, right in [upstream / right.value] }
  }
}

private struct SlopeOfInput: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .sigmoid) { upstream, _ in inputs.map { upstream * $0 * (1 - $0) } }
  }
}

private struct SigmoidTwice: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .sigmoid) { upstream, right in
      reference.node(.sigmoid, [right.value]).backward(upstream)
    }
  }
}

private struct TanhSlopeOfInput: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .tanh) { upstream, _ in inputs.map { upstream * (1 - $0 * $0) } }
  }
}

private struct TanhLikeSigmoid: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .tanh) { upstream, right in
      [upstream * right.value * (1 - right.value)]
    }
  }
}

private struct ReLUOpen: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .relu) { upstream, _ in [upstream] }
  }
}

private struct ReLUAtZeroOne: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .relu) { upstream, _ in inputs.map { $0 >= 0 ? upstream : 0 } }
  }
}

private struct ReLUOfUpstream: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .relu) { upstream, _ in [max(upstream, 0)] }
  }
}

private struct OverflowingSigmoid: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    guard operation == .sigmoid else { return reference.node(operation, inputs) }
    let a = exp(inputs[0]) / (1 + exp(inputs[0]))
    return FunctionNode(value: a) { [$0 * a * (1 - a)] }
  }
}

private struct OverflowingTanh: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    guard operation == .tanh else { return reference.node(operation, inputs) }
    let (up, down) = (exp(inputs[0]), exp(-inputs[0]))
    let a = (up - down) / (up + down)
    return FunctionNode(value: a) { [$0 * (1 - a * a)] }
  }
}

private struct LeafReturns: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: inputs.isEmpty) { upstream, _ in [upstream] }
  }
}

private struct TanhNotSquared: ComputationGraphsLesson {
  func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode {
    altered(operation, inputs, where: operation == .tanh) { upstream, right in [upstream * (1 - right.value)] }
  }
}

// MARK: 4.4

private struct AsTheyStand: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] { Array(graph.nodes.indices) }
}

private struct Reversed: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] { reference.topologicalOrder(of: graph).reversed() }
}

private struct PreOrder: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] {
    var order: [Int] = []
    func list(_ i: Int) {
      if order.contains(i) { return }
      order.append(i)
      graph.nodes[i].parents.forEach(list)
    }
    graph.nodes.indices.forEach(list)
    return order
  }
}

private struct PreOrderReversed: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] { PreOrder().topologicalOrder(of: graph).reversed() }
}

private struct OnlyTowardsOutput: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] {
    var order: [Int] = []
    func list(_ i: Int) {
      if order.contains(i) { return }
      graph.nodes[i].parents.forEach(list)
      order.append(i)
    }
    list(graph.output)
    return order
  }
}

private struct EveryVisit: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] {
    var order: [Int] = []
    func list(_ i: Int) {
      graph.nodes[i].parents.forEach(list)
      order.append(i)
    }
    graph.nodes.indices.forEach(list)
    return order
  }
}

private struct OneParentSuffices: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] {
    var order = graph.nodes.indices.filter { graph.nodes[$0].parents.isEmpty }
    var next = 0
    while next < order.count {
      let children = graph.nodes.indices.filter { graph.nodes[$0].parents.contains(order[next]) }
      order += children.filter { !order.contains($0) }
      next += 1
    }
    return order
  }
}

private struct LeavesFirst: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] {
    graph.nodes.indices.filter { graph.nodes[$0].parents.isEmpty }
      + graph.nodes.indices.filter { !graph.nodes[$0].parents.isEmpty }
  }
}

private struct WaitsForTwin: ComputationGraphsLesson {
  func topologicalOrder(of graph: Graph) -> [Int] {
    var waitingFor = graph.nodes.map(\.parents.count)
    var order = graph.nodes.indices.filter { waitingFor[$0] == 0 }
    var next = 0
    while next < order.count {
      for i in graph.nodes.indices where graph.nodes[i].parents.contains(order[next]) {
        waitingFor[i] -= 1
        if waitingFor[i] == 0 { order.append(i) }
      }
      next += 1
    }
    return order
  }
}

// MARK: 4.5

/// The backward pass of 4.5 with parts that a mistake replaces.
private func pass(
  _ graph: Graph, order: [Int]? = nil, backwardOrder: [Int]? = nil, seed: (_ values: [Double]) -> [Int: Double],
  receive: (_ gradients: inout [Double], _ parents: [Int], _ back: [Double]) -> Void = addUp
) -> GraphPass {
  let order = order ?? reference.topologicalOrder(of: graph)
  var values = [Double](repeating: 0, count: graph.nodes.count)
  for i in order { values[i] = function(graph, i, values).value }
  var gradients = [Double](repeating: 0, count: graph.nodes.count)
  for (i, gradient) in seed(values) { gradients[i] = gradient }
  for i in backwardOrder ?? order.reversed() {
    receive(&gradients, graph.nodes[i].parents, function(graph, i, values).backward(gradients[i]))
  }
  return GraphPass(values: values, gradients: gradients)
}

private func function(_ graph: Graph, _ i: Int, _ values: [Double]) -> FunctionNode {
  reference.node(graph.nodes[i].operation, graph.nodes[i].parents.map { values[$0] })
}

private func addUp(_ gradients: inout [Double], _ parents: [Int], _ back: [Double]) {
  for (parent, gradient) in zip(parents, back) { gradients[parent] += gradient }
}

private struct Overwritten: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    pass(graph, seed: { _ in [graph.output: 1] }) { gradients, parents, back in
      for (parent, gradient) in zip(parents, back) { gradients[parent] = gradient }
    }
  }
}

private struct TwinOnce: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    pass(graph, seed: { _ in [graph.output: 1] }) { gradients, parents, back in
      let different = parents.indices.filter { parents.firstIndex(of: parents[$0]) == $0 }
      addUp(&gradients, different.map { parents[$0] }, different.map { back[$0] })
    }
  }
}

private struct NoSeed: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass { pass(graph, seed: { _ in [:] }) }
}

private struct SeedIsValue: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass { pass(graph, seed: { [graph.output: $0[graph.output]] }) }
}

private struct LastIsOutput: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass { pass(graph, seed: { _ in [graph.nodes.count - 1: 1] }) }
}

private struct EverySinkSeeded: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    let sinks = graph.nodes.indices.filter { i in !graph.nodes.contains { $0.parents.contains(i) } }
    return pass(
      graph, seed: { _ in Dictionary(uniqueKeysWithValues: (sinks + [graph.output]).removingTwins.map { ($0, 1) }) })
  }
}

extension [Int] {
  fileprivate var removingTwins: [Int] { indices.filter { firstIndex(of: self[$0]) == $0 }.map { self[$0] } }
}

private struct StandingOrder: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    pass(graph, order: Array(graph.nodes.indices), seed: { _ in [graph.output: 1] })
  }
}

private struct BackwardForwards: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    pass(graph, backwardOrder: reference.topologicalOrder(of: graph), seed: { _ in [graph.output: 1] })
  }
}

private struct PassedOnEarly: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    let values = reference.backward(through: graph).values
    var gradients = [Double](repeating: 0, count: graph.nodes.count)
    gradients[graph.output] = 1
    func visit(_ i: Int) {
      for (parent, gradient) in zip(graph.nodes[i].parents, function(graph, i, values).backward(gradients[i])) {
        gradients[parent] += gradient
        visit(parent)
      }
    }
    visit(graph.output)
    return GraphPass(values: values, gradients: gradients)
  }
}

private struct FirstPartOnly: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    var reached = [graph.output]
    var next = 0
    while next < reached.count {
      for parent in graph.nodes[reached[next]].parents where !reached.contains(parent) { reached.append(parent) }
      next += 1
    }
    return pass(graph, backwardOrder: reached, seed: { _ in [graph.output: 1] })
  }
}

private struct FallingIndex: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    pass(graph, backwardOrder: graph.nodes.indices.reversed(), seed: { _ in [graph.output: 1] })
  }
}

private struct UpstreamIsOne: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    var pass = reference.backward(through: graph)
    pass.gradients = graph.nodes.indices.map { $0 == graph.output ? 1 : 0 }
    for i in reference.topologicalOrder(of: graph).reversed() {
      let inputs = graph.nodes[i].parents.map { pass.values[$0] }
      for (parent, part) in zip(graph.nodes[i].parents, reference.node(graph.nodes[i].operation, inputs).backward(1)) {
        pass.gradients[parent] += part
      }
    }
    return pass
  }
}

private struct FirstParentOnly: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    var pass = reference.backward(through: graph)
    pass.gradients = graph.nodes.indices.map { $0 == graph.output ? 1 : 0 }
    for i in reference.topologicalOrder(of: graph).reversed() {
      guard let parent = graph.nodes[i].parents.first else { continue }
      let inputs = graph.nodes[i].parents.map { pass.values[$0] }
      pass.gradients[parent] += reference.node(graph.nodes[i].operation, inputs).backward(pass.gradients[i])[0]
    }
    return pass
  }
}

private struct FunctionsByIndex: ComputationGraphsLesson {
  func backward(through graph: Graph) -> GraphPass {
    var pass = reference.backward(through: graph)
    let order = reference.topologicalOrder(of: graph)
    let functions = order.map { i in
      reference.node(graph.nodes[i].operation, graph.nodes[i].parents.map { pass.values[$0] })
    }
    pass.gradients = graph.nodes.indices.map { $0 == graph.output ? 1 : 0 }
    for i in order.reversed() {
      for (parent, part) in zip(graph.nodes[i].parents, functions[i].backward(pass.gradients[i])) {
        pass.gradients[parent] += part
      }
    }
    return pass
  }
}

// MARK: 4.6

private func vector(
  _ W: Matrix, _ x: Matrix, slope: (_ z: Matrix) -> Matrix, dx: (_ J: Matrix) -> Matrix
) -> VectorNodePass {
  let z = tanh(W * x)
  let J = slope(z) .* W
  return VectorNodePass(z: z, J: J, dx: dx(J))
}

private struct NoSlope: ComputationGraphsLesson {
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    vector(W, x, slope: { 1 + 0 * $0 }, dx: { $0.T * dz })
  }
}

private struct SlopeBeforeTanh: ComputationGraphsLesson {
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    vector(W, x, slope: { _ in 1 - pow(W * x, 2) }, dx: { $0.T * dz })
  }
}

private struct SlopeNotSquared: ComputationGraphsLesson {
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    vector(W, x, slope: { 1 - $0 }, dx: { $0.T * dz })
  }
}

private struct JacobianTransposed: ComputationGraphsLesson {
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    var right = reference.vectorNode(W: W, x: x, dz: dz)
    right.J = right.J.T
    return right
  }
}

private struct DxWithoutSlope: ComputationGraphsLesson {
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    vector(W, x, slope: { 1 - $0 .* $0 }, dx: { _ in W.T * dz })
  }
}

private struct DxSlopeTwice: ComputationGraphsLesson {
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    let slope = 1 - pow(tanh(W * x), 2)
    return vector(W, x, slope: { _ in slope }, dx: { $0.T * (dz .* slope) })
  }
}

private struct DxLyingDown: ComputationGraphsLesson {
  func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass {
    var right = reference.vectorNode(W: W, x: x, dz: dz)
    right.dx = right.dx.T
    return right
  }
}

// MARK: 4.7

/// The right pass, with other derivatives that follow from another dŷ or slope in both halves.
private func leastSquares(
  _ w: Double, _ b: Double, _ x: Double, _ y: Double, error: (_ yhat: Double) -> Double = { $0 },
  slope: (_ yhat: Double) -> Double
) -> LeastSquaresPass {
  var result = reference.logisticLeastSquares(w: w, b: b, x: x, y: y)
  let yhat = result.dyhat + y
  result.dyhat = error(result.dyhat)
  result.dz = result.dyhat * slope(yhat)
  result.dw = result.dz * x
  result.db = result.dz
  (result.dwByCalculus, result.dbByCalculus) = (result.dw, result.db)
  return result
}

private func slope(_ yhat: Double) -> Double { yhat * (1 - yhat) }

private struct LossWithoutHalf: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    var result = reference.logisticLeastSquares(w: w, b: b, x: x, y: y)
    result.loss *= 2
    return result
  }
}

private struct TwoLeft: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    leastSquares(w, b, x, y, error: { 2 * $0 }, slope: slope)
  }
}

private struct ErrorSign: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    leastSquares(w, b, x, y, error: { -$0 }, slope: slope)
  }
}

private struct SlopeLost: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    let right = reference.logisticLeastSquares(w: w, b: b, x: x, y: y)
    var result = leastSquares(w, b, x, y, slope: { _ in 1 })
    (result.dwByCalculus, result.dbByCalculus) = (right.dw, right.db)
    return result
  }
}

private struct SlopeAtYhat: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    leastSquares(w, b, x, y, slope: { slope(1 / (1 + exp(-$0))) })
  }
}

private struct XLost: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    var result = reference.logisticLeastSquares(w: w, b: b, x: x, y: y)
    result.dw = result.dz
    return result
  }
}

private struct WForX: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    var result = reference.logisticLeastSquares(w: w, b: b, x: x, y: y)
    result.dw = result.dz * w
    return result
  }
}

private struct DbTimesB: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    var result = reference.logisticLeastSquares(w: w, b: b, x: x, y: y)
    result.db = result.dz * b
    return result
  }
}

private struct OverflowingLoss: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    let z = w * x + b
    let yhat = exp(z) / (1 + exp(z))
    let dyhat = yhat - y
    let dz = dyhat * slope(yhat)
    return LeastSquaresPass(
      loss: 0.5 * dyhat * dyhat, dwByCalculus: dz * x, dbByCalculus: dz, dyhat: dyhat, dz: dz, dw: dz * x, db: dz)
  }
}

private struct CalculusWithoutSlope: ComputationGraphsLesson {
  func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass {
    var result = reference.logisticLeastSquares(w: w, b: b, x: x, y: y)
    (result.dwByCalculus, result.dbByCalculus) = (result.dyhat * x, result.dyhat)
    return result
  }
}

// MARK: 4.8

/// The check of 4.8 with parts that a mistake replaces.
private func check(
  _ analytic: [Double], _ numerical: [Double], below bound: Double = 1e-6,
  error: (_ a: Double, _ n: Double) -> Double = { abs($0 - $1) / max(abs($0), abs($1), 1e-4) },
  together: (_ errors: [Double]) -> Double = { $0.reduce(0) { max($0, $1) } }
) -> GradientCheck {
  let relativeError = together(zip(analytic, numerical).map(error))
  return GradientCheck(numerical: numerical, relativeError: relativeError, agrees: relativeError < bound)
}

private func centred(_ f: ([Double]) -> Double, at x: [Double], h: Double) -> [Double] {
  x.indices.map { (f(moved(x, $0, by: h)) - f(moved(x, $0, by: -h))) / (2 * h) }
}

private func moved(_ x: [Double], _ j: Int, by h: Double) -> [Double] {
  var x = x
  x[j] += h
  return x
}

private struct OneSided: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, x.indices.map { (f(moved(x, $0, by: h)) - f(x)) / h })
  }
}

private struct DividedByH: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h).map { 2 * $0 })
  }
}

private struct NotPutBack: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    var x = x
    let numerical = x.indices.map { j in
      x[j] += h
      let right = f(x)
      x[j] -= 2 * h
      return (right - f(x)) / (2 * h)
    }
    return check(analytic, numerical)
  }
}

private struct AllMoved: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, x.map { _ in (f(x.map { $0 + h }) - f(x.map { $0 - h })) / (2 * h) })
  }
}

private struct MeanError: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), together: { $0.reduce(0, +) / Double($0.count) })
  }
}

private struct SignedMaximum: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), error: { ($0 - $1) / max(abs($0), abs($1), 1e-4) })
  }
}

private struct AbsoluteError: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), error: { abs($0 - $1) })
  }
}

private struct DividedBySum: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), error: { abs($0 - $1) / max(abs($0) + abs($1), 1e-4) })
  }
}

private struct DividedByNumerical: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), error: { abs($0 - $1) / max(abs($1), 1e-4) })
  }
}

private struct NoFloor: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(
      analytic, centred(f, at: x, h: h), error: { abs($0 - $1) / max(abs($0), abs($1)) },
      together: { $0.contains(where: \.isNaN) ? .nan : $0.max() ?? 0 })
  }
}

private struct LowFloor: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), error: { abs($0 - $1) / max(abs($0), abs($1), 1e-8) })
  }
}

private struct HighFloor: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), error: { abs($0 - $1) / max(abs($0), abs($1), 1) })
  }
}

private struct LastEntry: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), together: { $0.last ?? 0 })
  }
}

private struct AgreesInverted: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    var result = reference.checkGradient(analytic, of: f, at: x, h: h)
    result.agrees.toggle()
    return result
  }
}

private struct LooseThreshold: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), below: 1e-3)
  }
}

private struct AlwaysAgrees: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h), below: .infinity)
  }
}

private struct DividedWithoutBrackets: ComputationGraphsLesson {
  func checkGradient(
    _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
  ) -> GradientCheck {
    check(analytic, centred(f, at: x, h: h).map { $0 * h * h })
  }
}
