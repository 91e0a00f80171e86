// Package jsonstrict reads JSON where two readers must not differ: evidence. It
// accepts RFC 8259 less everything that leaves a choice: no member twice, no
// invalid UTF-8 and no lone surrogate, nothing after the value, and numbers as they
// stand, never through a float. Names are compared byte by byte.
//
// Every input is bounded by [MaxSize], [MaxDepth] and [MaxValues].
package jsonstrict
