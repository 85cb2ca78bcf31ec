// How a diagram is fitted into its panel and drawn.

extension Diagram.Element {
  /// The rectangle it covers.
  var bounds: Frame {
    switch kind {
    case .node(_, let label, let p, let shape, let r, _, _):
      let half = shape.halfSize(label: label, radius: r)
      return Frame(x: p.x - half.x, y: p.y - half.y, width: 2 * half.x, height: 2 * half.y)
    case .edge: return Frame(x: .nan, y: .nan, width: 0, height: 0)
    case .arrow(let a, let b, _, _, _, _), .line(let a, let b, _, _):
      return Frame(x: min(a.x, b.x), y: min(a.y, b.y), width: abs(a.x - b.x), height: abs(a.y - b.y))
    case .box(_, let frame, _, _), .image(_, let frame): return frame
    case .text(let string, let p, let anchor, _, let isSmall):
      let size = (isSmall ? TextRole.small : .label).size
      let width = textWidth(string, size: size)
      let left = anchor == .start ? p.x : anchor == .end ? p.x - width : p.x - width / 2
      return Frame(x: left, y: p.y - size * 0.6, width: width, height: size * 1.2)
    }
  }

  /// The extent across that shrinks when the diagram is drawn closer together; the rest is text and nodes.
  var anchors: [Double] {
    switch kind {
    case .node(_, _, let p, _, _, _, _), .text(_, let p, _, _, _): [p.x]
    case .edge: []
    case .arrow(let a, let b, _, _, _, _), .line(let a, let b, _, _): [a.x, b.x]
    case .box(_, let frame, _, _), .image(_, let frame): [frame.x, frame.right]
    }
  }
}

extension Diagram.NodeShape {
  func halfSize(label: String, radius: Double) -> Point {
    switch self {
    case .circle: Point(radius, radius)
    case .box: Point(max(22, textWidth(label, size: TextRole.label.size) / 2 + 10), 17)
    case .plain: Point(textWidth(label, size: TextRole.label.size) / 2 + 5, 12)
    }
  }
}

