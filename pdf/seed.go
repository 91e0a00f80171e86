package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The bits of Ff in a seed value dictionary that make an entry a constraint (table 238).
const (
	seedFilter    = 1 << 0
	seedSubFilter = 1 << 1
	seedReasons   = 1 << 3
	seedDigest    = 1 << 6
	seedJudged    = seedFilter | seedSubFilter | seedReasons | seedDigest
)

// seedValues holds the signature against the constraints that the author of the form put
// on its field (12.7.5.5), as they stood when it was signed: filter, format, reasons and
// digest. Others, such as on certificates, are named as not checked.
func (v *verifier) seedValues(n *node) {
	view := v.file.View(n.s.from())
	for _, x := range n.s.fields {
		d := x.dict
		if x.ref.Number != 0 {
			d, _, _ = pdffile.Value[pdffile.Dict](view, x.ref)
		}
		sv, ok, err := pdffile.Value[pdffile.Dict](view, d.Get("SV"))
		if err != nil {
			n.refuse(checkSeedValues, verdict.SigConstraintsFailure, reasonSeedValue, "the seed values of the field cannot be read", refSeedValues)
			return
		}
		if !ok {
			continue
		}
		if what := n.s.unmet(view, sv); what != "" {
			n.refuse(checkSeedValues, verdict.SigConstraintsFailure, reasonSeedValue, "the field asks for another "+what, refSeedValues)
			return
		}
		if flags, _ := sv.Integer("Ff"); flags&^seedJudged != 0 || sv.Has("Cert") {
			n.p.NotChecked("seed values of "+x.name, "constraints on certificates, revocation data and the appearance of the signature are not judged")
		}
	}
	n.pass(checkSeedValues, "", refSeedValues)
}

// unmet names the first constraint that the signature does not meet, "" if it meets all.
func (s *signature) unmet(v *pdffile.View, sv pdffile.Dict) string {
	flags, _ := sv.Integer("Ff")
	filter, _, _ := pdffile.Value[pdffile.Name](v, sv.Get("Filter"))
	own, _ := s.dict.Get("Filter").(pdffile.Name)
	digest := ""
	if s.value.info != nil {
		digest = seedDigests[sigalg.DigestName(s.value.info.DigestAlgorithm.OID)]
	}
	switch {
	case flags&seedFilter != 0 && filter != own:
		return "filter"
	case flags&seedSubFilter != 0 && !slices.Contains(words(v, sv.Get("SubFilter")), s.subFilter):
		return "format (SubFilter)"
	case flags&seedReasons != 0 && !s.reasonAllowed(words(v, sv.Get("Reasons"))):
		return "reason"
	case flags&seedDigest != 0 && s.value.info != nil && !slices.Contains(words(v, sv.Get("DigestMethod")), digest):
		return "digest"
	}
	return ""
}

// reasonAllowed: no list, or one that is only a period, asks for no reason at all.
func (s *signature) reasonAllowed(list []string) bool {
	reason := s.text("Reason")
	if len(list) == 0 || len(list) == 1 && list[0] == "." {
		return reason == ""
	}
	return slices.Contains(list, reason)
}

// seedDigests are the names of digests in a seed value dictionary.
var seedDigests = map[string]string{"sha1": "SHA1", "sha256": "SHA256", "sha384": "SHA384", "sha512": "SHA512", "ripemd160": "RIPEMD160"}

// maxSeedWords bounds the values of one constraint.
const maxSeedWords = 1000

// words are the names or strings of an array.
func words(v *pdffile.View, o pdffile.Object) (out []string) {
	a, _, _ := pdffile.Value[pdffile.Array](v, o)
	for _, o := range a[:min(len(a), maxSeedWords)] {
		o, _ = v.Resolve(o)
		switch o := o.(type) {
		case pdffile.Name:
			out = append(out, string(o))
		case pdffile.String:
			out = append(out, claimText(o))
		}
	}
	return out
}
