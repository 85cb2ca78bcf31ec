import Foundation
import Testing

@testable import Examiner

struct ChapterCodeTests {
  /// Each chapter's blocks of Swift as one program: a block sees what the blocks before it have declared, and may use the same
  /// names again.
  private static func programs() throws -> [(name: String, text: String)] {
    let docs = try Kit().root.appendingPathComponent("docs")
    let names = try FileManager.default.contentsOfDirectory(atPath: docs.path).filter { $0.hasSuffix(".md") }.sorted()
    return try names.compactMap { name in
      let lines = try String(contentsOf: docs.appendingPathComponent(name), encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
      var program: [Substring] = []
      var blocks = 0
      var isInside = false
      for line in lines {
        if line == "```swift" {
          isInside = true
          blocks += 1
          program.append("do {")
        } else if line == "```" {
          isInside = false
        } else if isInside {
          program.append(line)
        }
      }
      guard blocks > 0 else { return nil }
      return (name, "import Curriculum\n" + program.joined(separator: "\n") + String(repeating: "\n}", count: blocks))
    }
  }

  @Test func `every block of Swift in the chapters compiles`() throws {
    let kit = try Kit()
    let programs = try Self.programs()
    #expect(programs.count >= 4)
    for (name, text) in programs {
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString).swift")
      defer { try? FileManager.default.removeItem(at: file) }
      try text.write(to: file, atomically: true, encoding: .utf8)
      let result = try Tool.run(
        Tool.compiler + [
          "-frontend", "-typecheck", "-swift-version", "6", "-suppress-warnings", "-module-name", "main", file.path,
        ] + kit.importPaths)
      let errors = result.errors.split(separator: "\n").filter { $0.contains("error: ") }
      #expect(result.status == 0 && errors.isEmpty, "\(name): \(errors.first ?? "")")
    }
  }
}
