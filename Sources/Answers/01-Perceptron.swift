import Curriculum
import Grading
@testable import PerceptronSolution

private let reference = Perceptron()

let perceptron = Answers<any PerceptronLesson>(
  .perceptron, perceptronSteps, reference,
  mistakes: [
    Mistake(
      "1.1", "a score of exactly 0 gives 0", StrictThreshold(),
      "The unit fires at z ≥ 0, so 0 itself gives 1: the comparison is `>=`."),
    Mistake(
      "1.1", "the unit answers −1 instead of 0", SignForThreshold(),
      "The labels are 0 and 1. With −1, an example rightly called 0 would have the error y − ŷ = 1, and 1.3 would move the weights."
    ),
    Mistake(
      "1.1", "the unit fires from z = ½ on", HalfThreshold(),
      "½ is where a probability changes sides. A score changes sides at 0."),
    Mistake("1.1", "0 and 1 are exchanged", ThresholdReversed(), "A score of 0 or more gives 1, a negative one 0."),
    Mistake(
      "1.1", "a positive score comes out as it is", RampForThreshold(),
      "max(z, 0) is another unit, of chapter 7. The threshold unit knows only two answers, 0 and 1."),
    Mistake(
      "1.1", "the answer is the sign of z: −1, 0 or 1", SignFunction(),
      "The unit knows two answers: 1 where z ≥ 0, else 0."),

    Mistake("1.2", "b is left out", PredictWithoutBias(), "The score is w·x + b: a dot product, and then b once."),
    Mistake(
      "1.2", "b is subtracted", PredictBiasSubtracted(),
      "The score is w·x + b. (The threshold that w·x has to reach is −b, with the other sign.)"),
    Mistake("1.2", "the score itself is returned", ScoreForPrediction(), "ŷ = threshold(w·x + b) is 0 or 1."),
    Mistake(
      "1.2", "the threshold is taken before b is added", BiasOutside(),
      "threshold(w·x) + b need not be 0 or 1: b belongs inside the brackets."),
    Mistake("1.2", "only the first feature counts", FirstFeature(), "w·x adds up w[j, 0] * x[j, 0] for every row j."),
    Mistake(
      "1.2", "a score of exactly 0 gives 0", PredictStrict(),
      "threshold(0) is 1. Call the `threshold` of 1.1 instead of comparing again."),

    Mistake(
      "1.3", "the update goes the wrong way", UpdateReversed(),
      "The error is y − ŷ, label first, and it is added: a missed 1 has to raise the score."),
    Mistake("1.3", "α is left out", UpdateWithoutRate(), "Both w and b move by α times the error."),
    Mistake(
      "1.3", "b is not updated", UpdateWithoutBias(), "b ← b + α(y − ŷ): b is the weight of an input that is always 1."),
    Mistake("1.3", "α is left out of b's update", UpdateBiasWithoutRate(), "b ← b + α(y − ŷ), with the same α as w."),
    Mistake(
      "1.3", "the error is taken from the score and not from the prediction", UpdateFromScore(),
      "The error is y − ŷ with ŷ = 0 or 1, from 1.2. With y − (w·x + b), right examples move the weights too."),
    Mistake(
      "1.3", "only missed ones move the weights", UpdateMissedOnly(),
      "There are two kinds of mistakes. Where y = 0 and ŷ = 1, the error is −1, and everything moves the other way."),
    Mistake(
      "1.3", "w moves by α(y − ŷ) without x", UpdateWithoutInput(),
      "Each weight moves by its own input: α(y − ŷ) times x. Only b, whose input is always 1, moves by α(y − ŷ)."),
    Mistake(
      "1.3", "w moves by αyx and b by αy, whatever the prediction was", UpdateHebb(),
      "Only mistakes teach: the factor is y − ŷ, which is 0 where the prediction is right."),
    Mistake(
      "1.3", "ŷ is predicted anew after b has moved", UpdateInTwoPredictions(),
      "Both updates use the one error made before anything moved: compute y − ŷ first, and keep it."),
    Mistake(
      "1.3", "w moves the right way and b the wrong way", UpdateBiasReversed(),
      "b is the weight of an input 1: it moves by +α(y − ŷ), as w moves by α(y − ŷ)x."),

    Mistake(
      "1.4", "the last epoch is not counted when it has no mistake", CleanEpochUncounted(),
      "An epoch has been done, so its 0 belongs into `mistakes`: append first, then stop."),
    Mistake(
      "1.4", "training goes on although an epoch had no mistake", NeverStops(),
      "After an epoch without a mistake nothing can move any more: stop there."),
    Mistake(
      "1.4", "`converged` is true at the limit too", AlwaysConverged(),
      "`converged` says whether the last epoch had no mistake. Reaching the limit is no success."),
    Mistake(
      "1.4", "`converged` is false when the very last epoch allowed has no mistake", ConvergedByCount(),
      "Ask for the last epoch's number of mistakes, not for the number of epochs: `mistakes.last == 0`."),
    Mistake(
      "1.4", "the weights move only at the end of each epoch", BatchUpdates(),
      "Each example is predicted with what the examples before it have already changed."),
    Mistake(
      "1.4", "mistakes are counted after the updates", CountedAfter(),
      "A mistake is a wrong prediction made before that example's own update: predict, count, then update."),
    Mistake(
      "1.4", "mistakes are counted on and on", CumulativeCount(), "Each epoch starts its own count, from 0."),
    Mistake(
      "1.4", "each epoch begins at `start` again", NotCarried(), "Carry the parameters from one epoch into the next."),
    Mistake(
      "1.4", "there is one epoch more than `maxEpochs`", OneEpochMore(),
      "`0..<maxEpochs` has `maxEpochs` elements; `0...maxEpochs` has one more."),
    Mistake(
      "1.4", "an epoch ends at its first mistake", EndsAtMistake(),
      "After an update go on with the next example; an epoch is always all m of them."),
    Mistake(
      "1.4", "an example is repeated until it is right", RepeatsExample(),
      "One update for an example, then the next example; it comes again in the next epoch."),

    Mistake("1.4", "b is never updated", FrozenBias(), "Both parameters move: use the update of 1.3."),
    Mistake(
      "1.4", "the last example is left out", LastExampleLeftOut(), "`0..<m` already ends at m − 1: no − 1 is needed."),
    Mistake(
      "1.4", "there is an epoch even where `maxEpochs` is 0", EpochAlways(),
      "Look at the limit before each epoch, the first too: `repeat … while` looks too late."),
    Mistake(
      "1.4", "the examples are taken from the last to the first", FromLastToFirst(),
      "The columns are visited in order, 0, 1, 2, …: what a perceptron learns depends on it."),

    Mistake("1.5", "the sum is not divided by m", CostSum(), "The cost is the mean over the m examples."),
    Mistake(
      "1.5", "the sum is divided by the number of mistakes", CostOverMistakes(),
      "m is the number of all examples, the right ones too: they count with a loss of 0."),
    Mistake("1.5", "the minus sign is lost", CostSign(), "The loss is −(y − ŷ)z, which is never negative."),
    Mistake(
      "1.5", "mistakes are counted, not weighed", CostCounts(),
      "The loss of a mistake is |z|, how far the score lies on the wrong side, and not 1."),
    Mistake(
      "1.5", "b is left out of the score", CostWithoutBias(),
      "z = w·x + b, the same score from which ŷ comes."),
    Mistake(
      "1.5", "the loss is −y(w·x + b), without ŷ", CostWithoutPrediction(),
      "The factor is y − ŷ: 0 for a right prediction, and −1 where y = 0 and ŷ = 1."),
    Mistake(
      "1.5", "the loss is −(y − z)z, with the score in place of ŷ", CostFromScore(),
      "In the bracket stands the prediction, 0 or 1; the score z is the factor behind it."),

    Mistake(
      "1.6", "the network computes OR", XorIsOr(),
      "Only (1, 1) is wrong: there the AND unit has to veto. Give it a negative weight that outweighs OR's."),
    Mistake(
      "1.6", "the network computes AND", XorIsAnd(), "(0, 1) and (1, 0) have to fire, and (1, 1) must not."),
    Mistake(
      "1.6", "the answer is turned round", XorReversed(),
      "This is 1 where both inputs are equal. Check the output unit for each of the four cases, its sign at z = 0 too."),
    Mistake(
      "1.6", "the network computes NAND", XorIsNand(),
      "Only (0, 0) is wrong: with both inputs 0 nothing speaks for the output, so OR has to have its say as well."),
    Mistake(
      "1.6", "the network never fires", XorNever(),
      "Compute the output unit's score by hand for (0, 1): it has to be 0 or more there."),
    Mistake(
      "1.6", "the network fires for all four inputs", XorAlways(),
      "The output unit has to stay silent for (0, 0) and (1, 1): its score has to be below 0 there; a score of exactly 0 fires."
    ),
    Mistake(
      "1.6", "there are no hidden units", XorWithoutHidden(),
      "One unit alone cannot compute XOR: its line would have to part (0, 0) and (1, 1) from the other two."),
    Mistake(
      "1.6", "the weights of two hidden units are not columns of two", XorRows(),
      "Each hidden unit's w is (2, 1), a column: `[[1], [1]]`, not `[[1, 1]]`."),
    Mistake(
      "1.6", "the output unit's w has two columns", XorOutputRow(),
      "Its w is a column with a row for each hidden unit: for two units `[[…], […]]`, not `[[…, …]]`."),
  ])

