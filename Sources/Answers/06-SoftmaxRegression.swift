import Curriculum
import Grading
@testable import SoftmaxRegressionSolution

private let reference = SoftmaxRegression()

let softmaxRegression = Answers<any SoftmaxRegressionLesson>(
  .softmaxRegression, softmaxRegressionSteps, reference,
  mistakes: [
    Mistake(
      "6.1", "each row is made to sum to 1", RowSoftmax(),
      "An example is a column: divide by the sums of the columns, `columnSums()`."),
    Mistake(
      "6.1", "e^z is taken of the scores as they are", OverflowingSoftmax(),
      "e^1000 is infinite, and ∞/∞ is NaN: subtract each column's largest score first. That changes no probability."),
    Mistake(
      "6.1", "the largest score of the whole matrix is subtracted", GlobalMaximum(),
      "A column far below that maximum becomes 0/0, NaN: each column needs its own, `columnMaxima()`."),
    Mistake(
      "6.1", "each row's largest score is subtracted", RowMaximum(),
      "Within a column all scores must lose the same number, or the probabilities change: `columnMaxima()`."),
    Mistake(
      "6.1", "all entries together sum to 1", TotalSoftmax(),
      "Each example has its own probabilities: each column sums to 1."),
    Mistake(
      "6.1", "σ is taken of each score", SigmoidForSoftmax(),
      "Softmax compares the scores of a column: its entries sum to 1."),
    Mistake(
      "6.1", "the scores are divided by their sum, without e^z", WithoutExponential(),
      "Scores may be negative: e^z makes all of them positive first."),
    Mistake("6.1", "the logarithm of softmax is returned", LogSoftmax(), "Asked for are the probabilities themselves."),

    Mistake(
      "6.2", "the matrix is (m, K)", RecodeTransposed(), "An example is a column: (K, m), in both directions."),
    Mistake(
      "6.2", "K is taken from the largest label", ClassesFromLabels(),
      "A class that does not occur here still has its row: the matrix has `K` rows."),
    Mistake("6.2", "classes are counted from 1", CountedFromOne(), "They are 0 … K − 1, like the rows."),
    Mistake(
      "6.2", "the last of equal entries counts", LastOfEquals(), "The first of equals: search with `>`, not with `>=`."),
    Mistake("6.2", "the labels are returned as they came", RecodeUnchanged(), "Return the other form."),
    Mistake(
      "6.2", "a column's class is the row with an entry of exactly 1, else 0", SearchForOne(),
      "The class is the row of the largest entry, so that probabilities have one too."),
    Mistake(
      "6.2", "a column's class is its first row above 0", FirstPositive(),
      "The class is the row of the largest entry, so that probabilities have one too."),
    Mistake(
      "6.2", "the search for the largest entry begins at 0", ArgmaxFromZero(),
      "Where all entries are negative nothing is found: begin with the first entry of the column."),

    Mistake("6.3", "the sum is not divided by m", EntropySum(), "J is the mean over the examples."),
    Mistake(
      "6.3", "the mean is taken over all K·m entries", EntropyMeanOfEntries(),
      "Sum over the classes, mean over the examples: divide by m alone."),
    Mistake("6.3", "the sum is divided by K instead of m", EntropyByClasses(), "m is the number of columns."),
    Mistake("6.3", "the minus sign is lost", EntropySign(), "log a is negative, a cost is not."),
    Mistake(
      "6.3", "the logarithms have no floor", EntropyWithoutFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: `log(max(A, logFloor))`."),
    Mistake(
      "6.3", "the floor is 1e-15 instead of logFloor", EntropyOtherFloor(),
      "The contract's floor is logFloor = 2⁻⁵⁰ ≈ 8.9e-16."),
    Mistake(
      "6.3", "the floor is added to A instead of being its least value", EntropyFloorAdded(),
      "That changes probabilities that need no floor: `log(max(A, logFloor))`."),
    Mistake(
      "6.3", "the binary term (1 − y) log(1 − a) is there too", EntropyBothTerms(),
      "With one class out of K only −y log a counts; the rows are not K separate questions here."),
    Mistake("6.3", "the logarithm is to base 2", EntropyBits(), "log is natural throughout the course."),

    Mistake("6.4", "b is left out", PropagateWithoutBias(), "Z = WX + b."),
    Mistake(
      "6.4", "A is σ(Z) instead of softmax(Z)", PropagateSigmoid(), "The classes exclude each other: softmax, of 6.1."),
    Mistake(
      "6.4", "e^z is taken of the scores as they are", PropagateOverflowing(),
      "e^1000 is infinite, and ∞/∞ is NaN: let the `softmax` of 6.1 do it."),
    Mistake("6.4", "J is not divided by m", PropagateCostSum(), "J is the mean over the examples."),
    Mistake(
      "6.4", "J is the mean over all K·m entries", PropagateCostMean(),
      "Sum over the classes, mean over the examples: divide by m alone."),
    Mistake(
      "6.4", "the logarithms in J have no floor", PropagateWithoutFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: let the `crossEntropy` of 6.3 do it."),
    Mistake("6.4", "dZ is Y − A", PropagateDZSign(), "dZ = A − Y: with Y − A, descent goes uphill."),
    Mistake(
      "6.4", "dZ is divided by m already, and dW and db are right", PropagateDZAveraged(),
      "dZ is without 1/m: that comes in dW and db."),
    Mistake(
      "6.4", "dZ is divided by m, and dW and db once more", PropagateAveragedTwice(),
      "dZ is without 1/m; dW and db have it once."),
    Mistake(
      "6.4", "dZ is (A − Y)·A(1 − A)", PropagateExtraSlope(),
      "A − Y has the softmax's derivative in it already: the derivation in the chapter ends there."),
    Mistake("6.4", "1/m is left out of dW", PropagateDWNotAveraged(), "dW = dZ Xᵀ/m."),
    Mistake("6.4", "1/m is left out of db", PropagateDbNotAveraged(), "db = Σᵢ dZ/m."),
    Mistake(
      "6.4", "db is divided by K instead of m", PropagateDbByClasses(), "m, the number of examples: `X.columns`."),
    Mistake(
      "6.4", "dW is made of A instead of dZ", PropagateDWFromA(), "dW = dZ Xᵀ/m: the errors, not the probabilities."),

    Mistake("6.5", "b is never updated", FrozenBias(), "b ← b − α db, in every step."),
    Mistake("6.5", "the costs are those after each step", CostsAfter(), "`costs` holds J before each step."),
    Mistake("6.5", "the step goes uphill", Ascends(), "The gradient points uphill: subtract it."),
    Mistake("6.5", "α is left out", WithoutRate(), "W ← W − α dW, b ← b − α db."),
    Mistake(
      "6.5", "the update divides dW and db by m once more", UpdateOverM(), "They are means already: 1/m is in them."),
    Mistake(
      "6.5", "the gradient is computed only once, at the start", GradientOnce(),
      "It changes with the parameters: compute it in every step."),
    Mistake(
      "6.5", "there is one step too many", OneStepMore(), "`0..<steps` has `steps` elements; `0...steps` has one more."),
    Mistake(
      "6.5", "the cost after the last step is in the list too", CostsWithLast(),
      "`steps` costs: J before each step, and none after the last."),
    Mistake(
      "6.5", "the classes are those of the starting parameters", ClassesAtStart(),
      "Predict with the layer after the last step."),
    Mistake(
      "6.5", "the classes are those before the last step", ClassesBeforeLastStep(),
      "The probabilities inside the loop belong to the parameters before the update: compute them once more after it."),
    Mistake(
      "6.5", "the classes are the labels", ClassesAreLabels(), "Asked for is what the layer says, right or wrong."),
    Mistake("6.5", "classes are counted from 1", TrainedFromOne(), "They are 0 … K − 1, like the rows."),
    Mistake(
      "6.5", "the last of equal probabilities counts", TrainedLastOfEquals(), "The first of equals: `columnArgmax()`."),

    Mistake(
      "6.6", "the first class is the reference", AgainstFirst(),
      "The last class is: subtract the last row from the others."),
    Mistake("6.6", "the sign of W and b is turned", LogOddsSign(), "wₖ − w_K and bₖ − b_K, in this order."),
    Mistake("6.6", "b is not changed", LogOddsBias(), "bₖ − b_K: the same difference as for W."),
    Mistake(
      "6.6", "A lacks the last class", LogOddsWithoutLast(), "All K probabilities: the last class has the score 0."),
    Mistake(
      "6.6", "the row of the last class stands first in A", LogOddsZeroFirst(),
      "Append the row of zeros below the others."),
    Mistake(
      "6.6", "the 1 is missing in the denominator", LogOddsWithoutOne(),
      "e⁰ = 1 of the last class belongs to the sum: 1 + Σ e^z over the other K − 1."),
    Mistake(
      "6.6", "e^z/(1 + Σ e^z) is used for every score", LogOddsOverflowing(),
      "For large scores that is ∞/∞, NaN: append a row of zeros, and let softmax do it."),
    Mistake(
      "6.6", "W and b keep a row of zeros for the last class", LogOddsAllRows(), "K − 1 rows are enough, and asked for."
    ),
    Mistake(
      "6.6", "the largest of the K − 1 log-odds is subtracted, and the last class's 0 is left as it is",
      LogOddsShiftOfOthers(),
      "The shift has to be the same for all K scores, the last class's 0 among them: subtract the largest of all K."),
    Mistake(
      "6.6", "the largest of the K − 1 log-odds is subtracted, and a large negative one overflows",
      LogOddsOverflowOfLast(),
      "Where all log-odds are far below 0, the last class has the largest score, 0: subtract the largest of all K."),

    Mistake(
      "6.7", "softmax is used instead of σ", LabelsSoftmax(), "Each label is a question of its own: σ of each score."),
    Mistake("6.7", "b is left out", LabelsWithoutBias(), "Z = WX + b."),
    Mistake(
      "6.7", "J is the mean over all K·m entries, and the gradients are right", LabelsMeanCost(),
      "J sums over the labels: divide by m alone, or dW and db are not its gradients."),
    Mistake(
      "6.7", "J, dW and db are divided by K as well", LabelsAllMeans(),
      "The mean is over the examples alone: divide by m."),
    Mistake(
      "6.7", "the second term of the cost is left out", LabelsOneTerm(),
      "That is softmax's cost. Here y = 0 is an answer too: its loss is −log(1 − a)."),
    Mistake(
      "6.7", "the logarithms have no floor", LabelsWithoutFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: `log(max(A, logFloor))`, and the same for 1 − A."),
    Mistake(
      "6.7", "e^z/(1 + e^z) is used", LabelsOverflowing(),
      "For large scores that is ∞/∞, NaN: 1/(1 + e^(−z)) is right for all."),
    Mistake("6.7", "J is not divided by m", LabelsCostSum(), "The sum over the labels, the mean over the examples."),
    Mistake("6.7", "dZ is Y − A", LabelsDZSign(), "dZ = A − Y: with Y − A, descent goes uphill."),
    Mistake(
      "6.7", "dZ is divided by m already, and dW and db are right", LabelsDZAveraged(),
      "dZ is without 1/m: that comes in dW and db."),
    Mistake("6.7", "1/m is left out of dW", LabelsDWNotAveraged(), "dW = dZ Xᵀ/m."),
    Mistake("6.7", "1/m is left out of db", LabelsDbNotAveraged(), "db = Σᵢ dZ/m."),
  ])

// MARK: 6.1

private struct RowSoftmax: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix { reference.softmax(Z.T).T }
}

private struct OverflowingSoftmax: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix { exp(Z) ./ exp(Z).columnSums() }
}

private struct GlobalMaximum: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix {
    let E = exp(Z - Z.max())
    return E ./ E.columnSums()
  }
}

