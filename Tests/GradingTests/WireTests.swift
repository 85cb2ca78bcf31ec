import Curriculum
import Testing

@testable import Grading

struct WireTests {
  /// Writes an observation and reads it again.
  private func sent(_ observation: Observation) throws -> Observation {
    let run = Run.read(observation.wireText + "end\n")
    #expect(run.ending == .finished)
    return try #require(run.observations.first)
  }

  @Test func `every number keeps its bits, NaN, infinities and −0 too`() throws {
    let numbers: [Double] = [
      0, -0.0, 1, -1.5, .nan, -.nan, .signalingNaN, .infinity, -.infinity, .leastNonzeroMagnitude,
      .greatestFiniteMagnitude, 0.1, .pi,
    ]
    let quantity = try #require(sent(["a": numbers]).quantities.first)
    #expect(quantity.values.map(\.bitPattern) == numbers.map(\.bitPattern))
    #expect(quantity.shape == [numbers.count])
  }

  @Test func `names, order and shapes survive`() throws {
    let observation = try sent([
      "σ(z)": 0.5, "count": 7, "right": true, "list": [1.0, 2], "dW": [[1, 2, 3], [4, 5, 6]] as Matrix,
      "costs, in order": [[1.0], [2]],
    ])
    #expect(observation.quantities.map(\.name) == ["σ(z)", "count", "right", "list", "dW", "costs, in order"])
    #expect(observation.quantities.map(\.shape) == [[], [], [], [2], [2, 3], [2, 1]])
    #expect(observation.quantities[4].values == [1, 2, 3, 4, 5, 6])
    #expect(observation.quantities[2].values == [1])
  }

  @Test func `a transposed matrix is sent row by row`() throws {
    let A: Matrix = [[1, 2, 3], [4, 5, 6]]
    let quantity = try #require(sent(["A": A.T]).quantities.first)
    #expect(quantity.shape == [3, 2])
    #expect(quantity.values == [1, 4, 2, 5, 3, 6])
  }

  @Test func `empty lists and matrices keep their shapes`() throws {
    let observation = try sent([
      "none": [Double](), "rows": Matrix(rows: 0, columns: 3), "columns": Matrix(rows: 2, columns: 0),
      "lists": [[Double](), []],
    ])
    #expect(observation.quantities.map(\.shape) == [[0], [0, 3], [2, 0], [2, 0]])
    #expect(observation.quantities.allSatisfy { $0.values.isEmpty })
  }

  @Test func `lists of different lengths are laid out one after the other`() {
    let observation: Observation = ["ragged": [[1.0, 2], [3]], "matrices": [Matrix(rows: 2, columns: 1), [[1, 2]]]]
    #expect(observation.quantities.map(\.shape) == [[3], [4]])
    #expect(observation.quantities[0].values == [1, 2, 3])
  }

  @Test(arguments: [
    "A\t1000x1000\t0", "A\t2\t0", "A\t\t", "A\t", "A", "A\t-1", "A\t-2x-2\t0\t0\t0\t0", "A\t1x\u{FFFD}\t0",
    "A\t9223372036854775807x9223372036854775807\t0", "A\t99999999999999999999\t0", "A\t1\tg", "A\t1\t-1",
    "A\t1\t11112222333344445", "A\t1.0\t0", "A\t1\t0\t0", "\t\t", "A\t1 \t0",
  ])
  func `what is not an observation is read as none`(line: String) {
    #expect(Observation(wireLines: [line[...]]) == nil)
  }

  @Test func `a run that breaks off keeps the observations before it, and has not finished`() {
    let whole: Observation = ["J": 1, "dw": [[1], [2]] as Matrix]
    let text = whole.wireText + whole.wireText
    for count in 0..<text.utf8.count {
      let run = Run.read(String(decoding: text.utf8.prefix(count), as: UTF8.self))
      #expect(run.ending == nil)
      #expect(run.observations.count == (count < whole.wireText.utf8.count ? 0 : 1))
    }
  }

  @Test func `an unreadable line ends the run there`() {
    let good = (["J": 1] as Observation).wireText
    let run = Run.read(good + "J\tgarbage\n\n" + good + "end\n")
    #expect(run.observations.count == 1)
    #expect(run.ending == nil)
  }

  @Test func `the end counts only with the run's token`() {
    let good = (["J": 1] as Observation).wireText
    #expect(Run.read(good + "end\n", token: "7f").ending == nil)
    #expect(Run.read(good + "endless\n", token: "7f").ending == nil)
    #expect(Run.read(good + "end7f\n", token: "7f").ending == .finished)
  }

  @Test func `todo is read with its function and place`() {
    let run = Run.read("todo\tgradients(X:Y:at:)\tModule/File.swift\t12\n")
    #expect(
      run.ending == .todo(function: "gradients(X:Y:at:)", place: SourcePlace(file: "Module/File.swift", line: 12)))
    #expect(Run.read("todo\tf()\tFile.swift\tx\n").ending == nil)
    #expect(Run.read("todo\tf()\n").ending == nil)
  }

  @Test func `thousands of damaged texts are read without a trap`() {
    let text = (["J": 0.25, "dw": [[1], [2]] as Matrix, "costs": [3.0, .nan]] as Observation).wireText + "end\n"
    let original = Array(text.utf8)
    var generator = SeededGenerator(seed: 11)
    var finished = 0
    for _ in 0..<3000 {
      var bytes = original
      for _ in 0...generator.integer(below: 4) {
        let place = generator.integer(below: bytes.count)
        switch generator.integer(below: 4) {
        case 0: bytes[place] = UInt8(generator.integer(below: 256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: Array("\t\n0x9-".utf8).shuffled(using: &generator).prefix(2), at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.integer(below: 30)))
        }
        if bytes.isEmpty { bytes = original }
      }
      let run = Run.read(String(decoding: bytes, as: UTF8.self))
      if run.ending == .finished { finished += 1 }
      for quantity in run.observations.flatMap(\.quantities) {
        #expect(quantity.values.count == quantity.shape.reduce(1, *))
      }
    }
    #expect(finished > 0 && finished < 3000)
  }
}
