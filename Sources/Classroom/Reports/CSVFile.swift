import Foundation

/// A CSV file whose cells can be filled while every other byte stays as it is: separators, quotes, ends of lines, a byte order mark
/// and the encoding are the file's own.
struct CSVFile {
  /// A cell: its text, and where it stands in the file, its quotes included.
  struct Cell {
    let text: String
    let range: Range<Int>
    let isQuoted: Bool
  }

  /// The rows, empty lines included as rows of one empty cell.
  private(set) var rows: [[Cell]] = []
  private let bytes: [UInt8]
  private let separator: UInt8
  private let isUTF8: Bool
  private var edits: [(range: Range<Int>, text: String)] = []

  /// Reads a file. The separator is whichever of comma, semicolon and tab stands most often in its first line.
  /// - Throws: where it is in UTF-16, or a quote is not closed.
  init(_ data: Data) throws {
    bytes = Array(data)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
      throw ClassroomError("it is not in UTF-8: save it as “CSV UTF-8”, or take the file as it was downloaded")
    }
    isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    separator = Self.separator(of: bytes[start...])
    try read(from: start)
  }

  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isInQuotes = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
      if isInQuotes { continue }
      if byte == 0x0A || byte == 0x0D { break }
      counts[byte, default: 0] += 1
    }
    return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }
      .flatMap { (counts[$0] ?? 0) > 0 ? $0 : nil } ?? UInt8(ascii: ",")
  }

  private mutating func read(from start: Int) throws {
    let quote = UInt8(ascii: "\"")
    var row: [Cell] = []
    var k = start
    while k < bytes.count {
      let begin = k
      var contents: [UInt8] = []
      let isQuoted = bytes[k] == quote
      if isQuoted {
        k += 1
        while true {
          guard k < bytes.count else {
            throw ClassroomError("in line \(bytes[..<begin].count { $0 == 0x0A } + 1) a quote is opened and not closed")
          }
          if bytes[k] == quote {
            k += 1
            guard k < bytes.count, bytes[k] == quote else { break }
          }
          contents.append(bytes[k])
          k += 1
        }
      }
      // What stands after a closing quote belongs to the cell too, as spreadsheets read it.
      while k < bytes.count, bytes[k] != separator, bytes[k] != 0x0A, bytes[k] != 0x0D {
        contents.append(bytes[k])
        k += 1
      }
      row.append(Cell(text: text(contents), range: begin..<k, isQuoted: isQuoted))
      if k < bytes.count, bytes[k] == separator {
        k += 1
        // A separator at the very end is followed by an empty cell.
        if k == bytes.count || bytes[k] == 0x0A || bytes[k] == 0x0D {
          row.append(Cell(text: "", range: k..<k, isQuoted: false))
        } else {
          continue
        }
      }
      rows.append(row)
      row = []
      if k < bytes.count { k += bytes[k] == 0x0D && k + 1 < bytes.count && bytes[k + 1] == 0x0A ? 2 : 1 }
    }
    if !row.isEmpty { rows.append(row) }
  }

  private func text(_ contents: [UInt8]) -> String {
    if isUTF8 { return String(decoding: contents, as: UTF8.self) }
    return String(data: Data(contents), encoding: .windowsCP1252) ?? String(decoding: contents, as: UTF8.self)
  }

  /// The text of a cell; empty where the row is too short.
  func text(_ row: Int, _ column: Int) -> String { column < rows[row].count ? rows[row][column].text : "" }

  /// Puts a number into a cell, as it is or in quotes, whichever the cell had.
  mutating func fill(_ row: Int, _ column: Int, number: String) {
    let isQuoted = column < rows[row].count && rows[row][column].isQuoted
    edit(row, column, isQuoted ? "\"\(number)\"" : number)
  }

  /// Puts text into a cell, in quotes and safe from being taken for a formula.
  mutating func fill(_ row: Int, _ column: Int, text: String) { edit(row, column, ReportText.cell(text)) }

  private mutating func edit(_ row: Int, _ column: Int, _ text: String) {
    let cells = rows[row]
    if column < cells.count {
      edits.append((cells[column].range, text))
    } else {
      let end = cells.last!.range.upperBound
      let separators = String(repeating: Character(Unicode.Scalar(separator)), count: column - cells.count + 1)
      edits.append((end..<end, separators + text))
    }
  }

  /// The file with what was filled in.
  func data() -> Data {
    var result = Data()
    var place = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      result += bytes[place..<edit.range.lowerBound]
      result +=
        isUTF8
        ? Data(edit.text.utf8)
        : edit.text.data(using: .windowsCP1252, allowLossyConversion: true) ?? Data(edit.text.utf8)
      place = edit.range.upperBound
    }
    return result + bytes[place...]
  }
}
