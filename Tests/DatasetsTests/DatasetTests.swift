import Datasets
import LinearAlgebra
import Testing

@Suite struct DatasetTests {
  /// Five examples whose columns carry their number.
  let five = Dataset(
    X: [[0, 1, 2, 3, 4], [0, 10, 20, 30, 40]], Y: [[0, 1, 0, 1, 1]], featureNames: ["ones", "tens"],
    classNames: ["even", "odd"])

  @Test func `a data set counts its features, examples and classes`() {
    #expect(five.featureCount == 2)
    #expect(five.exampleCount == 5)
    #expect(five.labels == [0, 1, 0, 1, 1])
    #expect(five.classCounts == [2, 3])
    #expect(five.description == "5 examples of 2 features: 2 even, 3 odd")
  }

  @Test func `a regression has no labels and no classes`() {
    let data = Dataset(X: [[1, 2]], Y: [[0.5, -7]], featureNames: ["x"])
    #expect(data.labels == [])
    #expect(data.classCounts == [])
    #expect(data.description == "2 examples of 1 feature")
  }

  @Test func `examples at indices come in that order, with their answers, and may repeat`() {
    let some = five.examples(at: [4, 0, 4])
    #expect(some.X == [[4, 0, 4], [40, 0, 40]])
    #expect(some.Y == [[1, 0, 1]])
  }

  @Test func `features by name come in that order, the answers untouched`() {
    #expect(five.features(named: ["tens"]).X == [[0, 10, 20, 30, 40]])
    let swapped = five.features(named: ["tens", "ones"])
    #expect(swapped.X == [[0, 10, 20, 30, 40], [0, 1, 2, 3, 4]])
    #expect(swapped.featureNames == ["tens", "ones"])
    #expect(swapped.Y == five.Y)
  }

  @Test func `shuffling keeps every example once and X with its Y`() {
    var generator = SeededGenerator(seed: 1)
    let m = 50
    let data = Dataset(
      X: Matrix(row: (0..<m).map { Double($0) }), Y: Matrix(row: (0..<m).map { Double($0 % 3) }), featureNames: ["x"],
      classNames: ["a", "b", "c"])
    let shuffled = data.shuffled(using: &generator)
    #expect(shuffled != data)
    #expect(shuffled.X.elements.sorted() == data.X.elements)
    #expect(shuffled.labels == shuffled.X.elements.map { Int($0) % 3 })
  }

  @Test func `the same seed shuffles alike and another seed does not`() throws {
    let data = try Dataset.iris()
    func shuffled(_ seed: UInt64) -> Dataset {
      var generator = SeededGenerator(seed: seed)
      return data.shuffled(using: &generator)
    }
    #expect(shuffled(7) == shuffled(7))
    #expect(shuffled(7) != shuffled(8))
  }

  @Test func `a split keeps the order and gives the last examples to the test set`() {
    let (train, test) = five.split(testCount: 2)
    #expect(train.X == [[0, 1, 2], [0, 10, 20]])
    #expect(test.X == [[3, 4], [30, 40]])
    #expect(test.labels == [1, 1])
    #expect(five.split(testCount: 0).train == five)
    #expect(five.split(testCount: 5).test == five)
    #expect(five.split(testCount: 5).train.exampleCount == 0)
  }

  @Test func `means and deviations are by feature, the squares divided by m`() {
    let data = Dataset(X: [[1, 3], [2, 2], [0, 6]], Y: [[0, 0]], featureNames: ["a", "b", "c"])
    #expect(data.means == [[2], [2], [3]])
    #expect(data.deviations == [[1], [0], [3]])
  }

  @Test func `standardized features have mean 0 and deviation 1, a constant one is 0`() {
    let data = Dataset(X: [[1, 3, 8], [0.1, 0.1, 0.1]], Y: [[0, 0, 0]], featureNames: ["a", "b"])
    let standardized = data.standardized(like: data)
    #expect(abs(standardized.means[0, 0]) < 1e-15)
    #expect(abs(standardized.deviations[0, 0] - 1) < 1e-15)
    #expect(Array(standardized.X.elements[3...]) == [0, 0, 0])
    #expect(standardized.Y == data.Y)
  }

  @Test func `a test set is standardized on the training set's scale`() {
    let train = Dataset(X: [[1, 3], [5, 5]], Y: [[0, 0]], featureNames: ["a", "b"])
    let test = Dataset(X: [[2, 4], [7, 5]], Y: [[0, 0]], featureNames: ["a", "b"])
    #expect(test.standardized(like: train).X == [[0, 2], [2, 0]])
  }

  @Test func `wrong use of a data set stops the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset(X: [[1, 2]], Y: [[1]], featureNames: ["x"])
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset(X: [[1, 2]], Y: [[1, 2]], featureNames: ["x"], classNames: ["a", "b"])
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.xor.split(testCount: 5)
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.xor.examples(at: [4])
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.xor.features(named: ["x3"])
    }
  }
}
