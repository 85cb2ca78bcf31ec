import Foundation
import LinearAlgebra

/// The format of safetensors: the header's length in eight bytes, the header in JSON, the numbers of all matrices.
func safetensorsBytes(_ weights: [NamedMatrix]) throws -> [UInt8] {
  var entries: [String] = []
  var start = 0
  for weight in weights {
    let end = start + 8 * weight.matrix.rows * weight.matrix.columns
    let name = String(decoding: try JSONEncoder().encode(weight.name), as: UTF8.self)
    let shape = "[\(weight.matrix.rows),\(weight.matrix.columns)]"
    entries.append("\(name):{\"dtype\":\"F64\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}")
    start = end
  }
  var header = Array("{\(entries.joined(separator: ","))}".utf8)
  // The numbers begin at a multiple of eight bytes.
  header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
  let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
  return length + header + weights.flatMap { littleEndianBytes($0.matrix) }
}

private struct Entry: Decodable {
  var dtype: String, shape: [Int], data_offsets: [Int]
}

func safetensorsWeights(_ bytes: [UInt8]) throws -> [NamedMatrix] {
  guard bytes.count >= 8 else { throw WeightFileError("it is cut off: not even the header's length is there") }
  let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
  guard length <= UInt64(bytes.count - 8) else {
    throw WeightFileError("it is cut off or no safetensors file: its header should have \(length) bytes")
  }
  let header = Data(bytes[8..<8 + Int(length)])
  guard var object = try? JSONSerialization.jsonObject(with: header) as? [String: Any] else {
    throw WeightFileError("its header is no JSON object: it is damaged")
  }
  object["__metadata__"] = nil
  let data = bytes[(8 + Int(length))...]
  let decoder = JSONDecoder()
  var weights: [(start: Int, weight: NamedMatrix)] = []
  for (name, value) in object.sorted(by: { $0.key < $1.key }) {
    func trouble(_ text: String) -> WeightFileError { WeightFileError("“\(name)”: \(text)") }
    guard let json = try? JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed),
      let entry = try? decoder.decode(Entry.self, from: json)
    else { throw trouble("type, shape or place are missing") }
    guard let type = numberType(entry.dtype) else {
      throw trouble("its type \(entry.dtype) is not one of numbers: F64, F32, F16, BF16, I8 … I64, U8 … U64")
    }
    let offsets = entry.data_offsets
    guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= data.count else {
      throw trouble("its place \(offsets) is outside the \(data.count) bytes of data: the file is cut off or damaged")
    }
    guard entry.shape.allSatisfy({ $0 >= 0 }) else { throw trouble("its shape \(entry.shape) has a negative size") }
    do {
      let part = data[data.startIndex + offsets[0]..<data.startIndex + offsets[1]]
      weights.append((offsets[0], NamedMatrix(name, try matrix(shape: entry.shape, type: type, bytes: part))))
    } catch let error as WeightFileError { throw trouble(error.description) }
  }
  // JSON has no order: that of the data is taken, and of the names where nothing lies between.
  return weights.sorted { ($0.start, $0.weight.name) < ($1.start, $1.weight.name) }.map(\.weight)
}

private func numberType(_ name: String) -> NumberType? {
  switch name {
  case "F64": .float64
  case "F32": .float32
  case "F16": .float16
  case "BF16": .bfloat16
  case "I8", "I16", "I32", "I64": .signed(bytes: Int(name.dropFirst())! / 8)
  case "U8", "U16", "U32", "U64": .unsigned(bytes: Int(name.dropFirst())! / 8)
  case "BOOL": .unsigned(bytes: 1)
  default: nil
  }
}
