import Benchmarks
import Foundation
import LinearAlgebra

struct BenchCommand: Command {
  let name = "bench"
  let summary = "times the programs of docs/performance.md on this machine"
  let help = """
    swift run gradus bench [--only NAME] [--seconds S] [--threads N] [--json]

    Times programs written as the lectures write them, and prints the shortest of several runs of each.

      --only NAME   one of them
      --seconds S   how long each is repeated, 1 unless told
      --threads N   how many threads share large work; as many as there are processors unless told
      --json        a list for programs to read: [{"workload", "milliseconds", "repeats", "threads"}]
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let isJSON = arguments.flag("--json")
    let only = try arguments.option("--only")
    let seconds = try arguments.option("--seconds") ?? "1"
    let threads = try arguments.option("--threads")
    guard try arguments.rest().isEmpty else { throw UsageError("bench takes no lesson") }
    guard let seconds = Double(seconds), seconds >= 0, seconds <= 3600 else {
      throw UsageError("--seconds \(seconds): a number from 0 to 3600 is needed")
    }
    if let threads {
      guard let count = Int(threads), count >= 1, count <= 64 else {
        throw UsageError("--threads \(threads): a number from 1 to 64 is needed")
      }
      Engine.threads = count
    }
    let chosen = workloads.filter { only == nil || $0.name == only }
    guard !chosen.isEmpty else {
      throw UsageError("there is no workload “\(only ?? "")”: \(workloads.map(\.name).joined(separator: ", "))")
    }
    if !isJSON { print("\(Engine.instructionSet), \(Engine.threads) \(Engine.threads == 1 ? "thread" : "threads")") }
    var rows: [[String: Any]] = []
    for workload in chosen {
      let timing = workload.time(seconds: seconds)
      if isJSON {
        rows.append([
          "workload": timing.workload, "milliseconds": timing.milliseconds, "repeats": timing.repeats,
          "threads": Engine.threads,
        ])
      } else {
        print(
          workload.name.padding(toLength: 28, withPad: " ", startingAt: 0)
            + String(format: "%9.2f ms   ", timing.milliseconds) + workload.summary)
        fflush(nil)
      }
    }
    if isJSON {
      let data = try JSONSerialization.data(withJSONObject: rows, options: [.sortedKeys, .prettyPrinted])
      print(String(decoding: data, as: UTF8.self))
    }
    #if DEBUG
      complain("This is a debug build; for times worth comparing: swift run -c release gradus bench")
    #endif
    return Exit.success
  }
}
