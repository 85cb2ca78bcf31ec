import Curriculum
import Foundation

/// A chapter's text for a terminal: formulas in Unicode, paragraphs broken to its width, folded parts left out.
public struct PlainText {
  private let width: Int
  private let bold: (String) -> String
  private var paragraph: [String] = []
  private var result: [String] = []

  /// The text of some lines of a chapter.
  /// - Parameters:
  ///   - lines: the chapter's lines.
  ///   - width: the number of characters that fit on a line.
  ///   - bold: how a heading or an emphasised word is shown.
  public static func of(_ lines: [String], width: Int, bold: @escaping (String) -> String = { $0 }) -> String {
    var text = PlainText(width: width, bold: bold)
    text.read(lines)
    return text.result.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private init(width: Int, bold: @escaping (String) -> String) {
    self.width = width
    self.bold = bold
  }

  private mutating func read(_ lines: [String]) {
    var k = 0
    /// The lines from here to the one with which a block ends, which is passed over too.
    func block(until end: String) -> [String] {
      let start = k
      while k < lines.count && !lines[k].hasPrefix(end) { k += 1 }
      defer { k += 1 }
      return Array(lines[start..<min(k, lines.count)])
    }
    while k < lines.count {
      let line = lines[k]
      k += 1
      if line.hasPrefix("```math") {
        flush()
        let formula = plainMath(block(until: "```").joined(separator: "\n"))
        add(formula.split(separator: "\n").map { "    " + $0 } + [""])
      } else if line.hasPrefix("```") {
        flush()
        add(block(until: "```").map { "    " + $0 } + [""])
      } else if line.hasPrefix("<details>") {
        flush()
        _ = block(until: "</details>")
      } else if line.hasPrefix("<!--") {
        continue
      } else if line.hasPrefix("|") {
        flush()
        k -= 1
        var rows: [String] = []
        while k < lines.count, lines[k].hasPrefix("|") {
          rows.append(lines[k])
          k += 1
        }
        add(table(rows) + [""])
      } else if line.hasPrefix("#") {
        flush()
        add([bold(inline(line.drop { $0 == "#" || $0 == " " }.description)), ""])
      } else if line.isEmpty {
        flush()
      } else if line.hasPrefix("- ") || line.prefixMatch(of: #/\d+\. /#) != nil {
        flush(closing: false)
        paragraph = [line]
      } else {
        paragraph.append(line.trimmingCharacters(in: .whitespaces))
      }
    }
    flush()
  }

  private mutating func add(_ lines: [String]) {
    for line in lines where !(line.isEmpty && result.last?.isEmpty != false) { result.append(line) }
  }

  /// Writes what has been gathered of a paragraph.
  private mutating func flush(closing: Bool = true) {
    if !paragraph.isEmpty {
      let isItem = paragraph[0].hasPrefix("- ")
      var text = inline(paragraph.joined(separator: " "))
      if isItem { text = "• " + text.dropFirst(2) }
      let isNumbered = paragraph[0].prefixMatch(of: #/\d+\. /#) != nil
      add(wrapped(text, indent: isItem ? "  " : isNumbered ? "   " : ""))
      paragraph = []
    }
    if closing { add([""]) }
  }

  private func wrapped(_ text: String, indent: String) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      if !lines[lines.count - 1].isEmpty && lines[lines.count - 1].count + 1 + word.count > width {
        lines.append(indent + word)
      } else {
        lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
      }
    }
    return lines
  }

  /// A table with its columns under each other; the row of dashes is left out.
  private func table(_ rows: [String]) -> [String] {
    let cells = rows.filter { !$0.allSatisfy { "|-: ".contains($0) } }.map { row in
      // \| is a stroke within a cell: ∣ holds its place while the row is cut.
      row.replacing("\\|", with: "∣").split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map
      {
        // Between columns the signs that set code apart are only in the way.
        inline($0.trimmingCharacters(in: .whitespaces)).replacing("`", with: "").replacing("∣", with: "|")
      }
    }
    let columns = cells.map(\.count).max() ?? 0
    let widths = (0..<columns).map { j in cells.map { $0.count > j ? $0[j].count : 0 }.max() ?? 0 }
    return cells.map { row in
      let line = row.enumerated().map { j, cell in
        j == row.count - 1 ? cell : cell + String(repeating: " ", count: max(0, widths[j] - cell.count))
      }
      return "  " + line.joined(separator: "  ")
    }
  }

  /// Formulas, links, pictures and emphasis within a line.
  private func inline(_ text: String) -> String {
    var text = text
    text = replacing(text, "!\\[([^\\]]*)\\]\\([^)]*\\)") { "(Figure: \($0))" }
    text = replacing(text, "\\[([^\\]]*)\\]\\([^)]*\\)") { $0 }
    text = replacing(text, "\\$`?([^$]+?)`?\\$") { plainMath($0).replacing("\n", with: " ") }
    text = replacing(text, "\\*\\*([^*]+)\\*\\*") { bold($0) }
    text = replacing(text, "(?<![\\w*])\\*([^*]+)\\*(?![\\w*])") { $0 }
    return text
  }

  private func replacing(_ text: String, _ pattern: String, _ change: (String) -> String) -> String {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return text }
    var result = text
    for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).reversed() {
      guard let whole = Range(match.range, in: text), let inner = Range(match.range(at: 1), in: text) else { continue }
      result.replaceSubrange(
        Range(uncheckedBounds: (whole.lowerBound, whole.upperBound)), with: change(String(text[inner])))
    }
    return result
  }
}
