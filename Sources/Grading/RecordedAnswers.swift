import Curriculum

/// The answers to a lesson as numbers only: what a copy of the kit without solutions judges by.
///
/// They hold, for some seeds, what the reference returns on every input, the numerical gradients, and what each mistake returns;
/// no code, and nothing from which code could be read.
public struct RecordedAnswers<Lesson: Sendable>: Sendable {
  private let lesson: Curriculum.Lesson
  private let steps: [Step<Lesson>]
  private let mistakes: [NamedMistake]
  private let seeds: [UInt64]
  /// Each key's bytes, read when it is first asked for.
  private let keys: [String: ArraySlice<UInt8>]

  /// Reads what `AnswerSource.recording` wrote.
  /// - Throws: `RecordingError` where the bytes are no such recording, or one of other steps.
  public init(_ lesson: Curriculum.Lesson, _ steps: [Step<Lesson>], _ bytes: [UInt8]) throws {
    var reader = RecordingReader(bytes)
    guard try reader.string() == recordingMark, try reader.string() == lesson.id else {
      throw RecordingError(lesson: lesson.id)
    }
    let mistakes = try reader.list {
      NamedMistake(id: try $0.string(), step: try $0.string(), title: try $0.string(), explanation: try $0.string())
    }
    let seeds = try reader.list { UInt64(try $0.count()) }
    var keys: [String: ArraySlice<UInt8>] = [:]
    for step in steps {
      guard try reader.string() == step.id, try reader.count() == step.inputs.count else {
        throw RecordingError(lesson: lesson.id)
      }
      for seed in seeds { keys[keyName(step.id, seed)] = try reader.take(try reader.count()) }
    }
    guard reader.isAtEnd else { throw RecordingError(lesson: lesson.id) }
    self.lesson = lesson
    self.steps = steps
    self.mistakes = mistakes
    self.seeds = seeds
    self.keys = keys
  }

  /// The same with the lesson's type erased.
  public var erased: AnyAnswers {
    let ring = KeyRing()
    @Sendable func judge(_ id: String, _ seed: UInt64) throws -> Judge<Lesson>? {
      guard let step = steps.first(where: { $0.id == id }), let bytes = keys[keyName(id, seed)] else { return nil }
      let key = try ring.key(id, seed) {
        var reader = RecordingReader(bytes)
        let key = try reader.key(mistakes)
        guard reader.isAtEnd, key.expected.count == step.inputs.count else { throw RecordingError(lesson: lesson.id) }
        return key
      }
      return Judge(lesson: lesson, step: step, seed: seed, key: key)
    }
    return AnyAnswers(
      lesson: lesson, mistakes: mistakes, seeds: seeds, steps: steps, judge: judge, source: nil)
  }
}

/// What is said of a recording that cannot be used.
public struct RecordingError: Error, CustomStringConvertible, Sendable {
  let lesson: String
  public var description: String {
    "the recorded answers to lesson \(lesson) are damaged, or belong to another version of the kit: take the copy that you were given anew"
  }
}

/// Both sides' name for the form of a recording: another form must not be misread.
private let recordingMark = "gradus answers 1"

private func keyName(_ step: String, _ seed: UInt64) -> String { "\(step) \(seed)" }

// MARK: - Writing

extension Answers {
  /// The keys to all steps for some seeds, in bytes.
  func recording(seeds: [UInt64]) -> [UInt8] {
    var writer = RecordingWriter()
    writer.string(recordingMark)
    writer.string(lesson.id)
    let names = mistakes.map(\.named)
    writer.list(names) { writer, mistake in
      for text in [mistake.id, mistake.step, mistake.title, mistake.explanation] { writer.string(text) }
    }
    writer.list(seeds) { $0.count(Int($1)) }
    for step in steps {
      writer.string(step.id)
      writer.count(step.inputs.count)
      for seed in seeds {
        var key = RecordingWriter()
        key.key(self.key(to: step, seed: seed), inputs: step.inputs.count, names)
        writer.count(key.bytes.count)
        writer.bytes += key.bytes
      }
    }
    return writer.bytes
  }
}

private struct RecordingWriter {
  var bytes: [UInt8] = []

  /// Seven bits a byte, the lowest first; the top bit says that more follow (LEB128).
  mutating func count(_ value: Int) {
    var rest = UInt(value)
    while rest > 0x7f {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func string(_ text: String) {
    count(text.utf8.count)
    bytes += Array(text.utf8)
  }

  mutating func list<T>(_ values: [T], _ write: (inout RecordingWriter, T) -> Void) {
    count(values.count)
    for value in values { write(&self, value) }
  }

  mutating func double(_ value: Double) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += Array($0) }
  }

