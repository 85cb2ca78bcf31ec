import Curriculum
import Foundation

/// Which solutions in a class are unusually alike, or unusually like the reference.
///
/// Right solutions of a short step look alike, because the equation is the same: that alone says nothing. So only *unusual*
/// fragments count, those that few in the class have.
struct Likeness {
  /// What an instructor may want to look at.
  struct Finding: Equatable {
    let lesson: Int
    let title: String
    /// Who, in the order of their names.
    let students: [String]
    let withReference: Bool
    let kind: Kind
    fileprivate var weight: Int {
      switch kind {
      case .sameFile: Int.max
      case .sameButNames: Int.max - 1
      case .shared(_, let count): count
      }
    }
    var words: String {
      switch kind {
      case .sameFile: "the same file, comments and all"
      case .sameButNames: "the same but for names, comments and layout"
      case .shared(let share, let count):
        "\(count) unusual fragments in common, \(Int((share * 100).rounded(.down))) % of all unusual ones in "
          + (withReference ? "this solution" : "the solution that has fewer")
      }
    }
  }
  /// How alike.
  enum Kind: Equatable { case sameFile, sameButNames, shared(share: Double, fragments: Int) }

  private var all: [Finding] = []
  /// What was found, the most alike first.
  var findings: [Finding] {
    all.sorted { ($1.weight, $0.lesson, $0.students[0]) < ($0.weight, $1.lesson, $1.students[0]) }
  }

  /// At least so many of a solution's own fragments before anything is said of it: a lesson of which only the first, short
  /// steps are written is bound to look like others.
  static let leastOwn = 40
  /// At least so many unusual fragments in common, and this share of those of the solution that has fewer; the second share holds
  /// in a class too small to tell what is unusual. Solutions of lesson 3 that were written independently had at most a fifth of
  /// all their fragments in common, usual ones included.
  static let leastShared = 20
  static let leastShare = 0.5, leastShareInSmallClass = 0.8
  static let smallClass = 10
  /// A fragment that so few solutions have is unusual, however small the class; one that more than `mostHolders` have is not,
  /// however large.
  static let fewHolders = 3, mostHolders = 20

  /// The rule in words.
  static let rule =
    "Each file is cut into overlapping fragments of \(Fingerprints.runLength) tokens, of which some are chosen by winnowing "
    + "(Schleimer, Wilkerson and Aiken, 2003). Comments, layout and names that the student chose do not count, and what stood in the "
    + "file as it was handed out is left out. A fragment is unusual when at most a tenth of the different solutions of the lesson "
    + "have it (at least \(fewHolders), at most \(mostHolders)). Two solutions are listed when they have at least \(leastShared) unusual "
    + "fragments in common and these are at least half of the unusual fragments of the one that has fewer, or when all their tokens "
    + "are the same and there are at least \(leastOwn) fragments. The reference is compared in the same way. With fewer than "
    + "\(smallClass) different solutions, where nobody can say what is unusual, four fifths are needed. Short honest solutions can look alike, "
    + "and people may have worked together as they were allowed to: only reading them tells."

  /// A student's file of a lesson.
  struct Source {
    let student: String
    let text: String
    let digest: String
  }

  /// Adds what is found in one lesson.
  /// - Parameter reference: the reference's text; nil where it is not at hand.
  mutating func add(lesson: Int, title: String, sources: [Source], stub: String, reference: String?) {
    let stub = Fingerprints.Stub(stub)
    let entries = sources.map { (source: $0, prints: Fingerprints($0.text, stub: stub)) }.filter {
      !$0.prints.own.isEmpty
    }
    guard !entries.isEmpty else { return }
    let model = reference.map { Fingerprints($0, stub: stub) }
    func found(_ students: [String], _ kind: Kind, withReference: Bool = false) {
      all.append(
        Finding(
          lesson: lesson, title: title, students: students.sorted(), withReference: withReference, kind: kind))
    }

    // The same: groups, and one of each goes on.
    let groups = Dictionary(grouping: entries) { $0.prints.whole }.values
      .map { $0.sorted { $0.source.student < $1.source.student } }
      .sorted { $0[0].source.student < $1[0].source.student }
    for group in groups where group.count > 1 && group[0].prints.own.count >= Self.leastOwn {
      let isSameFile = Set(group.map(\.source.digest)).count == 1
      found(group.map(\.source.student), isSameFile ? .sameFile : .sameButNames)
    }

    // A group of the same counts once: a solution that goes round is not made usual by that.
    func weight(_ group: [(source: Source, prints: Fingerprints)]) -> Int {
      group[0].prints.own.count >= Self.leastOwn ? 1 : group.count
    }
    var holders: [UInt64: Int] = [:]
    for group in groups { for print in group[0].prints.own { holders[print, default: 0] += weight(group) } }
    let solutions = groups.reduce(0) { $0 + weight($1) }
    let most = min(max(Self.fewHolders, solutions / 10), Self.mostHolders)
    let leastShare = solutions < Self.smallClass ? Self.leastShareInSmallClass : Self.leastShare
    let rarePrints = groups.map { group in group[0].prints.own.filter { holders[$0]! <= most } }
    var shared: [Int: [Int: Int]] = [:]
    var groupsOf: [UInt64: [Int]] = [:]
    for (k, prints) in rarePrints.enumerated() { for print in prints { groupsOf[print, default: []].append(k) } }
    for list in groupsOf.values {
      for (n, a) in list.enumerated() { for b in list[(n + 1)...] { shared[a, default: [:]][b, default: 0] += 1 } }
    }
    for (a, others) in shared.sorted(by: { $0.key < $1.key }) {
      for (b, count) in others.sorted(by: { $0.key < $1.key }) {
        let share = Double(count) / Double(min(rarePrints[a].count, rarePrints[b].count))
        guard count >= Self.leastShared, share >= leastShare else { continue }
        found([groups[a][0].source.student, groups[b][0].source.student], .shared(share: share, fragments: count))
      }
    }
    guard let model else { return }
    for (k, group) in groups.enumerated() {
      let students = group.map(\.source.student)
      if group[0].prints.own == model.own && model.own.count >= Self.leastOwn {
        found(students, .sameButNames, withReference: true)
        continue
      }
      let count = rarePrints[k].intersection(model.own).count
      guard count >= Self.leastShared, !rarePrints[k].isEmpty else { continue }
      let share = Double(count) / Double(rarePrints[k].count)
      if share >= leastShare { found(students, .shared(share: share, fragments: count), withReference: true) }
    }
  }
}
