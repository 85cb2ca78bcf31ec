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
  static let printedLimit = 2000

  /// Runs one step on the inputs of a seed.
  /// - Throws: where the process cannot be started.
  public func observe(_ step: String, seed: UInt64, cpuSeconds: Int) throws -> Run {
    Self.slots.wait()
    defer { Self.slots.signal() }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    let token = String(UInt64.random(in: 0 ... .max), radix: 16)
    let exit = try run(
      arguments: [step, String(seed)], token: token, files: [1: "out", 2: "err", 3: "answer"], in: folder)
    let (observations, ending) = Run.read(text(contents(of: "answer", in: folder, limit: 32 << 20)), token: token)
    let out = contents(of: "out", in: folder, limit: Self.printedLimit + 1)
    let errors = text(contents(of: "err", in: folder, limit: 1 << 20))
    return Run(
      observations: observations,
      ending: ending ?? self.ending(exit, errors: errors, cpuSeconds: cpuSeconds),
      printed: out.count <= Self.printedLimit ? text(out) : text(out.prefix(Self.printedLimit)) + "… (cut off here)")
  }

  private func contents(of name: String, in folder: URL, limit: Int) -> Data {
    guard let file = try? FileHandle(forReadingFrom: folder.appendingPathComponent(name)) else { return Data() }
    defer { try? file.close() }
    return (try? file.read(upToCount: limit)) ?? Data()
  }

  private func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

  /// How a process ended: by itself with a status, by a signal, or because its time was up; and the CPU time that it took.
  private struct Exit {
    enum Kind { case exited(Int32), signalled(Int32), tooLong }
    let kind: Kind, cpuSeconds: Double
  }

  private func ending(_ exit: Exit, errors: String, cpuSeconds: Int) -> Run.Ending {
    let place = Backtrace.place(in: errors, below: sources)
    switch exit.kind {
    case .exited(let code): return .exited(status: code)
    case .tooLong:
      // The runtime's backtracer, which starts after a trap, has been seen to hang.
      if let message = Backtrace.message(in: errors) { return .crashed(message: message, place: place) }
      return .timedOut(seconds: wallClockSeconds, ofCPU: false)
    case .signalled(SIGXCPU): return .timedOut(seconds: cpuSeconds, ofCPU: true)
    case .signalled(SIGKILL) where exit.cpuSeconds >= Double(cpuSeconds):
      return .timedOut(seconds: cpuSeconds, ofCPU: true)
    case .signalled(let signal):
      return .crashed(message: Backtrace.message(in: errors) ?? signalText(signal), place: place)
    }
  }

  private func signalText(_ signal: Int32) -> String {
    switch signal {
    case SIGSEGV, SIGBUS: "an access to memory that is not there (a function that calls itself for ever does this too)"
    case SIGILL, SIGTRAP: "a trap: a number that does not fit, an index outside its array, or an unwrapped nil"
    case SIGKILL: "the system's SIGKILL, as it comes to a program that takes more and more memory"
    case SIGABRT: "a call of abort"
    default: "signal \(signal)"
    }
  }

  /// Spawns the executable in a process group of its own, waits for it, and ends the group.
  private func run(arguments: [String], token: String, files: [Int32: String], in folder: URL) throws -> Exit {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, name) in files {
      let path = folder.appendingPathComponent(name).path
      posix_spawn_file_actions_addopen(&actions, descriptor, path, O_CREAT | O_WRONLY | O_APPEND, 0o600)
    }
    let symbolicate =
      "enable=yes,symbolicate=full,threads=crashed,images=none,registers=none,color=no,interactive=no,limit=16"
    let environment = ["SWIFT_BACKTRACE=" + (backtraces ? symbolicate : "enable=no"), "\(tokenVariable)=\(token)"]

    var pid: pid_t = 0
    let code = withCStrings([executable.path] + arguments) { argv in
      withCStrings(environment) { envp in posix_spawn(&pid, executable.path, &actions, &attributes, argv, envp) }
    }
    guard code == 0 else {
      throw ExaminerError("\(executable.path) cannot be started: \(String(cString: strerror(code)))")
    }
    let clock = WallClock(group: pid, seconds: wallClockSeconds)
    // Waited for, and not reaped yet: until then no other process can get its number, so that only its own group is ended.
    var info = siginfo_t()
    while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    let ranOut = clock.stop()
    kill(-pid, SIGKILL)  // what it may have started itself
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return Exit(
      kind: ranOut ? .tooLong : signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal),
      cpuSeconds: [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 })
  }
}

/// Kills a process group when its time is up, unless it is stopped before.
private final class WallClock: @unchecked Sendable {
  private let lock = NSLock()
  private var isStopped = false
  private var hasFired = false

  init(group: pid_t, seconds: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { [weak self] in
      guard let self else { return }
      self.lock.withLock {
        guard !self.isStopped else { return }
        self.hasFired = true
        kill(-group, SIGKILL)
      }
    }
  }

  /// Whether the time was up before.
  func stop() -> Bool {
    lock.withLock {
      isStopped = true
      return hasFired
    }
  }
}

/// Calls the body with a null-terminated array of C strings.
private func withCStrings<T>(_ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> T) -> T {
  let pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
  defer { pointers.forEach { free($0) } }
  return pointers.withUnsafeBufferPointer { body($0.baseAddress!) }
}

/// Something that keeps the kit from doing its work, with what to do about it.
public struct ExaminerError: Error, CustomStringConvertible, Sendable {
  /// What is the matter, and the remedy.
  public let description: String
  init(_ description: String) { self.description = description }
}