private struct RowMaximum: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix {
    let E = exp(Z - Z.rowMaxima())
    return E ./ E.columnSums()
  }
}

private struct TotalSoftmax: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix {
    let E = exp(Z - Z.max())
    return E / E.sum()
  }
}

private struct SigmoidForSoftmax: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix { 1 / (1 + exp(-Z)) }
}

private struct WithoutExponential: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix { Z ./ Z.columnSums() }
}

private struct LogSoftmax: SoftmaxRegressionLesson {
  func softmax(_ Z: Matrix) -> Matrix {
    let shifted = Z - Z.columnMaxima()
    return shifted - log(exp(shifted).columnSums())
  }
}

// MARK: 6.2

private struct RecodeTransposed: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    switch labels {
    case .classes(let classes): .oneHot(Matrix.identity(K).rows(at: classes))
    case .oneHot(let Y): .classes(Y.rowArgmax())
    }
  }
}

private struct ClassesFromLabels: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    guard case .classes(let classes) = labels else { return reference.recode(labels, classes: K) }
    return reference.recode(labels, classes: (classes.max() ?? 0) + 1)
  }
}

private struct CountedFromOne: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    switch labels {
    case .classes(let classes):
      // Class k gets row k − 1, and class 0 no row at all.
      .oneHot(Matrix(columns: [Matrix(rows: K, columns: 1), .identity(K)]).columns(at: classes))
    case .oneHot(let Y): .classes(Y.columnArgmax().map { $0 + 1 })
    }
  }
}

