import Archives
import Authoring
import Curriculum
import Examiner
import Foundation
import Grading
import Warden

/// Grades one student after the other, in wardens of one worker's.
struct StudentGrader {
  let sandbox: Sandbox
  let worker: Int
  let terms: Terms

  /// What is the same for the whole class.
  struct Terms: Sendable {
    let lessons: [Lesson]
    let seeds: [UInt64]
    let marking: Marking
    let kit: KitRecord
    /// The exercises as they are handed out, by lesson.
    let stubs: [Int: String]
  }

  /// What an observer may use up, beside its step's CPU time. Many wait for a processor on a busy machine, so the clock's limit is
  /// wide: it is for code that waits and does not compute.
  static func limits(cpuSeconds: Int) -> Limits {
    Limits(
      cpuSeconds: cpuSeconds, wallSeconds: 30 + 10 * cpuSeconds, megabytes: 1024, fileBytes: 0, processes: 1,
      outputBytes: ObserverProcess.printedLimit + 1, errorBytes: 4 << 10, answerBytes: 16 << 20)
  }

  /// The record on a student's files.
  /// - Throws: where the sandbox fails; then nothing is said of the student.
  func record(of student: String, _ submission: SubmissionRecord, _ files: [Submission.Exercise]) throws
    -> StudentRecord
  {
    let started = Date()
    let work = try sandbox.makeWorkFolder(worker: worker)
    defer { try? FileManager.default.removeItem(at: work) }
    let warden = try sandbox.warden(worker: worker, work: work)
    let compiler = LessonCompiler(sandbox: sandbox, warden: warden, worker: worker, work: work)
    let lessons = try terms.lessons.map { lesson in
      try record(of: lesson, files.first { $0.lesson.number == lesson.number }, compiler)
    }
    return StudentRecord(
      student: student, submission: submission,
      grading: GradingRecord(
        started: started, finished: Date(), seeds: terms.seeds, sandbox: sandbox.level, kit: terms.kit),
      lessons: lessons, penalty: terms.marking.penalty(for: student))
  }

  private func record(of lesson: Lesson, _ file: Submission.Exercise?, _ compiler: LessonCompiler) throws
    -> LessonRecord
  {
    var record = LessonRecord(
      number: lesson.number, title: lesson.title, chapter: "docs/\(lesson.chapter)", build: .missing, message: nil,
      line: nil, breaches: [], remarks: [], steps: [])
    func all(_ state: StepState, _ text: String) -> LessonRecord {
      record.steps = lesson.steps.map { step in
        StepRecord(step, in: lesson, state: state, text: text, terms.marking)
      }
      return record
    }
    guard let file else { return all(.notAttempted, "The file \(lesson.name).swift was not handed in.") }
    guard let source = file.text else {
      record.build = .doesNotCompile
      record.message = "the file is not text in UTF-8: save it again with that encoding"
      return all(.doesNotCompile, "The file is not text in UTF-8: save it again with that encoding.")
    }
    if source.isSameText(as: terms.stubs[lesson.number]) {
      record.build = .untouched
      return all(.notAttempted, "It still says todo().")
    }
    let text = ExerciseText(source)
    record.remarks = text.remarks
    switch try compiler.compile(text, of: lesson) {
    case .doesNotCompile(let message, let line):
      record.build = .doesNotCompile
      record.message = message
      record.line = line
      let place = line.map { ", line \($0)" } ?? ""
      return all(.doesNotCompile, "The compiler says\(place): \(message)")
    case .refused(let breaches):
      record.build = .refused
      record.breaches = breaches
      record.line = breaches.first?.line
      let lines = breaches.map { "Line \($0.line): \($0.what). \($0.remedy)" }
      record.message = lines.first
      return all(
        .refused,
        "The file was not run, because it uses what graded code may not use.\n" + lines.joined(separator: "\n"))
    case .compiled(let library):
      record.build = .compiled
      record.steps = try steps(of: lesson, library, compiler.warden)
      return record
    }
  }

