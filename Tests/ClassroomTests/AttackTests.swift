import Curriculum
import Examiner
import Foundation
import Testing

@testable import Classroom

/// Everything here grades for real, which takes minutes: it runs where GRADUS_ATTACKS is set, as `.ci/run` does.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GRADUS_ATTACKS"] != nil, "set GRADUS_ATTACKS=1"), .serialized)
struct AttackTests {
  /// Honest submissions, with the points that they must get among all those attacks.
  static let honest: [(name: String, points: Double, files: [String: String])] = [
    (
      "honest-right", 2,
      [
        lesson3: logisticRegression([
          "sigmoid": rightSigmoid,
          "update": "LogisticParameters(w: parameters.w - rate * gradients.dw, b: parameters.b - rate * gradients.db)",
        ])
      ]
    ),
    // The squared loss is right, the cross-entropy is not: half of half of two points.
    (
      "honest-half", 0.5,
      [
        lesson3: logisticRegression([
          "losses": "ExampleLosses(squared: 0.5 * (a - y) * (a - y), crossEntropy: -y * log(max(a, logFloor)))"
        ])
      ]
    ),
    ("honest-wrong", 0, [lesson3: logisticRegression(["sigmoid": "1 / (1 + exp(z))"])]),
    ("honest-nothing", 0, [lesson3: logisticRegression()]),
    (
      "honest-words", 1,
      [
        lesson3: logisticRegression(
          ["sigmoid": "let unsafeStep = _helper(z)\n    return unsafeStep"],
          above: """
            import Foundation
            import Curriculum
            // unsafe, _typeByName, @_silgen_name, #sourceLocation, import Glibc; mail ada@example.edu; A @ B
            """,
          below: """
            @inline(__always) private func _helper(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
            /* "unsafe" @objc */ let remark = "do not import Grading, _ever @all #1"
            extension Matrix: @retroactive CustomStringConvertible { public var description: String { remark } }
            """)
      ]
    ),
    (
      "honest-loop-ends", 1,
      [
        lesson3: logisticRegression([
          "sigmoid": "var s = 0.0\n    for k in 0..<2000 { s += Double(k) }\n    return 1 / (1 + exp(-z)) + 0 * s"
        ])
      ]
    ),
    ("honest-flat", 1, ["LogisticRegression.swift": logisticRegression(["sigmoid": rightSigmoid])]),
    ("honest-nested", 1, ["gradus-main/\(lesson3)": logisticRegression(["sigmoid": rightSigmoid])]),
    (
      "honest-windows", 1,
      [lesson3: logisticRegression(["sigmoid": rightSigmoid]).replacingOccurrences(of: "\n", with: "\r\n")]
    ),
  ]

  /// All of them graded once, as one class, two at a time.
  static let graded = Result {
    let submissions = try SubmissionFolder()
    defer { submissions.remove() }
    for (name, _, files) in honest { for (path, text) in files { try submissions.write(text, to: "\(name)/\(path)") } }
    for attack in attacks { try attack.make(submissions, attack.name) }
    let out = ResultsFolder(
      FileManager.default.temporaryDirectory.appendingPathComponent("gradus-results-\(UUID().uuidString)"))
    var options = ClassGrading.Options()
    options.jobs = 2
    let start = Date()
    let outcome = try ClassGrading(kit: Kit(), options: options).run(submissions.url, into: out) { _ in }
    let records = try Dictionary(uniqueKeysWithValues: outcome.students.map { ($0, try out.record(of: $0)) })
    try FileManager.default.removeItem(at: out.url)
    print(
      "\(records.count) submissions in \(Int(Date().timeIntervalSince(start))) s, sandbox: \(records.first?.value.grading.sandbox.rawValue ?? "")"
    )
    return (outcome: outcome, records: records)
  }

  @Test(arguments: attacks) func `an attack gains nothing, and is named`(_ attack: Attack) throws {
    let record = try #require(try Self.graded.get().records[attack.name])
    let lesson = record.lessons.first { $0.steps.contains { $0.id == attack.step } }
    let step = try #require(record.steps.first { $0.id == attack.step })
    let said = step.text + (lesson?.message ?? "") + record.submission.remarks.joined(separator: "\n")
    print(
      "| \(attack.name) | \(step.state.words) | \(record.earned) | \(said.split(separator: "\n").first.map { String($0.prefix(110)) } ?? "") |"
    )
    #expect(record.earned == attack.points)
    #expect(step.state == attack.state, "\(said)")
    #expect(attack.says.isEmpty || said.contains(attack.says), "\(said)")
    if step.state == .refused { #expect(lesson?.breaches.isEmpty == false && lesson?.build == .refused) }
  }

  @Test func `honest work gets its marks among attacks`() throws {
    let records = try Self.graded.get().records
    for (name, points, _) in Self.honest {
      let record = try #require(records[name])
      #expect(
        record.earned == points,
        "\(name): \(record.lessons[2].message ?? "") \(record.steps.filter { $0.state != .notAttempted }.map(\.text))")
    }
  }

  @Test func `every submission has a record, and nothing is left running or lying about`() throws {
    let (outcome, records) = try Self.graded.get()
    #expect(outcome.failed.isEmpty)
    #expect(records.count == attacks.count + Self.honest.count)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/gradus-attack"))
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/exe") else { continue }
      #expect(!link.contains("/gradus-class-\(getpid())-"), "process \(name) is left: \(link)")
    }
  }
}
