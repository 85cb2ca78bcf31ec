// The C library's functions of one or two `Double`s, passed on one by one: `exp(z)` needs no import of its own, and
// nothing else of the C library (`exit`, `y0`, `gamma`, …) becomes visible. They are the very declarations that
// Foundation passes on, so a client may import Foundation as well.
// On Linux they are taken from the module below `Glibc`, without its further ones for `Float` and `Float80`: among
// those, `log(2)` would be ambiguous.

#if canImport(Glibc)
  @_exported import func SwiftGlibc.acos
  @_exported import func SwiftGlibc.acosh
  @_exported import func SwiftGlibc.asin
  @_exported import func SwiftGlibc.asinh
  @_exported import func SwiftGlibc.atan
  @_exported import func SwiftGlibc.atan2
  @_exported import func SwiftGlibc.atanh
  @_exported import func SwiftGlibc.cbrt
  @_exported import func SwiftGlibc.ceil
  @_exported import func SwiftGlibc.cos
  @_exported import func SwiftGlibc.cosh
  @_exported import func SwiftGlibc.erf
  @_exported import func SwiftGlibc.exp
  @_exported import func SwiftGlibc.exp2
  @_exported import func SwiftGlibc.expm1
  @_exported import func SwiftGlibc.fabs
  @_exported import func SwiftGlibc.floor
  @_exported import func SwiftGlibc.fmod
  @_exported import func SwiftGlibc.hypot
  @_exported import func SwiftGlibc.log
  @_exported import func SwiftGlibc.log10
  @_exported import func SwiftGlibc.log1p
  @_exported import func SwiftGlibc.log2
  @_exported import func SwiftGlibc.pow
  @_exported import func SwiftGlibc.round
  @_exported import func SwiftGlibc.sin
  @_exported import func SwiftGlibc.sinh
  @_exported import func SwiftGlibc.sqrt
  @_exported import func SwiftGlibc.tan
  @_exported import func SwiftGlibc.tanh
  @_exported import func SwiftGlibc.trunc
#else
  @_exported import func Darwin.acos
  @_exported import func Darwin.acosh
  @_exported import func Darwin.asin
  @_exported import func Darwin.asinh
  @_exported import func Darwin.atan
  @_exported import func Darwin.atan2
  @_exported import func Darwin.atanh
  @_exported import func Darwin.cbrt
  @_exported import func Darwin.ceil
  @_exported import func Darwin.cos
  @_exported import func Darwin.cosh
  @_exported import func Darwin.erf
  @_exported import func Darwin.exp
  @_exported import func Darwin.exp2
  @_exported import func Darwin.expm1
  @_exported import func Darwin.fabs
  @_exported import func Darwin.floor
  @_exported import func Darwin.fmod
  @_exported import func Darwin.hypot
  @_exported import func Darwin.log
  @_exported import func Darwin.log10
  @_exported import func Darwin.log1p
  @_exported import func Darwin.log2
  @_exported import func Darwin.pow
  @_exported import func Darwin.round
  @_exported import func Darwin.sin
  @_exported import func Darwin.sinh
  @_exported import func Darwin.sqrt
  @_exported import func Darwin.tan
  @_exported import func Darwin.tanh
  @_exported import func Darwin.trunc
#endif
