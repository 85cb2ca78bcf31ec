import Curriculum
import Datasets
import Plots

/// Lesson 14: lesson 5's logistic regression on breast cancer, measured.
public let metricsDemo = Demo(
  .metrics, with: .vectorization, as: (any VectorizationLesson).self,
  run: { lesson, model, out in
    try threeSets(lesson, model, out)
    try rareClass(lesson, model, out)
    try readings(lesson, model, out)
    luck(lesson, out)
    for (name, figure) in try figures(lesson, model) { out.figure(name, figure) }
  },
  figures: { lesson, model in try figures(lesson, model).map { ChapterFigure($0.name, $0.figure) } })

private func figures(
  _ lesson: any MetricsLesson, _ model: any VectorizationLesson
) throws -> [(name: String, figure: Figure)] {
  [
    ("sets", setsFigure(lesson)), ("scores", try scoresFigure(lesson, model)),
    ("confusion", try confusionFigure(lesson, model)),
    ("steps", stepsFigure(lesson)), ("roc", try rocFigure(lesson, model)),
    ("threshold", try thresholdFigure(lesson, model)), ("sizes", try sizesFigure(lesson, model)),
    ("luck", luckFigure(lesson)),
  ]
}

// MARK: - Models

/// Two measurements that tell the classes apart, but not very well.
private let twoFeatures = ["mean_texture", "mean_smoothness"]

/// Examples with their scores: probabilities of class 1.
private struct Scored {
  var scores: [Double], labels: [Int]

  /// Taken for 1 where the score is at least the threshold.
  func confusion(_ lesson: any MetricsLesson, threshold: Double = 0.5) -> Matrix {
    lesson.confusionMatrix(actual: labels, predicted: scores.map { $0 >= threshold ? 1 : 0 }, classes: 2)
  }

  func metrics(_ lesson: any MetricsLesson, threshold: Double = 0.5) -> BinaryMetrics {
    lesson.metrics(confusion: confusion(lesson, threshold: threshold))
  }

  func curve(_ lesson: any MetricsLesson) -> [RocPoint] { lesson.rocCurve(scores: scores, labels: labels) }

  func area(_ lesson: any MetricsLesson) -> Double { lesson.areaUnderCurve(curve(lesson)) }
}

/// Logistic regression from w = 0 on training examples.
private func fitted(_ model: any VectorizationLesson, train: Dataset, steps: Int) -> LogisticTraining {
  let X = model.scale(train: train.X, other: train.X, by: .standard).train
  let start = LogisticParameters(w: Matrix(rows: train.featureCount, columns: 1), b: 0)
  return model.train(X: X, Y: train.Y, from: start, rate: 0.5, steps: steps)
}

/// Its scores of others, on the training examples' scale.
private func scored(
  _ model: any VectorizationLesson, train: Dataset, others: [Dataset], steps: Int = 200
) -> [Scored] {
  let parameters = fitted(model, train: train, steps: steps).parameters
  return others.map {
    let X = model.scale(train: train.X, other: $0.X, by: .standard).other
    return Scored(scores: model.forward(X: X, at: parameters).A.elements, labels: $0.labels)
  }
}

