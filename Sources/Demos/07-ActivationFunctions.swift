import Curriculum
import Datasets
import Plots

/// Lesson 7: every function with its derivative, where they saturate, and what maxout and two linear layers draw.
public let activationFunctionsDemo = Demo<any ActivationFunctionsLesson>(
  .activationFunctions,
  run: { lesson, out in
    out("Lesson 7")
  },
  figures: { _ in [] })
