import Curriculum

/// Lesson 12: its demo.
public let regularizationDemo = Demo<any RegularizationLesson>(
  .regularization, with: .linearRegression, as: (any LinearRegressionLesson).self, run: { _, _, _ in },
  figures: { _, _ in [] })
