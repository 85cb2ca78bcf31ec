import Testing

@testable import Plots

struct TerminalTests {
  @Test func `a diagonal in braille is this`() {
    // Eight columns by four rows are 16 by 16 dots, and dot i of the diagonal lies at column i, row 15 − i.
    let line = Mark.line([0, 3], [0, 3], label: "y = x")
    let text = terminalPlot(line, x: Axis("x", range: 0...3), y: Axis("y", range: 0...3), width: 11, height: 4)
    #expect(
      text == """
        y
          │      ⡠⠊
        2 ┤    ⡠⠊
          │  ⡠⠊
        0 ┤⡠⠊
          └┬────┬──
           0    2
              x
           ── y = x
        """)
  }

  @Test func `two series in ASCII have a character each`() {
    let text = terminalPlot(
      .line([0, 2], [0, 2], label: "up"), .line([0, 2], [2, 0], label: "down"), width: 12, height: 3, style: .ascii)
    #expect(
      text == """
        2 +oo     **
        1 +  ooooo
        0 +**     oo
          ++---+---+
           0   1   2
           * up   o down
        """)
  }

  @Test func `ASCII is ASCII, numbers and all`() {
    let text = terminalPlot(
      .line([-1e-7, 2e-7]), .points([0], [.nan]), x: Axis("x", range: -1...1), y: "y", style: .ascii)
    #expect(text.allSatisfy { $0.isASCII })
    #expect(text.contains("e-7") && text.contains("-1.0"))
    let bars = terminalBars(["a"], [-1.5e-9], style: .ascii)
    #expect(bars.allSatisfy { $0.isASCII })
  }

  @Test func `there is no escape sequence unless colour is asked for`() {
    let marks: [Mark] = [.line([1, 2]), .line([2, 1])]
    let chart = Chart(x: "x", y: "y", marks: marks)
    #expect(!chart.text().contains("\u{1B}"))
    #expect(chart.text(color: true).contains("\u{1B}[38;5;202m"))
    #expect(!terminalBars(["a"], [1]).contains("\u{1B}"))
    #expect(terminalBars(["a"], [1], color: true).contains("\u{1B}"))
  }

  @Test func `a plot is as wide as asked, at most`() {
    for width in [20, 40, 72] {
      let lines = terminalPlot(.line((0..<100).map(Double.init)), width: width).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.contains { $0.count >= width })
    }
  }

  @Test(arguments: [[], [1], [2, 2, 2], [.nan], [.infinity, 1], [1e308, -1e308]])
  func `odd series are drawn without harm`(_ values: [Double]) {
    let names = values.map { "\($0)" }
    for style in [TerminalStyle.unicode, .ascii] {
      #expect(terminalPlot(.line(values), .points(values, values), height: 4, style: style).contains("\n"))
      #expect(sparkline(values, style: style).count == values.count)
      #expect(terminalBars(names, values, style: style).split(separator: "\n").count == values.count)
      #expect(terminalHistogram(values, bins: 3, style: style).split(separator: "\n").count == 3)
      #expect(terminalHeatMap([values], style: style).count == 2 * values.count)
    }
  }

  @Test func `a sparkline goes from the lowest bar to the highest`() {
    #expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
    #expect(sparkline([3, .nan, 0], style: .ascii) == "# _")
    #expect(sparkline([5, 5]) == "▅▅")
  }

  @Test func `bars are in proportion, to an eighth of a column`() {
    #expect(
      terminalBars(["a", "bb"], [4, 1.5], width: 4) == """
        a  │████ 4
        bb │█▌ 1.5
        """)
  }

  @Test func `negative bars go to the left of zero`() {
    #expect(
      terminalBars(["a", "b"], [3, -1], width: 8, style: .ascii) == """
        a   |###### 3
        b ##| -1
        """)
  }

  @Test func `a histogram names its bins by their lower edge`() {
    #expect(
      terminalHistogram([0, 1, 1, 4], bins: 2, width: 6, style: .ascii) == """
        0 |###### 3
        2 |## 1
        """)
  }

  @Test func `numbers are in line at the right, words at the left, wide characters count twice`() {
    #expect(
      terminalTable(["model", "%"], [["logistic", "84.0"], ["猫", "−9.5"]]) == """
        model        %
        ────────  ────
        logistic  84.0
        猫        −9.5
        """)
    #expect(terminalWidth("猫🐈é") == 5)
  }

  @Test func `a heat map has two characters a cell, denser for more`() {
    #expect(
      terminalHeatMap([[0, 1], [3, .nan]]) == """
          ░░
        ██??
        """)
    #expect(terminalHeatMap([[0, 9]], style: .ascii) == "  @@")
    #expect(terminalHeatMap([[5]], range: 0...10) == "▒▒")
  }

  @Test func `an image is shades, or two rows of colours in one`() {
    let image = PixelImage(width: 2, height: 2, gray: [UInt8(0), 255, 255, 0])
    #expect(terminalImage(image) == "  ██\n██  ")
    let colored = terminalImage(PixelImage(width: 1, height: 2, rgb: [255, 0, 0, 0, 0, 255]), color: true)
    #expect(colored == "\u{1B}[38;2;255;0;0m\u{1B}[48;2;0;0;255m▀\u{1B}[0m")
  }
}
