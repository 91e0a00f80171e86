package pdf

import (
	"encoding/hex"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// signatureClaims is what a signature says of itself, with what was found about it
// without trust: whether its arithmetic holds, and what became of the document since.
type signatureClaims struct {
	Field         string        `json:"field,omitempty"`
	Fields        []string      `json:"fields,omitempty"` // where it is the value of several
	SubFilter     string        `json:"sub_filter,omitempty"`
	Filter        string        `json:"filter,omitempty"`
	ByteRange     []int64       `json:"byte_range,omitempty"`
	Revision      int           `json:"revision"`
	WholeFile     bool          `json:"whole_file"`
	Level         string        `json:"pades_level,omitempty"`          // by what is there
	LevelVerified string        `json:"pades_level_verified,omitempty"` // by what passed
	DocMDP        int           `json:"docmdp,omitempty"`
	ClaimedTime   string        `json:"claimed_time,omitempty"`
	SigningTime   string        `json:"signing_time_attribute,omitempty"`
	Reason        string        `json:"reason,omitempty"`
	Location      string        `json:"location,omitempty"`
	Name          string        `json:"name,omitempty"`
	Contact       string        `json:"contact,omitempty"`
	Application   string        `json:"application,omitempty"`
	VRI           string        `json:"vri,omitempty"`
	LaterChanges  string        `json:"later_changes"`
	Changes       []changeClaim `json:"changes,omitempty"`
	ChangesCut    int           `json:"changes_cut,omitempty"`
	Integrity     bool          `json:"integrity"`
	Signer        *signerClaim  `json:"signer,omitempty"`
}

// changeClaim is one object that is not what it was when the document was signed.
type changeClaim struct {
	Revision  int    `json:"revision"`
	Class     string `json:"class"`
	Object    uint32 `json:"object"`
	What      string `json:"what,omitempty"`
	Permitted bool   `json:"permitted"`
	Why       string `json:"why,omitempty"`
}

type signerClaim struct {
	Subject string `json:"subject"`
	Issuer  string `json:"issuer"`
	Serial  string `json:"serial"`
	SHA256  string `json:"sha256"`
}

// maxChangesShown bounds the changes that a report lists for one signature.
const maxChangesShown = 200

func (v *verifier) signatureClaims(n *node) signatureClaims {
	s := n.s
	c := signatureClaims{
		SubFilter: printable(s.subFilter), Revision: s.from(), WholeFile: v.whole(s), Level: v.structuralLevel(s), LevelVerified: n.level,
		DocMDP: s.rules.docMDP, Reason: s.text("Reason"), Location: s.text("Location"), Name: s.text("Name"), Contact: s.text("ContactInfo"),
		Integrity: n.integrity, LaterChanges: n.changes.Verdict,
	}
	for i, x := range s.fields[:min(len(s.fields), maxRangeShown)] {
		if i == 0 {
			c.Field = x.name
		}
		if len(s.fields) > 1 {
			c.Fields = append(c.Fields, x.name)
		}
	}
	if f, ok := s.dict.Get("Filter").(pdffile.Name); ok {
		c.Filter = nameText(f)
	}
	if m, ok := s.dict.Get("M").(pdffile.String); ok {
		c.ClaimedTime = claimTime(m)
	}
	for _, o := range s.rng.written[:min(len(s.rng.written), maxRangeShown)] {
		if x, ok := o.(pdffile.Integer); ok {
			c.ByteRange = append(c.ByteRange, int64(x))
		}
	}
	if at := s.value.attrs.SigningTime; !at.IsZero() {
		c.SigningTime = formatClaim(at)
	}
	c.Application = s.application(s.view(v.file))
	c.VRI, _ = v.store.vriOf(s)
	for _, x := range n.changes.Changes {
		if len(c.Changes) == maxChangesShown {
			c.ChangesCut = len(n.changes.Changes) - maxChangesShown
			break
		}
		c.Changes = append(c.Changes, changeClaim{x.Revision, x.Class, x.Object.Number, printable(x.What), x.Permitted, printable(x.Why)})
	}
	if cert := n.facts.Signer; cert != nil {
		sum := cert.SHA256()
		c.Signer = &signerClaim{cert.Subject(), cert.Issuer(), hex.EncodeToString(cert.Serial), hexOf(sum[:])}
	}
	return c
}

// application is the program that made the signature, as the build properties say
// (12.8.1, Prop_Build).
func (s *signature) application(v *pdffile.View) string {
	build, _, _ := pdffile.Value[pdffile.Dict](v, s.dict.Get("Prop_Build"))
	for _, key := range []pdffile.Name{"App", "Filter"} {
		d, ok, _ := pdffile.Value[pdffile.Dict](v, build.Get(key))
		if name, is, _ := pdffile.Value[pdffile.Name](v, d.Get("Name")); ok && is {
			return nameText(name)
		}
	}
	return ""
}
