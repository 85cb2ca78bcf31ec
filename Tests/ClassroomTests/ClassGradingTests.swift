import Examiner
import Foundation
import Synchronization
import Testing

@testable import Classroom

@Suite(.enabled(if: ProcessInfo.processInfo.environment["GRADUS_ATTACKS"] != nil, "set GRADUS_ATTACKS=1"), .serialized)
struct ClassGradingTests {
  /// A class of three, graded for lesson 3.
  private final class SmallClass {
    let submissions: SubmissionFolder
    let results: ResultsFolder
    var options = ClassGrading.Options()

    init() throws {
      submissions = try SubmissionFolder()
      results = ResultsFolder(submissions.url.appendingPathExtension("results"))
      options.lessons = [3]
      for (name, sigmoid) in [("ada", rightSigmoid), ("bob", "z"), ("cyd", "todo()")] {
        try submissions.write(logisticRegression(["sigmoid": sigmoid]), to: "\(name)/\(lesson3)")
      }
    }
    deinit {
      submissions.remove()
      try? FileManager.default.removeItem(at: results.url)
    }

    /// Grades, and says who was graded now.
    func grade() throws -> [String] {
      let graded = Mutex<[String]>([])
      _ = try ClassGrading(kit: Kit(), options: options).run(submissions.url, into: results) { progress in
        if case .graded(let record) = progress { graded.withLock { $0.append(record.student) } }
      }
      return graded.withLock { $0.sorted() }
    }

    func bytes() throws -> [Data] {
      try ["ada", "bob", "cyd"].map { try Data(contentsOf: results.recordFile(of: $0)) }
    }
  }

  @Test func `a run goes on where it was, and a mark can be repeated`() throws {
    let small = try SmallClass()
    #expect(try small.grade() == ["ada", "bob", "cyd"])
    #expect(try ["ada", "bob", "cyd"].map { try small.results.record(of: $0).earned } == [1, 0, 0])
    let before = try small.bytes()
    #expect(try small.grade() == [])
    #expect(try small.bytes() == before)

    // Stopped before bob's record was written, or while it was.
    try FileManager.default.removeItem(at: small.results.folder(of: "bob"))
    try Data("{".utf8).write(to: small.results.recordFile(of: "cyd"))
    #expect(try small.grade() == ["bob", "cyd"])
    #expect(try small.bytes()[0] == before[0])
    #expect(try small.results.record(of: "bob").grading.seeds == small.results.record(of: "ada").grading.seeds)

    // Another file is graded again, another weight is not.
    try small.submissions.write(logisticRegression(["sigmoid": rightSigmoid]), to: "cyd/\(lesson3)")
    small.options.marking.weights = ["3.1": 5]
    #expect(try small.grade() == ["cyd"])
    #expect(try ["ada", "bob", "cyd"].map { try small.results.record(of: $0).earned } == [5, 0, 5])

    let replay = try Replay(small.results.folder(of: "bob"), kit: Kit(), requiredLevel: nil)
    #expect(
      replay.differences.isEmpty
        && replay.after.lessons
          == replay.before.lessons.map { lesson in
            var lesson = lesson
            for k in lesson.steps.indices { lesson.steps[k].cpuSeconds = replay.after.lessons[0].steps[k].cpuSeconds }
            return lesson
          }
    )
    // A record that says something else than the files is found out.
    var forged = try small.results.record(of: "bob")
    forged.lessons[0].steps[0].state = .passed
    try small.results.write(forged)
    #expect(
      try Replay(small.results.folder(of: "bob"), kit: Kit(), requiredLevel: nil).differences.map(\.before.id) == [
        "3.1"
      ])
    try small.submissions.write("", to: "x")
    let kept = small.results.submittedFolder(of: "bob").appendingPathComponent(String(lesson3.dropFirst(10)))
    try Data("// other".utf8).write(to: kept)
    #expect(throws: ClassroomError.self) { try Replay(small.results.folder(of: "bob"), kit: Kit(), requiredLevel: nil) }
  }

  @Test func `a class is not graded with other seeds than it was begun with, nor below the level required`() throws {
    let small = try SmallClass()
    small.options.seed = 7
    #expect(try small.grade().count == 3)
    #expect(try small.results.classRecord().seeds == [7, 8])
    small.options.seed = 8
    #expect(throws: ClassroomError.self) { try small.grade() }
    #expect(throws: (any Error).self) { try Sandbox(kit: Kit(), required: .namespaces, highest: .filter) }
    small.options.seed = nil
    try small.submissions.write("x", to: "y/x")
    let other = ResultsFolder(small.submissions.url.appendingPathComponent("y"))
    #expect(throws: ClassroomError.self) {
      try ClassGrading(kit: Kit(), options: small.options).run(small.submissions.url, into: other) { _ in }
    }
  }
}
