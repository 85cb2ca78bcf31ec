import Foundation
import LinearAlgebra

extension Dataset {
  /// Gaussian clouds about K points of a circle of radius 3 about the origin: X (2, count), Y (1, count).
  ///
  /// Example i is of class i mod K; class k is centred at the angle 2πk/K.
  /// - Parameters:
  ///   - count: The number of examples, m.
  ///   - classes: The number of clouds, K.
  ///   - noise: The standard deviation of each coordinate about its centre.
  ///   - separable: Whether the clouds are cut off at 0.9 of half the distance between neighbours, so that each point
  ///     lies nearest to its own centre and, with two classes, the line x1 = 0 separates them by at least 0.3.
  ///   - generator: The source of randomness; the same seed gives the same numbers.
  public static func blobs(
    count: Int = 200, classes: Int = 2, noise: Double = 1, separable: Bool = false,
    using generator: inout SeededGenerator
  ) -> Dataset {
    checkGenerated(count: count, classes: classes, noise: noise)
    let radius = 3.0
    let reach = separable && classes > 1 ? 0.9 * radius * sin(.pi / Double(classes)) : .infinity
    return inPlane(count: count, classNames: (0..<classes).map { "blob \($0)" }) { label in
      let angle = 2 * .pi * Double(label) / Double(classes)
      let (dx, dy) = normalPair(deviation: noise, reach: reach, using: &generator)
      return (radius * cos(angle) + dx, radius * sin(angle) + dy)
    }
  }

  /// XOR with noise, a cloud about each corner of the unit square: X (2, count), Y (1, count).
  ///
  /// Example i belongs to the corner i mod 4 of (0, 0), (0, 1), (1, 0), (1, 1), as in ``xor``.
  /// - Parameters:
  ///   - count: The number of examples, m.
  ///   - noise: The standard deviation of each coordinate about its corner.
  ///   - generator: The source of randomness; the same seed gives the same numbers.
  public static func xorClouds(
    count: Int = 200, noise: Double = 0.15, using generator: inout SeededGenerator
  ) -> Dataset {
    checkGenerated(count: count, noise: noise)
    let corners = xor.examples(at: (0..<count).map { $0 % 4 })
    var elements = corners.X.elements
    for i in elements.indices { elements[i] += noise * generator.normal() }
    return Dataset(
      X: Matrix(rows: 2, columns: count, elements: elements), Y: corners.Y, featureNames: corners.featureNames,
      classNames: corners.classNames)
  }

  /// Two independent normal numbers of this deviation, given that their distance from 0 is below `reach`.
  ///
  /// The distance of such a pair is distributed as P(r) = (1 − exp(−r²/2σ²))/(1 − exp(−reach²/2σ²)); inverted here, so
  /// that none is drawn in vain.
  private static func normalPair(
    deviation: Double, reach: Double, using generator: inout SeededGenerator
  ) -> (Double, Double) {
    let inReach = -expm1(-(reach / deviation) * (reach / deviation) / 2)
    let distance = deviation * (-2 * log1p(-inReach * generator.uniform())).squareRoot()
    let angle = 2 * .pi * generator.uniform()
    return (distance * cos(angle), distance * sin(angle))
  }
}
