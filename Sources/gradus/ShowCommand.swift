import Authoring
import Curriculum
import Examiner
import Foundation
import Grading

struct ShowCommand: Command {
  let name = "show"
  let summary = "a step's section of the chapter; its reference once you have passed"
  let help = """
    swift run gradus show STEP [--solution]

    The step's section of the chapter, in the terminal, without its hints. When your own answer has passed, one right answer
    is shown below it, to compare.

      --solution   shows the right answer in any case
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let solution = arguments.flag("--solution")
    let words = try arguments.rest()
    guard words.count == 1 else { throw UsageError("which step? For example: swift run gradus show 3.1") }
    guard let (lesson, step) = catalogueStep(words[0]) else {
      throw UsageError("there is no step “\(words[0])”: “swift run gradus list” shows them all")
    }
    let kit = try Kit()
    let chapter = try Chapter(lesson, root: kit.root)
    print(
      PlainText.of(chapter.section(of: step), width: min(Terminal.width, 100)) { Terminal.styled($0, .bold) })
    print()
    let hints = chapter.hints(for: step).count
    if hints > 0 { print("\(hints) hints: swift run gradus hint \(step.id)") }
    print("The chapter with its pictures: docs/\(lesson.chapter)#\(step.anchor)")
    let state = try examine(lesson, steps: [step.id], sources: kit.exercise(lesson), kit: kit).verdicts.first?.state
    guard solution || state == .passed else {
      print("A right answer is shown here once yours has passed, or with --solution.")
      return Exit.success
    }
    guard let reference = try SolutionPage.code(of: step, in: lesson, root: kit.root) else {
      print("This copy of the kit has no solutions.")
      return Exit.success
    }
    print()
    print(Terminal.styled("One right answer\(state == .passed ? ", beside yours, which has passed" : "")", .bold))
    print()
    print(
      reference.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n"))
    return Exit.success
  }
}
