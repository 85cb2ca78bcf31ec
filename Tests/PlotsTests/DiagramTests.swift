import Testing

@testable import Plots

struct DiagramTests {
  private func parsed(_ diagram: Diagram) throws -> ParsedSVG {
    try ParsedSVG(Figure(title: "t", description: "d", diagram).svg())
  }

  @Test func `a graph of computation writes values in blue and gradients in vermilion`() throws {
    let svg = try parsed(
      .computation(
        .input("x", value: 3, gradient: 2), .input("w", value: 2, gradient: 3),
        .operation("×", "z", of: "w", "x", value: 6, gradient: 1)))
    let small = svg.all("text", class: "small")
    #expect(Set(small.filter { $0.hasClass("fill-blue") }.map(\.text)) == ["3", "2", "6", "value, forward →"])
    #expect(Set(small.filter { $0.hasClass("fill-vermilion") }.map(\.text)) == ["2", "3", "1", "← gradient, backward"])
  }

  @Test func `above an edge is the value, below it the gradient`() throws {
    let svg = try parsed(
      Diagram(.node("a", at: (0, 0)), .node("b", at: (100, 0)), .edge("a", "b", above: "v", below: "g")))
    let value = try #require(svg.all("text").first { $0.text == "v" })
    let gradient = try #require(svg.all("text").first { $0.text == "g" })
    let line = try #require(svg.all("line").first)
    #expect(value.number("y") < line.number("y1"))
    #expect(gradient.number("y") > line.number("y1") + 6)
  }

  @Test func `edges end at the outlines of nodes`() throws {
    let svg = try parsed(Diagram(.node("a", at: (0, 0)), .node("b", at: (100, 0)), .edge("a", "b", head: false)))
    let circles = svg.all("circle")
    let line = try #require(svg.all("line").first)
    #expect(line.number("x1") == circles[0].number("cx") + circles[0].number("r") + 1)
    #expect(line.number("x2") == circles[1].number("cx") - circles[1].number("r") - 1)
  }

  @Test func `operations stand to the right of what they take, and inputs just before`() throws {
    let svg = try parsed(
      .computation(
        .input("a"), .input("b"), .operation("+", "s", of: "a", "b"), .input("late"),
        .operation("×", "p", of: "s", "late")))
    func x(_ text: String) throws -> Double { try #require(svg.all("text").first { $0.text == text }).number("x") }
    #expect(try x("a") == x("b"))
    #expect(try x("a") < x("+"))
    #expect(try x("late") == x("+"))
    #expect(try x("+") < x("×"))
  }

  @Test func `shapes are in proportion`() throws {
    let svg = try parsed(
      .shapes(.matrix("W", 4, 3), .symbol("·"), .matrix("X", 3, 8), .symbol("="), .matrix("Z", 4, 8)))
    let boxes = svg.all("rect").filter { $0.attributes["fill-opacity"] == ".2" }
    try #require(boxes.count == 3)
    let unit = boxes[0].number("height") / 4
    let expected: [(Double, Double)] = [(3, 4), (8, 3), (8, 4)]
    for (box, (columns, rows)) in zip(boxes, expected) {
      #expect(abs(box.number("width") - columns * unit) < 0.02)
      #expect(abs(box.number("height") - rows * unit) < 0.02)
    }
    #expect(Set(svg.texts).isSuperset(of: ["W", "X", "Z", "·", "=", "4", "3", "8"]))
  }

  @Test func `a network joins every unit with every unit of the next layer`() throws {
    let svg = try parsed(.network([3, 4, 2]))
    #expect(svg.all("circle").count == 9)
    #expect(svg.all("line").count == 3 * 4 + 4 * 2)
  }

  @Test func `dropped units have no edges`() throws {
    let svg = try parsed(.network([3, 4, 2], dropped: [[], [0, 2]]))
    #expect(svg.all("circle").count == 9)
    #expect(svg.all("line").count == 3 * 2 + 2 * 2)
  }

  @Test func `a layer of many units shows the first and the last`() throws {
    let svg = try parsed(.network([784, 1], names: ["x", "ŷ"]))
    #expect(svg.all("circle").count == 7 + 1)
    #expect(svg.texts.contains("⋮") && svg.texts.contains("784 units"))
  }

  @Test func `a negative weight is blue, a large one thick`() throws {
    let svg = try parsed(.network([2, 1], weights: [[[-1, 2]]]))
    let edges = svg.all("line")
    #expect(edges.map { $0.hasClass("stroke-blue") } == [true, false])
    #expect(edges[0].number("stroke-width") < edges[1].number("stroke-width"))
  }

  @Test func `a diagram wider than its panel is drawn closer together, inside`() throws {
    let stages = (0..<9).map { "stage number \($0)" }
    let svg = try parsed(.network([Int](repeating: 3, count: 12), names: stages))
    for circle in svg.all("circle") {
      #expect(circle.number("cx") - circle.number("r") >= 16 - 0.01)
      #expect(circle.number("cx") + circle.number("r") <= 624 + 0.01)
    }
  }

  @Test func `an empty diagram is drawn without harm`() throws {
    #expect(try parsed(Diagram()).all("circle").isEmpty)
    #expect(try parsed(.shapes([])).all("line").isEmpty)
    #expect(try parsed(.network([])).all("line").isEmpty)
  }
}
