import Curriculum
import Grading
@testable import DeepNetworkSolution

private let reference = DeepNetwork()

private let bothTerms = "σ has both terms, −y log a − (1 − y) log(1 − a); softmax has one, −Σ y log a."
private let floorText = "log 0 is −∞: keep each argument at or above it, `log(max(…, logFloor))`."

let deepNetwork = Answers<any DeepNetworkLesson>(
  .deepNetwork, deepNetworkSteps, reference,
  mistakes: [
    Mistake(
      "9.1", "W is (n_(l−1), n_l)", InitialTransposed(), "W[l] is (n_l, n_(l−1)): a row for each unit of layer l."),
    Mistake(
      "9.1", "the deviation is 2/n_(l−1), without the root", InitialVariance(),
      "2/n_(l−1) is the variance. The factor is its root: √(2/n_(l−1))."),
    Mistake("9.1", "the deviation is √(1/n_(l−1))", InitialXavier(), "Under the root stands 2/n_(l−1)."),
    Mistake("9.1", "the deviation is 0.01", InitialSmall(), "√(2/n_(l−1)), another number for each layer."),
    Mistake(
      "9.1", "the weights are not scaled", InitialUnscaled(), "`normal()` has deviation 1: multiply by √(2/n_(l−1))."),
    Mistake(
      "9.1", "the deviation is √(2/n_l)", InitialByOutputs(),
      "Each unit of layer l sums over n_(l−1) products: the count of the layer below stands under the root."),
    Mistake(
      "9.1", "the deviation is √(2/(n_(l−1) + n_l))", InitialGlorot(),
      "Under the root stands 2/n_(l−1). (That one is Glorot's, in chapter 10.)"),
    Mistake(
      "9.1", "every layer has the first layer's deviation", InitialByFeatures(),
      "√(2/n_(l−1)) with the layer's own number of inputs, which is n_0 in layer 1 only."),
    Mistake(
      "9.1", "the weights have the right deviation, and are not normal", InitialUniform(),
      "Uniform ones are such, and a single draw that is repeated. Draw each weight by itself: `normal(rows:columns:)`."),
    Mistake(
      "9.1", "the weights lie between 0 and √(2/n_(l−1))", InitialPositive(),
      "`uniform()` is never below 0. The weights are normal, around 0: `normal()`."),
    Mistake("9.1", "the biases are random", InitialBiases(), "Biases are 0; only the weights must differ."),
    Mistake("9.1", "b is a row", InitialBiasRow(), "b[l] is a column (n_l, 1), so that it fits each column of Z."),
    Mistake(
      "9.1", "all weights are 0", InitialZeros(),
      "Then all units of a layer stay alike for ever (chapter 10): draw them."),
    Mistake(
      "9.1", "the numbers come from a generator of your own", InitialOwnGenerator(),
      "Use the generator that is given: its seed decides, and a second call goes on where the first ended."),
    Mistake(
      "9.1", "the given generator is copied, and stays where it was", InitialCopied(),
      "A copy leaves the original as it was, so that a second call draws the same weights. Call `generator` itself."),
    Mistake(
      "9.1", "there is a layer for n_0 too", InitialInputLayer(), "L + 1 sizes make L layers: the input has no weights."
    ),
    Mistake(
      "9.1", "the last layer is missing", InitialLastMissing(), "L + 1 sizes make L layers, n_L being the last one's."),

    Mistake("9.2", "b is left out", LinearWithoutBias(), "Z = W A_prev + b."),
    Mistake("9.2", "b is subtracted", LinearMinusBias(), "Z = W A_prev + b."),
    Mistake("9.2", "Z is (m, n_l)", LinearTransposed(), "An example is a column: W A_prev + b, without a transpose."),
    Mistake("9.2", "Z has gone through σ", LinearSigmoid(), "This is only the linear part: g comes in 9.3."),
    Mistake("9.2", "Z has gone through ReLU", LinearReLU(), "This is only the linear part: g comes in 9.3."),
    Mistake("9.2", "Z is divided by m", LinearAveraged(), "A mean over the examples comes only in J, dW and db."),
    Mistake("9.2", "the cache keeps Z as APrev", LinearCachesZ(), "9.6 needs what went in: dW = dZ A_prevᵀ/m."),
    Mistake(
      "9.2", "the cache keeps A_prev transposed", LinearCachesTransposed(),
      "It keeps A_prev as it came; 9.6 transposes it."),
    Mistake(
      "9.2", "the cache keeps W transposed", LinearCachesWT(), "It keeps the layer as it came; 9.6 transposes W."),

    Mistake("9.3", "A is Z, without g", LayerWithoutG(), "A = g(Z), with the g that `activation` names."),
    Mistake("9.3", "g is always ReLU", LayerAlwaysReLU(), "`activation` says which g: a switch over five cases."),
    Mistake("9.3", "g is always σ", LayerAlwaysSigmoid(), "`activation` says which g: a switch over five cases."),
    Mistake(
      "9.3", "softmax is taken along the rows", LayerSoftmaxRows(),
      "Each column, an example, sums to 1: `columnSums()`."),
    Mistake(
      "9.3", "all entries of softmax together sum to 1", LayerSoftmaxAll(), "Each column by itself: `columnSums()`."),
    Mistake(
      "9.3", "softmax takes e^z of the scores as they are", LayerSoftmaxOverflow(),
      "e^1000 is ∞, and ∞/∞ is NaN: subtract each column's largest score first (6.1)."),
    Mistake(
      "9.3", "softmax subtracts the largest score of the whole matrix", LayerSoftmaxShift(),
      "A column far below it becomes 0/0, NaN: each column has its own, `columnMaxima()`."),
    Mistake(
      "9.3", "σ is computed as e^z/(1 + e^z)", LayerSigmoidOverflow(),
      "For z = 1000 that is ∞/∞, NaN: 1/(1 + e^(−z)) is right for all."),
    Mistake(
      "9.3", "the minus sign in σ is lost", LayerSigmoidSign(), "`1 / (1 + exp(-Z))`: a large score gives a large a."),
    Mistake(
      "9.3", "tanh is computed from e^z and e^(−z)", LayerTanhOverflow(),
      "For z = 1000 that is ∞/∞, NaN: the kit has `tanh`."),
    Mistake("9.3", "σ stands for tanh", LayerSigmoidForTanh(), "tanh goes from −1 to 1, σ from 0 to 1."),
    Mistake("9.3", "tanh stands for σ", LayerTanhForSigmoid(), "tanh goes from −1 to 1, σ from 0 to 1."),
    Mistake("9.3", "ReLU is |z|", LayerReLUAbs(), "max(z, 0): negative scores give 0."),
    Mistake("9.3", "ReLU is min(z, 0)", LayerReLUMin(), "max(z, 0): positive scores stay."),
    Mistake(
      "9.3", "ReLU lets a hundredth of negative scores through", LayerReLULeaky(),
      "That is leaky ReLU: here it is max(z, 0)."),
    Mistake(
      "9.3", "ReLU gives 1 for positive scores", LayerReLUStep(), "That is its derivative: ReLU itself is max(z, 0)."),
    Mistake(
      "9.3", "the identity is taken for ReLU", LayerIdentityReLU(),
      "`.identity` lets negative scores through too: A = Z."),
    Mistake(
      "9.3", "the cache holds A in the place of Z", LayerCachesAForZ(), "Z is the score before g, A what comes after."),
    Mistake(
      "9.3", "the cache holds Z in the place of A", LayerCachesZForA(), "Z is the score before g, A what comes after."),
    Mistake(
      "9.3", "the linear cache holds A in the place of A_prev", LayerCachesAForAPrev(),
      "A_prev is what went into the layer: keep the cache that 9.2 returns."),
    Mistake(
      "9.3", "the cache says ReLU whatever g is", LayerCachesReLU(),
      "9.7 reads there which g it was: keep `activation`."),

    Mistake(
      "9.4", "layer L has the hidden layers' g", ForwardHiddenLast(),
      "Layer L is the head: σ for `.sigmoid`, softmax for `.softmax`."),
    Mistake("9.4", "layer L has no g", ForwardLinearLast(), "Layer L ends in σ or softmax, as `head` says."),
    Mistake(
      "9.4", "every layer has the head's g", ForwardHeadEverywhere(),
      "`hidden` in layers 1 … L − 1; the head in layer L alone."),
    Mistake("9.4", "the head is always σ", ForwardAlwaysSigmoid(), "For `.softmax`, layer L is a softmax."),
    Mistake(
      "9.4", "the head is always softmax", ForwardAlwaysSoftmax(),
      "For `.sigmoid`, layer L is σ. Softmax of a single score is 1."),
    Mistake("9.4", "the two heads are exchanged", ForwardHeadsExchanged(), "`.sigmoid` is σ, `.softmax` is softmax."),
    Mistake(
      "9.4", "the hidden g is always ReLU", ForwardAlwaysReLU(), "`hidden` says which g the layers 1 … L − 1 have."),
    Mistake(
      "9.4", "layer 1 has no g", ForwardFirstLinear(), "Layers 1 … L − 1 all have `hidden`: layer 1 computes too."),
    Mistake(
      "9.4", "layer L − 1 has the head's g already", ForwardHeadTooEarly(),
      "Only layer L has it. Counted from 0, the last one is `layers.count - 1`."),
    Mistake(
      "9.4", "the caches come in reverse order", ForwardCachesReversed(),
      "That of layer 1 first: append them as they come."),
    Mistake(
      "9.4", "the last layer's cache is missing", ForwardLastCacheMissing(),
      "L caches: the pass back begins with that one."),
    Mistake(
      "9.4", "the first layer's cache is missing", ForwardFirstCacheMissing(), "L caches, that of layer 1 first."),
    Mistake("9.4", "A is what the last hidden layer gives", ForwardStopsEarly(), "A[L] is what the head gives."),
    Mistake(
      "9.4", "all caches are those of the last layer", ForwardCachesOverwritten(),
      "Each layer has its own: append it to the list."),

    Mistake("9.5", "the sum is not divided by m", CostSum(), "J is the mean over the m examples."),
    Mistake(
      "9.5", "J is the mean over all K·m entries", CostMeanOfAll(),
      "One loss for each example: divide by m, the number of columns."),
    Mistake("9.5", "the mean is halved", CostHalved(), "1/m, and no 2: that ½ belongs to the squared loss."),
    Mistake("9.5", "the minus sign is lost", CostSign(), "log a is negative, a cost is not."),
    Mistake(
      "9.5", "the logarithms have the base 2", CostInBits(),
      "`log` is the natural logarithm, as everywhere in the course."),
    Mistake("9.5", "both heads have σ's cost, with two terms", CostAlwaysSigmoid(), bothTerms),
    Mistake("9.5", "both heads have softmax's cost, with one term", CostAlwaysSoftmax(), bothTerms),
    Mistake("9.5", "the two heads' costs are exchanged", CostHeadsExchanged(), bothTerms),
    Mistake(
      "9.5", "the second term has the wrong sign", CostOneSign(),
      "Both terms have a minus: log(1 − a) is negative too."),
    Mistake("9.5", "no logarithm has a floor", CostWithoutFloor(), floorText + " A cost of 0·(−∞) is NaN."),
    Mistake("9.5", "σ's logarithms have no floor", CostSigmoidWithoutFloor(), floorText + " A cost of 0·(−∞) is NaN."),
    Mistake(
      "9.5", "softmax's logarithm has no floor", CostSoftmaxWithoutFloor(), floorText + " A cost of 0·(−∞) is NaN."),
    Mistake(
      "9.5", "σ's second logarithm has no floor", CostSecondWithoutFloor(),
      "1 − a is 0 as well, where a is 1: `log(max(1 - A, logFloor))`."),
    Mistake("9.5", "the floor is 1e-7", CostFloorLarge(), "The course's floor is `logFloor`, 2⁻⁵⁰."),
    Mistake("9.5", "the floor is 1e-12", CostFloorMiddle(), "The course's floor is `logFloor`, 2⁻⁵⁰."),
    Mistake("9.5", "the floor is 1e-15", CostFloorOther(), "The course's floor is `logFloor`, 2⁻⁵⁰."),
    Mistake(
      "9.5", "`logFloor` is added to the argument", CostFloorAdded(),
      "That is another number for every small a. The floor only holds the argument up: `max(A, logFloor)`."),
    Mistake(
      "9.5", "J is 0, whatever the probabilities", CostFloorOutside(),
      "`max(log(A), logFloor)` gives `logFloor`, for log a is never above 0. The floor belongs inside: `log(max(A, logFloor))`."
    ),
    Mistake(
      "9.5", "A and Y are exchanged", CostExchanged(),
      "The labels are the factors; the logarithms are those of the probabilities."),
    Mistake("9.5", "J is the mean of ½(a − y)²", CostSquared(), "The cost is the cross-entropy, with logarithms."),

    Mistake("9.6", "1/m is left out of dW", DWNotAveraged(), "J is a mean, and so is dW: dZ A_prevᵀ/m."),
    Mistake("9.6", "1/m is left out of db", DBNotAveraged(), "J is a mean, and so is db: Σ dZ/m."),
    Mistake("9.6", "1/m is left out of dW and db", BothNotAveraged(), "J is a mean: divide both by m."),
    Mistake(
      "9.6", "dA_prev is divided by m", DAAveraged(),
      "Only dW and db have 1/m. With one here, another 1/m would come in with every layer below."),
    Mistake("9.6", "1/m is there twice in dW and db", AveragedTwice(), "Once is enough: dZ is without it."),
    Mistake(
      "9.6", "dW and db are divided by m − 1", DividedByLess(),
      "J is the sum divided by m, and nothing is estimated: 1/m."),
    Mistake(
      "9.6", "dW and db are divided by n_(l−1)", DividedByInputs(),
      "m is the number of examples, of columns: `dZ.columns`."),
    Mistake(
      "9.6", "dW and db are divided by n_l", DividedByUnits(), "m is the number of examples, of columns: `dZ.columns`."),
    Mistake("9.6", "dW is A_prev dZᵀ/m", DWTransposed(), "dW has W's shape (n_l, n_(l−1)): dZ A_prevᵀ/m."),
    Mistake("9.6", "db is a row", DBRow(), "db has b's shape (n_l, 1): the sum of each row, `rowSums()`."),
    Mistake(
      "9.6", "db is summed over the units", DBWrongAxis(),
      "A bias takes part in all m examples: sum over them, along each row, `rowSums()`."),
    Mistake(
      "9.6", "db is one number for the whole layer", DBTotal(), "Each unit has its own bias: the sum of its row."),
    Mistake(
      "9.6", "db is dZ/m, without the sum", DBNotSummed(), "b stands in all m columns of Z: their gradients add up."),
    Mistake("9.6", "db is the first example's", DBFirst(), "b stands in all m columns of Z: their gradients add up."),
    Mistake(
      "9.6", "the signs of dW and db are turned", ParametersNegative(),
      "The gradient itself; the minus stands in the update (9.9)."),
    Mistake(
      "9.6", "b is added to dA_prev", DAWithBias(), "b shifts Z, and changes nothing in how Z depends on A_prev: Wᵀ dZ."
    ),
    Mistake("9.6", "W stands for dZ in dW", DWOfW(), "dW = dZ A_prevᵀ/m, a product of what came in from both sides."),
    Mistake(
      "9.6", "the sign of dW is turned", DWNegative(),
      "The gradient itself, for W as for b; the minus stands in the update (9.9)."),
    Mistake(
      "9.6", "the sign of db is turned", DBNegative(),
      "The gradient itself, for b as for W; the minus stands in the update (9.9)."),
    Mistake("9.6", "1/m is there twice in dW", DWAveragedTwice(), "Once is enough: dZ is without it."),
    Mistake("9.6", "1/m is there twice in db", DBAveragedTwice(), "Once is enough: dZ is without it."),
    Mistake(
      "9.6", "dW and db are halved", GradientsHalved(),
      "1/m, and no 2: a ½ would belong to a squared loss, and is gone from its derivative too."),
    Mistake("9.6", "dW and db are doubled", GradientsDoubled(), "1/m, and no 2."),
    Mistake("9.6", "db is 0", DBZero(), "db = Σ dZ/m, the sum of each row: `rowSums()`."),
    Mistake(
      "9.6", "every entry of db is the sum over all units", DBTotalRepeated(),
      "Each unit has its own bias: the sum of its own row, `rowSums()`."),
    Mistake(
      "9.6", "dW and db are divided by m − 1 where m is above 1", DividedByLessGuarded(),
      "J is the sum divided by m, and nothing is estimated: 1/m."),

    Mistake("9.7", "g' is left out", SlopeLeftOut(), "dZ = dA ∘ g'(Z): dA passes through g's slope."),
    Mistake("9.7", "dA is left out", UpstreamLeftOut(), "dZ = dA ∘ g'(Z): the slope alone does not know of the cost."),
    Mistake("9.7", "dZ is divided by m", SlopeAveraged(), "dZ and dA are without 1/m: it comes in dW and db."),
    Mistake("9.7", "σ' is taken at A", SigmoidAtA(), "a(1 − a) already is σ'(z); or σ(Z)(1 − σ(Z)), with Z."),
    Mistake("9.7", "σ' is z(1 − z)", SigmoidOfZ(), "σ' = a(1 − a) with a = σ(z): A of the cache."),
    Mistake("9.7", "σ' is 1 − a", SigmoidHalfSlope(), "σ' = a(1 − a)."),
    Mistake("9.7", "σ' is 1 − a²", SigmoidAsTanh(), "That is tanh'. σ' = a(1 − a)."),
    Mistake("9.7", "tanh' is 1 − z²", TanhOfZ(), "tanh' = 1 − a² with a = tanh z: A of the cache."),
    Mistake("9.7", "tanh' is 1 − a", TanhUnsquared(), "tanh' = 1 − a²."),
    Mistake("9.7", "tanh' is a(1 − a)", TanhAsSigmoid(), "That is σ'. tanh' = 1 − a²."),
    Mistake("9.7", "tanh' is taken at A", TanhAtA(), "1 − a² already is tanh'(z); or 1 − tanh²(Z), with Z."),
    Mistake("9.7", "ReLU' is 1 at z = 0", ReLUAtZero(), "The slope on the left, 0: `Z .> 0`."),
    Mistake("9.7", "ReLU' is ½ at z = 0", ReLUHalf(), "The slope on the left, 0: `Z .> 0`."),
    Mistake(
      "9.7", "ReLU is applied to dA", ReLUOfUpstream(),
      "The sign of z decides, not that of da: negative gradients pass too."),
    Mistake("9.7", "dA is multiplied by ReLU itself", ReLUTimesValue(), "By its derivative, 1 or 0: `Z .> 0`."),
    Mistake("9.7", "ReLU' is 0.01 for negative z", ReLULeakySlope(), "That is leaky ReLU. Here it is 0."),
    Mistake("9.7", "ReLU' is left out", ReLULeftOut(), "Where z ≤ 0, a does not move with z: dz is 0."),
    Mistake("9.7", "the identity's derivative is z", IdentityTimesZ(), "a = z rises by 1 for each 1: dZ = dA."),
    Mistake("9.7", "the identity's dZ is 0", IdentityZero(), "a = z rises by 1 for each 1: dZ = dA."),
    Mistake(
      "9.7", "softmax' is a(1 − a)", SoftmaxDiagonal(),
      "Those are only the Jacobian's diagonal entries. Every score moves every probability of its column: a ∘ (da − Σ a da)."
    ),
    Mistake(
      "9.7", "softmax' is left out", SoftmaxPassed(),
      "dA is an arbitrary gradient here: a ∘ (da − Σ a da), column by column."),
    Mistake(
      "9.7", "softmax's dZ is A − dA", SoftmaxMinus(),
      "dA is no label but a gradient. A − Y comes out of −Y/A by the Jacobian: a ∘ (da − Σ a da)."),
    Mistake(
      "9.7", "softmax sums along the rows", SoftmaxRowSums(),
      "The probabilities of one example belong together: `columnSums()`."),
    Mistake(
      "9.7", "softmax sums over all examples", SoftmaxTotal(),
      "The probabilities of one example belong together: `columnSums()`."),
    Mistake(
      "9.7", "softmax lacks the factor a in front", SoftmaxWithoutA(),
      "a ∘ (da − Σ a da): a stands before the brackets too."),
    Mistake("9.7", "softmax's sum is of da alone", SoftmaxUnweighted(), "Each da is weighted with its a: Σ a da."),
    Mistake("9.7", "softmax's dZ has the wrong sign", SoftmaxNegative(), "a ∘ (da − Σ a da), in this order."),
    Mistake(
      "9.7", "every g has ReLU's slope", SlopeAlwaysReLU(),
      "`cache.activation` says which g it was: a switch over five cases."),
    Mistake(
      "9.7", "every g has σ's slope, a(1 − a)", SlopeAlwaysSigmoid(),
      "`cache.activation` says which g it was: a switch over five cases."),
    Mistake("9.7", "σ' is left out", SigmoidPassed(), "dZ = dA ∘ a(1 − a)."),
    Mistake("9.7", "tanh' is left out", TanhPassed(), "dZ = dA ∘ (1 − a²)."),
    Mistake("9.7", "σ' is a(a − 1)", SigmoidNegative(), "σ rises everywhere: its slope a(1 − a) is positive."),
    Mistake("9.7", "σ' is a", SigmoidValue(), "σ' = a(1 − a): both factors."),
    Mistake(
      "9.7", "σ' is computed as e^z/(1 + e^z)²", SigmoidSlopeOverflow(),
      "For z = 1000 that is ∞/∞, NaN: a(1 − a), with A of the cache, is right for all."),
    Mistake("9.7", "ReLU' is −1 for negative z", ReLUSign(), "There a does not move with z: 0. `Z .> 0`."),
    Mistake(
      "9.7", "the identity has ReLU's slope", IdentityReLUSlope(),
      "The identity lets negative scores through too: dZ = dA."),
    Mistake("9.7", "softmax has a plus", SoftmaxPlus(), "a ∘ (da − Σ a da), with a minus."),
    Mistake(
      "9.7", "softmax's sum is subtracted from a da", SoftmaxBrackets(),
      "a stands before the whole bracket: a ∘ (da − Σ a da), and not a ∘ da − Σ a da."),

    Mistake("9.8", "dZ[L] is Y − A[L]", BackwardSign(), "dZ[L] = A[L] − Y. Every gradient below inherits the sign."),
    Mistake(
      "9.8", "dZ[L] is divided by m already", BackwardAveraged(),
      "dZ is without 1/m: 9.6 divides in dW and db. So all of dW and db have 1/m twice."),
    Mistake(
      "9.8", "A[L] − Y goes through the head's derivative", BackwardHeadTwice(),
      "A[L] − Y already is dZ[L]: the head's derivative has cancelled in it. It is not dA[L]."),
    Mistake(
      "9.8", "the pass begins with dA[L], divided by a probability of 0", BackwardByDivision(),
      "0/0 is NaN there. Begin with dZ[L] = A[L] − Y, in which nothing is divided."),
    Mistake(
      "9.8", "dZ[L] is 0 where a probability is exactly 0 or 1", BackwardLosesError(),
      "A wrong and certain answer has the error 1. By way of dA[L] it is lost, as a(1 − a) is 0. Begin with dZ[L] = A[L] − Y."
    ),
    Mistake("9.8", "g' is left out in the hidden layers", BackwardWithoutSlope(), "dZ[l] = dA[l] ∘ g'(Z[l]), by 9.7."),
    Mistake(
      "9.8", "the hidden layers have the head's derivative", BackwardHeadSlope(),
      "Each cache says which g its layer has."),
    Mistake(
      "9.8", "the hidden layers always have ReLU's derivative", BackwardAlwaysReLU(),
      "Each cache says which g its layer has."),
    Mistake(
      "9.8", "the hidden layers always have σ's derivative", BackwardAlwaysSigmoid(),
      "Each cache says which g its layer has."),
    Mistake(
      "9.8", "A[L] − Y is multiplied by A(1 − A)", BackwardTimesSlope(),
      "A[L] − Y already is dZ[L]: the head's derivative has cancelled in it. It is not dA[L]."),
    Mistake(
      "9.8", "dW is computed with Z of the layer below", BackwardFromZ(),
      "dW[l] = dZ[l] A[l−1]ᵀ/m: what went into the layer was A, after g. It is in the linear cache."),
    Mistake(
      "9.8", "the hidden layers always have tanh's derivative", BackwardAlwaysTanh(),
      "Each cache says which g its layer has."),
    Mistake(
      "9.8", "the gradients come in the order of the pass, layer L first", BackwardReversed(),
      "Layer 1 first: turn the list, or insert each at its beginning."),
    Mistake(
      "9.8", "hidden layers' dW and db are computed from dA", BackwardFromDA(),
      "dW[l] = dZ[l] A[l−1]ᵀ/m: from dZ, after g'."),
    Mistake(
      "9.8", "layer 1's dAPrev is 0", BackwardInputZero(),
      "It is the gradient by X, computed as in every layer: Wᵀ dZ."),
    Mistake(
      "9.8", "dAPrev holds the gradient that came in, dA[l]", BackwardShifted(),
      "dAPrev is what the layer hands down: dA[l−1] = W[l]ᵀ dZ[l]."),
    Mistake(
      "9.8", "only layer L has gradients, those below are 0", BackwardLastOnly(),
      "Go on: its dAPrev is the dA of the layer below."),
    Mistake(
      "9.8", "layer 1 has no gradients", BackwardFirstMissing(),
      "L layers, L gradients: the loop ends with layer 1, index 0."),
    Mistake(
      "9.8", "layer L has no gradients", BackwardLastMissing(),
      "L layers, L gradients: the loop begins with layer L, index L − 1."),
    Mistake(
      "9.8", "dZ[L] is Z[L] − Y", BackwardFromScores(),
      "The error is that of the probabilities, A[L] − Y: A of the last cache, after g."),
    Mistake("9.8", "dZ[L] is 2(A[L] − Y)", BackwardDoubled(), "A[L] − Y, and no 2: the cost is the cross-entropy."),
    Mistake("9.8", "dZ[L] is ½(A[L] − Y)", BackwardHalved(), "A[L] − Y, and no ½: the cost is the cross-entropy."),
    Mistake(
      "9.8", "layer L − 1 has the head's derivative", BackwardHeadSlopeBelow(),
      "g' is that of layer l − 1, into which dA goes: the cache of that layer says which g."),
    Mistake(
      "9.8", "g' is there twice in the hidden layers", BackwardSlopeTwice(),
      "Once on the way from dA[l] to dZ[l]: 9.7 does it already."),
    Mistake(
      "9.8", "g' is left out in layer 1", BackwardFirstWithoutSlope(),
      "Layer 1 has g like the other hidden ones: dZ[1] = dA[1] ∘ g'(Z[1])."),
    Mistake(
      "9.8", "dZ holds dA in the hidden layers", BackwardReportsDA(),
      "dW and db are right; but keep dZ[l] = dA[l] ∘ g'(Z[l]) in the result too."),
    Mistake(
      "9.8", "for σ, the pass begins with dA[L], divided by a probability of 0", BackwardSigmoidByDivision(),
      "0/0 is NaN there. Begin with dZ[L] = A[L] − Y, in which nothing is divided."),
    Mistake(
      "9.8", "for softmax, the pass begins with dA[L], divided by a probability of 0", BackwardSoftmaxByDivision(),
      "0/0 is NaN there. Begin with dZ[L] = A[L] − Y, in which nothing is divided."),

    Mistake("9.9", "the step goes uphill", UpdateAscends(), "The gradient points uphill: subtract it."),
    Mistake("9.9", "the rate is left out", UpdateWithoutRate(), "α times the gradient."),
    Mistake("9.9", "b is not updated", UpdateBiasFrozen(), "b ← b − α db, in every layer."),
    Mistake("9.9", "W is not updated", UpdateWeightsFrozen(), "W ← W − α dW, in every layer."),
    Mistake("9.9", "the step in b goes uphill", UpdateBiasAscends(), "b ← b − α db, with a minus, as for W."),
    Mistake(
      "9.9", "only the last layer is updated", UpdateLastOnly(), "Every layer: the gradients came down for that."),
    Mistake("9.9", "the last layer is not updated", UpdateWithoutLast(), "Every layer, from 0 to L − 1."),
    Mistake("9.9", "the first layer is not updated", UpdateWithoutFirst(), "Every layer. Swift counts from 0."),
    Mistake("9.9", "the steps are returned, not the layers", UpdateSteps(), "W − α dW, not −α dW alone."),
    Mistake("9.9", "the gradients are divided by m once more", UpdateAveraged(), "dW and db have their 1/m already."),
    Mistake(
      "9.9", "the layers are returned as they were", UpdateNothing(),
      "A new list, with W − α dW and b − α db in each layer."),

    Mistake("9.10", "the costs are those after each step", CostsAfter(), "`costs` holds J before each step."),
    Mistake(
      "9.10", "the cost after the last step is in the list too", FinalCostAppended(),
      "J before each step: `steps` numbers."),
    Mistake(
      "9.10", "there is one step too many", OneStepMore(), "`0..<steps` has `steps` elements; `0...steps` has one more."
    ),
    Mistake(
      "9.10", "there is one step too few", OneStepLess(), "`0..<steps` has `steps` elements; `1..<steps` has one less."),
    Mistake(
      "9.10", "nothing is computed anew in the loop", PassOnce(),
      "The forward pass belongs inside: with the layers, everything changes."),
    Mistake(
      "9.10", "the gradients are computed only once, at the start", GradientsOnce(),
      "They change with the layers: a backward pass in every step, from that step's caches."),
    Mistake(
      "9.10", "each step starts from the first layers", AlwaysFromStart(),
      "Each step begins where the last one ended: keep the new layers in a `var`."),
    Mistake(
      "9.10", "the first layers are updated in each step, by the newest gradients", UpdatesStart(),
      "The gradients are those of the newest layers, and so these are to be updated: hand `layers` to 9.9, not `start`."
    ),
    Mistake(
      "9.10", "the training stops when the cost rises, without noting that cost", StopsRisingUnnoted(),
      "Exactly `steps` steps and `steps` costs, also when J goes up."),
    Mistake("9.10", "the rate is doubled", TrainDoubled(), "α times the gradient, once for each step."),
    Mistake("9.10", "the layers of the start are returned", ReturnsStart(), "Return those after the last step."),
    Mistake(
      "9.10", "the layers before the last step are returned", ReturnsBeforeLast(), "Return those after the last step."),
    Mistake("9.10", "the step goes uphill", TrainAscends(), "The gradient points uphill: subtract it."),
    Mistake("9.10", "only the last layer learns", TrainLastOnly(), "All layers are updated in each step."),
    Mistake("9.10", "b is never updated", TrainBiasFrozen(), "b ← b − α db in every layer: call 9.9."),
    Mistake(
      "9.10", "a layer is updated before the gradient has passed through it", TrainTooEarly(),
      "dA_prev = Wᵀ dZ needs the W of the forward pass: all gradients first, then all updates."),
    Mistake(
      "9.10", "the gradients are divided by m once more", TrainAveraged(), "dW and db have their 1/m already, from 9.6."
    ),
    Mistake(
      "9.10", "`hidden` is ignored, and ReLU taken", TrainAlwaysReLU(),
      "`hidden` says which g the layers 1 … L − 1 have."),
    Mistake(
      "9.10", "`head` is ignored, and σ taken", TrainAlwaysSigmoid(),
      "`head` says what layer L is, and which cost belongs to it."),
    Mistake("9.10", "the costs are those of the other head", TrainOtherCost(), "`cost` is given `head` as well."),
    Mistake(
      "9.10", "the training stops when the cost rises", StopsRising(), "Exactly `steps` steps, also when J goes up."),
    Mistake(
      "9.10", "the training stops when the cost is small", StopsSmall(),
      "Exactly `steps` steps, however small J is."),
    Mistake(
      "9.10", "the training stops when the cost hardly changes", StopsFlat(),
      "Exactly `steps` steps, however little J changes."),
    Mistake(
      "9.10", "the layers with the lowest cost are returned", ReturnsBest(),
      "Those after the last step, whatever their cost."),

    Mistake("9.11", "a = ½ is class 0", PredictStrict(), "Class 1 where a ≥ ½."),
    Mistake(
      "9.11", "the last of equal probabilities counts", PredictLastOfEquals(),
      "The first of equals: search with `>`, not with `>=`."),
    Mistake(
      "9.11", "σ's output goes through argmax", PredictArgmaxForSigmoid(),
      "It has a single row, so that argmax is always 0: compare with ½."),
    Mistake(
      "9.11", "softmax's class is the first row with a ≥ ½, else 0", PredictHalfForSoftmax(),
      "With many classes the largest probability may be far below ½: argmax."),
    Mistake("9.11", "classes are counted from 1", PredictFromOne(), "They are 0 … K − 1, and 0 or 1 for σ."),
    Mistake(
      "9.11", "softmax's classes are counted from 1", PredictSoftmaxFromOne(), "They are 0 … K − 1, like the rows."),
    Mistake("9.11", "the score is compared with ½", PredictScore(), "a = σ(z) is compared with ½: that is z with 0."),
    Mistake("9.11", "the classes are exchanged", PredictExchanged(), "Class 1 where a ≥ ½: a is the probability of 1."),
    Mistake(
      "9.11", "softmax's class is the least probable one", PredictLeast(),
      "The row of the largest entry, `columnArgmax()`."),
    Mistake(
      "9.11", "softmax's argmax is taken along the rows", PredictRows(),
      "A class for each example, a column: `columnArgmax()`."),
    Mistake(
      "9.11", "`hidden` is ignored, and ReLU taken", PredictAlwaysReLU(),
      "The network is asked with the g that it was trained with."),
    Mistake(
      "9.11", "the hidden layers have no g", PredictLinear(),
      "The network is asked with the g that it was trained with."),
    Mistake(
      "9.11", "`head` is ignored, and σ taken", PredictAlwaysSigmoid(),
      "For `.softmax` it is the argmax of each column."),
  ])

