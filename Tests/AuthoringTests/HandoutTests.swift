import Curriculum
import Examiner
import Foundation
import Testing

@testable import Authoring

/// A handout of two lessons, written once.
struct HandoutTests {
  private let folder: TemporaryFolder
  private let root: URL
  private var out: URL { folder.url.appendingPathComponent("handout") }

  init() throws {
    folder = try TemporaryFolder()
    root = try Kit().root
    try Handout(root: root, lessons: [.logisticRegression, .vectorization]).write(to: out, seeds: [1])
  }

  private var paths: [String] { FileManager.default.enumerator(atPath: out.path)?.compactMap { $0 as? String } ?? [] }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: out.appendingPathComponent(path), encoding: .utf8)
  }

  /// Lines of code that nobody writes by accident: long ones of the solutions that no other text of the kit has to have.
  private func tellingLines() throws -> [Substring] {
    var lines: [Substring] = []
    for lesson in catalogue {
      let file = root.appendingPathComponent("Solutions/\(lesson.folder)/\(lesson.name).swift")
      lines += try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.drop { $0 == " " } }
        .filter { $0.count > 36 && !$0.hasPrefix("func ") && !$0.hasPrefix("//") && !$0.hasSuffix("{") }
    }
    return lines
  }

  @Test func `no line of a solution stands in it`() throws {
    let lines = try tellingLines()
    #expect(lines.count > 200)
    for path in paths where path.hasSuffix(".swift") || path.hasSuffix(".md") {
      let text = try text(path)
      for line in lines where text.contains(line) { Issue.record("\(path) has “\(line)”") }
    }
  }

  @Test func `solutions, mistakes and teachers' tools are left out, and other lessons`() throws {
    for part in ["Solutions", "solutions", "Teachers", "authors.md", "instructors.md", "Classroom"] {
      #expect(!paths.contains { $0.split(separator: "/").contains(Substring(part)) }, "\(part)")
    }
    let listed = paths.filter { $0.hasPrefix("Sources/Answers/") }
    #expect(
      Set(listed) == [
        "Sources/Answers/Registry.swift", "Sources/Answers/Keys", "Sources/Answers/Keys/03-LogisticRegression.key",
        "Sources/Answers/Keys/05-Vectorization.key",
      ])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: out.appendingPathComponent("Exercises").path).sorted()
        == ["03-LogisticRegression", "05-Vectorization"])
    let manifest = try text("Package.swift")
    #expect(manifest.contains("\"03-LogisticRegression\"") && !manifest.contains("\"04-ComputationGraphs\""))
  }

  @Test func `every exercise is a fresh stub, whatever stands in the kit's own`() throws {
    for lesson in [Lesson.logisticRegression, .vectorization] {
      #expect(Stub.isUntouched(try text("Exercises/\(lesson.folder)/\(lesson.name).swift")))
    }
  }

  @Test func `no link leads to what was left out`() throws {
    let complaints = try Links(root: out).complaints()
    #expect(complaints == [])
    #expect(try !text("docs/03-logistic-regression.md").contains("the reference](solutions"))
    #expect(try !text("README.md").contains("## For instructors"))
  }

  @Test func `a folder that holds something is left alone`() throws {
    #expect(throws: ExaminerError.self) {
      try Handout(root: root, lessons: [.logisticRegression]).write(to: out, seeds: [1])
    }
  }
}
