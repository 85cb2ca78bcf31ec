import Curriculum

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

  /// The answers to a lesson of the catalogue.
  public init(_ lesson: Curriculum.Lesson, _ steps: [Step<Lesson>], _ reference: Lesson, mistakes: [Mistake<Lesson>]) {
    self.lesson = lesson
    self.steps = steps
    self.reference = reference
    self.mistakes = mistakes
  }

  func step(_ id: String) -> Step<Lesson>? { steps.first { $0.id == id } }

  func judge(_ step: Step<Lesson>, seed: UInt64) -> Judge<Lesson> {
    Judge(lesson: lesson, step: step, seed: seed, key: key(to: step, seed: seed))
  }

  /// The same with the lesson's type erased.
  public var erased: AnyAnswers {
    let ring = KeyRing()
    @Sendable func judge(_ id: String, _ seed: UInt64) -> Judge<Lesson>? {
      step(id).map { step in
        Judge(lesson: lesson, step: step, seed: seed, key: ring.key(id, seed) { key(to: step, seed: seed) })
      }
    }
    return AnyAnswers(
      lesson: lesson, mistakes: mistakes.map(\.named), seeds: nil, steps: steps, judge: judge,
      source: AnswerSource(
        reference: reference,
        verify: { self.verify(seeds: $0) },
        tryMistakes: { self.tryMistakes(seeds: $0, saying: $1) },
        recording: { self.recording(seeds: $0) }))
  }
}

/// A lesson's answers with the lesson's type erased: what the registry holds.
public struct AnyAnswers: Sendable {
  /// The lesson in the catalogue.
  public let lesson: Lesson
  /// The mistakes known for it, in the order of its steps.
  public let mistakes: [NamedMistake]
  /// The seeds for which answers are known; nil where they are known for all.
  public let seeds: [UInt64]?
  /// The verdict on a run of a step with a seed; nil where the lesson has no such step, or no answers for this seed.
  public let judge: @Sendable (_ step: String, Run, _ seed: UInt64) throws -> Verdict?
  /// The CPU time that a step may take, in seconds.
  public let cpuSeconds: @Sendable (_ step: String) -> Int?
  /// The steps on which a step builds, as the inputs of a seed show it.
  public let prerequisites: @Sendable (_ step: String, _ seed: UInt64) throws -> [String]
  /// The worked example of a step: its input and what the reference returns.
  public let workedExample: @Sendable (_ step: String) throws -> WorkedExample?
  /// The code of the answers; nil in a copy that has only their numbers.
  public let source: AnswerSource?

  init<Lesson: Sendable>(
    lesson: Curriculum.Lesson, mistakes: [NamedMistake], seeds: [UInt64]?, steps: [Step<Lesson>],
    judge: @escaping @Sendable (_ step: String, _ seed: UInt64) throws -> Judge<Lesson>?, source: AnswerSource?
  ) {
    self.lesson = lesson
    self.mistakes = mistakes
    self.seeds = seeds
    self.judge = { step, run, seed in try judge(step, seed)?.verdict(on: run) }
    cpuSeconds = { id in steps.first { $0.id == id }?.cpuSeconds }
    prerequisites = { step, seed in try judge(step, seed)?.prerequisites ?? [] }
    workedExample = { try judge($0, 1)?.workedExample }
    self.source = source
  }
}

/// What only the code of a lesson's answers can do.
public struct AnswerSource: Sendable {
  /// The reference, an `any …Lesson`.
  public let reference: any Sendable
  /// Tries reference and mistakes on the graders.
  public let verify: @Sendable (_ seeds: [UInt64]) -> Verification
  /// Runs every mistake on every input, and says before each what it tries.
  public let tryMistakes: @Sendable (_ seeds: [UInt64], _ say: (String) -> Void) -> Void
  /// The answers to all steps for some seeds as numbers, which `RecordedAnswers` reads.
  public let recording: @Sendable (_ seeds: [UInt64]) -> [UInt8]
}

/// A step's worked example: what goes in and what comes out.
public struct WorkedExample: Sendable {
  /// The input's parts, each with its name.
  public let input: [(name: String, value: String)]
  /// What the reference returns, each quantity with its name.
  public let output: [(name: String, value: String)]
}

extension Judge {
  var workedExample: WorkedExample {
    WorkedExample(
      input: describeParts(step.inputs[0].value(step.generator(0, seed: seed)), argument: step.argument),
      output: key.expected[0].quantities.map { ($0.name, $0.text) })
  }
}
