import Curriculum
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import Classroom

/// What a student may have named and printed to make a report say something else.
let hostile =
  "\u{1b}]0;title\u{7}\u{1b}[31mred\u{9b}32m</pre><script>alert(1)</script>]]>&amp;\"'\u{202e}txt\u{0}\u{1}\u{fffe}\u{7f}\r\n=1+1 [[ATTACHMENT|/etc/passwd]]"

extension RecordTests {
  /// A record in which every text that can come from a student is hostile, and every state occurs.
  static func hostileRecord() -> StudentRecord {
    let states: [StepState] = [.passed, .wrong, .crashed, .timedOut, .notAttempted, .doesNotCompile, .refused]
    var record = record("ada", states).marked(by: Marking())
    for k in record.lessons[0].steps.indices { record.lessons[0].steps[k].printed = hostile }
    record.lessons[0].steps[1].text = "σ is \(hostile)\nYour code printed:\n  | \(hostile)\nRead docs/x.md"
    record.lessons[0].steps[1].explanations = [
      ExplanationRecord(
        quantities: nil, mistake: MistakeRecord(id: "Slip", step: "3.2", title: "a < b", explanation: "Because."))
    ]
    record.lessons[0].steps[2].cpuSeconds = 0.25
    record.lessons[0].remarks = [hostile]
    record.submission.files = [FileRecord(lesson: 3, path: hostile, digest: "x", bytes: 1, isUntouched: false)]
    record.submission.remarks = [hostile]
    record.penalty = PenaltyRecord(share: 0.5, reason: "2 days late")
    return record
  }
}

