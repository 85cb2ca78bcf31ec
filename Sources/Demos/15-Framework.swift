import Curriculum
import Datasets
import Plots

/// Lesson 15: the slides' four programs, and the digits.
public let frameworkDemo = Demo<any FrameworkLesson>(
  .framework, run: { _, _ in }, figures: { _ in [] })
