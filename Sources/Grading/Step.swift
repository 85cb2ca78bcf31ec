import Curriculum

/// One input on which a step is observed: the chapter's example, numbers drawn from a seed, or an edge.
public struct Input<Value>: Sendable {
  let name: String
  let isDrawn: Bool
  let make: @Sendable (inout SeededGenerator) -> Value

  /// The worked example of the chapter, whose numbers are generated from here.
  public static func worked(_ value: Value) -> Input where Value: Sendable {
    Input(name: "the chapter's example", isDrawn: false) { _ in value }
  }

  /// A fixed value at which mistakes show that others hide.
  public static func edge(_ name: String, _ value: Value) -> Input where Value: Sendable {
    Input(name: name, isDrawn: false) { _ in value }
  }

  /// An edge whose other numbers are drawn from the seed.
  public static func edge(_ name: String, _ make: @escaping @Sendable (inout SeededGenerator) -> Value) -> Input {
    Input(name: name, isDrawn: true, make: make)
  }

  /// Numbers drawn from the seed.
  public static func random(_ make: @escaping @Sendable (inout SeededGenerator) -> Value) -> Input {
    Input(name: "random numbers", isDrawn: true, make: make)
  }
}

/// An input that holds a batch of examples as columns: results must not depend on their order beyond rounding.
public protocol ExampleBatch {
  /// The number of examples m.
  var examples: Int { get }
  /// The same batch with its columns in another order.
  func permuted(by order: [Int]) -> Self
}

/// A function of some numbers whose numerical gradient is evidence for a quantity of an observation.
public struct Derivative: Sendable {
  let of: String
  let at: [Double]
  let function: @Sendable ([Double]) -> Double

  /// The derivative of a number by a number.
  public static func of(_ name: String, at x: Double, _ f: @escaping @Sendable (Double) -> Double) -> Derivative {
    Derivative(of: name, at: [x]) { f($0[0]) }
  }

  /// The derivatives of a number by each element of a matrix.
  public static func of(_ name: String, at x: Matrix, _ f: @escaping @Sendable (Matrix) -> Double) -> Derivative {
    let rows = x.rows
    let columns = x.columns
    return Derivative(of: name, at: x.elements) { f(Matrix(rows: rows, columns: columns, elements: $0)) }
  }
}

/// How near an observed quantity has to be to the expected one.
public enum Tolerance: Sendable {
  /// |a − b| ≤ 1e-9·max(1, |b|) + 1e-12·max |b| over the array.
  case standard
  /// |a − b| ≤ bound·|b| + 1e-300: for quantities whose very small values count.
  case relative(Double)
  /// |a − b| ≤ bound: for facts about random numbers.
  case absolute(Double)
  /// |a − b| ≤ absolute + relative·|b|: where right answers round differently.
  case close(relative: Double, absolute: Double)

  func accepts(_ actual: Double, expected: Double, scale: Double) -> Bool {
    if actual == expected || (actual.isNaN && expected.isNaN) { return true }
    guard actual.isFinite, expected.isFinite else { return false }
    let difference = (actual - expected).magnitude
    return switch self {
    case .standard: difference <= 1e-9 * max(1, expected.magnitude) + 1e-12 * scale
    case .relative(let bound): difference <= bound * expected.magnitude + 1e-300
    case .absolute(let bound): difference <= bound
    case .close(let relative, let absolute): difference <= absolute + relative * expected.magnitude
    }
  }
}

/// One step of a lesson: what to run on which inputs, and what is observed of it. It knows no answer.
public struct Step<Lesson>: Sendable {
  /// "3.6".
  public let id: String
  /// The CPU time that all inputs together may take, in seconds.
  public let cpuSeconds: Int
  let argument: String
  let tolerances: [String: Tolerance]
  let inputs: [AnyInput]

  /// An input with its type erased: what the step does on it.
  struct AnyInput: Sendable {
    let name: String
    let isDrawn: Bool
    let observe: @Sendable (Lesson, _ generator: SeededGenerator) -> Observation
    let derivatives: @Sendable (Lesson, _ generator: SeededGenerator) -> [(name: String, derivative: Derivative)]
    let value: @Sendable (_ generator: SeededGenerator) -> Any
    let observePermuted: @Sendable (Lesson, _ generator: SeededGenerator) -> (observation: Observation, order: [Int])?
  }

  /// A step.
  /// - Parameters:
  ///   - id: its number in the catalogue.
  ///   - argument: how an input that is one number or matrix is called in reports.
  ///   - inputs: the worked example first, then random numbers, then edges.
  ///   - cpuSeconds: the CPU time that all inputs together may take.
  ///   - tolerances: by a quantity's name, where the standard one does not fit.
  ///   - derivatives: what quantities are derivatives of, computed by a lesson that is known to be right.
  ///   - observe: runs the step and names what it returned.
  public init<Value>(
    _ id: String, argument: String = "x", on inputs: [Input<Value>], cpuSeconds: Int = 2,
    tolerances: [String: Tolerance] = [:],
    derivatives: (@Sendable (Lesson, Value) -> KeyValuePairs<String, Derivative>)? = nil,
    observe: @escaping @Sendable (Lesson, Value) -> Observation
  ) {
    self.id = id
    self.argument = argument
    self.cpuSeconds = cpuSeconds
    self.tolerances = tolerances
    self.inputs = inputs.map { input in
      @Sendable func value(_ generator: SeededGenerator) -> Value {
        var generator = generator
        return input.make(&generator)
      }
      return AnyInput(
        name: input.name, isDrawn: input.isDrawn,
        observe: { observe($0, value($1)) },
        derivatives: { lesson, generator in derivatives?(lesson, value(generator)).map { ($0.key, $0.value) } ?? [] },
        value: { value($0) },
        observePermuted: { lesson, generator in
          guard let batch = value(generator) as? any ExampleBatch, batch.examples > 1 else { return nil }
          var shuffler = SeededGenerator(seed: 5)
          let order = shuffler.permutation(of: batch.examples)
          return (observe(lesson, batch.permuted(by: order) as! Value), order)
        })
    }
  }

  /// The generator from which input k's numbers are drawn: its own for each step, input and seed.
  func generator(_ k: Int, seed: UInt64, nudged: Bool = false) -> SeededGenerator {
    var mixed = seed
    for byte in id.utf8 { mixed = (mixed ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return SeededGenerator(seed: mixed &+ UInt64(k) &* 0x9e37_79b9, nudged: nudged)
  }

  /// What the lesson returns on input k.
  func observe(_ lesson: Lesson, _ k: Int, seed: UInt64, nudged: Bool = false) -> Observation {
    inputs[k].observe(lesson, generator(k, seed: seed, nudged: nudged))
  }

  /// What the lesson returns on every input.
  package func observe(_ lesson: Lesson, seed: UInt64, nudged: Bool = false) -> [Observation] {
    inputs.indices.map { observe(lesson, $0, seed: seed, nudged: nudged) }
  }
}
