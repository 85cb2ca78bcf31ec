import Grading
import Testing

/// Answers that are given, right and wrong, through processes of their own.
struct AnswerTests {
  @Test(arguments: ["90.1", "90.2", "90.3"])
  func `the reference passes`(step: String) throws {
    let verdict = try FixtureObserver.verdict(on: "reference", step: step)
    #expect(verdict.state == .passed)
    #expect(verdict.findings.isEmpty && verdict.printed.isEmpty)
  }

  @Test func `another order of summing and −0 pass`() throws {
    #expect(try FixtureObserver.verdict(on: "other-order").state == .passed)
  }

  @Test func `NaN and infinity are wrong answers, and no crash`() throws {
    let verdict = try FixtureObserver.verdict(on: "not-a-number")
    #expect(verdict.state == .wrong)
    #expect(verdict.findings.map(\.quantity) == ["J", "dw[0, 0]"])
    #expect(verdict.findings[0].actual?.isNaN == true)
    #expect(verdict.findings[1].actual == .infinity)
  }

  @Test func `a stub is not attempted`() throws {
    for step in ["90.1", "90.2", "90.3"] {
      let verdict = try FixtureObserver.verdict(on: "stub", step: step)
      #expect(verdict.state == .notAttempted)
      #expect(verdict.blockedBy == nil)
      #expect(verdict.place?.file == "fixtureObserver/Lessons.swift")
    }
  }

  @Test func `a step that calls one not written waits for it`() throws {
    let verdict = try FixtureObserver.verdict(on: "square-missing")
    #expect(verdict.state == .notAttempted)
    #expect(verdict.blockedBy == "90.1")
  }

  @Test func `todo on one input only is wrong`() throws {
    let verdict = try FixtureObserver.verdict(on: "todo-on-one-example")
    #expect(verdict.state == .wrong)
    #expect(verdict.findings.first?.input.hasPrefix("one example") == true)
  }

  @Test func `a mistake in an earlier step is named there, with the step to mend first`() throws {
    let verdict = try FixtureObserver.verdict(on: "square-wrong")
    #expect(verdict.state == .wrong)
    #expect(verdict.mistake?.step == "90.1" && verdict.mistake?.id == "Cubed")
    #expect(verdict.wrongPrerequisites == ["90.1"])
  }

  @Test func `a module that lacks its gradients is wrong, and its other quantities are right`() throws {
    let verdict = try FixtureObserver.verdict(on: "module-without-gradients", step: "90.3")
    #expect(verdict.state == .wrong)
    #expect(verdict.findings.map(\.message) == ["gradients is a list of 0 numbers, and should be (2×2×1)"])
  }
}
