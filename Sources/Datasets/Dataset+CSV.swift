import LinearAlgebra

extension Dataset {
  /// Reads a CSV file: a header line, then an example a line, numbers separated by commas, the label or target last.
  ///
  /// Lines end in LF or CRLF; the last line end may be missing. There are no quotes and no missing values.
  /// - Parameters:
  ///   - path: The file, from the current folder or from the root.
  ///   - classNames: K names for the labels 0 ..< K; none if the last column is the target of a regression.
  /// - Throws: `DataFileError` naming the line and column that cannot be read.
  public init(csv path: String, classNames: [String] = []) throws(DataFileError) {
    try self.init(CSV(DataFile(path: path)), classNames: classNames)
  }

  init(_ csv: CSV, classNames: [String]) throws(DataFileError) {
    let numbers = try csv.numbers()
    let m = csv.rowCount
    let n = csv.columnNames.count - 1
    var answers: [Double] = []
    for i in 0..<m {
      let answer = numbers[i * (n + 1) + n]
      guard classNames.isEmpty || isLabel(answer, among: classNames.count) else {
        throw csv.file.refusal(
          at: csv.place(row: i, column: n),
          "\(csv.text(row: i, column: n)) is not the label of one of the \(classNames.count) classes",
          "number the classes 0 to \(classNames.count - 1)")
      }
      answers.append(answer)
    }
    var features = [Double](repeating: 0, count: n * m)
    var (i, j) = (0, 0)
    for number in numbers {
      if j < n { features[j * m + i] = number }
      j += 1
      if j > n { (i, j) = (i + 1, 0) }
    }
    self.init(
      X: Matrix(rows: n, columns: m, elements: features), Y: Matrix(row: answers),
      featureNames: Array(csv.columnNames.dropLast()), classNames: classNames)
  }
}
