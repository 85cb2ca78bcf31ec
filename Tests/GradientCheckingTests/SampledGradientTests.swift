import GradientChecking
import Testing

/// Σ (cᵢ xᵢ² + ½ xᵢ xᵢ₊₁) / 100, around a ring of 10 000 entries.
private let cost: Cost = {
  var random = Random(11)
  let c = random.normals(10_000).map { $0 + ($0 > 0 ? 1 : -1) }
  return Cost(
    value: { x in
      var sum = 0.0
      for i in x.indices { sum += c[i] * x[i] * x[i] + 0.5 * x[i] * x[(i + 1) % x.count] }
      return sum / 100
    },
    gradient: { x in
      let n = x.count
      return x.indices.map { i in (2 * c[i] * x[i] + 0.5 * (x[(i + 1) % n] + x[(i + n - 1) % n])) / 100 }
    }, point: random.normals(10_000))
}()

private let measured = cost.measured(seed: 4)

@Suite struct `A sampled gradient of 10 000 entries` {
  @Test func `has one index from each of 64 equal runs`() {
    #expect(measured.indices.count == 64)
    for (k, i) in measured.indices.enumerated() {
      #expect((k * 10_000 / 64..<(k + 1) * 10_000 / 64).contains(i))
    }
  }

  @Test func `is chosen by the seed alone`() {
    let again = cost.measured(seed: 4)
    #expect(again.indices == measured.indices)
    #expect(again.entries == measured.entries)
    #expect(cost.measured(seed: 5).indices != measured.indices)
  }

  @Test func `agrees with the right one`() {
    for seed in 0..<5 as Range<UInt64> {
      let comparison = cost.measured(seed: seed).compare(cost.right)
      #expect(comparison.agrees)
      #expect(comparison.compared == 64)
      #expect(comparison.directions == 16)
    }
  }

  @Test func `disagrees when a block is wrong`() {
    for (start, length) in [(0, 400), (3000, 320), (9600, 400)] {
      var wrong = cost.right
      for i in start..<start + length { wrong[i] *= 1.01 }
      let comparison = measured.compare(wrong)
      #expect(comparison.verdict == .disagrees)
      #expect(comparison.worst.map { (start..<start + length).contains($0.index) } == true)
    }
  }

  @Test func `disagrees when one single entry is wrong, sampled or not`() throws {
    for index in stride(from: 3, to: 10_000, by: 777) {
      var wrong = cost.right
      wrong[index] += 0.001
      let comparison = measured.compare(wrong)
      #expect(comparison.verdict == .disagrees)
      #expect(try #require(comparison.disagreeingRange).contains(index))
    }
  }

  @Test func `disagrees when two entries are swapped`() {
    var wrong = cost.right
    wrong.swapAt(100, 101)
    #expect(measured.compare(wrong).verdict == .disagrees)
  }

  @Test func `refuses a NaN anywhere`() {
    for index in [0, 4321, 9999] {
      var wrong = cost.right
      wrong[index] = .nan
      #expect(measured.compare(wrong).verdict == .notFinite)
      #expect(measured.compare(wrong).worst?.index == index)
    }
  }

  @Test func `of fewer entries than the limit is not sampled`() {
    let small = Cost.quadratic(64, seed: 1).measured()
    #expect(small.indices == Array(0..<64))
    #expect(small.compare(Cost.quadratic(64, seed: 1).right).directions == 0)
    let sampled = Cost.quadratic(65, seed: 1).measured()
    #expect(sampled.indices.count == 64)
    #expect(Set(sampled.indices).count == 64)
  }

  @Test func `of a ReLU network accepts the right one and refuses an error of one entry`() {
    for seed in 0..<6 as Range<UInt64> {
      let cost = Cost.network([10, 9, 7, 3], .relu, examples: 6, seed: seed)
      let measured = cost.measured(seed: seed)
      #expect(measured.compare(cost.right).agrees)
      var wrong = cost.right
      wrong[wrong.count - 1] *= 1.01
      #expect(measured.compare(wrong).verdict == .disagrees)
    }
  }
}
