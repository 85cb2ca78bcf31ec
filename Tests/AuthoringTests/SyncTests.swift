import Curriculum
import Examiner
import Foundation
import Testing

@testable import Authoring

/// A copy of what `sync` reads and writes, with exercises that nobody has worked on.
private struct Copy {
  let folder: TemporaryFolder
  let sync: Sync

  init() throws {
    folder = try TemporaryFolder()
    let root = try Kit().root
    let paths = [
      "Package.swift", "README.md", "LICENSE", "Solutions", "docs", "Tests/ExerciseTests", "Sources/Curriculum",
      "Sources/Answers", "Sources/Grading", "Sources/Demos/Registry.swift", "Sources/observer",
    ]
    for path in paths {
      let target = folder.url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: root.appendingPathComponent(path), to: target)
    }
    sync = try Sync(root: folder.url)
    try sync.writeStubs(to: folder.url.appendingPathComponent("Exercises"))
    _ = try sync.run(check: false)
  }

  func damage(_ path: String, _ change: (String) -> String = { $0 + "\n" }) throws {
    try folder.write(change(folder.read(path)), to: path)
  }
}

struct SyncTests {
  @Test func `what is current stays, what is damaged is named, and --check writes nothing`() throws {
    let copy = try Copy()
    let current = try copy.sync.run(check: true)
    #expect(current.stale == [] && current.workedOn == [] && !current.isUnfinished)
    #expect(current.files >= 2 * catalogue.count + 4)

    let damaged = [
      "Tests/ExerciseTests/05-VectorizationTests.swift",
      "docs/solutions/03-logistic-regression.md", "docs/figures/03-sigmoid.svg",
    ]
    for path in damaged { try copy.damage(path) }
    try FileManager.default.removeItem(at: copy.folder.url.appendingPathComponent("Exercises/05-Vectorization"))
    let before = try damaged.map(copy.folder.read)
    let report = try copy.sync.run(check: true)
    #expect(Set(report.stale) == Set(damaged + ["Exercises/05-Vectorization/Vectorization.swift"]))
    #expect(try damaged.map(copy.folder.read) == before)
    let exercise = copy.folder.url.appendingPathComponent("Exercises/05-Vectorization")
    #expect(!FileManager.default.fileExists(atPath: exercise.path))

    #expect(Set(try copy.sync.run(check: false).stale) == Set(report.stale))
    #expect(try copy.sync.run(check: true).stale == [])
  }

  @Test func `a registry that is not current stops what a new build must make`() throws {
    let copy = try Copy()
    try copy.damage("Sources/observer/Registry.swift")
    try copy.damage("docs/solutions/03-logistic-regression.md")
    let report = try copy.sync.run(check: true)
    #expect(report.isUnfinished && report.stale == ["Sources/observer/Registry.swift"])
  }

  @Test func `an exercise that somebody has worked on is never written over`() throws {
    let copy = try Copy()
    let path = "Exercises/03-LogisticRegression/LogisticRegression.swift"
    try copy.damage(path) { $0.replacing("    todo()", with: "    fatalError()", maxReplacements: 1) }
    let work = try copy.folder.read(path)
    for check in [true, false] {
      let report = try copy.sync.run(check: check)
      #expect(report.workedOn == [path] && report.stale == [])
      #expect(try copy.folder.read(path) == work)
    }
  }

  @Test func `a stub of an older contract is made anew`() throws {
    let copy = try Copy()
    let path = "Exercises/03-LogisticRegression/LogisticRegression.swift"
    let contract = "Sources/Curriculum/03-LogisticRegression.swift"
    let stub = try copy.folder.read(path)
    try copy.damage(contract) { $0.replacing("3.1 The sigmoid σ(z)", with: "3.1 The logistic function σ(z)") }
    let report = try Sync(root: copy.folder.url).run(check: false)
    #expect(report.stale == [path])
    #expect(try copy.folder.read(path) != stub)
    #expect(try Stub.isUntouched(copy.folder.read(path)))
  }

  @Test func `a reference that lacks its step's number, or its method, is complained of`() throws {
    let copy = try Copy()
    let path = "Solutions/03-LogisticRegression/LogisticRegression.swift"
    try copy.damage(path) {
      $0.replacing("  // 3.1\n", with: "  //\n").replacing("func logLikelihood(A", with: "func logLikelihood(B A")
    }
    let complaints = try SolutionPage(lesson: .logisticRegression, root: copy.folder.url).complaints
    #expect(
      complaints == [
        "Solutions/03-LogisticRegression: no “// 3.1” stands above sigmoid(_:)",
        "Solutions/03-LogisticRegression: there is no logLikelihood(A:Y:) for step 3.10",
      ])
  }

  @Test func `the page of a lesson's references has each step's code, without its indentation`() throws {
    let page = try SolutionPage(lesson: .logisticRegression, root: Kit().root)
    #expect(page.complaints == [])
    #expect(
      page.text.contains(
        "## 3.1 The sigmoid\n\n```swift\nfunc sigmoid(_ z: Double) -> Double {\n  1 / (1 + exp(-z))\n}\n```\n"))
    #expect(page.text.contains("[Back to the step](../03-logistic-regression.md#31-the-sigmoid)"))
    #expect(page.text.ranges(of: "\n## 3.").count == 10)
  }
}
