import Grading

/// What the Swift runtime says of a crash on the standard error stream.
enum Backtrace {
  /// The text after "Fatal error:", if there is any.
  static func message(in errors: String) -> String? {
    for line in errors.split(separator: "\n") {
      guard let range = line.firstRange(of: "Fatal error: ") else { continue }
      return String(line[range.upperBound...])
    }
    return nil
  }

  /// The innermost frame that lies in a student's file: below a folder `Exercises`, or in a file that was compiled from there.
  static func place(in errors: String) -> SourcePlace? {
    for line in errors.split(separator: "\n") {
      // "3 [ra] LogisticRegression.sigmoid(_:) + 124 in observer at /…/Exercises/03-…/LogisticRegression.swift:12:20"
      guard line.contains(" in "), let at = line.ranges(of: " at ").last else { continue }
      let parts = line[at.upperBound...].split(separator: ":")
      guard parts.count >= 2, let number = Int(parts[parts.count - (parts.count > 2 ? 2 : 1)]), number > 0 else {
        continue
      }
      let path = parts.dropLast(parts.count > 2 ? 2 : 1).joined(separator: ":")
      if path.contains("Exercises/") || path.contains("/submission/") { return SourcePlace(file: path, line: number) }
    }
    return nil
  }
}
