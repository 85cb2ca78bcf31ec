import Foundation
import Testing

@testable import Classroom

struct GradebookTests {
  /// A class of some students, each with 1.5 of 3 points.
  private func summary(_ students: [String]) -> ClassSummary {
    var summary = ClassSummary()
    for student in students { summary.add(RecordTests.record(student).marked(by: Marking())) }
    return summary
  }

  private func canvas(_ text: String, _ students: [String], column: String = "Gradus", isScaled: Bool = false) throws
    -> Gradebook
  {
    try Gradebook(canvas: Data(text.utf8), column: column, summary(students), isScaled: isScaled)
  }
  private func moodle(
    _ text: String, _ students: [String], _ columns: Gradebook.MoodleColumns = .init(), isScaled: Bool = false
  ) throws -> Gradebook {
    try Gradebook(moodle: Data(text.utf8), columns, summary(students), isScaled: isScaled)
  }

  static let canvasFile =
    "\u{FEFF}Student,ID,SIS User ID,SIS Login ID,Section,Essay (7),Gradus (12),Final Score\r\n"
    + "    Points Possible,,,,,10,3,(read only)\r\n"
    + "\"Lovelace, Ada\",4021,s123,ada,CS101,9,,=SUM(A1)\r\n"
    + "\"O'Neil; \"\"Bob\"\"\",4022,s124,bob,CS101,,\"0.00\",\r\n"
    + "Excused Eve,4023,s125,eve,CS101,,EX,\r\n"
    + "\"Student, Test\",4099,,test,CS101,,,\r\n"

  @Test func `Canvas's file is filled by login, and every other byte stays`() throws {
    let book = try canvas(Self.canvasFile, ["ada", "BOB", "eve", "stranger"])
    let expected = Self.canvasFile
      .replacingOccurrences(of: "CS101,9,,=SUM", with: "CS101,9,1.5,=SUM")
      .replacingOccurrences(of: "\"0.00\"", with: "\"1.5\"")
    #expect(String(decoding: book.data, as: UTF8.self) == expected)
    #expect(book.data.starts(with: [0xEF, 0xBB, 0xBF]) && book.filled == 2 && !book.isComplete)
    let remarks = book.remarks.joined(separator: "\n")
    #expect(remarks.contains("in no row of the file: stranger") && remarks.contains("left as they were: Student, Test"))
    #expect(remarks.contains("Excused (EX), left as they were: eve") && remarks.contains("BOB (0.00, now 1.5)"))
  }

  @Test func `Canvas's students are found by ID, by name, and by the folders of its download`() throws {
    for name in [
      "4021", "s123", "Ada Lovelace", "lovelace_ada", "Lovelace, Ada", "lovelaceada_4021_98765_gradus",
      "lovelaceada_LATE_4021_98765_my_gradus", "lovelaceada",
    ] {
      let book = try canvas(Self.canvasFile, [name])
      #expect(String(decoding: book.data, as: UTF8.self).contains("CS101,9,1.5,=SUM") && book.isComplete, "\(name)")
    }
    #expect(try canvas(Self.canvasFile, ["ad", "lovelace", "402"]).filled == 0)
  }

  @Test func `nobody gets a row that two could have`() throws {
    let file = "Student,ID,Section,Gradus (1)\n\"Lee, Kim\",1,A,\n\"Kim, Lee\",2,A,\n\"Roe, Jo\",3,A,5\n"
    let twins = try canvas(file, ["kim lee", "3", "Jo Roe"])
    #expect(String(decoding: twins.data, as: UTF8.self) == file && twins.filled == 0 && !twins.isComplete)
    #expect(twins.remarks.contains { $0.hasSuffix("3, Jo Roe, kim lee") })
    #expect(try canvas(file, ["1", "2"]).filled == 2)
  }

  @Test func `marks of another scale are neither guessed nor written`() throws {
    let file = Self.canvasFile.replacingOccurrences(of: "10,3,(read", with: "10,100,(read")
    let error = #expect(throws: ClassroomError.self) { _ = try canvas(file, ["ada"]) }
    #expect(error?.description.contains("--scale") == true)
    #expect(String(decoding: try canvas(file, ["ada"], isScaled: true).data, as: UTF8.self).contains("CS101,9,50,=SUM"))
  }

