// swift-tools-version: 6.3
import Foundation
import PackageDescription

/// The lessons, each with an exercise and a solution in the folder of this name. Nothing else here names a lesson.
let lessons = [
  "01-Perceptron",
  "02-LinearRegression",
  "03-LogisticRegression",
  "04-ComputationGraphs",
  "05-Vectorization",
  "06-SoftmaxRegression",
  "07-ActivationFunctions",
  "08-TwoLayerNetwork",
  "09-DeepNetwork",
  "10-Initialization",
  "11-Optimization",
  "12-Regularization",
  "13-BatchNormalization",
  "14-Metrics",
  "15-Framework",
]

/// Built optimised in debug too: what students' loops call must not be slow.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"])]
/// Lets the observer and the answers see a lesson's internal types in release too, so that students never write `public`.
let testable: [SwiftSetting] = [.unsafeFlags(["-enable-testing"], .when(configuration: .release))]

/// What `gradus handout` makes for students has no solutions: the judge works from recorded numbers there.
let isHandout = !isThere("Solutions")
func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: Context.packageDirectory + "/" + path) }

var exercises: [Target.Dependency] = []
var solutions: [Target.Dependency] = []
var targets: [Target] = []
for lesson in lessons {
  let name = String(lesson.dropFirst(3))
  let exercise = name + "Exercise"
  let solution = name + "Solution"
  exercises.append(.target(name: exercise))
  solutions.append(.target(name: solution))
  targets.append(
    .target(name: exercise, dependencies: ["Curriculum"], path: "Exercises/" + lesson, swiftSettings: testable))
  targets.append(
    .target(name: solution, dependencies: ["Curriculum"], path: "Solutions/" + lesson, swiftSettings: testable))
}

targets += [
  .target(name: "Kernels", cSettings: [.unsafeFlags(["-O2"])]),
  .target(name: "LinearAlgebra", dependencies: ["Kernels"], swiftSettings: optimized),
  .target(name: "Benchmarks", dependencies: ["LinearAlgebra"]),
  .target(name: "GradientChecking", swiftSettings: optimized),
  .target(name: "Datasets", dependencies: ["LinearAlgebra"], resources: [.copy("Files")]),
  .target(name: "Archives", swiftSettings: optimized),
  .target(name: "Plots", dependencies: ["Archives"]),
  .target(name: "WeightFiles", dependencies: ["Archives", "LinearAlgebra"], swiftSettings: optimized),
  .target(name: "TensorBoard", dependencies: ["Archives"]),
  .target(name: "Curriculum", dependencies: ["LinearAlgebra"]),
  .target(name: "Grading", dependencies: ["Curriculum", "GradientChecking"]),
  .executableTarget(name: "observer", dependencies: ["Grading"] + exercises),
  .target(name: "Warden", dependencies: ["Grading"]),
  .target(name: "Answers", dependencies: ["Grading"] + solutions, resources: isHandout ? [.copy("Keys")] : []),
  .target(name: "Demos", dependencies: ["Curriculum", "Datasets", "Plots", "TensorBoard", "WeightFiles"]),
  .target(name: "Playground", dependencies: ["Datasets", "LinearAlgebra", "Plots"], resources: [.copy("Page")]),
  .target(name: "Examiner", dependencies: ["Answers", "Grading"]),
  .target(name: "Authoring", dependencies: ["Answers", "Demos", "Examiner"]),
  .target(name: "Classroom", dependencies: ["Archives", "Authoring", "Examiner", "Plots", "Warden", "Answers"]),
  .executableTarget(
    name: "gradus", dependencies: ["Authoring", "Benchmarks", "Playground", "Classroom"],
    swiftSettings: isHandout ? [.define("HANDOUT")] : []),
  // A lesson for tests only, with right, wrong and wild answers, and the observer of these.
  .target(name: "Fixture", dependencies: ["Grading"], path: "Tests/Fixture/Lesson"),
  .executableTarget(name: "fixtureObserver", dependencies: ["Fixture"], path: "Tests/Fixture/Observer"),
  .testTarget(name: "ExerciseTests", dependencies: ["Examiner", "Answers"]),
  .testTarget(name: "GradingTests", dependencies: ["Grading", "Fixture"]),
  .testTarget(name: "ExaminerTests", dependencies: ["Examiner", "Fixture"]),
  .testTarget(name: "ClassroomTests", dependencies: ["Archives", "Classroom", "Examiner"]),
  .testTarget(name: "AuthoringTests", dependencies: ["Authoring", "Fixture"]),
  // They run the executable, which every build makes; to link it here would only slow the builds down.
  .testTarget(name: "CommandLineTests", dependencies: ["Archives", "Examiner"]),
  .testTarget(
    name: "ReferenceTests", dependencies: ["Datasets", "Demos", "Playground", "WeightFiles"] + solutions,
    resources: [.copy("Golden")]),
]
for name in ["LinearAlgebra", "GradientChecking", "Datasets", "Plots", "Archives", "WeightFiles", "TensorBoard"] {
  targets.append(
    .testTarget(
      name: name + "Tests", dependencies: [.target(name: name)] + (name == "LinearAlgebra" ? ["Kernels"] : []),
      // Millions of evaluations: ten times as long without.
      swiftSettings: ["GradientChecking", "LinearAlgebra"].contains(name) ? optimized : []))
}

if isHandout {
  // What has been left out is no target, and nothing depends on it.
  targets = targets.filter { isThere($0.path ?? ($0.type == .test ? "Tests/" : "Sources/") + $0.name) }
  let names = targets.map(\.name)
  for target in targets {
    target.dependencies.removeAll {
      switch $0 {
      case .targetItem(let name, _), .byNameItem(let name, _): !names.contains(name)
      default: false
      }
    }
  }
}

let package = Package(name: "Gradus", platforms: [.macOS(.v15)], targets: targets, swiftLanguageModes: [.v6])
