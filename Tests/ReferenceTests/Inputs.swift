import Curriculum
import Datasets

/// The first logistic regression of the files: 3 features, 7 examples, w and b to start from.
struct SmallLogistic {
  let golden: Golden
  let X, Y: Matrix
  let start: LogisticParameters

  init() throws {
    golden = try Golden("logistic_regression")["one_pass"]
    X = try golden["X"].matrix
    Y = try golden["Y"].matrix
    start = try LogisticParameters(w: golden["w"].matrix, b: golden["b"].number)
  }
}

/// The cross-entropy of single scores from −1000 to 1000, and its derivative.
struct LogitLosses {
  /// −log(logFloor) = 50·log 2 ≈ 34.66: with the contract's floor no cross-entropy is greater.
  static let greatest = -log(logFloor)

  /// Those whose label is 0 or 1: the contract has no others, so the soft label 0.3 is left out.
  ///
  /// PyTorch takes the loss from z and not from a: where |z| ≥ 40 speaks for the other class, it is above the greatest
  /// that the contract allows, which stands here instead.
  let entries: [(z: Double, y: Double, loss: Double, dz: Double)]

  init() throws {
    let golden = try Golden("logistic_regression")["bce_with_logits"]
    let (z, y) = (try golden["z"].numbers, try golden["y"].numbers)
    let (losses, gradients) = (try golden["loss"].numbers, try golden["dz"].numbers)
    entries = z.indices.filter { y[$0] == 0 || y[$0] == 1 }.map {
      (z[$0], y[$0], min(losses[$0], LogitLosses.greatest), gradients[$0])
    }
  }
}

/// The breast cancer data set, standardized like itself, and what the files know of it.
struct BreastCancer {
  let golden: Golden
  let raw, data: Dataset
  var start: LogisticParameters { LogisticParameters(w: Matrix(rows: 30, columns: 1), b: 0) }

  init() throws {
    golden = try Golden("breast_cancer")
    raw = try Dataset.breastCancer()
    data = raw.standardized(like: raw)
  }
}
