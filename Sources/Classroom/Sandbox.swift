import Archives
import Curriculum
import Examiner
import Foundation
import Warden

/// Where a class's code is compiled and run: a folder with all that this needs and nothing else, and the level that can be had.
struct Sandbox {
  /// What stands between student code and the machine.
  let level: SandboxLevel
  let toolchain: Toolchain
  /// The folder of this grading; it is removed at the end.
  let folder: URL
  private let warden: URL

  private var kitFolder: URL { folder.appendingPathComponent("kit") }
  /// The interfaces that a lesson is compiled against.
  var modules: URL { kitFolder.appendingPathComponent("modules") }
  /// The modules of C that the compiler would else make anew each time.
  var moduleCache: URL { kitFolder.appendingPathComponent("module-cache") }

  /// The first of the users that student code runs as, where the grader is root: numbers that Debian, Fedora and macOS give to nobody.
  private static let firstUser = 61_000

  /// Prepares a sandbox at the highest level that can be had.
  /// - Throws: where the kit is not built, or the level required cannot be had.
  init(kit: Kit, required: SandboxLevel?, highest: SandboxLevel = .user) throws {
    let manager = FileManager.default
    toolchain = try Toolchain()
    let temporary = manager.temporaryDirectory.resolvingSymlinksInPath()
    Self.removeAbandoned(in: temporary)
    folder = temporary.appendingPathComponent("\(Self.prefix)\(getpid())-\(UUID().uuidString)")
    let kitFolder = folder.appendingPathComponent("kit")
    let modules = kitFolder.appendingPathComponent("modules")
    try manager.createDirectory(at: modules, withIntermediateDirectories: true)
    warden = kitFolder.appendingPathComponent("warden")
    do {
      try kit.copyInterfaces(of: Kit.observerModules, to: modules)
      try Self.buildWarden(kit, in: kitFolder)
      try Self.makeReadable(folder)
      (level, levelTrouble) = try Self.highestLevel(
        warden: warden, folder: folder, toolchain: toolchain, atMost: highest)
    } catch {
      try? manager.removeItem(at: folder)
      throw error
    }
    if let required, level < required {
      try? manager.removeItem(at: folder)
      throw ExaminerError(
        "the sandbox level “\(required.rawValue)” cannot be had here, only “\(level.rawValue)”: \(levelTrouble)")
    }
    try warmModuleCache()
  }

  private static let prefix = "gradus-class-"

