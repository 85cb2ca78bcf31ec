import Classroom
import Examiner
import Foundation

struct ExportCommand: Command {
  let name = "export"
  let summary = "makes an autograder for Gradescope, Classroom 50 or GitHub Actions"
  let help = """
    swift run gradus export gradescope --out FILE.zip [--lessons 1-9] [--marks FILE] [--require-sandbox LEVEL]
    swift run gradus export classroom50 --out FOLDER [...]
    swift run gradus export github-actions --out FILE.yml [--shards 4] [...]

      gradescope       the archive that Gradescope takes: setup.sh, run_autograder and this kit
      classroom50      autograder.py, runtime.json and this kit. Whoever can read the autograder's files can read the answers in it
      github-actions   a workflow for your own private copy of this kit: it grades all repositories of a class on several machines.
                       With --marks it reads class/marks.json there

    The options are those of gradus grade. Without --require-sandbox nothing is graded below the level “filter”.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    guard let out = try arguments.option("--out") else { throw UsageError("--out says where it goes") }
    var options = ExportOptions()
    if let text = try arguments.option("--lessons") {
      _ = try ClassGrading.lessonNumbers(text)
      options.lessons = text
    }
    if let file = try arguments.option("--marks") {
      let url = URL(fileURLWithPath: file)
      _ = try Marking(file: url)
      options.marks = try Data(contentsOf: url)
    }
    if let text = try arguments.option("--require-sandbox") {
      guard let level = SandboxLevel(rawValue: text) else {
        throw UsageError(
          "--require-sandbox takes one of \(SandboxLevel.allCases.map(\.rawValue).joined(separator: ", ")), not “\(text)”"
        )
      }
      options.requiredLevel = level
    }
    let shardsText = try arguments.option("--shards")
    guard let shards = Int(shardsText ?? "4"), (1...256).contains(shards) else {
      throw UsageError("--shards takes a number from 1 to 256, not “\(shardsText ?? "")”")
    }
    let rest = try arguments.rest()
    guard rest.count == 1 else { throw UsageError("name one of gradescope, classroom50 and github-actions") }
    guard shardsText == nil || rest[0] == "github-actions" else { throw UsageError("--shards is for github-actions") }

    let kit = try Kit()
    let swift = try swiftVersion()
    let url = URL(fileURLWithPath: out)
    switch rest[0] {
    case "gradescope":
      let archive = try gradescopeArchive(kit, swift: swift, options)
      try archive.write(to: url, options: .atomic)
      print(
        "\(out): \(archive.count >> 10) KB. Upload it as the autograder of a programming assignment, on a base image of Ubuntu."
      )
    case "classroom50":
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      for (name, data) in try classroom50Files(kit, swift: swift, options) {
        try data.write(to: url.appendingPathComponent(name), options: .atomic)
      }
      print("\(out): put its files into CLASSROOM/autograders/ASSIGNMENT/; runtime.json is for --runtime.")
      print("gradus.zip holds the answers: whoever can read the autograder's files can read them.")
    case "github-actions":
      try Data(gitHubActionsWorkflow(swift: swift, shards: shards, options).utf8).write(to: url, options: .atomic)
      print("\(out): put it into .github/workflows/ of your own private copy of this kit.")
    default:
      throw UsageError("there is no export for “\(rest[0])”; there are gradescope, classroom50 and github-actions")
    }
    return Exit.success
  }

  /// The toolchain's version, `6.3.1`.
  private func swiftVersion() throws -> String {
    let line = try Toolchain().version()
    guard let match = line.firstMatch(of: /Swift version (\d+\.\d+(\.\d+)?)/) else {
      throw UsageError("the toolchain does not tell its version: “\(line)”")
    }
    return String(match.1)
  }
}
