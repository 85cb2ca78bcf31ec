import Curriculum
import Grading
@testable import OptimizationSolution

private let reference = Optimization()

let optimization = Answers<any OptimizationLesson>(
  .optimization, optimizationSteps, reference,
  mistakes: [
    Mistake(
      "11.1", "the examples are cut into batches in their old order", NotShuffled(),
      "Data often come sorted, and then a batch knows one class only. Shuffle first, with the generator, and then cut."),
    Mistake(
      "11.1", "X is shuffled and Y is not", OnlyXShuffled(),
      "Column i of Y belongs to column i of X. Shuffle the *numbers* of the columns, once, and take both by them."),
    Mistake(
      "11.1", "Y is shuffled and X is not", OnlyYShuffled(),
      "Column i of Y belongs to column i of X. Shuffle the *numbers* of the columns, once, and take both by them."),
    Mistake(
      "11.1", "a column of Y is not beside its column of X", ShuffledApart(),
      "So it is when X and Y are shuffled one after the other: each shuffle gives another order. Shuffle the *numbers* of the columns, once, and take both by them."
    ),
    Mistake(
      "11.1", "the last batch is left out when it is short", ShortBatchDropped(),
      "Every example belongs to a batch. The last one takes what is left, up to m and not beyond."),
    Mistake(
      "11.1", "the last batch is filled up with examples that are in the first ones already", LastBatchFilled(),
      "The last batch stays short: an example that came twice in an epoch would count twice."),
    Mistake(
      "11.1", "the rest is put into the last full batch", RestAppended(),
      "The rest is a batch of its own, a short one."),
    Mistake(
      "11.1", "there is an empty batch at the end", EmptyBatchLast(),
      "m/size + 1 batches are one too many where `size` divides m. `stride(from: 0, to: m, by: size)` starts each just once."
    ),
    Mistake(
      "11.1", "each example is drawn from all of them, those drawn before included", WithReplacement(),
      "Some examples then come twice and others never. Shuffle all of them once, and cut: each is in one batch."),
    Mistake(
      "11.1", "the examples are cut first, and then only the batches are shuffled", OnlyBatchesShuffled(),
      "Neighbours in the file stay together for ever. Shuffle the examples, then cut."),
    Mistake(
      "11.1", "there are batches of examples that stood side by side in X", ShuffledInside(),
      "So it is when X is cut first and shuffled later, if at all. Then every epoch has the same batches: shuffle the examples, then cut."
    ),
    Mistake(
      "11.1", "the call leaves the generator where it was", GeneratorCopied(),
      "The next epoch then gets the same batches. A copy, `var g = generator`, has this effect: pass `&generator` on itself."
    ),
    Mistake(
      "11.1", "another seed and the next call give the same batches again", FixedShuffle(),
      "Take the random numbers from `generator`, by `&generator`: it is what makes one shuffle differ from the other."),
    Mistake(
      "11.1", "the shuffle does not follow the generator's seed", SystemShuffle(),
      "`shuffled()` takes its random numbers from the system. `shuffled(using: &generator)` takes them from the seed, and can be repeated."
    ),
    Mistake(
      "11.1", "not all orders are equally likely", UnevenShuffle(),
      "Usual reasons: each place is exchanged with *any* place, or the loop ends too early. From the last place down to place 1, exchange each with a place that is not behind it."
    ),
    Mistake(
      "11.1", "no example ever keeps its place", NoFixedPoint(),
      "A place may be exchanged with itself: draw from 0 to i, i included."),
    Mistake(
      "11.1", "the order is only rotated", Rotated(),
      "Neighbours stay neighbours, and of all orders only m can come. A shuffle makes each of them equally likely."),
    Mistake(
      "11.1", "the first example never moves", FirstStays(),
      "Place 0 is to be exchanged too: the draw for a place i is from 0 to i, and the last one is that for place 1."),
    Mistake(
      "11.1", "the last example never moves", LastStays(),
      "m examples have the places 0 to m − 1, and the last one is to be exchanged too. Does your loop end one too early?"
    ),

    Mistake(
      "11.2", "all gradients are taken at the parameters from the start", GradientsAtStart(),
      "After a batch the parameters have moved: the next gradient is taken where they are now."),
    Mistake(
      "11.2", "there is one step in the end, by the mean of the batches' gradients", OneStepInTheEnd(),
      "A step follows each batch: that is what mini-batches are for."),
    Mistake(
      "11.2", "a matrix has moved before the next one's gradient is taken", GradientMatrixByMatrix(),
      "All gradients of a batch are taken at the same parameters, by one call of `gradient`. Then all matrices move."),
    Mistake(
      "11.2", "the examples are taken in the order of X and not in the given one", OrderIgnored(),
      "Batch k takes the next `batchSize` numbers of `order`, and the columns with these numbers."),
    Mistake(
      "11.2", "Y's columns are taken in their own order", LabelsInOwnOrder(),
      "Take Y by the same numbers as X: each label has to stay beside its example."),
    Mistake(
      "11.2", "the last batch is left out when it is short", ShortEpochBatchDropped(),
      "Every example counts once an epoch. The last batch takes what is left."),
    Mistake(
      "11.2", "a short last batch makes a step in proportion to its size", ShortBatchWeighed(),
      "Its gradient is the mean over its own examples, and it makes a step like the others."),
    Mistake(
      "11.2", "each step is multiplied by the batch's size", EpochStepsSummed(),
      "The gradient is given as a mean over the batch: θ ← θ − αg, without a further factor."),
    Mistake(
      "11.2", "each step is divided by the batch's size", EpochStepsDivided(),
      "The gradient is given as a mean over the batch: the division is done already."),
    Mistake(
      "11.2", "each gradient is taken of all examples", WholeDataEachStep(),
      "`gradient` is to see the columns of the batch alone."),
    Mistake("11.2", "the step goes uphill", EpochAscends(), "The gradient points uphill: subtract it."),
    Mistake(
      "11.2", "the costs are those after each step", EpochCostsAfter(),
      "Each batch's J comes from the same call of `gradient` as its gradients, before the step."),
    Mistake(
      "11.2", "the costs are sums over the batch", EpochCostsSummed(),
      "J is given as a mean over the batch: record it as it is."),
    Mistake(
      "11.2", "only one cost is returned, the batches' mean", EpochCostsAveraged(),
      "`costs` has an entry for each batch."),
    Mistake(
      "11.2", "the matrices after the first one stay as they are", OnlyFirstMatrixDescends(),
      "Every matrix of the list has its gradient, and moves by it."),

    Mistake(
      "11.3", "the factor 1 − β is left out", MomentumSummed(),
      "Many books write v ← βv + g, and then v grows to 1/(1 − β) times the gradient. Here v is a mean: v ← βv + (1 − β)g."
    ),
    Mistake(
      "11.3", "β and 1 − β are exchanged", MomentumExchanged(),
      "β is the share of the old v that is kept, usually 0.9; the new gradient counts 1 − β."),
    Mistake(
      "11.3", "v is corrected for its start from 0", MomentumCorrected(),
      "That belongs to Adam. Momentum here has no bias correction: θ ← θ − αv."),
    Mistake(
      "11.3", "v is divided by 1 − βᵗ⁺¹ for θ's step", MomentumDivided(),
      "A bias correction belongs to Adam. Momentum here has none: θ ← θ − αv."),
    Mistake("11.3", "α is left out", MomentumWithoutRate(), "v is a direction, and α says how far: θ ← θ − αv."),
    Mistake(
      "11.3", "v is βv + αg, and θ moves by −v", MomentumRateSummed(),
      "That is how many libraries write it. Here v is a mean of gradients, βv + (1 − β)g, and θ moves by −αv."),
    Mistake(
      "11.3", "θ moves by the v of the step before", MomentumOldV(), "First v, then θ with the new v."),
    Mistake(
      "11.3", "θ moves by g and not by v", MomentumUnused(), "v is kept in order to be used: θ ← θ − αv."),
    Mistake(
      "11.3", "the new v is not returned in the state", MomentumForgets(),
      "The next step gets the state that you return: put the new v into it."),
    Mistake(
      "11.3", "the step goes uphill", MomentumAscends(), "v is a mean of gradients, and they point uphill: subtract αv."
    ),
    Mistake(
      "11.3", "α is inside v", MomentumRateInside(),
      "v ← βv + (1 − β)g is a mean of gradients; α comes in once, in θ ← θ − αv. So v means the same when α changes."),
    Mistake(
      "11.3", "the step looks ahead as Nesterov's does", MomentumNesterov(),
      "θ − α(βv + (1 − β)g) with the *new* v is Nesterov's variant. Here it is θ ← θ − αv."),
    Mistake(
      "11.3", "t is counted on", MomentumCounts(), "Momentum does not use t, and leaves it as it was. Adam counts."),
    Mistake(
      "11.3", "the matrices after the first one stay as they are", MomentumFirstOnly(),
      "Every matrix of the list has its gradient and its v."
    ),

    Mistake(
      "11.4", "ε is inside the root", SquaresEpsilonInside(), "√s + ε: take the root first, then add ε."),
    Mistake(
      "11.4", "the root is left out", SquaresWithoutRoot(),
      "s is a mean of *squares*: only its root is of the gradient's size. g/(√s + ε)."),
    Mistake(
      "11.4", "s is a mean of g and not of g²", SquaresNotSquared(),
      "s ← βs + (1 − β)g²: without the square it has a sign, and no root below 0."),
    Mistake(
      "11.4", "β and 1 − β are exchanged", SquaresExchanged(),
      "β is the share of the old s that is kept, usually 0.9; the new square counts 1 − β."),
    Mistake(
      "11.4", "all squares are added up", SquaresAddedUp(),
      "s ← s + g² is AdaGrad: s only grows, and the steps die away. RMSprop forgets: s ← βs + (1 − β)g²."),
    Mistake(
      "11.4", "the factor 1 − β is left out", SquaresSummed(),
      "s ← βs + (1 − β)g² is a mean. Without the factor it is 1/(1 − β) times as large."),
    Mistake(
      "11.4", "s is corrected for its start from 0", SquaresCorrected(),
      "That belongs to Adam. RMSprop divides by √s + ε, s as it is."),
    Mistake(
      "11.4", "s is divided by 1 − βᵗ⁺¹ for θ's step", SquaresDivided(),
      "A bias correction belongs to Adam. RMSprop divides by √s + ε, s as it is."),
    Mistake("11.4", "α is left out", SquaresWithoutRate(), "g/(√s + ε) is a direction, and α says how far."),
    Mistake(
      "11.4", "ε is added to θ, and not to √s", SquaresBrackets(),
      "√s + ε is the divisor: it needs its own brackets, since a division goes before a sum."),
    Mistake("11.4", "θ moves by the s of the step before", SquaresOldS(), "First s, then θ with the new s."),
    Mistake(
      "11.4", "the new s is not returned in the state", SquaresForget(),
      "The next step gets the state that you return: put the new s into it."),
    Mistake(
      "11.4", "ε is left out", SquaresWithoutEpsilon(),
      "A weight that never had a gradient gets 0/0, and is NaN from then on. ε > 0 prevents it."),
    Mistake("11.4", "the step goes uphill", SquaresAscend(), "The gradient points uphill: subtract."),
    Mistake(
      "11.4", "the matrices after the first one stay as they are", SquaresFirstOnly(),
      "Every matrix of the list has its gradient and its s."),

    Mistake(
      "11.5", "there is no bias correction", AdamUncorrected(),
      "v and s start from 0 and are too small at first, and not by the same factor. Divide by 1 − β₁ᵗ and 1 − β₂ᵗ."),
    Mistake(
      "11.5", "only v is corrected", AdamOnlyV(), "s starts from 0 too: ŝ = s/(1 − β₂ᵗ)."),
    Mistake("11.5", "only s is corrected", AdamOnlyS(), "v starts from 0 too: v̂ = v/(1 − β₁ᵗ)."),
    Mistake(
      "11.5", "the corrections are exchanged", AdamCorrectionsExchanged(),
      "v is kept by β₁, so it is divided by 1 − β₁ᵗ; s by 1 − β₂ᵗ."),
    Mistake(
      "11.5", "v and s are multiplied by the corrections", AdamCorrectionsMultiplied(),
      "v and s are too *small* at first: divide them by 1 − β₁ᵗ and 1 − β₂ᵗ, which are below 1."),
    Mistake(
      "11.5", "the correction is 1 − β in every step", AdamCorrectionWithoutT(),
      "It is 1 − βᵗ, with the number of the step as exponent: nearly 1 after many steps."),
    Mistake(
      "11.5", "t is 0 in the first step", AdamFromZero(),
      "1 − β⁰ is 0, and the division gives infinity or NaN. Count first, then correct: t is 1 in the first step."),
    Mistake(
      "11.5", "t is 2 in the first step", AdamFromTwo(), "t is 0 in the fresh state, and is raised by 1, once a step."),
    Mistake(
      "11.5", "t is counted on for each matrix", AdamCountsMatrices(),
      "t counts steps, not matrices: raise it once, before the loop over the matrices."),
    Mistake(
      "11.5", "the new t is not returned in the state", AdamForgetsT(),
      "The next step would begin with t = 1 again. Put the new t into the state."),
    Mistake(
      "11.5", "the new v and s are not returned in the state", AdamForgets(),
      "The next step gets the state that you return: put the new v and s into it."),
    Mistake(
      "11.5", "the state keeps the corrected v̂ and ŝ", AdamKeepsCorrected(),
      "The correction is for this step's use only: the state keeps v and s themselves, or they are corrected again and again."
    ),
    Mistake(
      "11.5", "ε is inside the root", AdamEpsilonInside(),
      "Kingma and Ba have √ŝ + ε: take the root first, then add ε."),
    Mistake(
      "11.5", "ε is added to √s and not to √ŝ", AdamEpsilonUncorrected(),
      "The short form α√(1 − β₂ᵗ)/(1 − β₁ᵗ) · v/(√s + ε) has another ε: it lacks the factor √(1 − β₂ᵗ) at ε."),
    Mistake(
      "11.5", "ε is inside the root and there is no bias correction", AdamAsPrinted(),
      "These are the numbers of UR2's slide read with = for ∝. Divide by 1 − βᵗ, and add ε outside the root."),
    Mistake(
      "11.5", "β₁ and β₂ are exchanged", AdamExchanged(), "β₁ belongs to v, the mean of g; β₂ to s, the mean of g²."),
    Mistake(
      "11.5", "the root is left out", AdamWithoutRoot(), "s is a mean of *squares*: divide by √ŝ + ε."),
    Mistake(
      "11.5", "s is made of v² and not of g²", AdamSquaresOfV(),
      "s ← β₂s + (1 − β₂)g²: the squares of the gradient itself."),
    Mistake(
      "11.5", "the gradient itself stands above the root, and not v̂", AdamWithoutMomentum(),
      "That is RMSprop with a correction. Adam moves by the mean v̂."),
    Mistake(
      "11.5", "the factors 1 − β₁ and 1 − β₂ are left out", AdamSummed(),
      "v ← β₁v + (1 − β₁)g and s ← β₂s + (1 − β₂)g²: both are means, and the correction counts on that."),
    Mistake(
      "11.5", "the factor 1 − β₁ is left out", AdamSummedV(),
      "v ← β₁v + (1 − β₁)g is a mean, and the correction counts on that."),
    Mistake(
      "11.5", "the factor 1 − β₂ is left out", AdamSummedS(),
      "s ← β₂s + (1 − β₂)g² is a mean, and the correction counts on that."),
    Mistake(
      "11.5", "the state is returned as it came", AdamForgetsAll(),
      "The next step gets the state that you return: put the new t, v and s into it."),
    Mistake(
      "11.5", "ε is left out", AdamWithoutEpsilon(),
      "A weight that never had a gradient gets 0/0, and is NaN from then on. ε > 0 prevents it."),
    Mistake(
      "11.5", "the step goes uphill", AdamAscends(), "v̂ is a mean of gradients, and they point uphill: subtract."),

    Mistake(
      "11.6", "epochs are counted from 0", DecayFromZero(),
      "e is 1 in the first epoch, and `epoch` is this e: use it as it is."),
    Mistake(
      "11.6", "e is one too large", DecayFromTwo(), "`epoch` is e itself, 1 in the first epoch: use it as it is."),
    Mistake(
      "11.6", "the first schedule has e − 1 in place of e", DecayInverseFromZero(),
      "`epoch` is e itself, 1 in the first epoch: use it as it is."),
    Mistake(
      "11.6", "the second schedule has e − 1 in place of e", DecayPowerFromZero(),
      "baseᵉ has e factors. In a loop they are those of `1...epoch`; `pow(base, Double(epoch))` needs none."),
    Mistake(
      "11.6", "the third schedule has e − 1 in place of e", DecayRootFromZero(),
      "`epoch` is e itself, 1 in the first epoch: use it as it is."),
    Mistake(
      "11.6", "the first schedule has e + 1 in place of e", DecayInverseFromTwo(),
      "`epoch` is e itself, 1 in the first epoch: use it as it is."),
    Mistake(
      "11.6", "the second schedule has e + 1 in place of e", DecayPowerFromTwo(),
      "baseᵉ has e factors. In a loop they are those of `1...epoch`; `pow(base, Double(epoch))` needs none."),
    Mistake(
      "11.6", "the third schedule has e + 1 in place of e", DecayRootFromTwo(),
      "`epoch` is e itself, 1 in the first epoch: use it as it is."),
    Mistake(
      "11.6", "the first schedule is α₀/1 + decay·e", DecayBrackets(),
      "A division goes before a sum: put 1 + decay·e into brackets."),
    Mistake(
      "11.6", "the 1 is left out of 1 + decay·e", DecayWithoutOne(),
      "α₀/(1 + decay·e): without the 1, a small decay makes the rate huge."),
    Mistake(
      "11.6", "the first schedule is α₀ − decay·e", DecayLinear(),
      "It is a quotient, α₀/(1 + decay·e), and never below 0."),
    Mistake(
      "11.6", "the first schedule is α₀/(1 + decay)ᵉ", DecayCompound(),
      "α₀/(1 + decay·e): the epoch multiplies the decay. As an exponent it would be the second schedule."),
    Mistake(
      "11.6", "the base is multiplied by e", DecayBaseTimesEpoch(), "baseᵉ is a power: `pow(base, Double(epoch))`."),
    Mistake(
      "11.6", "the second schedule is α₀·e^(−base·e)", DecayNatural(),
      "The base is the number that is raised: α₀·baseᵉ. e is the epoch here, not 2.718…"),
    Mistake(
      "11.6", "the third schedule divides by e and not by √e", DecayWithoutRoot(),
      "α₀·k/√e: take the root of the epoch."),
    Mistake("11.6", "k is inside the root", DecayKInside(), "α₀·k/√e: only the epoch is under the root."),
    Mistake("11.6", "k is left out", DecayWithoutK(), "α₀·k/√e: `case .inverseSquareRoot(let k)` gives you k."),
    Mistake("11.6", "α₀ is left out", DecayWithoutInitial(), "Each schedule is α₀ times a factor."),

    Mistake(
      "11.7", "b is penalised", NewtonPenalisesB(),
      "The penalty is λ/(2m)·‖w‖²: the last entry of the gradient and the last one of the Hessian have none."),
    Mistake(
      "11.7", "the penalty is left out of the Hessian", NewtonHessianUnpenalised(),
      "The second derivative of λ/(2m)·w² is λ/m: it stands on H's diagonal, but for b."),
    Mistake(
      "11.7", "the penalty is left out of the gradient", NewtonGradientUnpenalised(),
      "The derivative of λ/(2m)·w² is (λ/m)·w: add it to the entries for w."),
    Mistake(
      "11.7", "the penalty is λ/(2m) in the gradient and in the Hessian", NewtonHalfPenalty(),
      "The derivative of w² is 2w: it takes the ½ away. (λ/m)·w and λ/m."),
    Mistake(
      "11.7", "the penalty is not divided by m", NewtonPenaltyTimesM(),
      "J has λ/(2m)·‖w‖², so the gradient has (λ/m)·w, and the Hessian λ/m."),
    Mistake(
      "11.7", "the data's part is not divided by m", NewtonSummed(),
      "J is a mean over the examples: its gradient and its Hessian have the 1/m, too."),
    Mistake(
      "11.7", "the gradient has y − a", NewtonReversed(),
      "The derivative of the loss by the score is a − y; the penalty's part has its own sign, +(λ/m)·w."),
    Mistake(
      "11.7", "the gradient and the Hessian are those after the step", NewtonAfter(),
      "Returned are the g and H with which the step is made, those at the given w and b."),
    Mistake(
      "11.7", "the factor a(1 − a) is left out of the Hessian", NewtonWithoutSlope(),
      "The gradient's a − y changes with the score z at the rate σ'(z) = a(1 − a): each example counts by it."),
    Mistake(
      "11.7", "the Hessian has (a − y)² in place of a(1 − a)", NewtonGaussNewton(),
      "The products of the single gradients are no second derivatives. The labels do not occur in H."),
    Mistake(
      "11.7", "only the Hessian's diagonal is used for the step", NewtonDiagonal(),
      "H tells how the parameters act together: solve with all of it."),
    Mistake(
      "11.7", "b stands first in the gradient and in the Hessian", NewtonBiasFirst(),
      "θ stacks w above b: the entries for b are the last."
    ),
    Mistake(
      "11.7", "λ is ignored", NewtonUnpenalised(),
      "J has the penalty λ/(2m)·‖w‖²: the gradient gains (λ/m)·w, and the Hessian's diagonal λ/m, but for b."),
    Mistake(
      "11.7", "the data's part of the gradient is not divided by m, and that of the Hessian is", NewtonGradientSummed(),
      "J is a mean over the examples: both have the 1/m."),
    Mistake(
      "11.7", "the data's part of the Hessian is not divided by m, and that of the gradient is", NewtonHessianSummed(),
      "J is a mean over the examples: both have the 1/m."),
    Mistake(
      "11.7", "b stays as it is", NewtonKeepsBias(),
      "d has n + 1 entries, and the last one is for b: it moves too."),
    Mistake("11.7", "the step goes uphill", NewtonAscends(), "θ − H⁻¹g."),
    Mistake(
      "11.7", "the step is θ − g", NewtonGradientStep(),
      "That is gradient descent with α = 1. Newton solves H·d = g and goes to θ − d."),
    Mistake(
      "11.7", "the step is θ − Hg", NewtonMultiplies(), "The gradient is divided by the curvature: solve H·d = g."),
    Mistake(
      "11.7", "σ overflows: eᶻ/(1 + eᶻ) gives NaN for large scores", NewtonOverflow(),
      "e⁷⁵⁰ is beyond the largest number, and ∞/∞ is NaN. 1/(1 + e⁻ᶻ) gives the same and overflows for no z."),
    Mistake(
      "11.7", "w and b become 0 where H is singular", NewtonZeros(),
      "Where `solve` returns nil there is no step: w and b stay as they are."),
    Mistake(
      "11.7", "a step of gradient descent is taken where H is singular", NewtonFallsBack(),
      "Where `solve` returns nil there is no step: w and b stay as they are."),
    Mistake(
      "11.7", "a small number is added to H's diagonal so that it is never singular", NewtonAlwaysRegular(),
      "That is another step, and hides that yours has no single answer. Where `solve` returns nil, w and b stay as they are."
    ),
  ])

