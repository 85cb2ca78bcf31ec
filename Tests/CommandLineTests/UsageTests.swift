import Archives
import Examiner
import Foundation
import Testing

struct UsageTests {
  @Test(arguments: [["--help"], ["-h"], ["help"]])
  func `the overview names every command and the exit codes`(words: [String]) throws {
    let run = try Gradus(words[0])
    #expect(run.status == 0 && run.errors.isEmpty)
    for command in [
      "next", "watch", "check", "show", "hint", "reset", "demo", "playground", "milestones", "pack", "list", "doctor",
      "handout", "grade", "report", "merge", "export", "bench", "verify", "sync",
    ] {
      #expect(run.output.contains("swift run gradus \(command) "))
    }
    #expect(run.output.contains("64 the command was not called as it must be"))
  }

  @Test(arguments: [
    "next", "watch", "check", "show", "hint", "reset", "demo", "playground", "milestones", "pack", "list", "doctor",
    "handout", "grade", "report", "merge", "export", "bench", "verify", "sync",
  ])
  func `every command has a help`(command: String) throws {
    let help = try Gradus(command, "--help")
    #expect(help.status == 0 && help.errors.isEmpty)
    #expect(help.output.hasPrefix("swift run gradus \(command)"))
    #expect(try Gradus("help", command).output == help.output)
    #expect(!help.output.contains("\u{1b}"))
  }

  @Test(arguments: [
    (["frobnicate"], "there is no command “frobnicate”"), (["check", "99"], "there is no lesson or step “99”"),
    (["check", "3.99"], "there is no lesson or step “3.99”"), (["check", "--frob"], "there is no option --frob here"),
    (["check", "--seed", "x"], "--seed takes a whole number, not “x”"), (["check", "--seed"], "--seed needs a value"),
    (["check", "--seed=-1"], "--seed takes a whole number, not “-1”"),
    (["check", "--solutions", "--submission", "."], "either --solutions or --submission, not both"),
    (["check", "--submission", "/nowhere"], "/nowhere holds none of the lessons' folders"),
    (["check", "--submission"], "--submission needs a value"),
    (["hint"], "which step? For example: swift run gradus hint 3.1"), (["hint", "3"], "there is no step “3”"),
    (["hint", "3.1", "2", "3"], "which step?"), (["list", "3"], "list takes no lesson"), (["demo"], "which lesson?"),
    (["demo", "99"], "there is no lesson “99”"), (["demo", "15", "--data"], "--data needs a value"),
    (["demo", "7", "--data", "."], "the demo of lesson 7 has data of its own"),
    (["demo", "3", "--save", "w.npz"], "the demo of lesson 3 keeps no weights"),
    (["demo", "15", "--load"], "--load needs a value"),
    (["playground", "3"], "playground takes no lesson"), (["playground", "--out"], "--out needs a value"),
    (["verify", "--seeds", "0"], "--seeds takes a whole number above 0"),
    (["sync", "3"], "sync takes no lesson"), (["next", "30"], "there is no lesson"),
    (["watch", "99"], "there is no lesson or step “99”"),
    (["show"], "which step? For example: swift run gradus show 3.1"),
    (["show", "3"], "there is no step “3”"), (["reset"], "which step or lesson?"),
    (["reset", "99"], "there is no lesson or step “99”"), (["doctor", "3"], "doctor takes no lesson"),
    (["--frob"], "there is no option --frob here"),
  ])
  func `wrong usage exits with 64, says what is wrong, and shows the help`(words: [String], text: String) throws {
    let run: Gradus =
      switch words.count {
      case 1: try Gradus(words[0])
      case 2: try Gradus(words[0], words[1])
      case 3: try Gradus(words[0], words[1], words[2])
      default: try Gradus(words[0], words[1], words[2], words[3])
      }
    #expect(run.status == 64)
    #expect(run.errors.contains(text))
    #expect(run.errors.contains("swift run gradus"))
    #expect(run.output.isEmpty)
  }

  @Test func `the list has the documented form`() throws {
    let run = try Gradus("list", "--json")
    #expect(run.status == 0 && run.errors.isEmpty)
    let steps = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    #expect(steps.count >= 19)
    for step in steps {
      #expect(
        Set(step.keys) == ["id", "lesson", "title", "points", "source", "mistakes", "hints", "section"])
      let mistakes = try #require(step["mistakes"] as? [[String: Any]])
      #expect(!mistakes.isEmpty && mistakes.allSatisfy { Set($0.keys) == ["id", "title"] })
      #expect(step["points"] is Int && step["hints"] is Int)
    }
    let first = try #require(steps.first { $0["id"] as? String == "3.1" })
    #expect(first["lesson"] as? String == "LogisticRegression" && first["title"] as? String == "The sigmoid")
    #expect(first["points"] as? Int == 1)
    #expect(first["section"] as? String == "docs/03-logistic-regression.md#31-the-sigmoid")
  }

  @Test func `the list in words names every step, without colours where nobody looks`() throws {
    let run = try Gradus("list", environment: ["NO_COLOR": "1"])
    #expect(run.status == 0)
    #expect(run.output.contains("3.10 The log-likelihood"))
    #expect(!run.output.contains("\u{1b}"))
  }

  @Test func `pack makes an archive of every lesson's one file`() throws {
    let out = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-pack-\(UUID().uuidString).zip")
    defer { try? FileManager.default.removeItem(at: out) }
    let run = try Gradus("pack", "--out", out.path)
    #expect(run.status == 0 && run.output.contains("Hand it in as it is."))
    let archive = try ZipArchive([UInt8](Data(contentsOf: out)))
    let entry = try #require(
      archive.entries.first { $0.name == "Exercises/03-LogisticRegression/LogisticRegression.swift" })
    let file = try Kit().root.appendingPathComponent(entry.name)
    #expect(try archive.contents(of: entry, limit: 1 << 20) == [UInt8](Data(contentsOf: file)))
    #expect(try Gradus("pack", "--out", "notes.txt").status == 64)
    #expect(try Gradus("pack", "--out", "/nowhere/at/all.zip").errors.contains("/nowhere/at/all.zip cannot be written"))
  }

  @Test func `outside of a copy the executable still finds its own`() throws {
    let run = try Gradus("list", in: URL(fileURLWithPath: "/"))
    #expect(run.status == 0 && run.output.contains("3.1 The sigmoid"))
  }
}
