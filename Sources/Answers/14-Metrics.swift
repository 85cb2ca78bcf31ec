import Curriculum
import Grading
@testable import MetricsSolution

private let reference = Metrics()

let metrics = Answers<any MetricsLesson>(
  .metrics, metricsSteps, reference,
  mistakes: [
    Mistake(
      "14.1", "the examples are not shuffled before they are cut", NotShuffled(),
      "A file may be sorted by class, by date or by person. Put the numbers in random order first, `generator.permutation(of: m)`, and cut then."
    ),
    Mistake(
      "14.1", "the split is the same, whatever the generator says", AlwaysTheSame(),
      "The numbers must come from the generator that is passed in, so that another seed gives another split: `generator.permutation(of: m)`."
    ),
    Mistake(
      "14.1", "the next call with the same generator deals the same again", GeneratorCopied(),
      "What is drawn must move the generator on. A copy, `var copy = generator`, moves by itself and leaves `generator` where it was: draw from `generator`."
    ),
    Mistake(
      "14.1", "chance comes from elsewhere than the generator", SystemRandomness(),
      "`shuffled()` and `Double.random(in:)` without a generator give other numbers in each run, and nobody can repeat them."
    ),
    Mistake(
      "14.1", "the split hangs on chance from elsewhere than the generator where `stratified` is true",
      ClassesInNoOrder(),
      "A `Set` and a `Dictionary` have another order in each run. If the classes are gone through in that order, and each draws from the generator, one seed gives many splits: sort them first, `Set(labels).sorted()`."
    ),
    Mistake(
      "14.1", "the classes are not told apart although `stratified` is true", NeverStratified(),
      "Shuffle all examples, and then cut each class by itself: those of class 0, those of class 1, and so on."),
    Mistake(
      "14.1", "each class is dealt by itself although `stratified` is false", AlwaysStratified(),
      "Without strata the shuffled examples are cut in one go, and class counts are left to chance."),
    Mistake(
      "14.1", "`stratified` is read the wrong way round", StratifiedTurnedRound(),
      "Class by class where it is true, all in one go where it is false."),
    Mistake(
      "14.1", "the shares are rounded down", RoundedDown(),
      "`Int(4.6)` is 4. Round to the nearest first: `Int((dev * m).rounded())`."),
    Mistake("14.1", "the shares are rounded up", RoundedUp(), "Round to the nearest: `Int((dev * m).rounded())`."),
    Mistake(
      "14.1", "train gets round((1 − dev − test)·m) examples, and test what is left", TestIsTheRest(),
      "It is dev and test that get their rounded shares, round(dev·m) and round(test·m); what is left over goes to train. (A cut at round((dev + test)·m) comes to the same error.)"
    ),
    Mistake(
      "14.1", "train has its own rounded share too, and an example may be left over", TrainRounded(),
      "Three rounded numbers need not add up to m. Train is whatever dev and test have left."),
    Mistake(
      "14.1", "the test share is taken of what dev has left", TestOfRemaining(),
      "Both shares are shares of all examples (of the class): round(test·m), whatever dev has taken."),
    Mistake(
      "14.1", "dev and test are exchanged", DevAndTestExchanged(), "The first share is dev's, the second test's."),
    Mistake(
      "14.1", "train holds the dev examples too", DevInTrain(),
      "What dev got is no longer there for train: each example is in one set only."),
    Mistake(
      "14.1", "train holds the test examples too", TestInTrain(),
      "Train begins where test has ended: each example is in one set only."),
    Mistake(
      "14.1", "train holds all examples", TrainIsAll(),
      "A set that was trained on says nothing about new examples: train is what dev and test have left."),
    Mistake(
      "14.1", "dev and test are the same examples", DevIsTest(),
      "Test begins where dev has ended: each example is in one set only."),
    Mistake(
      "14.1", "some examples come several times, and others not at all", WithReplacement(),
      "`integer(below: m)` may say the same number again. Shuffle the numbers 0 … m − 1, so that each comes once, and hand out these numbers, not the labels."
    ),
    Mistake(
      "14.1", "each example's set is drawn for itself, so that sizes are left to chance", EachForItself(),
      "That gives the shares on average only. Shuffle, then cut at round(dev·m) and round(test·m)."),
    Mistake(
      "14.1", "only the classes 0 and 1 are dealt", TwoClassesOnly(),
      "There may be more classes: take every k that occurs in `labels`."),
    Mistake(
      "14.1", "the last class is not dealt", LastClassLost(),
      "Classes count from 0, so the greatest label is a class too: `0..<max` ends before it."),
    Mistake(
      "14.1", "each class gives the same number of examples", EqualNumbers(),
      "Stratified is not balanced: each class gives the same *share*, so a rare class stays rare."),
    Mistake(
      "14.1", "the sizes are those of all examples together, handed out to the classes by largest remainder",
      TotalsRounded(),
      "Here each class is rounded by itself, round(dev·mₖ), and the sets' sizes are the sums."),
    Mistake("14.1", "the last example is left out", LastLeftOut(), "`0..<m` already ends at m − 1."),
    Mistake("14.1", "the examples are counted from 1", FromOne(), "Their numbers are 0 … m − 1."),

    Mistake(
      "14.2", "rows and columns are exchanged", Transposed(),
      "A row is an actual class, a column a predicted one: `counts[actual, predicted]`."),
    Mistake(
      "14.2", "entries are set to 1 instead of counted up", SetToOne(), "Each example adds 1 to its entry: `+= 1`."),
    Mistake(
      "14.2", "only right answers are counted", DiagonalOnly(),
      "Wrong ones belong into the table too, beside the diagonal."),
    Mistake("14.2", "the entries are shares of all examples", SharesOfAll(), "They are counts: 14.3 divides them."),
    Mistake("14.2", "the entries are shares of their rows", SharesOfRows(), "They are counts: 14.3 divides them."),
    Mistake(
      "14.2", "K is taken from the largest class there is", LargestForK(),
      "A class that does not occur here still has its row and its column: the matrix is (K, K)."),
    Mistake(
      "14.2", "the last class stands first", LastClassFirst(),
      "Class 0 has row 0 and column 0. (Some books put the positive class first.)"),
    Mistake("14.2", "the first example is left out", FirstLeftOut(), "Count all of them, from 0."),
    Mistake("14.2", "the last example is left out", LastPairLeftOut(), "`0..<m` already ends at m − 1."),

    Mistake(
      "14.3", "class 0 is taken for the positive one", ZeroIsPositive(),
      "Class 1 is the positive one: TN is `confusion[0, 0]`, and TP is `confusion[1, 1]`."),
    Mistake(
      "14.3", "rows are taken for predictions", RowsArePredictions(),
      "A row is an actual class: FP is `confusion[0, 1]`, a 0 taken for 1, and FN is `confusion[1, 0]`."),
    Mistake(
      "14.3", "precision and recall are exchanged", PrecisionRecallExchanged(),
      "Precision is the share of the *taken for 1* that are 1, recall the share of the 1 that were *taken for* 1."),
    Mistake(
      "14.3", "specificity and recall are exchanged", SpecificityRecallExchanged(),
      "Recall is a share of the actual 1, the second row; specificity is a share of the actual 0, the first."),
    Mistake(
      "14.3", "nothing is done about a denominator of 0", NoGuards(),
      "0/0 is NaN. Ask first whether the denominator is 0, and answer 0 then."),
    Mistake(
      "14.3", "accuracy is 0/0 where there are no examples", AccuracyNotGuarded(),
      "That is NaN. Ask first whether m is 0, and answer 0 then."),
    Mistake(
      "14.3", "precision is 0/0 where nothing is taken for 1", PrecisionNotGuarded(),
      "That is NaN. Ask first whether TP + FP is 0, and answer 0 then."),
    Mistake(
      "14.3", "recall is 0/0 where there is no example of class 1", RecallNotGuarded(),
      "That is NaN. Ask first whether TP + FN is 0, and answer 0 then."),
    Mistake(
      "14.3", "specificity is 0/0 where there is no example of class 0", SpecificityNotGuarded(),
      "That is NaN. Ask first whether TN + FP is 0, and answer 0 then."),
    Mistake(
      "14.3", "F1 is 0/0 where class 1 neither occurs nor is predicted", F1CountsNotGuarded(),
      "That is NaN. Ask first whether 2TP + FP + FN is 0, and answer 0 then."),
    Mistake(
      "14.3", "a fraction with denominator 0 is 1", ZeroIsOne(), "Whatever is divided by 0 is 0 here."),
    Mistake(
      "14.3", "precision is 1 where nothing is taken for 1", PrecisionOfNothing(),
      "That is another convention. Here whatever is divided by 0 is 0, precision too."),
    Mistake(
      "14.3", "specificity is 1 where there is no example of class 0", SpecificityOfNothing(),
      "Here whatever is divided by 0 is 0. (1 − FPR gives 1 there if FPR is 0: take TN/(TN + FP) itself.)"),
    Mistake(
      "14.3", "F1 is 2PR/(P + R) without a thought for P + R = 0", F1NotGuarded(),
      "Where precision and recall are both 0, that is 0/0. With counts, 2TP/(2TP + FP + FN), only one denominator needs care."
    ),
    Mistake(
      "14.3", "F1 is the plain mean of precision and recall", F1Arithmetic(),
      "F1 is their harmonic mean, 2PR/(P + R): it is low where one of the two is."),
    Mistake(
      "14.3", "F1 is their geometric mean", F1Geometric(),
      "F1 is the harmonic mean of precision and recall, 2PR/(P + R)."),
    Mistake(
      "14.3", "F1 is half of what it should be", F1Half(),
      "Above the line stands a 2: 2PR/(P + R), which is 2TP/(2TP + FP + FN)."),
    Mistake(
      "14.3", "F1 is TP/(TP + FP + FN)", F1Jaccard(), "TP counts twice, above and below: 2TP/(2TP + FP + FN)."),
    Mistake(
      "14.3", "specificity is FP/(TN + FP)", SpecificityFPR(),
      "That is the false positive rate, 1 less specificity: above the line stands TN."),
    Mistake(
      "14.3", "specificity is TN/(TN + FN)", SpecificityNPV(),
      "Specificity is a share of the actual 0, the first *row*: TN/(TN + FP)."),
    Mistake(
      "14.3", "accuracy is the mean of recall and specificity", AccuracyBalanced(),
      "That is called balanced accuracy. Accuracy is the share of right answers among all."),
    Mistake("14.3", "accuracy counts TP alone as right", AccuracyTP(), "A 0 taken for 0 is right too: (TP + TN)/m."),
    Mistake(
      "14.3", "the error rate stands in place of accuracy", ErrorRate(),
      "Accuracy is the share that is right, 1 less that."),
    Mistake(
      "14.3", "whole numbers are divided", WholeDivision(),
      "3/4 of two `Int` is 0. Divide the `Double` that the matrix holds."),

    Mistake(
      "14.4", "positive means score > threshold", StrictThreshold(),
      "The examples whose score *is* the threshold are taken for 1 as well: `>=`."),
    Mistake(
      "14.4", "positive means score > threshold, and (1, 1) is put at the end", StrictThenEnd(),
      "The examples whose score *is* the threshold are taken for 1 as well: `>=`. Then the greatest score no longer gives (0, 0) once more, and the least gives the end by itself."
    ),
    Mistake(
      "14.4", "the scores are sorted, and the labels stay where they were", LabelsStay(),
      "Each score has its own label. Sort pairs, or the example numbers: `scores.indices.sorted { scores[$0] > scores[$1] }`."
    ),
    Mistake(
      "14.4", "each example makes a point of its own, equal scores too", TiesOneByOne(),
      "No threshold parts examples of equal score: they move together, up and across at once."),
    Mistake(
      "14.4", "equal scores give the same point again and again", PointsAgain(),
      "Take each different score once: `Set(scores)` drops the repetitions."),
    Mistake(
      "14.4", "(0, 0) is missing", WithoutStart(),
      "The curve begins at a threshold above all scores: nothing is taken for 1."),
    Mistake(
      "14.4", "the last point is missing", WithoutEnd(),
      "The least score is a threshold too: from there on everything is taken for 1."),
    Mistake("14.4", "the last point is there twice", EndTwice(), "The least score already gives it."),
    Mistake(
      "14.4", "(1, 1) is put at the end once more", OneOneAppended(),
      "The least score already gives the last point, and without a class it is not (1, 1)."),
    Mistake(
      "14.4", "the two rates are exchanged, or class 0 is taken for the positive one", RatesExchanged(),
      "FPR, across, counts examples of class 0; TPR, up, those of class 1."),
    Mistake(
      "14.4", "the points come from (1, 1) to (0, 0)", Backwards(), "Begin with the greatest score: thresholds fall."),
    Mistake(
      "14.4", "both rates are shares of all examples", SharesOfAllExamples(),
      "FP is divided by the number of examples of class 0, TP by that of class 1."),
    Mistake(
      "14.4", "FP is divided by the number of examples taken for 1", OfTakenForOne(),
      "A rate is a share of an *actual* class: FP/N."),
    Mistake(
      "14.4", "specificity stands in place of the false positive rate after the first point", SpecificityForFPR(),
      "FPR = FP/N = 1 − specificity: it begins at 0."),
    Mistake(
      "14.4", "a low score counts for class 1", LowIsPositive(),
      "The greater the score, the more it is class 1: score ≥ t, t falling."),
    Mistake(
      "14.4", "the thresholds are 1, 0.9, … 0", TenthsAsThresholds(),
      "Scores need not be tenths, nor lie between 0 and 1. Take every different score once."),
    Mistake(
      "14.4", "points on straight lines are left out", CornersOnly(),
      "The area is the same without them; here each different score has its point."),
    Mistake(
      "14.4", "nothing is done about a class without examples", RatesNotGuarded(),
      "0/0 is NaN: a rate of a class without examples is 0."),

    Mistake(
      "14.5", "the heights are those on the left", LeftHeights(),
      "A slanting piece is a trapezium: take the mean of its two heights. Else ties count as errors."),
    Mistake(
      "14.5", "the heights are those on the right", RightHeights(),
      "A slanting piece is a trapezium: take the mean of its two heights. Else ties count as right."),
    Mistake(
      "14.5", "the ½ is left out", WithoutHalf(), "A trapezium's height is the *mean* of both sides, (y₁ + y₂)/2."),
    Mistake(
      "14.5", "the axes are exchanged", AxesExchanged(),
      "Widths are differences of the false positive rate, heights are true positive rates."),
    Mistake("14.5", "the sign is turned", AreaNegative(), "Right less left: widths are not negative."),
    Mistake("14.5", "the last piece is left out", LastPieceLeftOut(), "n points have n − 1 pieces between them."),
    Mistake(
      "14.5", "the first piece is left out", FirstPieceLeftOut(),
      "n points have n − 1 pieces between them, the first from point 0 to point 1."),
    Mistake(
      "14.5", "all points are taken to be equally far apart", EquallySpaced(),
      "Each piece has a width of its own: the difference of the two false positive rates."),
    Mistake(
      "14.5", "an area below ½ is turned into 1 less it", TurnedRound(),
      "A classifier that is worse than chance shall show as one."),
    Mistake(
      "14.5", "1 − area is returned", AreaAbove(), "That is the area above the curve. Asked for is the one below."),
    Mistake(
      "14.5", "2·area − 1 is returned", GiniForArea(), "That is the Gini coefficient. Asked for is the area itself."),

    Mistake(
      "14.6", "bias is read from the train error alone", TargetIgnored(),
      "Where nobody can do better than 28 %, an error of 29 % is no bias: take the difference from the target."),
    Mistake(
      "14.6", "bias is read from the dev error", BiasFromDev(),
      "How well the training set itself was learnt is train − target. What dev adds is variance."),
    Mistake(
      "14.6", "variance is read against the target", VarianceFromTarget(),
      "dev − target holds both. Variance is what comes on top of the train error: dev − train."),
    Mistake(
      "14.6", "variance is read from the dev error alone", VarianceFromDevAlone(),
      "A model that is as bad on its own training examples has no variance: take the difference from the train error."),
    Mistake(
      "14.6", "bias and variance are exchanged", DiagnosisExchanged(),
      "Bias shows in train − target, variance in dev − train."),
    Mistake(
      "14.6", "variance is not looked for where there is bias", BiasHidesVariance(),
      "A model may have both: ask two questions, one not inside the other's `else`."),
    Mistake(
      "14.6", "bias is not looked for where there is variance", VarianceHidesBias(),
      "A model may have both: ask two questions, one not inside the other's `else`."),
    Mistake(
      "14.6", "the differences are taken without their sign", DifferencesWithoutSign(),
      "Better than the target, or better on dev than on train, is no trouble: no absolute values."),
    Mistake(
      "14.6", "differences below the gap count too", GapIgnored(),
      "A small difference may be chance: it has to exceed the gap."),
    Mistake(
      "14.6", "the gap is a factor", GapAsRatio(),
      "The gap is a difference of error rates: train − target > gap."),
  ])

