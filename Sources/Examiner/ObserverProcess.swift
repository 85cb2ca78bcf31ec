import Foundation
import Grading

/// Starts an observer, the process that runs student code, and reads back what it saw. Nothing in here judges.
public struct ObserverProcess: Sendable {
  /// The observer's executable.
  public let executable: URL
  /// Whether a trap is to name the student's line, which starts the runtime's backtracer.
  public var backtraces = true
  /// How long an observer may take by the clock on the wall, in seconds: a back-stop for code that waits and does not compute.
  public var wallClockSeconds = 60

  /// An observer.
  public init(executable: URL) { self.executable = executable }

  /// At most this many observers run at a time, so that one's CPU time is not spent waiting for another.
  private static let slots = DispatchSemaphore(value: max(1, ProcessInfo.processInfo.activeProcessorCount))
  /// How much of what student code prints is kept.
  static let printedLimit = 2000

  /// Runs one step on the inputs of a seed.
  /// - Throws: where the process cannot be started.
  public func observe(_ step: String, seed: UInt64, cpuSeconds: Int) throws -> Run {
    Self.slots.wait()
    defer { Self.slots.signal() }
    return try withTemporaryFolder { try observe(step, seed: seed, cpuSeconds: cpuSeconds, in: $0) }
  }

  private func observe(_ step: String, seed: UInt64, cpuSeconds: Int, in folder: URL) throws -> Run {
    let symbolicate =
      "enable=yes,symbolicate=fast,threads=crashed,images=none,registers=none,color=no,interactive=no,limit=16"
    let status = try ChildProcess(
      program: executable.path, arguments: [step, String(seed)],
      environment: ["SWIFT_BACKTRACE=" + (backtraces ? symbolicate : "enable=no")],
      files: [
        1: folder.appendingPathComponent("out"), 2: folder.appendingPathComponent("err"),
        3: folder.appendingPathComponent("answer"),
      ], wallClockSeconds: wallClockSeconds
    ).run()
    let (observations, ending) = Run.read(contents(of: "answer", in: folder, limit: 32 << 20))
    var printed = contents(of: "out", in: folder, limit: Self.printedLimit)
    if printed.utf8.count >= Self.printedLimit { printed += "… (cut off here)" }
    let errors = contents(of: "err", in: folder, limit: 1 << 20)
    return Run(
      observations: observations,
      ending: ending ?? self.ending(status, errors: errors, cpuSeconds: cpuSeconds),
      printed: printed)
  }

  private func contents(of name: String, in folder: URL, limit: Int) -> String {
    guard let file = try? FileHandle(forReadingFrom: folder.appendingPathComponent(name)) else { return "" }
    defer { try? file.close() }
    return String(decoding: (try? file.read(upToCount: limit)) ?? Data(), as: UTF8.self)
  }

  private func ending(_ status: ChildProcess.Ending, errors: String, cpuSeconds: Int) -> Run.Ending {
    switch status {
    case .exited(let code): .exited(status: code)
    case .tooLong: .timedOut(seconds: wallClockSeconds, ofCPU: false)
    case .signalled(SIGXCPU), .signalled(SIGKILL): .timedOut(seconds: cpuSeconds, ofCPU: true)
    case .signalled(let signal):
      .crashed(message: Backtrace.message(in: errors) ?? signalText(signal), place: Backtrace.place(in: errors))
    }
  }

  private func signalText(_ signal: Int32) -> String {
    switch signal {
    case SIGSEGV, SIGBUS: "an access to memory that is not there (a function that calls itself for ever does this too)"
    case SIGILL, SIGTRAP: "a trap: an index outside its array, a number that does not fit, or an unwrapped nil"
    default: "signal \(signal)"
    }
  }
}

/// Something that keeps the kit from doing its work, with what to do about it.
public struct ExaminerError: Error, CustomStringConvertible, Sendable {
  /// What is the matter, and the remedy.
  public let description: String
  init(_ description: String) { self.description = description }
}
