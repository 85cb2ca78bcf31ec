import Classroom
import Examiner
import Foundation

struct ReportCommand: Command {
  let name = "report"
  let summary = "writes a graded class's reports again, and fills gradebooks"
  let help = """
    swift run gradus report RESULTS [--docs URL] [--canvas FILE --canvas-column TITLE]
                            [--moodle FILE [--moodle-column TITLE] [--moodle-feedback TITLE] [--moodle-maximum TITLE]] [--scale]

    Writes all reports from the records in RESULTS, without grading anything: overview.html and grades.csv, and for each student
    report.html, report.txt, results.json (Gradescope), junit.xml, prairielearn.json, codegrade.jsonl and results.tap.

      --docs URL             where the chapters stand on the web, so that reports link to them: the address of the folder
                             with 03-logistic-regression.md, or one with {chapter} in it
      --canvas FILE          fills a copy of the gradebook that was exported from Canvas: RESULTS/canvas.csv
      --canvas-column TITLE  the assignment's title there
      --moodle FILE          fills a copy of a grading worksheet or export from Moodle: RESULTS/moodle.csv
      --moodle-column TITLE  its column for marks; --moodle-feedback and --moodle-maximum likewise. Where they are not named,
                             those of some languages are known
      --scale                converts marks where the most points there are others than here

    Exit code: 0 if all was written and every student has a row, 1 if not.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    let docs = try DocsLinks(try arguments.option("--docs"))
    let canvas = try arguments.option("--canvas"), canvasColumn = try arguments.option("--canvas-column")
    let moodle = try arguments.option("--moodle")
    var columns = Gradebook.MoodleColumns()
    columns.grade = try arguments.option("--moodle-column")
    columns.feedback = try arguments.option("--moodle-feedback")
    columns.maximum = try arguments.option("--moodle-maximum")
    let isScaled = arguments.flag("--scale")
    let rest = try arguments.rest()
    guard rest.count == 1 else { throw UsageError("one folder with results is needed") }
    guard (canvas == nil) == (canvasColumn == nil) else {
      throw UsageError("--canvas and --canvas-column go together")
    }

    let reports = try ClassReports(ResultsFolder(URL(fileURLWithPath: rest[0])), kit: try Kit(), docs: docs)
    try reports.writeOverview()
    print("Written: \(rest[0])/overview.html, grades.csv, and each student's reports.")
    var isComplete = reports.unreadable.isEmpty
    for trouble in reports.unreadable { complain(trouble) }
    func show(_ gradebook: Gradebook, _ file: String) {
      print("\(rest[0])/\(file): \(gradebook.filled) rows filled.")
      for remark in gradebook.remarks { print("  \(remark)") }
      isComplete = isComplete && gradebook.isComplete
    }
    if let canvas, let canvasColumn {
      show(try reports.fillCanvas(URL(fileURLWithPath: canvas), column: canvasColumn, isScaled: isScaled), "canvas.csv")
    }
    if let moodle {
      show(try reports.fillMoodle(URL(fileURLWithPath: moodle), columns, isScaled: isScaled), "moodle.csv")
    }
    return isComplete ? Exit.success : Exit.failure
  }
}

struct MergeCommand: Command {
  let name = "merge"
  let summary = "joins the results of a class that was graded on several machines"
  let help = """
    swift run gradus merge RESULTS RESULTS ... --out RESULTS

    Joins the folders that “gradus grade --shard I/N” has written, and writes the reports. All must have been graded with the same
    seed, kit, toolchain, lessons and rules for marks.

    Exit code: 0 if all shards are there, 1 if not.
    """

  func run(_ arguments: inout Arguments) throws -> Int32 {
    guard let out = try arguments.option("--out") else { throw UsageError("--out RESULTS says where the results go") }
    let parts = try arguments.rest().map { ResultsFolder(URL(fileURLWithPath: $0)) }
    guard !parts.isEmpty else { throw UsageError("the folders to be joined are needed") }
    let results = ResultsFolder(URL(fileURLWithPath: out))
    let merge = try ClassMerge(parts, into: results)
    let reports = try ClassReports(results, kit: try Kit(), docs: DocsLinks())
    try reports.writeOverview()
    print("\(merge.students) students have a record in \(out).")
    for remark in merge.remarks + reports.unreadable { complain(remark) }
    return merge.remarks.isEmpty && reports.unreadable.isEmpty ? Exit.success : Exit.failure
  }
}
