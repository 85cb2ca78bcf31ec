// Shapes in proportion, networks, chains, and sheets of images.

extension Diagram {
  /// One term of an equation between matrices.
  public struct Term: Sendable {
    var name: String
    var rows: Int, columns: Int
    var rowLabel: String, columnLabel: String
    var ink: Ink?

    /// A matrix, drawn in proportion.
    ///
    /// - Parameters:
    ///   - name: written in the box: "W".
    ///   - rows: the number of rows.
    ///   - columns: the number of columns.
    ///   - rowLabel: written at the left; nil writes the number.
    ///   - columnLabel: written above; nil writes the number.
    ///   - ink: nil takes the next of the series.
    public static func matrix(
      _ name: String, _ rows: Int, _ columns: Int, rowLabel: String? = nil, columnLabel: String? = nil, ink: Ink? = nil
    ) -> Term {
      Term(
        name: name, rows: rows, columns: columns, rowLabel: rowLabel ?? String(rows),
        columnLabel: columnLabel ?? String(columns), ink: ink)
    }

    /// What stands between matrices: "·", "+", "=".
    public static func symbol(_ symbol: String) -> Term {
      Term(name: symbol, rows: 0, columns: 0, rowLabel: "", columnLabel: "", ink: .text)
    }
  }

  /// The shapes of an equation between matrices as boxes in proportion to their rows and columns.
  ///
  /// ```swift
  /// Diagram.shapes(
  ///   .matrix("W", 4, 3), .symbol("·"), .matrix("X", 3, 8), .symbol("+"), .matrix("b", 4, 1), .symbol("="),
  ///   .matrix("Z", 4, 8))
  /// ```
  ///
  /// One scale holds for all; a side that would be thinner than 14 pixels is drawn 14 wide.
  public static func shapes(_ terms: Term...) -> Diagram { shapes(terms) }

  /// The shapes of an equation between matrices, from an array of its terms.
  public static func shapes(_ terms: [Term]) -> Diagram {
    let matrices = terms.filter { $0.rows > 0 }
    let chrome = Double(terms.count - matrices.count) * 34 + Double(matrices.count) * 30
    let wide = max(1, matrices.map(\.columns).reduce(0, +)), tall = max(1, matrices.map(\.rows).max() ?? 1)
    let scale = min((600 - chrome) / Double(wide), 170 / Double(tall), 36)
    func side(_ n: Int) -> Double { max(14, Double(n) * scale) }
    var elements: [Element] = []
    var x = 0.0
    var series = 0
    for term in terms {
      guard term.rows > 0 else {
        elements.append(.text(term.name, at: (x + 13, 0)))
        x += 28
        continue
      }
      let ink = term.ink ?? .series(series)
      series += 1
      x += textWidth(term.rowLabel, size: TextRole.small.size) + 10
      let width = side(term.columns), height = side(term.rows)
      let cells = scale >= 12 ? (rows: term.rows, columns: term.columns) : nil
      let nameFits = textWidth(term.name, size: TextRole.label.size) + 4 <= width && height >= 20
      elements.append(
        .box(nameFits ? term.name : "", at: (x, -height / 2), width: width, height: height, ink: ink, cells: cells))
      if !nameFits { elements.append(.text(term.name, at: (x + width / 2, height / 2 + 14))) }
      elements.append(.text(term.rowLabel, at: (x - 6, 0), anchor: .end, ink: .muted, small: true))
      elements.append(.text(term.columnLabel, at: (x + width / 2, -height / 2 - 11), ink: .muted, small: true))
      x += width + 8
    }
    return Diagram(elements: elements)
  }

