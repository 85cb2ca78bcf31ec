import Foundation
import TensorBoard

/// How a demo is shown.
public struct DemoSettings: Sendable, Codable {
  /// The number of characters that fit on a line.
  public let width: Int
  /// Whether the terminal shows colours.
  public let colors: Bool
  /// The folder for figures as SVG files, if they are asked for.
  public let figures: String?
  /// The folder for runs of TensorBoard's, if one is asked for.
  public let run: String?
  /// A folder with data of the reader's own, if one is named.
  public let data: String?
  /// The files that weights are to be kept in, and taken from, if they are named.
  public let save: String?, load: String?

  /// Settings.
  public init(
    width: Int, colors: Bool, figures: String?, run: String?, data: String? = nil, save: String? = nil,
    load: String? = nil
  ) {
    self.width = width
    self.colors = colors
    self.figures = figures
    self.run = run
    self.data = data
    self.save = save
    self.load = load
  }

  /// The settings as an argument of a process, which reads them again.
  public var argument: String { (try? String(decoding: JSONEncoder().encode(self), as: UTF8.self)) ?? "" }

  init(argument: String) throws { self = try JSONDecoder().decode(DemoSettings.self, from: Data(argument.utf8)) }
}

/// Runs a demo with an implementation of its lesson, and one of its companion if it has one, and writes to the terminal.
/// - Throws: where the data, a figure's file or the run cannot be read or written.
public func runDemo(
  _ demo: AnyDemo, with lesson: any Sendable, companion: (any Sendable)?, _ settings: DemoSettings
) throws {
  var problem: (any Error)?
  func attempt(_ body: () throws -> Void) {
    guard problem == nil else { return }
    do { try body() } catch { problem = error }
  }
  var run: RunWriter?
  if let folder = settings.run {
    let name = demo.lesson.folder + "-" + Date().formatted(.iso8601.timeSeparator(.omitted))
    run = try RunWriter(folder: URL(fileURLWithPath: folder).appendingPathComponent(name))
  }
  let output = DemoOutput(
    settings, write: { print($0) },
    keep: { figure in
      guard let folder = settings.figures else { return }
      attempt {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(demo.lesson.chapter.prefix(2))-\(figure.name).svg"
        try figure.svg.write(toFile: path, atomically: true, encoding: .utf8)
        print("Written: \(path)")
      }
    },
    record: { body in
      guard let run else { return }
      attempt { try body(run) }
    })
  try demo.run(lesson, companion, output)
  if let problem { throw problem }
  if let run {
    print("A run for TensorBoard: \(run.file.deletingLastPathComponent().path)")
    print("To see it: tensorboard --logdir \(settings.run ?? "")")
  }
}

/// The whole of the process that runs a demo with a student's exercise.
public func runDemoProcess(_ demo: AnyDemo, with lesson: any Sendable, companion: (any Sendable)? = nil) -> Never {
  do {
    let settings = try DemoSettings(argument: CommandLine.arguments.dropFirst().first ?? "")
    try runDemo(demo, with: lesson, companion: companion, settings)
    exit(0)
  } catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(70)
  }
}
