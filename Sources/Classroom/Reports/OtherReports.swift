import Curriculum
import Foundation

/// PrairieLearn's `results.json` for external graders: `score` is a share between 0 and 1, and every test has its points. It may have
/// at most 1 MB, so texts are short.
func prairieLearnReport(_ record: StudentRecord) throws -> String {
  let tests = record.steps.map { step -> [String: Any] in
    [
      "name": step.heading, "description": step.state.words, "points": step.earned, "max_points": step.possible,
      "message": ReportText.line(step.summary),
      "output": step.state == .passed && step.printed.isEmpty ? "" : step.message(limit: 3000),
    ]
  }
  let share = record.possible > 0 ? min(1, record.earned / record.possible) : 0
  return try ReportText.json([
    "gradable": true, "score": share,
    "message": "\(ReportText.number(record.earned)) of \(ReportText.number(record.possible)) points",
    "output": record.notes.joined(separator: "\n"), "tests": tests,
  ])
}

/// CodeGrade's unit tests, version 2, as JSON lines: a suite for each lesson, a case for each step, at the end the points.
func codeGradeReport(_ record: StudentRecord) throws -> String {
  func hundredths(_ points: Double) -> Int { Int((points * 100).rounded()) }
  // Its fractions are of whole numbers.
  func fraction(_ points: Double) -> String { "\(hundredths(points))/100" }
  let suites = record.lessons.map { lesson -> [String: Any] in
    [
      "id": "lesson-\(lesson.number)", "name": "\(lesson.number) \(lesson.title)",
      "weight": fraction(lesson.possible),
      "testCases": lesson.steps.map { step -> [String: Any] in
        [
          "name": step.heading, "weight": fraction(step.possible),
          "status": step.state == .passed ? "success" : step.state == .notAttempted ? "skipped" : "failure",
          "reason": ReportText.line(step.summary), "stdout": ReportText.plain(step.printed),
        ]
      },
    ]
  }
  let points = "\(hundredths(record.earned))/\(hundredths(record.possible))"
  return try ReportText.json(["tag": "unit-test", "results": suites], isOnOneLine: true)
    + ReportText.json(["tag": "points", "points": points], isOnOneLine: true)
}

/// TAP, version 14 (testanything.org): a test point for each step, with its verdict in a YAML block.
func tapReport(_ record: StudentRecord) throws -> String {
  var lines = ["TAP version 14", "1..\(record.steps.count)"]
  for (k, step) in record.steps.enumerated() {
    let directive = step.state == .notAttempted ? " # TODO not attempted" : ""
    // “#” begins a directive, and a backslash would escape it.
    let title = step.heading.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "#", with: "\\#")
    lines.append("\(step.state == .passed ? "ok" : "not ok") \(k + 1) - \(title)\(directive)")
    lines.append("  ---")
    // Text in JSON's quotes is YAML too.
    for (key, text) in [("state", step.state.rawValue), ("message", ReportText.line(step.summary))] {
      lines.append("  \(key): \(try quoted(text))")
    }
    lines.append("  points: \(ReportText.number(step.earned))")
    lines.append("  max_points: \(ReportText.number(step.possible))")
    if let mistake = step.mistake { lines.append("  mistake: \(try quoted(mistake.id))") }
    if !step.printed.isEmpty { lines.append("  printed: \(try quoted(ReportText.plain(step.printed)))") }
    lines.append("  ...")
  }
  return lines.joined(separator: "\n") + "\n"
}

private func quoted(_ text: String) throws -> String {
  let data = try JSONSerialization.data(withJSONObject: text, options: [.fragmentsAllowed, .withoutEscapingSlashes])
  return String(decoding: data, as: UTF8.self)
}