// MARK: 1.1

private struct StrictThreshold: PerceptronLesson {
  func threshold(_ z: Double) -> Double { z > 0 ? 1 : 0 }
}

private struct SignForThreshold: PerceptronLesson {
  func threshold(_ z: Double) -> Double { z >= 0 ? 1 : -1 }
}

private struct HalfThreshold: PerceptronLesson {
  func threshold(_ z: Double) -> Double { z >= 0.5 ? 1 : 0 }
}

private struct ThresholdReversed: PerceptronLesson {
  func threshold(_ z: Double) -> Double { z >= 0 ? 0 : 1 }
}

private struct RampForThreshold: PerceptronLesson {
  func threshold(_ z: Double) -> Double { max(z, 0) }
}

private struct SignFunction: PerceptronLesson {
  func threshold(_ z: Double) -> Double { z > 0 ? 1 : z < 0 ? -1 : 0 }
}

// MARK: 1.2

private struct PredictWithoutBias: PerceptronLesson {
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double {
    reference.threshold(dot(parameters.w, x))
  }
}

private struct PredictBiasSubtracted: PerceptronLesson {
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double {
    reference.threshold(dot(parameters.w, x) - parameters.b)
  }
}

private struct ScoreForPrediction: PerceptronLesson {
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double { score(x, parameters) }
}