/// Breast cancer in three sets, class by class: a half to train on, three tenths for decisions, two tenths for the end.
private func dealt(_ lesson: any MetricsLesson, _ data: Dataset, seed: UInt64) -> (
  train: Dataset, dev: Dataset, test: Dataset
) {
  var generator = SeededGenerator(seed: seed)
  let split = lesson.split(labels: data.labels, dev: 0.3, test: 0.2, stratified: true, using: &generator)
  return (data.examples(at: split.train), data.examples(at: split.dev), data.examples(at: split.test))
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

private func table(_ confusion: Matrix, _ out: DemoOutput) {
  out(padded("", 12) + padded("taken for 0", 14) + padded("taken for 1", 14))
  for (k, name) in ["benign 0", "malignant 1"].enumerated() {
    out(padded(name, 12) + (0..<2).map { padded(formatted(confusion[k, $0]), 14) }.joined())
  }
}

// MARK: - What the demo says

private func threeSets(_ lesson: any MetricsLesson, _ model: any VectorizationLesson, _ out: DemoOutput) throws {
  let data = try Dataset.breastCancer()
  let (train, dev, test) = dealt(lesson, data, seed: 14)
  out("Breast cancer, dealt class by class:")
  for (name, set) in [("train", train), ("dev", dev), ("test", test)] {
    let ones = set.labels.filter { $0 == 1 }.count
    out(
      "  \(padded(name, 5)) \(padded(String(set.exampleCount), 4)) tumours, \(padded(String(ones), 3)) malignant: \(percent(Double(ones) / Double(set.exampleCount)))"
    )
  }
  out()
  let results = scored(model, train: train, others: [train, dev, test])
  let (onDev, onTest) = (results[1], results[2])
  let training = fitted(model, train: train, steps: 200)
  out.curve("breast cancer/cost", training.costs)
  out.histogram("breast cancer/w", training.parameters.w, step: 200)
  for label in 0..<2 {
    let scores = zip(onDev.scores, onDev.labels).filter { $0.1 == label }.map(\.0)
    out.histogram("dev scores/class \(label)", Matrix(row: scores), step: 200)
  }
  for percentage in stride(from: 5, through: 95, by: 5) {
    let m = onDev.metrics(lesson, threshold: Double(percentage) / 100)
    for (name, value) in [("precision", m.precision), ("recall", m.recall), ("F1", m.f1)] {
      out.scalar("dev by threshold in percent/\(name)", value, step: percentage)
    }
  }
  out(
    "Logistic regression with all \(data.featureCount) features, standardised by train's numbers, α = 0.5, 200 steps.")
  out("On dev, malignant from a score of 0.5 on:")
  table(onDev.confusion(lesson), out)
  out()
  out("The threshold is a choice, made on dev:")
  out("  threshold  accuracy  precision  recall  specificity      F1")
  for threshold in [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9] {
    let m = onDev.metrics(lesson, threshold: threshold)
    out(
      padded(formatted(threshold), 11) + padded(percent(m.accuracy), 10) + padded(percent(m.precision), 11)
        + padded(percent(m.recall), 8) + padded(percent(m.specificity), 13) + padded(percent(m.f1), 8))
  }
  out("Area under the ROC curve on dev: \(formatted(onDev.area(lesson), digits: 4)).")
  out()
  out("The test set, once, at 0.5:")
  table(onTest.confusion(lesson), out)
  let m = onTest.metrics(lesson)
  out(
    "Accuracy \(percent(m.accuracy)), precision \(percent(m.precision)), recall \(percent(m.recall)), area \(formatted(onTest.area(lesson), digits: 4))."
  )
  let others = (UInt64(1)...10).map { seed in
    let (train, _, test) = dealt(lesson, data, seed: seed)
    return scored(model, train: train, others: [test])[0].metrics(lesson).accuracy
  }
  out("Ten other splits: \(spread(others)).")
  out()
}

/// All benign tumours, and twenty malignant ones.
private func rare(_ data: Dataset, seed: UInt64) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  let ones = generator.permutation(of: data.exampleCount).filter { data.labels[$0] == 1 }.prefix(20)
  return data.examples(at: data.labels.indices.filter { data.labels[$0] == 0 } + ones)
}

/// An unbalanced half to train on and the other half, by their scores.
private func rareScored(_ lesson: any MetricsLesson, _ model: any VectorizationLesson, seed: UInt64) throws -> Scored {
  let data = rare(try Dataset.breastCancer().features(named: twoFeatures), seed: seed)
  var generator = SeededGenerator(seed: seed)
  let split = lesson.split(labels: data.labels, dev: 0.5, test: 0, stratified: true, using: &generator)
  return scored(model, train: data.examples(at: split.train), others: [data.examples(at: split.dev)])[0]
}