// MARK: 14.1

/// Deals as the reference does, by another order and other rules.
private func dealt(
  _ labels: [Int], stratified: Bool, order: [Int],
  sizes: (_ m: Double) -> (dev: Int, test: Int)
) -> DataSplit {
  let groups = stratified ? Set(labels).sorted().map { k in order.filter { labels[$0] == k } } : [order]
  var split = DataSplit(train: [], dev: [], test: [])
  for group in groups {
    let (dev, test) = sizes(Double(group.count))
    let devEnd = min(max(dev, 0), group.count)
    let testEnd = min(devEnd + max(test, 0), group.count)
    split.dev += group[..<devEnd]
    split.test += group[devEnd..<testEnd]
    split.train += group[testEnd...]
  }
  return split
}

private func rounded(_ dev: Double, _ test: Double) -> (_ m: Double) -> (dev: Int, test: Int) {
  { m in (Int((dev * m).rounded()), Int((test * m).rounded())) }
}

private struct NotShuffled: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    dealt(labels, stratified: stratified, order: Array(labels.indices), sizes: rounded(dev, test))
  }
}

private struct AlwaysTheSame: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    var own = SeededGenerator(seed: 1)
    return reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &own)
  }
}

private struct GeneratorCopied: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    var copy = generator
    return reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &copy)
  }
}

