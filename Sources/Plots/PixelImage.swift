import Archives

/// A small image, pixel by pixel from the top left, row by row: a digit, an animal, a unit's weights.
///
/// In a figure it is embedded as a PNG whose data is stored, not compressed, and drawn with square pixels.
public struct PixelImage: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The bytes of the pixels, one or three for each.
  let bytes: [UInt8]
  let isGray: Bool

  /// A grey image.
  ///
  /// - Parameters:
  ///   - gray: `width`·`height` values.
  ///   - range: the values that become black and white; what lies outside is held to them. Not finite is black.
  public init(width: Int, height: Int, gray: [Double], range: ClosedRange<Double> = 0...1) {
    let span = range.upperBound - range.lowerBound
    self.init(
      width: width, height: height, isGray: true,
      bytes: gray.map { value in
        let f = span > 0 ? (value - range.lowerBound) / span : 0
        return f.isNaN ? 0 : UInt8((min(max(f, 0), 1) * 255).rounded())
      })
  }

  /// A grey image of bytes, 0 black to 255 white.
  public init(width: Int, height: Int, gray: [UInt8]) {
    self.init(width: width, height: height, isGray: true, bytes: gray)
  }

  /// A colour image of bytes: red, green and blue of each pixel.
  public init(width: Int, height: Int, rgb: [UInt8]) {
    self.init(width: width, height: height, isGray: false, bytes: rgb)
  }

  /// Weights as colours: white at 0, blue below, vermilion above, in full at the greatest magnitude.
  public init(width: Int, height: Int, weights: [Double]) {
    let largest = weights.filter(\.isFinite).map(abs).max() ?? 0
    self.init(
      width: width, height: height, isGray: false,
      bytes: weights.flatMap { w -> [UInt8] in
        let strength = w.isFinite && largest > 0 ? abs(w) / largest : 0
        let full: [Double] = w < 0 ? [11, 104, 200] : [217, 58, 0]
        return full.map { UInt8((255 + ($0 - 255) * strength).rounded()) }
      })
  }

  private init(width: Int, height: Int, isGray: Bool, bytes: [UInt8]) {
    let expected = width * height * (isGray ? 1 : 3)
    precondition(
      width > 0 && height > 0 && bytes.count == expected,
      "An image of \(width)×\(height) \(isGray ? "grey" : "colour") pixels has \(expected) values, not \(bytes.count).")
    self.width = width
    self.height = height
    self.isGray = isGray
    self.bytes = bytes
  }

  /// The brightness of the pixel at `row` and `column`, 0 to 1.
  func brightness(row: Int, column: Int) -> Double {
    let i = row * width + column
    if isGray { return Double(bytes[i]) / 255 }
    return (0.299 * Double(bytes[3 * i]) + 0.587 * Double(bytes[3 * i + 1]) + 0.114 * Double(bytes[3 * i + 2])) / 255
  }
}

extension PixelImage {
  /// The image as a PNG file (ISO/IEC 15948), 8 bits a channel, in stored deflate blocks.
  public var png: [UInt8] {
    let channels = isGray ? 1 : 3
    var raw: [UInt8] = []
    for row in 0..<height {
      raw.append(0)
      raw += bytes[row * width * channels..<(row + 1) * width * channels]
    }
    var zlib: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let count = min(65_535, raw.count - start)
      let low = UInt8(count & 255), high = UInt8(count >> 8)
      zlib += [start + count == raw.count ? 1 : 0, low, high, ~low, ~high]
      zlib += raw[start..<start + count]
      start += count
    } while start < raw.count
    zlib += bigEndian(adler32(raw))
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, isGray ? 0 : 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", header) + chunk("IDAT", zlib) + chunk("IEND", [])
  }

  /// The image as a data URI.
  var dataURI: String { "data:image/png;base64," + base64(png) }
}

private func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
  let body = Array(type.utf8) + data
  return bigEndian(UInt32(data.count)) + body + bigEndian(crc32(body))
}

private func bigEndian(_ n: UInt32) -> [UInt8] {
  [UInt8(n >> 24), UInt8(n >> 16 & 255), UInt8(n >> 8 & 255), UInt8(n & 255)]
}

/// The checksum of zlib streams.
func adler32(_ bytes: [UInt8]) -> UInt32 {
  var a: UInt32 = 1, b: UInt32 = 0
  for byte in bytes {
    a = (a + UInt32(byte)) % 65_521
    b = (b + a) % 65_521
  }
  return b << 16 | a
}

/// `bytes` in base 64, padded.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for i in stride(from: 0, to: bytes.count, by: 3) {
    let rest = min(3, bytes.count - i)
    let n = (0..<3).reduce(0) { $0 << 8 | ($1 < rest ? Int(bytes[i + $1]) : 0) }
    for k in 0..<4 { text.append(k <= rest ? alphabet[n >> (18 - 6 * k) & 63] : UInt8(ascii: "=")) }
  }
  return String(decoding: text, as: UTF8.self)
}
