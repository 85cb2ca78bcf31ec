extension Diagram {
  /// One node of a computation: an input, or an operation on earlier nodes.
  public struct Step: Sendable {
    var name: String
    var symbol: String
    var inputs: [String]
    var value: Double?
    var gradient: Double?
    var inputGradients: [Double]
    var place: (column: Double, row: Double)?

    /// A value that the computation starts from.
    ///
    /// - Parameters:
    ///   - name: its name, as operations call it.
    ///   - value: what goes forward from it.
    ///   - gradient: the derivative of the result with respect to it.
    ///   - at: its column and row; nil leaves them to the layout.
    public static func input(
      _ name: String, value: Double? = nil, gradient: Double? = nil, at place: (column: Double, row: Double)? = nil
    ) -> Step {
      Step(name: name, symbol: name, inputs: [], value: value, gradient: gradient, inputGradients: [], place: place)
    }

    /// An operation on values named before.
    ///
    /// - Parameters:
    ///   - symbol: what is written in the node: "×", "+", "σ".
    ///   - name: the name of its result.
    ///   - inputs: the names of what it takes.
    ///   - value: what goes forward from it.
    ///   - gradient: the derivative of the final result with respect to its result.
    ///   - inputGradients: what it sends back to each input, where an input also goes elsewhere and hence gets a sum.
    public static func operation(
      _ symbol: String, _ name: String, of inputs: String..., value: Double? = nil, gradient: Double? = nil,
      inputGradients: [Double] = [], at place: (column: Double, row: Double)? = nil
    ) -> Step {
      Step(
        name: name, symbol: symbol, inputs: inputs, value: value, gradient: gradient, inputGradients: inputGradients,
        place: place)
    }
  }

  /// A graph of computation: along each edge the value that goes forward, above, and the gradient that comes back, below.
  ///
  /// ```swift
  /// Diagram.computation(
  ///   .input("x", value: 3, gradient: 2), .input("w", value: 2, gradient: 3), .input("b", value: 1, gradient: 1),
  ///   .operation("×", "wx", of: "w", "x", value: 6, gradient: 1),
  ///   .operation("+", "z", of: "wx", "b", value: 7, gradient: 1))
  /// ```
  ///
  /// Columns are depths; rows follow the inputs. Give `at:` where that is not the best arrangement.
  public static func computation(_ steps: Step...) -> Diagram { computation(steps) }

  /// A graph of computation, from an array of its steps.
  public static func computation(_ steps: [Step]) -> Diagram {
    let places = arranged(steps)
    var elements: [Element] = []
    func number(_ value: Double?) -> String { value.map { formatted($0) } ?? "" }
    for step in steps {
      let place = places[step.name]!
      for (i, input) in step.inputs.enumerated() {
        guard let source = steps.first(where: { $0.name == input }) else {
          preconditionFailure("\"\(step.name)\" takes \"\(input)\", which is not a step of the computation.")
        }
        let back = i < step.inputGradients.count ? step.inputGradients[i] : source.gradient
        elements.append(.edge(input, step.name, above: number(source.value), below: number(back)))
      }
      let isInput = step.inputs.isEmpty
      elements.append(.node(step.symbol, id: step.name, at: place, shape: isInput ? .box : .circle))
      let isOutput = !steps.contains { $0.inputs.contains(step.name) }
      if isOutput && !isInput {
        elements.append(
          .arrow(
            from: (place.0 + 20, place.1), to: (place.0 + 96, place.1), above: number(step.value),
            below: number(step.gradient)))
        elements.append(.text(step.name, at: (place.0 + 102, place.1), anchor: .start))
      }
    }
    if steps.contains(where: { $0.gradient != nil }) {
      let left = places.values.map(\.0).min() ?? 0, bottom = (places.values.map(\.1).max() ?? 0) + 52
      elements.append(.text("value, forward →", at: (left - 22, bottom), anchor: .start, ink: .blue, small: true))
      elements.append(
        .text("← gradient, backward", at: (left + 160, bottom), anchor: .start, ink: .vermilion, small: true))
    }
    return Diagram(elements: elements)
  }

  /// The places of the steps, by name.
  private static func arranged(_ steps: [Step]) -> [String: (Double, Double)] {
    var column: [String: Double] = [:]
    for step in steps where !step.inputs.isEmpty {
      column[step.name] = (step.inputs.map { column[$0] ?? 0 }.max() ?? 0) + 1
    }
    // An input stands just before the first operation that takes it.
    for step in steps where step.inputs.isEmpty {
      let consumers = steps.filter { $0.inputs.contains(step.name) }.map { column[$0.name]! }
      column[step.name] = (consumers.min() ?? 1) - 1
    }
    var row: [String: Double] = [:]
    var nextRow = 0.0
    func visit(_ step: Step) {
      guard row[step.name] == nil else { return }
      row[step.name] = 0
      for input in step.inputs { steps.first { $0.name == input }.map(visit) }
      if step.inputs.isEmpty {
        row[step.name] = nextRow
        nextRow += 1
      } else {
        row[step.name] = step.inputs.map { row[$0] ?? 0 }.reduce(0, +) / Double(step.inputs.count)
      }
    }
    for step in steps where !steps.contains(where: { $0.inputs.contains(step.name) }) { visit(step) }
    // Nodes of one column keep apart.
    for c in Set(column.values).sorted() {
      let names = steps.map(\.name).filter { column[$0] == c }.sorted { row[$0]! < row[$1]! }
      for (a, b) in zip(names, names.dropFirst()) { row[b] = max(row[b]!, row[a]! + 1) }
    }
    var places: [String: (Double, Double)] = [:]
    for step in steps {
      let c = step.place?.column ?? column[step.name]!, r = step.place?.row ?? row[step.name]!
      places[step.name] = (c * 128, r * 88)
    }
    return places
  }
}
