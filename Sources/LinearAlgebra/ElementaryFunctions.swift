// The C library's functions of one or two `Double`s, passed on one by one: `exp(z)` needs no import of its own, and
// nothing else of the C library (`exit`, `y0`, `gamma`, …) becomes visible. They are the very declarations that
// Foundation passes on, so a client may import Foundation as well.

#if canImport(Glibc)
  @_exported import func Glibc.acos
  @_exported import func Glibc.acosh
  @_exported import func Glibc.asin
  @_exported import func Glibc.asinh
  @_exported import func Glibc.atan
  @_exported import func Glibc.atan2
  @_exported import func Glibc.atanh
  @_exported import func Glibc.cbrt
  @_exported import func Glibc.ceil
  @_exported import func Glibc.cos
  @_exported import func Glibc.cosh
  @_exported import func Glibc.erf
  @_exported import func Glibc.exp
  @_exported import func Glibc.exp2
  @_exported import func Glibc.expm1
  @_exported import func Glibc.fabs
  @_exported import func Glibc.floor
  @_exported import func Glibc.fmod
  @_exported import func Glibc.hypot
  @_exported import func Glibc.log
  @_exported import func Glibc.log10
  @_exported import func Glibc.log1p
  @_exported import func Glibc.log2
  @_exported import func Glibc.pow
  @_exported import func Glibc.round
  @_exported import func Glibc.sin
  @_exported import func Glibc.sinh
  @_exported import func Glibc.sqrt
  @_exported import func Glibc.tan
  @_exported import func Glibc.tanh
  @_exported import func Glibc.trunc
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
