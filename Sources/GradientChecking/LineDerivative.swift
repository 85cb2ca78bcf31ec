/// The derivative at t = 0 of a function of one number, t ↦ g(t), by central differences, with a bound on its error.
///
/// With the central difference D(h) = (g(h) − g(−h)) / 2h and the difference of the two one-sided slopes
/// S(h) = (g(h) − 2 g(0) + g(−h)) / h, from the steps h, h/2 and h/4:
///
///     R(h) = (4 D(h/2) − D(h)) / 3        Richardson: the error falls like h⁴
///     K    = (8 L(h/2) − L(h)) / 7,       L(h) = 2 S(h/2) − S(h)
///
/// For a smooth g, S(h) = h g″ + O(h³): K, its value extrapolated to h = 0, is 0 up to O(h⁵). At a kink at t = 0 it is
/// the jump of the slope, which D, being symmetric, does not see at all. A kink elsewhere between the evaluations shows
/// in R(h/2) − R(h) or in K. So one bound holds for smooth and kinked functions alike:
///
///     error = 2 |R(h/2) − R(h)| + |K| + rounding
///
/// Two kinks beside 0, one to each side and with opposite jumps, look like a straight line from afar. So a plain
/// central difference D at a step of 2⁻²⁰ must confirm every R of wider steps; by how much more than rounding it differs
/// is added to the bound. Where f is known to be rough, what D cannot resolve is added too: see `widened`.
///
/// Steps are tried from 2⁻⁹ downwards until the bound is small: a smaller step leaves a kink at a distance outside, and
/// resolves a sharp but smooth bend. Where rounding is what is large, wider steps are tried.
///
/// Source: textbook numerical differentiation; Richardson extrapolation, e.g. Press et al., "Numerical Recipes", §5.7.
struct LineDerivative {
  /// The value g(0).
  let value: Double
  /// The size of g's rounding noise: an upper estimate of its standard deviation.
  let noise: Double
  /// The size below which a derivative counts as small: the floor of the relative error.
  let floor: Double

  /// Bound on the error, relative to max(|derivative|, floor), at which the search stops.
  private static let target = 2.5e-7
  /// Bound on the error, relative to max(|derivative|, floor), above which the derivative is set aside.
  private static let limit = 1e-4

  /// A derivative, or why there is none, with what was learnt about g on the way.
  struct Estimate {
    var entry: NumericalGradient.Entry
    /// Whether g does not look smooth at the widest step that was tried first.
    let isRough: Bool
    /// How far a kink very near 0 may change the derivative unseen.
    let resolution: Double
  }

  /// What one step h gives: R(h/2), with the parts of its error bound.
  private struct Rung {
    let h: Double
    let derivative: Double
    /// 2 |R(h/2) − R(h)| + |K|, and what the near difference adds: what does not look smooth.
    var disagreement: Double
    let rounding: Double
    var error: Double { disagreement + rounding }
    /// Whether the disagreement is no larger than rounding alone may cause (K carries twice the noise of R).
    var isNoise: Bool { disagreement <= 4 * rounding }
  }

  /// The derivative of g at 0, or why there is none.
  ///
  /// - Parameters:
  ///   - size: the size of the numbers that t is added to; no step is lost against it.
  ///   - g: the function, evaluated at t = ±h, ±h/2 and ±h/4 for a few steps h.
  func estimate(size: Double, along g: (Double) -> Double) -> Estimate {
    let first = max(0x1p-9, 0x1p9 * size.ulp)
    var steps = [first, first / 8, first / 64, first / 512, first / 4096].filter { $0 >= 0x1p5 * size.ulp }
    // Beside 0 a function such as log needs steps smaller than the distance to 0.
    if size > 0, size < first / 1024 { steps += [size / 16, size / 256] }

    let near = near(first / 2048, g)
    func confirmedRung(_ h: Double) -> Rung? {
      guard var rung = rung(h, g) else { return nil }
      if h > 4 * near.h, near.derivative.isFinite {
        rung.disagreement += max(0, abs(rung.derivative - near.derivative) - near.rounding)
      }
      return rung
    }

    var best: Rung?
    var isRough = false
    for h in steps {
      guard let rung = confirmedRung(h) else { continue }
      if h == first { isRough = !isDone(rung) && !rung.isNoise }
      if best.map({ rung.error < $0.error }) ?? true { best = rung }
      if let best, isDone(best) || 8 * rung.rounding > best.error { break }
    }
    for h in [8 * first, 64 * first] {
      guard let narrow = best, !isDone(narrow), narrow.isNoise, 8 * narrow.h >= h else { break }
      guard let wide = confirmedRung(h), wide.error < narrow.error,
        abs(wide.derivative - narrow.derivative) <= wide.error + narrow.error
      else { break }
      best = wide
    }
    // The near difference may be off by its rounding, and this estimate by as much more as the two differ.
    let apart = best.map { abs($0.derivative - near.derivative) } ?? 0
    let resolution = near.derivative.isFinite ? near.rounding + min(apart, near.rounding) : 0
    return Estimate(entry: best.map(entry) ?? .notFinite, isRough: isRough, resolution: resolution)
  }

  /// An estimate with what a near difference cannot resolve added to its error, for an f that is rough somewhere.
  ///
  /// What is seen of one entry warns of the others: a network of ReLU has kinks along every parameter, also where they
  /// are too weak and too near to be told from a smooth bend.
  func widened(_ estimate: Estimate) -> NumericalGradient.Entry {
    guard case .estimate(let derivative, let error) = estimate.entry else { return estimate.entry }
    let wide = error + estimate.resolution
    return wide <= Self.limit * max(abs(derivative), floor) ? .estimate(derivative, error: wide) : .imprecise
  }

  private func entry(_ best: Rung) -> NumericalGradient.Entry {
    guard best.error <= Self.limit * max(abs(best.derivative), floor) else {
      return best.isNoise ? .imprecise : .kink
    }
    return .estimate(best.derivative, error: best.error)
  }

  private func isDone(_ rung: Rung) -> Bool {
    rung.error <= Self.target * max(abs(rung.derivative), floor)
  }

  /// A plain central difference D(h), and what rounding may do to it: five standard deviations.
  private func near(_ h: Double, _ g: (Double) -> Double) -> (h: Double, derivative: Double, rounding: Double) {
    let right = g(h)
    let left = g(-h)
    return (h, (right - left) / (2 * h), 2 * max(noise, abs(right).ulp, abs(left).ulp) / h)
  }

  private func rung(_ h: Double, _ g: (Double) -> Double) -> Rung? {
    var central: [Double] = []
    var sides: [Double] = []
    var largest = 0.0
    for step in [h, h / 2, h / 4] {
      let right = g(step)
      let left = g(-step)
      central.append((right - left) / (2 * step))
      sides.append(((right - value) - (value - left)) / step)
      largest = max(largest, abs(right), abs(left))
    }
    let coarse = (4 * central[1] - central[0]) / 3
    let fine = (4 * central[2] - central[1]) / 3
    let jump = (8 * (2 * sides[2] - sides[1]) - (2 * sides[1] - sides[0])) / 7
    let disagreement = 2 * abs(fine - coarse) + abs(jump)
    guard fine.isFinite, disagreement.isFinite else { return nil }
    // R(h/2) carries about four standard deviations' worth of noise over h; three times that is allowed for.
    let rounding = 12 * max(noise, largest.ulp) / h
    return Rung(h: h, derivative: fine, disagreement: disagreement, rounding: rounding)
  }
}
