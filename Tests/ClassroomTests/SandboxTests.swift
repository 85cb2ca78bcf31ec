import Curriculum
import Examiner
import Foundation
import Testing
import Warden

@testable import Classroom

/// What would hold if the rules of the language had a hole: machine code that does what it likes, run as an observer is.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GRADUS_ATTACKS"] != nil, "set GRADUS_ATTACKS=1"), .serialized)
struct SandboxTests {
  private static let hostile = """
    import Glibc

    func say(_ what: String, _ happened: Bool) { print(what, happened ? "yes" : "no") }

    @_cdecl("gradusOfferLesson") public func gradusOfferLesson() {
      say("read", open("/etc/passwd", O_RDONLY) >= 0)
      say("write", open("/tmp/gradus-attack", O_CREAT | O_WRONLY, 0o644) >= 0)
      say("list", opendir("/etc") != nil)
      say("socket", socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) >= 0)
      say("signal", kill(getppid(), 0) == 0)
      say("root", getuid() == 0)
      for _ in 0..<200 {
        let child = fork()
        if child == 0 { while true { setsid(); sleep(1000) } }
        if child < 0 { say("fork", false); exit(0) }
      }
      say("fork", true)
      exit(0)
    }
    """

  /// What the hostile code could do, by its words.
  private func run(_ level: SandboxLevel, hasFilter: Bool? = nil, processes: Int = 1) throws -> [String: Bool] {
    let kit = try Kit()
    let sandbox = try Sandbox(kit: kit, required: level, highest: level)
    defer { sandbox.remove() }
    let work = try sandbox.makeWorkFolder(worker: 3)
    try Self.hostile.write(to: work.appendingPathComponent("hostile.swift"), atomically: true, encoding: .utf8)
    func inWork(_ name: String) -> String { work.appendingPathComponent(name).path }
    for command in [
      sandbox.toolchain.frontend + [
        "-c", "-parse-as-library", "-module-name", "Hostile", "-o", inWork("lesson.o"), inWork("hostile.swift"),
      ], sandbox.toolchain.link(inWork("lesson.o"), into: inWork("lesson.so")),
    ] {
      let result = try Tool.run(command)
      try #require(result.status == 0, "\(result.errors)")
    }
    sandbox.handOver(work, worker: 3)
    var confinement = sandbox.confinement(worker: 3, work: work)
    if let hasFilter { confinement.hasFilter = hasFilter }
    let warden = try sandbox.warden(confinement)
    var limits = StudentGrader.limits(cpuSeconds: 2)
    limits.processes = processes
    let result = try warden.perform(
      Job(.observe(library: inWork("lesson.so"), step: "3.1", seed: 1, token: "x"), within: limits))
    #expect(result.ending == .exited(0))
    #expect(leftovers().isEmpty, "left running: \(leftovers())")
    return Dictionary(
      String(decoding: result.output, as: UTF8.self).split(separator: "\n").map { line in
        let words = line.split(separator: " ")
        return (String(words[0]), words[1] == "yes")
      }, uniquingKeysWith: { $0 || $1 })
  }

  /// The processes of the sandbox's user.
  private func leftovers() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { name in
      var information = stat()
      return Int(name) != nil && stat("/proc/\(name)", &information) == 0 && information.st_uid == 61_003
    }
  }

  private static var canHaveNamespaces: Bool {
    guard let sandbox = try? Sandbox(kit: Kit(), required: .namespaces) else { return false }
    sandbox.remove()
    return true
  }

  @Test func `limits keep it from starting processes, and what is left is killed`() throws {
    let could = try run(.limits)
    #expect(could["fork"] == false)
    #expect(could["root"] == false)
    _ = try run(.limits, processes: 64)
    try? FileManager.default.removeItem(atPath: "/tmp/gradus-attack")
  }

  @Test func `the filter leaves nothing but computing`() throws {
    #expect(
      try run(.filter, processes: 64) == [
        "read": false, "write": false, "list": false, "socket": false, "signal": false, "root": false, "fork": false,
      ])
  }

  @Test(.enabled(if: canHaveNamespaces)) func `namespaces hold without the filter`() throws {
    let could = try run(.namespaces, hasFilter: false, processes: 64)
    // A socket can be made, in a network that has no interface.
    #expect(could["read"] == false && could["write"] == false && could["list"] == false)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/gradus-attack"))
  }
}