// MARK: - 9.1

/// Layers with another deviation, weights or biases.
private func layers(
  _ sizes: [Int], _ generator: inout SeededGenerator, deviation: (_ nPrev: Int, _ n: Int) -> Double
) -> [Layer] {
  zip(sizes, sizes.dropFirst()).map { nPrev, n in
    Layer(
      W: deviation(nPrev, n) * generator.normal(rows: n, columns: nPrev), b: Matrix(rows: n, columns: 1))
  }
}

private func he(_ nPrev: Int) -> Double { sqrt(2 / Double(nPrev)) }

private struct InitialTransposed: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    reference.initialLayers(sizes: sizes, using: &generator).map { Layer(W: $0.W.T, b: $0.b) }
  }
}

private struct InitialVariance: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { nPrev, _ in 2 / Double(nPrev) }
  }
}

private struct InitialXavier: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { nPrev, _ in sqrt(1 / Double(nPrev)) }
  }
}

private struct InitialSmall: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { _, _ in 0.01 }
  }
}

private struct InitialUnscaled: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { _, _ in 1 }
  }
}

private struct InitialByOutputs: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { _, n in he(n) }
  }
}

private struct InitialGlorot: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { nPrev, n in he(nPrev + n) }
  }
}

private struct InitialByFeatures: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { _, _ in he(sizes[0]) }
  }
}

