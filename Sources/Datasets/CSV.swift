/// A comma-separated text: a header line and rows of as many fields, found but not yet read.
///
/// Lines end in LF or CRLF, the last one in either or neither. Spaces around a field and a byte order mark are skipped.
/// There are no quotes.
struct CSV {
  let file: DataFile
  /// The header's fields.
  let columnNames: [String]
  /// The number of lines after the header.
  let rowCount: Int
  /// Where each field's bytes lie, row by row, the header's first.
  private let fields: [Range<Int>]

  init(_ file: DataFile) throws(DataFileError) {
    try checkUTF8(file)
    let bytes = file.bytes
    var fields: [Range<Int>] = []
    var columnNames: [String] = []
    var line = 1
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var i = start
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
    while i <= end {
      let isLineEnd = i == end || bytes[i] == UInt8(ascii: "\n")
      if isLineEnd || bytes[i] == UInt8(ascii: ",") {
        let hasReturn = isLineEnd && i > start && bytes[i - 1] == UInt8(ascii: "\r")
        fields.append(trimmed(start..<(hasReturn ? i - 1 : i), of: bytes))
        start = i + 1
        if isLineEnd {
          if line == 1 { columnNames = try header(fields, of: file) }
          let count = fields.count - (line - 1) * columnNames.count
          guard count == columnNames.count else {
            let isBlank = count == 1 && fields[fields.count - 1].isEmpty
            throw file.refusal(
              at: .field(line: line, column: min(count, columnNames.count) + (isBlank ? 0 : 1)),
              isBlank ? "the line is empty" : "the line has \(count) fields where the header has \(columnNames.count)",
              isBlank ? "remove it" : "give each line as many fields as the header")
          }
          line += 1
        }
      }
      i += 1
    }
    self.file = file
    self.fields = fields
    rowCount = line - 2
    self.columnNames = columnNames
    guard rowCount > 0 else {
      throw file.refusal(at: .field(line: 2, column: 1), "nothing follows the header", "fetch or write the file again")
    }
  }

  /// The text of the field in data row `row` and column `column`, both counted from 0.
  func text(row: Int, column: Int) -> String {
    String(decoding: file.bytes[fields[(row + 1) * columnNames.count + column]], as: UTF8.self)
  }

  /// All fields below the header as numbers, row by row; `rowCount` × `columnNames.count` of them.
  func numbers() throws(DataFileError) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(fields.count - columnNames.count)
    var f = columnNames.count
    while f < fields.count {
      guard let x = DecimalNumber.value(of: fields[f], in: file.bytes) else { throw noNumber(field: f) }
      numbers.append(x)
      f += 1
    }
    return numbers
  }

  /// The place of a data row and column, both counted from 0, as an editor counts them.
  func place(row: Int, column: Int) -> DataFileError.Place {
    .field(line: row + 2, column: column + 1)
  }

  private func noNumber(field f: Int) -> DataFileError {
    let row = f / columnNames.count - 1
    let column = f % columnNames.count
    let text = text(row: row, column: column)
    let name = columnNames[column]
    if text.isEmpty {
      return file.refusal(
        at: place(row: row, column: column), "the field (\(name)) is empty", "fill in a number or remove the line")
    }
    return file.refusal(
      at: place(row: row, column: column), "“\(text.prefix(40))” (\(name)) is not a finite number",
      "write one such as 12, -0.5 or 3e-8, without quotes, or remove the line")
  }
}

/// The names in the header's fields; refuses a header that has none, only one, or numbers in their place.
private func header(_ fields: [Range<Int>], of file: DataFile) throws(DataFileError) -> [String] {
  let names = fields.map { String(decoding: file.bytes[$0], as: UTF8.self) }
  for (column, name) in names.enumerated() {
    let place = DataFileError.Place.field(line: 1, column: column + 1)
    guard !name.isEmpty else {
      throw file.refusal(at: place, "the column has no name", "name every column in the first line")
    }
    guard !name.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") }) else {
      throw file.refusal(
        at: place, "a quote or a control character stands in the column's name",
        "save the file as plain UTF-8 text, without quotes, its lines ending in LF or CRLF")
    }
  }
  guard names.count > 1 else {
    throw file.refusal(
      at: .field(line: 1, column: 1), "there is only one column",
      "separate the fields by commas: the features, then the label")
  }
  guard fields.contains(where: { DecimalNumber.value(of: $0, in: file.bytes) == nil }) else {
    throw file.refusal(
      at: .field(line: 1, column: 1), "numbers stand where the columns' names belong",
      "put a header line before the first row")
  }
  return names
}

/// The range without the spaces and tabs at its ends.
private func trimmed(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
  func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
  var (first, end) = (range.lowerBound, range.upperBound)
  while first < end, isBlank(bytes[first]) { first += 1 }
  while first < end, isBlank(bytes[end - 1]) { end -= 1 }
  return first..<end
}

/// Refuses a file that is not UTF-8, at the field in which the first wrong byte stands.
private func checkUTF8(_ file: DataFile) throws(DataFileError) {
  guard String(validating: file.bytes, as: UTF8.self) == nil else { return }
  let lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  for (l, line) in lines.enumerated() {
    for (c, field) in line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).enumerated()
    where String(validating: field, as: UTF8.self) == nil {
      throw file.refusal(
        at: .field(line: l + 1, column: c + 1), "the bytes are not UTF-8 text", "save the file as UTF-8")
    }
  }
}
