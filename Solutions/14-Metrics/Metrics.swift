import Curriculum

struct Metrics: MetricsLesson {}

extension MetricsLesson {
  // 14.1
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let order = generator.permutation(of: labels.count)
    let groups = stratified ? Set(labels).sorted().map { k in order.filter { labels[$0] == k } } : [order]
    var split = DataSplit(train: [], dev: [], test: [])
    for group in groups {
      let m = Double(group.count)
      let devEnd = Int((dev * m).rounded())
      let testEnd = devEnd + Int((test * m).rounded())
      split.dev += group[..<devEnd]
      split.test += group[devEnd..<testEnd]
      split.train += group[testEnd...]
    }
    return split
  }

  // 14.2
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    var counts = Matrix(rows: K, columns: K)
    for (i, j) in zip(actual, predicted) {
      counts[i, j] += 1
    }
    return counts
  }

  // 14.3
  func metrics(confusion: Matrix) -> BinaryMetrics {
    let (TN, FP) = (confusion[0, 0], confusion[0, 1])
    let (FN, TP) = (confusion[1, 0], confusion[1, 1])
    return BinaryMetrics(
      accuracy: share(TP + TN, of: TP + TN + FP + FN),
      precision: share(TP, of: TP + FP),
      recall: share(TP, of: TP + FN),
      specificity: share(TN, of: TN + FP),
      f1: share(2 * TP, of: 2 * TP + FP + FN))
  }

  // 14.4
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    let P = Double(labels.filter { $0 == 1 }.count)
    let N = Double(labels.filter { $0 == 0 }.count)
    var points = [RocPoint(falsePositiveRate: 0, truePositiveRate: 0)]
    for threshold in Set(scores).sorted(by: >) {
      var (TP, FP) = (0.0, 0.0)
      for (score, label) in zip(scores, labels) where score >= threshold {
        if label == 1 { TP += 1 } else { FP += 1 }
      }
      points.append(RocPoint(falsePositiveRate: share(FP, of: N), truePositiveRate: share(TP, of: P)))
    }
    return points
  }

  // 14.5
  func areaUnderCurve(_ points: [RocPoint]) -> Double {
    var area = 0.0
    for (left, right) in zip(points, points.dropFirst()) {
      let width = right.falsePositiveRate - left.falsePositiveRate
      area += width * (left.truePositiveRate + right.truePositiveRate) / 2
    }
    return area
  }

  // 14.6
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    let bias = trainError - targetError > gap
    let variance = devError - trainError > gap
    return switch (bias, variance) {
    case (false, false): .fine
    case (true, false): .bias
    case (false, true): .variance
    case (true, true): .biasAndVariance
    }
  }
}

/// part/whole, and 0 where the whole is 0.
private func share(_ part: Double, of whole: Double) -> Double {
  whole == 0 ? 0 : part / whole
}
