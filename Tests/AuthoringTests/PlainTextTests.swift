import Curriculum
import Examiner
import Testing

@testable import Authoring

struct PlainTextTests {
  @Test(arguments: [
    (#"\frac{\partial J}{\partial w}"#, "∂J/∂w"), (#"a = \sigma(z)"#, "a = σ(z)"),
    (#"\frac{1}{1 + e^{-z}}"#, "1/(1 + e⁻ᶻ)"), (#"\hat{y} = w_1 x"#, "y\u{302} = w₁ x"),
    (#"A^{[l]}_{i} \cdot W^T"#, "A[l]ᵢ · Wᵀ"), (#"\sum_{i=1}^{m} x^{(i)}"#, "Σᵢ₌₁ᵐ x⁽ⁱ⁾"),
    (#"\begin{aligned} a &= b \\[4pt] &= c \end{aligned}"#, "a = b\n= c"),
    (#"\sqrt{\sigma^2 + \varepsilon}"#, "√(σ² + ε)"),
    (#"\lvert z \rvert \le 3\,\text{cm}"#, "| z | ≤ 3 cm"), (#"x^{a+q}"#, "x^(a+q)"),
  ])
  func `formulas become Unicode`(formula: String, text: String) { #expect(plainMath(formula) == text) }

  @Test func `folded parts and comments are left out, and paragraphs are broken`() {
    let text = PlainText.of(
      [
        "## 3.1 Title", "", "<!-- step 3.1 -->", "*1 point · `f(_:)` · [the reference](x.md)*", "<!-- /step -->", "",
        "One **two** three four", "five $a_1$ six.", "", "```math", "z = 1", "```", "",
        "<details><summary>Hint 1</summary>", "", "secret", "", "</details>", "", "- first item", "- second",
        "", "| a | b |", "|---|---|", "| 10 | `2` |",
      ], width: 20, bold: { "<\($0)>" })
    #expect(
      text == """
        <3.1 Title>

        1 point · `f(_:)` ·
        the reference

        One <two> three four
        five a₁ six.

            z = 1

        • first item
        • second

          a   b
          10  2
        """)
  }

  /// What the conversion does not know would be seen as a backslash or a dollar sign.
  @Test func `no section of any chapter keeps a command of LaTeX`() throws {
    let kit = try Kit()
    for lesson in catalogue {
      let chapter = try Chapter(lesson, root: kit.root)
      for step in lesson.steps {
        let text = PlainText.of(chapter.section(of: step), width: 80)
        #expect(text.hasPrefix(step.heading))
        for line in text.split(separator: "\n") where !line.contains("`") && !line.hasPrefix("    ") {
          #expect(!line.contains("\\") && !line.contains("$"), "\(step.id): \(line)")
        }
      }
    }
  }
}