private func lastArgmax(_ A: Matrix) -> [Int] {
  A.rows(at: Array((0..<A.rows).reversed())).columnArgmax().map { A.rows - 1 - $0 }
}

private struct LastOfEquals: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    guard case .oneHot(let Y) = labels else { return reference.recode(labels, classes: K) }
    return .classes(lastArgmax(Y))
  }
}

private struct RecodeUnchanged: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels { labels }
}

private struct SearchForOne: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    guard case .oneHot(let Y) = labels else { return reference.recode(labels, classes: K) }
    return .classes((Y .== 1).columnArgmax())
  }
}

private struct FirstPositive: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    guard case .oneHot(let Y) = labels else { return reference.recode(labels, classes: K) }
    return .classes((Y .> 0).columnArgmax())
  }
}

private struct ArgmaxFromZero: SoftmaxRegressionLesson {
  func recode(_ labels: Labels, classes K: Int) -> Labels {
    guard case .oneHot(let Y) = labels else { return reference.recode(labels, classes: K) }
    return reference.recode(.oneHot(max(Y, 0)), classes: K)
  }
}

// MARK: 6.3

private struct EntropySum: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double { reference.crossEntropy(A: A, Y: Y) * Double(A.columns) }
}

private struct EntropyMeanOfEntries: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double { reference.crossEntropy(A: A, Y: Y) / Double(A.rows) }
}

