import Curriculum
import Grading
@testable import RegularizationSolution

private let reference = Regularization()

let regularization = Answers<any RegularizationLesson>(
  .regularization, regularizationSteps, reference,
  mistakes: [
    Mistake(
      "12.1", "the penalty is (λ/m) Σw², without the ½", L2WithoutHalf(),
      "The penalty is λ/(2m) Σw². The 2 is there so that it cancels in the gradient, (λ/m) W."),
    Mistake(
      "12.1", "the penalty is λ/2·m Σw²", L2Brackets(),
      "`lambda / 2 * m` halves λ and then multiplies it by m: 2m needs brackets."),
    Mistake(
      "12.1", "penalty and gradients are both twice as large", L2Doubled(),
      "The penalty is λ/(2m) Σw²: its gradient is (λ/m) W."),
    Mistake(
      "12.1", "the gradients are λ/(2m) W", L2HalfGradients(),
      "The derivative of w² is 2w, and the 2 cancels the one in λ/(2m): (λ/m) W."),
    Mistake(
      "12.1", "1/m is left out of the penalty and its gradients", L2NotAveraged(),
      "The course's penalty is λ/(2m) Σw²: it belongs to a cost that is a mean over m examples."),
    Mistake("12.1", "1/m is left out of the penalty alone", L2CostNotAveraged(), "The penalty is λ/(2m) Σw²."),
    Mistake("12.1", "1/m is left out of the gradients alone", L2GradientsNotAveraged(), "They are (λ/m) W."),
    Mistake("12.1", "λ is left out of the penalty", L2CostWithoutLambda(), "The penalty is λ/(2m) Σw²."),
    Mistake("12.1", "λ is left out of the gradients", L2GradientsWithoutLambda(), "They are (λ/m) W."),
    Mistake(
      "12.1", "the norms themselves are summed, not their squares", L2Norms(),
      "‖W‖²_F is the sum of all squares, without a root."),
    Mistake(
      "12.1", "the root of the sum of all squares is taken", L2Root(),
      "‖W‖²_F is the sum of all squares, without a root."),
    Mistake(
      "12.1", "absolute values are summed instead of squares", L2Absolute(), "Those belong to L1, 12.3: here Σw²."),
    Mistake(
      "12.1", "the square of the sum is taken instead of the sum of the squares", L2SquareOfSum(),
      "Weights of opposite signs would cancel: square each entry first."),
    Mistake(
      "12.1", "the mean of each W's squares is taken instead of their sum", L2Means(),
      "‖W‖²_F is a sum over all entries: only the division by m, the number of examples, is left."),
    Mistake(
      "12.1", "only the last W is in the penalty", L2LastOnly(), "The sum runs over all layers: begin at 0, and add."),
    Mistake("12.1", "only the first W is in the penalty", L2FirstOnly(), "The sum runs over all layers."),
    Mistake(
      "12.1", "the gradients have a minus sign", L2Sign(),
      "They are derivatives of the penalty, (λ/m) W. The minus comes with the step of gradient descent."),
    Mistake("12.1", "the gradients are (λ/m) sign(W)", L2SignGradients(), "The derivative of w² is 2w: (λ/m) W."),

    Mistake(
      "12.2", "the weights do not decay", DecayNone(), "W ← W(1 − αλ/m) − α dW: dW is without the penalty's part here."),
    Mistake("12.2", "1/m is left out", DecayNotAveraged(), "The factor is 1 − αλ/m."),
    Mistake("12.2", "α is left out of the factor", DecayWithoutRate(), "The factor is 1 − αλ/m."),
    Mistake(
      "12.2", "the factor is 1 − αλ/(2m)", DecayHalf(),
      "The penalty is λ/(2m) Σw², its gradient (λ/m) W: the 2 has cancelled."),
    Mistake("12.2", "the factor is 1 + αλ/m", DecayGrows(), "A penalty makes weights smaller: 1 − αλ/m."),
    Mistake(
      "12.2", "the new weights decay, dW's part included", DecayAfter(),
      "Only the old W is multiplied: W(1 − αλ/m) − α dW, so that it is the step along dW + (λ/m) W."),
    Mistake("12.2", "the step goes uphill", DecayAscends(), "The gradient points uphill: − α dW."),
    Mistake(
      "12.2", "the whole step goes uphill, the penalty's part included", DecayAscendsWhole(),
      "It is W − α(dW + (λ/m) W): both parts are subtracted."),
    Mistake("12.2", "α is left out before dW", DecayFullStep(), "W(1 − αλ/m) − α dW."),
    Mistake(
      "12.2", "dW is divided by m once more", DecayAveragedTwice(),
      "dW is the gradient of a mean already: its 1/m is in it."),
    Mistake(
      "12.2", "the factor is kept at 0 or above", DecayClamped(),
      "The contract has the formula as it stands: beyond αλ/m = 1 weights change their sign. Such an α is too large."),

    Mistake(
      "12.3", "the penalty and its subgradients are twice as large", L1Doubled(),
      "The course's L1 penalty is λ/(2m) Σ|w|, the slides' convention: the 2 stays in the subgradient."),
    Mistake(
      "12.3", "the subgradients are (λ/m) sign(w)", L1DoubledGradients(),
      "Nothing cancels the 2 here, unlike in L2: the derivative of |w| is sign(w), so λ/(2m) sign(w)."),
    Mistake(
      "12.3", "1/m is left out of the penalty and its subgradients", L1NotAveraged(),
      "The penalty is λ/(2m) Σ|w|, its subgradients λ/(2m) sign(w)."),
    Mistake(
      "12.3", "the penalty and its subgradients have λ/2·m in place of λ/(2m)", L1Brackets(),
      "`lambda / 2 * m` halves λ and then multiplies it by m: 2m needs brackets."),
    Mistake(
      "12.3", "the proximal step moves the weights by αλ/2·m", L1ThresholdBrackets(),
      "`rate * lambda / 2 * m` multiplies by m: in t = αλ/(2m) the 2m needs brackets."),
    Mistake(
      "12.3", "the penalty is that of the shrunk weights", L1CostShrunk(),
      "It is the penalty of `weights`, as they were given: the proximal step comes after it."),
    Mistake(
      "12.3", "the subgradients are those at the shrunk weights", L1GradientsShrunk(),
      "They are taken at `weights`, as they were given: a weight that the step has brought to 0 was none before."),
    Mistake(
      "12.3", "weights stay as they are where |w| ≤ t", L1KeepsUpToT(),
      "Where the step would reach 0 or pass it, the result is exactly 0."),
    Mistake(
      "12.3", "the weights are summed with their signs", L1Signed(), "|w| counts: opposite signs must not cancel."),
    Mistake(
      "12.3", "squares are summed instead of absolute values", L1Squares(), "Those belong to L2, 12.1: here Σ|w|."),
    Mistake(
      "12.3", "the subgradients are (λ/m) w", L1Proportional(),
      "That is L2's gradient. L1 pulls every weight that is not 0 equally hard: λ/(2m) sign(w)."),
    Mistake("12.3", "the subgradient at 0 is that of positive weights", L1ZeroIsPositive(), "sign(0) = 0."),
    Mistake("12.3", "the subgradient at 0 is that of negative weights", L1ZeroIsNegative(), "sign(0) = 0."),
    Mistake(
      "12.3", "the proximal step is the plain subgradient step", L1Plain(),
      "w − t sign(w) passes 0 where |w| < t: there the result is exactly 0."),
    Mistake(
      "12.3", "small weights become 0 and the others stay as they are", L1HardThreshold(),
      "The others move too, towards 0 by t: sign(w)(|w| − t)."),
    Mistake(
      "12.3", "weights nearer to 0 than t stay as they are", L1KeepsSmall(),
      "Where the step would pass 0 the result is exactly 0."),
    Mistake(
      "12.3", "negative weights all become 0", L1LosesNegative(), "|w| − t is kept at 0 or above, and sign(w) put back."
    ),
    Mistake("12.3", "the shrunk weights have lost their signs", L1LosesSigns(), "sign(w) · max(|w| − t, 0)."),
    Mistake(
      "12.3", "α is left out of the proximal step", L1WithoutRate(),
      "The weights move by t = αλ/(2m), a step of size α."),
    Mistake("12.3", "the proximal step moves the weights by αλ/m", L1FullThreshold(), "t = αλ/(2m)."),
    Mistake("12.3", "the proximal step moves the weights by αλ/2", L1ThresholdNotAveraged(), "t = αλ/(2m)."),
    Mistake(
      "12.3", "the proximal step multiplies the weights by 1 − αλ/(2m)", L1Decays(),
      "That is weight decay, L2's way. L1 takes the same from every weight: sign(w) · max(|w| − t, 0)."),
    Mistake(
      "12.3", "the weights are returned without a proximal step", L1NotShrunk(),
      "`shrunk` holds sign(w) · max(|w| − t, 0)."),

    Mistake(
      "12.4", "λ₁ and λ₂ are exchanged", ElasticExchanged(), "λ₁ belongs to the absolute values, λ₂ to the squares."),
    Mistake("12.4", "λ₁ is used for both", ElasticFirstTwice(), "The squares have λ₂."),
    Mistake("12.4", "λ₂ is used for both", ElasticSecondTwice(), "The absolute values have λ₁."),
    Mistake("12.4", "only the absolute values count", ElasticOnlyL1(), "Both penalties add up."),
    Mistake("12.4", "only the squares count", ElasticOnlyL2(), "Both penalties add up."),
    Mistake(
      "12.4", "the gradient of the squares is λ₂/(2m) w", ElasticHalf(), "The derivative of w² is 2w: (λ₂/m) w."),
    Mistake(
      "12.4", "the subgradient of the absolute values is (λ₁/m) sign(w)", ElasticDouble(),
      "The derivative of |w| is sign(w), and no 2 comes down: λ₁/(2m) sign(w)."),
    Mistake("12.4", "1/m is left out", ElasticNotAveraged(), "Both parts are divided by 2m."),
    Mistake("12.4", "everything is twice as large", ElasticDoubled(), "Both parts are divided by 2m."),
    Mistake("12.4", "only the last W counts", ElasticLast(), "The sums run over all layers."),

    Mistake(
      "12.5", "those who stay are not divided by keep", DropoutNotRescaled(),
      "Without it the next layer gets keep times as much in training as at test time."),
    Mistake(
      "12.5", "those who stay are multiplied by keep", DropoutTimesKeep(),
      "To make up for those who are gone, the others must grow: divide by keep."),
    Mistake(
      "12.5", "those with u ≥ keep stay, and are divided by 1 − keep", DropoutExchanged(),
      "That takes keep for the probability of being dropped: who has u < keep stays, and is divided by keep."),
    Mistake(
      "12.5", "those with u < 1 − keep stay, and are divided by 1 − keep", DropoutOtherShare(),
      "That takes keep for the probability of being dropped: who has u < keep stays, and is divided by keep."),
    Mistake(
      "12.5", "those with u < keep are dropped, and the others divided by keep", DropoutInverted(),
      "The unit stays where u < keep."),
    Mistake(
      "12.5", "those with u < 1 − keep stay, and are divided by keep", DropoutOtherHalfway(),
      "keep is the probability of staying: who has u < keep stays."),
    Mistake(
      "12.5", "those with u ≥ 1 − keep stay", DropoutFromAbove(),
      "They are as many on average, and others: the contract has u < keep, so that all get the same mask from the same U."
    ),
    Mistake(
      "12.5", "those whose u is keep itself stay too", DropoutTieStays(),
      "U is in [0, 1), so u < keep has just the probability keep: `uniforms .< keepProbability`."),
    Mistake(
      "12.5", "the mask in the cache marks those who were dropped", DropoutInvertedCache(),
      "In the cache 1 stands where a unit stayed: that is where 12.6 lets the gradient pass."),
    Mistake(
      "12.5", "units are dropped at test time, and not in training", DropoutFlipped(),
      "`training` is true while the net learns: that is when units are dropped."),
    Mistake("12.5", "those who stay are divided by 1 − keep", DropoutByOther(), "The share that stays is keep."),
    Mistake(
      "12.5", "those who stay are divided by their share in this mask", DropoutByShare(),
      "keep is the share that is expected, and the same for every mask: divide by it."),
    Mistake(
      "12.5", "one mask is used for all examples", DropoutOneMask(),
      "The mask is (p, m): each example has its own, from its own column of U."),
    Mistake(
      "12.5", "all units of an example stay or go together", DropoutWholeExamples(),
      "The mask is (p, m): each unit of each example has its own u."),
    Mistake(
      "12.5", "units are dropped at test time too", DropoutAlways(),
      "Without training A comes back as it is, with a mask of ones and 1 for keep."),
    Mistake(
      "12.5", "A is multiplied by keep at test time", DropoutScaledTest(),
      "That is right for dropout without rescaling. Here the division by keep was done in training, and nothing is left to do."
    ),
    Mistake(
      "12.5", "A is divided by keep at test time too", DropoutRescaledTest(),
      "At test time nobody is missing, so nothing has to be made up for: A as it is."),
    Mistake(
      "12.5", "the cache at test time is that of a training", DropoutTestCache(),
      "Nobody was dropped: a mask of ones and 1 for keep, so that 12.6 changes nothing."),
    Mistake(
      "12.5", "the cache holds the given keep at test time", DropoutTestKeep(),
      "Nothing was divided: 1, so that 12.6 divides by nothing either."),
    Mistake(
      "12.5", "the mask in the cache is divided by keep already", DropoutScaledMask(),
      "The mask holds 1 and 0, and keep stands beside it: 12.6 divides."),
    Mistake(
      "12.5", "the mask is read off the result", DropoutMaskFromResult(),
      "A unit with the activation 0 may well have stayed: u decides."),
    Mistake("12.5", "keep is taken as ½", DropoutHalf(), "`keepProbability` says it."),

    Mistake(
      "12.6", "the mask is left out", BackwardUnmasked(),
      "A dropped unit's activation had no effect on J: its gradient is 0."),
    Mistake(
      "12.6", "the division by keep is left out", BackwardNotRescaled(),
      "Forward was a · 1/keep, so the chain rule brings the factor 1/keep."),
    Mistake(
      "12.6", "the gradient is multiplied by keep", BackwardTimesKeep(),
      "Forward was divided by keep, and so is backward."),
    Mistake(
      "12.6", "the gradient is divided by keep twice", BackwardRescaledTwice(),
      "The mask holds ones: one division is enough."),
    Mistake(
      "12.6", "the gradient is divided by 1 − keep", BackwardByOther(),
      "Forward was divided by keep, and so is backward."),
    Mistake("12.6", "the gradient passes unchanged", BackwardNothing(), "dA ⊙ mask / keep."),
    Mistake(
      "12.6", "the gradient passes where units were dropped", BackwardInverted(),
      "The mask is 1 where a unit stayed: that is where the gradient passes."),
    Mistake(
      "12.6", "the first example's mask is used for all", BackwardOneMask(),
      "Each example has its own column of the mask."),

    Mistake(
      "12.7", "the last parameters are returned", StopLast(),
      "They may be long past their best: keep a copy of the parameters with the least dev cost, and return that."),
    Mistake(
      "12.7", "a tie counts as an improvement", StopTie(), "Improved means strictly less than the best so far."),
    Mistake(
      "12.7", "each epoch is compared with the one before", StopPrevious(),
      "Compare with the best so far: a cost that falls back half-way is no improvement."),
    Mistake(
      "12.7", "the count starts anew whenever an epoch is better than the one before", StopPreviousCount(),
      "Only a new best starts it anew."),
    Mistake(
      "12.7", "the patience counts all epochs without an improvement, not those in a row", StopTotal(),
      "An improvement starts the count anew."),
    Mistake(
      "12.7", "it stops one epoch too late", StopLate(),
      "After `patience` epochs in a row without an improvement no further one is run."),
    Mistake(
      "12.7", "it stops one epoch too early", StopEarly(),
      "`patience` epochs in a row without an improvement are allowed."),
    Mistake("12.7", "it stops at the first epoch without an improvement", StopAtOnce(), "Wait for `patience` of them."),
    Mistake("12.7", "it never stops before `maxEpochs`", StopNever(), "Count the epochs since the last improvement."),
    Mistake(
      "12.7", "there is one epoch more than `maxEpochs` allows", StopOneMore(),
      "`0..<maxEpochs` has `maxEpochs` elements; `0...maxEpochs` has one more."),
    Mistake(
      "12.7", "there is one epoch fewer than `maxEpochs` allows", StopOneLess(),
      "The start is none of the epochs: with the patience not at its end, `maxEpochs` of them are run."),
    Mistake(
      "12.7", "`best` is always the start", StopBestNeverNoted(),
      "At each improvement note three things: the parameters, their epoch and their cost."),
    Mistake(
      "12.7", "`bestEpoch` is always 0", StopEpochNeverNoted(),
      "At each improvement note three things: the parameters, their epoch and their cost."),
    Mistake(
      "12.7", "each epoch is compared with the start, and not with the best so far", StopCostNeverNoted(),
      "At each improvement note three things: the parameters, their epoch and their cost. The next one has to be below this cost."
    ),
    Mistake(
      "12.7", "each epoch trains the parameters of the start", StopFromStart(),
      "An epoch goes on from where the one before ended: `parameters = epoch(parameters)`."),
    Mistake(
      "12.7", "`epoch` is called twice for each epoch", StopTwice(),
      "Call it once, keep what it returns, and take the dev cost of that: a training is dear."),
    Mistake(
      "12.7", "the start does not count as a candidate", StopForgetsStart(),
      "If every epoch makes it worse, the start is the best: epoch 0."),
    Mistake(
      "12.7", "the start's cost is missing in devCosts", StopCostsWithoutStart(),
      "`devCosts[0]` is the start's, `devCosts[1]` that after the first epoch."),
    Mistake(
      "12.7", "the list of costs ends at the best", StopTruncated(),
      "`devCosts` has the costs of all epochs that were run."),
    Mistake("12.7", "epochs are counted from 0", StopFromZero(), "0 is the start, and the first epoch is 1."),
    Mistake(
      "12.7", "the number of the last epoch is returned as the best", StopLastNumber(),
      "`bestEpoch` belongs to `best`: note it where the best is noted."),
    Mistake(
      "12.7", "each epoch starts from the best so far", StopRestarts(),
      "Training goes on from the last parameters, and the best are only kept aside."),
    Mistake(
      "12.7", "a dev cost belongs to the parameters before the epoch", StopStale(),
      "First the epoch, then the dev cost of what it returned."),
    Mistake(
      "12.7", "the largest dev cost is sought", StopLargest(), "It is a cost: the least is the best."),

    Mistake(
      "12.8", "the penalty is missing in J, and the gradients have it", TrainCostBare(),
      "J is the mean cross-entropy plus the penalty of 12.4."),
    Mistake(
      "12.8", "the penalty is missing in the gradients, and J has it", TrainGradientsBare(),
      "dW gains the subgradient of 12.4, for W1 and for W2."),
    Mistake(
      "12.8", "there is no penalty at all", TrainBare(), "J gains the penalty of 12.4, dW1 and dW2 its subgradients."),
    Mistake(
      "12.8", "dW1 lacks the penalty's part, and J and dW2 have it", TrainDW1Bare(),
      "Both gain a subgradient: dW1 the first of 12.4's list, dW2 the second."),
    Mistake(
      "12.8", "dW2 lacks the penalty's part, and J and dW1 have it", TrainDW2Bare(),
      "Both gain a subgradient: dW1 the first of 12.4's list, dW2 the second."),
    Mistake(
      "12.8", "the penalty's gradients are subtracted from dW1 and dW2", TrainPenaltySubtracted(),
      "J is a sum, and so are its gradients: add 12.4's, and let the step subtract the whole."),
    Mistake(
      "12.8", "the first gradients lack the penalty's part, and the steps have it", TrainReportsBare(),
      "`firstGradients` are those of J, penalty included."),
    Mistake(
      "12.8", "only W1 is penalised", TrainW1Only(), "The penalty of 12.4 takes both: `[W1, W2]`."),
    Mistake("12.8", "only W2 is penalised", TrainW2Only(), "The penalty of 12.4 takes both: `[W1, W2]`."),
    Mistake(
      "12.8", "the biases are penalised too", TrainBiases(),
      "Only W1 and W2 are: a bias moves a border as a whole and bends nothing."),
    Mistake(
      "12.8", "the penalty's gradients are divided by m once more", TrainPenaltyAveragedTwice(),
      "12.4's subgradients have their 1/m: add them after the division."),
    Mistake(
      "12.8", "λ₁ and λ₂ are exchanged", TrainExchanged(), "λ₁ belongs to the absolute values, λ₂ to the squares."),
    Mistake(
      "12.8", "nobody is dropped", TrainNoDropout(), "A1 goes through 12.5 with `training: true` and the step's own U."),
    Mistake(
      "12.8", "1 − keep is used in place of keep", TrainOtherKeep(),
      "`keepProbability` is the probability of staying: hand it on to 12.5 as it is."),
    Mistake(
      "12.8", "those who stay are not divided by keep", TrainNotRescaled(),
      "Inverted dropout divides forward and backward: let 12.5 and 12.6 do it."),
    Mistake(
      "12.8", "the first U is used in every step", TrainSameMask(),
      "Each step drops other units: step k uses `uniforms[k]`."),
    Mistake(
      "12.8", "units are dropped before tanh", TrainBeforeTanh(),
      "Dropout is applied to A1, after the activation: tanh of a rescaled Z1 is something else."),
    Mistake(
      "12.8", "J is that of the net with all its units", TrainFullCost(),
      "J before each step is that of the dropped-out net, whose gradients are taken."),
    Mistake(
      "12.8", "dropout is forgotten on the way back", TrainUnmasked(),
      "The gradient by A1 is that by Ã1 through 12.6: the same mask, the same division."),
    Mistake(
      "12.8", "the division by keep is forgotten on the way back", TrainBackNotRescaled(),
      "Forward was divided by keep, so backward is too: 12.6."),
    Mistake(
      "12.8", "the derivative of tanh is taken from the dropped-out activations", TrainSlope(),
      "1 − A1² needs A1 as tanh gave it: Ã1 has been divided by keep."),
    Mistake(
      "12.8", "dW2 is made of A1 as it was before dropout", TrainUndroppedDW2(),
      "Z2 = W2 Ã1 + b2: what W2 was multiplied by is Ã1."),
    Mistake(
      "12.8", "the derivative of tanh is left out", TrainNoSlope(), "dZ1 = dA1 ⊙ (1 − A1²)."),
    Mistake(
      "12.8", "a logarithm has no floor", TrainNoFloor(),
      "log 0 is −∞, and 0·log 0 is NaN: `log(max(A2, logFloor))`, and the same for 1 − A2."),
    Mistake(
      "12.8", "the loss of an impossible label is infinite", TrainInfinite(),
      "log 0 is −∞: keep the argument at or above `logFloor`."),
    Mistake(
      "12.8", "J is not divided by m", TrainCostSum(), "The cross-entropy is a mean; the penalty has its own 1/m."),
    Mistake("12.8", "1/m is left out of dW1 and dW2", TrainDWNotAveraged(), "dW = dZ Aᵀ/m, plus the penalty's part."),
    Mistake("12.8", "1/m is left out of db1 and db2", TrainDbNotAveraged(), "db = Σ dZ/m."),
    Mistake(
      "12.8", "dZ2 and dZ1 are divided by m already, and the rest is right", TrainDZAveraged(),
      "dZ is without 1/m: that comes in dW and db."),
    Mistake(
      "12.8", "dZ2 is Y − A2", TrainSign(), "dZ2 = A2 − Y: with Y − A2, descent goes uphill."),
    Mistake("12.8", "the step goes uphill", TrainAscends(), "The gradient points uphill: subtract it."),
    Mistake("12.8", "α is left out", TrainWithoutRate(), "W ← W − α dW, b ← b − α db."),
    Mistake(
      "12.8", "dW1 is made with W2 already updated", TrainUpdatedFirst(),
      "All gradients belong to the old parameters: compute all, then update all."),
    Mistake("12.8", "b1 is never updated, and b2 is", TrainFrozenB1(), "b1 goes against its gradient too."),
    Mistake("12.8", "b2 is never updated, and b1 is", TrainFrozenB2(), "b2 goes against its gradient too."),
    Mistake("12.8", "the biases are never updated", TrainFrozenBiases(), "b1 and b2 go against their gradients too."),
    Mistake(
      "12.8", "the costs are those after each step", TrainCostsAfter(),
      "`costs` holds J before each step, with the mask of that step."),
    Mistake(
      "12.8", "the gradients returned are those of the last step", TrainLastGradients(),
      "`firstGradients` are those of the first step, at the starting parameters."),
    Mistake("12.8", "the last U is not used", TrainOneLess(), "There is a step for each U in `uniforms`."),
  ])

