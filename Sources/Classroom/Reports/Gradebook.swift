import Foundation

/// A learning platform's own file of marks, into which a class's marks are filled.
///
/// A student is found by what the platform knows for certain before what is only likely: by an identifier, then an e-mail address, then
/// the name. Where one student fits two rows, or two students one row, neither is filled: a mark in the wrong row is worse than
/// none. Whatever is not filled is told.
public struct Gradebook {
  /// The filled file.
  public let data: Data
  /// How many rows have a mark now.
  public let filled: Int
  /// What an instructor has to know, a sentence each: students without a row, rows without a student, marks that were there.
  public let remarks: [String]
  /// Whether every student has a row.
  public let isComplete: Bool

  /// The columns by which students are found, the most certain first.
  struct Columns {
    /// Each matches as a whole, capitals and small letters alike.
    var identifiers: [Int] = []
    /// Participant numbers of Moodle's worksheets: only the number at the end counts.
    var participant: Int?
    /// E-mail addresses: as a whole, or what stands before the @.
    var email: Int?
    /// Names, in any order of their words.
    var names: [[Int]] = []
    var grade: Int
    var feedback: Int?
    /// The column of the most points, where there is one for each row.
    var maximum: Int?
  }

  /// Fills a file.
  /// - Parameters:
  ///   - students: the rows of the class.
  ///   - firstRow: the first row with a student.
  ///   - maximum: the most points that the platform gives, where the file says so in one place.
  ///   - isScaled: whether marks are converted in proportion to that.
  /// - Throws: where the platform's most points are not those that can be earned, and `isScaled` is false.
  init(
    _ file: CSVFile, _ columns: Columns, _ students: [ClassSummary.Row], firstRow: Int, maximum: Double?, isScaled: Bool
  ) throws {
    var file = file
    let rows = (firstRow..<max(firstRow, file.rows.count)).filter { row in file.rows[row].contains { !$0.text.isEmpty }
    }
    let matches = Self.match(students.map(\.student), rows, file, columns)
    var remarks: [String] = []
    var filled = 0
    var kept: [String] = []
    var changed: [String] = []
    for (student, row) in zip(students, matches.rows) {
      guard let row else { continue }
      let place = columns.maximum.flatMap { Self.number(file.text(row, $0)) } ?? maximum
      var mark = student.earned
      if let place, abs(place - student.possible) > 0.005 {
        guard isScaled else {
          throw ClassroomError(
            "marks there are out of \(ReportText.number(place)), and here out of \(ReportText.number(student.possible)): "
              + "set the most points there, or say --scale to have the marks converted in proportion")
        }
        mark = student.possible > 0 ? student.earned / student.possible * place : 0
      } else if place == nil && isScaled {
        throw ClassroomError("it does not say how many points there are at most: --scale has nothing to convert to")
      }
      let old = file.text(row, columns.grade).trimmingCharacters(in: .whitespaces)
      if old.uppercased() == "EX" {
        kept.append(student.student)
        continue
      }
      let new = ReportText.number(mark)
      if let number = Self.number(old), abs(number - mark) > 0.005 {
        changed.append("\(student.student) (\(old), now \(new))")
      }
      file.fill(row, columns.grade, number: new)
      if let feedback = columns.feedback { file.fill(row, feedback, text: Self.feedback(student)) }
      filled += 1
    }
    func tell(_ sentence: String, _ names: [String]) {
      if !names.isEmpty { remarks.append(sentence + ": " + names.map(ReportText.line).joined(separator: ", ")) }
    }
    tell("Graded, but in no row of the file", matches.unmatched)
    tell("Fits several rows, or shares its row with another student, and was left out", matches.ambiguous)
    let taken = Set(matches.rows.compactMap { $0 })
    tell(
      "Rows without a graded student, left as they were",
      rows.filter { !taken.contains($0) && !matches.contested.contains($0) }.map { Self.name(of: $0, file, columns) })
    tell("Excused (EX), left as they were", kept)
    tell("Had another mark before", changed)
    self.data = file.data()
    self.filled = filled
    self.remarks = remarks
    isComplete = matches.unmatched.isEmpty && matches.ambiguous.isEmpty
  }

