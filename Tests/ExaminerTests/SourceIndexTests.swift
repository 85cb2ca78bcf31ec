import Foundation
import Grading
import Testing

@testable import Examiner

/// These pin the form of the compiler's own output, which may change from one version to the next.
struct SourceIndexTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func index(_ text: String) throws -> SourceIndex { try SourceIndex(folder.write(text, to: "File.swift")) }

  @Test func `functions are named as #function names them`() throws {
    let index = try index(
      """
      struct S: P {
        func plain() {}
        func sigmoid(_ z: Double) -> Double { z }
        func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> Double { 0 }
        mutating func update(_ a: Int, by b: Int...) {}
        static func make<T>(from x: T) -> T { x }
        var value: Int { 3 }
        init(x: Int) {}
      }
      """)
    #expect(
      index.functions.map(\.name) == [
        "plain()", "sigmoid(_:)", "gradients(X:Y:at:)", "update(_:by:)", "make(from:)",
      ])
    #expect(index.functions.map(\.line) == [2, 3, 4, 5, 6])
    #expect(index.functions.allSatisfy { $0.container == "S" })
  }

  @Test func `protocols and extensions are containers too`() throws {
    let index = try index(
      """
      protocol Lesson {
        func asked(a: Int) -> Int
      }
      extension Lesson {
        func asked(a: Int) -> Int { a }
      }
      func free() {}
      """)
    #expect(index.functions.map(\.name) == ["asked(a:)", "asked(a:)"])
    #expect(index.functions.map(\.container) == ["Lesson", "Lesson"])
    #expect(index.functions[0].body == nil)
    #expect(index.functions[1].body != nil)
  }

  @Test func `sources and bodies are cut out by bytes, whatever stands before`() throws {
    let index = try index(
      """
      // σ(z) = 1/(1 + e⁻ᶻ) — ünïcödé 🧮
      struct S {
        /// 3.1 The sigmoid σ.
        ///
        /// - Returns: ½ at z = 0.
        func sigmoid(_ z: Double) -> Double {
          let σ = 1 / (1 + z)  // ½
          return σ
        }

        // not a documentation comment
        func other() -> String { "🧮" }
      }
      """)
    let sigmoid = index.functions[0]
    #expect(
      index.bodySource(of: sigmoid) == """
        func sigmoid(_ z: Double) -> Double {
            let σ = 1 / (1 + z)  // ½
            return σ
          }
        """)
    #expect(index.documentation(of: sigmoid) == ["/// 3.1 The sigmoid σ.", "///", "/// - Returns: ½ at z = 0."])
    #expect(index.source(of: index.functions[1]) == "func other() -> String { \"🧮\" }")
    #expect(index.documentation(of: index.functions[1]) == [])
    #expect(sigmoid.line == 6)
  }

  @Test func `a declaration of a protocol is cut out to the end of its line`() throws {
    let index = try index("protocol P {\n  func f(\n    a: Int, b: Int\n  ) -> Int\n}\n")
    #expect(index.source(of: index.functions[0]) == "func f(\n    a: Int, b: Int\n  ) -> Int")
  }

  @Test func `lines that end as on Windows are counted too`() throws {
    let index = try index("struct S {\r\n  /// First.\r\n  /// Second.\r\n  func f() {}\r\n}\r\n")
    #expect(index.functions.map(\.line) == [4])
    #expect(index.documentation(of: index.functions[0]) == ["/// First.", "/// Second."])
  }

  @Test func `a file with errors of syntax is still indexed as far as it goes`() throws {
    let index = try index("struct S {\n  func good() -> Int { 1 }\n  func bad( -> Int { 2 }\n")
    #expect(index.functions.first?.name == "good()")
  }

  @Test func `files without members, and empty ones, have no functions`() throws {
    #expect(try index("").functions.isEmpty)
    #expect(try index("let x = 1\nfunc free() {}\n").functions.isEmpty)
  }

  @Test func `a file that is not there is an error`() {
    #expect(throws: (any Error).self) { try SourceIndex(folder.url.appendingPathComponent("none.swift")) }
  }

  @Test func `an exercise's steps have places, and lines have steps`() throws {
    let first = try folder.write("struct S {\n  func f() {\n    g()\n  }\n}\n", to: "First.swift")
    let second = try folder.write("\nextension S {\n  func g() {}\n}\n", to: "Second.swift")
    let index = ExerciseIndex([first, second, folder.url.appendingPathComponent("none.swift")])
    #expect(index.place(of: "f()") == SourcePlace(file: first.path, line: 2))
    #expect(index.place(of: "g()") == SourcePlace(file: second.path, line: 3))
    #expect(index.place(of: "h()") == nil)
    #expect(index.function(at: SourcePlace(file: first.path, line: 3)) == "f()")
    #expect(index.function(at: SourcePlace(file: first.path, line: 5)) == nil)
    #expect(index.path(endingIn: "Module/Second.swift") == second.path)
    #expect(index.path(endingIn: "cond.swift") == nil)
  }
}
