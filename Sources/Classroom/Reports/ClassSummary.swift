import Curriculum
import Foundation

/// What the overview and the table of marks need of a class: a row for each student and a line for each step, gathered from one
/// record after the other.
struct ClassSummary {
  /// A student.
  struct Row {
    let student: String
    let earned: Double, earnedBeforePenalty: Double, possible: Double
    let penalty: PenaltyRecord?
    let lessons: [Lesson]
    /// How many steps are in each state.
    let states: [StepState: Int]
    /// What an instructor may want to look at, a sentence each.
    let remarks: [String]
    let sandbox: SandboxLevel
    /// What judged: records that differ here are not comparable.
    let terms: String
    let finished: Date

    struct Lesson {
      let number: Int
      let title: String
      let earned: Double, possible: Double
    }
  }

  /// A step, over all students.
  struct Step {
    let id: String, title: String, lesson: String
    var states: [StepState: Int] = [:]
    /// How many students made each mistake.
    var mistakes: [MistakeRecord: Int] = [:]

    /// How many handed in code of their own that could be run.
    var tried: Int { (states[.passed] ?? 0) + failed }
    /// How many of these are not right.
    var failed: Int { (states[.wrong] ?? 0) + (states[.crashed] ?? 0) + (states[.timedOut] ?? 0) }
    /// The commonest mistakes, the first first.
    var commonest: [(mistake: MistakeRecord, count: Int)] {
      mistakes.map { (mistake: $0.key, count: $0.value) }
        .sorted { ($1.count, $0.mistake.step, $0.mistake.id) < ($0.count, $1.mistake.step, $1.mistake.id) }
    }
  }

  private(set) var rows: [Row] = []
  private(set) var steps: [Step] = []
  private var places: [String: Int] = [:]

  /// Adds a student.
  mutating func add(_ record: StudentRecord) {
    rows.append(Row(record))
    for lesson in record.lessons {
      for step in lesson.steps {
        if places[step.id] == nil {
          places[step.id] = steps.count
          steps.append(Step(id: step.id, title: step.title, lesson: lesson.title))
        }
        let k = places[step.id]!
        steps[k].states[step.state, default: 0] += 1
        for mistake in Set(step.explanations.map(\.mistake)) { steps[k].mistakes[mistake, default: 0] += 1 }
      }
    }
  }

  /// The steps at which the greatest share of those who tried are not right, the worst first.
  var hardest: [Step] {
    steps.filter { $0.failed > 0 }
      .sorted { a, b in
        // a.failed / a.tried > b.failed / b.tried, in whole numbers; then by how many.
        let (left, right) = (a.failed * b.tried, b.failed * a.tried)
        return left != right ? left > right : a.failed > b.failed
      }
  }

  /// The marks in ten bins of equal width from nothing to all points; all points belong to the last.
  var histogram: [Int] {
    var bins = [Int](repeating: 0, count: 10)
    for row in rows where row.possible > 0 { bins[max(0, min(9, Int(row.earned / row.possible * 10 + 1e-9)))] += 1 }
    return bins
  }
}

extension ClassSummary.Row {
  init(_ record: StudentRecord) {
    student = record.student
    earned = record.earned
    earnedBeforePenalty = rounded(record.earnedBeforePenalty)
    possible = rounded(record.possible)
    penalty = record.penalty
    lessons = record.lessons.map {
      Lesson(number: $0.number, title: $0.title, earned: rounded($0.earned), possible: rounded($0.possible))
    }
    states = record.steps.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    var remarks = record.submission.remarks.map(ReportText.line)
    for lesson in record.lessons where lesson.build == .refused {
      let breach = lesson.breaches.first.map { " line \($0.line) has \(ReportText.line($0.what))" } ?? ""
      remarks.append("Lesson \(lesson.number) was refused:\(breach).")
    }
    self.remarks = remarks
    sandbox = record.grading.sandbox
    terms = ([record.grading.kit.digest, record.grading.kit.toolchain] + record.grading.seeds.map(String.init))
      .joined(separator: "/")
    finished = record.grading.finished
  }
}

/// `grades.csv`: a line for each student; every cell in quotes.
func gradesTable(_ summary: ClassSummary) -> String {
  let lessons = summary.rows.first?.lessons ?? []
  var lines = [
    ["student", "points", "possible", "percent", "before penalty", "penalty"]
      + StepState.allCases.map(\.words) + lessons.map { "\($0.number) \($0.title)" }
  ]
  for row in summary.rows {
    let percent = row.possible > 0 ? ReportText.number(row.earned / row.possible * 100) : ""
    let points = Dictionary(row.lessons.map { ($0.number, $0.earned) }, uniquingKeysWith: { a, _ in a })
    lines.append(
      [
        row.student, ReportText.number(row.earned), ReportText.number(row.possible), percent,
        ReportText.number(row.earnedBeforePenalty), row.penalty?.reason ?? "",
      ] + StepState.allCases.map { "\(row.states[$0] ?? 0)" }
        + lessons.map { points[$0.number].map(ReportText.number) ?? "" })
  }
  return lines.map { $0.map(ReportText.cell).joined(separator: ",") + "\r\n" }.joined()
}
