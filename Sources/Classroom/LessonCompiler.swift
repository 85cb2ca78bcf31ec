import Curriculum
import Examiner
import Foundation
import Warden

/// Compiles one lesson of one student inside a sandbox.
struct LessonCompiler {
  let sandbox: Sandbox
  let warden: WardenProcess
  let worker: Int
  /// The work folder, empty or with other lessons' builds.
  let work: URL

  /// What came of it.
  enum Outcome {
    /// The library that offers the lesson.
    case compiled(library: String)
    /// The compiler's first error, with its line.
    case doesNotCompile(message: String, line: Int?)
    /// The places that break the rules.
    case refused([Breach])
  }

  /// What a compiler may use up. A honest lesson takes a quarter of a second and 130 MB.
  static let limits = Limits(
    cpuSeconds: 20, wallSeconds: 90, megabytes: 4096, fileBytes: 64 << 20, processes: 64, outputBytes: 4096,
    errorBytes: 256 << 10, answerBytes: 0)

  /// Compiles a text.
  /// - Throws: where the sandbox itself fails.
  func compile(_ text: ExerciseText, of lesson: Lesson) throws -> Outcome {
    let folder = work.appendingPathComponent(lesson.folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = lesson.name + ".swift"
    // The only line that is not the student's. Nothing that a student can declare takes the place of `Grading`.
    let offer = """
      import Grading

      @_cdecl("\(entryPoint)") public func \(entryPoint)() { Grading.offer(Grading.\(lesson.stepsName), \(lesson.name)()) }

      """
    try text.compiled.write(to: folder.appendingPathComponent(file), atomically: false, encoding: .utf8)
    try offer.write(to: folder.appendingPathComponent("offer.swift"), atomically: false, encoding: .utf8)
    sandbox.handOver(folder, worker: worker)
    let result = try warden.perform(
      Job(
        .run(
          arguments: sandbox.toolchain.frontend + Self.options + [
            "-module-name", lesson.exerciseModule, "-I", sandbox.modules.path, "-module-cache-path",
            sandbox.moduleCache.path, "-o", "lesson.o", file, "offer.swift",
          ], folder: folder.path), within: Self.limits))
    guard result.ending == .exited(0) else { return outcome(of: result, text, lesson) }
    let linked = try warden.perform(
      Job(
        .run(arguments: sandbox.toolchain.link("lesson.o", into: "lesson.so"), folder: folder.path), within: Self.limits
      ))
    guard linked.ending == .exited(0) else {
      return .doesNotCompile(
        message: "it compiles, and cannot be linked: \(String(decoding: linked.errors.prefix(300), as: UTF8.self))",
        line: nil)
    }
    return .compiled(library: folder.appendingPathComponent("lesson.so").path)
  }

  /// The compiler holds the rules: members only of imported modules, nothing that is unsafe, no concurrency, and no access to
  /// what is internal to the package (no package name is given).
  private static let options = [
    "-c", "-swift-version", "6", "-Onone", "-parse-as-library", "-diagnostic-style=llvm",
    "-enable-upcoming-feature", "MemberImportVisibility", "-strict-memory-safety", "-Werror", "StrictMemorySafety",
    "-disable-implicit-concurrency-module-import", "-suppress-remarks",
  ]

  private func outcome(of result: JobResult, _ text: ExerciseText, _ lesson: Lesson) -> Outcome {
    let file = lesson.name + ".swift"
    switch result.ending {
    case .tooLong, .signalled(SIGXCPU), .signalled(SIGKILL):
      return .doesNotCompile(
        message: "the compiler did not come to an end within \(Self.limits.cpuSeconds) seconds: is there one very long "
          + "expression, or one that grows by itself?", line: nil)
    default: break
    }
    let errors = CompilerMessage.errors(in: String(decoding: result.errors, as: UTF8.self)).map { error in
      var error = error
      // A name in it may be as long as the file.
      if error.text.count > 1000 { error.text = error.text.prefix(1000) + "…" }
      return error
    }
    let own = errors.filter { $0.path == file }
    let breaches = own.compactMap { breach($0, in: text) }
    if !breaches.isEmpty {
      var once: [Breach] = []
      for breach in breaches where !once.contains(breach) { once.append(breach) }
      return .refused(Array(once.prefix(20)))
    }
    if let first = own.first {
      var message = first
      message.text = ExerciseText.restored(message.text)
      let text = ([message.textWithAdvice] + text.remarks.map { "Mind that when a class is graded \($0)" })
      return .doesNotCompile(message: text.joined(separator: "\n"), line: message.line)
    }
    if errors.contains(where: { $0.path == "offer.swift" }) {
      return .doesNotCompile(message: lesson.declarationRemedy(file), line: nil)
    }
    let first = errors.first?.text ?? "the compiler stopped without a message: is there very deep nesting?"
    return .doesNotCompile(message: ExerciseText.restored(first), line: nil)
  }

  /// The rule that an error comes from, if it comes from one.
  private func breach(_ error: CompilerMessage, in text: ExerciseText) -> Breach? {
    guard let line = error.line else { return nil }
    if error.text.contains("#StrictMemorySafety") || error.text.contains("unsafe construct") {
      let what = ExerciseText.restored(error.text.split(separator: "\n").first.map(String.init) ?? error.text)
      return Breach(line: line, what: "“\(what)”", remedy: ExerciseText.Kind.unsafe.remedy)
    }
    let onLine = text.changes.filter { $0.line == line }
    let column = error.column ?? 0
    // At the respelled word, or about it: the compiler may point at what stands before it.
    let change =
      onLine.first { ($0.column...$0.column + $0.respelled.utf8.count).contains(column) }
      ?? onLine.first { error.text.contains($0.respelled) }
    guard let change else { return nil }
    return Breach(line: line, what: change.kind.what(change.word), remedy: change.kind.remedy)
  }
}
