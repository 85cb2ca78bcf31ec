import GradientChecking

extension Derivative {
  /// All its entries by central differences, or a sample of them where they are many.
  var numerical: NumericalGradient { NumericalGradient(of: function, at: at, seed: 1) }

  /// One entry by central differences; nil where it was not measured, or lies at a kink.
  func numerical(entry i: Int) -> Double? {
    let gradient = numerical
    guard let k = gradient.indices.firstIndex(of: i), case .estimate(let value, _) = gradient.entries[k] else {
      return nil
    }
    return value
  }
}

extension GradientDiagnosis {
  /// Two diagnoses of one kind say the same thing of two inputs, whatever numbers stand in them.
  var kind: String {
    switch self {
    case .zero: "zero"
    case .ratio(_, let name, _, _): "ratio " + name
    case .oneEntry(let index, _): "entry \(index)"
    case .signs: "signs"
    case .transposed: "transposed"
    case .reversed: "reversed"
    case .permuted: "permuted"
    case .added(let constant): "added \(constant)"
    }
  }
}
