import Curriculum
import Demos
import Examiner
import Foundation
import Grading

struct MilestonesCommand: Command {
  let name = "milestones"
  let summary = "moments of history, lived through again with your own code"
  let help = """
    swift run gradus milestones [YEAR] [--out DIR] [--tensorboard DIR]

    Shows the milestones and which of them your code has unlocked, or runs one: 1957, the perceptron learns AND; 1969, it
    cannot learn XOR; 1986, backpropagation does; 1989, a network reads digits. Each is run by your own exercises.

      --out DIR          also writes its picture as an SVG file into a folder
      --tensorboard DIR  also writes a run that “tensorboard --logdir DIR” shows
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let out = try arguments.option("--out")
    let run = try arguments.option("--tensorboard")
    let words = try arguments.rest()
    guard words.count <= 1 else { throw UsageError("one milestone at a time") }
    let kit = try Kit()
    guard let word = words.first else {
      for milestone in milestones {
        let missing = try missingSteps(milestone, kit)
        let sign = missing.isEmpty ? StepState.passed.sign : StepState.notAttempted.sign
        print("\(sign) \(milestone.year)  \(milestone.title)")
        print(
          missing.isEmpty
            ? "        swift run gradus milestones \(milestone.year)"
            : "        waits for \(missing.joined(separator: ", "))")
      }
      return Exit.success
    }
    guard let milestone = milestones.first(where: { String($0.year) == word }) else {
      throw UsageError("there is no milestone “\(word)”: \(milestones.map { String($0.year) }.joined(separator: ", "))")
    }
    let missing = try missingSteps(milestone, kit)
    guard missing.isEmpty else {
      print("\(milestone.year): \(milestone.title). Your code is not there yet: \(missing.joined(separator: ", ")).")
      print("Next: swift run gradus check \(missing[0])")
      return Exit.failure
    }
    let lesson = milestone.demo.lesson
    let k = milestones.firstIndex { $0.year == milestone.year } ?? 0
    switch try LessonBuild(lesson, sources: kit.exercise(lesson), kit: kit)
      .demo("Demos.milestones[\(k)].demo", companion: nil)
    {
    case .failed(let message, _): throw ExaminerError(message)
    case .built(let executable):
      print(Terminal.styled("\(milestone.year): \(milestone.title)", .bold))
      print()
      print(milestone.story)
      print()
      return try runWithStudentCode(
        executable, DemoSettings(width: Terminal.width, colors: Terminal.colors, figures: out, run: run))
    }
  }

  /// The steps that have not passed yet.
  private func missingSteps(_ milestone: Milestone, _ kit: Kit) throws -> [String] {
    let lesson = milestone.demo.lesson
    return try examine(lesson, steps: milestone.steps, sources: kit.exercise(lesson), kit: kit).verdicts
      .filter { $0.state != .passed }.map(\.step)
  }
}
