/// The fingerprints of a Swift source: hashes of short runs of its tokens, chosen by winnowing (S. Schleimer, D. Wilkerson, A. Aiken,
/// “Winnowing: Local Algorithms for Document Fingerprinting”, SIGMOD 2003).
///
/// Comments and layout are left out, and every name that a student chose is the same token, so that neither changes anything. Any
/// run of `runLength + window − 1` tokens that two sources share gives both at least one fingerprint in common; no run shorter than
/// `runLength` does.
struct Fingerprints: Sendable {
  /// The hashes of the chosen runs that are not in the file as it was handed out.
  let own: Set<UInt64>
  /// A hash of all tokens: two sources with the same one differ in names, comments and layout only.
  let whole: UInt64

  static let runLength = 10
  static let window = 5

  /// The fingerprints of a source.
  /// - Parameter stub: the file as it was handed out; names in it are the course's and not the student's, and runs of tokens that
  ///   stand in it are left out.
  init(_ source: String, stub: Stub) {
    let tokens = SwiftTokens(source, knownNames: stub.names).hashes
    whole = Self.hash(tokens[...])
    own = Set(Self.winnow(Self.runs(tokens))).subtracting(stub.runs)
  }

  /// What is taken out of every source.
  struct Stub: Sendable {
    let names: Set<String>
    let runs: Set<UInt64>
    init(_ text: String) {
      names = SwiftTokens.names(in: text)
      runs = Set(Fingerprints.runs(SwiftTokens(text, knownNames: names).hashes))
    }
  }

  private static func hash(_ tokens: ArraySlice<UInt64>) -> UInt64 {
    tokens.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x0000_0100_0000_01b3 ^ ($0 >> 29) }
  }

  private static func runs(_ tokens: [UInt64]) -> [UInt64] {
    guard tokens.count >= runLength else { return [] }
    return (0...tokens.count - runLength).map { hash(tokens[$0..<$0 + runLength]) }
  }

  /// The least hash of each window, the last one where there are several.
  private static func winnow(_ hashes: [UInt64]) -> [UInt64] {
    guard hashes.count > window else { return hashes.min().map { [$0] } ?? [] }
    var chosen: [UInt64] = []
    var last = -1
    for start in 0...hashes.count - window {
      let place = (start..<start + window).min { (hashes[$0], -$0) < (hashes[$1], -$1) }!
      if place != last { chosen.append(hashes[place]) }
      last = place
    }
    return chosen
  }
}

/// The tokens of a Swift source, roughly: enough to compare sources, not to understand them. It never fails, whatever it is given.
struct SwiftTokens {
  /// A hash of each token, in order.
  let hashes: [UInt64]

  /// - Parameter knownNames: names that keep their identity; members and functions that the source does not declare do as well, and
  ///   all other names are one.
  init(_ source: String, knownNames: Set<String>) {
    let words = Self.split(source)
    var declared: Set<String> = []
    for (word, next) in zip(words, words.dropFirst()) where Self.declaring.contains(word) && Self.isName(next) {
      declared.insert(next)
    }
    hashes = words.indices.map { k in
      let word = words[k]
      guard Self.isName(word), !Self.keywords.contains(word), !knownNames.contains(word) else { return Self.hash(word) }
      let isLibrarys = (k > 0 && words[k - 1] == ".") || (k + 1 < words.count && words[k + 1] == "(")
      return isLibrarys && !declared.contains(word) ? Self.hash(word) : Self.hash("name")
    }
  }

  /// The names in a source.
  static func names(in source: String) -> Set<String> {
    Set(split(source).filter { isName($0) && !keywords.contains($0) })
  }

  private static let declaring: Set<String> = [
    "let", "var", "func", "struct", "class", "enum", "case", "for", "typealias",
  ]
  private static let keywords: Set<String> = declaring.union([
    "as", "break", "continue", "default", "defer", "do", "else", "extension", "false", "guard", "if", "import", "in",
    "init",
    "inout", "is", "nil", "private", "protocol", "repeat", "return", "self", "static", "subscript", "switch", "throw",
    "throws",
    "true", "try", "where", "while", "mutating", "fileprivate", "internal", "public", "some", "any",
  ])

  private static func isName(_ word: String) -> Bool {
    word.utf8.first.map { isNameByte($0) && !(0x30...0x39).contains($0) } ?? false
  }
  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  private static func hash(_ word: String) -> UInt64 {
    word.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  /// Names, numbers, and every other sign by itself; comments and the contents of strings left out.
  private static func split(_ source: String) -> [String] {
    let bytes = Array(source.utf8)
    var words: [String] = []
    var k = 0
    func at(_ k: Int) -> UInt8 { k < bytes.count ? bytes[k] : 0 }
    while k < bytes.count {
      let byte = bytes[k]
      switch byte {
      case 0...0x20: k += 1
      case UInt8(ascii: "/") where at(k + 1) == byte:
        while k < bytes.count, bytes[k] != 0x0A, bytes[k] != 0x0D { k += 1 }
      case UInt8(ascii: "/") where at(k + 1) == UInt8(ascii: "*"):
        var depth = 0
        repeat {
          if bytes[k] == UInt8(ascii: "/"), at(k + 1) == UInt8(ascii: "*") {
            depth += 1
            k += 2
          } else if bytes[k] == UInt8(ascii: "*"), at(k + 1) == UInt8(ascii: "/") {
            depth -= 1
            k += 2
          } else {
            k += 1
          }
        } while depth > 0 && k < bytes.count
      case UInt8(ascii: "\""):
        let isLong = at(k + 1) == byte && at(k + 2) == byte
        k += isLong ? 3 : 1
        while k < bytes.count {
          if bytes[k] == UInt8(ascii: "\\") {
            k += 2
          } else if isLong
            ? bytes[k] == byte && at(k + 1) == byte && at(k + 2) == byte : bytes[k] == byte || bytes[k] == 0x0A
          {
            k += isLong ? 3 : 1
            break
          } else {
            k += 1
          }
        }
        words.append("\"")
      case _ where isNameByte(byte):
        let start = k
        let isNumber = (0x30...0x39).contains(byte)
        // "1.5" and "1e-8" are one number; "0...n" and "1.squared" are not.
        while k < bytes.count {
          let isPoint = isNumber && bytes[k] == UInt8(ascii: ".") && (0x30...0x39).contains(at(k + 1))
          let isSign =
            isNumber && (bytes[k] == UInt8(ascii: "-") || bytes[k] == UInt8(ascii: "+"))
            && at(k - 1) | 0x20 == UInt8(ascii: "e")
          guard isNameByte(bytes[k]) || isPoint || isSign else { break }
          k += 1
        }
        words.append(String(decoding: bytes[start..<k], as: UTF8.self))
      default:
        words.append(String(Unicode.Scalar(byte)))
        k += 1
      }
    }
    return words
  }
}
