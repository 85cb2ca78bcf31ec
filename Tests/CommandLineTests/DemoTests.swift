import Foundation
import Testing

struct DemoTests {
  /// A new folder, gone afterwards.
  private func folder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// What the demo says of the twenty digits, and of the cost and the share.
  private func answers(_ run: Gradus) -> [Substring] {
    run.output.split(separator: "\n").filter { $0.hasPrefix("Test cost") || $0.hasPrefix("  its answers") }
  }

  @Test func `a network's weights are kept in a file, and give the same answers when they come back`() throws {
    try folder { folder in
      let first = folder.appendingPathComponent("digits.safetensors").path
      let second = folder.appendingPathComponent("digits.npz").path
      let trained = try Gradus("demo", "15", "--save", first)
      #expect(trained.status == 0 && trained.errors.isEmpty, "\(trained.errors)")
      #expect(trained.output.contains("Trained: ") && answers(trained).count == 2)
      #expect(trained.output.contains("360 of 360 answers are the same;"))
      let loaded = try Gradus("demo", "15", "--load", first, "--save", second)
      #expect(loaded.status == 0 && loaded.output.contains("nothing is trained"))
      #expect(answers(loaded) == answers(trained))
      #expect(answers(try Gradus("demo", "15", "--load", second)) == answers(trained))

      // Cut off, another network's, and nowhere.
      let bytes = try Data(contentsOf: URL(fileURLWithPath: first))
      try bytes.prefix(20000).write(to: URL(fileURLWithPath: first))
      let cut = try Gradus("demo", "15", "--load", first)
      #expect(cut.status == 70 && cut.output.isEmpty)
      #expect(cut.errors.contains("\(first): “layer1.W”") && cut.errors.contains("cut off or damaged"))
      let header = Data("{\"layer1.W\":{\"dtype\":\"F64\",\"shape\":[1,2],\"data_offsets\":[0,16]}}".utf8)
      var length = UInt64(header.count).littleEndian
      try (Data(bytes: &length, count: 8) + header + Data(count: 16)).write(to: URL(fileURLWithPath: first))
      let other = try Gradus("demo", "15", "--load", first)
      #expect(other.status == 70)
      #expect(other.errors.contains("\(first): “layer1.W” is 1 × 2, and the network's is 64 × 64"))
      let nowhere = try Gradus("demo", "15", "--save", folder.path + "/nowhere/digits.npz")
      #expect(nowhere.status == 70 && nowhere.output.isEmpty && nowhere.errors.contains("/nowhere/digits.npz"))
    }
  }

  @Test func `the playground is one page, and no other file is overwritten`() throws {
    try folder { folder in
      let run = try Gradus("playground", in: folder)
      let file = folder.appendingPathComponent("playground.html")
      #expect(run.status == 0 && run.output.contains("Open it in a browser: file://"))
      let page = try String(contentsOf: file, encoding: .utf8)
      #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
      #expect(!page.contains("{{"))
      // Nothing is fetched from anywhere.
      #expect(!page.contains("src=") && !page.contains("@import") && !page.contains("url("))
      #expect(!page.replacing("http://www.w3.org/2000/svg", with: "").contains("://"))
      for id in ["flower", "moons", "circles", "spirals", "xor"] { #expect(page.contains("\"id\":\"\(id)\"")) }
      #expect(try Gradus("playground", "--out", file.path).status == 0)

      let notes = folder.appendingPathComponent("notes.html")
      try "mine".write(to: notes, atomically: true, encoding: .utf8)
      let refused = try Gradus("playground", "--out", notes.path)
      #expect(refused.status == 70 && refused.errors.contains("\(notes.path) is there already and is no playground"))
      #expect(try String(contentsOf: notes, encoding: .utf8) == "mine")
      let nowhere = try Gradus("playground", "--out", folder.path + "/nowhere/p.html")
      #expect(nowhere.status == 70 && nowhere.errors.contains("name a file in a folder that exists"))
      #expect(try Gradus("playground", "--out", folder.path).status == 70)
    }
  }
}
