/// The checksum of ZIP archives and of PNG files: CRC-32 of ISO/IEC 13239.
public func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 { checksum(bytes, table: ieee) }

/// The checksum of TensorBoard's records: CRC-32C of Castagnoli (RFC 3720, B.4).
public func crc32c(_ bytes: some Sequence<UInt8>) -> UInt32 { checksum(bytes, table: castagnoli) }

private func checksum(_ bytes: some Sequence<UInt8>, table: [UInt32]) -> UInt32 {
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in bytes { crc = crc >> 8 ^ table[Int((crc ^ UInt32(byte)) & 255)] }
  return ~crc
}

private let ieee = table(0xEDB8_8320)
private let castagnoli = table(0x82F6_3B78)

/// For each byte what eight steps of the division do to it; the polynomial's bits stand in reverse.
private func table(_ polynomial: UInt32) -> [UInt32] {
  (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ polynomial : crc >> 1 }
  }
}
