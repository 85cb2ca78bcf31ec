import Examiner
import Foundation

/// A run of the command line's executable: what it printed, and its exit code.
struct Gradus {
  let output: String
  let errors: String
  let status: Int32

  init(_ arguments: String..., environment: [String: String] = [:], in folder: URL? = nil) throws {
    let kit = try Kit()
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    // The shell connects the streams to files: pipes that nobody reads stop who writes.
    let words = [kit.products.appendingPathComponent("gradus").path] + arguments
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      ["-c", "out=$1; shift; exec \"$@\" > \"$out/out\" 2> \"$out/err\" < /dev/null", "sh", place.path] + words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder ?? kit.root
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    status = process.terminationStatus
    output = try String(contentsOf: place.appendingPathComponent("out"), encoding: .utf8)
    errors = try String(contentsOf: place.appendingPathComponent("err"), encoding: .utf8)
  }
}
