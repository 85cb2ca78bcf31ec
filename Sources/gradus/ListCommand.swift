import Answers
import Authoring
import Curriculum
import Examiner
import Foundation

struct ListCommand: Command {
  let name = "list"
  let summary = "all lessons and steps, with their points"
  let help = """
    swift run gradus list [--json]

    All lessons and steps with their points, the lecture that each comes from, and how many mistakes and hints are known.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let json = arguments.flag("--json")
    guard try arguments.rest().isEmpty else { throw UsageError("list takes no lesson") }
    let kit = try Kit()
    var objects: [[String: Any]] = []
    for lesson in catalogue {
      if !json {
        print(
          Terminal.styled("\(lesson.id) \(lesson.title)", .bold) + "  (\(lesson.points) points, docs/\(lesson.chapter))"
        )
      }
      let chapter = try? Chapter(lesson, root: kit.root)
      let mistakes = answers.first { $0.lesson.number == lesson.number }?.mistakes ?? []
      for step in lesson.steps {
        let known = mistakes.filter { $0.step == step.id }
        if json {
          objects.append([
            "id": step.id, "lesson": lesson.name, "title": step.title, "points": step.points, "source": step.source,
            "mistakes": known.map { ["id": $0.id, "title": $0.title] }, "hints": chapter?.hints(for: step).count ?? 0,
            "section": "docs/\(lesson.chapter)#\(step.anchor)",
          ])
        } else {
          let heading = step.heading.padding(toLength: max(44, step.heading.count), withPad: " ", startingAt: 0)
          print("  \(heading) \(step.points) \(step.points == 1 ? "point " : "points")  \(known.count) mistakes known")
        }
      }
    }
    if json { print(try jsonText(objects)) }
    return Exit.success
  }
}