// MARK: 12.1

/// The penalty of 12.1 with other numbers.
private func ridge(
  _ weights: [Matrix], _ lambda: Double, _ m: Double, cost: Double = 1, gradients: Double = 1
) -> Penalty {
  let right = reference.l2(weights: weights, lambda: lambda, m: m)
  return Penalty(cost: cost * right.cost, gradients: right.gradients.map { gradients * $0 })
}

/// The penalty of 12.1 with another sum than that of the squares, and the right gradients.
private func ridge(_ weights: [Matrix], _ lambda: Double, _ m: Double, sum: Double) -> Penalty {
  Penalty(cost: lambda / (2 * m) * sum, gradients: reference.l2(weights: weights, lambda: lambda, m: m).gradients)
}

/// The penalty of some of the weights, and gradients of 0 for the others.
private func some(
  _ weights: [Matrix], where counts: (Int) -> Bool, _ penalty: ([Matrix]) -> Penalty
) -> Penalty {
  penalty(weights.enumerated().map { counts($0) ? $1 : 0 * $1 })
}

private struct L2WithoutHalf: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty { ridge(weights, lambda, m, cost: 2) }
}

private struct L2Doubled: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    ridge(weights, lambda, m, cost: 2, gradients: 2)
  }
}

private struct L2Brackets: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty { ridge(weights, lambda, m, cost: m * m) }
}

