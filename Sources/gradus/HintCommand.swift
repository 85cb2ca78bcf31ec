import Authoring
import Curriculum
import Examiner

struct HintCommand: Command {
  let name = "hint"
  let summary = "a hint for a step, out of the chapter"
  let help = """
    swift run gradus hint STEP [N]

    The first hint for a step, or the N-th; each says a little more than the one before. They stand in the chapter too.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let words = try arguments.rest()
    guard let word = words.first, words.count <= 2 else {
      throw UsageError("which step? For example: swift run gradus hint 3.1")
    }
    guard let (lesson, step) = catalogueStep(word) else {
      throw UsageError("there is no step “\(word)”: “swift run gradus list” shows them all")
    }
    let hints = try Chapter(lesson, root: try Kit().root).hints(for: step)
    guard !hints.isEmpty else {
      print("There is no hint for \(step.id); its section is docs/\(lesson.chapter)#\(step.anchor)")
      return Exit.success
    }
    var number = 1
    if words.count == 2 {
      guard let n = Int(words[1]), (1...hints.count).contains(n) else {
        throw UsageError("step \(step.id) has hints 1 to \(hints.count), and none numbered “\(words[1])”")
      }
      number = n
    }
    print(Terminal.styled("\(step.heading): hint \(number) of \(hints.count)", .bold))
    print()
    print(hints[number - 1])
    print()
    if number < hints.count { print("One more: swift run gradus hint \(step.id) \(number + 1)") }
    print("The whole section: docs/\(lesson.chapter)#\(step.anchor)")
    return Exit.success
  }
}
