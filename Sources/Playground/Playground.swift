import Datasets
import Foundation
import LinearAlgebra
import Plots

/// Two-dimensional points of two classes, for the page: 200 to train on and 100 to test with, standardized like those to train on.
public struct PlaygroundData: Sendable {
  /// What the page calls it in its address: `flower`.
  public let id: String
  /// What the reader sees.
  public let title: String
  /// The points that are trained on, X (2, 200) and Y (1, 200).
  public let train: Dataset
  /// The points held out, X (2, 100) and Y (1, 100).
  public let test: Dataset

  private init(_ id: String, _ title: String, _ make: (Int, inout SeededGenerator) -> Dataset) {
    self.id = id
    self.title = title
    var generator = SeededGenerator(seed: 1)
    let (train, test) = make(300, &generator).split(testCount: 100)
    self.train = train.standardized(like: train)
    self.test = test.standardized(like: train)
  }

  /// All of them, the same points every time.
  public static let all = [
    PlaygroundData("flower", "Flower") { .flower(count: $0, using: &$1) },
    PlaygroundData("moons", "Moons") { .moons(count: $0, noise: 0.2, using: &$1) },
    PlaygroundData("circles", "Circles") { .circles(count: $0, using: &$1) },
    PlaygroundData("spirals", "Spirals") { .spirals(count: $0, arms: 2, noise: 0.1, using: &$1) },
    PlaygroundData("xor", "XOR") { .xorClouds(count: $0, using: &$1) },
  ]
}

/// The page on which a small network learns before the reader's eyes: one HTML file that needs nothing else.
///
/// The network is trained in the page, by the equations of lessons 9 and 12 and from the weights that `SeededGenerator` gives; the
/// colours are those of all figures.
/// - Throws: where a file of the page does not come with the package, or is damaged.
public func playgroundPage() throws -> String {
  let parts = [
    "inks": inks(),
    "style": try pagePart("page.css"),
    "data": try data(),
    "scripts": try ["network.js", "drawing.js", "playground.js"].map(pagePart).joined(separator: "\n"),
  ]
  // The text between the marks {{…}} stands at even places, the marks' names at odd ones.
  return try pagePart("page.html").components(separatedBy: "{{").enumerated().map { k, piece in
    guard k > 0 else { return piece }
    let halves = piece.components(separatedBy: "}}")
    guard halves.count == 2, let part = parts[halves[0]] else {
      throw PlaygroundError(description: "page.html is damaged: it has no part “\(halves[0].prefix(40))”")
    }
    return part + halves[1]
  }.joined()
}

/// A line that stands in every page of this kind, and in no other file.
public let playgroundMark = "<meta name=\"generator\" content=\"gradus playground\">"

/// Why the page cannot be made.
public struct PlaygroundError: Error, CustomStringConvertible, Sendable {
  /// What is the matter.
  public let description: String
}

private func pagePart(_ name: String) throws -> String {
  let file = Bundle.module.bundleURL.appendingPathComponent("Page").appendingPathComponent(name)
  do { return try String(contentsOf: file, encoding: .utf8) } catch {
    throw PlaygroundError(
      description: "\(file.path) cannot be read: run “swift build” in the folder of the package, and try again")
  }
}

/// The figures' colours as properties of the style sheet, `--blue` and so on, on light pages and on dark ones.
private func inks() -> String {
  func rule(_ tone: KeyPath<Ink, String>) -> String {
    ":root { " + Ink.allCases.map { "--\($0.rawValue): \($0[keyPath: tone]);" }.joined(separator: " ") + " }"
  }
  return rule(\.light) + "\n@media (prefers-color-scheme: dark) { " + rule(\.dark) + " }"
}

/// The points as JSON: for each set its names, and for both parts X row by row and Y. Numbers have all their digits.
private func data() throws -> String {
  struct Part: Encodable {
    var x1: [Double], x2: [Double], y: [Double]
    init(_ data: Dataset) {
      x1 = data.X.row(0).elements
      x2 = data.X.row(1).elements
      y = data.Y.elements
    }
  }
  struct Entry: Encodable { var id: String, title: String, train: Part, test: Part }
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  let entries = PlaygroundData.all.map {
    Entry(id: $0.id, title: $0.title, train: Part($0.train), test: Part($0.test))
  }
  return String(decoding: try encoder.encode(entries), as: UTF8.self)
}
