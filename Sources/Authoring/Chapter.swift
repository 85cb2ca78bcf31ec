import Curriculum
import Foundation
import Grading

/// A lesson's chapter in `docs/`: its text, its steps' sections and hints, and the parts of it that are generated.
public struct Chapter {
  /// The lesson.
  public let lesson: Lesson
  /// The chapter's text.
  public let text: String

  /// Reads a lesson's chapter.
  /// - Throws: where the file cannot be read.
  public init(_ lesson: Lesson, root: URL) throws {
    self.init(
      lesson, text: try String(contentsOf: root.appendingPathComponent("docs/\(lesson.chapter)"), encoding: .utf8))
  }

  init(_ lesson: Lesson, text: String) {
    self.lesson = lesson
    self.text = text
  }

  private var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The lines of a step's section, from its heading to the next one of the same level; empty where there is none.
  public func section(of step: CatalogueStep) -> [String] {
    let lines = lines
    guard let start = lines.firstIndex(where: { $0 == "## " + step.heading }) else { return [] }
    let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
    return lines[start..<end].map(String.init)
  }

  /// A step's hints in order: the folded parts whose summary begins with "Hint".
  public func hints(for step: CatalogueStep) -> [String] {
    var hints: [String] = []
    var current: [String]?
    for line in section(of: step) {
      if line.hasPrefix("<details><summary>Hint") {
        current = []
      } else if line.hasPrefix("</details>"), let hint = current {
        hints.append(hint.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines))
        current = nil
      } else {
        current?.append(line)
      }
    }
    return hints
  }

  /// The text with its generated parts made anew, and what is missing in it.
  func updated(_ answers: AnyAnswers) throws -> (text: String, complaints: [String]) {
    var complaints: [String] = []
    let path = "docs/\(lesson.chapter)"
    for step in lesson.steps {
      if section(of: step).isEmpty {
        complaints.append("\(path): the heading “## \(step.heading)” is missing")
        continue
      }
      if try answers.workedExample(step.id) == nil {
        complaints.append("Sources/Grading/Steps/\(lesson.folder).swift: there is no Step(\"\(step.id)\", …)")
      }
      let count = hints(for: step).count
      if count < 2 { complaints.append("\(path): step \(step.id) has \(count) of the two hints that it needs") }
      for kind in Block.allCases where !text.contains("<!-- \(kind.rawValue) \(step.id) -->") {
        complaints.append("\(path): “<!-- \(kind.rawValue) \(step.id) -->” is missing")
      }
    }
    var result: [String] = []
    var skipping: String?
    let lines = lines
    for (number, line) in lines.enumerated() {
      if let end = skipping {
        if line == end { skipping = nil } else { continue }
      }
      result.append(String(line))
      for kind in Block.allCases where line.hasPrefix("<!-- \(kind.rawValue) ") && line.hasSuffix(" -->") {
        let id = line.dropFirst(6 + kind.rawValue.count).dropLast(4)
        guard let step = lesson.steps.first(where: { $0.id == id }) else {
          complaints.append("\(path): “\(line)” names no step of this lesson")
          continue
        }
        let end = "<!-- /\(kind.rawValue) -->"
        // Its own end: that of a later block would take what is written in between with it.
        guard lines[(number + 1)...].first(where: Block.isMark) == end[...] else {
          complaints.append("\(path): “\(line)” has no “\(end)”")
          continue
        }
        result.append(contentsOf: try kind.lines(for: step, in: lesson, answers))
        skipping = end
      }
    }
    return (result.joined(separator: "\n"), complaints)
  }
}

/// The generated parts of a step's section, each between `<!-- name 3.1 -->` and `<!-- /name -->`.
private enum Block: String, CaseIterable {
  /// Points, method, lecture, and the way to the reference.
  case step
  /// The worked example's numbers.
  case worked
  /// The mistakes that the grader knows.
  case mistakes

  /// Whether a line begins or ends one of them.
  static func isMark(_ line: Substring) -> Bool {
    allCases.contains { line.hasPrefix("<!-- \($0.rawValue) ") || line == "<!-- /\($0.rawValue) -->" }
  }

  func lines(for step: CatalogueStep, in lesson: Lesson, _ answers: AnyAnswers) throws -> [String] {
    switch self {
    case .step:
      let points = step.points == 1 ? "1 point" : "\(step.points) points"
      return [
        "*\(points) · `\(step.function)` · \(step.source) · [the reference](solutions/\(lesson.chapter)#\(step.anchor))*"
      ]
    case .worked:
      guard let example = try answers.workedExample(step.id) else { return [] }
      /// A stroke within a cell would end it.
      func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
      func rows(_ parts: [(name: String, value: String)]) -> [String] {
        parts.map { "| \(cell($0.name)) | `\(cell($0.value))` |" }
      }
      return ["", "| given | |", "|---|---|"] + rows(example.input) + ["| **result** | |"] + rows(example.output) + [""]
    case .mistakes:
      let mistakes = answers.mistakes.filter { $0.step == step.id }
      guard !mistakes.isEmpty else { return [] }
      return ["", "<details><summary>Usual errors</summary>", ""]
        + mistakes.map { "- *\($0.title):* \($0.explanation)" }
        + ["", "</details>", ""]
    }
  }
}
