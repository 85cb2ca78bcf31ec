import Examiner
import Foundation

/// One of gradus's commands.
protocol Command: Sendable {
  var name: String { get }
  /// What it does, in a line.
  var summary: String { get }
  /// Its help, from the usage line on.
  var help: String { get }
  /// Runs it; the exit code is returned.
  func run(_ arguments: inout Arguments) throws -> Int32
}

private let commands: [any Command] =
  [
    MapCommand(), NextCommand(), WatchCommand(), CheckCommand(), ShowCommand(), HintCommand(), ResetCommand(),
    DemoCommand(), MilestonesCommand(), PackCommand(), ListCommand(), DoctorCommand(),
  ] + wholeKitCommands

// A handout has no folder WholeKit: in it stands what knows or makes answers.
#if HANDOUT
  private let wholeKitCommands: [any Command] = []
#else
  private let wholeKitCommands: [any Command] = [
    PlaygroundCommand(), BenchCommand(), HandoutCommand(), GradeCommand(), ReportCommand(), MergeCommand(),
    ExportCommand(), VerifyCommand(), SyncCommand(),
  ]
#endif

private let overview = """
  Gradus: neural networks from first principles, one step after the other.

  swift run gradus                  where you stand, and what is next
  \(commands.filter { $0.name != "map" }.map {
    "swift run gradus " + $0.name.padding(toLength: 16, withPad: " ", startingAt: 0) + " " + $0.summary
  }.joined(separator: "\n"))

  “swift run gradus COMMAND --help” says more. Exit codes: 0 all is well, 1 something is not right yet,
  64 the command was not called as it must be, 70 the kit cannot do its work here.
  """

func runCommand(_ words: [String]) -> Int32 {
  if let first = words.first, ["help", "--help", "-h"].contains(first) {
    if words.count > 1, let command = commands.first(where: { $0.name == words[1] }) {
      print(command.help)
    } else {
      print(overview)
    }
    return Exit.success
  }
  let isMap = words.isEmpty || words[0].hasPrefix("-")
  guard let command = commands.first(where: { $0.name == (isMap ? "map" : words[0]) }) else {
    complain("gradus: there is no command “\(words[0])”.\n")
    complain(overview)
    return Exit.usage
  }
  var arguments = Arguments(Array(isMap ? words[...] : words.dropFirst()))
  do {
    if arguments.flag("--help") || arguments.flag("-h") {
      print(command.help)
      return Exit.success
    }
    return try command.run(&arguments)
  } catch let error as UsageError {
    complain("gradus \(command.name): \(error.message).\n")
    complain(command.help)
    return Exit.usage
  } catch {
    complain("gradus: \(error)")
    return Exit.trouble
  }
}
