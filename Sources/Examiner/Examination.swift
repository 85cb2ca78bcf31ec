import Answers
import Curriculum
import Foundation
import Grading

/// Runs steps of an implementation in observers of their own, and has what they returned judged.
public struct Examination: Sendable {
  /// The executable that observes.
  public let observer: ObserverProcess
  /// The seed from which the inputs are drawn.
  public let seed: UInt64
  /// Where the steps stand in the student's files.
  public let index: ExerciseIndex?
  private let answers: [AnyAnswers]

  /// The seed where none is asked for.
  public static let defaultSeed: UInt64 = 1

  /// An examination, with the answers of the catalogue's lessons if no others are given.
  public init(
    observer: ObserverProcess, seed: UInt64 = defaultSeed, index: ExerciseIndex? = nil,
    answers: [AnyAnswers]? = nil
  ) {
    self.observer = observer
    self.seed = seed
    self.index = index
    self.answers = answers ?? registeredAnswers
  }

  /// The verdict on a step.
  /// - Throws: where there is no such step, or the observer cannot be started.
  public func verdict(on step: String) throws -> Verdict {
    var verdict = try ownVerdict(on: step)
    try addPrerequisites(&verdict) { try ownVerdict(on: $0) }
    return verdict
  }

  /// The verdicts on some steps, run side by side.
  /// - Throws: where there is no such step, or the observer cannot be started.
  public func verdicts(on steps: [String]) throws -> [Verdict] {
    let results = Results(count: steps.count)
    DispatchQueue.concurrentPerform(iterations: steps.count) { k in
      results.set(k, Result { try ownVerdict(on: steps[k]) })
    }
    var verdicts = try results.values.map { try $0!.get() }
    var known = Dictionary(verdicts.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
    for k in verdicts.indices {
      try addPrerequisites(&verdicts[k]) { step in
        if known[step] == nil { known[step] = try ownVerdict(on: step) }
        return known[step]!
      }
    }
    return verdicts
  }

  private func ownVerdict(on step: String) throws -> Verdict {
    guard let answers = answers.first(where: { $0.lesson.steps.contains { $0.id == step } }),
      let cpuSeconds = answers.cpuSeconds(step)
    else { throw ExaminerError("there is no step \(step): “swift run gradus list” shows them all") }
    if let seeds = answers.seeds, !seeds.contains(seed) {
      throw ExaminerError(
        "this copy knows the answers for the seeds \(seeds.map { String($0) }.joined(separator: ", ")) only, and not for \(seed)"
      )
    }
    let run = try observer.observe(step, seed: seed, cpuSeconds: cpuSeconds)
    guard var verdict = try answers.judge(step, run, seed) else { throw ExaminerError("there is no step \(step)") }
    if verdict.place?.file.hasPrefix("/") != true {
      verdict.place = verdict.place.flatMap { place in
        // `todo()` knows its file by module and name only: the function's place in the index has the path.
        index?.path(endingIn: place.file).map { SourcePlace(file: $0, line: place.line) } ?? place
      }
    }
    return verdict
  }

  /// Says which of the steps that this one builds on are not right, where that may be what is the matter.
  private func addPrerequisites(_ verdict: inout Verdict, verdictOn: (String) throws -> Verdict) throws {
    guard let answers = answers.first(where: { $0.lesson.steps.contains { $0.id == verdict.step } }) else { return }
    switch verdict.state {
    case .wrong, .crashed, .timedOut:
      verdict.wrongPrerequisites = try answers.prerequisites(verdict.step, seed).filter {
        ![.passed, .notAttempted].contains(try verdictOn($0).state)
      }
      if let place = verdict.place, let function = index?.function(at: place),
        let other = answers.lesson.steps.first(where: { $0.function == function })?.id,
        other != verdict.step, !verdict.wrongPrerequisites.contains(other)
      {
        if try verdictOn(other).state != .passed {
          verdict.wrongPrerequisites.append(other)
        } else if !verdict.findings.isEmpty {
          verdict.findings[0].message +=
            ". That line stands in step \(other), which is right by itself: look at what this step hands to it"
        }
      }
      try explainInheritance(&verdict, verdictOn)
    default: return
    }
  }
}

extension Examination {
  /// Decides which mistakes may be named of a wrong step whose earlier steps are known.
  ///
  /// Where an earlier step is wrong, the numbers may come from there: only a mistake that the earlier step's own verdict names is
  /// named again, with its step. Where all are right, the only mistake of theirs that gives these numbers is told as what it is: a
  /// mistake in a step that is right, whose like is made here.
  private func explainInheritance(_ verdict: inout Verdict, _ verdictOn: (String) throws -> Verdict) throws {
    if verdict.wrongPrerequisites.isEmpty {
      if verdict.explanations.isEmpty, verdict.inherited.count == 1 {
        verdict.explanations = [Explanation(quantities: nil, mistake: verdict.inherited[0], isMadeHere: true)]
        verdict.diagnosis = nil
      }
    } else {
      let named = try verdict.inherited.first { try verdictOn($0.step).mistake == $0 }
      verdict.explanations = named.map { [Explanation(quantities: nil, mistake: $0)] } ?? []
      verdict.diagnosis = nil
    }
  }
}

/// The answers of the catalogue's lessons.
private let registeredAnswers = answers

/// Results that several threads fill in.
private final class Results: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var values: [Result<Verdict, any Error>?]
  init(count: Int) { values = Array(repeating: nil, count: count) }
  func set(_ k: Int, _ value: Result<Verdict, any Error>) { lock.withLock { values[k] = value } }
}