private struct InitialUniform: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    zip(sizes, sizes.dropFirst()).map { nPrev, n in
      let U = 2 * generator.uniform(rows: n, columns: nPrev) - 1
      return Layer(W: sqrt(3) * he(nPrev) * U, b: Matrix(rows: n, columns: 1))
    }
  }
}

private struct InitialPositive: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    zip(sizes, sizes.dropFirst()).map { nPrev, n in
      Layer(W: he(nPrev) * generator.uniform(rows: n, columns: nPrev), b: Matrix(rows: n, columns: 1))
    }
  }
}

private struct InitialBiases: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    zip(sizes, sizes.dropFirst()).map { nPrev, n in
      Layer(
        W: he(nPrev) * generator.normal(rows: n, columns: nPrev), b: he(nPrev) * generator.normal(rows: n, columns: 1))
    }
  }
}

private struct InitialBiasRow: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    reference.initialLayers(sizes: sizes, using: &generator).map { Layer(W: $0.W, b: $0.b.T) }
  }
}

private struct InitialZeros: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    layers(sizes, &generator) { _, _ in 0 }
  }
}

private struct InitialOwnGenerator: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    var own = SeededGenerator(seed: 1)
    return reference.initialLayers(sizes: sizes, using: &own)
  }
}

private struct InitialCopied: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    var copy = generator
    return reference.initialLayers(sizes: sizes, using: &copy)
  }
}

