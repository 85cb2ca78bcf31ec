import Curriculum

/// Lesson 9: a deep network on images.
public let deepNetworkDemo = Demo<any DeepNetworkLesson>(.deepNetwork, run: { _, _ in }, figures: { _ in [] })