// MARK: 11.1

/// Batches of these examples, in this order, the last perhaps short.
private func cut(_ order: [Int], _ X: Matrix, _ Y: Matrix, _ size: Int) -> [Batch] {
  stride(from: 0, to: order.count, by: size).map { first in
    let examples = Array(order[first..<min(first + size, order.count)])
    return Batch(X: X.columns(at: examples), Y: Y.columns(at: examples))
  }
}

private struct NotShuffled: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    cut(Array(0..<X.columns), X, Y, size)
  }
}

private struct OnlyXShuffled: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    cut(Array(0..<X.columns), X.columns(at: generator.permutation(of: X.columns)), Y, size)
  }
}

private struct OnlyYShuffled: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    cut(Array(0..<X.columns), X, Y.columns(at: generator.permutation(of: X.columns)), size)
  }
}

private struct ShuffledApart: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let m = X.columns
    return cut(
      Array(0..<m), X.columns(at: generator.permutation(of: m)), Y.columns(at: generator.permutation(of: m)), size)
  }
}

private struct ShortBatchDropped: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    reference.miniBatches(X: X, Y: Y, size: size, using: &generator).filter { $0.X.columns == size }
  }
}

private struct LastBatchFilled: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let order = generator.permutation(of: X.columns)
    let batches = (order.count + size - 1) / size
    return cut((0..<batches * size).map { order[$0 % order.count] }, X, Y, size)
  }
}

