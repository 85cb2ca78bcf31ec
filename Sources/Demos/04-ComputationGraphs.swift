import Curriculum
import Plots

/// Lesson 4: the lectures' two graphs, and a gradient checked.
public let computationGraphsDemo = Demo<any ComputationGraphsLesson>(
  .computationGraphs,
  run: { lesson, out in
    let J = lesson.tripleSum(a: 5, b: 3, c: 2)
    out(
      "J = 3(a + bc) at (5, 3, 2): J = \(formatted(J.J)), da = \(formatted(J.da)), db = \(formatted(J.db)), dc = \(formatted(J.dc))."
    )
  },
  figures: { _ in [] })
