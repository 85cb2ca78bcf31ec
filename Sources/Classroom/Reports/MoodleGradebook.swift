import Foundation

extension Gradebook {
  /// The titles of a Moodle file's columns, where an instructor names them.
  public struct MoodleColumns: Sendable {
    public var grade: String?
    public var feedback: String?
    public var maximum: String?
    /// None are named: those that are known are looked for.
    public init() {}
  }

  /// A file of Moodle's: an assignment's grading worksheet, or an export of the gradebook.
  ///
  /// A worksheet's titles are in the language of the site, and Moodle takes the file back only with these: nothing but marks and
  /// feedback is changed. Students are found by their participant's number (which a folder from Moodle's own download has in its name),
  /// ID number, e-mail address, then by name.
  /// - Throws: where the column of marks is neither named nor known.
  init(moodle data: Data, _ named: MoodleColumns, _ summary: ClassSummary, isScaled: Bool) throws {
    let file = try CSVFile(data)
    guard let header = file.rows.first?.map({ $0.text.trimmingCharacters(in: .whitespaces) }), header.count > 1 else {
      throw ClassroomError("it has no line of titles: take the file as Moodle gives it")
    }
    func column(_ name: String?, _ option: String, known: Set<String>) throws -> Int? {
      let places = header.indices.filter { place in
        name.map { $0 == header[place] } ?? known.contains(header[place].lowercased())
      }
      guard places.count < 2, name == nil || places.count == 1 else {
        throw ClassroomError(
          "it has \(places.isEmpty ? "no" : "several") column\(places.isEmpty ? "" : "s") “\(name ?? header[places[0]])”; "
            + "name one with \(option): “\(header.joined(separator: "”, “"))”")
      }
      return places.first
    }
    guard let grade = try column(named.grade, "--moodle-column", known: Self.gradeTitles) else {
      throw ClassroomError(
        "which of its columns is for the marks? Name it with --moodle-column: “\(header.joined(separator: "”, “"))”")
    }
    var columns = Columns(grade: grade)
    columns.feedback = try column(named.feedback, "--moodle-feedback", known: Self.feedbackTitles)
    columns.maximum = try column(named.maximum, "--moodle-maximum", known: Self.maximumTitles)
    // What a column holds tells what it is, in any language.
    let rows = file.rows.indices.dropFirst().filter { row in file.rows[row].contains { !$0.text.isEmpty } }
    func share(_ column: Int, _ test: (String) -> Bool) -> Double {
      rows.isEmpty ? 0 : Double(rows.count { test(file.text($0, column)) }) / Double(rows.count)
    }
    let others = header.indices.filter { ![grade, columns.feedback, columns.maximum].contains($0) }
    columns.email = others.first { share($0) { $0.contains("@") && !$0.contains(" ") } > 0.5 }
    if header.count > 3,
      share(0, { $0.last?.isNumber == true && $0.first?.isNumber == false && !$0.contains("@") }) > 0.9
    {
      columns.participant = 0
    }
    columns.identifiers = others.filter {
      ["id number", "idnumber", "id", "username"].contains(header[$0].lowercased())
    }
    // A name has a space in it, and neither digits nor an @; a gradebook's export has first and last names apart.
    let names = others.filter { column in
      column != columns.participant && column != columns.email
        && share(column) { text in text.contains { $0.isLetter } && !text.contains { $0.isNumber || $0 == "@" } } > 0.9
    }
    columns.names = names.prefix(3).map { [$0] } + (names.count > 1 ? [[names[0], names[1]]] : [])
    try self.init(file, columns, summary.rows, firstRow: 1, maximum: nil, isScaled: isScaled)
  }

  /// The worksheet's title of the marks in some languages of sites.
  private static let gradeTitles: Set<String> = [
    "grade", "bewertung", "note", "calificación", "valutazione", "nota", "cijfer",
  ]
  private static let maximumTitles: Set<String> = [
    "maximum grade", "bestwertung", "note maximale", "calificación máxima",
  ]
  private static let feedbackTitles: Set<String> = [
    "feedback comments", "feedback als kommentar", "feedback par commentaires", "comentarios de retroalimentación",
  ]
}
