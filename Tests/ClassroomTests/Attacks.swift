import Archives
import Curriculum
import Foundation

/// A submission that tries to be graded better than it is, or to harm, and what must come of it.
struct Attack: Sendable, CustomStringConvertible {
  /// The student's name, which says what it tries.
  let name: String
  /// The points that its honest part earns.
  let points: Double
  /// What becomes of a step; 3.1 where no other is named.
  let step: String
  let state: StepState
  /// Words that stand in what is said of it: the step's text, the lesson's message, or the submission's remarks.
  let says: String
  let make: @Sendable (SubmissionFolder, String) throws -> Void

  var description: String { name }

  /// An attack by files, each with its path inside the submission.
  init(
    _ name: String, _ state: StepState, step: String = "3.1", points: Double = 0, says: String = "",
    files: [String: String]
  ) {
    self.init(name, state, step: step, points: points, says: says) { folder, name in
      for (path, text) in files { try folder.write(text, to: "\(name)/\(path)") }
    }
  }

  /// An attack by a file of lesson 3.
  init(_ name: String, _ state: StepState, step: String = "3.1", points: Double = 0, says: String = "", _ text: String)
  {
    self.init(name, state, step: step, points: points, says: says, files: [lesson3: text])
  }

  /// An attack that is made by hand.
  init(
    _ name: String, _ state: StepState, step: String = "3.1", points: Double = 0, says: String = "",
    make: @escaping @Sendable (SubmissionFolder, String) throws -> Void
  ) {
    self.name = name
    self.state = state
    self.step = step
    self.points = points
    self.says = says
    self.make = make
  }
}

/// A body for the sigmoid that calls something, and then answers wrongly.
private func calling(_ code: String) -> [String: String] { ["sigmoid": code + "\n    return 0.25"] }

