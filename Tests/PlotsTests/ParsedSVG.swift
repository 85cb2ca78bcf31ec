import Foundation
import Testing

@testable import Plots

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An SVG read by an XML parser: what a browser would get.
final class ParsedSVG: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    func number(_ attribute: String) -> Double { Double(attributes[attribute] ?? "") ?? .nan }
    func hasClass(_ name: String) -> Bool { (attributes["class"] ?? "").split(separator: " ").contains { $0 == name } }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  init(_ svg: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    let isWellFormed = parser.parse()
    try #require(isWellFormed, "\(String(describing: parser.parserError))", sourceLocation: sourceLocation)
  }

  convenience init(_ chart: Chart) throws {
    try self.init(Figure(title: "t", description: "d", chart).svg())
  }

  func all(_ name: String, class style: String? = nil) -> [Element] {
    elements.filter { $0.name == name && (style.map($0.hasClass) ?? true) }
  }

  var texts: [String] { all("text").map(\.text) }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last { elements[last].text += string }
  }

  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }
}
