// Sparklines, bars and histograms for a terminal.

/// Values as one line of small bars: "▁▂▄█". What is not finite is a space; equal values are all half high.
public func sparkline(_ values: [Double], style: TerminalStyle = .unicode) -> String {
  let levels: [Character] = style == .unicode ? Array("▁▂▃▄▅▆▇█") : Array("_.,-=+*#")
  var extent = Extent()
  extent.add(values)
  guard let low = extent.low, let high = extent.high else { return String(repeating: " ", count: values.count) }
  return String(
    values.map { value in
      guard value.isFinite, abs(value) < 1e300 else { return " " }
      let f = high > low ? (value - low) / (high - low) : 0.5
      return levels[min(levels.count - 1, Int(f * Double(levels.count)))]
    })
}

/// A bar to the right for each value, its name before and its number behind. Negative values go to the left of zero.
///
/// - Parameter width: the columns of the longest bar, or of the longest on both sides together.
public func terminalBars(
  _ names: [String], _ values: [Double], width: Int = 40, style: TerminalStyle = .unicode, color: Bool = false
) -> String {
  precondition(names.count == values.count, "\(values.count) bars need as many names, not \(names.count).")
  let finite = values.filter(\.isFinite)
  let low = min(0, finite.min() ?? 0), high = max(0, finite.max() ?? 0)
  let nameWidth = names.map(terminalWidth).max() ?? 0
  let unit = high > low ? Double(max(1, width)) / (high - low) : 0
  let left = Int((-low * unit).rounded())
  let rule = style == .unicode ? "│" : "|"
  return zip(names, values).map { name, value in
    let number = style.number(formatted(value))
    var before = String(repeating: " ", count: left), after = ""
    if value.isFinite {
      if value < 0 {
        let length = min(left, Int((-value * unit).rounded()))
        before = String(repeating: " ", count: left - length) + bar(Double(length), style)
      } else {
        after = bar(value * unit, style)
      }
    }
    if color {
      if value < 0 { before = Ink.vermilion.coloring(before) }
      after = Ink.blue.coloring(after)
    }
    return (name.padded(after: nameWidth) + " " + before + rule + after + " " + number).trimmed
  }.joined(separator: "\n")
}

/// A bar `length` columns long; in Unicode to an eighth of a column.
private func bar(_ length: Double, _ style: TerminalStyle) -> String {
  guard style == .unicode else { return String(repeating: "#", count: Int(length.rounded())) }
  let eighths = Int((length * 8).rounded())
  let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
}

/// How often values fall into equal bins, one bar a bin, each named by its lower edge; the last bin includes its upper.
public func terminalHistogram(
  _ values: [Double], bins: Int = 10, range: ClosedRange<Double>? = nil, width: Int = 40,
  style: TerminalStyle = .unicode, color: Bool = false
) -> String {
  let (edges, counts) = histogramCounts(values, bins: bins, range: range)
  let names = edges.dropLast().map { style.number(formatted($0)) }
  let widest = names.map(terminalWidth).max() ?? 0
  return terminalBars(
    names.map { $0.padded(before: widest) }, counts.map(Double.init), width: width, style: style, color: color)
}
