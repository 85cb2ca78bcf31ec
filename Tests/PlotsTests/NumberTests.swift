import Testing

@testable import Plots

struct NumberTests {
  @Test(arguments: [
    (0, "0"), (1, "1"), (-1.5, "−1.5"), (1.0 / 3, "0.333"), (1234.5678, "1235"), (0.00012345, "0.000123"),
    (2.5e-7, "2.5×10⁻⁷"), (-1e12, "−1×10¹²"), (999_999.9, "1000000"), (9.999e9, "1×10¹⁰"), (.infinity, "∞"),
    (-.infinity, "−∞"), (.nan, "NaN"), (-0.0, "0"), (1.25e-300, "1.25×10⁻³⁰⁰"), (.leastNonzeroMagnitude, "0"),
    (1.7e308, "1.7×10³⁰⁸"),
  ])
  func `numbers are written for readers`(_ value: Double, _ text: String) {
    #expect(formatted(value) == text)
  }

  @Test(arguments: [
    (0.125, "0.13"), (-0.001, "0"), (12.3, "12.3"), (1e9, "100000"), (-.infinity, "-100000"), (.nan, "0"), (2.999, "3"),
  ])
  func `coordinates have two decimals and bounds`(_ value: Double, _ text: String) {
    #expect(coordinate(value) == text)
  }

  @Test func `the decimal logarithm is right to the last digits`() {
    for n in -300...300 {
      let x = powerOfTen(n)
      #expect(abs(decimalLogarithm(x) - Double(n)) <= 1e-13 * max(1, abs(Double(n))))
      #expect(decimalExponent(x * 1.0000001) == n)
    }
    #expect(abs(decimalLogarithm(2) - 0.30102999566398119521) < 1e-15)
    #expect((0...22).allSatisfy { decimalExponent(powerOfTen($0)) == $0 })
  }
}

struct TickTests {
  private static let ranges: [ClosedRange<Double>] = [
    0...1, -1...1, 0...59, 0.08...2.34, -4...4, 1e-9...3e-9, 1234...1239, -5e7...3e8, 0...1e-290, 99.99...100.01,
  ]

  @Test(arguments: ranges, 1...12)
  func `ticks are few, rising, inside the range, and written as what they are`(
    _ range: ClosedRange<Double>, _ limit: Int
  ) {
    let ticks = linearTicks(in: range, limit: limit)
    #expect(ticks.count <= limit)
    #expect(limit < 5 || ticks.count >= 2)
    #expect(ticks.allSatisfy { range.contains($0.value) })
    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
    #expect(Set(ticks.map(\.label)).count == ticks.count)
    for tick in ticks {
      let read = TerminalStyle.ascii.number(tick.label)
      let span = range.upperBound - range.lowerBound
      #expect(abs((Double(read) ?? .nan) - tick.value) <= 1e-9 * span, "\(tick)")
    }
  }

  @Test(arguments: ranges)
  func `steps between ticks are 1, 2 or 5 times a power of ten`(_ range: ClosedRange<Double>) {
    let ticks = linearTicks(in: range, limit: 8)
    let step = ticks[1].value - ticks[0].value
    let mantissa = step / powerOfTen(decimalExponent(step * (1 + 1e-6)))
    #expect([1, 2, 5].contains { abs(mantissa - $0) < 1e-4 }, "\(step)")
  }

  @Test func `ticks are the numbers nearest to what they say`() {
    #expect(linearTicks(in: 0...1, limit: 11).map(\.value) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    #expect(linearTicks(in: 0...1, limit: 3).map(\.label) == ["0", "0.5", "1.0"])
  }

  @Test func `logarithmic ticks are powers of ten, and fewer where they are many`() {
    #expect(logarithmicTicks(in: 0.01...100, limit: 8).map(\.label) == ["0.01", "0.1", "1", "10", "100"])
    let small = logarithmicTicks(in: 1e-6...1, limit: 8)
    #expect(small.map(\.label) == ["10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"])
    #expect(logarithmicTicks(in: 1e-12...1, limit: 5).count <= 5)
    #expect(logarithmicTicks(in: 2...30, limit: 8).map(\.value) == [2, 5, 10, 20])
  }

  @Test func `there are no ticks in a range without extent`() {
    #expect(linearTicks(in: 1...1, limit: 5).isEmpty)
    #expect(logarithmicTicks(in: -1...1, limit: 5).isEmpty)
  }
}