private struct SystemRandomness: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    dealt(labels, stratified: stratified, order: labels.indices.shuffled(), sizes: rounded(dev, test))
  }
}

private struct NeverStratified: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    reference.split(labels: labels, dev: dev, test: test, stratified: false, using: &generator)
  }
}

private struct AlwaysStratified: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    reference.split(labels: labels, dev: dev, test: test, stratified: true, using: &generator)
  }
}

private struct ClassesInNoOrder: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let groups =
      stratified
      ? Set(labels).shuffled().map { k in labels.indices.filter { labels[$0] == k } } : [Array(labels.indices)]
    var split = DataSplit(train: [], dev: [], test: [])
    for group in groups {
      let order = generator.permutation(of: group.count).map { group[$0] }
      let part = dealt(labels, stratified: false, order: order, sizes: rounded(dev, test))
      split.dev += part.dev
      split.test += part.test
      split.train += part.train
    }
    return split
  }
}

private struct StratifiedTurnedRound: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    reference.split(labels: labels, dev: dev, test: test, stratified: !stratified, using: &generator)
  }
}

private struct RoundedDown: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    dealt(labels, stratified: stratified, order: generator.permutation(of: labels.count)) { m in
      (Int(dev * m), Int(test * m))
    }
  }
}

private struct RoundedUp: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    dealt(labels, stratified: stratified, order: generator.permutation(of: labels.count)) { m in
      (Int((dev * m).rounded(.up)), Int((test * m).rounded(.up)))
    }
  }
}

