import Testing

@testable import LinearAlgebra

@Suite struct SeededGeneratorTests {
  @Test func `the bits are SplitMix64's`() {
    var generator = SeededGenerator(seed: 1_234_567)  // the published test values
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    #expect(generator.next() == 9_817_491_932_198_370_423)
    #expect(generator.next() == 4_593_380_528_125_082_431)
    #expect(generator.next() == 16_408_922_859_458_223_821)
  }

  @Test func `the first numbers of seed 42 are the same for ever`() {
    var generator = SeededGenerator(seed: 42)
    #expect(
      generator.uniform(rows: 2, columns: 2)
        == [[0.7415648787718233, 0.1599103928769201], [0.27860113025513866, 0.34419071652363753]])
    generator = SeededGenerator(seed: 42)
    expectClose(
      generator.normal(rows: 2, columns: 4),
      [
        [0.648177361328852, -0.9948262318051998, -0.5870021533389611, -0.40105255214178587],
        [-1.7740170078979522, 1.118054196995651, -0.777590628687285, 0.8438803913602274],
      ])
    generator = SeededGenerator(seed: 42)
    #expect((0..<12).map { _ in generator.integer(below: 10) } == [7, 1, 2, 3, 0, 8, 2, 8, 3, 6, 2, 4])
    generator = SeededGenerator(seed: 42)
    #expect(generator.permutation(of: 8) == [4, 3, 2, 0, 7, 6, 1, 5])
  }

  @Test func `a choice that would favour some numbers is drawn again`() {
    // Of 3 · 2⁶¹ numbers, a quarter of the draws is refused; the second here.
    var generator = SeededGenerator(seed: 42)
    let chosen = (0..<6).map { _ in generator.integer(below: 3 << 61) }
    #expect(
      chosen == [
        5_129_796_574_783_228_279, 1_927_231_405_673_536_446, 2_380_949_272_596_845_911,
        263_074_794_803_236_218, 6_005_992_922_123_620_898, 1_510_824_267_291_609_346,
      ])
  }

  @Test func `numbers come one by one as they come in a matrix`() {
    var one = SeededGenerator(seed: 3), all = one
    let matrix = all.uniform(rows: 2, columns: 3)
    #expect(matrix.elements == (0..<6).map { _ in one.uniform() })
    #expect(all.normal(rows: 3, columns: 2).elements == (0..<6).map { _ in one.normal() })
    #expect(one == all)
    #expect(all.uniform(rows: 0, columns: 5).shape.description == "(0×5)")
    #expect(one == all)
  }

  @Test func `equal seeds give equal numbers, other seeds others`() {
    var a = SeededGenerator(seed: 1), b = SeededGenerator(seed: 1), c = SeededGenerator(seed: 2)
    #expect(a == b)
    #expect(a != c)
    let first = a.normal(rows: 10, columns: 10)
    #expect(first == b.normal(rows: 10, columns: 10))
    #expect(first != c.normal(rows: 10, columns: 10))
    #expect(first != a.normal(rows: 10, columns: 10))
  }

  // The bounds below are five standard deviations of what is measured.

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `uniform numbers fill the interval evenly`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let n = 100_000.0
    let U = generator.uniform(rows: 1, columns: Int(n))
    #expect(U.min() >= 0)
    #expect(U.max() < 1)
    #expect(abs(U.mean() - 1.0 / 2) < 5 * sqrt(1 / 12 / n))
    #expect(abs(pow(U - 0.5, 2).mean() - 1.0 / 12) < 5 * sqrt(1 / 180 / n))
    for tenth in stride(from: 0.0, to: 1, by: 0.1) {
      let share = ((U .>= tenth) .* (U .< tenth + 0.1)).mean()
      #expect(abs(share - 0.1) < 5 * sqrt(0.1 * 0.9 / n))
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `normal numbers have the moments and the shares they should`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let n = 100_000.0
    let Z = generator.normal(rows: 1, columns: Int(n))
    #expect(abs(Z.mean()) < 5 * sqrt(1 / n))
    #expect(abs(pow(Z, 2).mean() - 1) < 5 * sqrt(2 / n))
    #expect(abs(pow(Z, 3).mean()) < 5 * sqrt(15 / n))
    #expect(abs(pow(Z, 4).mean() - 3) < 5 * sqrt(96 / n))
    for (z, p) in [(-2, 0.022750131948179195), (-1, 0.15865525393145707), (0, 0.5), (1.5, 0.9331927987311419)] {
      #expect(abs((Z .< z).mean() - p) < 5 * sqrt(p * (1 - p) / n))
    }
  }

  @Test func `the normal quantile is right in the middle, in the tails and far out`() {
    // Computed with 40 digits.
    let known: [(p: Double, z: Double)] = [
      (0x1p-54, -8.292361075813595), (1e-12, -7.034483825301132), (1e-5, -4.264890793922825),
      (0.01, -2.326347874040841), (0.0749, -1.4402382675279637), (0.0751, -1.43882539275254),
      (0.25, -0.6744897501960817), (0.5, 0), (0.6, 0.2533471031357997), (0.9251, 1.440238267527964),
      (0.999, 3.090232306167813), (1 - 0x1p-53, 8.209536151601387),
    ]
    for (p, z) in known { #expect(abs(normalQuantile(p) - z) <= 1e-15 * abs(z), "at \(p)") }
  }

  @Test func `each number below the bound is chosen equally often`() {
    var generator = SeededGenerator(seed: 4)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.integer(below: 7)] += 1 }
    for count in counts { #expect(abs(Double(count) - 10_000) < 5 * sqrt(10_000 * 6 / 7)) }
    #expect(generator.integer(below: 1) == 0)
  }

  @Test func `all orders of three are equally likely`() {
    var generator = SeededGenerator(seed: 5)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<60_000 { counts[generator.permutation(of: 3), default: 0] += 1 }
    #expect(counts.count == 6)
    for (order, count) in counts { #expect(abs(Double(count) - 10_000) < 5 * sqrt(10_000 * 5 / 6), "\(order)") }
  }

  @Test func `a permutation has every number once`() {
    var generator = SeededGenerator(seed: 6)
    let order = generator.permutation(of: 100)
    #expect(order.sorted() == Array(0..<100))
    #expect(order != Array(0..<100))
    #expect(generator.permutation(of: 0) == [])
    #expect(generator.permutation(of: 1) == [0])
  }

  @Test func `a nudge moves uniform numbers by one step of the grid, both ways, and leaves choices alone`() {
    var plain = SeededGenerator(seed: 7), nudged = SeededGenerator(seed: 7, nudged: true)
    let U = plain.uniform(rows: 20, columns: 20), V = nudged.uniform(rows: 20, columns: 20)
    #expect(abs(U - V) == Matrix(rows: 20, columns: 20, repeating: 0x1p-53))
    #expect((U - V).max() > 0)
    #expect((U - V).min() < 0)
    #expect(V.min() >= 0)
    #expect(V.max() < 1)
    let Y = plain.normal(rows: 20, columns: 20), Z = nudged.normal(rows: 20, columns: 20)
    #expect((Y .!= Z).mean() > 0.5)
    expectClose(Z, Y, tolerance: 1e-12)
    #expect(plain.permutation(of: 50) == nudged.permutation(of: 50))
    #expect(plain.integer(below: 1 << 60) == nudged.integer(below: 1 << 60))
    #expect(plain.next() == nudged.next())
    #expect(plain != nudged)
  }

  @Test func `it serves the standard library's functions too`() {
    var generator = SeededGenerator(seed: 8)
    #expect((0..<10).shuffled(using: &generator).sorted() == Array(0..<10))
    #expect((2.0...3).contains(Double.random(in: 2...3, using: &generator)))
  }

  @Test func `a choice among none stops`() async {
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var generator = SeededGenerator(seed: 1)
      print(generator.integer(below: 0))
    }
    #expect(said(none, "integer(below: 0)"))
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var generator = SeededGenerator(seed: 1)
      print(generator.permutation(of: -1))
    }
    #expect(said(negative, "permutation(of: -1)"))
  }
}
