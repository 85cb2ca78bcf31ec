import Curriculum
import Plots

/// Lesson 11.
public let optimizationDemo = Demo<any OptimizationLesson>(
  .optimization, run: { _, _ in }, figures: { _ in [] })
