import Curriculum
import Examiner
import Fixture
import Foundation
import Grading
import Testing

/// The observer of one of the answers in `Tests/Fixture`: they are told apart by the name under which it is started.
struct FixtureObserver {
  /// The folder of the answers' files.
  static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixture/Observer")

  let process: ObserverProcess
  private let folder: TemporaryFolder

  init(_ answer: String) throws {
    folder = try TemporaryFolder()
    let link = folder.url.appendingPathComponent(answer)
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: Kit().products.appendingPathComponent("fixtureObserver"))
    process = ObserverProcess(executable: link, sources: Self.sources)
  }

  /// What is said of an answer's step.
  static func verdict(on answer: String, step: String = "90.2") throws -> Verdict {
    let observer = try FixtureObserver(answer)
    return try Examination(observer: observer.process, answers: [fixture.erased]).verdict(on: step)
  }

  /// The place of the line that ends with a comment, in one of the answers' files.
  static func place(of comment: String, in name: String) throws -> SourcePlace {
    let file = sources.appendingPathComponent(name)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.hasSuffix("// " + comment) })
    return SourcePlace(file: file.path, line: line + 1)
  }
}