private struct EntropyByClasses: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double {
    reference.crossEntropy(A: A, Y: Y) * Double(A.columns) / Double(A.rows)
  }
}

private struct EntropySign: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double { -reference.crossEntropy(A: A, Y: Y) }
}

/// The cost with another logarithm.
private func entropy(_ A: Matrix, _ Y: Matrix, log: (Matrix) -> Matrix) -> Double {
  -(Y .* log(A)).sum() / Double(A.columns)
}

private struct EntropyWithoutFloor: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double { entropy(A, Y) { log($0) } }
}

private struct EntropyOtherFloor: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double { entropy(A, Y) { log(max($0, 1e-15)) } }
}

private struct EntropyFloorAdded: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double { entropy(A, Y) { log($0 + logFloor) } }
}

private struct EntropyBothTerms: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double {
    reference.crossEntropy(A: A, Y: Y) + reference.crossEntropy(A: 1 - A, Y: 1 - Y)
  }
}

private struct EntropyBits: SoftmaxRegressionLesson {
  func crossEntropy(A: Matrix, Y: Matrix) -> Double { reference.crossEntropy(A: A, Y: Y) / log(2) }
}

// MARK: 6.4

private struct PropagateWithoutBias: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    reference.propagate(X: X, Y: Y, at: Layer(W: layer.W, b: 0 * layer.b))
  }
}

private struct PropagateSigmoid: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.cost = reference.crossEntropy(A: pass.A, Y: Y)
    return pass
  }
}

private struct PropagateOverflowing: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    let E = exp(layer.W * X + layer.b)
    let A = E ./ E.columnSums()
    return from(
      LayerPass(A: A, cost: reference.crossEntropy(A: A, Y: Y), dZ: A - Y, dW: layer.W, db: layer.b), X
    ) { $0 }
  }
}

private struct PropagateCostSum: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.cost *= Double(X.columns)
    return pass
  }
}

private struct PropagateCostMean: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.cost /= Double(Y.rows)
    return pass
  }
}

private struct PropagateWithoutFloor: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.cost = entropy(pass.A, Y) { log($0) }
    return pass
  }
}

private struct PropagateDZSign: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    from(reference.propagate(X: X, Y: Y, at: layer), X) { -$0 }
  }
}

/// A pass whose dZ is another one, and whose dW and db are made of that.
private func from(_ pass: LayerPass, _ X: Matrix, _ change: (_ dZ: Matrix) -> Matrix) -> LayerPass {
  let m = Double(X.columns)
  let dZ = change(pass.dZ)
  return LayerPass(A: pass.A, cost: pass.cost, dZ: dZ, dW: dZ * X.T / m, db: dZ.rowSums() / m)
}

private struct PropagateDZAveraged: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.dZ /= Double(X.columns)
    return pass
  }
}

private struct PropagateAveragedTwice: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    from(reference.propagate(X: X, Y: Y, at: layer), X) { $0 / Double(X.columns) }
  }
}

private struct PropagateExtraSlope: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    let pass = reference.propagate(X: X, Y: Y, at: layer)
    return from(pass, X) { $0 .* pass.A .* (1 - pass.A) }
  }
}

