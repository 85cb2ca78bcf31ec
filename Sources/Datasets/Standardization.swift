import LinearAlgebra

extension Dataset {
  /// The mean of each feature over the examples, (n, 1).
  public var means: Matrix { moments.means }

  /// The standard deviation of each feature over the examples, (n, 1): √(Σ(x − μ)²/m), 0 for a constant feature.
  public var deviations: Matrix { moments.deviations }

  /// The features less the means of `other`, divided by its deviations: (x − μ)/σ, (n, m).
  ///
  /// `train.standardized(like: train)` has mean 0 and deviation 1; `test.standardized(like: train)` is measured on the
  /// same scale. A feature constant in `other` is divided by 1.
  public func standardized(like other: Dataset) -> Dataset {
    guard other.featureCount == featureCount else {
      fatalError("\(featureCount) features cannot be standardized like \(other.featureCount)")
    }
    let (means, deviations) = other.moments
    var elements = X.elements
    let m = exampleCount
    for j in 0..<featureCount {
      let mean = means[j, 0]
      let deviation = deviations[j, 0] == 0 ? 1 : deviations[j, 0]
      var i = j * m
      while i < (j + 1) * m {
        elements[i] = (elements[i] - mean) / deviation
        i += 1
      }
    }
    let standardized = Matrix(rows: featureCount, columns: m, elements: elements)
    return Dataset(X: standardized, Y: Y, featureNames: featureNames, classNames: classNames)
  }

  private var moments: (means: Matrix, deviations: Matrix) {
    let m = exampleCount
    guard m > 0 else { fatalError("a data set without examples has no means and deviations") }
    var means: [Double] = []
    var deviations: [Double] = []
    X.elements.withUnsafeBufferPointer { x in
      for j in 0..<featureCount {
        let start = j * m
        var (sum, lowest, highest) = (0.0, x[start], x[start])
        var i = start
        while i < start + m {
          sum += x[i]
          lowest = min(lowest, x[i])
          highest = max(highest, x[i])
          i += 1
        }
        // A sum of equal numbers may round; their mean and deviation are known without it.
        let mean = lowest == highest ? lowest : sum / Double(m)
        var squares = 0.0
        i = start
        while i < start + m {
          squares += (x[i] - mean) * (x[i] - mean)
          i += 1
        }
        means.append(mean)
        deviations.append((squares / Double(m)).squareRoot())
      }
    }
    return (Matrix(column: means), Matrix(column: deviations))
  }
}
