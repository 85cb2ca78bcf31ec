import Curriculum
import Examiner
import Foundation
import Testing

@testable import Authoring

struct HandoutTests {
  private let folder: TemporaryFolder
  private let root: URL
  private var out: URL { folder.url.appendingPathComponent("handout") }

  init() throws {
    folder = try TemporaryFolder()
    root = try Kit().root
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: out.appendingPathComponent(path), encoding: .utf8)
  }

  /// The long lines of a text, without the spaces before them.
  private func lines(_ text: String) -> Set<Substring> {
    Set(text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.filter { $0.utf8.count > 40 })
  }

  /// Lines that stand in the solutions only.
  private func tellingLines() throws -> Set<Substring> {
    var telling: Set<Substring> = []
    for lesson in catalogue {
      let file = root.appendingPathComponent("Solutions/\(lesson.folder)/\(lesson.name).swift")
      telling.formUnion(lines(try String(contentsOf: file, encoding: .utf8)))
    }
    // Signatures stand in the contracts.
    let contracts = root.appendingPathComponent("Sources/Curriculum")
    for name in try FileManager.default.contentsOfDirectory(atPath: contracts.path) {
      telling.subtract(lines(try String(contentsOf: contracts.appendingPathComponent(name), encoding: .utf8)))
    }
    // A picture of chapter 1 shows these weights.
    return telling.filter {
      !$0.contains("func ") && !$0.hasSuffix(":") && !$0.hasPrefix("//") && !$0.hasPrefix("let and = ")
        && !$0.hasPrefix("let or = ")
    }
  }

  // One test for all: to write a handout takes a second.
  @Test func `a handout has all that students need, and no line of an answer`() throws {
    try Handout(root: root, lessons: [.logisticRegression, .vectorization]).write(to: out, seeds: [1])
    let paths = FileManager.default.enumerator(atPath: out.path)?.compactMap { $0 as? String } ?? []

    for part in ["Solutions", "solutions", "WholeKit", "Playground", "authors.md", "instructors.md", "Classroom"] {
      #expect(!paths.contains { $0.split(separator: "/").contains(Substring(part)) }, "\(part)")
    }
    #expect(
      Set(paths.filter { $0.hasPrefix("Sources/Answers/") }) == [
        "Sources/Answers/Registry.swift", "Sources/Answers/Keys", "Sources/Answers/Keys/03-LogisticRegression.key",
        "Sources/Answers/Keys/05-Vectorization.key",
      ])
    let telling = try tellingLines()
    #expect(telling.count > 200)
    for path in paths where path.hasSuffix(".swift") || path.hasSuffix(".md") {
      for line in lines(try text(path)).intersection(telling) { Issue.record("\(path) has “\(line)”") }
    }

    let exercises = try FileManager.default.contentsOfDirectory(atPath: out.appendingPathComponent("Exercises").path)
    #expect(exercises.sorted() == ["03-LogisticRegression", "05-Vectorization"])
    for lesson in [Lesson.logisticRegression, .vectorization] {
      #expect(Stub.isUntouched(try text("Exercises/\(lesson.folder)/\(lesson.name).swift")))
    }
    let manifest = try text("Package.swift")
    #expect(manifest.contains("\"03-LogisticRegression\"") && !manifest.contains("\"04-ComputationGraphs\""))

    #expect(try Links(root: out).complaints() == [])
    #expect(try !text("docs/03-logistic-regression.md").contains("the reference]"))
    #expect(try !text("README.md").contains("## For instructors") && text("README.md").contains("## For students"))
  }

  @Test func `a folder that holds something is left alone`() throws {
    try folder.write("mine", to: "handout/notes.txt")
    #expect(throws: ExaminerError.self) {
      try Handout(root: root, lessons: [.logisticRegression]).write(to: out, seeds: [1])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path) == ["notes.txt"])
  }
}
