internal import Kernels

/// The way to the loops in C that take the time: Sources/Kernels, which are compiled for several instruction sets.
package enum Engine {
  /// The best kernels that the processor can run: a table of constants.
  nonisolated(unsafe) static let kernels: OpaquePointer = {
    kernels_keep_memory()
    return kernels_available(0)!
  }()

  /// The name of the instruction set in use: "AVX-512", "AVX2", "SSE2", "NEON".
  package static var instructionSet: String { String(cString: kernels_name(kernels)) }

  /// How many threads share large work, from 1 on; as many as there are processors unless set. No result depends on it.
  package static var threads: Int {
    get { kernels_threads() }
    set { kernels_set_threads(newValue < 1 ? 1 : newValue) }
  }
}

extension Matrix {
  /// A matrix whose storage `fill` writes in full; nothing is cleared before.
  @inline(__always)
  init(rows: Int, columns: Int, isTransposed: Bool = false, fill: (UnsafeMutablePointer<Double>) -> Void) {
    let count = rows * columns
    self.init(
      rows: rows, columns: columns,
      storage: [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
        if count >= 1 << 19 { kernels_prefer_large_pages(buffer.baseAddress!, count) }
        if count > 0 { fill(buffer.baseAddress!) }
        initialized = count
      }, isTransposed: isTransposed)
  }

  /// Whether no other matrix or array shares the storage, so that a result may be written over it.
  ///
  /// An array of numbers is one reference to an object that holds them, and that reference is asked.
  @inline(__always)
  var ownsStorage: Bool {
    mutating get {
      withUnsafeMutablePointer(to: &storage) { pointer in
        pointer.withMemoryRebound(to: AnyObject.self, capacity: 1) { isKnownUniquelyReferenced(&$0.pointee) }
      }
    }
  }

  /// The numbers as they are stored.
  @inline(__always)
  func withStorage<Result>(_ body: (UnsafePointer<Double>) -> Result) -> Result {
    storage.withUnsafeBufferPointer { buffer in
      // An empty array may have no address; nothing is read from this one.
      body(buffer.baseAddress ?? UnsafePointer(bitPattern: 8)!)
    }
  }
}
