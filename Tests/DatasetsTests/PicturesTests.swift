import Datasets
import Foundation
import LinearAlgebra
import Testing

@Suite struct PicturesTests {
  let folder = try! TemporaryFolder()

  private func pictures(_ shape: [Int], _ bytes: [UInt8], labels: [UInt8]) throws -> Pictures {
    try Pictures(
      images: folder.write(idx(shape, bytes), to: "images"),
      labels: folder.write(idx([labels.count], labels), to: "labels"),
      classNames: ["a", "b"])
  }

  private func refused(_ shape: [Int], _ bytes: [UInt8], labels: [UInt8]) throws -> DataFileError {
    #expect(throws: DataFileError.self) { try pictures(shape, bytes, labels: labels) }
    let (images, labels) = (folder.url.appendingPathComponent("images"), folder.url.appendingPathComponent("labels"))
    return try #require(
      refusal { () throws(DataFileError) in
        try Pictures(images: images.path, labels: labels.path, classNames: ["a", "b"])
      })
  }

  @Test func `pixels are the bytes of the file, the colours of a pixel together`() throws {
    let two = try pictures([2, 1, 2, 3], [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16], labels: [1, 0])
    #expect(two.pixels(of: 0) == [1, 2, 3, 4, 5, 6])
    #expect(two.pixels(of: 1) == [11, 12, 13, 14, 15, 16])
    #expect(two.names == ["b", "a"])
    #expect(two.description == "2 pictures of 1 × 2 × 3: a, b")
  }

  @Test func `a feature column is all red, then all green, then all blue, each divided by 255`() throws {
    let data = try pictures([2, 1, 2, 3], [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 255], labels: [1, 0]).dataset()
    #expect(data.X.column(0).elements == [1, 4, 2, 5, 3, 6].map { $0 / 255 })
    #expect(data.X.column(1).elements == [11, 14, 12, 15, 13, 255].map { $0 / 255 })
    #expect(data.Y == [[1, 0]])
    #expect(data.featureNames == ["red_0_0", "red_0_1", "green_0_0", "green_0_1", "blue_0_0", "blue_0_1"])
  }

  @Test func `a grey picture's features are its pixels row by row`() throws {
    let data = try pictures([1, 2, 2], [0, 51, 102, 255], labels: [0]).dataset()
    #expect(data.X == [[0], [0.2], [0.4], [1]])
    #expect(data.featureNames == ["pixel_0_0", "pixel_0_1", "pixel_1_0", "pixel_1_1"])
  }

  @Test func `the red of row r and column c of a real picture is feature 64r + c`() throws {
    let train = try Pictures.animals().train
    let X = train.dataset().X
    for (i, r, c, k) in [(0, 0, 0, 0), (7, 31, 20, 0), (7, 31, 20, 1), (183, 63, 63, 2), (100, 12, 40, 2)] {
      let byte = train.bytes[((i * 64 + r) * 64 + c) * 3 + k]
      #expect(X[k * 4096 + r * 64 + c, i] == Double(byte) / 255)
    }
  }

  @Test func `examples at indices keep pixels, labels and names together`() throws {
    let train = try Pictures.animals().train
    let some = train.examples(at: [5, 1, 5])
    #expect(some.pixels(of: 2) == train.pixels(of: 5))
    #expect(some.labels == [5, 1, 5].map { train.labels[$0] })
    #expect(some.names[1] == "zebra")
  }

  @Test func `files that are not pictures with as many labels are refused`() throws {
    #expect(try refused([4], [1, 2, 3, 4], labels: [0, 1]).problem.contains("is not that of pictures"))
    #expect(try refused([1, 1, 1, 4], [1, 2, 3, 4], labels: [0]).problem.contains("is not that of pictures"))
    #expect(try refused([0, 2, 2], [], labels: []).problem.contains("is not that of pictures"))
    let wrongCount = try refused([2, 1, 2], [1, 2, 3, 4], labels: [0, 1, 0])
    #expect(wrongCount.path.hasSuffix("labels"))
    #expect(wrongCount.problem.hasPrefix("the shape [3] is not (2)"))
    #expect(try refused([2, 1, 2], [1, 2, 3, 4], labels: [0, 2]).place == .byte(9))
  }

  @Test(arguments: ["-", "."])
  func `MNIST is read from its four files, whichever way their names are spelt`(mark: String) throws {
    try writeMNIST(mark)
    let (train, test) = try Pictures.mnist(in: folder.url.path)
    #expect(train.labels == [3, 9])
    #expect(train.pixels(of: 1) == [5, 6, 7, 8])
    #expect(test.names == ["0"])
    #expect(test.dataset().X == [[0], [0], [0], [1]])
  }

  @Test func `a missing or packed MNIST file is refused by name`() throws {
    try writeMNIST("-")
    let labels = folder.url.appendingPathComponent("t10k-labels-idx1-ubyte")
    try FileManager.default.removeItem(at: labels)
    let path = folder.url.path
    let missing = refusal { () throws(DataFileError) in try Pictures.mnist(in: path) }
    #expect(missing?.path == labels.path)
    #expect(missing?.problem == "there is no such file")
    _ = try folder.write([0x1F, 0x8B, 8], to: "t10k-labels-idx1-ubyte.gz")
    let packed = refusal { () throws(DataFileError) in try Pictures.mnist(in: path) }
    #expect(packed?.remedy == "unpack it first: gunzip -k \(labels.path).gz")
  }

  private func writeMNIST(_ mark: String) throws {
    _ = try folder.write(idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), to: "train-images\(mark)idx3-ubyte")
    _ = try folder.write(idx([2], [3, 9]), to: "train-labels\(mark)idx1-ubyte")
    _ = try folder.write(idx([1, 2, 2], [0, 0, 0, 255]), to: "t10k-images\(mark)idx3-ubyte")
    _ = try folder.write(idx([1], [0]), to: "t10k-labels\(mark)idx1-ubyte")
  }
}
