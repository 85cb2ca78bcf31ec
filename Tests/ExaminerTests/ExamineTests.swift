import Curriculum
import Foundation
import Grading
import Testing

@testable import Examiner

private let lesson = Lesson.logisticRegression

struct ExamineTests {
  private let submission: Submission
  private let kit: Kit

  init() throws {
    submission = try Submission()
    kit = try Kit()
  }

  private func report(_ lesson: Lesson, steps: [String]? = nil) throws -> LessonReport {
    try examine(lesson, steps: steps, sources: submission.sources(lesson), kit: kit)
  }

  @Test func `the reference of lesson 3 gets 15 of 15 points`() throws {
    try submission.addReference(lesson)
    let report = try report(lesson)
    #expect(report.compiles)
    #expect(report.verdicts.map(\.step) == lesson.steps.map(\.id))
    #expect(report.verdicts.allSatisfy { $0.state == .passed })
    #expect(report.points == 15 && report.maxPoints == 15)
  }

  @Test func `stubs get none, and say where to write`() throws {
    try submission.add(lesson)
    let report = try report(lesson)
    #expect(report.verdicts.allSatisfy { $0.state == .notAttempted && $0.blockedBy == nil })
    #expect(report.points == 0 && report.maxPoints == 15)
    let file = submission.sources(lesson).appendingPathComponent("LogisticRegression.swift")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(report.place(of: lesson.steps[0]))
    #expect(URL(fileURLWithPath: place.file).resolvingSymlinksInPath() == file.resolvingSymlinksInPath())
    #expect(lines[place.line - 1].contains("todo()"))
  }

  @Test func `a lesson that does not compile costs only itself`() throws {
    try submission.folder.write("struct {\n", to: "\(lesson.folder)/LogisticRegression.swift")
    try submission.add(.vectorization, ["product(A:v:)": "ProductTwice(byLoops: A * v, byOperation: A * v)"])
    let broken = try report(lesson)
    #expect(!broken.compiles)
    #expect(broken.verdicts.count == 10)
    #expect(broken.verdicts.allSatisfy { $0.state == .doesNotCompile && $0.points == 0 })
    #expect(broken.verdicts[0].place?.line == 1)
    #expect(broken.verdicts[0].findings.first?.message.hasPrefix("The compiler says: ") == true)
    let other = try report(.vectorization, steps: ["5.1", "5.5"])
    #expect(other.verdicts.map(\.state) == [.passed, .notAttempted])
  }

  @Test func `several files, stray ones and a path with spaces and quotes are no obstacle`() throws {
    let strange = submission.folder.url.appendingPathComponent("Ada's \"best\" work $HOME/attempt 2")
    let methods = try submission.methods(
      lesson,
      [
        "sigmoid(_:)": "logistic(z) * one", "losses(a:y:)": "[ExampleLosses]()[0]",
        "forward(x:at:)": "ExampleForward(z: sigmoid(parameters.b), a: 0)",
      ])
    let path = "Ada's \"best\" work $HOME/attempt 2/"
    try submission.folder.write(
      "import Curriculum\n\nstruct LogisticRegression: LogisticRegressionLesson {\n  let half = 0.5, one = 1.0\n\(methods)}\n",
      to: path + "Main.swift")
    try submission.folder.write(
      "import Curriculum\n\nfunc logistic(_ z: Double) -> Double { 1 / (1 + exp(-z)) }\nstruct Subject {}\n",
      to: path + "More.swift")
    try submission.folder.write("not Swift", to: path + "notes.txt")
    let report = try examine(lesson, steps: ["3.1", "3.2", "3.3"], sources: strange, kit: kit)
    #expect(report.message == nil)
    #expect(report.verdicts.map(\.state) == [.passed, .crashed, .wrong])
    // The place of a trap is the student's own line, wherever the files lie.
    let place = try #require(report.verdicts[1].place)
    #expect(place.file.hasSuffix("attempt 2/Main.swift"))
    #expect(report.index.function(at: place) == "losses(a:y:)")
  }
}
