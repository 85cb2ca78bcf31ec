import Authoring
import Curriculum
import Examiner
import Foundation

/// All reports of a class, written from its records: nothing is graded, and they can be written again at any time.
public struct ClassReports {
  let results: ResultsFolder
  let kit: Kit
  let docs: DocsLinks
  /// The class as its records say.
  let summary: ClassSummary
  /// The files that students have changed, by lesson.
  private let sources: [Int: [(student: String, digest: String)]]
  /// Students whose record cannot be read, each with the trouble.
  public let unreadable: [String]

  /// The reports on one student: each a file's name and what stands in it, nil where there is nothing to be written.
  static func reports(on record: StudentRecord, docs: DocsLinks) throws -> [(name: String, text: String?)] {
    [
      ("report.html", try studentPage(record, docs: docs)),
      ("report.txt", try plainReport(record, docs: docs)),
      ("results.json", try gradescopeReport(record)),
      ("junit.xml", try junitReport(record)),
      ("classroom50.json", try classroom50Report(record, environment: ProcessInfo.processInfo.environment)),
      ("prairielearn.json", try prairieLearnReport(record)),
      ("codegrade.jsonl", try codeGradeReport(record)),
      ("results.tap", try tapReport(record)),
    ]
  }

  /// Reads a class's records, one at a time, and writes every student's reports.
  /// - Throws: where a file cannot be written.
  public init(_ results: ResultsFolder, kit: Kit, docs: DocsLinks) throws {
    self.results = results
    self.kit = kit
    self.docs = docs
    var summary = ClassSummary()
    var sources: [Int: [(student: String, digest: String)]] = [:]
    var unreadable: [String] = []
    for student in results.students() {
      let record: StudentRecord
      do { record = try results.record(of: student) } catch {
        unreadable.append(
          "\(ReportText.line(student)): \(results.recordFile(of: student).path) cannot be read; grade again")
        continue
      }
      for (name, text) in try Self.reports(on: record, docs: docs) {
        if let text { try Self.write(text, results.folder(of: student).appendingPathComponent(name)) }
      }
      summary.add(record)
      let counted = Set(record.lessons.map(\.number))
      for file in record.submission.files where !file.isUntouched && counted.contains(file.lesson) {
        sources[file.lesson, default: []].append((student, file.digest))
      }
    }
    guard !summary.rows.isEmpty || !unreadable.isEmpty else {
      throw ClassroomError(
        "\(results.url.path) holds no records: name the folder that gradus grade has written with --out")
    }
    self.summary = summary
    self.sources = sources
    self.unreadable = unreadable
  }

  /// Writes the overview and the table of marks.
  /// - Throws: where a file cannot be written, or the lessons' contracts cannot be read.
  public func writeOverview() throws {
    try Self.write(gradesTable(summary), results.url.appendingPathComponent("grades.csv"))
    let likeness = try likeness()
    try Self.write(similarityTable(likeness), results.url.appendingPathComponent("similarity.csv"))
    try Self.write(overviewPage(summary, likeness), results.url.appendingPathComponent("overview.html"))
  }

  private func likeness() throws -> Likeness {
    var likeness = Likeness()
    for lesson in catalogue {
      guard let entries = sources[lesson.number] else { continue }
      let files = entries.compactMap { entry -> Likeness.Source? in
        let file = results.submittedFolder(of: entry.student).appendingPathComponent(
          "\(lesson.folder)/\(lesson.name).swift")
        guard let data = try? Data(contentsOf: file) else { return nil }
        return Likeness.Source(
          student: entry.student, text: String(decoding: data, as: UTF8.self), digest: entry.digest)
      }
      let solution = kit.root.appendingPathComponent("Solutions/\(lesson.folder)")
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: solution.path)) ?? [])
        .filter { $0.hasSuffix(".swift") }.sorted()
      let reference = names.compactMap { try? String(contentsOf: solution.appendingPathComponent($0), encoding: .utf8) }
      likeness.add(
        lesson: lesson.number, title: lesson.title, sources: files, stub: try Exercise(lesson, kit: kit).stub,
        reference: reference.isEmpty ? nil : reference.joined(separator: "\n"))
    }
    return likeness
  }

  /// Fills the marks into a copy of Canvas's gradebook, `canvas.csv`.
  /// - Throws: where that cannot be done; nothing is written then.
  public func fillCanvas(_ file: URL, column: String, isScaled: Bool) throws -> Gradebook {
    try fill(file, "canvas.csv") { try Gradebook(canvas: $0, column: column, summary, isScaled: isScaled) }
  }

  /// Fills the marks into a copy of Moodle's file, `moodle.csv`.
  /// - Throws: where that cannot be done; nothing is written then.
  public func fillMoodle(_ file: URL, _ columns: Gradebook.MoodleColumns, isScaled: Bool) throws -> Gradebook {
    try fill(file, "moodle.csv") { try Gradebook(moodle: $0, columns, summary, isScaled: isScaled) }
  }

  private func fill(_ file: URL, _ name: String, _ make: (Data) throws -> Gradebook) throws -> Gradebook {
    guard let data = try? Data(contentsOf: file) else { throw ClassroomError("\(file.path) cannot be read") }
    let target = results.url.appendingPathComponent(name)
    guard target.standardizedFileURL.resolvingSymlinksInPath() != file.standardizedFileURL.resolvingSymlinksInPath()
    else {
      throw ClassroomError("\(file.path) would be overwritten: keep the export from the platform somewhere else")
    }
    do {
      let gradebook = try make(data)
      try Self.write(gradebook.data, target)
      return gradebook
    } catch let error as ClassroomError { throw ClassroomError("\(file.path): \(error.description)") }
  }

  private static func write(_ text: String, _ file: URL) throws { try write(Data(text.utf8), file) }
  private static func write(_ data: Data, _ file: URL) throws {
    guard FileKind(file.path) != .folder else {
      throw ClassroomError(
        "\(file.path) is a folder, and a report has that name: rename the submission that it comes from, and grade again"
      )
    }
    try data.write(to: file, options: .atomic)
  }
}
