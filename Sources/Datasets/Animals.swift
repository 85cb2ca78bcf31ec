extension Pictures {
  /// Emoji of 64 × 64 colour pixels: an animal (1) or not (0)? 184 for training, 60 for testing, half of each class.
  ///
  /// No picture in one part resembles one in the other: all dogs, all padlocks are on one side. White is 255: take 1 − x
  /// or subtract the training mean before feeding a deep ReLU network.
  /// - Throws: `DataFileError` if the shipped files have been changed.
  /// - Note: Drawn from Google's font Noto Color Emoji, Apache-2.0 and OFL-1.1; names and groups from Unicode's
  ///   emoji-test.txt 15.0.
  public static func animals() throws(DataFileError) -> (train: Pictures, test: Pictures) {
    let index = try CSV(DataFile(path: shippedFile("animals-index.csv")))
    return (try animals(part: "train", index: index), try animals(part: "test", index: index))
  }

  private static func animals(part: String, index: CSV) throws(DataFileError) -> Pictures {
    let pictures = try Pictures(
      images: shippedFile("animals-\(part)-images.idx4-ubyte"),
      labels: shippedFile("animals-\(part)-labels.idx1-ubyte"),
      classNames: ["not an animal", "animal"])
    guard index.columnNames.starts(with: ["part", "index", "label", "subgroup", "name"]) else {
      throw index.file.refusal(at: .field(line: 1, column: 1), "these are not the index's columns", "restore the file")
    }
    var names: [String] = []
    for row in 0..<index.rowCount where index.text(row: row, column: 0) == part {
      let i = names.count
      guard index.text(row: row, column: 1) == String(i), i < pictures.count,
        index.text(row: row, column: 2) == String(pictures.labels[i])
      else {
        throw index.file.refusal(
          at: index.place(row: row, column: 1), "this is not picture \(i) of the \(part) part with its label",
          "restore the file")
      }
      names.append(index.text(row: row, column: 4))
    }
    guard names.count == pictures.count else {
      throw index.file.refusal(
        at: .wholeFile, "it names \(names.count) of the \(pictures.count) pictures of the \(part) part",
        "restore the file")
    }
    return pictures.named(names)
  }
}
