import Archives
import Examiner
import Foundation
import Testing

@testable import Classroom

struct ExportTests {
  @Test func `Gradescope's archive has its two scripts at the top, executable, and a kit that can be built`() throws {
    var options = ExportOptions()
    options.lessons = "1-3; rm -rf /"
    options.marks = Data("{}".utf8)
    let archive = try ZipArchive(Array(try gradescopeArchive(Kit(), swift: "6.3.1", options)))
    let names = archive.entries.map(\.name)
    #expect(Array(names.prefix(3)) == ["setup.sh", "run_autograder", "marks.json"])
    for name in ["Package.swift", "Sources/Classroom/Record.swift", "docs/03-logistic-regression.md"] {
      #expect(names.contains("gradus/" + name))
    }
    #expect(!names.contains { $0.contains("/.") || $0.contains(".build") } && Set(names).count == names.count)
    let run = String(decoding: try archive.contents(of: archive.entries[1], limit: 1 << 20), as: UTF8.self)
    #expect(
      run.hasPrefix("#!/usr/bin/env bash\n") && run.contains("--lessons 1-3- --marks \"$root/source/marks.json\""))
    #expect(run.contains("--require-sandbox filter"))
  }

  @Test func `the scripts are scripts`() throws {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    try folder.write(gradescopeSetup(swift: "6.3.1"), to: "setup.sh")
    try folder.write(gradescopeRun(ExportOptions()), to: "run_autograder")
    for name in ["setup.sh", "run_autograder"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-n", folder.url.appendingPathComponent(name).path]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(name)")
    }
    let runtime =
      try JSONSerialization.jsonObject(with: Data(try classroom50Runtime(swift: "6.3.1").utf8)) as? [String: Any]
    #expect((runtime?["container"] as? [String: String]) == ["image": "swift:6.3.1", "user": "root"])
    #expect(gitHubActionsWorkflow(swift: "6.3.1", shards: 3, ExportOptions()).contains("shard: [1, 2, 3]"))
  }

  @Test func `shards share a class out, and nobody twice`() throws {
    let class_ = (0..<10).map { $0 }
    for count in [1, 3, 11] {
      let parts = (1...count).map { Shard("\($0)/\(count)")!.part(of: class_) }
      #expect(parts.flatMap { $0 }.sorted() == class_)
      #expect(parts.map(\.count).max()! - parts.map(\.count).min()! <= 1)
    }
    for text in ["", "0/3", "4/3", "1", "a/b", "1/2/3", "1/0"] { #expect(Shard(text) == nil, "\(text)") }
  }

  private func part(
    _ folder: SubmissionFolder, _ name: String, _ students: [String], shard: String?, seeds: [UInt64] = [1, 2]
  ) throws
    -> ResultsFolder
  {
    let results = ResultsFolder(folder.url.appendingPathComponent(name))
    var record = ClassRecord(
      started: Date(timeIntervalSince1970: 0), seeds: seeds, lessons: [3], marking: Marking(), kit: RecordTests.kit)
    record.shard = shard.flatMap(Shard.init)
    try results.write(record)
    for student in students { try results.write(RecordTests.record(student)) }
    return results
  }

  @Test func `shards are merged, and what does not belong together is not`() throws {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    let one = try part(folder, "1", ["ada", "eve"], shard: "1/3"), two = try part(folder, "2", ["bob"], shard: "2/3")
    let all = ResultsFolder(folder.url.appendingPathComponent("all"))
    let merge = try ClassMerge([one, two], into: all)
    #expect(merge.students == 3 && merge.remarks == ["Missing: shard 3/3."] && all.students() == ["ada", "bob", "eve"])
    #expect(try all.classRecord().shard == nil && all.record(of: "bob") == two.record(of: "bob"))
    // Once more, with the third.
    let three = try part(folder, "3", ["mia", "ada"], shard: "3/3")
    #expect(try ClassMerge([one, two, three], into: all).students == 4)
    #expect(try ClassMerge([one, two, three], into: all).remarks.isEmpty)

    let seeded = try part(folder, "4", ["zoe"], shard: "3/3", seeds: [8, 9])
    let error = #expect(throws: ClassroomError.self) { _ = try ClassMerge([one, seeded], into: all) }
    #expect(error?.description.contains("--seed") == true)
    var other = RecordTests.record("ada", [.wrong, .wrong])
    try three.write(other)
    #expect(throws: ClassroomError.self) { _ = try ClassMerge([one, three], into: all) }
    other.student = "x"
    #expect(throws: ClassroomError.self) { _ = try ClassMerge([one], into: ResultsFolder(folder.url)) }
    #expect(throws: ClassroomError.self) { _ = try ClassMerge([all, ResultsFolder(folder.url)], into: all) }
  }

  @Test func `reports are written beside the records, and not over a student's folder`() throws {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    let results = try part(folder, "r", ["ada", "eve"], shard: nil)
    try folder.write("{", to: "r/broken/record.json")
    let reports = try ClassReports(results, kit: Kit(), docs: DocsLinks())
    try reports.writeOverview()
    #expect(reports.unreadable.count == 1 && reports.unreadable[0].hasPrefix("broken: "))
    for name in [
      "report.html", "report.txt", "results.json", "junit.xml", "prairielearn.json", "codegrade.jsonl", "results.tap",
    ] {
      #expect(
        FileManager.default.fileExists(atPath: results.folder(of: "ada").appendingPathComponent(name).path), "\(name)")
    }
    #expect(FileManager.default.fileExists(atPath: results.url.appendingPathComponent("overview.html").path))
    try folder.write(GradebookTests.canvasFile, to: "canvas.csv")
    let canvas = folder.url.appendingPathComponent("canvas.csv")
    #expect(try reports.fillCanvas(canvas, column: "Gradus", isScaled: false).filled == 1)
    #expect(throws: ClassroomError.self) {
      _ = try reports.fillCanvas(results.url.appendingPathComponent("canvas.csv"), column: "Gradus", isScaled: false)
    }
    let twisted = try part(folder, "t", ["overview.html"], shard: nil)
    #expect(throws: ClassroomError.self) { try ClassReports(twisted, kit: Kit(), docs: DocsLinks()).writeOverview() }
    #expect(throws: ClassroomError.self) {
      _ = try ClassReports(ResultsFolder(folder.url), kit: Kit(), docs: DocsLinks())
    }
  }
}
