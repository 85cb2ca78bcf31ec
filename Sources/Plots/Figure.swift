/// A titled figure of one or several panels, drawn as SVG that reads well on light and on dark pages.
///
/// ```swift
/// let figure = Figure(
///   title: "The sigmoid",
///   description: "An S-shaped curve that rises from 0 to 1 and is steepest at z = 0.",
///   Chart(x: "z", y: "σ(z)", .function(over: -6...6) { sigmoid($0) }))
/// print(figure.svg())
/// ```
///
/// The output is a function of the values alone: the same figure is the same text, byte for byte.
public struct Figure: Sendable {
  /// What is drawn in one place of a figure.
  public enum Panel: Sendable {
    /// Data between axes.
    case chart(Chart)
    /// Boxes, nodes and arrows.
    case diagram(Diagram)
  }

  /// The title, above the panels.
  public var title: String
  /// A sentence for those who cannot see the figure: what it shows, not how it is drawn.
  public var description: String
  /// The width in pixels, 240 to 720.
  public var width: Double
  /// The height in pixels, or nil for what the panels ask for.
  public var height: Double?
  /// How many panels stand side by side.
  public var columns: Int
  /// The panels, row by row.
  public var panels: [Panel]

  /// A figure of panels of any kind.
  ///
  /// - Parameters:
  ///   - title: the title, above the panels.
  ///   - description: a sentence for those who cannot see the figure.
  ///   - width: in pixels; held between 240 and 720, for phones.
  ///   - height: in pixels; nil takes what the panels ask for.
  ///   - columns: how many panels stand side by side; nil puts up to three in a row.
  ///   - panels: the panels, row by row.
  public init(
    title: String, description: String, width: Double = 640, height: Double? = nil, columns: Int? = nil, panels: [Panel]
  ) {
    self.title = title
    self.description = description
    self.width = min(max(width, 240), 720)
    self.height = height
    self.columns = max(1, columns ?? min(panels.count == 4 ? 2 : 3, panels.count))
    self.panels = panels
  }

  /// A figure of one or several charts.
  public init(
    title: String, description: String, width: Double = 640, height: Double? = nil, columns: Int? = nil,
    _ charts: Chart...
  ) {
    self.init(
      title: title, description: description, width: width, height: height, columns: columns,
      panels: charts.map { .chart($0) })
  }

  /// A figure of one or several diagrams.
  public init(
    title: String, description: String, width: Double = 640, height: Double? = nil, columns: Int? = nil,
    _ diagrams: Diagram...
  ) {
    self.init(
      title: title, description: description, width: width, height: height, columns: columns,
      panels: diagrams.map { .diagram($0) })
  }

  /// The figure as an SVG document.
  public func svg() -> String {
    let margin = 16.0
    let gap = 28.0
    var canvas = Canvas()
    var y = margin
    for line in wrapped(title, width: width - 2 * margin, size: TextRole.title.size * 1.12) {
      canvas.text(line, at: Point(margin, y + 15), .title)
      y += 22
    }
    y += 8
    let rows = stride(from: 0, to: panels.count, by: columns).map {
      Array(panels[$0..<min($0 + columns, panels.count)])
    }
    let panelWidth = (width - 2 * margin - gap * Double(columns - 1)) / Double(columns)
    let room = height.map { ($0 - y - margin - gap * 0.7 * Double(rows.count - 1)) / Double(max(1, rows.count)) }
    for (index, row) in rows.enumerated() {
      let rowHeight = max(60, room ?? row.map { $0.preferredHeight(width: panelWidth) }.max() ?? 60)
      let top = row.map { $0.topInset(width: panelWidth, height: rowHeight) }.max() ?? 0
      for (column, panel) in row.enumerated() {
        let x = margin + Double(column) * (panelWidth + gap)
        panel.draw(in: Frame(x: x, y: y, width: panelWidth, height: rowHeight), top: top, on: &canvas)
      }
      y += rowHeight + (index + 1 < rows.count ? gap * 0.7 : 0)
    }
    return document(canvas, height: height ?? (y + margin).rounded(.up))
  }

  private func document(_ canvas: Canvas, height: Double) -> String {
    let size = "\(coordinate(width))\" height=\"\(coordinate(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" width="\(size)" viewBox="0 0 \(coordinate(width)) \(coordinate(height))">
      <title>\(escaped(title))</title>
      <desc>\(escaped(description))</desc>
      <style>
      \(styleSheet)
      </style>
      <rect width="\(size)" rx="6" class="fill-page"/>
      \(canvas.body)</svg>

      """
  }
}

extension Figure.Panel {
  func preferredHeight(width: Double) -> Double {
    switch self {
    case .chart(let chart): chart.preferredHeight(width: width)
    case .diagram(let diagram): diagram.preferredHeight(width: width)
    }
  }

  /// How far below the panel's top its plot begins; panels of one row begin together.
  func topInset(width: Double, height: Double) -> Double {
    switch self {
    case .chart(let chart):
      ChartLayout(chart, in: Frame(x: 0, y: 0, width: width, height: height), top: 0).plot.y
    case .diagram: 0
    }
  }

  func draw(in frame: Frame, top: Double, on canvas: inout Canvas) {
    switch self {
    case .chart(let chart): ChartLayout(chart, in: frame, top: top).draw(on: &canvas)
    case .diagram(let diagram): diagram.draw(in: frame, on: &canvas)
    }
  }
}

/// The classes that all figures share: one ink, two tones.
let styleSheet: String = {
  func rules(_ tone: (Ink) -> String) -> String {
    Ink.allCases.map { ".fill-\($0.rawValue){fill:\(tone($0))}.stroke-\($0.rawValue){stroke:\(tone($0))}" }
      .joined(separator: "\n") + "\n.halo,.edge{stroke:\(tone(.page))}"
  }
  return """
    text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",sans-serif}
    .title{font-size:17px;font-weight:600}.heading{font-size:14px;font-weight:600}
    .label{font-size:14px}.small{font-size:13px}
    line,path{stroke-linejoin:round}.line{fill:none}
    .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}.edge{stroke-width:.8px}
    .cells{shape-rendering:crispEdges}image{image-rendering:pixelated}
    \(rules(\.light))
    @media(prefers-color-scheme:dark){
    \(rules(\.dark))
    }
    """
}()
