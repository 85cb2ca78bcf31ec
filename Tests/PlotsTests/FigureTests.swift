import Foundation
import Testing

@testable import Plots

struct FigureTests {
  /// A figure with a mark of every kind.
  static let everything: Figure = {
    let bowl = Grid(x: -2...2, y: -1...1, columns: 12, rows: 8) { x, y in x * x + y * y }
    let image = PixelImage(width: 2, height: 1, gray: [0, 1])
    return Figure(
      title: "Every kind", description: "All marks at once.",
      panels: [
        .chart(
          Chart(
            title: "curves", x: "z", y: "σ(z)", .function("σ", over: -2...2) { 1 / (1 + $0 * $0) },
            .band([0, 1], low: [0, 0], high: [1, 2]), .intervals([0, 1], low: [0, 0.5], high: [1, 2]),
            .points([0, 1], [1, 0], label: "data"), .horizontal(0.5, label: "½"), .vertical(1),
            .arrows(from: [(0, 0)], to: [(1, 1)]), .segments(from: [(0, 0)], to: [(1, 1)]), .text("here", at: (0, 0)))),
        .chart(
          Chart(
            x: "x₁", y: "x₂", .heat(bowl, bar: "J"), .regions(bowl), .contour(bowl, levels: [0.5, 1]),
            .path([1, 0], [1, 0], label: "descent"), .points([0, 1], [0, 1], classes: [0, 6], names: ["a"]),
            .image(image, x: 0...1, y: 0...1))),
        .chart(Chart(x: "", y: "n", .bars(["a", "b"], [1, -2], label: "one"), .bars(["a", "b"], [2, 3]))),
        .chart(Chart(x: "a", y: "", .histogram([1, 2, 2, 3], bins: 3))),
        .chart(Chart(x: "predicted", y: "true", .matrix([[1, 2], [3, 4]]))),
        .diagram(
          .computation(.input("x", value: 3, gradient: 6), .operation("²", "y", of: "x", value: 9, gradient: 1))),
        .diagram(.shapes(.matrix("W", 2, 3), .symbol("·"), .matrix("X", 3, 4))),
        .diagram(.network([3, 12, 1], names: ["x", "h", "ŷ"], dropped: [[], [1]])),
        .diagram(.images([image, image], captions: ["0", "1"])),
      ])
  }()

  @Test func `a figure of every kind is well-formed XML`() throws {
    let svg = try ParsedSVG(Self.everything.svg())
    let kinds = Set(svg.elements.map(\.name))
    #expect(kinds == ["svg", "title", "desc", "style", "rect", "text", "line", "path", "circle", "image"])
  }

