import Curriculum
import Fixture
import Grading

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

typealias Act = @Sendable (_ X: Matrix, _ Y: Matrix, _ w: Matrix) -> FixtureGradients

/// A lesson whose second step does something of its own.
struct Behaviour: FixtureLesson {
  let act: Act
  func gradients(X: Matrix, Y: Matrix, at w: Matrix) -> FixtureGradients { act(X, Y, w) }
}

/// The right answer.
private func right(_ X: Matrix, _ Y: Matrix, _ w: Matrix) -> FixtureGradients {
  FixtureReference().gradients(X: X, Y: Y, at: w)
}

/// A wrong one.
private func wrong(_ X: Matrix, _ Y: Matrix, _ w: Matrix) -> FixtureGradients {
  var g = right(X, Y, w)
  g.cost += 1
  return g
}

/// What the second step can do, by name.
let behaviours: [String: Act] = [
  "other-order": { X, Y, w in
    // Right, summed from the other end and with −0 for 0.
    let m = X.columns
    var g = right(X, Y, w)
    g.cost = (0..<m).reversed().reduce(0) { $0 + g.errors[0, $1] * g.errors[0, $1] / Double(m) }
    g.dw = Matrix(rows: X.rows, columns: 1, repeating: -0.0)
    for j in 0..<X.rows {
      for i in (0..<m).reversed() { g.dw[j, 0] += 2 * g.errors[0, i] * X[j, i] / Double(m) }
    }
    return g
  },
  "not-a-number": { X, Y, w in
    var g = right(X, Y, w)
    g.cost = .nan
    g.dw[0, 0] = .infinity
    return g
  },
  "todo-on-one-example": { X, Y, w in
    if X.columns == 1 { todo("gradients(X:Y:at:)") }
    return right(X, Y, w)
  },

  "index": { X, Y, w in
    let columns = (0..<X.columns).map { X.column($0) }
    return right(columns[X.columns], Y, w)  // traps by index
  },
  "nil": { X, Y, w in
    let last = X.elements.first { $0 > 1e9 }
    return right(last! * X, Y, w)  // traps by nil
  },
  "overflow": { X, Y, w in
    var product = X.columns
    for _ in 0..<200 { product *= 3 }  // traps by overflow
    return right(Double(product) * X, Y, w)
  },
  "shapes": { X, Y, w in
    right(X * w, Y, w)  // stops by shapes
  },
  "trap-on-the-second-input": { X, Y, w in
    if X.columns == 5 { fatalError("five examples are too many") }
    return wrong(X, Y, w)
  },
  "recursion": { X, Y, w in FixtureGradients(errors: Y, cost: deep(X.columns), dw: w) },
  "abort": { _, _, _ in abort() },
  "exit": { _, _, _ in exit(0) },
  "nonsense": { X, Y, w in
    write("\u{0}\u{7}\nfree\tof\tform\n\n\u{FFFD}\n", to: 3)
    return right(X, Y, w)
  },
  "fewer-quantities": { X, Y, w in
    // One observation that is wrong, and then one that is none of this step's.
    if X.columns == 5 {
      write("J\t\t0\n\n", to: 3)
      write("J\t\t0\n\n", to: 3)
      write("J\t\t0\n\n", to: 3)
      write("end\n", to: 3)
      exit(0)
    }
    return wrong(X, Y, w)
  },
  "forged": { _, _, _ in
    // Every right answer, and the end, in the form in which the observer writes them.
    let seed = UInt64(CommandLine.arguments[2])!
    for observation in fixtureSteps[1].observe(FixtureReference(), seed: seed) { write(observation.wireText, to: 3) }
    write("end\n", to: 3)
    exit(0)
  },

  "loop": { X, Y, w in
    var x = 1.0
    while x > 0 { x = x * 0.5 + 1 }
    return right(x * X, Y, w)
  },
  "sleep": { X, Y, w in
    while true { sleep(10) }
  },
  "memory": { X, Y, w in
    let huge = [Double](repeating: 1, count: 3 << 30)
    return right(huge[X.columns] * X, Y, w)
  },
  "child": { X, Y, w in
    // A process that outlives this one, unless somebody ends it; its number is what is printed.
    var child: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("60"), nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, &environment)
    print("child \(child)")
    return right(X, Y, w)
  },

  "flood": { X, Y, w in
    for _ in 0..<40_000 { print("a line of sixty characters, as a loop prints it when it is debugged") }
    return right(X, Y, w)
  },
  "endless-flood": { X, Y, w in
    while true { print("again") }
  },
  "prints": { X, Y, w in
    print("m is", X.columns)
    return wrong(X, Y, w)
  },
  "prints-much": { X, Y, w in
    print(String(repeating: "ü", count: 5000))
    return wrong(X, Y, w)
  },
  "prints-protocol": { X, Y, w in
    print("end")
    print("todo\tgradients(X:Y:at:)\tfile\t1")
    return wrong(X, Y, w)
  },
]

func unknown(_ name: String) -> Never { fatalError("there is no answer named “\(name)”") }

/// Calls itself for ever.
private func deep(_ n: Int) -> Double { n < 0 ? 0 : 1 + deep(n + 1) }