  /// A number with a decimal point or comma.
  static func number(_ text: String) -> Double? {
    Double(text.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: ",", with: "."))
      .flatMap { $0.isFinite ? $0 : nil }
  }

  private static func feedback(_ student: ClassSummary.Row) -> String {
    let passed = student.states[.passed] ?? 0
    var text =
      "\(ReportText.number(student.earned)) of \(ReportText.number(student.possible)) points; \(passed) of "
      + "\(student.states.values.reduce(0, +)) steps are right."
    if let penalty = student.penalty {
      text += " \(ReportText.line(penalty.reason)): \(ReportText.number(penalty.share * 100)) % taken off."
    }
    return text
  }

  private static func name(of row: Int, _ file: CSVFile, _ columns: Columns) -> String {
    let cells = columns.names.first ?? columns.identifiers.first.map { [$0] } ?? columns.email.map { [$0] } ?? [0]
    let name = cells.map { file.text(row, $0) }.filter { !$0.isEmpty }.joined(separator: " ")
    return name.isEmpty ? "line \(row + 1)" : name
  }
}

extension Gradebook {
  struct Matches {
    /// For each student its row, or nil.
    var rows: [Int?]
    var unmatched: [String] = []
    var ambiguous: [String] = []
    /// Rows that more than one student fits, or that share a student.
    var contested: Set<Int> = []
  }

  static func match(_ students: [String], _ rows: [Int], _ file: CSVFile, _ columns: Columns) -> Matches {
    // One table of keys for each kind, the most certain first.
    var tables: [(table: [String: [Int]], keys: (FolderName) -> [String])] = []
    func table(_ keys: (Int) -> [String]) -> [String: [Int]] {
      var table: [String: [Int]] = [:]
      for row in rows { for key in Set(keys(row)) where !key.isEmpty { table[key, default: []].append(row) } }
      return table
    }
    for column in columns.identifiers {
      tables.append((table { [key(file.text($0, column))] }, { $0.identifiers }))
    }
    if let column = columns.participant {
      tables.append(
        (table { [String(file.text($0, column).reversed().prefix { $0.isNumber }.reversed())] }, { $0.participants }))
    }
    if let column = columns.email {
      tables.append((table { [key(file.text($0, column))] }, { $0.identifiers }))
      tables.append((table { [key(String(file.text($0, column).prefix { $0 != "@" }))] }, { $0.identifiers }))
    }
    for cells in columns.names {
      let name = { (row: Int) in cells.map { file.text(row, $0) }.joined(separator: " ") }
      tables.append((table { [FolderName.words(name($0))] }, { $0.names.map(FolderName.words) }))
      tables.append((table { [FolderName.letters(name($0))] }, { $0.names.map(FolderName.letters) }))
    }

    var matches = Matches(rows: Array(repeating: nil, count: students.count))
    var claims: [Int: [Int]] = [:]
    for (k, student) in students.enumerated() {
      let name = FolderName(student)
      var candidates: Set<Int> = []
      for (table, keys) in tables where candidates.isEmpty {
        for key in keys(name) { candidates.formUnion(table[key] ?? []) }
      }
      if candidates.count > 1 {
        matches.ambiguous.append(student)
        matches.contested.formUnion(candidates)
      } else if let row = candidates.first {
        claims[row, default: []].append(k)
      } else {
        matches.unmatched.append(student)
      }
    }
    for (row, claimants) in claims {
      if claimants.count == 1 && !matches.contested.contains(row) {
        matches.rows[claimants[0]] = row
      } else {
        matches.ambiguous += claimants.map { students[$0] }
        matches.contested.insert(row)
      }
    }
    matches.ambiguous.sort()
    return matches
  }

  private static func key(_ text: String) -> String { text.trimmingCharacters(in: .whitespaces).lowercased() }

  /// What the name of a submission says of its student: the name itself, or what a platform's download puts into it.
  struct FolderName {
    var identifiers: [String]
    var participants: [String] = []
    var names: [String]

    init(_ name: String) {
      identifiers = [Gradebook.key(name)]
      names = [name]
      let parts = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
      func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      // Moodle: “Ada Lovelace_1234_assignsubmission_file_”.
      if let k = parts.firstIndex(of: "assignsubmission"), k >= 2, isNumber(parts[k - 1]) {
        participants = [parts[k - 1]]
        names = [parts[..<(k - 1)].joined(separator: " ")]
        return
      }
      // Canvas: “lovelaceada_4021_98765_gradus.zip”, “lovelaceada_LATE_4021_98765_gradus.zip”.
      let rest = parts.dropFirst().drop { $0 == "LATE" }
      if rest.count >= 3, isNumber(rest[rest.startIndex]), isNumber(rest[rest.startIndex + 1]) {
        identifiers = [rest[rest.startIndex]]
        names = [parts[0]]
      }
    }

    /// The words of a name in alphabetical order: “Lovelace, Ada” and “ada_lovelace” are the same.
    static func words(_ name: String) -> String {
      name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).sorted().joined(separator: " ")
    }

    /// The letters of a name in their order: “Lovelace, Ada” and “lovelaceada” are the same.
    static func letters(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
  }
}
