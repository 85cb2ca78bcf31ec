import Curriculum
import Datasets
import Plots

/// Lesson 14: breast cancer measured.
public let metricsDemo = Demo<any MetricsLesson>(
  .metrics,
  run: { lesson, out in out("") },
  figures: { lesson in [] })