struct ReportFormatTests {
  let record = RecordTests.hostileRecord()

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `text loses what fools terminals, parsers and eyes, and nothing else`() {
    #expect(ReportText.plain(hostile).hasPrefix("red</pre><script>"))
    #expect(ReportText.plain(hostile).hasSuffix("txt\n=1+1 [[ATTACHMENT|/etc/passwd]]"))
    #expect(ReportText.plain("σ(z) é 漢字 🎓\ta\nb\r\nc\rd") == "σ(z) é 漢字 🎓\ta\nb\nc\nd")
    // An unfinished sequence does not swallow the lines below it.
    #expect(ReportText.plain("a\u{1b}]0;never closed\nb\u{1b}[") == "a\nb")
    #expect(ReportText.plain("\u{1b}cA\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\") == "Alink")
    #expect(ReportText.line(" a \n\t b ") == "a b")
    #expect(ReportText.markup("<a href=\"'&\">") == "&lt;a href=&quot;&#39;&amp;&quot;&gt;")
    #expect(ReportText.pathPart("a/b ü%?#") == "a%2Fb%20%C3%BC%25%3F%23")
    #expect(
      [0, 7.5, 1.005, 0.25, 12, -0.5, .nan].map(ReportText.number) == ["0", "7.5", "1", "0.25", "12", "-0.5", "0"])
  }

  @Test func `cells that a spreadsheet would calculate are text`() {
    for formula in ["=1", "+1", "-1", "@x", " =1", "\t=1", "\n=1", "＝1"] {
      #expect(ReportText.cell(formula).hasPrefix("\"'"), "\(formula.debugDescription)")
    }
    #expect(ReportText.cell("a \"b\", c") == "\"a \"\"b\"\", c\"")
    #expect(ReportText.cell("7.5") == "\"7.5\"")
  }

  @Test func `Gradescope's results hide nothing and add up`() throws {
    let results = try object(gradescopeReport(record))
    #expect(results["score"] as? Double == record.earned && record.earned == 0.75)
    #expect(results["visibility"] as? String == "visible" && results["stdout_visibility"] as? String == "hidden")
    #expect(results["execution_time"] as? Double == 1)
    let formats: Set = ["text", "html", "simple_format", "md", "ansi"]
    #expect(formats.contains(try #require(results["output_format"] as? String)))
    let tests = try #require(results["tests"] as? [[String: Any]])
    #expect(tests.count == record.steps.count)
    for (test, step) in zip(tests, record.steps) {
      #expect(test["score"] as? Double == step.earned && test["max_score"] as? Double == step.possible)
      #expect(test["status"] as? String == (step.state == .passed ? "passed" : "failed"))
      #expect(test["number"] as? String == step.id && test["visibility"] as? String == "visible")
      #expect(test["output_format"] as? String == "text" && test["tags"] as? [String] == ["lesson 3"])
      #expect((test["extra_data"] as? [String: Any])?["state"] as? String == step.state.rawValue)
      let output = try #require(test["output"] as? String)
      #expect(!output.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\t" })
    }
    let known: Set = [
      "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
      "stdout_visibility", "extra_data", "tests", "leaderboard",
    ]
    #expect(Set(results.keys).isSubset(of: known))
  }

  @Test func `JUnit's XML is well formed, and tells the states apart`() throws {
    let reader = JUnitReader()
    let parser = XMLParser(data: Data(try junitReport(record).utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.outcomes == ["passed", "failure", "error", "error", "skipped", "error", "error"])
    let root = try #require(reader.attributes["testsuites"]?.first)
    #expect(root["tests"] == "7" && root["failures"] == "1" && root["errors"] == "4" && root["skipped"] == "1")
    #expect(root["timestamp"] == "1970-01-01T00:00:00")
    let cases = try #require(reader.attributes["testcase"])
    #expect(Set(cases.compactMap { $0["name"] }).count == 7 && cases[2]["time"] == "0.25")
    #expect(reader.attributes["failure"]?.first?["type"] == "Slip")
    let points = (reader.attributes["property"] ?? []).filter { $0["name"] == "points" }.compactMap { $0["value"] }
    #expect(points == record.steps.map { ReportText.number($0.earned) })
    #expect(reader.text.contains("<script>alert(1)</script>]]>") && !reader.text.contains("[[ATTACHMENT"))
  }

  @Test func `Classroom 50's result is whole numbers, and of whom the runner says`() throws {
    let environment = [
      "CLASSROOM": "cs", "ASSIGNMENT": "gradus", "OWNER": "ada",
      "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
      "COMMIT_URL": "https://x/commit", "RELEASE_URL": "https://x/release", "REVIEW_URL": "",
    ]
    let result = try object(try #require(try classroom50Report(record, environment: environment)))
    #expect(
      Set(result.keys) == [
        "schema", "classroom", "assignment", "owner", "assignment_type", "submission", "commit", "release", "review",
        "datetime", "graded_at", "score", "max-score", "tests",
      ])
    #expect(result["schema"] as? String == "classroom50/result/v1" && result["owner"] as? String == "ada")
    #expect(result["assignment_type"] as? String == "individual" && result["review"] as? String == "https://x/commit")
    for key in ["datetime", "graded_at"] {
      #expect(
        try #require(result[key] as? String).wholeMatch(of: /\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ/) != nil)
    }
    let text = try #require(try classroom50Report(record, environment: environment))
    #expect(text.contains("\"score\" : 75,") && text.contains("\"max-score\" : "))
    let tests = try #require(result["tests"] as? [[String: Any]])
    for (test, step) in zip(tests, record.steps) {
      let score = try #require(test["score"] as? Int), most = try #require(test["max-score"] as? Int)
      #expect(score == Int(step.earned * 100) && (0...most).contains(score))
      #expect(test["passed"] as? Bool == (step.state == .passed) && !(test["test-name"] as! String).isEmpty)
    }
    for key in environment.keys where key != "REVIEW_URL" {
      var poorer = environment
      poorer[key] = nil
      #expect(try classroom50Report(record, environment: poorer) == nil, "\(key)")
    }
  }

  @Test func `PrairieLearn's result is a share, with points on every test`() throws {
    let result = try object(prairieLearnReport(record))
    #expect(result["gradable"] as? Bool == true)
    let share = try #require(result["score"] as? Double)
    #expect(share == record.earned / record.possible && (0...1).contains(share))
    let tests = try #require(result["tests"] as? [[String: Any]])
    #expect(
      tests.count == 7
        && tests.allSatisfy { $0["points"] is Double && $0["max_points"] is Double && $0["name"] is String })
  }

  @Test func `CodeGrade's lines are its unit tests and its points`() throws {
    let lines = try codeGradeReport(record).split(separator: "\n").map { try object(String($0)) }
    #expect(lines.compactMap { $0["tag"] as? String } == ["unit-test", "points"])
    #expect(lines[1]["points"] as? String == "75/\(Int(record.possible * 100))")
    let suites = try #require(lines[0]["results"] as? [[String: Any]])
    let cases = try #require(suites.first?["testCases"] as? [[String: Any]])
    #expect(
      cases.compactMap { $0["status"] as? String } == [
        "success", "failure", "failure", "failure", "skipped", "failure", "failure",
      ])
    #expect(cases.compactMap { $0["weight"] as? String }.prefix(2) == ["100/100", "200/100"])
  }

  @Test func `TAP has its version, its plan, and a point for each step`() throws {
    let lines = try tapReport(record).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "TAP version 14" && lines[1] == "1..7" && lines.last == "")
    let points = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    #expect(points.count == 7 && points[0] == "ok 1 - 3.1 The sigmoid" && points[4].hasSuffix(" # TODO not attempted"))
    for (k, point) in points.enumerated() { #expect(point.contains("ok \(k + 1) - ")) }
    // All else is indented: nothing that is printed can look like a test point.
    let others = lines.dropFirst(2).dropLast().filter { !points.contains($0) }
    #expect(
      others.allSatisfy { $0.hasPrefix("  ") } && others.count { $0 == "  ---" } == 7
        && others.count { $0 == "  ..." } == 7)
  }

  @Test func `a page has no tag and no script of the student's`() throws {
    for text in [
      try studentPage(record, docs: DocsLinks()), overviewPage(summary(of: [record]), Likeness()),
    ] {
      let page = XMLParser(data: Data(text.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "").wellFormed.utf8))
      #expect(page.parse(), "\(String(describing: page.parserError)) in line \(page.lineNumber)")
      #expect(!text.contains("<script") && !text.contains("\u{1b}") && !text.contains("\u{202e}"))
      for needle in ["http:", "https:", "src=", "url(", "@import"] { #expect(!text.contains(needle), "\(needle)") }
    }
    var seeded = record
    seeded.grading.seeds = [987_654_321]
    #expect(try !studentPage(seeded, docs: DocsLinks()).contains("987654321"))
    #expect(try !plainReport(seeded, docs: DocsLinks()).contains("987654321"))
    let page = try studentPage(record, docs: DocsLinks("https://example.org/{chapter}.html"))
    #expect(page.contains("href=\"https://example.org/03-logistic-regression.html#31-the-sigmoid\""))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("2 days late: 50 % are taken off"))
    #expect(throws: ClassroomError.self) { _ = try DocsLinks("javascript:alert(1)") }
    #expect(
      try plainReport(record, docs: DocsLinks("https://e.org/docs")).contains(
        "https://e.org/docs/03-logistic-regression.md#32"))
  }

  @Test func `a class is summed up: marks, the hardest step, the commonest mistake`() {
    var fine = RecordTests.record("bob", [.passed, .passed]).marked(by: Marking())
    let late = RecordTests.record("eve", [.wrong, .notAttempted]).marked(by: Marking())
    fine.student = "=bob"
    let summary = summary(of: [record, fine, late])
    #expect(summary.histogram.reduce(0, +) == 3 && summary.histogram[9] == 1)
    #expect(summary.hardest.map(\.id) == ["3.3", "3.4", "3.2", "3.1"])
    #expect(summary.steps[1].commonest.map(\.mistake.id) == ["Slip"] && summary.steps[1].tried == 2)
    let table = gradesTable(summary).split(separator: "\r\n")
    #expect(table.count == 4 && table[2].hasPrefix("\"'=bob\",\"3\",\"3\",\"100\""))
    #expect(table[1].hasPrefix("\"ada\",\"0.75\",") && table[1].contains("\"1.5\",\"2 days late\""))
  }

  private func summary(of records: [StudentRecord]) -> ClassSummary {
    var summary = ClassSummary()
    for record in records { summary.add(record) }
    return summary
  }
}

extension String {
  /// HTML of ours as XML: the elements that have no end get one.
  fileprivate var wellFormed: String {
    replacingOccurrences(of: "(<meta [^>]*|<br)>", with: "$1/>", options: .regularExpression)
  }
}

/// Collects what a test needs of a JUnit file.
private final class JUnitReader: NSObject, XMLParserDelegate {
  var attributes: [String: [[String: String]]] = [:]
  var outcomes: [String] = []
  var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    self.attributes[name, default: []].append(attributes)
    if name == "testcase" { outcomes.append("passed") }
    if ["failure", "error", "skipped"].contains(name) { outcomes[outcomes.count - 1] = name }
  }
  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
