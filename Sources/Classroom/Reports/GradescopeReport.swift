import Curriculum
import Foundation

/// `results.json` as Gradescope's autograders write it (gradescope/autograder_samples, docs/specs.md).
///
/// Every test is visible to the student: a single hidden one would hide the total too. `score` is set, so that what lateness
/// costs is in it.
func gradescopeReport(_ record: StudentRecord) throws -> String {
  let tests = record.steps.map { step -> [String: Any] in
    var extra: [String: Any] = ["state": step.state.rawValue]
    if let mistake = step.mistake { extra["mistake"] = mistake.id }
    return [
      "number": step.id, "name": step.heading, "name_format": "text",
      "score": step.earned, "max_score": step.possible, "status": step.state == .passed ? "passed" : "failed",
      "output": step.state == .passed && step.printed.isEmpty ? "" : step.state.words + "\n" + step.message(),
      "output_format": "text", "visibility": "visible", "tags": ["lesson \(step.id.prefix { $0 != "." })"],
      "extra_data": extra,
    ]
  }
  let points = "\(ReportText.number(record.earned)) of \(ReportText.number(record.possible)) points"
  return try ReportText.json([
    "score": record.earned,
    "execution_time": rounded(record.grading.finished.timeIntervalSince(record.grading.started)),
    "output": ([points + "."] + record.notes).joined(separator: "\n"), "output_format": "text",
    "test_output_format": "text", "test_name_format": "text",
    "visibility": "visible", "stdout_visibility": "hidden",
    "tests": tests,
    "extra_data": [
      // As text: JavaScript's numbers end at 2⁵³.
      "seeds": record.grading.seeds.map(String.init), "sandbox": record.grading.sandbox.rawValue,
      "kit": record.grading.kit.digest,
    ],
  ])
}