private func rareClass(_ lesson: any MetricsLesson, _ model: any VectorizationLesson, _ out: DemoOutput) throws {
  out("When one class is rare: all 357 benign tumours and 20 malignant ones, half to train, half to measure.")
  out("Features: \(twoFeatures.joined(separator: ", ")). Ten splits; means.")
  out("  model                        accuracy  precision  recall      F1   area")
  let runs = try (UInt64(1)...10).map { try rareScored(lesson, model, seed: $0) }
  func row(_ name: String, _ runs: [Scored], threshold: Double) {
    let all = runs.map { $0.metrics(lesson, threshold: threshold) }
    out(
      "  " + filled(name, 28)
        + padded(percent(mean(all.map(\.accuracy))), 9)
        + padded(percent(mean(all.map(\.precision))), 11) + padded(percent(mean(all.map(\.recall))), 8)
        + padded(percent(mean(all.map(\.f1))), 8) + padded(formatted(mean(runs.map { $0.area(lesson) })), 7))
  }
  row("always benign", runs.map { Scored(scores: $0.scores.map { _ in 0 }, labels: $0.labels) }, threshold: 0.5)
  row("logistic, threshold 0.5", runs, threshold: 0.5)
  row("logistic, threshold 0.1", runs, threshold: 0.1)
  out()
}

/// Error rates on train and dev by the number of training examples, a list for each of ten splits.
private func errors(
  _ lesson: any MetricsLesson, _ model: any VectorizationLesson, features: [String]?, sizes: [Int]
) throws -> [[(train: Double, dev: Double)]] {
  var data = try Dataset.breastCancer()
  if let features { data = data.features(named: features) }
  return (UInt64(1)...10).map { seed in
    let (all, dev, _) = dealt(lesson, data, seed: seed)
    var generator = SeededGenerator(seed: seed)
    let order = generator.permutation(of: all.exampleCount)
    return sizes.map { size in
      let train = all.examples(at: Array(order.prefix(size)))
      let results = scored(model, train: train, others: [train, dev], steps: 300).map { $0.metrics(lesson).accuracy }
      return (1 - results[0], 1 - results[1])
    }
  }
}

private let sizes = [10, 20, 40, 80, 160, 280]

private func readings(_ lesson: any MetricsLesson, _ model: any VectorizationLesson, _ out: DemoOutput) throws {
  out("Bias or variance? Mean error rates of ten splits; the target is 2 %, the gap 2 %.")
  out("  features                      train on  train error  dev error  reading")
  for (name, features) in [("all 30", nil), (twoFeatures.joined(separator: ", "), twoFeatures)] {
    let runs = try errors(lesson, model, features: features, sizes: sizes)
    for (k, size) in sizes.enumerated() {
      let (train, dev) = (mean(runs.map { $0[k].train }), mean(runs.map { $0[k].dev }))
      let tag = "error by training examples, \(features == nil ? "30 features" : "two features")"
      out.scalar("\(tag)/train", train, step: size)
      out.scalar("\(tag)/dev", dev, step: size)
      let reading = lesson.diagnose(trainError: train, devError: dev, targetError: 0.02, gap: 0.02)
      out(
        "  " + filled(name, 28) + padded(String(size), 10)
          + padded(percent(train), 13) + padded(percent(dev), 11) + "  \(reading)")
    }
  }
  out()
}

/// Labels and models that are coin tosses: the accuracy on dev of the model that is best there, and its accuracy on test.
private func luck(_ lesson: any MetricsLesson, models: Int, examples: Int, seed: UInt64) -> (dev: Double, test: Double)
{
  var generator = SeededGenerator(seed: seed)
  func tosses() -> [Int] { (0..<examples).map { _ in generator.integer(below: 2) } }
  func accuracy(_ actual: [Int], _ predicted: [Int]) -> Double {
    lesson.metrics(confusion: lesson.confusionMatrix(actual: actual, predicted: predicted, classes: 2)).accuracy
  }
  let (dev, test) = (tosses(), tosses())
  let results = (0..<models).map { _ in (dev: accuracy(dev, tosses()), test: accuracy(test, tosses())) }
  return results.max { $0.dev < $1.dev } ?? (0, 0)
}