  /// Removes the folders of gradings that were stopped: those whose process is gone.
  private static func removeAbandoned(in folder: URL) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where name.hasPrefix(prefix) {
      guard let pid = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }) else { continue }
      let url = folder.appendingPathComponent(name)
      let date = try? FileManager.default.attributesOfItem(atPath: url.path)[.modificationDate] as? Date
      // Another container may share the folder, and count its processes by itself; one that works changes its folder.
      if kill(pid, 0) != 0 && errno == ESRCH, let date, date < Date(timeIntervalSinceNow: -3600) {
        try? FileManager.default.removeItem(at: url)
      }
    }
  }

  /// Why no higher level could be had.
  let levelTrouble: String

  /// Removes all that stands in the folder.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// A warden for a worker with a work folder of its own.
  func warden(worker: Int, work: URL) throws -> WardenProcess {
    try warden(confinement(worker: worker, work: work))
  }

  /// A warden in some confinement.
  func warden(_ confinement: Confinement) throws -> WardenProcess { try WardenProcess(warden, confinement) }

  /// What is put around a worker.
  func confinement(worker: Int, work: URL) -> Confinement {
    Self.confinement(level, worker: worker, work: work, kitFolder: kitFolder, toolchain: toolchain)
  }

  /// An empty work folder for a worker, which may write into it.
  func makeWorkFolder(worker: Int) throws -> URL {
    let work = folder.appendingPathComponent("work-\(worker)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    guard chmod(work.path, 0o700) == 0,
      geteuid() != 0 || chown(work.path, uid_t(Self.firstUser + worker), gid_t(Self.firstUser + worker)) == 0
    else { throw ExaminerError("\(work.path) cannot be given to the user of the sandbox") }
    return work
  }

  /// Gives a folder with what stands in it to the user that student code runs as.
  func handOver(_ folder: URL, worker: Int) {
    guard geteuid() == 0 else { return }
    let user = uid_t(Self.firstUser + worker)
    lchown(folder.path, user, user)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      lchown(folder.appendingPathComponent(name).path, user, user)
    }
  }

  private static func confinement(
    _ level: SandboxLevel, worker: Int, work: URL, kitFolder: URL, toolchain: Toolchain
  ) -> Confinement {
    // Libraries, and the headers that the modules of C were made from.
    let system = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/include"]
    return Confinement(
      hasFilter: level >= .filter, hasNamespaces: level >= .namespaces, user: geteuid() == 0 ? firstUser + worker : nil,
      readable: system + [toolchain.root.path, kitFolder.path], writable: work.path)
  }

  private static func buildWarden(_ kit: Kit, in folder: URL) throws {
    let source = folder.appendingPathComponent("main.swift")
    try "import Warden\n\nWarden.runWarden()\n".write(to: source, atomically: true, encoding: .utf8)
    let objects = try kit.objects(of: Kit.observerModules + ["Warden"])
    #if canImport(Darwin)
      let export = "-export_dynamic"
    #else
      let export = "--export-dynamic"
    #endif
    // The lessons' libraries find the kit's functions in the program that loads them.
    let result = try Tool.run(
      Tool.compiler + [
        "-swift-version", "6",
      ] + kit.importPaths + [
        "-Xlinker", export, "-module-name", "main",
        "-o", folder.appendingPathComponent("warden").path, source.path,
      ] + objects.map(\.path))
    guard result.status == 0 else {
      throw ExaminerError(
        "the observers' warden cannot be linked: run “swift build” in \(kit.root.path), and try again (\(result.errors.prefix(400)))"
      )
    }
  }

  private static func makeReadable(_ folder: URL) throws {
    chmod(folder.path, 0o755)
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      chmod(folder.appendingPathComponent(path).path, path.hasSuffix("warden") || !path.contains(".") ? 0o755 : 0o644)
    }
  }

  private static func highestLevel(
    warden: URL, folder: URL, toolchain: Toolchain, atMost highest: SandboxLevel
  ) throws -> (SandboxLevel, String) {
    var trouble = ""
    let work = folder.appendingPathComponent("probe")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    for level in SandboxLevel.allCases.reversed() where level <= highest {
      if level == .user && geteuid() != 0 {
        trouble = "users of their own are for a grader that root has started"
        continue
      }
      if geteuid() == 0 { chown(work.path, uid_t(firstUser), gid_t(firstUser)) }
      do {
        let kitFolder = warden.deletingLastPathComponent()
        let process = try WardenProcess(
          warden, confinement(level, worker: 0, work: work, kitFolder: kitFolder, toolchain: toolchain))
        // A program of the toolchain must run in it.
        let limits = Limits(
          cpuSeconds: 10, wallSeconds: 30, megabytes: 4096, fileBytes: 1 << 20, processes: 64, outputBytes: 4096,
          errorBytes: 4096, answerBytes: 0)
        let result = try process.perform(
          Job(.run(arguments: toolchain.frontend + ["-version"], folder: work.path), within: limits))
        if result.ending == .exited(0) { return (level, trouble) }
        trouble = "the compiler does not run in it: \(String(decoding: result.errors.prefix(300), as: UTF8.self))"
      } catch {
        trouble = "\(error)"
      }
    }
    throw ExaminerError("no student code can be run here: \(trouble)")
  }

  /// Makes the modules of C once, by the grader itself, so that no worker has to and none can write them.
  private func warmModuleCache() throws {
    let source = folder.appendingPathComponent("kit/warm.swift")
    try "import Curriculum\nimport Grading\n".write(to: source, atomically: true, encoding: .utf8)
    let result = try Tool.run(
      toolchain.frontend + [
        "-typecheck", "-swift-version", "6", "-I", modules.path, "-module-cache-path", moduleCache.path, source.path,
      ])
    guard result.status == 0 else {
      throw ExaminerError("the kit's modules cannot be imported: \(result.errors.prefix(400))")
    }
    try Self.makeReadable(folder)
  }
}
