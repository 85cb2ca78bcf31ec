import Curriculum
import Synchronization

/// A loss that also counts which examples were right: lesson 15's `fit` reports costs alone.
///
/// `fit` asks for the cost of each batch, and last of all, after the epoch, for that of the dev set.
final class AccuracyMeter: Loss {
  private let loss: any Loss
  private let counts = Mutex<[(right: Int, all: Int)]>([])

  init(_ loss: any Loss) { self.loss = loss }

  func output(_ Z: Matrix) -> Matrix { loss.output(Z) }
  func gradient(Z: Matrix, Y: Matrix) -> Matrix { loss.gradient(Z: Z, Y: Y) }

  func cost(Z: Matrix, Y: Matrix) -> Double {
    // Softmax leaves the order of the scores as it is.
    let right = zip(Z.columnArgmax(), Y.columnArgmax()).count { $0 == $1 }
    counts.withLock { $0.append((right, Z.columns)) }
    return loss.cost(Z: Z, Y: Y)
  }

  /// The shares that were right since the last call, of the batches, each before its step, and of the dev set.
  func shares() -> (train: Double, dev: Double) {
    counts.withLock { counts in
      defer { counts = [] }
      func share(_ part: some Collection<(right: Int, all: Int)>) -> Double {
        Double(part.reduce(0) { $0 + $1.right }) / Double(max(1, part.reduce(0) { $0 + $1.all }))
      }
      return (share(counts.dropLast()), share(counts.suffix(1)))
    }
  }
}
