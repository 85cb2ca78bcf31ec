import Foundation

/// The part of a class that one machine grades: `2/3` is the second of three.
public struct Shard: Codable, Sendable, Equatable, CustomStringConvertible {
  /// Counted from 1.
  public let number: Int
  public let count: Int

  /// Reads `I/N`; nil where it is no such thing.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], (1...1000).contains(count),
      (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  public var description: String { "\(number)/\(count)" }

  /// Every `count`-th of some elements, so that the shards of a class are of about the same size.
  func part<Element>(of elements: [Element]) -> [Element] {
    stride(from: number - 1, to: elements.count, by: count).map { elements[$0] }
  }
}

/// Joins the results of several machines.
public struct ClassMerge {
  /// How many students there are in all.
  public let students: Int
  /// What an instructor has to know, a sentence each.
  public let remarks: [String]

  /// Copies all students' folders into one folder of results.
  /// - Throws: where two of them were not graded on the same terms, have different records of one student, or a file cannot be
  ///   written. What is copied by then stays, and the sources are never changed.
  public init(_ parts: [ResultsFolder], into results: ResultsFolder) throws {
    let records = try parts.map { part in
      do { return try part.classRecord() } catch {
        throw ClassroomError("\(part.url.path) is no folder of results: it has no class.json that can be read")
      }
    }
    func check(_ record: ClassRecord, at place: URL) throws {
      let first = records[0]
      let differences = [
        ("seeds (give every machine the same --seed)", record.seeds != first.seeds),
        ("lessons", record.lessons != first.lessons), ("rules for marks", record.marking != first.marking),
        ("kits", record.kit.digest != first.kit.digest), ("toolchains", record.kit.toolchain != first.kit.toolchain),
      ].filter(\.1).map(\.0)
      guard differences.isEmpty else {
        throw ClassroomError(
          "\(parts[0].url.path) and \(place.path) were graded with different \(differences.joined(separator: ", ")): "
            + "their marks are not comparable")
      }
    }
    for (part, record) in zip(parts, records) { try check(record, at: part.url) }
    if let existing = try? results.classRecord() {
      try check(existing, at: results.url)
    } else if let names = try? FileManager.default.contentsOfDirectory(atPath: results.url.path), !names.isEmpty {
      throw ClassroomError("\(results.url.path) holds other files, and no class.json: give an empty folder with --out")
    }
    var whole = records[0]
    whole.started = records.map(\.started).min()!
    whole.shard = nil
    try results.write(whole)

    for part in parts {
      guard part.url.standardizedFileURL != results.url.standardizedFileURL else { continue }
      for student in part.students() {
        let record = try part.record(of: student)
        if let other = try? results.record(of: student) {
          guard other.submission == record.submission,
            other.lessons.map(\.steps.verdicts) == record.lessons.map(\.steps.verdicts)
          else {
            throw ClassroomError(
              "\(student) has two records that differ, one in \(part.url.path): remove the one that does not count")
          }
          continue
        }
        try copy(part.folder(of: student), to: results.folder(of: student))
      }
    }
    students = results.students().count
    var remarks: [String] = []
    let shards = records.compactMap(\.shard)
    if let count = shards.first?.count {
      let missing = (1...count).filter { number in !shards.contains { $0.number == number && $0.count == count } }
      if !missing.isEmpty {
        remarks.append("Missing: shard \(missing.map { "\($0)/\(count)" }.joined(separator: ", ")).")
      }
    }
    self.remarks = remarks
  }
}

/// A student's folder, all of it or nothing.
private func copy(_ folder: URL, to target: URL) throws {
  let temporary = target.deletingLastPathComponent().appendingPathComponent(".merging")
  try? FileManager.default.removeItem(at: temporary)
  try? FileManager.default.removeItem(at: target)
  try FileManager.default.copyItem(at: folder, to: temporary)
  try FileManager.default.moveItem(at: temporary, to: target)
}

extension [StepRecord] {
  /// What has to be the same wherever it was graded: states, points and checks, and not the time that it took.
  fileprivate var verdicts: [String] { map { "\($0.id) \($0.state.rawValue) \($0.earned) \($0.checks)" } }
}