private func luck(_ lesson: any MetricsLesson, _ out: DemoOutput) {
  out("Why the test set is used once: labels by coin, models by coin, 114 examples in each set.")
  out("The best of so many models on dev, and the same model on test; means of 40 runs:")
  for models in [1, 10, 100] {
    let runs = (UInt64(0)..<40).map { luck(lesson, models: models, examples: 114, seed: $0) }
    out(
      "  \(padded(String(models), 4)) model\(models == 1 ? ": " : "s:") \(percent(mean(runs.map(\.dev)))) on dev, \(percent(mean(runs.map(\.test)))) on test"
    )
  }
}

// MARK: - Figures

private func weak(_ lesson: any MetricsLesson, _ model: any VectorizationLesson) throws -> Scored {
  let (train, dev, _) = dealt(lesson, try Dataset.breastCancer().features(named: twoFeatures), seed: 14)
  return scored(model, train: train, others: [dev])[0]
}

private func strong(_ lesson: any MetricsLesson, _ model: any VectorizationLesson) throws -> Scored {
  let (train, dev, _) = dealt(lesson, try Dataset.breastCancer(), seed: 14)
  return scored(model, train: train, others: [dev])[0]
}

/// The chapter's example of 14.1: fifteen examples of two classes, and the sets that they are dealt to.
private func setsFigure(_ lesson: any MetricsLesson) -> Figure {
  let labels = [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0]
  var generator = SeededGenerator(seed: 14)
  let split = lesson.split(labels: labels, dev: 0.2, test: 0.4, stratified: true, using: &generator)
  let side = 28.0
  func row(_ name: String, _ numbers: [Int], at x: Double, y: Double) -> [Diagram.Element] {
    [.text(name, at: (x, y - 14), anchor: .start, ink: .muted)]
      + numbers.enumerated().map { place, i in
        .box(
          "\(i)", at: (x + Double(place) * side, y), width: side, height: side, ink: labels[i] == 1 ? .vermilion : .blue
        )
      }
  }
  var elements = row("the file, in its order: class 0 blue, class 1 vermilion", Array(labels.indices), at: 0, y: 0)
  var x = 0.0
  for (name, set) in [("train", split.train), ("dev", split.dev), ("test", split.test)] {
    elements += row(name, set.sorted { (labels[$0], $0) < (labels[$1], $1) }, at: x, y: 90)
    x += (Double(set.count) + 0.9) * side
  }
  return Figure(
    title: "Dealt class by class",
    description:
      "Fifteen numbered boxes, ten blue ones of class 0 and five vermilion ones of class 1, as they stand in the file. Below, the same boxes in three sets: train with four blue and two vermilion, dev with two and one, test with four and two.",
    width: 540, Diagram(elements: elements))
}

private func scoresFigure(_ lesson: any MetricsLesson, _ model: any VectorizationLesson) throws -> Figure {
  let weak = try weak(lesson, model)
  func scores(_ k: Int) -> [Double] { zip(weak.scores, weak.labels).filter { $0.1 == k }.map(\.0) }
  let c = weak.confusion(lesson)
  return Figure(
    title: "One threshold, four kinds of answers",
    description:
      "Two histograms of scores, benign tumours above and malignant ones below, with the threshold at 0.5. Benign: \(formatted(c[0, 0])) to the left of it, \(formatted(c[0, 1])) to the right. Malignant: \(formatted(c[1, 0])) to the left, \(formatted(c[1, 1])) to the right.",
    height: 430, columns: 1,
    Chart(
      title: "benign: \(formatted(c[0, 0])) TN to the left, \(formatted(c[0, 1])) FP to the right",
      x: Axis("score", range: 0...1),
      y: "tumours", .histogram(scores(0), bins: 20, range: 0...1, ink: .blue), .vertical(0.5)),
    Chart(
      title: "malignant: \(formatted(c[1, 0])) FN to the left, \(formatted(c[1, 1])) TP to the right",
      x: Axis("score", range: 0...1),
      y: "tumours", .histogram(scores(1), bins: 20, range: 0...1, ink: .vermilion), .vertical(0.5)))
}

