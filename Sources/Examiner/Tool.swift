import Foundation

/// Runs a program of the toolchain.
package enum Tool {
  /// Its exit status (128 and the number of a signal that ended it), and what it printed, errors and output apart.
  package struct Result: Sendable {
    package let status: Int32
    package let output: Data
    package let errors: String
  }

  /// Runs a program that is looked up in PATH, and waits for it.
  package static func run(_ words: [String]) throws -> Result {
    try withTemporaryFolder { folder in
      let output = folder.appendingPathComponent("out")
      let errors = folder.appendingPathComponent("err")
      // The compiler's driver leaves folders behind where temporary files go.
      let variables = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path]) { $1 }
      let ending = try ChildProcess(
        program: words[0], arguments: Array(words.dropFirst()), environment: variables.map { "\($0.key)=\($0.value)" },
        files: [1: output, 2: errors]
      ).run().ending
      let status: Int32 =
        switch ending {
        case .exited(let code): code
        case .signalled(let signal): 128 + signal
        case .tooLong: -1
        }
      return Result(
        status: status, output: try Data(contentsOf: output),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
  }

  /// The compiler; on macOS the one that Xcode has selected.
  #if canImport(Darwin)
    package static let compiler = ["xcrun", "swiftc"]
  #else
    package static let compiler = ["swiftc"]
  #endif
}

/// Runs this very program once more with other arguments, in a process of its own.
/// - Returns: nil where it ended well, else how it ended: "stopped with: Index out of range".
/// - Throws: where it cannot be started.
public func runSelf(_ arguments: [String], wallClockSeconds: Int) throws -> String? {
  try withTemporaryFolder { folder in
    let errors = folder.appendingPathComponent("err")
    let outcome = try ChildProcess(
      program: Kit.runningExecutable.path, arguments: arguments,
      files: [1: folder.appendingPathComponent("out"), 2: errors], wallClockSeconds: wallClockSeconds
    ).run()
    switch outcome.ending {
    case .exited(0): return nil
    case .exited(let status): return "ended the program with exit status \(status)"
    case .tooLong: return "did not end within \(wallClockSeconds) seconds"
    case .signalled(let signal):
      let message = Backtrace.message(in: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
      return "stopped with: \(message ?? "signal \(signal)")"
    }
  }
}

/// What a program that is looked up in PATH prints.
/// - Throws: where it cannot be started, or does not end well.
public func programOutput(_ words: [String]) throws -> String {
  let result = try Tool.run(words)
  guard result.status == 0 else { throw ExaminerError("\(words[0]) ended with status \(result.status)") }
  return String(decoding: result.output, as: UTF8.self)
}
