import Curriculum
import Examiner
import Foundation
import Grading

struct DoctorCommand: Command {
  let name = "doctor"
  let summary = "tries whether everything that Gradus needs is there"
  let help = """
    swift run gradus doctor

    Tries the toolchain, the platform, the folders, the build and the process that runs your code, and says what to do about
    what is amiss. Copy its answer into a question when you ask for help. Exit code: 0 if all is well, 1 if not.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    guard try arguments.rest().isEmpty else { throw UsageError("doctor takes no lesson") }
    let kit = try Kit()
    var isWell = true
    for check in checks(kit) {
      let finding = check.look()
      let sign =
        switch finding {
        case .well: Terminal.styled("✔", .green)
        case .note: Terminal.styled("!", .yellow)
        case .amiss: Terminal.styled("✘", .red)
        }
      switch finding {
      case .well(let found): print("\(sign) \(check.name): \(found)")
      case .note(let found, let remedy), .amiss(let found, let remedy):
        print("\(sign) \(check.name): \(found)")
        print("    " + remedy.replacing("\n", with: "\n    "))
      }
      if case .amiss = finding { isWell = false }
      fflush(nil)
    }
    print()
    print(isWell ? "All is well." : "What has a ✘ keeps Gradus from working; begin with the first.")
    return isWell ? Exit.success : Exit.failure
  }

  private enum Finding {
    case well(String)
    case note(String, remedy: String)
    case amiss(String, remedy: String)
  }

  private struct Check {
    let name: String
    let look: () -> Finding
  }

  private func checks(_ kit: Kit) -> [Check] {
    [
      Check(name: "Platform") {
        #if os(macOS)
          let system = "macOS"
        #else
          let system = "Linux"
        #endif
        #if arch(arm64)
          let processor = "arm64"
        #elseif arch(x86_64)
          let processor = "x86-64"
        #else
          let processor = "another processor"
        #endif
        let machine = ProcessInfo.processInfo
        return .well(
          "\(system) (\(machine.operatingSystemVersionString)), \(processor), \(machine.activeProcessorCount) cores, "
            + "\(machine.physicalMemory >> 30) GB of memory")
      },
      Check(name: "Memory") {
        ProcessInfo.processInfo.physicalMemory >> 30 >= 3
          ? .well("enough to build")
          : .note(
            "less than 4 GB", remedy: "If the build is killed, try “swift build -j 1”, and close other programs.")
      },
      Check(name: "Toolchain") { toolchain() },
      Check(name: "Parser") {
        do {
          let index = try SourceIndex(
            kit.root.appendingPathComponent("Sources/Curriculum/\(catalogue[0].folder).swift"))
          return index.functions.isEmpty
            ? .amiss("the compiler's parser finds nothing", remedy: "Use the Swift 6.3 toolchain.")
            : .well("the compiler's parser answers in the form that Gradus knows")
        } catch { return .amiss("\(error)", remedy: "Use the Swift 6.3 toolchain.") }
      },
      Check(name: "Folder") {
        let path = kit.root.path
        guard FileManager.default.isWritableFile(atPath: path) else {
          return .amiss("\(path) cannot be written to", remedy: "Clone Gradus into a folder of your own.")
        }
        return .well(path)
      },
      Check(name: "Disk") {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: kit.root.path)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else { return .well("not known") }
        return free > 2 << 30
          ? .well("\(free >> 30) GB free")
          : .amiss("\(free >> 20) MB free", remedy: "Gradus needs about 2 GB for its build: make room.")
      },
      Check(name: "Exercises") { exercises(kit) },
      Check(name: "Build") { build(kit) },
      Check(name: "Observer") { observer(kit) },
      Check(name: "Git") { git(kit) },
    ]
  }

  private func toolchain() -> Finding {
    guard let text = try? programOutput(["swift", "--version"]), let range = text.firstRange(of: "Swift version ")
    else {
      return .amiss(
        "“swift --version” does not answer", remedy: "Install Swift from swift.org/install, and open a new terminal.")
    }
    let version = text[range.upperBound...].prefix { $0.isNumber || $0 == "." }
    let parts = version.split(separator: ".").compactMap { Int($0) }
    let isNewEnough = parts.count >= 2 && (parts[0], parts[1]) >= (6, 3)
    return isNewEnough
      ? .well("Swift \(version)")
      : .amiss("Swift \(version) is too old", remedy: "Gradus needs Swift 6.3 or newer: swift.org/install")
  }

  private func exercises(_ kit: Kit) -> Finding {
    let missing = catalogue.filter {
      !FileManager.default.fileExists(
        atPath: kit.exercise($0).appendingPathComponent($0.name + ".swift").path)
    }
    if let first = missing.first {
      return .amiss(
        "\(missing.count) of \(catalogue.count) lessons have no file, lesson \(first.id) for one",
        remedy: "swift run gradus reset \(first.id)     puts it back as it was handed out")
    }
    var stray: [String] = []
    for lesson in catalogue {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: kit.exercise(lesson).path)) ?? []
      stray += names.filter { $0.hasSuffix(".swift") && $0 != lesson.name + ".swift" }
        .map { "Exercises/\(lesson.folder)/\($0)" }
    }
    if let first = stray.first {
      return .note(
        "\(first) is not one of the files that were handed out",
        remedy: "It is compiled with the lesson; only \(catalogue[0].name).swift and its like are handed in.")
    }
    return .well("\(catalogue.count) lessons, a file each")
  }

  private func build(_ kit: Kit) -> Finding {
    let built =
      (try? FileManager.default.attributesOfItem(atPath: kit.observer.path)[.modificationDate]) as? Date
    guard let built else {
      return .note("the observer of “swift test” is not built yet", remedy: "swift build     builds it")
    }
    let newer = FileManager.default.enumerator(atPath: kit.root.appendingPathComponent("Sources").path)?
      .compactMap { $0 as? String }.first { name in
        guard name.hasSuffix(".swift") else { return false }
        let file = kit.root.appendingPathComponent("Sources/" + name).path
        let date = (try? FileManager.default.attributesOfItem(atPath: file)[.modificationDate]) as? Date
        return date.map { $0 > built } ?? false
      }
    if let newer {
      return .note("Sources/\(newer) is newer than the build", remedy: "swift build     brings it up to date")
    }
    return .well("up to date, in \(kit.products.path)")
  }

  /// A lesson is compiled, and one of its steps run, from begin to end.
  private func observer(_ kit: Kit) -> Finding {
    let lesson = catalogue[0]
    do {
      let stub = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-doctor-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: stub, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: stub) }
      let body = lesson.name
      let text = try String(
        contentsOf: kit.root.appendingPathComponent("Exercises/\(lesson.folder)/\(body).swift"), encoding: .utf8)
      try text.write(to: stub.appendingPathComponent(body + ".swift"), atomically: true, encoding: .utf8)
      let start = Date()
      let report = try examine(lesson, sources: stub, kit: kit)
      let seconds = Date().timeIntervalSince(start)
      if let message = report.message {
        return .note(
          "lesson \(lesson.id) does not compile: \(message)",
          remedy: "swift run gradus check \(lesson.id)     shows where")
      }
      return .well(
        "compiles lesson \(lesson.id) and judges its \(report.verdicts.count) steps in "
          + String(format: "%.1f s", seconds))
    } catch {
      return .amiss("\(error)", remedy: "swift build     and if that does not help: rm -rf .build && swift build")
    }
  }

  private func git(_ kit: Kit) -> Finding {
    guard let text = try? programOutput(["git", "-C", kit.root.path, "status", "--porcelain", "--", "Exercises"]) else {
      return .note(
        "no history here", remedy: "Gradus works without; with Git your earlier answers can be had back.")
    }
    let changed = text.split(separator: "\n").count
    return changed == 0
      ? .well("everything in Exercises/ is committed")
      : .note(
        "\(changed) \(changed == 1 ? "file" : "files") in Exercises/ not committed",
        remedy: "git add Exercises && git commit -m \"My work\"     keeps what you have")
  }
}
