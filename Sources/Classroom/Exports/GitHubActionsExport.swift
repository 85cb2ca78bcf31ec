import Foundation

/// A workflow of GitHub Actions that grades a class on several machines and joins the results.
///
/// It belongs into the instructor's own private copy of the kit, where no student can change it or read its secrets.
/// - Parameters:
///   - swift: the version of the toolchain, `6.3.1`.
///   - shards: how many machines.
public func gitHubActionsWorkflow(swift: String, shards: Int, _ options: ExportOptions) -> String {
  let numbers = (1...shards).map(String.init).joined(separator: ", ")
  let arguments = options.arguments(marksFile: "class/marks.json")
  return #"""
    # Grades a class: .github/workflows/grade-class.yml in your own private copy of Gradus.
    #
    # class/students.txt has a line for each student, a name and a repository: “ada example-org/gradus-ada”.
    # The secret CLASS_TOKEN may read these repositories (“Contents: read-only”), and nothing else.
    name: Grade the class
    on: workflow_dispatch
    permissions:
      contents: read

    jobs:
      seed:
        runs-on: ubuntu-latest
        outputs:
          seed: ${{ steps.draw.outputs.seed }}
        steps:
          # One seed for all machines, which nobody knows before.
          - id: draw
            run: echo "seed=$(( $(od -An -N6 -tu8 /dev/urandom) ))" >> "$GITHUB_OUTPUT"

      grade:
        needs: seed
        runs-on: ubuntu-latest
        container: swift:\#(swift)
        strategy:
          fail-fast: false
          matrix:
            shard: [\#(numbers)]
        steps:
          - uses: actions/checkout@v4
          - run: swift build --product gradus
          - name: Fetch what was handed in
            env:
              CLASS_TOKEN: ${{ secrets.CLASS_TOKEN }}
            run: |
              header="Authorization: basic $(printf 'x-access-token:%s' "$CLASS_TOKEN" | base64 -w0)"
              mkdir -p submissions
              while read -r student repository rest; do
                case "$student" in ''|'#'*) continue ;; esac
                # A student whose repository cannot be read is graded on an empty folder, and the report says so.
                git -c "http.https://github.com/.extraheader=$header" -c core.symlinks=false clone --quiet --depth 1 \
                  "https://github.com/$repository" "submissions/$student" \
                  || { echo "::warning::$student: $repository cannot be cloned"; mkdir -p "submissions/$student"; }
                rm -rf "submissions/$student/.git"
              done < class/students.txt
          - name: Grade
            run: |
              .build/debug/gradus grade submissions --out results --shard ${{ matrix.shard }}/\#(shards) \
                --seed ${{ needs.seed.outputs.seed }} \#(arguments)
          - uses: actions/upload-artifact@v4
            if: always()
            with:
              name: shard-${{ matrix.shard }}
              path: results

      merge:
        needs: grade
        if: always()
        runs-on: ubuntu-latest
        container: swift:\#(swift)
        steps:
          - uses: actions/checkout@v4
          - run: swift build --product gradus
          - uses: actions/download-artifact@v4
            with:
              pattern: shard-*
              path: shards
          - run: .build/debug/gradus merge shards/* --out results
          - uses: actions/upload-artifact@v4
            if: always()
            with:
              name: results
              path: results

    """#
}
