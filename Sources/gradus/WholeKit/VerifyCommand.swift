import Answers
import Authoring
import Curriculum
import Examiner
import Foundation
import Grading

struct VerifyCommand: Command {
  let name = "verify"
  let summary = "for authors: tries the graders on references, stubs and mistakes"
  let help = """
    swift run gradus verify [LESSON]... [--seeds N] [--quiet]

    For authors. Tries the graders themselves: every reference passes, in the observer too, and agrees with the numerical
    gradients; freshly generated stubs are not attempted in every step; every mistake is caught and named; expected
    quantities hold when the inputs move by one ulp and when the examples change places.

      --seeds N   so many seeds (default 5)
      --quiet     without the matrix of mistakes and the steps in which they show

    Exit code: 0 only if all of that holds.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let quiet = arguments.flag("--quiet")
    let trial = try arguments.option("--trial")
    let countText = try arguments.option("--seeds") ?? "5"
    guard let count = UInt64(countText), count > 0 else { throw UsageError("--seeds takes a whole number above 0") }
    let selection = try Selection(try arguments.rest())
    let kit = try Kit()
    var total = Verification()
    var failures: [String] = []

    for (lesson, _) in selection.lessons {
      guard let answers = answers.first(where: { $0.lesson.number == lesson.number })?.source else {
        failures.append("lesson \(lesson.id) has no answers")
        continue
      }
      if let trial {
        try tryMistakes(answers, seeds: Array(1...count), sayingIn: trial)
        continue
      }
      if let stopped = try trialFailure(lesson, seeds: count) {
        failures.append(stopped)
        continue
      }
      let result = answers.verify(Array(1...count))
      failures += result.failures
      total.steps += result.steps
      total.mistakes += result.mistakes
      total.derivatives += result.derivatives
      total.quantities += result.quantities
      if !quiet { printMatrix(lesson, result) }
    }
    if trial != nil { return Exit.success }
    if failures.isEmpty { failures += try processFailures(selection, kit: kit) }

    for failure in failures { print("✘ \(failure)") }
    let caught = failures.isEmpty ? ", each caught and named" : ""
    print(
      "\(total.steps) steps, whose references pass and whose fresh stubs are not attempted; \(total.mistakes) mistakes\(caught); "
        + "\(total.derivatives) derivatives held against numerical gradients, \(total.quantities) quantities against rounding and order "
        + "(\(count) seeds). \(failures.count) failures.")
    return failures.isEmpty ? Exit.success : Exit.failure
  }

  /// The mistakes are tried in a process of their own first: one that traps or never ends must not take this one along.
  private func trialFailure(_ lesson: Lesson, seeds: UInt64) throws -> String? {
    let log = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-trial-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: log) }
    guard
      let failure = try runSelf(
        ["verify", lesson.id, "--seeds", String(seeds), "--trial", log.path], wallClockSeconds: 600)
    else {
      return nil
    }
    let last = (try? String(contentsOf: log, encoding: .utf8))?.split(separator: "\n").last ?? "the first mistake"
    return "lesson \(lesson.id): \(last) \(failure): a mistake must answer on every input"
  }

  private func tryMistakes(_ answers: AnswerSource, seeds: [UInt64], sayingIn path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    guard let log = FileHandle(forWritingAtPath: path) else { throw ExaminerError("\(path) cannot be written") }
    answers.tryMistakes(seeds) { log.write(Data(($0 + "\n").utf8)) }
  }

  /// References and fresh stubs in the observer, as students' code is run.
  private func processFailures(_ selection: Selection, kit: Kit) throws -> [String] {
    var failures: [String] = []
    for report in try Source.solutions(kit).reports(on: selection, kit: kit, seed: 1) {
      failures += unexpected(report, .passed, "the reference, in the observer,")
    }
    for report in try freshStubs(selection, kit: kit) { failures += unexpected(report, .notAttempted, "a fresh stub") }

    return failures
  }

  private func unexpected(_ report: LessonReport, _ state: StepState, _ what: String) -> [String] {
    report.verdicts.filter { $0.state != state }.map { "step \($0.step): \(what) is \($0.state.rawValue): \($0.text)" }
  }

  private func freshStubs(_ selection: Selection, kit: Kit) throws -> [LessonReport] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-stubs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try Sync(root: kit.root).writeStubs(to: folder)
    return try Source(name: "fresh stubs", folder: folder).reports(on: selection, kit: kit, seed: 1)
  }

  /// A row a mistake, a column a step: ● in its own step, ○ in those that build on it.
  private func printMatrix(_ lesson: Lesson, _ result: Verification) {
    print(Terminal.styled("\(lesson.id) \(lesson.title)", .bold))
    for (mistake, shows) in result.matrix {
      let row = lesson.steps.map { shows.contains($0.id) ? ($0.id == mistake.step ? "●" : "○") : "·" }.joined()
      print("  \(row)  \(mistake.step.padding(toLength: 5, withPad: " ", startingAt: 0)) \(mistake.title)")
    }
    print()
  }
}
