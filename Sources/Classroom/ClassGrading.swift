import Answers
import Archives
import Authoring
import Curriculum
import Examiner
import Foundation
import Grading

/// The grading of a class: every submission in a folder, side by side, into a folder of results.
///
/// It can be stopped and started again at any time: a record is written whole or not at all, and a student who has one that was
/// made from the same files, with the same seeds and by the same kit is not graded again.
public struct ClassGrading: Sendable {
  /// What an instructor may choose.
  public struct Options: Sendable {
    /// The lessons that count, by their numbers; all where nil.
    public var lessons: [Int]?
    /// The seed of the class's inputs; drawn where nil.
    public var seed: UInt64?
    /// How many students are graded at a time.
    public var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)
    /// The least sandbox level at which to grade at all.
    public var requiredLevel: SandboxLevel?
    /// The rules for marks.
    public var marking = Marking()
    /// The part of the class that is graded here; all of it where nil.
    public var shard: Shard?

    /// The usual choices.
    public init() {}
  }

  /// What is said while it goes on.
  public enum Progress: Sendable {
    /// Before the first: how many there are, how many of them have their record already, and at which level.
    case began(students: Int, done: Int, level: SandboxLevel, why: String)
    /// A student has a record now.
    case graded(StudentRecord)
    /// A student could not be graded, and has no record.
    case failed(student: String, trouble: String)
    /// What lies among the submissions and is none.
    case ignored([String])
  }

  let kit: Kit
  let options: Options

  /// A grading with the kit.
  public init(kit: Kit, options: Options) {
    self.kit = kit
    self.options = options
  }

  /// How many seeds a class's inputs are drawn from: a second one, so that what is right by chance does not pass.
  static let seedCount = 2

  /// Grades all that is not graded yet.
  /// - Returns: the students in order, and those who could not be graded.
  /// - Throws: where it cannot begin.
  public func run(_ submissionsFolder: URL, into results: ResultsFolder, _ say: @escaping @Sendable (Progress) -> Void)
    throws -> (students: [String], failed: [String])
  {
    let (all, ignored) = try Submission.all(in: submissionsFolder)
    let submissions = options.shard?.part(of: all) ?? all
    guard !all.isEmpty else {
      throw ClassroomError(
        "\(submissionsFolder.path) holds no submissions: every folder and every .zip in it is one student's")
    }
    if !ignored.isEmpty { say(.ignored(ignored)) }
    let classRecord = try classRecord(in: results)
    let stubs = try Self.stubs(kit)
    let terms = StudentGrader.Terms(
      lessons: catalogue.filter { classRecord.lessons.contains($0.number) }, seeds: classRecord.seeds,
      marking: options.marking, kit: classRecord.kit, stubs: stubs)
    let sandbox = try Sandbox(kit: kit, required: options.requiredLevel)
    defer { sandbox.remove() }

    // Those that are done are found first, so that the estimate is of the rest.
    let queue = Queue(submissions.filter { !isDone($0, results, terms, sandbox.level) })
    say(
      .began(
        students: submissions.count, done: submissions.count - queue.count, level: sandbox.level,
        why: sandbox.levelTrouble))
    let count = max(1, min(options.jobs, queue.count))
    let group = DispatchGroup()
    for worker in 0..<count {
      group.enter()
      // A thread for each worker, which lives as long as its wardens.
      let thread = Thread {
        let grader = StudentGrader(sandbox: sandbox, worker: worker, terms: terms)
        while let submission = queue.next() {
          do {
            let record = try Self.grade(submission, grader, results)
            say(.graded(record))
          } catch {
            queue.note(failed: submission.student)
            say(.failed(student: submission.student, trouble: "\(error)"))
          }
        }
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    return (submissions.map(\.student), queue.failed.sorted())
  }

  private static func grade(_ submission: Submission, _ grader: StudentGrader, _ results: ResultsFolder) throws
    -> StudentRecord
  {
    let (files, remarks) = submission.exercises()
    let submitted = SubmissionRecord(
      name: submission.url.lastPathComponent, handedIn: grader.terms.marking.handedIn?[submission.student],
      files: files.map { $0.record(stub: grader.terms.stubs[$0.lesson.number]) }, remarks: remarks)
    let record = try grader.record(of: submission.student, submitted, files)
    // The files first: a record without them could not be repeated.
    try results.keep(files, of: submission.student)
    try results.write(record)
    return record
  }

  /// Whether a student's record stands; its marks are brought up to date where the rules for these have changed.
  private func isDone(
    _ submission: Submission, _ results: ResultsFolder, _ terms: StudentGrader.Terms, _ level: SandboxLevel
  ) -> Bool {
    guard let record = try? results.record(of: submission.student), record.grading.seeds == terms.seeds,
      record.grading.kit.digest == terms.kit.digest, record.grading.kit.toolchain == terms.kit.toolchain,
      record.grading.sandbox >= min(options.requiredLevel ?? .limits, level),
      record.lessons.map(\.number) == terms.lessons.map(\.number)
    else { return false }
    let (files, remarks) = submission.exercises()
    guard record.submission.remarks == remarks,
      record.submission.files == files.map({ $0.record(stub: terms.stubs[$0.lesson.number]) })
    else { return false }
    let marked = record.marked(by: options.marking)
    if marked != record { return (try? results.write(marked)) != nil }
    return true
  }

  /// What holds for the class: read, where its grading has begun already, else drawn now.
  private func classRecord(in results: ResultsFolder) throws -> ClassRecord {
    let lessons = try options.lessons ?? options.marking.lessons.map(Self.lessonNumbers) ?? catalogue.map(\.number)
    let kitRecord = try KitRecord(kit)
    let exists = FileManager.default.fileExists(atPath: results.classFile.path)
    var record: ClassRecord
    if exists {
      do { record = try results.classRecord() } catch {
        throw ClassroomError("\(results.classFile.path) cannot be read: remove it, or give another folder with --out")
      }
      if let seed = options.seed, record.seeds != Self.seeds(from: seed) {
        throw ClassroomError(
          "\(results.url.path) holds results for other seeds (\(record.seeds)): leave --seed out to go on with these, "
            + "or give another folder with --out")
      }
      record.lessons = lessons
      record.marking = options.marking
      record.kit = kitRecord
      record.shard = options.shard
    } else {
      if let names = try? FileManager.default.contentsOfDirectory(atPath: results.url.path), !names.isEmpty {
        throw ClassroomError(
          "\(results.url.path) holds other files, and no class.json: give an empty folder with --out")
      }
      // Below 2⁵³, so that every reader of JSON gets them right.
      let seed = options.seed ?? UInt64.random(in: 1..<1 << 53)
      record = ClassRecord(
        started: Date(), seeds: Self.seeds(from: seed), lessons: lessons, marking: options.marking, kit: kitRecord)
      record.shard = options.shard
    }
    try results.write(record)
    return record
  }

  private static func seeds(from seed: UInt64) -> [UInt64] { (0..<UInt64(seedCount)).map { seed &+ $0 } }

  /// The exercises as they are handed out.
  static func stubs(_ kit: Kit) throws -> [Int: String] {
    try Dictionary(uniqueKeysWithValues: catalogue.map { ($0.number, try Exercise($0, kit: kit).stub) })
  }

  /// The numbers that `1-9` or `1,3,5-7` names.
  /// - Throws: where a word is neither a lesson nor a range of lessons.
  public static func lessonNumbers(_ text: String) throws -> [Int] {
    var numbers: Set<Int> = []
    for word in text.split(separator: ",") {
      let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        .map { Int($0.trimmingCharacters(in: .whitespaces)) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
        [first, last].allSatisfy({ number in catalogue.contains { $0.number == number } })
      else {
        throw ClassroomError(
          "“\(text)” names no lessons: write for example 1-9 or 1,3,5-7; there are \(catalogue[0].number) to "
            + "\(catalogue.last!.number)")
      }
      numbers.formUnion(first...last)
    }
    return numbers.sorted()
  }
}

/// The submissions that are still to be graded.
private final class Queue: @unchecked Sendable {
  private let lock = NSLock()
  private var rest: ArraySlice<Submission>
  private(set) var failed: [String] = []
  let count: Int

  init(_ submissions: [Submission]) {
    rest = submissions[...]
    count = submissions.count
  }
  func next() -> Submission? { lock.withLock { rest.popFirst() } }
  func note(failed student: String) { lock.withLock { failed.append(student) } }
}

/// The answers to a lesson.
func registeredAnswers(of lesson: Lesson) -> AnyAnswers { answers.first { $0.lesson.number == lesson.number }! }

extension KitRecord {
  /// The kit that runs.
  /// - Throws: where its sources or the toolchain cannot be read.
  init(_ kit: Kit) throws {
    let git = ["git", "-C", kit.root.path]
    let commit = (try? programOutput(git + ["rev-parse", "HEAD"]))?.trimmingCharacters(in: .whitespacesAndNewlines)
    let judging = [
      "Sources/LinearAlgebra", "Sources/GradientChecking", "Sources/Curriculum", "Sources/Grading", "Sources/Warden",
      "Sources/Examiner", "Sources/Answers", "Sources/Classroom", "Solutions",
    ]
    let isChanged = (try? programOutput(git + ["status", "--porcelain", "--"] + judging)).map { !$0.isEmpty } ?? false
    var digest = SHA256()
    for folder in judging {
      let url = kit.root.appendingPathComponent(folder)
      for path in ((try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []).sorted()
      where path.hasSuffix(".swift") || path.hasSuffix(".c") || path.hasSuffix(".h") {
        digest.add("\(folder)/\(path)\0".utf8)
        digest.add(try Data(contentsOf: url.appendingPathComponent(path)))
      }
    }
    var system = utsname()
    uname(&system)
    func text<T>(_ field: T) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    self.init(
      commit: commit.map { $0 + (isChanged ? "-changed" : "") }, digest: digest.finish(),
      toolchain: try Toolchain().version(), platform: "\(text(system.sysname)) \(text(system.machine))")
  }
}

extension ResultsFolder {
  /// The folder with a copy of what was graded.
  func submittedFolder(of student: String) -> URL { folder(of: student).appendingPathComponent("submitted") }

  /// Keeps what was graded, so that a mark can be repeated.
  func keep(_ files: [Submission.Exercise], of student: String) throws {
    let folder = submittedFolder(of: student)
    try? FileManager.default.removeItem(at: folder)
    for file in files {
      let place = folder.appendingPathComponent(file.lesson.folder)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try file.contents.write(to: place.appendingPathComponent(file.lesson.name + ".swift"))
    }
  }
}
