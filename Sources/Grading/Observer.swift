import Curriculum

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lesson's steps bound to an implementation of it, its type erased: what the observer runs.
public struct Subject: Sendable {
  struct Entry: Sendable {
    let id: String
    let cpuSeconds: Int
    let inputs: Int
    let observe: @Sendable (_ input: Int, _ seed: UInt64) -> Observation
  }
  let steps: [Entry]

  /// The steps of a lesson, run on this implementation of it.
  public init<Lesson: Sendable>(_ steps: [Step<Lesson>], _ lesson: Lesson) {
    self.steps = steps.map { step in
      Entry(id: step.id, cpuSeconds: step.cpuSeconds, inputs: step.inputs.count) { step.observe(lesson, $0, seed: $1) }
    }
  }
}

/// The whole of the process that runs student code: `observer STEP SEED` writes what the step returned to descriptor 3.
///
/// It only observes: it holds no answer and judges nothing. Each input's observation is written before the next begins, and
/// `end` with the run's token after the last, so that whoever reads it can tell a finished run from one that stopped half-way.
public func runObserver(_ subjects: [Subject]) -> Never {
  let arguments = CommandLine.arguments
  guard arguments.count == 3, let seed = UInt64(arguments[2]),
    let step = subjects.lazy.flatMap(\.steps).first(where: { $0.id == arguments[1] })
  else {
    write("observer STEP SEED: observes one step of the exercises, and writes it to descriptor 3\n", to: 2)
    exit(64)
  }
  let token = takeToken()
  limitResources(cpuSeconds: step.cpuSeconds)
  prepareToObserve()
  observe(step, seed: seed, token: token)
}

/// Writes what a step returns on each input, and `end` with the token.
private func observe(_ step: Subject.Entry, seed: UInt64, token: String) -> Never {
  for k in 0..<step.inputs { write(step.observe(k, seed).wireText, to: 3) }
  write("end\(token)\n", to: 3)
  exit(0)
}

/// What has to be set before student code runs in this process.
package func prepareToObserve() {
  todoNoteDescriptor = 3
  bufferOutputByLine()
}

/// The lesson that a library of a student's has offered.
nonisolated(unsafe) private var offered: Subject?

/// Hands a lesson over to the process that has loaded it: all that a library made from a student's file does.
public func offer<Lesson: Sendable>(_ steps: [Step<Lesson>], _ lesson: Lesson) { offered = Subject(steps, lesson) }

/// Observes a step of the lesson that was offered.
package func observeOffered(step: String, seed: UInt64, token: String) -> Never {
  guard let step = offered?.steps.first(where: { $0.id == step }) else { exit(64) }
  observe(step, seed: seed, token: token)
}

/// The name of the environment variable in which an observer finds its token.
package let tokenVariable = "GRADUS_TOKEN"

/// The token of this run, taken out of the environment before student code runs, and erased there.
private func takeToken() -> String {
  guard let value = getenv(tokenVariable) else { return "" }
  let token = String(cString: value)
  memset(value, 0, strlen(value))
  unsetenv(tokenVariable)
  return token
}

/// A trap loses what is still in a buffer, so that what was printed before it would not be seen.
private func bufferOutputByLine() {
  // `stdout` is a global variable of C's, which language mode 6 lets nobody name: it is looked up.
  #if canImport(Glibc)
    let name = "stdout"
  #else
    let name = "__stdoutp"
  #endif
  if let stream = dlsym(dlopen(nil, RTLD_NOW), name)?.load(as: UnsafeMutablePointer<FILE>.self) {
    setvbuf(stream, nil, _IOLBF, 0)
  }
}

/// CPU time, file size, memory and core files. Writing past the file size fails instead of killing: a flood of output is cut
/// off, and ends with the CPU time.
private func limitResources(cpuSeconds: Int) {
  func limit(_ resource: Int, _ soft: Int, _ hard: Int) {
    var limits = rlimit(rlim_cur: rlim_t(soft), rlim_max: rlim_t(hard))
    #if canImport(Glibc)
      _ = setrlimit(__rlimit_resource_t(UInt32(resource)), &limits)
    #else
      _ = setrlimit(Int32(resource), &limits)
    #endif
  }
  #if canImport(Glibc)
    limit(Int(RLIMIT_AS.rawValue), 4 << 30, 4 << 30)
    limit(Int(RLIMIT_CPU.rawValue), cpuSeconds, cpuSeconds + 1)
    limit(Int(RLIMIT_FSIZE.rawValue), 8 << 20, 8 << 20)
    limit(Int(RLIMIT_CORE.rawValue), 0, 0)
  #else
    limit(Int(RLIMIT_CPU), cpuSeconds, cpuSeconds + 1)
    limit(Int(RLIMIT_FSIZE), 8 << 20, 8 << 20)
    limit(Int(RLIMIT_CORE), 0, 0)
  #endif
  signal(SIGXFSZ, SIG_IGN)
  // Its parent ends one that waits for ever; should the parent be gone, it ends itself.
  alarm(120)
}
