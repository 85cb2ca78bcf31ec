/// What a message of the compiler's usually means in an exercise, for those who come from Python; nil where nothing is known.
package func advice(on message: String) -> String? {
  let isMixed =
    message.contains("'Int'") && message.contains("'Double'")
    || message.contains("'[Int]'") && message.contains("'[Double]'")
  if message.contains("'Double'"), message.contains("to expected argument type 'Int'") {
    return
      "Is there a ^ in the line? In Swift it is no power: write a * a or pow(a, 2). Else: a Double and an Int do not mix; "
      + "begin a sum with 0.0 and not with 0."
  }
  if isMixed { return "An Int and a Double do not mix: write Double(X.columns), and 3.0 instead of 3." }
  if let match = message.firstMatch(of: /'(\w+)' is a 'let' constant/) {
    return "What is declared with let cannot change, and neither can an argument or a loop's variable: change a copy, "
      + "var new = \(match.1). (A comparison is written ==.)"
  }
  let known: [(part: String, advice: String)] = [
    ("missing argument label", "Swift wants the names of the arguments: predict(x: x, at: parameters)."),
    ("extraneous argument label", "This argument has no name in the call: sigmoid(z), and not sigmoid(z: z)."),
    (
      "consecutive statements on a line",
      "One statement a line. Python's “a if condition else b” is written condition ? a : b, and a power pow(a, 2)."
    ),
    ("expected '{' after", "Swift has braces and no colon: if z > 0 { … }, for i in 0..<m { … }."),
    ("cannot find 'range'", "A loop over numbers is written for i in 0..<m { … }."),
    ("cannot find 'sigmoid' in scope", elsewhere), ("cannot find 'softmax' in scope", elsewhere),
    ("cannot find 'relu' in scope", elsewhere),
    ("cannot find 'len'", "A list has .count, a matrix .rows and .columns."),
    ("cannot find 'np'", "There is no NumPy here: exp, log, max, sum() and the like belong to the kit."),
    ("cannot find 'w' in scope", partOfArgument), ("cannot find 'b' in scope", partOfArgument),
    ("cannot find 'W' in scope", partOfArgument),
    (
      "cannot call value of non-function type",
      "A variable of yours has the name of the function that you mean: give the variable another name."
    ),
    ("operator '^'", "In Swift ^ is no power: write a * a or pow(a, 2)."),
    ("operator '/' cannot be applied to two 'Matrix'", "Two matrices are divided entry by entry: A ./ B."),
    ("operator '**'", "Swift has no **: a number's square is a * a or pow(a, 2), a matrix's, entry by entry, A .* A."),
    ("'ArraySlice<Int>' to expected argument type '[Int]'", "A part of a list becomes a list by Array(order[a..<b])."),
    (
      "value of optional type 'Matrix?'",
      "solve gives nil where there is no solution: guard let d = solve(H, g) else { return … }."
    ),
    (
      "cannot convert value of type 'Matrix' to expected argument type 'Double'",
      "Is there a / between two matrices? Entry by entry it is written A ./ B."
    ),
    ("has no member 'abs'", "abs stands before its argument: abs(W)."),
    ("cannot find 'sum' in scope", "sum stands behind its matrix: A.sum(), A.rowSums(), A.columnSums()."),
  ]
  return known.first { message.contains($0.part) }?.advice
}

private let elsewhere =
  "The kit has no such function, and a lesson cannot call another one: write it again, as a private function below."

private let partOfArgument =
  "Weights and biases are parts of an argument: the first line of the function has its name, and a dot goes between."
