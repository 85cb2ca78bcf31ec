import LinearAlgebra

extension Dataset {
  /// Points along a line, y = slope·x + intercept + noise, a regression: X (1, count), Y (1, count).
  ///
  /// - Parameters:
  ///   - slope: The line's slope, a.
  ///   - intercept: Its height at x = 0, b.
  ///   - range: Where the x are, uniformly.
  ///   - count: The number of examples, m.
  ///   - noise: The standard deviation of what is added to y.
  ///   - generator: The source of randomness; the same seed gives the same numbers.
  public static func line(
    slope: Double, intercept: Double, over range: ClosedRange<Double> = -1...1, count: Int = 100, noise: Double = 0.1,
    using generator: inout SeededGenerator
  ) -> Dataset {
    checkGenerated(count: count, noise: noise)
    var (x, y): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      let xi = range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
      x.append(xi)
      y.append(slope * xi + intercept + noise * generator.normal())
    }
    return Dataset(X: Matrix(row: x), Y: Matrix(row: y), featureNames: ["x"])
  }
}
