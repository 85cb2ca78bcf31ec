import Curriculum
import Plots

/// The frame of every report page: one file without scripts, fonts or pictures from elsewhere, light or dark as the reader's
/// system is, and legible on a phone.
enum HTMLPage {
  /// A whole page.
  /// - Parameter body: HTML, in which all text is escaped already.
  static func document(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="referrer" content="no-referrer">
    <title>\(ReportText.markup(ReportText.line(title)))</title>
    <style>
    \(style)</style>
    </head>
    <body>
    <main>
    \(body)</main>
    </body>
    </html>

    """
  }

  /// The ink of a state.
  static func ink(_ state: StepState) -> Ink {
    switch state {
    case .passed: .green
    case .wrong: .vermilion
    case .crashed, .timedOut: .purple
    case .doesNotCompile, .refused: .amber
    case .notAttempted: .muted
    }
  }

  /// A sign of a state, so that it is told by more than its colour.
  static func sign(_ state: StepState) -> String {
    switch state {
    case .passed: "✔"
    case .notAttempted: "·"
    default: "✘"
    }
  }

  /// A state in its colour.
  static func chip(_ state: StepState) -> String {
    "<span class=\"state \(ink(state).rawValue)\">\(sign(state)) \(state.words)</span>"
  }

  /// A bar that is filled to a share between 0 and 1.
  static func bar(_ share: Double, _ label: String) -> String {
    let percent = ReportText.number(min(max(share, 0), 1) * 100)
    return "<span class=\"bar\" role=\"img\" aria-label=\"\(ReportText.markup(label))\">"
      + "<span style=\"width:\(percent)%\"></span></span>"
  }

  /// A square for each step, in its state's colour.
  static func squares(_ steps: [(id: String, state: StepState)]) -> String {
    "<span class=\"squares\">"
      + steps.map {
        "<span class=\"\(ink($0.state).rawValue)\" title=\"\(ReportText.markup($0.id)): \($0.state.words)\">"
          + "\(sign($0.state))</span>"
      }.joined() + "</span>"
  }

  /// Paragraphs of a list of sentences; nothing where there is none.
  static func notes(_ sentences: [String]) -> String {
    sentences.isEmpty
      ? ""
      : "<ul class=\"notes\">" + sentences.map { "<li>\(ReportText.markup($0))</li>" }.joined() + "</ul>\n"
  }

  private static var variables: (light: String, dark: String) {
    func list(_ tone: (Ink) -> String) -> String {
      Ink.allCases.map { "--\($0.rawValue): \(tone($0));" }.joined(separator: " ")
    }
    return (list(\.light), list(\.dark))
  }

  private static var style: String {
    """
    :root { \(variables.light) }
    @media (prefers-color-scheme: dark) { :root { \(variables.dark) } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 0.5rem; }
    h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.2rem 0 0.6rem; }
    h2 .points { float: right; margin-left: 1rem; }
    h3 { font-size: 1rem; margin: 1.2rem 0 0.3rem; }
    p { margin: 0.4rem 0; }
    a { color: var(--blue); }
    code, pre { font: 0.9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    pre { margin: 0.4rem 0; padding: 0.6rem 0.8rem; background: var(--faint); border-radius: 0.4rem; white-space: pre-wrap;
      max-height: 22rem; overflow: auto; }
    .blue { --c: var(--blue); } .vermilion { --c: var(--vermilion); } .green { --c: var(--green); }
    .purple { --c: var(--purple); } .amber { --c: var(--amber); } .muted { --c: var(--muted); }
    .state { color: var(--c); font-weight: 600; white-space: nowrap; }
    .points { font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--muted); font-weight: 400; }
    .big { font-size: 1.5rem; font-variant-numeric: tabular-nums; }
    .bar { display: inline-block; width: 100%; height: 0.6rem; background: var(--faint); border-radius: 0.3rem;
      overflow: hidden; vertical-align: middle; }
    .bar span { display: block; height: 100%; background: var(--blue); }
    .squares { display: inline-flex; flex-wrap: wrap; gap: 2px; }
    .squares span { width: 1.05rem; height: 1.05rem; font-size: 0.7rem; line-height: 1.05rem; text-align: center;
      border-radius: 0.2rem; color: var(--page); background: var(--c); }
    .notes { margin: 0.6rem 0; padding: 0.5rem 0.8rem 0.5rem 2rem; background: var(--faint); border-radius: 0.4rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
    th, td { text-align: left; padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--faint); vertical-align: top;
      overflow-wrap: break-word; }
    th { color: var(--muted); font-weight: 600; }
    td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    td .bar { min-width: 5rem; }
    details { border: 1px solid var(--faint); border-radius: 0.4rem; margin: 0.4rem 0; padding: 0.45rem 0.8rem; }
    summary { cursor: pointer; }
    summary .points { float: right; margin-left: 0.8rem; }
    .mistake { border-left: 4px solid var(--vermilion); padding: 0.3rem 0.8rem; margin: 0.6rem 0; }
    .detail { color: var(--muted); padding-left: 1rem; }
    .tiles { display: flex; flex-wrap: wrap; gap: 0.6rem; margin: 1rem 0; padding: 0; list-style: none; }
    .tiles li { flex: 1 1 8rem; border: 1px solid var(--faint); border-radius: 0.4rem; padding: 0.5rem 0.8rem; }
    .tiles b { display: block; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
    .tiles span, footer, .quiet { color: var(--muted); font-size: 0.9rem; }
    .histogram { display: flex; align-items: flex-end; gap: 3px; margin: 0.8rem 0 0; border-bottom: 1px solid var(--muted); }
    .histogram div { flex: 1 1 0; text-align: center; font-size: 0.8rem; min-width: 0; }
    .histogram i { display: block; background: var(--blue); border-radius: 0.2rem 0.2rem 0 0; }
    .scale { display: flex; gap: 3px; color: var(--muted); font-size: 0.75rem; margin-bottom: 0.8rem; }
    .scale div { flex: 1 1 0; text-align: center; min-width: 0; }
    footer { margin-top: 3rem; border-top: 1px solid var(--faint); padding-top: 0.8rem; }
    @media (max-width: 40rem) { h1 { font-size: 1.4rem; } th, td { padding: 0.3rem 0.35rem; } .wide { display: none; } }
    @media print { details { break-inside: avoid; } pre { max-height: none; } }

    """
  }
}