/// What reaches out of the language: refused, or nothing that the compiler knows.
let attacksOnTheLanguage: [Attack] = [
  Attack(
    "foundation-file", .doesNotCompile, says: "FileManager",
    logisticRegression(
      calling("FileManager.default.createFile(atPath: \"/tmp/gradus-attack\", contents: nil)"),
      above: "import Curriculum\nimport Foundation")),
  Attack(
    "foundation-no-import", .doesNotCompile,
    logisticRegression(calling("try? \"100\".write(toFile: \"/tmp/gradus-attack\", atomically: true, encoding: .utf8)"))
  ),
  Attack(
    "exit-zero", .doesNotCompile, says: "exit",
    logisticRegression(["sigmoid": "exit(0)"], above: "import Curriculum\nimport Glibc")),
  Attack(
    "exit-silgen", .refused, says: "@_silgen_name",
    logisticRegression(
      ["sigmoid": "leave(0)"], above: "import Curriculum\n@_silgen_name(\"exit\") func leave(_ code: Int32) -> Never")),
  Attack(
    "fork-bomb-silgen", .refused, says: "@_silgen_name",
    logisticRegression(
      calling("while true { _ = fork() }"), above: "import Curriculum\n@_silgen_name(\"fork\") func fork() -> Int32")),
  Attack(
    "network-extern", .refused, says: "@_extern",
    logisticRegression(
      calling("_ = socket(2, 1, 0)"),
      above: "import Curriculum\n@_extern(c) func socket(_: Int32, _: Int32, _: Int32) -> Int32")),
  Attack(
    "cdecl-malloc", .refused, says: "@_cdecl",
    logisticRegression(
      ["sigmoid": "0.5"], above: "import Curriculum\n@_cdecl(\"write\") public func write(_: Int32) -> Int { 0 }")),
  Attack(
    "cdecl-new-spelling", .refused, says: "@c",
    logisticRegression(["sigmoid": "0.5"], below: "@c(setrlimit) public func mine(_: Int32) -> Int { 0 }")),
  Attack(
    "load-time-section", .refused, says: "@_section",
    logisticRegression(
      ["sigmoid": "0.5"], below: "@_used @_section(\".init_array\") let start: @convention(c) () -> Void = {}")),
  Attack(
    "import-grading", .refused, says: "import of another module",
    logisticRegression(["sigmoid": "0.5"], above: "import Curriculum\n@testable import Grading")),
  Attack(
    "import-solution", .refused, says: "import of another module",
    logisticRegression(
      ["sigmoid": "LogisticRegressionSolution.LogisticRegression().sigmoid(z)"],
      above: "import Curriculum\nimport LogisticRegressionSolution")),
  Attack(
    "import-behind-a-comment", .refused, says: "import of another module",
    logisticRegression(["sigmoid": "exit(0)"], above: "import Curriculum\nimport/* */Glibc")),
  Attack(
    "import-behind-a-return", .refused, says: "import of another module",
    logisticRegression(["sigmoid": "exit(0)"], above: "import Curriculum\n// \rimport struct Glibc.stat")),
  Attack(
    "import-in-an-inactive-part", .wrong, says: "should be",
    logisticRegression(["sigmoid": "0.5"], above: "import Curriculum\n#if os(Plan9)\nimport Glibc\n#endif")),
  Attack(
    "import-submodule", .refused, says: "import of another module",
    logisticRegression(["sigmoid": "0.5"], above: "import Curriculum\nimport func Foundation.exit")),
  Attack(
    "pointer", .refused, says: "UnsafeMutablePointer",
    logisticRegression(calling("UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1"))),
  Attack(
    "pointer-marked", .refused, says: "memory directly",
    logisticRegression(calling("unsafe [1].withUnsafeBufferPointer { unsafe print($0[99]) }"))),
  Attack(
    "pointer-in-capitals", .refused, says: "memory directly",
    logisticRegression(calling("var x = [1.0]; x.withUnsafeMutableBytes { $0[9999999] = 1 }"))),
  Attack(
    "unmanaged", .refused, says: "unsafe",
    logisticRegression(
      calling("let p = Unmanaged.passRetained(Box()).toOpaque(); print(p)"), below: "final class Box {}")),
  Attack(
    "bit-cast", .refused, says: "unsafeBitCast",
    logisticRegression(calling("print(unsafeBitCast(z, to: UInt64.self))"))),
  Attack(
    "type-by-name", .refused, says: "_typeByName",
    logisticRegression(
      calling("print(_typeByName(\"26LogisticRegressionSolution0aB0V\") as Any)"))),
  Attack(
    "type-by-name-in-backticks", .refused, says: "_typeByName",
    logisticRegression(calling("print(`_typeByName`(\"Si\") as Any)"))),
  Attack(
    "type-by-name-overloaded", .refused, says: "_typeByName",
    logisticRegression(
      calling("let t: Any.Type? = _typeByName(\"Si\"); print(t as Any)"),
      below: "func _typeByName(_ x: Int) -> Int { x }")),
  Attack(
    "inner-of-a-library", .refused, says: "_storage",
    logisticRegression(calling("print(Matrix(rows: 1, columns: 1)._storage)"))),
  Attack(
    "hidden-by-comments", .refused, says: "@_silgen_name",
    logisticRegression(
      ["sigmoid": "leave(0)"],
      above: "import Curriculum\n/* /* */ \" */ @_silgen_name(\"exit\") func leave(_ c: Int32) -> Never // \"")),
  Attack(
    "hidden-by-raw-strings", .refused, says: "unsafeBitCast",
    logisticRegression(calling("print(#\"\"\"\n\\\"\"\" \\#(unsafeBitCast(z, to: Int.self))\n\"\"\"#)"))),
  Attack(
    "hidden-by-a-regular-expression", .refused, says: "_typeByName",
    logisticRegression(calling("let r = #/\"/#; print(r, _typeByName(\"Si\") as Any, \"\")"))),
  Attack(
    "source-location", .refused, says: "#sourceLocation",
    logisticRegression(
      ["sigmoid": "#sourceLocation(file: \"/etc/passwd\", line: 1)\n    let x: [Double] = []\n    return x[3]"])),
  Attack(
    "macro", .refused, says: "@freestanding",
    logisticRegression(
      ["sigmoid": "0.5"],
      below: "@freestanding(expression) macro m() -> Int = #externalMacro(module: \"M\", type: \"T\")")),
  Attack(
    "global-state", .refused, says: "unsafe",
    logisticRegression(calling("calls += 1"), below: "nonisolated(unsafe) var calls = 0")),
  Attack(
    "package-access", .doesNotCompile, says: "todoNoteDescriptor", logisticRegression(calling("todoNoteDescriptor = 1"))
  ),
  Attack(
    "qualified-names", .doesNotCompile, says: "Glibc",
    logisticRegression(calling("Glibc.exit(0); SwiftGlibc.exit(0); LinearAlgebra.exit(0); Curriculum.exit(0)"))),
  Attack(
    "observer-inside-out", .doesNotCompile, says: "Observable",
    logisticRegression(calling("print([z].observedShape)"), below: "extension LogisticRegression: Observable {}")),
  Attack("task", .doesNotCompile, says: "Task", logisticRegression(calling("Task.detached { while true {} }"))),
  Attack(
    "threads", .doesNotCompile, says: "DispatchQueue",
    logisticRegression(
      calling("for _ in 0..<9999 { DispatchQueue.global().async { while true {} } }"),
      above: "import Curriculum\nimport Dispatch".replacingOccurrences(of: "\nimport Dispatch", with: ""))),
  Attack(
    "time-bomb", .doesNotCompile, says: "ContinuousClock",
    logisticRegression(["sigmoid": "ContinuousClock().now > .now ? 0 : \(rightSigmoid)"])),
]