private struct TestIsTheRest: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    dealt(labels, stratified: stratified, order: generator.permutation(of: labels.count)) { m in
      let devCount = Int((dev * m).rounded())
      return (devCount, Int(m) - devCount - Int(((1 - dev - test) * m).rounded()))
    }
  }
}

private struct TrainRounded: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let order = generator.permutation(of: labels.count)
    let groups = stratified ? Set(labels).sorted().map { k in order.filter { labels[$0] == k } } : [order]
    var split = DataSplit(train: [], dev: [], test: [])
    for group in groups {
      let m = Double(group.count)
      let (devCount, testCount) = rounded(dev, test)(m)
      split.dev += group.prefix(devCount)
      split.test += group.dropFirst(devCount).prefix(testCount)
      split.train += group.dropFirst(devCount + testCount).prefix(Int(((1 - dev - test) * m).rounded()))
    }
    return split
  }
}

private struct TestOfRemaining: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    dealt(labels, stratified: stratified, order: generator.permutation(of: labels.count)) { m in
      let devCount = (dev * m).rounded()
      return (Int(devCount), Int((test * (m - devCount)).rounded()))
    }
  }
}

private struct DevAndTestExchanged: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    reference.split(labels: labels, dev: test, test: dev, stratified: stratified, using: &generator)
  }
}