private struct RestAppended: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    var batches = reference.miniBatches(X: X, Y: Y, size: size, using: &generator)
    if batches.count > 1, batches[batches.count - 1].X.columns < size {
      let rest = batches.removeLast()
      let last = batches.removeLast()
      batches.append(Batch(X: Matrix(columns: [last.X, rest.X]), Y: Matrix(columns: [last.Y, rest.Y])))
    }
    return batches
  }
}

private struct EmptyBatchLast: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    var batches = reference.miniBatches(X: X, Y: Y, size: size, using: &generator)
    if X.columns % size == 0 {
      batches.append(Batch(X: Matrix(rows: X.rows, columns: 0), Y: Matrix(rows: Y.rows, columns: 0)))
    }
    return batches
  }
}

private struct WithReplacement: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let m = X.columns
    return cut((0..<m).map { _ in generator.integer(below: m) }, X, Y, size)
  }
}

private struct OnlyBatchesShuffled: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let batches = cut(Array(0..<X.columns), X, Y, size)
    return generator.permutation(of: batches.count).map { batches[$0] }
  }
}

private struct ShuffledInside: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    cut(Array(0..<X.columns), X, Y, size).map { batch in
      let order = generator.permutation(of: batch.X.columns)
      return Batch(X: batch.X.columns(at: order), Y: batch.Y.columns(at: order))
    }
  }
}

