import Curriculum
import Fixture
import Testing

@testable import Grading

/// The fixture's answers as a handout has them.
private func recorded(seeds: [UInt64] = [1, 2]) throws -> AnyAnswers {
  try RecordedAnswers(.fixture, fixtureSteps, fixture.recording(seeds: seeds)).erased
}

/// What is said of a lesson's answers to every step: with the answers' code, and with their numbers.
private func verdicts(on lesson: any FixtureLesson, seed: UInt64) throws -> [(source: Verdict, numbers: Verdict)] {
  let numbers = try recorded()
  return try fixtureSteps.map { step in
    let run = Run(observations: step.observe(lesson, seed: seed), ending: .finished, printed: "")
    return (
      fixture.judge(step, seed: seed).verdict(on: run), try #require(try numbers.judge(step.id, run, seed))
    )
  }
}

private struct Odd: FixtureLesson {
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients {
    var g = FixtureReference().gradients(X: X, Y: Y, at: w)
    g.cost += 0.5
    g.dw = 3 * g.dw
    return g
  }
}

struct RecordedAnswersTests {
  @Test(arguments: [UInt64(1), 2]) func `numbers alone judge as the answers' code does`(seed: UInt64) throws {
    let lessons = [FixtureReference(), Odd()] + fixture.mistakes.map(\.lesson)
    for lesson in lessons {
      for (source, numbers) in try verdicts(on: lesson, seed: seed) {
        #expect(numbers.state == source.state)
        #expect(numbers.text == source.text)
        #expect(numbers.mistake == source.mistake)
        #expect(numbers.inherited == source.inherited)
      }
    }
  }

  @Test func `what a step builds on, its limits, its worked example and the mistakes are known`() throws {
    let numbers = try recorded()
    for step in fixtureSteps {
      #expect(try numbers.prerequisites(step.id, 1) == fixture.judge(step, seed: 1).prerequisites)
      #expect(numbers.cpuSeconds(step.id) == step.cpuSeconds)
      let example = try #require(try numbers.workedExample(step.id))
      let right = try #require(try fixture.erased.workedExample(step.id))
      #expect(example.output.map(\.value) == right.output.map(\.value))
      #expect(example.input.map(\.value) == right.input.map(\.value))
    }
    #expect(numbers.mistakes == fixture.erased.mistakes)
    #expect(numbers.seeds == [1, 2])
    #expect(numbers.source == nil)
  }

  @Test func `other seeds are not judged`() throws {
    let run = Run(observations: fixtureSteps[0].observe(FixtureReference(), seed: 3), ending: .finished)
    #expect(try recorded().judge("90.1", run, 3) == nil)
  }

  @Test func `a recording that is cut off, or of another lesson, is refused`() throws {
    let bytes = fixture.recording(seeds: [1])
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: RecordingError.self) { try RecordedAnswers(.fixture, fixtureSteps, Array(bytes.prefix(count))) }
    }
    #expect(throws: RecordingError.self) { try RecordedAnswers(.fixture, Array(fixtureSteps.dropLast()), bytes) }
    #expect(throws: RecordingError.self) { try RecordedAnswers(.fixture, fixtureSteps, bytes + [0]) }
  }

  @Test func `a damaged recording never traps`() throws {
    let bytes = fixture.recording(seeds: [1])
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      var damaged = bytes
      damaged[generator.integer(below: bytes.count)] = UInt8(generator.integer(below: 256))
      guard let numbers = try? RecordedAnswers(.fixture, fixtureSteps, damaged).erased else { continue }
      for step in fixtureSteps {
        let run = Run(observations: step.observe(Odd(), seed: 1), ending: .finished)
        _ = try? numbers.judge(step.id, run, 1)
      }
    }
  }
}
