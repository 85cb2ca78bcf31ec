import Curriculum

/// The steps of lesson 14.
public let metricsSteps: [Step<any MetricsLesson>] = [
  Step(
    "14.1",
    on: [
      .worked(Dealing(labels: [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0], dev: 0.2, test: 0.4, stratified: true)),
      .random { Dealing(counts: [12, 13], dev: 0.36, test: 0.33, stratified: false, splits: 60, using: &$0) },
      .random { Dealing(counts: [17, 9, 11], dev: 0.3, test: 0.35, stratified: true, splits: 60, using: &$0) },
      .edge("rare classes: 13, 8 and 3 examples, dealt class by class") {
        Dealing(counts: [13, 8, 3], dev: 0.2, test: 0.2, stratified: true, using: &$0)
      },
      .edge("rare classes, dealt without regard to the classes") {
        Dealing(counts: [13, 8, 2], dev: 0.2, test: 0.2, stratified: false, splits: 20, using: &$0)
      },
      .edge("class 1 never occurs, and class 2 has one example") {
        Dealing(counts: [17, 0, 1], dev: 0.2, test: 0.2, stratified: true, using: &$0)
      },
      .edge("no dev set, labels sorted", Dealing(sorted: [14, 9], dev: 0, test: 0.3, stratified: true)),
      .edge("no test set") { Dealing(counts: [16, 8], dev: 0.35, test: 0, stratified: false, splits: 20, using: &$0) },
      .edge("nothing left to train on") {
        Dealing(counts: [13, 11], dev: 0.4, test: 0.6, stratified: true, using: &$0)
      },
      .edge("all of one class, not stratified", Dealing(sorted: [37], dev: 0.15, test: 0.12, stratified: false)),
      .edge("five classes, some of them very small") {
        Dealing(counts: [7, 2, 3, 1, 4], dev: 0.3, test: 0.6, stratified: true, using: &$0)
      },
      .edge("six examples") { Dealing(counts: [6], dev: 0.3, test: 0.3, stratified: false, splits: 20, using: &$0) },
    ],
    cpuSeconds: 4
  ) { lesson, input in input.facts(lesson) },

  Step(
    "14.2",
    on: [
      .worked(Predictions(actual: [0, 2, 1, 1, 0, 2, 1, 0], predicted: [0, 1, 1, 2, 0, 2, 1, 1], K: 3)),
      .random { Predictions(m: 19, K: 4, using: &$0) }, .random { Predictions(m: 14, K: 2, using: &$0) },
      .edge(
        "the last two classes never occur, and one of them is predicted",
        Predictions(actual: [1, 0, 1, 1, 0, 0, 1], predicted: [1, 0, 3, 0, 0, 3, 1], K: 5)),
      .edge(
        "everything is taken for class 1", Predictions(actual: [0, 1, 0, 0, 2], predicted: [1, 1, 1, 1, 1], K: 3)),
      .edge(
        "one class comes more than ten times",
        Predictions(
          actual: [0, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 0, 1],
          predicted: [2, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1],
          K: 3)),
      .edge("one class only", Predictions(actual: [0, 0, 0], predicted: [0, 0, 0], K: 1)),
      .edge("one example", Predictions(actual: [2], predicted: [0], K: 3)),
      .edge("no examples", Predictions(actual: [], predicted: [], K: 2)),
    ]
  ) { lesson, input in
    ["confusion": lesson.confusionMatrix(actual: input.actual, predicted: input.predicted, classes: input.K)]
  },

  Step(
    "14.3", argument: "confusion",
    on: [
      .worked([[5, 2], [1, 4]]), .random(counts), .random(counts),
      .edge("large counts: a rare class", table(986_412, 8_021, 1_203, 4_364)),
      .edge("nothing is taken for class 1", table(8, 0, 6, 0)),
      .edge("everything is taken for class 1", table(0, 7, 0, 4)),
      .edge("no example of class 1", table(5, 3, 0, 0)), .edge("no example of class 0", table(0, 0, 2, 3)),
      .edge("no example of class 1, and none taken for it", table(9, 0, 0, 0)),
      .edge("only class 1, all right", table(0, 0, 0, 6)),
      .edge("class 1 never right", table(5, 2, 3, 0)), .edge("everything wrong", table(0, 4, 3, 0)),
      .edge("everything right", table(6, 0, 0, 3)),
      .edge("one example of class 1", table(3, 0, 0, 1)), .edge("one example of class 0", table(1, 0, 2, 3)),
      .edge("one example", table(1, 0, 0, 0)), .edge("no examples", table(0, 0, 0, 0)),
    ]
  ) { lesson, confusion in
    let metrics = lesson.metrics(confusion: confusion)
    return [
      "accuracy": metrics.accuracy, "precision": metrics.precision, "recall": metrics.recall,
      "specificity": metrics.specificity, "F1": metrics.f1,
    ]
  },

  Step(
    "14.4",
    on: [
      .worked(
        Scored(
          scores: [0.9, 0.3, 0.6, 0.4, 0.1, 0.7, 0.5, 0.2, 0.6, 0.4, 0.8, 0.3],
          labels: [1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0])),
      .random { Scored(tied: 17, positives: 6, using: &$0) }, .random { Scored(m: 13, positives: 8, using: &$0) },
      .edge("one score for all", Scored(scores: [0.3, 0.3, 0.3, 0.3, 0.3], labels: [1, 0, 0, 1, 0])),
      .edge(
        "scores that are no probabilities",
        Scored(scores: [-3.5, 2, 1e6, 0, -3.5, -1e6, 2, 40, -0.25], labels: [0, 1, 1, 0, 1, 0, 0, 1, 0])),
      .edge(
        "scores that lie close to each other",
        Scored(
          scores: [0.5, 0.5 + 1e-9, 0.5 - 1e-9, 1e-12, 2e-12, 0, 1 - 1e-15, 1, 1 - 2e-15],
          labels: [0, 1, 0, 0, 1, 0, 1, 0, 1])),
      .edge(
        "perfect order: points on straight lines",
        Scored(scores: [1, 2, 3, 4, 5, 6, 7], labels: [0, 0, 0, 0, 1, 1, 1])),
      .edge("the order upside down", Scored(scores: [0.9, 0.8, 0.7, 0.2, 0.1], labels: [0, 0, 1, 0, 1])),
      .edge("no example of class 1", Scored(scores: [0.2, 0.7, 0.7, 0.4], labels: [0, 0, 0, 0])),
      .edge("no example of class 0", Scored(scores: [0.2, 0.7, 0.7], labels: [1, 1, 1])),
      .edge("scores below 0", Scored(scores: [-2, -1, -3], labels: [0, 1, 1])),
      .edge("scores of 0 and below", Scored(scores: [-1, 0, -2, -1], labels: [1, 0, 0, 1])),
      .edge("one example", Scored(scores: [0.5], labels: [1])),
      .edge("no examples", Scored(scores: [], labels: [])),
    ]
  ) { lesson, input in
    let points = lesson.rocCurve(scores: input.scores, labels: input.labels)
    return ["points": points.count, "FPR": points.map(\.falsePositiveRate), "TPR": points.map(\.truePositiveRate)]
  },

  Step(
    "14.5",
    on: [
      .worked(Curve(FPR: [0, 0, 0.25, 0.5, 1], TPR: [0, 0.5, 0.75, 0.75, 1])),
      .random { Curve(steps: 7, using: &$0) }, .random { Curve(steps: 12, using: &$0) },
      .edge("chance", Curve(FPR: [0, 1], TPR: [0, 1])),
      .edge("perfect: up, then across", Curve(FPR: [0, 0, 0, 1], TPR: [0, 0.5, 1, 1])),
      .edge("all wrong: across, then up", Curve(FPR: [0, 0.5, 1, 1], TPR: [0, 0, 0, 1])),
      .edge("below the diagonal", Curve(FPR: [0, 0.2, 0.7, 1], TPR: [0, 0.1, 0.25, 1])),
      .edge("no example of class 1", Curve(FPR: [0, 0.25, 1], TPR: [0, 0, 0])),
      .edge("no example of class 0", Curve(FPR: [0, 0, 0], TPR: [0, 0.5, 1])),
      .edge("a curve that begins further on", Curve(FPR: [0.2, 1], TPR: [0.5, 1])),
      .edge("a curve that ends half-way across", Curve(FPR: [0, 0.5], TPR: [0, 1])),
      .edge("a curve that ends half-way up", Curve(FPR: [0, 1], TPR: [0, 0.5])),
      .edge("straight across", Curve(FPR: [0, 1], TPR: [0, 0])),
      .edge("straight up", Curve(FPR: [0, 0], TPR: [0, 1])),
      .edge("one point", Curve(FPR: [0], TPR: [0])),
      .edge("one point in the middle", Curve(FPR: [0.5], TPR: [0.5])),
    ]
  ) { lesson, input in ["area": lesson.areaUnderCurve(input.points)] },

  Step(
    "14.6",
    on: [
      .worked(Errors([Errors.Case(train: 0.02, dev: 0.11, target: 0.01, gap: 0.03)])),
      .random { Errors(count: 6, using: &$0) }, .random { Errors(count: 6, using: &$0) },
      .edge(
        "neither, bias, variance, both",
        Errors([
          .init(train: 0.02, dev: 0.03, target: 0.01, gap: 0.02),
          .init(train: 0.15, dev: 0.16, target: 0.01, gap: 0.02),
          .init(train: 0.01, dev: 0.11, target: 0.01, gap: 0.02), .init(train: 0.15, dev: 0.3, target: 0.01, gap: 0.02),
        ])),
      .edge(
        "a high error that nobody could do better",
        Errors([
          .init(train: 0.29, dev: 0.3, target: 0.28, gap: 0.04), .init(train: 0.3, dev: 0.46, target: 0.28, gap: 0.04),
        ])),
      .edge(
        "better than thought possible, or better on dev",
        Errors([
          .init(train: 0.02, dev: 0.03, target: 0.2, gap: 0.05), .init(train: 0.02, dev: 0.1, target: 0.2, gap: 0.05),
          .init(train: 0.12, dev: 0.02, target: 0.01, gap: 0.05),
          .init(train: 0.12, dev: 0.02, target: 0.11, gap: 0.05),
        ])),
      .edge(
        "small errors, a small gap",
        Errors([
          .init(train: 0.0004, dev: 0.0021, target: 0, gap: 0.001),
          .init(train: 0.0023, dev: 0.0024, target: 0, gap: 0.001),
          .init(train: 0.0004, dev: 0.0008, target: 0, gap: 0.001),
        ])),
      .edge(
        "two small gaps that are a large one together",
        Errors([.init(train: 0.05, dev: 0.09, target: 0.01, gap: 0.06)])),
      .edge(
        "no gap is allowed",
        Errors([
          .init(train: 0.03, dev: 0.02, target: 0.05, gap: 0), .init(train: 0.03, dev: 0.04, target: 0.05, gap: 0),
          .init(train: 0.03, dev: 0.02, target: 0.01, gap: 0),
        ])),
    ]
  ) { lesson, errors in
    let cases = errors.train.indices.map { k in
      lesson.diagnose(
        trainError: errors.train[k], devError: errors.dev[k], targetError: errors.target[k], gap: errors.gap[k])
    }
    return [
      "bias (1: yes, 0: no)": cases.map { $0 == .bias || $0 == .biasAndVariance },
      "variance (1: yes, 0: no)": cases.map { $0 == .variance || $0 == .biasAndVariance },
    ]
  },
]

