import Kernels
import LinearAlgebra
import Testing

// Each kernel of each instruction set that this processor has is held against its definition, written as plain loops.

let sets: [KernelSet] = sequence(state: 0) { index in
  defer { index += 1 }
  return kernels_available(index).map(KernelSet.init)
}.map { $0 }

/// The kernels of one instruction set.
struct KernelSet: @unchecked Sendable, CustomTestStringConvertible {
  let pointer: OpaquePointer
  var testDescription: String { String(cString: kernels_name(pointer)) }
  var fuses: Bool { kernels_fuses(pointer) != 0 }

  /// sum + a · b, as this set computes it.
  func adding(_ a: Double, _ b: Double, to sum: Double) -> Double { fuses ? sum.addingProduct(a, b) : sum + a * b }

  func product(
    _ n: Int, _ m: Int, _ k: Int, _ a: [Double], transposed aIs: Bool, _ b: [Double], transposed bIs: Bool
  ) -> [Double] {
    var c = [Double](repeating: 123, count: n * m + 1)
    kernels_product(pointer, n, m, k, a, aIs ? 1 : k, aIs ? n : 1, b, bIs ? 1 : m, bIs ? k : 1, &c)
    #expect(c.removeLast() == 123, "written beyond the end")
    return c
  }

  /// The definition of the product: the sum in the order of k.
  func productByLoops(
    _ n: Int, _ m: Int, _ k: Int, _ a: [Double], transposed aIs: Bool, _ b: [Double], transposed bIs: Bool
  ) -> [Double] {
    var c = [Double](repeating: 0, count: n * m)
    for i in 0..<n {
      for j in 0..<m {
        for l in 0..<k {
          c[i * m + j] = adding(a[aIs ? l * n + i : i * k + l], b[bIs ? j * k + l : l * m + j], to: c[i * m + j])
        }
      }
    }
    return c
  }

  func productVector(_ n: Int, _ k: Int, byColumns: Bool, _ a: [Double], _ x: [Double]?) -> [Double] {
    var y = [Double](repeating: 123, count: n + 1)
    if let x {
      kernels_product_vector(pointer, n, k, byColumns ? 1 : 0, a, x, &y)
    } else {
      kernels_product_vector(pointer, n, k, byColumns ? 1 : 0, a, nil, &y)
    }
    #expect(y.removeLast() == 123, "written beyond the end")
    return y
  }

  /// The definition of the product with a vector, or with ones: eight sums, of every eighth product.
  func productVectorByLoops(_ n: Int, _ k: Int, byColumns: Bool, _ a: [Double], _ x: [Double]?) -> [Double] {
    (0..<n).map { i in
      var p = [Double](repeating: 0, count: 8)
      for l in 0..<k { p[l % 8] = adding(a[byColumns ? l * n + i : i * k + l], x?[l] ?? 1, to: p[l % 8]) }
      return ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
    }
  }
}

/// The first place where the bits differ; all NaN are alike.
func firstDifference(_ a: [Double], _ b: [Double]) -> Int? {
  guard a.count == b.count else { return min(a.count, b.count) }
  return a.indices.first { a[$0].bitPattern != b[$0].bitPattern && !(a[$0].isNaN && b[$0].isNaN) }
}

private func numbers(_ count: Int, seed: UInt64) -> [Double] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in generator.normal() }
}

@Suite struct KernelTests {
  @Test func `there are kernels for every processor, the plain ones last`() throws {
    let last = try #require(sets.last)
    #expect(["SSE2", "NEON", "plain"].contains(last.testDescription))
    #expect(Engine.instructionSet == sets[0].testDescription)
  }

  @Test(arguments: sets) func `products of all sizes from 0 to 40 are those of the loops, to the bit`(set: KernelSet) {
    let a = numbers(1600, seed: 1), b = numbers(1600, seed: 2)
    for n in 0...40 {
      for m in 0...40 {
        for k in [0, 1, 2, 3, 7, 8, 9, 17, 40] {
          // All four ways to store the factors come up for each size of rows, of columns and of sums.
          let aIs = (n + m + k) % 2 == 1, bIs = (n + m / 2 + k) % 2 == 1
          let got = set.product(n, m, k, a, transposed: aIs, b, transposed: bIs)
          let expected = set.productByLoops(n, m, k, a, transposed: aIs, b, transposed: bIs)
          if let at = firstDifference(got, expected) {
            Issue.record("(\(n)×\(k)) times (\(k)×\(m)), transposed \(aIs) \(bIs): element \(at) of \(n * m)")
            return
          }
        }
      }
    }
  }

  @Test(arguments: sets) func `so are products that are cut into blocks, for any number of threads`(set: KernelSet) {
    let before = Engine.threads
    defer { Engine.threads = before }
    for (n, m, k) in [(210, 50, 530), (50, 210, 530), (9, 3100, 20), (3100, 9, 20), (97, 145, 257), (130, 512, 66)] {
      let a = numbers(n * k, seed: 3), b = numbers(k * m, seed: 4)
      for (aIs, bIs) in [(false, false), (true, false), (false, true), (true, true)] {
        let expected = set.productByLoops(n, m, k, a, transposed: aIs, b, transposed: bIs)
        for threads in [1, 2, 3, 8] {
          kernels_set_threads(threads)
          let got = set.product(n, m, k, a, transposed: aIs, b, transposed: bIs)
          #expect(firstDifference(got, expected) == nil, "(\(n)×\(k)) times (\(k)×\(m)), \(threads) threads")
        }
      }
    }
  }

