import Archives
import Curriculum
import Foundation

/// What a student handed in: a folder or a ZIP archive, of which only the exercise files are ever read.
struct Submission: Sendable {
  /// Who: the folder's or archive's name, without `.zip`.
  let student: String
  let url: URL

  /// An exercise file that was taken.
  struct Exercise: Sendable {
    let lesson: Lesson
    /// Its path inside the submission.
    let path: String
    let contents: Data
  }

  /// The most that is taken of one file, and of one archive, in bytes; and the most entries and levels that are looked at.
  static let fileLimit = 512 << 10
  static let archiveLimit = 64 << 20
  static let entryLimit = 20_000
  static let depthLimit = 12

  /// The submissions in a folder, in the order of their names: every folder and archive in it is one student's.
  /// - Returns: the submissions, and the names of what is none.
  /// - Throws: where the folder cannot be read, or two submissions would be the same student's.
  static func all(in folder: URL) throws -> (submissions: [Submission], ignored: [String]) {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } catch {
      throw ClassroomError("\(folder.path) cannot be read: is it the folder with the students' submissions?")
    }
    var submissions: [Submission] = []
    var ignored: [String] = []
    for name in names where !name.hasPrefix(".") && name != "__MACOSX" {
      let url = folder.appendingPathComponent(name)
      let isArchive = name.lowercased().hasSuffix(".zip")
      switch FileKind(url.path) {
      case .folder: submissions.append(Submission(student: studentName(name), url: url))
      case .file where isArchive:
        submissions.append(Submission(student: studentName(String(name.dropLast(4))), url: url))
      default: ignored.append(name)
      }
    }
    var seen: [String: String] = [:]
    for submission in submissions {
      let name = submission.url.lastPathComponent
      // Some file systems take capitals and small letters for the same.
      if let other = seen.updateValue(name, forKey: submission.student.lowercased()) {
        throw ClassroomError(
          "\(folder.path) holds “\(other)” and “\(name)”, which would be the same student: rename one of them")
      }
    }
    return (submissions, ignored)
  }

  /// A name that is safe as a folder's and in a terminal: control characters and what file systems dislike become `_`.
  private static func studentName(_ name: String) -> String {
    let text = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          let isPlain = scalar.value >= 32 && scalar.value != 127 && !"/\\:*?\"<>|".unicodeScalars.contains(scalar)
          return isPlain && scalar.properties.generalCategory != .format ? scalar : "_"
        }))
    return text.isEmpty || text.hasPrefix(".") ? "_" + text : text
  }

  /// The exercise files, at most one a lesson, and remarks on what was left out.
  func exercises() -> (files: [Exercise], remarks: [String]) {
    var remarks: [String] = []
    let source: FileSource
    if FileKind(url.path) == .folder {
      let folder = FolderSource(url)
      // A learning platform may put the archive that was handed in into a folder.
      let archives = folder.paths.filter { $0.lowercased().hasSuffix(".zip") && !$0.contains("/") }
      if !folder.paths.contains(where: { ExercisePath($0) != nil }), archives.count == 1 {
        let file = url.appendingPathComponent(archives[0])
        source = ArchiveSource(file)
        remarks.append("It was taken from the archive \(archives[0]).")
      } else {
        source = folder
      }
    } else {
      source = ArchiveSource(url)
    }
    remarks += source.remarks

    var best: [Int: [(rank: Int, path: String)]] = [:]
    for path in source.paths {
      guard let place = ExercisePath(path) else { continue }
      best[place.lesson.number, default: []].append((place.rank, path))
    }
    var files: [Exercise] = []
    for lesson in catalogue {
      let candidates = (best[lesson.number] ?? []).sorted { ($0.rank, $0.path) < ($1.rank, $1.path) }
      guard let first = candidates.first else { continue }
      if candidates.count > 1 {
        let others = candidates.dropFirst().prefix(3).map(\.path).joined(separator: ", ")
        remarks.append("\(first.path) was graded, and not \(others).")
      }
      switch source.contents(of: first.path) {
      case .success(let contents): files.append(Exercise(lesson: lesson, path: first.path, contents: contents))
      case .failure(let trouble): remarks.append("\(first.path) was left out: \(trouble.description).")
      }
    }
    let taken = Set(best.values.flatMap { $0.map(\.path) })
    let extra = source.paths.filter {
      $0.hasSuffix(".swift") && !taken.contains($0) && ExercisePath.isBesideExercise($0)
    }
    if !extra.isEmpty {
      remarks.append(
        "Only the file with the lesson's name is graded; left out: " + extra.prefix(5).joined(separator: ", ")
          + (extra.count > 5 ? " and \(extra.count - 5) more." : "."))
    }
    if files.isEmpty {
      remarks.append("No exercise file was found, such as \(catalogue[0].folder)/\(catalogue[0].name).swift.")
    }
    return (files, remarks)
  }
}

/// Which lesson's exercise a path inside a submission is, if any.
struct ExercisePath {
  let lesson: Lesson
  /// Less is better: `Exercises/03-…/X.swift` before `03-…/X.swift` before `X.swift`, then the fewest folders above.
  let rank: Int

  /// Folders of a clone that hold files of the same names, and what systems leave behind.
  private static let foreign: Set<String> = ["Solutions", "Sources", "Tests", "docs", "__MACOSX"]

