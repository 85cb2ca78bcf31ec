import Curriculum
import Foundation
import Grading

/// What was found out about one student's submission: the one record from which every report and export is made.
///
/// It stands in `RESULTS/STUDENT/record.json`, and is all that a report may read. Text in it that comes from a student
/// (`printed`, `message`, names of files) is as the student wrote it, capped in length and not escaped: whoever writes a report
/// escapes it for that form.
public struct StudentRecord: Codable, Sendable, Equatable {
  /// The form of this record; a reader refuses any other.
  public static let currentFormat = 1
  /// The form that this record has.
  public var format = currentFormat
  /// Who: the name of the folder or archive in SUBMISSIONS, without `.zip`. Nothing inside a submission can change it.
  public var student: String
  /// What was handed in, and what of it was taken.
  public var submission: SubmissionRecord
  /// By what it was graded, and when.
  public var grading: GradingRecord
  /// A record for each lesson of the catalogue that counts, in the catalogue's order.
  public var lessons: [LessonRecord]
  /// What is taken off for lateness; nil where nothing is.
  public var penalty: PenaltyRecord?

  /// The points earned, the penalty not taken off.
  public var earnedBeforePenalty: Double { lessons.reduce(0) { $0 + $1.earned } }
  /// The points earned, after the penalty: what goes into a gradebook.
  public var earned: Double { rounded(earnedBeforePenalty * (1 - (penalty?.share ?? 0))) }
  /// The points that can be earned.
  public var possible: Double { lessons.reduce(0) { $0 + $1.possible } }
  /// All steps in the catalogue's order.
  public var steps: [StepRecord] { lessons.flatMap(\.steps) }
}

/// A submission as it was handed in.
public struct SubmissionRecord: Codable, Sendable, Equatable {
  /// The file name in SUBMISSIONS, `ada` or `ada.zip`.
  public var name: String
  /// When it was handed in, where the instructor's file of times says so.
  public var handedIn: Date?
  /// The exercise files that were taken.
  public var files: [FileRecord]
  /// What is worth knowing about the rest, a sentence each: a file that was left out although it looks like work, an archive
  /// that cannot be read. Shown to student and instructor.
  public var remarks: [String]
}

/// An exercise file that was taken from a submission.
public struct FileRecord: Codable, Sendable, Equatable {
  /// The lesson's number.
  public var lesson: Int
  /// Its path inside the submission.
  public var path: String
  /// The SHA-256 of its contents in hexadecimal digits: two students with the same one handed in the same file.
  public var digest: String
  /// Its size in bytes.
  public var bytes: Int
  /// Whether it is as it was handed out.
  public var isUntouched: Bool
}

/// By what a submission was graded, and when.
public struct GradingRecord: Codable, Sendable, Equatable {
  /// When grading it began and ended.
  public var started: Date
  public var finished: Date
  /// The seeds from which the inputs were drawn, the same for the whole class, drawn when its grading began.
  public var seeds: [UInt64]
  /// What stood between the student's code and the machine.
  public var sandbox: SandboxLevel
  /// The kit: its version, and the digest of what it judges by.
  public var kit: KitRecord
}

/// The kit and the toolchain that graded.
public struct KitRecord: Codable, Sendable, Equatable {
  /// The kit's commit, where it is a clone; with `-changed` after it where files differ from that commit.
  public var commit: String?
  /// A digest of the modules that observe and judge: two records with the same one were judged by the same code.
  public var digest: String
  /// The compiler's version line.
  public var toolchain: String
  /// The system, `Linux x86_64`.
  public var platform: String
}

/// What came of one lesson.
public struct LessonRecord: Codable, Sendable, Equatable {
  /// 3 for lesson 3.
  public var number: Int
  /// The lesson's title.
  public var title: String
  /// The path of its chapter below the kit, `docs/03-logistic-regression.md`.
  public var chapter: String
  /// What became of its file.
  public var build: Build
  /// The compiler's first error, the trouble that kept it from being compiled, or nil.
  public var message: String?
  /// The line of that error in the student's file.
  public var line: Int?
  /// What breaks the rules for graded code; then the lesson is refused.
  public var breaches: [Breach]
  /// What was done to the file before it was compiled, a sentence each (`import Foundation` was left out).
  public var remarks: [String]
  /// The steps in order.
  public var steps: [StepRecord]

  /// What became of a lesson's file.
  public enum Build: String, Codable, Sendable {
    /// It was compiled.
    case compiled
    /// There is no such file in the submission.
    case missing
    /// It is as it was handed out, and was not compiled.
    case untouched
    /// It does not compile.
    case doesNotCompile
    /// It breaks the rules, and was not compiled.
    case refused
  }

  /// The points earned and those that can be earned.
  public var earned: Double { steps.reduce(0) { $0 + $1.earned } }
  public var possible: Double { steps.reduce(0) { $0 + $1.possible } }
}

