/// Boxes, nodes and arrows at free places.
///
/// Places are in pixels, x to the right and y down, from any origin: the diagram is centred in its panel, and drawn
/// closer together where it is wider than that. Ready-made kinds are `computation(_:)`, `shapes(_:)`,
/// `network(_:names:nodeLabels:weights:dropped:)`, `chain(_:)` and `images(_:captions:columns:size:)`.
///
/// ```swift
/// Diagram(
///   .node("x", at: (0, 0), shape: .box), .node("σ", at: (120, 0)), .edge("x", "σ", above: "0.5", below: "−0.2"))
/// ```
public struct Diagram: Sendable {
  /// The outline of a node.
  public enum NodeShape: Sendable {
    /// A circle: an operation, a unit.
    case circle
    /// A rounded box: an input, a stage.
    case box
    /// No outline, only the words.
    case plain
  }

  /// One part of a diagram.
  public struct Element: Sendable {
    enum Kind: Sendable {
      case node(id: String, label: String, at: Point, shape: NodeShape, radius: Double, ink: Ink, isFaded: Bool)
      case edge(
        from: String, to: String, above: String, below: String, ink: Ink, width: Double, head: Bool, dashed: Bool)
      case arrow(from: Point, to: Point, above: String, below: String, ink: Ink, dashed: Bool)
      case line(from: Point, to: Point, ink: Ink, dashed: Bool)
      case box(label: String, frame: Frame, ink: Ink, cells: (rows: Int, columns: Int)?)
      case text(String, at: Point, anchor: TextAnchor, ink: Ink, isSmall: Bool)
      case image(PixelImage, frame: Frame)
    }
    var kind: Kind

    /// A node with its label inside.
    ///
    /// - Parameters:
    ///   - label: what is written in it.
    ///   - id: how edges call it; nil: by its label.
    ///   - place: its centre.
    ///   - radius: of circles; a label that is wider makes it larger.
    ///   - faded: whether it is drawn as absent: a unit that is dropped.
    public static func node(
      _ label: String, id: String? = nil, at place: (Double, Double), shape: NodeShape = .circle, radius: Double = 19,
      ink: Ink = .text, faded: Bool = false
    ) -> Element {
      let wide = textWidth(label, size: TextRole.label.size) / 2 + 6
      return Element(
        kind: .node(
          id: id ?? label, label: label, at: Point(place), shape: shape, radius: max(radius, wide), ink: ink,
          isFaded: faded))
    }

    /// An arrow from one node's outline to another's.
    ///
    /// - Parameters:
    ///   - above: written over it in blue: the value that goes forward.
    ///   - below: written under it in vermilion: the gradient that comes back.
    public static func edge(
      _ from: String, _ to: String, above: String = "", below: String = "", ink: Ink = .muted, width: Double = 1.5,
      head: Bool = true, dashed: Bool = false
    ) -> Element {
      Element(
        kind: .edge(from: from, to: to, above: above, below: below, ink: ink, width: width, head: head, dashed: dashed))
    }

    /// An arrow between two places.
    public static func arrow(
      from tail: (Double, Double), to tip: (Double, Double), above: String = "", below: String = "", ink: Ink = .muted,
      dashed: Bool = false
    ) -> Element {
      Element(kind: .arrow(from: Point(tail), to: Point(tip), above: above, below: below, ink: ink, dashed: dashed))
    }

    /// A line between two places.
    public static func line(
      from start: (Double, Double), to end: (Double, Double), ink: Ink = .muted, dashed: Bool = false
    ) -> Element {
      Element(kind: .line(from: Point(start), to: Point(end), ink: ink, dashed: dashed))
    }

    /// A tinted rectangle with its label in the middle.
    ///
    /// - Parameters:
    ///   - place: its top left corner.
    ///   - cells: the rows and columns it is ruled into, if any.
    public static func box(
      _ label: String, at place: (Double, Double), width: Double, height: Double, ink: Ink = .blue,
      cells: (rows: Int, columns: Int)? = nil
    ) -> Element {
      Element(
        kind: .box(
          label: label, frame: Frame(x: place.0, y: place.1, width: width, height: height), ink: ink, cells: cells))
    }

    /// Words; `place` is at the middle of their height.
    public static func text(
      _ string: String, at place: (Double, Double), anchor: TextAnchor = .middle, ink: Ink = .text, small: Bool = false
    ) -> Element {
      Element(kind: .text(string, at: Point(place), anchor: anchor, ink: ink, isSmall: small))
    }

    /// A small image; `place` is its top left corner.
    public static func image(
      _ image: PixelImage, at place: (Double, Double), width: Double, height: Double
    ) -> Element {
      Element(kind: .image(image, frame: Frame(x: place.0, y: place.1, width: width, height: height)))
    }
  }

  /// A few words above the diagram, where a figure has several.
  public var title: String?
  /// The parts, the first at the back; nodes are always above edges.
  public var elements: [Element]

  /// A diagram of parts.
  public init(title: String? = nil, elements: [Element]) {
    self.title = title
    self.elements = elements
  }

  /// A diagram of parts, one after the other.
  public init(title: String? = nil, _ elements: Element...) {
    self.init(title: title, elements: elements)
  }

  /// The same diagram with a title, for figures of several.
  public func titled(_ title: String) -> Diagram { Diagram(title: title, elements: elements) }
}