private struct BiasOutside: PerceptronLesson {
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double {
    reference.threshold(dot(parameters.w, x)) + parameters.b
  }
}

private struct FirstFeature: PerceptronLesson {
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double {
    reference.threshold(parameters.w[0, 0] * x[0, 0] + parameters.b)
  }
}

private struct PredictStrict: PerceptronLesson {
  func predict(x: Matrix, at parameters: PerceptronParameters) -> Double { score(x, parameters) > 0 ? 1 : 0 }
}

private func score(_ x: Matrix, _ parameters: PerceptronParameters) -> Double {
  dot(parameters.w, x) + parameters.b
}

// MARK: 1.3

/// An update by these amounts instead of α(y − ŷ) for w, to be multiplied by x, and for b.
private func moved(_ p: PerceptronParameters, _ x: Matrix, w: Double, b: Double) -> PerceptronParameters {
  PerceptronParameters(w: p.w + w * x, b: p.b + b)
}

private func error(_ p: PerceptronParameters, _ x: Matrix, _ y: Double) -> Double { y - reference.predict(x: x, at: p) }

private struct UpdateReversed: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    reference.update(parameters, x: x, y: y, rate: -rate)
  }
}

private struct UpdateWithoutRate: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    reference.update(parameters, x: x, y: y, rate: 1)
  }
}

private struct UpdateWithoutBias: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    moved(parameters, x, w: rate * error(parameters, x, y), b: 0)
  }
}

private struct UpdateBiasWithoutRate: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    let e = error(parameters, x, y)
    return moved(parameters, x, w: rate * e, b: e)
  }
}

private struct UpdateFromScore: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    let e = y - score(x, parameters)
    return moved(parameters, x, w: rate * e, b: rate * e)
  }
}

private struct UpdateMissedOnly: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    let e = max(error(parameters, x, y), 0)
    return moved(parameters, x, w: rate * e, b: rate * e)
  }
}

private struct UpdateWithoutInput: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    let e = rate * error(parameters, x, y)
    return PerceptronParameters(w: parameters.w + e, b: parameters.b + e)
  }
}