private struct InitialInputLayer: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    reference.initialLayers(sizes: Array(sizes.prefix(1)) + sizes, using: &generator)
  }
}

private struct InitialLastMissing: DeepNetworkLesson {
  func initialLayers(sizes: [Int], using generator: inout SeededGenerator) -> [Layer] {
    reference.initialLayers(sizes: sizes.dropLast(), using: &generator)
  }
}

// MARK: - 9.2

private struct LinearWithoutBias: DeepNetworkLesson {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward {
    LinearForward(Z: layer.W * APrev, cache: LinearCache(APrev: APrev, layer: layer))
  }
}

private struct LinearMinusBias: DeepNetworkLesson {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward {
    LinearForward(Z: layer.W * APrev - layer.b, cache: LinearCache(APrev: APrev, layer: layer))
  }
}

/// The reference's linear part with something done to it; later steps use the reference's.
private func linear(_ APrev: Matrix, _ layer: Layer, _ change: (inout LinearForward) -> Void) -> LinearForward {
  var forward = reference.linearForward(APrev: APrev, layer: layer)
  change(&forward)
  return forward
}

/// A mistake in the linear part alone, whatever shape it has: 9.3 does not build on it.
private protocol LinearMistake: DeepNetworkLesson {}

extension LinearMistake {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    reference.layerForward(APrev: APrev, layer: layer, activation: activation)
  }
}

