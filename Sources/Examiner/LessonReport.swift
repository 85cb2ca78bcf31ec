import Curriculum
import Foundation
import Grading

/// What came of a lesson: whether it compiles, and the verdicts on its steps.
public struct LessonReport: Sendable {
  /// The lesson.
  public let lesson: Lesson
  /// The compiler's first error, where there is one.
  public let message: String?
  /// Where that error is.
  public let messagePlace: SourcePlace?
  /// A verdict for each step that was asked for, in order.
  public let verdicts: [Verdict]
  /// Where the steps stand in the student's files.
  public let index: ExerciseIndex

  /// Whether the lesson's files compile.
  public var compiles: Bool { message == nil }
  /// The step in whose function the compiler's first error is, where it is in one.
  public var stepOfMessage: String? {
    guard let function = messagePlace.flatMap(index.function) else { return nil }
    return lesson.steps.first { $0.function == function }?.id
  }
  /// The points earned.
  public var points: Int { verdicts.reduce(0) { $0 + $1.points } }
  /// The points that can be earned.
  public var maxPoints: Int { verdicts.reduce(0) { $0 + $1.maxPoints } }

  /// Where a step is to be worked on: where it stopped, else where its function stands.
  public func place(of step: CatalogueStep) -> SourcePlace? {
    let verdict = verdicts.first { $0.step == step.id }
    if let place = verdict?.place, verdict?.blockedBy == nil, place.file.hasPrefix("/") { return place }
    return index.place(of: step.function)
  }
}

/// Compiles a lesson from a folder of its files and has its steps judged; one that does not compile costs only itself.
/// - Parameters:
///   - lesson: the lesson.
///   - steps: the steps asked for; all of them where nil.
///   - sources: the folder with the student's files.
/// - Throws: where the kit itself cannot do its work.
public func examine(
  _ lesson: Lesson, steps: [String]? = nil, sources: URL, kit: Kit, seed: UInt64 = Examination.defaultSeed,
  backtraces: Bool = true
) throws -> LessonReport {
  let build = LessonBuild(lesson, sources: sources, kit: kit)
  let ids = steps ?? lesson.steps.map(\.id)
  switch try build.observer() {
  case .built(let executable):
    let index = ExerciseIndex(build.files)
    var observer = ObserverProcess(executable: executable, sources: sources)
    observer.backtraces = backtraces
    let verdicts = try Examination(observer: observer, seed: seed, index: index).verdicts(on: ids)
    return LessonReport(lesson: lesson, message: nil, messagePlace: nil, verdicts: verdicts, index: index)
  case .failed(let message, let place):
    let verdicts = ids.map { id in
      var verdict = Verdict(step: id, state: .doesNotCompile)
      verdict.place = place
      verdict.findings = [Finding(quantity: "", input: "", evidence: "", message: "The compiler says: \(message)")]
      return verdict
    }
    return LessonReport(
      lesson: lesson, message: message, messagePlace: place, verdicts: verdicts, index: ExerciseIndex(build.files))
  }
}
