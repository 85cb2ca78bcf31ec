/// A formula of LaTeX as plain text with Unicode's signs, for a terminal: `\frac{\partial J}{\partial w}` as `∂J/∂w`.
///
/// It knows the commands that the chapters use; one that it does not know keeps its name, without the backslash.
func plainMath(_ formula: String) -> String {
  var parser = MathParser(Array(formula))
  return parser.sequence(until: nil)
    .split(separator: "\n", omittingEmptySubsequences: false)
    .map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        .replacing("\u{a0}", with: " ")
    }
    .filter { !$0.isEmpty }.joined(separator: "\n")
}

private struct MathParser {
  private let text: [Character]
  private var place = 0
  /// How many environments of cases are open: there a sign & stands before the condition.
  private var cases = 0

  init(_ text: [Character]) { self.text = text }

  private var next: Character? { place < text.count ? text[place] : nil }

  /// All up to a closing sign, which is taken too, or to the end.
  mutating func sequence(until end: Character?) -> String {
    var result = ""
    while let c = next {
      if c == end {
        place += 1
        break
      }
      switch c {
      case "^", "_":
        place += 1
        let argument = argument()
        result += c == "^" ? raised(argument) : lowered(argument)
      case "{":
        place += 1
        result += sequence(until: "}")
      case "\\": result += command()
      case "&" where cases > 0:
        place += 1
        result += " \u{a0}for "
      case "&", "\n":
        place += 1
        result += " "
      case "-":
        place += 1
        result += "−"
      case "'":
        place += 1
        result += "′"
      case "~":
        place += 1
        result += " "
      default:
        place += 1
        result.append(c)
      }
    }
    return result
  }

  /// A group in braces, a command, or a single sign.
  private mutating func argument() -> String {
    while next == " " { place += 1 }
    guard let c = next else { return "" }
    switch c {
    case "{":
      place += 1
      return sequence(until: "}")
    case "\\": return command()
    default:
      place += 1
      return c == "-" ? "−" : String(c)
    }
  }

  /// A command with its arguments.
  private mutating func command() -> String {
    place += 1
    guard let c = next else { return "" }
    guard c.isLetter else {
      place += 1
      switch c {
      case "\\":
        // A distance between lines, [8pt], is of no use here.
        if next == "[", let end = text[place...].firstIndex(of: "]") { place = end + 1 }
        return "\n"
      case ",", ";", ":", " ": return " "
      case "!": return ""
      case "|": return "‖"
      default: return String(c)
      }
    }
    var name = ""
    while let c = next, c.isLetter, c.isASCII {
      name.append(c)
      place += 1
    }
    switch name {
    case "frac", "tfrac", "dfrac":
      let over = argument()
      return bracketed(over) + "/" + bracketed(argument())
    case "sqrt": return "√" + bracketed(argument())
    case "hat": return accented(argument(), "\u{302}")
    case "tilde": return accented(argument(), "\u{303}")
    case "bar", "overline": return accented(argument(), "\u{304}")
    case "text", "mathrm", "mathbf", "mathcal", "mathit", "operatorname", "boldsymbol", "mathbb", "textbf":
      return argument()
    case "underbrace", "overbrace": return argument()
    case "begin":
      let kind = argument()
      if kind == "array" { _ = argument() }
      if kind == "cases" { cases += 1 }
      return kind == "cases" ? "\n  " : ""
    case "end":
      let kind = argument()
      if kind == "cases" { cases -= 1 }
      return kind == "cases" ? "\n" : ""
    case "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "biggl", "biggr", "displaystyle":
      if next == "." { place += 1 }
      return ""
    case "quad", "qquad": return " \u{a0} "
    default:
      // A word needs its distance, a sign does not.
      if name == "partial" { while next == " " { place += 1 } }
      if let sign = signs[name] { return sign }
      return name
    }
  }

  /// In brackets, unless it is one sign or one number or name.
  private func bracketed(_ text: String) -> String {
    let text = text.trimmed
    let isSimple = text.dropFirst().allSatisfy { !" +−·/=<>".contains($0) }
    return isSimple || text.count <= 1 ? text : "(" + text + ")"
  }

  private func accented(_ text: String, _ accent: String) -> String {
    guard let last = text.last else { return "" }
    return text.dropLast() + String(last) + accent
  }

  private func raised(_ text: String) -> String { shifted(text, by: superscripts, mark: "^") }
  private func lowered(_ text: String) -> String { shifted(text, by: subscripts, mark: "_") }

  private func shifted(_ text: String, by table: [Character: Character], mark: String) -> String {
    let text = text.trimmed
    if text.hasPrefix("[") || text.hasPrefix("′") { return text }
    let signs = text.map { table[$0] }
    if signs.allSatisfy({ $0 != nil }) { return String(signs.map { $0! }) }
    return mark + (text.count > 1 ? "(" + text + ")" : text)
  }
}

extension String {
  fileprivate var trimmed: String {
    let inner = drop { $0 == " " }
    return String(inner.reversed().drop { $0 == " " }.reversed())
  }
}

private let superscripts = table(
  "0123456789+−=()nijkmTLt", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱʲᵏᵐᵀᴸᵗ"
).merging(["a": "ᵃ", "b": "ᵇ", "x": "ˣ", "y": "ʸ", "z": "ᶻ", "u": "ᵘ"]) { $1 }
private let subscripts = table("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

private func table(_ plain: String, _ shifted: String) -> [Character: Character] {
  Dictionary(uniqueKeysWithValues: zip(plain, shifted))
}

private let signs: [String: String] = [
  "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ",
  "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "xi": "ξ",
  "nu": "ν", "kappa": "κ", "zeta": "ζ", "chi": "χ", "psi": "ψ", "omega": "ω", "Theta": "Θ", "Sigma": "Σ",
  "Delta": "Δ", "Lambda": "Λ", "Omega": "Ω", "Phi": "Φ", "Psi": "Ψ", "Gamma": "Γ", "Pi": "Π",
  "partial": "∂", "nabla": "∇", "sum": "Σ", "prod": "Π", "int": "∫", "infty": "∞", "cdot": "·", "times": "×",
  "odot": "∘", "circ": "∘", "ast": "∗", "star": "⋆", "pm": "±", "mp": "∓", "le": "≤", "leq": "≤", "ge": "≥",
  "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "~", "equiv": "≡", "propto": "∝", "to": "→",
  "rightarrow": "→", "longrightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "Longrightarrow": "⇒",
  "Leftrightarrow": "⇔", "iff": "⇔", "implies": "⇒", "mapsto": "↦", "dots": "…", "cdots": "⋯", "ldots": "…",
  "vdots": "⋮", "ddots": "⋱", "lvert": "|", "rvert": "|", "vert": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖",
  "mid": "|", "ell": "ℓ", "in": "∈", "notin": "∉", "cup": "∪", "cap": "∩", "subset": "⊂", "forall": "∀",
  "exists": "∃", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
  "top": "ᵀ", "ll": "≪", "gg": "≫", "not": "¬", "prime": "′", "lbrace": "{", "rbrace": "}",
]