private struct L2HalfGradients: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty { ridge(weights, lambda, m, gradients: 0.5) }
}

private struct L2NotAveraged: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty { ridge(weights, lambda, m, cost: m, gradients: m) }
}

private struct L2CostNotAveraged: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty { ridge(weights, lambda, m, cost: m) }
}

private struct L2GradientsNotAveraged: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty { ridge(weights, lambda, m, gradients: m) }
}

private struct L2CostWithoutLambda: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    var penalty = reference.l2(weights: weights, lambda: lambda, m: m)
    penalty.cost = reference.l2(weights: weights, lambda: 1, m: m).cost
    return penalty
  }
}

private struct L2GradientsWithoutLambda: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    var penalty = reference.l2(weights: weights, lambda: lambda, m: m)
    penalty.gradients = reference.l2(weights: weights, lambda: 1, m: m).gradients
    return penalty
  }
}

private struct L2Norms: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    ridge(weights, lambda, m, sum: weights.map { $0.norm() }.reduce(0, +))
  }
}

private struct L2Root: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    ridge(weights, lambda, m, sum: sqrt(weights.map { ($0 .* $0).sum() }.reduce(0, +)))
  }
}

private struct L2Absolute: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    ridge(weights, lambda, m, sum: weights.map { abs($0).sum() }.reduce(0, +))
  }
}

