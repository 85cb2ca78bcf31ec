import Archives
import Foundation

/// A run that the real TensorBoard shows: scalars, histograms and images over steps, in one file of events.
///
/// Each record is written whole, at once, and carries its own checksums: of a run that is cut off half-way, all that was
/// written before stays readable. Format: TFRecord framing with CRC-32C, and the messages `Event` and `Summary` of
/// tensorboard/compat/proto.
public final class RunWriter: Sendable {
  /// The file of events.
  public let file: URL
  private let descriptor: Int32

  /// Begins a run in a folder, which is made where it is missing. A folder may hold several runs, each in a folder of its own.
  /// - Throws: `RunWriterError` where the folder or the file cannot be written.
  public init(folder: URL, date: Date = Date()) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch { throw RunWriterError("\(folder.path): the folder cannot be made (\(error.localizedDescription))") }
    let host = ProcessInfo.processInfo.hostName
    let name =
      "events.out.tfevents.\(Int(date.timeIntervalSince1970)).\(host).\(ProcessInfo.processInfo.processIdentifier)"
    var number = 0
    func candidate() -> URL { folder.appendingPathComponent("\(name).\(number)") }
    while FileManager.default.fileExists(atPath: candidate().path) { number += 1 }
    file = candidate()
    descriptor = open(file.path, O_CREAT | O_WRONLY | O_APPEND, 0o644)
    guard descriptor >= 0 else {
      throw RunWriterError("\(file.path): it cannot be written (\(String(cString: strerror(errno))))")
    }
    var event = Message()
    event.double(1, date.timeIntervalSince1970)
    event.text(3, "brain.Event:2")
    try write(event)
  }

  deinit { close(descriptor) }

  /// A number at a step, a point of the curve that is named by the tag: `"cost/train"`.
  /// - Throws: `RunWriterError` where the file cannot be written.
  public func scalar(_ tag: String, _ value: Double, step: Int) throws {
    try write(tag, step: step) { $0.float(2, Float(value)) }
  }

  /// The distribution of some numbers at a step, in thirty buckets of equal width; numbers that are not finite are left out.
  /// - Throws: `RunWriterError` where the file cannot be written.
  public func histogram(_ tag: String, _ values: [Double], step: Int) throws {
    let values = values.filter(\.isFinite)
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    let bucketCount = 30
    // Where all are alike, the one bucket still needs a width.
    let width = high > low ? (high - low) / Double(bucketCount) : max(abs(high) * 1e-6, 1e-12)
    var buckets = [Double](repeating: 0, count: bucketCount)
    for value in values { buckets[min(max(Int((value - low) / width), 0), bucketCount - 1)] += 1 }
    var histogram = Message()
    histogram.double(1, low)
    histogram.double(2, high)
    histogram.double(3, Double(values.count))
    histogram.double(4, values.reduce(0, +))
    histogram.double(5, values.reduce(0) { $0 + $1 * $1 })
    histogram.doubles(6, (1...bucketCount).map { $0 == bucketCount && high > low ? high : low + Double($0) * width })
    histogram.doubles(7, buckets)
    try write(tag, step: step) { $0.message(5, histogram) }
  }

  /// A picture at a step, as the bytes of a PNG file.
  /// - Throws: `RunWriterError` where the file cannot be written.
  public func image(_ tag: String, png: [UInt8], width: Int, height: Int, step: Int) throws {
    var image = Message()
    image.integer(1, height)
    image.integer(2, width)
    image.integer(3, 3)
    image.bytes(4, png)
    try write(tag, step: step) { $0.message(4, image) }
  }

  private func write(_ tag: String, step: Int, _ add: (inout Message) -> Void) throws {
    var value = Message()
    value.text(1, tag)
    add(&value)
    var summary = Message()
    summary.message(1, value)
    var event = Message()
    event.double(1, Date().timeIntervalSince1970)
    event.integer(2, step)
    event.message(5, summary)
    try write(event)
  }

  /// Length, its checksum, the message, its checksum, in a single write.
  private func write(_ event: Message) throws {
    let length = little(UInt64(event.bytes.count))
    let record = length + little(masked(length)) + event.bytes + little(masked(event.bytes))
    let count = record.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    guard count == record.count else {
      throw RunWriterError("\(file.path): it cannot be written on (\(String(cString: strerror(errno))))")
    }
  }
}

/// Why a run cannot be written.
public struct RunWriterError: Error, CustomStringConvertible, Sendable {
  /// What is the matter, and where.
  public let description: String
  init(_ description: String) { self.description = description }
}

/// A checksum of data that may hold checksums itself, turned and moved so that it is none of them.
private func masked(_ bytes: [UInt8]) -> UInt32 {
  let crc = crc32c(bytes)
  return (crc >> 15 | crc << 17) &+ 0xa282_ead8
}

func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<MemoryLayout<Number>.size).map { UInt8(truncatingIfNeeded: number >> Number(8 * $0)) }
}
