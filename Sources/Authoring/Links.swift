import Curriculum
import Foundation

/// The links of the Markdown files that lead to other files of the package: each must lead somewhere.
struct Links {
  let root: URL

  /// A complaint for each link whose file or heading is not there.
  func complaints() throws -> [String] {
    let docs = root.appendingPathComponent("docs")
    let names = FileManager.default.enumerator(atPath: docs.path)?.compactMap { $0 as? String } ?? []
    let pages = ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
    return try pages.flatMap { page in
      let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
      return Self.targets(in: text).compactMap { complaint(target: $0, page: page) }
    }
  }

  private func complaint(target: String, page: String) -> String? {
    if target.contains("://") || target.hasPrefix("mailto:") { return nil }
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let folder = root.appendingPathComponent(page).deletingLastPathComponent()
    let file = parts[0].isEmpty ? root.appendingPathComponent(page) : folder.appendingPathComponent(String(parts[0]))
    guard FileManager.default.fileExists(atPath: file.path) else {
      return "\(page): the link to \(target) leads nowhere"
    }
    guard parts.count == 2, file.pathExtension == "md", let text = try? String(contentsOf: file, encoding: .utf8) else {
      return nil
    }
    return Self.anchors(in: text).contains(String(parts[1])) ? nil : "\(page): the link to \(target) names no heading"
  }

  /// What stands in the round brackets of links and images, code left out.
  static func targets(in text: String) -> [String] {
    prose(text).flatMap { line in
      line.ranges(of: "](").compactMap { range in
        let rest = line[range.upperBound...]
        return rest.firstIndex(of: ")").map { String(rest[..<$0].prefix { $0 != " " }) }
      }
    }
  }

  /// The anchors that GitHub makes from the headings of a page.
  static func anchors(in text: String) -> [String] {
    var seen: [String: Int] = [:]
    return prose(text).filter { $0.hasPrefix("#") }.map { line in
      let anchor = headingAnchor(String(line.drop { $0 == "#" }).trimmingCharacters(in: .whitespaces))
      defer { seen[anchor, default: 0] += 1 }
      return seen[anchor].map { "\(anchor)-\($0)" } ?? anchor
    }
  }

  /// The lines that are neither in a fence nor, as far as that goes, inline code.
  private static func prose(_ text: String) -> [String] {
    var isFenced = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isFenced.toggle()
        return nil
      }
      if isFenced { return nil }
      let parts = line.split(separator: "`", omittingEmptySubsequences: false)
      return line.hasPrefix("#")
        ? String(line) : parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
    }
  }
}
