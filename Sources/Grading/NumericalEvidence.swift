import GradientChecking

/// One entry of a numerical gradient, or nil where it cannot be had.
func numericalDerivative(_ derivative: Derivative, entry i: Int) -> Double? {
  var up = derivative.at, down = derivative.at
  let h = 1e-5
  up[i] += h
  down[i] -= h
  return (derivative.function(up) - derivative.function(down)) / (2 * h)
}

/// What speaks against these values being the derivative, or nil.
func disagreement(_ values: [Double], with derivative: Derivative) -> String? {
  for i in values.indices {
    let n = numericalDerivative(derivative, entry: i)!
    if abs(n - values[i]) > 1e-6 * max(abs(n), 2e-1) { return "\(values[i]) against \(n)" }
  }
  return nil
}
