import Curriculum
import Foundation

@testable import Examiner

/// A folder of lessons as students hand them in, made for a test.
struct Submission {
  let folder: TemporaryFolder
  private let kit: Kit

  init() throws {
    folder = try TemporaryFolder()
    kit = try Kit()
  }

  /// The folder of a lesson.
  func sources(_ lesson: Lesson) -> URL { folder.url.appendingPathComponent(lesson.folder) }

  /// A lesson with its reference's code.
  func addReference(_ lesson: Lesson) throws {
    try FileManager.default.copyItem(
      at: kit.root.appendingPathComponent("Solutions/\(lesson.folder)"), to: sources(lesson))
  }

  /// A lesson's methods, all `todo()` but those given with their bodies; without its last line, the brace.
  func methods(_ lesson: Lesson, _ bodies: [String: String] = [:]) throws -> String {
    let contract = try SourceIndex(kit.root.appendingPathComponent("Sources/Curriculum/\(lesson.folder).swift"))
    return contract.functions.filter { $0.container == lesson.name + "Lesson" }.map {
      "  \(contract.source(of: $0)) {\n    \(bodies[$0.name] ?? "todo()")\n  }\n"
    }.joined()
  }

  /// A lesson in one file, all `todo()` but the methods given with their bodies.
  func add(_ lesson: Lesson, _ bodies: [String: String] = [:]) throws {
    let text = "import Curriculum\n\nstruct \(lesson.name): \(lesson.name)Lesson {\n\(try methods(lesson, bodies))}\n"
    try folder.write(text, to: "\(lesson.folder)/\(lesson.name).swift")
  }
}
