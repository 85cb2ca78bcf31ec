import Foundation

extension Gradebook {
  /// Canvas's gradebook, as it was exported there (instructure/canvas-lms, lib/gradebook_importer.rb).
  ///
  /// Students are found by `ID`, `SIS User ID`, `SIS Login ID`, then by name; a folder from Canvas's own download of submissions has the
  /// ID in its name.
  /// - Parameter column: the assignment's title, with or without its number in brackets.
  /// - Throws: where the file is none of Canvas's, or has no such column: Canvas would make a new assignment of it.
  init(canvas data: Data, column title: String, _ summary: ClassSummary, isScaled: Bool) throws {
    let file = try CSVFile(data)
    guard let header = file.rows.first?.map({ $0.text.trimmingCharacters(in: .whitespaces) }),
      header[0].contains("Student"), header.count > 2, header[1].contains("ID")
    else { throw ClassroomError("it is no gradebook of Canvas: its first columns must be Student and ID") }
    let titles = header.enumerated().filter {
      $0.offset > 1 && ($0.element == title || Self.withoutNumber($0.element) == title)
    }
    guard titles.count == 1 else {
      let all = header.dropFirst(2).filter { Self.withoutNumber($0) != $0 }.joined(separator: "”, “")
      throw ClassroomError(
        titles.isEmpty
          ? "it has no column “\(title)”: make the assignment in Canvas first, and export again; there are “\(all)”"
          : "it has several columns “\(title)”: name the one that is meant with its number, “\(titles[0].element)”")
    }
    let grade = titles[0].offset
    // The second row may hold the points possible, and which columns Canvas does not take.
    let firstRow =
      1
      + (file.rows.dropFirst().prefix(2).firstIndex {
        $0[0].text.trimmingCharacters(in: .whitespaces) == "Points Possible"
      } ?? 0)
    let possible = firstRow > 1 ? file.text(firstRow - 1, grade) : ""
    if possible.lowercased().contains("read only") {
      throw ClassroomError("Canvas does not take marks in the column “\(header[grade])”: it is read only")
    }
    var columns = Columns(grade: grade)
    columns.identifiers = ["ID", "SIS User ID", "SIS Login ID"].compactMap { header.firstIndex(of: $0) }
    columns.names = [[0]]
    try self.init(
      file, columns, summary.rows, firstRow: firstRow, maximum: Self.number(possible), isScaled: isScaled)
  }

  /// A title without the assignment's number at its end.
  private static func withoutNumber(_ title: String) -> String {
    guard title.hasSuffix(")"), let open = title.lastIndex(of: "("),
      title[title.index(after: open)...].dropLast().allSatisfy(\.isNumber)
    else { return title }
    return title[..<open].trimmingCharacters(in: .whitespaces)
  }
}
