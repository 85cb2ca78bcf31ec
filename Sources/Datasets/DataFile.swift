import Foundation

/// The bytes of one regular file, with its path for the messages.
struct DataFile {
  let path: String
  let bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Reads the whole file; refuses one that is missing, not a regular file, unreadable, empty or still packed.
  init(path: String) throws(DataFileError) {
    self.path = path
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    var isFolder: ObjCBool = false
    guard !path.isEmpty, FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw Self.refusal(
        path, "there is no such file",
        "check the name, and give the path from \(FileManager.default.currentDirectoryPath) or from /")
    }
    guard !isFolder.boolValue else {
      throw Self.refusal(path, "this is a folder", "name a file in it")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular, let data = try? Data(contentsOf: url) else {
      throw Self.refusal(path, "this cannot be read", "it must be an ordinary file that you have permission to read")
    }
    bytes = [UInt8](data)
    guard !bytes.isEmpty else {
      throw Self.refusal(path, "the file is empty", "fetch it or write it again")
    }
    guard !bytes.starts(with: [0x1F, 0x8B]) else {
      throw Self.refusal(path, "the file is packed with gzip", "unpack it first: gunzip -k \(path)")
    }
  }

  /// The error to throw for a fault at a place in this file.
  func refusal(at place: DataFileError.Place, _ problem: String, _ remedy: String) -> DataFileError {
    DataFileError(path: path, place: place, problem: problem, remedy: remedy)
  }

  private static func refusal(_ path: String, _ problem: String, _ remedy: String) -> DataFileError {
    DataFileError(path: path, place: .wholeFile, problem: problem, remedy: remedy)
  }
}