private struct L2SquareOfSum: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    ridge(weights, lambda, m, sum: weights.map { $0.sum() * $0.sum() }.reduce(0, +))
  }
}

private struct L2Means: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    ridge(weights, lambda, m, sum: weights.map { ($0 .* $0).mean() }.reduce(0, +))
  }
}

private struct L2LastOnly: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    var penalty = reference.l2(weights: weights, lambda: lambda, m: m)
    penalty.cost = reference.l2(weights: weights.suffix(1), lambda: lambda, m: m).cost
    return penalty
  }
}

private struct L2FirstOnly: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    var penalty = reference.l2(weights: weights, lambda: lambda, m: m)
    penalty.cost = reference.l2(weights: Array(weights.prefix(1)), lambda: lambda, m: m).cost
    return penalty
  }
}

private struct L2Sign: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty { ridge(weights, lambda, m, gradients: -1) }
}

private struct L2SignGradients: RegularizationLesson {
  func l2(weights: [Matrix], lambda: Double, m: Double) -> Penalty {
    var penalty = reference.l2(weights: weights, lambda: lambda, m: m)
    penalty.gradients = weights.map { lambda / m * sign($0) }
    return penalty
  }
}

// MARK: 12.2

private func decayed(_ weights: [Matrix], _ dW: [Matrix], factor: Double, rate: Double) -> [Matrix] {
  zip(weights, dW).map { factor * $0 - rate * $1 }
}

private struct DecayNone: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1, rate: rate)
  }
}

private struct DecayNotAveraged: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 - rate * lambda, rate: rate)
  }
}

private struct DecayWithoutRate: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 - lambda / m, rate: rate)
  }
}

private struct DecayHalf: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 - rate * lambda / (2 * m), rate: rate)
  }
}

private struct DecayGrows: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 + rate * lambda / m, rate: rate)
  }
}

private struct DecayAfter: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1, rate: rate).map { (1 - rate * lambda / m) * $0 }
  }
}

private struct DecayAscends: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 - rate * lambda / m, rate: -rate)
  }
}

private struct DecayAscendsWhole: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 + rate * lambda / m, rate: -rate)
  }
}

private struct DecayFullStep: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 - rate * lambda / m, rate: 1)
  }
}

private struct DecayAveragedTwice: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: 1 - rate * lambda / m, rate: rate / m)
  }
}

private struct DecayClamped: RegularizationLesson {
  func weightDecayStep(weights: [Matrix], dW: [Matrix], rate: Double, lambda: Double, m: Double) -> [Matrix] {
    decayed(weights, dW, factor: max(1 - rate * lambda / m, 0), rate: rate)
  }
}

// MARK: 12.3

/// The step of 12.3 with another penalty.
private func lasso(
  _ weights: [Matrix], _ lambda: Double, _ m: Double, _ rate: Double, _ change: (inout Penalty) -> Void
) -> LassoStep {
  var step = reference.l1(weights: weights, lambda: lambda, m: m, rate: rate)
  change(&step.penalty)
  return step
}

/// The step of 12.3 with another way to shrink a weight by t.
private func lasso(
  _ weights: [Matrix], _ lambda: Double, _ m: Double, _ rate: Double,
  shrinking: (_ w: Double, _ t: Double) -> Double
) -> LassoStep {
  var step = reference.l1(weights: weights, lambda: lambda, m: m, rate: rate)
  step.shrunk = weights.map { W in W.map { shrinking($0, rate * lambda / (2 * m)) } }
  return step
}

