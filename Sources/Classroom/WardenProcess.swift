import Examiner
import Foundation
import Warden

/// A warden that is running, and the pipes to it. It belongs to the thread that has started it: the kernel ends it with that thread.
final class WardenProcess {
  private let pid: pid_t
  private let input: Int32
  private let output: Int32

  /// Pipes are made and handed on under this lock, so that no other warden inherits their ends.
  private static let lock = NSLock()

  /// Starts a warden.
  /// - Throws: where it cannot be started, or the confinement cannot be had.
  init(_ executable: URL, _ confinement: Confinement) throws {
    var toWarden: [Int32] = [0, 0]
    var fromWarden: [Int32] = [0, 0]
    var pid: pid_t = 0
    try Self.lock.withLock {
      guard pipe(&toWarden) == 0, pipe(&fromWarden) == 0 else { throw ExaminerError("no pipes can be had") }
      for end in toWarden + fromWarden { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
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
      // A group of its own: what is typed at the grader's terminal does not reach it. It ends with its standard input.
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
      var none = sigset_t()
      sigemptyset(&none)
      posix_spawnattr_setsigmask(&attributes, &none)
      posix_spawn_file_actions_adddup2(&actions, toWarden[0], 0)
      posix_spawn_file_actions_adddup2(&actions, fromWarden[1], 1)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
      let name = strdup(executable.path)
      // Nothing of the grader's environment; the runtime's backtracer would start another program.
      let variable = strdup("SWIFT_BACKTRACE=enable=no")
      defer {
        free(name)
        free(variable)
      }
      let code = posix_spawn(&pid, executable.path, &actions, &attributes, [name, nil], [variable, nil])
      close(toWarden[0])
      close(fromWarden[1])
      guard code == 0 else {
        close(toWarden[1])
        close(fromWarden[0])
        throw ExaminerError("\(executable.path) cannot be started: \(String(cString: strerror(code)))")
      }
    }
    self.pid = pid
    input = toWarden[1]
    output = fromWarden[0]
    let answer = confinement.message.write(to: input) ? Message.read(from: output) : nil
    guard answer?.text(0) == "yes" else {
      throw ExaminerError(answer?.text(1) ?? "the process that starts observers ended at once")
    }
  }

  /// Has a job done.
  /// - Throws: where the warden is gone.
  func perform(_ job: Job) throws -> JobResult {
    guard job.message.write(to: input), let answer = Message.read(from: output), let result = JobResult(answer) else {
      throw ExaminerError("the process that starts observers has ended unexpectedly")
    }
    return result
  }

  deinit {
    close(input)
    close(output)
    // It ends by itself, and what it has started with it.
    var status: Int32 = 0
    for _ in 0..<500 {
      let waited = waitpid(pid, &status, WNOHANG)
      if waited == pid || (waited < 0 && errno != EINTR) { return }
      usleep(2000)
    }
    kill(pid, SIGKILL)
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
  }
}