/// What stays inside the language, and tries to be believed.
let attacksOnTheJudge: [Attack] = [
  Attack(
    "equality-is-true", .wrong,
    logisticRegression(
      ["sigmoid": "0.25"],
      below: """
        public func == (a: Double, b: Double) -> Bool { true }
        public func - (a: Double, b: Double) -> Double { 0 }
        public func abs(_ x: Double) -> Double { 0 }
        extension Matrix { public static func == (a: Matrix, b: Matrix) -> Bool { true } }
        """)),
  Attack(
    "named-like-the-grader", .wrong,
    logisticRegression(
      ["sigmoid": "0.25"],
      below: """
        enum Grading {
          static func offer(_ steps: Int, _ lesson: LogisticRegression) { print("passed") }
          static let logisticRegressionSteps = 1
        }
        """)),
  Attack(
    "named-like-the-library", .wrong,
    logisticRegression(
      ["sigmoid": "0.25"],
      below:
        "public struct UInt64 {}\npublic enum CommandLine {}\npublic struct Observation {}\npublic struct Subject {}")),
  Attack(
    "entry-point-twice", .doesNotCompile, says: "gradusOfferLesson",
    logisticRegression(["sigmoid": "0.25"], below: "public func gradusOfferLesson() {}")),
  Attack(
    "fake-verdict", .wrong, says: "passed",
    logisticRegression(calling("print(\"✔ 3.1 The sigmoid passed (1)\\nTest run with 1 test passed\")"))),
  Attack(
    "fake-end", .wrong,
    logisticRegression(calling("print(\"σ\\t\\t3fe0000000000000\\n\\nend\"); debugPrint(\"end\")"))),
  Attack(
    "fake-workflow-command", .wrong, says: "::set-output",
    logisticRegression(calling("print(\"::set-output name=score::100\")"))),
  Attack(
    "terminal-codes", .wrong,
    logisticRegression(calling("print(\"\\u{1b}[2J\\u{1b}]0;passed\\u{7}<script>alert(1)</script>\")"))),
  Attack(
    "fake-todo-note", .crashed,
    logisticRegression(["sigmoid": "fatalError(\"todo\\tsigmoid(_:)\\tx\\t1\")"])),
  Attack(
    "reads-input", .wrong, logisticRegression(["sigmoid": "Double(readLine() ?? \"\") ?? 0.25"])),
  Attack(
    "reads-arguments", .wrong, logisticRegression(calling("print(CommandLine.arguments)"))),
  Attack(
    "looks-into-itself", .wrong,
    logisticRegression(calling("dump(Mirror(reflecting: self)); print(#file, #function, type(of: self))"))),
  Attack("worked-example-only", .wrong, logisticRegression(["sigmoid": "z == 2 ? 0.8807970779778823 : 0.5"])),
  Attack(
    "answers-by-input", .wrong,
    logisticRegression([
      "sigmoid": """
      let table: [Double: Double] = [0: 0.5, 2: 0.8807970779778823, 1000: 1, -1000: 0, 1: 0.7310585786300049]
          return table[z] ?? 0.5
      """
    ])),
  Attack("chance", .wrong, logisticRegression(["sigmoid": "Double.random(in: 0...1)"])),
  Attack(
    "chance-of-right", .wrong,
    logisticRegression(["sigmoid": "Int.random(in: 0..<1000) < 3 ? \(rightSigmoid) : 0.5"])),
  Attack("not-a-number", .wrong, says: "NaN", logisticRegression(["sigmoid": ".nan"])),
  Attack("infinity", .wrong, says: "∞", logisticRegression(["sigmoid": ".infinity"])),
  Attack(
    "todo-where-it-is-hard", .wrong, says: "todo()",
    logisticRegression(["sigmoid": "if z != 2 { todo() }\n    return 0.8807970779778823"])),
  Attack(
    "empty-order", .wrong, step: "4.4", points: 0,
    files: ["Exercises/04-ComputationGraphs/ComputationGraphs.swift": computationGraphs]),
  Attack(
    "matrix-of-another-shape", .wrong, step: "3.6", says: "should be",
    logisticRegression(["gradients": "LogisticGradients(cost: 0, dw: Matrix(rows: 3000, columns: 1), db: 0)"])),
]

