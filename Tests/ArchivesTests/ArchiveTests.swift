import Foundation
import Testing

@testable import Archives

/// Written by Python's zlib and zipfile.
private enum Peer {
  static let fixed = "Sy9KTCktVkhHpgA="
  static let dynamic = "K8lIVShILUpOLSgpys/TUSjBws/JLy6GsNKLElMyU/NKILziktQCPaw6Rk0YNWHUhFETRk0YNWHUhFETRk0YKSYAAA=="
  static let stored = "AQMA/P9hYmM="
  static let zip = """
    UEsDBBQAAAAIAJpCdV3506EgEAAAAA4BAAA4AAAARXhlcmNpc2VzLzAzLUxvZ2lzdGljUmVncmVzc2lvbi9Mb2dpc3RpY1JlZ3Jl\
    c3Npb24uc3dpZnTT11coykzPKFHQH2WUKAAAUEsDBBQAAAAIAJpCdV0AAAAAAgAAAAAAAAAJAAAAZW1wdHkudHh0AwBQSwMEFAAA\
    AAAAAAAhAAq5HykLAAAACwAAAAQAAABsaW5rL2V0Yy9wYXNzd2RQSwMEFAAAAAgAmkJ1XQAAAAACAAAAAAAAAAcAAABmb2xkZXIv\
    AwBQSwMEFAAAAAgAmkJ1XYMW3IwDAAAAAQAAAAkAAAAuLi91cC50eHSrAABQSwECFAMUAAAACACaQnVd+dOhIBAAAAAOAQAAOAAA\
    AAAAAAAAAAAAgAEAAAAARXhlcmNpc2VzLzAzLUxvZ2lzdGljUmVncmVzc2lvbi9Mb2dpc3RpY1JlZ3Jlc3Npb24uc3dpZnRQSwEC\
    FAMUAAAACACaQnVdAAAAAAIAAAAAAAAACQAAAAAAAAAAAAAAgAFmAAAAZW1wdHkudHh0UEsBAhQDFAAAAAAAAAAhAAq5HykLAAAA\
    CwAAAAQAAAAAAAAAAAAAAP+hjwAAAGxpbmtQSwECFAMUAAAACACaQnVdAAAAAAIAAAAAAAAABwAAAAAAAAAAABAA/UG8AAAAZm9s\
    ZGVyL1BLAQIUAxQAAAAIAJpCdV2DFtyMAwAAAAEAAAAJAAAAAAAAAAAAAACAAeMAAAAuLi91cC50eHRQSwUGAAAAAAUABQA7AQAA\
    DQEAAAAA
    """
  static let bomb = """
    UEsDBBQAAAAIAJpCdV2ey3kS2QMAAEBCDwAEAAAAYm9tYu3BAQEAAACCIP+vbkhAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAArwZQSwECFAMUAAAACACaQnVdnst5EtkDAABAQg8ABAAA\
    AAAAAAAAAAAAgAEAAAAAYm9tYlBLBQYAAAAAAQABADIAAAD7AwAAAAA=
    """
}

private func bytes(_ base64: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: base64))) }

struct InflateTests {
  @Test func `the three kinds of blocks are unpacked`() throws {
    #expect(try inflate(bytes(Peer.fixed)[...], limit: 100) == Array("gradus gradus gradus".utf8))
    #expect(try inflate(bytes(Peer.stored)[...], limit: 100) == Array("abc".utf8))
    let text = String(repeating: "the perceptron, the perceptron, the loss, the gradient, the step. ", count: 40)
    #expect(try inflate(bytes(Peer.dynamic)[...], limit: 10_000) == Array(text.utf8))
  }

  @Test func `no more comes out than is allowed`() throws {
    #expect(throws: ArchiveError.self) { try inflate(bytes(Peer.dynamic)[...], limit: 2639) }
    #expect(throws: ArchiveError.self) { try inflate(bytes(Peer.fixed)[...], limit: 19) }
    #expect(throws: ArchiveError.self) { try inflate(bytes(Peer.stored)[...], limit: 2) }
  }

