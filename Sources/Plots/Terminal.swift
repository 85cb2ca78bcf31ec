// What all drawings for a terminal share: characters, colours, widths.

/// The characters that a drawing for a terminal is made of.
public enum TerminalStyle: Sendable {
  /// Braille dots, blocks and lines.
  case unicode
  /// Only what a typewriter has, for terminals and files that know nothing else.
  case ascii
}

/// How many columns `text` takes in a terminal: two for wide characters and emoji, one for all others.
func terminalWidth(_ text: String) -> Int {
  text.reduce(0) { sum, character in
    let first = character.unicodeScalars.first!
    let isWide =
      (0x1100...0x115F).contains(first.value) || (0x2E80...0xA4CF).contains(first.value)
      || (0xAC00...0xD7A3).contains(first.value) || (0xF900...0xFAFF).contains(first.value)
      || (0xFF00...0xFF60).contains(first.value) || (0x1F300...0x1FAFF).contains(first.value)
      || first.properties.isEmojiPresentation
    return sum + (isWide ? 2 : 1)
  }
}

extension String {
  /// The text with spaces before it, so that it takes at least `width` columns.
  func padded(before width: Int) -> String { String(repeating: " ", count: max(0, width - terminalWidth(self))) + self }
  /// The text with spaces after it, so that it takes at least `width` columns.
  func padded(after width: Int) -> String { self + String(repeating: " ", count: max(0, width - terminalWidth(self))) }
  /// The text without spaces at its end.
  var trimmed: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}

extension TerminalStyle {
  /// What axes are made of: a tick on the left one, its line, the corner, the lower one, a tick on it.
  var axis: (tick: String, line: String, corner: String, base: String, mark: String) {
    switch self {
    case .unicode: ("┤", "│", "└", "─", "┬")
    case .ascii: ("+", "|", "+", "-", "+")
    }
  }

  /// A number's text in this style: "2.5×10⁻⁷" is "2.5e-7" in ASCII.
  func number(_ text: String) -> String {
    guard self == .ascii else { return text }
    let digits: [Character: Character] = [
      "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-",
      "−": "-",
    ]
    var mantissa = "", exponent = ""
    for character in text {
      if digits[character] != nil, character != "−" {
        exponent.append(digits[character]!)
      } else if character == "∞" {
        mantissa += "inf"
      } else {
        mantissa.append(digits[character] ?? character)
      }
    }
    guard !exponent.isEmpty else { return mantissa }
    if mantissa.hasSuffix("×10") { return mantissa.dropLast(3) + "e" + exponent }
    return "1e" + exponent
  }
}

extension Ink {
  /// `text` in this colour, by the codes of terminals with 256 colours.
  func coloring(_ text: String) -> String {
    let code: Int? =
      switch self {
      case .blue: 33
      case .vermilion: 202
      case .green: 36
      case .purple: 170
      case .amber: 178
      case .sky: 81
      case .muted, .faint: 245
      case .text, .page: nil
      }
    return text.isEmpty ? "" : code.map { "\u{1B}[38;5;\($0)m\(text)\u{1B}[0m" } ?? text
  }
}
