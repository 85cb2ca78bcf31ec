import Archives
import LinearAlgebra

/// NumPy's format, version 1.0 (numpy.org, numpy.lib.format): a magic word, a header in Python's notation, the numbers.
func npyBytes(_ matrix: Matrix) -> [UInt8] {
  var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(matrix.rows), \(matrix.columns)), }"
  // The numbers begin at a multiple of 64 bytes; the header ends with a line feed.
  let length = 10 + header.utf8.count + 1
  header += String(repeating: " ", count: (64 - length % 64) % 64) + "\n"
  let count = header.utf8.count
  return magic + [1, 0, UInt8(count & 255), UInt8(count >> 8)] + Array(header.utf8) + littleEndianBytes(matrix)
}

private let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

func npyMatrix(_ bytes: ArraySlice<UInt8>) throws -> Matrix {
  let start = bytes.startIndex
  guard bytes.count >= 12, Array(bytes.prefix(6)) == magic else {
    throw WeightFileError("it is no file of NumPy's: its first bytes are not “\\x93NUMPY”")
  }
  let version = bytes[start + 6]
  guard (1...3).contains(version) else {
    throw WeightFileError("it is of version \(version) of NumPy's format; 1, 2 and 3 are known")
  }
  let lengthBytes = version == 1 ? 2 : 4
  let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[start + 8 + $1]) << (8 * $1) }
  let dataStart = start + 8 + lengthBytes + length
  guard dataStart <= bytes.endIndex else { throw WeightFileError("its header is cut off") }
  let header = String(decoding: bytes[start + 8 + lengthBytes..<dataStart], as: UTF8.self)
  guard let descr = value(of: "descr", in: header), let order = value(of: "fortran_order", in: header),
    let shapeText = value(of: "shape", in: header)
  else { throw WeightFileError("its header does not say type, order and shape: \(header.prefix(120))") }
  let (type, isBigEndian) = try numberType(String(descr))
  let parts = shapeText.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
  let shape = try parts.map { part in
    guard let n = Int(part), n >= 0 else { throw WeightFileError("its shape (\(shapeText)) is no list of sizes") }
    return n
  }
  return try matrix(
    shape: shape, type: type, bytes: bytes[dataStart...], isBigEndian: isBigEndian,
    byColumn: order == "True" && shape.count == 2)
}

/// The text of a value in Python's notation of a dictionary, without its quotes or brackets.
private func value(of key: String, in header: String) -> Substring? {
  guard let start = header.firstRange(of: "'\(key)':") else { return nil }
  let rest = header[start.upperBound...].drop { $0 == " " }
  switch rest.first {
  case "'": return rest.dropFirst().prefix { $0 != "'" }
  case "(": return rest.dropFirst().prefix { $0 != ")" }
  default: return rest.prefix { $0.isLetter }
  }
}

private func numberType(_ descr: String) throws -> (NumberType, isBigEndian: Bool) {
  let isBigEndian = descr.hasPrefix(">")
  switch descr.drop(while: { "<>|=".contains($0) }) {
  case "f8": return (.float64, isBigEndian)
  case "f4": return (.float32, isBigEndian)
  case "f2": return (.float16, isBigEndian)
  case "i1", "i2", "i4", "i8": return (.signed(bytes: Int(String(descr.last!))!), isBigEndian)
  case "u1", "u2", "u4", "u8": return (.unsigned(bytes: Int(String(descr.last!))!), isBigEndian)
  case "b1": return (.unsigned(bytes: 1), isBigEndian)
  default:
    throw WeightFileError("its type “\(descr)” is not one of numbers: save it with astype(\"float64\")")
  }
}

/// A ZIP archive of files in NumPy's format, stored and not compressed: what `numpy.savez` writes.
func npzBytes(_ weights: [NamedMatrix]) -> [UInt8] {
  ZipArchive.bytes(of: weights.map { ZipArchive.File($0.name + ".npy", npyBytes($0.matrix)) })
}

func npzWeights(_ bytes: [UInt8]) throws -> [NamedMatrix] {
  do {
    let archive = try ZipArchive(bytes)
    return try archive.entries.filter { $0.kind == .file }.map { entry in
      let contents = try archive.contents(of: entry, limit: 1 << 32)
      let name = entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : entry.name
      do { return NamedMatrix(name, try npyMatrix(contents[...])) } catch let error as WeightFileError {
        throw WeightFileError("“\(name)”: \(error.description)")
      }
    }
  } catch let error as ArchiveError { throw WeightFileError(error.description) }
}
