import Archives
import Authoring
import Curriculum
import Examiner
import Foundation
import Grading

struct PackCommand: Command {
  let name = "pack"
  let summary = "makes the file that you hand in"
  let help = """
    swift run gradus pack [--out FILE.zip]

    Puts your exercises into one archive, gradus-submission.zip if no other name is given, and says how each lesson stands.
    Only Exercises/NN-Name/Name.swift of each lesson goes in: nothing else is taken when a class is graded.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let out = URL(fileURLWithPath: try arguments.option("--out") ?? "gradus-submission.zip")
    guard try arguments.rest().isEmpty else { throw UsageError("pack takes all lessons: there is nothing to name") }
    guard out.pathExtension.lowercased() == "zip" else { throw UsageError("the file's name must end in .zip") }
    let kit = try Kit()
    var files: [ZipArchive.File] = []
    for lesson in catalogue {
      let folder = kit.exercise(lesson)
      let name = lesson.name + ".swift"
      guard let contents = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
        print("  \(lesson.folder): \(name) is not there, and not handed in")
        continue
      }
      files.append(ZipArchive.File("Exercises/\(lesson.folder)/\(name)", [UInt8](contents)))
      print("  \(lesson.folder): \(try state(of: lesson, String(decoding: contents, as: UTF8.self), kit))")
      for file in LessonBuild(lesson, sources: folder, kit: kit).files where file.lastPathComponent != name {
        print("    \(file.lastPathComponent) is NOT handed in: move what is in it to \(name)")
      }
    }
    do {
      try Data(ZipArchive.bytes(of: files)).write(to: out)
    } catch {
      throw ExaminerError("\(out.path) cannot be written: \(error.localizedDescription)")
    }
    print("Written: \(out.path), with \(files.count) files. Hand it in as it is.")
    return Exit.success
  }

  /// How a lesson stands, in words.
  private func state(of lesson: Lesson, _ text: String, _ kit: Kit) throws -> String {
    if isUntouchedStub(text) { return "not begun" }
    let report = try examine(lesson, sources: kit.exercise(lesson), kit: kit)
    if let message = report.message { return "does NOT compile: \(message.prefix { $0 != "\n" })" }
    let foundation = text.split(separator: "\n").contains { $0.hasPrefix("import Foundation") }
    return "\(report.points) of \(report.maxPoints) points"
      + (foundation
        ? " (the line “import Foundation” is left out when a class is graded: make sure that it is not needed)" : "")
  }
}
