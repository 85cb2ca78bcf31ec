import Authoring
import Curriculum
import Examiner
import Foundation

struct ResetCommand: Command {
  let name = "reset"
  let summary = "begins a step or a lesson anew, and keeps a copy of yours"
  let help = """
    swift run gradus reset STEP|LESSON

    Puts todo() back into a step's function, or the whole exercise of a lesson as it was handed out. What was there before is
    kept as a copy in .gradus/, and the command says under which name. Nothing else in the file changes.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let words = try arguments.rest()
    guard words.count == 1 else { throw UsageError("which step or lesson? For example: swift run gradus reset 3.1") }
    let kit = try Kit()
    let exercise: Exercise
    let said: String
    if let (lesson, step) = catalogueStep(words[0]) {
      exercise = try Exercise(lesson, kit: kit)
      guard let text = try exercise.text(resetting: step) else {
        throw ExaminerError(
          "there is no function \(step.function) in \(exercise.path) to reset: "
            + "“swift run gradus reset \(lesson.id)” begins the whole lesson anew")
      }
      said = "Step \(step.heading) says todo() again"
      return try write(text, exercise, said, kit)
    }
    guard let lesson = Selection.lesson(words[0]) else {
      throw UsageError("there is no lesson or step “\(words[0])”: “swift run gradus list” shows them all")
    }
    exercise = try Exercise(lesson, kit: kit)
    return try write(exercise.stub, exercise, "Lesson \(lesson.id) is as it was handed out", kit)
  }

  private func write(_ text: String, _ exercise: Exercise, _ said: String, _ kit: Kit) throws -> Int32 {
    guard text != exercise.current else {
      print("\(exercise.path) is so already: nothing was changed.")
      return Exit.success
    }
    if let copy = try exercise.write(text) { print("Yours is kept in \(copy)") }
    print("\(said): \(exercise.path)")
    return Exit.success
  }
}