  @Test func `a small figure is this text on every platform, byte for byte`() {
    let figure = Figure(
      title: "Two points", description: "A falling line.", width: 300, height: 200,
      Chart(
        x: Axis("t (s)", range: 0...2), y: Axis("v (m/s)", range: -1...1), .line([0, 2], [1, -0.5], label: "v"),
        .points([1], [0.25])))
    #expect(
      figure.svg().components(separatedBy: "</style>\n").last == """
        <rect width="300" height="200" rx="6" class="fill-page"/>
        <text x="16" y="31" class="title fill-text">Two points</text>
        <line x1="40.25" y1="144" x2="266.59" y2="144" class="stroke-faint"/>
        <line x1="40.25" y1="108.5" x2="266.59" y2="108.5" class="stroke-faint"/>
        <line x1="40.25" y1="73" x2="266.59" y2="73" class="stroke-faint"/>
        <svg x="38.75" y="71.5" width="229.34" height="74" viewBox="38.75 71.5 229.34 74">
        <path d="M40.25 73L266.59 126.25" class="line stroke-blue" stroke-width="2" stroke-linecap="round"/>
        </svg>
        <circle cx="153.42" cy="99.63" r="4" class="fill-vermilion edge"/>
        <line x1="40.25" y1="144" x2="266.59" y2="144" class="stroke-muted"/>
        <line x1="40.25" y1="144" x2="40.25" y2="148" class="stroke-muted"/>
        <line x1="96.84" y1="144" x2="96.84" y2="148" class="stroke-muted"/>
        <line x1="153.42" y1="144" x2="153.42" y2="148" class="stroke-muted"/>
        <line x1="210.01" y1="144" x2="210.01" y2="148" class="stroke-muted"/>
        <line x1="266.59" y1="144" x2="266.59" y2="148" class="stroke-muted"/>
        <text x="40.25" y="161" class="small fill-muted" text-anchor="middle">0</text>
        <text x="96.84" y="161" class="small fill-muted" text-anchor="middle">0.5</text>
        <text x="153.42" y="161" class="small fill-muted" text-anchor="middle">1.0</text>
        <text x="210.01" y="161" class="small fill-muted" text-anchor="middle">1.5</text>
        <text x="266.59" y="161" class="small fill-muted" text-anchor="middle">2.0</text>
        <text x="33.25" y="148.5" class="small fill-muted" text-anchor="end">−1</text>
        <text x="33.25" y="113" class="small fill-muted" text-anchor="end">0</text>
        <text x="33.25" y="77.5" class="small fill-muted" text-anchor="end">1</text>
        <text x="153.42" y="180" class="label fill-text" text-anchor="middle">t (s)</text>
        <text x="16" y="59" class="label fill-text">v (m/s)</text>
        <text x="272.59" y="130.75" class="small fill-blue">v</text>
        </svg>

        """)
  }

  @Test func `title and description are there for those who cannot see`() throws {
    let svg = try ParsedSVG(Figure(title: "The sigmoid", description: "It rises.", Chart(x: "z", y: "σ")).svg())
    let root = svg.elements[0]
    #expect(root.attributes["role"] == "img")
    #expect(svg.elements[1].name == "title" && svg.elements[1].text == "The sigmoid")
    #expect(svg.elements[2].name == "desc" && svg.elements[2].text == "It rises.")
  }

  @Test func `what XML keeps for itself passes through titles and labels`() throws {
    let odd = "a < b & \"c\" > 'd' ∂J/∂w ŷ"
    let figure = Figure(title: odd, description: odd, Chart(x: "x", y: "y", .text(odd, at: (0, 0))))
    let svg = try ParsedSVG(figure.svg())
    #expect(svg.elements[1].text == odd)
    #expect(svg.elements[2].text == odd)
    #expect(svg.texts.filter { $0 == odd }.count == 2)
  }

  @Test func `a control character does not break the document`() throws {
    let svg = try ParsedSVG(Figure(title: "a\u{1B}b", description: "", Chart(x: "x", y: "y")).svg())
    #expect(svg.elements[1].text == "ab")
  }

  @Test func `every coordinate has at most two decimals`() throws {
    for element in try ParsedSVG(Self.everything.svg()).elements {
      for name in ["d", "x", "y", "x1", "y1", "cx", "cy", "r", "width"] {
        guard let value = element.attributes[name] else { continue }
        for part in value.split(whereSeparator: { !"0123456789.-".contains($0) }) {
          let decimals = part.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first ?? ""
          #expect(decimals.count <= 2, "\(name)=\(value)")
          #expect(Double(part) != nil, "\(name)=\(value)")
        }
      }
    }
  }

  @Test func `both tones of every ink are in the style sheet, the dark ones for dark pages only`() throws {
    let style = try #require(ParsedSVG(Self.everything.svg()).all("style").first).text
    let parts = style.components(separatedBy: "@media(prefers-color-scheme:dark)")
    try #require(parts.count == 2)
    for ink in Ink.allCases {
      #expect(parts[0].contains(".stroke-\(ink.rawValue){stroke:\(ink.light)}"))
      #expect(parts[1].contains(".fill-\(ink.rawValue){fill:\(ink.dark)}"))
    }
  }

  @Test func `every class that is used is in the style sheet`() throws {
    let svg = try ParsedSVG(Self.everything.svg())
    let style = try #require(svg.all("style").first).text
    for name in Set(svg.elements.flatMap { ($0.attributes["class"] ?? "").split(separator: " ") }) {
      #expect(style.contains(".\(name){") || style.contains(".\(name),"), "\(name)")
    }
  }

  @Test func `a figure is at most 720 wide, for phones`() throws {
    let svg = try ParsedSVG(Figure(title: "", description: "", width: 2000, Chart(x: "", y: "")).svg())
    #expect(svg.elements[0].number("width") == 720)
  }

  @Test func `a title that is too long goes on in the next line`() throws {
    let long = "Learning curves: the test loss turns while the training loss still falls and falls and falls"
    let svg = try ParsedSVG(Figure(title: long, description: "", Chart(x: "", y: "")).svg())
    let lines = svg.all("text", class: "title")
    #expect(lines.count == 2)
    #expect(lines.map(\.text).joined(separator: " ") == long)
  }

  @Test func `charts of one row begin at one height`() {
    let plain = Chart(x: "x", y: "", .line([1, 2]))
    let tall = Chart(title: "title", x: "x", y: "y", .points([0], [0], label: "p"))
    let panels = [Figure.Panel.chart(plain), .chart(tall)]
    let top = panels.map { $0.topInset(width: 300, height: 240) }.max()!
    let frame = Frame(x: 0, y: 0, width: 300, height: 240)
    #expect(ChartLayout(plain, in: frame, top: top).plot.y == ChartLayout(tall, in: frame, top: top).plot.y)
  }
}