private func soft(_ w: Double, _ t: Double) -> Double { sign(w) * max(abs(w) - t, 0) }

private struct L1Doubled: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) {
      $0.cost *= 2
      $0.gradients = $0.gradients.map { 2 * $0 }
    }
  }
}

private struct L1DoubledGradients: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) { $0.gradients = $0.gradients.map { 2 * $0 } }
  }
}

private struct L1NotAveraged: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) {
      $0.cost *= m
      $0.gradients = $0.gradients.map { m * $0 }
    }
  }
}

private struct L1Brackets: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) {
      $0.cost *= m * m
      $0.gradients = $0.gradients.map { m * m * $0 }
    }
  }
}

private struct L1Signed: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) { $0.cost = lambda / (2 * m) * weights.map { $0.sum() }.reduce(0, +) }
  }
}

private struct L1Squares: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) { $0.cost = reference.l2(weights: weights, lambda: lambda, m: m).cost }
  }
}

private struct L1Proportional: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) { $0.gradients = reference.l2(weights: weights, lambda: lambda, m: m).gradients }
  }
}

private struct L1ZeroIsPositive: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) { $0.gradients = weights.map { lambda / (2 * m) * (2 * ($0 .>= 0) - 1) } }
  }
}

private struct L1ZeroIsNegative: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate) { $0.gradients = weights.map { lambda / (2 * m) * (2 * ($0 .> 0) - 1) } }
  }
}

private struct L1Plain: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { $0 - $1 * sign($0) })
  }
}

private struct L1HardThreshold: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { abs($0) <= $1 ? 0 : $0 })
  }
}

private struct L1KeepsSmall: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { abs($0) < $1 ? $0 : soft($0, $1) })
  }
}

private struct L1KeepsUpToT: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { abs($0) <= $1 ? $0 : soft($0, $1) })
  }
}

private struct L1LosesNegative: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { max($0 - $1, 0) })
  }
}

private struct L1LosesSigns: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { abs(soft($0, $1)) })
  }
}

private struct L1WithoutRate: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { w, _ in soft(w, lambda / (2 * m)) })
  }
}

private struct L1FullThreshold: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { soft($0, 2 * $1) })
  }
}

private struct L1ThresholdNotAveraged: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { soft($0, m * $1) })
  }
}

private struct L1ThresholdBrackets: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { soft($0, m * m * $1) })
  }
}

private struct L1CostShrunk: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    var step = reference.l1(weights: weights, lambda: lambda, m: m, rate: rate)
    step.penalty.cost = reference.l1(weights: step.shrunk, lambda: lambda, m: m, rate: rate).penalty.cost
    return step
  }
}

private struct L1GradientsShrunk: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    var step = reference.l1(weights: weights, lambda: lambda, m: m, rate: rate)
    step.penalty.gradients = reference.l1(weights: step.shrunk, lambda: lambda, m: m, rate: rate).penalty.gradients
    return step
  }
}

private struct L1Decays: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { $0 * (1 - $1) })
  }
}

private struct L1NotShrunk: RegularizationLesson {
  func l1(weights: [Matrix], lambda: Double, m: Double, rate: Double) -> LassoStep {
    lasso(weights, lambda, m, rate, shrinking: { w, _ in w })
  }
}

// MARK: 12.4

/// The penalty of 12.4 with each part's cost and gradients multiplied by a number.
private func elastic(
  _ weights: [Matrix], _ lambda1: Double, _ lambda2: Double, _ m: Double, lasso a: (cost: Double, gradients: Double),
  ridge b: (cost: Double, gradients: Double)
) -> Penalty {
  let lasso = reference.elasticNet(weights: weights, lambda1: lambda1, lambda2: 0, m: m)
  let ridge = reference.elasticNet(weights: weights, lambda1: 0, lambda2: lambda2, m: m)
  return Penalty(
    cost: a.cost * lasso.cost + b.cost * ridge.cost,
    gradients: zip(lasso.gradients, ridge.gradients).map { a.gradients * $0 + b.gradients * $1 })
}

private struct ElasticExchanged: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    reference.elasticNet(weights: weights, lambda1: lambda2, lambda2: lambda1, m: m)
  }
}

private struct ElasticFirstTwice: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    reference.elasticNet(weights: weights, lambda1: lambda1, lambda2: lambda1, m: m)
  }
}

private struct ElasticSecondTwice: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    reference.elasticNet(weights: weights, lambda1: lambda2, lambda2: lambda2, m: m)
  }
}

private struct ElasticOnlyL1: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    reference.elasticNet(weights: weights, lambda1: lambda1, lambda2: 0, m: m)
  }
}

private struct ElasticOnlyL2: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    reference.elasticNet(weights: weights, lambda1: 0, lambda2: lambda2, m: m)
  }
}

private struct ElasticHalf: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    elastic(weights, lambda1, lambda2, m, lasso: (1, 1), ridge: (1, 0.5))
  }
}

private struct ElasticDouble: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    elastic(weights, lambda1, lambda2, m, lasso: (1, 2), ridge: (1, 1))
  }
}

private struct ElasticNotAveraged: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    elastic(weights, lambda1, lambda2, m, lasso: (m, m), ridge: (m, m))
  }
}

private struct ElasticDoubled: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    elastic(weights, lambda1, lambda2, m, lasso: (2, 2), ridge: (2, 2))
  }
}

private struct ElasticLast: RegularizationLesson {
  func elasticNet(weights: [Matrix], lambda1: Double, lambda2: Double, m: Double) -> Penalty {
    some(weights, where: { $0 == weights.count - 1 }) {
      reference.elasticNet(weights: $0, lambda1: lambda1, lambda2: lambda2, m: m)
    }
  }
}

// MARK: 12.5

/// Dropout by another mask, and by another number that those who stay are divided by; the cache holds this mask and keep.
private func dropped(_ A: Matrix, mask: Matrix, _ keep: Double, divisor: Double? = nil) -> DropoutForward {
  DropoutForward(A: A .* mask / (divisor ?? keep), cache: DropoutCache(mask: mask, keepProbability: keep))
}

/// The reference at test time.
private func tested(_ A: Matrix) -> DropoutForward {
  reference.dropout(A: A, uniforms: A, keepProbability: 1, training: false)
}

private struct DropoutNotRescaled: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training ? dropped(A, mask: uniforms .< keepProbability, keepProbability, divisor: 1) : tested(A)
  }
}

private struct DropoutTimesKeep: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training
      ? dropped(A, mask: uniforms .< keepProbability, keepProbability, divisor: 1 / keepProbability) : tested(A)
  }
}

private struct DropoutExchanged: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training
      ? dropped(A, mask: uniforms .>= keepProbability, keepProbability, divisor: 1 - keepProbability) : tested(A)
  }
}

private struct DropoutOtherShare: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training
      ? dropped(A, mask: uniforms .< 1 - keepProbability, keepProbability, divisor: 1 - keepProbability) : tested(A)
  }
}

private struct DropoutInverted: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training ? dropped(A, mask: uniforms .>= keepProbability, keepProbability) : tested(A)
  }
}

private struct DropoutOtherHalfway: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training ? dropped(A, mask: uniforms .< 1 - keepProbability, keepProbability) : tested(A)
  }
}

private struct DropoutFromAbove: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training ? dropped(A, mask: uniforms .>= 1 - keepProbability, keepProbability) : tested(A)
  }
}

private struct DropoutTieStays: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training ? dropped(A, mask: uniforms .<= keepProbability, keepProbability) : tested(A)
  }
}

private struct DropoutInvertedCache: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    var forward = reference.dropout(A: A, uniforms: uniforms, keepProbability: keepProbability, training: training)
    if training { forward.cache.mask = 1 - forward.cache.mask }
    return forward
  }
}

