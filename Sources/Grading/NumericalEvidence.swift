import GradientChecking

extension Derivative {
  /// All its entries by central differences, or a sample of them where they are many.
  var numerical: NumericalGradient { NumericalGradient(of: function, at: at, seed: 1) }

  /// The entries that central differences measured, by their flat index: not those at kinks, and of many only a sample.
  var estimates: [Int: Double] {
    let gradient = numerical
    var estimates: [Int: Double] = [:]
    for (index, entry) in zip(gradient.indices, gradient.entries) {
      if case .estimate(let value, _) = entry { estimates[index] = value }
    }
    return estimates
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