private struct PropagateDWNotAveraged: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.dW = pass.dZ * X.T
    return pass
  }
}

private struct PropagateDbNotAveraged: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.db = pass.dZ.rowSums()
    return pass
  }
}

private struct PropagateDbByClasses: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.db = pass.dZ.rowSums() / Double(Y.rows)
    return pass
  }
}

private struct PropagateDWFromA: SoftmaxRegressionLesson {
  func propagate(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagate(X: X, Y: Y, at: layer)
    pass.dW = pass.A * X.T / Double(X.columns)
    return pass
  }
}

// MARK: 6.5

private struct FrozenBias: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var layer = start
    var costs: [Double] = []
    for _ in 0..<steps {
      let pass = reference.propagate(X: X, Y: Y, at: layer)
      costs.append(pass.cost)
      layer.W -= rate * pass.dW
    }
    return SoftmaxTraining(layer: layer, costs: costs, classes: classes(X, layer))
  }
}

/// Each example's class by a layer.
private func classes(_ X: Matrix, _ layer: Layer) -> [Int] {
  reference.softmax(layer.W * X + layer.b).columnArgmax()
}

private struct CostsAfter: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.costs = Array(reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps + 1).costs.dropFirst())
    return result
  }
}

private struct Ascends: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    reference.train(X: X, Y: Y, from: start, rate: -rate, steps: steps)
  }
}

private struct WithoutRate: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    reference.train(X: X, Y: Y, from: start, rate: 1, steps: steps)
  }
}

private struct UpdateOverM: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    reference.train(X: X, Y: Y, from: start, rate: rate / Double(X.columns), steps: steps)
  }
}

private struct CostsWithLast: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.costs.append(reference.propagate(X: X, Y: Y, at: result.layer).cost)
    return result
  }
}

private struct GradientOnce: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    let pass = reference.propagate(X: X, Y: Y, at: start)
    let way = rate * Double(steps)
    let layer = Layer(W: start.W - way * pass.dW, b: start.b - way * pass.db)
    return SoftmaxTraining(
      layer: layer, costs: Array(repeating: pass.cost, count: steps), classes: classes(X, layer))
  }
}

private struct OneStepMore: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps + 1)
  }
}

private struct ClassesAtStart: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.classes = classes(X, start)
    return result
  }
}

private struct ClassesBeforeLastStep: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.classes = reference.train(X: X, Y: Y, from: start, rate: rate, steps: max(steps - 1, 0)).classes
    return result
  }
}

private struct ClassesAreLabels: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.classes = Y.columnArgmax()
    return result
  }
}

private struct TrainedFromOne: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.classes = result.classes.map { $0 + 1 }
    return result
  }
}

private struct TrainedLastOfEquals: SoftmaxRegressionLesson {
  func train(X: Matrix, Y: Matrix, from start: Layer, rate: Double, steps: Int) -> SoftmaxTraining {
    var result = reference.train(X: X, Y: Y, from: start, rate: rate, steps: steps)
    result.classes = lastArgmax(reference.softmax(result.layer.W * X + result.layer.b))
    return result
  }
}

// MARK: 6.6

private struct AgainstFirst: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    let W = layer.W.rows(1..<layer.W.rows) - layer.W.row(0)
    let b = layer.b.rows(1..<layer.b.rows) - layer.b.row(0)
    return LogOdds(layer: Layer(W: W, b: b), A: reference.logOdds(X: X, at: layer).A)
  }
}

/// Log-odds of which something is changed, and the probabilities that then come out.
private func changed(_ X: Matrix, _ layer: Layer, _ change: (inout Layer) -> Void) -> LogOdds {
  var few = reference.logOdds(X: X, at: layer).layer
  change(&few)
  let Z = Matrix(stacking: [few.W * X + few.b, Matrix(rows: 1, columns: X.columns)])
  return LogOdds(layer: few, A: reference.softmax(Z))
}

private struct LogOddsSign: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    changed(X, layer) {
      $0.W = -$0.W
      $0.b = -$0.b
    }
  }
}

private struct LogOddsBias: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    changed(X, layer) { $0.b = layer.b.rows(0..<layer.b.rows - 1) }
  }
}

private struct LogOddsWithoutLast: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    var result = reference.logOdds(X: X, at: layer)
    result.A = result.A.rows(0..<layer.W.rows - 1)
    return result
  }
}

