/// An error of the compiler's.
package struct CompilerMessage: Sendable, Equatable {
  /// Where it is; nil where the compiler names no place.
  package var path: String?
  package var line: Int?
  package var column: Int?
  /// What it says, with the first note that belongs to it.
  package var text: String

  /// The errors in what the compiler wrote in LLVM's style, `path:line:column: error: message`, in order.
  package static func errors(in output: String) -> [CompilerMessage] {
    let lines = output.split(separator: "\n")
    return lines.indices.compactMap { k in
      let line = lines[k]
      guard let range = line.firstRange(of: "error: ") else { return nil }
      var message = CompilerMessage(text: String(line[range.upperBound...]))
      let rest = lines[(k + 1)...].prefix { !$0.contains("error: ") }
      if let note = rest.lazy.compactMap({ line in line.firstRange(of: ": note: ").map { line[$0.upperBound...] } })
        .first
      {
        message.text += "\n(\(note))"
      }
      let parts = line[..<range.lowerBound].split(separator: ":")
      if parts.count >= 3, let number = Int(parts[parts.count - 3]) {
        message.path = parts.dropLast(3).joined(separator: ":")
        message.line = number
        message.column = Int(parts[parts.count - 2])
      }
      return message
    }
  }

  /// What it says, and what that usually means in an exercise.
  package var textWithAdvice: String { text + (advice(on: text).map { "\n" + $0 } ?? "") }
}