/// A place at which a file breaks the rules for graded code.
public struct Breach: Codable, Sendable, Equatable {
  /// The line, counted from 1.
  public var line: Int
  /// What stands there and is not allowed: "the attribute @_cdecl".
  public var what: String
  /// What to do about it.
  public var remedy: String
}

/// What came of one step.
public struct StepRecord: Codable, Sendable, Equatable {
  /// "3.6".
  public var id: String
  /// The step's title.
  public var title: String
  /// The anchor of its section in the chapter.
  public var anchor: String
  /// The contract's method, `gradients(X:Y:at:)`.
  public var function: String
  /// What became of it.
  public var state: StepState
  /// The points earned, partial credit included, and those that can be earned; weights are in both.
  public var earned: Double
  public var possible: Double
  /// What it was held against, one for each quantity that it returns: the rule of partial credit counts these.
  public var checks: [CheckRecord]
  /// The step that is missing first, where this one only waits for it.
  public var blockedBy: String?
  /// Steps on which this one builds and which are not right either.
  public var wrongPrerequisites: [String]
  /// What is wrong, the first first.
  public var findings: [FindingRecord]
  /// The mistakes that give the student's numbers.
  public var explanations: [ExplanationRecord]
  /// How the numbers relate to the right ones, where no known mistake gives them.
  public var diagnosis: String?
  /// The verdict in plain words, some lines: what `gradus check` prints below a step.
  public var text: String
  /// What the student's code printed, capped.
  public var printed: String
  /// The line in the student's file where the code stopped, or where its `todo()` stands.
  public var line: Int?
  /// The seed of the run that the findings are of.
  public var seed: UInt64?
  /// The CPU time of all its runs, in seconds.
  public var cpuSeconds: Double

  /// The mistake that gives all of the student's numbers.
  public var mistake: MistakeRecord? { explanations.first { $0.quantities == nil }?.mistake }
}

/// One check of a step: a quantity that is right where it is right on every input of every seed.
public struct CheckRecord: Codable, Sendable, Equatable {
  /// The quantity's name in the lecture's notation, `dw`.
  public var quantity: String
  /// Whether it is right everywhere.
  public var isRight: Bool
  /// Whether partial credit counts it. A quantity whose right values are the same on all inputs (a fact such as "no edge is out
  /// of order") must hold for the step to pass, but earns nothing by itself: something else than work may make it hold.
  public var counts: Bool
}

/// One thing that is not right.
public struct FindingRecord: Codable, Sendable, Equatable {
  /// The quantity with its index, `dw[1, 0]`; empty where the code stopped.
  public var quantity: String
  /// What it was and what it should be, where these are numbers; either may be NaN or infinite.
  public var actual: Double?
  public var expected: Double?
  /// On which input, by what evidence, and the finding in a sentence.
  public var input: String
  public var evidence: String
  public var message: String

  /// Equal bit by bit, NaN included.
  public static func == (a: FindingRecord, b: FindingRecord) -> Bool {
    a.quantity == b.quantity && a.actual?.bitPattern == b.actual?.bitPattern
      && a.expected?.bitPattern == b.expected?.bitPattern && a.input == b.input && a.evidence == b.evidence
      && a.message == b.message
  }
}

/// A mistake that gives a student's numbers.
public struct ExplanationRecord: Codable, Sendable, Equatable {
  /// The quantities whose numbers it gives; nil where it gives all.
  public var quantities: [String]?
  /// The mistake.
  public var mistake: MistakeRecord
}

/// What is said of a mistake.
public struct MistakeRecord: Codable, Sendable, Hashable {
  /// Its name, "DbNotAveraged", the same for every student.
  public var id: String
  /// The step in which it is made.
  public var step: String
  /// What was done, as a clause that fits after "when".
  public var title: String
  /// Why that is wrong, and the remedy.
  public var explanation: String
}

/// What is taken off for lateness.
public struct PenaltyRecord: Codable, Sendable, Equatable {
  /// The share of the points, between 0 and 1.
  public var share: Double
  /// Why, in words: "2 days late".
  public var reason: String
}

extension StepState: Codable {}

/// Points are kept to the hundredth.
func rounded(_ points: Double) -> Double { (points * 100).rounded() / 100 }

extension StudentRecord {
  /// The record as JSON, its keys in alphabetical order: the same record gives the same bytes.
  public func json() throws -> Data { try RecordCoding.encoder.encode(self) + Data("\n".utf8) }

  /// Reads a record.
  /// - Throws: where it is of another form than this version writes.
  public init(json: Data) throws { self = try RecordCoding.decoder.decode(StudentRecord.self, from: json) }
}

/// How records are written: dates as ISO 8601 in UTC, numbers that are not finite as strings.
enum RecordCoding {
  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }
  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}
