import Curriculum
import Fixture
import Testing

@testable import Grading

/// Step 90.2 answered by some lesson: the observations that its process would have written.
private func answer(_ lesson: any FixtureLesson, step: Int = 1, seed: UInt64 = 1) -> [Observation] {
  fixtureSteps[step].observe(lesson, seed: seed)
}

private func judge(
  _ observations: [Observation], ending: Run.Ending = .finished, step: Int = 1, seed: UInt64 = 1, printed: String = ""
) -> Verdict {
  fixture.judge(fixtureSteps[step], seed: seed).verdict(
    on: Run(observations: observations, ending: ending, printed: printed))
}

/// An answer to step 90.2 that differs from the reference's.
private struct Changed: FixtureLesson {
  let change: @Sendable (inout FixtureGradients, _ m: Int) -> Void
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients {
    var g = FixtureReference().gradients(X: X, Y: Y, at: w)
    change(&g, X.columns)
    return g
  }
}

private func judge(_ change: @escaping @Sendable (inout FixtureGradients, _ m: Int) -> Void) -> Verdict {
  judge(answer(Changed(change: change)))
}

struct EndingTests {
  private let right = answer(FixtureReference())

  @Test func `right answers on every input pass`() {
    let verdict = judge(right, printed: "noise")
    #expect(verdict.state == .passed)
    #expect(verdict.findings.isEmpty && verdict.mistake == nil && verdict.diagnosis == nil)
    #expect(verdict.text == "Your code printed:\n  | noise")
    #expect(judge(right).text == "")
  }

  @Test func `a trap that says little to a beginner is told with its remedy`() throws {
    let trap = "Range requires lowerBound <= upperBound"
    let verdict = judge([], ending: .crashed(message: trap, place: nil))
    #expect(try #require(verdict.findings.first).message.contains("1...n stops the program when n is 0"))
  }

  @Test func `a mistake that shows before a crash is named, if only one gives those numbers`() throws {
    let mistake = try #require(fixture.mistakes.first { $0.title == "1/m is left out of dw" })
    let verdict = judge(Array(answer(mistake.lesson).prefix(2)), ending: .crashed(message: "trap", place: nil))
    #expect(verdict.state == .crashed)
    #expect(verdict.mistake == mistake.named)
  }

