import Foundation
import LinearAlgebra
import Testing

@Suite struct GoldenTests {
  private func parsed(_ text: String) throws -> Golden { try Golden(Data(text.utf8), place: "small.json") }

  private func complaint<T>(_ read: () throws -> T) -> String {
    do { return "no complaint, but \(try read())" } catch { return "\(error)" }
  }

  @Test func `numbers, lists and matrices come out as they are written, to the last bit`() throws {
    let small = try parsed(#"{"a": 0.1, "b": [1, 2.5e-300], "c": [[1, 2, 3], [4, 5, 6]], "d": {"e": "f"}}"#)
    #expect(try small["a"].number == 0.1)
    #expect(try small["b"].numbers == [1, 2.5e-300])
    #expect(try small["b"].list[0].count == 1)
    #expect(try small["c"].matrix == [[1, 2, 3], [4, 5, 6]])
    #expect(try small["d"]["e"].text == "f")
    // 17 digits of a file, against the same literal as the compiler reads it.
    #expect(try Golden("breast_cancer")["mean"].numbers[0] == 14.127291739894563)
  }

  @Test func `what is missing or of another kind is named by its file and its keys`() throws {
    #expect(complaint { try Golden("nowhere") } == "nowhere.json: there is no such file")
    #expect(complaint { try parsed("[1, ") } == "small.json: not JSON")
    let small = try parsed(#"{"a": {"b": [1, "x", null, true, 1.5]}, "c": [[1, 2], [3]]}"#)
    #expect(complaint { try small["z"] } == "small.json, z: there is no such key")
    #expect(complaint { try small["a"]["z"] } == "small.json, a.z: there is no such key")
    #expect(complaint { try small["c"]["z"] } == "small.json, c: this is not an object with the key z")
    #expect(complaint { try small["a"].number } == "small.json, a: this is not a number")
    #expect(complaint { try small["a"]["b"].numbers } == "small.json, a.b[1]: this is not a number")
    #expect(complaint { try small["a"]["b"].list[2].number } == "small.json, a.b[2]: this is not a number")
    #expect(complaint { try small["a"]["b"].list[3].number } == "small.json, a.b[3]: this is not a number")
    #expect(complaint { try small["a"]["b"].list[4].count } == "small.json, a.b[4]: this is not a whole number")
    #expect(complaint { try small["c"].matrix } == "small.json, c: this is not a matrix: its rows differ in length")
  }

  @Test func `a mismatch names the first number that is off, and no other`() {
    let expected: Matrix = [[1, 2, 3], [4, 5, 6]]
    var actual = expected
    #expect(mismatch(actual, expected, .value) == nil)
    actual[1, 0] = 4.5
    #expect(mismatch(actual, expected, .value) == "[1, 0] is 4.5 instead of 4.0")
    actual[1, 2] = .nan
    #expect(
      mismatch(actual, expected, .value) == "[1, 0] is 4.5 instead of 4.0, the first of 2 that are off among 6")
    #expect(mismatch(actual.T, expected, .value) == " is (3×2) instead of (2×3)")
    #expect(mismatch([1.0, 2], [1, 2, 3], .value) == " is 2 numbers instead of 3 numbers")
    #expect(mismatch(Double.nan, 0, .curve) == " is nan instead of 0.0")
  }

  @Test func `the tolerance is 1e-12 and one part in 10⁹, for a curve 1e-10`() {
    #expect(Tolerance.value.admits(0.9e-12, for: 0))
    #expect(!Tolerance.value.admits(1.1e-12, for: 0))
    #expect(Tolerance.value.admits(-1000.0000009, for: -1000))
    #expect(!Tolerance.value.admits(-1000.0000011, for: -1000))
    #expect(Tolerance.curve.admits(5 - 0.9e-10, for: 5))
    #expect(!Tolerance.curve.admits(5 - 1.1e-10, for: 5))
  }
}
