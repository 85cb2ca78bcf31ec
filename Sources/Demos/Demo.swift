import Curriculum
import Plots
import TensorBoard

/// A figure of a chapter: the name of its file, and what it shows.
public struct ChapterFigure: Sendable {
  /// The file's name without the lesson's number and without its ending: `sigmoid`.
  public let name: String
  /// The picture.
  public let svg: String

  /// A figure.
  public init(_ name: String, _ figure: Figure) {
    self.name = name
    svg = figure.svg()
  }
}

/// What a demo may write: text for the terminal as it goes, figures, and a run for TensorBoard.
public struct DemoOutput {
  /// The number of characters that fit on a line.
  public let width: Int
  /// Whether the terminal shows colours.
  public let colors: Bool
  /// A folder with data of the reader's own, if one is named.
  public let data: String?
  /// The files that weights are to be kept in, and taken from, if they are named.
  public let save: String?, load: String?
  private let write: (String) -> Void
  private let keep: (ChapterFigure) -> Void
  private let record: ((RunWriter) throws -> Void) -> Void

  /// An output.
  init(
    _ settings: DemoSettings, write: @escaping (String) -> Void, keep: @escaping (ChapterFigure) -> Void,
    record: @escaping ((RunWriter) throws -> Void) -> Void
  ) {
    width = settings.width
    colors = settings.colors
    data = settings.data
    save = settings.save
    load = settings.load
    self.write = write
    self.keep = keep
    self.record = record
  }

  /// Writes a line.
  public func callAsFunction(_ line: String = "") { write(line) }
  /// Keeps a figure, if figures are asked for.
  public func figure(_ name: String, _ figure: Figure) { keep(ChapterFigure(name, figure)) }

  /// Records numbers as a curve of a run, from step 0 on, if a run is asked for: a training's costs.
  public func curve(_ tag: String, _ values: [Double]) {
    record { run in for (step, value) in values.enumerated() { try run.scalar(tag, value, step: step) } }
  }
  /// Records one number of a run, if a run is asked for: an epoch's accuracy.
  public func scalar(_ tag: String, _ value: Double, step: Int) { record { try $0.scalar(tag, value, step: step) } }
  /// Records the distribution of a matrix's numbers, if a run is asked for: weights, or their gradients.
  public func histogram(_ tag: String, _ values: Matrix, step: Int) {
    record { try $0.histogram(tag, values.elements, step: step) }
  }
  /// Records a picture, if a run is asked for: a misread digit.
  public func image(_ tag: String, _ image: PixelImage, step: Int) {
    record { try $0.image(tag, png: image.png, width: image.width, height: image.height, step: step) }
  }
}

/// What a lesson has to show: a training on its data, and the figures of its chapter, both with any implementation of it.
public struct Demo<Lesson: Sendable>: Sendable {
  /// The lesson.
  public let lesson: Curriculum.Lesson
  let companion: Curriculum.Lesson?
  let takesData: Bool, takesWeights: Bool
  let run: @Sendable (Lesson, (any Sendable)?, DemoOutput) throws -> Void
  let figures: @Sendable (Lesson, (any Sendable)?) throws -> [ChapterFigure]

  /// A demo.
  /// - Parameters:
  ///   - lesson: the lesson in the catalogue.
  ///   - takesData: whether it can run on data of the reader's own, `--data FOLDER`.
  ///   - takesWeights: whether it can keep and take weights, `--save FILE` and `--load FILE`.
  ///   - run: trains on the lesson's data, and says what came of it.
  ///   - figures: the figures of the chapter, the same ones every time.
  public init(
    _ lesson: Curriculum.Lesson, takesData: Bool = false, takesWeights: Bool = false,
    run: @escaping @Sendable (Lesson, DemoOutput) throws -> Void,
    figures: @escaping @Sendable (Lesson) throws -> [ChapterFigure]
  ) {
    self.lesson = lesson
    companion = nil
    self.takesData = takesData
    self.takesWeights = takesWeights
    self.run = { lesson, _, out in try run(lesson, out) }
    self.figures = { lesson, _ in try figures(lesson) }
  }

  /// A demo that needs another lesson besides, such as the network that an optimiser is to train.
  /// - Parameters:
  ///   - lesson: the lesson in the catalogue.
  ///   - companion: the other lesson: its reference is used, with a student's code too.
  ///   - type: the other lesson's contract, `(any DeepNetworkLesson).self`.
  ///   - run: trains on the lesson's data, and says what came of it.
  ///   - figures: the figures of the chapter, the same ones every time.
  public init<Companion: Sendable>(
    _ lesson: Curriculum.Lesson, with companion: Curriculum.Lesson, as type: Companion.Type,
    run: @escaping @Sendable (Lesson, Companion, DemoOutput) throws -> Void,
    figures: @escaping @Sendable (Lesson, Companion) throws -> [ChapterFigure]
  ) {
    self.lesson = lesson
    self.companion = companion
    takesData = false
    takesWeights = false
    self.run = { lesson, companion, out in try run(lesson, companion as! Companion, out) }
    self.figures = { lesson, companion in try figures(lesson, companion as! Companion) }
  }

  /// The same with the lesson's type erased: what the registry holds.
  public var erased: AnyDemo {
    AnyDemo(
      lesson: lesson, companion: companion, takesData: takesData, takesWeights: takesWeights,
      run: { try run($0 as! Lesson, $1, $2) },
      figures: { try figures($0 as! Lesson, $1) })
  }
}

/// A demo with the lesson's type erased.
public struct AnyDemo: Sendable {
  /// The lesson.
  public let lesson: Lesson
  /// The lesson that it needs besides, if any.
  public let companion: Lesson?
  /// Whether it can run on data of the reader's own.
  public let takesData: Bool
  /// Whether it can keep weights in a file, and take them from one.
  public let takesWeights: Bool
  /// Runs it with an implementation of the lesson, an `any …Lesson`, and one of the companion.
  public let run: @Sendable (any Sendable, (any Sendable)?, DemoOutput) throws -> Void
  /// The figures of the lesson's chapter, drawn with an implementation of the lesson and one of the companion.
  public let figures: @Sendable (any Sendable, (any Sendable)?) throws -> [ChapterFigure]
}