private struct DropoutFlipped: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    reference.dropout(A: A, uniforms: uniforms, keepProbability: keepProbability, training: !training)
  }
}

private struct DropoutByOther: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    training
      ? dropped(A, mask: uniforms .< keepProbability, keepProbability, divisor: 1 - keepProbability) : tested(A)
  }
}

private struct DropoutByShare: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    let mask = uniforms .< keepProbability
    return training ? dropped(A, mask: mask, keepProbability, divisor: mask.mean()) : tested(A)
  }
}

private struct DropoutOneMask: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    let first = uniforms.columns(at: (0..<uniforms.columns).map { _ in 0 })
    return training ? dropped(A, mask: first .< keepProbability, keepProbability) : tested(A)
  }
}

private struct DropoutWholeExamples: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    let first = uniforms.rows(at: (0..<uniforms.rows).map { _ in 0 })
    return training ? dropped(A, mask: first .< keepProbability, keepProbability) : tested(A)
  }
}

private struct DropoutAlways: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    dropped(A, mask: uniforms .< keepProbability, keepProbability)
  }
}

/// Something changed at test time alone.
private func changedTest(
  _ A: Matrix, _ uniforms: Matrix, _ keep: Double, _ training: Bool, _ change: (inout DropoutForward) -> Void
) -> DropoutForward {
  var forward = reference.dropout(A: A, uniforms: uniforms, keepProbability: keep, training: training)
  if !training { change(&forward) }
  return forward
}

private struct DropoutScaledTest: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    changedTest(A, uniforms, keepProbability, training) { $0.A *= keepProbability }
  }
}

private struct DropoutRescaledTest: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    changedTest(A, uniforms, keepProbability, training) { $0.A /= keepProbability }
  }
}

private struct DropoutTestCache: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    changedTest(A, uniforms, keepProbability, training) {
      $0.cache = DropoutCache(mask: uniforms .< keepProbability, keepProbability: keepProbability)
    }
  }
}

private struct DropoutTestKeep: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    changedTest(A, uniforms, keepProbability, training) { $0.cache.keepProbability = keepProbability }
  }
}

private struct DropoutScaledMask: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    var forward = reference.dropout(A: A, uniforms: uniforms, keepProbability: keepProbability, training: training)
    if training { forward.cache.mask /= keepProbability }
    return forward
  }
}

private struct DropoutMaskFromResult: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    var forward = reference.dropout(A: A, uniforms: uniforms, keepProbability: keepProbability, training: training)
    if training { forward.cache.mask = forward.A .!= 0 }
    return forward
  }
}

private struct DropoutHalf: RegularizationLesson {
  func dropout(A: Matrix, uniforms: Matrix, keepProbability: Double, training: Bool) -> DropoutForward {
    var forward = reference.dropout(A: A, uniforms: uniforms, keepProbability: 0.5, training: training)
    if training { forward.cache.keepProbability = keepProbability }
    return forward
  }
}

// MARK: 12.6

private struct BackwardUnmasked: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix { dA / cache.keepProbability }
}

private struct BackwardNotRescaled: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix { dA .* cache.mask }
}

private struct BackwardTimesKeep: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix { dA .* cache.mask * cache.keepProbability }
}

private struct BackwardRescaledTwice: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix {
    dA .* cache.mask / (cache.keepProbability * cache.keepProbability)
  }
}

private struct BackwardByOther: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix { dA .* cache.mask / (1 - cache.keepProbability) }
}

private struct BackwardNothing: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix { dA }
}

private struct BackwardInverted: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix { dA .* (1 - cache.mask) / cache.keepProbability }
}

private struct BackwardOneMask: RegularizationLesson {
  func dropoutBackward(dA: Matrix, cache: DropoutCache) -> Matrix {
    dA .* cache.mask.column(0) / cache.keepProbability
  }
}

// MARK: 12.7

/// Early stopping by other rules.
private struct Rule {
  /// Whether the newest of these costs is a new best, the epoch of the best so far being given.
  var improves: (_ costs: [Double], _ best: Int) -> Bool = { costs, best in costs[costs.count - 1] < costs[best] }
  /// How many epochs the patience has lasted, from the costs and the epoch of the best.
  var waited: (_ costs: [Double], _ best: Int) -> Int = { costs, best in costs.count - 1 - best }
  /// Whether an epoch starts from the best parameters.
  var restarts = false
  /// Whether an epoch starts from the parameters of the start.
  var staysAtStart = false
  /// Whether a cost is that of the parameters before the epoch.
  var isStale = false

  func run(
    _ start: [Matrix], _ maxEpochs: Int, _ patience: Int, _ epoch: ([Matrix]) -> [Matrix],
    _ devCost: ([Matrix]) -> Double
  ) -> (result: EarlyStopping, last: [Matrix]) {
    var parameters = start
    var result = EarlyStopping(best: start, bestEpoch: 0, devCosts: [devCost(start)])
    while result.devCosts.count - 1 < maxEpochs && waited(result.devCosts, result.bestEpoch) < patience {
      let before = staysAtStart ? start : restarts ? result.best : parameters
      parameters = epoch(before)
      result.devCosts.append(devCost(isStale ? before : parameters))
      if improves(result.devCosts, result.bestEpoch) {
        result.best = parameters
        result.bestEpoch = result.devCosts.count - 1
      }
    }
    return (result, parameters)
  }
}

/// A mistake of early stopping as a rule, and what is changed in its result.
private protocol StoppingMistake: RegularizationLesson {
  var rule: Rule { get }
  func epochs(_ maxEpochs: Int) -> Int
  func waiting(_ patience: Int) -> Int
  func change(_ result: inout EarlyStopping, last: [Matrix])
}

extension StoppingMistake {
  var rule: Rule { Rule() }
  func epochs(_ maxEpochs: Int) -> Int { maxEpochs }
  func waiting(_ patience: Int) -> Int { patience }
  func change(_ result: inout EarlyStopping, last: [Matrix]) {}

  func earlyStopping(
    from start: [Matrix], maxEpochs: Int, patience: Int,
    epoch: @Sendable ([Matrix]) -> [Matrix], devCost: @Sendable ([Matrix]) -> Double
  ) -> EarlyStopping {
    var (result, last) = rule.run(start, epochs(maxEpochs), waiting(patience), epoch, devCost)
    change(&result, last: last)
    return result
  }
}

private struct StopLast: StoppingMistake {
  func change(_ result: inout EarlyStopping, last: [Matrix]) { result.best = last }
}

private struct StopTie: StoppingMistake {
  var rule: Rule { Rule(improves: { costs, best in costs[costs.count - 1] <= costs[best] }) }
}

private struct StopPrevious: StoppingMistake {
  var rule: Rule { Rule(improves: { costs, _ in costs[costs.count - 1] < costs[costs.count - 2] }) }
}

private struct StopPreviousCount: StoppingMistake {
  var rule: Rule {
    Rule(waited: { costs, _ in
      let lastFall = costs.indices.last { $0 > 0 && costs[$0] < costs[$0 - 1] } ?? 0
      return costs.count - 1 - lastFall
    })
  }
}

private struct StopTotal: StoppingMistake {
  var rule: Rule {
    Rule(waited: { costs, _ in
      var least = costs[0]
      var count = 0
      for cost in costs.dropFirst() {
        if cost < least { least = cost } else { count += 1 }
      }
      return count
    })
  }
}

private struct StopLate: StoppingMistake {
  func waiting(_ patience: Int) -> Int { patience + 1 }
}

private struct StopEarly: StoppingMistake {
  func waiting(_ patience: Int) -> Int { patience - 1 }
}

private struct StopAtOnce: StoppingMistake {
  func waiting(_ patience: Int) -> Int { 1 }
}

