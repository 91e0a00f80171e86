package pdf

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/rfc3161"
)

// EmbeddedItem is an attachment that may be evidence for another file, or for the
// document around it.
type EmbeddedItem struct {
	*Attachment
	// Name is the last part of the attachment's name, by which evidence and subjects
	// are paired.
	Name string
	// Claims: the ending of the name, or the first bytes, say that it is evidence. Else
	// it is of a kind that may hold some, such as JSON.
	Claims bool
}

// The endings of names that claim a kind of evidence, and those of kinds that may hold
// it.
var (
	evidenceEndings = []string{".tsr", ".tst", ".tsd", ".tsq", ".ots", ".sig", ".p1363", ".jws", ".p7s", ".p7m", ".ers", ".asics", ".asice", ".sce", ".scs"}
	holderEndings   = []string{".json", ".xml", ".pdf", ".der", ".pem", ".txt"}
)

// evidenceHead is how many bytes are looked at: more than any magic number.
const evidenceHead = 4 << 10

// embeddedItems lists the present attachments that may be evidence, in their order; it
// judges none. Of those whose name does not tell, the first bytes are read; what is
// sealed or cannot be decoded is only known by its name. The error is one of the file's
// reader, or an *pdffile.Error with CodeLimit.
func embeddedItems(list []*Attachment) ([]EmbeddedItem, error) {
	var out []EmbeddedItem
	for _, a := range list {
		if a.Removed >= 0 || a.Unnamed {
			continue
		}
		x := EmbeddedItem{Attachment: a, Name: lastPart(a.Name)}
		x.Claims = hasEnding(x.Name, evidenceEndings)
		if !x.Claims && !a.Sealed {
			head, err := a.head(evidenceHead)
			if err != nil {
				return out, err
			}
			x.Claims = looksLikeEvidence(head)
		}
		if x.Claims || hasEnding(x.Name, holderEndings) {
			out = append(out, x)
		}
	}
	return out, nil
}

// lastPart returns what stands behind the last separator of any system.
func lastPart(name string) string {
	name = name[strings.LastIndexAny(name, `/\:`)+1:]
	if name == "." || name == ".." {
		return ""
	}
	return name
}

func hasEnding(name string, list []string) bool {
	ending := strings.ToLower(path.Ext(name))
	for _, x := range list {
		if ending == x && len(name) > len(x) {
			return true
		}
	}
	return false
}

// head returns the first bytes of the data; fewer where they end, none where they cannot
// be decoded.
func (e *EmbeddedFile) head(n int) ([]byte, error) {
	r, err := e.Open()
	if err == nil {
		defer r.Close()
		b := make([]byte, n)
		n, err = io.ReadFull(r, b)
		if err == nil || err == io.EOF || err == io.ErrUnexpectedEOF {
			return b[:n], nil
		}
	}
	var own *pdffile.Error
	if errors.As(err, &own) && own.Code != pdffile.CodeLimit {
		return nil, nil
	}
	return nil, err
}

// otsMagic begins a proof of OpenTimestamps.
var otsMagic = []byte("\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94")

// signedData is the content type of CMS (RFC 5652, 5.1), DER with its tag.
var signedData = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}

// looksLikeEvidence recognises time-stamp replies and tokens, other CMS signatures and
// OpenTimestamps proofs by their first bytes.
func looksLikeEvidence(head []byte) bool {
	if bytes.HasPrefix(head, otsMagic) || rfc3161.Sniff(head) {
		return true
	}
	i := bytes.Index(head[:min(len(head), 16+len(signedData))], signedData)
	return i >= 2 && i <= 8 && head[0] == 0x30
}
