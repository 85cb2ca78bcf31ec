import LinearAlgebra

extension Dataset {
  /// AND of two inputs: X (2, 4) holds (0, 0), (0, 1), (1, 0), (1, 1), Y is 0 0 0 1; linearly separable.
  public static let and = truthTable([0, 0, 0, 1])

  /// OR of two inputs: X (2, 4) holds (0, 0), (0, 1), (1, 0), (1, 1), Y is 0 1 1 1; linearly separable.
  public static let or = truthTable([0, 1, 1, 1])

  /// XOR of two inputs: X (2, 4) holds (0, 0), (0, 1), (1, 0), (1, 1), Y is 0 1 1 0; no line separates it.
  ///
  /// Source: M. Minsky, S. Papert, *Perceptrons*, 1969.
  public static let xor = truthTable([0, 1, 1, 0])

  private static func truthTable(_ answers: [Double]) -> Dataset {
    Dataset(
      X: Matrix(rows: 2, columns: 4, elements: [0, 0, 1, 1, 0, 1, 0, 1]), Y: Matrix(row: answers),
      featureNames: ["x1", "x2"], classNames: ["false", "true"])
  }
}
