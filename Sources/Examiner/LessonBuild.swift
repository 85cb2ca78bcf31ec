import Curriculum
import Foundation
import Grading

/// Compiles one lesson's exercise by itself against the built modules, so that one that does not compile costs only itself.
public struct LessonBuild: Sendable {
  let kit: Kit
  let lesson: Lesson
  /// The folder with the student's files.
  let sources: URL

  /// The build of a lesson from a folder of its files.
  public init(_ lesson: Lesson, sources: URL, kit: Kit) {
    self.kit = kit
    self.lesson = lesson
    self.sources = sources
  }

  /// What came of it.
  public enum Outcome: Sendable {
    /// The observer's executable.
    case built(URL)
    /// The compiler's first error, with its place where it has one.
    case failed(message: String, place: SourcePlace?)
  }

  /// The lesson's Swift files, regular ones only, in a fixed order.
  public var files: [URL] {
    let contents =
      (try? FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: [.isRegularFileKey])) ?? []
    return contents.filter {
      $0.pathExtension == "swift" && (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    }.sorted { $0.path < $1.path }
  }

  /// The observer of this lesson alone, compiled anew where its files or the kit have changed.
  /// - Throws: where the kit itself is not as it should be.
  public func observer() throws -> Outcome {
    try build(
      "observer", on: Kit.observerModules,
      main: """
        import Grading
        @testable import \(lesson.exerciseModule)

        Grading.runObserver([Grading.Subject(Grading.\(lesson.stepsName), \(lesson.exerciseModule).\(lesson.name)())])
        """)
  }

  /// A demo with the student's code, compiled anew where something has changed.
  /// - Parameters:
  ///   - expression: the demo as an expression of Swift; the lesson's own, if none is given.
  ///   - companion: the lesson that the demo needs besides: its solution is linked, or the student's own where there are none.
  /// - Throws: where the kit itself is not as it should be.
  public func demo(_ expression: String? = nil, companion: Lesson?) throws -> Outcome {
    let modules = companion.map { [kit.hasSolutions ? $0.solutionModule : $0.exerciseModule] } ?? []
    let imports = ([lesson.exerciseModule] + modules).map { "@testable import \($0)" }.joined(separator: "\n")
    let other = companion.map { ", companion: \(modules[0]).\($0.name)()" } ?? ""
    let own = kit.hasSolutions ? nil : companion.map { LessonBuild($0, sources: kit.exercise($0), kit: kit) }
    return try build(
      "demo", on: Kit.demoModules + (kit.hasSolutions ? modules : []), besides: own,
      main: """
        import Demos
        \(imports)

        Demos.runDemoProcess(
          \(expression ?? "Demos.\(lesson.valueName)Demo.erased"), with: \(lesson.exerciseModule).\(lesson.name)()\(other))
        """)
  }

  /// An executable of the student's module, another lesson's, and a main file, on some of the kit's modules.
  func build(
    _ product: String, on modules: [String], besides other: LessonBuild? = nil, main: String
  ) throws -> Outcome {
    guard !files.isEmpty else {
      return .failed(message: "there is no Swift file in \(sources.path)", place: nil)
    }
    let objects = try kit.objects(of: modules)
    let place = "\(lesson.folder)-\(product)-\(placeStamp)-"
    let folder = kit.cache.appendingPathComponent(place + (try stamp(objects, besides: other, main: main)))
    let executable = folder.appendingPathComponent(product)
    if FileManager.default.fileExists(atPath: executable.path) {
      try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: folder.path)
      return .built(executable)
    }