private struct UpdateHebb: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    moved(parameters, x, w: rate * y, b: rate * y)
  }
}

private struct UpdateInTwoPredictions: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    var updated = parameters
    updated.b += rate * error(parameters, x, y)
    updated.w += rate * error(updated, x, y) * x
    return updated
  }
}

private struct UpdateBiasReversed: PerceptronLesson {
  func update(_ parameters: PerceptronParameters, x: Matrix, y: Double, rate: Double) -> PerceptronParameters {
    let e = rate * error(parameters, x, y)
    return moved(parameters, x, w: e, b: -e)
  }
}

// MARK: 1.4

/// The reference's training, an epoch at a time: `epoch` goes over the examples and returns its number of mistakes.
private func training(
  from start: PerceptronParameters, maxEpochs: Int, epoch: (_ parameters: inout PerceptronParameters) -> Int
) -> PerceptronTraining {
  var result = PerceptronTraining(parameters: start, mistakes: [], converged: false)
  while result.mistakes.count < maxEpochs && !result.converged {
    result.mistakes.append(epoch(&result.parameters))
    result.converged = result.mistakes.last == 0
  }
  return result
}

private func mistakesAt(_ parameters: PerceptronParameters, _ X: Matrix, _ Y: Matrix) -> Int {
  (0..<X.columns).filter { reference.predict(x: X.column($0), at: parameters) != Y[0, $0] }.count
}

private struct CleanEpochUncounted: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, maxEpochs: maxEpochs)
    if result.converged { result.mistakes.removeLast() }
    return result
  }
}

private struct NeverStops: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, maxEpochs: maxEpochs)
    result.mistakes += Array(repeating: 0, count: maxEpochs - result.mistakes.count)
    return result
  }
}

private struct AlwaysConverged: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, maxEpochs: maxEpochs)
    result.converged = true
    return result
  }
}

private struct ConvergedByCount: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, maxEpochs: maxEpochs)
    result.converged = result.mistakes.count < maxEpochs
    return result
  }
}

private struct BatchUpdates: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    training(from: start, maxEpochs: maxEpochs) { parameters in
      let wrong = mistakesAt(parameters, X, Y)
      var next = parameters
      for i in 0..<X.columns {
        let e = rate * error(parameters, X.column(i), Y[0, i])
        next = moved(next, X.column(i), w: e, b: e)
      }
      parameters = next
      return wrong
    }
  }
}

private struct CountedAfter: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    training(from: start, maxEpochs: maxEpochs) { parameters in
      var wrong = 0
      for i in 0..<X.columns {
        parameters = reference.update(parameters, x: X.column(i), y: Y[0, i], rate: rate)
        if error(parameters, X.column(i), Y[0, i]) != 0 { wrong += 1 }
      }
      return wrong
    }
  }
}

private struct CumulativeCount: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    var wrong = 0
    return training(from: start, maxEpochs: maxEpochs) { parameters in
      wrong += reference.train(X: X, Y: Y, from: parameters, rate: rate, maxEpochs: 1).mistakes[0]
      parameters = reference.train(X: X, Y: Y, from: parameters, rate: rate, maxEpochs: 1).parameters
      return wrong
    }
  }
}

private struct NotCarried: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    training(from: start, maxEpochs: maxEpochs) { parameters in
      let epoch = reference.train(X: X, Y: Y, from: start, rate: rate, maxEpochs: 1)
      parameters = epoch.parameters
      return epoch.mistakes[0]
    }
  }
}

private struct OneEpochMore: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    reference.train(X: X, Y: Y, from: start, rate: rate, maxEpochs: maxEpochs + 1)
  }
}

private struct EndsAtMistake: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    training(from: start, maxEpochs: maxEpochs) { parameters in
      for i in 0..<X.columns where error(parameters, X.column(i), Y[0, i]) != 0 {
        parameters = reference.update(parameters, x: X.column(i), y: Y[0, i], rate: rate)
        return 1
      }
      return 0
    }
  }
}

private struct RepeatsExample: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    training(from: start, maxEpochs: maxEpochs) { parameters in
      var wrong = 0
      for i in 0..<X.columns {
        if error(parameters, X.column(i), Y[0, i]) != 0 { wrong += 1 }
        // Each update moves the score by α(x·x + 1): it comes to an end, and in any case here.
        for _ in 0..<1000 where error(parameters, X.column(i), Y[0, i]) != 0 {
          parameters = reference.update(parameters, x: X.column(i), y: Y[0, i], rate: rate)
        }
      }
      return wrong
    }
  }
}

