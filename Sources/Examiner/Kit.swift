import Curriculum
import Foundation

/// Where things lie: the package's own folders, and what SwiftPM has built. Nothing else knows SwiftPM's folder layout.
public struct Kit: Sendable {
  /// The package's root folder.
  public let root: URL
  /// SwiftPM's folder of products, `.build/debug`.
  public let products: URL

  /// The kit that this executable belongs to.
  ///
  /// The root is the nearest folder that holds both `Package.swift` and `Exercises/`, upwards from the working directory, else
  /// upwards from the executable.
  /// - Throws: where there is no such folder.
  public init() throws {
    let executable = Self.runningExecutable
    products = executable.deletingLastPathComponent()
    let workingDirectory = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    guard let root = Self.root(above: workingDirectory) ?? Self.root(above: products) else {
      throw ExaminerError(
        "\(workingDirectory.path) is not inside a copy of Gradus (a folder with Package.swift and Exercises/): "
          + "change to the folder that you cloned, and run the command there")
    }
    self.root = root
  }

  /// A kit in these folders.
  init(root: URL, products: URL) {
    self.root = root
    self.products = products
  }

  private static func root(above folder: URL) -> URL? {
    var folder = folder.standardizedFileURL
    while true {
      let names = ["Package.swift", "Exercises", "Sources/Curriculum"]
      if names.allSatisfy({ FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }) {
        return folder
      }
      guard folder.path != "/" else { return nil }
      folder.deleteLastPathComponent()
    }
  }

  /// The executable that runs, or the test bundle where tests run.
  static var runningExecutable: URL {
    #if canImport(Darwin)
      if let bundle = Bundle.allBundles.first(where: { $0.bundlePath.hasSuffix(".xctest") }) { return bundle.bundleURL }
    #endif
    let path =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: path).resolvingSymlinksInPath()
  }

  /// The students' folder of a lesson below a folder shaped like `Exercises/`.
  public func exercise(_ lesson: Lesson, in exercises: URL? = nil) -> URL {
    (exercises ?? root.appendingPathComponent("Exercises")).appendingPathComponent(lesson.folder)
  }

  /// Whether this copy has the solutions; a handout has none.
  public var hasSolutions: Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent("Solutions").path)
  }

  /// The observer that SwiftPM builds, with all exercises in it.
  public var observer: URL { products.appendingPathComponent("observer") }

  /// The modules that an observer stands on, below the exercise.
  package static let observerModules = ["Kernels", "LinearAlgebra", "GradientChecking", "Curriculum", "Grading"]
  /// The modules that a demo with a student's code stands on.
  static let demoModules = [
    "Kernels", "LinearAlgebra", "Curriculum", "Datasets", "Archives", "Plots", "TensorBoard", "WeightFiles", "Demos",
  ]

  /// The folder of the built modules' interfaces.
  package var modules: URL { products.appendingPathComponent("Modules") }

  /// What the compiler is told so that it finds the built modules: where the interfaces are, and the map of the one in C.
  package var importPaths: [String] {
    ["-I", modules.path, "-I", products.appendingPathComponent("Kernels.build").path]
  }

  /// Copies the interfaces of some modules into a folder, so that code can be compiled against them where this kit is not seen.
  package func copyInterfaces(of names: [String], to folder: URL) throws {
    for name in names where name != "Kernels" {
      let file = name + ".swiftmodule"
      try FileManager.default.copyItem(
        at: modules.appendingPathComponent(file), to: folder.appendingPathComponent(file))
    }
    // The map that SwiftPM makes of the module in C names the header in the kit's own sources.
    try FileManager.default.copyItem(
      at: root.appendingPathComponent("Sources/Kernels/include/Kernels.h"),
      to: folder.appendingPathComponent("Kernels.h"))
    try "module Kernels { umbrella header \"Kernels.h\" export * }\n"
      .write(to: folder.appendingPathComponent("module.modulemap"), atomically: true, encoding: .utf8)
  }

  /// The object files of some modules: those that SwiftPM links into `gradus`, which is built before it runs; files of sources
  /// that are gone lie beside them, and another product's list may be older.
  /// - Throws: where they have not been built.
  package func objects(of modules: [String]) throws -> [URL] {
    let list = products.appendingPathComponent("gradus.product/Objects.LinkFileList")
    let linked = (try? String(contentsOf: list, encoding: .utf8)) ?? ""
    return try modules.flatMap { module in
      let folder = products.appendingPathComponent(module + ".build")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      let objects = names.filter { $0.hasSuffix(".o") && (linked.isEmpty || linked.contains("/\(module).build/\($0)")) }
        .sorted().map { folder.appendingPathComponent($0) }
      guard !objects.isEmpty else {
        throw ExaminerError("\(folder.path) holds no object files: run “swift build” in \(root.path), and try again")
      }
      return objects
    }
  }

  /// The folder for what the kit compiles itself; it may be deleted at any time.
  package var cache: URL { products.appendingPathComponent("lesson-builds") }
}
