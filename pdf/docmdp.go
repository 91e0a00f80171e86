package pdf

// docMDP applies P=1 of DocMDP to a change (ISO 32000-2, Table 257): no change is
// permitted. The errata of the standard, and ISO/TS 32005 for PDF 1.7, take validation
// data and document time-stamps for no changes, which not all readers do: both readings
// are kept.
func (r *recorder) docMDP(c class, permitted bool, why string) (bool, string) {
	switch {
	case !permitted:
		r.denied, r.ltv = true, true
	case r.p.DocMDP != 1:
	case c.longTerm():
		r.denied = true
		return false, "DocMDP P=1 permits no change; by its other reading this is none"
	default:
		r.denied, r.ltv = true, true
		return false, "DocMDP P=1 permits no change"
	}
	return permitted, why
}

// longTerm reports whether a permitted change is part of keeping a signature
// verifiable, or what every writer does beside it.
func (c class) longTerm() bool {
	switch c {
	case classDSS, classExtensions, classTimestamp, classMetadata, classUnreachable, classNone, classTrailing:
		return true
	}
	return false
}
