import Datasets
import Foundation

/// A folder of its own for one test, removed when the test lets go of it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("DatasetsTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its path.
  func write(_ bytes: [UInt8], to name: String = "file") throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }

  func write(_ text: String, to name: String = "file.csv") throws -> String {
    try write(Array(text.utf8), to: name)
  }
}

/// The error with which `read` refuses, or nil if it does not.
func refusal<T>(_ read: () throws(DataFileError) -> T) -> DataFileError? {
  do throws(DataFileError) {
    _ = try read()
    return nil
  } catch {
    return error
  }
}

/// An IDX file of unsigned bytes with these sizes and elements, whether or not they fit.
func idx(_ sizes: [Int], _ elements: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(sizes.count)]
    + sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } } + elements
}
