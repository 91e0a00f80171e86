package pdf

import (
	"github.com/exhibit-dev/exhibit/verdict"
)

// The PAdES baseline levels (EN 319 142-1, clause 6).
const (
	levelB   = "B-B"
	levelT   = "B-T"
	levelLT  = "B-LT"
	levelLTA = "B-LTA"
)

// structuralLevel says which PAdES level a signature has by what is there, whether or
// not any of it holds: a time-stamp over it, values in the DSS, a document time-stamp
// over these.
func (d *Document) structuralLevel(s *signature) string {
	if s.form != formCAdES || s.value.info == nil || s.value.attrs.V1 == nil && s.value.attrs.V2 == nil {
		return ""
	}
	var stamps []*byteRange
	for _, t := range d.signatures {
		if t.timestamp() && t.value.token != nil && t.sound() && t.rng.holds(s.contents.extent) {
			stamps = append(stamps, &t.rng)
		}
	}
	if len(stamps) == 0 && !s.value.hasStamp() {
		return levelB
	}
	certs, revocation := d.store.count()
	if certs == 0 && revocation == 0 || revocation == 0 && !s.value.hasRevocation() {
		return levelT
	}
	for _, r := range stamps {
		if d.store.protected(r.holds) {
			return levelLTA
		}
	}
	return levelLT
}

func (v *value) hasStamp() bool {
	for _, st := range v.stamps {
		if !st.content && st.err == nil {
			return true
		}
	}
	return false
}

func (v *value) hasRevocation() bool {
	crls, ocsp := v.info.Revocations()
	return len(crls)+len(ocsp)+len(v.cms.CRLs)+len(v.cms.OCSP) > 0
}

// protected reports whether values about revocation lie within what hold says yes to.
func (s *store) protected(hold func(extent) bool) bool {
	for i := range s.items {
		if x := &s.items[i]; x.kind != storeCert && hold(x.extent) {
			return true
		}
	}
	return false
}

// level is the PAdES level that was proven: of what is there, as much as passed.
func (s *signature) level(st *store, proofs []proof, onValue *verdict.Existence, signer *verdict.Result) string {
	switch {
	case s.form != formCAdES || !signer.Passed():
		return ""
	case onValue == nil:
		return levelB
	case warnedOf(signer, "pdf.revocation-missing"):
		return levelT
	}
	if _, revocation := st.count(); revocation == 0 && !s.value.hasRevocation() {
		return levelT
	}
	for i := range proofs {
		if p := &proofs[i]; p.rng != nil && p.holds(s.contents.extent) && st.protected(p.holds) {
			return levelLTA
		}
	}
	return levelLT
}

func warnedOf(r *verdict.Result, code string) bool {
	for _, w := range r.Warnings {
		if w.Code == code {
			return true
		}
	}
	return false
}
