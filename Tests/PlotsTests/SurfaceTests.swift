import Testing

@testable import Plots

struct SurfaceTests {
  @Test func `the contour of x² + y² at r² is one closed circle of radius r`() throws {
    let grid = Grid(x: -2...2, y: -2...2) { x, y in x * x + y * y }
    let lines = grid.contour(at: 2.25)
    try #require(lines.count == 1)
    #expect(lines[0].isClosed)
    #expect(lines[0].points.count > 100)
    for p in lines[0].points {
      #expect(abs((p.x * p.x + p.y * p.y).squareRoot() - 1.5) < 0.001)
    }
  }

  @Test func `the contour of a plane goes from edge to edge`() throws {
    let lines = Grid(x: 0...1, y: 0...1, columns: 5, rows: 5) { x, _ in x }.contour(at: 0.43)
    try #require(lines.count == 1)
    #expect(!lines[0].isClosed)
    #expect(lines[0].points.allSatisfy { abs($0.x - 0.43) < 1e-12 })
    #expect(Set([lines[0].points.first!.y, lines[0].points.last!.y]) == [0, 1])
  }

  @Test func `a saddle has two branches that do not cross`() {
    let grid = Grid(x: -1...1, y: -1...1, columns: 10, rows: 10) { x, y in x * y }
    let lines = grid.contour(at: 0.1)
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { line in Set(line.points.map { $0.x > 0 }).count == 1 })
  }

  @Test func `no contour where the level is not reached, or nothing is finite`() {
    #expect(Grid(x: 0...1, y: 0...1) { x, y in x + y }.contour(at: 9).isEmpty)
    #expect(Grid(x: 0...1, y: 0...1, columns: 4, rows: 4) { _, _ in .nan }.contour(at: 0).isEmpty)
  }

  @Test func `a grid's points are the centres of its cells, the least y first`() {
    let points = Grid.points(x: 0...2, y: 0...4, columns: 2, rows: 2)
    #expect(points.map(\.x) == [0.5, 1.5, 0.5, 1.5])
    #expect(points.map(\.y) == [1, 1, 3, 3])
  }

  @Test func `neighbouring cells of a class are one rectangle`() throws {
    let grid = Grid(x: 0...1, y: 0...1, columns: 10, rows: 4) { x, _ in x < 0.5 ? 0 : 1 }
    let svg = try ParsedSVG(Chart(x: "", y: "", .regions(grid)))
    let regions = svg.all("path", class: "cells")
    #expect(regions.map { $0.hasClass("fill-blue") } == [true, false])
    #expect(regions.map { $0.attributes["d"]!.filter { $0 == "M" }.count } == [4, 4])
  }

  @Test func `a diverging scale is as strong on both sides, and nothing in the middle`() {
    let scale = ColorScale.diverging(around: 0)
    #expect(scale.tint(-1, in: -1...4) == (.blue, 0.25))
    #expect(scale.tint(1, in: -1...4) == (.vermilion, 0.25))
    #expect(scale.tint(0, in: -1...4).strength == 0)
    #expect(scale.shown(-1...4) == -4...4)
  }

  @Test func `a heat map leaves out what is not finite`() throws {
    let grid = Grid(x: 0...1, y: 0...1, columns: 3, rows: 1, values: [.nan, 1, 0])
    let svg = try ParsedSVG(Chart(x: "", y: "", .heat(grid, bar: nil)))
    #expect(svg.all("path", class: "cells").map { $0.attributes["d"]!.filter { $0 == "M" }.count } == [1])
  }
}

struct PixelImageTests {
  @Test func `checksums agree with the published check values`() {
    #expect(adler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `base 64 agrees with RFC 4648`(_ plain: String, _ encoded: String) {
    #expect(base64(Array(plain.utf8)) == encoded)
  }

  @Test func `a PNG of one black pixel has the parts that the standard asks for`() {
    let png = PixelImage(width: 1, height: 1, gray: [UInt8(0)]).png
    // Signature, IHDR, IDAT with a zlib header, a block header, two bytes and a checksum, IEND.
    #expect(png.count == 8 + 25 + (12 + 2 + 5 + 2 + 4) + 12)
    #expect(Array(png[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    // Length, "IHDR", 1 × 1, 8 bits of grey, and the checksum that every such PNG has.
    let header = Array("\0\0\0\u{D}IHDR\0\0\0\u{1}\0\0\0\u{1}\u{8}\0\0\0\0".utf8)
    #expect(Array(png[8..<33]) == header + [0x3A, 0x7E, 0x9B, 0x55])
    #expect(Array(png.suffix(12)) == [0, 0, 0, 0, 73, 69, 78, 68, 0xAE, 0x42, 0x60, 0x82])
  }

  @Test func `the data of a large image is split into blocks that say their length`() {
    let image = PixelImage(width: 300, height: 300, gray: [UInt8](repeating: 7, count: 90_000))
    let raw = 300 * 301
    let data = Array(image.png[41...])  // after the signature, IHDR, and IDAT's length and name
    #expect(Array(data[2..<7]) == [0, 0xFF, 0xFF, 0, 0])
    let rest = raw - 65_535
    let second = Array(data[(7 + 65_535)..<(12 + 65_535)])
    #expect(second == [1, UInt8(rest & 255), UInt8(rest >> 8), ~UInt8(rest & 255), ~UInt8(rest >> 8)])
  }

  @Test func `grey values are held to their range, and NaN is black`() {
    let image = PixelImage(width: 5, height: 1, gray: [-1, 0, 0.5, 2, .nan])
    #expect(image.bytes == [0, 0, 128, 255, 0])
  }

  @Test func `a weight of zero is white, and signs have opposite colours`() {
    let image = PixelImage(width: 3, height: 1, weights: [-2, 0, 2])
    #expect(Array(image.bytes[3..<6]) == [255, 255, 255])
    #expect(image.bytes[2] > image.bytes[0])
    #expect(image.bytes[6] > image.bytes[8])
  }
}
