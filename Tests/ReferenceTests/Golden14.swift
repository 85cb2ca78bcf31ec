import Curriculum
import Datasets
import LinearAlgebra
import Testing

@testable import MetricsSolution

@Suite("Lesson 14 against scikit-learn") struct Golden14 {
  let lesson = Metrics()

  private func classes(_ golden: Golden) throws -> [Int] { try golden.list.map { try $0.count } }

  /// The five metrics of an object of the file, in the order of `BinaryMetrics`.
  private func expectMetrics(_ confusion: Matrix, _ golden: Golden) throws {
    let metrics = lesson.metrics(confusion: confusion)
    try expectClose(metrics.accuracy, golden["accuracy"])
    try expectClose(metrics.precision, golden["precision"])
    try expectClose(metrics.recall, golden["recall"])
    try expectClose(metrics.specificity, golden["specificity"])
    try expectClose(metrics.f1, golden["f1"])
  }

  private func counts(_ golden: Golden) throws -> Matrix {
    [
      [try golden["true_negatives"].number, try golden["false_positives"].number],
      [try golden["false_negatives"].number, try golden["true_positives"].number],
    ]
  }

  // MARK: - Counts and fractions

  @Test(arguments: ["binary", "no_positive_predictions"])
  func `the confusion matrix and its five fractions, 0 over 0 among them`(name: String) throws {
    let golden = try Golden("metrics")[name]
    let confusion = lesson.confusionMatrix(
      actual: try classes(golden["labels"]), predicted: try classes(golden["predictions"]), classes: 2)
    expectClose(confusion, try counts(golden), "the confusion matrix", .none)
    try expectMetrics(confusion, golden)
  }

  @Test func `three classes: the confusion matrix, and each class's precision, recall and F1 by rows and columns`()
    throws
  {
    let golden = try Golden("metrics")["multiclass"]
    let K = try golden["classes"].count
    let confusion = lesson.confusionMatrix(
      actual: try classes(golden["labels"]), predicted: try classes(golden["predictions"]), classes: K)
    try expectClose(confusion, golden["confusion"], .none)
    for k in 0..<K {
      // Class k against all others.
      let (row, column) = (confusion.row(k).sum(), confusion.column(k).sum())
      let hit = confusion[k, k]
      let metrics = lesson.metrics(confusion: [
        [confusion.sum() - row - column + hit, column - hit], [row - hit, hit],
      ])
      expectClose(metrics.precision, try golden["precision"].numbers[k], "precision of class \(k)")
      expectClose(metrics.recall, try golden["recall"].numbers[k], "recall of class \(k)")
      expectClose(metrics.f1, try golden["f1"].numbers[k], "F1 of class \(k)")
    }
  }

  // MARK: - Curves

  @Test func `the ROC curve with ties within and across the classes, and its area`() throws {
    let golden = try Golden("metrics")["binary"]
    let points = lesson.rocCurve(scores: try golden["scores"].numbers, labels: try classes(golden["labels"]))
    try expectClose(points.map(\.falsePositiveRate), golden["roc"]["false_positive_rate"])
    try expectClose(points.map(\.truePositiveRate), golden["roc"]["true_positive_rate"])
    try expectClose(lesson.areaUnderCurve(points), golden["roc"]["auc"])
  }

  /// The area is the share of pairs of a positive and a negative that stand in the right order, a tie counting ½.
  @Test(arguments: 1...10) func `the area is the share of pairs in order`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let labels = (0..<60).map { _ in generator.integer(below: 3) / 2 } + [0, 1]
    let scores = labels.map { Double(generator.integer(below: 9) + $0) / 4 }
    var (pairs, ordered) = (0.0, 0.0)
    for i in labels.indices where labels[i] == 1 {
      for j in labels.indices where labels[j] == 0 {
        pairs += 1
        ordered += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
      }
    }
    expectClose(
      lesson.areaUnderCurve(lesson.rocCurve(scores: scores, labels: labels)), ordered / pairs, "the area, seed \(seed)")
  }

  @Test func `accuracy and area at the optima of breast cancer are scikit-learn's`() throws {
    let cancer = try BreastCancer()
    for optimum in try cancer.golden["optima"].list {
      let Z = try optimum["w"].matrix.T * cancer.data.X + optimum["b"].number
      let confusion = lesson.confusionMatrix(
        actual: cancer.data.labels, predicted: Z.elements.map { $0 >= 0 ? 1 : 0 }, classes: 2)
      try expectClose(lesson.metrics(confusion: confusion).accuracy, optimum["accuracy"])
      try expectClose(confusion[0, 1] + confusion[1, 0], optimum["misclassified"])
      let points = lesson.rocCurve(scores: Z.elements, labels: cancer.data.labels)
      try expectClose(lesson.areaUnderCurve(points), optimum["auc"])
    }
  }

  // MARK: - Sets

  @Test(arguments: 1...10) func `each set of a stratified split has each class's share to within one example`(seed: Int)
    throws
  {
    let labels = try Dataset.digits().labels
    var generator = SeededGenerator(seed: UInt64(seed))
    let split = lesson.split(labels: labels, dev: 0.15, test: 0.2, stratified: true, using: &generator)
    #expect((split.train + split.dev + split.test).sorted() == Array(labels.indices))
    for k in 0..<10 {
      let all = Double(labels.filter { $0 == k }.count)
      for (set, share) in [(split.train, 0.65), (split.dev, 0.15), (split.test, 0.2)] {
        let count = Double(set.filter { labels[$0] == k }.count)
        #expect(abs(count - share * all) <= 1)
      }
    }
  }
}
