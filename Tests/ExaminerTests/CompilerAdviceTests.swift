import Foundation
import Testing

@testable import Examiner

/// What beginners write, each held against the toolchain's own message: another version of it may speak otherwise.
struct CompilerAdviceTests {
  private static let slips: [(line: String, advice: String)] = [
    ("_ = z * X.columns", "Double(X.columns)"),
    ("let n: Int = z", "Double(X.columns)"),
    ("_ = z^2", "it is no power"),
    ("_ = 2.0 ^ 3.0", "^ is no power"),
    ("_ = z ** 2", "A .* A"),
    ("parameters.b = 3", "change a copy, var new = parameters"),
    ("_ = softmax(X)", "write it again"),
    ("_ = lesson.sigmoid(z: z)", "has no name in the call"),
    ("_ = lesson.gradients(X, Y: X, at: parameters)", "names of the arguments"),
    ("_ = 1 if z > 0 else 0", "condition ? a : b"),
    ("for i in range(3) { print(i) }", "for i in 0..<m"),
    ("_ = len(X)", ".count"),
    ("_ = np.exp(z)", "no NumPy"),
    ("_ = w.T * X", "parts of an argument"),
    ("_ = z + b", "parts of an argument"),
    ("_ = W * X", "parts of an argument"),
    ("_ = X / X", "A ./ B"),
    ("_ = X / (sqrt(X) + z)", "A ./ B"),
    ("if z = 1 { print(z) }", "written =="),
    ("_ = X.columns(at: [1, 2, 3][0..<2])", "Array(order[a..<b])"),
    ("let d = solve(X, X); _ = d.rows", "guard let d"),
    ("_ = X.abs()", "abs(W)"),
    ("_ = sum(X)", "A.sum()"),
    ("let exp = 3.0; _ = exp(z)", "another name"),
    ("if z > 0: print(z)", "braces and no colon"),
  ]

  @Test func `each usual slip's message has its advice`() throws {
    try withTemporaryFolder { folder in
      // One function a slip: an error of grammar hides those behind it in the same function.
      let functions = Self.slips.enumerated().map { k, slip in
        "func slip\(k)(X: Matrix, z: Double, parameters: LogisticParameters, lesson: any LogisticRegressionLesson) {\n"
          + "\(slip.line)\n}\n"
      }
      let file = folder.appendingPathComponent("Slips.swift")
      try Data(("import Curriculum\n" + functions.joined()).utf8).write(to: file)
      let importPaths = try Kit().importPaths
      let compiled = try Tool.run(
        Tool.compiler + ["-typecheck", "-swift-version", "6", "-diagnostic-style=llvm", file.path] + importPaths)
      for (k, slip) in Self.slips.enumerated() {
        let place = "\(file.lastPathComponent):\(3 + 3 * k):"
        let message = compiled.errors.split(separator: "\n").first { $0.contains(place) && $0.contains("error: ") }
        let text = String(try #require(message, "“\(slip.line)” compiles"))
        #expect(advice(on: text)?.contains(slip.advice) == true, "“\(slip.line)”: \(text)")
      }
    }
  }
}
