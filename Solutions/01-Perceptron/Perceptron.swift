import Curriculum

struct Perceptron: PerceptronLesson {}

extension PerceptronLesson {
  // 1.1
  func threshold(_ z: Double) -> Double {
    z >= 0 ? 1 : 0
  }

  // 1.2
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double {
    threshold(dot(parameters.w, x) + parameters.b)
  }

  // 1.3
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    let error = y - predict(x: x, at: parameters)
    return PerceptronParameters(
      w: parameters.w + rate * error * x,
      b: parameters.b + rate * error)
  }

  // 1.4
  func train(
    X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int
  ) -> PerceptronTraining {
    var parameters = start
    var mistakes: [Int] = []
    while mistakes.count < maxEpochs && mistakes.last != 0 {
      var wrong = 0
      for i in 0..<X.columns {
        let x = X.column(i)
        let y = Y[0, i]
        if predict(x: x, at: parameters) != y { wrong += 1 }
        parameters = update(parameters, x: x, y: y, rate: rate)
      }
      mistakes.append(wrong)
    }
    return PerceptronTraining(parameters: parameters, mistakes: mistakes, converged: mistakes.last == 0)
  }

  // 1.5
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    var sum = 0.0
    for i in 0..<X.columns {
      let x = X.column(i)
      let z = dot(parameters.w, x) + parameters.b
      sum += -(Y[0, i] - predict(x: x, at: parameters)) * z
    }
    return sum / Double(X.columns)
  }

  // 1.6
  func xorNetwork() -> ThresholdNetwork {
    let and = PerceptronParameters(w: [[1], [1]], b: -1.5)
    let or = PerceptronParameters(w: [[1], [1]], b: -0.5)
    // Or, and not and.
    return ThresholdNetwork(hidden: [and, or], output: PerceptronParameters(w: [[-1], [1]], b: -0.5))
  }
}
