import Curriculum
import Fixture
import Testing

@testable import Grading

/// A lesson whose only step is any function of a number.
private protocol OneStep: Sendable {
  func value(_ x: Double) -> Double
}

private struct Function: OneStep {
  let f: @Sendable (Double) -> Double
  init(_ f: @escaping @Sendable (Double) -> Double) { self.f = f }
  func value(_ x: Double) -> Double { f(x) }
}

private struct Other: OneStep {
  let f: @Sendable (Double) -> Double
  init(_ f: @escaping @Sendable (Double) -> Double) { self.f = f }
  func value(_ x: Double) -> Double { f(x) }
}

private let entry = Lesson(
  91, "OneStep", title: "One step", steps: [.init("A function", points: 1, source: "None", function: "value(_:)")])

private func step(
  id: String = "91.1", derivative: (@Sendable (any OneStep, Double) -> KeyValuePairs<String, Derivative>)? = nil
) -> Step<any OneStep> {
  Step(id, on: [.worked(0.5), .random { $0.uniform() }], derivatives: derivative) { lesson, x in
    ["y": lesson.value(x)]
  }
}

private let constant = Mistake<any OneStep>("91.1", "it is −7", Other { _ in -7 }, "")

private func failures(
  _ steps: [Step<any OneStep>] = [step()], _ reference: Function = Function { $0 * $0 },
  mistakes: [Mistake<any OneStep>] = [constant]
) -> [String] {
  Answers<any OneStep>(entry, steps, reference, mistakes: mistakes).verify(seeds: [1, 2]).failures
}

struct VerificationTests {
  @Test func `the lesson for tests holds`() {
    let result = fixture.verify(seeds: [1, 2, 3])
    #expect(result.failures == [])
    #expect(result.steps == 3 && result.mistakes == 6)
    #expect(result.derivatives > 0 && result.quantities > 0)
    let shows = Dictionary(uniqueKeysWithValues: result.matrix.map { ($0.mistake.id, $0.shows) })
    #expect(shows["Cubed"] == ["90.1", "90.2"])
    #expect(shows["AddsUp"] == ["90.3"])
  }

  @Test func `a sound lesson has no failures`() {
    #expect(failures(mistakes: [Mistake("91.1", "it is x", Function { $0 }, "")]) == [])
  }

  @Test func `a step without mistakes is found`() {
    #expect(failures(mistakes: []) == ["step 91.1 has no mistakes"])
  }

  @Test func `a mistake that is the right answer is found`() {
    let found = failures(mistakes: [Mistake("91.1", "it is x·x", Other { $0 * $0 }, "")])
    #expect(found.count == 2 && found.allSatisfy { $0.contains("the mistake “it is x·x” passes") })
  }

  @Test func `two mistakes that are the same function are found`() {
    let found = failures(mistakes: [
      Mistake("91.1", "it is 2x", Function { 2 * $0 }, ""), Mistake("91.1", "it is x + x", Other { $0 + $0 }, ""),
    ])
    #expect(found.count == 2 && found.allSatisfy { $0.contains("“it is x + x” is named “it is 2x”") })
  }

  @Test func `two mistakes of one name are found`() {
    let found = failures(mistakes: [
      Mistake("91.1", "it is x", Function { $0 }, ""), Mistake("91.1", "it is −x", Function { -$0 }, ""),
    ])
    #expect(found == ["lesson 91: two mistakes are named Function"])
  }

  @Test func `two mistakes of one title are found`() {
    let found = failures(mistakes: [
      Mistake("91.1", "it is wrong", Function { $0 }, ""), Mistake("91.1", "it is wrong", Other { -$0 }, ""),
    ])
    #expect(found == ["step 91.1: two mistakes have the title “it is wrong”"])
  }

  @Test func `a mistake in a step that there is not is found`() {
    #expect(
      failures(mistakes: [Mistake("91.2", "it is x", Function { $0 }, "")]).contains { $0.contains("no step 91.2") })
  }

  @Test func `a quantity that rounding moves is found`() {
    let found = failures([step()], Function { ($0 * 1e9).truncatingRemainder(dividingBy: 1) })
    #expect(found.contains { $0.contains("y moves too much when the inputs move by one ulp") })
  }

  @Test func `a quantity that is not finite is found`() {
    #expect(failures([step()], Function { $0 < 1 ? .nan : $0 }).contains { $0.contains("y is not finite") })
  }

  @Test func `a wrong derivative is found`() {
    let twice = step { lesson, x in ["y": .of("x⁴/2", at: x) { $0 * $0 * $0 * $0 / 2 }] }
    #expect(failures([twice]).contains { $0.contains("y: ") && $0.contains("numerical gradient") })
    let right = step { lesson, x in ["y": .of("x³/3", at: x) { $0 * $0 * $0 / 3 }] }
    #expect(failures([right]) == [])
  }

  @Test func `a derivative of nothing that is observed is found`() {
    let other = step { _, x in ["z": .of("x", at: x) { $0 }] }
    #expect(failures([other]).contains { $0.contains("there is a derivative z, and no such quantity") })
  }

  @Test func `steps that are missing or too many are found`() {
    #expect(failures([]).contains { $0.hasPrefix("lesson 91: the catalogue has [\"91.1\"], the graders have []") })
    #expect(failures([step(), step(id: "91.2")]).contains { $0.contains("the graders have [\"91.1\", \"91.2\"]") })
  }

  @Test func `a step that observes nothing is found`() {
    let empty = Step<any OneStep>("91.1", on: [.worked(1.0)]) { _, _ in [:] }
    #expect(failures([empty]).contains { $0.contains("nothing is observed") })
  }

  private struct Row: ExampleBatch, Sendable {
    var x: [Double]
    var examples: Int { x.count }
    func permuted(by order: [Int]) -> Row { Row(x: order.map { x[$0] }) }
  }

  @Test func `a quantity that depends on the order of examples is found`() {
    func answers(_ observe: @escaping @Sendable (any OneStep, Row) -> Observation) -> [String] {
      let step = Step<any OneStep>("91.1", on: [.worked(Row(x: [1, 2, 4, 8]))], observe: observe)
      return Answers<any OneStep>(entry, [step], Function { $0 }, mistakes: [constant]).verify(seeds: [1]).failures
    }
    #expect(answers { lesson, row in ["sum": lesson.value(row.x.reduce(0, +)), "each": row.x.map { 2 * $0 }] } == [])
    let found = answers { lesson, row in ["last": lesson.value(row.x.reduce(0) { $0 / 2 + $1 })] }
    #expect(found.count == 1 && found[0].contains("last depends on the order of the examples"))
  }
}