  @Test func `a crash is a crash, with its message, place and the input that it came to`() {
    let place = SourcePlace(file: "/home/ada/Square.swift", line: 12)
    let verdict = judge([right[0]], ending: .crashed(message: "Index out of range", place: place))
    #expect(verdict.state == .crashed)
    #expect(verdict.place == place)
    #expect(
      verdict.findings.first?.message == "Your code stopped with: Index out of range, in line 12 of Square.swift")
    #expect(verdict.findings.first?.input.hasPrefix("random numbers (seed 1): ") == true)
  }

  @Test func `what was wrong before a crash is said after it`() throws {
    let wrong = answer(Changed { g, _ in g.cost += 1 })
    let verdict = judge([wrong[0]], ending: .crashed(message: "trap", place: nil))
    #expect(verdict.state == .crashed)
    #expect(verdict.findings.map(\.quantity) == ["", "J"])
    #expect(verdict.mistake == nil)
  }

  @Test(arguments: [Int32(0), 3])
  func `ending the program is no answer, whatever the status`(status: Int32) {
    for count in 0...right.count {
      let verdict = judge(Array(right.prefix(count)), ending: .exited(status: status))
      #expect(verdict.state == .crashed)
      #expect(verdict.findings.first?.message.contains("ended the program itself (exit status \(status))") == true)
    }
  }

  @Test func `a time-out says which time`() {
    let cpu = judge([], ending: .timedOut(seconds: 2, ofCPU: true))
    #expect(cpu.state == .timedOut)
    #expect(cpu.findings.first?.message.contains("within 2 seconds of computing:") == true)
    let clock = judge(right, ending: .timedOut(seconds: 60, ofCPU: false))
    #expect(clock.state == .timedOut)
    #expect(clock.findings.first?.message.contains("within 60 seconds:") == true)
  }

  @Test func `the step's own todo is not attempted`() {
    let place = SourcePlace(file: "M/F.swift", line: 3)
    let verdict = judge([], ending: .todo(function: "gradients(X:Y:at:)", place: place))
    #expect(verdict.state == .notAttempted)
    #expect(verdict.blockedBy == nil && verdict.findings.isEmpty)
    #expect(verdict.place == place)
    #expect(verdict.text == "It still says todo() in line 3.")
  }

  @Test func `the todo of another step is named as what is missing`() {
    let place = SourcePlace(file: "M/F.swift", line: 3)
    for count in 0..<2 {
      let verdict = judge(Array(right.prefix(count)), ending: .todo(function: "square(_:)", place: place))
      #expect(verdict.state == .notAttempted)
      #expect(verdict.blockedBy == "90.1")
      #expect(verdict.text == "It calls step 90.1, which still says todo() in line 3.")
    }
  }

  @Test func `todo on some inputs only is a wrong answer`() {
    let verdict = judge(
      Array(right.prefix(3)),
      ending: .todo(function: "gradients(X:Y:at:)", place: SourcePlace(file: "M/F.swift", line: 3)))
    #expect(verdict.state == .wrong)
    #expect(verdict.findings.first?.message == "Your code still comes to todo() on some inputs")
    #expect(verdict.findings.first?.input.hasPrefix("one example (seed 1)") == true)
  }

  @Test func `too few and too many answers never pass`() {
    #expect(judge([]).state == .crashed)
    #expect(judge(Array(right.dropLast())).state == .crashed)
    #expect(judge(right + [right[0]]).state == .crashed)
  }

  @Test func `an answer of other quantities is wrong, and harms nobody`() {
    let J: Observation = ["J": 0]
    #expect(judge([J, J, J, J]).state == .wrong)
    #expect(judge([[:], [:], [:], [:]]).state == .wrong)
    let wrong = answer(Changed { g, _ in g.cost += 1 })
    for strange in [J, [:], ["J": 0, "J": 0, "J": 0], ["e": 1, "J": [1.0], "dw": 2, "more": 3]] as [Observation] {
      #expect(judge([wrong[0], strange, wrong[2], wrong[3]]).state == .wrong)
      #expect(judge([right[0], strange, right[2], right[3]]).state == .wrong)
    }
    var extra = right
    extra[3] = Observation(quantities: right[3].quantities + J.quantities)
    let verdict = judge(extra)
    #expect(verdict.state == .wrong)
    #expect(verdict.findings.first?.message.contains("could not be read") == true)
  }

  @Test func `what the code printed is shown, line by line`() {
    let wrong = answer(Changed { g, _ in g.cost += 1 })
    #expect(judge(wrong, printed: "m is 3\nm is 5\n").text.hasSuffix("Your code printed:\n  | m is 3\n  | m is 5"))
    #expect(judge(right, printed: "m is 3\n").text == "Your code printed:\n  | m is 3")
  }
}

struct FindingTests {
  @Test func `the first wrong entry of each wrong quantity is reported, in order, on the first wrong input`() {
    let verdict = judge { g, _ in
      g.dw[1, 0] += 0.25
      g.cost *= 3
    }
    #expect(verdict.state == .wrong)
    #expect(verdict.findings.map(\.quantity) == ["J", "dw[1, 0]"])
    #expect(verdict.findings.allSatisfy { $0.input.hasPrefix("the chapter's example: X = [[1, −1, 0], [2, 0.5, −3]]") })
  }

  @Test func `an edge that alone is wrong is the input that is named`() {
    let verdict = judge { g, m in if m == 1 { g.cost = 0 } }
    #expect(verdict.findings.first?.input.hasPrefix("one example (seed 1): X = ") == true)
  }

  @Test func `drawn inputs name their seed, and given ones none`() {
    let wrong = answer(Changed { g, m in if m == 5 { g.cost += 1 } }, seed: 77)
    #expect(judge(wrong, seed: 77).findings.first?.input.hasPrefix("random numbers (seed 77): ") == true)
    #expect(judge { g, _ in g.cost += 1 }.findings.first?.input.contains("seed") == false)
  }

  @Test func `actual and expected are shown to as many digits as differ`() throws {
    // J = (0 + 0.625² + 0.25²)/3 there.
    let finding = try #require(judge { g, _ in g.cost += 1e-7 }.findings.first)
    let expected = try #require(finding.expected)
    #expect(finding.actual == expected + 1e-7)
    let (a, b) = texts(expected + 1e-7, expected)
    #expect(a != b)
    #expect(finding.message == "J is \(a), and should be \(b)")
  }

