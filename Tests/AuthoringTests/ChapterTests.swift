import Curriculum
import Fixture
import Grading
import Testing

@testable import Authoring

/// The section of a step as an author writes it.
private func section(_ step: CatalogueStep, hints: Int = 2, prose: String = "Prose.") -> String {
  """
  ## \(step.heading)
  <!-- step \(step.id) -->
  <!-- /step -->
  \(prose)

  <!-- worked \(step.id) -->
  <!-- /worked -->
  \((0..<hints).map { "<details><summary>Hint \($0 + 1)</summary>\n\nHint \($0 + 1) of \(step.id).\n\n</details>" }.joined(separator: "\n"))
  <!-- mistakes \(step.id) -->
  <!-- /mistakes -->
  """
}

private let steps = Lesson.fixture.steps
private let whole = "# Chapter\n\n" + steps.map { section($0) }.joined(separator: "\n") + "\n## See also\nLinks.\n"

private func updated(_ text: String) throws -> (text: String, complaints: [String]) {
  try Chapter(.fixture, text: text).updated(fixture.erased)
}

struct ChapterTests {
  @Test func `a section ends at the next heading of its level`() {
    let chapter = Chapter(.fixture, text: whole.replacing("Prose.", with: "### Part\nProse."))
    let lines = chapter.section(of: steps[2])
    #expect(lines.first == "## 90.3 Scale and shift")
    #expect(lines.contains("### Part") && !lines.contains("## See also") && !lines.contains("Links."))
    #expect(Chapter(.fixture, text: "# Chapter\n").section(of: steps[0]) == [])
  }

  @Test func `hints are the folded parts that are called so, in order`() {
    let text = whole.replacing(
      "Prose.", with: "Prose.\n<details><summary>Why?</summary>\n\nNo hint.\n\n</details>")
    #expect(Chapter(.fixture, text: text).hints(for: steps[1]) == ["Hint 1 of 90.2.", "Hint 2 of 90.2."])
    #expect(Chapter(.fixture, text: "# Chapter\n").hints(for: steps[1]) == [])
  }

  @Test func `a whole chapter has no complaints, and gets its generated parts`() throws {
    let (text, complaints) = try updated(whole)
    #expect(complaints == [])
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      lines.contains(
        "*2 points · `gradients(X:Y:at:)` · None · [the reference](solutions/90-fixture.md#902-a-cost-and-its-gradient)*"
      ))
    #expect(lines.contains("| x | `3` |") && lines.contains("| x² | `9` |"))
    #expect(lines.contains("- *the cube is taken:* x² is x·x."))
    #expect(text.count(of: "Prose.") == 3 && text.hasSuffix("## See also\nLinks.\n"))
  }

  @Test func `generated parts are replaced, and a second time nothing changes`() throws {
    let once = try updated(whole).text
    #expect(try updated(once).text == once)
    let stale = once.replacing("| x | `3` |", with: "| x | `4` |").replacing("the cube is taken", with: "Old text")
    #expect(stale != once)
    #expect(try updated(stale).text == once)
  }

  @Test func `each missing thing is complained of`() throws {
    let cases: [(old: String, new: String, complaint: String)] = [
      ("## 90.2 A cost and its gradient", "## 90.2 A cost", "the heading “## 90.2 A cost and its gradient” is missing"),
      ("<!-- worked 90.1 -->\n<!-- /worked -->\n", "", "“<!-- worked 90.1 -->” is missing"),
      ("<!-- step 90.3 -->\n<!-- /step -->\n", "", "“<!-- step 90.3 -->” is missing"),
      ("<!-- mistakes 90.2 -->\n<!-- /mistakes -->\n", "", "“<!-- mistakes 90.2 -->” is missing"),
      (
        "<details><summary>Hint 2</summary>\n\nHint 2 of 90.3.\n\n</details>\n", "",
        "step 90.3 has 1 of the two hints that it needs"
      ),
      ("<!-- step 90.1 -->\n<!-- /step -->\n", "<!-- step 90.1 -->\n", "“<!-- step 90.1 -->” has no “<!-- /step -->”"),
      ("## See also", "<!-- worked 99.1 -->\n<!-- /worked -->", "“<!-- worked 99.1 -->” names no step of this lesson"),
    ]
    for (old, new, complaint) in cases {
      #expect(whole.count(of: old) == 1)
      #expect(try updated(whole.replacing(old, with: new)).complaints.contains("docs/90-fixture.md: " + complaint))
    }
  }

  @Test func `a part without an end takes no text of the author's with it`() throws {
    let open = whole.replacing("<!-- step 90.1 -->\n<!-- /step -->\n", with: "<!-- step 90.1 -->\n")
    let text = try updated(open).text
    #expect(text.count(of: "Prose.") == 3 && text.count(of: "Hint 1 of 90.1.") == 1)
    let last = whole.replacing("<!-- mistakes 90.3 -->\n<!-- /mistakes -->", with: "<!-- mistakes 90.3 -->")
    #expect(try updated(last).text.hasSuffix("## See also\nLinks.\n"))
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
