import Foundation

/// Text for reports. Whatever a student wrote or printed goes through here before it reaches a page, a table or a terminal.
enum ReportText {
  /// Text without what a terminal, a parser or the eye could be fooled by: no escape sequences, no control characters but line
  /// feeds and tabs, none that turn the direction of writing, and nothing that XML 1.0 forbids. Ends of lines become line feeds.
  static func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar.value {
      case 0x0D:
        if rest.first != "\n" { result.append("\n") }
      case 0x09, 0x0A: result.append(scalar)
      case 0x1B, 0x9B, 0x90, 0x9D: skipSequence(after: scalar, in: &rest)
      case 0..<0x20, 0x7F...0x9F: continue
      // Marks that turn the direction of writing: code could look like other code (CVE-2021-42574).
      case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
      case 0xFFFE, 0xFFFF, 0xFEFF: continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A terminal's control sequence (ECMA-48), as far as it goes on this line.
  private static func skipSequence(after start: Unicode.Scalar, in rest: inout Substring.UnicodeScalarView) {
    var kind = start.value
    if kind == 0x1B {
      switch rest.first?.value {
      case 0x5B: kind = 0x9B
      case 0x5D, 0x50, 0x58, 0x5E, 0x5F: kind = 0x9D
      case .some(0x20...0x7E): kind = 0
      default: return
      }
      rest.removeFirst()
    }
    switch kind {
    case 0x9B:
      while let value = rest.first?.value, (0x20...0x3F).contains(value) { rest.removeFirst() }
      if let value = rest.first?.value, (0x40...0x7E).contains(value) { rest.removeFirst() }
    case 0x90, 0x9D:
      while let value = rest.first?.value, value != 0x0A, value != 0x0D {
        rest.removeFirst()
        if value == 0x07 || value == 0x9C { return }
        if value == 0x1B {
          if rest.first == "\\" { rest.removeFirst() }
          return
        }
      }
    default: break
    }
  }

  /// Plain text on one line.
  static func line(_ text: String) -> String {
    plain(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Plain text as it may stand in HTML and XML, between tags and in quoted attributes.
  static func markup(_ text: String) -> String {
    var result = ""
    for scalar in plain(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A part of a path as it may stand in a link: everything but letters, digits and a few signs is percent-encoded.
  static func pathPart(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
      return isPlain || "-._~".utf8.contains(byte)
        ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  /// A cell of a CSV file in quotes. What a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets
  /// show as text.
  static func cell(_ text: String) -> String {
    let text = plain(text)
    let first = text.unicodeScalars.first { $0 != " " }
    let isFormula = first.map { "=+-@\t\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    return "\"" + (isFormula ? "'" : "") + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// Points to the hundredth, without zeros at the end: 7.5. The same in every language, and never in the exponent's form.
  static func number(_ x: Double) -> String {
    guard x.isFinite else { return "0" }
    let hundredths = Int((x * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let digits = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return (hundredths < 0 ? "-" : "") + "\(whole)" + digits
  }

  /// A count with its noun: "1 student", "2 students".
  static func count(_ n: Int, _ noun: String) -> String { "\(n) \(noun)\(n == 1 ? "" : "s")" }

  /// A moment in UTC, as ISO 8601 without fractions of a second.
  static func moment(_ date: Date) -> String { date.formatted(.iso8601) }

  /// JSON with its keys in alphabetical order: the same object gives the same bytes.
  static func json(_ object: Any, isOnOneLine: Bool = false) throws -> String {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    let data = try JSONSerialization.data(
      withJSONObject: object, options: isOnOneLine ? options : options.union(.prettyPrinted))
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

extension StepRecord {
  /// "3.6 Cost and gradients with loops".
  var heading: String { id + " " + title }

  /// The verdict without what the student's code printed and without the line that says where to read: some lines of text, not
  /// escaped.
  var verdict: String {
    var text = text
    if !printed.isEmpty, let range = text.range(of: "(^|\n)Your code printed:\n", options: .regularExpression) {
      text = String(text[..<range.lowerBound])
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("Read docs/") }
      .joined(separator: "\n")
  }

  /// Verdict and what was printed, plain and capped: the text of one test in the formats of other tools.
  func message(limit: Int = 6000) -> String {
    var text = state == .passed && verdict.isEmpty ? "" : verdict
    if !printed.isEmpty {
      text +=
        (text.isEmpty ? "" : "\n") + "Your code printed:\n"
        + ReportText.plain(printed).trimmingCharacters(in: .newlines).split(
          separator: "\n", omittingEmptySubsequences: false
        )
        .map { "  | " + $0 }.joined(separator: "\n")
    }
    let plain = ReportText.plain(text)
    return plain.count <= limit ? plain : plain.prefix(limit) + "\n… (cut off)"
  }

  /// What became of it in one line: "wrong: 1/m is left out of db".
  var summary: String {
    switch (state, mistake) {
    case (.passed, _): "passed"
    case (let state, let mistake?): "\(state.words): \(mistake.title)"
    case (let state, nil):
      verdict.split(separator: "\n").first.map { "\(state.words): \(ReportText.line(String($0)))" } ?? state.words
    }
  }
}

extension StudentRecord {
  /// What holds for the whole submission, a sentence each: remarks, what is taken off.
  var notes: [String] {
    var notes = submission.remarks.map(ReportText.line)
    for lesson in lessons { notes += lesson.remarks.map { "Lesson \(lesson.number): " + ReportText.line($0) } }
    if let penalty {
      let lost = ReportText.number(rounded(earnedBeforePenalty - earned))
      notes.append(
        "\(ReportText.line(penalty.reason).capitalizedFirst): \(ReportText.number(penalty.share * 100)) % are taken off, "
          + "\(lost) of \(ReportText.number(earnedBeforePenalty)) points.")
    }
    return notes
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