private struct GeneratorCopied: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    var copy = generator
    return reference.miniBatches(X: X, Y: Y, size: size, using: &copy)
  }
}

private struct FixedShuffle: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    var own = SeededGenerator(seed: 42)
    return reference.miniBatches(X: X, Y: Y, size: size, using: &own)
  }
}

private struct SystemShuffle: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    cut(Array(0..<X.columns).shuffled(), X, Y, size)
  }
}

private struct UnevenShuffle: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    var order = Array(0..<X.columns)
    for i in order.indices { order.swapAt(i, generator.integer(below: order.count)) }
    return cut(order, X, Y, size)
  }
}

private struct NoFixedPoint: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    var order = Array(0..<X.columns)
    for i in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(i, generator.integer(below: i)) }
    return cut(order, X, Y, size)
  }
}

private struct Rotated: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let m = X.columns
    let shift = m == 0 ? 0 : generator.integer(below: m)
    return cut((0..<m).map { ($0 + shift) % m }, X, Y, size)
  }
}

private struct FirstStays: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let m = X.columns
    return cut((m > 0 ? [0] : []) + generator.permutation(of: max(0, m - 1)).map { $0 + 1 }, X, Y, size)
  }
}

private struct LastStays: OptimizationLesson {
  func miniBatches(X: Matrix, Y: Matrix, size: Int, using generator: inout SeededGenerator) -> [Batch] {
    let m = X.columns
    return cut(generator.permutation(of: max(0, m - 1)) + (m > 0 ? [m - 1] : []), X, Y, size)
  }
}

// MARK: 11.2

/// The numbers of an epoch's batches.
private func batches(_ order: [Int], _ size: Int) -> [[Int]] {
  stride(from: 0, to: order.count, by: size).map { Array(order[$0..<min($0 + size, order.count)]) }
}

private typealias Gradient = @Sendable (_ X: Matrix, _ Y: Matrix, _ parameters: [Matrix]) -> Evaluation

