import Curriculum

/// What the parent saw of one observer: the answers it wrote, how it ended, and what the student's code printed.
public struct Run: Sendable {
  /// How an observer ended.
  public enum Ending: Sendable, Equatable {
    /// It answered on every input.
    case finished
    /// It came to a `todo()`.
    case todo(function: String, place: SourcePlace)
    /// It trapped, or a signal ended it.
    case crashed(message: String, place: SourcePlace?)
    /// It ended itself before it had answered.
    case exited(status: Int32)
    /// It used up its time, in seconds of CPU or of the clock on the wall.
    case timedOut(seconds: Int, ofCPU: Bool)
  }

  /// The observations of the inputs that it came to, in order.
  public var observations: [Observation]
  /// How it ended.
  public var ending: Ending
  /// What it printed, capped.
  public var printed: String

  /// A run.
  public init(observations: [Observation], ending: Ending, printed: String = "") {
    self.observations = observations
    self.ending = ending
    self.printed = printed
  }

  /// What an observer wrote to its descriptor: whole observations, and how it says that it ended, if it says so.
  ///
  /// `end` counts only with the token that the observer was given, so that student code that writes it, and then stops the
  /// process, has not answered.
  public static func read(_ answer: String, token: String = "") -> (observations: [Observation], ending: Ending?) {
    var observations: [Observation] = []
    var lines: [Substring] = []
    // What stands after the last line's end is not a whole line.
    for line in answer.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line == "end" + token { return (observations, .finished) }
      if line.hasPrefix("todo\t") {
        let fields = line.split(separator: "\t")
        guard fields.count == 4, let number = Int(fields[3]) else { break }
        return (
          observations, .todo(function: String(fields[1]), place: SourcePlace(file: String(fields[2]), line: number))
        )
      }
      if !line.isEmpty {
        lines.append(line)
      } else if !lines.isEmpty {
        guard let observation = Observation(wireLines: lines) else { break }
        observations.append(observation)
        lines = []
      }
    }
    return (observations, nil)
  }
}
