import Foundation
import Grading

/// Starts an observer, the process that runs student code, and reads back what it saw. Nothing in here judges.
public struct ObserverProcess: Sendable {
  /// The observer's executable.
  public let executable: URL
  /// The folder of the files that it was compiled from, in which a trap's place is looked for.
  public let sources: URL
  /// Whether a trap is to name the student's line, which starts the runtime's backtracer.
  public var backtraces = true
  /// How long an observer may take by the clock on the wall, in seconds: a back-stop for code that waits and does not compute.
  public var wallClockSeconds = 60

  /// An observer of the code below a folder.
  public init(executable: URL, sources: URL) {
    self.executable = executable
    self.sources = sources
  }

  /// At most this many observers run at a time, so that one's CPU time is not spent waiting for another.
  private static let slots = DispatchSemaphore(value: max(1, ProcessInfo.processInfo.activeProcessorCount))
  /// How much of what student code prints is kept.
  package static let printedLimit = 2000

  /// Runs one step on the inputs of a seed.
  /// - Throws: where the process cannot be started.
  public func observe(_ step: String, seed: UInt64, cpuSeconds: Int) throws -> Run {
    Self.slots.wait()
    defer { Self.slots.signal() }
    return try withTemporaryFolder { try observe(step, seed: seed, cpuSeconds: cpuSeconds, in: $0) }
  }

  private func observe(_ step: String, seed: UInt64, cpuSeconds: Int, in folder: URL) throws -> Run {
    let symbolicate =
      "enable=yes,symbolicate=full,threads=crashed,images=none,registers=none,color=no,interactive=no,limit=16"
    let token = String(UInt64.random(in: 0 ... .max), radix: 16)
    let outcome = try ChildProcess(
      program: executable.path, arguments: [step, String(seed)],
      environment: ["SWIFT_BACKTRACE=" + (backtraces ? symbolicate : "enable=no"), "\(tokenVariable)=\(token)"],
      files: [
        1: folder.appendingPathComponent("out"), 2: folder.appendingPathComponent("err"),
        3: folder.appendingPathComponent("answer"),
      ], wallClockSeconds: wallClockSeconds
    ).run()
    let (observations, ending) = Run.read(text(contents(of: "answer", in: folder, limit: 32 << 20)), token: token)
    let out = contents(of: "out", in: folder, limit: Self.printedLimit + 1)
    let errors = text(contents(of: "err", in: folder, limit: 1 << 20))
    return Run(
      observations: observations,
      ending: ending
        ?? Self.ending(
          outcome, errors: errors, place: Backtrace.place(in: errors, below: sources), cpuSeconds: cpuSeconds,
          wallClockSeconds: wallClockSeconds),
      printed: Self.printed(out))
  }

  private func contents(of name: String, in folder: URL, limit: Int) -> Data {
    guard let file = try? FileHandle(forReadingFrom: folder.appendingPathComponent(name)) else { return Data() }
    defer { try? file.close() }
    return (try? file.read(upToCount: limit)) ?? Data()
  }

  private func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

  /// What student code printed, cut off where it is too much.
  package static func printed(_ out: Data) -> String {
    let text = String(decoding: out.prefix(printedLimit), as: UTF8.self)
    return out.count <= printedLimit ? text : text + "… (cut off here)"
  }

  /// How a run ended that does not say so itself.
  package static func ending(
    _ outcome: ChildProcess.Outcome, errors: String, place: SourcePlace?, cpuSeconds: Int, wallClockSeconds: Int
  ) -> Run.Ending {
    switch outcome.ending {
    case .exited(let code): return .exited(status: code)
    case .tooLong:
      // The runtime's backtracer, which starts after a trap, has been seen to hang.
      if let message = Backtrace.message(in: errors) { return .crashed(message: message, place: place) }
      return .timedOut(seconds: wallClockSeconds, ofCPU: false)
    case .signalled(SIGXCPU): return .timedOut(seconds: cpuSeconds, ofCPU: true)
    case .signalled(SIGKILL) where outcome.cpuSeconds >= Double(cpuSeconds):
      return .timedOut(seconds: cpuSeconds, ofCPU: true)
    case .signalled(let signal):
      return .crashed(message: Backtrace.message(in: errors) ?? signalText(signal), place: place)
    }
  }

  private static func signalText(_ signal: Int32) -> String {
    switch signal {
    case SIGSEGV, SIGBUS: "an access to memory that is not there (a function that calls itself for ever does this too)"
    case SIGILL, SIGTRAP: "a trap: a number that does not fit, an index outside its array, or an unwrapped nil"
    case SIGKILL: "the system's SIGKILL, as it comes to a program that takes more and more memory"
    case SIGABRT: "a call of abort"
    default: "signal \(signal)"
    }
  }
}

/// Something that keeps the kit from doing its work, with what to do about it.
public struct ExaminerError: Error, CustomStringConvertible, Sendable {
  /// What is the matter, and the remedy.
  public let description: String
  /// A trouble with its remedy.
  public init(_ description: String) { self.description = description }
}
