import Grading

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The whole of a warden: the process that starts compilers and observers for the grader, within limits, and sees to it that
/// nothing that they start outlives its job. It holds no answer and judges nothing.
///
/// It reads a confinement from descriptor 0, says on descriptor 1 whether that can be had, and then takes one job after the
/// other. When descriptor 0 is closed it ends, and with it all that is left.
public func runWarden() -> Never {
  signal(SIGPIPE, SIG_IGN)
  guard let first = Message.read(from: 0), let confinement = Confinement(first) else { exit(64) }
  do {
    try enter(confinement)
  } catch {
    _ = Message(["no", (error as? ConfinementError)?.text ?? "\(error)"]).write(to: 1)
    exit(1)
  }
  guard Message(["yes"]).write(to: 1) else { exit(1) }
  while let message = Message.read(from: 0) {
    guard let job = Job(message), perform(job, confinement).message.write(to: 1) else { break }
  }
  endAll(confinement)
  exit(0)
}

/// Confines this process, or a child that goes on in its place.
private func enter(_ confinement: Confinement) throws {
  #if canImport(Glibc)
    guard System.control(System.setParentDeathSignal, UInt(SIGKILL), 0, 0, 0) == 0,
      System.control(System.setChildSubreaper, 1, 0, 0, 0) == 0
    else { throw ConfinementError("prctl") }
    guard confinement.hasNamespaces else { return }
    try leaveNamespaces()
    let child = fork()
    guard child >= 0 else { throw ConfinementError("fork") }
    if child > 0 {
      // The first process of the namespace does the work; this one ends with it, and the kernel ends it when this one ends.
      var status: Int32 = 0
      close(0)
      close(1)
      while waitpid(child, &status, 0) < 0 && errno == EINTR {}
      _exit(0)
    }
    guard System.control(System.setParentDeathSignal, UInt(SIGKILL), 0, 0, 0) == 0 else {
      throw ConfinementError("prctl")
    }
    try changeRoot(confinement)
  #else
    if confinement.hasNamespaces || confinement.hasFilter { throw ConfinementError("there are none on this system") }
  #endif
}

/// Does a job in a process of its own, and ends all that it leaves behind.
private func perform(_ job: Job, _ confinement: Confinement) -> JobResult {
  // Standard output, standard error, and the answer.
  var pipes: [(read: Int32, write: Int32)] = []
  for _ in 0..<3 {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return failure("pipe") }
    // Out of the way of the descriptors that the child gets.
    pipes.append((fcntl(ends[0], F_DUPFD_CLOEXEC, 10), fcntl(ends[1], F_DUPFD_CLOEXEC, 10)))
    ends.forEach { close($0) }
  }
  let child = forkProcess()
  guard child >= 0 else { return failure("fork") }
  if child == 0 {
    setpgid(0, 0)
    let null = open("/dev/null", O_RDONLY)
    dup2(null, 0)
    for (k, pipe) in pipes.enumerated() { dup2(pipe.write, Int32(k + 1)) }
    for descriptor in Int32(4)..<64 { close(descriptor) }
    beginWork(job, confinement)
  }
  setpgid(child, child)
  for pipe in pipes { close(pipe.write) }
  let caps = [job.limits.outputBytes, job.limits.errorBytes, job.limits.answerBytes]
  var streams = [[UInt8]](repeating: [], count: 3)
  var open = pipes.map { $0.read }
  let deadline = now() + Double(job.limits.wallSeconds)
  var ranOut = false
  var status: Int32 = 0
  var usage = rusage()
  var hasEnded = false
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    var polled = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // Descriptors that are closed are −1, which `poll` passes over.
    let isOpen = open.contains { $0 >= 0 }
    if isOpen && poll(&polled, 3, 20) > 0 {
      for k in 0..<3 where polled[k].revents != 0 {
        let count = buffer.withUnsafeMutableBytes { sysRead(open[k], $0) }
        if count > 0 {
          streams[k] += buffer[..<min(count, max(0, caps[k] - streams[k].count))]
        } else if !(count < 0 && errno == EINTR) {
          close(open[k])
          open[k] = -1
        }
      }
      if !hasEnded && open.contains(where: { $0 >= 0 }) && now() < deadline { continue }
    }
    if hasEnded { break }
    if now() >= deadline && !ranOut {
      ranOut = true
      kill(child, SIGKILL)
      kill(-child, SIGKILL)
    }
    // A process may close its descriptors and go on: then it is waited for here, and looked at every 5 ms.
    let waited = wait4(child, &status, WNOHANG, &usage)
    if waited == child {
      hasEnded = true
      endAll(confinement, group: child)
      // Once more round, for what it has still written.
    } else if !isOpen {
      usleep(5000)
    }
  }
  for descriptor in open where descriptor >= 0 { close(descriptor) }
  let signal = status & 0x7f
  return JobResult(
    ending: ranOut ? .tooLong : signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal),
    cpuSeconds: [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 },
    streams: streams)
}

