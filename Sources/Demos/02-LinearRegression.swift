import Curriculum
import Datasets
import Plots

/// Lesson 2: a line through noisy points, and the progression of diabetes.
public let linearRegressionDemo = Demo<any LinearRegressionLesson>(
  .linearRegression,
  run: { lesson, out in out("") },
  figures: { lesson in [] })
