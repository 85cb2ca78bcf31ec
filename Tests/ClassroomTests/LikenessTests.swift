import Foundation
import Testing

@testable import Classroom

struct LikenessTests {
  private static let stub = logisticRegression()
  private static let losses = """
    let one = a < logFloor ? logFloor : a
        let other = 1 - a < logFloor ? logFloor : 1 - a
        return ExampleLosses(squared: (a - y) * (a - y) / 2, crossEntropy: -(y * log(one) + (1 - y) * log(other)))
    """
  /// One way to write some steps.
  private static let mine = [
    "sigmoid": "if z >= 0 { return 1 / (1 + exp(-z)) }\n    let e = exp(z)\n    return e / (1 + e)",
    "losses": losses,
    "forward": "let z = (parameters.w.T * x)[0, 0] + parameters.b\n    return ExampleForward(z: z, a: sigmoid(z))",
    "cost":
      "let all = (0..<X.columns).map { i in losses(a: forward(x: X.column(i), at: parameters).a, y: Y[0, i]).crossEntropy }\n    return all.reduce(0, +) / Double(X.columns)",
    "gradients":
      "var dw = Matrix(rows: X.rows, columns: 1), db = 0.0\n    for i in 0..<X.columns {\n      let g = backward(x: X.column(i), y: Y[0, i], forward: forward(x: X.column(i), at: parameters))\n      dw = dw + g.dw\n      db += g.db\n    }\n    let m = Double(X.columns)\n    return LogisticGradients(cost: cost(X: X, Y: Y, at: parameters), dw: dw / m, db: db / m)",
    "update":
      "var next = parameters\n    next.w = next.w - gradients.dw * rate\n    next.b -= rate * gradients.db\n    return next",
  ]
  /// Another.
  private static let others = [
    "sigmoid": "1.0 / (exp(-z) + 1.0)",
    "losses":
      "func safe(_ p: Double) -> Double { log(max(p, logFloor)) }\n    let difference = y - a\n    return ExampleLosses(squared: 0.5 * difference * difference, crossEntropy: -y * safe(a) - (1 - y) * safe(1 - a))",
    "forward":
      "var sum = parameters.b\n    for k in 0..<x.rows { sum += x[k, 0] * parameters.w[k, 0] }\n    return ExampleForward(z: sum, a: sigmoid(sum))",
    "cost":
      "var total = 0.0\n    for column in 0..<X.columns {\n      let output = forward(x: X.column(column), at: parameters)\n      total += losses(a: output.a, y: Y[0, column]).crossEntropy\n    }\n    return total / Double(X.columns)",
    "gradients":
      "let m = X.columns\n    var result = LogisticGradients(cost: 0, dw: Matrix(rows: X.rows, columns: 1), db: 0)\n    for column in 0..<m {\n      let output = forward(x: X.column(column), at: parameters)\n      let error = output.a - Y[0, column]\n      for k in 0..<X.rows { result.dw[k, 0] += error * X[k, column] / Double(m) }\n      result.db += error / Double(m)\n      result.cost += losses(a: output.a, y: Y[0, column]).crossEntropy / Double(m)\n    }\n    return result",
    "update": "LogisticParameters(w: parameters.w - rate * gradients.dw, b: parameters.b - rate * gradients.db)",
  ]

  private func findings(_ files: [(String, String)], reference: String? = nil) -> [Likeness.Finding] {
    var likeness = Likeness()
    likeness.add(
      lesson: 3, title: "t", sources: files.map { Likeness.Source(student: $0.0, text: $0.1, digest: $0.1) },
      stub: Self.stub, reference: reference)
    return likeness.findings
  }

  @Test func `comments, layout and a student's own names do not count, all else does`() {
    let stub = Fingerprints.Stub(Self.stub)
    let one = Fingerprints(logisticRegression(Self.mine), stub: stub)
    var renamed = Self.mine
    renamed["gradients"] = renamed["gradients"]!.replacingOccurrences(
      of: "dw = dw + g.dw", with: "/* add /* up */ */ dw=dw + s.dw // here"
    )
    .replacingOccurrences(of: "let g = ", with: "let s =\n\n ").replacingOccurrences(of: "g.db", with: "s.db")
    #expect(
      Fingerprints(logisticRegression(renamed), stub: stub).whole == one.whole && one.own.count > Likeness.leastOwn)
    renamed["sigmoid"] = "1 / (1 + exp(0 - z))"
    #expect(Fingerprints(logisticRegression(renamed), stub: stub).whole != one.whole)
    #expect(Fingerprints(Self.stub, stub: stub).own.isEmpty)
  }

  @Test func `a copy is found, whatever it is called, and two honest solutions are not`() {
    let a = logisticRegression(Self.mine), b = logisticRegression(Self.others)
    #expect(findings([("a", a), ("b", b)]).isEmpty)
    #expect(findings([("a", a), ("b", b)], reference: nil).isEmpty)
    let disguised = "// my own work\n" + a.replacingOccurrences(of: "next", with: "result")
    #expect(findings([("b", b), ("c", disguised), ("a", a)]).map(\.students) == [["a", "c"]])
    #expect(findings([("c", disguised), ("a", a)]).map(\.kind) == [.sameButNames])
    #expect(findings([("c", a), ("a", a), ("b", a)]).map(\.kind) == [.sameFile])
    #expect(findings([("c", a), ("a", a), ("b", a)]).map(\.students) == [["a", "b", "c"]])
    // One step of it rewritten.
    var partly = Self.mine
    partly["sigmoid"] = Self.others["sigmoid"]
    let found = findings([("a", a), ("p", logisticRegression(partly)), ("b", b)])
    #expect(found.map(\.students) == [["a", "p"]])
    #expect(found.allSatisfy { if case .shared = $0.kind { true } else { false } })
  }

  @Test func `the reference is compared too, and short or usual solutions are left alone`() {
    let a = logisticRegression(Self.mine), b = logisticRegression(Self.others)
    let found = findings([("a", a), ("b", b)], reference: a)
    #expect(found.map(\.students) == [["a"]] && found.allSatisfy(\.withReference))
    // Only the first, short steps: they look alike, and that says nothing.
    let short = logisticRegression(["sigmoid": rightSigmoid])
    #expect(findings([("a", short), ("b", short), ("c", short)], reference: short).isEmpty)
    // A fragment that half of the class has is not unusual. Each has something of its own.
    let crowd = (0..<20).map { k in
      (
        "s\(k)",
        logisticRegression(
          Self.mine.merging(["logLikelihood": (0...k).map { "print(\($0))" }.joined(separator: ";")]) { $1 })
      )
    }
    #expect(findings(crowd, reference: a).isEmpty)
  }

  @Test func `whatever is handed in is cut into tokens`() {
    for text in [
      "", "\"", "\"\"\"", "/*", "/* /* */", "//", "\\", "\"\\", "\u{0}\u{FFFF}", "1e", "1e-", "é.é(é)", "#\"x\"#",
    ] {
      _ = Fingerprints(text, stub: Fingerprints.Stub(Self.stub))
    }
    #expect(SwiftTokens("a /* b */ + 1.5e-8 // c", knownNames: []).hashes.count == 3)
    #expect(SwiftTokens("0...n", knownNames: []).hashes.count == 5)
  }
}