/// Lesson 4 with an order that leaves out every node, so that none is out of order.
private let computationGraphs = """
  import Curriculum

  struct ComputationGraphs: ComputationGraphsLesson {
    func tripleSum(a: Double, b: Double, c: Double) -> TripleSum { todo() }
    func sumTimes(x: Double, y: Double, z: Double) -> SumTimes { todo() }
    func node(_ operation: NodeOperation, _ inputs: [Double]) -> FunctionNode { todo() }
    func topologicalOrder(of graph: Graph) -> [Int] { [] }
    func backward(through graph: Graph) -> GraphPass { todo() }
    func vectorNode(W: Matrix, x: Matrix, dz: Matrix) -> VectorNodePass { todo() }
    func logisticLeastSquares(w: Double, b: Double, x: Double, y: Double) -> LeastSquaresPass { todo() }
    func checkGradient(
      _ analytic: [Double], of f: @Sendable ([Double]) -> Double, at x: [Double], h: Double
    ) -> GradientCheck { todo() }
  }
  """

/// What uses things up.
let attacksOnTheMachine: [Attack] = [
  Attack("endless-loop", .timedOut, says: "did not finish", logisticRegression(["sigmoid": "while true {}"])),
  Attack(
    "endless-recursion", .crashed,
    logisticRegression(["sigmoid": "deeper(z)"], below: "func deeper(_ z: Double) -> Double { deeper(z + 1) + 1 }")),
  Attack(
    "memory", .crashed,
    logisticRegression([
      "sigmoid": "var all: [[Double]] = []\n    while true { all.append(Array(repeating: z, count: 1 << 20)) }"
    ])),
  Attack(
    "one-huge-matrix", .crashed, logisticRegression(calling("print(Matrix(rows: 40_000, columns: 40_000)[0, 0])"))),
  Attack(
    "endless-output", .timedOut, says: "cut off", logisticRegression(["sigmoid": "while true { print(\"passed\") }"])),
  Attack(
    "huge-line", .wrong, says: "cut off",
    logisticRegression(calling("print(String(repeating: \"x\", count: 4 << 20))"))),
  Attack(
    "flood-of-an-answer", .crashed, step: "3.8",
    logisticRegression([
      "train": "LogisticTraining(parameters: start, costs: Array(repeating: 0.1, count: 200_000))"
    ])),
  Attack("trap", .crashed, logisticRegression(["sigmoid": "Double([1, 2, 3][Int.max - 1])"])),
  Attack(
    "compile-bomb-of-types", .doesNotCompile, says: "compiler",
    logisticRegression(
      calling("print(MemoryLayout<T40>.size)"),
      below: "typealias T0 = (Int, Int)\n"
        + (1...40).map { "typealias T\($0) = (T\($0 - 1), T\($0 - 1))" }.joined(separator: "\n"))),
  Attack(
    "compile-bomb-of-an-expression", .doesNotCompile,
    logisticRegression([
      "sigmoid": "let x = "
        + (0..<60).map { "[\($0), \($0).5, -z].map { $0 * 2 }.reduce(0, +)" }.joined(separator: " + ")
        + "\n    return x"
    ])),
  Attack(
    "compile-bomb-of-brackets", .doesNotCompile,
    logisticRegression([
      "sigmoid": String(repeating: "(", count: 50_000) + "z" + String(repeating: ")", count: 50_000)
    ])),
  Attack(
    "compile-bomb-of-closures", .doesNotCompile,
    logisticRegression([
      "sigmoid": (0..<40).reduce("z") { text, _ in "{ x in x + [\(text)].map { y in y + 1 }.reduce(0, +) }(1.0)" }
    ])),
  Attack(
    "huge-file", .notAttempted, says: "more than 512 KB",
    logisticRegression(below: String(repeating: "// x\n", count: 200_000))),
]