  /// A network as layers of circles.
  ///
  /// - Parameters:
  ///   - layers: the number of units of each layer; of more than eight only the first and last are drawn.
  ///   - names: written below the layers.
  ///   - nodeLabels: written in the circles, layer by layer.
  ///   - weights: weights[l][j][i] joins unit i of layer l to unit j of the next; edges are as thick as the weight is
  ///     large, blue below 0 and vermilion above. Empty draws all edges alike.
  ///   - dropped: the units of each layer that are drawn as absent, without edges.
  public static func network(
    _ layers: [Int], names: [String] = [], nodeLabels: [[String]] = [], weights: [[[Double]]] = [],
    dropped: [[Int]] = []
  ) -> Diagram {
    let most = 8
    let gapX = 130.0, gapY = 46.0
    func shown(_ n: Int) -> [Int?] {
      n <= most ? (0..<n).map { $0 } : (0..<4).map { $0 } + [nil] + (n - 3..<n).map { $0 }
    }
    func isDropped(_ l: Int, _ i: Int) -> Bool { l < dropped.count && dropped[l].contains(i) }
    func label(_ l: Int, _ i: Int) -> String {
      l < nodeLabels.count && i < nodeLabels[l].count ? nodeLabels[l][i] : ""
    }
    let largest = weights.joined().joined().filter(\.isFinite).map(abs).max() ?? 0
    let tallest = layers.map { shown($0).count }.max() ?? 0
    let bottom = Double(tallest - 1) / 2 * gapY
    var elements: [Element] = []
    for (l, count) in layers.enumerated() {
      let rows = shown(count)
      for (position, unit) in rows.enumerated() {
        let place = (Double(l) * gapX, (Double(position) - Double(rows.count - 1) / 2) * gapY)
        guard let unit else {
          elements.append(.text("⋮", at: place, ink: .muted))
          continue
        }
        elements.append(
          .node(label(l, unit), id: "\(l).\(unit)", at: place, radius: 17, faded: isDropped(l, unit)))
        guard l > 0, !isDropped(l, unit) else { continue }
        for case .some(let source) in shown(layers[l - 1]) where !isDropped(l - 1, source) {
          let hasWeight = l - 1 < weights.count && unit < weights[l - 1].count && source < weights[l - 1][unit].count
          let weight = hasWeight ? weights[l - 1][unit][source] : 0
          let strength = largest > 0 && weight.isFinite ? abs(weight) / largest : 0
          elements.append(
            .edge(
              "\(l - 1).\(source)", "\(l).\(unit)", ink: !hasWeight ? .muted : weight < 0 ? .blue : .vermilion,
              width: hasWeight ? 0.4 + 3 * strength : 1, head: false))
        }
      }
      if l < names.count { elements.append(.text(names[l], at: (Double(l) * gapX, bottom + 38))) }
      if count > most {
        elements.append(.text("\(count) units", at: (Double(l) * gapX, bottom + 56), ink: .muted, small: true))
      }
    }
    return Diagram(elements: elements)
  }

  /// Stages in a row, joined by arrows: what follows what.
  public static func chain(_ stages: String...) -> Diagram { chain(stages) }

  /// Stages in a row, from an array.
  public static func chain(_ stages: [String]) -> Diagram {
    var elements: [Element] = []
    var x = 0.0
    for (i, stage) in stages.enumerated() {
      let half = NodeShape.box.halfSize(label: stage, radius: 0).x
      x += half
      elements.append(.node(stage, id: String(i), at: (x, 0), shape: .box))
      if i > 0 { elements.append(.edge(String(i - 1), String(i))) }
      x += half + 34
    }
    return Diagram(elements: elements)
  }

  /// A sheet of small images with captions below.
  ///
  /// - Parameters:
  ///   - images: the images, row by row.
  ///   - captions: written below each.
  ///   - columns: how many stand in a row.
  ///   - size: the width of each in pixels.
  public static func images(
    _ images: [PixelImage], captions: [String] = [], columns: Int = 8, size: Double = 56
  ) -> Diagram {
    let columns = max(1, columns)
    let widest = captions.map { textWidth($0, size: TextRole.small.size) }.max() ?? 0
    let stepX = max(size, widest) + 14
    var elements: [Element] = []
    for (i, image) in images.enumerated() {
      let height = size * Double(image.height) / Double(image.width)
      let x = Double(i % columns) * stepX, y = Double(i / columns) * (height + (captions.isEmpty ? 10 : 32))
      elements.append(.image(image, at: (x, y), width: size, height: height))
      if i < captions.count {
        elements.append(.text(captions[i], at: (x + size / 2, y + height + 12), ink: .muted, small: true))
      }
    }
    return Diagram(elements: elements)
  }
}