// MARK: - 14.1

/// Labels and shares, and the seeds of the generators from which they are dealt.
private struct Dealing: Sendable, CustomReflectable {
  var labels: [Int], dev: Double, test: Double, stratified: Bool
  var seed: UInt64 = 14
  /// How often the examples are dealt.
  var splits = 8

  /// What a report shows of it.
  var customMirror: Mirror {
    Mirror(
      self, children: ["labels": labels, "dev": dev, "test": test, "stratified": stratified], displayStyle: .struct)
  }

  init(labels: [Int], dev: Double, test: Double, stratified: Bool) {
    self.labels = labels
    self.dev = dev
    self.test = test
    self.stratified = stratified
  }

  /// Labels one class after the other, `counts[k]` of class k.
  init(sorted counts: [Int], dev: Double, test: Double, stratified: Bool) {
    let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    self.init(labels: labels, dev: dev, test: test, stratified: stratified)
  }

  /// The same in a drawn order, and generators of a drawn seed.
  init(
    counts: [Int], dev: Double, test: Double, stratified: Bool, splits: Int = 8,
    using generator: inout SeededGenerator
  ) {
    self.init(sorted: counts, dev: dev, test: test, stratified: stratified)
    labels = generator.permutation(of: labels.count).map { labels[$0] }
    seed = generator.next()
    self.splits = splits
  }

