import Curriculum
import Plots

/// Lesson 10.
public let initializationDemo = Demo<any InitializationLesson>(
  .initialization, run: { lesson, out in }, figures: { lesson in [] })
