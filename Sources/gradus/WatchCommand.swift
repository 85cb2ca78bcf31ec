import Curriculum
import Examiner
import Foundation
import Grading

struct WatchCommand: Command {
  let name = "watch"
  let summary = "judges a lesson anew whenever you save it"
  let help = """
    swift run gradus watch [LESSON]... [--submission DIR] [--seed N]

    Waits until you save an exercise, compiles its lesson and judges it: first the step that you changed, then the rest of
    the lesson, then what is next. It never goes on to another step by itself, and stores nothing. Ctrl-C ends it.

      --submission DIR   watches a folder shaped like Exercises/, or holding an Exercises/
      --seed N           draws the random inputs from another seed (default: \(Examination.defaultSeed))
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let kit = try Kit()
    let seed = try arguments.seed()
    let source = try arguments.option("--submission").map(Source.submission) ?? .exercises(kit)
    let selection = try Selection(try arguments.rest())
    endOnInterrupt()
    print("Looking at \(selection.isEverything ? "every lesson" : "the lessons asked for") once …")
    fflush(nil)
    var watched = selection.lessons.map { lesson, _ in
      WatchedLesson(lesson, folder: source.folder.appendingPathComponent(lesson.folder))
    }
    var reports = try source.reports(on: selection, kit: kit, seed: seed)
    let points = reports.reduce(0) { $0 + $1.points }
    print("\(points) of \(reports.reduce(0) { $0 + $1.maxPoints }) points.\n")
    NextStep.print(reports, kit: kit, isWholeCourse: selection.isEverything)
    wait()
    while true {
      usleep(200_000)
      for k in watched.indices {
        guard let changed = watched[k].change() else { continue }
        if Terminal.isInteractive { print("\u{1b}[2J\u{1b}[H", terminator: "") }
        let lesson = watched[k].lesson
        let report = try judge(
          lesson, changed: changed, before: reports[k], in: watched[k].folder, kit: kit, seed: seed)
        reports[k] = report
        print()
        NextStep.print(reports, kit: kit, isWholeCourse: selection.isEverything)
        wait()
      }
    }
  }

  /// Judges a lesson and says what came of it, the changed steps first.
  private func judge(
    _ lesson: Lesson, changed: [String], before: LessonReport, in folder: URL, kit: Kit, seed: UInt64
  ) throws -> LessonReport {
    let time = DateFormatter()
    time.dateFormat = "HH:mm:ss"
    print(Terminal.styled("── \(time.string(from: Date()))  \(lesson.id) \(lesson.title)", .bold))
    fflush(nil)
    let report = try examine(lesson, sources: folder, kit: kit, seed: seed)
    if let message = report.message {
      print("\(StepState.doesNotCompile.sign) does not compile")
      if let place = report.messagePlace { print("    " + Terminal.styled(place.relative(to: kit.root), .dim)) }
      print(indented("The compiler says: \(message)"))
      return report
    }
    let old = Dictionary(before.verdicts.map { ($0.step, $0.state) }, uniquingKeysWith: { first, _ in first })
    // Where no step's own function changed, a helper did: what came of it shows in the steps whose states changed.
    let shown =
      changed.isEmpty ? report.verdicts.filter { $0.state != old[$0.step] }.map(\.step) : changed
    for verdict in report.verdicts where shown.contains(verdict.step) {
      guard let (_, step) = catalogueStep(verdict.step) else { continue }
      print(verdict.line(step))
      if verdict.state != .passed, let place = report.place(of: step) {
        print("    " + Terminal.styled(place.relative(to: kit.root), .dim))
      }
      if !verdict.text.isEmpty { print(indented(verdict.text)) }
    }
    let rest = report.verdicts.filter { !shown.contains($0.step) }
    if shown.isEmpty { print("No step's state has changed.") }
    for verdict in rest where verdict.state != .passed && verdict.state != .notAttempted {
      guard let (_, step) = catalogueStep(verdict.step) else { continue }
      print(verdict.line(step))
    }
    for verdict in rest where old[verdict.step] == .passed && verdict.state != .passed {
      print("\(verdict.step) was right before.")
    }
    print(
      "Lesson \(lesson.id): " + report.verdicts.map(\.state.sign).joined()
        + "  \(report.points) of \(report.maxPoints) points")
    return report
  }

  private func wait() {
    print("\n" + Terminal.styled("Waiting for the next save (Ctrl-C ends).", .dim))
    fflush(nil)
  }

  /// Ctrl-C, and a closed terminal, end the command, and its observers with it.
  private func endOnInterrupt() {
    // Whoever started this may have blocked them.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in
        endRunningChildren()
        _exit(0)
      }
    }
  }
}

/// A lesson's folder, and what was last seen there.
private struct WatchedLesson {
  let lesson: Lesson
  let folder: URL
  private var seen: [String: String]
  private var functions: [String: String]

  init(_ lesson: Lesson, folder: URL) {
    self.lesson = lesson
    self.folder = folder
    seen = Self.stamps(folder)
    functions = Self.functions(folder)
  }

  /// The steps whose functions have changed since the last call, perhaps none; nil where no file has.
  ///
  /// Many editors write a new file and put it in the old one's place: nothing is done until all stays as it is for a moment.
  mutating func change() -> [String]? {
    var now = Self.stamps(folder)
    guard now != seen else { return nil }
    for _ in 0..<50 {
      usleep(100_000)
      let later = Self.stamps(folder)
      if later == now && !later.isEmpty { break }
      now = later
    }
    seen = now
    let current = Self.functions(folder)
    defer { functions = current }
    return lesson.steps.filter { current[$0.function] != functions[$0.function] }.map(\.id)
  }

  /// For each Swift file what changes when it is written: its size, its time, and which file it is.
  private static func stamps(_ folder: URL) -> [String: String] {
    var result: [String: String] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where name.hasSuffix(".swift")
    {
      guard
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
      else { continue }
      let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      result[name] = "\(attributes[.size] ?? 0) \(time) \(attributes[.systemFileNumber] ?? 0)"
    }
    return result
  }

  private static func functions(_ folder: URL) -> [String: String] {
    var result: [String: String] = [:]
    for name in stamps(folder).keys.sorted() {
      guard let index = try? SourceIndex(folder.appendingPathComponent(name)) else { continue }
      for function in index.functions { result[function.name] = index.bodySource(of: function) }
    }
    return result
  }
}