  private static func parts(_ path: String) -> [String]? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains(where: { foreign.contains($0) || $0.hasPrefix(".") || $0.isEmpty }) else { return nil }
    return parts
  }

  init?(_ path: String) {
    guard let parts = Self.parts(path), let file = parts.last,
      let lesson = catalogue.first(where: { $0.name + ".swift" == file })
    else { return nil }
    self.lesson = lesson
    let parent = parts.dropLast().last
    let isInOwnFolder = parent == lesson.folder
    // Another lesson's folder holds another lesson's file.
    guard isInOwnFolder || !catalogue.contains(where: { $0.folder == parent }) else { return nil }
    let isInExercises = isInOwnFolder && parts.dropLast(2).last == "Exercises"
    rank = (isInExercises ? 0 : isInOwnFolder ? 100 : 200) + min(parts.count, 99)
  }

  /// Whether a file lies where a student may have put code to be used: in a lesson's folder.
  static func isBesideExercise(_ path: String) -> Bool {
    guard let parts = parts(path), let parent = parts.dropLast().last else { return false }
    return catalogue.contains { $0.folder == parent }
  }
}

/// What a path is, links not followed.
enum FileKind {
  case file, folder, link, other

  init?(_ path: String) {
    var information = stat()
    guard lstat(path, &information) == 0 else { return nil }
    switch information.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}

/// Why something cannot be graded, with the remedy.
public struct ClassroomError: Error, CustomStringConvertible, Sendable {
  /// What is the matter.
  public let description: String
  /// A trouble with its remedy.
  public init(_ description: String) { self.description = description }
}

/// Where a submission's files come from.
private protocol FileSource {
  /// The paths of its regular files.
  var paths: [String] { get }
  var remarks: [String] { get }
  func contents(of path: String) -> Result<Data, ClassroomError>
}

private struct FolderSource: FileSource {
  let folder: URL
  var paths: [String] = []
  var remarks: [String] = []

  init(_ folder: URL) {
    self.folder = folder
    var count = 0
    var links: [String] = []
    func visit(_ prefix: String, depth: Int) {
      let path = folder.path + (prefix.isEmpty ? "" : "/" + prefix)
      for name in ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() {
        guard count < Submission.entryLimit else { return }
        count += 1
        // Hidden folders hold builds and repositories, and no exercise.
        if name.hasPrefix(".") || name == "__MACOSX" { continue }
        let inner = prefix.isEmpty ? name : prefix + "/" + name
        switch FileKind(folder.path + "/" + inner) {
        case .file: paths.append(inner)
        case .folder where depth < Submission.depthLimit: visit(inner, depth: depth + 1)
        case .link where ExercisePath(inner) != nil || catalogue.contains { $0.folder == name } || name == "Exercises":
          links.append(inner)
        case .other where ExercisePath(inner) != nil: links.append(inner)
        default: break
        }
      }
    }
    visit("", depth: 0)
    if count >= Submission.entryLimit { remarks.append("It has more than \(count) files; the rest was not looked at.") }
    if !links.isEmpty {
      remarks.append(
        "Left out, because only regular files are graded and no links: " + links.joined(separator: ", ") + ".")
    }
  }

  func contents(of path: String) -> Result<Data, ClassroomError> {
    // A link in place of the last part is not followed, and a pipe not waited for.
    let descriptor = open(folder.path + "/" + path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(ClassroomError("it cannot be read")) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      return .failure(ClassroomError("it is no regular file"))
    }
    guard information.st_size <= Submission.fileLimit,
      let data = try? file.read(upToCount: Submission.fileLimit + 1) ?? Data(), data.count <= Submission.fileLimit
    else { return .failure(ClassroomError("it has more than \(Submission.fileLimit >> 10) KB")) }
    return .success(data)
  }
}

private struct ArchiveSource: FileSource {
  private var archive: ZipArchive?
  private var entries: [String: ZipArchive.Entry] = [:]
  var paths: [String] = []
  var remarks: [String] = []

  init(_ url: URL) {
    let name = url.lastPathComponent
    let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) ?? 0
    guard size <= Submission.archiveLimit else {
      remarks.append("The archive \(name) has more than \(Submission.archiveLimit >> 20) MB and was not read.")
      return
    }
    do {
      guard FileKind(url.path) == .file else { throw ArchiveError("it is no regular file") }
      archive = try ZipArchive(Array(Data(contentsOf: url)), maximumEntries: Submission.entryLimit)
    } catch {
      remarks.append("The archive \(name) cannot be read: \(error).")
      return
    }
    var bad: [String] = []
    for entry in archive?.entries ?? [] {
      guard entry.kind == .file, entry.hasSafeName else {
        // Some programs write backslashes, or begin with "./"; neither is known from those that students use.
        if entry.kind != .folder { bad.append(entry.name) }
        continue
      }
      if entries.updateValue(entry, forKey: entry.name) != nil { bad.append(entry.name + " (twice)") }
      paths.append(entry.name)
    }
    // Which of two files of one name would be meant, nobody can say: neither is graded.
    let twice = Set(bad.filter { $0.hasSuffix(" (twice)") }.map { String($0.dropLast(8)) })
    paths.removeAll(where: twice.contains)
    if !bad.isEmpty {
      remarks.append(
        "Left out of the archive, because of their names or because they are links: "
          + bad.prefix(5).joined(separator: ", ") + (bad.count > 5 ? " and \(bad.count - 5) more." : "."))
    }
  }

  func contents(of path: String) -> Result<Data, ClassroomError> {
    guard let archive, let entry = entries[path] else { return .failure(ClassroomError("it is not there")) }
    do { return .success(Data(try archive.contents(of: entry, limit: Submission.fileLimit))) } catch {
      return .failure(ClassroomError("\(error)"))
    }
  }
}
