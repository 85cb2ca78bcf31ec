@_exported import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where `todo()` leaves its note; the process that observes sets it before any step runs, and nothing writes it later.
nonisolated(unsafe) package var todoNoteDescriptor: Int32?

/// Stands where a step is not written yet; replace it by your code.
///
/// It stops the program. Where a step is being graded, this is reported as *not attempted*, and not as a mistake.
public func todo(_ function: String = #function, file: String = #fileID, line: Int = #line) -> Never {
  let note =
    todoNoteDescriptor == nil
    ? "\(exercisePath(file)):\(line): \(stepName(function, file: file)) is not written yet: it still says todo().\n"
    : "todo\t\(function)\t\(file)\t\(line)\n"
  write(note, to: todoNoteDescriptor ?? 2)
  fflush(nil)
  _exit(75)
}

/// `Exercises/03-…/LogisticRegression.swift` for a file of an exercise's module, which is all that `#fileID` knows.
private func exercisePath(_ file: String) -> String {
  let parts = file.split(separator: "/")
  guard let lesson = catalogue.first(where: { $0.exerciseModule == parts.first.map(String.init) }) else { return file }
  return "Exercises/\(lesson.folder)/\(parts.last!)"
}

private func stepName(_ function: String, file: String) -> String {
  let lesson = catalogue.first { file.hasPrefix($0.exerciseModule + "/") }
  return lesson?.steps.first { $0.function == function }.map { "step \($0.heading)" } ?? function
}

/// Writes the whole text to a file descriptor.
package func write(_ text: String, to descriptor: Int32) {
  var text = text
  text.withUTF8 { buffer in
    var rest = UnsafeRawBufferPointer(buffer)
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }
}
