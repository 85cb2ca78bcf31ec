import Foundation

/// The words after `gradus`, read one after the other.
struct Arguments {
  private var words: [String]
  init(_ words: [String]) { self.words = words }

  /// Takes a flag such as `--check` out, and says whether it was there.
  mutating func flag(_ name: String) -> Bool {
    guard let k = words.firstIndex(of: name) else { return false }
    words.remove(at: k)
    return true
  }

  /// Takes an option with its value out: `--seed 7` or `--seed=7`.
  mutating func option(_ name: String) throws -> String? {
    if let k = words.firstIndex(where: { $0.hasPrefix(name + "=") }) {
      return String(words.remove(at: k).dropFirst(name.count + 1))
    }
    guard let k = words.firstIndex(of: name) else { return nil }
    guard k + 1 < words.count, !words[k + 1].hasPrefix("--") else { throw UsageError("\(name) needs a value") }
    words.remove(at: k)
    return words.remove(at: k)
  }

  /// The words that are left, none of which may be an option.
  func rest() throws -> [String] {
    if let unknown = words.first(where: { $0.hasPrefix("-") && $0 != "-" }) {
      throw UsageError("there is no option \(unknown) here")
    }
    return words
  }
}

/// The command was not called as it must be.
struct UsageError: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

/// Exit codes, the same for every command.
enum Exit {
  /// All is well.
  static let success: Int32 = 0
  /// Something is not right: a step of the ones asked for has not passed, a gate does not hold.
  static let failure: Int32 = 1
  /// The command was not called as it must be.
  static let usage: Int32 = 64
  /// The kit itself cannot do its work here.
  static let trouble: Int32 = 70
}

/// The terminal that is written to.
enum Terminal {
  static let isInteractive = isatty(1) != 0
  /// Colour only on a terminal, and never where NO_COLOR is set (no-color.org).
  static let colors =
    isInteractive && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  static var width: Int {
    var size = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 { return min(Int(size.ws_col), 120) }
    return 80
  }

  enum Style: String { case bold = "1", dim = "2", red = "31", green = "32", yellow = "33", cyan = "36" }
  static func styled(_ text: String, _ styles: Style...) -> String {
    colors ? "\u{1b}[" + styles.map(\.rawValue).joined(separator: ";") + "m" + text + "\u{1b}[0m" : text
  }
}

/// Writes a line to the standard error stream.
func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
