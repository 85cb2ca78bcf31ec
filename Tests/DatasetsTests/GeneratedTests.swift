import Datasets
import Foundation
import LinearAlgebra
import Testing

@Suite struct GeneratedTests {
  /// Points with their labels.
  private func points(_ data: Dataset) -> [(x: Double, y: Double, label: Int)] {
    data.labels.indices.map { (data.X[0, $0], data.X[1, $0], data.labels[$0]) }
  }

  private func seeded(_ seed: UInt64, _ make: (inout SeededGenerator) -> Dataset) -> Dataset {
    var generator = SeededGenerator(seed: seed)
    return make(&generator)
  }

  static let sets: [(name: String, make: @Sendable (inout SeededGenerator) -> Dataset)] = [
    ("blobs", { Dataset.blobs(using: &$0) }),
    ("separable blobs", { Dataset.blobs(separable: true, using: &$0) }),
    ("moons", { Dataset.moons(using: &$0) }),
    ("circles", { Dataset.circles(using: &$0) }),
    ("flower", { Dataset.flower(using: &$0) }),
    ("spirals", { Dataset.spirals(using: &$0) }),
    ("XOR clouds", { Dataset.xorClouds(using: &$0) }),
    ("line", { Dataset.line(slope: 2, intercept: 1, using: &$0) }),
  ]

  @Test(arguments: sets.indices)
  func `the same seed gives the same numbers and another seed others`(set: Int) {
    let make = Self.sets[set].make
    #expect(seeded(3, make) == seeded(3, make))
    #expect(seeded(3, make) != seeded(4, make))
    #expect(seeded(3, make).X.elements.allSatisfy { $0.isFinite })
  }

  @Test func `classes come in turn, so that their counts differ by one at most`() {
    var generator = SeededGenerator(seed: 1)
    #expect(Dataset.blobs(count: 11, classes: 3, using: &generator).classCounts == [4, 4, 3])
    #expect(Dataset.moons(using: &generator).classCounts == [100, 100])
    #expect(Dataset.circles(using: &generator).classCounts == [100, 100])
    #expect(Dataset.flower(using: &generator).classCounts == [200, 200])
    #expect(Dataset.spirals(count: 50, arms: 5, using: &generator).classCounts == [10, 10, 10, 10, 10])
    #expect(Dataset.xorClouds(using: &generator).classCounts == [100, 100])
    #expect(Dataset.moons(count: 5, using: &generator).labels == [0, 1, 0, 1, 0])
    #expect(Dataset.moons(count: 0, using: &generator).exampleCount == 0)
  }

  @Test func `the truth tables are those of AND, OR and XOR`() {
    for (data, function) in [
      (Dataset.and, { $0 && $1 }), (Dataset.or, { $0 || $1 }), (Dataset.xor, { $0 != $1 }),
    ] as [(Dataset, (Bool, Bool) -> Bool)] {
      #expect(points(data).map { [$0.x, $0.y] } == [[0, 0], [0, 1], [1, 0], [1, 1]])
      for point in points(data) {
        #expect(function(point.x == 1, point.y == 1) == (point.label == 1))
      }
    }
  }

  @Test func `blobs have their centres on a circle of radius 3 and the deviation asked for`() {
    let data = seeded(5) { Dataset.blobs(count: 6000, classes: 3, noise: 0.5, using: &$0) }
    for k in 0..<3 {
      let blob = data.examples(at: data.labels.indices.filter { data.labels[$0] == k })
      let angle = 2 * Double.pi * Double(k) / 3
      #expect(abs(blob.means[0, 0] - 3 * cos(angle)) < 0.05)
      #expect(abs(blob.means[1, 0] - 3 * sin(angle)) < 0.05)
      #expect(abs(blob.deviations[0, 0] - 0.5) < 0.03)
      #expect(abs(blob.deviations[1, 0] - 0.5) < 0.03)
    }
  }

  @Test(arguments: [0, 0.1, 1, 10, 1e9])
  func `two separable blobs lie 0.3 or more on either side of the line x1 = 0, however noisy`(noise: Double) {
    let data = seeded(6) { Dataset.blobs(count: 2000, noise: noise, separable: true, using: &$0) }
    for point in points(data) {
      #expect(point.label == 0 ? point.x >= 0.299_999 : point.x <= -0.299_999)
    }
  }

  @Test(arguments: [2, 3, 5, 8])
  func `each point of separable blobs is nearest to its own centre`(classes: Int) {
    let data = seeded(7) { Dataset.blobs(count: 1000, classes: classes, noise: 3, separable: true, using: &$0) }
    for point in points(data) {
      let distances = (0..<classes).map { k in
        let angle = 2 * Double.pi * Double(k) / Double(classes)
        return hypot(point.x - 3 * cos(angle), point.y - 3 * sin(angle))
      }
      #expect(distances.firstIndex(of: distances.min()!) == point.label)
    }
  }

  @Test func `blobs that are not asked to be separable overlap when they are noisy`() {
    let data = seeded(6) { Dataset.blobs(count: 2000, noise: 2, using: &$0) }
    #expect(points(data).contains { $0.label == 0 && $0.x < 0 })
  }

