// Curves, points, bars and notes between a chart's axes. Surfaces are in SurfaceDrawing.swift.

extension ChartLayout {
  func draw(_ mark: Mark, ink: Ink, at index: Int, on canvas: inout Canvas) {
    switch mark.shape {
    case .line(let x, let y, let dashed, let dots):
      drawLine(x, y, ink: ink, dashed: dashed, on: &canvas)
      if dots != .none { drawDots(x, y, ink: ink, path: dots == .path, on: &canvas) }
    case .points(let x, let y, let marker):
      let earlier = chart.marks[..<index].filter { if case .points = $0.shape { true } else { false } }.count
      for p in visible(x, y) { canvas.marker(marker ?? .series(earlier), at: p, radius: 4, ink: ink) }
    case .classes(let x, let y, let classes, _):
      for (i, k) in classes.enumerated() where xMap.contains(x[i]) && yMap.contains(y[i]) {
        canvas.marker(.series(k), at: Point(xMap(x[i]), yMap(y[i])), radius: 4, ink: .series(k))
      }
    case .band(let x, let low, let high): drawBand(x, low, high, ink: ink, on: &canvas)
    case .intervals(let x, let low, let high): drawIntervals(x, low, high, at: index, ink: ink, on: &canvas)
    case .segments(let segments, let heads): drawSegments(segments, heads: heads, ink: ink, on: &canvas)
    case .bars(_, let values): drawBars(values, at: index, ink: ink, on: &canvas)
    case .histogram(let edges, let heights): drawHistogram(edges, heights, ink: ink, on: &canvas)
    case .rule(let value, let vertical): drawRule(value, vertical: vertical, label: mark.label, ink: ink, on: &canvas)
    case .text(let string, let x, let y, let anchor):
      guard xMap.contains(x), yMap.contains(y) else { return }
      canvas.text(string, at: Point(xMap(x), yMap(y) + 4.5), .label, anchor: anchor, ink: ink, halo: true)
    case .regions(let grid): drawRegions(grid, on: &canvas)
    case .heat(let grid, let scale, let range, let bar):
      drawCells(grid, scale: scale, range: range, on: &canvas)
      if let bar { drawColorBar(scale, range: range, title: bar, on: &canvas) }
    case .matrix(let grid, let scale, let range, _, _, let digits):
      drawCells(grid, scale: scale, range: range, on: &canvas)
      drawMatrix(grid, digits: digits, on: &canvas)
    case .contour(let grid, let levels, let dashed): drawContour(grid, levels, dashed: dashed, ink: ink, on: &canvas)
    case .image(let image, let x, let y): drawImage(image, x: x, y: y, on: &canvas)
    }
  }

  /// The places of the points that lie between the axes.
  private func visible(_ x: [Double], _ y: [Double]) -> [Point] {
    zip(x, y).filter { xMap.contains($0.0) && yMap.contains($0.1) }.map { Point(xMap($0.0), yMap($0.1)) }
  }

