import Foundation

/// The path of a file that comes with the package.
func shippedFile(_ name: String) -> String {
  Bundle.module.bundleURL.appendingPathComponent("Files").appendingPathComponent(name).path
}