private struct StopNever: StoppingMistake {
  func waiting(_ patience: Int) -> Int { .max }
}

private struct StopOneMore: StoppingMistake {
  func epochs(_ maxEpochs: Int) -> Int { maxEpochs + 1 }
}

private struct StopOneLess: StoppingMistake {
  func epochs(_ maxEpochs: Int) -> Int { max(maxEpochs - 1, 0) }
}

private struct StopBestNeverNoted: RegularizationLesson {
  func earlyStopping(
    from start: [Matrix], maxEpochs: Int, patience: Int,
    epoch: @Sendable ([Matrix]) -> [Matrix], devCost: @Sendable ([Matrix]) -> Double
  ) -> EarlyStopping {
    var result = reference.earlyStopping(
      from: start, maxEpochs: maxEpochs, patience: patience, epoch: epoch, devCost: devCost)
    result.best = start
    return result
  }
}

private struct StopEpochNeverNoted: RegularizationLesson {
  func earlyStopping(
    from start: [Matrix], maxEpochs: Int, patience: Int,
    epoch: @Sendable ([Matrix]) -> [Matrix], devCost: @Sendable ([Matrix]) -> Double
  ) -> EarlyStopping {
    var result = reference.earlyStopping(
      from: start, maxEpochs: maxEpochs, patience: patience, epoch: epoch, devCost: devCost)
    result.bestEpoch = 0
    return result
  }
}

private struct StopCostNeverNoted: StoppingMistake {
  var rule: Rule { Rule(improves: { costs, _ in costs[costs.count - 1] < costs[0] }) }
}

private struct StopFromStart: StoppingMistake {
  var rule: Rule { Rule(staysAtStart: true) }
}

private struct StopTwice: RegularizationLesson {
  func earlyStopping(
    from start: [Matrix], maxEpochs: Int, patience: Int,
    epoch: @Sendable ([Matrix]) -> [Matrix], devCost: @Sendable ([Matrix]) -> Double
  ) -> EarlyStopping {
    reference.earlyStopping(
      from: start, maxEpochs: maxEpochs, patience: patience,
      epoch: { parameters in
        _ = epoch(parameters)
        return epoch(parameters)
      }, devCost: devCost)
  }
}

private struct StopForgetsStart: StoppingMistake {
  var rule: Rule {
    Rule(improves: { costs, best in costs.count == 2 || costs[costs.count - 1] < costs[best] })
  }
}

private struct StopCostsWithoutStart: StoppingMistake {
  func change(_ result: inout EarlyStopping, last: [Matrix]) { result.devCosts.removeFirst() }
}

private struct StopTruncated: StoppingMistake {
  func change(_ result: inout EarlyStopping, last: [Matrix]) {
    result.devCosts = Array(result.devCosts.prefix(result.bestEpoch + 1))
  }
}

private struct StopFromZero: StoppingMistake {
  func change(_ result: inout EarlyStopping, last: [Matrix]) { result.bestEpoch = max(result.bestEpoch - 1, 0) }
}

private struct StopLastNumber: StoppingMistake {
  func change(_ result: inout EarlyStopping, last: [Matrix]) { result.bestEpoch = result.devCosts.count - 1 }
}

private struct StopRestarts: StoppingMistake {
  var rule: Rule { Rule(restarts: true) }
}

private struct StopStale: StoppingMistake {
  var rule: Rule { Rule(isStale: true) }
}

private struct StopLargest: StoppingMistake {
  var rule: Rule { Rule(improves: { costs, best in costs[costs.count - 1] > costs[best] }) }
}

// MARK: 12.8

/// What may be done otherwise in the training of 12.8.
private struct Slip {
  // The penalty.
  var isInCost = true, isInSteps = true, isInReport = true
  var penalisesW1 = true, penalisesW2 = true, penalisesBiases = false
  var averagesPenaltyTwice = false
  /// Factors of the penalty's gradients in dW1 and dW2.
  var penaltyInDW1 = 1.0, penaltyInDW2 = 1.0
  // Dropout.
  var rescales = true, rescalesBack = true, masksBack = true
  var dropsBeforeTanh = false, costOfFullNet = false, dW2FromUndropped = false
  // The network.
  var slope: (_ A1: Matrix, _ dropped: Matrix) -> Matrix = { A1, _ in 1 - A1 .* A1 }
  var hasFloor = true, takesOneTerm = false, averagesCost = true, averagesdW = true, averagesdb = true,
    averagesdZ = false
  var turnsSign = false, updatesW2First = false, freezesB1 = false, freezesB2 = false

  func train(
    _ X: Matrix, _ Y: Matrix, from start: TwoLayerParameters, _ lambda1: Double, _ lambda2: Double, keep: Double,
    _ uniforms: [Matrix], _ rate: Double
  ) -> RegularizedTraining {
    let m = Double(X.columns)
    var p = start
    var costs: [Double] = []
    var first: TwoLayerGradients?
    for U in uniforms {
      let mask = (U .< keep) / (rescales ? keep : 1)
      let Z1 = p.W1 * X + p.b1
      let A1 = tanh(dropsBeforeTanh ? Z1 .* mask : Z1)
      let dropped = dropsBeforeTanh ? A1 : A1 .* mask
      let A2 = sigmoid(p.W2 * dropped + p.b2)
      let whole = costOfFullNet ? sigmoid(p.W2 * A1 + p.b2) : A2
      let floor = hasFloor ? logFloor : -1
      let losses =
        takesOneTerm
        ? -log(Y .* whole + (1 - Y) .* (1 - whole))
        : -Y .* log(max(whole, floor)) - (1 - Y) .* log(max(1 - whole, floor))
      let penalised = [
        penalisesW1 ? p.W1 : 0 * p.W1, penalisesW2 ? p.W2 : 0 * p.W2, penalisesBiases ? p.b1 : 0 * p.b1,
        penalisesBiases ? p.b2 : 0 * p.b2,
      ]
      let penalty = reference.elasticNet(weights: penalised, lambda1: lambda1, lambda2: lambda2, m: m)
      costs.append(losses.sum() / (averagesCost ? m : 1) + (isInCost ? penalty.cost : 0))

      let dZ2 = turnsSign ? Y - A2 : A2 - Y
      let bare2 = dZ2 * (dW2FromUndropped ? A1 : dropped).T / (averagesdW ? m : 1)
      let share = averagesPenaltyTwice ? 1 / m : 1
      let db2 = dZ2.rowSums() / (averagesdb ? m : 1) + share * penalty.gradients[3]
      let dW2 = bare2 + penaltyInDW2 * share * penalty.gradients[1]
      let W2 = updatesW2First ? p.W2 - rate * (isInSteps ? dW2 : bare2) : p.W2
      let back = (masksBack ? U .< keep : U .>= 0) / (rescalesBack ? keep : 1)
      let dZ1 = W2.T * dZ2 .* back .* slope(A1, dropped)
      let bare1 = dZ1 * X.T / (averagesdW ? m : 1)
      let dW1 = bare1 + penaltyInDW1 * share * penalty.gradients[0]
      let db1 = dZ1.rowSums() / (averagesdb ? m : 1) + share * penalty.gradients[2]
      if first == nil {
        let n = averagesdZ ? m : 1
        first = TwoLayerGradients(
          dZ2: dZ2 / n, dW2: isInReport ? dW2 : bare2, db2: db2, dZ1: dZ1 / n, dW1: isInReport ? dW1 : bare1, db1: db1)
      }
      p.W1 -= rate * (isInSteps ? dW1 : bare1)
      p.W2 -= rate * (isInSteps ? dW2 : bare2)
      if !freezesB1 { p.b1 -= rate * db1 }
      if !freezesB2 { p.b2 -= rate * db2 }
    }
    return RegularizedTraining(parameters: p, costs: costs, firstGradients: first!)
  }

