package signercheck

import (
	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// revocationData is everything at hand: what was given, what lies in SignedData.crls
// and in attributes, and what the evidence brings beside the signature. What the
// evidence brings is as good as any: who signed it counts.
type revocationData struct {
	crls       []*pki.CRL
	ocsp       []*pki.OCSPResponse
	unreadable bool
	gathered   bool
}

// gather reads the data, once for all paths that are tried.
func (j *Judge) gather() {
	d := &j.data
	if d.gathered {
		return
	}
	d.gathered = true
	if sd := j.Signed.CMS; sd != nil {
		crls, ocsp := j.Signed.Info.Revocations()
		origin := "in " + j.Profile.Object
		d.read(sd.CRLs, sd.OCSP, origin)
		d.read(crls, ocsp, origin)
	}
	d.crls = concat(j.Env.CRLs, d.crls, j.Beside.CRLs)
	d.ocsp = concat(j.Env.OCSP, d.ocsp, j.Beside.OCSP)
}

func (d *revocationData) read(crls, ocsp [][]byte, origin string) {
	for _, raw := range crls {
		if c, err := certpath.ParseCRL(raw); err == nil {
			c.Origin = origin
			d.crls = append(d.crls, c)
		} else {
			d.unreadable = true
		}
	}
	for _, raw := range ocsp {
		if o, err := certpath.ParseOCSP(raw); err == nil {
			o.Origin = origin
			d.ocsp = append(d.ocsp, o)
		} else {
			d.unreadable = true
		}
	}
}

// concat joins lists, and does not copy one that stands alone.
func concat[T any](lists ...[]T) (out []T) {
	for _, l := range lists {
		if len(out) == 0 {
			out = l[:len(l):len(l)]
		} else {
			out = append(out, l...)
		}
	}
	return out
}

// acceptable asks the table of dates about an algorithm of revocation data.
func (j *Judge) acceptable(digest, kind string, bits int) (bool, string) {
	at, ok := j.algorithmTime(j.Time.material)
	if !ok {
		return true, "" // without a time of validation nothing passes anyway
	}
	for _, u := range []trust.Use{{Digest: digest}, {Key: kind, Bits: bits}} {
		if good, last := j.Env.Table().Good(u, at); !good {
			return false, u.Name() + " (last good day: " + last + ")"
		}
	}
	return true, ""
}