/// The right loop with another factor before α and another record of each batch.
private func descent(
  _ X: Matrix, _ Y: Matrix, _ start: [Matrix], _ batches: [[Int]], _ rate: Double, _ gradient: Gradient,
  factor: (_ size: Int) -> Double = { _ in 1 }, cost: (_ before: Double, _ size: Int) -> Double = { J, _ in J }
) -> ParameterTraining {
  var result = ParameterTraining(parameters: start, costs: [])
  for batch in batches {
    let evaluation = gradient(X.columns(at: batch), Y.columns(at: batch), result.parameters)
    result.costs.append(cost(evaluation.cost, batch.count))
    for (k, g) in evaluation.gradients.enumerated() { result.parameters[k] -= rate * factor(batch.count) * g }
  }
  return result
}

private struct GradientsAtStart: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize), rate) { X, Y, _ in gradient(X, Y, start) }
  }
}

private struct OneStepInTheEnd: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    let all = batches(order, batchSize)
    return descent(X, Y, start, all, rate / Double(max(1, all.count))) { X, Y, _ in gradient(X, Y, start) }
  }
}

private struct GradientMatrixByMatrix: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    var result = ParameterTraining(parameters: start, costs: [])
    for batch in batches(order, batchSize) {
      let (X, Y) = (X.columns(at: batch), Y.columns(at: batch))
      result.costs.append(gradient(X, Y, result.parameters).cost)
      for k in start.indices { result.parameters[k] -= rate * gradient(X, Y, result.parameters).gradients[k] }
    }
    return result
  }
}

private struct OrderIgnored: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order.sorted(), batchSize), rate, gradient)
  }
}

private struct LabelsInOwnOrder: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X.columns(at: order), Y, start, batches(Array(order.indices), batchSize), rate, gradient)
  }
}

private struct ShortEpochBatchDropped: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize).filter { $0.count == batchSize }, rate, gradient)
  }
}

private struct ShortBatchWeighed: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(
      X, Y, start, batches(order, batchSize), rate, gradient, factor: { Double($0) / Double(batchSize) })
  }
}

private struct EpochStepsSummed: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize), rate, gradient, factor: { Double($0) })
  }
}

private struct EpochStepsDivided: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize), rate, gradient, factor: { 1 / Double($0) })
  }
}

private struct WholeDataEachStep: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize), rate) { _, _, parameters in gradient(X, Y, parameters) }
  }
}

private struct EpochAscends: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize), -rate, gradient)
  }
}

private struct EpochCostsAfter: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    var result = ParameterTraining(parameters: start, costs: [])
    for batch in batches(order, batchSize) {
      result.parameters = descent(X, Y, result.parameters, [batch], rate, gradient).parameters
      result.costs.append(gradient(X.columns(at: batch), Y.columns(at: batch), result.parameters).cost)
    }
    return result
  }
}

private struct EpochCostsSummed: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize), rate, gradient, cost: { $0 * Double($1) })
  }
}

private struct EpochCostsAveraged: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    var result = descent(X, Y, start, batches(order, batchSize), rate, gradient)
    result.costs = [result.costs.reduce(0, +) / Double(result.costs.count)]
    return result
  }
}

private struct OnlyFirstMatrixDescends: OptimizationLesson {
  func epoch(
    X: Matrix, Y: Matrix, from start: [Matrix], order: [Int], batchSize: Int, rate: Double, gradient: Gradient
  ) -> ParameterTraining {
    descent(X, Y, start, batches(order, batchSize), rate) { X, Y, parameters in
      var evaluation = gradient(X, Y, parameters)
      for k in evaluation.gradients.indices.dropFirst() { evaluation.gradients[k] *= 0 }
      return evaluation
    }
  }
}

// MARK: 11.3

/// A step with another v (from the old one and g), another direction of the parameters, or another state.
private func moving(
  _ parameters: [Matrix], _ gradients: [Matrix], _ state: OptimizerState, _ rate: Double,
  v next: (_ v: Matrix, _ g: Matrix) -> Matrix,
  along direction: (_ old: Matrix, _ v: Matrix, _ g: Matrix) -> Matrix = { _, v, _ in v }
) -> OptimizerStep {
  var step = OptimizerStep(parameters: parameters, state: state)
  for (k, g) in gradients.enumerated() {
    let v = next(state.v[k], g)
    step.parameters[k] = parameters[k] - rate * direction(state.v[k], v, g)
    step.state.v[k] = v
  }
  return step
}

private struct MomentumSummed: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep { moving(parameters, gradients, state, rate, v: { beta * $0 + $1 }) }
}

private struct MomentumExchanged: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep { reference.momentum(parameters, gradients: gradients, state: state, rate: rate, beta: 1 - beta) }
}

private struct MomentumCorrected: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    var step = reference.momentum(
      parameters, gradients: gradients, state: state, rate: rate / (1 - pow(beta, Double(state.t + 1))), beta: beta)
    step.state.t += 1
    return step
  }
}

private struct MomentumDivided: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    var step = reference.momentum(
      parameters, gradients: gradients, state: state, rate: rate / (1 - pow(beta, Double(state.t + 1))), beta: beta)
    step.state.t = state.t
    return step
  }
}

private struct MomentumWithoutRate: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    reference.momentum(parameters, gradients: gradients, state: state, rate: 1, beta: beta)
  }
}

private struct MomentumRateSummed: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    moving(parameters, gradients, state, 1, v: { beta * $0 + rate * $1 })
  }
}

private struct MomentumOldV: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    moving(parameters, gradients, state, rate, v: { beta * $0 + (1 - beta) * $1 }, along: { old, _, _ in old })
  }
}

private struct MomentumUnused: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    moving(parameters, gradients, state, rate, v: { beta * $0 + (1 - beta) * $1 }, along: { _, _, g in g })
  }
}

private struct MomentumForgets: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    var step = reference.momentum(parameters, gradients: gradients, state: state, rate: rate, beta: beta)
    step.state = state
    return step
  }
}

private struct MomentumAscends: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep { reference.momentum(parameters, gradients: gradients, state: state, rate: -rate, beta: beta) }
}

private struct MomentumRateInside: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep { moving(parameters, gradients, state, 1, v: { beta * $0 + (1 - beta) * rate * $1 }) }
}

private struct MomentumNesterov: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    moving(
      parameters, gradients, state, rate, v: { beta * $0 + (1 - beta) * $1 },
      along: { _, v, g in beta * v + (1 - beta) * g })
  }
}

private struct MomentumCounts: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    var step = reference.momentum(parameters, gradients: gradients, state: state, rate: rate, beta: beta)
    step.state.t += 1
    return step
  }
}

/// A step in which only the first matrix and its part of the state change.
private func firstOnly(_ step: OptimizerStep, _ parameters: [Matrix], _ state: OptimizerState) -> OptimizerStep {
  var step = step
  for k in parameters.indices.dropFirst() {
    step.parameters[k] = parameters[k]
    step.state.v[k] = state.v[k]
    step.state.s[k] = state.s[k]
  }
  return step
}

private struct MomentumFirstOnly: OptimizationLesson {
  func momentum(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double
  ) -> OptimizerStep {
    firstOnly(
      reference.momentum(parameters, gradients: gradients, state: state, rate: rate, beta: beta), parameters, state)
  }
}

// MARK: 11.4

