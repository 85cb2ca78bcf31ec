import Foundation
import Grading

/// The functions of a Swift file with their places, read by the toolchain's own parser.
public struct SourceIndex: Sendable {
  /// A function: its name as `#function` has it, and where it stands.
  public struct Function: Sendable {
    /// `gradients(X:Y:at:)`.
    public let name: String
    /// The offsets in bytes of its first token and of its last token's start.
    public let range: ClosedRange<Int>
    /// The offsets of its body's braces, if it has a body.
    public let body: ClosedRange<Int>?
    /// The type or extension or protocol that it is a member of.
    public let container: String
    /// The line of its first token, counted from 1.
    public let line: Int
  }

  /// The file's functions that are members of a type, in order.
  public let functions: [Function]
  /// The file's text.
  public let text: String

  /// Reads a file.
  /// - Throws: where the file cannot be read, or the parser's answer is not of the form that is known.
  public init(_ file: URL) throws {
    let source = try Data(contentsOf: file)
    text = String(decoding: source, as: UTF8.self)
    let result = try Tool.run(Tool.compiler + ["-frontend", "-dump-parse", "-dump-ast-format", "json", file.path])
    guard let root = try? JSONSerialization.jsonObject(with: result.output) as? [String: Any],
      root["_kind"] as? String == "source_file",
      // A file without declarations has none.
      let items = (root["items"] ?? []) as? [[String: Any]]
    else { throw ExaminerError("\(file.path) cannot be parsed: \(result.errors.prefix(300))") }
    var lineStarts = [0]
    for (offset, byte) in source.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(offset + 1) }

    func range(_ node: [String: Any]) -> ClosedRange<Int>? {
      guard let range = node["range"] as? [String: Any], let start = range["start"] as? Int,
        let end = range["end"] as? Int,
        start <= end
      else { return nil }
      return start...end
    }
    func baseName(_ node: [String: Any]) -> String {
      let name = node["name"] as? [String: Any]
      return (name?["base_name"] as? [String: Any])?["name"] as? String ?? ""
    }
    functions = items.flatMap { item -> [Function] in
      let container = baseName(item).isEmpty ? Self.extendedType(item) : baseName(item)
      return (item["members"] as? [[String: Any]] ?? []).compactMap { member in
        guard member["_kind"] as? String == "func_decl", let whole = range(member),
          let name = member["name"] as? [String: Any]
        else {
          return nil
        }
        let labels = (name["args"] as? [String] ?? []).map { ($0.isEmpty ? "_" : $0) + ":" }.joined()
        return Function(
          name: baseName(member) + "(" + labels + ")", range: whole,
          body: (member["body"] as? [String: Any]).flatMap(range), container: container,
          line: (lineStarts.lastIndex { $0 <= whole.lowerBound } ?? 0) + 1)
      }
    }
  }

  private static func extendedType(_ item: [String: Any]) -> String {
    let type = item["extended_type"] as? [String: Any]
    return type?["id"] as? String ?? (item["extended_type"] as? String ?? "")
  }

  /// The text from a function's first token to the end of the line of its last.
  public func source(of function: Function) -> String {
    let bytes = Array(text.utf8)
    var end = function.range.upperBound
    while end < bytes.count && bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return String(decoding: bytes[function.range.lowerBound..<end], as: UTF8.self)
  }

  /// The text of a function with its body.
  public func bodySource(of function: Function) -> String {
    String(decoding: Array(text.utf8)[function.range.lowerBound...function.range.upperBound], as: UTF8.self)
  }

  /// The documentation comment above a function, line by line, with its slashes and without its indentation.
  public func documentation(of function: Function) -> [String] {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    var result: [String] = []
    var k = function.line - 2
    while k >= 0 {
      let line = lines[k].drop { $0 == " " }
      guard line.hasPrefix("///") else { break }
      result.insert(String(line), at: 0)
      k -= 1
    }
    return result
  }
}

/// Where a lesson's steps stand in a student's files.
public struct ExerciseIndex: Sendable {
  private let places: [(function: String, place: SourcePlace, lastLine: Int)]

  /// The index of some files; those that cannot be parsed are left out.
  public init(_ files: [URL]) {
    places = files.flatMap { file -> [(String, SourcePlace, Int)] in
      guard let index = try? SourceIndex(file) else { return [] }
      let bytes = Array(index.text.utf8)
      return index.functions.map { function in
        let lines = bytes[function.range.lowerBound...min(function.range.upperBound, bytes.count - 1)].count {
          $0 == UInt8(ascii: "\n")
        }
        return (function.name, SourcePlace(file: file.path, line: function.line), function.line + lines)
      }
    }
  }

  /// Where a function stands, by its name as `#function` has it.
  public func place(of function: String) -> SourcePlace? { places.first { $0.function == function }?.place }

  /// The path of the indexed file with this name; a module's name before it does not count.
  func path(endingIn name: String) -> String? {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return places.first { $0.place.file.hasSuffix("/" + file) }?.place.file
  }

  /// The function in which a line lies.
  public func function(at place: SourcePlace) -> String? {
    places.first { $0.place.file == place.file && ($0.place.line...$0.lastLine).contains(place.line) }?.function
  }
}
