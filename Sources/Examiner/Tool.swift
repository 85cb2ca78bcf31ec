import Foundation

/// Runs a program of the toolchain.
enum Tool {
  /// Its exit status (128 and the number of a signal that ended it), and what it printed, errors and output apart.
  struct Result {
    let status: Int32
    let output: Data
    let errors: String
  }

  /// Runs a program that is looked up in PATH, and waits for it.
  static func run(_ words: [String]) throws -> Result {
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
    static let compiler = ["xcrun", "swiftc"]
  #else
    static let compiler = ["swiftc"]
  #endif
}