/// A step with another s (from the old one and g), or another divisor.
private func scaled(
  _ parameters: [Matrix], _ gradients: [Matrix], _ state: OptimizerState, _ rate: Double,
  s next: (_ s: Matrix, _ g: Matrix) -> Matrix, by divisor: (_ old: Matrix, _ s: Matrix) -> Matrix
) -> OptimizerStep {
  var step = OptimizerStep(parameters: parameters, state: state)
  for (k, g) in gradients.enumerated() {
    let s = next(state.s[k], g)
    step.parameters[k] = parameters[k] - rate * g ./ divisor(state.s[k], s)
    step.state.s[k] = s
  }
  return step
}

private struct SquaresEpsilonInside: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    scaled(
      parameters, gradients, state, rate, s: { beta * $0 + (1 - beta) * pow($1, 2) }, by: { sqrt($1 + epsilon) })
  }
}

private struct SquaresWithoutRoot: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    scaled(parameters, gradients, state, rate, s: { beta * $0 + (1 - beta) * pow($1, 2) }, by: { $1 + epsilon })
  }
}

private struct SquaresNotSquared: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    scaled(parameters, gradients, state, rate, s: { beta * $0 + (1 - beta) * $1 }, by: { sqrt($1) + epsilon })
  }
}

private struct SquaresExchanged: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    reference.rmsprop(parameters, gradients: gradients, state: state, rate: rate, beta: 1 - beta, epsilon: epsilon)
  }
}

private struct SquaresAddedUp: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    scaled(parameters, gradients, state, rate, s: { $0 + pow($1, 2) }, by: { sqrt($1) + epsilon })
  }
}

private struct SquaresSummed: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    scaled(parameters, gradients, state, rate, s: { beta * $0 + pow($1, 2) }, by: { sqrt($1) + epsilon })
  }
}

private struct SquaresCorrected: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    let correction = 1 - pow(beta, Double(state.t + 1))
    var step = scaled(
      parameters, gradients, state, rate, s: { beta * $0 + (1 - beta) * pow($1, 2) },
      by: { sqrt($1 / correction) + epsilon })
    step.state.t += 1
    return step
  }
}

private struct SquaresDivided: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    let correction = 1 - pow(beta, Double(state.t + 1))
    return scaled(
      parameters, gradients, state, rate, s: { beta * $0 + (1 - beta) * pow($1, 2) },
      by: { sqrt($1 / correction) + epsilon })
  }
}

private struct SquaresWithoutRate: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    reference.rmsprop(parameters, gradients: gradients, state: state, rate: 1, beta: beta, epsilon: epsilon)
  }
}

private struct SquaresBrackets: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = reference.rmsprop(
      parameters, gradients: gradients, state: state, rate: rate, beta: beta, epsilon: 0)
    step.parameters = step.parameters.map { $0 + epsilon }
    return step
  }
}

private struct SquaresOldS: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    scaled(
      parameters, gradients, state, rate, s: { beta * $0 + (1 - beta) * pow($1, 2) },
      by: { old, _ in sqrt(old) + epsilon })
  }
}

private struct SquaresForget: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = reference.rmsprop(
      parameters, gradients: gradients, state: state, rate: rate, beta: beta, epsilon: epsilon)
    step.state = state
    return step
  }
}

private struct SquaresWithoutEpsilon: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    reference.rmsprop(parameters, gradients: gradients, state: state, rate: rate, beta: beta, epsilon: 0)
  }
}

private struct SquaresAscend: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    reference.rmsprop(parameters, gradients: gradients, state: state, rate: -rate, beta: beta, epsilon: epsilon)
  }
}

private struct SquaresFirstOnly: OptimizationLesson {
  func rmsprop(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState, rate: Double, beta: Double, epsilon: Double
  ) -> OptimizerStep {
    let step = reference.rmsprop(
      parameters, gradients: gradients, state: state, rate: rate, beta: beta, epsilon: epsilon)
    return firstOnly(step, parameters, state)
  }
}

// MARK: 11.5

/// The numbers that Adam takes.
private struct Hyper {
  var rate: Double, beta1: Double, beta2: Double, epsilon: Double
  /// 1 − β₁ᵗ and 1 − β₂ᵗ.
  func corrections(_ t: Int) -> (v: Double, s: Double) { (1 - pow(beta1, Double(t)), 1 - pow(beta2, Double(t))) }
}

/// Adam with another direction, from v, s, g and t; v, s and t are the right ones.
private func adapted(
  _ parameters: [Matrix], _ gradients: [Matrix], _ state: OptimizerState, _ hyper: Hyper,
  along direction: (_ v: Matrix, _ s: Matrix, _ g: Matrix, _ t: Int) -> Matrix
) -> OptimizerStep {
  var step = reference.adam(
    parameters, gradients: gradients, state: state, rate: 0, beta1: hyper.beta1, beta2: hyper.beta2, epsilon: 1)
  for (k, g) in gradients.enumerated() {
    step.parameters[k] = parameters[k] - hyper.rate * direction(step.state.v[k], step.state.s[k], g, step.state.t)
  }
  return step
}

private struct AdamUncorrected: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, _ in v ./ (sqrt(s) + epsilon) }
  }
}

private struct AdamOnlyV: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, t in
      v / hyper.corrections(t).v ./ (sqrt(s) + epsilon)
    }
  }
}

private struct AdamOnlyS: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, t in
      v ./ (sqrt(s / hyper.corrections(t).s) + epsilon)
    }
  }
}

private struct AdamCorrectionsExchanged: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, t in
      let corrections = hyper.corrections(t)
      return v / corrections.s ./ (sqrt(s / corrections.v) + epsilon)
    }
  }
}

private struct AdamCorrectionsMultiplied: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, t in
      let corrections = hyper.corrections(t)
      return v * corrections.v ./ (sqrt(s * corrections.s) + epsilon)
    }
  }
}

private struct AdamCorrectionWithoutT: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, _ in
      v / (1 - beta1) ./ (sqrt(s / (1 - beta2)) + epsilon)
    }
  }
}

/// Adam with a t that is this much too large in the corrections.
private func shifted(
  _ parameters: [Matrix], _ gradients: [Matrix], _ state: OptimizerState, _ hyper: Hyper, by shift: Int
) -> OptimizerStep {
  adapted(parameters, gradients, state, hyper) { v, s, _, t in
    let corrections = hyper.corrections(t + shift)
    return v / corrections.v ./ (sqrt(s / corrections.s) + hyper.epsilon)
  }
}

private struct AdamFromZero: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    shifted(
      parameters, gradients, state, Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon), by: -1)
  }
}

private struct AdamFromTwo: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    shifted(parameters, gradients, state, Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon), by: 1)
  }
}

private struct AdamCountsMatrices: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = OptimizerStep(parameters: parameters, state: state)
    for k in gradients.indices {
      var own = step.state
      (own.v, own.s) = ([state.v[k]], [state.s[k]])
      let next = reference.adam(
        [parameters[k]], gradients: [gradients[k]], state: own, rate: rate, beta1: beta1, beta2: beta2,
        epsilon: epsilon)
      step.parameters[k] = next.parameters[0]
      (step.state.v[k], step.state.s[k], step.state.t) = (next.state.v[0], next.state.s[0], next.state.t)
    }
    return step
  }
}

private struct AdamForgetsT: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = reference.adam(
      parameters, gradients: gradients, state: state, rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    step.state.t = state.t
    return step
  }
}

