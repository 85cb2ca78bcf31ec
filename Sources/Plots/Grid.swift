/// Values over a rectangle of the plane, sampled at the centres of equal cells.
///
/// ```swift
/// let loss = Grid(x: -3...3, y: -2...2) { x, y in x * x + 4 * y * y }
/// Chart(x: "w₁", y: "w₂", .heat(loss), .contour(loss, levels: [1, 4, 9]))
/// ```
///
/// A model that takes all points at once is asked at `points`, and its answers are handed to `init(x:y:columns:rows:values:)`
/// in the same order.
public struct Grid: Sendable {
  /// The rectangle's extent along x.
  public var x: ClosedRange<Double>
  /// The rectangle's extent along y.
  public var y: ClosedRange<Double>
  /// How many cells stand side by side.
  public var columns: Int
  /// How many cells stand above each other.
  public var rows: Int
  /// The values, row by row, beginning at the least x of the least y.
  public var values: [Double]

  /// A grid of values that are known.
  ///
  /// - Parameter values: `rows`·`columns` values, in the order of `points`.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int, values: [Double]) {
    precondition(
      values.count == rows * columns,
      "A grid of \(rows) rows and \(columns) columns has \(rows * columns) values, not \(values.count).")
    self.x = x
    self.y = y
    self.columns = columns
    self.rows = rows
    self.values = values
  }

  /// A grid of the values of a function of x and y.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 80, rows: Int = 80,
    _ value: (_ x: Double, _ y: Double) throws -> Double
  ) rethrows {
    self.init(
      x: x, y: y, columns: columns, rows: rows,
      values: try Grid.points(x: x, y: y, columns: columns, rows: rows).map { try value($0.x, $0.y) })
  }

  /// The centres of the cells, in the order of a grid's values.
  public static func points(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 80, rows: Int = 80
  ) -> [(x: Double, y: Double)] {
    let width = (x.upperBound - x.lowerBound) / Double(columns)
    let height = (y.upperBound - y.lowerBound) / Double(rows)
    var points: [(x: Double, y: Double)] = []
    points.reserveCapacity(rows * columns)
    for row in 0..<rows {
      let py = y.lowerBound + (Double(row) + 0.5) * height
      for column in 0..<columns { points.append((x.lowerBound + (Double(column) + 0.5) * width, py)) }
    }
    return points
  }

  /// The value of the cell in `row`, counted from the least y, and `column`, counted from the least x.
  public subscript(row: Int, column: Int) -> Double { values[row * columns + column] }

  /// The least and greatest finite values; 0...1 when there is none.
  var valueRange: ClosedRange<Double> {
    var extent = Extent()
    extent.add(values)
    guard let low = extent.low, let high = extent.high else { return 0...1 }
    return low...high
  }

  /// The left edge of `column`, which may be the one after the last.
  func edge(x column: Int) -> Double {
    x.lowerBound + (x.upperBound - x.lowerBound) * Double(column) / Double(columns)
  }

  /// The lower edge of `row`, which may be the one after the last.
  func edge(y row: Int) -> Double {
    y.lowerBound + (y.upperBound - y.lowerBound) * Double(row) / Double(rows)
  }
}