  private func sigmoid(_ Z: Matrix) -> Matrix { 1 / (1 + exp(-Z)) }
}

/// A mistake of the training that is one slip.
private protocol TrainingMistake: RegularizationLesson {
  var slip: Slip { get }
}

extension TrainingMistake {
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    slip.train(X, Y, from: start, lambda1, lambda2, keep: keepProbability, uniforms, rate)
  }
}

private struct TrainCostBare: TrainingMistake { var slip: Slip { Slip(isInCost: false) } }
private struct TrainGradientsBare: TrainingMistake { var slip: Slip { Slip(isInSteps: false, isInReport: false) } }
private struct TrainBare: TrainingMistake {
  var slip: Slip { Slip(isInCost: false, isInSteps: false, isInReport: false) }
}
private struct TrainDW1Bare: TrainingMistake { var slip: Slip { Slip(penaltyInDW1: 0) } }
private struct TrainDW2Bare: TrainingMistake { var slip: Slip { Slip(penaltyInDW2: 0) } }
private struct TrainPenaltySubtracted: TrainingMistake { var slip: Slip { Slip(penaltyInDW1: -1, penaltyInDW2: -1) } }
private struct TrainReportsBare: TrainingMistake { var slip: Slip { Slip(isInReport: false) } }
private struct TrainW1Only: TrainingMistake { var slip: Slip { Slip(penalisesW2: false) } }
private struct TrainW2Only: TrainingMistake { var slip: Slip { Slip(penalisesW1: false) } }
private struct TrainBiases: TrainingMistake { var slip: Slip { Slip(penalisesBiases: true) } }
private struct TrainPenaltyAveragedTwice: TrainingMistake { var slip: Slip { Slip(averagesPenaltyTwice: true) } }
private struct TrainNotRescaled: TrainingMistake { var slip: Slip { Slip(rescales: false, rescalesBack: false) } }
private struct TrainBackNotRescaled: TrainingMistake { var slip: Slip { Slip(rescalesBack: false) } }
private struct TrainUnmasked: TrainingMistake { var slip: Slip { Slip(rescalesBack: false, masksBack: false) } }
private struct TrainBeforeTanh: TrainingMistake { var slip: Slip { Slip(dropsBeforeTanh: true) } }
private struct TrainFullCost: TrainingMistake { var slip: Slip { Slip(costOfFullNet: true) } }
private struct TrainUndroppedDW2: TrainingMistake { var slip: Slip { Slip(dW2FromUndropped: true) } }
private struct TrainSlope: TrainingMistake { var slip: Slip { Slip(slope: { 1 - $1 .* $1 }) } }
private struct TrainNoSlope: TrainingMistake { var slip: Slip { Slip(slope: { A1, _ in 0 * A1 + 1 }) } }
private struct TrainNoFloor: TrainingMistake { var slip: Slip { Slip(hasFloor: false) } }
private struct TrainInfinite: TrainingMistake { var slip: Slip { Slip(takesOneTerm: true) } }
private struct TrainCostSum: TrainingMistake { var slip: Slip { Slip(averagesCost: false) } }
private struct TrainDWNotAveraged: TrainingMistake { var slip: Slip { Slip(averagesdW: false) } }
private struct TrainDbNotAveraged: TrainingMistake { var slip: Slip { Slip(averagesdb: false) } }
private struct TrainDZAveraged: TrainingMistake { var slip: Slip { Slip(averagesdZ: true) } }
private struct TrainSign: TrainingMistake { var slip: Slip { Slip(turnsSign: true) } }
private struct TrainUpdatedFirst: TrainingMistake { var slip: Slip { Slip(updatesW2First: true) } }
private struct TrainFrozenB1: TrainingMistake { var slip: Slip { Slip(freezesB1: true) } }
private struct TrainFrozenB2: TrainingMistake { var slip: Slip { Slip(freezesB2: true) } }
private struct TrainFrozenBiases: TrainingMistake { var slip: Slip { Slip(freezesB1: true, freezesB2: true) } }

private struct TrainExchanged: RegularizationLesson {
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    reference.train(
      X: X, Y: Y, from: start, lambda1: lambda2, lambda2: lambda1, keepProbability: keepProbability,
      uniforms: uniforms, rate: rate)
  }
}

/// A mistake of the training in what the reference is given.
private protocol ArgumentMistake: RegularizationLesson {
  func change(keep: inout Double, uniforms: inout [Matrix], rate: inout Double)
}

extension ArgumentMistake {
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    var (keep, uniforms, rate) = (keepProbability, uniforms, rate)
    change(keep: &keep, uniforms: &uniforms, rate: &rate)
    return reference.train(
      X: X, Y: Y, from: start, lambda1: lambda1, lambda2: lambda2, keepProbability: keep, uniforms: uniforms,
      rate: rate)
  }
}

private struct TrainNoDropout: ArgumentMistake {
  func change(keep: inout Double, uniforms: inout [Matrix], rate: inout Double) { keep = 1 }
}

private struct TrainOtherKeep: ArgumentMistake {
  func change(keep: inout Double, uniforms: inout [Matrix], rate: inout Double) { keep = 1 - keep }
}

private struct TrainSameMask: ArgumentMistake {
  func change(keep: inout Double, uniforms: inout [Matrix], rate: inout Double) {
    uniforms = Array(repeating: uniforms[0], count: uniforms.count)
  }
}

private struct TrainAscends: ArgumentMistake {
  func change(keep: inout Double, uniforms: inout [Matrix], rate: inout Double) { rate = -rate }
}

private struct TrainWithoutRate: ArgumentMistake {
  func change(keep: inout Double, uniforms: inout [Matrix], rate: inout Double) { rate = 1 }
}

/// The parameters after each step, with the start before them.
private func path(
  _ X: Matrix, _ Y: Matrix, _ start: TwoLayerParameters, _ lambda1: Double, _ lambda2: Double, _ keep: Double,
  _ uniforms: [Matrix], _ rate: Double
) -> [RegularizedTraining] {
  var steps: [RegularizedTraining] = []
  for U in uniforms {
    steps.append(
      reference.train(
        X: X, Y: Y, from: steps.last?.parameters ?? start, lambda1: lambda1, lambda2: lambda2, keepProbability: keep,
        uniforms: [U], rate: rate))
  }
  return steps
}

private struct TrainCostsAfter: RegularizationLesson {
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    let steps = path(X, Y, start, lambda1, lambda2, keepProbability, uniforms, rate)
    let costs = zip(steps, uniforms).map { step, U in
      reference.train(
        X: X, Y: Y, from: step.parameters, lambda1: lambda1, lambda2: lambda2, keepProbability: keepProbability,
        uniforms: [U], rate: rate
      ).costs[0]
    }
    return RegularizedTraining(
      parameters: steps[steps.count - 1].parameters, costs: costs, firstGradients: steps[0].firstGradients)
  }
}

private struct TrainLastGradients: RegularizationLesson {
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    let steps = path(X, Y, start, lambda1, lambda2, keepProbability, uniforms, rate)
    let last = steps[steps.count - 1]
    return RegularizedTraining(
      parameters: last.parameters, costs: steps.flatMap(\.costs), firstGradients: last.firstGradients)
  }
}

private struct TrainOneLess: RegularizationLesson {
  func train(
    X: Matrix, Y: Matrix, from start: TwoLayerParameters, lambda1: Double, lambda2: Double,
    keepProbability: Double, uniforms: [Matrix], rate: Double
  ) -> RegularizedTraining {
    let steps = path(X, Y, start, lambda1, lambda2, keepProbability, uniforms, rate)
    return RegularizedTraining(
      parameters: steps.count > 1 ? steps[steps.count - 2].parameters : start,
      costs: steps.dropLast().flatMap(\.costs), firstGradients: steps[0].firstGradients)
  }
}
