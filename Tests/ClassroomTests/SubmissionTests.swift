import Archives
import Foundation
import Testing

@testable import Classroom

struct SubmissionTests {
  /// The paths that are taken from a submission of these files, and the remarks.
  private func taken(_ files: [String: String], zip: Bool = false) throws -> (paths: [String], remarks: [String]) {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    if zip {
      let bytes = ZipArchive.bytes(of: files.sorted { $0.key < $1.key }.map { .init($0.key, Array($0.value.utf8)) })
      try folder.write(Data(bytes), to: "ada.zip")
    } else {
      for (path, text) in files { try folder.write(text, to: "ada/\(path)") }
    }
    let (submissions, ignored) = try Submission.all(in: folder.url)
    #expect(ignored.isEmpty && submissions.map(\.student) == ["ada"])
    let (exercises, remarks) = submissions[0].exercises()
    for exercise in exercises { #expect(String(decoding: exercise.contents, as: UTF8.self) == files[exercise.path]) }
    return (exercises.map(\.path), remarks)
  }

  @Test(arguments: [false, true]) func `files are found as students hand them in`(_ zip: Bool) throws {
    for path in [
      "Exercises/03-LogisticRegression/LogisticRegression.swift", "03-LogisticRegression/LogisticRegression.swift",
      "LogisticRegression.swift", "gradus-main/Exercises/03-LogisticRegression/LogisticRegression.swift",
      "My work/week 3/LogisticRegression.swift",
    ] {
      #expect(try taken([path: "a", "__MACOSX/._LogisticRegression.swift": "b"], zip: zip).paths == [path])
    }
  }

  @Test(arguments: [false, true]) func `of a whole clone the exercises are taken, and nothing else`(_ zip: Bool) throws
  {
    let (paths, remarks) = try taken(
      [
        "gradus/Exercises/02-LinearRegression/LinearRegression.swift": "a",
        "gradus/Exercises/03-LogisticRegression/LogisticRegression.swift": "b",
        "gradus/Exercises/03-LogisticRegression/Helper.swift": "c",
        "gradus/Solutions/04-ComputationGraphs/ComputationGraphs.swift": "d",
        "gradus/Sources/Curriculum/LogisticRegression.swift": "e", "gradus/Package.swift": "f",
        "gradus/Exercises copy/03-LogisticRegression/LogisticRegression.swift": "g",
        "gradus/Exercises/04-ComputationGraphs/Vectorization.swift": "h",
        "gradus/.build/Exercises/05-Vectorization/Vectorization.swift": "i",
      ], zip: zip)
    #expect(
      paths == [
        "gradus/Exercises/02-LinearRegression/LinearRegression.swift",
        "gradus/Exercises/03-LogisticRegression/LogisticRegression.swift",
      ])
    #expect(remarks.contains { $0.contains("Helper.swift") && $0.contains("Vectorization.swift") })
    #expect(remarks.contains { $0.contains("and not gradus/Exercises copy/") })
  }

  @Test func `an archive inside a folder is read`() throws {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    try folder.write(Data(ZipArchive.bytes(of: [.init(lesson3, [65])])), to: "ada_123_file/work.zip")
    #expect(try Submission.all(in: folder.url).submissions[0].exercises().files.map(\.path) == [lesson3])
  }

  @Test func `a name stands for one student, and is safe to print`() throws {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    try folder.write("", to: "Ada/x")
    try folder.write("", to: "b\u{1b}[2J\n/x")
    try folder.write("", to: "readme.txt")
    try folder.write("", to: ".DS_Store")
    let (submissions, ignored) = try Submission.all(in: folder.url)
    #expect(Set(submissions.map(\.student)) == ["Ada", "b_[2J_"] && ignored == ["readme.txt"])
    try folder.write("", to: "ada.zip")
    #expect(throws: ClassroomError.self) { try Submission.all(in: folder.url) }
  }

  @Test func `a bomb is neither unpacked nor believed`() throws {
    let folder = try SubmissionFolder()
    defer { folder.remove() }
    // A small one unpacks, so that the large one is really a bomb.
    let small = try ZipArchive(ZipArchive.bomb(lesson3, size: 2581, says: 2581))
    #expect(throws: ArchiveError.self) { try small.contents(of: small.entries[0], limit: 100) }
    for claimed in [1 << 26, 100] {
      try folder.write(Data(ZipArchive.bomb(lesson3, size: 1 << 26, says: claimed)), to: "ada.zip")
      let (files, remarks) = try Submission.all(in: folder.url).submissions[0].exercises()
      #expect(files.isEmpty && remarks.contains { $0.contains("left out") })
    }
  }
}
