/// A curve of a contour, as points of the plane; closed when it returns to its beginning.
struct ContourLine: Equatable, Sendable {
  var points: [Point]
  var isClosed: Bool
}

extension Grid {
  /// The curves along which the sampled function equals `level`, by marching squares.
  ///
  /// Between neighbouring samples the function is taken as linear; half a cell towards the rectangle's edge it is
  /// continued. Squares with a value that is not finite are left out.
  func contour(at level: Double) -> [ContourLine] {
    guard columns > 0, rows > 0 else { return [] }
    let nodes = ContourNodes(self)
    var crossings = [Point?](repeating: nil, count: nodes.edgeCount)
    var neighbours = [[Int]](repeating: [], count: nodes.edgeCount)

    func cross(_ edge: Int, _ a: (Int, Int), _ b: (Int, Int)) -> Int? {
      let va = nodes[a.0, a.1], vb = nodes[b.0, b.1]
      guard (va >= level) != (vb >= level) else { return nil }
      let t = (level - va) / (vb - va)
      crossings[edge] = Point(
        nodes.x[a.1] + t * (nodes.x[b.1] - nodes.x[a.1]), nodes.y[a.0] + t * (nodes.y[b.0] - nodes.y[a.0]))
      return edge
    }
    func join(_ a: Int, _ b: Int) {
      neighbours[a].append(b)
      neighbours[b].append(a)
    }

    for j in 0..<nodes.y.count - 1 {
      for i in 0..<nodes.x.count - 1 {
        let corners = [nodes[j, i], nodes[j, i + 1], nodes[j + 1, i + 1], nodes[j + 1, i]]
        guard corners.allSatisfy(\.isFinite) else { continue }
        let bottom = cross(nodes.horizontal(j, i), (j, i), (j, i + 1))
        let right = cross(nodes.vertical(j, i + 1), (j, i + 1), (j + 1, i + 1))
        let top = cross(nodes.horizontal(j + 1, i), (j + 1, i), (j + 1, i + 1))
        let left = cross(nodes.vertical(j, i), (j, i), (j + 1, i))
        let crossed = [bottom, right, top, left].compactMap { $0 }
        if crossed.count == 2 { join(crossed[0], crossed[1]) }
        if crossed.count == 4 {
          // A saddle: the mean at the middle says which opposite corners belong together.
          let middleIsHigh = (corners[0] + corners[1] + corners[2] + corners[3]) / 4 >= level
          if middleIsHigh == (corners[0] >= level) {
            join(crossed[0], crossed[1])
            join(crossed[2], crossed[3])
          } else {
            join(crossed[0], crossed[3])
            join(crossed[1], crossed[2])
          }
        }
      }
    }
    return strung(crossings, neighbours)
  }

  /// Strings the crossings into curves: first those with ends, then the closed ones.
  private func strung(_ crossings: [Point?], _ neighbours: [[Int]]) -> [ContourLine] {
    var seen = [Bool](repeating: false, count: crossings.count)
    func follow(_ start: Int) -> [Point] {
      var points: [Point] = []
      var next: Int? = start
      while let edge = next {
        seen[edge] = true
        points.append(crossings[edge]!)
        next = neighbours[edge].first { !seen[$0] }
      }
      return points
    }
    var lines: [ContourLine] = []
    for edge in neighbours.indices where neighbours[edge].count == 1 && !seen[edge] {
      lines.append(ContourLine(points: follow(edge), isClosed: false))
    }
    for edge in neighbours.indices where neighbours[edge].count == 2 && !seen[edge] {
      lines.append(ContourLine(points: follow(edge), isClosed: true))
    }
    return lines
  }
}

/// The samples of a grid with a border at the rectangle's edge, where the function is continued linearly.
private struct ContourNodes {
  var x: [Double], y: [Double], values: [Double]

  init(_ grid: Grid) {
    x = [grid.x.lowerBound]
    x += (0..<grid.columns).map { (grid.edge(x: $0) + grid.edge(x: $0 + 1)) / 2 }
    x.append(grid.x.upperBound)
    y = [grid.y.lowerBound]
    y += (0..<grid.rows).map { (grid.edge(y: $0) + grid.edge(y: $0 + 1)) / 2 }
    y.append(grid.y.upperBound)
    func extended(_ v: [Double]) -> [Double] {
      let n = v.count
      guard n > 1 else { return [v[0], v[0], v[0]] }
      return [v[0] + (v[0] - v[1]) / 2] + v + [v[n - 1] + (v[n - 1] - v[n - 2]) / 2]
    }
    let wide = (0..<grid.rows).map { row in extended((0..<grid.columns).map { grid[row, $0] }) }
    let tall = (0..<x.count).map { i in extended(wide.map { $0[i] }) }
    values = (0..<y.count).flatMap { j in tall.map { $0[j] } }
  }

  subscript(row: Int, column: Int) -> Double { values[row * x.count + column] }
  var edgeCount: Int { 2 * x.count * y.count }
  /// The number of the edge from node (j, i) to the right.
  func horizontal(_ j: Int, _ i: Int) -> Int { j * x.count + i }
  /// The number of the edge from node (j, i) upwards.
  func vertical(_ j: Int, _ i: Int) -> Int { (y.count + j) * x.count + i }
}
