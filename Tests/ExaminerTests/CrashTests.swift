import Examiner
import Fixture
import Foundation
import Grading
import Testing

/// Answers that stop their process.
struct CrashTests {
  @Test(arguments: [
    ("index", "Index out of range"), ("nil", "Unexpectedly found nil while unwrapping an Optional value"),
    ("overflow", "arithmetic overflow"),
    ("shapes", "cannot multiply (2×3) by (2×1): the inner dimensions 3 and 2 differ. Did you mean A.T * B or A .* B?"),
  ])
  func `a trap is told with its message and the student's line`(answer: String, message: String) throws {
    let verdict = try FixtureObserver.verdict(on: answer)
    #expect(verdict.state == .crashed)
    let verb = answer == "shapes" ? "stops" : "traps"
    let place = try FixtureObserver.place(of: "\(verb) by \(answer)", in: "Behaviours.swift")
    #expect(verdict.place == place)
    #expect(verdict.findings.count == 1)
    let said = try #require(verdict.findings.first?.message)
    #expect(said.hasPrefix("Your code stopped with: \(message), in line \(place.line) of Behaviours.swift"))
    #expect(verdict.findings.first?.input.hasPrefix("the chapter's example: X = ") == true)
  }

  @Test func `a trap in an earlier step is told with that step`() throws {
    let observer = try FixtureObserver("square-traps")
    let index = ExerciseIndex([FixtureObserver.sources.appendingPathComponent("Lessons.swift")])
    let verdict = try Examination(observer: observer.process, index: index, answers: [fixture.erased])
      .verdict(on: "90.2")
    #expect(verdict.state == .crashed)
    #expect(verdict.place == (try FixtureObserver.place(of: "traps in square", in: "Lessons.swift")))
    #expect(verdict.wrongPrerequisites == ["90.1"])
  }

  @Test func `a trap in an earlier step that is right blames what is handed to it`() throws {
    let observer = try FixtureObserver("square-traps-below-0")
    let index = ExerciseIndex([FixtureObserver.sources.appendingPathComponent("Lessons.swift")])
    let verdict = try Examination(observer: observer.process, index: index, answers: [fixture.erased])
      .verdict(on: "90.2")
    #expect(verdict.state == .crashed)
    #expect(verdict.place == (try FixtureObserver.place(of: "traps in square below 0", in: "Lessons.swift")))
    #expect(verdict.wrongPrerequisites == [])
    #expect(verdict.findings.first?.message.contains("That line stands in step 90.1, which is right by itself") == true)
  }

  @Test func `what was wrong before a trap is told too`() throws {
    let verdict = try FixtureObserver.verdict(on: "trap-on-the-second-input")
    #expect(verdict.state == .crashed)
    #expect(verdict.findings.map(\.quantity) == ["", "J"])
    #expect(verdict.findings[0].message.hasPrefix("Your code stopped with: five examples are too many, in line "))
    #expect(verdict.findings[0].input.hasPrefix("random numbers (seed 1)"))
  }

  @Test func `a function that calls itself for ever is a crash`() throws {
    let verdict = try FixtureObserver.verdict(on: "recursion")
    #expect(verdict.state == .crashed)
    #expect(verdict.findings.first?.message.contains("a function that calls itself for ever does this too") == true)
    #expect(verdict.place?.file.hasSuffix("/Behaviours.swift") == true)
  }

  @Test func `abort is a crash`() throws {
    let verdict = try FixtureObserver.verdict(on: "abort")
    #expect(verdict.state == .crashed)
    #expect(verdict.findings.first?.message == "Your code stopped with: a call of abort")
  }

  @Test func `exit is no answer`() throws {
    let verdict = try FixtureObserver.verdict(on: "exit")
    #expect(verdict.state == .crashed)
    #expect(verdict.findings.first?.message.contains("ended the program itself (exit status 0)") == true)
  }

  @Test func `a forged answer before exit is no answer`() throws {
    let verdict = try FixtureObserver.verdict(on: "forged")
    #expect(verdict.state == .crashed)
    #expect(verdict.findings.first?.message.contains("ended the program itself (exit status 0)") == true)
  }

  @Test(arguments: ["nonsense", "fewer-quantities"])
  func `what student code writes among the answers never passes`(answer: String) throws {
    #expect(try FixtureObserver.verdict(on: answer).state == .crashed)
  }

  @Test func `more memory than there may be is a crash`() throws {
    let verdict = try FixtureObserver.verdict(on: "memory")
    #expect(verdict.state == .crashed)
    #expect(verdict.findings.first?.message.contains("failed to allocate") == true)
  }

  @Test func `without backtraces the message is still there`() throws {
    let observer = try FixtureObserver("index")
    var process = observer.process
    process.backtraces = false
    let verdict = try Examination(observer: process, answers: [fixture.erased]).verdict(on: "90.2")
    #expect(verdict.state == .crashed && verdict.place == nil)
    #expect(verdict.findings.first?.message == "Your code stopped with: Index out of range")
  }

  @Test func `an observer that cannot be started is no verdict`() {
    let nothing = ObserverProcess(
      executable: URL(fileURLWithPath: "/nowhere/observer"), sources: FixtureObserver.sources)
    #expect(throws: ExaminerError.self) { try nothing.observe("90.1", seed: 1, cpuSeconds: 1) }
    #expect(throws: ExaminerError.self) { try Examination(observer: nothing).verdict(on: "99.9") }
  }
}