  /// Observes every step on the first seed, and those that answered on the others too; then judges.
  private func steps(of lesson: Lesson, _ library: String, _ warden: WardenProcess) throws -> [StepRecord] {
    var verdicts: [String: [(seed: UInt64, verdict: Verdict)]] = [:]
    var cpuSeconds: [String: Double] = [:]
    var endings: [String: Run.Ending] = [:]
    let answers = registeredAnswers(of: lesson)
    for seed in terms.seeds {
      var runs: [String: Run] = [:]
      for step in lesson.steps {
        if let first = verdicts[step.id]?.last?.verdict.state, ![.passed, .wrong].contains(first) {
          // What did not come to an end once is not tried again.
          runs[step.id] = Run(observations: [], ending: endings[step.id]!)
          continue
        }
        let (run, seconds) = try observe(step.id, seed, library, warden, answers.cpuSeconds(step.id) ?? 2)
        runs[step.id] = run
        endings[step.id] = run.ending
        cpuSeconds[step.id, default: 0] += seconds
      }
      let observed = runs
      let examination = Examination(seed: seed, answers: [answers]) { step, _, _ in
        guard let run = observed[step] else { throw ExaminerError("step \(step) was not observed") }
        return run
      }
      for verdict in try examination.verdicts(on: lesson.steps.map(\.id)) {
        verdicts[verdict.step, default: []].append((seed, verdict))
      }
    }
    return try lesson.steps.map { step in
      StepRecord(
        step, in: lesson, verdicts[step.id]!, try answers.quantities(step.id, terms.seeds),
        cpuSeconds: cpuSeconds[step.id] ?? 0, terms.marking)
    }
  }

  private func observe(
    _ step: String, _ seed: UInt64, _ library: String, _ warden: WardenProcess, _ cpuSeconds: Int
  ) throws -> (run: Run, cpuSeconds: Double) {
    // Drawn now, after the build; known to the observer alone, and forgotten by it before student code runs.
    let token = String(UInt64.random(in: 0 ... .max), radix: 16)
    let limits = Self.limits(cpuSeconds: cpuSeconds)
    let result = try warden.perform(
      Job(.observe(library: library, step: step, seed: seed, token: token), within: limits))
    let errors = String(decoding: result.errors, as: UTF8.self)
    guard result.answer.starts(with: readyMark) else {
      throw ExaminerError("the observer of step \(step) could not begin: \(errors.prefix(300))")
    }
    let answer = String(decoding: result.answer.dropFirst(readyMark.count), as: UTF8.self)
    let (observations, ending) = Run.read(answer, token: token)
    let outcome = ChildProcess.Outcome(result)
    let isCutOff = result.answer.count >= limits.answerBytes
    let run = Run(
      observations: observations,
      ending: isCutOff
        ? .crashed(message: "an answer of more than \(limits.answerBytes >> 20) MB", place: nil)
        : ending
          ?? ObserverProcess.ending(
            outcome, errors: errors, place: nil, cpuSeconds: cpuSeconds, wallClockSeconds: limits.wallSeconds),
      printed: ExerciseText.restored(ObserverProcess.printed(Data(result.output))))
    return (run, result.cpuSeconds)
  }
}

extension ChildProcess.Outcome {
  fileprivate init(_ result: JobResult) {
    let ending: ChildProcess.Ending =
      switch result.ending {
      case .exited(let code): .exited(code)
      case .signalled(let signal): .signalled(signal)
      case .tooLong: .tooLong
      }
    self.init(ending: ending, cpuSeconds: result.cpuSeconds)
  }
}

extension Submission.Exercise {
  /// Its text; nil where it is not text in UTF-8.
  var text: String? {
    guard !contents.contains(0) else { return nil }
    return String(validating: contents, as: UTF8.self)
  }

  /// The record of the file.
  func record(stub: String?) -> FileRecord {
    FileRecord(
      lesson: lesson.number, path: path, digest: sha256(contents), bytes: contents.count,
      isUntouched: text?.isSameText(as: stub) ?? false)
  }
}

extension String {
  /// Whether two texts differ at most in how their lines end.
  fileprivate func isSameText(as other: String?) -> Bool {
    replacingOccurrences(of: "\r\n", with: "\n") == other
  }
}
