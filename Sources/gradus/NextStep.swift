import Curriculum
import Examiner
import Foundation
import Grading

/// What is to be done next: the first step, in the order of the course, that is not right.
enum NextStep {
  /// Says what is next, where to write, what to read, and how to try it.
  static func print(_ reports: [LessonReport], kit: Kit, isWholeCourse: Bool = true) {
    for report in reports {
      if let message = report.message {
        Swift.print(Terminal.styled("Next: lesson \(report.lesson.id) does not compile", .bold))
        Swift.print("  mend     \(report.messagePlace?.relative(to: kit.root) ?? "Exercises/\(report.lesson.folder)")")
        Swift.print("  compiler \(message.replacing("\n", with: "\n           "))")
        Swift.print("  try      swift run gradus check \(report.lesson.id)")
        return
      }
      guard let verdict = report.verdicts.first(where: { $0.state != .passed && $0.blockedBy == nil }),
        let (lesson, step) = catalogueStep(verdict.step)
      else { continue }
      Swift.print(
        Terminal.styled("Next: \(step.heading)", .bold)
          + (verdict.state == .notAttempted ? "" : " (\(verdict.state.words))"))
      if let place = report.place(of: step) { Swift.print("  write    \(place.relative(to: kit.root))") }
      Swift.print("  read     docs/\(lesson.chapter)#\(step.anchor)     or     swift run gradus show \(step.id)")
      Swift.print("  ask      swift run gradus hint \(step.id)")
      Swift.print("  try      swift run gradus check \(step.id)     or     swift test --filter \(lesson.name)")
      return
    }
    Swift.print(
      isWholeCourse
        ? "Every step has passed. That is the whole course: well done."
        : "Every step of \(reports.count == 1 ? "lesson \(reports[0].lesson.id)" : "these lessons") has passed. Next: swift run gradus next"
    )
  }
}

extension NextStep {
  /// What is next in the first of these lessons that is not done: judged one by one, and no further than needed.
  static func print(in lessons: [Lesson], kit: Kit) throws {
    for lesson in lessons {
      let report = try examine(lesson, sources: kit.exercise(lesson), kit: kit)
      if report.message == nil && report.verdicts.allSatisfy({ $0.state == .passed }) { continue }
      print([report], kit: kit)
      return
    }
    print([], kit: kit)
  }

  /// What is next for somebody at work on this lesson: in it, then in those behind it, then in those before it.
  static func print(after lesson: Lesson, kit: Kit) throws {
    try print(
      in: catalogue.filter { $0.number >= lesson.number } + catalogue.filter { $0.number < lesson.number }, kit: kit)
  }
}

struct NextCommand: Command {
  let name = "next"
  let summary = "the next step: where to write, what to read, whom to ask"
  let help = """
    swift run gradus next [LESSON]

    The first step, in the order of the course or from a lesson on, that is not right yet: the file and line to write in, the section to read,
    and how to try it. It is read off your code each time, and stored nowhere.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let words = try arguments.rest()
    if words.isEmpty {
      try NextStep.print(in: catalogue, kit: try Kit())
    } else {
      try NextStep.print(after: try Selection.oneLesson(words), kit: try Kit())
    }
    return Exit.success
  }
}
