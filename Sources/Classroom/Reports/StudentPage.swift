import Curriculum
import Foundation

/// A student's report as a page: verdicts, mistakes by name, what the code printed, and where to read on.
func studentPage(_ record: StudentRecord, docs: DocsLinks) throws -> String {
  let x = ReportText.markup
  let points = "\(ReportText.number(record.earned)) of \(ReportText.number(record.possible)) points"
  var body = "<h1>\(x(ReportText.line(record.student)))</h1>\n"
  body += "<p class=\"big\">\(points)</p>\n"
  body += HTMLPage.bar(record.possible > 0 ? record.earned / record.possible : 0, points) + "\n"
  body += HTMLPage.notes(record.notes)

  body += "<table>\n<tr><th>Lesson</th><th>Steps</th><th class=\"n\">Points</th></tr>\n"
  for lesson in record.lessons {
    body +=
      "<tr><td><a href=\"#lesson-\(lesson.number)\">\(lesson.number) \(x(lesson.title))</a></td>"
      + "<td>\(HTMLPage.squares(lesson.steps.map { ($0.id, $0.state) }))</td>"
      + "<td class=\"n\">\(ReportText.number(lesson.earned))/\(ReportText.number(lesson.possible))</td></tr>\n"
  }
  body += "</table>\n"
  for lesson in record.lessons { body += section(lesson, docs) }
  body += "<footer><p>\(x(record.provenance))</p>"
  let files = record.submission.files.map { x(ReportText.line($0.path)) }
  body += "<p>Graded files: \(files.isEmpty ? "none" : files.joined(separator: ", ")).</p></footer>\n"
  return HTMLPage.document(title: "\(ReportText.line(record.student)): \(points)", body: body)
}

private func section(_ lesson: LessonRecord, _ docs: DocsLinks) -> String {
  let x = ReportText.markup
  var text =
    "<h2 id=\"lesson-\(lesson.number)\"><span class=\"points\">\(ReportText.number(lesson.earned))/"
    + "\(ReportText.number(lesson.possible))</span>\(lesson.number) \(x(lesson.title))</h2>\n"
  if let state = lesson.wholeState {
    // Every step says the same.
    let verdict = lesson.steps.first?.verdict ?? ""
    text += "<p>\(HTMLPage.chip(state))</p>\n"
    text += state == .notAttempted ? "<p>\(x(verdict))</p>\n" : "<pre>\(x(verdict))</pre>\n"
    return text
  }
  for step in lesson.steps {
    let isOpen = step.state != .passed && step.state != .notAttempted
    text +=
      "<details\(isOpen ? " open=\"open\"" : "")><summary><span class=\"points\">\(ReportText.number(step.earned))/"
      + "\(ReportText.number(step.possible))</span>\(x(step.heading)) \(HTMLPage.chip(step.state))</summary>\n"
    text += verdict(of: step)
    let right = step.checks.filter(\.isRight).map(\.quantity)
    if step.state == .wrong, !right.isEmpty {
      text += "<p class=\"quiet\">Right already: \(x(right.joined(separator: ", "))).</p>\n"
    }
    if !step.printed.isEmpty {
      text += "<h3>What your code printed</h3>\n<pre>\(x(step.printed))</pre>\n"
    }
    let place = x(docs.place(lesson, step))
    if let address = docs.address(lesson, anchor: step.anchor) {
      text += "<p><a href=\"\(x(address))\">Read \(x(step.heading))</a></p>\n"
    } else {
      text += "<p class=\"quiet\">Read <code>\(place)</code></p>\n"
    }
    text += "</details>\n"
  }
  return text
}

/// The verdict's lines, those that name a mistake set apart.
private func verdict(of step: StepRecord) -> String {
  let titles = step.explanations.map(\.mistake.title)
  return step.verdict.split(separator: "\n").map { line in
    let isMistake = titles.contains { line.contains("when \($0).") || line.contains(" \($0). ") }
    let kind = isMistake ? " class=\"mistake\"" : line.hasPrefix("  ") ? " class=\"detail\"" : ""
    return "<p\(kind)>\(ReportText.markup(line.trimmingCharacters(in: .whitespaces)))</p>\n"
  }.joined()
}
