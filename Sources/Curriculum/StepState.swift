/// What became of a step: seven states, the same words in every report.
public enum StepState: String, Sendable, CaseIterable {
  /// Every quantity on every input is right.
  case passed
  /// The code answered, and an answer is not right.
  case wrong
  /// The step still is `todo()`, or needs a step that still is.
  case notAttempted
  /// The code stopped before it had answered: a trap, an uncaught signal, `exit`.
  case crashed
  /// The code used up its time.
  case timedOut
  /// The lesson's files do not compile.
  case doesNotCompile
  /// The code uses what the rules for grading a class do not allow.
  case refused

  /// The state in words: "not attempted".
  public var words: String {
    switch self {
    case .passed: "passed"
    case .wrong: "wrong"
    case .notAttempted: "not attempted"
    case .crashed: "crashed"
    case .timedOut: "timed out"
    case .doesNotCompile: "does not compile"
    case .refused: "refused"
    }
  }
}
