import Answers
import Curriculum
import Demos
import Examiner
import Foundation

/// The package that students get: the kit without solutions, known mistakes and teachers' tools.
///
/// Its judge works from recorded numbers (`RecordedAnswers`): what the reference and every mistake return for some seeds. What
/// goes into it is listed here, so that nothing gets in by being new.
public struct Handout {
  private let root: URL
  private let lessons: [LessonFiles]
  private let all: [LessonFiles]

  /// The modules that go into it as they are. `Answers` is made anew.
  static let modules = [
    "Kernels", "LinearAlgebra", "GradientChecking", "Datasets", "Archives", "Plots", "WeightFiles", "TensorBoard",
    "Curriculum", "Grading", "observer", "Demos", "Examiner", "Authoring", "gradus",
  ]
  /// The files at the top that go into it.
  static let topFiles = ["Package.swift", "LICENSE", ".gitignore", ".swift-format", ".devcontainer", ".vscode"]
  /// What of the sources and the texts stays behind. The benchmarks are whole programs of several lessons.
  static let leftOut = [
    "Sources/gradus/WholeKit", "docs/solutions", "docs/authors.md", "docs/instructors.md", "docs/performance.md",
    "docs/benchmarks",
  ]
  /// The README's sections that students do not need.
  static let sectionsLeftOut = ["For instructors", "For readers", "For authors"]

  /// A handout of some lessons.
  /// - Throws: where a contract cannot be read.
  public init(root: URL, lessons chosen: [Lesson]) throws {
    self.root = root
    all = try LessonFiles.all(in: root)
    lessons = all.filter { files in chosen.contains { $0.folder == files.folder } }
  }

  /// Writes it into a folder that is not there yet, or empty.
  /// - Parameters:
  ///   - folder: where to.
  ///   - seeds: the seeds for which its judge will know the answers; the first is `Examination.defaultSeed`.
  /// - Throws: `ExaminerError` where the folder holds something; where a file cannot be copied.
  public func write(to folder: URL, seeds: [UInt64]) throws {
    let files = FileManager.default
    if let contents = try? files.contentsOfDirectory(atPath: folder.path), !contents.isEmpty {
      throw ExaminerError("\(folder.path) is not empty: name a folder that is not there yet")
    }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    func copy(_ path: String) throws {
      let source = root.appendingPathComponent(path)
      guard files.fileExists(atPath: source.path) else { return }
      let target = folder.appendingPathComponent(path)
      try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(at: source, to: target)
    }
    func write(_ text: String, _ path: String) throws {
      let target = folder.appendingPathComponent(path)
      try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: target, atomically: true, encoding: .utf8)
    }

    for path in Self.topFiles + Self.modules.map({ "Sources/" + $0 }) + ["docs", "Tests/ExerciseTests/grade.swift"] {
      try copy(path)
    }
    for path in Self.leftOut { try? files.removeItem(at: folder.appendingPathComponent(path)) }
    for lesson in lessons {
      try write(lesson.stub, "Exercises/\(lesson.folder)/\(lesson.name).swift")
      try copy("Tests/ExerciseTests/\(lesson.folder)Tests.swift")
    }
    for (path, text) in Sync.registries(lessons) { try write(text, path) }
    try write(Sync.demoRegistry(lessons.filter(hasItsDemo)), "Sources/Demos/Registry.swift")
    try write(answersRegistry, "Sources/Answers/Registry.swift")
    for lesson in lessons {
      guard let source = answers.first(where: { $0.lesson.folder == lesson.folder })?.source else {
        throw ExaminerError("this copy has no solutions: a handout is made from the whole kit")
      }
      let keys = folder.appendingPathComponent("Sources/Answers/Keys")
      try files.createDirectory(at: keys, withIntermediateDirectories: true)
      try Data(source.recording(seeds)).write(to: keys.appendingPathComponent(lesson.folder + ".key"))
    }
    try write(manifest(), "Package.swift")
    try write(readme(in: folder), "README.md")
    try mendTexts(in: folder)
  }

  /// Whether the lesson that its demo needs is there too.
  private func hasItsDemo(_ lesson: LessonFiles) -> Bool {
    guard let demo = demos.first(where: { $0.lesson.folder == lesson.folder }) else { return false }
    return demo.companion.map { companion in lessons.contains { $0.folder == companion.folder } } ?? true
  }

  private var answersRegistry: String {
    """
    // Made by `gradus handout`.

    import Curriculum
    import Foundation
    import Grading

    /// Every lesson's answers, as numbers.
    public let answers: [AnyAnswers] = [
    \(lessons.map { "  recorded(.\($0.valueName), \($0.valueName)Steps),\n" }.joined())]

    private func recorded<Lesson: Sendable>(_ lesson: Curriculum.Lesson, _ steps: [Step<Lesson>]) -> AnyAnswers {
      let file = Bundle.module.bundleURL.appendingPathComponent("Keys/\\(lesson.folder).key")
      do {
        return try RecordedAnswers(lesson, steps, [UInt8](Data(contentsOf: file))).erased
      } catch {
        fatalError("\\(file.path): \\(error)")
      }
    }

    """
  }

  /// The manifest with the chosen lessons only.
  private func manifest() throws -> String {
    var text = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    for lesson in all where !lessons.contains(where: { $0.folder == lesson.folder }) {
      text = text.replacing("  \"\(lesson.folder)\",\n", with: "")
    }
    return text
  }

  /// The README without the sections for others, and without folders that are left out.
  private func readme(in folder: URL) throws -> String {
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    var isKept = true
    return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      if line.hasPrefix("## ") { isKept = !Self.sectionsLeftOut.contains(String(line.dropFirst(3))) }
      guard isKept, let row = line.wholeMatch(of: /\| `([^`]*)`.*/) else { return isKept }
      return FileManager.default.fileExists(atPath: folder.appendingPathComponent(String(row.1)).path)
    }.joined(separator: "\n")
  }

  /// Links to what is left out become plain words; the link to a step's reference goes altogether, and so does what is said of
  /// the playground, whose page has a network's code in it.
  private func mendTexts(in folder: URL) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("docs").path)
    for page in ["README.md"] + names.filter({ $0.hasSuffix(".md") }).map({ "docs/" + $0 }) {
      let file = folder.appendingPathComponent(page)
      let text = try String(contentsOf: file, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("gradus playground`") }.joined(separator: "\n")
        .replacing(/\ · \[the reference\]\([^)]*\)/, with: "")
        .replacing(/\[([^\]\[]*)\]\(([^)# ]+)(#[^)]*)?\)/) { match in
          let target = file.deletingLastPathComponent().appendingPathComponent(String(match.2))
          let isThere = match.2.contains("://") || FileManager.default.fileExists(atPath: target.path)
          return isThere ? String(match.0) : String(match.1)
        }
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }
}