private func confusionFigure(_ lesson: any MetricsLesson, _ model: any VectorizationLesson) throws -> Figure {
  func panel(_ title: String, _ scored: Scored) -> (Chart, String) {
    let c = scored.confusion(lesson)
    let rows = (0..<2).map { k in (0..<2).map { c[k, $0] } }
    return (
      Chart(
        title: title, x: "taken for", y: "actual",
        .matrix(rows, rowNames: ["0", "1"], columnNames: ["0", "1"], range: 0...110)),
      "\(formatted(c[0, 0])) and \(formatted(c[0, 1])) in the first row, \(formatted(c[1, 0])) and \(formatted(c[1, 1])) in the second"
    )
  }
  let all = panel("30 features", try strong(lesson, model))
  let two = panel("texture and smoothness", try weak(lesson, model))
  return Figure(
    title: "Two models on the same dev set",
    description: "Two confusion matrices. With 30 features: \(all.1). With two features: \(two.1).", width: 560,
    height: 330, all.0, two.0)
}

/// The chapter's example of 14.4.
private func stepsFigure(_ lesson: any MetricsLesson) -> Figure {
  let points = lesson.rocCurve(
    scores: [0.9, 0.3, 0.6, 0.4, 0.1, 0.7, 0.5, 0.2, 0.6, 0.4, 0.8, 0.3], labels: [1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0])
  let x = points.map(\.falsePositiveRate)
  let y = points.map(\.truePositiveRate)
  return Figure(
    title: "Twelve scores, nine thresholds, ten points",
    description:
      "A curve from (0, 0) to (1, 1): three steps up to (0, 0.6), then a slanting piece for the tie at 0.6 to (1/7, 0.8), across to (2/7, 0.8), a slanting piece for the tie at 0.4 to (3/7, 1), and across to (1, 1). The area below it is shaded.",
    width: 560, height: 460,
    Chart(
      x: Axis("false positive rate FP/N", range: 0...1), y: Axis("true positive rate TP/P", range: 0...1.05),
      marks: [
        .band(x, low: x.map { _ in 0 }, high: y, ink: .blue),
        .line([0, 1], [0, 1], ink: .muted, dashed: true),
        .line(x, y, ink: .blue, dots: true), .text("0.9", at: (0.02, 0.18)),
        .text("0.8", at: (0.02, 0.38)), .text("0.7", at: (0.02, 0.57)), .text("0.6: a tie", at: (0.165, 0.75)),
        .text("0.4: a tie", at: (0.45, 0.93)), .text("0.1", at: (0.97, 0.96), anchor: .end),
        .text("chance", at: (0.62, 0.56)),
      ]))
}

private func rocFigure(_ lesson: any MetricsLesson, _ model: any VectorizationLesson) throws -> Figure {
  func line(_ name: String, _ scored: Scored) -> (Mark, Double) {
    let points = scored.curve(lesson)
    let area = lesson.areaUnderCurve(points)
    return (
      .line(
        points.map(\.falsePositiveRate), points.map(\.truePositiveRate), label: "\(name): \(formatted(area))"), area
    )
  }
  let all = line("30 features", try strong(lesson, model))
  let two = line("texture, smoothness", try weak(lesson, model))
  return Figure(
    title: "ROC curves on the dev set, with their areas",
    description:
      "Two curves from (0, 0) to (1, 1) above the diagonal of chance. That of the model with 30 features hugs the upper left corner, area \(formatted(all.1)). That with two features is a bow, area \(formatted(two.1)).",
    width: 560, height: 460,
    Chart(
      x: Axis("false positive rate", range: 0...1), y: Axis("true positive rate (recall)", range: 0...1.02), all.0,
      two.0, .line([0, 1], [0, 1], label: "chance: 0.5", ink: .muted, dashed: true)))
}

