/// Where everything in a chart lies, decided before anything is drawn.
struct ChartLayout {
  let chart: Chart
  let inks: [Ink]
  private(set) var frame: Frame
  /// The rectangle between the axes.
  private(set) var plot: Frame
  private(set) var xMap: AxisMap
  private(set) var yMap: AxisMap
  private(set) var xTicks: [Tick] = []
  private(set) var yTicks: [Tick] = []
  private(set) var endLabels: [EndLabel] = []
  private(set) var legend: [[LegendEntry]] = []
  /// The baselines of the heading, the legend's rows and the y axis's label, from the top.
  private(set) var headingBaseline: Double?
  private(set) var legendBaselines: [Double] = []
  private(set) var yLabelBaseline: Double?

  /// In how many rows the names below the plot alternate.
  private(set) var nameRows = 1

  private static let line = 20.0
  /// From the y axis's label to the plot, more than a line so that the uppermost tick's label keeps clear of it.
  private static let underLabel = 27.0
  private static let small = TextRole.small.size

  /// - Parameter top: the least distance from the frame's top to the plot's, so that charts in a row are level.
  init(_ chart: Chart, in frame: Frame, top: Double) {
    self.chart = chart
    self.frame = frame
    inks = chart.inks
    let axes = chart.namedAxes
    let extents = chart.extents
    xMap = AxisMap(domain: axes.x.domain(of: extents.x), logarithmic: axes.x.scale == .logarithmic)
    yMap = AxisMap(domain: axes.y.domain(of: extents.y), logarithmic: axes.y.scale == .logarithmic)
    plot = frame

    if case .names(let names) = axes.x.ticks { nameRows = Self.rows(of: names, xMap, width: frame.width - 50) }
    let bottomInset = belowPlot
    let headHeight = (chart.title == nil ? 0 : Self.line) + (axes.y.label.isEmpty ? 8 : Self.underLabel)
    // Line ends first: whether they are named in place decides whether there is a legend above the plot.
    setVertical(from: frame.y + max(headHeight, top), to: frame.bottom - bottomInset)
    endLabels = placedEndLabels()
    placeHead(top: top, yLabel: axes.y.label)
    setVertical(from: plot.y, to: frame.bottom - bottomInset)
    endLabels = endLabels.isEmpty ? [] : placedEndLabels()

    yTicks = ticks(axes.y, yMap, limit: min(8, max(4, Int(plot.height / 34))))
    if case .names = axes.y.ticks {} else { yTicks = yTicks.filter { yMap.contains($0.value) } }
    let tickWidth = yTicks.map { textWidth($0.label, size: Self.small) }.max() ?? 0
    let left = tickWidth > 0 ? tickWidth + 8 : 2
    var right = endLabels.map { textWidth($0.text, size: Self.small) + 10 }.max() ?? 10
    right = max(right, colorBarWidth)
    plot.x = frame.x + left
    plot.width = max(20, frame.width - left - right)
    if chart.keepsAspect { keepAspect() }
    xMap.start = plot.x
    xMap.end = plot.right
    xTicks = fittingXTicks(axes.x)
  }

  private mutating func setVertical(from top: Double, to bottom: Double) {
    plot.y = top
    plot.height = max(20, bottom - top)
    (yMap.start, yMap.end) = chart.hasMatrix ? (plot.y, plot.bottom) : (plot.bottom, plot.y)
  }

  /// Stacks heading, legend and y label from the top, the last two on one line where they fit.
  private mutating func placeHead(top: Double, yLabel: String) {
    var y = frame.y
    if chart.title != nil {
      headingBaseline = y + 13
      y += Self.line
    }
    let entries = legendEntries
    if !entries.isEmpty {
      let labelWidth = textWidth(yLabel, size: TextRole.label.size) + 24
      let total = entries.map(\.width).reduce(0, +)
      if labelWidth + total <= frame.width - colorBarWidth {
        legend = [entries]
      } else {
        legend = [[]]
        for entry in entries {
          if let last = legend.last, !last.isEmpty, last.map(\.width).reduce(0, +) + entry.width > frame.width {
            legend.append([])
          }
          legend[legend.count - 1].append(entry)
        }
        for _ in legend {
          legendBaselines.append(y + 14)
          y += Self.line
        }
      }
    }
    if !yLabel.isEmpty || (!legend.isEmpty && legendBaselines.isEmpty) {
      yLabelBaseline = y + 13
      if legendBaselines.isEmpty, !legend.isEmpty { legendBaselines = [y + 13] }
      y += Self.underLabel
    } else {
      y += 8
    }
    let shift = max(0, frame.y + top - y)
    plot.y = y + shift
    if let baseline = yLabelBaseline, shift > 0 {
      if legendBaselines == [baseline] { legendBaselines = [baseline + shift] }
      yLabelBaseline = baseline + shift
    }
  }