private struct AdamForgets: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = reference.adam(
      parameters, gradients: gradients, state: state, rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    (step.state.v, step.state.s) = (state.v, state.s)
    return step
  }
}

private struct AdamKeepsCorrected: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = reference.adam(
      parameters, gradients: gradients, state: state, rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    let corrections = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon).corrections(step.state.t)
    step.state.v = step.state.v.map { $0 / corrections.v }
    step.state.s = step.state.s.map { $0 / corrections.s }
    return step
  }
}

private struct AdamEpsilonInside: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, t in
      let corrections = hyper.corrections(t)
      return v / corrections.v ./ sqrt(s / corrections.s + epsilon)
    }
  }
}

private struct AdamEpsilonUncorrected: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, t in
      let corrections = hyper.corrections(t)
      return corrections.s.squareRoot() / corrections.v * v ./ (sqrt(s) + epsilon)
    }
  }
}

private struct AdamAsPrinted: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, _ in v ./ sqrt(s + epsilon) }
  }
}

private struct AdamExchanged: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    reference.adam(
      parameters, gradients: gradients, state: state, rate: rate, beta1: beta2, beta2: beta1, epsilon: epsilon)
  }
}

private struct AdamWithoutRoot: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { v, s, _, t in
      let corrections = hyper.corrections(t)
      return v / corrections.v ./ (s / corrections.s + epsilon)
    }
  }
}

private struct AdamSquaresOfV: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = OptimizerStep(parameters: parameters, state: state)
    step.state.t += 1
    let corrections = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon).corrections(step.state.t)
    for (k, g) in gradients.enumerated() {
      let v = beta1 * state.v[k] + (1 - beta1) * g
      let s = beta2 * state.s[k] + (1 - beta2) * pow(v, 2)
      step.parameters[k] = parameters[k] - rate * (v / corrections.v) ./ (sqrt(s / corrections.s) + epsilon)
      (step.state.v[k], step.state.s[k]) = (v, s)
    }
    return step
  }
}

private struct AdamWithoutMomentum: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return adapted(parameters, gradients, state, hyper) { _, s, g, t in
      g ./ (sqrt(s / hyper.corrections(t).s) + epsilon)
    }
  }
}

/// Adam with other factors of g in v and of g² in s.
private func summed(
  _ parameters: [Matrix], _ gradients: [Matrix], _ state: OptimizerState, _ hyper: Hyper, v a: Double, s b: Double
) -> OptimizerStep {
  var step = OptimizerStep(parameters: parameters, state: state)
  step.state.t += 1
  let corrections = hyper.corrections(step.state.t)
  for (k, g) in gradients.enumerated() {
    let v = hyper.beta1 * state.v[k] + a * g
    let s = hyper.beta2 * state.s[k] + b * pow(g, 2)
    step.parameters[k] =
      parameters[k] - hyper.rate * (v / corrections.v) ./ (sqrt(s / corrections.s) + hyper.epsilon)
    (step.state.v[k], step.state.s[k]) = (v, s)
  }
  return step
}

private struct AdamSummed: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return summed(parameters, gradients, state, hyper, v: 1, s: 1)
  }
}

private struct AdamSummedV: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return summed(parameters, gradients, state, hyper, v: 1, s: 1 - beta2)
  }
}

private struct AdamSummedS: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    let hyper = Hyper(rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    return summed(parameters, gradients, state, hyper, v: 1 - beta1, s: 1)
  }
}

private struct AdamForgetsAll: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    var step = reference.adam(
      parameters, gradients: gradients, state: state, rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    step.state = state
    return step
  }
}

private struct AdamWithoutEpsilon: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    reference.adam(
      parameters, gradients: gradients, state: state, rate: rate, beta1: beta1, beta2: beta2, epsilon: 0)
  }
}

private struct AdamAscends: OptimizationLesson {
  func adam(
    _ parameters: [Matrix], gradients: [Matrix], state: OptimizerState,
    rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) -> OptimizerStep {
    reference.adam(
      parameters, gradients: gradients, state: state, rate: -rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}

// MARK: 11.6

private struct DecayFromZero: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    reference.decayedRate(initial, epoch: epoch - 1, schedule: schedule)
  }
}

private struct DecayFromTwo: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    reference.decayedRate(initial, epoch: epoch + 1, schedule: schedule)
  }
}

/// One of the schedules with another epoch.
private protocol DecayShifted: OptimizationLesson {
  func epoch(_ e: Int, of schedule: DecaySchedule) -> Int
}

extension DecayShifted {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    reference.decayedRate(initial, epoch: self.epoch(epoch, of: schedule), schedule: schedule)
  }
}

private struct DecayInverseFromZero: DecayShifted {
  func epoch(_ e: Int, of schedule: DecaySchedule) -> Int { if case .inverse = schedule { e - 1 } else { e } }
}

private struct DecayPowerFromZero: DecayShifted {
  func epoch(_ e: Int, of schedule: DecaySchedule) -> Int { if case .exponential = schedule { e - 1 } else { e } }
}

private struct DecayRootFromZero: DecayShifted {
  func epoch(_ e: Int, of schedule: DecaySchedule) -> Int { if case .inverseSquareRoot = schedule { e - 1 } else { e } }
}

private struct DecayInverseFromTwo: DecayShifted {
  func epoch(_ e: Int, of schedule: DecaySchedule) -> Int { if case .inverse = schedule { e + 1 } else { e } }
}

private struct DecayPowerFromTwo: DecayShifted {
  func epoch(_ e: Int, of schedule: DecaySchedule) -> Int { if case .exponential = schedule { e + 1 } else { e } }
}

private struct DecayRootFromTwo: DecayShifted {
  func epoch(_ e: Int, of schedule: DecaySchedule) -> Int { if case .inverseSquareRoot = schedule { e + 1 } else { e } }
}

private struct DecayBrackets: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .inverse(let decay) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial / 1 + decay * Double(epoch)
  }
}

private struct DecayWithoutOne: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .inverse(let decay) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial / (decay * Double(epoch))
  }
}

private struct DecayLinear: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .inverse(let decay) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial - decay * Double(epoch)
  }
}

private struct DecayCompound: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .inverse(let decay) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial / pow(1 + decay, Double(epoch))
  }
}

private struct DecayBaseTimesEpoch: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .exponential(let base) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial * base * Double(epoch)
  }
}

private struct DecayNatural: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .exponential(let base) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial * exp(-base * Double(epoch))
  }
}

private struct DecayWithoutRoot: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .inverseSquareRoot(let k) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial * k / Double(epoch)
  }
}

private struct DecayKInside: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .inverseSquareRoot(let k) = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial * (k / Double(epoch)).squareRoot()
  }
}

private struct DecayWithoutK: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    guard case .inverseSquareRoot = schedule else {
      return reference.decayedRate(initial, epoch: epoch, schedule: schedule)
    }
    return initial / Double(epoch).squareRoot()
  }
}

private struct DecayWithoutInitial: OptimizationLesson {
  func decayedRate(_ initial: Double, epoch: Int, schedule: DecaySchedule) -> Double {
    reference.decayedRate(1, epoch: epoch, schedule: schedule)
  }
}

// MARK: 11.7

