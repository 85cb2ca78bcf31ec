import Archives
import Examiner
import Foundation

/// The kit as files of an archive, below `gradus/`: what it is built from, and nothing that was built, and no hidden file.
/// - Throws: where a file cannot be read.
func kitFiles(_ kit: Kit) throws -> [ZipArchive.File] {
  let manager = FileManager.default
  var files: [ZipArchive.File] = []
  func add(_ path: String) throws {
    let url = kit.root.appendingPathComponent(path)
    switch FileKind(url.path) {
    case .file: files.append(ZipArchive.File("gradus/" + path, Array(try Data(contentsOf: url))))
    case .folder:
      for name in try manager.contentsOfDirectory(atPath: url.path).sorted() where !name.hasPrefix(".") {
        try add(path + "/" + name)
      }
    default: break
    }
  }
  for name in ["Exercises", "LICENSE", "Package.swift", "README.md", "Solutions", "Sources", "Tests"] {
    if FileKind(kit.root.appendingPathComponent(name).path) != nil { try add(name) }
  }
  // The chapters name the steps' sections; their pictures are not needed.
  for name in try manager.contentsOfDirectory(atPath: kit.root.appendingPathComponent("docs").path).sorted()
  where name.hasSuffix(".md") { try add("docs/" + name) }
  return files
}

/// How an exported autograder is to grade.
public struct ExportOptions: Sendable {
  /// The lessons that count, as they are given to `--lessons`.
  public var lessons: String?
  /// The text of the file of rules for marks.
  public var marks: Data?
  /// The level below which nothing is graded.
  public var requiredLevel = SandboxLevel.filter
  /// The usual choices.
  public init() {}

  /// The options of `gradus grade`, each safe in a shell as it is.
  /// - Parameter marksFile: where the rules for marks will be found, if there are any; in words of the shell.
  func arguments(marksFile: String) -> String {
    (lessons.map { "--lessons \($0.filter { $0.isNumber || $0 == "-" || $0 == "," }) " } ?? "")
      + (marks == nil ? "" : "--marks \(marksFile) ") + "--require-sandbox \(requiredLevel.rawValue)"
  }
}
