import Curriculum
import Examiner
import Foundation
import Grading

/// Lessons and steps as they are named on the command line.
struct Selection {
  /// The lessons with the steps asked for, nil for all of a lesson's.
  let lessons: [(lesson: Lesson, steps: [String]?)]
  /// Whether anything was named.
  let isEverything: Bool

  /// Reads words such as "3", "03-LogisticRegression", "LogisticRegression" and "3.6"; none at all is everything.
  init(_ words: [String]) throws {
    isEverything = words.isEmpty
    var chosen: [Int: [String]?] = [:]
    for word in words {
      if let (lesson, step) = catalogueStep(word) {
        if let list = chosen[lesson.number] {
          chosen[lesson.number] = list.map { $0 + [step.id] }
        } else {
          chosen[lesson.number] = [step.id]
        }
      } else if let lesson = Self.lesson(word) {
        chosen.updateValue(nil, forKey: lesson.number)
      } else {
        throw UsageError("there is no lesson or step “\(word)”: “swift run gradus list” shows them all")
      }
    }
    lessons = catalogue.compactMap { lesson in
      if words.isEmpty { return (lesson, nil) }
      return chosen[lesson.number].map { steps in
        (lesson, steps.map { list in lesson.steps.map(\.id).filter(list.contains) })
      }
    }
  }

  /// The lessons of a list such as "1-9" or "3,5,8-10".
  static func lessons(_ list: String) throws -> [Lesson] {
    var numbers: Set<Int> = []
    for part in list.split(separator: ",") {
      let ends = part.split(separator: "-", maxSplits: 1).map { Int($0) }
      guard let first = ends[0], let last = ends.count == 1 ? first : ends[1], first <= last else {
        throw UsageError("“\(part)” is no lesson and no range of lessons: 1-9, or 3,5,8-10")
      }
      numbers.formUnion(first...last)
    }
    let lessons = catalogue.filter { numbers.contains($0.number) }
    guard lessons.count == numbers.count, !lessons.isEmpty else {
      throw UsageError("“\(list)”: there are the lessons \(catalogue.map(\.id).joined(separator: ", "))")
    }
    return lessons
  }

  static func lesson(_ word: String) -> Lesson? {
    catalogue.first { [$0.id, $0.folder, $0.name, String($0.folder.prefix(2))].contains(word) }
  }

  /// The lesson of this name, for a command that takes one.
  static func oneLesson(_ words: [String]) throws -> Lesson {
    guard words.count == 1, let lesson = lesson(words[0]) else {
      throw UsageError(
        words.isEmpty
          ? "which lesson? \(catalogue.map(\.id).joined(separator: ", "))"
          : "there is no lesson “\(words.joined(separator: " "))”")
    }
    return lesson
  }
}

/// What is examined: the exercises, the solutions, or a submission.
struct Source {
  /// Its name in reports.
  let name: String
  /// A folder with a subfolder for each lesson.
  let folder: URL

  static func exercises(_ kit: Kit) -> Source {
    Source(name: "exercises", folder: kit.root.appendingPathComponent("Exercises"))
  }
  static func solutions(_ kit: Kit) throws -> Source {
    let folder = kit.root.appendingPathComponent("Solutions")
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw UsageError("this copy of the kit has no solutions")
    }
    return Source(name: "solutions", folder: folder)
  }

  /// A folder shaped like `Exercises/`, or holding an `Exercises/`.
  static func submission(_ path: String) throws -> Source {
    let folder = URL(fileURLWithPath: path)
    let inner = folder.appendingPathComponent("Exercises")
    let shaped = [inner, folder].first { candidate in
      catalogue.contains { FileManager.default.fileExists(atPath: candidate.appendingPathComponent($0.folder).path) }
    }
    guard let shaped else {
      throw UsageError(
        "\(path) holds none of the lessons' folders (\(catalogue[0].folder), …), and no Exercises/ that does")
    }
    return Source(name: path, folder: shaped)
  }

  /// The reports on some lessons, each compiled by itself, side by side.
  func reports(on selection: Selection, kit: Kit, seed: UInt64) throws -> [LessonReport] {
    let results = Collected<LessonReport>(count: selection.lessons.count)
    DispatchQueue.concurrentPerform(iterations: selection.lessons.count) { k in
      let (lesson, steps) = selection.lessons[k]
      results.set(
        k,
        Result {
          try examine(lesson, steps: steps, sources: folder.appendingPathComponent(lesson.folder), kit: kit, seed: seed)
        })
    }
    return try results.get()
  }
}

/// Results that several threads fill in.
final class Collected<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Result<Value, any Error>?]
  init(count: Int) { values = Array(repeating: nil, count: count) }
  func set(_ k: Int, _ value: Result<Value, any Error>) { lock.withLock { values[k] = value } }
  func get() throws -> [Value] { try values.map { try $0!.get() } }
}
