// The text of an SVG document, element by element.

/// A rectangle in pixels; y grows downwards.
struct Frame: Equatable, Sendable {
  var x: Double, y: Double, width: Double, height: Double
  var right: Double { x + width }
  var bottom: Double { y + height }
}

/// A place in pixels.
struct Point: Equatable, Sendable {
  var x: Double, y: Double
  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
  init(_ pair: (Double, Double)) { self.init(pair.0, pair.1) }
}

/// Which part of a text lies at its place.
public enum TextAnchor: String, Sendable {
  /// Its left end.
  case start
  /// Its middle.
  case middle
  /// Its right end.
  case end
}

/// What text is for, and hence its size.
enum TextRole: String {
  /// Figure titles.
  case title
  /// Axis labels, annotations.
  case label
  /// Chart titles.
  case heading
  /// Numbers along axes, and other small print.
  case small

  var size: Double {
    switch self {
    case .title: 17
    case .heading, .label: 14
    case .small: 13
    }
  }
}

/// Collects the elements of a drawing, one a line.
struct Canvas {
  private(set) var body = ""

  mutating func element(_ text: String) { body += text + "\n" }

  mutating func rect(_ frame: Frame, _ attributes: String) {
    element(
      "<rect x=\"\(coordinate(frame.x))\" y=\"\(coordinate(frame.y))\" width=\"\(coordinate(max(0, frame.width)))\""
        + " height=\"\(coordinate(max(0, frame.height)))\" \(attributes)/>")
  }

  mutating func line(_ a: Point, _ b: Point, _ attributes: String) {
    element(
      "<line x1=\"\(coordinate(a.x))\" y1=\"\(coordinate(a.y))\" x2=\"\(coordinate(b.x))\" y2=\"\(coordinate(b.y))\""
        + " \(attributes)/>")
  }

  mutating func circle(_ center: Point, radius: Double, _ attributes: String) {
    element(
      "<circle cx=\"\(coordinate(center.x))\" cy=\"\(coordinate(center.y))\" r=\"\(coordinate(radius))\""
        + " \(attributes)/>")
  }

  mutating func path(_ d: String, _ attributes: String) {
    if !d.isEmpty { element("<path d=\"\(d)\" \(attributes)/>") }
  }

  /// Text whose baseline begins, is centred or ends at `place`.
  ///
  /// - Parameter halo: whether the page shines through around the letters, for text over lines.
  mutating func text(
    _ string: String, at place: Point, _ role: TextRole, anchor: TextAnchor = .start, ink: Ink = .text,
    halo: Bool = false
  ) {
    guard !string.isEmpty else { return }
    let classes = "\(role.rawValue) fill-\(ink.rawValue)" + (halo ? " halo" : "")
    let anchoring = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    element(
      "<text x=\"\(coordinate(place.x))\" y=\"\(coordinate(place.y))\" class=\"\(classes)\"\(anchoring)>"
        + "\(escaped(string))</text>")
  }

  /// Draws with everything outside `frame` cut off, `margin` pixels away from it.
  mutating func clipped(to frame: Frame, margin: Double = 0, _ draw: (inout Canvas) -> Void) {
    var inner = Canvas()
    draw(&inner)
    guard !inner.body.isEmpty else { return }
    let box = [frame.x - margin, frame.y - margin, frame.width + 2 * margin, frame.height + 2 * margin].map(coordinate)
    element(
      "<svg x=\"\(box[0])\" y=\"\(box[1])\" width=\"\(box[2])\" height=\"\(box[3])\""
        + " viewBox=\"\(box.joined(separator: " "))\">")
    body += inner.body
    element("</svg>")
  }

  /// An arrowhead with its point at `tip`, coming from `tail`.
  mutating func arrowhead(from tail: Point, to tip: Point, size: Double, ink: Ink) {
    let dx = tip.x - tail.x, dy = tip.y - tail.y
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0.01 else { return }
    let ux = dx / length * size, uy = dy / length * size
    let left = Point(tip.x - ux - uy * 0.42, tip.y - uy + ux * 0.42)
    let right = Point(tip.x - ux + uy * 0.42, tip.y - uy - ux * 0.42)
    path("M\(pair(tip))L\(pair(left))L\(pair(right))Z", "class=\"fill-\(ink.rawValue)\"")
  }

