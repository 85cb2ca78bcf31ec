// Grids, matrices, contours and images between a chart's axes.

extension ColorScale {
  /// How strongly, and in which ink, a value is laid over the page, `strength` from 0 to 1.
  func tint(_ value: Double, in range: ClosedRange<Double>) -> (ink: Ink, strength: Double) {
    switch self {
    case .sequential(let ink):
      let span = range.upperBound - range.lowerBound
      return (ink, span > 0 ? min(max((value - range.lowerBound) / span, 0), 1) : 0.5)
    case .diverging(let center):
      let reach = max(range.upperBound - center, center - range.lowerBound)
      return (value < center ? .blue : .vermilion, reach > 0 ? min(abs(value - center) / reach, 1) : 0)
    }
  }

  /// The inks it uses.
  var inks: [Ink] {
    switch self {
    case .sequential(let ink): [ink, ink]
    case .diverging: [.blue, .vermilion]
    }
  }

  /// The range of the colour bar: that of the values, or as far on both sides of the centre.
  func shown(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    guard case .diverging(let center) = self else { return range }
    let reach = max(range.upperBound - center, center - range.lowerBound)
    return center - reach...center + reach
  }

  /// The opacity of full strength; not more, so that words over it stay legible on both pages.
  static let fullOpacity = 0.6
  /// The number of steps between none and full.
  static let steps = 20
}

extension ChartLayout {
  /// The path of the cells of each key, neighbours in a row merged into one rectangle.
  private func cellPaths(_ grid: Grid, keys count: Int, _ key: (Int, Int) -> Int?) -> [String] {
    var paths = [String](repeating: "", count: count)
    for row in 0..<grid.rows {
      let y0 = yMap(grid.edge(y: row)), y1 = yMap(grid.edge(y: row + 1))
      guard y0.isFinite, y1.isFinite else { continue }
      var column = 0
      while column < grid.columns {
        let start = column
        let k = key(row, column)
        repeat { column += 1 } while column < grid.columns && key(row, column) == k
        let x0 = xMap(grid.edge(x: start)), x1 = xMap(grid.edge(x: column))
        guard let k, k >= 0, k < count, x0.isFinite, x1.isFinite else { continue }
        paths[k] += "M\(pair(Point(x0, y0)))H\(coordinate(x1))V\(coordinate(y1))H\(coordinate(x0))Z"
      }
    }
    return paths
  }

  func drawRegions(_ grid: Grid, on canvas: inout Canvas) {
    let classes = Int(min(max(grid.valueRange.upperBound, -1), 100).rounded()) + 1
    let paths = cellPaths(grid, keys: classes) { row, column in
      let value = grid[row, column]
      return value.isFinite && abs(value) < 1000 ? Int(value.rounded()) : nil
    }
    canvas.clipped(to: plot) { canvas in
      for (k, d) in paths.enumerated() {
        canvas.path(d, "class=\"cells fill-\(Ink.series(k).rawValue)\" fill-opacity=\".22\"")
      }
    }
  }

  func drawCells(_ grid: Grid, scale: ColorScale, range: ClosedRange<Double>, on canvas: inout Canvas) {
    let steps = ColorScale.steps
    // Keys 0…steps are the first ink in rising strength, the rest the second.
    let inks = scale.inks
    let paths = cellPaths(grid, keys: 2 * (steps + 1)) { row, column in
      guard grid[row, column].isFinite else { return nil }
      let tint = scale.tint(grid[row, column], in: range)
      return Int((tint.strength * Double(steps)).rounded()) + (tint.ink == inks[0] ? 0 : steps + 1)
    }
    canvas.clipped(to: plot) { canvas in
      for (key, d) in paths.enumerated() where key % (steps + 1) > 0 {
        let ink = inks[key / (steps + 1)]
        canvas.path(d, "class=\"cells fill-\(ink.rawValue)\" \(opacity(key % (steps + 1)))")
      }
    }
  }

