/// An array of unsigned bytes in IDX, the format of MNIST's files.
///
/// The file is two zero bytes, the element type (0x08, unsigned byte, is the one read here), the number of dimensions d,
/// then d sizes of 32 bits, the highest byte first, then the elements. Source: Y. LeCun, C. Cortes, C. J. C. Burges,
/// *The MNIST database of handwritten digits*.
public struct IDX: Equatable, Sendable {
  /// The sizes of the dimensions, 1 to 8 of them; for pictures (m, height, width) or (m, height, width, 3).
  public let shape: [Int]
  /// The elements, the last dimension fastest; as many as the product of `shape`.
  public let elements: [UInt8]

  /// Reads the file at `path`, whole.
  ///
  /// - Throws: `DataFileError` naming the byte at which the file is not IDX of unsigned bytes, ends too early or goes on.
  public init(path: String) throws(DataFileError) {
    try self.init(DataFile(path: path))
  }

  init(_ file: DataFile) throws(DataFileError) {
    let bytes = file.bytes
    let again = "the file is damaged or cut short: fetch it again"
    guard bytes.count >= 4 else {
      throw file.refusal(at: .byte(bytes.count), "the file ends within the 4 bytes that begin an IDX file", again)
    }
    for i in 0..<2 where bytes[i] != 0 {
      throw file.refusal(at: .byte(i), "\(hex(bytes[i])) instead of 0x00: this is not an IDX file", "name an IDX file")
    }
    guard bytes[2] == 0x08 else {
      throw file.refusal(
        at: .byte(2),
        "element type \(hex(bytes[2])) instead of 0x08",
        "convert the file: only unsigned bytes are read")
    }
    let dimensions = Int(bytes[3])
    guard (1...8).contains(dimensions) else {
      throw file.refusal(at: .byte(3), "\(dimensions) dimensions", "1 to 8 can be read: check that this is an IDX file")
    }
    let start = 4 + 4 * dimensions
    guard bytes.count >= start else {
      throw file.refusal(
        at: .byte(bytes.count), "the file ends within its \(dimensions) sizes, which fill the bytes to \(start)", again)
    }
    var shape: [Int] = []
    var count = 1
    for d in 0..<dimensions {
      let at = 4 + 4 * d
      let size = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else {
        throw file.refusal(
          at: .byte(at), "with size \(size) of dimension \(d + 1) there would be more elements than can be counted",
          again)
      }
      shape.append(size)
      count = product
    }
    let held = bytes.count - start
    let sizes = shape.map(String.init).joined(separator: " × ")
    guard held >= count else {
      throw file.refusal(
        at: .byte(bytes.count), "the file ends after \(held) of the \(count) elements of its shape \(sizes)", again)
    }
    guard held == count else {
      throw file.refusal(
        at: .byte(start + count), "\(held - count) bytes follow the \(count) elements of the shape \(sizes)",
        "the sizes or the file are wrong: fetch it again")
    }
    self.shape = shape
    elements = Array(bytes[start...])
  }
}

/// A byte as it stands in a hex dump: 0x08.
private func hex(_ byte: UInt8) -> String {
  "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}