  @Test func `the evidence is the numerical gradient where there is one, and else the reference`() throws {
    let findings = judge { g, _ in
      g.dw[0, 0] += 1
      g.cost += 1
    }.findings
    #expect(findings[0].evidence == "the reference")
    let gradient = findings[1]
    let expected = try #require(gradient.expected)
    #expect(
      gradient.evidence == "the numerical gradient of J, by central differences, is \(text(expected, digits: 7))")
  }

  @Test func `how many entries are wrong is said where it is more than one`() {
    let messages = judge { g, _ in g.dw = g.dw + 1 }.findings.map(\.message)
    #expect(messages.first?.hasSuffix(" (2 of its 2 entries are wrong)") == true)
  }

  @Test func `NaN is wrong, and looked for first`() throws {
    let finding = try #require(
      judge { g, _ in
        g.dw[0, 0] += 1
        g.dw[1, 0] = .nan
      }.findings.first)
    #expect(finding.quantity == "dw[1, 0]")
    #expect(finding.actual?.isNaN == true)
    #expect(finding.message.hasPrefix("dw[1, 0] is NaN, and should be "))
  }

  @Test func `infinity is wrong`() {
    #expect(judge { g, _ in g.cost = .infinity }.findings.first?.message.hasPrefix("J is ∞, ") == true)
  }

  @Test func `a shape is compared before any entry`() {
    let transposed = judge { g, _ in g.errors = g.errors.T }
    #expect(transposed.findings.first?.message == "e is (3×1), and should be (1×3): is it transposed?")
    let empty = judge { g, _ in g.dw = Matrix(rows: 0, columns: 0) }
    #expect(empty.state == .wrong)
    #expect(empty.findings.first?.message == "dw is empty, (0×0), and should be (2×1)")
    let longer = judge { g, _ in g.dw = Matrix(stacking: [g.dw, [[0]]]) }
    #expect(longer.findings.first?.message == "dw is (3×1), and should be (2×1)")
  }

  @Test func `rounding, another order and −0 are no mistakes`() {
    let verdict = judge { g, _ in
      g.cost = g.cost.nextUp * (1 + 1e-12)
      g.errors = g.errors + -0.0
      g.dw = g.dw - 1e-13
    }
    #expect(verdict.state == .passed)
  }
}

