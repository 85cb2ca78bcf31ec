import GradientChecking
import Synchronization

/// All that a judge knows of a step's right answer and of the wrong ones, for one seed: numbers, and no code that could be read.
///
/// What only a wrong answer needs is computed when it is first asked for.
final class AnswerKey: Sendable {
  /// A numerical gradient that speaks for a quantity on one input.
  struct Evidence: Sendable {
    /// The quantity, "dw".
    let quantity: String
    /// What it is the derivative of, "J".
    let of: String
    /// The entries that were measured, by their flat index.
    let estimates: [Int: Double]
  }

  /// What a mistake gives on every input.
  struct Trace: Sendable {
    let mistake: NamedMistake
    let observed: [Observation]
  }

  /// What the reference returns on every input.
  let expected: [Observation]
  private let makeEvidence: @Sendable (_ input: Int) -> [Evidence]
  private let makeTraces: @Sendable () -> [Trace]
  private let known = Mutex<(evidence: [Int: [Evidence]], traces: [Trace]?)>(([:], nil))

  init(
    expected: [Observation], evidence: @escaping @Sendable (_ input: Int) -> [Evidence],
    traces: @escaping @Sendable () -> [Trace]
  ) {
    self.expected = expected
    makeEvidence = evidence
    makeTraces = traces
  }

  /// The numerical gradients on an input.
  func evidence(_ input: Int) -> [Evidence] {
    known.withLock { known in
      if let evidence = known.evidence[input] { return evidence }
      let evidence = makeEvidence(input)
      known.evidence[input] = evidence
      return evidence
    }
  }

  /// The step's own mistakes, and those of other steps that make this one wrong too, in the lesson's order.
  var traces: [Trace] {
    known.withLock { known in
      if let traces = known.traces { return traces }
      let traces = makeTraces()
      known.traces = traces
      return traces
    }
  }
}

extension Answers {
  /// The key to a step on the inputs of a seed.
  func key(to step: Step<Lesson>, seed: UInt64) -> AnswerKey {
    let expected = step.observe(reference, seed: seed)
    return AnswerKey(
      expected: expected,
      evidence: { k in
        step.inputs[k].derivatives(reference, step.generator(k, seed: seed)).map { name, derivative in
          AnswerKey.Evidence(quantity: name, of: derivative.of, estimates: derivative.estimates)
        }
      },
      traces: {
        mistakes.compactMap { mistake in
          let observed = step.observe(mistake.lesson, seed: seed)
          if mistake.step != step.id && step.agree(observed, expected) { return nil }
          return AnswerKey.Trace(mistake: mistake.named, observed: observed)
        }
      })
  }
}

/// Keys that have been made, by step and seed: a class is judged with the same ones.
final class KeyRing: Sendable {
  private let keys = Mutex<[String: AnswerKey]>([:])

  func key(_ step: String, _ seed: UInt64, make: () throws -> AnswerKey) rethrows -> AnswerKey {
    try keys.withLock { keys in
      let name = "\(step) \(seed)"
      if let key = keys[name] { return key }
      let key = try make()
      keys[name] = key
      return key
    }
  }
}
