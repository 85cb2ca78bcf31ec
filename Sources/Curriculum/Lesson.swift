/// A lesson of the course: what the catalogue knows of it. Every other place derives names and paths from here.
public struct Lesson: Sendable {
  /// 3 for lesson 3.
  public let number: Int
  /// The name that contract, solution, exercise, steps and answers carry, `LogisticRegression`.
  public let name: String
  /// The chapter's title.
  public let title: String
  /// The lesson's steps in order.
  public let steps: [CatalogueStep]

  /// A lesson whose steps are numbered `number.1`, `number.2`, … in the order given.
  public init(_ number: Int, _ name: String, title: String, steps: [CatalogueStep.Entry]) {
    self.number = number
    self.name = name
    self.title = title
    self.steps = steps.enumerated().map { CatalogueStep(id: "\(number).\($0 + 1)", entry: $1) }
  }

  /// "3".
  public var id: String { String(number) }
  /// The folder's name in `Exercises/` and `Solutions/`, and the file's name elsewhere: `03-LogisticRegression`.
  public var folder: String { (number < 10 ? "0" : "") + "\(number)-\(name)" }
  /// The chapter's file name in `docs/`: `03-logistic-regression.md`.
  public var chapter: String { (number < 10 ? "0" : "") + "\(number)-\(name.kebabCased).md" }
  /// The module of the exercise, `LogisticRegressionExercise`.
  public var exerciseModule: String { name + "Exercise" }
  /// The module of the solution, `LogisticRegressionSolution`.
  public var solutionModule: String { name + "Solution" }
  /// The sum of the steps' points.
  public var points: Int { steps.reduce(0) { $0 + $1.points } }
}

/// A step of a lesson: what the catalogue knows of it.
public struct CatalogueStep: Sendable {
  /// A step as the catalogue's author writes it: its number follows from its place.
  public struct Entry: Sendable {
    let title: String, points: Int, source: String, function: String?
    /// A step with its title, its points, and the lecture that it comes from; the registry knows its function, unless the
    /// lesson is not in it.
    public init(_ title: String, points: Int, source: String, function: String? = nil) {
      self.title = title
      self.points = points
      self.source = source
      self.function = function
    }
  }

  /// "3.6".
  public let id: String
  /// The step's title, which is also its heading in the chapter and its test's name.
  public let title: String
  /// What the step is worth when it has passed.
  public let points: Int
  /// The lecture that the step comes from.
  public let source: String
  private let ownFunction: String?

  init(id: String, entry: Entry) {
    self.id = id
    title = entry.title
    points = entry.points
    source = entry.source
    ownFunction = entry.function
  }

  /// The heading of the step's section in the chapter, "3.6 Cost and gradients with loops".
  public var heading: String { id + " " + title }

  /// The section's anchor as GitHub makes it from the heading: `36-cost-and-gradients-with-loops`.
  public var anchor: String { headingAnchor(heading) }

  /// The contract's method for this step as `#function` names it, `gradients(X:Y:at:)`.
  public var function: String { ownFunction ?? stepFunctions[id] ?? "" }
}

/// The anchor that GitHub makes from a heading: lower case, without punctuation, hyphens for spaces.
package func headingAnchor(_ heading: String) -> String {
  heading.lowercased().unicodeScalars
    .filter { $0.properties.isAlphabetic || $0.properties.numericType != nil || " -_".unicodeScalars.contains($0) }
    .map { $0 == " " ? "-" : String($0) }.joined()
}

/// The lesson and the step with this number, or nil.
public func catalogueStep(_ id: String) -> (lesson: Lesson, step: CatalogueStep)? {
  for lesson in catalogue {
    if let step = lesson.steps.first(where: { $0.id == id }) { return (lesson, step) }
  }
  return nil
}

extension String {
  /// `LogisticRegression` as `logistic-regression`.
  var kebabCased: String {
    var result = ""
    for character in self {
      if character.isUppercase && !result.isEmpty { result += "-" }
      result += character.lowercased()
    }
    return result
  }
}
