import Foundation

extension Pictures {
  /// MNIST, or a set in its form, out of a folder of your own: 28 × 28 grey pixels, 60,000 for training, 10,000 to test.
  ///
  /// The folder holds the four files `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
  /// `t10k-labels-idx1-ubyte`, unpacked, with `-` or `.` before `idx`. MNIST itself is not shipped.
  /// - Throws: `DataFileError` naming the file that is missing, still packed or damaged, and the byte.
  /// - Note: Y. LeCun, C. Cortes, C. J. C. Burges, *The MNIST database of handwritten digits*.
  public static func mnist(in folder: String) throws(DataFileError) -> (train: Pictures, test: Pictures) {
    (try mnist("train", in: folder), try mnist("t10k", in: folder))
  }

  private static func mnist(_ part: String, in folder: String) throws(DataFileError) -> Pictures {
    try Pictures(
      images: DataFile(path: mnistPath("\(part)-images", "idx3-ubyte", in: folder)),
      labels: DataFile(path: mnistPath("\(part)-labels", "idx1-ubyte", in: folder)),
      classNames: digitNames)
  }

  /// The spelling of the name that is there; if only a packed file is, that one, so that its refusal says what to do.
  private static func mnistPath(_ stem: String, _ ending: String, in folder: String) -> String {
    let folder = URL(fileURLWithPath: folder)
    let spellings = ["\(stem)-\(ending)", "\(stem).\(ending)", "\(stem)-\(ending).gz", "\(stem).\(ending).gz"]
    let paths = spellings.map { folder.appendingPathComponent($0).path }
    return paths.first { FileManager.default.fileExists(atPath: $0) } ?? paths[0]
  }
}
