import Curriculum
import Examiner
import Foundation
import Testing

/// The commands of the loop in which a student works, in a copy of the kit's folders: they do not depend on `Exercises/`.
struct LoopTests {
  private static let path = "Exercises/03-LogisticRegression/LogisticRegression.swift"

  /// A folder that is laid out as the kit is, with lesson 3's exercise as it was handed out.
  private func copyOfKit(_ body: (URL) throws -> Void) throws {
    let kit = try Kit()
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-copy-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("Sources"), withIntermediateDirectories: true)
    for name in ["Package.swift", "Sources/Curriculum", "docs", "Solutions"] {
      try FileManager.default.copyItem(at: kit.root.appendingPathComponent(name), to: root.appendingPathComponent(name))
    }
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("Exercises"), withIntermediateDirectories: true)
    #expect(try Gradus("reset", "3", in: root).status == 0)
    try body(root)
  }

  private func edit(_ root: URL, _ old: String, _ new: String) throws {
    let file = root.appendingPathComponent(Self.path)
    let text = try String(contentsOf: file, encoding: .utf8)
    let range = try #require(text.firstRange(of: old))
    try text.replacingCharacters(in: range, with: new).write(to: file, atomically: true, encoding: .utf8)
  }

  private static let stub = "func sigmoid(_ z: Double) -> Double {\n    todo()\n  }"
  private static let right = "func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }"

  @Test func `after a step that has passed, check says what is next`() throws {
    try copyOfKit { root in
      try edit(root, Self.stub, Self.right)
      let run = try Gradus("check", "3.1", in: root)
      #expect(run.status == 0)
      #expect(run.output.contains("Next: 3.2 "))
      #expect(try !Gradus("check", "3.2", in: root).output.contains("Next:"))
    }
  }

  @Test func `a step is reset, and what was there is kept`() throws {
    try copyOfKit { root in
      let file = root.appendingPathComponent(Self.path)
      let untouched = try String(contentsOf: file, encoding: .utf8)
      try edit(root, Self.stub, Self.right)
      try edit(
        root, "func losses(a: Double, y: Double) -> ExampleLosses {\n    todo()",
        "func losses(a: Double, y: Double) -> ExampleLosses {\n    // mine\n    todo()")
      let worked = try String(contentsOf: file, encoding: .utf8)

      let run = try Gradus("reset", "3.1", in: root)
      #expect(run.status == 0 && run.errors.isEmpty)
      #expect(run.output.contains("Step 3.1 The sigmoid says todo() again: \(Self.path)"))
      #expect(try String(contentsOf: file, encoding: .utf8) == worked.replacing(Self.right, with: Self.stub))
      let copies = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(".gradus").path)
      let copy = try #require(copies.first)
      #expect(copies.count == 1 && run.output.contains("Yours is kept in .gradus/\(copy)\n"))
      #expect(try String(contentsOf: root.appendingPathComponent(".gradus/" + copy), encoding: .utf8) == worked)

      #expect(try Gradus("reset", "LogisticRegression", in: root).status == 0)
      #expect(try String(contentsOf: file, encoding: .utf8) == untouched)
      #expect(try Gradus("reset", "3", in: root).output.contains("nothing was changed"))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(".gradus").path).count == 2)
    }
  }

  @Test func `a step whose function is gone is not reset, and the remedy is named`() throws {
    try copyOfKit { root in
      try edit(root, "func sigmoid(_ z: Double)", "func sigma(_ z: Double)")
      let run = try Gradus("reset", "3.1", in: root)
      #expect(run.status == 70)
      #expect(
        run.errors.contains("there is no function sigmoid(_:)") && run.errors.contains("swift run gradus reset 3"))
    }
  }

  @Test func `a section is shown, and its answer only after passing or when asked for`() throws {
    try copyOfKit { root in
      let shown = try Gradus("show", "3.1", in: root)
      #expect(shown.status == 0 && shown.errors.isEmpty)
      #expect(shown.output.hasPrefix("3.1 The sigmoid\n"))
      #expect(!shown.output.contains("<details>") && !shown.output.contains("func sigmoid(_ z: Double) -> Double {"))
      #expect(shown.output.contains("once yours has passed, or with --solution"))
      let asked = try Gradus("show", "3.1", "--solution", in: root)
      #expect(asked.output.contains("    func sigmoid(_ z: Double) -> Double {"))
      try edit(root, Self.stub, Self.right)
      #expect(try Gradus("show", "3.1", in: root).output.contains("beside yours, which has passed"))
    }
  }

  @Test func `the next step is the first that is not right`() throws {
    try copyOfKit { root in
      let first = catalogue[0].steps[0]
      let missing = try Gradus("next", in: root)
      #expect(missing.output.contains("Next: lesson \(catalogue[0].id) does not compile"))
      #expect(try Gradus("reset", catalogue[0].id, in: root).status == 0)
      let run = try Gradus("next", in: root)
      #expect(run.status == 0 && run.output.hasPrefix("Next: \(first.heading)\n"))
      #expect(run.output.contains("swift run gradus show \(first.id)"))
    }
  }

  @Test func `a milestone is unlocked by its steps, and run with the student's code`() throws {
    try copyOfKit { root in
      let exercises = root.appendingPathComponent("Exercises")
      for lesson in ["01-Perceptron", "08-TwoLayerNetwork", "09-DeepNetwork"] {
        #expect(try Gradus("reset", lesson, in: root).status == 0)
      }
      let locked = try Gradus("milestones", in: root)
      #expect(locked.status == 0 && locked.output.contains("· 1957") && locked.output.contains("waits for 1.1, 1.2"))
      let early = try Gradus("milestones", "1957", in: root)
      #expect(early.status == 1 && early.output.contains("Your code is not there yet"))
      try FileManager.default.removeItem(at: exercises.appendingPathComponent("01-Perceptron"))
      try FileManager.default.copyItem(
        at: root.appendingPathComponent("Solutions/01-Perceptron"),
        to: exercises.appendingPathComponent("01-Perceptron"))
      #expect(try Gradus("milestones", in: root).output.contains("✔ 1957"))
      let figures = root.appendingPathComponent("figures")
      let run = try Gradus("milestones", "1957", "--out", figures.path, in: root)
      #expect(run.status == 0 && run.output.contains("your code has learnt AND"))
      #expect(FileManager.default.fileExists(atPath: figures.appendingPathComponent("01-1957.svg").path))
    }
  }

  @Test func `the doctor finds the kit well, and says what is missing`() throws {
    let well = try Gradus("doctor")
    #expect(well.status == 0 && well.output.hasSuffix("All is well.\n"), "\(well.output)")
    #expect(well.output.contains("✔ Toolchain: Swift 6"))
    try copyOfKit { root in
      let run = try Gradus("doctor", in: root)
      #expect(run.status == 1)
      #expect(run.output.contains("✘ Exercises: \(catalogue.count - 1) of \(catalogue.count) lessons have no file"))
      #expect(run.output.contains("swift run gradus reset 1"))
    }
  }

  /// Saved as editors do, with a file put in the old one's place; wrong, endless, not Swift, and right at last.
  @Test func `watch judges what was saved, the changed step first, and ends what it started`() throws {
    try copyOfKit { root in
      let log = root.appendingPathComponent("log")
      try Data().write(to: log)
      let watch = Process()
      watch.executableURL = try Kit().products.appendingPathComponent("gradus")
      watch.arguments = ["watch", "3"]
      watch.currentDirectoryURL = root
      watch.standardInput = FileHandle.nullDevice
      watch.standardOutput = try FileHandle(forWritingTo: log)
      watch.standardError = try FileHandle(forWritingTo: log)
      let ended = DispatchSemaphore(value: 0)
      watch.terminationHandler = { _ in ended.signal() }
      try watch.run()
      var read = 0
      /// What it says until it waits again.
      func said() throws -> String {
        for _ in 0..<600 {
          usleep(100_000)
          let text = String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
          let parts = text.components(separatedBy: "Waiting for the next save (Ctrl-C ends).")
          guard parts.count > read + 1 else { continue }
          read += 1
          return parts[read - 1]
        }
        Issue.record("watch has not answered: \((try? String(contentsOf: log, encoding: .utf8)) ?? "")")
        throw CancellationError()
      }
      defer {
        watch.terminate()
        #expect(ended.wait(timeout: .now() + 10) == .success)
      }
      #expect(try said().contains("0 of 15 points."))
      try edit(root, Self.stub, "func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(z)) }")
      let wrong = try said()
      #expect(wrong.contains("✘ 3.1 The sigmoid") && wrong.contains("Next: 3.1 The sigmoid (wrong)"))
      try edit(root, "1 / (1 + exp(z))", "while true {}")
      #expect(try said().contains("timed out"))
      try edit(root, "while true {}", "nonsense")
      #expect(try said().contains("does not compile"))
      try edit(root, "{ nonsense }", "{ 1 / (1 + exp(-z)) }")
      let right = try said()
      #expect(right.contains("✔ 3.1 The sigmoid") && right.contains("1 of 15 points"))
      #expect(right.contains("Next: 3.2"))
    }
  }
}