  private mutating func keepAspect() {
    let dx = xMap.domain.upperBound - xMap.domain.lowerBound
    let dy = yMap.domain.upperBound - yMap.domain.lowerBound
    let scale = min(plot.width / dx, plot.height / dy)
    let slack = plot.width - dx * scale
    plot.width = dx * scale
    setVertical(from: plot.y, to: plot.y + dy * scale)
    // What is narrower than its panel stands in the middle, unless its legend needs the room.
    let legendWidth = legend.map { $0.map(\.width).reduce(0, +) }.max() ?? 0
    guard slack > 0, legendWidth == 0 || legendBaselines != [yLabelBaseline] else { return }
    guard max(legendWidth, textWidth(chart.title ?? "", size: 16)) <= frame.width - slack else { return }
    frame.x += slack / 2
    frame.width -= slack
    plot.x += slack / 2
  }

  // MARK: Ticks

  private func ticks(_ axis: Axis, _ map: AxisMap, limit: Int) -> [Tick] {
    switch axis.ticks {
    case .none: []
    case .automatic:
      map.logarithmic ? logarithmicTicks(in: map.domain, limit: limit) : linearTicks(in: map.domain, limit: limit)
    case .values(let values):
      values.filter(map.contains).map { Tick(value: $0, label: formatted($0, digits: 6)) }
    case .names(let names):
      names.enumerated().map { Tick(value: Double($0.offset), label: $0.element) }.filter { map.contains($0.value) }
    }
  }

  /// As many ticks as leave room between their labels.
  private func fittingXTicks(_ axis: Axis) -> [Tick] {
    var limit = min(max(3, Int(plot.width / 28)), 12)
    while true {
      let ticks = ticks(axis, xMap, limit: limit)
      let fits = Self.apart(ticks, xMap, rows: nameRows, gap: axis.ticks == .automatic ? 12 : 5)
      if fits { return ticks }
      if axis.ticks != .automatic || limit <= 1 { return Self.thinned(ticks, xMap) }
      limit -= 1
    }
  }

  /// Whether the labels of neighbouring ticks do not touch.
  static func apart(_ ticks: [Tick], _ map: AxisMap, rows: Int = 1, gap: Double = 6) -> Bool {
    zip(ticks, ticks.dropFirst(rows)).allSatisfy { a, b in
      abs(map(b.value) - map(a.value)) >= (textWidth(a.label, size: small) + textWidth(b.label, size: small)) / 2 + gap
    }
  }

  /// In how many rows, up to three, names must alternate so that they do not touch; one where three are too few.
  private static func rows(of names: [String], _ map: AxisMap, width: Double) -> Int {
    var map = map
    (map.start, map.end) = (0, width)
    let ticks = names.enumerated().map { Tick(value: Double($0.offset), label: $0.element) }
    return (1...3).first { apart(ticks, map, rows: $0, gap: 5) } ?? 1
  }

  /// Every second, third … tick: the first of these choices whose labels do not touch.
  private static func thinned(_ ticks: [Tick], _ map: AxisMap) -> [Tick] {
    for step in 1...max(1, ticks.count) {
      let kept = stride(from: 0, to: ticks.count, by: step).map { ticks[$0] }
      if apart(kept, map) { return kept }
    }
    return Array(ticks.prefix(1))
  }

  // MARK: Names

  /// The name of a line, written at its end.
  struct EndLabel {
    var text: String
    var ink: Ink
    var y: Double
  }

