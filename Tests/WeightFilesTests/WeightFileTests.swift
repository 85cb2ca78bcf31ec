import Foundation
import LinearAlgebra
import Testing

@testable import WeightFiles

/// Written by NumPy 2.4 and safetensors 0.8.
private enum Peer {
  static let float32 = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDIpLCB9ICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAAwAAAQEAAAIhAAAAAAAAA\
    4EA=
    """
  static let byColumn = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAABBAAAAAAAAA\
    AEAAAAAAAAAUQAAAAAAAAAhAAAAAAAAAGEA=
    """
  static let bigEndian = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIpLCB9ICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/8AAAAAAAAEAEAAAAAAAA
    """
  static let integers = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoDAAAAAAAAAPz/////////BQAAAAAA\
    AAA=
    """
  static let scalar = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAEQA==
    """
  static let cube = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIsIDIpLCB9ICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAAAA
    """
  static let complex = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGMxNicsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCksIH0gICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAPA/
    """
  static let half = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDUpLCB9ICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPgC0AQD/ewB8
    """
  static let npz = """
    UEsDBC0AAAAIAAAAIQAhNYtp//////////8FABQAVy5ucHkBABAAoAAAAAAAAABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6l\
    oG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgYw+GAPoRkcIBQHlBZwAABQSwMELQAAAAgA\
    AAAhABVT5Pr//////////wUAFABiLm5weQEAEACQAAAAAAAAAE4AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoa6joJ6W\
    X1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjoKhpo6CrUKZAMuBjB4YA+l9wMAUEsBAi0DLQAAAAgAAAAhACE1i2lVAAAAoAAA\
    AAUAAAAAAAAAAAAAAIABAAAAAFcubnB5UEsBAi0DLQAAAAgAAAAhABVT5PpOAAAAkAAAAAUAAAAAAAAAAAAAAIABjAAAAGIubnB5\
    UEsFBgAAAAACAAIAZgAAABEBAAAAAA==
    """
  static let safetensors = """
    kAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJXIjp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOlsyLDJdLCJk\
    YXRhX29mZnNldHMiOlswLDMyXX0sImIiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOlszMiw0MF19\
    fSAAAAAAAADwPwAAAAAAAABAAAAAAAAACEAAAAAAAAAQQAAAAD8AAAC/
    """
}

/// A file for one test, removed with it.
private final class TemporaryFile {
  let url: URL
  init(_ name: String, _ base64: String? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-weights-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.appendingPathComponent(name)
    if let base64 { try #require(Data(base64Encoded: base64)).write(to: url) }
  }
  deinit { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }
}

private func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch { return "\(error)" }
}

struct WeightFileTests {
  static let weights = [
    NamedMatrix("layer2.W", [[1.5, -2, 1e-300], [0, -0.0, 3]]), NamedMatrix("layer1.b", [[0.1], [.infinity], [.nan]]),
    NamedMatrix("größe \"x\"", [[7]]), NamedMatrix("none", Matrix(rows: 0, columns: 4)),
  ]

  private func expectSame(_ a: [NamedMatrix], _ b: [NamedMatrix]) {
    #expect(a.map(\.name) == b.map(\.name))
    for (x, y) in zip(a, b) {
      #expect(x.matrix.rows == y.matrix.rows && x.matrix.columns == y.matrix.columns)
      #expect(x.matrix.elements.map(\.bitPattern) == y.matrix.elements.map(\.bitPattern))
    }
  }

