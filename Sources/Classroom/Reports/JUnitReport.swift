import Curriculum
import Foundation

/// JUnit's XML in the common dialect (testmoapp/junitxml), as GitLab and many others read it: a suite for each lesson, a case for
/// each step. Wrong is a failure; crashed, timed out, refused and not compiling are errors; not attempted is skipped. Points stand in
/// the properties.
func junitReport(_ record: StudentRecord) throws -> String {
  // GitLab takes "[[ATTACHMENT|path]]" for a file of its own.
  func x(_ text: String) -> String { ReportText.markup(text).replacingOccurrences(of: "[[", with: "[ [") }
  var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  text +=
    "<testsuites name=\"\(x(ReportText.line(record.student)))\" \(counts(record.steps))"
    + " timestamp=\"\(ReportText.moment(record.grading.started).dropLast())\">\n"
  for lesson in record.lessons {
    let file = record.submission.files.first { $0.lesson == lesson.number }.map { x(ReportText.line($0.path)) }
    let place = file.map { " file=\"\($0)\"" } ?? ""
    text += "  <testsuite name=\"\(x("\(lesson.number) \(lesson.title)"))\" \(counts(lesson.steps))\(place)>\n"
    for step in lesson.steps {
      let line = step.line.map { " line=\"\($0)\"" } ?? ""
      text +=
        "    <testcase classname=\"\(x("\(lesson.number) \(lesson.title)"))\" name=\"\(x(step.heading))\""
        + " time=\"\(ReportText.number(step.cpuSeconds))\"\(place)\(line)>\n"
      text +=
        "      <properties><property name=\"points\" value=\"\(ReportText.number(step.earned))\"/>"
        + "<property name=\"max_points\" value=\"\(ReportText.number(step.possible))\"/>"
        + "<property name=\"state\" value=\"\(step.state.rawValue)\"/></properties>\n"
      let message = "message=\"\(x(ReportText.line(step.summary)))\""
      let type = "type=\"\(x(step.mistake?.id ?? step.state.rawValue))\""
      let verdict = x(step.verdict)
      switch step.state {
      case .passed: break
      case .wrong: text += "      <failure \(message) \(type)>\(verdict)</failure>\n"
      case .crashed, .timedOut, .doesNotCompile, .refused:
        text += "      <error \(message) \(type)>\(verdict)</error>\n"
      case .notAttempted: text += "      <skipped \(message)/>\n"
      }
      let printed = x(step.printed)
      if !printed.isEmpty { text += "      <system-out>\(printed)</system-out>\n" }
      text += "    </testcase>\n"
    }
    text += "  </testsuite>\n"
  }
  return text + "</testsuites>\n"
}

private func counts(_ steps: [StepRecord]) -> String {
  let errors = steps.count { [.crashed, .timedOut, .doesNotCompile, .refused].contains($0.state) }
  return "tests=\"\(steps.count)\" failures=\"\(steps.count { $0.state == .wrong })\" errors=\"\(errors)\""
    + " skipped=\"\(steps.count { $0.state == .notAttempted })\""
    + " time=\"\(ReportText.number(steps.reduce(0) { $0 + $1.cpuSeconds }))\""
}
