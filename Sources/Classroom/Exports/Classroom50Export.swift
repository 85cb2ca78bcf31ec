import Archives
import Examiner
import Foundation

/// The files of an autograder of Classroom 50, by their names: they belong into `CLASSROOM/autograders/ASSIGNMENT/` of the
/// instructor's configuration; `runtime.json` is for `gh teacher assignment add --runtime`.
/// - Throws: where the kit cannot be read.
public func classroom50Files(_ kit: Kit, swift: String, _ options: ExportOptions) throws -> [String: Data] {
  var files = [
    "autograder.py": Data(classroom50Autograder(options).utf8),
    "runtime.json": Data(try classroom50Runtime(swift: swift).utf8),
    "gradus.zip": Data(ZipArchive.bytes(of: try kitFiles(kit))),
  ]
  files["marks.json"] = options.marks
  return files
}

func classroom50Runtime(swift: String) throws -> String {
  // Without `python` the container's own is taken, and Swift's images need not have one.
  try ReportText.json(["container": ["image": "swift:\(swift)", "user": "root"], "python": "3.14"] as [String: Any])
}

func classroom50Autograder(_ options: ExportOptions) -> String {
  var arguments = ["\"--require-sandbox\"", "\"\(options.requiredLevel.rawValue)\""]
  if let lessons = options.lessons {
    arguments += ["\"--lessons\"", "\"\(lessons.filter { $0.isNumber || $0 == "-" || $0 == "," })\""]
  }
  if options.marks != nil { arguments += ["\"--marks\"", "str(here / \"marks.json\")"] }
  return """
    \"\"\"Grades the working directory with Gradus, and leaves result.json there (classroom50/result/v1).

    Which classroom, assignment and owner the result is of is taken from the runner's variables, never from the submission. Any exit
    code but 0 means that nothing could be graded.
    \"\"\"

    import os
    import shutil
    import subprocess
    import tempfile
    import zipfile
    from pathlib import Path

    here = Path(__file__).resolve().parent
    here_to_grade = Path.cwd()

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with zipfile.ZipFile(here / "gradus.zip") as archive:
            archive.extractall(work)
        kit = work / "gradus"
        subprocess.run(["swift", "build", "--product", "gradus"], cwd=kit, check=True)
        # Links are copied as links, and the grader reads none of them.
        shutil.copytree(
            here_to_grade, work / "class" / "submission", symlinks=True, ignore=shutil.ignore_patterns(".git")
        )
        subprocess.run(
            [
                kit / ".build" / "debug" / "gradus", "grade", work / "class", "--out", work / "results", "--jobs", "1",
                \(arguments.joined(separator: ", ")),
            ],
            check=True,
        )
        result = here_to_grade / "result.json"
        if result.is_symlink() or result.exists():
            result.unlink()
        shutil.copyfile(work / "results" / "submission" / "classroom50.json", result)

    """
}
