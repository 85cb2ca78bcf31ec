import Curriculum
import Datasets
import Plots

/// Lesson 6: three irises, ten digits.
public let softmaxRegressionDemo = Demo<any SoftmaxRegressionLesson>(
  .softmaxRegression,
  run: { lesson, out in
    let data = try Dataset.iris()
    out("Iris, \(data.exampleCount) flowers, \(data.classNames.count) species.")
  },
  figures: { _ in [] })