  @Test func `a file of Canvas's that does not fit is refused with what there is`() throws {
    let missing = #expect(throws: ClassroomError.self) { _ = try canvas(Self.canvasFile, ["ada"], column: "Gradsu") }
    #expect(missing?.description.contains("“Essay (7)”, “Gradus (12)”") == true)
    for (text, column) in [
      ("Name,Mark\nada,\n", "Mark"), (Self.canvasFile, "Final Score"),
      ("Student,ID,Section,Gradus (1),Gradus (2)\nada,1,A,,\n", "Gradus"), ("", "Gradus"),
      ("Student,ID,Section,Gradus (1)\n\"ada,1,A,\n", "Gradus"),
    ] {
      #expect(throws: ClassroomError.self, "\(text)") { _ = try canvas(text, ["ada"], column: column) }
    }
    #expect(throws: ClassroomError.self) { _ = try CSVFile(Data([0xFF, 0xFE, 0x41, 0])) }
    #expect(
      try canvas("Student,ID,Section,Gradus (1),Gradus (2)\nada,1,A,,\n", ["1"], column: "Gradus (2)").filled == 1)
  }

  static let worksheet =
    "Identifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Grade can be changed\",\"Last modified (grade)\",\"Feedback comments\"\n"
    + "\"Participant 11\",\"Ada Lovelace\",ada@x.edu,\"Submitted for grading\",,3.00,Yes,\"Monday, 1 June 2026, 9:00 AM\",\n"
    + "\"Participant 12\",\"Søren Ørsted\",so@x.edu,\"No submission\",,3.00,Yes,-,\"=old, \"\"quoted\"\"\"\n"

  @Test func `Moodle's worksheet is filled by participant, e-mail and name`() throws {
    for name in ["Ada Lovelace_11_assignsubmission_file_", "ADA@x.edu", "ada", "Lovelace Ada", "ada_lovelace"] {
      let book = try moodle(Self.worksheet, [name])
      let feedback = "\"1.5 of 3 points; 1 of 2 steps are right.\""
      let expected = Self.worksheet.replacingOccurrences(of: "grading\",,3.00", with: "grading\",1.5,3.00")
        .replacingOccurrences(of: "9:00 AM\",\n", with: "9:00 AM\",\(feedback)\n")
      #expect(String(decoding: book.data, as: UTF8.self) == expected && book.isComplete, "\(name)")
      #expect(book.remarks == ["Rows without a graded student, left as they were: Søren Ørsted"])
    }
    #expect(try moodle(Self.worksheet, ["Other Person_99_assignsubmission_file_"]).filled == 0)
    #expect(throws: ClassroomError.self) {
      _ = try moodle(Self.worksheet.replacingOccurrences(of: "3.00", with: "100,00"), ["ada"])
    }
  }

  @Test func `a worksheet in another language is known, or its columns are named`() throws {
    let german =
      "ID;\"Vollständiger Name\";E-Mail-Adresse;Status;Bewertung;Bestwertung\r\nTeilnehmer/in11;Ada Lovelace;ada@x.edu;-;;3,00\r\n"
    #expect(String(decoding: try moodle(german, ["ada"]).data, as: UTF8.self).hasSuffix("ada@x.edu;-;1.5;3,00\r\n"))
    #expect(try moodle(german, ["X_11_assignsubmission_file_"]).filled == 1)
    let other = german.replacingOccurrences(of: "Bewertung;", with: "评分;")
    let error = #expect(throws: ClassroomError.self) { _ = try moodle(other, ["ada"]) }
    #expect(error?.description.contains("“评分”") == true)
    var columns = Gradebook.MoodleColumns()
    columns.grade = "评分"
    columns.maximum = "Bestwertung"
    #expect(try moodle(other, ["ada"], columns).filled == 1)
    columns.grade = "Nope"
    #expect(throws: ClassroomError.self) { _ = try moodle(other, ["ada"], columns) }
  }

  @Test func `a gradebook's export has names apart, short rows are filled up, and its encoding stays`() throws {
    let file = "First name,Last name,ID number,Gradus\nAda,Lovelace,123\nS\u{F8}ren,\u{D8}rsted,124,\n"
    var columns = Gradebook.MoodleColumns()
    columns.grade = "Gradus"
    let latin = try #require(file.data(using: .windowsCP1252))
    let book = try Gradebook(moodle: latin, columns, summary(["Ada Lovelace", "ørsted søren"]), isScaled: false)
    let filled = "First name,Last name,ID number,Gradus\nAda,Lovelace,123,1.5\nS\u{F8}ren,\u{D8}rsted,124,1.5\n"
    #expect(book.data == filled.data(using: .windowsCP1252) && book.isComplete)
  }

  @Test func `a file that nothing is filled into is the same, byte by byte`() throws {
    for text in ["", "a", "a,b\r\n\r\n\"x\ny\",\r", "a;b\n;\n", "\u{FEFF}a\tb\n\"q\"\"\"\t \"z\" \n", "a,b,\n,,"] {
      #expect(try CSVFile(Data(text.utf8)).data() == Data(text.utf8), "\(text.debugDescription)")
    }
    let file = try CSVFile(Data("a,b,\n\"x\"\"y\",,\"l\nm\"\n".utf8))
    #expect(file.rows.map { $0.map(\.text) } == [["a", "b", ""], ["x\"y", "", "l\nm"]])
  }
}