  /// A straight arrow; its shaft ends inside the head.
  mutating func arrow(
    from tail: Point, to tip: Point, width: Double = 1.5, head: Double = 8, ink: Ink, dashed: Bool = false
  ) {
    let dx = tip.x - tail.x, dy = tip.y - tail.y
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0.01 else { return }
    let head = min(head, length)
    let neck = Point(tip.x - dx / length * head * 0.8, tip.y - dy / length * head * 0.8)
    line(tail, neck, "class=\"stroke-\(ink.rawValue)\" stroke-width=\"\(coordinate(width))\"" + (dashed ? dashes : ""))
    arrowhead(from: tail, to: tip, size: head, ink: ink)
  }

  /// One point of a scatter plot.
  mutating func marker(_ marker: Marker, at p: Point, radius r: Double, ink: Ink) {
    let filled = "class=\"fill-\(ink.rawValue) edge\""
    switch marker {
    case .circle: circle(p, radius: r, filled)
    case .square: rect(Frame(x: p.x - r * 0.88, y: p.y - r * 0.88, width: r * 1.76, height: r * 1.76), filled)
    case .triangle: polygon([(0, -1.2), (1.1, 0.8), (-1.1, 0.8)], at: p, r, filled)
    case .invertedTriangle: polygon([(0, 1.2), (1.1, -0.8), (-1.1, -0.8)], at: p, r, filled)
    case .diamond: polygon([(0, -1.25), (1.15, 0), (0, 1.25), (-1.15, 0)], at: p, r, filled)
    case .cross, .plus:
      // The second arm is the first, turned by a right angle.
      let (dx, dy) = marker == .cross ? (r * 0.8, r * 0.8) : (r, 0)
      let arms =
        "M\(pair(Point(p.x - dx, p.y - dy)))L\(pair(Point(p.x + dx, p.y + dy)))"
        + "M\(pair(Point(p.x + dy, p.y - dx)))L\(pair(Point(p.x - dy, p.y + dx)))"
      path(arms, "class=\"stroke-\(ink.rawValue)\" stroke-width=\"2\"")
    }
  }

  private mutating func polygon(_ corners: [(Double, Double)], at p: Point, _ r: Double, _ attributes: String) {
    let points = corners.map { pair(Point(p.x + $0.0 * r, p.y + $0.1 * r)) }
    path("M" + points.joined(separator: "L") + "Z", attributes)
  }
}

let dashes = " stroke-dasharray=\"6 4\""

/// "x y", as paths want it.
func pair(_ p: Point) -> String { coordinate(p.x) + " " + coordinate(p.y) }

/// `text` as it may stand between tags and in attributes. Characters that XML 1.0 forbids are left out.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\n", "\t": result += " "
    case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// About how wide `text` is in a sans-serif face of `size` pixels; rather too wide than too narrow.
func textWidth(_ text: String, size: Double) -> Double {
  var em = 0.0
  for character in text {
    switch character {
    case "i", "j", "l", "I", "|", "'", ".", ",", ":", ";", "!", "·": em += 0.3
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-": em += 0.36
    case "m", "w", "M", "W", "@", "%", "∑", "—", "→", "←", "⟶": em += 0.9
    case "A"..."Z", "=", "+", "−", "×", "≤", "≥", "≈", "<", ">": em += 0.68
    case "⁰"..."⁹", "¹", "²", "³", "₀"..."₉", "⁻", "⁽", "⁾", "ᵀ", "ⁿ", "ᵢ", "ⱼ": em += 0.4
    case _ where character.unicodeScalars.first!.value >= 0x2E80: em += 1.1
    default: em += 0.57
    }
  }
  return em * size
}

/// `text` broken at spaces into lines no wider than `width`.
func wrapped(_ text: String, width: Double, size: Double) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, textWidth(last + " " + word, size: size) <= width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