  /// The names of all labelled lines beside their ends, moved apart; none where that is not possible.
  private func placedEndLabels() -> [EndLabel] {
    var labels: [EndLabel] = []
    for (mark, ink) in zip(chart.marks, inks) {
      guard case .line(let x, let y, _, let dots) = mark.shape, let text = mark.label else { continue }
      let last = zip(x, y).reversed().first { xMap.contains($0.0) && yMap.contains($0.1) }
      guard let last, dots != .path, xMap.fraction(last.0) > 0.93 else { return [] }
      guard textWidth(text, size: Self.small) < frame.width * 0.28 else { return [] }
      labels.append(EndLabel(text: text, ink: ink, y: yMap(last.1)))
    }
    guard Double(labels.count) * 16 <= plot.height else { return [] }
    labels.sort { $0.y < $1.y }
    let wanted = labels.map(\.y)
    for i in labels.indices.dropFirst() { labels[i].y = max(labels[i].y, labels[i - 1].y + 16) }
    var limit = plot.bottom - 4
    for i in labels.indices.reversed() {
      labels[i].y = min(labels[i].y, limit)
      limit = labels[i].y - 16
    }
    return zip(labels, wanted).allSatisfy { abs($0.y - $1) <= 18 } ? labels : []
  }

  /// A name in the legend and the sample beside it.
  struct LegendEntry {
    enum Sample { case line(dashed: Bool, dots: Bool), marker(Marker), area, interval }
    var text: String
    var ink: Ink
    var sample: Sample
    var width: Double { textWidth(text, size: TextRole.small.size) + 42 }
  }

  /// The marks that are named, and not at their end.
  private var legendEntries: [LegendEntry] {
    var entries: [LegendEntry] = []
    var pointSeries = 0
    for (mark, ink) in zip(chart.marks, inks) {
      var marker = Marker.circle
      if case .points(_, _, let chosen) = mark.shape {
        marker = chosen ?? .series(pointSeries)
        pointSeries += 1
      }
      if case .classes(_, _, let classes, let names) = mark.shape {
        let present = names.indices.filter { classes.contains($0) }
        entries += present.map { LegendEntry(text: names[$0], ink: .series($0), sample: .marker(.series($0))) }
      }
      guard let text = mark.label else { continue }
      switch mark.shape {
      case .line(_, _, let dashed, let dots):
        if endLabels.isEmpty {
          entries.append(LegendEntry(text: text, ink: ink, sample: .line(dashed: dashed, dots: dots != .none)))
        }
      case .points: entries.append(LegendEntry(text: text, ink: ink, sample: .marker(marker)))
      case .band, .bars, .histogram: entries.append(LegendEntry(text: text, ink: ink, sample: .area))
      case .intervals: entries.append(LegendEntry(text: text, ink: ink, sample: .interval))
      case .contour(_, _, let dashed):
        entries.append(LegendEntry(text: text, ink: ink, sample: .line(dashed: dashed, dots: false)))
      case .segments: entries.append(LegendEntry(text: text, ink: ink, sample: .line(dashed: false, dots: false)))
      default: break
      }
    }
    return entries
  }

  var colorBarWidth: Double {
    for mark in chart.marks {
      if case .heat(_, let scale, let range, .some) = mark.shape {
        let shown = scale.shown(range)
        let labels = [shown.lowerBound, shown.upperBound].map { textWidth(formatted($0), size: Self.small) }
        return 12 + 14 + 6 + max(labels.max() ?? 0, 28)
      }
    }
    return 0
  }
}

extension Chart {
  /// The height a panel of this width should have: 5 : 3, or what the aspect asks for.
  func preferredHeight(width: Double) -> Double {
    guard keepsAspect else { return (min(max(width * 0.6, 220), 400)).rounded() }
    let trial = ChartLayout(self, in: Frame(x: 0, y: 0, width: width, height: 10_000), top: 0)
    let chrome = 10_000 - trial.unshrunkHeight
    return (min(trial.plot.height, hasMatrix ? 64 * trial.yMap.domain.upperBound + 32 : 460) + chrome).rounded()
  }
}

extension ChartLayout {
  /// The height the plot would have had without regard to the aspect.
  var unshrunkHeight: Double {
    frame.bottom - plot.y - belowPlot
  }

  /// The height of the names below the plot.
  private var belowPlot: Double {
    let axes = chart.namedAxes
    return (axes.x.ticks == .none ? 4 : Self.line) + (axes.x.label.isEmpty ? 0 : Self.line) + Double(nameRows - 1) * 16
  }
}
