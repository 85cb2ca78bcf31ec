#if canImport(Glibc)
  import func Glibc.vsnprintf
#else
  import func Darwin.vsnprintf
#endif

extension Matrix: CustomStringConvertible {
  /// The shape and the elements with six significant digits, decimal points in line; of many rows and columns only the
  /// first and last are shown.
  ///
  ///     (2×3) matrix
  ///     [[ 1    0.5   -3     ]
  ///      [ 2  100.25   1e-07 ]]
  public var description: String {
    OperationCount.record()
    guard !storage.isEmpty else { return "\(shape) matrix without elements" }
    let shownRows = Matrix.shown(rows, most: 20), shownColumns = Matrix.shown(columns, most: 10)
    let cells = shownColumns.map { j in
      aligned(
        shownRows.map { i in
          guard let i, let j else { return Numeral(before: "…", after: "") }
          return Numeral(storage[i * rowStride + j * columnStride])
        })
    }
    let lines = shownRows.indices.map { r in "[ " + cells.map { $0[r] }.joined(separator: "  ") + " ]" }
    return "\(shape) matrix\n[" + lines.joined(separator: "\n ") + "]"
  }

  /// The indices to show, nil where some are left out.
  private static func shown(_ size: Int, most: Int) -> [Int?] {
    guard size > most else { return Array(0..<size) }
    return Array(0..<5) + [nil] + Array(size - 5..<size)
  }
}

/// A number as text, parted where the decimal point is, so that a column of them can be lined up.
private struct Numeral {
  var before, after: Substring

  init(before: Substring, after: Substring) {
    (self.before, self.after) = (before, after)
  }

  init(_ x: Double) {
    let text = sixDigits(x)
    let end = text.firstIndex { $0 == "." || $0 == "e" } ?? text.endIndex
    (before, after) = (text[..<end], text[end...])
  }
}

/// The numerals of one column as texts of the same length, points in line.
private func aligned(_ column: [Numeral]) -> [String] {
  let before = column.map(\.before.count).max() ?? 0
  let after = column.map(\.after.count).max() ?? 0
  return column.map {
    String(repeating: " ", count: before - $0.before.count) + $0.before + $0.after
      + String(repeating: " ", count: after - $0.after.count)
  }
}

/// The C library's "%.6g": 0.333333, 1e-07, 123457, inf; and nan, whose sign means nothing.
private func sixDigits(_ x: Double) -> String {
  if x.isNaN { return "nan" }
  return withVaList([x]) { arguments in
    String(unsafeUninitializedCapacity: 32) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { Int(vsnprintf($0.baseAddress, $0.count, "%.6g", arguments)) }
    }
  }
}
