import Examiner
import Foundation
import Testing

@testable import Authoring

struct StubTests {
  private let stub: String
  private let lesson: LessonFiles

  init() throws {
    lesson = try LessonFiles(
      contract: Kit().root.appendingPathComponent("Sources/Curriculum/03-LogisticRegression.swift"))
    stub = lesson.stub
  }

  @Test func `a stub has every method of the contract with its comment, and nothing written`() {
    #expect(lesson.contract.count == 10)
    #expect(stub.split(separator: "\n").count { $0 == "    todo()" } == 10)
    #expect(stub.contains("struct LogisticRegression: LogisticRegressionLesson {\n  /// 3.1 The sigmoid"))
    #expect(stub.contains("\n  func sigmoid(_ z: Double) -> Double {\n    todo()\n  }\n"))
    #expect(stub.split(separator: "\n").count { $0.hasPrefix("import ") } == 1)
    #expect(stub.hasSuffix("  }\n}\n"))
  }

  @Test func `a stub says where its chapter is and how to try it`() {
    #expect(stub.hasPrefix("// Lesson 3: Logistic regression, one example at a time."))
    for text in [
      "docs/03-logistic-regression.md", "swift test --filter LogisticRegression", "gradus check 3", "hint 3.1",
    ] {
      #expect(stub.contains(text))
    }
  }

  @Test func `a stub as it was written is untouched`() {
    #expect(Stub.isUntouched(stub))
    #expect(Stub.isUntouched(""))
  }

  @Test func `other ends of lines are no work`() {
    #expect(Stub.isUntouched(stub.replacing("\n", with: "\r\n")))
  }

  @Test(arguments: [
    ("todo()", "1 / (1 + exp(-z))"), ("// Lesson 3", "// My lesson 3"), ("/// 3.1 The", "/// 3.1 My"),
    ("  }\n}\n", "  }\n}\n\n"), ("import Curriculum\n", "import Curriculum\nimport Foundation\n"),
    ("    todo()", "     todo()"), ("// Untouched ", "// Untouched  "), ("// Untouched ", "// Touched "),
  ])
  func `any change, even of a comment or a blank, is work`(old: String, new: String) throws {
    let range = try #require(stub.firstRange(of: old))
    #expect(!Stub.isUntouched(stub.replacingCharacters(in: range, with: new)))
  }

  @Test func `work without the mark is work`() {
    #expect(!Stub.isUntouched("import Curriculum\n"))
    #expect(!Stub.isUntouched("\n"))
    #expect(!Stub.isUntouched("// Untouched 3425e066f6ead1a5"))
    #expect(!Stub.isUntouched("// Untouched "))
  }

  @Test func `a comment without its number is complained of`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "protocol ThingLesson {\n  /// 7.1 First.\n  func a()\n  /// 7.3 Second.\n  func b()\n  func c()\n}\n",
      to: "07-Thing.swift")
    let lesson = try LessonFiles(contract: folder.url.appendingPathComponent("07-Thing.swift"))
    #expect(lesson.number == 7 && lesson.name == "Thing" && lesson.valueName == "thing")
    #expect(lesson.stepFunctions.map(\.step) == ["7.1", "7.2", "7.3"])
    #expect(
      lesson.complaints == [
        "Sources/Curriculum/07-Thing.swift:5: the comment of b() must begin with “7.2 ”",
        "Sources/Curriculum/07-Thing.swift:6: the comment of c() must begin with “7.3 ”",
      ])
  }
}