private struct LinearTransposed: LinearMistake {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward { linear(APrev, layer) { $0.Z = $0.Z.T } }
}

private struct LinearSigmoid: DeepNetworkLesson {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward {
    linear(APrev, layer) { $0.Z = 1 / (1 + exp(-$0.Z)) }
  }
}

private struct LinearReLU: DeepNetworkLesson {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward { linear(APrev, layer) { $0.Z = max($0.Z, 0) } }
}

private struct LinearAveraged: DeepNetworkLesson {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward {
    linear(APrev, layer) { $0.Z /= Double(APrev.columns) }
  }
}

private struct LinearCachesZ: LinearMistake {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward { linear(APrev, layer) { $0.cache.APrev = $0.Z } }
}

private struct LinearCachesTransposed: LinearMistake {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward { linear(APrev, layer) { $0.cache.APrev = APrev.T } }
}

private struct LinearCachesWT: LinearMistake {
  func linearForward(APrev: Matrix, layer: Layer) -> LinearForward {
    linear(APrev, layer) { $0.cache.layer.W = layer.W.T }
  }
}

// MARK: - 9.3

/// A whole layer with another g.
private func activated(
  _ APrev: Matrix, _ layer: Layer, _ activation: Activation, _ g: (_ Z: Matrix, _ A: Matrix) -> Matrix
) -> LayerForward {
  var forward = reference.layerForward(APrev: APrev, layer: layer, activation: activation)
  forward.A = g(forward.cache.Z, forward.A)
  forward.cache.A = forward.A
  return forward
}

/// A layer in which one g alone is another function.
private func activated(
  _ APrev: Matrix, _ layer: Layer, _ activation: Activation, only wrong: Activation, _ g: (_ Z: Matrix) -> Matrix
) -> LayerForward {
  activated(APrev, layer, activation) { Z, A in activation == wrong ? g(Z) : A }
}

private struct LayerWithoutG: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation) { Z, _ in Z }
  }
}

private struct LayerAlwaysReLU: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation) { Z, _ in max(Z, 0) }
  }
}

private struct LayerAlwaysSigmoid: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation) { Z, _ in 1 / (1 + exp(-Z)) }
  }
}

private struct LayerSoftmaxRows: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .softmax) { Z in
      let E = exp(Z - Z.rowMaxima())
      return E ./ E.rowSums()
    }
  }
}

private struct LayerSoftmaxAll: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .softmax) { Z in
      let E = exp(Z - Z.columnMaxima())
      return E / E.sum()
    }
  }
}

private struct LayerSoftmaxOverflow: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .softmax) { exp($0) ./ exp($0).columnSums() }
  }
}

private struct LayerSoftmaxShift: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .softmax) { Z in
      let E = exp(Z - Z.max())
      return E ./ E.columnSums()
    }
  }
}

private struct LayerSigmoidOverflow: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .sigmoid) { exp($0) ./ (1 + exp($0)) }
  }
}

private struct LayerSigmoidSign: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .sigmoid) { 1 / (1 + exp($0)) }
  }
}

private struct LayerTanhOverflow: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .tanh) { (exp($0) - exp(-$0)) ./ (exp($0) + exp(-$0)) }
  }
}

private struct LayerSigmoidForTanh: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .tanh) { 1 / (1 + exp(-$0)) }
  }
}

private struct LayerTanhForSigmoid: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .sigmoid) { tanh($0) }
  }
}

private struct LayerReLUAbs: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .relu) { abs($0) }
  }
}

private struct LayerReLUMin: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .relu) { min($0, 0) }
  }
}

private struct LayerReLULeaky: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .relu) { max($0, 0.01 * $0) }
  }
}

private struct LayerReLUStep: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .relu) { $0 .> 0 }
  }
}

private struct LayerIdentityReLU: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    activated(APrev, layer, activation, only: .identity) { max($0, 0) }
  }
}

private struct LayerCachesAForZ: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    var forward = reference.layerForward(APrev: APrev, layer: layer, activation: activation)
    forward.cache.Z = forward.A
    return forward
  }
}

private struct LayerCachesZForA: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    var forward = reference.layerForward(APrev: APrev, layer: layer, activation: activation)
    forward.cache.A = forward.cache.Z
    return forward
  }
}

private struct LayerCachesAForAPrev: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    var forward = reference.layerForward(APrev: APrev, layer: layer, activation: activation)
    forward.cache.linear.APrev = forward.A
    return forward
  }

  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    // dW comes out with n_l columns: whatever is built on it does not fit.
    forward.caches.map { cache in
      let dZ = 0 * cache.A
      let dW = dZ * cache.linear.APrev.T
      return LayerGradients(dZ: dZ, dW: dW, db: dZ.rowSums(), dAPrev: cache.linear.layer.W.T * dZ)
    }
  }

  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] { layers }
}

private struct LayerCachesReLU: DeepNetworkLesson {
  func layerForward(APrev: Matrix, layer: Layer, activation: Activation) -> LayerForward {
    var forward = reference.layerForward(APrev: APrev, layer: layer, activation: activation)
    forward.cache.activation = .relu
    return forward
  }
}

// MARK: - 9.4

/// A forward pass in which layer l of L has the g that is said of it.
private func forwardPass(
  _ X: Matrix, _ layers: [Layer], g: (_ l: Int, _ L: Int) -> Activation
) -> NetworkForward {
  var A = X
  var caches: [LayerCache] = []
  for (k, layer) in layers.enumerated() {
    let step = reference.layerForward(APrev: A, layer: layer, activation: g(k + 1, layers.count))
    A = step.A
    caches.append(step.cache)
  }
  return NetworkForward(A: A, caches: caches)
}

private func function(of head: Head) -> Activation { head == .sigmoid ? .sigmoid : .softmax }

private struct ForwardHiddenLast: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    forwardPass(X, layers) { _, _ in hidden }
  }
}

private struct ForwardLinearLast: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    forwardPass(X, layers) { l, L in l < L ? hidden : .identity }
  }
}

private struct ForwardHeadEverywhere: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    forwardPass(X, layers) { _, _ in function(of: head) }
  }
}

private struct ForwardAlwaysSigmoid: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    reference.forward(X: X, layers: layers, hidden: hidden, head: .sigmoid)
  }
}

private struct ForwardAlwaysSoftmax: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    reference.forward(X: X, layers: layers, hidden: hidden, head: .softmax)
  }
}

private struct ForwardHeadsExchanged: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    reference.forward(X: X, layers: layers, hidden: hidden, head: head == .sigmoid ? .softmax : .sigmoid)
  }
}

private struct ForwardAlwaysReLU: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    reference.forward(X: X, layers: layers, hidden: .relu, head: head)
  }
}

private struct ForwardFirstLinear: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    forwardPass(X, layers) { l, L in l == L ? function(of: head) : l == 1 ? .identity : hidden }
  }
}

private struct ForwardHeadTooEarly: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    forwardPass(X, layers) { l, L in l >= L - 1 ? function(of: head) : hidden }
  }
}

private struct ForwardCachesReversed: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    var forward = reference.forward(X: X, layers: layers, hidden: hidden, head: head)
    forward.caches.reverse()
    return forward
  }

  // Matrices would not fit.
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    reference.backward(Y: Y, forward: NetworkForward(A: forward.A, caches: forward.caches.reversed()))
  }
}

private struct ForwardLastCacheMissing: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    var forward = reference.forward(X: X, layers: layers, hidden: hidden, head: head)
    forward.caches = forward.caches.dropLast()
    return forward
  }

  // Matrices would not fit.
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] { [] }
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] { layers }
}

private struct ForwardFirstCacheMissing: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    var forward = reference.forward(X: X, layers: layers, hidden: hidden, head: head)
    forward.caches = Array(forward.caches.dropFirst())
    return forward
  }

  // The layers would not fit their gradients.
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] { layers }
}

private struct ForwardStopsEarly: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    var forward = reference.forward(X: X, layers: layers, hidden: hidden, head: head)
    forward.A = forward.caches.last?.linear.APrev ?? X
    return forward
  }

  // Matrices would not fit.
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    A.rows == Y.rows ? reference.cost(A: A, Y: Y, head: head) : .nan
  }
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] { [] }
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] { layers }
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] { [] }
}

private struct ForwardCachesOverwritten: DeepNetworkLesson {
  func forward(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> NetworkForward {
    var forward = reference.forward(X: X, layers: layers, hidden: hidden, head: head)
    if let last = forward.caches.last { forward.caches = forward.caches.map { _ in last } }
    return forward
  }

  // Matrices would not fit.
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] { [] }
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] { layers }
}

// MARK: - 9.5

