import Curriculum
import Grading
@testable import FrameworkSolution

private let reference = Framework()

let framework = Answers<any FrameworkLesson>(
  .framework, frameworkSteps, reference,
  mistakes: [])
