import Foundation
import LinearAlgebra

/// A matrix with the name under which it stands in a file: `"layer1.W"`.
public struct NamedMatrix: Sendable {
  /// Its name.
  public var name: String
  /// Its numbers.
  public var matrix: Matrix
  /// A matrix with its name.
  public init(_ name: String, _ matrix: Matrix) {
    self.name = name
    self.matrix = matrix
  }
}

/// The forms in which weights are exchanged with other libraries.
public enum WeightFile: String, CaseIterable, Sendable {
  /// One matrix: `numpy.load("W.npy")`.
  case npy
  /// Several, by name: `numpy.load("weights.npz")["W"]`.
  case npz
  /// Several, by name: `safetensors.numpy.load_file("weights.safetensors")["W"]`.
  case safetensors

  /// The form that belongs to a file's ending.
  /// - Throws: `WeightFileError` where the ending is none of the three.
  public init(of file: URL) throws {
    guard let form = WeightFile(rawValue: file.pathExtension.lowercased()) else {
      throw WeightFileError(
        "\(file.path): a file of weights ends in .npy (one matrix), .npz or .safetensors (several, by name)")
    }
    self = form
  }
}

/// Writes matrices in the form that the file's ending names: 64-bit floating-point numbers, in the order given.
/// - Throws: `WeightFileError` where the ending is unknown, a name occurs twice, `.npy` is asked to hold more than one matrix, or
///   the file cannot be written.
public func writeWeights(_ weights: [NamedMatrix], to file: URL) throws {
  let form = try WeightFile(of: file)
  if let twice = Dictionary(grouping: weights, by: \.name).first(where: { $1.count > 1 }) {
    throw WeightFileError("\(file.path): two matrices are named “\(twice.key)”: each needs a name of its own")
  }
  let bytes: [UInt8]
  switch form {
  case .npy:
    guard weights.count == 1 else {
      throw WeightFileError(
        "\(file.path): a .npy file holds one matrix, not \(weights.count): use .npz or .safetensors for several")
    }
    bytes = npyBytes(weights[0].matrix)
  case .npz: bytes = npzBytes(weights)
  case .safetensors: bytes = try safetensorsBytes(weights)
  }
  do { try Data(bytes).write(to: file, options: .atomic) } catch {
    throw WeightFileError("\(file.path): it cannot be written (\(error.localizedDescription))")
  }
}

/// Reads the matrices of a file, which another library may have written.
///
/// Numbers of 16, 32 and 64 bits, floating-point and whole ones, become `Double`. A vector of n numbers becomes a column (n × 1), a
/// single number (1 × 1); an array of three or more dimensions is no matrix. The order is the file's; a `.npy` file's
/// only matrix is named as the file is.
/// - Throws: `WeightFileError` where the file cannot be read, is damaged, or holds what is no matrix of numbers.
public func readWeights(from file: URL) throws -> [NamedMatrix] {
  let form = try WeightFile(of: file)
  let bytes: [UInt8]
  do { bytes = Array(try Data(contentsOf: file)) } catch {
    throw WeightFileError("\(file.path): it cannot be read (\(error.localizedDescription))")
  }
  do {
    switch form {
    case .npy: return [NamedMatrix(file.deletingPathExtension().lastPathComponent, try npyMatrix(bytes[...]))]
    case .npz: return try npzWeights(bytes)
    case .safetensors: return try safetensorsWeights(bytes)
    }
  } catch let error as WeightFileError { throw WeightFileError("\(file.path): \(error.description)") }
}

/// Why weights cannot be read or written.
public struct WeightFileError: Error, CustomStringConvertible, Sendable {
  /// The file, what is the matter with it, and what to do.
  public let description: String
  init(_ description: String) { self.description = description }
}

/// A type of numbers in a file.
enum NumberType {
  case float64, float32, float16, bfloat16
  case signed(bytes: Int), unsigned(bytes: Int)

  var size: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    case .signed(let bytes), .unsigned(let bytes): bytes
    }
  }

  /// The number in these bytes, the least significant first.
  func number(_ bytes: ArraySlice<UInt8>) -> Double {
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch self {
    case .float64: return Double(bitPattern: bits)
    case .float32: return Double(Float(bitPattern: UInt32(bits)))
    case .bfloat16: return Double(Float(bitPattern: UInt32(bits) << 16))
    case .float16: return half(UInt16(bits))
    case .unsigned: return Double(bits)
    case .signed(let count):
      let shift = UInt64(64 - 8 * count)
      return Double(Int64(bitPattern: bits << shift) >> Int64(shift))
    }
  }
}

/// A number of 16 bits (IEEE 754 binary16): `Float16` is not to be had on every processor.
private func half(_ bits: UInt16) -> Double {
  let sign: Double = bits >> 15 == 1 ? -1 : 1
  let exponent = Int(bits >> 10 & 31)
  let fraction = Double(bits & 1023)
  switch exponent {
  case 0: return sign * fraction * 0x1p-24
  case 31: return fraction == 0 ? sign * .infinity : .nan
  default: return sign * (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
  }
}

/// The matrix of an array's numbers.
/// - Throws: where the array has more than two dimensions, or its size is not that of its data.
func matrix(shape: [Int], type: NumberType, bytes: ArraySlice<UInt8>, isBigEndian: Bool = false, byColumn: Bool = false)
  throws -> Matrix
{
  guard shape.count <= 2 else {
    throw WeightFileError(
      "an array of \(shape.count) dimensions, \(shape), is no matrix: reshape it to two before it is saved")
  }
  let rows = shape.first ?? 1
  let columns = shape.count == 2 ? shape[1] : 1
  let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
  guard !overflow, count >= 0, count <= bytes.count, count * type.size == bytes.count else {
    throw WeightFileError(
      "the shape \(shape) needs \(overflow ? "more" : "\(count * type.size)") bytes and there are \(bytes.count): "
        + "it is cut off or damaged")
  }
  let numbers = (0..<count).map { i in
    let place = bytes.startIndex + i * type.size
    let slice = bytes[place..<place + type.size]
    return type.number(isBigEndian ? ArraySlice(slice.reversed()) : slice)
  }
  return byColumn
    ? Matrix(rows: columns, columns: rows, elements: numbers).T
    : Matrix(rows: rows, columns: columns, elements: numbers)
}

/// The numbers row by row, in the least significant byte's order.
func littleEndianBytes(_ matrix: Matrix) -> [UInt8] {
  matrix.elements.flatMap { x in (0..<8).map { UInt8(truncatingIfNeeded: x.bitPattern >> UInt64(8 * $0)) } }
}
