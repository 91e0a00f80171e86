package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// KindAttachment names the nodes of attachments. They tell which signatures and document
// time-stamps speak of an attachment, and have no part in the verdict of the document.
const KindAttachment = "pdf-attachment"

const (
	checkCovered     = "covered"
	refEmbedded      = "ISO 32000-2 7.11.4"
	reasonNotCovered = "pdf.attachment-not-covered"
	uncheckedDigest  = "attachment-digest"
	uncheckedListing = "attachments"
	reasonNotListed  = "the attachments could not be listed to the end"
)

// Limits on the nodes of attachments. What is beyond is named as not checked.
const (
	// maxAttachmentNodes is more than anybody attaches to a document by hand.
	maxAttachmentNodes = 1000
	// maxAttachmentBytes bounds the data of all attachments that are hashed for their
	// nodes: half of what may be decoded of a document, so that enough is left to look
	// into them.
	maxAttachmentBytes = pdffile.MaxDecoded / 2
)

// attachmentClaims is what the document says of an attachment, with its real size and
// digest and with what covers it.
type attachmentClaims struct {
	Name         string   `json:"name,omitempty"`
	Relationship string   `json:"relationship,omitempty"`
	MIME         string   `json:"mime,omitempty"`
	Size         *int64   `json:"size,omitempty"`
	SHA256       string   `json:"sha256,omitempty"`
	Revision     int      `json:"revision"`
	CoveredBy    []string `json:"covered_by,omitempty"`
}

// attachmentNodes makes a node for each present attachment. nodes are those of the
// signatures. What the search for attachments did not reach is named in p.
func (v *verifier) attachmentNodes(p *verdict.Procedure, nodes []verdict.Result) (out []verdict.Result) {
	if v.file.NoEmbedded() {
		return nil
	}
	list, _, err := v.attachments()
	if err != nil {
		p.NotChecked(uncheckedListing, reasonNotListed+": "+err.Error())
	}
	left, more := int64(maxAttachmentBytes), 0
	for _, a := range list {
		switch {
		case a.Removed >= 0 || a.Unnamed:
		case len(out) == maxAttachmentNodes:
			more++
		default:
			out = append(out, v.attachmentNode(a, len(out)+1, &left, nodes))
		}
	}
	if more > 0 {
		p.NotChecked(uncheckedListing, fmt.Sprintf("the document has %d more attachments than the %d that are judged", more, maxAttachmentNodes))
	}
	return out
}

func (v *verifier) attachmentNode(a *Attachment, number int, left *int64, nodes []verdict.Result) verdict.Result {
	p := verdict.Begin(KindAttachment, checkCovered)
	claims := attachmentClaims{
		Name: printable(a.Name), Relationship: printable(a.Relationship), MIME: printable(a.MIME), Revision: a.Revision,
	}
	if sum, size, err := a.measure(v.ctx, left); err != nil {
		p.NotChecked(uncheckedDigest, "the data of the attachment were not hashed: "+err.Error())
	} else {
		claims.SHA256, claims.Size = hexOf(sum), &size
		a.compareClaims(p)
	}
	c := v.coverageOf(a, nodes)
	claims.CoveredBy = c.sources
	switch {
	case len(c.passed) > 0:
		p.Pass(checkCovered, c.passed[0].Source, refEmbedded)
	case c.open != nil:
		takeOver(p, checkCovered, c.open, c.open.Source, refEmbedded)
	default:
		detail := "no signature or time-stamp speaks of this attachment"
		if len(c.sources) > 0 {
			detail = "what speaks of this attachment failed"
		}
		p.Undecided(checkCovered, verdict.NoPOE, reasonNotCovered, detail, refEmbedded)
	}
	r := p.Finish()
	r.Source = "#attachment-" + strconv.Itoa(number)
	r.Covers = &verdict.Covers{Kind: "attachment", SHA256: claims.SHA256}
	r.Claims = claims
	c.prove(&r)
	return r
}

// prove gives the node what the passed ones prove: the earliest time, and all kinds.
func (c *coverage) prove(r *verdict.Result) {
	r.Proves = []string{verdict.ProvesExistence}
	if !r.Passed() {
		return
	}
	r.Proves = nil
	for _, x := range c.passed {
		for _, what := range x.Proves {
			if !slices.Contains(r.Proves, what) {
				r.Proves = append(r.Proves, what)
			}
		}
		if t := x.ExistedNotLaterThan; !t.IsZero() && (r.ExistedNotLaterThan.IsZero() || t.Before(r.ExistedNotLaterThan)) {
			r.ExistedNotLaterThan, r.Time, r.Trust = t, x.Time, x.Trust
		}
	}
	slices.Sort(r.Proves)
}

var errAttachmentBytes = fmt.Errorf("the attachments have more than the %d bytes that are hashed of a document", maxAttachmentBytes)

// measure takes the digests of the data, and their size, if they have no more bytes than
// left, and takes these off. What is known already costs the same, so that every
// verification comes to the same limit.
func (e *EmbeddedFile) measure(ctx context.Context, left *int64) (sum []byte, size int64, err error) {
	if e.Sealed {
		return nil, 0, errors.New("they are encrypted, and the password is missing or wrong")
	}
	if *left <= 0 {
		return nil, 0, errAttachmentBytes
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.digests[fileDigest] == nil || e.CheckSum != nil && e.digests[md5Digest] == nil {
		if n, err := e.digestWithin(ctx, *left); err != nil {
			*left -= n
			return nil, 0, err
		}
	}
	if *left -= e.length; *left < 0 {
		return nil, 0, errAttachmentBytes
	}
	return e.digests[fileDigest], e.length, nil
}

// digestWithin is Prepare for data of at most limit bytes; e is locked. It returns how
// many were read.
func (e *EmbeddedFile) digestWithin(ctx context.Context, limit int64) (int64, error) {
	r, err := e.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	want := []verdict.DigestOf{fileDigest}
	if e.CheckSum != nil {
		want = append(want, md5Digest)
	}
	got, n, err := verdict.HashStream(ctx, io.LimitReader(r, limit+1), want)
	switch {
	case err != nil:
		return n, err
	case n > limit:
		return n, errAttachmentBytes
	}
	if e.digests == nil {
		e.digests = map[verdict.DigestOf][]byte{}
	}
	e.length = n
	for _, w := range want {
		if e.digests[w], err = got.Digest(w.Algorithm, nil); err != nil {
			return n, err
		}
	}
	return n, nil
}

// compareClaims warns of a size or a checksum that the data, hashed before, do not have.
func (e *EmbeddedFile) compareClaims(p *verdict.Procedure) {
	found, err := e.checkClaims(context.Background())
	if err != nil {
		return
	}
	for _, x := range found {
		if x.Code == foundAttachmentChecksum {
			p.Warn(x.Code, x.Text)
		}
	}
}
