import Foundation

/// A student's file as it is compiled when a class is graded: everything that reaches past numbers is taken out of its sight.
///
/// What is not allowed is not looked for and judged here. It is *respelled*: each foreign name's letters are changed wherever
/// they stand, in code, comments and strings alike, so that the name means nothing any more. A student's own names are changed in
/// the same way everywhere, and mean what they did. Whether a respelled word is code is then the compiler's to say: in a comment
/// it changes nothing, and in code it names something that is not there, which is reported as a breach with its line. So no
/// reading of Swift stands in here that could be fooled by nested comments, raw strings or the like, and honest code that only
/// looks alike (`unsafeStep`, `_helper`, an e-mail address in a comment) is graded as if nothing had been.
///
/// The names: `_…` (the standard library's inside), anything with `unsafe`, attributes and `#` words other than a few, `import`
/// of any other module than the kit's, and the module that observes.
struct ExerciseText {
  /// The text that is compiled; its lines are the student's.
  let compiled: String
  /// What was respelled, in order.
  let changes: [Change]
  /// What is worth telling the student, a sentence each.
  let remarks: [String]

  /// A place that was respelled.
  struct Change: Equatable {
    /// Line and column of the respelled word in the compiled text, both counted from 1, the column in bytes as the compiler does.
    let line: Int, column: Int
    /// The word as the student wrote it, and as it is compiled.
    let word: String, respelled: String
    let kind: Kind
  }

  /// Why something is not allowed.
  enum Kind: Equatable {
    case underscore, unsafe, attribute, directive, module, observer

    func what(_ word: String) -> String {
      switch self {
      case .underscore: "“\(word)”, a name from the inside of a library (it begins with an underscore)"
      case .unsafe: "“\(word)”, which reaches memory directly"
      case .attribute: "the attribute \(word)"
      case .directive: "\(word)"
      case .module: "an import of another module than Curriculum"
      case .observer: "the name “\(word)”, which belongs to the grader"
      }
    }

    var remedy: String {
      switch self {
      case .underscore:
        "Use what the library offers under a name without an underscore; your own names may begin with one."
      case .unsafe: "Use arrays and matrices; a value that is not to change is declared with let."
      case .attribute: "Remove it: no step needs it."
      case .directive: "Remove it: no step needs it."
      case .module: "Remove the line: exp, log, sqrt, tanh and the like are there without it."
      case .observer: "Give it another name."
      }
    }
  }

  /// Attributes that change nothing beyond the student's own file.
  static let attributes: Set<String> = [
    "autoclosure", "available", "discardableResult", "dynamicCallable", "dynamicMemberLookup", "escaping", "frozen",
    "inlinable", "inline", "propertyWrapper", "resultBuilder", "retroactive", "Sendable", "unknown", "usableFromInline",
  ]
  /// Words after `#` that do no more than name a place, or choose between lines.
  static let directives: Set<String> = [
    "available", "column", "else", "elseif", "endif", "error", "file", "fileID", "function", "if", "line",
    "unavailable", "warning",
  ]
  /// What an exercise may import.
  static let modules: Set<String> = ["Curriculum", "LinearAlgebra", "Swift"]
  /// What students import out of habit: what the kit offers of these is there without them, and the import is left out.
  static let habits: Set<String> = ["Foundation", "Glibc", "Darwin", "FoundationEssentials", "Musl"]

  /// A text of the compiler's or of the student's program with the letters put back: a low macron for `_`, letters of Cyrillic that
  /// look like those they replace, so that the compiler's messages read well, and wide signs.
  static func restored(_ text: String) -> String {
    var text = text
    while let range = text.range(of: "unsaf\u{435}", options: [.caseInsensitive, .literal]) {
      let last = text.index(before: range.upperBound)
      text.replaceSubrange(last..<range.upperBound, with: text[last] == "\u{415}" ? "E" : "e")
    }
    for (respelled, letter) in [
      ("\u{2CD}", "_"), ("im\u{440}ort", "import"), ("Gr\u{430}ding", "Grading"),
      ("\u{FF20}", "@"), ("\u{FF03}", "#"),
    ] {
      text = text.replacingOccurrences(of: respelled, with: letter)
    }
    return text
  }