  @Test(arguments: ["w.npz", "w.safetensors", "W.NPZ"])
  func `what is written comes back bit by bit, in order`(name: String) throws {
    let file = try TemporaryFile(name)
    let transposed = NamedMatrix("transposed", Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6]).T)
    try writeWeights(Self.weights + [transposed], to: file.url)
    expectSame(try readWeights(from: file.url), Self.weights + [transposed])
  }

  @Test func `a single matrix goes into a file of its own`() throws {
    let file = try TemporaryFile("layer2.W.npy")
    try writeWeights([Self.weights[0]], to: file.url)
    expectSame(try readWeights(from: file.url), [Self.weights[0]])
    #expect(message { try writeWeights(Self.weights, to: file.url) }.contains("a .npy file holds one matrix, not 4"))
  }

  @Test(arguments: [
    (Peer.float32, [[1.5, -2], [3, 4.25], [0, 7]] as Matrix), (Peer.byColumn, [[1, 2, 3], [4, 5, 6]] as Matrix),
    (Peer.bigEndian, [[1, 2.5]] as Matrix), (Peer.integers, [[3], [-4], [5]] as Matrix),
    (Peer.scalar, [[2.5]] as Matrix), (Peer.half, [[1.5, -0.25, 0x1p-24, 65504, .infinity]] as Matrix),
  ])
  func `NumPy's arrays are read`(base64: String, expected: Matrix) throws {
    let file = try TemporaryFile("a.npy", base64)
    let read = try readWeights(from: file.url)
    #expect(read.map(\.name) == ["a"])
    #expect(read[0].matrix.rows == expected.rows && read[0].matrix.elements == expected.elements)
  }

  @Test func `compressed archives and safetensors of other libraries are read`() throws {
    let npzFile = try TemporaryFile("a.npz", Peer.npz)
    let npz = try readWeights(from: npzFile.url)
    #expect(npz.map(\.name) == ["W", "b"])
    #expect(npz[0].matrix.elements == [1, 2, 3, 4] && npz[1].matrix.elements == [0.5, -0.5])
    let tensorsFile = try TemporaryFile("a.safetensors", Peer.safetensors)
    let tensors = try readWeights(from: tensorsFile.url)
    #expect(tensors.map(\.name) == ["W", "b"])
    #expect(tensors[0].matrix.elements == [1, 2, 3, 4] && tensors[1].matrix.elements == [0.5, -0.5])
    #expect(tensors[1].matrix.rows == 2 && tensors[1].matrix.columns == 1)
  }

  @Test func `what is no matrix of numbers is refused with the remedy`() throws {
    let cube = try TemporaryFile("a.npy", Peer.cube)
    #expect(
      message { _ = try readWeights(from: cube.url) }.contains("an array of 3 dimensions, [2, 2, 2], is no matrix"))
    let complex = try TemporaryFile("a.npy", Peer.complex)
    #expect(message { _ = try readWeights(from: complex.url) }.contains("astype(\"float64\")"))
    let text = try TemporaryFile("weights.txt", Peer.cube)
    #expect(message { _ = try readWeights(from: text.url) }.contains("ends in .npy"))
    let missing = try TemporaryFile("missing.npz")
    #expect(message { _ = try readWeights(from: missing.url) }.contains("missing.npz: it cannot be read"))
    let twice = [NamedMatrix("W", [[1]]), NamedMatrix("W", [[2]])]
    #expect(message { try writeWeights(twice, to: missing.url) }.contains("two matrices are named “W”"))
  }

  @Test(arguments: [("a.npy", Peer.float32), ("a.npz", Peer.npz), ("a.safetensors", Peer.safetensors)])
  func `a file that is cut off is refused, wherever it is cut`(name: String, base64: String) throws {
    let whole = try #require(Data(base64Encoded: base64))
    let file = try TemporaryFile(name)
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: file.url)
      #expect(message { _ = try readWeights(from: file.url) }.hasPrefix(file.url.path))
    }
  }

  @Test(arguments: [("a.npy", Peer.float32), ("a.npz", Peer.npz), ("a.safetensors", Peer.safetensors)])
  func `a damaged file never stops the program`(name: String, base64: String) throws {
    let whole = try #require(Data(base64Encoded: base64))
    let file = try TemporaryFile(name)
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0xFF
      try damaged.write(to: file.url)
      _ = try? readWeights(from: file.url)
    }
  }
}

/// For the script that has the real libraries read and write the same files; without its folder there is nothing to do.
private let exchange = ProcessInfo.processInfo.environment["GRADUS_EXCHANGE"].map { URL(fileURLWithPath: $0) }

@Test(.enabled(if: exchange != nil))
func `files are exchanged with other libraries`() throws {
  let folder = try #require(exchange)
  func numbers(_ count: Int) -> [Double] { (0..<count).map { Double($0) / 7 - 1 } }
  for name in ["numpy.npz", "numpy-compressed.npz", "numpy.safetensors"] {
    let read = try readWeights(from: folder.appendingPathComponent(name))
    #expect(read.map(\.name).sorted() == ["W1", "b1"])
    for weight in read { #expect(weight.matrix.elements == numbers(weight.matrix.elements.count)) }
  }
  let weights = [
    NamedMatrix("W1", Matrix(rows: 3, columns: 2, elements: numbers(6))),
    NamedMatrix("b1", Matrix(rows: 3, columns: 1, elements: numbers(3))),
  ]
  for name in ["gradus.npz", "gradus.safetensors"] {
    try writeWeights(weights, to: folder.appendingPathComponent(name))
  }
  try writeWeights([weights[0]], to: folder.appendingPathComponent("gradus.npy"))
}
