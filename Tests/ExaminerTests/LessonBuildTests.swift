import Curriculum
import Foundation
import Grading
import Testing

@testable import Examiner

private let lesson = Lesson.logisticRegression

struct LessonBuildTests {
  private let submission: Submission
  private let kit: Kit

  init() throws {
    submission = try Submission()
    kit = try Kit()
  }

  private func outcome() throws -> LessonBuild.Outcome {
    try LessonBuild(lesson, sources: submission.sources(lesson), kit: kit).observer()
  }

  private func write(_ text: String, to name: String = "LogisticRegression.swift") throws {
    try submission.folder.write(text, to: "\(lesson.folder)/\(name)")
  }

  /// The message and place of a build that fails.
  private func failure() throws -> (message: String, place: SourcePlace?) {
    guard case .failed(let message, let place) = try outcome() else {
      Issue.record("it compiles")
      return ("", nil)
    }
    return (message, place)
  }

  @Test func `a build is used again until a file changes`() throws {
    try submission.add(lesson)
    guard case .built(let first) = try outcome() else { throw ExaminerError("it does not compile") }
    let date = try FileManager.default.attributesOfItem(atPath: first.path)[.modificationDate] as? Date
    guard case .built(let again) = try outcome() else { throw ExaminerError("it does not compile") }
    #expect(again == first)
    #expect(try FileManager.default.attributesOfItem(atPath: again.path)[.modificationDate] as? Date == date)

    try submission.folder.write("// A second file.\n", to: "\(lesson.folder)/More.swift")
    guard case .built(let second) = try outcome() else { throw ExaminerError("it does not compile") }
    #expect(second != first)
    #expect(FileManager.default.isExecutableFile(atPath: second.path))
    #expect(!FileManager.default.fileExists(atPath: first.path))
    try FileManager.default.removeItem(at: second.deletingLastPathComponent())
  }

  @Test func `the first error is told with its line`() throws {
    try write("import Curriculum\n\nlet a: Int = \"one\"\nlet b: Int = \"two\"\n")
    let (message, place) = try failure()
    #expect(message == "cannot convert value of type 'String' to specified type 'Int'")
    #expect(place?.file.hasSuffix("/03-LogisticRegression/LogisticRegression.swift") == true)
    #expect(place?.line == 3)
  }

  @Test func `a method that is missing is told at the struct`() throws {
    try write("import Curriculum\n\nstruct LogisticRegression: LogisticRegressionLesson {\n}\n")
    let (message, place) = try failure()
    #expect(message.contains("does not conform to protocol 'LogisticRegressionLesson'"))
    #expect(place?.line == 3)
  }

  @Test func `a struct that is missing is asked for by name`() throws {
    try write("import Curriculum\n\nstruct Logistic {\n}\n")
    let (message, place) = try failure()
    #expect(
      message
        == "LogisticRegression.swift must declare “struct LogisticRegression: LogisticRegressionLesson”, "
        + "which can be made without arguments")
    #expect(place == nil)
  }

  @Test func `a folder without Swift files does not compile, and neither does none`() throws {
    #expect(try failure().message.hasPrefix("there is no Swift file in "))
    try write("notes", to: "notes.txt")
    #expect(try failure().message.hasPrefix("there is no Swift file in "))
  }
}
