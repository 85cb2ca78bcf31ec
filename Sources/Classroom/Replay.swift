import Curriculum
import Examiner
import Foundation

/// A student's grading, done once more exactly: from the files that were kept, with the record's seeds.
public struct Replay: Sendable {
  /// The record as it was, and as it comes out now.
  public let before: StudentRecord
  public let after: StudentRecord

  /// The steps whose state, points or words differ.
  public var differences: [(before: StepRecord, after: StepRecord)] {
    let now = Dictionary(after.steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return before.steps.compactMap { old in
      guard let new = now[old.id],
        old.state != new.state || old.earned != new.earned || old.text != new.text || old.checks != new.checks
      else { return nil }
      return (old, new)
    }
  }

  /// Repeats what a record says.
  /// - Parameter result: a student's folder in the results, or the record in it.
  /// - Throws: where it cannot be read, or the files are not the ones that were graded.
  public init(_ result: URL, kit: Kit, requiredLevel: SandboxLevel?) throws {
    let folder = FileKind(result.path) == .folder ? result : result.deletingLastPathComponent()
    let results = ResultsFolder(folder.deletingLastPathComponent())
    let student = folder.lastPathComponent
    let before: StudentRecord
    do { before = try results.record(of: student) } catch {
      throw ClassroomError("\(result.path) is no result: name a student's folder in the results, with its record.json")
    }
    let marking = (try? results.classRecord().marking) ?? Marking()
    let files = try before.submission.files.map { file in
      guard let lesson = catalogue.first(where: { $0.number == file.lesson }) else {
        throw ClassroomError("there is no lesson \(file.lesson) in this kit")
      }
      let place = results.submittedFolder(of: student).appendingPathComponent("\(lesson.folder)/\(lesson.name).swift")
      guard let contents = try? Data(contentsOf: place) else {
        throw ClassroomError("\(place.path) is missing: it is what was graded")
      }
      return Submission.Exercise(lesson: lesson, path: file.path, contents: contents)
    }
    let stubs = try ClassGrading.stubs(kit)
    guard files.map({ $0.record(stub: stubs[$0.lesson.number]).digest }) == before.submission.files.map(\.digest) else {
      throw ClassroomError(
        "the files below \(results.submittedFolder(of: student).path) are not the ones that were graded")
    }
    let terms = StudentGrader.Terms(
      lessons: catalogue.filter { lesson in before.lessons.contains { $0.number == lesson.number } },
      seeds: before.grading.seeds, marking: marking, kit: try KitRecord(kit), stubs: stubs)
    let sandbox = try Sandbox(kit: kit, required: requiredLevel)
    defer { sandbox.remove() }
    self.before = before
    after = try StudentGrader(sandbox: sandbox, worker: 0, terms: terms).record(
      of: student, before.submission, files)
  }
}
