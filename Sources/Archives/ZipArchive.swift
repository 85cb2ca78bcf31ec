/// A ZIP archive (APPNOTE 6.3) in memory: its files, listed by its directory at the end.
public struct ZipArchive: Sendable {
  /// A file, folder or link in the archive.
  public struct Entry: Sendable {
    /// Its path as it stands in the archive: whoever unpacks it must not trust it.
    public let name: String
    /// The size that the archive says it has when unpacked.
    public let size: Int
    /// What it is.
    public let kind: Kind
    let method: Int, packedSize: Int, crc: UInt32, place: Int, isEncrypted: Bool

    /// What an entry is.
    public enum Kind: Sendable { case file, folder, link }

    /// Whether the name stays below the folder that it is unpacked into: no way up, no root, no drive, no backslash, no
    /// control character.
    public var hasSafeName: Bool {
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      return !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.contains(":")
        && !parts.contains("..") && name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }
  }

  /// The entries in the order of the archive's directory.
  public let entries: [Entry]
  private let bytes: [UInt8]

  /// Reads an archive's directory.
  /// - Parameter maximumEntries: how many entries it may have.
  /// - Throws: `ArchiveError` where it is no archive, is damaged, or has too many entries.
  public init(_ bytes: [UInt8], maximumEntries: Int = 100_000) throws {
    self.bytes = bytes
    guard bytes.count >= 22 else { throw ArchiveError("it is no ZIP archive: it is too short") }
    // The end of the directory stands at the end, before a comment of at most 65535 bytes.
    let earliest = max(0, bytes.count - 22 - 65_535)
    guard
      let end = stride(from: bytes.count - 22, through: earliest, by: -1).first(where: {
        bytes.number($0, 4) == 0x0605_4b50
      })
    else { throw ArchiveError("it is no ZIP archive, or its end is missing") }
    let count = bytes.number(end + 10, 2)
    var place = bytes.number(end + 16, 4)
    guard count != 0xFFFF, place != 0xFFFF_FFFF else {
      throw ArchiveError("it is a ZIP64 archive, which is for more than 65535 files or 4 GB")
    }
    guard count <= maximumEntries else { throw ArchiveError("it has \(count) entries; \(maximumEntries) are allowed") }
    var entries: [Entry] = []
    for _ in 0..<count {
      guard place + 46 <= bytes.count, bytes.number(place, 4) == 0x0201_4b50 else {
        throw ArchiveError("its directory is damaged")
      }
      let nameLength = bytes.number(place + 28, 2)
      let next = place + 46 + nameLength + bytes.number(place + 30, 2) + bytes.number(place + 32, 2)
      guard next <= bytes.count else { throw ArchiveError("its directory is damaged") }
      let name = String(decoding: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self)
      // The high half holds Unix's mode, if a Unix system has written it.
      let mode = bytes.number(place + 5, 1) == 3 ? bytes.number(place + 40, 2) & 0o170000 : 0
      entries.append(
        Entry(
          name: name, size: bytes.number(place + 24, 4),
          kind: mode == 0o120000 ? .link : name.hasSuffix("/") || mode == 0o040000 ? .folder : .file,
          method: bytes.number(place + 10, 2), packedSize: bytes.number(place + 20, 4),
          crc: UInt32(bytes.number(place + 16, 4)), place: bytes.number(place + 42, 4),
          isEncrypted: bytes.number(place + 8, 2) & 1 == 1))
      place = next
    }
    self.entries = entries
  }

  /// A file's contents.
  /// - Parameter limit: how many bytes it may have.
  /// - Throws: `ArchiveError` where it is damaged, encrypted, packed in an unknown way, or larger than `limit`.
  public func contents(of entry: Entry, limit: Int) throws -> [UInt8] {
    func trouble(_ text: String) -> ArchiveError { ArchiveError("“\(entry.name)”: \(text)") }
    if entry.isEncrypted { throw trouble("it is encrypted") }
    guard entry.size <= limit else { throw trouble("it has \(entry.size) bytes; \(limit) are allowed") }
    guard entry.place + 30 <= bytes.count, bytes.number(entry.place, 4) == 0x0403_4b50 else {
      throw trouble("its header is damaged")
    }
    let start = entry.place + 30 + bytes.number(entry.place + 26, 2) + bytes.number(entry.place + 28, 2)
    guard start + entry.packedSize <= bytes.count else { throw trouble("it ends too soon") }
    let packed = bytes[start..<start + entry.packedSize]
    let contents: [UInt8]
    do {
      switch entry.method {
      case 0: contents = Array(packed)
      case 8: contents = try inflate(packed, limit: limit)
      default: throw ArchiveError("it is packed by method \(entry.method); 0 (stored) and 8 (deflate) are known")
      }
    } catch let error as ArchiveError { throw trouble(error.description) }
    guard contents.count == entry.size, crc32(contents) == entry.crc else {
      throw trouble("its checksum is wrong: it is damaged")
    }
    return contents
  }
}

extension ZipArchive {
  /// A file to be put into an archive.
  public struct File: Sendable {
    let name: String, contents: [UInt8], isExecutable: Bool
    /// A file with its path in the archive.
    public init(_ name: String, _ contents: [UInt8], isExecutable: Bool = false) {
      self.name = name
      self.contents = contents
      self.isExecutable = isExecutable
    }
  }

  /// The bytes of an archive of these files, stored as they are: the same files give the same bytes.
  public static func bytes(of files: [File]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
      let name = Array(file.name.utf8)
      let size = UInt32(file.contents.count)
      // UTF-8 names; no date (1 January 1980).
      let common: [UInt8] =
        little(20, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
        + little(crc32(file.contents), 4) + little(size, 4) + little(size, 4) + little(UInt32(name.count), 2)
        + little(0, 2)
      let mode: UInt32 = file.isExecutable ? 0o100755 : 0o100644
      directory +=
        little(0x0201_4b50, 4) + little(0x0314, 2) + common + little(0, 2) + little(0, 2) + little(0, 2)
        + little(mode << 16, 4) + little(UInt32(bytes.count), 4) + name
      bytes += little(0x0403_4b50, 4) + common + name + file.contents
    }
    let end =
      little(0x0605_4b50, 4) + little(0, 4) + little(UInt32(files.count), 2) + little(UInt32(files.count), 2)
      + little(UInt32(directory.count), 4) + little(UInt32(bytes.count), 4) + little(0, 2)
    return bytes + directory + end
  }
}

private func little(_ n: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(n >> (8 * UInt32($0)) & 255) } }

extension [UInt8] {
  /// The number in `count` bytes from a place on, the least significant first; the caller knows that they are there.
  fileprivate func number(_ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
  }
}
