import Curriculum
import Foundation
import WeightFiles

/// A network's weights in a file, by lesson 15's weight store, under names that other libraries see too.
struct SavedNetwork {
  let file: URL
  private let names: [String]
  private let store: any WeightStore

  /// A file for weights with these names, in the order in which the store has them.
  /// - Throws: where the ending is none for several matrices, or where a new file could not be written: before anything is trained.
  init(path: String, names: [String], store: any WeightStore, isNew: Bool = false) throws {
    file = URL(fileURLWithPath: path)
    self.names = names
    self.store = store
    if try WeightFile(of: file) == .npy {
      throw DemoError("\(file.path): a .npy file holds one matrix, not \(names.count): use .npz or .safetensors")
    }
    let folder = file.deletingLastPathComponent().path
    if isNew && !FileManager.default.isWritableFile(atPath: folder) {
      throw DemoError("\(file.path): it cannot be written: name a file in a folder that exists and is yours")
    }
  }

  /// Writes the weights that the store gives for a model.
  /// - Throws: where these are not the model's, or the file cannot be written.
  func write(_ model: any Module) throws {
    let saved = store.save(model)
    let shapes = Self.shapes(of: model)
    guard saved.shapes == shapes, saved.values.count == shapes.reduce(0, { $0 + $1[0] * $1[1] }) else {
      throw DemoError(
        "save (15.8) gives \(saved.values.count) values in the shapes \(saved.shapes); the network's are \(shapes)")
    }
    var rest = saved.values[...]
    try writeWeights(
      zip(names, shapes).map { name, shape in
        let elements = Array(rest.prefix(shape[0] * shape[1]))
        rest = rest.dropFirst(elements.count)
        return NamedMatrix(name, Matrix(rows: shape[0], columns: shape[1], elements: elements))
      }, to: file)
  }

  /// A model of the file's weights; `model` has the form that they must have.
  /// - Throws: where the file cannot be read, is damaged, or holds another network's weights.
  func read(into model: any Module) throws -> any Module {
    let weights = Dictionary(try readWeights(from: file).map { ($0.name, $0.matrix) }) { first, _ in first }
    func trouble(_ text: String) -> DemoError { DemoError("\(file.path): \(text)") }
    let here = weights.keys.sorted().joined(separator: ", ")
    let shapes = Self.shapes(of: model)
    let matrices = try zip(names, shapes).map { name, shape in
      guard let matrix = weights[name] else {
        throw trouble("there is no matrix “\(name)” in it; it holds \(here.isEmpty ? "none" : here)")
      }
      guard [matrix.rows, matrix.columns] == shape else {
        throw trouble(
          "“\(name)” is \(matrix.rows) × \(matrix.columns), and the network's is \(shape[0]) × \(shape[1]): it is another network's"
        )
      }
      guard matrix.elements.allSatisfy(\.isFinite) else {
        throw trouble("“\(name)” holds a number that is not finite: it is damaged, or its training has diverged")
      }
      return matrix
    }
    if let other = weights.keys.sorted().first(where: { !names.contains($0) }) {
      throw trouble("it holds “\(other)” too, and the network has only \(names.joined(separator: ", "))")
    }
    let saved = SavedWeights(shapes: shapes, values: matrices.flatMap(\.elements))
    guard let loaded = store.load(saved, into: model) else {
      throw DemoError("load (15.8) gives nil for weights that fit: \(names.joined(separator: ", ")), \(shapes)")
    }
    return loaded
  }

  private static func shapes(of model: any Module) -> [[Int]] {
    (model.parameters + model.buffers).map { [$0.rows, $0.columns] }
  }
}

/// Why a demo cannot go on.
struct DemoError: Error, CustomStringConvertible {
  /// What is the matter, where, and what to do.
  let description: String
  init(_ description: String) { self.description = description }
}