private struct FrozenBias: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    training(from: start, maxEpochs: maxEpochs) { parameters in
      var wrong = 0
      for i in 0..<X.columns {
        let e = error(parameters, X.column(i), Y[0, i])
        if e != 0 { wrong += 1 }
        parameters = moved(parameters, X.column(i), w: rate * e, b: 0)
      }
      return wrong
    }
  }
}

private struct LastExampleLeftOut: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    let fewer = 0..<max(X.columns - 1, 0)
    return reference.train(
      X: X.columns(fewer), Y: Y.columns(fewer), from: start, rate: rate, maxEpochs: maxEpochs)
  }
}

private struct EpochAlways: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    reference.train(X: X, Y: Y, from: start, rate: rate, maxEpochs: max(maxEpochs, 1))
  }
}

private struct FromLastToFirst: PerceptronLesson {
  func train(X: Matrix, Y: Matrix, from start: PerceptronParameters, rate: Double, maxEpochs: Int)
    -> PerceptronTraining
  {
    let order = Array((0..<X.columns).reversed())
    return reference.train(
      X: X.columns(at: order), Y: Y.columns(at: order), from: start, rate: rate, maxEpochs: maxEpochs)
  }
}

// MARK: 1.5

private struct CostSum: PerceptronLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    reference.cost(X: X, Y: Y, at: parameters) * Double(X.columns)
  }
}

private struct CostOverMistakes: PerceptronLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    let sum = reference.cost(X: X, Y: Y, at: parameters) * Double(X.columns)
    return sum / Double(max(mistakesAt(parameters, X, Y), 1))
  }
}

private struct CostSign: PerceptronLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    -reference.cost(X: X, Y: Y, at: parameters)
  }
}

private struct CostCounts: PerceptronLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    Double(mistakesAt(parameters, X, Y)) / Double(X.columns)
  }
}

private struct CostWithoutBias: PerceptronLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    meanLoss(X, Y) { x, y in -error(parameters, x, y) * dot(parameters.w, x) }
  }
}

private struct CostWithoutPrediction: PerceptronLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    meanLoss(X, Y) { x, y in -y * score(x, parameters) }
  }
}

private struct CostFromScore: PerceptronLesson {
  func cost(X: Matrix, Y: Matrix, at parameters: PerceptronParameters) -> Double {
    meanLoss(X, Y) { x, y in -(y - score(x, parameters)) * score(x, parameters) }
  }
}

private func meanLoss(_ X: Matrix, _ Y: Matrix, _ loss: (_ x: Matrix, _ y: Double) -> Double) -> Double {
  (0..<X.columns).reduce(0) { $0 + loss(X.column($1), Y[0, $1]) } / Double(X.columns)
}

// MARK: 1.6

/// The reference's two hidden units, AND and OR, under another output unit.
private func network(and: Double, or: Double, b: Double) -> ThresholdNetwork {
  var network = reference.xorNetwork()
  network.output = PerceptronParameters(w: [[and], [or]], b: b)
  return network
}

private struct XorIsOr: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork { network(and: 1, or: 1, b: -0.5) }
}

private struct XorIsAnd: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork { network(and: 1, or: 1, b: -1.5) }
}

private struct XorReversed: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork { network(and: 1, or: -1, b: 0.25) }
}

private struct XorIsNand: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork { network(and: -1, or: 0, b: 0.5) }
}

private struct XorNever: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork { network(and: -1, or: 1, b: -1.5) }
}

private struct XorAlways: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork { network(and: -1, or: 1, b: 0) }
}

private struct XorWithoutHidden: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork {
    ThresholdNetwork(hidden: [], output: PerceptronParameters(w: [[1], [1]], b: -0.5))
  }
}

private struct XorRows: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork {
    var network = reference.xorNetwork()
    for k in network.hidden.indices { network.hidden[k].w = network.hidden[k].w.T }
    return network
  }
}

private struct XorOutputRow: PerceptronLesson {
  func xorNetwork() -> ThresholdNetwork {
    var network = reference.xorNetwork()
    network.output.w = network.output.w.T
    return network
  }
}
