// Tables, matrices and images for a terminal.

/// Columns in line: those of numbers to the right, those of words to the left.
///
/// ```swift
/// print(terminalTable(["model", "accuracy"], [["logistic", "84.0"], ["two layers", "91.8"]]))
/// ```
public func terminalTable(_ header: [String], _ rows: [[String]], style: TerminalStyle = .unicode) -> String {
  let count = max(header.count, rows.map(\.count).max() ?? 0)
  func cell(_ row: [String], _ column: Int) -> String { column < row.count ? row[column] : "" }
  let widths = (0..<count).map { column in
    max(terminalWidth(cell(header, column)), rows.map { terminalWidth(cell($0, column)) }.max() ?? 0)
  }
  let isNumeric = (0..<count).map { column in
    let cells = rows.map { cell($0, column) }.filter { !$0.isEmpty }
    return !cells.isEmpty && cells.allSatisfy(startsAsNumber)
  }
  func line(_ row: [String]) -> String {
    (0..<count).map { column in
      let text = cell(row, column)
      return isNumeric[column] ? text.padded(before: widths[column]) : text.padded(after: widths[column])
    }.joined(separator: "  ").trimmed
  }
  let rule = widths.map { String(repeating: style == .unicode ? "─" : "-", count: $0) }.joined(separator: "  ")
  return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
}

/// Whether `text` is a number, perhaps with a unit behind it: "84.0", "−3", "12 %".
private func startsAsNumber(_ text: String) -> Bool {
  let body = text.drop { "-−+.~≈".contains($0) }
  return body.first?.isNumber == true || text == "NaN" || text.hasSuffix("∞") || text == "—"
}

/// A matrix as shades, two columns a cell: the denser, the greater. What is not finite is "??".
///
/// - Parameter range: the values of the emptiest and the densest shade; nil takes those of the matrix.
public func terminalHeatMap(
  _ rows: [[Double]], range: ClosedRange<Double>? = nil, style: TerminalStyle = .unicode
) -> String {
  var extent = Extent()
  for row in rows { extent.add(row) }
  let range = range ?? (extent.low ?? 0)...(extent.high ?? 1)
  return rows.map { row in
    row.map { value in
      guard value.isFinite else { return "??" }
      let span = range.upperBound - range.lowerBound
      return shade(span > 0 ? (value - range.lowerBound) / span : 0.5, style)
    }.joined()
  }.joined(separator: "\n")
}

/// An image as shades, two columns a pixel, bright pixels dense; or in its colours, half a row a pixel.
public func terminalImage(_ image: PixelImage, style: TerminalStyle = .unicode, color: Bool = false) -> String {
  guard color, style == .unicode else {
    return (0..<image.height).map { row in
      (0..<image.width).map { shade(image.brightness(row: row, column: $0), style) }.joined()
    }.joined(separator: "\n")
  }
  func code(_ row: Int, _ column: Int) -> String {
    let i = row * image.width + column
    let rgb = image.isGray ? [image.bytes[i], image.bytes[i], image.bytes[i]] : Array(image.bytes[3 * i..<3 * i + 3])
    return rgb.map(String.init).joined(separator: ";")
  }
  return stride(from: 0, to: image.height, by: 2).map { row in
    (0..<image.width).map { column in
      let lower = row + 1 < image.height ? "\u{1B}[48;2;\(code(row + 1, column))m" : ""
      return "\u{1B}[38;2;\(code(row, column))m\(lower)▀\u{1B}[0m"
    }.joined()
  }.joined(separator: "\n")
}

/// The two characters of a cell whose density is `f`, 0 to 1.
private func shade(_ f: Double, _ style: TerminalStyle) -> String {
  let shades: [Character] = style == .unicode ? Array(" ░▒▓█") : Array(" .:-=+*#%@")
  let level = min(shades.count - 1, max(0, Int((min(max(f, 0), 1) * Double(shades.count)).rounded(.down))))
  return String(repeating: shades[level], count: 2)
}
