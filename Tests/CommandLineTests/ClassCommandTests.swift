import Foundation
import Testing

struct ClassCommandTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-export-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try body(folder)
  }

  @Test func `an export is written, and a wrong call is answered with the usage`() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("grade-class.yml")
      let run = try Gradus("export", "github-actions", "--out", file.path, "--shards", "2", "--lessons", "1-3")
      #expect(run.status == 0 && run.errors.isEmpty)
      let workflow = try String(contentsOf: file, encoding: .utf8)
      #expect(workflow.contains("shard: [1, 2]") && workflow.contains("--lessons 1-3 --require-sandbox filter"))
      #expect(try Gradus("export", "github-actions").status == 64)
      #expect(try Gradus("export", "moodle", "--out", file.path).status == 64)
      #expect(try Gradus("export", "gradescope", "--out", file.path, "--shards", "2").status == 64)
      #expect(try Gradus("export", "github-actions", "--out", file.path, "--require-sandbox", "none").status == 64)
    }
  }

  @Test func `reports and merges need folders of results`() throws {
    try withFolder { folder in
      let report = try Gradus("report", folder.path)
      #expect(report.status == 70 && report.errors.contains("holds no records"))
      #expect(try Gradus("report", folder.path, "--canvas", "x.csv").status == 64)
      #expect(try Gradus("merge", folder.path, "--out", folder.path + "/all").status == 70)
      #expect(try Gradus("grade", folder.path, "--out", folder.path + "/r", "--shard", "1/2").status == 64)
    }
  }
}
