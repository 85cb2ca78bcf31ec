// swift-tools-version: 6.3
import PackageDescription

/// Built optimised in debug too: what students' loops call must not be slow.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"])]

var targets: [Target] = [
  .target(name: "LinearAlgebra", swiftSettings: optimized),
  .target(name: "GradientChecking"),
  .target(name: "Datasets", dependencies: ["LinearAlgebra"], resources: [.copy("Files")]),
  .target(name: "Plots"),
]
for name in ["LinearAlgebra", "GradientChecking", "Datasets", "Plots"] {
  targets.append(.testTarget(name: name + "Tests", dependencies: [.target(name: name)]))
}

let package = Package(name: "Gradus", platforms: [.macOS(.v15)], targets: targets, swiftLanguageModes: [.v6])