/// A cost of the usual form with other parts.
private func crossEntropy(
  _ A: Matrix, _ Y: Matrix, _ head: Head, second: Double = 1, _ logarithm: (Matrix) -> Matrix
) -> Double {
  let m = Double(A.columns)
  switch head {
  case .sigmoid: return (-Y .* logarithm(A) - second * ((1 - Y) .* logarithm(1 - A))).sum() / m
  case .softmax: return -(Y .* logarithm(A)).sum() / m
  }
}

private func floored(_ A: Matrix) -> Matrix { log(max(A, logFloor)) }

private struct CostSum: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    Double(A.columns) * reference.cost(A: A, Y: Y, head: head)
  }
}

private struct CostMeanOfAll: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { reference.cost(A: A, Y: Y, head: head) / Double(A.rows) }
}

private struct CostHalved: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { reference.cost(A: A, Y: Y, head: head) / 2 }
}

private struct CostSign: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { -reference.cost(A: A, Y: Y, head: head) }
}

private struct CostInBits: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { reference.cost(A: A, Y: Y, head: head) / log(2) }
}

private struct CostAlwaysSigmoid: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { reference.cost(A: A, Y: Y, head: .sigmoid) }
}

private struct CostAlwaysSoftmax: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { reference.cost(A: A, Y: Y, head: .softmax) }
}

private struct CostHeadsExchanged: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    reference.cost(A: A, Y: Y, head: head == .sigmoid ? .softmax : .sigmoid)
  }
}

private struct CostOneSign: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { crossEntropy(A, Y, head, second: -1, floored) }
}

private struct CostWithoutFloor: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { crossEntropy(A, Y, head) { log($0) } }
}

private struct CostSigmoidWithoutFloor: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    crossEntropy(A, Y, head) { head == .sigmoid ? log($0) : floored($0) }
  }
}

private struct CostSoftmaxWithoutFloor: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    crossEntropy(A, Y, head) { head == .softmax ? log($0) : floored($0) }
  }
}

private struct CostSecondWithoutFloor: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double {
    if head == .softmax { return reference.cost(A: A, Y: Y, head: head) }
    return (-Y .* floored(A) - (1 - Y) .* log(1 - A)).sum() / Double(A.columns)
  }
}

private struct CostFloorLarge: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { crossEntropy(A, Y, head) { log(max($0, 1e-7)) } }
}

private struct CostFloorMiddle: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { crossEntropy(A, Y, head) { log(max($0, 1e-12)) } }
}

private struct CostFloorOther: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { crossEntropy(A, Y, head) { log(max($0, 1e-15)) } }
}

private struct CostFloorAdded: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { crossEntropy(A, Y, head) { log($0 + logFloor) } }
}

private struct CostFloorOutside: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { crossEntropy(A, Y, head) { max(log($0), logFloor) } }
}

private struct CostExchanged: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { reference.cost(A: Y, Y: A, head: head) }
}

private struct CostSquared: DeepNetworkLesson {
  func cost(A: Matrix, Y: Matrix, head: Head) -> Double { pow(A - Y, 2).sum() / (2 * Double(A.columns)) }
}

// MARK: - 9.6

/// The reference's gradients with something done to them.
private func changed(
  _ dZ: Matrix, _ cache: LinearCache, _ change: (inout LinearBackward) -> Void
) -> LinearBackward {
  var g = reference.linearBackward(dZ: dZ, cache: cache)
  change(&g)
  return g
}

/// Gradients of another shape, which the steps that build on them could not use.
private protocol ShapeMistake: DeepNetworkLesson {}

extension ShapeMistake {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] { layers }
}

private struct DWNotAveraged: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.dW *= Double(dZ.columns) }
  }
}

private struct DBNotAveraged: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db *= Double(dZ.columns) }
  }
}

private struct BothNotAveraged: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= Double(dZ.columns)
      $0.db *= Double(dZ.columns)
    }
  }
}

private struct DAAveraged: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.dAPrev /= Double(dZ.columns) }
  }
}

private struct AveragedTwice: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= 1 / Double(dZ.columns)
      $0.db *= 1 / Double(dZ.columns)
    }
  }
}

private struct DividedByLess: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= Double(dZ.columns) / Double(dZ.columns - 1)
      $0.db *= Double(dZ.columns) / Double(dZ.columns - 1)
    }
  }
}

private struct DividedByInputs: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= Double(dZ.columns) / Double(cache.APrev.rows)
      $0.db *= Double(dZ.columns) / Double(cache.APrev.rows)
    }
  }
}

private struct DividedByUnits: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= Double(dZ.columns) / Double(dZ.rows)
      $0.db *= Double(dZ.columns) / Double(dZ.rows)
    }
  }
}

private struct DWTransposed: ShapeMistake {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.dW = $0.dW.T }
  }
}

private struct DBRow: ShapeMistake {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db = $0.db.T }
  }
}

private struct DBWrongAxis: ShapeMistake {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db = dZ.columnSums() / Double(dZ.columns) }
  }
}

private struct DBTotal: ShapeMistake {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db = Matrix(rows: 1, columns: 1, repeating: dZ.sum() / Double(dZ.columns)) }
  }
}

private struct DBNotSummed: ShapeMistake {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db = dZ / Double(dZ.columns) }
  }
}

private struct DBFirst: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db = dZ.column(0) / Double(dZ.columns) }
  }
}

private struct ParametersNegative: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= -1
      $0.db *= -1
    }
  }
}

private struct DAWithBias: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.dAPrev = cache.layer.W.T * (dZ + cache.layer.b) }
  }
}

private struct DWOfW: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.dW = cache.layer.W * (cache.APrev * cache.APrev.T) / Double(dZ.columns) }
  }
}

private struct DWNegative: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.dW *= -1 }
  }
}

private struct DBNegative: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db *= -1 }
  }
}

private struct DWAveragedTwice: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.dW /= Double(dZ.columns) }
  }
}

private struct DBAveragedTwice: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db /= Double(dZ.columns) }
  }
}

private struct GradientsHalved: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= 0.5
      $0.db *= 0.5
    }
  }
}

private struct GradientsDoubled: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      $0.dW *= 2
      $0.db *= 2
    }
  }
}

private struct DBZero: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db = Matrix(rows: dZ.rows, columns: 1) }
  }
}

private struct DBTotalRepeated: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) { $0.db = Matrix(rows: dZ.rows, columns: 1, repeating: dZ.sum() / Double(dZ.columns)) }
  }
}

private struct DividedByLessGuarded: DeepNetworkLesson {
  func linearBackward(dZ: Matrix, cache: LinearCache) -> LinearBackward {
    changed(dZ, cache) {
      let m = Double(dZ.columns)
      $0.dW *= m / max(1, m - 1)
      $0.db *= m / max(1, m - 1)
    }
  }
}

// MARK: - 9.7

/// A backward in which one g alone has another dZ.
private func backwardOnly(
  _ dA: Matrix, _ cache: LayerCache, _ wrong: Activation, _ dZ: (_ Z: Matrix, _ A: Matrix) -> Matrix
) -> Matrix {
  cache.activation == wrong ? dZ(cache.Z, cache.A) : reference.activationBackward(dA: dA, cache: cache)
}

private struct SlopeLeftOut: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    dA
  }
}

private struct UpstreamLeftOut: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    cache.activation == .softmax
      ? reference.activationBackward(
        dA: Matrix.identity(dA.rows).columns(at: [Int](repeating: 0, count: dA.columns)), cache: cache)
      : reference.activationBackward(dA: Matrix(rows: dA.rows, columns: dA.columns, repeating: 1), cache: cache)
  }
}

private struct SlopeAveraged: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    reference.activationBackward(dA: dA, cache: cache) / Double(dA.columns)
  }
}

private struct SigmoidAtA: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { _, A in
      let a = 1 / (1 + exp(-A))
      return dA .* a .* (1 - a)
    }
  }
}

private struct SigmoidOfZ: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { Z, _ in dA .* Z .* (1 - Z) }
  }
}

private struct SigmoidHalfSlope: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { _, A in dA .* (1 - A) }
  }
}

private struct SigmoidAsTanh: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { _, A in dA .* (1 - A .* A) }
  }
}

private struct TanhOfZ: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .tanh) { Z, _ in dA .* (1 - Z .* Z) }
  }
}

private struct TanhUnsquared: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .tanh) { _, A in dA .* (1 - A) }
  }
}

private struct TanhAsSigmoid: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .tanh) { _, A in dA .* A .* (1 - A) }
  }
}

private struct TanhAtA: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .tanh) { _, A in dA .* (1 - pow(tanh(A), 2)) }
  }
}

private struct ReLUAtZero: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .relu) { Z, _ in dA .* (Z .>= 0) }
  }
}

private struct ReLUHalf: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .relu) { Z, _ in dA .* ((Z .> 0) + 0.5 * (Z .== 0)) }
  }
}

private struct ReLUOfUpstream: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .relu) { _, _ in max(dA, 0) }
  }
}

private struct ReLUTimesValue: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .relu) { _, A in dA .* A }
  }
}

private struct ReLULeakySlope: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .relu) { Z, _ in dA .* ((Z .> 0) + 0.01 * (Z .<= 0)) }
  }
}

private struct ReLULeftOut: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .relu) { _, _ in dA }
  }
}

private struct IdentityTimesZ: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .identity) { Z, _ in dA .* Z }
  }
}

private struct IdentityZero: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .identity) { _, _ in 0 * dA }
  }
}

private struct SoftmaxDiagonal: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in dA .* A .* (1 - A) }
  }
}

