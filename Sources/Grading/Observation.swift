import Curriculum

/// What a step returned on one input, as named arrays of numbers: the only thing that leaves the process of a student's code.
public struct Observation: Sendable, ExpressibleByDictionaryLiteral {
  /// A named array with its shape: `[]` for one number, `[count]` for a list, `[rows, columns]` for a matrix.
  public struct Quantity: Sendable {
    /// The quantity's name in the lecture's notation.
    public let name: String
    /// The lengths of its dimensions.
    public let shape: [Int]
    /// Its values, row by row.
    public let values: [Double]
  }

  /// The quantities in the order in which they are judged and reported.
  public let quantities: [Quantity]

  /// An observation as a dictionary literal, whose order is kept.
  public init(dictionaryLiteral elements: (String, any Observable)...) {
    quantities = elements.map { Quantity(name: $0, shape: $1.observedShape, values: $1.observedValues) }
  }

  init(quantities: [Quantity]) { self.quantities = quantities }

  /// The quantity of this name.
  subscript(name: String) -> Quantity? { quantities.first { $0.name == name } }

  /// The names of all quantities of some observations, each once, in order.
  static func names(in observations: [Observation]) -> [String] {
    var names: [String] = []
    for name in observations.lazy.flatMap(\.quantities).map(\.name) where !names.contains(name) { names.append(name) }
    return names
  }
}

/// What can stand in an observation.
public protocol Observable {
  /// The lengths of its dimensions.
  var observedShape: [Int] { get }
  /// Its values, row by row.
  var observedValues: [Double] { get }
}

extension Double: Observable {
  public var observedShape: [Int] { [] }
  public var observedValues: [Double] { [self] }
}

extension Int: Observable {
  public var observedShape: [Int] { [] }
  public var observedValues: [Double] { [Double(self)] }
}

extension Bool: Observable {
  public var observedShape: [Int] { [] }
  public var observedValues: [Double] { [self ? 1 : 0] }
}

extension Array: Observable where Element: Observable {
  /// The count, before the dimensions that all elements share; elements of different shapes are laid out one after the other.
  public var observedShape: [Int] {
    guard let first else { return [0] }
    let shape = first.observedShape
    return allSatisfy { $0.observedShape == shape } ? [count] + shape : [observedValues.count]
  }
  public var observedValues: [Double] { flatMap(\.observedValues) }
}

extension Matrix: Observable {
  public var observedShape: [Int] { [rows, columns] }
  public var observedValues: [Double] { elements }
}

// MARK: - The wire

extension Observation {
  /// One quantity a line: name, shape and the values' bit patterns, so that NaN, ∞ and −0 survive; then an empty line.
  package var wireText: String {
    quantities.map { quantity in
      let shape = quantity.shape.map { String($0) }.joined(separator: "x")
      return ([quantity.name, shape] + quantity.values.map { String($0.bitPattern, radix: 16) }).joined(separator: "\t")
        + "\n"
    }.joined() + "\n"
  }

  /// The observation that some lines of `wireText` say, or nil where they say none: the judge trusts nothing that it reads.
  init?(wireLines: some Sequence<Substring>) {
    var quantities: [Quantity] = []
    for line in wireLines {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count >= 2 else { return nil }
      var values: [Double] = []
      for field in fields.dropFirst(2) {
        guard let bits = UInt64(field, radix: 16) else { return nil }
        values.append(Double(bitPattern: bits))
      }
      var shape: [Int] = []
      var count = 1
      for field in fields[1].split(separator: "x") {
        guard let length = Int(field), length >= 0 else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: length)
        guard !overflow else { return nil }
        shape.append(length)
        count = product
      }
      guard count == values.count else { return nil }
      quantities.append(Quantity(name: String(fields[0]), shape: shape, values: values))
    }
    self.quantities = quantities
  }
}
