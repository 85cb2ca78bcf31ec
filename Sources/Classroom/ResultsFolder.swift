import Foundation

/// The folder of a class's results: `class.json`, and a folder for each student with `record.json` and the reports.
public struct ResultsFolder: Sendable {
  /// The folder.
  public let url: URL

  /// The results in a folder, which need not exist yet.
  public init(_ url: URL) { self.url = url }

  /// The file with what holds for the whole class.
  public var classFile: URL { url.appendingPathComponent("class.json") }
  /// A student's folder.
  public func folder(of student: String) -> URL { url.appendingPathComponent(student) }
  /// A student's record.
  public func recordFile(of student: String) -> URL { folder(of: student).appendingPathComponent("record.json") }

  /// The students who have a record, in the order of their names.
  public func students() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { FileManager.default.fileExists(atPath: recordFile(of: $0).path) }.sorted()
  }

  /// A student's record. Read one at a time: a class may be larger than the memory.
  /// - Throws: where there is none, or it cannot be read.
  public func record(of student: String) throws -> StudentRecord {
    try StudentRecord(json: Data(contentsOf: recordFile(of: student)))
  }

  /// Writes a student's record, all of it or nothing.
  /// - Throws: where it cannot be written.
  public func write(_ record: StudentRecord) throws {
    let file = recordFile(of: record.student)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try record.json().write(to: file, options: .atomic)
  }

  /// What holds for the whole class.
  /// - Throws: where there is none, or it cannot be read.
  public func classRecord() throws -> ClassRecord {
    try RecordCoding.decoder.decode(ClassRecord.self, from: Data(contentsOf: classFile))
  }

  /// Writes what holds for the whole class, all of it or nothing.
  /// - Throws: where it cannot be written.
  public func write(_ record: ClassRecord) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try (RecordCoding.encoder.encode(record) + Data("\n".utf8)).write(to: classFile, options: .atomic)
  }
}

/// What holds for the grading of a whole class: drawn or read when it began, and kept when it goes on.
public struct ClassRecord: Codable, Sendable, Equatable {
  /// When it began.
  public var started: Date
  /// The seeds from which all inputs are drawn.
  public var seeds: [UInt64]
  /// The numbers of the lessons that count.
  public var lessons: [Int]
  /// The rules for marks.
  public var marking: Marking
  /// The kit that grades.
  public var kit: KitRecord
  /// The part of the class that is graded here; nil where it is the whole class.
  public var shard: Shard?

  /// A class whose grading begins.
  public init(started: Date, seeds: [UInt64], lessons: [Int], marking: Marking, kit: KitRecord) {
    self.started = started
    self.seeds = seeds
    self.lessons = lessons
    self.marking = marking
    self.kit = kit
  }
}
