import Curriculum
import Datasets
import Plots

/// Lesson 1: AND, OR and XOR, and two clouds of points.
public let perceptronDemo = Demo<any PerceptronLesson>(
  .perceptron,
  run: { lesson, out in
    let start = PerceptronParameters(w: [[0], [0]], b: 0)
    for (name, data) in [("AND", Dataset.and), ("OR", Dataset.or), ("XOR", Dataset.xor)] {
      let training = lesson.train(X: data.X, Y: data.Y, from: start, rate: 1, maxEpochs: 20)
      out("\(name): mistakes by epoch \(training.mistakes.map { String($0) }.joined(separator: " "))")
    }
  },
  figures: { lesson in [] })
