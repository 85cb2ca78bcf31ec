import Curriculum
import Foundation
import Grading

extension StepRecord {
  /// A step of a lesson that was not run.
  init(_ step: CatalogueStep, in lesson: Lesson, state: StepState, text: String, _ marking: Marking) {
    self.init(
      id: step.id, title: step.title, anchor: step.anchor, function: step.function, state: state, earned: 0,
      possible: marking.possible(step, in: lesson), checks: [], wrongPrerequisites: [], findings: [], explanations: [],
      text: text, printed: "", cpuSeconds: 0)
  }

  /// A step that was run on some seeds: it has passed where all have passed, and else is what the first is that has not.
  init(
    _ step: CatalogueStep, in lesson: Lesson, _ verdicts: [(seed: UInt64, verdict: Verdict)],
    _ quantities: [(name: String, varies: Bool)], cpuSeconds: Double, _ marking: Marking
  ) {
    let (seed, verdict) = verdicts.first { $0.verdict.state != .passed } ?? verdicts[0]
    self.init(step, in: lesson, state: verdict.state, text: ExerciseText.restored(verdict.text), marking)
    let wrong = verdicts.flatMap { $0.verdict.findings.map { String($0.quantity.prefix { $0 != "[" }) } }
    let hasAnswered = verdicts.allSatisfy { [.passed, .wrong].contains($0.verdict.state) } && !wrong.contains("")
    checks = quantities.map {
      CheckRecord(quantity: $0.name, isRight: hasAnswered && !wrong.contains($0.name), counts: $0.varies)
    }
    earned = marking.earned(state, checks: checks, possible: possible)
    blockedBy = verdict.blockedBy
    wrongPrerequisites = verdict.wrongPrerequisites
    findings = verdict.findings.map {
      FindingRecord(
        quantity: $0.quantity, actual: $0.actual, expected: $0.expected, input: $0.input, evidence: $0.evidence,
        message: ExerciseText.restored($0.message))
    }
    explanations = verdict.explanations.map {
      ExplanationRecord(
        quantities: $0.quantities,
        mistake: MistakeRecord(
          id: $0.mistake.id, step: $0.mistake.step, title: $0.mistake.title, explanation: $0.mistake.explanation))
    }
    diagnosis = verdict.diagnosis
    printed = verdict.printed
    line = verdict.place?.line
    self.seed = seed
    self.cpuSeconds = cpuSeconds
  }
}

extension StudentRecord {
  /// The record with other marks for the same states: nothing has to be run again where only points change.
  func marked(by marking: Marking) -> StudentRecord {
    var record = self
    for l in record.lessons.indices {
      guard let lesson = catalogue.first(where: { $0.number == record.lessons[l].number }) else { continue }
      for s in record.lessons[l].steps.indices {
        let step = record.lessons[l].steps[s]
        guard let entry = lesson.steps.first(where: { $0.id == step.id }) else { continue }
        let possible = marking.possible(entry, in: lesson)
        record.lessons[l].steps[s].possible = possible
        record.lessons[l].steps[s].earned = marking.earned(step.state, checks: step.checks, possible: possible)
      }
    }
    record.penalty = marking.penalty(for: student)
    return record
  }
}
