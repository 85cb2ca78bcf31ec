// Lesson 15: Your own framework. The chapter is docs/15-framework.md.
//
// Replace each todo() by your code, one step after the other, and see what it is worth:
//   swift test --filter Framework     or     swift run gradus check 15
// A hint for a step:     swift run gradus hint 15.1
// (The next line tells Gradus that nobody has changed this file yet; leave it or remove it.)
// Untouched 8b841f585251cd3d

import Curriculum

struct Framework: FrameworkLesson {
  /// 15.1 The smallest module with parameters: γ ∘ A + β, row by row.
  ///
  /// Backward with dA' from above: dγ = Σ over the examples of dA' ∘ A, dβ = Σ over the examples of dA', and γ ∘ dA' goes down.
  /// Write a struct that conforms to `Module`, and return one.
  /// - Parameters:
  ///   - gamma: γ, the first parameter, (n, 1).
  ///   - beta: β, the second, (n, 1).
  /// - Returns: a module for A (n, m), whose output is (n, m).
  func scaleShift(gamma: Matrix, beta: Matrix) -> any Module {
    todo()
  }

  /// 15.2 Dense, activation, dropout and batch norm as modules: earlier lessons' layers, each with its own cache.
  ///
  /// `ModuleKind` says what each computes, its parameters and its buffers. Activations and dropout have no parameters.
  /// - Parameter kind: which of the four, with its starting values.
  func module(_ kind: ModuleKind) -> any Module {
    todo()
  }

  /// 15.3 Modules one after the other, as one module: forwards from the first to the last, backwards from the last to the first.
  ///
  /// `parameters`, `gradients` and `buffers` are those of the first module, then those of the second, and so on; setting them
  /// hands each module its own. With no modules at all, what comes in goes out, both ways.
  /// - Parameter modules: any modules, further sequences among them.
  func sequential(_ modules: [any Module]) -> any Module {
    todo()
  }

  /// 15.4 A loss paired with its output activation: σ + binary, softmax + categorical cross-entropy, identity + squared error.
  ///
  /// J is a mean over the m columns, and each column's loss a sum over its K rows:
  /// −y log a − (1 − y) log(1 − a); −y log a; (a − y)², without a ½. A logarithm's argument is kept at or above `logFloor`.
  /// The gradients are (A − Y)/m, (A − Y)/m and 2(A − Y)/m. All is finite for any finite Z.
  /// - Parameter kind: which of the three.
  func loss(_ kind: LossKind) -> any Loss {
    todo()
  }

  /// 15.5 An optimiser for any module: lesson 11's rules, applied to each of its parameters with that parameter's gradient.
  ///
  /// Its state (v, s, t) starts at 0, has the parameters' shapes, and stays with the optimiser from step to step.
  /// - Parameter kind: which of the four rules, with its rate and constants.
  func optimizer(_ kind: OptimizerKind) -> any Optimizer {
    todo()
  }

  /// 15.6 Training: in each epoch its order of examples cut into batches, a step after each, and then the dev cost.
  ///
  /// A batch: forward with `training: true`, the loss's cost and gradient, backward, the optimiser's step. The last batch may be
  /// short. After the epoch the dev cost, with `training: false`, and one report, which is kept and handed to `progress`.
  /// With a patience, training stops after so many epochs in a row whose dev cost is not less than the least before.
  /// - Parameters:
  ///   - model: the model to start from.
  ///   - loss: what is to be made small.
  ///   - optimizer: how.
  ///   - plan: data, orders, batch size and patience.
  ///   - progress: called once an epoch, in order, as soon as the epoch is over.
  /// - Returns: the model of the best dev cost if there is a patience (stopped or not), else the last one; all reports; the number
  ///   of the epoch with the least dev cost, the first of equals. Without any epoch: the model as it came, no reports, and 0.
  func fit(
    _ model: any Module, loss: any Loss, optimizer: any Optimizer, plan: FitPlan, progress: (EpochReport) -> Void
  ) -> Fitted {
    todo()
  }

  /// 15.7 The model in use, `training: false`: A, J, each example's class, and the share of classes that are right.
  ///
  /// The class of a column is its largest entry's row, the first of equals; where there is a single row, 1 for an entry ≥ ½ and
  /// else 0. It is read from A for the prediction and, in the same way, from Y for the truth.
  /// - Parameters:
  ///   - model: the model.
  ///   - loss: the loss that it was trained with.
  ///   - X: the examples, (n, m).
  ///   - Y: their answers, (K, m).
  func evaluate(_ model: any Module, loss: any Loss, X: Matrix, Y: Matrix) -> ModelEvaluation {
    todo()
  }

  /// 15.8 Saving a module's weights as plain numbers, and loading them into another module of the same form.
  func weightStore() -> any WeightStore {
    todo()
  }
}
