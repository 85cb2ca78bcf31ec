import Curriculum
import Examiner
import Foundation
import Grading

struct MapCommand: Command {
  let name = "map"
  let summary = "where you stand, and what is next"
  let help = """
    swift run gradus

    The map: every lesson with the states of its steps (✔ passed, ✘ not right, · not attempted), your points, and what is
    next, with file and line. It is read off your code each time, and stored nowhere.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    guard try arguments.rest().isEmpty else {
      throw UsageError("the map takes no lesson: try “swift run gradus check”")
    }
    let kit = try Kit()
    let reports = try Source.exercises(kit).reports(on: Selection([]), kit: kit, seed: Examination.defaultSeed)
    print(Terminal.styled("Gradus: neural networks from first principles", .bold))
    print()
    let width = reports.map(\.lesson.title.count).max() ?? 0
    let marks = reports.map(\.verdicts.count).max() ?? 0
    for report in reports {
      let title = report.lesson.title.padding(toLength: width, withPad: " ", startingAt: 0)
      let number = report.lesson.id.count < 2 ? " " + report.lesson.id : report.lesson.id
      let signs =
        report.verdicts.map(\.state.sign).joined() + String(repeating: " ", count: marks - report.verdicts.count)
      print("\(number)  \(title)  \(signs)  \(report.points)/\(report.maxPoints) points")
    }
    print()
    print("\(reports.reduce(0) { $0 + $1.points }) of \(reports.reduce(0) { $0 + $1.maxPoints }) points.")
    print()
    NextStep.print(reports, kit: kit)
    return Exit.success
  }
}
