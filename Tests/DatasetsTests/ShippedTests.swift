import LinearAlgebra
import Testing

@testable import Datasets

@Suite struct ShippedTests {
  @Test func `breast cancer is 569 tumours of 30 features, 357 benign and 212 malignant, classes mixed`() throws {
    let data = try Dataset.breastCancer()
    #expect((data.X.rows, data.X.columns) == (30, 569))
    #expect((data.Y.rows, data.Y.columns) == (1, 569))
    #expect(data.classCounts == [357, 212])
    #expect(data.classNames == ["benign", "malignant"])
    #expect(data.featureNames.first == "mean_radius")
    #expect(data.featureNames.last == "worst_fractal_dimension")
    #expect(data.X[0, 0] == 17.99)
    #expect(data.X[29, 568] == 0.07039)
    #expect(data.labels[0] == 1 && data.labels[568] == 0)
    #expect(data.featureNames.filter { $0.hasPrefix("worst_") }.count == 10)
    #expect(data.featureNames.filter { $0.hasSuffix("_error") }.count == 10)
  }

  @Test func `breast cancer's scales differ by a factor of 100,000`() throws {
    let deviations = try Dataset.breastCancer().deviations.elements
    let ratio = deviations.max()! / deviations.min()!
    #expect(ratio > 1e5 && ratio < 1e6)
  }

  @Test func `iris is 150 flowers of 4 features, 50 of each species, sorted by species`() throws {
    let data = try Dataset.iris()
    #expect((data.X.rows, data.X.columns) == (4, 150))
    #expect(data.classCounts == [50, 50, 50])
    #expect(data.classNames == ["setosa", "versicolor", "virginica"])
    #expect(data.labels == data.labels.sorted())
    #expect(data.X.column(0) == [[5.1], [3.5], [1.4], [0.2]])
    #expect(data.featureNames == ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"])
    // The two rows that are wrong in UCI's file and right in Fisher's paper.
    #expect(data.X.column(34) == [[4.9], [3.1], [1.5], [0.2]])
    #expect(data.X.column(37) == [[4.9], [3.6], [1.4], [0.1]])
  }

  @Test func `diabetes is 442 patients of 10 features with targets from 25 to 346`() throws {
    let data = try Dataset.diabetes()
    #expect((data.X.rows, data.X.columns) == (10, 442))
    #expect(data.classNames == [])
    let targets = data.Y.elements
    #expect(targets.min() == 25 && targets.max() == 346)
    let asFeature = Dataset(X: data.Y, Y: data.Y, featureNames: ["progression"])
    #expect(abs(asFeature.means[0, 0] - 152.13) < 0.005)
    #expect(abs(asFeature.deviations[0, 0] - 77.01) < 0.01)
    #expect(Set(data.features(named: ["sex"]).X.elements) == [1, 2])
    #expect(
      data.featureNames == ["age", "sex", "bmi", "bp", "s1_tc", "s2_ldl", "s3_hdl", "s4_tch", "s5_ltg", "s6_glu"])
  }

  @Test func `digits is 1797 pictures of 64 pixels from 0 to 1 in sixteenths`() throws {
    let data = try Dataset.digits()
    #expect((data.X.rows, data.X.columns) == (64, 1797))
    #expect(data.classCounts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(data.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
    #expect(Set(data.X.elements) == Set((0...16).map { Double($0) / 16 }))
  }

  @Test func `the two forms of the digits hold the same numbers`() throws {
    let fromCSV = try Dataset(csv: shippedFile("digits.csv"), classNames: digitNames)
    let data = try Dataset.digits()
    #expect(fromCSV.X.elements.map { $0 / 16 } == data.X.elements)
    #expect(fromCSV.Y == data.Y)
    #expect(fromCSV.featureNames == data.featureNames)
  }

  @Test func `animals is 184 and 60 colour pictures of 64 × 64, half of them animals`() throws {
    let (train, test) = try Pictures.animals()
    for (part, count) in [(train, 184), (test, 60)] {
      #expect(part.count == count)
      #expect((part.height, part.width, part.channels) == (64, 64, 3))
      #expect(part.bytes.count == count * 12_288)
      #expect(part.labels.filter { $0 == 1 }.count == count / 2)
      #expect(part.classNames == ["not an animal", "animal"])
      #expect(part.bytes.max() == 255)
    }
  }

  @Test func `each animal picture has its own name, on one side of the split`() throws {
    let (train, test) = try Pictures.animals()
    #expect(Array(train.names.prefix(2)) == ["computer disk", "zebra"])
    #expect(Array(train.labels.prefix(2)) == [0, 1])
    #expect(Set(train.names + test.names).count == 244)
  }
}