  /// What must be so of any way to shuffle, found by dealing again and again with generators of different seeds.
  func facts(_ lesson: any MetricsLesson) -> Observation {
    func deal(_ generator: inout SeededGenerator) -> Dealt {
      let split = lesson.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &generator)
      return Dealt([split.train, split.dev, split.test], labels: labels)
    }
    func deal(seed: UInt64) -> Dealt {
      var generator = SeededGenerator(seed: seed)
      return deal(&generator)
    }
    var generators = (0..<splits).map { SeededGenerator(seed: seed &+ UInt64($0)) }
    let all = generators.indices.map { deal(&generators[$0]) }
    let next = generators.indices.map { deal(&generators[$0]) }
    let first = all[0]
    var generator = SeededGenerator(seed: seed)
    let calls = (0..<6).map { _ in deal(&generator) }
    // The order of a Set or a Dictionary changes from run to run, and within a run with its place in memory. So that a split
    // that hangs on it shows, the places are kept from being used again.
    var held: [(Set<Int>, [Int: [Int]])] = []
    let again = (0..<24).map { _ in
      held.append((Set(labels), Dictionary(grouping: labels.indices) { labels[$0] }))
      return deal(seed: seed)
    }
    withExtendedLifetime(held) {}
    let sizesChange = all.contains { $0.sizes != first.sizes }
    let countsChange = all.contains { $0.counts != first.counts }
    // What changes from split to split is told as a fact of its own, and is no number then.
    let names = ["train", "dev", "test"]
    var facts: [(String, any Observable)] = [("the sizes change from split to split (1: yes, 0: no)", sizesChange)]
    facts += (0..<3).map { ("size of \(names[$0])", sizesChange ? .nan : Double(first.sizes[$0])) }
    facts += [
      ("there is a number that is no example's (1: yes, 0: no)", all.contains { $0.hasStranger }),
      ("an example is in no set (1: yes, 0: no)", all.contains { $0.sets.contains(0) }),
      ("an example is in a set twice (1: yes, 0: no)", all.contains { $0.repeats }),
      (
        "an example is in two sets (1: yes, 0: no)",
        all.contains { $0.sets.contains { $0.nonzeroBitCount > 1 } }
      ),
      ("class counts change from split to split (1: yes, 0: no)", countsChange),
    ]
    if stratified {
      facts += (0..<3).map { set in
        (
          "examples in \(names[set]), by class",
          stride(from: set, to: first.counts.count, by: 3).map { countsChange ? .nan : Double(first.counts[$0]) }
        )
      }
    }
    facts += [
      ("the sets are pieces of the file, unshuffled (1: yes, 0: no)", all.allSatisfy { $0.isInPieces(labels: labels) }),
      ("generators of one seed deal alike (1: yes, 0: no)", again.allSatisfy { $0.sets == first.sets }),
      (
        "generators of other seeds deal differently (1: yes, 0: no)",
        [all, next].allSatisfy { Set($0.map(\.sets)).count > splits / 2 }
      ),
      (
        "the same generator deals differently at its next call (1: yes, 0: no)",
        calls.contains { $0.sets != calls[0].sets }
      ),
    ]
    if splits >= 60 {
      facts += (0..<3).map { set in
        let never = labels.indices.filter { i in all.allSatisfy { $0.sets[i] & (1 << set) == 0 } }
        return ("examples that never came into \(names[set]), in \(splits) splits", never.count)
      }
    }
    return Observation(facts: facts)
  }
}

