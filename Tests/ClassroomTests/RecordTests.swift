import Curriculum
import Foundation
import Testing

@testable import Classroom

struct RecordTests {
  static let kit = KitRecord(commit: nil, digest: "d", toolchain: "t", platform: "p")

  /// A record of lesson 3 with its first two steps.
  static func record(_ student: String, _ states: [StepState] = [.passed, .wrong]) -> StudentRecord {
    let lesson = Lesson.logisticRegression
    var steps = zip(lesson.steps, states).map {
      StepRecord($0, in: lesson, state: $1, text: "text", Marking())
    }
    steps[1].checks = [
      CheckRecord(quantity: "squared", isRight: true, counts: true),
      CheckRecord(quantity: "crossEntropy", isRight: false, counts: true),
      CheckRecord(quantity: "fact", isRight: true, counts: false),
    ]
    steps[1].findings = [
      FindingRecord(quantity: "L[0]", actual: .nan, expected: -.infinity, input: "i", evidence: "e", message: "m")
    ]
    return StudentRecord(
      student: student, submission: SubmissionRecord(name: student, handedIn: nil, files: [], remarks: []),
      grading: GradingRecord(
        started: Date(timeIntervalSince1970: 0), finished: Date(timeIntervalSince1970: 1), seeds: [1, 2],
        sandbox: .limits,
        kit: kit),
      lessons: [
        LessonRecord(
          number: 3, title: lesson.title, chapter: "docs/\(lesson.chapter)", build: .compiled, message: nil, line: nil,
          breaches: [], remarks: [], steps: steps)
      ], penalty: nil)
  }

  @Test func `a record survives its file, numbers that are not finite too`() throws {
    let record = Self.record("ada")
    let json = try record.json()
    #expect(try StudentRecord(json: json) == record)
    #expect(try StudentRecord(json: json).json() == json)
  }

  @Test func `points are earned by state, and by checks where the answer is wrong`() throws {
    let record = Self.record("ada").marked(by: Marking())
    // 1 point; of 2 points half of one half.
    #expect(record.steps.map(\.earned) == [1, 0.5] && record.steps.map(\.possible) == [1, 2])
    #expect(record.earned == 1.5 && record.possible == 3)
    var marking = Marking()
    marking.partialCredit = 0
    marking.weights = ["3": 2, "3.1": 3]
    #expect(record.marked(by: marking).steps.map(\.earned) == [3, 0])
    #expect(record.marked(by: marking).possible == 7)
    for state in StepState.allCases where ![.passed, .wrong].contains(state) {
      #expect(Self.record("ada", [.passed, state]).marked(by: Marking()).earned == 1)
    }
  }

  @Test func `a quantity that is always the same earns nothing by itself`() {
    let checks = [CheckRecord(quantity: "fact", isRight: true, counts: false)]
    #expect(Marking().earned(.wrong, checks: checks, possible: 2) == 0)
    #expect(Marking().earned(.passed, checks: checks, possible: 2) == 2)
  }

  @Test func `each day begun after the deadline costs its share`() throws {
    var marking = Marking()
    marking.due = Date(timeIntervalSince1970: 0)
    marking.penaltyPerDay = 0.1
    marking.maximumPenalty = 0.25
    marking.handedIn = [
      "on": marking.due!, "one": Date(timeIntervalSince1970: 1), "many": Date(timeIntervalSince1970: 1e6),
    ]
    #expect(marking.penalty(for: "on") == nil && marking.penalty(for: "unknown") == nil)
    #expect(marking.penalty(for: "one") == PenaltyRecord(share: 0.1, reason: "1 day late"))
    #expect(marking.penalty(for: "many")?.share == 0.25)
    #expect(Self.record("many").marked(by: marking).earned == 1.13)
  }

  @Test func `a file of rules is read, and what is wrong in it is named`() throws {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    let file = folder.url.appendingPathComponent("marks.json")
    func read(_ text: String) throws -> Marking {
      try folder.write(text, to: "marks.json")
      return try Marking(file: file)
    }
    let good = try read(
      #"{"lessons": "1-3", "weights": {"3.10": 0}, "due": "2026-10-01T23:59:00Z", "penaltyPerDay": 0.1}"#)
    #expect(good.weights == ["3.10": 0] && good.due == Date(timeIntervalSince1970: 1_790_899_140))
    for (text, word) in [
      ("[]", "object"), (#"{"wieghts": {}}"#, "wieghts"), (#"{"weights": {"99": 1}}"#, "99"),
      (#"{"weights": {"3": -1}}"#, "weight of 3"), (#"{"partialCredit": 2}"#, "partialCredit"), (#"{"due": 3}"#, "due"),
      (#"{"lessons": "9-1"}"#, "9-1"), (#"{"weights": 3}"#, "weights"),
    ] {
      let error = #expect(throws: ClassroomError.self) { _ = try read(text) }
      #expect(error?.description.contains(word) == true, "\(text): \(error?.description ?? "")")
    }
  }

  @Test func `lessons are named by numbers and ranges`() throws {
    #expect(try ClassGrading.lessonNumbers("1-3, 5") == [1, 2, 3, 5])
    for text in ["0", "3-1", "x", "1-2-3", "1-99", "-3"] {
      #expect(throws: ClassroomError.self) { _ = try ClassGrading.lessonNumbers(text) }
    }
  }
}
