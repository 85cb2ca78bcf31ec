/// The least argument of a logarithm in a cross-entropy, 2⁻⁵⁰ ≈ 8.9e-16; 1 − 2⁻⁵⁰ is exact.
///
/// With it the cross-entropy of an impossible label is 50·log 2 ≈ 34.66, large and finite.
public let logFloor = 0x1p-50
