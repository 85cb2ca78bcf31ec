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
  let known: [(part: String, advice: String)] = [
    (
      "is a 'let' constant",
      "What is declared with let cannot change, and neither can an argument: begin with a copy, var Theta = Theta."
    ),
    ("missing argument label", "Swift wants the names of the arguments: predict(x: x, at: parameters)."),
    ("extraneous argument label", "This argument has no name in the call: sigmoid(z), and not sigmoid(z: z)."),
    (
      "consecutive statements on a line",
      "One statement a line. Python's “a if condition else b” is written condition ? a : b, and a power pow(a, 2)."
    ),
    ("expected '{' after", "Swift has braces and no colon: if z > 0 { … }, for i in 0..<m { … }."),
    ("cannot find 'range'", "A loop over numbers is written for i in 0..<m { … }."),
    ("cannot find 'len'", "A list has .count, a matrix .rows and .columns."),
    ("cannot find 'np'", "There is no NumPy here: exp, log, max, sum() and the like belong to the kit."),
    ("cannot find 'w' in scope", "The weights are a part of an argument: parameters.w."),
    ("cannot find 'b' in scope", "The bias is a part of an argument: parameters.b."),
    (
      "cannot call value of non-function type",
      "A variable of yours has the name of the function that you mean: give the variable another name."
    ),
    ("operator '^'", "In Swift ^ is no power: write a * a or pow(a, 2)."),
    ("operator '/' cannot be applied to two 'Matrix'", "Two matrices are divided entry by entry: A ./ B."),
    (
      "operator '==' cannot be applied to two 'Matrix'",
      "Two matrices are compared entry by entry: A .== B gives 1 and 0."
    ),
    ("operator '**'", "Swift has no **: write a * a or pow(a, 2)."),
  ]
  return known.first { message.contains($0.part) }?.advice
}
