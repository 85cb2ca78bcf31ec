import Curriculum
import Foundation

/// The class on one page: how the marks are spread, where it fails and by which mistake, which solutions are unusually alike, and a
/// table of the students with links to their reports.
func overviewPage(_ summary: ClassSummary, _ likeness: Likeness) -> String {
  let x = ReportText.markup
  let rows = summary.rows
  let shares = rows.filter { $0.possible > 0 }.map { $0.earned / $0.possible * 100 }.sorted()
  func percent(_ share: Double?) -> String { share.map { ReportText.number(($0 * 10).rounded() / 10) + " %" } ?? "–" }
  let mean = shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
  let middle = shares.count / 2
  let median = shares.isEmpty ? nil : shares.count % 2 == 1 ? shares[middle] : (shares[middle - 1] + shares[middle]) / 2

  var body = "<h1>The class</h1>\n<ul class=\"tiles\">"
  for (value, label) in [
    ("\(rows.count)", "students"), (percent(mean), "mean"), (percent(median), "median"),
    (ReportText.number(rows.map(\.possible).max() ?? 0), "points to earn"),
    (rows.map(\.sandbox).min()?.rawValue ?? "–", "sandbox, at least"),
  ] { body += "<li><b>\(x(value))</b><span>\(label)</span></li>" }
  body += "</ul>\n"
  if Set(rows.map(\.terms)).count > 1 {
    body += HTMLPage.notes([
      "Not all were graded with the same kit, toolchain and seeds: their marks are not comparable. Run gradus grade again."
    ])
  }
  body += histogram(summary.histogram)
  body += hardest(summary)
  body += alike(likeness)
  body += students(rows)
  body +=
    "<footer><p>All marks stand in <a href=\"grades.csv\">grades.csv</a>. Each student's folder holds the record "
    + "from which all this was made.</p></footer>\n"
  return HTMLPage.document(title: "The class", body: body)
}

private func histogram(_ bins: [Int]) -> String {
  let highest = max(1, bins.max() ?? 1)
  var text = "<h2>Marks</h2>\n<div class=\"histogram\" role=\"img\" aria-label=\"Students by share of the points\">"
  for count in bins {
    let height = ReportText.number(Double(count) / Double(highest) * 9)
    text += "<div>\(count == 0 ? "" : "\(count)")<i style=\"height:\(height)rem\"></i></div>"
  }
  text += "</div>\n<div class=\"scale\">"
  for k in bins.indices { text += "<div>\(k * 10)–\(k * 10 + 10)</div>" }
  return text + "</div>\n<p class=\"quiet\">Students by their share of the points, in percent.</p>\n"
}

private func hardest(_ summary: ClassSummary) -> String {
  let steps = summary.hardest.prefix(20)
  var text = "<h2>Where it fails</h2>\n"
  guard !steps.isEmpty else { return text + "<p>No step that was tried has failed.</p>\n" }
  text +=
    "<div class=\"scroll\"><table>\n<tr><th>Step</th><th class=\"n\">Not right</th>"
    + "<th class=\"n wide\">Not attempted</th><th>By which mistake</th></tr>\n"
  for step in steps {
    let mistakes = step.commonest.prefix(3).map { entry -> String in
      let place = entry.mistake.step == step.id ? "" : "in step \(entry.mistake.step) "
      return "\(entry.count) × \(place)\(entry.mistake.title)"
    }
    let rest = [StepState.crashed, .timedOut].compactMap { state in
      step.states[state].map { "\($0) × \(state.words)" }
    }
    let causes = (mistakes + rest).map(ReportText.markup).joined(separator: "<br>")
    text +=
      "<tr><td>\(ReportText.markup(step.id + " " + step.title))</td>"
      + "<td class=\"n\">\(step.failed) of \(step.tried)</td>"
      + "<td class=\"n wide\">\(step.states[.notAttempted] ?? 0)</td>"
      + "<td>\(causes.isEmpty ? "<span class=\"quiet\">none that is known</span>" : causes)</td></tr>\n"
  }
  return text
    + "</table></div>\n<p class=\"quiet\">Of those whose code could be run; the steps at which the greatest share "
    + "of them is not right stand first.</p>\n"
}

private func alike(_ likeness: Likeness) -> String {
  let x = ReportText.markup
  var text = "<h2>Unusually alike</h2>\n"
  if likeness.findings.isEmpty {
    text += "<p>Nothing stands out.</p>\n"
  } else {
    text += "<p>Something to look at, and no verdict: read both files before you think about it.</p>\n"
    text += "<div class=\"scroll\"><table>\n<tr><th>Who</th><th>Lesson</th><th>What</th></tr>\n"
    let findings = likeness.findings
    for finding in findings.prefix(50) {
      var who = finding.students.map {
        "<a href=\"\(ReportText.pathPart($0))/report.html\">\(x(ReportText.line($0)))</a>"
      }
      if finding.withReference { who.append("the reference") }
      text +=
        "<tr><td>\(who.joined(separator: ", "))</td><td>\(finding.lesson) \(x(finding.title))</td>"
        + "<td>\(x(finding.words))</td></tr>\n"
    }
    text += "</table></div>\n"
    let rest = findings.count > 50 ? "The first 50 of \(findings.count). " : ""
    text += "<p class=\"quiet\">\(rest)All of them stand in <a href=\"similarity.csv\">similarity.csv</a>.</p>\n"
  }
  text += "<details><summary>How this is found</summary><p>\(x(Likeness.rule))</p></details>\n"
  return text
}

private func students(_ rows: [ClassSummary.Row]) -> String {
  let x = ReportText.markup
  var text =
    "<h2>Students</h2>\n<div class=\"scroll\"><table>\n<tr><th>Student</th><th class=\"n\">Points</th>"
    + "<th class=\"wide\"></th><th class=\"n\">Right</th><th class=\"n\">Not right</th><th class=\"n wide\">Not attempted</th>"
    + "<th>Remarks</th></tr>\n"
  for row in rows {
    let passed = row.states[.passed] ?? 0
    let open = row.states[.notAttempted] ?? 0
    let total = row.states.values.reduce(0, +)
    let share = row.possible > 0 ? row.earned / row.possible : 0
    var remarks = row.remarks
    if let penalty = row.penalty { remarks.insert(ReportText.line(penalty.reason), at: 0) }
    if let build = row.states[.doesNotCompile] { remarks.append("\(ReportText.count(build, "step")) not compiled.") }
    text +=
      "<tr><td><a href=\"\(ReportText.pathPart(row.student))/report.html\">\(x(ReportText.line(row.student)))</a></td>"
      + "<td class=\"n\">\(ReportText.number(row.earned))</td>"
      + "<td class=\"wide\">\(HTMLPage.bar(share, "\(ReportText.number(share * 100)) %"))</td>"
      + "<td class=\"n\">\(passed)</td><td class=\"n\">\(total - passed - open)</td><td class=\"n wide\">\(open)</td>"
      + "<td class=\"quiet\">\(remarks.map(x).joined(separator: "<br>"))</td></tr>\n"
  }
  return text + "</table></div>\n"
}

/// `similarity.csv`: a line for each finding; every cell in quotes.
func similarityTable(_ likeness: Likeness) -> String {
  let rows = likeness.findings.map { finding in
    [
      "\(finding.lesson)", finding.title,
      (finding.students.map(ReportText.line) + (finding.withReference ? ["(the reference)"] : [])).joined(
        separator: "; "),
      finding.words,
    ]
  }
  return ([["lesson", "title", "who", "what"]] + rows).map { $0.map(ReportText.cell).joined(separator: ",") + "\r\n" }
    .joined()
}