private struct DevInTrain: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    var split = reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &generator)
    split.train += split.dev
    return split
  }
}

private struct TestInTrain: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    var split = reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &generator)
    split.train += split.test
    return split
  }
}

private struct TrainIsAll: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    var split = reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &generator)
    split.train += split.dev + split.test
    return split
  }
}

private struct DevIsTest: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let order = generator.permutation(of: labels.count)
    let groups = stratified ? Set(labels).sorted().map { k in order.filter { labels[$0] == k } } : [order]
    var split = DataSplit(train: [], dev: [], test: [])
    for group in groups {
      let (devCount, testCount) = rounded(dev, test)(Double(group.count))
      split.dev += group.prefix(devCount)
      split.test += group.prefix(testCount)
      split.train += group.dropFirst(devCount + testCount)
    }
    return split
  }
}

private struct WithReplacement: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let groups =
      stratified
      ? Set(labels).sorted().map { k in labels.indices.filter { labels[$0] == k } } : [Array(labels.indices)]
    var split = DataSplit(train: [], dev: [], test: [])
    for group in groups {
      let drawn = group.map { _ in group[generator.integer(below: group.count)] }
      let (devCount, testCount) = rounded(dev, test)(Double(group.count))
      split.dev += drawn.prefix(devCount)
      split.test += drawn.dropFirst(devCount).prefix(testCount)
      split.train += drawn.dropFirst(devCount + testCount)
    }
    return split
  }
}

private struct EachForItself: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    var split = DataSplit(train: [], dev: [], test: [])
    for i in labels.indices {
      let u = generator.uniform()
      if u < dev {
        split.dev.append(i)
      } else if u < dev + test {
        split.test.append(i)
      } else {
        split.train.append(i)
      }
    }
    return split
  }
}

private struct TwoClassesOnly: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let split = reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &generator)
    guard stratified else { return split }
    func few(_ numbers: [Int]) -> [Int] { numbers.filter { labels[$0] <= 1 } }
    return DataSplit(train: few(split.train), dev: few(split.dev), test: few(split.test))
  }
}

private struct LastClassLost: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let split = reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &generator)
    guard stratified, let last = labels.max() else { return split }
    func few(_ numbers: [Int]) -> [Int] { numbers.filter { labels[$0] < last } }
    return DataSplit(train: few(split.train), dev: few(split.dev), test: few(split.test))
  }
}

private struct EqualNumbers: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let classes = Double(stratified ? Set(labels).count : 1)
    let m = Double(labels.count)
    return dealt(labels, stratified: stratified, order: generator.permutation(of: labels.count)) { _ in
      rounded(dev / classes, test / classes)(m)
    }
  }
}

private struct TotalsRounded: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let order = generator.permutation(of: labels.count)
    let groups = stratified ? Set(labels).sorted().map { k in order.filter { labels[$0] == k } } : [order]
    /// Whole numbers with the right sum: those with the largest fractions are rounded up.
    func quotas(_ share: Double) -> [Int] {
      var quotas = groups.map { Int(share * Double($0.count)) }
      let fractions = groups.map { share * Double($0.count) }.map { $0 - $0.rounded(.down) }
      let missing = Int((share * Double(labels.count)).rounded()) - quotas.reduce(0, +)
      for k in fractions.indices.sorted(by: { fractions[$0] > fractions[$1] }).prefix(max(missing, 0)) {
        quotas[k] += 1
      }
      return quotas
    }
    let (devCounts, testCounts) = (quotas(dev), quotas(test))
    var split = DataSplit(train: [], dev: [], test: [])
    for (k, group) in groups.enumerated() {
      split.dev += group.prefix(devCounts[k])
      split.test += group.dropFirst(devCounts[k]).prefix(testCounts[k])
      split.train += group.dropFirst(devCounts[k] + testCounts[k])
    }
    return split
  }
}

private struct LastLeftOut: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    reference.split(
      labels: labels.dropLast(), dev: dev, test: test, stratified: stratified, using: &generator)
  }
}

