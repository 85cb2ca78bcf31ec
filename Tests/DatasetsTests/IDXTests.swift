import Datasets
import Foundation
import Testing

@Suite struct IDXTests {
  let folder = try! TemporaryFolder()

  private func refused(_ bytes: [UInt8]) throws -> DataFileError {
    let path = try folder.write(bytes)
    return try #require(refusal { () throws(DataFileError) in try IDX(path: path) })
  }

  @Test func `an IDX file gives its shape and its elements, the last dimension fastest`() throws {
    let array = try IDX(path: folder.write(idx([2, 3], [1, 2, 3, 4, 5, 255])))
    #expect(array.shape == [2, 3])
    #expect(array.elements == [1, 2, 3, 4, 5, 255])
  }

  @Test(arguments: 1...8)
  func `an IDX file may have 1 to 8 dimensions`(dimensions: Int) throws {
    let shape = Array(repeating: 2, count: dimensions)
    let elements = [UInt8](repeating: 7, count: 1 << dimensions)
    let array = try IDX(path: folder.write(idx(shape, elements)))
    #expect(array.shape == shape)
    #expect(array.elements == elements)
  }

  @Test func `a dimension of size 0 leaves an IDX file without elements`() throws {
    let array = try IDX(path: folder.write(idx([0, 4_000_000_000], [])))
    #expect(array.shape == [0, 4_000_000_000])
    #expect(array.elements == [])
  }

  @Test func `a truncated IDX file is refused at its byte`() throws {
    let whole = idx([2, 3], [1, 2, 3, 4, 5, 6])
    for length in 1..<whole.count {
      let error = try refused(Array(whole.prefix(length)))
      #expect(error.place == .byte(length))
      #expect(error.description.contains("byte \(length): the file ends"))
      #expect(error.description.contains(error.path))
      #expect(error.remedy.contains("fetch it again"))
    }
  }

  @Test func `bytes after the last element are refused at the first of them`() throws {
    let error = try refused(idx([2, 3], [1, 2, 3, 4, 5, 6, 7, 8]))
    #expect(error.place == .byte(18))
    #expect(error.problem == "2 bytes follow the 6 elements of the shape 2 × 3")
  }

  @Test func `a wrong magic number is refused at its byte`() throws {
    #expect(try refused([0x50, 0x4B, 3, 4, 5]).place == .byte(0))
    #expect(try refused([0, 1, 8, 1, 0, 0, 0, 1, 9]).place == .byte(1))
    #expect(try refused([0, 0, 0x0D, 1, 0, 0, 0, 1, 9]).place == .byte(2))
    #expect(try refused([0, 0, 0x0D, 1, 0, 0, 0, 1, 9]).problem == "element type 0x0D instead of 0x08")
    #expect(try refused([0, 0, 8, 0]).place == .byte(3))
    #expect(try refused(idx(Array(repeating: 1, count: 9), [1])).place == .byte(3))
  }

  @Test func `sizes whose product cannot be counted are refused at the size that is too many`() throws {
    let error = try refused(idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], [1, 2, 3]))
    #expect(error.place == .byte(8))
    #expect(error.problem.contains("more elements than can be counted"))
  }

  @Test func `sizes larger than the file are refused without making room for them`() throws {
    let error = try refused(idx([0xFFFF_FFFF, 0x7FFF_FFFF], [1, 2, 3]))
    #expect(error.place == .byte(15))
    #expect(error.problem.contains("after 3 of the 9223372030412324865 elements"))
  }

  @Test func `a gzip file is refused with the advice to unpack it`() throws {
    let error = try refused([0x1F, 0x8B, 8, 0, 0, 0])
    #expect(error.place == .wholeFile)
    #expect(error.remedy.hasPrefix("unpack it first"))
  }

  @Test func `an IDX file cut short anywhere or changed in any byte is read or refused`() throws {
    let whole = idx([2, 2, 3], Array(1...12))
    var outcomes = (read: 0, refused: 0)
    func attempt(_ bytes: [UInt8]) throws {
      let path = try folder.write(bytes)
      if refusal({ () throws(DataFileError) in try IDX(path: path) }) == nil {
        outcomes.read += 1
      } else {
        outcomes.refused += 1
      }
    }
    for length in 0...whole.count { try attempt(Array(whole.prefix(length))) }
    #expect(outcomes == (1, whole.count))
    for i in whole.indices {
      for change in [0x01, 0x80, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[i] ^= change
        try attempt(bytes)
      }
    }
    // Elements may change unnoticed; not one of the 16 bytes before them may.
    #expect(outcomes == (1 + 12 * 3, whole.count + 16 * 3))
  }
}
