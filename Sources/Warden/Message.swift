#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A list of byte strings on a pipe: how the grader and a warden speak. Numbers are sent as their decimal digits.
package struct Message: Sendable, Equatable {
  /// The fields in order.
  package var fields: [[UInt8]]

  /// A message of some texts.
  package init(_ texts: [String]) { fields = texts.map { Array($0.utf8) } }
  /// A message of some byte strings.
  package init(fields: [[UInt8]]) { self.fields = fields }

  /// A field as text.
  package func text(_ k: Int) -> String { k < fields.count ? String(decoding: fields[k], as: UTF8.self) : "" }
  /// A field as a number.
  package func number(_ k: Int) -> Int { Int(text(k)) ?? 0 }

  /// Writes it whole.
  /// - Returns: whether that succeeded.
  package func write(to descriptor: Int32) -> Bool {
    var bytes = Self.word(fields.count)
    for field in fields { bytes += Self.word(field.count) + field }
    return bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = sysWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// Reads the next one; nil where the other side has closed the pipe.
  package static func read(from descriptor: Int32) -> Message? {
    guard let count = number(from: descriptor), count < 1 << 16 else { return nil }
    var fields: [[UInt8]] = []
    for _ in 0..<count {
      guard let length = number(from: descriptor), length < 1 << 30, let field = bytes(length, from: descriptor)
      else { return nil }
      fields.append(field)
    }
    return Message(fields: fields)
  }

  private static func word(_ n: Int) -> [UInt8] { (0..<4).map { UInt8(n >> (8 * $0) & 255) } }

  private static func number(from descriptor: Int32) -> Int? {
    bytes(4, from: descriptor)?.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func bytes(_ count: Int, from descriptor: Int32) -> [UInt8]? {
    var result = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = result.withUnsafeMutableBytes { buffer in
        sysRead(descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { return nil }
      filled += got
    }
    return result
  }
}

func sysRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  #if canImport(Glibc)
    Glibc.read(descriptor, buffer.baseAddress, buffer.count)
  #else
    Darwin.read(descriptor, buffer.baseAddress, buffer.count)
  #endif
}

func sysWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  #if canImport(Glibc)
    Glibc.write(descriptor, buffer.baseAddress, buffer.count)
  #else
    Darwin.write(descriptor, buffer.baseAddress, buffer.count)
  #endif
}
