import Datasets
import Foundation
import Testing

@Suite struct CSVTests {
  let folder = try! TemporaryFolder()

  private func read(_ text: String, classNames: [String] = []) throws -> Dataset {
    try Dataset(csv: folder.write(text), classNames: classNames)
  }

  private func refused(_ bytes: [UInt8], classNames: [String] = []) throws -> DataFileError {
    let path = try folder.write(bytes, to: "table.csv")
    let error = try #require(
      refusal { () throws(DataFileError) in try Dataset(csv: path, classNames: classNames) },
      "\(String(decoding: bytes, as: UTF8.self)) was read")
    #expect(error.description.hasPrefix(path))
    #expect(!error.remedy.isEmpty)
    return error
  }

  private func refused(_ text: String, classNames: [String] = []) throws -> DataFileError {
    try refused(Array(text.utf8), classNames: classNames)
  }

  @Test func `a CSV file gives one column an example and its last column as the answers`() throws {
    let data = try read("length,width,kind\n1,2,0\n3,4,1\n5.5,-6e-1,1\n", classNames: ["a", "b"])
    #expect(data.X == [[1, 3, 5.5], [2, 4, -0.6]])
    #expect(data.Y == [[0, 1, 1]])
    #expect(data.featureNames == ["length", "width"])
    #expect(data.labels == [0, 1, 1])
  }

  @Test(arguments: [
    "x,y\r\n1,2\r\n3,4\r\n", "x,y\r\n1,2\r\n3,4", "x,y\n1,2\n3,4", "x,y\n1,2\n3,4\r", "\u{FEFF}x,y\n1,2\n3,4\n",
    " x ,\ty\n 1, 2 \n3\t,4\r\n",
  ])
  func `line ends of either kind, a missing last one, a byte order mark and spaces make no difference`(
    text: String
  ) throws {
    let data = try read(text)
    #expect(data.X == [[1, 3]])
    #expect(data.Y == [[2, 4]])
    #expect(data.featureNames == ["x"])
  }

  @Test func `a number is read as the nearest Double, however it is written`() throws {
    var texts = [
      "0", "-0", "+7", "1.", ".5", "-.5e+3", "0.1", "1e22", "1e23", "123456789012345", "1234567890123456789",
      "0.30000000000000004", "9007199254740993", "1.7976931348623157e308", "5e-324", "1e-400", "0e999999999999",
      "0.000000000000000000000000000000123", "100000000000000000000000000000", "2.2250738585072011e-308",
      "000000000000000000000001.5", "1.50000000000000000000000000", "179769313486231580793e288",
    ]
    var x: UInt64 = 1
    for _ in 0..<300 {
      x = x &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Double(bitPattern: x)
      if number.isFinite { texts.append("\(number)") }
      texts.append("\(Double(x >> 40) / 1000)")
    }
    let data = try read("x,y\n" + texts.map { "\($0),0\n" }.joined())
    for (i, text) in texts.enumerated() {
      #expect(data.X[0, i].bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "nan", "NaN", "inf", "-Infinity", "abc", "1.2.3", "1e", "1e+", "e5", ".", "-", "+-1", "1 2", "0x10", "\"1\"",
    "1e999",
    "-1e400", "1_000", "½", "٣", "1;2", "1\u{0}", "1\r",
  ])
  func `text where a number belongs is refused at its line and column`(text: String) throws {
    let error = try refused("x,width,y\n1,2,3\n4,\(text),6\n")
    #expect(error.place == .field(line: 3, column: 2))
    #expect(error.description.contains("line 3, column 2: “\(text)” (width) is not a finite number"))
  }

  @Test func `an empty field is refused at its line and column`() throws {
    let error = try refused("x,width,y\n1,2,3\n4, ,6\n")
    #expect(error.place == .field(line: 3, column: 2))
    #expect(error.problem == "the field (width) is empty")
  }

  @Test func `a line with too few or too many fields is refused where the first is missing or too many`() throws {
    let short = try refused("a,b,y\n1,2,3\n4,5\n")
    #expect(short.place == .field(line: 3, column: 3))
    #expect(short.problem == "the line has 2 fields where the header has 3")
    #expect(try refused("a,b,y\r\n1,2,3\r\n4,5,6,7\r\n").place == .field(line: 3, column: 4))
  }

  @Test func `an empty line is refused, in the middle and at the end`() throws {
    #expect(try refused("a,y\n1,2\n\n3,4\n").place == .field(line: 3, column: 1))
    let last = try refused("a,y\n1,2\n\n")
    #expect(last.place == .field(line: 3, column: 1))
    #expect(last.remedy == "remove it")
  }

  @Test func `a file without a header is refused`() throws {
    let error = try refused("1,2,3\n4,5,6\n")
    #expect(error.place == .field(line: 1, column: 1))
    #expect(error.remedy.contains("header"))
    #expect(try refused("a,,y\n1,2,3\n").place == .field(line: 1, column: 2))
    #expect(try refused("a,\"b\",y\n1,2,3\n").place == .field(line: 1, column: 2))
    #expect(try refused("a;b;y\n1;2;3\n").problem == "there is only one column")
    #expect(try refused("a,y\r1,2\r3,4\r").remedy.contains("LF or CRLF"))
  }

  @Test(arguments: ["a,y", "a,y\n", "a,y\r\n"])
  func `a header without a row is refused`(text: String) throws {
    #expect(try refused(text).place == .field(line: 2, column: 1))
  }

  @Test func `an empty file is refused`() throws {
    #expect(try refused("").place == .wholeFile)
    #expect(try refused("").problem == "the file is empty")
    #expect(try refused("\n").place == .field(line: 1, column: 1))
    #expect(try refused([0xEF, 0xBB, 0xBF]).place == .field(line: 1, column: 1))
  }

  @Test func `bytes that are not UTF-8 are refused at the field they stand in`() throws {
    #expect(try refused(Array("a,y\n1,".utf8) + [0xE9] + Array("\n".utf8)).place == .field(line: 2, column: 2))
    let utf16 = "a,y\n1,2\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try refused([0xFF, 0xFE] + utf16).remedy == "save the file as UTF-8")
    #expect(try refused(utf16).remedy.contains("UTF-8"))
  }

  @Test func `a label that is not the number of a class is refused at its field`() throws {
    for label in ["2", "-1", "0.5", "1e300"] {
      let error = try refused("x,y\n1,0\n2,\(label)\n", classNames: ["no", "yes"])
      #expect(error.place == .field(line: 3, column: 2))
      #expect(error.problem.hasPrefix(label))
    }
  }

  @Test func `a missing file, a folder and a packed file are refused by name`() throws {
    let missing = folder.url.appendingPathComponent("nowhere.csv").path
    #expect(
      refusal { () throws(DataFileError) in try Dataset(csv: missing) }?.description.hasPrefix(
        "\(missing): there is no such file; ") == true)
    #expect(refusal { () throws(DataFileError) in try Dataset(csv: "") }?.place == .wholeFile)
    let folderPath = folder.url.path
    #expect(refusal { () throws(DataFileError) in try Dataset(csv: folderPath) }?.problem == "this is a folder")
    #expect(try refused([0x1F, 0x8B, 8, 0, 0]).remedy.hasPrefix("unpack it first"))
  }

  @Test func `what is not an ordinary file is refused and not waited for`() throws {
    let pipe = folder.url.appendingPathComponent("pipe").path
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(refusal { () throws(DataFileError) in try Dataset(csv: pipe) }?.problem == "this cannot be read")
    #expect(refusal { () throws(DataFileError) in try Dataset(csv: "/dev/zero") }?.place == .wholeFile)
  }

  @Test func `a link to a file is followed`() throws {
    let file = try folder.write("x,y\n1,2\n")
    let link = folder.url.appendingPathComponent("link.csv")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: file)
    #expect(try Dataset(csv: link.path).X == [[1]])
  }

  @Test func `an error's localized description is its description`() throws {
    let error = try refused("x,y\n1,?\n")
    #expect((error as any Error).localizedDescription == error.description)
  }

  @Test func `a CSV file cut short anywhere or changed in any byte is read or refused`() throws {
    let whole = Array("length,width,kind\r\n1.5,2,0\r\n-3e2,4,1\r\n5.5,6,1\r\n".utf8)
    var outcomes = (read: 0, refused: 0)
    func attempt(_ bytes: [UInt8]) throws {
      let path = try folder.write(bytes)
      if refusal({ () throws(DataFileError) in try Dataset(csv: path, classNames: ["a", "b"]) }) == nil {
        outcomes.read += 1
      } else {
        outcomes.refused += 1
      }
    }
    for length in 0...whole.count { try attempt(Array(whole.prefix(length))) }
    // Three rows, each with neither, one or both bytes of its line end.
    #expect(outcomes == (9, whole.count + 1 - 9))
    for i in whole.indices {
      for byte in [0, 0x0A, 0x0D, 0x22, 0x2C, 0x2D, 0x2E, 0x39, 0x65, 0x80, 0xC3, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[i] = byte
        try attempt(bytes)
      }
    }
    #expect(outcomes.read + outcomes.refused == whole.count + 1 + whole.count * 12)
  }
}