  /// Most quantities of small numbers are whole, and need a byte each; where a mistake does not show, the right one is named.
  mutating func observation(_ observation: Observation, besides right: Observation? = nil) {
    list(observation.quantities) { writer, quantity in
      writer.string(quantity.name)
      let other = right?[quantity.name]
      let isSame =
        other?.shape == quantity.shape && other?.values.map(\.bitPattern) == quantity.values.map(\.bitPattern)
      let areBytes = quantity.values.allSatisfy { Double(UInt8(exactly: $0) ?? 0).bitPattern == $0.bitPattern }
      let form: Form = isSame ? .right : areBytes ? .bytes : .doubles
      writer.count(form.rawValue)
      if isSame { return }
      writer.list(quantity.shape) { $0.count($1) }
      for value in quantity.values {
        if areBytes { writer.bytes.append(UInt8(value)) } else { writer.double(value) }
      }
    }
  }

  mutating func key(_ key: AnswerKey, inputs: Int, _ mistakes: [NamedMistake]) {
    list(key.expected) { $0.observation($1) }
    list((0..<inputs).map(key.evidence)) { writer, evidence in
      writer.list(evidence) { writer, evidence in
        writer.string(evidence.quantity)
        writer.string(evidence.of)
        writer.list(evidence.estimates.sorted { $0.key < $1.key }) { writer, estimate in
          writer.count(estimate.key)
          writer.double(estimate.value)
        }
      }
    }
    list(key.traces) { writer, trace in
      writer.count(mistakes.firstIndex(of: trace.mistake)!)
      for (k, observation) in trace.observed.enumerated() {
        writer.observation(observation, besides: key.expected[k])
      }
    }
  }
}

/// How the values of a quantity stand in a recording.
private enum Form: Int { case doubles, bytes, right }

// MARK: - Reading

private struct RecordingReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

  var isAtEnd: Bool { rest.isEmpty }

  private var damaged: RecordingError { RecordingError(lesson: "this") }

  mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw damaged }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func count() throws -> Int {
    var value: UInt = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      let byte = try take(1).first!
      value |= UInt(byte & 0x7f) << UInt(shift)
      if byte & 0x80 == 0 { return Int(value) }
    }
    throw damaged
  }

  mutating func string() throws -> String { String(decoding: try take(try count()), as: UTF8.self) }

  mutating func list<T>(_ read: (inout RecordingReader) throws -> T) throws -> [T] {
    let count = try count()
    // Each element takes a byte at least: a damaged count must not take all the memory.
    guard count <= rest.count else { throw damaged }
    return try (0..<count).map { _ in try read(&self) }
  }

  mutating func doubles(_ count: Int) throws -> [Double] {
    guard count <= rest.count / 8 else { throw damaged }
    return try take(8 * count).withUnsafeBytes { bytes in
      (0..<count).map {
        Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
  }

  mutating func observation(besides right: Observation? = nil) throws -> Observation {
    Observation(
      quantities: try list { reader in
        let name = try reader.string()
        switch Form(rawValue: try reader.count()) {
        case .right:
          guard let quantity = right?[name] else { throw reader.damaged }
          return quantity
        case .bytes:
          let shape = try reader.shape()
          return Observation.Quantity(
            name: name, shape: shape.lengths, values: try reader.take(shape.count).map { Double($0) })
        case .doubles:
          let shape = try reader.shape()
          return Observation.Quantity(name: name, shape: shape.lengths, values: try reader.doubles(shape.count))
        case nil: throw reader.damaged
        }
      })
  }

  private mutating func shape() throws -> (lengths: [Int], count: Int) {
    let lengths = try list { try $0.count() }
    var count = 1
    for length in lengths {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { throw damaged }
      count = product
    }
    return (lengths, count)
  }

  mutating func key(_ mistakes: [NamedMistake]) throws -> AnswerKey {
    let expected = try list { try $0.observation() }
    let evidence = try list { reader in
      try reader.list { reader in
        let quantity = try reader.string()
        let of = try reader.string()
        let estimates = try reader.list { (try $0.count(), try $0.doubles(1)[0]) }
        return AnswerKey.Evidence(
          quantity: quantity, of: of, estimates: Dictionary(estimates, uniquingKeysWith: { first, _ in first }))
      }
    }
    let traces = try list { reader in
      let number = try reader.count()
      guard mistakes.indices.contains(number) else { throw reader.damaged }
      return AnswerKey.Trace(
        mistake: mistakes[number], observed: try expected.map { try reader.observation(besides: $0) })
    }
    guard evidence.count == expected.count else { throw damaged }
    return AnswerKey(expected: expected, evidence: { evidence[$0] }, traces: { traces })
  }
}
