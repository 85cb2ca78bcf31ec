import Curriculum
import GradientChecking

extension Step {
  /// Whether two observations of the same inputs say the same within the tolerances.
  func agree(_ a: [Observation], _ b: [Observation]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { agree($0, $1) }
  }

  func agree(_ a: Observation, _ b: Observation) -> Bool {
    a.quantities.count == b.quantities.count && zip(a.quantities, b.quantities).allSatisfy { agree($0, $1) }
  }

  func agree(_ a: Observation.Quantity, _ b: Observation.Quantity) -> Bool {
    a.name == b.name && a.shape == b.shape && wrongEntries(a, expected: b).isEmpty
  }

  /// Whether they say the same of the quantity of this name on every input.
  func agree(on name: String, _ a: [Observation], _ b: [Observation]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { a, b in
        if let a = a[name], let b = b[name] { agree(a, b) } else { a[name] == nil && b[name] == nil }
      }
  }

  /// The flat indices at which a quantity of the right shape is not the expected one.
  func wrongEntries(_ actual: Observation.Quantity, expected: Observation.Quantity) -> [Int] {
    let tolerance = tolerances[actual.name] ?? .standard
    let scale = expected.values.lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
    return actual.values.indices.filter {
      !tolerance.accepts(actual.values[$0], expected: expected.values[$0], scale: scale)
    }
  }
}

/// Judges a step on the inputs of a seed: from what was observed alone, by the reference's numbers and the numerical gradient.
struct Judge<Lesson: Sendable> {
  let lesson: Curriculum.Lesson
  let step: Step<Lesson>
  let seed: UInt64
  let key: AnswerKey

  /// The verdict on a run.
  func verdict(on run: Run) -> Verdict {
    var verdict = Verdict(step: step.id, state: .wrong)
    verdict.printed = run.printed
    let answered = min(run.observations.count, step.inputs.count)
    for k in 0..<answered {
      // Each wrong quantity once, on the first input that shows it.
      verdict.findings += findings(run.observations[k], input: k) { name in
        verdict.findings.contains { $0.quantity.prefix { $0 != "[" } == name }
      }
    }
    if !verdict.findings.isEmpty { explain(&verdict, Array(run.observations.prefix(answered))) }
    let next = answered < step.inputs.count ? inputText(answered) : ""
    func stopped(_ state: StepState, _ message: String) {
      verdict.state = state
      verdict.findings.insert(
        Finding(quantity: "", input: next, evidence: "", message: message), at: 0)
    }
    switch run.ending {
    case .finished:
      if run.observations.count != step.inputs.count {
        stopped(.crashed, "What your code's process wrote could not be read")
      } else if verdict.findings.isEmpty {
        verdict.state = .passed
      }
    case .todo(let function, let place):
      verdict.place = place
      let missing = lesson.steps.first { $0.function == function }?.id
      if let missing, missing != step.id {
        verdict.state = .notAttempted
        verdict.blockedBy = missing
        verdict.findings = []
        verdict.explanations = []
        verdict.inherited = []
        verdict.diagnosis = nil
      } else if answered == 0 {
        verdict.state = .notAttempted
      } else {
        stopped(.wrong, "Your code still comes to todo() on some inputs")
      }
    case .crashed(let message, let place):
      verdict.place = place
      let line = place.map { ", in line \($0.line) of \($0.file.split(separator: "/").last ?? "")" } ?? ""
      stopped(.crashed, "Your code stopped with: \(message)\(line)\(remedy(for: message))")
    case .exited(let status):
      stopped(.crashed, "Your code ended the program itself (exit status \(status)) before it had answered")
    case .timedOut(let seconds, let ofCPU):
      stopped(
        .timedOut,
        "Your code did not finish within \(seconds) second\(seconds == 1 ? "" : "s")\(ofCPU ? " of computing" : ""): "
          + "is there a loop that does not end, or one that does far more work than it needs?")
    }
    return verdict
  }

  /// The steps whose mistakes change what this step returns: those that it builds on.
  var prerequisites: [String] {
    var found: [String] = []
    for trace in key.traces where trace.mistake.step != step.id && !found.contains(trace.mistake.step) {
      found.append(trace.mistake.step)
    }
    return found
  }

  /// What to do about traps whose message says little to a beginner.
  private func remedy(for message: String) -> String {
    if message.contains("Range requires lowerBound <= upperBound") {
      return ". A range must not end before it begins: 1...n stops the program when n is 0, and 0..<n does not"
    }
    if message.contains("Unexpectedly found nil") { return ". Something that may be missing was taken with !" }
    return ""
  }