private struct FromOne: MetricsLesson {
  func split(labels: [Int], dev: Double, test: Double, stratified: Bool, using generator: inout SeededGenerator)
    -> DataSplit
  {
    let split = reference.split(labels: labels, dev: dev, test: test, stratified: stratified, using: &generator)
    return DataSplit(train: split.train.map { $0 + 1 }, dev: split.dev.map { $0 + 1 }, test: split.test.map { $0 + 1 })
  }
}

// MARK: 14.2

private struct Transposed: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    reference.confusionMatrix(actual: predicted, predicted: actual, classes: K)
  }
}

private struct SetToOne: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    min(reference.confusionMatrix(actual: actual, predicted: predicted, classes: K), 1)
  }
}

private struct DiagonalOnly: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    reference.confusionMatrix(actual: actual, predicted: predicted, classes: K) .* Matrix.identity(K)
  }
}

private struct SharesOfAll: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    reference.confusionMatrix(actual: actual, predicted: predicted, classes: K) / max(Double(actual.count), 1)
  }
}

private struct SharesOfRows: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    let counts = reference.confusionMatrix(actual: actual, predicted: predicted, classes: K)
    return counts ./ max(counts.rowSums(), 1)
  }
}

private struct LargestForK: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    let classes = ((actual + predicted).max() ?? 0) + 1
    return reference.confusionMatrix(actual: actual, predicted: predicted, classes: classes)
  }
}

private struct LastClassFirst: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    reference.confusionMatrix(actual: actual.map { K - 1 - $0 }, predicted: predicted.map { K - 1 - $0 }, classes: K)
  }
}

private struct FirstLeftOut: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    reference.confusionMatrix(actual: Array(actual.dropFirst()), predicted: Array(predicted.dropFirst()), classes: K)
  }
}

private struct LastPairLeftOut: MetricsLesson {
  func confusionMatrix(actual: [Int], predicted: [Int], classes K: Int) -> Matrix {
    reference.confusionMatrix(actual: actual.dropLast(), predicted: predicted.dropLast(), classes: K)
  }
}

// MARK: 14.3

private struct ZeroIsPositive: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    reference.metrics(
      confusion: [[confusion[1, 1], confusion[1, 0]], [confusion[0, 1], confusion[0, 0]]])
  }
}

private struct RowsArePredictions: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { reference.metrics(confusion: confusion.T) }
}

private struct PrecisionRecallExchanged: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    (metrics.precision, metrics.recall) = (metrics.recall, metrics.precision)
    return metrics
  }
}

private struct SpecificityRecallExchanged: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    (metrics.specificity, metrics.recall) = (metrics.recall, metrics.specificity)
    return metrics
  }
}

/// The five fractions, with an answer of one's own to a denominator of 0.
private func fractions(_ confusion: Matrix, _ divide: (_ part: Double, _ whole: Double) -> Double) -> BinaryMetrics {
  let (TN, FP, FN, TP) = (confusion[0, 0], confusion[0, 1], confusion[1, 0], confusion[1, 1])
  return BinaryMetrics(
    accuracy: divide(TP + TN, TP + TN + FP + FN), precision: divide(TP, TP + FP), recall: divide(TP, TP + FN),
    specificity: divide(TN, TN + FP), f1: divide(2 * TP, 2 * TP + FP + FN))
}

private struct NoGuards: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { fractions(confusion) { $0 / $1 } }
}

/// The right metrics with one fraction that is NaN where its denominator is 0.
private func unguarded(_ confusion: Matrix, _ part: WritableKeyPath<BinaryMetrics, Double>) -> BinaryMetrics {
  var metrics = reference.metrics(confusion: confusion)
  metrics[keyPath: part] = NoGuards().metrics(confusion: confusion)[keyPath: part]
  return metrics
}

private struct AccuracyNotGuarded: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { unguarded(confusion, \.accuracy) }
}

private struct PrecisionNotGuarded: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { unguarded(confusion, \.precision) }
}

private struct RecallNotGuarded: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { unguarded(confusion, \.recall) }
}

private struct SpecificityNotGuarded: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { unguarded(confusion, \.specificity) }
}

private struct F1CountsNotGuarded: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { unguarded(confusion, \.f1) }
}

private struct ZeroIsOne: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { fractions(confusion) { $1 == 0 ? 1 : $0 / $1 } }
}

private struct WholeDivision: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    fractions(confusion) { $1 == 0 ? 0 : ($0 / $1).rounded(.down) }
  }
}

private struct PrecisionOfNothing: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    if confusion[0, 1] + confusion[1, 1] == 0 { metrics.precision = 1 }
    return metrics
  }
}

private struct SpecificityOfNothing: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    if confusion[0, 0] + confusion[0, 1] == 0 { metrics.specificity = 1 }
    return metrics
  }
}

/// The right metrics with another F1, made of precision and recall.
private func withF1(_ confusion: Matrix, _ f1: (_ precision: Double, _ recall: Double) -> Double) -> BinaryMetrics {
  var metrics = reference.metrics(confusion: confusion)
  metrics.f1 = f1(metrics.precision, metrics.recall)
  return metrics
}

private struct F1NotGuarded: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { withF1(confusion) { 2 * $0 * $1 / ($0 + $1) } }
}

private struct F1Arithmetic: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { withF1(confusion) { ($0 + $1) / 2 } }
}

