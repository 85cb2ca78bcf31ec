import Curriculum

/// The steps of lesson 9.
public let deepNetworkSteps: [Step<any DeepNetworkLesson>] = []