extension Diagram {
  private var bounds: Frame {
    let frames = elements.map(\.bounds).filter { $0.x.isFinite && $0.y.isFinite }
    guard let left = frames.map(\.x).min(), let top = frames.map(\.y).min(),
      let right = frames.map(\.right).max(), let bottom = frames.map(\.bottom).max()
    else { return Frame(x: 0, y: 0, width: 0, height: 0) }
    return Frame(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// How much closer together the places must move so that the diagram is no wider than `width`.
  private func shrinking(to width: Double) -> Double {
    let all = bounds.width
    let xs = elements.flatMap(\.anchors)
    guard all > width, let low = xs.min(), let high = xs.max(), high > low else { return 1 }
    return max(0.1, (width - (all - (high - low))) / (high - low))
  }

  private var titleHeight: Double { title == nil ? 0 : 26 }

  func preferredHeight(width: Double) -> Double {
    bounds.height * shrinking(to: width) + titleHeight + 8
  }

  func draw(in frame: Frame, on canvas: inout Canvas) {
    if let title { canvas.text(title, at: Point(frame.x, frame.y + 13), .heading) }
    let scale = shrinking(to: frame.width)
    let box = bounds
    let xs = elements.flatMap(\.anchors)
    let low = xs.min() ?? 0, high = xs.max() ?? 0
    // What sticks out of the anchors on both sides does not shrink.
    let width = box.width - (high - low) * (1 - scale)
    let left = frame.x + (frame.width - width) / 2 + (low - box.x)
    let top = frame.y + titleHeight + (frame.height - titleHeight - box.height * scale) / 2
    func place(_ p: Point) -> Point { Point(left + (p.x - low) * scale, top + (p.y - box.y) * scale) }
    func place(_ f: Frame) -> Frame {
      let p = place(Point(f.x, f.y))
      return Frame(x: p.x, y: p.y, width: f.width * scale, height: f.height * scale)
    }
    for element in elements { drawEdge(element, place, on: &canvas) }
    for element in elements {
      switch element.kind {
      case .node(_, let label, let p, let shape, let radius, let ink, let isFaded):
        drawNode(label, at: place(p), shape, radius: radius, ink: ink, isFaded: isFaded, on: &canvas)
      case .box(let label, let f, let ink, let cells): drawBox(label, place(f), ink: ink, cells: cells, on: &canvas)
      case .text(let string, let p, let anchor, let ink, let isSmall):
        let role: TextRole = isSmall ? .small : .label
        let q = place(p)
        canvas.text(string, at: Point(q.x, q.y + role.size * 0.35), role, anchor: anchor, ink: ink)
      case .image(let image, let f):
        canvas.image(image, in: place(f))
        // A frame, since many pictures are as white or as black as the page.
        canvas.rect(place(f), "class=\"line stroke-muted\" stroke-opacity=\".6\"")
      case .edge, .arrow, .line: break
      }
    }
  }

  private func drawEdge(_ element: Element, _ place: (Point) -> Point, on canvas: inout Canvas) {
    switch element.kind {
    case .edge(let from, let to, let above, let below, let ink, let width, let head, let dashed):
      let a = node(from), b = node(to)
      let pa = place(a.center), pb = place(b.center)
      let start = outline(pa, a, towards: pb), end = outline(pb, b, towards: pa)
      if head {
        canvas.arrow(from: start, to: end, width: width, ink: ink, dashed: dashed)
      } else {
        canvas.line(
          start, end, "class=\"stroke-\(ink.rawValue)\" stroke-width=\"\(coordinate(width))\"" + (dashed ? dashes : ""))
      }
      // Edges lie apart at the end they do not share; that is where there is room for words.
      let departing = elements.filter { if case .edge(from, _, _, _, _, _, _, _) = $0.kind { true } else { false } }
      let arriving = elements.filter { if case .edge(_, to, _, _, _, _, _, _) = $0.kind { true } else { false } }
      let middle = departing.count > 1 ? 0.6 : arriving.count > 1 ? 0.4 : 0.5
      drawEdgeLabels(above, below, from: start, to: end, at: middle, on: &canvas)
    case .arrow(let a, let b, let above, let below, let ink, let dashed):
      canvas.arrow(from: place(a), to: place(b), ink: ink, dashed: dashed)
      drawEdgeLabels(above, below, from: place(a), to: place(b), at: 0.5, on: &canvas)
    case .line(let a, let b, let ink, let dashed):
      canvas.line(place(a), place(b), "class=\"stroke-\(ink.rawValue)\" stroke-width=\"1.5\"" + (dashed ? dashes : ""))
    default: break
    }
  }

  private typealias Outline = (center: Point, shape: NodeShape, half: Point)

  private func node(_ id: String) -> Outline {
    for case .node(let name, let label, let p, let shape, let r, _, _) in elements.map(\.kind) where name == id {
      return (p, shape, shape.halfSize(label: label, radius: r))
    }
    preconditionFailure("The diagram has an edge to \"\(id)\", but no node of this id.")
  }

  /// Where the line from a node's centre towards `other` leaves the node.
  private func outline(_ p: Point, _ node: Outline, towards other: Point) -> Point {
    let dx = other.x - p.x, dy = other.y - p.y
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return p }
    var reach = node.half.x
    if node.shape != .circle {
      reach = min(
        dx == 0 ? .infinity : node.half.x / abs(dx) * length, dy == 0 ? .infinity : node.half.y / abs(dy) * length)
    }
    reach = min(reach + 1, length)
    return Point(p.x + dx / length * reach, p.y + dy / length * reach)
  }

  /// The value above and the gradient below an edge, just not touching it, at a fraction of its length.
  private func drawEdgeLabels(
    _ above: String, _ below: String, from a: Point, to b: Point, at fraction: Double, on canvas: inout Canvas
  ) {
    let dx = b.x - a.x, dy = b.y - a.y
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return }
    // The normal that points up; for a vertical edge, to the left.
    var nx = dy / length, ny = -dx / length
    if ny > 0 || (ny == 0 && nx > 0) { (nx, ny) = (-nx, -ny) }
    for (text, side, ink) in [(above, 1.0, Ink.blue), (below, -1.0, Ink.vermilion)] where !text.isEmpty {
      let reach = (abs(nx) * textWidth(text, size: 13) + abs(ny) * 13) / 2 + 4
      let x = a.x + fraction * dx + side * nx * reach, y = a.y + fraction * dy + side * ny * reach
      canvas.text(text, at: Point(x, y + 4.5), .small, anchor: .middle, ink: ink, halo: true)
    }
  }

  private func drawNode(
    _ label: String, at p: Point, _ shape: NodeShape, radius: Double, ink: Ink, isFaded: Bool, on canvas: inout Canvas
  ) {
    let half = shape.halfSize(label: label, radius: radius)
    let style =
      "class=\"fill-page stroke-\(isFaded ? "muted" : ink.rawValue)\" stroke-width=\"\(isFaded ? "1" : "1.75")\""
      + (isFaded ? " stroke-dasharray=\"3 3\"" : "")
    switch shape {
    case .circle: canvas.circle(p, radius: half.x, style)
    case .box:
      canvas.rect(
        Frame(x: p.x - half.x, y: p.y - half.y, width: 2 * half.x, height: 2 * half.y), style + " rx=\"6\"")
    case .plain: break
    }
    canvas.text(
      label, at: Point(p.x, p.y + 5), .label, anchor: .middle, ink: isFaded ? .muted : ink == .text ? .text : ink)
  }

  private func drawBox(
    _ label: String, _ f: Frame, ink: Ink, cells: (rows: Int, columns: Int)?, on canvas: inout Canvas
  ) {
    canvas.rect(
      f, "class=\"fill-\(ink.rawValue) stroke-\(ink.rawValue)\" fill-opacity=\".2\" stroke-width=\"1.5\"")
    if let cells {
      var d = ""
      for i in 1..<max(1, cells.rows) {
        d += "M\(pair(Point(f.x, f.y + f.height * Double(i) / Double(cells.rows))))H\(coordinate(f.right))"
      }
      for i in 1..<max(1, cells.columns) {
        d += "M\(pair(Point(f.x + f.width * Double(i) / Double(cells.columns), f.y)))V\(coordinate(f.bottom))"
      }
      canvas.path(d, "class=\"line stroke-\(ink.rawValue)\" stroke-opacity=\".35\"")
    }
    canvas.text(
      label, at: Point(f.x + f.width / 2, f.y + f.height / 2 + 5), .label, anchor: .middle, halo: cells != nil)
  }
}