private struct LogOddsZeroFirst: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    var result = reference.logOdds(X: X, at: layer)
    let last = layer.W.rows - 1
    result.A = Matrix(stacking: [result.A.row(last), result.A.rows(0..<last)])
    return result
  }
}

/// e^z of the K − 1 scores over a denominator, and below it 1 over the same.
private func byExponentials(_ X: Matrix, _ layer: Layer, denominator: (_ sums: Matrix) -> Matrix) -> LogOdds {
  let few = reference.logOdds(X: X, at: layer).layer
  let E = exp(few.W * X + few.b)
  let D = denominator(E.columnSums())
  return LogOdds(layer: few, A: Matrix(stacking: [E ./ D, 1 / D]))
}

private struct LogOddsWithoutOne: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds { byExponentials(X, layer) { $0 } }
}

private struct LogOddsOverflowing: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds { byExponentials(X, layer) { 1 + $0 } }
}

private struct LogOddsAllRows: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    var result = reference.logOdds(X: X, at: layer)
    let last = layer.W.rows - 1
    result.layer = Layer(W: layer.W - layer.W.row(last), b: layer.b - layer.b.row(last))
    return result
  }
}

private struct LogOddsShiftOfOthers: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    let few = reference.logOdds(X: X, at: layer).layer
    let Z = few.W * X + few.b
    let E = exp(Z - Z.columnMaxima())
    let D = 1 + E.columnSums()
    return LogOdds(layer: few, A: Matrix(stacking: [E ./ D, 1 / D]))
  }
}

private struct LogOddsOverflowOfLast: SoftmaxRegressionLesson {
  func logOdds(X: Matrix, at layer: Layer) -> LogOdds {
    let few = reference.logOdds(X: X, at: layer).layer
    let Z = few.W * X + few.b
    let E = exp(Z - Z.columnMaxima())
    let last = exp(-Z.columnMaxima())
    let D = last + E.columnSums()
    return LogOdds(layer: few, A: Matrix(stacking: [E ./ D, last ./ D]))
  }
}

// MARK: 6.7

private struct LabelsSoftmax: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    let A = reference.softmax(layer.W * X + layer.b)
    let right = reference.propagateLabels(X: X, Y: Y, at: layer)
    return from(
      LayerPass(A: A, cost: labelsCost(A, Y) { log(max($0, logFloor)) }, dZ: A - Y, dW: right.dW, db: right.db), X
    ) { $0 }
  }
}

/// The multi-label cost with another logarithm.
private func labelsCost(_ A: Matrix, _ Y: Matrix, log: (Matrix) -> Matrix) -> Double {
  -(Y .* log(A) + (1 - Y) .* log(1 - A)).sum() / Double(A.columns)
}

private struct LabelsWithoutBias: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    reference.propagateLabels(X: X, Y: Y, at: Layer(W: layer.W, b: 0 * layer.b))
  }
}

private struct LabelsMeanCost: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.cost /= Double(Y.rows)
    return pass
  }
}

private struct LabelsAllMeans: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    let K = Double(Y.rows)
    pass.cost /= K
    pass.dW /= K
    pass.db /= K
    return pass
  }
}

private struct LabelsOneTerm: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.cost = reference.crossEntropy(A: pass.A, Y: Y)
    return pass
  }
}

private struct LabelsWithoutFloor: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.cost = labelsCost(pass.A, Y) { log($0) }
    return pass
  }
}

private struct LabelsOverflowing: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    let E = exp(layer.W * X + layer.b)
    let A = E ./ (1 + E)
    let pass = LayerPass(A: A, cost: labelsCost(A, Y) { log(max($0, logFloor)) }, dZ: A - Y, dW: A, db: A)
    return from(pass, X) { $0 }
  }
}

private struct LabelsCostSum: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.cost *= Double(X.columns)
    return pass
  }
}

private struct LabelsDZSign: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    from(reference.propagateLabels(X: X, Y: Y, at: layer), X) { -$0 }
  }
}

private struct LabelsDZAveraged: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.dZ /= Double(X.columns)
    return pass
  }
}

private struct LabelsDWNotAveraged: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.dW = pass.dZ * X.T
    return pass
  }
}

private struct LabelsDbNotAveraged: SoftmaxRegressionLesson {
  func propagateLabels(X: Matrix, Y: Matrix, at layer: Layer) -> LayerPass {
    var pass = reference.propagateLabels(X: X, Y: Y, at: layer)
    pass.db = pass.dZ.rowSums()
    return pass
  }
}
