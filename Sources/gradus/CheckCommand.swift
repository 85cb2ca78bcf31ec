import Curriculum
import Examiner
import Foundation
import Grading

struct CheckCommand: Command {
  let name = "check"
  let summary = "judges your exercises, all of them or some"
  let help = """
    swift run gradus check [LESSON|STEP]... [--solutions] [--submission DIR] [--json] [--seed N]

    Judges every step, or the lessons (3) and steps (3.6) named, and says what is right, what is wrong and which mistake it
    is. Each lesson is compiled by itself, so that one that does not compile costs only itself.

      --solutions        judges the reference solutions instead
      --submission DIR   judges a folder shaped like Exercises/, or holding an Exercises/
      --seed N           draws the random inputs from another seed (default: \(Examination.defaultSeed))
      --json             prints one JSON object: {"source", "seed", "points", "maxPoints", "lessons": [{"id", "name",
                         "compiles", "message", "steps": [{"id", "title", "status", "blockedBy", "points", "maxPoints",
                         "findings", "mistake", "explanations", "wrongPrerequisites", "printed", "file", "line"}]}]};
                         numbers that are not finite are strings

    Exit code: 0 if every step asked for has passed, 1 if not.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let json = arguments.flag("--json")
    let kit = try Kit()
    let solutions = arguments.flag("--solutions")
    let submission = try arguments.option("--submission")
    let seed = try arguments.seed()
    if solutions && submission != nil { throw UsageError("either --solutions or --submission, not both") }
    let source =
      if let submission { try Source.submission(submission) } else if solutions { try Source.solutions(kit) } else {
        Source.exercises(kit)
      }
    let reports = try source.reports(on: Selection(try arguments.rest()), kit: kit, seed: seed)
    if json {
      print(try jsonText(CheckJSON.object(reports, source: source.name, seed: seed)))
    } else {
      for report in reports { printReport(report, root: kit.root) }
      let points = reports.reduce(0) { $0 + $1.points }
      print("\(points) of \(reports.reduce(0) { $0 + $1.maxPoints }) points.")
    }
    let isRight = reports.allSatisfy { $0.verdicts.allSatisfy { $0.state == .passed } }
    if isRight && !json && !solutions && submission == nil, let last = reports.last {
      print()
      try NextStep.print(after: last.lesson, kit: kit)
    }
    return isRight ? Exit.success : Exit.failure
  }

  private func printReport(_ report: LessonReport, root: URL) {
    print(Terminal.styled("\(report.lesson.id) \(report.lesson.title)", .bold))
    if let message = report.message {
      print("  \(StepState.doesNotCompile.sign) does not compile, so that none of its steps could be judged")
      if let place = report.messagePlace {
        let step = report.stepOfMessage.map { ", in step \($0)" } ?? ""
        print("      " + Terminal.styled(place.relative(to: root) + step, .dim))
      }
      print(indented("The compiler says: \(message)"))
      print()
      return
    }
    for verdict in report.verdicts {
      guard let (_, step) = catalogueStep(verdict.step) else { continue }
      print("  " + verdict.line(step))
      let isAskedFor = report.verdicts.count < report.lesson.steps.count
      if verdict.state == .notAttempted && !isAskedFor { continue }
      if verdict.state != .passed, let place = report.place(of: step) {
        print("      " + Terminal.styled(place.relative(to: root), .dim))
      }
      // What follows from an earlier step of the same list says only that; asked for by itself, it says all.
      let isConsequence = verdict.state == .wrong && !verdict.wrongPrerequisites.isEmpty && !isAskedFor
      let text = isConsequence ? String(verdict.text.prefix { $0 != "\n" }) : verdict.text
      if !text.isEmpty { print(indented(text)) }
    }
    print()
  }
}

/// A verdict's text, below its line.
func indented(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { "      " + $0 }.joined(separator: "\n")
}

extension Arguments {
  mutating func seed() throws -> UInt64 {
    guard let text = try option("--seed") else { return Examination.defaultSeed }
    guard let seed = UInt64(text) else { throw UsageError("--seed takes a whole number, not “\(text)”") }
    return seed
  }
}

extension StepState {
  /// A sign for it.
  var sign: String {
    switch self {
    case .passed: Terminal.styled("✔", .green)
    case .notAttempted: Terminal.styled("·", .dim)
    case .wrong, .crashed, .timedOut, .doesNotCompile, .refused: Terminal.styled("✘", .red)
    }
  }
}

extension Verdict {
  /// Sign, heading, state and points on one line.
  func line(_ step: CatalogueStep) -> String {
    let waits = blockedBy.map { ": waits for \($0)" } ?? ""
    let heading = step.heading.padding(toLength: max(44, step.heading.count), withPad: " ", startingAt: 0)
    return "\(state.sign) \(heading) \(state.words)\(waits)" + (state == .passed ? " (\(points))" : "")
  }
}

extension SourcePlace {
  /// `Exercises/…/LogisticRegression.swift:12`, as editors and terminals understand it.
  func relative(to root: URL) -> String {
    let prefix = root.path + "/"
    return (file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file) + ":\(line)"
  }
}
