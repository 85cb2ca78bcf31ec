import Curriculum
import Examiner
import Foundation

/// A student's file of a lesson, and how it was handed out.
public struct Exercise {
  /// The file as it is handed out.
  public let stub: String
  /// The file as it is; nil where there is none.
  public let current: String?
  private let lesson: Lesson
  private let kit: Kit
  private let file: URL
  private let source: SourceIndex

  /// Reads a lesson's exercise.
  /// - Throws: where the lesson's contract cannot be read.
  public init(_ lesson: Lesson, kit: Kit) throws {
    self.lesson = lesson
    self.kit = kit
    let contract = kit.root.appendingPathComponent("Sources/Curriculum/\(lesson.folder).swift")
    stub = try LessonFiles(contract: contract).stub
    file = kit.exercise(lesson).appendingPathComponent(lesson.name + ".swift")
    current = try? String(contentsOf: file, encoding: .utf8)
    source = try withTemporary(stub) { try SourceIndex($0) }
  }

  /// The file's path below the kit.
  public var path: String { "Exercises/\(lesson.folder)/\(lesson.name).swift" }

  /// The student's file with one step's function as it was handed out; nil where the file has no such function.
  /// - Throws: where the file cannot be read.
  public func text(resetting step: CatalogueStep) throws -> String? {
    guard current != nil else { return nil }
    let mine = try SourceIndex(file)
    guard let old = mine.functions.first(where: { $0.name == step.function }),
      let new = source.functions.first(where: { $0.name == step.function })
    else { return nil }
    let bytes = Array(mine.text.utf8)
    return String(decoding: bytes[..<old.range.lowerBound], as: UTF8.self) + source.bodySource(of: new)
      + String(decoding: bytes[(old.range.upperBound + 1)...], as: UTF8.self)
  }

  /// Writes another text into the file, after a copy has been made of what was there.
  /// - Returns: the copy's path below the kit; nil where there was nothing to be kept.
  /// - Throws: where a file cannot be written; the student's file is then as it was.
  public func write(_ text: String) throws -> String? {
    var copy: String?
    if current != nil {
      let folder = kit.root.appendingPathComponent(".gradus")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let time = DateFormatter()
      time.dateFormat = "yyyy-MM-dd-HHmmss"
      let name = "\(lesson.folder) \(time.string(from: Date()))"
      var number = 1
      func path() -> String { ".gradus/" + name + (number == 1 ? "" : " \(number)") + ".swift" }
      while FileManager.default.fileExists(atPath: kit.root.appendingPathComponent(path()).path) { number += 1 }
      try FileManager.default.copyItem(at: file, to: kit.root.appendingPathComponent(path()))
      copy = path()
    }
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return copy
  }
}

/// Calls the body with a file that holds a text.
private func withTemporary<T>(_ text: String, _ body: (URL) throws -> T) throws -> T {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString).swift")
  try text.write(to: file, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(at: file) }
  return try body(file)
}
