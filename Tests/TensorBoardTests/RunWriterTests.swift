import Archives
import Foundation
import Testing

@testable import TensorBoard

struct RunWriterTests {
  private func run(_ body: (RunWriter) throws -> Void) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let writer = try RunWriter(folder: folder, date: Date(timeIntervalSince1970: 1_000_000))
    try body(writer)
    #expect(writer.file.lastPathComponent.hasPrefix("events.out.tfevents.1000000."))
    return Array(try Data(contentsOf: writer.file))
  }

  /// The messages of the records that are whole, as a reader finds them.
  private func messages(_ bytes: [UInt8]) -> [[UInt8]] {
    func number(_ place: Int, _ count: Int) -> UInt64 {
      (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
    func isRight(_ crc: UInt64, _ data: some Sequence<UInt8>) -> Bool {
      let crc32 = crc32c(data)
      return UInt32(crc) == (crc32 >> 15 | crc32 << 17) &+ 0xa282_ead8
    }
    var result: [[UInt8]] = []
    var place = 0
    while place + 12 <= bytes.count {
      let length = Int(number(place, 8))
      guard isRight(number(place + 8, 4), bytes[place..<place + 8]), place + 16 + length <= bytes.count,
        isRight(number(place + 12 + length, 4), bytes[place + 12..<place + 12 + length])
      else { break }
      result.append(Array(bytes[place + 12..<place + 12 + length]))
      place += 16 + length
    }
    return result
  }

  @Test func `a run begins with its version, and each record carries its checksums`() throws {
    let bytes = try run { writer in
      try writer.scalar("cost/train", 0.5, step: 3)
      try writer.histogram("W1", [1, 2, 2, .nan], step: 0)
      try writer.image("misread", png: [1, 2, 3], width: 1, height: 1, step: 0)
    }
    let records = messages(bytes)
    #expect(records.count == 4)
    #expect(String(decoding: records[0], as: UTF8.self).contains("brain.Event:2"))
    // Step 3, then the summary's value: its tag, and 0.5 as a 32-bit number.
    #expect(records[1].dropFirst(9).prefix(2) == [0x10, 3])
    #expect(String(decoding: records[1], as: UTF8.self).contains("cost/train"))
    #expect(records[1].suffix(5) == [0x15, 0, 0, 0, 0x3F])
  }

  @Test func `a run that is cut off keeps all that was written before`() throws {
    let bytes = try run { writer in for step in 0..<5 { try writer.scalar("cost", 1, step: step) } }
    let whole = messages(bytes).count
    #expect(whole == 6)
    for count in 0..<bytes.count { #expect(messages(Array(bytes[..<count])).count <= whole - 1) }
    #expect(messages(Array(bytes.dropLast(1))).count == whole - 1)
  }

  @Test func `a folder that cannot be made is named`() {
    #expect(throws: RunWriterError.self) { try RunWriter(folder: URL(fileURLWithPath: "/dev/null/run")) }
  }

  @Test(arguments: [[], [2, 2, 2], [0], [-1e300, 1e300], [.infinity, .nan]] as [[Double]])
  func `histograms of any numbers are written`(values: [Double]) throws {
    #expect(messages(try run { try $0.histogram("W", values, step: 0) }).count == 2)
  }
}
