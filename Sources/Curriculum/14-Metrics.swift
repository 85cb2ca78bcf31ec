// m examples, K classes, counted from 0. Binary: class 1 is the positive one; T, F: right, wrong; P, N: taken for 1, for 0.

/// Lesson 14: measuring a classifier.
public protocol MetricsLesson: Sendable {
  /// 14.1 Example numbers 0 … m − 1 shuffled and dealt into three sets: round(dev·m) to dev, round(test·m) to test, the rest to train.
  ///
  /// Stratified: so within each class, round(dev·mₖ) and round(test·mₖ) of the mₖ examples of class k, so that every set has the
  /// classes in the same proportions. Each example is in just one set. All chance comes from `generator`: one seed gives one
  /// split, in every run; another seed gives another, and so does the next call with the same generator. How you shuffle is up
  /// to you, and so is the order inside a set.
  ///
  /// No share is asked for where dev·m or test·m (or dev·mₖ or test·mₖ) lies half-way between two whole numbers, and none where
  /// dev and test together would get more than there is.
  /// - Parameters:
  ///   - labels: each example's class, 0, 1, 2, …; a class in between may not occur.
  ///   - dev: the share of dev, 0 … 1.
  ///   - test: the share of test, 0 … 1; dev + test ≤ 1.
  ///   - stratified: whether to deal class by class; if not, the labels only say how many examples there are.
  ///   - generator: the source of chance, of which you use as much as you need.
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit

  /// 14.2 The confusion matrix: entry [i, j] counts the examples of class i (row) that were taken for class j (column).
  ///
  /// - Parameters:
  ///   - actual: m classes, the right ones.
  ///   - predicted: m classes, the model's.
  ///   - K: the number of classes, also where some of them never occur.
  /// - Returns: (K, K). Its entries sum to m; with no examples all are 0.
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix

  /// 14.3 Accuracy (TP + TN)/m, precision TP/(TP + FP), recall TP/(TP + FN), specificity TN/(TN + FP), F1 2TP/(2TP + FP + FN).
  ///
  /// Whatever is divided by 0 is 0.
  /// - Parameter confusion: the counts of 14.2 with K = 2: (2, 2), [[TN, FP], [FN, TP]].
  func metrics(confusion: Matrix) -> BinaryMetrics

  /// 14.4 The ROC curve: the point (0, 0), and then for each different score t, falling, the point (FP/N, TP/P) of “1 where score ≥ t”.
  ///
  /// P and N are the numbers of examples of class 1 and of class 0. A rate of a class without examples is 0. Examples of equal
  /// score make one point together, and no point is left out because it lies on a straight line. Without examples the curve is
  /// (0, 0) alone.
  /// - Parameters:
  ///   - scores: m numbers, any finite ones; the greater, the more it is class 1.
  ///   - labels: m classes, 0 or 1.
  /// - Returns: one point more than there are different scores; the last is (1, 1) where both classes occur.
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint]

  /// 14.5 The area under such a curve, by trapezia: Σ (xᵢ₊₁ − xᵢ)·(yᵢ + yᵢ₊₁)/2, x the false and y the true positive rate.
  ///
  /// - Parameter points: one or more, x and y never falling. They may begin and end anywhere: what is asked for is the area from
  ///   the first x to the last. A single point has no area.
  func areaUnderCurve(_ points: [RocPoint]) -> Double

  /// 14.6 Reads two error rates: there is bias if train − target > gap, variance if dev − train > gap, perhaps both, perhaps neither.
  ///
  /// - Parameters:
  ///   - trainError: the share of wrong answers on the training set, 0 … 1.
  ///   - devError: the share of wrong answers on the dev set.
  ///   - targetError: the error that is thought to be possible: that of an expert, say.
  ///   - gap: the difference that is still unimportant.
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis
}

/// Example numbers, counted from 0; each in one of the three sets.
public struct DataSplit: Sendable {
  public var train, dev, test: [Int]
  public init(train: [Int], dev: [Int], test: [Int]) {
    self.train = train
    self.dev = dev
    self.test = test
  }
}

/// Five numbers from 0 to 1 about the answers of a classifier of two classes.
public struct BinaryMetrics: Sendable {
  public var accuracy, precision, recall, specificity, f1: Double
  public init(accuracy: Double, precision: Double, recall: Double, specificity: Double, f1: Double) {
    self.accuracy = accuracy
    self.precision = precision
    self.recall = recall
    self.specificity = specificity
    self.f1 = f1
  }
}

/// A point of a ROC curve: FP/N across, TP/P up.
public struct RocPoint: Sendable {
  public var falsePositiveRate, truePositiveRate: Double
  public init(falsePositiveRate: Double, truePositiveRate: Double) {
    self.falsePositiveRate = falsePositiveRate
    self.truePositiveRate = truePositiveRate
  }
}

/// What a train error and a dev error say.
public enum Diagnosis: Sendable {
  /// Neither.
  case fine
  /// The training set itself is not learnt well enough.
  case bias
  /// What was learnt does not carry over to other examples.
  case variance
  case biasAndVariance
}

extension Lesson {
  public static let metrics = Lesson(
    14, "Metrics", title: "Measuring a classifier", needs: [5],
    steps: [
      .init("Train, dev and test sets", points: 3, source: "TPT, Train, Dev and Test sets"),
      .init("The confusion matrix", points: 1, source: "TPT, Measuring the performances"),
      .init("Accuracy, precision, recall, specificity, F1", points: 2, source: "TPT, Measuring the performances"),
      .init("The ROC curve", points: 3, source: "TPT, Measuring the performances"),
      .init("The area under the curve", points: 1, source: "TPT, Measuring the performances"),
      .init("Bias or variance?", points: 1, source: "TPT, Train, Dev and Test sets"),
    ])
}