private func thresholdFigure(_ lesson: any MetricsLesson, _ model: any VectorizationLesson) throws -> Figure {
  let weak = try weak(lesson, model)
  let thresholds = (0...100).map { Double($0) / 100 }
  let all = thresholds.map { weak.metrics(lesson, threshold: $0) }
  return Figure(
    title: "What moving the threshold does",
    description:
      "Recall falls from 1 to 0 as the threshold rises from 0 to 1, specificity rises from 0 to 1, precision rises from \(formatted(all[0].precision)), unsteadily, and drops to 0 where nothing is taken for malignant any more. F1 has a flat top in between.",
    Chart(
      x: "threshold", y: Axis("", range: 0...1.02), .line(thresholds, all.map(\.recall), label: "recall"),
      .line(thresholds, all.map(\.precision), label: "precision"),
      .line(thresholds, all.map(\.specificity), label: "specificity", dashed: true),
      .line(thresholds, all.map(\.f1), label: "F1", ink: .text)))
}

private func sizesFigure(_ lesson: any MetricsLesson, _ model: any VectorizationLesson) throws -> Figure {
  func panel(_ title: String, _ features: [String]?) throws -> Chart {
    let runs = try errors(lesson, model, features: features, sizes: sizes)
    let x = sizes.map { Double($0) }
    func column(_ k: Int, _ error: KeyPath<(train: Double, dev: Double), Double>) -> [Double] {
      runs.map { $0[k][keyPath: error] }
    }
    func mark(_ name: String, _ error: KeyPath<(train: Double, dev: Double), Double>, _ ink: Ink) -> [Mark] {
      let columns = sizes.indices.map { column($0, error) }
      return [
        .band(x, low: columns.map { $0.min() ?? 0 }, high: columns.map { $0.max() ?? 0 }, ink: ink),
        .line(x, columns.map(mean), label: name, ink: ink, dots: true),
      ]
    }
    return Chart(
      title: title, x: Axis("training examples", scale: .logarithmic, ticks: .values([10, 20, 40, 80, 160, 280])),
      y: Axis("error rate", range: 0...0.5),
      marks: mark("dev", \.dev, .vermilion) + mark("train", \.train, .blue))
  }
  return Figure(
    title: "Error on train and dev, by the number of training examples",
    description:
      "Two charts. With 30 features the train error is near 0 throughout, and the dev error comes down towards it as training examples are added. With two features both errors meet far above 0.",
    width: 720, height: 340, try panel("30 features", nil), try panel("texture and smoothness", twoFeatures))
}

private func luckFigure(_ lesson: any MetricsLesson) -> Figure {
  let models = [1, 2, 4, 8, 16, 32, 64, 128]
  let runs = models.map { models in
    (UInt64(0)..<40).map { luck(lesson, models: models, examples: 114, seed: $0) }
  }
  let x = models.map { Double($0) }
  return Figure(
    title: "The best of many models that know nothing",
    description:
      "Accuracy against the number of models tried, all of them coin tosses. The best one's accuracy on the dev set rises from one half to about \(formatted(mean(runs[7].map(\.dev)), digits: 2)); the same model's accuracy on the test set stays at one half.",
    Chart(
      x: Axis("models tried", scale: .logarithmic, ticks: .values(x)), y: Axis("accuracy", range: 0.4...0.7),
      .line(x, runs.map { mean($0.map(\.dev)) }, label: "on dev, by which it was chosen", ink: .vermilion, dots: true),
      .line(x, runs.map { mean($0.map(\.test)) }, label: "on test", ink: .blue, dots: true)))
}
