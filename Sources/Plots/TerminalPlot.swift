/// Lines and points as text: the same marks as in a `Chart`, for a terminal.
///
/// ```swift
/// print(terminalPlot(.line(training, label: "training"), .line(test, label: "test"), x: "epoch", y: "J (nats)"))
/// ```
///
/// One series, or several in colour, are drawn in braille dots; several without colour have a character each. Only lines,
/// points, horizontal and vertical marks are drawn; other marks are left out.
///
/// - Parameters:
///   - marks: what is drawn, the first at the back.
///   - title: above the plot.
///   - x: the axis across.
///   - y: the axis up.
///   - width: the columns of the whole, axis numbers included.
///   - height: the rows of the plot, without title, axis numbers and legend.
///   - style: braille, or ASCII alone.
///   - color: whether escape sequences for colours are written.
/// - Returns: lines, separated by newlines, without spaces at their ends.
public func terminalPlot(
  _ marks: Mark..., title: String? = nil, x: Axis = "", y: Axis = "", width: Int = 72, height: Int = 16,
  style: TerminalStyle = .unicode, color: Bool = false
) -> String {
  Chart(title: title, x: x, y: y, marks: marks).text(width: width, height: height, style: style, color: color)
}

extension Chart {
  /// The chart as text for a terminal, as `terminalPlot` draws it.
  public func text(width: Int = 72, height: Int = 16, style: TerminalStyle = .unicode, color: Bool = false) -> String {
    let extents = extents
    let yDomain = y.domain(of: extents.y)
    var yMap = AxisMap(domain: yDomain, logarithmic: y.scale == .logarithmic)
    var xMap = AxisMap(domain: x.domain(of: extents.x), logarithmic: x.scale == .logarithmic)
    let height = max(2, height)
    let yTicks =
      yMap.logarithmic
      ? logarithmicTicks(in: yDomain, limit: max(3, height / 3)) : linearTicks(in: yDomain, limit: max(3, height / 3))
    let numbers = yTicks.map { style.number($0.label) }
    let gutter = numbers.map(terminalWidth).max() ?? 0
    let columns = max(8, width - gutter - 2)

    let series = marks.indices.filter { marks[$0].isDrawnInTerminal }
    let dots = style == .unicode && (color || series.count <= 1)
    var canvas = TerminalCanvas(columns: columns, rows: height, dots: dots)
    (xMap.start, xMap.end) = (0, Double(canvas.width - 1))
    (yMap.start, yMap.end) = (Double(canvas.height - 1), 0)
    let inks = inks
    for (order, index) in series.enumerated() {
      canvas.draw(marks[index], xMap, yMap, Pen(symbol: style.symbol(order), ink: inks[index]))
    }

    var lines: [String] = []
    if let title { lines.append(title) }
    if !y.label.isEmpty { lines.append(y.label) }
    let axis = style.axis
    var marked: [Int: String] = [:]
    for (tick, number) in zip(yTicks, numbers) { marked[canvas.row(atHeight: yMap(tick.value))] = number }
    for row in 0..<height {
      let left = (marked[row] ?? "").padded(before: gutter) + " " + (marked[row] == nil ? axis.line : axis.tick)
      lines.append((left + canvas.line(row, color: color)).trimmed)
    }
    lines += underline(xMap, columns: columns, indent: gutter + 1, dotsPerColumn: canvas.width / columns, style)
    if !x.label.isEmpty {
      lines.append(String(repeating: " ", count: gutter + 2 + max(0, (columns - terminalWidth(x.label)) / 2)) + x.label)
    }
    let named = series.enumerated().compactMap { order, index -> String? in
      guard let label = marks[index].label else { return nil }
      let sample = dots ? (marks[index].isLine ? "──" : "∙") : String(style.symbol(order))
      return (color ? inks[index].coloring(sample) : sample) + " " + label
    }
    if !named.isEmpty { lines.append(String(repeating: " ", count: gutter + 2) + named.joined(separator: "   ")) }
    return lines.joined(separator: "\n")
  }

  /// The axis below the plot and its numbers.
  private func underline(
    _ map: AxisMap, columns: Int, indent: Int, dotsPerColumn: Int, _ style: TerminalStyle
  ) -> [String] {
    var limit = max(3, columns / 8)
    while true {
      let ticks =
        map.logarithmic ? logarithmicTicks(in: map.domain, limit: limit) : linearTicks(in: map.domain, limit: limit)
      var rule = [String](repeating: style.axis.base, count: columns)
      var numbers = ""
      var fits = true
      for tick in ticks {
        let column = Int(map(tick.value).rounded()) / dotsPerColumn
        let text = style.number(tick.label)
        rule[min(max(column, 0), columns - 1)] = style.axis.mark
        // Centred below its tick, but not beyond the plot's right end.
        let room = indent + 1 + columns - terminalWidth(text)
        let start = max(0, min(indent + 1 + column - (terminalWidth(text) - 1) / 2, room))
        if !numbers.isEmpty && start <= terminalWidth(numbers) { fits = false }
        numbers = numbers.padded(after: start) + text
      }
      if fits || limit <= 1 {
        return [String(repeating: " ", count: indent) + style.axis.corner + rule.joined(), numbers]
      }
      limit -= 1
    }
  }
}

