import Foundation

/// The programs of the toolchain that compile and link, called directly and not through the driver.
package struct Toolchain: Sendable {
  /// The folder that holds `bin` and `lib`; whoever runs the programs must be able to read it.
  package let root: URL
  /// The SDK, on macOS.
  private let sdk: String?

  /// The toolchain that `swiftc` belongs to.
  /// - Throws: where there is none.
  package init() throws {
    #if canImport(Darwin)
      let compiler = try programOutput(["xcrun", "-f", "swiftc"])
      sdk = try programOutput(["xcrun", "--show-sdk-path"]).trimmingCharacters(in: .whitespacesAndNewlines)
    #else
      let compiler = try programOutput(["sh", "-c", "command -v swiftc"])
      sdk = nil
    #endif
    let path = compiler.trimmingCharacters(in: .whitespacesAndNewlines)
    let bin = URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
    root = bin.deletingLastPathComponent()
    guard FileManager.default.isExecutableFile(atPath: bin.appendingPathComponent("swift-frontend").path) else {
      throw ExaminerError(
        "\(bin.path) holds no swift-frontend: “swiftc” must be the toolchain's own (swiftly: “swiftly use --print-location”)"
      )
    }
  }

  private var bin: URL { root.appendingPathComponent("bin") }
  private var libraries: String { root.appendingPathComponent("lib/swift/\(Self.systemName)").path }

  #if canImport(Darwin)
    private static let systemName = "macosx"
  #else
    private static let systemName = "linux"
  #endif
  #if arch(x86_64)
    private static let machine = "x86_64"
  #else
    private static let machine = "aarch64"
  #endif

  /// The words that compile; options and files follow.
  package var frontend: [String] {
    [bin.appendingPathComponent("swift-frontend").path, "-frontend"] + (sdk.map { ["-sdk", $0] } ?? [])
  }

  /// The words that link one object file into a library whose missing symbols the program that loads it has.
  package func link(_ object: String, into library: String) -> [String] {
    #if canImport(Darwin)
      return [
        bin.appendingPathComponent("clang").path, "-bundle", "-undefined", "dynamic_lookup", "-isysroot", sdk ?? "",
        "-L", (sdk ?? "") + "/usr/lib/swift", "-o", library, object,
      ]
    #else
      return [
        bin.appendingPathComponent("ld.lld").path, "-shared", "-o", library, object,
        "\(libraries)/\(Self.machine)/swiftrt.o", "-L", libraries, "--as-needed", "-lswiftCore",
        "-lswiftSwiftOnoneSupport",
        "-lswift_StringProcessing", "-rpath", libraries,
      ]
    #endif
  }

  /// The compiler's version line.
  package func version() throws -> String {
    String(try programOutput(frontend.prefix(1) + ["-frontend", "-version"]).split(separator: "\n").first ?? "")
  }
}