  private func opacity(_ step: Int) -> String {
    "fill-opacity=\"\(coordinate(Double(step) / Double(ColorScale.steps) * ColorScale.fullOpacity))\""
  }

  func drawColorBar(_ scale: ColorScale, range: ClosedRange<Double>, title: String, on canvas: inout Canvas) {
    let range = scale.shown(range)
    guard range.upperBound > range.lowerBound else { return }
    let bar = Frame(x: plot.right + 12, y: plot.y, width: 14, height: plot.height)
    let count = 24
    for i in 0..<count {
      let f = (Double(i) + 0.5) / Double(count)
      let tint = scale.tint(range.lowerBound + f * (range.upperBound - range.lowerBound), in: range)
      let step = Int((tint.strength * Double(ColorScale.steps)).rounded())
      let height = bar.height / Double(count)
      canvas.rect(
        Frame(x: bar.x, y: bar.bottom - Double(i + 1) * height, width: bar.width, height: height),
        "class=\"cells fill-\(tint.ink.rawValue)\" \(opacity(step))")
    }
    canvas.rect(bar, "class=\"line stroke-faint\"")
    let map = AxisMap(domain: range, logarithmic: false, start: bar.bottom, end: bar.y)
    for tick in linearTicks(in: range, limit: max(3, Int(bar.height / 32))) {
      canvas.text(tick.label, at: Point(bar.right + 5, map(tick.value) + 4.5), .small, ink: .muted)
    }
    canvas.text(title, at: Point(bar.x, plot.y - 11), .label)
  }

  func drawMatrix(_ grid: Grid, digits: Int?, on canvas: inout Canvas) {
    canvas.rect(plot, "class=\"line stroke-faint\"")
    guard let digits else { return }
    let cell = plot.width / Double(max(1, grid.columns))
    let texts = grid.values.map { formatted($0, digits: digits) }
    guard texts.allSatisfy({ textWidth($0, size: TextRole.small.size) <= cell - 4 }) else { return }
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        canvas.text(
          texts[row * grid.columns + column], at: Point(xMap(Double(column)), yMap(Double(row)) + 4.5), .small,
          anchor: .middle)
      }
    }
  }

  func drawContour(_ grid: Grid, _ levels: [Double], dashed: Bool, ink: Ink, on canvas: inout Canvas) {
    let lines = levels.flatMap { grid.contour(at: $0) }
    let d = lines.map { line in
      let points = line.points.map { Point(xMap($0.x), yMap($0.y)) }.filter { $0.x.isFinite && $0.y.isFinite }
      return points.isEmpty ? "" : "M" + points.map(pair).joined(separator: "L") + (line.isClosed ? "Z" : "")
    }.joined()
    canvas.clipped(to: plot) {
      $0.path(
        d,
        "class=\"line stroke-\(ink.rawValue)\""
          + (levels.count > 1 ? " stroke-opacity=\".55\"" : " stroke-width=\"1.5\"") + (dashed ? dashes : ""))
    }
  }

  func drawImage(_ image: PixelImage, x: ClosedRange<Double>, y: ClosedRange<Double>, on canvas: inout Canvas) {
    let xs = [xMap(x.lowerBound), xMap(x.upperBound)], ys = [yMap(y.lowerBound), yMap(y.upperBound)]
    guard (xs + ys).allSatisfy(\.isFinite) else { return }
    let box = Frame(x: xs.min()!, y: ys.min()!, width: abs(xs[1] - xs[0]), height: abs(ys[1] - ys[0]))
    canvas.clipped(to: plot) { $0.image(image, in: box) }
  }
}

extension Canvas {
  mutating func image(_ image: PixelImage, in box: Frame) {
    element(
      "<image x=\"\(coordinate(box.x))\" y=\"\(coordinate(box.y))\" width=\"\(coordinate(box.width))\""
        + " height=\"\(coordinate(box.height))\" preserveAspectRatio=\"none\" href=\"\(image.dataURI)\"/>")
  }
}
