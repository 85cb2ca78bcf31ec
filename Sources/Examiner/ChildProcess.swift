import Foundation

/// A program in a process group of its own, its standard streams connected to files.
///
/// Foundation's `Process` is not used: its `waitUntilExit` can wait for ever when several threads wait for children.
package struct ChildProcess {
  /// How it ended.
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It was killed because its wall-clock time was up.
    case tooLong
  }

  /// How it ended, and the CPU time that it and its children took.
  package struct Outcome: Sendable {
    let ending: Ending
    let cpuSeconds: Double
    package init(ending: Ending, cpuSeconds: Double) {
      self.ending = ending
      self.cpuSeconds = cpuSeconds
    }
  }

  /// The program: a path, or a name that is looked up in PATH.
  var program: String
  var arguments: [String]
  /// The environment as `NAME=value`; nil is this process's own.
  var environment: [String]?
  /// The files that its descriptors are connected to for writing; standard input is empty.
  var files: [Int32: URL]
  /// After so many seconds by the clock on the wall it is killed, with all that it started.
  var wallClockSeconds: Int?

  /// Runs it to its end, and ends what it left behind.
  /// - Throws: where it cannot be started.
  func run() throws -> Outcome {
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
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    // Threads of Dispatch block most signals, and a child would take that over: it could not be told that its time is up.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, file) in files {
      posix_spawn_file_actions_addopen(&actions, descriptor, file.path, O_CREAT | O_WRONLY | O_APPEND, 0o600)
    }
    let own = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var pid: pid_t = 0
    let code = withCStrings([program] + arguments) { argv in
      withCStrings(environment ?? own) { envp in posix_spawnp(&pid, program, &actions, &attributes, argv, envp) }
    }
    guard code == 0 else { throw ExaminerError("\(program) cannot be started: \(String(cString: strerror(code)))") }
    RunningChildren.add(pid)
    defer { RunningChildren.remove(pid) }
    let clock = wallClockSeconds.map { WallClock(group: pid, seconds: $0) }
    // Waited for, and not reaped yet: until then no other process can get its number, so that only its own group is ended.
    var info = siginfo_t()
    while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    let ranOut = clock?.stop() ?? false
    kill(-pid, SIGKILL)  // what it may have started itself
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return Outcome(
      ending: ranOut ? .tooLong : signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal),
      cpuSeconds: [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 })
  }
}

/// Ends every program that is running on behalf of this one, with all that it started; it may be called from a signal's handler.
public func endRunningChildren() { RunningChildren.end() }

/// The process groups that are running: a fixed table of words, since a signal's handler may neither lock nor allocate.
private enum RunningChildren {
  private static let count = 256
  nonisolated(unsafe) private static let table: UnsafeMutablePointer<pid_t> = {
    let table = UnsafeMutablePointer<pid_t>.allocate(capacity: count)
    table.initialize(repeating: 0, count: count)
    return table
  }()
  private static let lock = NSLock()

  static func add(_ pid: pid_t) {
    lock.withLock { if let k = (0..<count).first(where: { table[$0] == 0 }) { table[k] = pid } }
  }
  static func remove(_ pid: pid_t) {
    lock.withLock { if let k = (0..<count).first(where: { table[$0] == pid }) { table[k] = 0 } }
  }
  static func end() {
    for k in 0..<count where table[k] != 0 { kill(-table[k], SIGKILL) }
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

/// A folder of its own for the length of a piece of work.
package func withTemporaryFolder<T>(_ body: (URL) throws -> T) throws -> T {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