/// What a series is drawn with.
struct Pen {
  var symbol: Character
  var ink: Ink
}

extension Mark {
  var isDrawnInTerminal: Bool {
    switch shape {
    case .line, .points, .classes, .rule: true
    default: false
    }
  }

  var isLine: Bool {
    switch shape {
    case .line, .rule: true
    default: false
    }
  }
}

extension TerminalStyle {
  /// The character of a series, where braille dots would not tell the series apart.
  func symbol(_ series: Int) -> Character {
    let symbols: [Character] = self == .unicode ? ["●", "○", "×", "+", "◆", "□"] : ["*", "o", "x", "+", "#", "@"]
    return symbols[series % symbols.count]
  }
}

/// A raster of dots, eight to a character, or of characters.
struct TerminalCanvas {
  let columns: Int, rows: Int
  let dots: Bool
  private var cells: [(bits: UInt8, symbol: Character?, ink: Ink)]

  init(columns: Int, rows: Int, dots: Bool) {
    (self.columns, self.rows, self.dots) = (columns, rows, dots)
    cells = Array(repeating: (0, nil, .text), count: columns * rows)
  }

  /// The raster's width and height, in dots.
  var width: Int { dots ? 2 * columns : columns }
  var height: Int { dots ? 4 * rows : rows }

  /// The row of text at a height in dots.
  func row(atHeight y: Double) -> Int { min(max(Int(y.rounded()) / (dots ? 4 : 1), 0), rows - 1) }

  mutating func draw(_ mark: Mark, _ x: AxisMap, _ y: AxisMap, _ pen: Pen) {
    switch mark.shape {
    case .line(let xs, let ys, _, _):
      var last: Point?
      for (a, b) in zip(xs, ys) {
        let p = Point(x(a), y(b))
        guard p.x.isFinite, p.y.isFinite else {
          last = nil
          continue
        }
        stroke(from: last ?? p, to: p, pen)
        last = p
      }
    case .points(let xs, let ys, _):
      for (a, b) in zip(xs, ys) { dot(x(a), y(b), pen) }
    case .classes(let xs, let ys, let classes, _):
      for (i, k) in classes.enumerated() {
        let digit = Character(String(((k % 10) + 10) % 10))
        dot(x(xs[i]), y(ys[i]), Pen(symbol: digit, ink: .series(k)))
      }
    case .rule(let value, let vertical):
      if vertical {
        for row in stride(from: 0, to: height, by: 2) { dot(x(value), Double(row), pen) }
      } else {
        for column in stride(from: 0, to: width, by: 2) { dot(Double(column), y(value), pen) }
      }
    default: break
    }
  }

  /// All dots of a straight line; far outside the raster its ends are held, so that it stays short.
  private mutating func stroke(from a: Point, to b: Point, _ pen: Pen) {
    func held(_ v: Double, _ size: Int) -> Double { min(max(v, -4 * Double(size)), 5 * Double(size)) }
    let a = Point(held(a.x, width), held(a.y, height)), b = Point(held(b.x, width), held(b.y, height))
    let steps = max(1, Int(max(abs(b.x - a.x), abs(b.y - a.y)).rounded(.up)))
    for i in 0...steps {
      let t = Double(i) / Double(steps)
      dot(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), pen)
    }
  }

  private mutating func dot(_ x: Double, _ y: Double, _ pen: Pen) {
    guard x.isFinite, y.isFinite, abs(x) < 1e6, abs(y) < 1e6 else { return }
    let column = Int(x.rounded()), row = Int(y.rounded())
    guard column >= 0, column < width, row >= 0, row < height else { return }
    if dots {
      // The bits of a braille cell: dots 1-2-3-7 in the left column, 4-5-6-8 in the right.
      let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
      let index = row / 4 * columns + column / 2
      cells[index].bits |= bits[row % 4][column % 2]
      cells[index].ink = pen.ink
    } else {
      cells[row * columns + column] = (0, pen.symbol, pen.ink)
    }
  }

  func line(_ row: Int, color: Bool) -> String {
    var line = ""
    var run = "", ink = Ink.text
    for cell in cells[row * columns..<(row + 1) * columns] {
      let isEmpty = cell.bits == 0 && cell.symbol == nil
      let cellInk = isEmpty ? .text : cell.ink
      if cellInk != ink {
        line += color ? ink.coloring(run) : run
        (run, ink) = ("", cellInk)
      }
      run.append(isEmpty ? " " : cell.symbol ?? Character(Unicode.Scalar(0x2800 + UInt32(cell.bits))!))
    }
    return line + (color ? ink.coloring(run) : run)
  }
}
