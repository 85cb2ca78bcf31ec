import Curriculum
import Datasets
import Testing

@testable import PerceptronSolution

/// No reference values are needed here: what the perceptron has to do is known by proof.
@Suite("Lesson 1 against what is known of perceptrons") struct Golden01 {
  let lesson = Perceptron()
  let zero = PerceptronParameters(w: [[0], [0]], b: 0)

  @Test func `AND and OR are learnt in as few mistakes as by hand, and within Novikoff's bound`() {
    let and = lesson.train(X: Dataset.and.X, Y: Dataset.and.Y, from: zero, rate: 1, maxEpochs: 20)
    #expect(and.mistakes == [2, 3, 3, 2, 1, 0] && and.converged)
    let or = lesson.train(X: Dataset.or.X, Y: Dataset.or.Y, from: zero, rate: 1, maxEpochs: 20)
    #expect(or.mistakes == [2, 2, 1, 0] && or.converged)
    #expect(or.parameters.w == [[1], [1]] && or.parameters.b == -1)
    #expect(or.mistakes.reduce(0, +) <= novikoffBound(Dataset.or, separatedBy: [[2], [2]], -1))
    #expect(and.mistakes.reduce(0, +) <= novikoffBound(Dataset.and, separatedBy: [[2], [2]], -3))
  }

  @Test func `from zero the learning rate changes no prediction`() {
    let rates = [0.125, 0.5, 4].map {
      lesson.train(X: Dataset.and.X, Y: Dataset.and.Y, from: zero, rate: $0, maxEpochs: 20).mistakes
    }
    #expect(rates == Array(repeating: [2, 3, 3, 2, 1, 0], count: 3))
  }

  @Test func `on XOR training comes to its limit and says so`() {
    let xor = lesson.train(X: Dataset.xor.X, Y: Dataset.xor.Y, from: zero, rate: 1, maxEpochs: 1000)
    #expect(!xor.converged)
    #expect(xor.mistakes.count == 1000 && xor.mistakes.dropFirst(2).allSatisfy { $0 == 4 })
    #expect(xor.parameters.w == [[-1], [0]] && xor.parameters.b == 0)
  }

  @Test(arguments: 1...10)
  func `separable clouds are separated within Novikoff's bound`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let data = Dataset.blobs(count: 60, noise: 1.5, separable: true, using: &generator)
    let training = lesson.train(X: data.X, Y: data.Y, from: zero, rate: 1, maxEpochs: 1000)
    #expect(training.converged)
    #expect(training.mistakes.reduce(0, +) <= novikoffBound(data, separatedBy: [[-1], [0]], 0))
  }

  @Test(arguments: 1...10)
  func `the update is a step down the perceptron loss`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let x = generator.normal(rows: 3, columns: 1)
    let p = PerceptronParameters(w: generator.normal(rows: 3, columns: 1), b: generator.normal())
    for y in [0.0, 1] {
      func loss(_ w: Matrix, _ b: Double) -> Double {
        lesson.cost(X: x, Y: Matrix(row: [y]), at: PerceptronParameters(w: w, b: b))
      }
      let updated = lesson.update(p, x: x, y: y, rate: 0.25)
      let h = 1e-5
      for j in 0..<3 {
        var step = Matrix(rows: 3, columns: 1)
        step[j, 0] = h
        let slope = (loss(p.w + step, p.b) - loss(p.w - step, p.b)) / (2 * h)
        expectClose(updated.w[j, 0], p.w[j, 0] - 0.25 * slope, "w[\(j)]", Tolerance(absolute: 1e-9, relative: 0))
      }
      let slope = (loss(p.w, p.b + h) - loss(p.w, p.b - h)) / (2 * h)
      expectClose(updated.b, p.b - 0.25 * slope, "b", Tolerance(absolute: 1e-9, relative: 0))
    }
  }

  @Test func `two layers compute XOR`() {
    let network = lesson.xorNetwork()
    let outputs = (0..<4).map { i in
      let hidden = network.hidden.map { lesson.predict(x: Dataset.xor.X.column(i), at: $0) }
      return lesson.predict(x: Matrix(column: hidden), at: network.output)
    }
    #expect(outputs == Dataset.xor.Y.elements)
  }

  /// R²/γ² for a separating line, its parameters brought to length 1; infinite where it does not separate.
  private func novikoffBound(_ data: Dataset, separatedBy w: Matrix, _ b: Double) -> Int {
    let length = (dot(w, w) + b * b).squareRoot()
    var (radius, margin) = (0.0, Double.infinity)
    for i in 0..<data.exampleCount {
      let x = data.X.column(i)
      radius = max(radius, dot(x, x) + 1)
      margin = min(margin, (data.Y[0, i] == 1 ? 1 : -1) * (dot(w, x) + b) / length)
    }
    #expect(margin > 0)
    return Int((radius / (margin * margin)).rounded(.up))
  }
}