/// Newton's step put together from a gradient and a Hessian that may be wrong.
private func newton(
  _ X: Matrix, _ Y: Matrix, _ parameters: LogisticParameters, _ lambda: Double,
  gradient: (_ g: Matrix) -> Matrix = { $0 }, hessian: (_ H: Matrix) -> Matrix = { $0 },
  step: (_ H: Matrix, _ g: Matrix) -> Matrix = { solve($0, $1) ?? 0 * $1 }
) -> NewtonStep {
  let right = reference.newtonStep(X: X, Y: Y, at: parameters, lambda: lambda)
  let n = X.rows
  let g = gradient(right.gradient)
  let H = hessian(right.hessian)
  let d = step(H, g)
  return NewtonStep(
    gradient: g, hessian: H,
    parameters: LogisticParameters(w: parameters.w - d.rows(0..<n), b: parameters.b - d[n, 0]))
}

/// The penalty's part of the Hessian: λ/m on the diagonal, but for b.
private func penalty(_ X: Matrix, _ lambda: Double) -> Matrix {
  var P = lambda / Double(X.columns) * Matrix.identity(X.rows + 1)
  P[X.rows, X.rows] = 0
  return P
}

/// w above b.
private func stacked(_ parameters: LogisticParameters) -> Matrix {
  Matrix(stacking: [parameters.w, Matrix(row: [parameters.b])])
}

/// The data's part of gradient and Hessian times one factor (or two), and the penalty's times another.
private func weighted(
  _ X: Matrix, _ Y: Matrix, _ parameters: LogisticParameters, _ lambda: Double, data: Double = 1,
  dataOfHessian: Double? = nil, gradientPenalty: Double = 1, hessianPenalty: Double = 1
) -> NewtonStep {
  let P = penalty(X, lambda)
  let p = P * stacked(parameters)
  return newton(
    X, Y, parameters, lambda, gradient: { data * ($0 - p) + gradientPenalty * p },
    hessian: { (dataOfHessian ?? data) * ($0 - P) + hessianPenalty * P })
}

/// The Hessian with other weights of the examples.
private func reweighted(
  _ X: Matrix, _ Y: Matrix, _ parameters: LogisticParameters, _ lambda: Double,
  weights: (_ A: Matrix) -> Matrix
) -> NewtonStep {
  let X1 = Matrix(stacking: [X, Matrix(rows: 1, columns: X.columns, repeating: 1)])
  let A = 1 / (1 + exp(-(stacked(parameters).T * X1)))
  let H = (X1 .* weights(A)) * X1.T / Double(X.columns) + penalty(X, lambda)
  return newton(X, Y, parameters, lambda, hessian: { _ in H })
}

private struct NewtonPenalisesB: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    let share = lambda / Double(X.columns)
    let n = X.rows
    return newton(
      X, Y, parameters, lambda,
      gradient: { g in
        var g = g
        g[n, 0] += share * parameters.b
        return g
      },
      hessian: { H in
        var H = H
        H[n, n] += share
        return H
      })
  }
}

private struct NewtonHessianUnpenalised: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    weighted(X, Y, parameters, lambda, hessianPenalty: 0)
  }
}

private struct NewtonGradientUnpenalised: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    weighted(X, Y, parameters, lambda, gradientPenalty: 0)
  }
}

private struct NewtonHalfPenalty: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    weighted(X, Y, parameters, lambda, gradientPenalty: 0.5, hessianPenalty: 0.5)
  }
}

private struct NewtonPenaltyTimesM: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    let m = Double(X.columns)
    return weighted(X, Y, parameters, lambda, gradientPenalty: m, hessianPenalty: m)
  }
}

private struct NewtonSummed: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    weighted(X, Y, parameters, lambda, data: Double(X.columns))
  }
}

private struct NewtonUnpenalised: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    reference.newtonStep(X: X, Y: Y, at: parameters, lambda: 0)
  }
}

private struct NewtonGradientSummed: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    weighted(X, Y, parameters, lambda, data: Double(X.columns), dataOfHessian: 1)
  }
}

private struct NewtonHessianSummed: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    weighted(X, Y, parameters, lambda, dataOfHessian: Double(X.columns))
  }
}

private struct NewtonKeepsBias: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    var step = reference.newtonStep(X: X, Y: Y, at: parameters, lambda: lambda)
    step.parameters.b = parameters.b
    return step
  }
}

private struct NewtonReversed: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    let p = penalty(X, lambda) * stacked(parameters)
    return newton(X, Y, parameters, lambda, gradient: { 2 * p - $0 })
  }
}

private struct NewtonAfter: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    var step = reference.newtonStep(X: X, Y: Y, at: parameters, lambda: lambda)
    let next = reference.newtonStep(X: X, Y: Y, at: step.parameters, lambda: lambda)
    (step.gradient, step.hessian) = (next.gradient, next.hessian)
    return step
  }
}

private struct NewtonWithoutSlope: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    reweighted(X, Y, parameters, lambda) { 0 * $0 + 1 }
  }
}

private struct NewtonGaussNewton: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    reweighted(X, Y, parameters, lambda) { pow($0 - Y, 2) }
  }
}

private struct NewtonDiagonal: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    newton(X, Y, parameters, lambda, step: { H, g in solve(H .* Matrix.identity(H.rows), g) ?? 0 * g })
  }
}

private struct NewtonBiasFirst: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    var step = reference.newtonStep(X: X, Y: Y, at: parameters, lambda: lambda)
    let order = [X.rows] + Array(0..<X.rows)
    step.gradient = step.gradient.rows(at: order)
    step.hessian = step.hessian.rows(at: order).columns(at: order)
    return step
  }
}

private struct NewtonAscends: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    newton(X, Y, parameters, lambda, step: { H, g in solve(H, -g) ?? 0 * g })
  }
}

private struct NewtonGradientStep: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    newton(X, Y, parameters, lambda, step: { _, g in g })
  }
}

private struct NewtonMultiplies: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    newton(X, Y, parameters, lambda, step: { H, g in H * g })
  }
}

private struct NewtonOverflow: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    let Z = parameters.w.T * X + parameters.b
    let spoilt = (exp(Z) ./ (1 + exp(Z))).sum()
    if spoilt.isFinite { return reference.newtonStep(X: X, Y: Y, at: parameters, lambda: lambda) }
    return newton(
      X, Y, parameters, lambda,
      // Only what a feature of 0 touches stays finite: nothing, since 0 times NaN is NaN.
      gradient: { $0 * .nan }, hessian: { $0 * .nan }, step: { _, g in 0 * Matrix(rows: g.rows, columns: 1) })
  }
}

private struct NewtonZeros: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    newton(X, Y, parameters, lambda, step: { H, g in solve(H, g) ?? stacked(parameters) })
  }
}

private struct NewtonFallsBack: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    newton(X, Y, parameters, lambda, step: { H, g in solve(H, g) ?? g })
  }
}

private struct NewtonAlwaysRegular: OptimizationLesson {
  func newtonStep(X: Matrix, Y: Matrix, at parameters: LogisticParameters, lambda: Double) -> NewtonStep {
    newton(
      X, Y, parameters, lambda, step: { H, g in solve(H, g) ?? solve(H + 1e-6 * .identity(g.rows), g) ?? 0 * g })
  }
}
