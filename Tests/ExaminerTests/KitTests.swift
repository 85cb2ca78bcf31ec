import Foundation
import Testing

@testable import Examiner

struct KitTests {
  @Test func `the root is the package's, and the products are built`() throws {
    let kit = try Kit()
    let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().path
    #expect(here.hasPrefix(kit.root.resolvingSymlinksInPath().path + "/Tests/"))
    #expect(FileManager.default.isExecutableFile(atPath: kit.observer.path))
    #expect(kit.exercise(.logisticRegression).path == kit.root.path + "/Exercises/03-LogisticRegression")
  }

  @Test func `SwiftPM's folders are laid out as the kit knows them`() throws {
    let kit = try Kit()
    for product in ["observer", "gradus"] {
      let list = kit.products.appendingPathComponent("\(product).product/Objects.LinkFileList")
      #expect(FileManager.default.fileExists(atPath: list.path))
    }
    for modules in [Kit.observerModules, Kit.demoModules] {
      for module in modules {
        let interface =
          module == "Kernels"
          ? kit.products.appendingPathComponent("Kernels.build/module.modulemap")
          : kit.modules.appendingPathComponent(module + ".swiftmodule")
        #expect(FileManager.default.fileExists(atPath: interface.path))
        #expect(try !kit.objects(of: [module]).isEmpty)
      }
    }
  }

  @Test func `the observer of a lesson links no answers`() throws {
    let list = try String(
      contentsOf: Kit().products.appendingPathComponent("observer.product/Objects.LinkFileList"), encoding: .utf8)
    #expect(list.contains("/Grading.build/"))
    for module in ["Answers", "Examiner", "Authoring", "LogisticRegressionSolution", "Datasets"] {
      #expect(!list.contains("/\(module).build/"))
    }
  }

  @Test func `objects of sources that are gone are left out`() throws {
    let folder = try TemporaryFolder()
    for name in ["M.build/A.swift.o", "M.build/B.swift.o", "M.build/A.d", "N.build/A.swift.o"] {
      try folder.write("", to: name)
    }
    let kit = Kit(root: folder.url, products: folder.url)
    func names() throws -> [String] { try kit.objects(of: ["M"]).map(\.lastPathComponent) }
    #expect(try names() == ["A.swift.o", "B.swift.o"])
    try folder.write("/x/M.build/A.swift.o\n/x/N.build/B.swift.o\n", to: "gradus.product/Objects.LinkFileList")
    #expect(try names() == ["A.swift.o"])
  }

  @Test func `a module that is not built is an error that says what to do`() throws {
    let folder = try TemporaryFolder()
    let kit = Kit(root: folder.url, products: folder.url)
    let error = #expect(throws: ExaminerError.self) { try kit.objects(of: ["Grading"]) }
    #expect(error?.description.contains("run “swift build” in \(folder.url.path)") == true)
  }
}