  @Test(arguments: [Peer.fixed, Peer.dynamic, Peer.stored])
  func `what is cut off is an error, wherever it is cut`(stream: String) throws {
    let whole = try bytes(stream)
    for count in 0..<whole.count {
      #expect(throws: ArchiveError.self) { try inflate(whole[..<count], limit: 10_000) }
    }
  }

  @Test(arguments: [Peer.fixed, Peer.dynamic, Peer.stored])
  func `a damaged stream never stops the program`(stream: String) throws {
    let whole = try bytes(stream)
    for place in whole.indices {
      for bit in 0..<8 {
        var damaged = whole
        damaged[place] ^= 1 << bit
        if let output = try? inflate(damaged[...], limit: 10_000) { #expect(output.count <= 10_000) }
      }
    }
  }
}

struct ZipTests {
  @Test func `an archive of another program is read`() throws {
    let archive = try ZipArchive(bytes(Peer.zip))
    #expect(
      archive.entries.map(\.name) == [
        "Exercises/03-LogisticRegression/LogisticRegression.swift", "empty.txt", "link", "folder/", "../up.txt",
      ])
    #expect(archive.entries.map(\.kind) == [.file, .file, .link, .folder, .file])
    #expect(archive.entries.map(\.hasSafeName) == [true, true, true, true, false])
    let text = try archive.contents(of: archive.entries[0], limit: 1000)
    #expect(String(decoding: text, as: UTF8.self) == String(repeating: "// right ", count: 30))
    #expect(try archive.contents(of: archive.entries[1], limit: 0) == [])
    #expect(throws: ArchiveError.self) { try archive.contents(of: archive.entries[0], limit: 269) }
  }

  @Test(arguments: ["/etc/passwd", "a/../../b", "..", "C:/x", "a\\b", "a\u{0}b", "a\nb", ""])
  func `names that lead out of the folder are not safe`(name: String) throws {
    let archive = try ZipArchive(ZipArchive.bytes(of: [.init(name, [1])]))
    #expect(!archive.entries[0].hasSafeName)
  }

  @Test func `a bomb is stopped at the limit`() throws {
    let archive = try ZipArchive(bytes(Peer.bomb))
    #expect(archive.entries[0].size == 1_000_000)
    #expect(throws: ArchiveError.self) { try archive.contents(of: archive.entries[0], limit: 999_999) }
    #expect(try archive.contents(of: archive.entries[0], limit: 1_000_000).count == 1_000_000)
  }

  @Test func `what is written is read again, and the same files give the same bytes`() throws {
    let files = [
      ZipArchive.File("run", Array("#!/bin/sh\n".utf8), isExecutable: true),
      ZipArchive.File("ü/größe.txt", (0..<1000).map { UInt8($0 & 255) }),
    ]
    let written = ZipArchive.bytes(of: files)
    #expect(written == ZipArchive.bytes(of: files))
    let archive = try ZipArchive(written)
    #expect(archive.entries.map(\.name) == ["run", "ü/größe.txt"])
    #expect(try archive.contents(of: archive.entries[1], limit: 1000) == (0..<1000).map { UInt8($0 & 255) })
  }

  @Test func `a damaged archive is an error or the right contents, and never stops the program`() throws {
    let whole = try bytes(Peer.zip)
    let right = try ZipArchive(whole).contents(of: ZipArchive(whole).entries[0], limit: 1000)
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0xFF
      guard let archive = try? ZipArchive(damaged) else { continue }
      for entry in archive.entries where entry.name.hasPrefix("Exercises/03") {
        if let contents = try? archive.contents(of: entry, limit: 1000) { #expect(contents == right) }
      }
    }
    for count in 0..<whole.count { #expect(throws: ArchiveError.self) { try ZipArchive(Array(whole[..<count])) } }
  }

  @Test func `checksums are those of the standards`() {
    #expect(crc32("123456789".utf8) == 0xCBF4_3926)
    #expect(crc32c("123456789".utf8) == 0xE306_9283)
  }
}
