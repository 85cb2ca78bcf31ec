/// What a process may use up.
package struct Limits: Sendable, Equatable {
  /// CPU time and time by the clock, in seconds.
  package var cpuSeconds: Int, wallSeconds: Int
  /// The size of its address space in megabytes, and of the largest file that it can write in bytes.
  package var megabytes: Int, fileBytes: Int
  /// How many processes and threads its user may have; 0 where that is not to be limited.
  package var processes: Int
  /// How much of what it writes to its standard output, its standard error and descriptor 3 is kept, in bytes.
  package var outputBytes: Int, errorBytes: Int, answerBytes: Int

  /// Some limits.
  package init(
    cpuSeconds: Int, wallSeconds: Int, megabytes: Int, fileBytes: Int, processes: Int, outputBytes: Int,
    errorBytes: Int, answerBytes: Int
  ) {
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.megabytes = megabytes
    self.fileBytes = fileBytes
    self.processes = processes
    self.outputBytes = outputBytes
    self.errorBytes = errorBytes
    self.answerBytes = answerBytes
  }

  var numbers: [Int] {
    [cpuSeconds, wallSeconds, megabytes, fileBytes, processes, outputBytes, errorBytes, answerBytes]
  }
}

/// Something that a warden is to do in a process of its own.
package struct Job: Sendable, Equatable {
  /// What to do.
  package enum Work: Sendable, Equatable {
    /// To run a program of the toolchain, in a folder.
    case run(arguments: [String], folder: String)
    /// To observe a step of the lesson in a library, on the inputs of a seed; `end` and the token close a whole answer.
    case observe(library: String, step: String, seed: UInt64, token: String)
  }
  /// What to do, and within which limits.
  package var work: Work
  package var limits: Limits

  /// A job.
  package init(_ work: Work, within limits: Limits) {
    self.work = work
    self.limits = limits
  }

  /// The job on the wire.
  package var message: Message {
    let numbers = limits.numbers.map { String($0) }
    switch work {
    case .run(let arguments, let folder): return Message(["run"] + numbers + [folder] + arguments)
    case .observe(let library, let step, let seed, let token):
      return Message(["observe"] + numbers + [library, step, String(seed), token])
    }
  }

  /// The job that a message says.
  package init?(_ message: Message) {
    guard message.fields.count >= 10 else { return nil }
    let n = (1...8).map { message.number($0) }
    limits = Limits(
      cpuSeconds: n[0], wallSeconds: n[1], megabytes: n[2], fileBytes: n[3], processes: n[4], outputBytes: n[5],
      errorBytes: n[6], answerBytes: n[7])
    let rest = (9..<message.fields.count).map { message.text($0) }
    switch message.text(0) {
    case "run" where rest.count >= 2: work = .run(arguments: Array(rest.dropFirst()), folder: rest[0])
    case "observe" where rest.count == 4:
      guard let seed = UInt64(rest[2]) else { return nil }
      work = .observe(library: rest[0], step: rest[1], seed: seed, token: rest[3])
    default: return nil
    }
  }
}

/// What came of a job.
package struct JobResult: Sendable, Equatable {
  /// How its process ended.
  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It was killed because its time by the clock was up.
    case tooLong
  }
  /// How it ended, and the CPU time that it took.
  package var ending: Ending
  package var cpuSeconds: Double
  /// What it wrote to its standard output, its standard error, and descriptor 3, each cut off at its limit.
  package var output: [UInt8], errors: [UInt8], answer: [UInt8]

  init(ending: Ending, cpuSeconds: Double, streams: [[UInt8]]) {
    self.ending = ending
    self.cpuSeconds = cpuSeconds
    output = streams[0]
    errors = streams[1]
    answer = streams[2]
  }

  /// The result on the wire.
  package var message: Message {
    let (kind, code): (String, Int32) =
      switch ending {
      case .exited(let code): ("exited", code)
      case .signalled(let signal): ("signalled", signal)
      case .tooLong: ("tooLong", 0)
      }
    return Message(
      fields: Message([kind, String(code), String(Int(cpuSeconds * 1e6))]).fields + [output, errors, answer])
  }

  /// The result that a message says.
  package init?(_ message: Message) {
    guard message.fields.count == 6 else { return nil }
    switch message.text(0) {
    case "exited": ending = .exited(Int32(message.number(1)))
    case "signalled": ending = .signalled(Int32(message.number(1)))
    case "tooLong": ending = .tooLong
    default: return nil
    }
    cpuSeconds = Double(message.number(2)) / 1e6
    output = message.fields[3]
    errors = message.fields[4]
    answer = message.fields[5]
  }
}
