/// A message of Protocol Buffers, field by field (protobuf.dev, Encoding).
struct Message {
  private(set) var bytes: [UInt8] = []

  private mutating func key(_ field: Int, _ wireType: Int) { varint(UInt64(field << 3 | wireType)) }

  private mutating func varint(_ number: UInt64) {
    var number = number
    while number >= 128 {
      bytes.append(UInt8(number & 127) | 128)
      number >>= 7
    }
    bytes.append(UInt8(number))
  }

  mutating func integer(_ field: Int, _ number: Int) {
    key(field, 0)
    varint(UInt64(bitPattern: Int64(number)))
  }

  mutating func double(_ field: Int, _ number: Double) {
    key(field, 1)
    bytes += little(number.bitPattern)
  }

  mutating func float(_ field: Int, _ number: Float) {
    key(field, 5)
    bytes += little(number.bitPattern)
  }

  mutating func bytes(_ field: Int, _ contents: [UInt8]) {
    key(field, 2)
    varint(UInt64(contents.count))
    bytes += contents
  }

  mutating func text(_ field: Int, _ text: String) { bytes(field, Array(text.utf8)) }

  mutating func message(_ field: Int, _ message: Message) { bytes(field, message.bytes) }

  mutating func doubles(_ field: Int, _ numbers: [Double]) { bytes(field, numbers.flatMap { little($0.bitPattern) }) }
}
