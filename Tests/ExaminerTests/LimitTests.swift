import Examiner
import Fixture
import Foundation
import Grading
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Answers that take too much of something.
struct LimitTests {
  @Test func `an endless loop is timed out and costs no other step`() throws {
    // Side by side, as many as there are cores and more.
    let answers = ["loop", "reference", "endless-flood", "other-order", "index", "reference", "stub"]
    let states = Collected(count: answers.count)
    DispatchQueue.concurrentPerform(iterations: answers.count) { k in
      states.set(k, Result { try FixtureObserver.verdict(on: answers[k]) })
    }
    let verdicts = try states.get()
    #expect(
      verdicts.map(\.state) == [.timedOut, .passed, .timedOut, .passed, .crashed, .passed, .notAttempted])
    #expect(verdicts[0].findings.first?.message.contains("within 1 second of computing") == true)
  }

  @Test func `code that waits for ever is timed out by the clock`() throws {
    let observer = try FixtureObserver("sleep")
    var process = observer.process
    process.wallClockSeconds = 1
    let verdict = try Examination(observer: process, answers: [fixture.erased]).verdict(on: "90.2")
    #expect(verdict.state == .timedOut)
    #expect(verdict.findings.first?.message.contains("within 1 second:") == true)
  }

  @Test func `a right answer passes through a flood of output, which is cut`() throws {
    let observer = try FixtureObserver("flood")
    let run = try observer.process.observe("90.2", seed: 1, cpuSeconds: 1)
    #expect(run.ending == .finished)
    #expect(run.printed.utf8.count < 2100)
    #expect(run.printed.hasPrefix("a line of sixty characters"))
    #expect(run.printed.hasSuffix("… (cut off here)"))
    #expect(try FixtureObserver.verdict(on: "flood").state == .passed)
  }

  @Test func `what is printed is kept, and no part of the answer`() throws {
    let plain = try FixtureObserver.verdict(on: "prints")
    #expect(plain.state == .wrong)
    #expect(plain.printed == "m is 3\nm is 5\nm is 7\nm is 1\n")
    #expect(plain.text.contains("Your code printed:\n  | m is 3\n  | m is 5\n  | m is 7\n  | m is 1"))
    let protocolLike = try FixtureObserver.verdict(on: "prints-protocol")
    #expect(protocolLike.state == .wrong)
    #expect(protocolLike.printed.hasPrefix("end\ntodo\t"))
  }

  @Test func `long output is cut between two characters`() throws {
    let printed = try FixtureObserver.verdict(on: "prints-much").printed
    #expect(printed == String(repeating: "ü", count: 1000) + "… (cut off here)")
  }

  @Test func `a process that is left behind is ended`() throws {
    let observer = try FixtureObserver("child")
    let run = try observer.process.observe("90.2", seed: 1, cpuSeconds: 1)
    #expect(run.ending == .finished)
    let children = run.printed.split(separator: "\n").compactMap { pid_t($0.dropFirst("child ".count)) }
    #expect(children.count == 4)
    // Nobody may be left to reap them but the system: an ended process that still has its number is one, too.
    for child in children { #expect(hasEnded(child)) }
  }

  private func hasEnded(_ process: pid_t) -> Bool {
    for _ in 0..<50 {
      if kill(process, 0) != 0 { return true }
      #if canImport(Glibc)
        let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        if state?.split(separator: ")").last?.hasPrefix(" Z") != false { return true }
      #endif
      usleep(20_000)
    }
    return false
  }
}

/// Results that several threads fill in.
private final class Collected: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Result<Verdict, any Error>?]
  init(count: Int) { values = Array(repeating: nil, count: count) }
  func set(_ k: Int, _ value: Result<Verdict, any Error>) { lock.withLock { values[k] = value } }
  func get() throws -> [Verdict] { try values.map { try #require($0).get() } }
}
