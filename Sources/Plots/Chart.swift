/// Data between two axes.
///
/// ```swift
/// Chart(x: "epoch", y: "J (nats)", .line(training, label: "training"), .line(test, label: "test"))
/// ```
public struct Chart: Sendable {
  /// A few words above the chart, where a figure has several.
  public var title: String?
  /// The axis across.
  public var x: Axis
  /// The axis up.
  public var y: Axis
  /// Whether one unit is as long across as up; nil means: only where there is a matrix.
  public var equalAspect: Bool?
  /// The layers, the first at the back.
  public var marks: [Mark]

  /// A chart of marks.
  ///
  /// - Parameters:
  ///   - title: a few words above the chart, where a figure has several.
  ///   - x: the axis across.
  ///   - y: the axis up.
  ///   - equalAspect: whether one unit is as long across as up; nil means: only where there is a matrix.
  ///   - marks: the layers, the first at the back.
  public init(title: String? = nil, x: Axis, y: Axis, equalAspect: Bool? = nil, marks: [Mark]) {
    self.title = title
    self.x = x
    self.y = y
    self.equalAspect = equalAspect
    self.marks = marks
  }

  /// A chart of marks, one after the other.
  public init(title: String? = nil, x: Axis, y: Axis, equalAspect: Bool? = nil, _ marks: Mark...) {
    self.init(title: title, x: x, y: y, equalAspect: equalAspect, marks: marks)
  }
}

extension Chart {
  /// Each mark's ink: its own, or the next of the series.
  var inks: [Ink] {
    var next = 0
    return marks.map { mark in
      if let ink = mark.ink { return ink }
      next += 1
      return Ink.series(next - 1)
    }
  }

  var hasMatrix: Bool {
    marks.contains { if case .matrix = $0.shape { true } else { false } }
  }

  /// Whether a surface fills the plot, so that rules behind the data would only show through.
  var isCovered: Bool {
    marks.contains {
      switch $0.shape {
      case .regions, .heat, .matrix, .image: true
      default: false
      }
    }
  }

  var hasBars: Bool {
    marks.contains { if case .bars = $0.shape { true } else { false } }
  }

  var keepsAspect: Bool { (equalAspect ?? hasMatrix) && x.scale == .linear && y.scale == .linear }

  /// The axes with the names that bars and matrices bring along.
  var namedAxes: (x: Axis, y: Axis) {
    var (x, y) = (x, y)
    for mark in marks {
      switch mark.shape {
      case .bars(let names, _):
        if x.ticks == .automatic { x.ticks = .names(names) }
      case .matrix(let grid, _, _, let rowNames, let columnNames, _):
        let columns = columnNames.isEmpty ? (0..<grid.columns).map(String.init) : columnNames
        let rows = rowNames.isEmpty ? (0..<grid.rows).map(String.init) : rowNames
        if x.ticks == .automatic { x.ticks = .names(columns) }
        if y.ticks == .automatic { y.ticks = .names(rows) }
      default: break
      }
    }
    return (x, y)
  }

  /// The least and greatest values along both axes.
  var extents: (x: Extent, y: Extent) {
    var ex = Extent(positive: x.scale == .logarithmic)
    var ey = Extent(positive: y.scale == .logarithmic)
    var covered = false
    for mark in marks {
      switch mark.shape {
      case .line(let x, let y, _, let dots):
        ex.add(x)
        ey.add(y)
        ey.padded = true
        if dots != .none { ex.padded = true }
      case .points(let x, let y, _), .classes(let x, let y, _, _):
        ex.add(x)
        ey.add(y)
        (ex.padded, ey.padded) = (true, true)
      case .band(let x, let low, let high), .intervals(let x, let low, let high):
        ex.add(x)
        ey.add(low)
        ey.add(high)
        ey.padded = true
        if case .intervals = mark.shape { ex.padded = true }
      case .segments(let segments, _):
        ex.add(segments.flatMap { [$0.x0, $0.x1] })
        ey.add(segments.flatMap { [$0.y0, $0.y1] })
      case .bars(let names, let values):
        ex.add([-0.6, Double(names.count) - 0.4])
        ey.add(values + [0])
        (ey.padded, ey.anchor) = (true, 0)
      case .histogram(let edges, let heights):
        ex.add(edges)
        ey.add(heights + [0])
        (ey.padded, ey.anchor) = (true, 0)
      case .rule(let value, let vertical):
        if vertical { ex.add(value) } else { ey.add(value) }
      case .text(_, let x, let y, _):
        ex.add(x)
        ey.add(y)
      case .regions(let grid), .heat(let grid, _, _, _), .matrix(let grid, _, _, _, _, _):
        ex.add([grid.x.lowerBound, grid.x.upperBound])
        ey.add([grid.y.lowerBound, grid.y.upperBound])
        covered = true
      case .contour(let grid, _, _):
        ex.add([grid.x.lowerBound, grid.x.upperBound])
        ey.add([grid.y.lowerBound, grid.y.upperBound])
      case .image(_, let x, let y):
        ex.add([x.lowerBound, x.upperBound])
        ey.add([y.lowerBound, y.upperBound])
        covered = true
      }
    }
    if covered { (ex.padded, ey.padded) = (false, false) }
    return (ex, ey)
  }
}
