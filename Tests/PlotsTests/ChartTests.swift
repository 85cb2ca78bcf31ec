import Testing

@testable import Plots

struct ChartTests {
  private static let frame = Frame(x: 0, y: 0, width: 600, height: 400)

  @Test func `points at the range's corners lie in the corners of the plot`() throws {
    let chart = Chart(
      x: Axis("x", range: -3...5), y: Axis("y", range: 10...20), .points([-3, 5], [10, 20]))
    let svg = try ParsedSVG(chart)
    let points = svg.all("circle")
    let axis = try #require(svg.all("line", class: "stroke-muted").first)
    let rules = svg.all("line", class: "stroke-faint")
    try #require(points.count == 2)
    #expect(points[0].number("cx") == axis.number("x1"))
    #expect(points[0].number("cy") == axis.number("y1"))
    #expect(points[1].number("cx") == axis.number("x2"))
    // The uppermost rule is that of the tick at 20.
    #expect(points[1].number("cy") == rules.map { $0.number("y1") }.min())
  }

  @Test func `a line through the corners is the plot's diagonal`() {
    let chart = Chart(x: Axis("x", range: 0...1), y: Axis("y", range: 0...1), .line([0, 1], [0, 1]))
    let plot = ChartLayout(chart, in: Self.frame, top: 0).plot
    let diagonal = "M\(coordinate(plot.x)) \(coordinate(plot.bottom))L\(coordinate(plot.right)) \(coordinate(plot.y))"
    var canvas = Canvas()
    ChartLayout(chart, in: Self.frame, top: 0).draw(on: &canvas)
    #expect(canvas.body.contains("<path d=\"\(diagonal)\""))
  }

  @Test func `points outside the range are left out`() throws {
    let unit = Axis("", range: 0...1)
    let svg = try ParsedSVG(Chart(x: unit, y: unit, .points([0.5, 2], [0.5, 0.5])))
    #expect(svg.all("circle").count == 1)
  }

  @Test func `a value that is not finite is a gap in the line`() throws {
    let svg = try ParsedSVG(Chart(x: "", y: "", .line([1, 2, .nan, 3, .infinity, 1, 2])))
    let d = try #require(svg.all("path", class: "line").first?.attributes["d"])
    #expect(d.filter { $0 == "M" }.count == 3)
  }

  @Test(arguments: [
    [], [1], [2, 2, 2], [.nan, .nan], [.infinity, -.infinity], [1e308, -1e308], [.leastNonzeroMagnitude, 0],
  ])
  func `odd series are drawn without harm`(_ values: [Double]) throws {
    let grid = Grid(x: 0...1, y: 0...1, columns: values.count, rows: 1, values: values)
    for scale in [Axis.Scale.linear, .logarithmic] {
      let x = values.indices.map(Double.init)
      let chart = Chart(
        x: Axis("x", scale: scale), y: Axis("y", scale: scale), .line(values, label: "line"), .points(x, values),
        .points(x, values, classes: values.map { _ in 1 }), .band(x, low: values, high: values),
        .bars(values.map { "\($0)" }, values), .histogram(values), .heat(grid), .contour(grid, levels: [0]),
        .regions(grid), .intervals(x, low: values, high: values))
      let svg = Figure(title: "", description: "", chart, Chart(x: "", y: "", .matrix([values]))).svg()
      let parsed = try ParsedSVG(svg)
      for element in parsed.elements {
        for (name, value) in element.attributes where name != "class" {
          #expect(!value.lowercased().contains("nan") && !value.contains("inf") && !value.contains("∞"))
        }
      }
    }
  }

  @Test func `a constant series lies in the middle`() {
    let layout = ChartLayout(Chart(x: "", y: "", .line([3, 3, 3])), in: Self.frame, top: 0)
    #expect(layout.yMap(3) == layout.plot.y + layout.plot.height / 2)
  }

  @Test func `equal aspect makes a unit as long across as up`() {
    let chart = Chart(x: Axis("", range: 0...3), y: Axis("", range: 0...2), equalAspect: true)
    let layout = ChartLayout(chart, in: Self.frame, top: 0)
    let across = layout.xMap(1) - layout.xMap(0), up = layout.yMap(0) - layout.yMap(1)
    #expect(abs(across - up) < 1e-9)
  }

  @Test func `equal ratios are equal distances on a logarithmic axis`() {
    let chart = Chart(x: Axis("", range: 0.001...1000, scale: .logarithmic), y: "")
    let map = ChartLayout(chart, in: Self.frame, top: 0).xMap
    #expect(abs((map(0.1) - map(0.01)) - (map(100) - map(10))) < 1e-9)
    #expect(map(-1).isNaN && map(0).isNaN)
  }