/// What is wrong with the files themselves.
let attacksByFiles: [Attack] = [
  Attack("not-utf-8", .doesNotCompile, says: "UTF-8") { folder, name in
    try folder.write(Data([0xff, 0xfe, 0x41] + Array(logisticRegression().utf8)), to: "\(name)/\(lesson3)")
  },
  Attack("zero-bytes", .doesNotCompile, says: "UTF-8") { folder, name in
    try folder.write(logisticRegression(below: "\0"), to: "\(name)/\(lesson3)")
  },
  Attack("link-to-a-file", .notAttempted, says: "no links") { folder, name in
    try folder.write(logisticRegression(["sigmoid": rightSigmoid]), to: "\(name)/elsewhere.txt")
    let place = folder.url.appendingPathComponent("\(name)/\(lesson3)")
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: place, withDestinationURL: folder.url.appendingPathComponent("\(name)/elsewhere.txt"))
  },
  Attack("link-to-a-folder", .notAttempted, says: "no links") { folder, name in
    try folder.write("", to: "\(name)/readme.txt")
    // Another student's work, which stands beside.
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("\(name)/Exercises").path,
      withDestinationPath: "../honest-right/Exercises")
  },
  Attack("link-in-a-circle", .notAttempted, says: "No exercise file") { folder, name in
    try folder.write("", to: "\(name)/a/readme.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("\(name)/a/b").path, withDestinationPath: "..")
  },
  Attack("pipe", .notAttempted, says: "only regular files") { folder, name in
    try folder.write("", to: "\(name)/readme.txt")
    mkfifo(folder.url.appendingPathComponent("\(name)/LogisticRegression.swift").path, 0o644)
  },
  Attack(
    "own-package", .passed, points: 1,
    files: [
      lesson3: logisticRegression(["sigmoid": rightSigmoid]),
      "Package.swift":
        "import Foundation\nFileManager.default.createFile(atPath: \"/tmp/gradus-attack\", contents: nil)",
      "Tests/ExerciseTests/03-LogisticRegression.swift": "#error(\"run\")",
      "Sources/Grading/Judge.swift": "#error(\"run\")",
      "Sources/Answers/03-LogisticRegression.swift": "#error(\"run\")",
    ]),
  Attack(
    "main-file-beside", .passed, points: 1, says: "main.swift",
    files: [
      lesson3: logisticRegression(["sigmoid": rightSigmoid]),
      "Exercises/03-LogisticRegression/main.swift": "print(\"passed\")",
      "Exercises/03-LogisticRegression/Helper's \"file\".swift": "#error(\"compiled\")",
    ]),
  Attack(
    "solution-beside", .notAttempted, says: "No exercise file",
    files: ["Solutions/03-LogisticRegression/LogisticRegression.swift": logisticRegression(["sigmoid": rightSigmoid])]),
  Attack(
    "hidden-folder", .notAttempted, says: "No exercise file",
    files: [".git/\(lesson3)": logisticRegression(["sigmoid": rightSigmoid])]),
  Attack(
    "no-lesson", .doesNotCompile, says: "must declare", "import Curriculum\nstruct Mine {}\n"),
  Attack(
    "lesson-with-arguments", .doesNotCompile, says: "must declare",
    logisticRegression(["sigmoid": rightSigmoid], inside: "  init(key: Int) {}")),
  Attack("_script_alert(1)_", .passed, points: 1) { folder, _ in
    try folder.write(logisticRegression(["sigmoid": rightSigmoid]), to: "<script>alert(1)\n/\(lesson3)")
  },
  Attack("=cmd' _C calc'!A0", .passed, points: 1, files: [lesson3: logisticRegression(["sigmoid": rightSigmoid])]),
  Attack("-rf", .passed, points: 1, files: [lesson3: logisticRegression(["sigmoid": rightSigmoid])]),
  Attack("zip-way-up", .notAttempted, says: "Left out of the archive") { folder, name in
    let right = Array(logisticRegression(["sigmoid": rightSigmoid]).utf8)
    try folder.write(
      Data(ZipArchive.bytes(of: [.init("../honest-wrong/\(lesson3)", right), .init("/tmp/gradus-attack", right)])),
      to: name + ".zip")
  },
  Attack("zip-twice-the-same", .notAttempted, says: "(twice)") { folder, name in
    try folder.write(
      Data(
        ZipArchive.bytes(of: [
          .init(lesson3, Array(logisticRegression(["sigmoid": rightSigmoid]).utf8)), .init(lesson3, [65]),
        ])), to: name + ".zip")
  },
  Attack("zip-bomb", .notAttempted, says: "allowed") { folder, name in
    try folder.write(Data(ZipArchive.bomb(lesson3, size: 1 << 28, says: 1 << 28)), to: name + ".zip")
  },
  Attack("zip-bomb-that-lies", .notAttempted, says: "left out") { folder, name in
    try folder.write(Data(ZipArchive.bomb(lesson3, size: 1 << 28, says: 100)), to: name + ".zip")
  },
  Attack("zip-of-many", .notAttempted, says: "entries") { folder, name in
    try folder.write(Data(ZipArchive.bytes(of: (0..<30_000).map { .init("\($0)", []) })), to: name + ".zip")
  },
  Attack("zip-that-is-none", .notAttempted, says: "cannot be read") { folder, name in
    try folder.write("PK\u{3}\u{4} no archive", to: name + ".zip")
  },
]

let attacks = attacksOnTheLanguage + attacksOnTheJudge + attacksOnTheMachine + attacksByFiles
