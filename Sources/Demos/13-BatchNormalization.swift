import Curriculum
import Plots

/// Lesson 13.
public let batchNormalizationDemo = Demo<any BatchNormalizationLesson>(
  .batchNormalization,
  run: { _, out in out() },
  figures: { _ in [] })