extension Observation {
  fileprivate init(facts: [(String, any Observable)]) {
    self.init(quantities: facts.map { Quantity(name: $0, shape: $1.observedShape, values: $1.observedValues) })
  }
}

/// Three sets of example numbers, and what can be said of them.
private struct Dealt {
  var sizes: [Int]
  /// For each example the sets that it is in, a bit each.
  var sets: [Int]
  /// For each class its examples in each of the three sets.
  var counts: [Int]
  var hasStranger = false, repeats = false

  init(_ split: [[Int]], labels: [Int]) {
    sizes = split.map(\.count)
    sets = Array(repeating: 0, count: labels.count)
    counts = Array(repeating: 0, count: 3 * ((labels.max() ?? 0) + 1))
    for (set, numbers) in split.enumerated() {
      for i in numbers {
        guard labels.indices.contains(i) else {
          hasStranger = true
          continue
        }
        if sets[i] & (1 << set) != 0 { repeats = true }
        sets[i] |= 1 << set
        counts[3 * labels[i] + set] += 1
      }
    }
  }

  /// Whether in each class, or in the whole file, a set's examples follow each other.
  func isInPieces(labels: [Int]) -> Bool {
    // Three sets in pieces change twice at the most.
    func areInPieces(_ examples: [Int]) -> Bool {
      zip(examples, examples.dropFirst()).filter { sets[$0] != sets[$1] }.count <= 2
    }
    return areInPieces(Array(labels.indices))
      || Set(labels).allSatisfy { k in areInPieces(labels.indices.filter { labels[$0] == k }) }
  }
}

