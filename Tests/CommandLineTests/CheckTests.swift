import Examiner
import Foundation
import Testing

struct CheckTests {
  /// A folder with an exercise in a folder shaped like `Exercises/`, below some path.
  private func submission(below path: String, _ body: (URL) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-submission-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let folder = root.appendingPathComponent(path + "03-LogisticRegression")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = """
      import Curriculum

      struct LogisticRegression: LogisticRegressionLesson {
        func sigmoid(_ z: Double) -> Double { exp(z) / (1 + exp(z)) }
        func losses(a: Double, y: Double) -> ExampleLosses {
          print("a is", a)
          return ExampleLosses(squared: 0, crossEntropy: -.infinity)
        }
        func forward(x: Matrix, at parameters: LogisticParameters) -> ExampleForward { todo() }
        func backward(x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients { todo() }
        func cost(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double { forward(x: X, at: parameters).a }
        func gradients(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients { todo() }
        func update(
          _ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double
        ) -> LogisticParameters {
          LogisticParameters(w: parameters.w - rate * gradients.dw, b: parameters.b - rate * gradients.db)
        }
        func train(
          X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int
        ) -> LogisticTraining { todo() }
        func evaluate(X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions { todo() }
        func logLikelihood(A: Matrix, Y: Matrix) -> Double { todo() }
      }

      """
    try text.write(to: folder.appendingPathComponent("Mine.swift"), atomically: true, encoding: .utf8)
    try body(root)
  }

  private func object(_ run: Gradus) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test func `check --json has the documented form`() throws {
    try submission(below: "") { root in
      let run = try Gradus("check", "3", "--json", "--submission", root.path, "--seed", "12")
      #expect(run.status == 1 && run.errors.isEmpty)
      let report = try object(run)
      #expect(Set(report.keys) == ["source", "seed", "points", "maxPoints", "lessons"])
      #expect(report["source"] as? String == root.path)
      #expect(report["seed"] as? Int == 12 && report["points"] as? Int == 1 && report["maxPoints"] as? Int == 15)
      let lessons = try #require(report["lessons"] as? [[String: Any]])
      #expect(lessons.count == 1)
      #expect(Set(lessons[0].keys) == ["id", "name", "compiles", "message", "steps"])
      #expect(lessons[0]["id"] as? String == "3" && lessons[0]["name"] as? String == "LogisticRegression")
      #expect(lessons[0]["compiles"] as? Bool == true && lessons[0]["message"] is NSNull)

      let steps = try #require(lessons[0]["steps"] as? [[String: Any]])
      for step in steps {
        #expect(
          Set(step.keys) == [
            "id", "title", "status", "blockedBy", "points", "maxPoints", "findings", "mistake", "printed",
            "explanations", "wrongPrerequisites", "file", "line",
          ])
        for finding in try #require(step["findings"] as? [[String: Any]]) {
          #expect(Set(finding.keys) == ["quantity", "actual", "expected", "input", "evidence", "message"])
        }
      }
      #expect(
        steps.map { $0["status"] as? String } == [
          "wrong", "wrong", "notAttempted", "notAttempted", "notAttempted", "notAttempted", "passed", "notAttempted",
          "notAttempted", "notAttempted",
        ])
      #expect(steps[4]["blockedBy"] as? String == "3.3" && steps[5]["blockedBy"] is NSNull)
      #expect(steps[6]["points"] as? Int == 1 && steps[0]["points"] as? Int == 0)

      let mistake = try #require(steps[0]["mistake"] as? [String: Any])
      #expect(Set(mistake.keys) == ["id", "step", "title", "explanation"])
      #expect(mistake["id"] as? String == "OverflowingSigmoid" && mistake["step"] as? String == "3.1")
      let nan = try #require((steps[0]["findings"] as? [[String: Any]])?.first)
      #expect(nan["actual"] as? String == "NaN" && nan["expected"] as? Double == 1)
      #expect(steps[1]["mistake"] is NSNull)
      #expect((steps[1]["printed"] as? String)?.hasPrefix("a is 0.8\n") == true)
    }
  }

  @Test func `a submission may hold Exercises or be shaped like it, and steps can be chosen`() throws {
    try submission(below: "Exercises/") { root in
      let run = try Gradus("check", "3.7", "--submission", root.path)
      #expect(run.status == 0 && run.errors.isEmpty)
      #expect(run.output.contains("✔ 3.7 One update"))
      #expect(run.output.hasSuffix("1 of 1 points.\n"))
      #expect(!run.output.contains("\u{1b}") && !run.output.contains("3.1 "))
      let wrong = try Gradus(
        "check", "3.2", "3.2", "--submission", root.appendingPathComponent("Exercises").path, "--seed",
        "18446744073709551615",
        "--json")
      #expect(wrong.status == 1)
      #expect(wrong.output.contains("18446744073709551615"))
      #expect(wrong.output.contains("\"-Infinity\""))
    }
  }

  @Test func `a lesson that was not handed in does not compile, and says so`() throws {
    try submission(below: "") { root in
      let run = try Gradus("check", "5.1", "--submission", root.path)
      #expect(run.status == 1)
      #expect(run.output.contains("does not compile") && run.output.contains("there is no Swift file in"))
    }
  }

  @Test func `the solutions pass, and leave nothing in the folder for temporary files`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-tmp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Gradus("check", "3", "--solutions", environment: ["TMPDIR": folder.path])
    #expect(run.status == 0)
    #expect(run.output.hasSuffix("15 of 15 points.\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