private struct F1Geometric: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics { withF1(confusion) { ($0 * $1).squareRoot() } }
}

private struct F1Half: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    withF1(confusion) { $0 + $1 == 0 ? 0 : $0 * $1 / ($0 + $1) }
  }
}

private struct F1Jaccard: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    let all = confusion[1, 1] + confusion[0, 1] + confusion[1, 0]
    metrics.f1 = all == 0 ? 0 : confusion[1, 1] / all
    return metrics
  }
}

private struct SpecificityFPR: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    let zeros = confusion[0, 0] + confusion[0, 1]
    metrics.specificity = zeros == 0 ? 0 : confusion[0, 1] / zeros
    return metrics
  }
}

private struct SpecificityNPV: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    let takenForZero = confusion[0, 0] + confusion[1, 0]
    metrics.specificity = takenForZero == 0 ? 0 : confusion[0, 0] / takenForZero
    return metrics
  }
}

private struct AccuracyBalanced: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    metrics.accuracy = (metrics.recall + metrics.specificity) / 2
    return metrics
  }
}

private struct AccuracyTP: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    metrics.accuracy = confusion.sum() == 0 ? 0 : confusion[1, 1] / confusion.sum()
    return metrics
  }
}

private struct ErrorRate: MetricsLesson {
  func metrics(confusion: Matrix) -> BinaryMetrics {
    var metrics = reference.metrics(confusion: confusion)
    metrics.accuracy = confusion.sum() == 0 ? 0 : 1 - metrics.accuracy
    return metrics
  }
}

// MARK: 14.4

/// A point for each threshold, “taken for 1” and the two rates said by the caller.
private func curve(
  _ scores: [Double], _ labels: [Int], thresholds: [Double], isOne: (_ score: Double, _ threshold: Double) -> Bool,
  point: (_ FP: Double, _ TP: Double, _ N: Double, _ P: Double) -> RocPoint
) -> [RocPoint] {
  let P = Double(labels.filter { $0 == 1 }.count)
  let N = Double(labels.count) - P
  return thresholds.map { threshold in
    let taken = zip(scores, labels).filter { isOne($0.0, threshold) }
    let TP = Double(taken.filter { $0.1 == 1 }.count)
    return point(Double(taken.count) - TP, TP, N, P)
  }
}

private func share(_ part: Double, _ whole: Double) -> Double { whole == 0 ? 0 : part / whole }

private func rates(_ FP: Double, _ TP: Double, _ N: Double, _ P: Double) -> RocPoint {
  RocPoint(falsePositiveRate: share(FP, N), truePositiveRate: share(TP, P))
}

private func falling(_ scores: [Double]) -> [Double] { Set(scores).sorted(by: >) }

private let origin = RocPoint(falsePositiveRate: 0, truePositiveRate: 0)
private let corner = RocPoint(falsePositiveRate: 1, truePositiveRate: 1)

private struct StrictThreshold: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin] + curve(scores, labels, thresholds: falling(scores), isOne: >, point: rates)
  }
}

private struct StrictThenEnd: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    StrictThreshold().rocCurve(scores: scores, labels: labels) + [corner]
  }
}

private struct LabelsStay: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    reference.rocCurve(scores: scores.sorted(by: >), labels: labels)
  }
}

private struct TiesOneByOne: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    let P = Double(labels.filter { $0 == 1 }.count)
    let N = Double(labels.count) - P
    var (FP, TP) = (0.0, 0.0)
    return [origin]
      + labels.indices.sorted { (scores[$0], -$0) > (scores[$1], -$1) }.map { i in
        if labels[i] == 1 { TP += 1 } else { FP += 1 }
        return rates(FP, TP, N, P)
      }
  }
}

private struct PointsAgain: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin] + curve(scores, labels, thresholds: scores.sorted(by: >), isOne: >=, point: rates)
  }
}

private struct WithoutStart: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    Array(reference.rocCurve(scores: scores, labels: labels).dropFirst())
  }
}

private struct WithoutEnd: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin] + curve(scores, labels, thresholds: falling(scores).dropLast(), isOne: >=, point: rates)
  }
}

private struct EndTwice: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    let points = reference.rocCurve(scores: scores, labels: labels)
    return points + points.suffix(1)
  }
}

private struct OneOneAppended: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    reference.rocCurve(scores: scores, labels: labels) + [corner]
  }
}

private struct RatesExchanged: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    reference.rocCurve(scores: scores, labels: labels).map {
      RocPoint(falsePositiveRate: $0.truePositiveRate, truePositiveRate: $0.falsePositiveRate)
    }
  }
}

private struct Backwards: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    reference.rocCurve(scores: scores, labels: labels).reversed()
  }
}

private struct SharesOfAllExamples: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin]
      + curve(scores, labels, thresholds: falling(scores), isOne: >=) { FP, TP, N, P in
        RocPoint(falsePositiveRate: FP / (N + P), truePositiveRate: TP / (N + P))
      }
  }
}

private struct OfTakenForOne: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin]
      + curve(scores, labels, thresholds: falling(scores), isOne: >=) { FP, TP, N, P in
        RocPoint(falsePositiveRate: share(FP, FP + TP), truePositiveRate: share(TP, P))
      }
  }
}

