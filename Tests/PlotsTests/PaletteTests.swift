import Foundation
import Testing

@testable import Plots

/// Whether the colours do what is said of them, by published models of contrast and of colour blindness.
struct PaletteTests {
  /// Linear red, green and blue of "#rrggbb".
  private func linear(_ hex: String) -> [Double] {
    let n = Int(hex.dropFirst(), radix: 16)!
    return [n >> 16, n >> 8 & 255, n & 255].map { channel in
      let c = Double(channel) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
  }

  private func luminance(_ hex: String) -> Double {
    zip(linear(hex), [0.2126, 0.7152, 0.0722]).map(*).reduce(0, +)
  }

  private func contrast(_ a: String, _ b: String) -> Double {
    let (la, lb) = (luminance(a), luminance(b))
    return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
  }

  /// Full colour blindness of each kind, after Machado, Oliveira and Fernandes (2009).
  static let kinds: [(name: String, matrix: [[Double]])] = [
    ("none", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    (
      "deuteranopia",
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    (
      "tritanopia",
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
  ]

  /// The colour in Oklab, as someone with a kind of colour blindness sees it.
  private func seen(_ hex: String, _ matrix: [[Double]]) -> [Double] {
    let rgb = linear(hex)
    func times(_ m: [[Double]], _ v: [Double]) -> [Double] { m.map { zip($0, v).map(*).reduce(0, +) } }
    let held = times(matrix, rgb).map { min(max($0, 0), 1) }
    let cones = times(
      [
        [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ], held
    ).map(cbrt)
    return times(
      [
        [0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.808675766],
      ], cones)
  }

  @Test(arguments: kinds.indices)
  func `all series are told apart by colour-blind people, on both pages`(_ kind: Int) {
    for tone in [\Ink.light, \Ink.dark] {
      for (i, a) in Ink.series.enumerated() {
        for b in Ink.series[(i + 1)...] {
          let pa = seen(a[keyPath: tone], Self.kinds[kind].matrix)
          let pb = seen(b[keyPath: tone], Self.kinds[kind].matrix)
          let distance = zip(pa, pb).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
          // 0.02 is about the least difference that is seen at all.
          #expect(distance > 0.05, "\(a), \(b): \(distance) with \(Self.kinds[kind].name)")
        }
      }
    }
  }

  @Test func `words and series stand out from both pages as WCAG asks`() {
    for tone in [\Ink.light, \Ink.dark] {
      for ink in Ink.series + [.muted] {
        // 4.5 for words; the sixth series is a line or a marker, which needs 3.
        let least = ink == .sky ? 3 : 4.5
        #expect(contrast(ink[keyPath: tone], Ink.page[keyPath: tone]) >= least, "\(ink)")
      }
    }
  }

  @Test func `words over the strongest tint of a heat map stay legible`() {
    for tone in [\Ink.light, \Ink.dark] {
      for ink in [Ink.blue, .vermilion, .muted] {
        let mixed = (0..<3).map { i -> Int in
          func channel(_ hex: String) -> Double { Double(Int(hex.dropFirst(), radix: 16)! >> (16 - 8 * i) & 255) }
          let full = channel(ink[keyPath: tone]), page = channel(Ink.page[keyPath: tone])
          return Int((page + ColorScale.fullOpacity * (full - page)).rounded())
        }
        let hex = "#" + mixed.map { String($0 + 256, radix: 16).dropFirst() }.joined()
        #expect(contrast(hex, Ink.text[keyPath: tone]) >= 4.5, "\(ink): \(hex)")
      }
    }
  }

  @Test func `colours and shapes begin again after seven`() {
    #expect(Ink.series(0) == Ink.series(7) && Ink.series(-1) == .text)
    #expect(Marker.series(1) == Marker.series(8))
    #expect(Set((0..<7).map { Ink.series($0) }).count == 7)
  }
}
