import Classroom
import Curriculum
import Examiner
import Foundation

struct GradeCommand: Command {
  let name = "grade"
  let summary = "grades a class: a folder of submissions"
  let help = """
    swift run gradus grade SUBMISSIONS --out RESULTS [--lessons 1-9] [--marks FILE] [--jobs N] [--seed N]
                           [--require-sandbox LEVEL] [--shard I/N]
    swift run gradus grade --replay RESULTS/STUDENT

    Every folder and every .zip in SUBMISSIONS is one student's; of it only the exercise files are read. Each student gets
    a folder in RESULTS with record.json, from which all reports are made. A run that was stopped goes on where it was: a
    student is graded again only where files, seeds or kit have changed.

      --lessons 1-9        the lessons that count (1,3,5-7 works too)
      --marks FILE         weights, partial credit and deadlines, as JSON (docs/grading.md has the keys)
      --jobs N             how many students at a time (default: as many as there are processors)
      --seed N             draws the class's inputs from this seed; else it is drawn at random, and kept in class.json
      --require-sandbox L  grades only where at least this level can be had: \(SandboxLevel.allCases.map(\.rawValue).joined(separator: ", "))
      --shard I/N          grades the I-th of N parts of the class, with --seed; “gradus merge” joins the results
      --replay RESULT      grades one student once more, from the files and seeds that were kept, and compares

    Exit code: 0 if every student has a record (or the replay gives the same), 1 if not.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    var options = ClassGrading.Options()
    if let text = try arguments.option("--require-sandbox") {
      guard let level = SandboxLevel(rawValue: text) else {
        throw UsageError(
          "--require-sandbox takes one of \(SandboxLevel.allCases.map(\.rawValue).joined(separator: ", ")), not “\(text)”"
        )
      }
      options.requiredLevel = level
    }
    if let result = try arguments.option("--replay") {
      guard try arguments.rest().isEmpty else { throw UsageError("--replay takes one result and nothing else") }
      return try replay(URL(fileURLWithPath: result), options.requiredLevel)
    }
    if let text = try arguments.option("--jobs") {
      guard let jobs = Int(text), (1...256).contains(jobs) else {
        throw UsageError("--jobs takes a number from 1 to 256, not “\(text)”")
      }
      options.jobs = jobs
    }
    if let text = try arguments.option("--seed") {
      guard let seed = UInt64(text), seed < 1 << 53 else {
        throw UsageError("--seed takes a whole number below 2^53, not “\(text)”")
      }
      options.seed = seed
    }
    if let text = try arguments.option("--shard") {
      guard let shard = Shard(text) else { throw UsageError("--shard takes for example 2/3, not “\(text)”") }
      guard options.seed != nil else {
        throw UsageError("--shard needs --seed: the same on every machine, so that all are graded on the same inputs")
      }
      options.shard = shard
    }
    if let file = try arguments.option("--marks") { options.marking = try Marking(file: URL(fileURLWithPath: file)) }
    if let text = try arguments.option("--lessons") { options.lessons = try ClassGrading.lessonNumbers(text) }
    guard let out = try arguments.option("--out") else { throw UsageError("--out RESULTS says where the results go") }
    let rest = try arguments.rest()
    guard rest.count == 1 else { throw UsageError("one folder with submissions is needed") }

    let progress = ProgressLine()
    let kit = try Kit()
    let results = ResultsFolder(URL(fileURLWithPath: out))
    let (students, failed) = try ClassGrading(kit: kit, options: options)
      .run(URL(fileURLWithPath: rest[0]), into: results) { progress.show($0) }
    progress.end()
    if !results.students().isEmpty { try ClassReports(results, kit: kit, docs: DocsLinks()).writeOverview() }
    print("\(students.count - failed.count) of \(students.count) students have a record in \(out).")
    if !failed.isEmpty {
      complain("Not graded: \(failed.joined(separator: ", ")). The same command tries these again.")
    }
    return failed.isEmpty ? Exit.success : Exit.failure
  }

  private func replay(_ result: URL, _ level: SandboxLevel?) throws -> Int32 {
    let replay = try Replay(result, kit: try Kit(), requiredLevel: level)
    let (before, after) = (replay.before, replay.after)
    if before.grading.kit.digest != after.grading.kit.digest {
      print("The kit is not the one that graded: \(before.grading.kit.commit ?? before.grading.kit.digest).")
    }
    if before.grading.kit.toolchain != after.grading.kit.toolchain {
      print("The toolchain is not the one that graded: \(before.grading.kit.toolchain).")
    }
    for (old, new) in replay.differences {
      print(
        "\(old.id) \(old.title): it was \(old.state.words) (\(old.earned)), and is \(new.state.words) (\(new.earned)).")
    }
    let points = "\(after.earned) of \(after.possible) points"
    print(replay.differences.isEmpty ? "The same: \(points)." : "Now \(points), before \(before.earned).")
    return replay.differences.isEmpty ? Exit.success : Exit.failure
  }
}

/// Who has been graded, how fast it goes, and when it will be done.
private final class ProgressLine: @unchecked Sendable {
  private let lock = NSLock()
  private var total = 0
  private var alreadyDone = 0
  private var graded = 0
  private let start = Date()

  func show(_ progress: ClassGrading.Progress) {
    lock.withLock {
      switch progress {
      case .ignored(let names): complain("No submissions, and left alone: \(names.joined(separator: ", "))")
      case .began(let students, let done, let level, let why):
        total = students
        alreadyDone = done
        complain(
          "\(students) students\(done > 0 ? ", \(done) of them graded before" : ""). Sandbox: \(level.rawValue)"
            + (why.isEmpty ? "." : " (no higher level: \(why))."))
      case .graded(let record):
        graded += 1
        line("\(plain(record.student)): \(record.earned) of \(record.possible)")
      case .failed(let student, let trouble):
        graded += 1
        line("\(plain(student)): NOT GRADED, \(plain(trouble))")
      }
    }
  }

  private func line(_ text: String) {
    let seconds = Date().timeIntervalSince(start)
    let rest = Double(total - alreadyDone - graded) * seconds / Double(graded)
    let estimate =
      graded < total - alreadyDone ? ", \(rest < 90 ? "\(Int(rest)) s" : "\(Int(rest / 60)) min") left" : ""
    let count = "[\(alreadyDone + graded)/\(total)\(estimate)]"
    if Terminal.isInteractive && !text.contains("NOT GRADED") {
      print("\r\u{1b}[K\(count) \(text)", terminator: "")
    } else {
      print("\(Terminal.isInteractive ? "\r\u{1b}[K" : "")\(count) \(text)")
    }
    // A pipe or a file shows each student at once, too.
    fflush(nil)
  }

  /// Nothing of a student's reaches the terminal but plain characters.
  private func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
  }

  func end() { if Terminal.isInteractive && graded > 0 { print() } }
}