private struct SoftmaxPassed: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, _ in dA }
  }
}

private struct SoftmaxMinus: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in A - dA }
  }
}

private struct SoftmaxRowSums: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in A .* (dA - (A .* dA).rowSums()) }
  }
}

private struct SoftmaxTotal: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in A .* (dA - (A .* dA).sum()) }
  }
}

private struct SoftmaxWithoutA: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in dA - (A .* dA).columnSums() }
  }
}

private struct SoftmaxUnweighted: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in A .* (dA - dA.columnSums()) }
  }
}

private struct SoftmaxNegative: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in A .* ((A .* dA).columnSums() - dA) }
  }
}

private struct SlopeAlwaysReLU: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    dA .* (cache.Z .> 0)
  }
}

private struct SlopeAlwaysSigmoid: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    dA .* cache.A .* (1 - cache.A)
  }
}

private struct SigmoidPassed: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { _, _ in dA }
  }
}

private struct TanhPassed: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .tanh) { _, _ in dA }
  }
}

private struct SigmoidNegative: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { _, A in dA .* A .* (A - 1) }
  }
}

private struct SigmoidValue: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { _, A in dA .* A }
  }
}

private struct SigmoidSlopeOverflow: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .sigmoid) { Z, _ in dA .* exp(Z) ./ pow(1 + exp(Z), 2) }
  }
}

private struct ReLUSign: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .relu) { Z, _ in dA .* ((Z .> 0) - (Z .< 0)) }
  }
}

private struct IdentityReLUSlope: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .identity) { Z, _ in dA .* (Z .> 0) }
  }
}

private struct SoftmaxPlus: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in A .* (dA + (A .* dA).columnSums()) }
  }
}

private struct SoftmaxBrackets: DeepNetworkLesson {
  func activationBackward(dA: Matrix, cache: LayerCache) -> Matrix {
    backwardOnly(dA, cache, .softmax) { _, A in A .* dA - (A .* dA).columnSums() }
  }
}

// MARK: - 9.8

/// The pass back with another beginning, or another way through g in the hidden layers.
private func passBack(
  _ Y: Matrix, _ forward: NetworkForward, from start: Matrix? = nil,
  through g: (_ dA: Matrix, _ cache: LayerCache) -> Matrix = { reference.activationBackward(dA: $0, cache: $1) }
) -> [LayerGradients] {
  var gradients: [LayerGradients] = []
  var dZ = start ?? forward.A - Y
  for (k, cache) in forward.caches.enumerated().reversed() {
    let linear = reference.linearBackward(dZ: dZ, cache: cache.linear)
    gradients.insert(LayerGradients(dZ: dZ, dW: linear.dW, db: linear.db, dAPrev: linear.dAPrev), at: 0)
    if k > 0 { dZ = g(linear.dAPrev, forward.caches[k - 1]) }
  }
  return gradients
}

/// A hidden layer's cache that says another g.
private func slope(_ dA: Matrix, _ cache: LayerCache, _ activation: Activation) -> Matrix {
  var cache = cache
  cache.activation = activation
  return reference.activationBackward(dA: dA, cache: cache)
}

private struct BackwardSign: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward, from: Y - forward.A)
  }
}

private struct BackwardAveraged: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward, from: (forward.A - Y) / Double(Y.columns))
  }
}

private struct BackwardHeadTwice: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    guard let last = forward.caches.last else { return [] }
    return passBack(Y, forward, from: reference.activationBackward(dA: forward.A - Y, cache: last))
  }
}

private struct BackwardByDivision: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    guard let last = forward.caches.last else { return [] }
    let A = forward.A
    let dA = last.activation == .softmax ? -Y ./ A : (1 - Y) ./ (1 - A) - Y ./ A
    return passBack(Y, forward, from: reference.activationBackward(dA: dA, cache: last))
  }
}

private struct BackwardLosesError: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    guard let last = forward.caches.last else { return [] }
    let A = max(forward.A, logFloor)
    let dA = last.activation == .softmax ? -Y ./ A : (1 - Y) ./ max(1 - forward.A, logFloor) - Y ./ A
    return passBack(Y, forward, from: reference.activationBackward(dA: dA, cache: last))
  }
}

private struct BackwardWithoutSlope: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward) { dA, _ in dA }
  }
}

private struct BackwardHeadSlope: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward) { dA, cache in
      slope(dA, cache, forward.caches.last?.activation ?? cache.activation)
    }
  }
}

private struct BackwardAlwaysReLU: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward) { slope($0, $1, .relu) }
  }
}

private struct BackwardAlwaysSigmoid: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward) { slope($0, $1, .sigmoid) }
  }
}

private struct BackwardTimesSlope: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward, from: (forward.A - Y) .* forward.A .* (1 - forward.A))
  }
}

private struct BackwardFromZ: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    var gradients = passBack(Y, forward)
    for k in gradients.indices.dropFirst() {
      gradients[k].dW = gradients[k].dZ * forward.caches[k - 1].Z.T / Double(Y.columns)
    }
    return gradients
  }
}

private struct BackwardAlwaysTanh: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward) { slope($0, $1, .tanh) }
  }
}

private struct BackwardReversed: ShapeMistake {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward).reversed()
  }
}

private struct BackwardFromDA: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    var gradients = passBack(Y, forward)
    for k in gradients.indices.dropLast() {
      let linear = reference.linearBackward(dZ: gradients[k + 1].dAPrev, cache: forward.caches[k].linear)
      gradients[k].dW = linear.dW
      gradients[k].db = linear.db
    }
    return gradients
  }
}

private struct BackwardInputZero: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    var gradients = passBack(Y, forward)
    if !gradients.isEmpty { gradients[0].dAPrev *= 0 }
    return gradients
  }
}

private struct BackwardShifted: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    let gradients = passBack(Y, forward)
    return gradients.indices.map { k in
      var g = gradients[k]
      g.dAPrev = k + 1 < gradients.count ? gradients[k + 1].dAPrev : g.dZ
      return g
    }
  }
}

private struct BackwardLastOnly: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward) { dA, _ in 0 * dA }
  }
}

private struct BackwardFirstMissing: ShapeMistake {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    Array(passBack(Y, forward).dropFirst())
  }
}

private struct BackwardLastMissing: ShapeMistake {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward).dropLast()
  }
}

private struct BackwardFromScores: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward, from: forward.caches.last.map { $0.Z - Y })
  }
}

private struct BackwardDoubled: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward, from: 2 * (forward.A - Y))
  }
}

private struct BackwardHalved: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward, from: 0.5 * (forward.A - Y))
  }
}

private struct BackwardHeadSlopeBelow: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    var caches = forward.caches
    if caches.count > 1 { caches[caches.count - 2].activation = caches[caches.count - 1].activation }
    return passBack(Y, NetworkForward(A: forward.A, caches: caches))
  }
}

private struct BackwardSlopeTwice: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    passBack(Y, forward) { dA, cache in
      reference.activationBackward(dA: reference.activationBackward(dA: dA, cache: cache), cache: cache)
    }
  }
}

private struct BackwardFirstWithoutSlope: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    var caches = forward.caches
    if caches.count > 1 { caches[0].activation = .identity }
    return passBack(Y, NetworkForward(A: forward.A, caches: caches))
  }
}

private struct BackwardReportsDA: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    var gradients = passBack(Y, forward)
    for k in gradients.indices.dropLast() { gradients[k].dZ = gradients[k + 1].dAPrev }
    return gradients
  }
}

private struct BackwardSigmoidByDivision: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    guard let last = forward.caches.last, last.activation == .sigmoid else { return passBack(Y, forward) }
    let dA = (1 - Y) ./ (1 - forward.A) - Y ./ forward.A
    return passBack(Y, forward, from: reference.activationBackward(dA: dA, cache: last))
  }
}

private struct BackwardSoftmaxByDivision: DeepNetworkLesson {
  func backward(Y: Matrix, forward: NetworkForward) -> [LayerGradients] {
    guard let last = forward.caches.last, last.activation == .softmax else { return passBack(Y, forward) }
    return passBack(Y, forward, from: reference.activationBackward(dA: -Y ./ forward.A, cache: last))
  }
}

// MARK: - 9.9

/// The new layers, each from the old one, its gradients and its index.
private func updated(
  _ layers: [Layer], _ gradients: [LayerGradients], _ update: (Layer, LayerGradients, Int) -> Layer
) -> [Layer] {
  zip(layers, gradients).enumerated().map { update($1.0, $1.1, $0) }
}

private struct UpdateAscends: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, _ in
      Layer(W: layer.W + rate * g.dW, b: layer.b + rate * g.db)
    }
  }
}

private struct UpdateWithoutRate: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, _ in
      Layer(W: layer.W - g.dW, b: layer.b - g.db)
    }
  }
}

private struct UpdateBiasFrozen: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, _ in
      Layer(W: layer.W - rate * g.dW, b: layer.b)
    }
  }
}

private struct UpdateWeightsFrozen: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, _ in
      Layer(W: layer.W, b: layer.b - rate * g.db)
    }
  }
}

private struct UpdateBiasAscends: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, _ in
      Layer(W: layer.W - rate * g.dW, b: layer.b + rate * g.db)
    }
  }
}

private struct UpdateLastOnly: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, k in
      k == layers.count - 1 ? Layer(W: layer.W - rate * g.dW, b: layer.b - rate * g.db) : layer
    }
  }
}