private func failure(_ what: String) -> JobResult {
  JobResult(
    ending: .exited(71), cpuSeconds: 0,
    streams: [[], Array("\(what): \(String(cString: strerror(errno)))".utf8), []])
}

/// The child: gives up its rights and does the work.
private func beginWork(_ job: Job, _ confinement: Confinement) -> Never {
  func stop(_ text: String) -> Never {
    _ = Array((text + "\n").utf8).withUnsafeBytes { sysWrite(2, $0) }
    _exit(71)
  }
  limit(job.limits)
  do {
    #if canImport(Glibc)
      try dropRights(confinement)
    #endif
    switch job.work {
    case .run(let arguments, let folder):
      guard chdir(folder) == 0 else { stop("\(folder): \(String(cString: strerror(errno)))") }
      close(3)
      let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
      // Where temporary files and the modules of C go; nothing of the grader's own environment.
      let variables = ["TMPDIR=\(folder)", "HOME=\(folder)", "LC_ALL=C"]
      let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
      execve(words[0]!, words, environment)
      stop("\(arguments[0]): \(String(cString: strerror(errno)))")
    case .observe(let library, let step, let seed, let token):
      guard let image = dlopen(library, RTLD_NOW | RTLD_LOCAL), let entry = dlsym(image, entryPoint) else {
        stop("\(library) cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "")")
      }
      prepareToObserve()
      #if canImport(Glibc)
        if confinement.hasFilter { try filterSystemCalls() }
      #endif
      // Student code runs from here on: what went wrong before was not its fault.
      _ = readyMark.withUnsafeBytes { sysWrite(3, $0) }
      unsafeBitCast(entry, to: (@convention(c) () -> Void).self)()
      observeOffered(step: step, seed: seed, token: token)
    }
  } catch {
    stop((error as? ConfinementError)?.text ?? "\(error)")
  }
}

/// The function of a lesson's library that offers the lesson.
package let entryPoint = "gradusOfferLesson"

/// What an observer writes before student code runs; where it is missing, the sandbox has failed.
package let readyMark = Array("ready\n".utf8)

/// Kills all that is left of a job, and waits until it is gone.
private func endAll(_ confinement: Confinement, group: pid_t? = nil) {
  if let group { kill(-group, SIGKILL) }
  var status: Int32 = 0
  if confinement.hasNamespaces {
    // The first process of a namespace of processes is the only one that this leaves alive.
    kill(-1, SIGKILL)
    while waitpid(-1, &status, 0) > 0 || errno == EINTR {}
    return
  }
  #if canImport(Glibc)
    // What has left its group has become a child of this process, which is its subreaper.
    while true {
      for child in children() { kill(child, SIGKILL) }
      if waitpid(-1, &status, 0) < 0 && errno != EINTR { return }
    }
  #else
    while waitpid(-1, &status, 0) > 0 || errno == EINTR {}
  #endif
}

#if canImport(Glibc)
  /// The processes whose parent is this one.
  private func children() -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let number = pid_t(name), let file = fopen("/proc/\(number)/stat", "r") else { continue }
      defer { fclose(file) }
      var line = [UInt8](repeating: 0, count: 512)
      let count = fread(&line, 1, line.count, file)
      // "12 (name) S 1 …": the name may hold anything, so what is wanted comes after the last bracket.
      let text = String(decoding: line[..<count], as: UTF8.self)
      let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
      if fields.count > 2, pid_t(fields[2]) == getpid() { found.append(number) }
    }
    return found
  }
#endif

private func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// `fork`, which Darwin's module hides: nothing but this thread is running here.
private func forkProcess() -> pid_t {
  #if canImport(Glibc)
    return fork()
  #else
    return unsafeBitCast(
      dlsym(UnsafeMutableRawPointer(bitPattern: -2), "fork"), to: (@convention(c) () -> pid_t).self)()
  #endif
}
