import Foundation

/// How a demo is shown.
public struct DemoSettings: Sendable {
  /// The number of characters that fit on a line.
  public let width: Int
  /// Whether the terminal shows colours.
  public let colors: Bool
  /// The folder for figures as SVG files, if they are asked for.
  public let figures: String?

  /// Settings.
  public init(width: Int, colors: Bool, figures: String?) {
    self.width = width
    self.colors = colors
    self.figures = figures
  }

  /// The settings as arguments of a process, and read from them again.
  public var arguments: [String] { [String(width), colors ? "colors" : "plain"] + (figures.map { [$0] } ?? []) }

  init(arguments: [String]) {
    width = arguments.first.flatMap { Int($0) } ?? 80
    colors = arguments.dropFirst().first == "colors"
    figures = arguments.dropFirst(2).first
  }
}

/// Runs a demo with an implementation of its lesson, and one of its companion if it has one, and writes to the terminal.
/// - Throws: where the data or a figure's file cannot be read or written.
public func runDemo(_ demo: AnyDemo, with lesson: any Sendable, companion: (any Sendable)?, _ settings: DemoSettings)
  throws
{
  var problem: (any Error)?
  let output = DemoOutput(width: settings.width, colors: settings.colors, write: { print($0) }) { figure in
    guard let folder = settings.figures else { return }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = "\(folder)/\(demo.lesson.chapter.prefix(2))-\(figure.name).svg"
      try figure.svg.write(toFile: path, atomically: true, encoding: .utf8)
      print("Written: \(path)")
    } catch { problem = error }
  }
  try demo.run(lesson, companion, output)
  if let problem { throw problem }
}

/// The whole of the process that runs a demo with a student's exercise.
public func runDemoProcess(_ demo: AnyDemo, with lesson: any Sendable, companion: (any Sendable)? = nil) -> Never {
  do {
    let settings = DemoSettings(arguments: Array(CommandLine.arguments.dropFirst()))
    try runDemo(demo, with: lesson, companion: companion, settings)
    exit(0)
  } catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(70)
  }
}
