import LinearAlgebra

/// Examples with their answers, one example a column.
///
/// Letters: n features, m examples, K classes.
public struct Dataset: Equatable, Sendable {
  /// The features, (n, m).
  public let X: Matrix
  /// The answers, (1, m): class numbers 0 ..< K, or the target of a regression.
  public let Y: Matrix
  /// What each row of `X` measures, n names.
  public let featureNames: [String]
  /// What each class number stands for, K names; none for a regression.
  public let classNames: [String]
  /// The answers as class numbers, m of them; none for a regression.
  public let labels: [Int]

  /// Puts features and answers together; stops the program if their shapes, names or labels do not fit.
  ///
  /// - Parameters:
  ///   - X: The features, (n, m).
  ///   - Y: The answers, (1, m); whole numbers 0 ..< K if there are class names.
  ///   - featureNames: n names.
  ///   - classNames: K names, or none for a regression.
  public init(X: Matrix, Y: Matrix, featureNames: [String], classNames: [String] = []) {
    guard Y.rows == 1, Y.columns == X.columns else {
      fatalError("X (\(X.rows), \(X.columns)) needs answers Y (1, \(X.columns)), not (\(Y.rows), \(Y.columns))")
    }
    guard featureNames.count == X.rows else {
      fatalError("a data set of \(X.rows) features needs \(X.rows) feature names and was given \(featureNames.count)")
    }
    if !classNames.isEmpty, let label = Y.elements.first(where: { !isLabel($0, among: classNames.count) }) {
      fatalError("with \(classNames.count) class names a label is one of 0 ..< \(classNames.count), not \(label)")
    }
    self.X = X
    self.Y = Y
    self.featureNames = featureNames
    self.classNames = classNames
    labels = classNames.isEmpty ? [] : Y.elements.map { Int($0) }
  }

  /// The number of features, n.
  public var featureCount: Int { X.rows }

  /// The number of examples, m.
  public var exampleCount: Int { X.columns }

  /// How many examples each class has, K numbers; none for a regression.
  public var classCounts: [Int] {
    labels.reduce(into: Array(repeating: 0, count: classNames.count)) { counts, label in counts[label] += 1 }
  }

  /// The examples at these indices, in this order; an index may come more than once.
  public func examples(at indices: [Int]) -> Dataset {
    if let index = indices.first(where: { !(0..<exampleCount).contains($0) }) {
      fatalError("there is no example \(index) in a data set of \(exampleCount)")
    }
    return Dataset(
      X: X.columns(at: indices), Y: Y.columns(at: indices), featureNames: featureNames, classNames: classNames)
  }

  /// The same examples with these features only, in this order: for a picture in the plane, two.
  public func features(named names: [String]) -> Dataset {
    let elements = X.elements
    var chosen: [Double] = []
    for name in names {
      guard let row = featureNames.firstIndex(of: name) else {
        fatalError("there is no feature “\(name)”; there are \(featureNames.joined(separator: ", "))")
      }
      chosen += elements[row * exampleCount..<(row + 1) * exampleCount]
    }
    let X = Matrix(rows: names.count, columns: exampleCount, elements: chosen)
    return Dataset(X: X, Y: Y, featureNames: names, classNames: classNames)
  }

  /// The examples in a random order, `X` and `Y` alike.
  public func shuffled(using generator: inout SeededGenerator) -> Dataset {
    examples(at: generator.permutation(of: exampleCount))
  }

  /// The last `testCount` examples as the test set and those before them as the training set.
  ///
  /// Nothing is shuffled: do that first where the order matters.
  public func split(testCount: Int) -> (train: Dataset, test: Dataset) {
    guard (0...exampleCount).contains(testCount) else {
      fatalError("a data set of \(exampleCount) examples cannot give \(testCount) of them to the test set")
    }
    let trainCount = exampleCount - testCount
    return (examples(at: Array(0..<trainCount)), examples(at: Array(trainCount..<exampleCount)))
  }
}

extension Dataset: CustomStringConvertible {
  /// One line: the numbers of examples and features, and of examples in each class.
  public var description: String {
    let size =
      "\(exampleCount) example\(exampleCount == 1 ? "" : "s") of \(featureCount) feature\(featureCount == 1 ? "" : "s")"
    if classNames.isEmpty { return size }
    return size + ": " + zip(classNames, classCounts).map { "\($1) \($0)" }.joined(separator: ", ")
  }
}

/// Whether a number is the label of one of `classCount` classes.
func isLabel(_ x: Double, among classCount: Int) -> Bool {
  x >= 0 && x < Double(classCount) && x == x.rounded()
}
