import Curriculum
import Examiner
import Foundation
import Grading
import Testing

/// Runs one step of the exercises in the observer and records the verdict at the student's function.
func grade(_ id: String) throws {
  let kit = try Kit()
  let (lesson, step) = try #require(catalogueStep(id))
  let observer = ObserverProcess(executable: kit.observer, sources: kit.exercise(lesson))
  let verdict = try Examination(observer: observer).verdict(on: id)
  switch verdict.state {
  case .passed: return
  case .notAttempted: try Test.cancel("not attempted\(verdict.blockedBy.map { ": waits for \($0)" } ?? "")")
  default:
    let files = LessonBuild(lesson, sources: kit.exercise(lesson), kit: kit).files
    let place = ExerciseIndex(files).place(of: step.function)
    let file = place?.file ?? kit.exercise(lesson).path
    Issue.record(
      Comment(rawValue: "\(step.heading): \(verdict.state.words)\n\(verdict.text)"),
      sourceLocation: SourceLocation(
        fileID: "\(lesson.exerciseModule)/\(file.split(separator: "/").last ?? "")", filePath: file,
        line: place?.line ?? 1, column: 3))
  }
}
