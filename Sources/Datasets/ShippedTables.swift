extension Dataset {
  /// Breast Cancer Wisconsin (Diagnostic): is a tumour benign (0) or malignant (1)? X (30, 569), Y (1, 569).
  ///
  /// Ten measurements of cell nuclei, each as mean, standard error and worst value, on very different scales; 357 benign
  /// and 212 malignant, in the source's mixed order. The standardized rows are linearly separable.
  /// - Throws: `DataFileError` if the shipped file has been changed.
  /// - Note: W. H. Wolberg, W. N. Street, O. L. Mangasarian, UCI Machine Learning Repository, 1995,
  ///   doi:10.24432/C5DW2B, CC BY 4.0.
  public static func breastCancer() throws(DataFileError) -> Dataset {
    try Dataset(csv: shippedFile("breast-cancer.csv"), classNames: ["benign", "malignant"])
  }

  /// Fisher's irises: setosa (0), versicolor (1) or virginica (2)? X (4, 150) in centimetres, Y (1, 150).
  ///
  /// 50 of each species, sorted by species: shuffle before splitting.
  /// - Throws: `DataFileError` if the shipped file has been changed.
  /// - Note: R. A. Fisher, 1936; UCI Machine Learning Repository, doi:10.24432/C56C76, CC BY 4.0.
  public static func iris() throws(DataFileError) -> Dataset {
    try Dataset(csv: shippedFile("iris.csv"), classNames: ["setosa", "versicolor", "virginica"])
  }

  /// Diabetes, a regression: how far has the disease progressed after a year? X (10, 442), Y (1, 442), 25 to 346.
  ///
  /// Age, sex, body mass index, blood pressure and six blood serum measures, in their own units.
  /// - Throws: `DataFileError` if the shipped file has been changed.
  /// - Note: B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, *Least Angle Regression*, Annals of Statistics 32
  ///   (2004) 407-499.
  public static func diabetes() throws(DataFileError) -> Dataset {
    try Dataset(csv: shippedFile("diabetes.csv"))
  }

  /// Handwritten digits of 8 × 8 pixels, 0 (paper) to 1 (ink): X (64, 1797), Y (1, 1797).
  ///
  /// 174 to 183 of each digit, writer by writer: a test set of the last rows holds other writers' hands, that of a
  /// shuffle does not. The file's 0 ... 16 is divided by 16.
  /// - Throws: `DataFileError` if the shipped files have been changed.
  /// - Note: E. Alpaydin, C. Kaynak, UCI Machine Learning Repository, 1998, doi:10.24432/C50P49, CC BY 4.0.
  public static func digits() throws(DataFileError) -> Dataset {
    try Pictures(
      images: DataFile(path: shippedFile("digits-images.idx3-ubyte")),
      labels: DataFile(path: shippedFile("digits-labels.idx1-ubyte")),
      classNames: digitNames, fullScale: 16
    ).dataset()
  }
}

/// The classes of handwritten digits, "0" to "9".
let digitNames = (0...9).map { String($0) }
