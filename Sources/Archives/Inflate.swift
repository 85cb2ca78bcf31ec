/// What a deflated stream of bytes was before (RFC 1951).
/// - Parameters:
///   - bytes: the stream.
///   - limit: how many bytes may come out; a small stream can hold very many.
/// - Throws: `ArchiveError` where the stream is damaged, ends too soon, or gives more than `limit` bytes.
public func inflate(_ bytes: ArraySlice<UInt8>, limit: Int) throws -> [UInt8] {
  var stream = BitStream(bytes)
  var output: [UInt8] = []
  var isLast = false
  while !isLast {
    isLast = try stream.bits(1) == 1
    switch try stream.bits(2) {
    case 0: try stored(&stream, &output, limit)
    case 1: try compressed(&stream, &output, limit, .fixedLiterals, .fixedDistances)
    case 2:
      let (literals, distances) = try dynamicCodes(&stream)
      try compressed(&stream, &output, limit, literals, distances)
    default: throw ArchiveError("the compressed data is damaged: there is no such kind of block")
    }
  }
  return output
}

/// Bits from the least significant one on, byte by byte.
private struct BitStream {
  private let bytes: ArraySlice<UInt8>
  private var place: Int
  private var buffer: UInt32 = 0
  private var count = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  mutating func bits(_ n: Int) throws -> Int {
    while count < n {
      guard place < bytes.endIndex else { throw ArchiveError("the compressed data ends too soon") }
      buffer |= UInt32(bytes[place]) << UInt32(count)
      place += 1
      count += 8
    }
    defer {
      buffer >>= UInt32(n)
      count -= n
    }
    return Int(buffer & (1 << UInt32(n) - 1))
  }

  /// Whole bytes, from the next byte on.
  mutating func wholeBytes(_ n: Int) throws -> ArraySlice<UInt8> {
    guard bytes.endIndex - place >= n else { throw ArchiveError("the compressed data ends too soon") }
    defer { place += n }
    return bytes[place..<place + n]
  }

  mutating func skipToByte() {
    buffer = 0
    count = 0
  }
}

private func stored(_ stream: inout BitStream, _ output: inout [UInt8], _ limit: Int) throws {
  stream.skipToByte()
  let head = Array(try stream.wholeBytes(4)).map(Int.init)
  let count = head[0] | head[1] << 8
  guard count ^ (head[2] | head[3] << 8) == 0xFFFF else {
    throw ArchiveError("the compressed data is damaged: the length of a stored block is wrong")
  }
  try check(output.count + count, limit)
  output += try stream.wholeBytes(count)
}

private func check(_ count: Int, _ limit: Int) throws {
  if count > limit { throw ArchiveError("it unpacks to more than \(limit) bytes, which is not allowed") }
}

/// A Huffman code by the number of codes of each length, and the symbols in the order of their codes.
private struct HuffmanCode {
  private var counts = [Int](repeating: 0, count: 16)
  private var symbols: [Int] = []

  init(lengths: [Int]) throws {
    for length in lengths { counts[length] += 1 }
    counts[0] = 0
    var left = 1
    for length in 1..<16 {
      left = left * 2 - counts[length]
      if left < 0 { throw ArchiveError("the compressed data is damaged: a code has too many words") }
    }
    for length in 1..<16 { symbols += lengths.indices.filter { lengths[$0] == length } }
  }

  func symbol(_ stream: inout BitStream) throws -> Int {
    var code = 0, first = 0, index = 0
    for length in 1..<16 {
      code |= try stream.bits(1)
      let count = counts[length]
      if code - count < first { return symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw ArchiveError("the compressed data is damaged: there is no such word in its code")
  }

  static let fixedLiterals = try! HuffmanCode(
    lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = try! HuffmanCode(lengths: Array(repeating: 5, count: 30))
}

private func dynamicCodes(_ stream: inout BitStream) throws -> (literals: HuffmanCode, distances: HuffmanCode) {
  let literalCount = try stream.bits(5) + 257
  let distanceCount = try stream.bits(5) + 1
  let codeCount = try stream.bits(4) + 4
  let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  var codeLengths = [Int](repeating: 0, count: 19)
  for k in 0..<codeCount { codeLengths[order[k]] = try stream.bits(3) }
  let code = try HuffmanCode(lengths: codeLengths)
  var lengths: [Int] = []
  while lengths.count < literalCount + distanceCount {
    switch try code.symbol(&stream) {
    case 16:
      guard let last = lengths.last else {
        throw ArchiveError("the compressed data is damaged: it repeats what is not there")
      }
      lengths += Array(repeating: last, count: 3 + (try stream.bits(2)))
    case 17: lengths += Array(repeating: 0, count: 3 + (try stream.bits(3)))
    case 18: lengths += Array(repeating: 0, count: 11 + (try stream.bits(7)))
    case let length: lengths.append(length)
    }
  }
  guard lengths.count == literalCount + distanceCount else {
    throw ArchiveError("the compressed data is damaged: a code has too many words")
  }
  return (
    try HuffmanCode(lengths: Array(lengths[..<literalCount])), try HuffmanCode(lengths: Array(lengths[literalCount...]))
  )
}

private let lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
private let lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
private let distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]

private func compressed(
  _ stream: inout BitStream, _ output: inout [UInt8], _ limit: Int, _ literals: HuffmanCode, _ distances: HuffmanCode
) throws {
  while true {
    let symbol = try literals.symbol(&stream)
    if symbol < 256 {
      try check(output.count + 1, limit)
      output.append(UInt8(symbol))
      continue
    }
    if symbol == 256 { return }
    guard symbol - 257 < lengthBases.count else {
      throw ArchiveError("the compressed data is damaged: there is no such length")
    }
    let length = lengthBases[symbol - 257] + (try stream.bits(lengthBits[symbol - 257]))
    let code = try distances.symbol(&stream)
    guard code < distanceBases.count else {
      throw ArchiveError("the compressed data is damaged: there is no such distance")
    }
    let distance = distanceBases[code] + (try stream.bits(max(0, code / 2 - 1)))
    guard distance <= output.count else {
      throw ArchiveError("the compressed data is damaged: it refers to what is before its beginning")
    }
    try check(output.count + length, limit)
    // What is copied may overlap with what is being written.
    for _ in 0..<length { output.append(output[output.count - distance]) }
  }
}
