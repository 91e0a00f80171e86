package pdf

import (
	"context"
	"encoding/json"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Claims is what a document says of itself, and its history as its bytes tell it.
// Nothing of it is verified. It is read from the document when it is encoded or asked
// for: that takes the digest of every revision, and compares each with the one before.
type Claims struct{ d *Document }

// Claims returns what the document says of itself.
func (d *Document) Claims() Claims { return Claims{d} }

// Fields is the JSON form of Claims.
type Fields struct {
	Version string `json:"version,omitempty"` // of the header
	// Repaired: the structure can be read only by repairing it.
	Repaired  bool             `json:"repaired,omitempty"`
	Encrypted *EncryptionField `json:"encrypted,omitempty"`
	PDFA      *PDFAField       `json:"pdfa,omitempty"`
	Revisions []RevisionField  `json:"revisions"`
	// Attachments are those that the present document names, and those that only older
	// revisions named or that nothing names.
	Attachments []AttachmentField `json:"attachments,omitempty"`
	Findings    []FindingField    `json:"findings,omitempty"`
	// Incomplete says what ended the reading, if something did.
	Incomplete string `json:"incomplete,omitempty"`
}

// EncryptionField says how a document is encrypted, and whether it could be opened.
type EncryptionField struct {
	Handler string `json:"handler,omitempty"`
	Strings string `json:"strings,omitempty"`
	Streams string `json:"streams,omitempty"`
	Open    bool   `json:"open"`
}

// PDFAField is a claim of conformance to PDF/A.
type PDFAField struct {
	Part        string `json:"part"`
	Conformance string `json:"conformance,omitempty"`
}

// RevisionField is one revision: the bytes 0 to End, with their digest, and what it did
// to the one before. N is what WriteRevision takes.
type RevisionField struct {
	N       int           `json:"n"`
	End     int64         `json:"end"`
	SHA256  string        `json:"sha256,omitempty"`
	Added   int           `json:"added"`
	Changed int           `json:"changed"`
	Freed   int           `json:"freed"`
	Changes []ChangeField `json:"changes,omitempty"`
	// Cut is how many changes more there are.
	Cut int `json:"changes_cut,omitempty"`
}

// ChangeField is an object that a revision changed, by its class.
type ChangeField struct {
	Class  string `json:"class"`
	Object uint32 `json:"object"`
	What   string `json:"what,omitempty"`
}

// AttachmentField is an embedded file as the document names it.
type AttachmentField struct {
	Name         string `json:"name,omitempty"`
	Relationship string `json:"relationship,omitempty"`
	MIME         string `json:"mime,omitempty"`
	Size         *int64 `json:"size,omitempty"` // as claimed
	Revision     int    `json:"revision"`       // whose bytes it is
	Removed      bool   `json:"removed,omitempty"`
	Unnamed      bool   `json:"unnamed,omitempty"`
}

// FindingField is something in the file that is not by the letter, or that readers read
// differently.
type FindingField struct {
	Code   string `json:"code"`
	Offset int64  `json:"offset"`
	Text   string `json:"text"`
}

// Limits on what claims repeat; what is left out is counted or said.
const (
	maxClaimedChanges     = 200 // of one revision
	maxClaimedAttachments = 1000
	maxClaimedFindings    = 200
)

// MarshalJSON writes Fields.
func (c Claims) MarshalJSON() ([]byte, error) { return json.Marshal(c.Fields()) }

// Fields returns the claims one by one. They are read once.
func (c Claims) Fields() Fields {
	d := c.d
	d.claimsMu.Lock()
	defer d.claimsMu.Unlock()
	if d.claims == nil {
		f := d.readClaims(context.Background())
		if f.Incomplete != "" {
			return f
		}
		d.claims = &f
	}
	return *d.claims
}

func (d *Document) readClaims(ctx context.Context) Fields {
	f := Fields{Version: printable(d.file.Version()), Repaired: !d.file.Strict()}
	incomplete := func(err error) {
		if err != nil && f.Incomplete == "" {
			f.Incomplete = err.Error()
		}
	}
	if e, ok := d.file.Encrypted(); ok {
		f.Encrypted = &EncryptionField{nameText(e.Handler), e.Strings, e.Streams, e.Open}
	}
	p, found, err := findPDFA(d.file, d.file.Last())
	incomplete(err)
	if p.Claimed() {
		f.PDFA = &PDFAField{printable(p.Part), printable(p.Conformance)}
	}
	incomplete(d.claimRevisions(ctx, &f))
	list, more, err := d.attachments()
	incomplete(err)
	for _, a := range list[:min(len(list), maxClaimedAttachments)] {
		f.Attachments = append(f.Attachments, claimAttachment(a))
	}
	for _, list := range [][]pdffile.Finding{d.file.Findings(), more, found} {
		for _, x := range list {
			if len(f.Findings) < maxClaimedFindings {
				f.Findings = append(f.Findings, FindingField{x.Code, x.Offset, printable(x.Text)})
			}
		}
	}
	return f
}

func claimAttachment(a *Attachment) AttachmentField {
	f := AttachmentField{
		Name: printable(a.Name), Relationship: printable(a.Relationship), MIME: printable(a.MIME),
		Revision: a.Revision, Removed: a.Removed >= 0, Unnamed: a.Unnamed,
	}
	if a.Size >= 0 {
		f.Size = &a.Size
	}
	return f
}

// claimRevisions tells the history. The digests are those of the pass that serves the
// signatures too.
func (d *Document) claimRevisions(ctx context.Context, f *Fields) error {
	err := d.take(ctx, d.revisionMeasures())
	c := newComparer(d.file)
	for _, row := range revisionHistory(d.file) {
		r := RevisionField{N: row.N, End: row.End, Added: row.Added, Changed: row.Changed, Freed: row.Freed}
		if sum, ok := d.measures.get(upTo("sha256", row.End)); ok {
			r.SHA256 = hexOf(sum)
		}
		if row.N > 0 && err == nil {
			changes := c.between(row.N-1, row.N)
			err = changes.Err
			r.Cut = max(0, len(changes.Changes)-maxClaimedChanges)
			for _, x := range changes.Changes[:len(changes.Changes)-r.Cut] {
				r.Changes = append(r.Changes, ChangeField{x.Class, x.Object.Number, printable(x.What)})
			}
		}
		f.Revisions = append(f.Revisions, r)
	}
	return err
}

// revisionMeasures are the digests of the document as each revision left it.
func (d *Document) revisionMeasures() (list []measure) {
	for _, r := range d.file.Revisions() {
		list = append(list, upTo("sha256", r.End))
	}
	return list
}
