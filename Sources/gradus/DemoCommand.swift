import Answers
import Curriculum
import Demos
import Examiner
import Foundation

struct DemoCommand: Command {
  let name = "demo"
  let summary = "trains on a lesson's real data, and shows what comes of it"
  let help = """
    swift run gradus demo LESSON [--mine] [--out DIR] [--tensorboard DIR] [--data DIR]
                          [--save FILE] [--load FILE]

    Runs a lesson's code on its data and shows the pictures in the terminal.

      --mine      with your own exercise instead of the reference
      --out DIR   also writes the figures as SVG files into a folder
      --tensorboard DIR
                  also writes a run, with its curves, weights and pictures, into a folder that
                  “tensorboard --logdir DIR” shows
      --data DIR  lesson 15 only: on MNIST, if you have its four files in a folder, unpacked
                  (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,
                  t10k-labels-idx1-ubyte); they do not come with Gradus
      --save FILE, --load FILE
                  lesson 15 only: trains the network that reads digits and keeps its weights in a file, or takes them
                  from one instead; FILE ends in .safetensors or .npz, which NumPy and others read and write

    Long trainings are several times faster with “swift run -c release gradus demo …”.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let mine = arguments.flag("--mine")
    let out = try arguments.option("--out")
    let run = try arguments.option("--tensorboard")
    let data = try arguments.option("--data")
    let save = try arguments.option("--save")
    let load = try arguments.option("--load")
    let lesson = try Selection.oneLesson(try arguments.rest())
    guard let demo = demos.first(where: { $0.lesson.number == lesson.number }) else {
      throw UsageError("lesson \(lesson.id) has no demo")
    }
    if data != nil && !demo.takesData {
      throw UsageError("the demo of lesson \(lesson.id) has data of its own, and cannot take other data")
    }
    if (save ?? load) != nil && !demo.takesWeights {
      throw UsageError("the demo of lesson \(lesson.id) keeps no weights: that of lesson 15 does")
    }
    guard data == nil || (save ?? load) == nil else {
      throw UsageError(
        "either --data or --save and --load: the network of these reads the digits that come with Gradus")
    }
    let settings = DemoSettings(
      width: Terminal.width, colors: Terminal.colors, figures: out, run: run, data: data, save: save, load: load)
    if !mine {
      guard let reference = self.reference(of: lesson) else {
        throw UsageError("this copy of the kit has no solutions: try --mine")
      }
      try runDemo(demo, with: reference, companion: demo.companion.flatMap(reference(of:)), settings)
      return Exit.success
    }
    let kit = try Kit()
    switch try LessonBuild(lesson, sources: kit.exercise(lesson), kit: kit).demo(companion: demo.companion) {
    case .failed(let message, let place):
      complain("Your exercise does not compile: \(place.map { $0.relative(to: kit.root) + ": " } ?? "")\(message)")
      return Exit.failure
    case .built(let executable):
      let report = try examine(lesson, sources: kit.exercise(lesson), kit: kit)
      let notRight = report.verdicts.filter { $0.state != .passed }.map { "\($0.step) (\($0.state.words))" }
      if !notRight.isEmpty {
        print(
          "Not right yet: \(notRight.joined(separator: ", ")). What follows may show it, and what the text says may not hold.\n"
        )
      }
      print("With your own code, \(kit.exercise(lesson).lastPathComponent):\n")
      return try runWithStudentCode(executable, settings)
    }
  }

  /// The reference of a lesson, nil where the copy of the kit has none.
  private func reference(of lesson: Lesson) -> (any Sendable)? {
    answers.first { $0.lesson.number == lesson.number }?.source?.reference
  }
}

/// Runs the executable of a demo that has a student's code in it.
func runWithStudentCode(_ executable: URL, _ settings: DemoSettings) throws -> Int32 {
  fflush(nil)
  let process = Process()
  process.executableURL = executable
  process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
  process.arguments = [settings.argument]
  try process.run()
  process.waitUntilExit()
  return process.terminationReason == .exit && process.terminationStatus == 0 ? Exit.success : Exit.failure
}