struct DiagnosisTests {
  @Test func `every known mistake is named, and given its reason`() {
    for mistake in fixture.mistakes {
      for seed in 1...3 as ClosedRange<UInt64> {
        let step = fixtureSteps.firstIndex { $0.id == mistake.step }!
        let verdict = judge(answer(mistake.lesson, step: step, seed: seed), step: step, seed: seed)
        #expect(verdict.state == .wrong)
        #expect(verdict.mistake == mistake.named)
        #expect(
          verdict.text.contains("This is exactly what comes out when \(mistake.title). \(mistake.explanation)"))
      }
    }
  }

  @Test func `a mistake of an earlier step is noted, and not named without asking that step`() throws {
    let cubed = try #require(fixture.mistakes.first { $0.step == "90.1" })
    let verdict = judge(answer(cubed.lesson))
    #expect(verdict.mistake == nil && verdict.explanations.isEmpty)
    #expect(verdict.inherited.contains(cubed.named))
  }

  @Test func `an earlier step's mistake is told with its step, and as something like it where that step is right`()
    throws
  {
    let cubed = try #require(fixture.mistakes.first { $0.step == "90.1" }).named
    var verdict = judge { g, _ in g.cost += 1 }
    verdict.explanations = [Explanation(quantities: nil, mistake: cubed)]
    #expect(verdict.text.contains("comes out when in step 90.1 the cube is taken."))
    verdict.explanations = [Explanation(quantities: nil, mistake: cubed, isMadeHere: true)]
    #expect(
      verdict.text.contains("come out when, in step 90.1, the cube is taken. Your 90.1 is right, so something with"))
  }

  private struct TwiceTheSquare: FixtureLesson {
    func square(_ x: Double) -> Double { 2 * x * x }
  }

  @Test func `where two mistakes give the same numbers, the step's own is named`() {
    let answers = Answers<any FixtureLesson>(
      .fixture, fixtureSteps, FixtureReference(),
      mistakes: [
        Mistake("90.1", "the square is doubled", TwiceTheSquare(), ""),
        Mistake("90.2", "J is doubled", Changed { g, _ in g.cost *= 2 }, ""),
      ])
    let run = Run(observations: answer(TwiceTheSquare()), ending: .finished)
    #expect(answers.judge(fixtureSteps[1], seed: 1).verdict(on: run).mistake?.title == "J is doubled")
  }

  @Test func `an unknown wrong answer is wrong without a name`() {
    let verdict = judge { g, m in g.cost += Double(m * m) }
    #expect(verdict.state == .wrong)
    #expect(verdict.mistake == nil && verdict.diagnosis == nil)
  }

  @Test func `two mistakes at once are named quantity by quantity`() throws {
    let verdict = judge { g, m in
      g.cost *= Double(m)
      g.dw = Double(m) * g.dw
    }
    #expect(verdict.mistake == nil)
    #expect(verdict.text.contains("J is exactly what comes out when 1/m is left out of J. J is a mean."))
    #expect(verdict.text.contains("dw is exactly what comes out when 1/m is left out of dw."))
  }

  @Test func `a quantity that is wrong on a later input only is reported from there`() {
    let verdict = judge { g, m in
      g.cost += 1
      if m != 3 { g.dw[0, 0] += 1 }
    }
    #expect(verdict.findings.map(\.quantity) == ["J", "dw[0, 0]"])
    #expect(verdict.findings[0].input.hasPrefix("the chapter's example"))
    #expect(verdict.findings[1].input.hasPrefix("random numbers (seed 1)"))
  }

  @Test func `a ratio that holds on every input is stated`() {
    #expect(judge { g, _ in g.dw = 0.5 * g.dw }.diagnosis == "Every entry of dw is ½ times what it should be.")
    let divided = judge { g, m in g.dw = g.dw / Double(m) }
    #expect(divided.diagnosis?.contains("1/m times what it should be (m = 3)") == true)
    #expect(judge { g, _ in g.dw = 0 * g.dw }.diagnosis == "Every entry of dw is 0.")
  }

  @Test func `a ratio that holds on one input only is not stated`() {
    #expect(judge { g, m in g.dw = (m == 3 ? 0.5 : 0.7) * g.dw }.diagnosis == nil)
  }

  @Test func `the steps that a step builds on are found by their mistakes`() {
    #expect(fixture.judge(fixtureSteps[0], seed: 1).prerequisites == [])
    #expect(fixture.judge(fixtureSteps[1], seed: 1).prerequisites == ["90.1"])
    #expect(fixture.judge(fixtureSteps[2], seed: 1).prerequisites == [])
  }

  @Test func `of many wrong quantities the first three are told, and the others' names`() {
    var verdict = Verdict(step: "90.2", state: .wrong)
    verdict.findings = ["a", "b", "c", "d", "e[0, 1]"].map {
      Finding(quantity: $0, input: "an edge", evidence: "", message: "\($0) is 1, and should be 2")
    }
    #expect(verdict.text.contains("c is 1, and should be 2.\n2 more are wrong: d, e.\n"))
    #expect(!verdict.text.contains("d is 1"))
    verdict.findings.removeLast()
    #expect(verdict.text.contains("d is 1, and should be 2.\n") && !verdict.text.contains("more are wrong"))
  }

  @Test func `a wrong prerequisite is the first thing to be said`() {
    var verdict = judge { g, _ in g.cost += 1 }
    verdict.wrongPrerequisites = ["90.1"]
    #expect(verdict.text.hasPrefix("First mend 90.1: this step builds on it, and it is not right yet.\n"))
    verdict.wrongPrerequisites = ["90.1", "90.3"]
    #expect(verdict.text.hasPrefix("First mend 90.1 and 90.3: this step builds on them, and they are not right yet.\n"))
    verdict.wrongPrerequisites = ["90.1", "90.2", "90.3"]
    #expect(verdict.text.hasPrefix("First mend 90.1, 90.2 and 90.3: this step"))
  }
}

struct SeedTests {
  @Test func `a seed always draws the same inputs, and another seed others`() {
    let step = fixtureSteps[1]
    let first = step.observe(FixtureReference(), seed: 1)
    #expect(step.agree(first, step.observe(FixtureReference(), seed: 1)))
    let second = step.observe(FixtureReference(), seed: 2)
    #expect(step.agree(first[0], second[0]))
    #expect((1..<4).allSatisfy { !step.agree(first[$0], second[$0]) })
  }

  @Test func `answers to the inputs of another seed do not pass`() {
    #expect(judge(answer(FixtureReference(), seed: 2), seed: 1).state == .wrong)
  }

  @Test func `the worked example shows input and result`() {
    let example = fixture.judge(fixtureSteps[0], seed: 1).workedExample
    #expect(example.input.map(\.name) == ["x"] && example.input.map(\.value) == ["3"])
    #expect(example.output.map(\.name) == ["x²"] && example.output.map(\.value) == ["9"])
  }
}
