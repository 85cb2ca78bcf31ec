/// One layer of a chart: a line, points, bars, a decision surface …
///
/// Marks are drawn in the order given, the first at the back. A mark without an `ink` takes the next colour of the
/// series; a mark with a `label` is named at its end or in a legend. Values that are not finite are left out: a line
/// has a gap there.
public struct Mark: Sendable {
  enum Shape: Sendable {
    case line(x: [Double], y: [Double], dashed: Bool, dots: Dots)
    case points(x: [Double], y: [Double], marker: Marker?)
    case classes(x: [Double], y: [Double], classes: [Int], names: [String])
    case band(x: [Double], low: [Double], high: [Double])
    case intervals(x: [Double], low: [Double], high: [Double])
    case segments([Segment], heads: Bool)
    case bars(names: [String], values: [Double])
    case histogram(edges: [Double], heights: [Double])
    case rule(Double, vertical: Bool)
    case text(String, x: Double, y: Double, anchor: TextAnchor)
    case regions(Grid)
    case heat(Grid, scale: ColorScale, range: ClosedRange<Double>, bar: String?)
    case matrix(
      Grid, scale: ColorScale, range: ClosedRange<Double>, rowNames: [String], columnNames: [String], digits: Int?)
    case contour(Grid, levels: [Double], dashed: Bool)
    case image(PixelImage, x: ClosedRange<Double>, y: ClosedRange<Double>)
  }

  /// Which points of a line are marked.
  enum Dots: Sendable { case none, each, path }

  struct Segment: Sendable {
    var x0: Double, y0: Double, x1: Double, y1: Double
  }

  var shape: Shape
  var label: String?
  var ink: Ink?

  // MARK: Curves and points

  /// A line through the points (x, y).
  ///
  /// - Parameters:
  ///   - label: the series' name.
  ///   - ink: its colour; nil takes the next of the series.
  ///   - dashed: for what is expected, or is not the subject.
  ///   - dots: whether each point is marked: few measurements rather than a curve.
  public static func line(
    _ x: [Double], _ y: [Double], label: String? = nil, ink: Ink? = nil, dashed: Bool = false, dots: Bool = false
  ) -> Mark {
    checkCounts("line", x.count, y.count)
    return Mark(shape: .line(x: x, y: y, dashed: dashed, dots: dots ? .each : .none), label: label, ink: ink)
  }

  /// A line through values at x = 0, 1, 2 …: one per step or epoch.
  public static func line(
    _ y: [Double], label: String? = nil, ink: Ink? = nil, dashed: Bool = false, dots: Bool = false
  ) -> Mark {
    line(y.indices.map(Double.init), y, label: label, ink: ink, dashed: dashed, dots: dots)
  }

