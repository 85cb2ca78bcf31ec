import Curriculum
import Synchronization

/// A wrong variant of one step that students really write: it tests the grader, and it names what a student did.
///
/// It answers on every input: no trap, no endless loop.
public struct Mistake<Lesson: Sendable>: Sendable {
  /// The step that it replaces, "3.6".
  public let step: String
  /// What was done, as a clause that fits after "when": "1/m is left out of db".
  public let title: String
  /// Why that is wrong, in a sentence or two, with the remedy.
  public let explanation: String
  let lesson: Lesson

  /// A mistake in a step, as a lesson that differs from the reference in that step only.
  public init(_ step: String, _ title: String, _ lesson: Lesson, _ explanation: String) {
    self.step = step
    self.title = title
    self.lesson = lesson
    self.explanation = explanation
  }

  var named: NamedMistake {
    NamedMistake(id: "\(type(of: lesson as Any))", step: step, title: title, explanation: explanation)
  }
}

/// What is said of a mistake.
public struct NamedMistake: Sendable, Equatable {
  /// The name of its type, "DbNotAveraged".
  public let id: String
  /// The step in which it is made.
  public let step: String
  /// What was done, as a clause that fits after "when".
  public let title: String
  /// Why that is wrong, and the remedy.
  public let explanation: String
}

/// A lesson's steps with the reference and the mistakes known for it.
public struct Answers<Lesson: Sendable>: Sendable {
  let lesson: Curriculum.Lesson
  let steps: [Step<Lesson>]
  let reference: Lesson
  let mistakes: [Mistake<Lesson>]
  private let memo = ObservationMemo()

  /// The answers to a lesson of the catalogue.
  public init(_ lesson: Curriculum.Lesson, _ steps: [Step<Lesson>], _ reference: Lesson, mistakes: [Mistake<Lesson>]) {
    self.lesson = lesson
    self.steps = steps
    self.reference = reference
    self.mistakes = mistakes
  }

  func step(_ id: String) -> Step<Lesson>? { steps.first { $0.id == id } }

  /// What the reference, or a mistake by its place in the list, returns on every input: worked out once, and kept.
  func known(_ step: Step<Lesson>, mistake: Int? = nil, seed: UInt64) -> [Observation] {
    memo.value(of: "\(step.id) \(mistake ?? -1) \(seed)") {
      step.observe(mistake.map { mistakes[$0].lesson } ?? reference, seed: seed)
    }
  }

  /// A step's quantities in order, and whether the right values differ at all, from entry to entry or from input to input.
  func quantities(of step: Step<Lesson>, seeds: [UInt64]) -> [(name: String, varies: Bool)] {
    let observations = seeds.flatMap { known(step, seed: $0) }
    return Observation.names(in: observations).map { name in
      let values = observations.lazy.compactMap { $0[name] }.flatMap(\.values)
      return (name, values.contains { $0 != values.first })
    }
  }

  /// The steps whose mistakes change what this step returns: those that it builds on.
  func prerequisites(of step: Step<Lesson>) -> [String] {
    memo.prerequisites(of: step.id) { findPrerequisites(of: step) }
  }

  private func findPrerequisites(of step: Step<Lesson>) -> [String] {
    let expected = known(step, seed: 1)
    var found: [String] = []
    for (k, mistake) in mistakes.enumerated() where mistake.step != step.id && !found.contains(mistake.step) {
      if !step.agree(known(step, mistake: k, seed: 1), expected) { found.append(mistake.step) }
    }
    return found
  }

  /// The same with the lesson's type erased.
  public var erased: AnyAnswers {
    AnyAnswers(
      lesson: lesson,
      mistakes: mistakes.map(\.named),
      judge: { id, run, seed in self.step(id).map { self.judge($0, run, seed: seed) } },
      cpuSeconds: { id in self.step(id)?.cpuSeconds },
      prerequisites: { id in self.step(id).map { self.prerequisites(of: $0) } ?? [] },
      quantities: { id, seeds in self.step(id).map { self.quantities(of: $0, seeds: seeds) } ?? [] },
      workedExample: { id in self.step(id).map { self.workedExample(of: $0) } },
      verify: { self.verify(seeds: $0) },
      tryMistakes: { self.tryMistakes(seeds: $0, saying: $1) },
      reference: reference)
  }
}

/// A lesson's answers with the lesson's type erased: what the registry holds.
public struct AnyAnswers: Sendable {
  /// The lesson in the catalogue.
  public let lesson: Lesson
  /// The mistakes known for it, in the order of its steps.
  public let mistakes: [NamedMistake]
  /// The verdict on a run of a step with a seed; nil where the lesson has no such step.
  public let judge: @Sendable (_ step: String, Run, _ seed: UInt64) -> Verdict?
  /// The CPU time that a step may take, in seconds.
  public let cpuSeconds: @Sendable (_ step: String) -> Int?
  /// The steps on which a step builds.
  public let prerequisites: @Sendable (_ step: String) -> [String]
  /// A step's quantities in order, and whether the right values on these seeds differ at all.
  public let quantities: @Sendable (_ step: String, _ seeds: [UInt64]) -> [(name: String, varies: Bool)]
  /// The worked example of a step: its input and what the reference returns.
  public let workedExample: @Sendable (_ step: String) -> WorkedExample?
  /// Tries reference and mistakes on the graders.
  public let verify: @Sendable (_ seeds: [UInt64]) -> Verification
  /// Runs every mistake on every input, and says before each what it tries.
  public let tryMistakes: @Sendable (_ seeds: [UInt64], _ say: (String) -> Void) -> Void
  /// The reference, an `any …Lesson`.
  public let reference: any Sendable
}

/// A step's worked example: what goes in and what comes out.
public struct WorkedExample: Sendable {
  /// The input's parts, each with its name.
  public let input: [(name: String, value: String)]
  /// What the reference returns, each quantity with its name.
  public let output: [(name: String, value: String)]
}

extension Answers {
  func workedExample(of step: Step<Lesson>) -> WorkedExample {
    WorkedExample(
      input: describeParts(step.inputs[0].value(step.generator(0, seed: 1)), argument: step.argument),
      output: step.observe(reference, 0, seed: 1).quantities.map { ($0.name, $0.text) })
  }
}

/// What reference and mistakes returned, by step, mistake and seed, and what follows from it: worked out once.
private final class ObservationMemo: Sendable {
  private let observations = Mutex<[String: [Observation]]>([:])
  private let prerequisites = Mutex<[String: [String]]>([:])

  func value(of key: String, _ make: () -> [Observation]) -> [Observation] { get(key, observations, make) }
  func prerequisites(of step: String, _ make: () -> [String]) -> [String] { get(step, prerequisites, make) }

  private func get<Value: Sendable>(
    _ key: String, _ values: borrowing Mutex<[String: Value]>, _ make: () -> Value
  ) -> Value {
    if let value = values.withLock({ $0[key] }) { return value }
    // Outside the lock: at worst two threads work out the same.
    let value = make()
    values.withLock { $0[key] = value }
    return value
  }
}
