/// Why an archive cannot be read.
public struct ArchiveError: Error, CustomStringConvertible, Sendable {
  /// What is the matter, and where.
  public let description: String
  /// A trouble.
  public init(_ description: String) { self.description = description }
}
