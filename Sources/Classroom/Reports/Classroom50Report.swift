import Curriculum
import Foundation

/// `result.json` of Classroom 50 (foundation50/classroom50, schemas/result-v1.schema.json).
///
/// Who and what was graded is taken from the variables that its runner sets, never from the submission. Its scores are whole
/// numbers, so points are written in hundredths: nothing is rounded.
/// - Returns: nil where the variables are not there: the form has no place for a result without them.
func classroom50Report(_ record: StudentRecord, environment: [String: String]) throws -> String? {
  func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
  guard let classroom = value("CLASSROOM"), let assignment = value("ASSIGNMENT"),
    let owner = value("OWNER") ?? value("USERNAME"), let submission = value("SUBMISSION_TAG"),
    submission.hasPrefix("submit/"), let commit = value("COMMIT_URL"), let release = value("RELEASE_URL")
  else { return nil }
  func hundredths(_ points: Double) -> Int { Int((points * 100).rounded()) }
  let tests = record.steps.map { step -> [String: Any] in
    [
      "test-name": step.heading, "passed": step.state == .passed,
      "score": hundredths(step.earned), "max-score": hundredths(step.possible),
      "state": step.state.rawValue, "message": ReportText.line(step.summary), "output": step.message(),
    ]
  }
  return try ReportText.json([
    "schema": "classroom50/result/v1", "classroom": classroom, "assignment": assignment, "owner": owner,
    "assignment_type": value("ASSIGNMENT_TYPE") == "group" ? "group" : "individual",
    "submission": submission, "commit": commit, "release": release, "review": value("REVIEW_URL") ?? commit,
    "datetime": ReportText.moment(record.submission.handedIn ?? record.grading.started),
    "graded_at": ReportText.moment(record.grading.finished),
    "score": hundredths(record.earned), "max-score": hundredths(record.possible), "tests": tests,
  ])
}
