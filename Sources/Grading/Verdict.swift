import Curriculum

/// What is said of a step: its state, what was found, by what evidence, and which mistake it is.
public struct Verdict: Sendable {
  /// "3.6".
  public let step: String
  /// What became of it.
  public var state: StepState
  /// The step that is missing first, where this one only waits for it.
  public var blockedBy: String?
  /// Steps on which this one builds and which are not right either.
  public var wrongPrerequisites: [String] = []
  /// What is wrong, the first wrong quantity first.
  public var findings: [Finding] = []
  /// The step's own mistakes that give the student's numbers, all of them or those of some quantities; and an earlier step's.
  public var explanations: [Explanation] = []
  /// Mistakes of other steps that would give just these numbers; one of them is named only where more speaks for it.
  public var inherited: [NamedMistake] = []
  /// How the numbers relate to the right ones, where no known mistake gives them.
  public var diagnosis: String?
  /// What the student's code printed, capped.
  public var printed = ""
  /// Where the student's code stopped, or where its `todo()` stands.
  public var place: SourcePlace?

  /// A verdict on a step.
  public init(step: String, state: StepState) {
    self.step = step
    self.state = state
  }

  /// The mistake that gives all of the student's numbers.
  public var mistake: NamedMistake? { explanations.first { $0.quantities == nil }?.mistake }

  /// The points earned: all of the step's when it has passed, else none.
  public var points: Int { state == .passed ? maxPoints : 0 }
  /// What the step is worth.
  public var maxPoints: Int { catalogueStep(step)?.step.points ?? 0 }
}

/// A mistake that gives a student's numbers.
public struct Explanation: Sendable {
  /// The quantities whose numbers it gives; nil where it gives all.
  public let quantities: [String]?
  /// The mistake.
  public let mistake: NamedMistake
  /// Whether something like it is made in the judged step's own code: it is known from another step, which is right.
  public var isMadeHere: Bool

  /// An explanation.
  public init(quantities: [String]?, mistake: NamedMistake, isMadeHere: Bool = false) {
    self.quantities = quantities
    self.mistake = mistake
    self.isMadeHere = isMadeHere
  }

  func sentence(in step: String) -> String {
    if isMadeHere {
      return
        "These numbers come out when, in step \(mistake.step), \(mistake.title). Your \(mistake.step) is right, so something "
        + "with the same effect stands in this step. (There: \(mistake.explanation))"
    }
    let place = mistake.step == step ? "" : "in step \(mistake.step) "
    let names = quantities.map { $0.count > 1 ? $0.dropLast().joined(separator: ", ") + " and " + $0.last! : $0[0] }
    let subject =
      names.map {
        $0 + (quantities!.count > 1 ? " are exactly what comes out when " : " is exactly what comes out when ")
      }
      ?? "This is exactly what comes out when "
    return subject + place + mistake.title + ". " + mistake.explanation
  }
}

/// A line in a file of the student's.
public struct SourcePlace: Sendable, Equatable {
  /// The file's path, or its name where no more is known.
  public var file: String
  /// Counted from 1.
  public var line: Int
  /// A place.
  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// One thing that is not right.
public struct Finding: Sendable {
  /// The quantity with its index, `dw[1, 0]`; empty where the code stopped.
  public var quantity: String
  /// What it was, where it was a number.
  public var actual: Double?
  /// What it should be, where that is a number.
  public var expected: Double?
  /// On which input, with the input's values where they are short.
  public var input: String
  /// How that is known.
  public var evidence: String
  /// The finding in a sentence.
  public var message: String

  /// A finding.
  public init(
    quantity: String, actual: Double? = nil, expected: Double? = nil, input: String, evidence: String, message: String
  ) {
    self.quantity = quantity
    self.actual = actual
    self.expected = expected
    self.input = input
    self.evidence = evidence
    self.message = message
  }
}

extension Verdict {
  /// The verdict in plain words, without its title: some lines of text.
  public var text: String {
    var lines: [String] = []
    if !wrongPrerequisites.isEmpty {
      let plural = wrongPrerequisites.count > 1
      lines.append(
        "First mend \(enumerated(wrongPrerequisites)): this step builds on \(plural ? "them" : "it"), "
          + "and \(plural ? "they are" : "it is") not right yet.")
    }
    var input: String?
    // The first wrong quantities tell what is the matter; those behind them are mostly wrong because of them.
    let shown = findings.count > 4 ? findings.prefix(3) : findings[...]
    for finding in shown {
      lines.append(
        finding.message.hasSuffix("?") || finding.message.hasSuffix(".") ? finding.message : finding.message + ".")
      if !finding.evidence.isEmpty && finding.evidence != "the reference" {
        lines.append("  Evidence: \(finding.evidence).")
      }
      if finding.input != input && !finding.input.isEmpty { lines.append("  Input: \(finding.input).") }
      input = finding.input
    }
    if shown.count < findings.count {
      let rest = findings.dropFirst(shown.count)
      var names: [String] = []
      for name in rest.map({ String($0.quantity.prefix { $0 != "[" }) }) where !names.contains(name) {
        names.append(name)
      }
      lines.append(
        "\(rest.count) more are wrong: \(names.prefix(6).joined(separator: ", "))\(names.count > 6 ? ", …" : "").")
    }
    lines += explanations.map { $0.sentence(in: step) }
    if let diagnosis { lines.append(diagnosis) }
    if state == .notAttempted {
      let line = place.map { " in line \($0.line)" } ?? ""
      lines.append(
        blockedBy.map { "It calls step \($0), which still says todo()\(line)." } ?? "It still says todo()\(line).")
    }
    if !printed.isEmpty {
      lines.append("Your code printed:")
      let text = printed.hasSuffix("\n") ? printed.dropLast() : printed[...]
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "  | " + $0 }
    }
    if state != .passed, let (lesson, entry) = catalogueStep(step) {
      lines.append("Read docs/\(lesson.chapter)#\(entry.anchor), or ask: swift run gradus hint \(step)")
    }
    return lines.joined(separator: "\n")
  }
}
