import LinearAlgebra

extension Dataset {
  /// `count` points, the i-th of class i mod K and where `point` says: X (2, count), Y (1, count).
  static func inPlane(
    count: Int, classNames: [String], point: (_ label: Int) -> (x: Double, y: Double)
  ) -> Dataset {
    let labels = (0..<count).map { $0 % classNames.count }
    let points = labels.map(point)
    return Dataset(
      X: Matrix(rows: 2, columns: count, elements: points.map(\.x) + points.map(\.y)),
      Y: Matrix(row: labels.map { Double($0) }), featureNames: ["x1", "x2"], classNames: classNames)
  }

  /// Stops the program if a generated set cannot be of this size, number of classes or noise.
  static func checkGenerated(count: Int, classes: Int = 1, noise: Double) {
    guard count >= 0 else { fatalError("a data set cannot have \(count) examples") }
    guard classes >= 1 else { fatalError("a data set cannot have \(classes) classes") }
    guard noise >= 0, noise.isFinite else { fatalError("noise is a standard deviation, 0 or more, not \(noise)") }
  }
}
