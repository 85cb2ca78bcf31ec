import Archives
import Foundation

/// A folder of submissions for a test.
struct SubmissionFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-submissions-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// Writes a file below the folder.
  func write(_ contents: Data, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try contents.write(to: file)
  }
  func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }
}

/// Where a submission's file of lesson 3 usually stands.
let lesson3 = "Exercises/03-LogisticRegression/LogisticRegression.swift"

/// A file of lesson 3: some methods, `todo()` for the others, and other code above and below.
func logisticRegression(
  _ methods: [String: String] = [:], above: String = "import Curriculum", below: String = "", inside: String = ""
) -> String {
  let signatures: [(name: String, signature: String)] = [
    ("sigmoid", "_ z: Double) -> Double"),
    ("losses", "a: Double, y: Double) -> ExampleLosses"),
    ("forward", "x: Matrix, at parameters: LogisticParameters) -> ExampleForward"),
    ("backward", "x: Matrix, y: Double, forward: ExampleForward) -> ExampleGradients"),
    ("cost", "X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> Double"),
    ("gradients", "X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> LogisticGradients"),
    (
      "update",
      "_ parameters: LogisticParameters, gradients: LogisticGradients, rate: Double) -> LogisticParameters"
    ),
    (
      "train",
      "X: Matrix, Y: Matrix, from start: LogisticParameters, rate: Double, steps: Int) -> LogisticTraining"
    ),
    ("evaluate", "X: Matrix, Y: Matrix, at parameters: LogisticParameters) -> BinaryPredictions"),
    ("logLikelihood", "A: Matrix, Y: Matrix) -> Double"),
  ]
  let functions = signatures.map { "  func \($0.name)(\($0.signature) {\n    \(methods[$0.name] ?? "todo()")\n  }" }
  return """
    \(above)

    struct LogisticRegression: LogisticRegressionLesson {
    \(inside)
    \(functions.joined(separator: "\n"))
    }
    \(below)

    """
}

/// The right sigmoid, for what must stay right.
let rightSigmoid = "1 / (1 + exp(-z))"

extension ZipArchive {
  /// An archive with one entry that unpacks to `size` zeros, whatever it says of itself: one literal, then matches of 258 bytes
  /// at distance 1, in deflate's fixed code.
  static func bomb(_ name: String, size: Int, says claimed: Int) -> [UInt8] {
    var bits: [UInt8] = []
    func put(_ code: Int, _ count: Int) { for k in (0..<count).reversed() { bits.append(UInt8(code >> k & 1)) } }
    bits += [1, 1, 0]  // the last block, fixed code: 01, its low bit first
    put(0b0011_0000, 8)
    for _ in 0..<(size - 1) / 258 {
      put(0b1100_0101, 8)
      put(0, 5)
    }
    put(0, 7)
    var packed = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (k, bit) in bits.enumerated() { packed[k / 8] |= bit << UInt8(k % 8) }
    func little(_ n: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(n >> (8 * $0) & 255) } }
    let text = Array(name.utf8)
    let common =
      little(20, 2) + little(0, 2) + little(8, 2) + little(0, 4) + little(0, 4) + little(packed.count, 4)
      + little(claimed, 4) + little(text.count, 2) + little(0, 2)
    let local = little(0x0403_4b50, 4) + common + text + packed
    let directory =
      little(0x0201_4b50, 4) + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
      + little(0, 4) + text
    return local + directory + little(0x0605_4b50, 4) + little(0, 4) + little(1, 2) + little(1, 2)
      + little(directory.count, 4) + little(local.count, 4) + little(0, 2)
  }
}