// MARK: - 14.2 to 14.6

/// The right classes and a model's.
private struct Predictions: Sendable, ExampleBatch {
  var actual: [Int], predicted: [Int], K: Int
  var examples: Int { actual.count }

  init(actual: [Int], predicted: [Int], K: Int) {
    self.actual = actual
    self.predicted = predicted
    self.K = K
  }

  /// Two thirds right, the others wrong at random, and each class there once.
  init(m: Int, K: Int, using generator: inout SeededGenerator) {
    let order = generator.permutation(of: m)
    actual = order.map { $0 < K ? $0 : generator.integer(below: K) }
    predicted = actual.map { generator.integer(below: 3) < 2 ? $0 : generator.integer(below: K) }
    self.K = K
    // One error that has no counterpart, so that rows and columns cannot be taken for each other.
    actual += [0, 0, 1]
    predicted += [K - 1, K - 1, K - 1]
    for i in actual.indices where actual[i] == K - 1 && predicted[i] == 0 { predicted[i] = K - 1 }
  }

  func permuted(by order: [Int]) -> Predictions {
    Predictions(actual: order.map { actual[$0] }, predicted: order.map { predicted[$0] }, K: K)
  }
}

/// The confusion matrix of these counts.
private func table(_ TN: Double, _ FP: Double, _ FN: Double, _ TP: Double) -> Matrix {
  Matrix([[TN, FP], [FN, TP]])
}

