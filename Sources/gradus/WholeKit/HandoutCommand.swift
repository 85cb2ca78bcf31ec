import Authoring
import Curriculum
import Examiner
import Foundation

struct HandoutCommand: Command {
  let name = "handout"
  let summary = "makes the package that students get, without solutions"
  let help = """
    swift run gradus handout --out DIR [--lessons 1-9] [--seeds N]

    Writes a copy of the kit in which there are no solutions, and nothing from which they can be read. “swift test” and
    “gradus check” judge in it with full diagnosis, from recorded numbers.

      --out DIR       the folder to write; it must not be there yet, or be empty
      --lessons LIST  these lessons only: 1-9, or 3,5,8-10
      --seeds N       the seeds 1 to N can be asked for with “check --seed” (3, if nothing is said; a seed of all lessons takes 6 MB)
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let out = try arguments.option("--out")
    let list = try arguments.option("--lessons")
    let count = try arguments.option("--seeds").map { text in
      guard let count = UInt64(text), (1...20).contains(count) else {
        throw UsageError("--seeds is the number of seeds, 1 to 20")
      }
      return count
    }
    guard try arguments.rest().isEmpty, let out else { throw UsageError("where to? For example: --out ../handout") }
    let lessons = try list.map(Selection.lessons) ?? catalogue
    let kit = try Kit()
    let folder = URL(fileURLWithPath: out)
    try Handout(root: kit.root, lessons: lessons).write(
      to: folder, seeds: Array(Examination.defaultSeed...(count ?? 3)))
    let points = lessons.reduce(0) { $0 + $1.points }
    print("\(lessons.count) lessons, \(points) points, written to \(folder.path).")
    print(
      "Try it as a student would: cd there, and run “swift test”. No test may fail, and each step is “not attempted”.")
    return Exit.success
  }
}
