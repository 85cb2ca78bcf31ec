import Curriculum
import Testing

@testable import Grading

struct TextTests {
  @Test func `numbers are written as a reader writes them`() {
    #expect(text(0.08) == "0.08")
    #expect(text(-3) == "−3")
    #expect(text(1234567) == "1.23457e+06")
    #expect(text(1.5e-9) == "1.5e-09")
    #expect(text(1.0 / 3, digits: 3) == "0.333")
    #expect(text(.nan) == "NaN")
    #expect(text(.infinity) == "∞")
    #expect(text(-.infinity) == "−∞")
    #expect(text(-0.0) == "0")
  }

  @Test func `two numbers get as many digits as it takes to tell them apart`() {
    #expect(texts(2, 3) == ("2", "3"))
    #expect(texts(0.2, 0.6 / 3 + 0.1) == ("0.2", "0.3"))
    let (a, b) = texts(0.123456789, 0.123456780)
    #expect(a == "0.123456789" && b == "0.12345678")
    #expect(texts(.nan, 1.0 / 3) == ("NaN", "0.333333"))
    let (c, d) = texts(1, 1.0.nextUp)
    #expect(c == "1" && d == "1.0000000000000002")
  }

  @Test func `shapes and indices are written as in code`() {
    #expect(shapeText([]) == "one number")
    #expect(shapeText([1]) == "a list of 1 number")
    #expect(shapeText([0]) == "a list of 0 numbers")
    #expect(shapeText([2, 3]) == "(2×3)")
    #expect(shapeText([2, 3, 1]) == "(2×3×1)")
    let matrix = Observation.Quantity(name: "W", shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
    #expect(matrix.indexText(0) == "[0, 0]")
    #expect(matrix.indexText(5) == "[1, 2]")
    #expect(matrix.text == "[[1, 2, 3], [4, 5, 6]]")
    #expect(Observation.Quantity(name: "c", shape: [4], values: [1, 2, 3, 4]).indexText(2) == "[2]")
    let number = Observation.Quantity(name: "J", shape: [], values: [0.5])
    #expect(number.indexText(0) == "" && number.text == "0.5")
  }

  @Test func `an input is described by the names of its parts`() {
    #expect(describe(2.5, argument: "z") == "z = 2.5")
    #expect(describe(3, argument: "n") == "n = 3")
    #expect(describe([1.0, 2], argument: "costs") == "costs = [1, 2]")
    #expect(describe((a: 0.8, y: 1.0), argument: "x") == "a = 0.8, y = 1")
    #expect(
      describe(LogisticParameters(w: [[0.5], [-0.25]], b: 0.1), argument: "x") == "w = [[0.5], [−0.25]], b = 0.1")
    #expect(describe((true, [1, 2]), argument: "x") == "x = true, x = [1, 2]")
    #expect(describe({ (x: Double) in x }, argument: "f") == "")
  }

  private enum Kind { case plain, layer(W: Matrix, b: Matrix), rate(Double) }

  @Test func `cases, lists of structs and optionals are described on one line`() {
    #expect(describe(Kind.plain, argument: "kind") == "kind = plain")
    #expect(describe(Kind.rate(0.5), argument: "kind") == "kind = rate, rate = 0.5")
    #expect(
      describe(Kind.layer(W: [[1, 2]], b: [[3]]), argument: "kind") == "kind = layer, W = [[1, 2]], b = [[3]]")
    let parameters = [LogisticParameters(w: [[1]], b: 2), LogisticParameters(w: [[3]], b: 4)]
    #expect(
      describe(parameters, argument: "layers")
        == "layers[0].w = [[1]], layers[0].b = 2, layers[1].w = [[3]], layers[1].b = 4")
    #expect(describe([[[1]] as Matrix, [[2]]], argument: "A") == "A[0] = [[1]], A[1] = [[2]]")
    #expect(describe([[0, 1], [2]], argument: "orders") == "orders = [[0, 1], [2]]")
    #expect(describe(Optional(2.5) as Any, argument: "x") == "x = 2.5")
  }

  @Test func `what is long is described by its shape`() {
    let large = (X: Matrix(rows: 20, columns: 20), Y: Matrix(rows: 1, columns: 2), rate: 0.5)
    #expect(describe(large, argument: "x") == "X = a (20×20) matrix, Y = [[0, 0]], rate = 0.5")
  }
}
