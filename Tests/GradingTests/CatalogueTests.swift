import Curriculum
import Testing

struct CatalogueTests {
  private let steps = catalogue.flatMap(\.steps)

  @Test func `lessons and steps are numbered once, in order`() {
    #expect(catalogue.map(\.number) == catalogue.map(\.number).sorted())
    #expect(Set(catalogue.map(\.number)).count == catalogue.count)
    #expect(Set(catalogue.map(\.name)).count == catalogue.count)
    #expect(Set(steps.map(\.id)).count == steps.count)
    for lesson in catalogue {
      #expect(lesson.steps.map(\.id) == (1...lesson.steps.count).map { "\(lesson.number).\($0)" })
    }
  }

  @Test func `every step has a title, a lecture, points and a method`() {
    for step in steps {
      #expect(!step.title.isEmpty && !step.source.isEmpty)
      #expect((1...3).contains(step.points))
      #expect(step.function.hasSuffix(")"))
    }
  }

  @Test(arguments: [(3, [1, 2, 1, 2, 1, 3, 1, 2, 1, 1]), (5, [1, 1, 2, 2, 1, 1, 2, 2, 1])])
  func `points are those of the contract`(number: Int, points: [Int]) throws {
    let lesson = try #require(catalogue.first { $0.number == number })
    #expect(lesson.steps.map(\.points) == points)
    #expect(lesson.points == points.reduce(0, +))
  }

  @Test func `names follow from number and name`() {
    let lesson = Lesson(3, "LogisticRegression", title: "Logistic regression", steps: [])
    #expect(lesson.id == "3")
    #expect(lesson.folder == "03-LogisticRegression")
    #expect(lesson.chapter == "03-logistic-regression.md")
    #expect(lesson.exerciseModule == "LogisticRegressionExercise")
    #expect(Lesson(12, "Regularization", title: "", steps: []).folder == "12-Regularization")
  }

  @Test(arguments: [
    ("Cost and gradients with loops", "31-cost-and-gradients-with-loops"),
    ("Forward: Z = WA + b", "31-forward-z--wa--b"), ("The log-likelihood", "31-the-log-likelihood"),
    ("dW, db and dA[l−1]", "31-dw-db-and-dal1"), ("Softmax's Jacobian (K × K)", "31-softmaxs-jacobian-k--k"),
    ("σ of a score", "31-σ-of-a-score"), ("`todo()`", "31-todo"),
  ])
  func `anchors are made as GitHub makes them`(title: String, anchor: String) {
    let lesson = Lesson(3, "Any", title: "", steps: [.init(title, points: 1, source: "")])
    #expect(lesson.steps[0].heading == "3.1 " + title)
    #expect(lesson.steps[0].anchor == anchor)
  }

  @Test func `a step is found by its whole number only`() {
    #expect(catalogueStep("3.1")?.step.id == "3.1")
    #expect(catalogueStep("3.10")?.step.id == "3.10")
    for id in ["", "3", "3.", "3.99", "03.1", "3.1 ", "٣.١"] { #expect(catalogueStep(id) == nil) }
  }

  @Test func `there are seven states`() {
    #expect(
      StepState.allCases.map(\.rawValue) == [
        "passed", "wrong", "notAttempted", "crashed", "timedOut", "doesNotCompile", "refused",
      ])
  }
}
