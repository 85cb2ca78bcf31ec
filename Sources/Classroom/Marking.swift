import Curriculum
import Foundation

/// How points become marks: the catalogue's points, changed by one small file where an instructor wants them otherwise.
///
/// The file is JSON; every key may be left out:
///
///     { "lessons": "1-9",
///       "weights": {"3": 2, "3.10": 0},
///       "partialCredit": 0.5,
///       "due": "2026-10-01T23:59:00Z",
///       "penaltyPerDay": 0.1, "maximumPenalty": 0.5,
///       "handedIn": {"ada": "2026-10-02T08:00:00Z"} }
public struct Marking: Codable, Sendable, Equatable {
  /// Which lessons count, `1-9` or `1,3,5-7`; all where nil.
  public var lessons: String?
  /// Factors of points, by lesson ("3") or by step ("3.10"), a step's before its lesson's; 1 where nothing is said.
  public var weights: [String: Double]?
  /// The share of a wrong step's points that its right checks can earn, between 0 and 1: with k of n checks right it earns
  /// points · share · k/n. ½ where nothing is said; 0 turns partial credit off.
  public var partialCredit: Double?
  /// Until when it can be handed in without a penalty.
  public var due: Date?
  /// The share of the points that each day begun after `due` costs, and the most that lateness costs.
  public var penaltyPerDay: Double?
  public var maximumPenalty: Double?
  /// When each student handed in; where a student is missing here, there is no penalty.
  public var handedIn: [String: Date]?

  /// The catalogue's points.
  public init() {}

  /// What a step is worth.
  public func possible(_ step: CatalogueStep, in lesson: Lesson) -> Double {
    rounded(Double(step.points) * (weights?[step.id] ?? weights?[lesson.id] ?? 1))
  }

  /// What a step in this state has earned.
  public func earned(_ state: StepState, checks: [CheckRecord], possible: Double) -> Double {
    switch state {
    case .passed: return possible
    case .wrong:
      let counted = checks.filter(\.counts)
      guard !counted.isEmpty else { return 0 }
      let share = Double(counted.count { $0.isRight }) / Double(counted.count)
      return rounded(possible * (partialCredit ?? 0.5) * share)
    case .notAttempted, .crashed, .timedOut, .doesNotCompile, .refused: return 0
    }
  }

  /// What lateness costs a student.
  public func penalty(for student: String) -> PenaltyRecord? {
    guard let due, let perDay = penaltyPerDay, let time = handedIn?[student], time > due else { return nil }
    let days = (time.timeIntervalSince(due) / 86_400).rounded(.up)
    return PenaltyRecord(
      share: min(days * perDay, maximumPenalty ?? 1, 1), reason: "\(Int(days)) day\(days == 1 ? "" : "s") late")
  }
}

extension Marking {
  /// Reads the rules from a file.
  /// - Throws: where it cannot be read, with the key that is not as it must be.
  public init(file: URL) throws {
    func trouble(_ text: String) -> ClassroomError { ClassroomError("\(file.path): \(text)") }
    guard let data = try? Data(contentsOf: file) else { throw trouble("it cannot be read") }
    let known: Set<String> = [
      "lessons", "weights", "partialCredit", "due", "penaltyPerDay", "maximumPenalty", "handedIn",
    ]
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw trouble("it is no JSON object, {\"weights\": {\"3\": 2}}")
    }
    if let key = object.keys.sorted().first(where: { !known.contains($0) }) {
      throw trouble("there is no key “\(key)”; there are \(known.sorted().joined(separator: ", "))")
    }
    do { self = try RecordCoding.decoder.decode(Marking.self, from: data) } catch DecodingError.typeMismatch(_, let c) {
      throw trouble("“\(c.codingPath.map(\.stringValue).joined(separator: "."))” is of the wrong kind")
    } catch DecodingError.dataCorrupted(let c) {
      throw trouble("“\(c.codingPath.map(\.stringValue).joined(separator: "."))”: \(c.debugDescription)")
    }
    for (key, share) in [
      ("partialCredit", partialCredit), ("penaltyPerDay", penaltyPerDay), ("maximumPenalty", maximumPenalty),
    ] {
      if let share, !(0...1).contains(share) { throw trouble("“\(key)” is a share between 0 and 1, not \(share)") }
    }
    for (key, weight) in weights ?? [:] {
      let exists = catalogue.contains { $0.id == key } || catalogueStep(key) != nil
      if !exists { throw trouble("“weights” names “\(key)”, which is neither a lesson nor a step") }
      if !(0...1000).contains(weight) {
        throw trouble("the weight of \(key) is a number from 0 to 1000, not \(weight)")
      }
    }
    if let lessons { _ = try ClassGrading.lessonNumbers(lessons) }
  }
}
