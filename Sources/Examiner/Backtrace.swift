import Foundation
import Grading

/// What the Swift runtime says of a crash on the standard error stream.
enum Backtrace {
  /// The text after "Fatal error:" or "Precondition failed:"; a trap that the compiler puts in by itself has none, and is named in the backtrace.
  static func message(in errors: String) -> String? {
    for line in errors.split(separator: "\n") {
      for sign in ["Fatal error: ", "Precondition failed: ", "Assertion failed: "] {
        if let range = line.firstRange(of: sign) { return String(line[range.upperBound...]) }
      }
      if let range = line.firstRange(of: "Swift runtime failure: ") {
        // "*** Swift runtime failure: arithmetic overflow ***"
        return line[range.upperBound...].trimmingCharacters(in: CharacterSet(charactersIn: " *"))
      }
    }
    return nil
  }

  /// The innermost frame that lies in a file below the folder of the student's files.
  static func place(in errors: String, below folder: URL) -> SourcePlace? {
    // The compiler may have been given a path with symbolic links in it, or without.
    let prefixes = Set([folder.path, folder.resolvingSymlinksInPath().path].map { $0 + "/" })
    for line in errors.split(separator: "\n") {
      // "3 [ra] LogisticRegression.sigmoid(_:) + 124 in observer at /…/Exercises/03-…/LogisticRegression.swift:12:20"
      guard line.contains(" in "), let at = line.ranges(of: " at ").last else { continue }
      let parts = line[at.upperBound...].split(separator: ":")
      guard parts.count >= 2, let number = Int(parts[parts.count - (parts.count > 2 ? 2 : 1)]), number > 0 else {
        continue
      }
      let path = parts.dropLast(parts.count > 2 ? 2 : 1).joined(separator: ":")
      if prefixes.contains(where: path.hasPrefix) { return SourcePlace(file: path, line: number) }
    }
    return nil
  }
}
