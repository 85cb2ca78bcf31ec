import Foundation

/// Why a data file was refused: which file, where in it, what is wrong, and what to do about it.
public struct DataFileError: Error, Equatable, Sendable {
  /// Where in the file the fault was found.
  public enum Place: Equatable, Sendable {
    /// The file as a whole: missing, empty, packed, not a file.
    case wholeFile
    /// A field of a CSV file; the header is line 1, the first field column 1.
    case field(line: Int, column: Int)
    /// A byte of an IDX file, counted from 0.
    case byte(Int)
  }

  /// The file's path as it was given.
  public let path: String
  /// Where in the file the fault is.
  public let place: Place
  /// What is wrong there.
  public let problem: String
  /// What to do about it.
  public let remedy: String
}

extension DataFileError: CustomStringConvertible, LocalizedError {
  /// One line: path, place, problem, remedy.
  public var description: String {
    switch place {
    case .wholeFile: "\(path): \(problem); \(remedy)"
    case .field(let line, let column): "\(path), line \(line), column \(column): \(problem); \(remedy)"
    case .byte(let offset): "\(path), byte \(offset): \(problem); \(remedy)"
    }
  }

  /// The same line, for `localizedDescription`.
  public var errorDescription: String? { description }
}