    // Compiled in a folder of its own, and moved into place when all is done: two commands at once do not disturb each other.
    let work = kit.cache.appendingPathComponent("work-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    func inWork(_ name: String) -> String { work.appendingPathComponent(name).path }
    try main.write(toFile: inWork("main.swift"), atomically: true, encoding: .utf8)
    // The lesson compiled here comes before the kit's, which is made from `Exercises/` and may be another.
    let common =
      Tool.compiler + [
        "-swift-version", "6", "-Onone", "-g", "-diagnostic-style=llvm", "-I", work.path,
      ] + kit.importPaths
    let lessons = [self] + (other.map { [$0] } ?? [])
    let commands =
      lessons.map { build in
        let module = build.lesson.exerciseModule
        return ["-parse-as-library", "-wmo", "-enable-testing", "-module-name", module, "-emit-module"]
          + ["-emit-module-path", inWork("\(module).swiftmodule"), "-c", "-o", inWork("\(module)-code.o")]
          + build.files.map(\.path)
      } + [
        ["-module-name", "main", "-c", "-o", inWork("main.o"), inWork("main.swift")],
        ["-o", inWork(product), inWork("main.o")] + lessons.map { inWork("\($0.lesson.exerciseModule)-code.o") }
          + objects.map(\.path),
      ]
    for command in commands {
      let result = try Tool.run(common + command)
      if result.status == 0 { continue }
      if command == commands.last {
        let first = result.errors.split(separator: "\n").first { $0.contains("error: ") } ?? ""
        throw ExaminerError(
          "\(lesson.folder) compiles, and cannot be linked with the kit: run “swift build” in \(kit.root.path), and try again (\(first))"
        )
      }
      return failure(result.errors)
    }
    removeOld(place)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try? FileManager.default.moveItem(atPath: inWork(product), toPath: executable.path)
    return .built(executable)
  }

  /// Removes earlier builds of the same folder, and all that nobody has asked for in ten minutes; others may be in use.
  private func removeOld(_ place: String) {
    let limit = Date(timeIntervalSinceNow: -600)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: kit.cache.path)) ?? [] {
      let folder = kit.cache.appendingPathComponent(name)
      let date = try? FileManager.default.attributesOfItem(atPath: folder.path)[.modificationDate] as? Date
      if name.hasPrefix(place) || date.map({ $0 < limit }) == true {
        try? FileManager.default.removeItem(at: folder)
      }
    }
  }

  /// A number for the folder of the student's files.
  private var placeStamp: String {
    var hash = FNV()
    hash.add(sources.path)
    return hash.text
  }

  /// The first error of the compiler's output, `path:line:column: error: message`, with the first note that belongs to it.
  private func failure(_ errors: String) -> Outcome {
    if let first = CompilerMessage.errors(in: errors).first {
      guard let path = first.path, let line = first.line else {
        return .failed(message: first.textWithAdvice, place: nil)
      }
      if !path.hasSuffix("/main.swift") || files.contains(where: { $0.path == path }) {
        return .failed(message: first.textWithAdvice, place: SourcePlace(file: path, line: line))
      }
    }
    let file = files[0].lastPathComponent
    return .failed(message: lesson.declarationRemedy(file), place: nil)
  }

  /// A number that changes when a file of the student's or of the kit does.
  private func stamp(_ objects: [URL], besides other: LessonBuild?, main: String) throws -> String {
    var hash = FNV()
    hash.add(main)
    for file in files + (other?.files ?? []) {
      hash.add(file.lastPathComponent)
      hash.add(try Data(contentsOf: file))
    }
    for object in objects {
      let attributes = try FileManager.default.attributesOfItem(atPath: object.path)
      hash.add("\(attributes[.size] ?? 0) \((attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)")
    }
    return hash.text
  }
}

/// The 64-bit FNV-1a hash: the same on every run, unlike `Hasher`.
package struct FNV {
  private var value: UInt64 = 0xcbf2_9ce4_8422_2325
  /// The hash of nothing.
  package init() {}
  /// Adds some bytes.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
  /// Adds a text, and an end.
  package mutating func add(_ text: String) {
    add(text.utf8)
    add([0])
  }
  /// Sixteen hexadecimal digits.
  package var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Lesson {
  /// What is the matter where the lesson cannot be made from a student's file.
  package func declarationRemedy(_ file: String) -> String {
    "\(file) must declare “struct \(name): \(name)Lesson”, which can be made without arguments"
  }
  /// The name of the list of the lesson's steps in `Grading`, `logisticRegressionSteps`.
  package var stepsName: String { valueName + "Steps" }
  /// The name of the lesson's values: `logisticRegression`.
  package var valueName: String { name.prefix(1).lowercased() + name.dropFirst() }
}