private struct UpdateWithoutLast: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, k in
      k < layers.count - 1 ? Layer(W: layer.W - rate * g.dW, b: layer.b - rate * g.db) : layer
    }
  }
}

private struct UpdateWithoutFirst: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, k in
      k > 0 ? Layer(W: layer.W - rate * g.dW, b: layer.b - rate * g.db) : layer
    }
  }
}

private struct UpdateSteps: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { _, g, _ in
      Layer(W: -rate * g.dW, b: -rate * g.db)
    }
  }
}

private struct UpdateAveraged: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    updated(layers, gradients) { layer, g, _ in
      let m = Double(g.dZ.columns)
      return Layer(W: layer.W - rate / m * g.dW, b: layer.b - rate / m * g.db)
    }
  }
}

private struct UpdateNothing: DeepNetworkLesson {
  func update(_ layers: [Layer], gradients: [LayerGradients], rate: Double) -> [Layer] {
    layers
  }
}

// MARK: - 9.10

/// What a training is given, and gradient descent with parts of it exchanged.
private struct Descent {
  var X: Matrix, Y: Matrix, start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int

  func pass(_ layers: [Layer]) -> NetworkForward {
    reference.forward(X: X, layers: layers, hidden: hidden, head: head)
  }
  func cost(_ layers: [Layer]) -> Double { reference.cost(A: pass(layers).A, Y: Y, head: head) }
  func gradients(_ layers: [Layer]) -> [LayerGradients] { reference.backward(Y: Y, forward: pass(layers)) }
  func step(_ layers: [Layer]) -> [Layer] {
    reference.update(layers, gradients: gradients(layers), rate: rate)
  }

  func run(
    steps: Int? = nil, step: ((_ layers: [Layer]) -> [Layer])? = nil, stop: ((_ costs: [Double]) -> Bool)? = nil
  ) -> NetworkTraining {
    var layers = start
    var costs: [Double] = []
    for _ in 0..<max(0, steps ?? self.steps) {
      costs.append(cost(layers))
      if let stop, stop(costs) { break }
      layers = (step ?? self.step)(layers)
    }
    return NetworkTraining(layers: layers, costs: costs)
  }
}

private struct CostsAfter: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var training = descent.run()
    training.costs = Array(training.costs.dropFirst()) + (steps > 0 ? [descent.cost(training.layers)] : [])
    return training
  }
}

private struct FinalCostAppended: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var training = descent.run()
    training.costs.append(descent.cost(training.layers))
    return training
  }
}

private struct OneStepMore: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run(steps: steps + 1)
  }
}

private struct OneStepLess: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run(steps: steps - 1)
  }
}

private struct PassOnce: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    let gradients = descent.gradients(start)
    var training = descent.run { reference.update($0, gradients: gradients, rate: rate) }
    training.costs = training.costs.map { _ in training.costs[0] }
    return training
  }
}

private struct GradientsOnce: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    let gradients = descent.gradients(start)
    return descent.run { reference.update($0, gradients: gradients, rate: rate) }
  }
}

private struct AlwaysFromStart: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run { _ in descent.step(start) }
  }
}

private struct ReturnsStart: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return NetworkTraining(layers: start, costs: descent.run().costs)
  }
}

private struct ReturnsBeforeLast: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return NetworkTraining(layers: descent.run(steps: steps - 1).layers, costs: descent.run().costs)
  }
}

private struct TrainAscends: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var uphill = descent
    uphill.rate = -rate
    return uphill.run()
  }
}

private struct TrainLastOnly: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run { layers in layers.dropLast() + descent.step(layers).suffix(1) }
  }
}

private struct TrainBiasFrozen: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run { layers in
      zip(layers, descent.step(layers)).map { Layer(W: $1.W, b: $0.b) }
    }
  }
}

private struct TrainTooEarly: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run { layers in
      let forward = descent.pass(layers)
      var new = layers
      var dZ = forward.A - Y
      for (k, cache) in forward.caches.enumerated().reversed() {
        let g = reference.linearBackward(dZ: dZ, cache: cache.linear)
        new[k] = Layer(W: new[k].W - rate * g.dW, b: new[k].b - rate * g.db)
        if k > 0 { dZ = reference.activationBackward(dA: new[k].W.T * dZ, cache: forward.caches[k - 1]) }
      }
      return new
    }
  }
}

private struct TrainAveraged: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    Descent(
      X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate / Double(X.columns), steps: steps
    ).run()
  }
}

private struct TrainAlwaysReLU: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var other = descent
    other.hidden = .relu
    return other.run()
  }
}

private struct TrainAlwaysSigmoid: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var other = descent
    other.head = .sigmoid
    return other.run()
  }
}

private struct TrainOtherCost: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var training = descent.run()
    var layers = start
    for k in training.costs.indices {
      training.costs[k] = reference.cost(A: descent.pass(layers).A, Y: Y, head: head == .sigmoid ? .softmax : .sigmoid)
      layers = descent.step(layers)
    }
    return training
  }
}

private struct StopsRising: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run(stop: { $0.count > 1 && $0[$0.count - 1] > $0[$0.count - 2] })
  }
}

private struct StopsSmall: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run(stop: { $0[$0.count - 1] < 0.01 })
  }
}

private struct StopsFlat: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run(stop: { $0.count > 1 && abs($0[$0.count - 1] - $0[$0.count - 2]) < 1e-6 })
  }
}

private struct ReturnsBest: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var training = descent.run()
    var layers = start
    var best = Double.infinity
    for step in 0...steps {
      let cost = descent.cost(layers)
      if cost < best {
        best = cost
        training.layers = layers
      }
      if step < steps { layers = descent.step(layers) }
    }
    return training
  }
}

private struct UpdatesStart: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    return descent.run { reference.update(start, gradients: descent.gradients($0), rate: rate) }
  }
}

private struct StopsRisingUnnoted: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    let descent = Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: rate, steps: steps)
    var training = descent.run(stop: { $0.count > 1 && $0[$0.count - 1] > $0[$0.count - 2] })
    let costs = training.costs
    if costs.count > 1, costs[costs.count - 1] > costs[costs.count - 2] { training.costs.removeLast() }
    return training
  }
}

private struct TrainDoubled: DeepNetworkLesson {
  func train(
    X: Matrix, Y: Matrix, from start: [Layer], hidden: Activation, head: Head, rate: Double, steps: Int
  ) -> NetworkTraining {
    Descent(X: X, Y: Y, start: start, hidden: hidden, head: head, rate: 2 * rate, steps: steps).run()
  }
}

// MARK: - 9.11

private struct PredictStrict: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = reference.forward(X: X, layers: layers, hidden: hidden, head: head).A
    return head == .sigmoid ? A.elements.map { $0 > 0.5 ? 1 : 0 } : A.columnArgmax()
  }
}

private struct PredictLastOfEquals: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = reference.forward(X: X, layers: layers, hidden: hidden, head: head).A
    if head == .sigmoid { return A.elements.map { $0 >= 0.5 ? 1 : 0 } }
    let reversed = A.rows(at: Array((0..<A.rows).reversed()))
    return reversed.columnArgmax().map { A.rows - 1 - $0 }
  }
}

private struct PredictArgmaxForSigmoid: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = reference.forward(X: X, layers: layers, hidden: hidden, head: head).A
    return A.columnArgmax()
  }
}

private struct PredictHalfForSoftmax: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = reference.forward(X: X, layers: layers, hidden: hidden, head: head).A
    if head == .sigmoid { return A.elements.map { $0 >= 0.5 ? 1 : 0 } }
    return (0..<A.columns).map { i in A.column(i).elements.firstIndex { $0 >= 0.5 } ?? 0 }
  }
}

private struct PredictFromOne: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    reference.predict(X: X, layers: layers, hidden: hidden, head: head).map { $0 + 1 }
  }
}

private struct PredictSoftmaxFromOne: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    reference.predict(X: X, layers: layers, hidden: hidden, head: head).map { head == .softmax ? $0 + 1 : $0 }
  }
}

private struct PredictScore: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    if head == .softmax { return reference.predict(X: X, layers: layers, hidden: hidden, head: head) }
    let Z = reference.forward(X: X, layers: layers, hidden: hidden, head: head).caches.last?.Z ?? X
    return Z.elements.map { $0 >= 0.5 ? 1 : 0 }
  }
}

private struct PredictExchanged: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let classes = reference.predict(X: X, layers: layers, hidden: hidden, head: head)
    return head == .sigmoid ? classes.map { 1 - $0 } : classes
  }
}

private struct PredictLeast: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = reference.forward(X: X, layers: layers, hidden: hidden, head: head).A
    return head == .sigmoid ? A.elements.map { $0 >= 0.5 ? 1 : 0 } : (-A).columnArgmax()
  }
}

private struct PredictRows: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = reference.forward(X: X, layers: layers, hidden: hidden, head: head).A
    return head == .sigmoid ? A.elements.map { $0 >= 0.5 ? 1 : 0 } : A.rowArgmax()
  }
}

private struct PredictAlwaysReLU: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    reference.predict(X: X, layers: layers, hidden: .relu, head: head)
  }
}

private struct PredictLinear: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    reference.predict(X: X, layers: layers, hidden: .identity, head: head)
  }
}

private struct PredictAlwaysSigmoid: DeepNetworkLesson {
  func predict(X: Matrix, layers: [Layer], hidden: Activation, head: Head) -> [Int] {
    let A = reference.forward(X: X, layers: layers, hidden: hidden, head: .sigmoid).A
    return A.elements.map { $0 >= 0.5 ? 1 : 0 }
  }
}
