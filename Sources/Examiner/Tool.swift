import Foundation

/// Runs a program of the toolchain.
enum Tool {
  /// Its exit status and what it printed, errors and output apart.
  struct Result { let status: Int32, output: Data, errors: String }

  /// Runs a program that is looked up in PATH, and waits for it.
  static func run(_ arguments: [String]) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    // Files and not pipes: a pipe that is read too late stops the program that fills it.
    func file(_ name: String) throws -> (URL, FileHandle) {
      let url = folder.appendingPathComponent(name)
      _ = FileManager.default.createFile(atPath: url.path, contents: nil)
      return (url, try FileHandle(forWritingTo: url))
    }
    let (output, outputHandle) = try file("out")
    let (errors, errorsHandle) = try file("err")
    process.standardOutput = outputHandle
    process.standardError = errorsHandle
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw ExaminerError("\(arguments[0]) cannot be started: \(error.localizedDescription)")
    }
    process.waitUntilExit()
    try outputHandle.close()
    try errorsHandle.close()
    return Result(
      status: process.terminationStatus, output: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// The compiler; on macOS the one that Xcode has selected.
  #if canImport(Darwin)
    static let compiler = ["xcrun", "swiftc"]
  #else
    static let compiler = ["swiftc"]
  #endif
}
