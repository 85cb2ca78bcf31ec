import Foundation
import LinearAlgebra

/// A place in one of the files in `Golden/`: `try Golden("logistic_regression")["one_pass"]["X"].matrix`.
///
/// The files' README says what each key means. What is missing or of another kind is an error that names its place.
struct Golden {
  /// The file and the keys down to here, for messages: "logistic_regression.json, one_pass.X".
  let place: String
  private let content: JSON

  /// The whole of a file, named without its ending.
  init(_ file: String) throws {
    let url = Bundle.module.bundleURL.appendingPathComponent("Golden/\(file).json")
    guard let data = try? Data(contentsOf: url) else { throw GoldenError("\(file).json", "there is no such file") }
    try self.init(data, place: "\(file).json")
  }

  init(_ data: Data, place: String) throws {
    guard let content = try? JSONDecoder().decode(JSON.self, from: data) else { throw GoldenError(place, "not JSON") }
    self.init(place: place, content: content)
  }

  private init(place: String, content: JSON) {
    self.place = place
    self.content = content
  }

  /// What an object has under this key.
  subscript(key: String) -> Golden {
    get throws {
      guard case .object(let members) = content else { throw isNot("an object with the key \(key)") }
      let place = place + (place.hasSuffix(".json") ? ", " : ".") + key
      guard let member = members[key] else { throw GoldenError(place, "there is no such key") }
      return Golden(place: place, content: member)
    }
  }

  /// The parts of a list.
  var list: [Golden] {
    get throws {
      guard case .list(let parts) = content else { throw isNot("a list") }
      return parts.enumerated().map { Golden(place: "\(place)[\($0)]", content: $1) }
    }
  }

  var number: Double {
    get throws {
      guard case .number(let number) = content else { throw isNot("a number") }
      return number
    }
  }

  /// A number without a fraction.
  var count: Int {
    get throws {
      guard let count = Int(exactly: try number) else { throw isNot("a whole number") }
      return count
    }
  }

  var text: String {
    get throws {
      guard case .text(let text) = content else { throw isNot("a text") }
      return text
    }
  }

  /// A flat list of numbers.
  var numbers: [Double] {
    get throws { try list.map { try $0.number } }
  }

  /// A list of rows, equally long.
  var matrix: Matrix {
    get throws {
      let rows = try list.map { try $0.numbers }
      let columns = rows.first?.count ?? 0
      guard rows.allSatisfy({ $0.count == columns }) else { throw isNot("a matrix: its rows differ in length") }
      return Matrix(rows: rows.count, columns: columns, elements: Array(rows.joined()))
    }
  }

  private func isNot(_ kind: String) -> GoldenError { GoldenError(place, "this is not \(kind)") }
}

/// What is wrong at which place of which file.
struct GoldenError: Error, CustomStringConvertible {
  let description: String

  init(_ place: String, _ problem: String) { description = "\(place): \(problem)" }
}

private enum JSON: Decodable {
  case number(Double)
  case list([JSON])
  case object([String: JSON])
  case text(String)
  case other

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let parts = try? value.decode([JSON].self) {
      self = .list(parts)
    } else if let members = try? value.decode([String: JSON].self) {
      self = .object(members)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else {
      self = .other
    }
  }
}