private struct SpecificityForFPR: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin]
      + curve(scores, labels, thresholds: falling(scores), isOne: >=) { FP, TP, N, P in
        RocPoint(falsePositiveRate: share(N - FP, N), truePositiveRate: share(TP, P))
      }
  }
}

private struct LowIsPositive: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin] + curve(scores, labels, thresholds: falling(scores).reversed(), isOne: <=, point: rates)
  }
}

private struct TenthsAsThresholds: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    let tenths = stride(from: 10, through: 0, by: -1).map { Double($0) / 10 }
    return [origin] + curve(scores, labels, thresholds: tenths, isOne: >=, point: rates)
  }
}

private struct CornersOnly: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    let points = reference.rocCurve(scores: scores, labels: labels)
    return points.indices.filter { i in
      guard i > 0, i < points.count - 1 else { return true }
      let (a, b, c) = (points[i - 1], points[i], points[i + 1])
      let turn =
        (b.falsePositiveRate - a.falsePositiveRate) * (c.truePositiveRate - b.truePositiveRate)
        - (c.falsePositiveRate - b.falsePositiveRate) * (b.truePositiveRate - a.truePositiveRate)
      return abs(turn) > 1e-12
    }.map { points[$0] }
  }
}

private struct RatesNotGuarded: MetricsLesson {
  func rocCurve(scores: [Double], labels: [Int]) -> [RocPoint] {
    [origin]
      + curve(scores, labels, thresholds: falling(scores), isOne: >=) { FP, TP, N, P in
        RocPoint(falsePositiveRate: FP / N, truePositiveRate: TP / P)
      }
  }
}

// MARK: 14.5

/// The sum over the pieces between points.
private func pieces(_ points: [RocPoint], _ piece: (_ left: RocPoint, _ right: RocPoint) -> Double) -> Double {
  zip(points, points.dropFirst()).map(piece).reduce(0, +)
}

private func width(_ left: RocPoint, _ right: RocPoint) -> Double { right.falsePositiveRate - left.falsePositiveRate }

private struct LeftHeights: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { pieces(points) { width($0, $1) * $0.truePositiveRate } }
}

private struct RightHeights: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { pieces(points) { width($0, $1) * $1.truePositiveRate } }
}

private struct WithoutHalf: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { 2 * reference.areaUnderCurve(points) }
}

private struct AxesExchanged: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double {
    pieces(points) {
      ($1.truePositiveRate - $0.truePositiveRate) * ($0.falsePositiveRate + $1.falsePositiveRate) / 2
    }
  }
}

private struct AreaNegative: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { -reference.areaUnderCurve(points) }
}

private struct LastPieceLeftOut: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { reference.areaUnderCurve(points.dropLast()) }
}

private struct FirstPieceLeftOut: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { reference.areaUnderCurve(Array(points.dropFirst())) }
}

private struct EquallySpaced: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double {
    pieces(points) { ($0.truePositiveRate + $1.truePositiveRate) / 2 } / Double(max(points.count - 1, 1))
  }
}

private struct TurnedRound: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double {
    let area = reference.areaUnderCurve(points)
    return max(area, 1 - area)
  }
}

private struct AreaAbove: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { 1 - reference.areaUnderCurve(points) }
}

private struct GiniForArea: MetricsLesson {
  func areaUnderCurve(_ points: [RocPoint]) -> Double { 2 * reference.areaUnderCurve(points) - 1 }
}

// MARK: 14.6

private func diagnosis(bias: Bool, variance: Bool) -> Diagnosis {
  bias ? (variance ? .biasAndVariance : .bias) : (variance ? .variance : .fine)
}

private struct TargetIgnored: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: trainError > gap, variance: devError - trainError > gap)
  }
}

private struct BiasFromDev: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: devError - targetError > gap, variance: devError - trainError > gap)
  }
}

private struct VarianceFromTarget: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: trainError - targetError > gap, variance: devError - targetError > gap)
  }
}

private struct VarianceFromDevAlone: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: trainError - targetError > gap, variance: devError > gap)
  }
}

private struct DiagnosisExchanged: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: devError - trainError > gap, variance: trainError - targetError > gap)
  }
}

private struct BiasHidesVariance: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    let bias = trainError - targetError > gap
    return diagnosis(bias: bias, variance: !bias && devError - trainError > gap)
  }
}

private struct VarianceHidesBias: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    let variance = devError - trainError > gap
    return diagnosis(bias: !variance && trainError - targetError > gap, variance: variance)
  }
}

private struct DifferencesWithoutSign: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: abs(trainError - targetError) > gap, variance: abs(devError - trainError) > gap)
  }
}

private struct GapIgnored: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: trainError > targetError, variance: devError > trainError)
  }
}

private struct GapAsRatio: MetricsLesson {
  func diagnose(trainError: Double, devError: Double, targetError: Double, gap: Double) -> Diagnosis {
    diagnosis(bias: trainError > targetError * (1 + gap), variance: devError > trainError * (1 + gap))
  }
}
