import Foundation
import LinearAlgebra

extension Dataset {
  /// Two half circles of radius 1 that reach into each other: X (2, count), Y (1, count).
  ///
  /// With t uniform in 0 ..< π, class 0 is (cos t, sin t) and class 1 is (1 − cos t, ½ − sin t). Example i is of class
  /// i mod 2.
  /// - Parameters:
  ///   - count: The number of examples, m.
  ///   - noise: The standard deviation of what is added to each coordinate.
  ///   - generator: The source of randomness; the same seed gives the same numbers.
  /// - Note: The shape is that of scikit-learn's `make_moons`.
  public static func moons(count: Int = 200, noise: Double = 0.1, using generator: inout SeededGenerator) -> Dataset {
    checkGenerated(count: count, noise: noise)
    return inPlane(count: count, classNames: ["upper moon", "lower moon"]) { label in
      let t = .pi * generator.uniform()
      let (x, y) = label == 0 ? (cos(t), sin(t)) : (1 - cos(t), 0.5 - sin(t))
      return (x + noise * generator.normal(), y + noise * generator.normal())
    }
  }

  /// A circle of radius 1 (class 0) about one of radius ½ (class 1): X (2, count), Y (1, count).
  ///
  /// Example i is of class i mod 2, at a uniform angle.
  /// - Parameters:
  ///   - count: The number of examples, m.
  ///   - noise: The standard deviation of what is added to each coordinate.
  ///   - generator: The source of randomness; the same seed gives the same numbers.
  /// - Note: The shape is that of scikit-learn's `make_circles`.
  public static func circles(count: Int = 200, noise: Double = 0.1, using generator: inout SeededGenerator) -> Dataset {
    checkGenerated(count: count, noise: noise)
    return inPlane(count: count, classNames: ["outer circle", "inner circle"]) { label in
      let radius = label == 0 ? 1 : 0.5
      let t = 2 * .pi * generator.uniform()
      return (radius * cos(t) + noise * generator.normal(), radius * sin(t) + noise * generator.normal())
    }
  }

  /// A flower of eight petals, four red (0) and four blue (1): X (2, count), Y (1, count).
  ///
  /// r = 4 sin(4θ) + noise at (r sin θ, r cos θ), with θ uniform in 0 ..< π for red and π ..< 2π for blue, and noise on
  /// θ too, which strews a few points of either colour into the other's petals. Example i is of class i mod 2.
  /// - Parameters:
  ///   - count: The number of examples, m: 2 × 200 unless told otherwise.
  ///   - noise: The standard deviation of what is added to θ and to r.
  ///   - generator: The source of randomness; the same seed gives the same numbers.
  /// - Note: The rose of A. Ng's course *Neural Networks and Deep Learning*, week 3, *planar data*.
  public static func flower(count: Int = 400, noise: Double = 0.2, using generator: inout SeededGenerator) -> Dataset {
    checkGenerated(count: count, noise: noise)
    return inPlane(count: count, classNames: ["red", "blue"]) { label in
      let angle = .pi * (Double(label) + generator.uniform()) + noise * generator.normal()
      let radius = 4 * sin(4 * angle) + noise * generator.normal()
      return (radius * sin(angle), radius * cos(angle))
    }
  }

  /// K spiral arms out of the origin, one class each: X (2, count), Y (1, count).
  ///
  /// With r uniform in 0 ..< 1, arm k is (r sin θ, r cos θ) at θ = 2πk/K + 4r + noise. Example i is of class i mod K.
  /// - Parameters:
  ///   - count: The number of examples, m.
  ///   - arms: The number of arms, K.
  ///   - noise: The standard deviation of what is added to θ.
  ///   - generator: The source of randomness; the same seed gives the same numbers.
  /// - Note: The shape is that of Stanford's CS231n, *Neural networks case study*.
  public static func spirals(
    count: Int = 300, arms: Int = 3, noise: Double = 0.2, using generator: inout SeededGenerator
  ) -> Dataset {
    checkGenerated(count: count, classes: arms, noise: noise)
    return inPlane(count: count, classNames: (0..<arms).map { "arm \($0)" }) { label in
      let radius = generator.uniform()
      let angle = 2 * .pi * Double(label) / Double(arms) + 4 * radius + noise * generator.normal()
      return (radius * sin(angle), radius * cos(angle))
    }
  }
}