  @Test func `without noise the moons are half circles of radius 1`() {
    for point in points(seeded(8) { Dataset.moons(noise: 0, using: &$0) }) {
      if point.label == 0 {
        #expect(abs(hypot(point.x, point.y) - 1) < 1e-12)
        #expect(point.y >= 0)
      } else {
        #expect(abs(hypot(point.x - 1, point.y - 0.5) - 1) < 1e-12)
        #expect(point.y <= 0.5)
      }
    }
  }

  @Test func `without noise the circles have the radii 1 and a half`() {
    let data = seeded(9) { Dataset.circles(noise: 0, using: &$0) }
    for point in points(data) {
      #expect(abs(hypot(point.x, point.y) - (point.label == 0 ? 1 : 0.5)) < 1e-12)
    }
    #expect(points(data).contains { $0.x < -0.45 } && points(data).contains { $0.y < -0.45 })
  }

  @Test func `noise is the deviation of each coordinate from the noiseless shape`() {
    let data = seeded(10) { Dataset.circles(count: 20_000, noise: 0.05, using: &$0) }
    let errors = points(data).map { hypot($0.x, $0.y) - ($0.label == 0 ? 1 : 0.5) }
    let deviation = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
    #expect(abs(deviation - 0.05) < 0.002)
  }

  /// Petal p lies between pπ/4 and (p + 1)π/4 from the x2 axis; r < 0 throws every other one to the far side.
  static let redPetals = [0, 2, 5, 7]

  @Test func `without noise the flower obeys r = 4 sin 4θ, four petals red and four blue`() {
    let data = seeded(11) { Dataset.flower(count: 1000, noise: 0, using: &$0) }
    var petals: [Int: Set<Int>] = [:]
    for point in points(data) {
      let radius = hypot(point.x, point.y)
      let angle = atan2(point.x, point.y)
      #expect(abs(radius - abs(4 * sin(4 * angle))) < 1e-9)
      #expect(radius <= 4)
      if radius > 0.5 {
        let petal = Int(((angle < 0 ? angle + 2 * .pi : angle) / (.pi / 4)).rounded(.down))
        petals[petal, default: []].insert(point.label)
      }
    }
    #expect(petals.count == 8)
    for (petal, colours) in petals { #expect(colours == [Self.redPetals.contains(petal) ? 0 : 1]) }
  }

  @Test func `a noisy flower strews some points into petals of the other colour`() {
    let data = seeded(12) { Dataset.flower(using: &$0) }
    let strewn = points(data).filter { point in
      let angle = atan2(point.x, point.y)
      let petal = Int(((angle < 0 ? angle + 2 * .pi : angle) / (.pi / 4)).rounded(.down))
      return hypot(point.x, point.y) > 0.5 && Self.redPetals.contains(petal) != (point.label == 0)
    }
    #expect((5...80).contains(strewn.count))
  }

  @Test func `without noise a spiral's angle grows by 4 radians from the centre to the rim`() {
    for point in points(seeded(13) { Dataset.spirals(count: 400, arms: 4, noise: 0, using: &$0) }) {
      let radius = hypot(point.x, point.y)
      let angle = 2 * Double.pi * Double(point.label) / 4 + 4 * radius
      #expect(radius < 1)
      #expect(abs(point.x - radius * sin(angle)) < 1e-12)
      #expect(abs(point.y - radius * cos(angle)) < 1e-12)
    }
  }

  @Test func `XOR clouds stand about the corners, each with its corner's answer`() {
    let data = seeded(14) { Dataset.xorClouds(count: 4000, noise: 0.1, using: &$0) }
    #expect(seeded(14) { Dataset.xorClouds(count: 4, noise: 0, using: &$0) } == .xor)
    for (corner, answer) in [0, 1, 1, 0].enumerated() {
      let cloud = data.examples(at: data.labels.indices.filter { $0 % 4 == corner })
      #expect(Set(cloud.labels) == [answer])
      #expect(abs(cloud.means[0, 0] - Double(corner / 2)) < 0.02)
      #expect(abs(cloud.means[1, 0] - Double(corner % 2)) < 0.02)
      #expect(abs(cloud.deviations[0, 0] - 0.1) < 0.01)
    }
  }

  @Test func `a line's points lie on it, less the noise, over the range asked for`() {
    let exact = seeded(15) { Dataset.line(slope: -3, intercept: 7, over: 2...5, noise: 0, using: &$0) }
    for i in 0..<100 {
      #expect((2...5).contains(exact.X[0, i]))
      #expect(exact.Y[0, i] == -3 * exact.X[0, i] + 7)
    }
    let noisy = seeded(15) { Dataset.line(slope: 2, intercept: 1, count: 10_000, noise: 0.5, using: &$0) }
    let errors = noisy.Y.elements.indices.map { noisy.Y[0, $0] - 2 * noisy.X[0, $0] - 1 }
    let deviation = (errors.reduce(0) { $0 + $1 * $1 } / 10_000).squareRoot()
    #expect(abs(deviation - 0.5) < 0.02)
    #expect(noisy.classNames.isEmpty)
  }

  @Test func `noise that is negative or not finite stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1)
      _ = Dataset.moons(noise: -1, using: &generator)
    }
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1)
      _ = Dataset.spirals(arms: 0, using: &generator)
    }
  }
}
