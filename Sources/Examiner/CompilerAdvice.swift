/// What a message of the compiler's usually means in an exercise, for those who come from Python; nil where nothing is known.
func advice(on message: String) -> String? {
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
      + "var new = \(match.1)."
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
    ("operator '**'", "Swift has no **: write a * a or pow(a, 2)."),
  ]
  return known.first { message.contains($0.part) }?.advice
}

private let elsewhere =
  "The kit has no such function, and a lesson cannot call another one: write it again, as a private function below."

private let partOfArgument =
  "Weights and biases are parts of an argument: the first line of the function has its name, and a dot goes between."
