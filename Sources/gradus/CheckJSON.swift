import Curriculum
import Examiner
import Foundation
import Grading

/// A JSON text with its keys in alphabetical order.
func jsonText(_ object: Any) throws -> String {
  let data = try JSONSerialization.data(
    withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  return String(decoding: data, as: UTF8.self)
}

/// The form of `gradus check --json`.
enum CheckJSON {
  static func object(_ reports: [LessonReport], source: String, seed: UInt64) -> [String: Any] {
    [
      "source": source, "seed": seed,
      "points": reports.reduce(0) { $0 + $1.points }, "maxPoints": reports.reduce(0) { $0 + $1.maxPoints },
      "lessons": reports.map(lesson),
    ]
  }

  private static func lesson(_ report: LessonReport) -> [String: Any] {
    [
      "id": report.lesson.id, "name": report.lesson.name, "compiles": report.compiles,
      "message": report.message ?? NSNull() as Any, "steps": report.verdicts.map(step),
    ]
  }

  private static func step(_ verdict: Verdict) -> [String: Any] {
    [
      "id": verdict.step, "title": catalogueStep(verdict.step)?.step.title ?? "", "status": verdict.state.rawValue,
      "blockedBy": verdict.blockedBy ?? NSNull() as Any, "points": verdict.points, "maxPoints": verdict.maxPoints,
      "findings": verdict.findings.map(finding),
      "explanations": verdict.explanations.map {
        ["quantities": $0.quantities ?? NSNull() as Any, "mistake": mistake($0.mistake)]
      },
      "wrongPrerequisites": verdict.wrongPrerequisites,
      "file": verdict.place?.file ?? NSNull() as Any, "line": verdict.place?.line ?? NSNull() as Any,
      "mistake": verdict.mistake.map(mistake) ?? NSNull() as Any, "printed": verdict.printed,
    ]
  }

  private static func finding(_ finding: Finding) -> [String: Any] {
    [
      "quantity": finding.quantity, "actual": number(finding.actual), "expected": number(finding.expected),
      "input": finding.input, "evidence": finding.evidence, "message": finding.message,
    ]
  }

  private static func mistake(_ mistake: NamedMistake) -> [String: Any] {
    ["id": mistake.id, "step": mistake.step, "title": mistake.title, "explanation": mistake.explanation]
  }

  /// JSON knows no NaN and no infinity: they are strings.
  private static func number(_ x: Double?) -> Any {
    guard let x else { return NSNull() }
    return x.isFinite ? x : x.isNaN ? "NaN" : x < 0 ? "-Infinity" : "Infinity"
  }
}
