import LinearAlgebra
import Testing

@testable import ActivationFunctionsSolution
@testable import Curriculum

@Suite("Lesson 7 against PyTorch and 60-digit arithmetic") struct Golden07 {
  let lesson = ActivationFunctions()

  // MARK: - Functions of one number

  /// One of the file's functions, by its name there.
  private func function(_ name: String) throws -> Golden {
    try #require(Golden("activations")["functions"].list.first { try $0["name"].text == name })
  }

  private func expectFunction(
    _ name: String, _ g: (Double) -> ActivationValue, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let golden = try function(name)
    let z = try golden["z"].numbers
    #expect(z.contains(-1000) && z.contains(1000), sourceLocation: sourceLocation)
    try expectClose(z.map { g($0).value }, golden["value"], sourceLocation: sourceLocation)
    try expectClose(z.map { g($0).derivative }, golden["derivative"], sourceLocation: sourceLocation)
    try expectClose(g(0).value, golden["value_at_zero"], sourceLocation: sourceLocation)
    try expectClose(g(0).derivative, golden["derivative_at_zero"], sourceLocation: sourceLocation)
  }

  @Test func `σ, tanh, arctan, ReLU and softplus with their derivatives, from −1000 to 1000`() throws {
    try expectFunction("sigmoid") { lesson.sigmoid($0) }
    try expectFunction("tanh") { lesson.hyperbolicTangent($0) }
    try expectFunction("arctan") { lesson.arctan($0) }
    try expectFunction("relu") { lesson.relu($0) }
    try expectFunction("softplus") { lesson.softplus($0) }
  }

  @Test(arguments: ["leaky_relu", "prelu"])
  func `leaky and parametric ReLU with their derivatives`(name: String) throws {
    let slope = try function(name)["parameters"]["slope"].number
    try expectFunction(name) {
      let g = lesson.parametricReLU($0, alpha: slope)
      return ActivationValue(value: g.value, derivative: g.derivative)
    }
  }

  @Test func `parametric ReLU's derivative by its slope`() throws {
    let golden = try function("prelu")
    let slope = try golden["parameters"]["slope"].number
    let byAlpha = try golden["z"].numbers.map { lesson.parametricReLU($0, alpha: slope).byAlpha }
    try expectClose(byAlpha, golden["derivative_by_slope"])
  }

  @Test func `ELU with its derivative, and by α it is what α stands before`() throws {
    let golden = try function("elu")
    let alpha = try golden["parameters"]["alpha"].number
    try expectFunction("elu") {
      let g = lesson.elu($0, alpha: alpha)
      return ActivationValue(value: g.value, derivative: g.derivative)
    }
    let below = try zip(golden["z"].numbers, golden["value"].numbers).filter { $0.0 < 0 }
    #expect(!below.isEmpty)
    expectClose(below.map { lesson.elu($0.0, alpha: alpha).byAlpha }, below.map { $0.1 / alpha }, "by α")
  }

  // MARK: - Layers

  @Test func `maxout and its gradients are PyTorch's`() throws {
    let golden = try Golden("activations")["maxout"]
    let pieces = try zip(golden["W"].list, golden["b"].list).map { Layer(W: try $0.matrix, b: try $1.matrix) }
    let pass = try lesson.maxout(X: golden["X"].matrix, pieces: pieces, dA: golden["dA"].matrix)
    try expectClose(pass.A, golden["A"])
    try expectClose(pass.winners, golden["winners"])
    try expectClose(pass.dX, golden["dX"])
    let (dW, db) = (try golden["dW"].list, try golden["db"].list)
    #expect(pass.gradients.count == dW.count && pass.gradients.count > 1)
    for (k, gradient) in pass.gradients.enumerated() {
      try expectClose(gradient.W, dW[k])
      try expectClose(gradient.b, db[k])
    }
  }

  @Test func `maxout of a layer and of nothing is that layer and ReLU`() throws {
    let golden = try Golden("two_layer")
    let (X, W, b) = (try golden["X"].matrix, try golden["W1"].matrix, try golden["b1"].matrix)
    let Z = try golden["Z1"].matrix
    let dA = Z + 0.5
    let pass = lesson.maxout(X: X, pieces: [Layer(W: W, b: b), Layer(W: 0 * W, b: 0 * b)], dA: dA)
    expectClose(pass.A, Z.map { lesson.relu($0).value }, "A")
    let dZ = dA .* Z.map { lesson.relu($0).derivative }
    expectClose(pass.gradients[0].W, dZ * X.T, "dW")
    expectClose(pass.dX, W.T * dZ, "dX")
  }

  @Test func `the two-layer network's tanh, σ and dZ1 are PyTorch's`() throws {
    let golden = try Golden("two_layer")
    let Z1 = try golden["Z1"].matrix
    try expectClose(Z1.map { lesson.hyperbolicTangent($0).value }, golden["A1"])
    try expectClose(golden["Z2"].matrix.map { lesson.sigmoid($0).value }, golden["A2"])
    let dA1 = try golden["W2"].matrix.T * golden["dZ2"].matrix
    try expectClose(dA1 .* Z1.map { lesson.hyperbolicTangent($0).derivative }, golden["dZ1"])
  }

  @Test func `its two layers without tanh are one layer`() throws {
    let golden = try Golden("two_layer")
    let first = Layer(W: try golden["W1"].matrix, b: try golden["b1"].matrix)
    let second = Layer(W: try golden["W2"].matrix, b: try golden["b2"].matrix)
    let one = lesson.collapse(first, second)
    expectClose(
      try one.W * golden["X"].matrix + one.b, try second.W * golden["Z1"].matrix + second.b, "W'X + b'")
  }
}
