/// How a wrong gradient relates to the right one, where that relation is plain in the numbers.
///
/// A diagnosis states an arithmetical fact, such as "every entry is −1 times what it should be", which is true whatever
/// mistake caused it. It is made only where the fact holds to 10⁻⁶ in every entry and at least two entries of different
/// size tell it apart from chance; a ratio with a name (−1, 2, ½, m, 1/m, …) may rest on one. Where two facts of
/// different kinds fit the same numbers, none is stated.
public enum GradientDiagnosis: Sendable, Equatable {
  /// Every entry is 0.
  case zero(count: Int)
  /// Every entry is `ratio` times what it should be. `name` says the ratio in words, such as "−1" or "1/m"; where it
  /// holds a factor of the caller's, `given` says its value, such as "m = 5".
  case ratio(Double, name: String, given: String?, count: Int)
  /// Only the entry at `index` is wrong; the others are right.
  case oneEntry(index: Int, count: Int)
  /// These entries have the wrong sign and the right size; the others are right.
  case signs(indices: [Int], count: Int)
  /// The entries of the transposed matrix: at (i, j) stands what belongs at (j, i).
  case transposed(rows: Int, columns: Int)
  /// The right entries in the reverse order.
  case reversed
  /// The right entries in another order.
  case permuted
  /// The same number, `constant`, is added to every entry.
  case added(constant: Double)

  /// The diagnosis in a plain sentence about the gradient called `name`, such as "dw".
  ///
  /// - Parameter name: what the student calls the gradient.
  /// - Returns: for instance "Every entry of dw is −1 times what it should be."
  public func sentence(about name: String) -> String {
    switch self {
    case .zero(1):
      return "\(name) is 0, and should not be."
    case .zero:
      return "Every entry of \(name) is 0."
    case .ratio(_, let ratio, let given, let count):
      let subject = count == 1 ? name : "Every entry of \(name)"
      return "\(subject) is \(ratio) times what it should be\(given.map { " (\($0))" } ?? "")."
    case .oneEntry(let index, let count):
      return "Only entry \(index) of \(name) is wrong, counted from 0; the other \(count - 1) are right."
    case .signs(let indices, let count):
      return "\(indices.count) of the \(count) entries of \(name) have the wrong sign; all have the right size."
    case .transposed(let rows, let columns):
      return "\(name) is transposed: its \(rows) × \(columns) entries are those of the \(columns) × \(rows) transpose."
    case .reversed:
      return "\(name) has the right entries in the reverse order."
    case .permuted:
      return "\(name) has the right entries, but not in the right order."
    case .added(let constant):
      return constant > 0
        ? "Every entry of \(name) is too large by the same number, \(shortText(constant))."
        : "Every entry of \(name) is too small by the same number, \(shortText(-constant))."
    }
  }
}