/// Four different counts, TN the largest.
@Sendable private func counts(_ generator: inout SeededGenerator) -> Matrix {
  let FP = 3 + generator.integer(below: 5)
  let FN = FP + 2 + generator.integer(below: 4)
  let TP = FN + 3 + generator.integer(below: 5)
  let TN = TP + 9 + generator.integer(below: 20)
  return Matrix([[Double(TN), Double(FP)], [Double(FN), Double(TP)]])
}

/// Scores and labels.
private struct Scored: Sendable, ExampleBatch {
  var scores: [Double], labels: [Int]
  var examples: Int { scores.count }

  init(scores: [Double], labels: [Int]) {
    self.scores = scores
    self.labels = labels
  }

  /// Scores that all differ; those of class 1 tend to be greater.
  init(m: Int, positives: Int, using generator: inout SeededGenerator) {
    let labels = generator.permutation(of: m).map { $0 < positives ? 1 : 0 }
    let places = generator.permutation(of: m)
    scores = labels.indices.map { i in
      0.4 * generator.uniform() + 0.5 * Double(places[i]) / Double(m) + (labels[i] == 1 ? 0.1 : 0)
    }
    self.labels = labels
  }

  /// Scores that are tenths, with ties, across the classes too.
  init(tied m: Int, positives: Int, using generator: inout SeededGenerator) {
    self.init(m: m, positives: positives, using: &generator)
    scores = labels.map { Double(generator.integer(below: 6) + ($0 == 1 ? 3 : 1)) / 10 }
    // A tie across the classes, and one within class 0.
    let ones = labels.indices.filter { labels[$0] == 1 }
    let zeros = labels.indices.filter { labels[$0] == 0 }
    for i in [ones[0], zeros[0]] { scores[i] = 0.5 }
    for i in [zeros[1], zeros[2]] { scores[i] = 0.3 }
  }

  func permuted(by order: [Int]) -> Scored {
    Scored(scores: order.map { scores[$0] }, labels: order.map { labels[$0] })
  }
}

/// A curve of points, x and y in lists of their own.
private struct Curve: Sendable {
  var FPR: [Double], TPR: [Double]

  var points: [RocPoint] { zip(FPR, TPR).map { RocPoint(falsePositiveRate: $0, truePositiveRate: $1) } }

  init(FPR: [Double], TPR: [Double]) {
    self.FPR = FPR
    self.TPR = TPR
  }

  /// From (0, 0) to (1, 1), up, across or both at a time.
  init(steps: Int, using generator: inout SeededGenerator) {
    var (across, up) = ([0.0], [0.0])
    for k in 0..<steps {
      across.append(across[k] + (k % 4 == 0 ? 0 : 0.1 + generator.uniform()))
      up.append(up[k] + (k % 4 == 2 ? 0 : 0.1 + generator.uniform()))
    }
    self.init(FPR: across.map { $0 / across[steps] }, TPR: up.map { $0 / up[steps] })
  }
}

/// Error rates of several models.
private struct Errors: Sendable {
  var train: [Double], dev: [Double], target: [Double], gap: [Double]

  struct Case {
    var train: Double, dev: Double, target: Double, gap: Double
  }

  init(_ cases: [Case]) {
    train = cases.map(\.train)
    dev = cases.map(\.dev)
    target = cases.map(\.target)
    gap = cases.map(\.gap)
  }

  /// Drawn errors, all four readings among them, each a tenth of the gap or more away from where the reading changes.
  init(count: Int, using generator: inout SeededGenerator) {
    func times(_ isLarge: Bool, _ generator: inout SeededGenerator) -> Double {
      (isLarge ? 1.1 + 2 * generator.uniform() : 0.9 * generator.uniform())
    }
    let first = generator.integer(below: 4)
    self.init(
      (0..<count).map { k in
        let reading = (first + k) % 4
        let gap = 0.01 + 0.05 * generator.uniform()
        let target = 0.2 * generator.uniform()
        let train = target + gap * times(reading % 2 == 1, &generator)
        let dev = train + gap * times(reading >= 2, &generator)
        return Case(train: train, dev: dev, target: target, gap: gap)
      })
  }
}
