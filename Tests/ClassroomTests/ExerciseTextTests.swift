import Testing

@testable import Classroom

struct ExerciseTextTests {
  private func words(_ text: String) -> [String] { ExerciseText(text).changes.map(\.word) }

  @Test func `an ordinary file is compiled as it is`() {
    let text = logisticRegression(["sigmoid": "let e = exp(-z) // 1_000 and x_1, f(_:)\n    return 1 / (1 + e)"])
    #expect(ExerciseText(text).compiled == text)
    #expect(words(text).isEmpty)
  }

  @Test func `foreign names are respelled wherever they stand`() {
    #expect(words("_typeByName(`_x`) ._storage") == ["_typeByName", "_x", "_storage"])
    #expect(words("/* _a */ \"_b\" // _c") == ["_a", "_b", "_c"])
    #expect(
      words("UnsafePointer withUnsafeBytes UNSAFE unsafeStep") == [
        "UnsafePointer", "withUnsafeBytes", "UNSAFE", "unsafeStep",
      ])
    #expect(words("Grading.offer Gradings") == ["Grading"])
    #expect(words("é_x import_ _ __always x_y 1_000 $0") == ["_x"])
  }

  @Test func `a name is respelled the same way everywhere, and back`() {
    let text = ExerciseText("let _unsafeUNSAFE = 1; print(_unsafeUNSAFE)")
    #expect(Set(text.changes.map(\.respelled)).count == 1)
    #expect(!text.compiled.lowercased().contains("unsafe") && !text.compiled.contains("_"))
    #expect(ExerciseText.restored(text.compiled) == "let _unsafeUNSAFE = 1; print(_unsafeUNSAFE)")
  }

  @Test func `attributes and directives are allowed by name only`() {
    #expect(words("@inline(__always) @discardableResult @available(*, deprecated) @Sendable").isEmpty)
    #expect(
      words("@_cdecl(1) @objc @ inline @Swift.Sendable @inlineé")
        == ["@_cdecl", "_cdecl", "@objc", "@", "@Swift", "@inline"])
    #expect(words("#if DEBUG\n#else\n#endif\n#file #line #\"raw \\#(x)\"# #/a/#").isEmpty)
    #expect(words("#sourceLocation(file: x) #externalMacro #é") == ["#sourceLocation", "#externalMacro", "#"])
  }

  @Test func `imports are allowed by name only`() {
    for text in ["import Curriculum", "import LinearAlgebra\n", "import \t Swift;", "important", "reimport"] {
      #expect(ExerciseText(text).compiled == text && words(text).isEmpty, "\(text)")
    }
    for text in [
      "import Glibc.stat", "import struct Foundation.Date", "import/**/Glibc", "import\nGlibc", "import\u{a0}Glibc",
      "import Grading", "import Curriculumé", "`import`", "import", "import Dispatch",
    ] {
      #expect(words(text).contains("import"), "\(text)")
      #expect(!ExerciseText(text).compiled.contains("import"), "\(text)")
    }
    let habit = ExerciseText("import Foundation\nimport Glibc;let x = 1")
    #expect(habit.compiled == "import Curriculum\nimport Curriculum;let x = 1")
    #expect(habit.remarks.count == 2)
  }

  @Test func `lines and columns are the compiler's`() {
    let changes = ExerciseText("a\r\nb\rc\n é _x _y").changes
    #expect(changes.map(\.line) == [3, 3])
    // é has two bytes; the respelled _x has three.
    #expect(changes.map(\.column) == [5, 9])
  }
}