  /// The runs of points that can be drawn; what is not finite parts them.
  private func runs(_ x: [Double], _ y: [Double]) -> [[Point]] {
    var runs: [[Point]] = [[]]
    for (x, y) in zip(x, y) {
      let p = Point(xMap(x), yMap(y))
      if p.x.isFinite && p.y.isFinite {
        runs[runs.count - 1].append(p)
      } else if !runs[runs.count - 1].isEmpty {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  private func drawLine(_ x: [Double], _ y: [Double], ink: Ink, dashed: Bool, on canvas: inout Canvas) {
    let d = runs(x, y).map { run in
      // A run of one point is drawn as a dot: a stroke of no length with a round cap.
      "M" + (run.count == 1 ? [run[0], run[0]] : thinned(run)).map(pair).joined(separator: "L")
    }.joined()
    canvas.clipped(to: plot, margin: 1.5) {
      $0.path(
        d,
        "class=\"line stroke-\(ink.rawValue)\" stroke-width=\"2\" stroke-linecap=\"round\"" + (dashed ? dashes : ""))
    }
  }

  /// A long run reduced to the least and greatest y in each pixel column, in their order: it looks the same.
  private func thinned(_ run: [Point]) -> [Point] {
    guard run.count > 4 * Int(plot.width), zip(run, run.dropFirst()).allSatisfy({ $0.x <= $1.x }) else { return run }
    var result: [Point] = []
    var start = 0
    while start < run.count {
      var end = start
      var low = start, high = start
      while end < run.count, run[end].x.rounded(.down) == run[start].x.rounded(.down) {
        if run[end].y < run[low].y { low = end }
        if run[end].y > run[high].y { high = end }
        end += 1
      }
      var kept = [start, low, high, end - 1].sorted()
      kept = kept.enumerated().filter { $0.offset == 0 || kept[$0.offset - 1] != $0.element }.map(\.element)
      result += kept.map { run[$0] }
      start = end
    }
    return result
  }

  private func drawDots(_ x: [Double], _ y: [Double], ink: Ink, path: Bool, on canvas: inout Canvas) {
    let points = visible(x, y)
    for (i, p) in points.enumerated() {
      if path && i == 0 {
        canvas.circle(p, radius: 5, "class=\"fill-page stroke-\(ink.rawValue)\" stroke-width=\"2\"")
      } else {
        let radius = path ? (i == points.count - 1 ? 5.5 : 2.5) : 4
        canvas.marker(.circle, at: p, radius: radius, ink: ink)
      }
    }
  }

  private func drawBand(_ x: [Double], _ low: [Double], _ high: [Double], ink: Ink, on canvas: inout Canvas) {
    let kept = x.indices.filter { xMap(x[$0]).isFinite && yMap(low[$0]).isFinite && yMap(high[$0]).isFinite }
    guard kept.count > 1 else { return }
    let outline =
      kept.map { Point(xMap(x[$0]), yMap(high[$0])) } + kept.reversed().map { Point(xMap(x[$0]), yMap(low[$0])) }
    canvas.clipped(to: plot) {
      $0.path(
        "M" + outline.map(pair).joined(separator: "L") + "Z", "class=\"fill-\(ink.rawValue)\" fill-opacity=\".2\"")
    }
  }

  /// Intervals of several marks at the same x stand side by side.
  private func drawIntervals(
    _ x: [Double], _ low: [Double], _ high: [Double], at index: Int, ink: Ink, on canvas: inout Canvas
  ) {
    let all = chart.marks.indices.filter { if case .intervals = chart.marks[$0].shape { true } else { false } }
    let shift = (Double(all.firstIndex(of: index) ?? 0) - Double(all.count - 1) / 2) * 8
    canvas.clipped(to: plot, margin: 3) { canvas in
      for i in x.indices {
        let a = Point(xMap(x[i]) + shift, yMap(low[i])), b = Point(xMap(x[i]) + shift, yMap(high[i]))
        guard a.x.isFinite, a.y.isFinite, b.y.isFinite else { continue }
        canvas.line(a, b, "class=\"stroke-\(ink.rawValue)\" stroke-width=\"4\" stroke-linecap=\"round\"")
      }
    }
  }

  private func drawSegments(_ segments: [Mark.Segment], heads: Bool, ink: Ink, on canvas: inout Canvas) {
    canvas.clipped(to: plot, margin: 3) { canvas in
      for s in segments {
        let a = Point(xMap(s.x0), yMap(s.y0)), b = Point(xMap(s.x1), yMap(s.y1))
        guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { continue }
        if heads {
          canvas.arrow(from: a, to: b, width: 2, head: 9, ink: ink)
        } else {
          canvas.line(a, b, "class=\"stroke-\(ink.rawValue)\" stroke-width=\"1.5\"")
        }
      }
    }
  }

  private func drawBars(_ values: [Double], at index: Int, ink: Ink, on canvas: inout Canvas) {
    let groups = chart.marks.indices.filter { if case .bars = chart.marks[$0].shape { true } else { false } }
    let position = groups.firstIndex(of: index) ?? 0
    let unit = abs(xMap(1) - xMap(0))
    let width = unit * 0.76 / Double(groups.count)
    let foot = barFoot
    canvas.clipped(to: plot) { canvas in
      for (i, value) in values.enumerated() where yMap(value).isFinite {
        let left = xMap(Double(i)) - unit * 0.38 + Double(position) * width
        let y = min(max(yMap(value), plot.y - 10), plot.bottom + 10)
        canvas.rect(
          Frame(x: left, y: min(y, foot), width: max(1, width - (groups.count > 1 ? 1 : 0)), height: abs(y - foot)),
          "class=\"fill-\(ink.rawValue)\"")
      }
    }
  }

  /// Where bars stand: at 0, or at the edge nearest to it.
  private var barFoot: Double { yMap.logarithmic ? yMap.start : min(max(yMap(0), plot.y), plot.bottom) }

  /// A histogram as one outline, so that several can lie over each other.
  private func drawHistogram(_ edges: [Double], _ heights: [Double], ink: Ink, on canvas: inout Canvas) {
    let foot = barFoot
    guard let first = edges.first, let last = edges.last else { return }
    var d = "M" + pair(Point(xMap(first), foot))
    for (i, height) in heights.enumerated() {
      let y = yMap(height)
      d += "V" + coordinate(y.isFinite ? y : foot) + "H" + coordinate(xMap(edges[i + 1]))
    }
    d += "V" + coordinate(foot) + "H" + coordinate(xMap(first)) + "Z"
    guard xMap(first).isFinite, xMap(last).isFinite else { return }
    canvas.clipped(to: plot) {
      $0.path(
        d, "class=\"fill-\(ink.rawValue) stroke-\(ink.rawValue)\" fill-opacity=\".3\" stroke-width=\"1.5\"")
    }
  }

  private func drawRule(_ value: Double, vertical: Bool, label: String?, ink: Ink, on canvas: inout Canvas) {
    let map = vertical ? xMap : yMap
    guard map.contains(value) else { return }
    let p = map(value)
    let attributes = "class=\"stroke-\(ink.rawValue)\" stroke-width=\"1.5\"" + dashes
    if vertical {
      canvas.line(Point(p, plot.y), Point(p, plot.bottom), attributes)
      let width = textWidth(label ?? "", size: TextRole.small.size)
      let toTheLeft = p + 6 + width > frame.right
      canvas.text(
        label ?? "", at: Point(toTheLeft ? p - 6 : p + 6, plot.y + 13), .small, anchor: toTheLeft ? .end : .start,
        ink: ink, halo: true)
    } else {
      canvas.line(Point(plot.x, p), Point(plot.right, p), attributes)
      let below = p - 18 < plot.y
      canvas.text(
        label ?? "", at: Point(plot.right - 2, below ? p + 16 : p - 6), .small, anchor: .end, ink: ink, halo: true)
    }
  }
}
