import Curriculum
import GradientChecking

/// What `gradus verify` found out about a lesson's graders.
public struct Verification: Sendable {
  /// What does not hold, a sentence each; empty when all does.
  public var failures: [String] = []
  /// How many steps there are.
  public var steps = 0
  /// How many mistakes there are, each caught and named.
  public var mistakes = 0
  /// How many entries of derivatives were held against numerical gradients.
  public var derivatives = 0
  /// How many expected quantities were held stable under rounding and under the order of examples.
  public var quantities = 0
  /// By step, its mistakes' names and where their traces show: the steps that they make wrong.
  public var matrix: [(mistake: NamedMistake, shows: [String])] = []

  /// Nothing found out yet.
  public init() {}
}

extension Answers {
  /// Tries everything that a grader must do, on every seed: the reference passes, agrees with the numerical gradients, and is
  /// stable under rounding and the order of examples; every mistake is caught in its step and named there.
  func verify(seeds: [UInt64]) -> Verification {
    var result = Verification()
    result.steps = steps.count
    result.mistakes = mistakes.count
    let expectedSteps = lesson.steps.map(\.id)
    if steps.map(\.id) != expectedSteps {
      result.failures.append(
        "lesson \(lesson.id): the catalogue has \(expectedSteps), the graders have \(steps.map(\.id))")
    }
    for step in steps {
      let titles = mistakes.filter { $0.step == step.id }.map(\.title)
      if titles.isEmpty { result.failures.append("step \(step.id) has no mistakes") }
      for title in Set(titles) where titles.filter({ $0 == title }).count > 1 {
        result.failures.append("step \(step.id): two mistakes have the title “\(title)”")
      }
    }
    let names = mistakes.map(\.named.id)
    for name in Set(names) where names.filter({ $0 == name }).count > 1 {
      result.failures.append("lesson \(lesson.id): two mistakes are named \(name)")
    }
    for mistake in mistakes where step(mistake.step) == nil {
      result.failures.append("mistake \(mistake.named.id): there is no step \(mistake.step)")
    }
    for step in steps {
      for seed in seeds {
        let judge = judge(step, seed: seed)
        verifyReference(judge, &result)
        verifyMistakes(judge, &result)
      }
    }
    let keys = steps.map { ($0, key(to: $0, seed: seeds[0])) }
    for mistake in mistakes.map(\.named) {
      let shows = keys.filter { step, key in
        key.traces.contains { $0.mistake == mistake && !step.agree($0.observed, key.expected) }
      }
      result.matrix.append((mistake, shows.map(\.0.id)))
    }
    return result
  }

  /// Runs every mistake on every input, and says before each what it tries: one that traps or never ends is found by the last
  /// thing said.
  func tryMistakes(seeds: [UInt64], saying say: (String) -> Void) {
    for step in steps {
      for mistake in mistakes {
        for k in step.inputs.indices {
          say(
            "the mistake “\(mistake.title)” (\(mistake.named.id), \(mistake.step)) in step \(step.id) on \(step.inputs[k].name)"
          )
          for seed in seeds { _ = step.observe(mistake.lesson, k, seed: seed) }
        }
      }
    }
  }

  private func verifyReference(_ judge: Judge<Lesson>, _ result: inout Verification) {
    let step = judge.step
    let seed = judge.seed
    func fail(_ k: Int, _ message: String) {
      result.failures.append("step \(step.id), \(step.inputs[k].name), seed \(seed): \(message)")
    }
    let expected = judge.key.expected
    let verdict = judge.verdict(on: Run(observations: expected, ending: .finished))
    if verdict.state != .passed { fail(0, "the reference is \(verdict.state): \(verdict.text)") }
    for k in step.inputs.indices {
      let quantities = expected[k].quantities
      if quantities.isEmpty { fail(k, "nothing is observed") }
      for quantity in quantities where !quantity.values.allSatisfy(\.isFinite) {
        fail(k, "\(quantity.name) is not finite")
      }
      if Observation(wireLines: expected[k].wireText.split(separator: "\n")).map({ step.agree($0, expected[k]) })
        != true
      {
        fail(k, "the observation does not survive the wire")
      }
      let nudged = step.observe(reference, k, seed: seed, nudged: true)
      result.quantities += quantities.count
      for (a, b) in zip(nudged.quantities, quantities) where !step.agree(a, b) {
        fail(k, "\(b.name) moves too much when the inputs move by one ulp")
      }
      if let (permuted, order) = step.inputs[k].observePermuted(reference, step.generator(k, seed: seed)) {
        for (a, b) in zip(permuted.quantities, quantities)
        where !step.agree(a, b.takingColumns(order)) && !step.agree(a, b) {
          fail(k, "\(b.name) depends on the order of the examples")
        }
      }
      for (name, derivative) in step.inputs[k].derivatives(reference, step.generator(k, seed: seed)) {
        guard let quantity = quantities.first(where: { $0.name == name }) else {
          fail(k, "there is a derivative \(name), and no such quantity")
          continue
        }
        result.derivatives += quantity.values.count
        let comparison = derivative.numerical.compare(quantity.values)
        if !comparison.agrees { fail(k, "\(name): \(comparison.description)") }
      }
    }
  }

  private func verifyMistakes(_ judge: Judge<Lesson>, _ result: inout Verification) {
    let step = judge.step
    let seed = judge.seed
    for trace in judge.key.traces where trace.mistake.step == step.id {
      let mistake = trace.mistake
      let verdict = judge.verdict(on: Run(observations: trace.observed, ending: .finished))
      if verdict.state == .passed {
        result.failures.append("step \(step.id), seed \(seed): the mistake “\(mistake.title)” passes")
      } else if verdict.mistake != mistake {
        let name = verdict.mistake?.title ?? "none"
        result.failures.append("step \(step.id), seed \(seed): the mistake “\(mistake.title)” is named “\(name)”")
      }
    }
  }
}

extension Observation.Quantity {
  /// The same quantity with its columns, or its entries if it is a list, in another order; itself where their number differs.
  fileprivate func takingColumns(_ order: [Int]) -> Observation.Quantity {
    guard let columns = shape.last, columns == order.count else { return self }
    let permuted = values.indices.map { values[$0 - $0 % columns + order[$0 % columns]] }
    return Observation.Quantity(name: name, shape: shape, values: permuted)
  }
}
