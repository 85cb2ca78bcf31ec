import Foundation
import Kernels
import LinearAlgebra
import Testing

// The functions that the kernels compute themselves, against the C library's.

#if arch(x86_64)
  /// Eleven more bits than a `Double` has.
  typealias Precise = Float80
  private let slack = 0.0
#else
  typealias Precise = Double
  /// What the C library's own results may be away from the true ones.
  private let slack = 1.0
#endif

struct KernelFunction: Sendable, CustomTestStringConvertible {
  let name: String
  let kernel: kernels_function
  let exact: @Sendable (Precise) -> Precise
  let library: @Sendable (Double) -> Double
  /// The most that a result may be away from the true one, in units in the last place; this is what Kernels.h promises.
  let bound: Double
  /// Ranges from which arguments are drawn.
  let ranges: [ClosedRange<Double>]
  var testDescription: String { name }

  func callAsFunction(_ set: KernelSet, _ x: [Double]) -> [Double] {
    var y = [Double](repeating: 123, count: x.count + 1)
    kernels_apply(set.pointer, kernel, x.count, x, &y)
    #expect(y.removeLast() == 123, "written beyond the end")
    return y
  }
}

private let functions = [
  KernelFunction(
    name: "exp", kernel: kernels_exp, exact: { exp($0) }, library: { exp($0) }, bound: 1,
    ranges: [-1...1, -30...30, -708...709, -746 ... -708]),
  KernelFunction(
    name: "expm1", kernel: kernels_expm1, exact: { expm1($0) }, library: { expm1($0) }, bound: 1.5,
    ranges: [-1e-10...1e-10, -1...1, -40...40, 40...709]),
  KernelFunction(
    name: "log", kernel: kernels_log, exact: { log($0) }, library: { log($0) }, bound: 1,
    ranges: [0...1e-300, 0...1e-10, 0...1, 0.9...1.1, 1...100, 1...1e300]),
  KernelFunction(
    name: "tanh", kernel: kernels_tanh, exact: { tanh($0) }, library: { tanh($0) }, bound: 3,
    ranges: [-1e-300...1e-300, -1e-5...1e-5, -0.1...0.1, -1...1, -5...5, -25...25]),
  KernelFunction(
    name: "sqrt", kernel: kernels_root, exact: { $0.squareRoot() }, library: { $0.squareRoot() }, bound: 0.5,
    ranges: [0...1, 0...1e300]),
  KernelFunction(
    name: "square", kernel: kernels_square, exact: { $0 * $0 }, library: { $0 * $0 }, bound: 0.5, ranges: [-10...10]),
  KernelFunction(
    name: "negative", kernel: kernels_negative, exact: { -$0 }, library: { -$0 }, bound: 0, ranges: [-10...10]),
  KernelFunction(
    name: "magnitude", kernel: kernels_magnitude, exact: { abs($0) }, library: { abs($0) }, bound: 0, ranges: [-10...10]
  ),
]

@Suite struct FunctionTests {
  @Test(arguments: functions, sets) func `errors stay below the stated bound`(f: KernelFunction, set: KernelSet) {
    var generator = SeededGenerator(seed: 10)
    for range in f.ranges {
      let x = (0..<20_000).map { _ in range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform() }
      var worst = 0.0, place = 0.0
      for (x, y) in zip(x, f(set, x)) {
        let exact = f.exact(Precise(x))
        let error = Double(abs(Precise(y) - exact) / Precise(Double(exact).ulp))
        if error > worst { (worst, place) = (error, x) }
      }
      #expect(worst <= f.bound + slack, "at \(place), in \(range)")
    }
  }

  @Test(arguments: functions, sets) func `at the edges the results are the C library's`(
    f: KernelFunction, set: KernelSet
  ) {
    let edges: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, 1000, -1000, 710, -746, 1, Double.leastNonzeroMagnitude,
      -Double.leastNonzeroMagnitude, Double.leastNormalMagnitude / 16, -Double.leastNormalMagnitude / 16,
      .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    ]
    for (x, y) in zip(edges, f(set, edges)) {
      let expected = f.library(x)
      let isSame = y.bitPattern == expected.bitPattern || y.isNaN && expected.isNaN
      #expect(
        isSame || y.isFinite && abs(y - expected) <= expected.ulp && y != 0, "\(f.name)(\(x)) is \(y), not \(expected)")
    }
    // 0, 1, −1 and infinities come out exactly.
    #expect(f(set, [0])[0].bitPattern == f.library(0).bitPattern)
  }

  @Test(arguments: functions, sets) func `a result does not depend on where its argument stands`(
    f: KernelFunction, set: KernelSet
  ) {
    var generator = SeededGenerator(seed: 11)
    let x = (0..<30_000).map { _ in 3 * generator.uniform() }
    let all = f(set, x)
    for count in 0...40 { #expect(f(set, Array(x[..<count])) == Array(all[..<count])) }
    #expect(f(set, Array(x[5...])) == Array(all[5...]))
    var inPlace = x
    inPlace.withUnsafeMutableBufferPointer {
      kernels_apply(set.pointer, f.kernel, $0.count, $0.baseAddress, $0.baseAddress)
    }
    #expect(inPlace == all)
  }

  @Test(arguments: functions) func `all sets with fused multiply-add give the same bits`(f: KernelFunction) {
    var generator = SeededGenerator(seed: 12)
    let x = (0..<5_000).map { _ in 40 * generator.uniform() - 5 }
    for set in sets where set.fuses {
      #expect(firstDifference(f(set, x), f(sets[0], x)) == nil, "\(set.testDescription)")
    }
  }
}