  /// Respells a student's text.
  init(_ text: String) {
    var speller = Speller(bytes: Array(text.utf8))
    speller.run()
    compiled = String(decoding: speller.output, as: UTF8.self)
    changes = speller.changes
    remarks = speller.leftOut.sorted().map {
      "“import \($0)” was left out: exp, log, sqrt, tanh and the like are there without it."
    }
  }

  /// Goes through the bytes once.
  private struct Speller {
    let bytes: [UInt8]
    var output: [UInt8] = []
    var changes: [Change] = []
    var leftOut: Set<String> = []
    private var k = 0
    private var line = 1
    private var lineStart = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
      output.reserveCapacity(bytes.count + 64)
      while k < bytes.count {
        let byte = bytes[k]
        switch byte {
        case UInt8(ascii: "\n"):
          output.append(byte)
          k += 1
          // The compiler's messages count only these, although a return ends a line, too.
          line += 1
          lineStart = output.count
        case UInt8(ascii: "@"): sign("\u{FF20}", allowed: ExerciseText.attributes, .attribute)
        case UInt8(ascii: "#"): sign("\u{FF03}", allowed: ExerciseText.directives, .directive)
        case _ where Self.isName(byte): word()
        default:
          output.append(byte)
          k += 1
        }
      }
    }

    private func at(_ k: Int) -> UInt8? { k < bytes.count ? bytes[k] : nil }

    /// Only what certainly belongs to a name: a letter outside ASCII is a boundary, so that no word is overlooked beside one.
    private static func isName(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private func name(from start: Int) -> String {
      String(decoding: bytes[start...].prefix(while: Self.isName), as: UTF8.self)
    }

    private mutating func change(_ word: String, to respelled: String, _ kind: Kind) {
      changes.append(
        Change(line: line, column: output.count - lineStart + 1, word: word, respelled: respelled, kind: kind))
      output += respelled.utf8
    }

    /// `@` or `#`, which are followed by a word in Swift.
    private mutating func sign(_ respelled: String, allowed: Set<String>, _ kind: Kind) {
      let sign = bytes[k]
      let next = name(from: k + 1)
      let after = at(k + 1 + next.utf8.count)
      // `#"…"#`, `#/…/#` and `\#(…)` are strings, regular expressions and what stands in them.
      let isPlainNumberSign = sign == UInt8(ascii: "#") && next.isEmpty && after.map { $0 < 0x80 } ?? true
      let isAllowed = allowed.contains(next) && after.map { $0 < 0x80 && $0 != UInt8(ascii: ".") } ?? true
      if isPlainNumberSign || isAllowed {
        output.append(sign)
      } else {
        change(String(decoding: [sign], as: UTF8.self) + next, to: respelled, kind)
      }
      k += 1
    }

    private mutating func word() {
      let word = name(from: k)
      k += word.utf8.count
      if word == "import" { return importWord() }
      if word == "Grading" { return change(word, to: "Gr\u{430}ding", .observer) }
      let isInner = word.hasPrefix("_") && (word.utf8.count > 1 || at(k).map { $0 >= 0x80 } == true)
      let isUnsafe = word.lowercased().contains("unsafe")
      // The argument of `@inline(__always)`.
      guard (isInner || isUnsafe) && word != "__always" else {
        output += word.utf8
        return
      }
      var respelled = word
      if isUnsafe {
        while let range = respelled.range(of: "unsafe", options: .caseInsensitive) {
          let isCapital = respelled[respelled.index(before: range.upperBound)] == "E"
          respelled.replaceSubrange(
            respelled.index(before: range.upperBound)..<range.upperBound, with: isCapital ? "\u{415}" : "\u{435}")
        }
      }
      if isInner { respelled = "\u{2CD}" + respelled.dropFirst() }
      change(word, to: respelled, isUnsafe ? .unsafe : .underscore)
    }

    private mutating func importWord() {
      var start = k
      while let byte = at(start), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { start += 1 }
      let module = name(from: start)
      let after = at(start + module.utf8.count)
      let isWhole = start > k && after.map { $0 < 0x80 && $0 != UInt8(ascii: ".") } ?? true
      if isWhole && ExerciseText.modules.contains(module) {
        output += Array("import".utf8)
      } else if isWhole && ExerciseText.habits.contains(module) {
        output += Array("import Curriculum".utf8)
        leftOut.insert(module)
        k = start + module.utf8.count
      } else {
        change("import", to: "im\u{440}ort", .module)
      }
    }
  }
}
