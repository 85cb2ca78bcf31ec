import LinearAlgebra

/// Pictures of one size with their labels, their pixels as bytes in the order of the file.
///
/// Letters: m pictures, K classes, c channels (1 for grey, 3 for red, green, blue).
public struct Pictures: Equatable, Sendable {
  /// The number of pixel rows in a picture.
  public let height: Int
  /// The number of pixels in a row.
  public let width: Int
  /// The number of bytes in a pixel, c: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// All pixels, (m, height, width, c), the last fastest: the colours of a pixel stand together (interleaved).
  public let bytes: [UInt8]
  /// The class number of each picture, m of 0 ..< K.
  public let labels: [Int]
  /// What each class number stands for, K names.
  public let classNames: [String]
  /// What each picture shows, m names; its class where nothing more is known.
  public let names: [String]
  /// The byte of full brightness, 1 as a feature: 255 unless the set says otherwise.
  let fullScale: Int

  /// The number of pictures, m.
  public var count: Int { labels.count }

  /// Reads pictures and labels from two IDX files, shapes (m, height, width) or (m, height, width, 3) and (m).
  ///
  /// - Parameters:
  ///   - images: The path of the pictures.
  ///   - labels: The path of the labels, bytes 0 ..< K.
  ///   - classNames: K names.
  /// - Throws: `DataFileError` naming the byte at which either file is not what it should be.
  public init(images: String, labels: String, classNames: [String]) throws(DataFileError) {
    try self.init(images: DataFile(path: images), labels: DataFile(path: labels), classNames: classNames)
  }

  init(
    images imageFile: DataFile, labels labelFile: DataFile, classNames: [String], fullScale: Int = 255
  ) throws(DataFileError) {
    let images = try IDX(imageFile)
    let labels = try IDX(labelFile)
    let shape = images.shape
    guard shape.count == 3 || shape.count == 4 && shape[3] == 3, !shape.contains(0) else {
      throw imageFile.refusal(
        at: .byte(3), "the shape \(shape) is not that of pictures, (m, height, width) or (m, height, width, 3)",
        "name a file of pictures")
    }
    guard labels.shape == [shape[0]] else {
      throw labelFile.refusal(
        at: .byte(3), "the shape \(labels.shape) is not (\(shape[0])), one label for each picture in \(imageFile.path)",
        "name two files that belong together")
    }
    if let i = labels.elements.firstIndex(where: { $0 >= classNames.count }) {
      throw labelFile.refusal(
        at: .byte(8 + i), "\(labels.elements[i]) is not the label of one of the \(classNames.count) classes",
        "number the classes 0 to \(classNames.count - 1), or name more of them")
    }
    height = shape[1]
    width = shape[2]
    channels = shape.count == 4 ? 3 : 1
    bytes = images.elements
    self.labels = labels.elements.map { Int($0) }
    self.classNames = classNames
    names = self.labels.map { classNames[$0] }
    self.fullScale = fullScale
  }

  private init(_ pictures: Pictures, bytes: [UInt8], labels: [Int], names: [String]) {
    height = pictures.height
    width = pictures.width
    channels = pictures.channels
    classNames = pictures.classNames
    fullScale = pictures.fullScale
    self.bytes = bytes
    self.labels = labels
    self.names = names
  }

  /// The same pictures with these names.
  func named(_ names: [String]) -> Pictures {
    Pictures(self, bytes: bytes, labels: labels, names: names)
  }

  /// The pictures at these indices, in this order; an index may come more than once.
  public func examples(at indices: [Int]) -> Pictures {
    Pictures(
      self, bytes: indices.flatMap { pixels(of: $0) }, labels: indices.map { labels[$0] },
      names: indices.map { names[$0] })
  }

  /// The bytes of one picture, (height, width, c), the last fastest: the colours of a pixel stand together.
  public func pixels(of index: Int) -> [UInt8] {
    guard (0..<count).contains(index) else { fatalError("there is no picture \(index) among \(count)") }
    let size = height * width * channels
    return Array(bytes[index * size..<(index + 1) * size])
  }

  /// The pictures as columns of features between 0 and 1, byte/255: X (c·height·width, m), Y (1, m).
  ///
  /// A column is planar, as in the lectures: all of the first colour row by row, then all of the second, then the third.
  public func dataset() -> Dataset {
    let m = count
    let area = height * width
    let size = area * channels
    let scale = (0...255).map { Double($0) / Double(fullScale) }
    let features = [Double](unsafeUninitializedCapacity: size * m) { features, initialized in
      bytes.withUnsafeBufferPointer { bytes in
        var f = 0
        while f < size {
          let inPicture = f % area * channels + f / area
          var i = 0
          while i < m {
            features.initializeElement(at: f * m + i, to: scale[Int(bytes[i * size + inPicture])])
            i += 1
          }
          f += 1
        }
      }
      initialized = size * m
    }
    return Dataset(
      X: Matrix(rows: size, columns: m, elements: features), Y: Matrix(row: labels.map { Double($0) }),
      featureNames: featureNames, classNames: classNames)
  }

  /// `pixel_row_column` in grey, `red_row_column` and so on in colour, in the order of a feature column.
  private var featureNames: [String] {
    let planes = channels == 1 ? ["pixel_"] : ["red_", "green_", "blue_"]
    let columns = (0..<width).map { "_\($0)" }
    return planes.flatMap { plane in
      (0..<height).flatMap { row in
        let start = plane + String(row)
        return columns.map { start + $0 }
      }
    }
  }
}

extension Pictures: CustomStringConvertible {
  /// One line: how many pictures of which size and classes.
  public var description: String {
    "\(count) pictures of \(height) × \(width) × \(channels): \(classNames.joined(separator: ", "))"
  }
}
