// Axes, names and legend of a chart. The marks are in MarkDrawing.swift.

extension ChartLayout {
  func draw(on canvas: inout Canvas) {
    drawRules(on: &canvas)
    for (index, mark) in chart.marks.enumerated() { draw(mark, ink: inks[index], at: index, on: &canvas) }
    drawAxes(on: &canvas)
    drawNames(on: &canvas)
  }

  /// The faint rules behind the data.
  private func drawRules(on canvas: inout Canvas) {
    guard !chart.isCovered else { return }
    for tick in yTicks {
      let y = yMap(tick.value)
      canvas.line(Point(plot.x, y), Point(plot.right, y), "class=\"stroke-faint\"")
    }
    let crossesZero = !xMap.logarithmic && xMap.domain.lowerBound < 0 && xMap.domain.upperBound > 0
    if crossesZero, chart.namedAxes.x.ticks == .automatic {
      canvas.line(Point(xMap(0), plot.y), Point(xMap(0), plot.bottom), "class=\"stroke-faint\"")
    }
  }

  private func drawAxes(on canvas: inout Canvas) {
    let axes = chart.namedAxes
    if !chart.hasMatrix {
      canvas.line(Point(plot.x, plot.bottom), Point(plot.right, plot.bottom), "class=\"stroke-muted\"")
      for tick in xTicks {
        let x = xMap(tick.value)
        canvas.line(Point(x, plot.bottom), Point(x, plot.bottom + 4), "class=\"stroke-muted\"")
      }
    }
    if chart.hasBars, yMap.domain.lowerBound < 0, yMap.domain.upperBound > 0 {
      canvas.line(Point(plot.x, yMap(0)), Point(plot.right, yMap(0)), "class=\"stroke-muted\"")
    }
    for (i, tick) in xTicks.enumerated() {
      let y = plot.bottom + 17 + Double(i % nameRows) * 16
      canvas.text(tick.label, at: Point(xMap(tick.value), y), .small, anchor: .middle, ink: .muted)
    }
    for tick in yTicks {
      canvas.text(tick.label, at: Point(plot.x - 7, yMap(tick.value) + 4.5), .small, anchor: .end, ink: .muted)
    }
    let labelBelow = (axes.x.ticks == .none ? 18.0 : 36) + Double(nameRows - 1) * 16
    canvas.text(axes.x.label, at: Point((plot.x + plot.right) / 2, plot.bottom + labelBelow), .label, anchor: .middle)
    if let y = yLabelBaseline { canvas.text(axes.y.label, at: Point(frame.x, y), .label) }
  }

  private func drawNames(on canvas: inout Canvas) {
    if let title = chart.title, let y = headingBaseline { canvas.text(title, at: Point(frame.x, y), .heading) }
    for label in endLabels {
      canvas.text(label.text, at: Point(plot.right + 6, label.y + 4.5), .small, ink: label.ink)
    }
    for (row, y) in zip(legend, legendBaselines) {
      let total = row.map(\.width).reduce(0, +)
      var x = y == yLabelBaseline ? frame.right - colorBarWidth - total + 10 : frame.x
      for entry in row {
        draw(entry, at: Point(x, y), on: &canvas)
        x += entry.width
      }
    }
  }

  private func draw(_ entry: LegendEntry, at place: Point, on canvas: inout Canvas) {
    let middle = Point(place.x + 11, place.y - 4.5)
    let stroke = "class=\"stroke-\(entry.ink.rawValue)\" stroke-width=\"2\""
    switch entry.sample {
    case .line(let dashed, let dots):
      canvas.line(Point(middle.x - 11, middle.y), Point(middle.x + 11, middle.y), stroke + (dashed ? dashes : ""))
      if dots { canvas.marker(.circle, at: middle, radius: 3.5, ink: entry.ink) }
    case .marker(let marker): canvas.marker(marker, at: middle, radius: 4.5, ink: entry.ink)
    case .area:
      canvas.rect(
        Frame(x: middle.x - 7, y: middle.y - 6, width: 14, height: 12),
        "class=\"fill-\(entry.ink.rawValue)\" fill-opacity=\".75\"")
    case .interval: canvas.line(Point(middle.x, middle.y - 7), Point(middle.x, middle.y + 7), stroke)
    }
    canvas.text(entry.text, at: Point(place.x + 28, place.y), .small)
  }
}