  /// What is not right on one input: the first wrong entry of each wrong quantity, in order, those that are known left out.
  private func findings(
    _ observed: Observation, input k: Int, except isKnown: (_ name: String) -> Bool
  ) -> [Finding] {
    let expected = key.expected[k]
    let input = inputText(k)
    var findings = expected.quantities.compactMap { expected -> Finding? in
      if isKnown(expected.name) { return nil }
      guard let actual = observed[expected.name] else {
        return Finding(
          quantity: expected.name, input: input, evidence: "", message: "\(expected.name) is missing in the answer")
      }
      guard actual.shape == expected.shape else {
        let transposed = actual.shape.count == 2 && actual.shape == expected.shape.reversed()
        return Finding(
          quantity: actual.name, input: input, evidence: "",
          message: "\(actual.name) is \(shapeText(actual.shape)), and should be \(shapeText(expected.shape))"
            + (transposed ? ": is it transposed?" : isTable(actual.shape, of: expected.shape) ? tableHint : ""))
      }
      let wrong = step.wrongEntries(actual, expected: expected)
      // NaN and infinities are looked for first: one of them explains the rest.
      guard let i = wrong.first(where: { !actual.values[$0].isFinite }) ?? wrong.first else { return nil }
      let name = actual.name + actual.indexText(i)
      let (a, b) = texts(actual.values[i], expected.values[i])
      let others = wrong.count > 1 ? " (\(wrong.count) of its \(actual.values.count) entries are wrong)" : ""
      return Finding(
        quantity: name, actual: actual.values[i], expected: expected.values[i], input: input,
        evidence: numericalEvidence(actual.name, entry: i, input: k) ?? "the reference",
        message: "\(name) is \(a), and should be \(b)\(others)")
    }
    if findings.isEmpty && !isKnown("") && observed.quantities.map(\.name) != expected.quantities.map(\.name) {
      findings = [
        Finding(quantity: "", input: input, evidence: "", message: "What your code's process wrote could not be read")
      ]
    }
    return findings
  }

  /// Whether a vector of m entries has become a whole (m, m) table.
  private func isTable(_ actual: [Int], of vector: [Int]) -> Bool {
    guard vector.count == 2, vector.contains(1), let m = vector.max(), m > 1 else { return false }
    return actual == [m, m]
  }

  private var tableHint: String {
    ": a row (1, m) and a column (m, 1) together make a whole (m, m) table; has that happened?"
  }

  private func numericalEvidence(_ quantity: String, entry i: Int, input k: Int) -> String? {
    guard let evidence = key.evidence(k).first(where: { $0.quantity == quantity }), let value = evidence.estimates[i]
    else { return nil }
    return "the numerical gradient of \(evidence.of), by central differences, is \(Grading.text(value, digits: 7))"
  }

  private func inputText(_ k: Int) -> String {
    let input = step.inputs[k]
    let value = describe(input.value(step.generator(k, seed: seed)), argument: step.argument)
    let name = input.name + (input.isDrawn ? " (seed \(seed))" : "")
    // An edge may be named by its only number: "z = 0".
    return value.isEmpty ? name : value == name || value.hasPrefix(name + ",") ? value : name + ": " + value
  }

  /// Names the step's own mistake that gives the student's numbers on all inputs that were answered; else its mistakes that
  /// give some of the quantities, or how they relate to the right ones. Other steps' mistakes are only noted.
  private func explain(_ verdict: inout Verdict, _ observed: [Observation]) {
    let own = key.traces.filter { $0.mistake.step == step.id }.map {
      (mistake: $0.mistake, observed: Array($0.observed.prefix(observed.count)))
    }
    let isComplete = observed.count == step.inputs.count
    let matches = own.filter { step.agree(observed, $0.observed) }
    if let match = matches.first {
      // Half-way through the inputs several mistakes may still look alike.
      if matches.count == 1 || isComplete {
        verdict.explanations = [Explanation(quantities: nil, mistake: match.mistake)]
      }
      return
    }
    // Behind a quantity of the wrong shape the numbers of others mean nothing.
    guard isComplete, !verdict.findings.contains(where: { $0.actual == nil }) else { return }
    verdict.inherited = key.traces.filter { $0.mistake.step != step.id && step.agree(observed, $0.observed) }.map(
      \.mistake)
    let expected = key.expected
    let names = Observation.names(in: expected)
    var unexplained = names.filter { !step.agree(on: $0, observed, expected) }
    // Two mistakes at once: one of them gives all the quantities that it makes wrong, and no others.
    for (mistake, given) in own {
      let affected = names.filter { !step.agree(on: $0, given, expected) }
      guard affected.count < names.count, affected.allSatisfy(unexplained.contains),
        affected.allSatisfy({ step.agree(on: $0, observed, given) })
      else { continue }
      verdict.explanations.append(Explanation(quantities: affected, mistake: mistake))
      unexplained.removeAll(where: affected.contains)
    }
    let relations = unexplained.compactMap { relation(of: $0, observed) }
    verdict.diagnosis = relations.isEmpty ? nil : relations.joined(separator: "\n")
  }

  /// How a wrong quantity relates to the right one, where the same can be said of every input on which it is wrong.
  private func relation(of name: String, _ observed: [Observation]) -> String? {
    var diagnoses: [GradientDiagnosis] = []
    for k in observed.indices {
      guard let actual = observed[k][name], let right = key.expected[k][name], actual.shape == right.shape else {
        return nil
      }
      if step.agree(actual, right) { continue }
      let m = (step.inputs[k].value(step.generator(k, seed: seed)) as? any ExampleBatch)?.examples
      guard
        let diagnosis = GradientDiagnosis(
          of: actual.values, expected: right.values, rows: right.shape.first, columns: right.shape.dropFirst().first,
          factors: m.map { ["m": Double($0)] } ?? [:])
      else { return nil }
      diagnoses.append(diagnosis)
    }
    guard let first = diagnoses.first, diagnoses.allSatisfy({ $0.kind == first.kind }) else { return nil }
    return first.sentence(about: name)
  }
}
