package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

func TestDocumentInText(t *testing.T) {
	const (
		signer = "CN=signer, O=Exhibit PDF Test Authority"
		claims = "signer claims to be signed by " + signer + "; not proven"
	)
	for id, wants := range map[string][]string{
		"detached": {
			"TOTAL-PASSED: detached.pdf is unchanged since it was signed by " + signer + " (signature only; no time is proven for all its bytes).",
			"integrity the bytes that it covers are as they were signed", "signer signed by " + signer, "when no time is proven",
			": the whole file since then later changes: none",
		},
		"cades-lta": {
			"TOTAL-PASSED: cades-lta.pdf existed, unchanged, not later than 2025-06-01T12:00:00Z, according to a time-stamp in the document (anchor CN=tsa-root, O=Exhibit PDF Test Authority); it is signed by " + signer + ", and what was added later is permitted.",
			"when not later than 2025-03-01T12:00:00Z, by #signature-1!timestamp-1", ": not the whole file since then later changes: permitted. revision 2, object 1: dss, catalog: DSS;",
			"level PAdES B-LTA by what is there, proven: B-LTA", "cades-lta.pdf#signature-1!timestamp-1, rfc3161: PASSED",
		},
		"certified-2-filled": {"certified-2-filled.pdf was signed by " + signer + "; what was added later is permitted (signature only;"},
		"no-anchors":         {claims, "integrity the bytes that it covers are as they were signed", "anything"},
		"value-wrong":        {claims, "TOTAL-FAILED"},
		"other-byte":         {claims, "integrity not shown", "the document was changed after it was signed (HASH_FAILURE,"},
		"filled-approved":    {claims, `later changes: not permitted. revision 2, object 6: form-values, field "Remark": V (not permitted)`},
		"attachment":         {"attachment.pdf#attachment-1, pdf-attachment: PASSED, not later than", "attachment list.txt, 8 bytes, sha256:c3f9c8c2", "covered by #signature-1"},
		"attachment-later":   {"attachment-later.pdf#attachment-1, pdf-attachment: INDETERMINATE (NO_POE, pdf.attachment-not-covered)"},
		"encrypted-closed":   {"the document is encrypted, and the password is missing or wrong"},
	} {
		flat := strings.Join(strings.Fields(vectorText(t, "pdf", id)), " ")
		for _, want := range wants {
			if want != "anything" && !strings.Contains(flat, want) {
				t.Errorf("%s: no %q in\n%s", id, want, flat)
			}
		}
		if signed := strings.Contains(flat, "signer signed by"); signed && strings.Contains(flat, claims) {
			t.Errorf("%s: both proven and not", id)
		}
	}
}

// A name in a document is never told as that of the signer, nor what does not print.
func TestClaimedNameInText(t *testing.T) {
	n := undecidedNode(t, map[string]any{"name": "Bank\x1b[31m", "claimed_time": "2024-01-01T00:00:00Z", "later_changes": "odd", "revision": 1})
	var b text
	b.pdfPart(&n)
	flat := strings.Join(strings.Fields(b.b.String()), " ")
	for _, want := range []string{
		`signer claims to be signed by Bank\x1b[31m, which is only a name in the document; not proven`,
		"when no time is proven; it claims 2024-01-01T00:00:00Z", "since then later changes: not judged", "covers no revision that could be told",
	} {
		if !strings.Contains(flat, want) {
			t.Errorf("no %q in %s", want, flat)
		}
	}
}

func undecidedNode(t *testing.T, claims any) verdict.Result {
	t.Helper()
	p := verdict.Begin("pdf-signature", "format")
	p.Undecided("format", verdict.Custom, "pdf.limit", "", "")
	n := p.Finish()
	n.Claims = claims
	return n
}

// Lists have an end, and what is not permitted comes first.
func TestBoundsOfADocumentInText(t *testing.T) {
	for _, count := range []int{maxChangesInText, maxChangesInText + 1} {
		c := pdfClaims{LaterChanges: "not-permitted", ChangesCut: 3}
		for i := range count {
			c.Changes = append(c.Changes, pdfChange{Revision: 2, Class: "x", Object: uint32(i), Permitted: i != count-1})
		}
		words := changeWords(&c)
		if n := strings.Count(words, "object"); n != maxChangesInText || !strings.HasSuffix(words, fmt.Sprintf("; and %d more", 3+count-maxChangesInText)) {
			t.Errorf("%d: %s", count, words)
		}
		if !strings.HasPrefix(words, fmt.Sprintf("later changes: not permitted. revision 2, object %d: x (not permitted);", count-1)) {
			t.Error(words)
		}
	}
	for _, count := range []int{maxAttachmentsInText, maxAttachmentsInText + 1} {
		n := verdict.Result{Children: []verdict.Result{{Kind: "pdf-signature"}}}
		for range count {
			n.Children = append(n.Children, verdict.Result{Kind: "pdf-attachment"})
		}
		if list, more := children(&n); len(list) != 1+maxAttachmentsInText || more != count-maxAttachmentsInText {
			t.Errorf("%d: %d and %d more", count, len(list), more)
		}
	}
	for _, count := range []int{1, 2, maxSignersInText, maxSignersInText + 2} {
		p := verdict.Begin("pdf", "x")
		p.Pass("x", "", "")
		doc := p.Finish()
		for i := range count {
			p := verdict.Begin("pdf-signature", "x")
			p.Pass("x", "", "")
			n := p.Finish()
			n.Claims = map[string]any{"later_changes": "none", "signer": map[string]any{"subject": fmt.Sprintf("CN=%d", i)}}
			doc.Children = append(doc.Children, n)
		}
		got, unchanged := documentWords(&verify.Result{Evidence: []verdict.Result{doc}})
		want := map[int]string{1: " by CN=0", 2: " by CN=0 and CN=1", 3: " by CN=0, CN=1 and CN=2", 5: " by CN=0, CN=1, CN=2 and 2 more"}[count]
		if got != want || !unchanged {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