  @Test(arguments: sets) func `products with a vector and sums are eight sums, to the bit, for any number of threads`(
    set: KernelSet
  ) {
    let before = Engine.threads
    defer { Engine.threads = before }
    let few = (0...40).flatMap { n in (0...40).map { (n, $0) } }
    for (n, k) in few + [(700, 301), (301, 700), (3, 40000), (40000, 3), (9, 20001)] {
      let a = numbers(n * k, seed: 5), x = numbers(k, seed: 6)
      for byColumns in [false, true] {
        for x in [x, nil] {
          let expected = set.productVectorByLoops(n, k, byColumns: byColumns, a, x)
          for threads in n * k < 1 << 17 ? [1] : [1, 2, 5] {
            kernels_set_threads(threads)
            let got = set.productVector(n, k, byColumns: byColumns, a, x)
            #expect(firstDifference(got, expected) == nil, "(\(n)×\(k)), by columns \(byColumns), \(threads) threads")
          }
        }
      }
    }
  }

  @Test(arguments: sets) func `NaN and infinities pass through products as IEEE says`(set: KernelSet) {
    let special: [Double] = [.nan, .infinity, -.infinity, 0, -0.0, 1e308, Double.leastNonzeroMagnitude, 1]
    for (n, m, k) in [(1, 1, 1), (3, 2, 5), (9, 25, 11), (30, 70, 300)] {
      var a = numbers(n * k, seed: 7), b = numbers(k * m, seed: 8)
      for (q, x) in special.enumerated() {
        a[q * 31 % a.count] = x
        b[q * 17 % b.count] = special[(q + 3) % 8]
      }
      for (aIs, bIs) in [(false, false), (true, false), (false, true), (true, true)] {
        let got = set.product(n, m, k, a, transposed: aIs, b, transposed: bIs)
        let expected = set.productByLoops(n, m, k, a, transposed: aIs, b, transposed: bIs)
        #expect(firstDifference(got, expected) == nil, "(\(n)×\(k)) times (\(k)×\(m))")
      }
    }
  }

  private static let operations: [(kernels_operation, @Sendable (Double, Double) -> Double)] = [
    (kernels_add, { $0 + $1 }), (kernels_subtract, { $0 - $1 }), (kernels_multiply, { $0 * $1 }),
    (kernels_divide, { $0 / $1 }),
    (kernels_maximum, { $0.isNaN || $1.isNaN ? .nan : $0 > $1 ? $0 : $1 }),
    (kernels_minimum, { $0.isNaN || $1.isNaN ? .nan : $0 < $1 ? $0 : $1 }),
    (kernels_greater, { $0 > $1 ? 1 : 0 }), (kernels_greater_equal, { $0 >= $1 ? 1 : 0 }),
    (kernels_less, { $0 < $1 ? 1 : 0 }), (kernels_less_equal, { $0 <= $1 ? 1 : 0 }),
    (kernels_equal, { $0 == $1 ? 1 : 0 }), (kernels_different, { $0 != $1 ? 1 : 0 }),
  ]
  private static let edges: [Double] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, Double.leastNonzeroMagnitude, -Double.leastNonzeroMagnitude,
    Double.leastNormalMagnitude / 16, 1e308, -1e308, 0.5, 2, 3,
  ]

  @Test(arguments: sets) func `two numbers are combined as written, in place too`(set: KernelSet) {
    // Every edge meets every other.
    let pairs = Self.edges.flatMap { x in Self.edges.map { (x, $0) } }
    for (operation, f) in Self.operations {
      for count in Array(0...40) + [pairs.count, 200_000] {
        let a = (0..<count).map { pairs[$0 % pairs.count].0 }, b = (0..<count).map { pairs[$0 % pairs.count].1 }
        for (aStep, bStep) in count == 0 ? [(1, 1)] : [(1, 1), (1, 0), (0, 1), (0, 0)] {
          let expected = (0..<count).map { f(a[$0 * aStep], b[$0 * bStep]) }
          var c = [Double](repeating: 123, count: count + 1)
          kernels_combine(set.pointer, operation, count, a, Int32(aStep), b, Int32(bStep), &c)
          #expect(c.removeLast() == 123)
          #expect(firstDifference(c, expected) == nil, "operation \(operation.rawValue), \(count) elements")
          var overA = a, overB = b
          if aStep == 1 {
            overA.withUnsafeMutableBufferPointer {
              kernels_combine(set.pointer, operation, count, $0.baseAddress, 1, b, Int32(bStep), $0.baseAddress)
            }
            #expect(firstDifference(overA, expected) == nil, "operation \(operation.rawValue) over a")
          }
          if bStep == 1 {
            overB.withUnsafeMutableBufferPointer {
              kernels_combine(set.pointer, operation, count, a, Int32(aStep), $0.baseAddress, 1, $0.baseAddress)
            }
            #expect(firstDifference(overB, expected) == nil, "operation \(operation.rawValue) over b")
          }
        }
      }
    }
  }

  @Test(arguments: sets) func `matrices are transposed`(set: KernelSet) {
    for (n, m) in [(0, 3), (1, 7), (16, 16), (17, 33), (40, 5)] {
      let a = numbers(n * m, seed: 9)
      var t = [Double](repeating: 0, count: n * m)
      kernels_transpose(n, m, a, &t)
      #expect(t == (0..<m).flatMap { j in (0..<n).map { a[$0 * m + j] } })
    }
  }
}
