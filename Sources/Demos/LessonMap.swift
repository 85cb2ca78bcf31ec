import Curriculum
import Plots

/// The map of the course: each lesson, with arrows from those that it builds on.
public func lessonMap(_ lessons: [Lesson]) -> Figure {
  // A lesson stands one column to the right of the last that it needs.
  var columns: [Int: Int] = [:]
  for lesson in lessons { columns[lesson.number] = (lesson.needs.compactMap { columns[$0] }.max() ?? -1) + 1 }
  var elements: [Diagram.Element] = []
  for lesson in lessons {
    for need in lesson.needs where columns[need] != nil { elements.append(.edge(String(need), lesson.id)) }
  }
  let last = columns.values.max() ?? 0
  for column in 0...last {
    let here = lessons.filter { columns[$0.number] == column }
    for (k, lesson) in here.enumerated() {
      let place = (Double(column) * 118, (Double(k) - Double(here.count - 1) / 2) * 112)
      elements.append(.node(lesson.id, at: place))
      for (line, word) in words(lesson.name).split(separator: " ").enumerated() {
        elements.append(.text(String(word), at: (place.0, place.1 + 31 + 14 * Double(line)), small: true))
      }
    }
  }
  return Figure(
    title: "The lessons, and what each builds on",
    description: lessons.map { lesson in
      lesson.needs.isEmpty
        ? "\(lesson.id) \(lesson.title): begins here."
        : "\(lesson.id) \(lesson.title): builds on \(lesson.needs.map(String.init).joined(separator: ", "))."
    }.joined(separator: " "),
    Diagram(elements: elements))
}

/// `LogisticRegression` as "Logistic regression".
private func words(_ name: String) -> String {
  var text = ""
  for character in name {
    text += character.isUppercase && !text.isEmpty ? " " + character.lowercased() : String(character)
  }
  return text
}
