import Plots

/// A share as a percentage with one decimal, "97.4 %".
func percent(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}

/// A text with spaces before it, so that a column's right ends stand below each other.
func padded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

/// A text with spaces after it, so that what follows begins at the same column.
func filled(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// The middle value, or the mean of the two in the middle. At least one value is needed.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// "94.0 % to 100.0 %, the median 96.0 %".
func spread(_ shares: [Double]) -> String {
  "\(percent(shares.min() ?? 0)) to \(percent(shares.max() ?? 0)), the median \(percent(median(shares)))"
}
