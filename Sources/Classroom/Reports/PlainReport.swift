import Curriculum
import Foundation

/// A student's report as plain text of at most 100 columns where its own words allow it; safe in a terminal and in a mail.
func plainReport(_ record: StudentRecord, docs: DocsLinks) throws -> String {
  var lines: [String] = []
  lines.append(
    "\(ReportText.line(record.student)): \(ReportText.number(record.earned)) of \(ReportText.number(record.possible)) points"
  )
  lines.append(String(repeating: "=", count: min(lines[0].count, 100)))
  lines += record.notes
  for lesson in record.lessons {
    lines.append("")
    lines.append(
      "\(lesson.number) \(lesson.title): \(ReportText.number(lesson.earned)) of \(ReportText.number(lesson.possible))")
    if let state = lesson.wholeState {
      // Every step says the same.
      lines.append("  \(state.words)")
      lines += indented(ReportText.plain(lesson.steps[0].verdict), by: 4)
      continue
    }
    for step in lesson.steps {
      let mark = step.state == .passed ? "✔" : step.state == .notAttempted ? "·" : "✘"
      let points = "\(ReportText.number(step.earned))/\(ReportText.number(step.possible))"
      let title = "  \(mark) \(step.heading)"
      lines.append(
        title + String(repeating: " ", count: max(2, 66 - title.count)) + points
          + (step.state == .passed ? "" : "  \(step.state.words)"))
      guard step.state != .passed || !step.printed.isEmpty else { continue }
      lines += indented(step.message(), by: 6)
      if step.state != .passed { lines.append("      Read \(docs.place(lesson, step))") }
    }
  }
  lines += ["", record.provenance, ""]
  return lines.joined(separator: "\n")
}

private func indented(_ text: String, by columns: Int) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0.isEmpty ? "" : String(repeating: " ", count: columns) + $0 }
}

extension LessonRecord {
  /// The state that all of its steps have because its file was not run.
  var wholeState: StepState? {
    switch build {
    case .compiled: nil
    case .missing, .untouched: .notAttempted
    case .doesNotCompile: .doesNotCompile
    case .refused: .refused
    }
  }
}

extension StudentRecord {
  /// By what it was graded, in a line. Not the seeds: whoever hands in again could prepare for them.
  var provenance: String {
    let kit = grading.kit.commit.map { String($0.prefix(12)) } ?? String(grading.kit.digest.prefix(12))
    return "Graded \(ReportText.moment(grading.finished)) by kit \(kit), \(ReportText.line(grading.kit.toolchain)), "
      + "\(grading.kit.platform); sandbox: \(grading.sandbox.rawValue)."
  }
}

/// Where the chapters can be read.
public struct DocsLinks: Sendable {
  private let base: String?

  /// - Parameter base: the address of the folder of chapters, to which `03-logistic-regression.md` is added; or an address with
  ///   `{chapter}` in it, in whose place `03-logistic-regression` is put. Nil where reports are to name the path in the kit alone.
  /// - Throws: where it is no address of the web.
  public init(_ base: String? = nil) throws {
    if let base, !base.hasPrefix("https://"), !base.hasPrefix("http://") {
      throw ClassroomError("“\(base)” is no address of the web: --docs takes one that begins with https://")
    }
    self.base = base
  }

  /// The address of a step's section; nil where there is none.
  func address(_ lesson: LessonRecord, anchor: String) -> String? {
    guard let base, let file = lesson.chapter.split(separator: "/").last else { return nil }
    let name = file.hasSuffix(".md") ? String(file.dropLast(3)) : String(file)
    let page =
      base.contains("{chapter}")
      ? base.replacingOccurrences(of: "{chapter}", with: name)
      : (base.hasSuffix("/") ? base : base + "/") + name + ".md"
    return page + "#" + anchor
  }

  /// Where a step's section stands, in words: its address, or else its path in the kit.
  func place(_ lesson: LessonRecord, _ step: StepRecord) -> String {
    address(lesson, anchor: step.anchor) ?? lesson.chapter + "#" + step.anchor
  }
}
