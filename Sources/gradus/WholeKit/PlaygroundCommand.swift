import Foundation
import Playground

struct PlaygroundCommand: Command {
  let name = "playground"
  let summary = "writes a page on which you see a small network learn"
  let help = """
    swift run gradus playground [--out FILE]

    Writes one HTML file, playground.html in this folder unless FILE says otherwise. Open it in a browser; it needs no network.
    A small network learns a flower, moons, circles, spirals or XOR: choose its layers, units, activation, learning rate and
    penalty, play, step and go back, and see the surface of every unit.

      --out FILE  the file to write; an earlier playground is replaced, any other file is left alone
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let path = try arguments.option("--out") ?? "playground.html"
    guard try arguments.rest().isEmpty else { throw UsageError("playground takes no lesson") }
    let file = URL(fileURLWithPath: path)
    let page = try playgroundPage()
    if FileManager.default.fileExists(atPath: file.path) {
      guard (try? String(contentsOf: file, encoding: .utf8))?.contains(playgroundMark) == true else {
        complain("gradus: \(file.path) is there already and is no playground: name another file with --out FILE")
        return Exit.trouble
      }
    }
    do { try page.write(to: file, atomically: true, encoding: .utf8) } catch {
      complain(
        "gradus: \(file.path) cannot be written (\(error.localizedDescription)): name a file in a folder that exists and is yours"
      )
      return Exit.trouble
    }
    print("Written: \(file.path)")
    print("Open it in a browser: \(file.absoluteString)")
    return Exit.success
  }
}
