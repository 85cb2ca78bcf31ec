/// The colours of every figure: a small palette, after Okabe and Ito, that colour-blind people can tell apart.
///
/// Each ink has a tone for light pages and one for dark pages; the figure's style sheet chooses between them.
public enum Ink: String, CaseIterable, Sendable {
  /// The first series; class 0; the forward pass.
  case blue
  /// The second series; class 1; the backward pass.
  case vermilion
  /// The third series.
  case green
  /// The fourth series.
  case purple
  /// The fifth series.
  case amber
  /// The sixth series.
  case sky
  /// Words, and lines that are none of the series.
  case text
  /// What stands back: ticks, notes, reference lines.
  case muted
  /// Rules behind the data.
  case faint
  /// The page.
  case page

  /// The inks that series and classes take, in order.
  public static let series: [Ink] = [.blue, .vermilion, .green, .purple, .amber, .sky, .text]

  /// The ink of series or class `index`; after the seventh they begin again.
  public static func series(_ index: Int) -> Ink {
    series[((index % series.count) + series.count) % series.count]
  }

  /// The tone on a light page, as #rrggbb.
  public var light: String {
    switch self {
    case .blue: "#0b68c8"
    case .vermilion: "#d93a00"
    case .green: "#0c716b"
    case .purple: "#b54a9a"
    case .amber: "#8a7138"
    case .sky: "#259ed1"
    case .text: "#1f2328"
    case .muted: "#59636e"
    case .faint: "#e3e6ea"
    case .page: "#ffffff"
    }
  }

  /// The tone on a dark page, as #rrggbb.
  public var dark: String {
    switch self {
    case .blue: "#5590e0"
    case .vermilion: "#ff6f1f"
    case .green: "#12ba78"
    case .purple: "#e398c0"
    case .amber: "#edca47"
    case .sky: "#6fd0ff"
    case .text: "#e6edf3"
    case .muted: "#9aa4af"
    case .faint: "#2b323b"
    case .page: "#0d1117"
    }
  }
}

/// The shapes of points, so that classes differ by more than their colour.
public enum Marker: CaseIterable, Sendable {
  /// ●
  case circle
  /// ■
  case square
  /// ▲
  case triangle
  /// ◆
  case diamond
  /// ×
  case cross
  /// +
  case plus
  /// ▼
  case invertedTriangle

  /// The marker of series or class `index`; after the seventh they begin again.
  public static func series(_ index: Int) -> Marker {
    allCases[((index % allCases.count) + allCases.count) % allCases.count]
  }
}

/// How the cells of a heat map are coloured. No colour at all is the page itself, light or dark.
public enum ColorScale: Sendable {
  /// From the page at the least value to full colour at the greatest.
  case sequential(Ink)
  /// From the page at `center`: towards blue below, towards vermilion above, the same distance in the same strength.
  case diverging(around: Double)
}