  @Test func `lines are named at their ends where there is room`() throws {
    let chart = Chart(x: "", y: "", .line([3, 2, 1], label: "falls"), .line([1, 2, 3], label: "rises"))
    let layout = ChartLayout(chart, in: Self.frame, top: 0)
    #expect(layout.endLabels.map(\.text) == ["rises", "falls"])
    #expect(layout.legend.isEmpty)
  }

  @Test func `lines that end in one place are named in a legend`() {
    let lines = (0..<5).map { k in Mark.line([Double(k), 0], label: "line \(k)") }
    let layout = ChartLayout(Chart(x: "", y: "", marks: lines), in: Self.frame, top: 0)
    #expect(layout.endLabels.isEmpty)
    #expect(layout.legend.joined().map(\.text) == ["line 0", "line 1", "line 2", "line 3", "line 4"])
  }

  @Test func `names at line ends keep a line's height apart`() {
    let chart = Chart(x: "", y: "", .line([0, 1.00], label: "a"), .line([0, 1.01], label: "b"))
    let labels = ChartLayout(chart, in: Self.frame, top: 0).endLabels
    #expect(labels.count == 2)
    #expect(labels[1].y - labels[0].y >= 16)
  }

  @Test(arguments: [(0.0, 1.0), (-1e6, 1e6), (0, 123_456_789), (1e-7, 3e-7), (-0.001, 0.002)], [120.0, 300, 640])
  func `tick labels do not touch`(_ range: (Double, Double), _ width: Double) {
    let chart = Chart(x: Axis("", range: range.0...range.1), y: "")
    let layout = ChartLayout(chart, in: Frame(x: 0, y: 0, width: width, height: 200), top: 0)
    #expect(ChartLayout.apart(layout.xTicks, layout.xMap))
  }

  @Test func `names of bars alternate in rows rather than vanish`() {
    let names = ["logistic", "one layer", "two layers", "convolution"]
    let chart = Chart(x: "", y: "", .bars(names, [1, 2, 3, 4]))
    let layout = ChartLayout(chart, in: Frame(x: 0, y: 0, width: 280, height: 200), top: 0)
    #expect(layout.xTicks.map(\.label) == names)
    #expect(layout.nameRows == 2)
  }

  @Test func `bars stand on zero, up and down`() throws {
    let svg = try ParsedSVG(Chart(x: "", y: Axis("", range: -2...2), .bars(["a", "b"], [1, -2])))
    let bars = svg.all("rect", class: "fill-blue")
    try #require(bars.count == 2)
    #expect(abs(bars[0].number("y") + bars[0].number("height") - bars[1].number("y")) <= 0.011)
    #expect(abs(bars[1].number("height") - 2 * bars[0].number("height")) <= 0.021)
  }

  @Test func `a matrix has its first row on top`() throws {
    let svg = try ParsedSVG(Chart(x: "", y: "", .matrix([[11, 12], [21, 22]])))
    func place(_ text: String) throws -> ParsedSVG.Element { try #require(svg.all("text").first { $0.text == text }) }
    #expect(try place("11").number("y") < place("21").number("y"))
    #expect(try place("11").number("x") < place("12").number("x"))
  }

  @Test func `a long line is thinned, and keeps its extremes`() throws {
    var y = [Double](repeating: 0, count: 20_000)
    (y[7_777], y[12_345]) = (1, -1)
    let svg = try ParsedSVG(Chart(x: "", y: Axis("", range: -1...1), .line(y)))
    let d = try #require(svg.all("path", class: "line").first?.attributes["d"])
    let heights = d.split(whereSeparator: { "ML".contains($0) }).map { Double($0.split(separator: " ")[1])! }
    let plotFoot = try #require(svg.all("line", class: "stroke-muted").first).number("y1")
    #expect(heights.count < 3_000)
    #expect(heights.max() == plotFoot)
    #expect(heights.max()! + heights.min()! == 2 * heights[0])
  }

  @Test func `classes differ in colour and in shape`() throws {
    let svg = try ParsedSVG(Chart(x: "", y: "", .points([0, 1, 2], [0, 1, 2], classes: [0, 1, 2])))
    #expect(svg.all("circle", class: "fill-blue").count == 1)
    #expect(svg.all("rect", class: "fill-vermilion").count == 1)
    #expect(svg.all("path", class: "fill-green").count == 1)
  }

  @Test func `a histogram counts its upper edge, and nothing outside its range`() {
    let (edges, counts) = histogramCounts([0, 0.5, 1, 2, .nan, 3], bins: 2, range: 0...2)
    #expect(edges == [0, 1, 2])
    #expect(counts == [2, 2])
  }

  @Test func `a density's area is 1`() throws {
    guard case .histogram(let edges, let heights) = Mark.histogram([1, 2, 2, 5, 9], bins: 4, density: true).shape else {
      Issue.record("not a histogram")
      return
    }
    let area = heights.indices.map { heights[$0] * (edges[$0 + 1] - edges[$0]) }.reduce(0, +)
    #expect(abs(area - 1) < 1e-12)
  }
}
