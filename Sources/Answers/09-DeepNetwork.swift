import Curriculum
import Grading
@testable import DeepNetworkSolution

private let reference = DeepNetwork()

let deepNetwork = Answers<any DeepNetworkLesson>(.deepNetwork, deepNetworkSteps, reference, mistakes: [])
