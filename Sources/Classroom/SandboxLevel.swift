/// What stands between a student's code and the machine, from the least to the most. Each level has all of the ones before it.
///
/// At every level the language itself is the first wall: a lesson that names anything but numbers is refused before it is
/// compiled. A level says what would still hold if that wall had a hole.
public enum SandboxLevel: String, Codable, Sendable, CaseIterable, Comparable {
  /// Limits on CPU time, time by the clock, memory, file size, processes and open files; an empty environment; output capped;
  /// the processes that are left are killed after each step. Everywhere, macOS too.
  case limits
  /// And a filter of system calls: the process that runs a student's code can compute, and write to the three descriptors that it
  /// was given. It can open no file, start no process and use no network. Linux.
  case filter
  /// And own namespaces of processes, network, mounts, IPC and host name: compiler and observer see a file system that holds the
  /// toolchain, the system's libraries and the modules, read-only, and the student's own files, and nothing else. When it ends, the kernel ends all in it.
  case namespaces
  /// And a user of its own for each worker, without rights: one that fills its share of processes starves nobody. Started by root.
  case user

  public static func < (a: SandboxLevel, b: SandboxLevel) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}
