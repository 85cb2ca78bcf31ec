import Authoring
import Examiner

struct SyncCommand: Command {
  let name = "sync"
  let summary = "for authors: makes stubs, tests, registries and chapters' parts anew"
  let help = """
    swift run gradus sync [--check]

    For authors. Makes all that is generated from the sources: the stubs in Exercises/ (those that nobody has worked on),
    the tests, the registries, the pages of reference code, and the numbers, usual errors and figures of the chapters.

      --check   changes nothing, and says what is not current

    Exit code: 0 if everything is current, 1 if not.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let check = arguments.flag("--check")
    guard try arguments.rest().isEmpty else { throw UsageError("sync takes no lesson: it does them all") }
    let report = try Sync(root: try Kit().root).run(check: check)
    for path in report.stale { print((check ? "not current: " : "written: ") + path) }
    for path in report.workedOn { print("left alone, somebody has worked on it: \(path)") }
    for complaint in report.complaints { print("to do: \(complaint)") }
    if report.isUnfinished && !check { print("The registries have changed: run “swift run gradus sync” once more.") }
    print(
      "\(report.files) generated files, \(report.stale.count) \(check ? "not current" : "written"), \(report.complaints.count) complaints."
    )
    let isRight = report.complaints.isEmpty && (!check || report.stale.isEmpty && report.workedOn.isEmpty)
    return isRight ? Exit.success : Exit.failure
  }
}