  /// The graph of a function, sampled at equal steps over `range`, ends included.
  public static func function(
    _ label: String? = nil, over range: ClosedRange<Double>, samples: Int = 241, ink: Ink? = nil, dashed: Bool = false,
    _ f: (Double) throws -> Double
  ) rethrows -> Mark {
    let steps = Double(max(2, samples) - 1)
    let x = (0..<max(2, samples)).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / steps }
    return line(x, try x.map(f), label: label, ink: ink, dashed: dashed)
  }

  /// The path of an optimiser: a line with a dot at each step, from a ring at its start to a disc at its end.
  public static func path(_ x: [Double], _ y: [Double], label: String? = nil, ink: Ink? = nil) -> Mark {
    checkCounts("path", x.count, y.count)
    return Mark(shape: .line(x: x, y: y, dashed: false, dots: .path), label: label, ink: ink)
  }

  /// Points, all of one kind.
  public static func points(
    _ x: [Double], _ y: [Double], label: String? = nil, ink: Ink? = nil, marker: Marker? = nil
  ) -> Mark {
    checkCounts("points", x.count, y.count)
    return Mark(shape: .points(x: x, y: y, marker: marker), label: label, ink: ink)
  }

  /// Points of several classes; each class has its colour and its shape, the same as in `regions(_:)`.
  ///
  /// - Parameters:
  ///   - classes: the class of each point, counted from 0.
  ///   - names: the classes' names, for the legend.
  public static func points(_ x: [Double], _ y: [Double], classes: [Int], names: [String] = []) -> Mark {
    checkCounts("points", x.count, y.count)
    precondition(classes.count == x.count, "\(x.count) points need \(x.count) classes, not \(classes.count).")
    return Mark(shape: .classes(x: x, y: y, classes: classes, names: names), label: nil, ink: .text)
  }

  // MARK: Spread and distribution

  /// A filled band from `low` to `high`: a spread around a line.
  public static func band(
    _ x: [Double], low: [Double], high: [Double], label: String? = nil, ink: Ink? = nil
  ) -> Mark {
    checkCounts("band", x.count, low.count)
    checkCounts("band", x.count, high.count)
    return Mark(shape: .band(x: x, low: low, high: high), label: label, ink: ink)
  }

  /// A vertical stroke at each x from `low` to `high`: a spread at each layer.
  public static func intervals(
    _ x: [Double], low: [Double], high: [Double], label: String? = nil, ink: Ink? = nil
  ) -> Mark {
    checkCounts("intervals", x.count, low.count)
    checkCounts("intervals", x.count, high.count)
    return Mark(shape: .intervals(x: x, low: low, high: high), label: label, ink: ink)
  }

  /// A bar for each name. Several marks of bars stand side by side.
  public static func bars(_ names: [String], _ values: [Double], label: String? = nil, ink: Ink? = nil) -> Mark {
    precondition(names.count == values.count, "\(values.count) bars need as many names, not \(names.count).")
    return Mark(shape: .bars(names: names, values: values), label: label, ink: ink)
  }

  /// How often values fall into equal bins; the last bin includes its upper edge.
  ///
  /// - Parameters:
  ///   - range: what the bins divide; nil is from the least value to the greatest. What lies outside is not counted.
  ///   - density: whether heights are divided by count and bin width, so that the area is 1.
  public static func histogram(
    _ values: [Double], bins: Int = 30, range: ClosedRange<Double>? = nil, density: Bool = false, label: String? = nil,
    ink: Ink? = nil
  ) -> Mark {
    let (edges, counts) = histogramCounts(values, bins: bins, range: range)
    let total = Double(counts.reduce(0, +))
    let heights = counts.indices.map { i in
      density && total > 0 ? Double(counts[i]) / total / (edges[i + 1] - edges[i]) : Double(counts[i])
    }
    return Mark(shape: .histogram(edges: edges, heights: heights), label: label, ink: ink)
  }

  // MARK: Surfaces

  /// Which class a model chooses where: a tint for each, in the colours of `points(_:_:classes:names:)`.
  ///
  /// - Parameter grid: the classes, counted from 0, as numbers; they are rounded.
  public static func regions(_ grid: Grid) -> Mark { Mark(shape: .regions(grid), label: nil, ink: .text) }

  /// Values over the plane as colours, with a colour bar beside the plot.
  ///
  /// - Parameters:
  ///   - range: the values of the least and the full colour; nil takes those of the grid.
  ///   - bar: the title of the colour bar, or nil for none.
  public static func heat(
    _ grid: Grid, scale: ColorScale = .sequential(.muted), range: ClosedRange<Double>? = nil, bar: String? = ""
  ) -> Mark {
    Mark(shape: .heat(grid, scale: scale, range: range ?? grid.valueRange, bar: bar), label: nil, ink: .text)
  }

  /// A matrix as cells, its first row on top: a confusion matrix, weights, attention.
  ///
  /// - Parameters:
  ///   - rows: the rows, of the same length each.
  ///   - range: the values of the least and the full colour; nil takes those of the matrix.
  ///   - digits: the significant digits of the values in the cells, or nil to leave the values out.
  public static func matrix(
    _ rows: [[Double]], rowNames: [String] = [], columnNames: [String] = [], scale: ColorScale = .sequential(.blue),
    range: ClosedRange<Double>? = nil, digits: Int? = 3
  ) -> Mark {
    let columns = rows.first?.count ?? 0
    precondition(
      rows.allSatisfy { $0.count == columns }, "The rows of a matrix are of one length, not \(rows.map(\.count)).")
    let grid = Grid(
      x: -0.5...Double(max(1, columns)) - 0.5, y: -0.5...Double(max(1, rows.count)) - 0.5, columns: columns,
      rows: columns == 0 ? 0 : rows.count, values: rows.flatMap { $0 })
    return Mark(
      shape: .matrix(
        grid, scale: scale, range: range ?? grid.valueRange, rowNames: rowNames, columnNames: columnNames,
        digits: digits), label: nil, ink: .text)
  }

  /// The curves along which a grid's function has the given values.
  public static func contour(
    _ grid: Grid, levels: [Double], label: String? = nil, ink: Ink = .text, dashed: Bool = false
  ) -> Mark {
    Mark(shape: .contour(grid, levels: levels, dashed: dashed), label: label, ink: ink)
  }

  /// A small image stretched over a rectangle of the plane, its pixels kept square-edged.
  public static func image(_ image: PixelImage, x: ClosedRange<Double>, y: ClosedRange<Double>) -> Mark {
    Mark(shape: .image(image, x: x, y: y), label: nil, ink: .text)
  }

  // MARK: Notes

  /// Straight arrows: gradients at points.
  public static func arrows(
    from tails: [(Double, Double)], to tips: [(Double, Double)], label: String? = nil, ink: Ink = .text
  ) -> Mark {
    segments(from: tails, to: tips, label: label, ink: ink, heads: true)
  }

  /// Straight segments: the residuals of a fit.
  public static func segments(
    from tails: [(Double, Double)], to tips: [(Double, Double)], label: String? = nil, ink: Ink = .muted
  ) -> Mark {
    segments(from: tails, to: tips, label: label, ink: ink, heads: false)
  }

  private static func segments(
    from tails: [(Double, Double)], to tips: [(Double, Double)], label: String?, ink: Ink, heads: Bool
  ) -> Mark {
    precondition(tails.count == tips.count, "\(tails.count) segments begin and \(tips.count) end.")
    let segments = zip(tails, tips).map { Segment(x0: $0.0, y0: $0.1, x1: $1.0, y1: $1.1) }
    return Mark(shape: .segments(segments, heads: heads), label: label, ink: ink)
  }

  /// A dashed line across the plot at a value of y, with its name above its right end.
  public static func horizontal(_ y: Double, label: String? = nil, ink: Ink = .muted) -> Mark {
    Mark(shape: .rule(y, vertical: false), label: label, ink: ink)
  }

  /// A dashed line up the plot at a value of x, with its name beside its top.
  public static func vertical(_ x: Double, label: String? = nil, ink: Ink = .muted) -> Mark {
    Mark(shape: .rule(x, vertical: true), label: label, ink: ink)
  }

  /// Words in the plot.
  public static func text(_ string: String, at place: (Double, Double), anchor: TextAnchor = .start, ink: Ink = .text)
    -> Mark
  {
    Mark(shape: .text(string, x: place.0, y: place.1, anchor: anchor), label: nil, ink: ink)
  }

  private static func checkCounts(_ kind: String, _ x: Int, _ y: Int) {
    precondition(x == y, "A mark of kind \(kind) needs as many y as x: there are \(x) x and \(y) y.")
  }
}

/// The edges of equal bins and how many of `values` fall into each.
func histogramCounts(_ values: [Double], bins: Int, range: ClosedRange<Double>?) -> (edges: [Double], counts: [Int]) {
  let bins = max(1, bins)
  var extent = Extent()
  extent.add(values)
  var low = range?.lowerBound ?? extent.low ?? 0
  var high = range?.upperBound ?? extent.high ?? 1
  if high <= low { (low, high) = (low - 0.5, low + 0.5) }
  var counts = [Int](repeating: 0, count: bins)
  for value in values where value >= low && value <= high {
    counts[min(bins - 1, Int((value - low) / (high - low) * Double(bins)))] += 1
  }
  return ((0...bins).map { low + (high - low) * Double($0) / Double(bins) }, counts)
}
