import Curriculum
import Examiner
import Foundation

/// A lesson as its files know it: what `sync` works from, whether or not the catalogue knows the lesson yet.
struct LessonFiles {
  /// `03-LogisticRegression`.
  let folder: String
  /// The contract's functions in order, one a step.
  let contract: [SourceIndex.Function]
  private let source: SourceIndex

  var number: Int { Int(folder.prefix(2)) ?? 0 }
  var name: String { String(folder.dropFirst(3)) }
  var valueName: String { name.prefix(1).lowercased() + name.dropFirst() }
  var exerciseModule: String { name + "Exercise" }
  var solutionModule: String { name + "Solution" }
  /// The lesson in the catalogue, where it is already known there.
  var entry: Lesson? { catalogue.first { $0.folder == folder } }

  /// Reads a contract, `Sources/Curriculum/03-LogisticRegression.swift`.
  init(contract file: URL) throws {
    folder = file.deletingPathExtension().lastPathComponent
    source = try SourceIndex(file)
    let container = folder.dropFirst(3) + "Lesson"
    contract = source.functions.filter { $0.container == container }
  }

  /// All lessons that have a contract, in order.
  static func all(in root: URL) throws -> [LessonFiles] {
    let folder = root.appendingPathComponent("Sources/Curriculum")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") && $0.prefix(2).allSatisfy(\.isNumber) }
      .sorted().map { try LessonFiles(contract: folder.appendingPathComponent($0)) }
  }

  /// The names of the steps' functions by step, "3.1": "sigmoid(_:)".
  var stepFunctions: [(step: String, function: String)] {
    contract.enumerated().map { ("\(number).\($0 + 1)", $1.name) }
  }

  /// What is wrong with the contract's form.
  var complaints: [String] {
    contract.enumerated().compactMap { k, function in
      let id = "\(number).\(k + 1)"
      let first = source.documentation(of: function).first ?? ""
      return first.hasPrefix("/// \(id) ")
        ? nil
        : "Sources/Curriculum/\(folder).swift:\(function.line): the comment of \(function.name) must begin with “\(id) ”"
    }
  }

  /// The exercise: the contract's methods with their comments, and nothing written yet.
  var stub: String {
    var text = """
      import Curriculum

      struct \(name): \(name)Lesson {

      """
    for function in contract {
      text += source.documentation(of: function).map { "  " + $0 + "\n" }.joined()
      text += "  " + source.source(of: function) + " {\n    todo()\n  }\n\n"
    }
    text = text.dropLast() + "}\n"
    return Stub.header(of: self, body: text) + text
  }
}

/// Whether an exercise's text is as it was handed out: nobody has worked on it.
public func isUntouchedStub(_ text: String) -> Bool { Stub.isUntouched(text) }

/// The first lines of an exercise as it is handed out, and the mark by which it is known that nobody has worked on it.
enum Stub {
  private static let mark = "// Untouched "

  static func header(of lesson: LessonFiles, body: String) -> String {
    let title = lesson.entry.map { ": \($0.title)" } ?? ""
    let chapter = lesson.entry?.chapter ?? "README.md"
    let lines = """
      // Lesson \(lesson.number)\(title). The chapter is docs/\(chapter).
      //
      // Replace each todo() by your code, one step after the other, and see what it is worth:
      //   swift test --filter \(lesson.name)     or     swift run gradus check \(lesson.number)
      // A hint for a step:     swift run gradus hint \(lesson.number).1
      // (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)

      """
    var hash = FNV()
    hash.add(lines + body)
    return lines + mark + hash.text + "\n\n"
  }

  /// Whether a file still is as `sync` wrote it, by its own mark; Git may have changed the ends of its lines.
  static func isUntouched(_ text: String) -> Bool {
    let text = text.replacing("\r\n", with: "\n")
    guard let start = text.firstRange(of: mark) else { return text.isEmpty }
    let rest = text[start.upperBound...]
    guard let end = rest.firstIndex(of: "\n") else { return false }
    var hash = FNV()
    hash.add(String(text[..<start.lowerBound]) + rest[end...].dropFirst(2))
    return rest[..<end] == hash.text
  }
}
