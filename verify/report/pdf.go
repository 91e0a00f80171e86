package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// Limits on what the text repeats of a document; JSON has all of it.
const (
	maxChangesInText     = 10
	maxAttachmentsInText = 20
	maxSignersInText     = 3
)

// pdfClaims are the claims of the parts of a document, as far as the text tells them.
type pdfClaims struct {
	Field         string      `json:"field"`
	Revision      int         `json:"revision"`
	WholeFile     bool        `json:"whole_file"`
	Level         string      `json:"pades_level"`
	LevelVerified string      `json:"pades_level_verified"`
	ClaimedTime   string      `json:"claimed_time"`
	SigningTime   string      `json:"signing_time_attribute"`
	Name          string      `json:"name"`
	LaterChanges  string      `json:"later_changes"`
	Changes       []pdfChange `json:"changes"`
	ChangesCut    int         `json:"changes_cut"`
	Integrity     bool        `json:"integrity"`
	Signer        struct {
		Subject string `json:"subject"`
	} `json:"signer"`
	Size      *int64   `json:"size"`
	SHA256    string   `json:"sha256"`
	CoveredBy []string `json:"covered_by"`
}

// pdfChange is an object that is not what it was.
type pdfChange struct {
	Revision  int    `json:"revision"`
	Class     string `json:"class"`
	Object    uint32 `json:"object"`
	What      string `json:"what"`
	Permitted bool   `json:"permitted"`
}

func claimsOf(n *verdict.Result) (c pdfClaims) {
	if b, err := json.Marshal(n.Claims); err == nil {
		_ = json.Unmarshal(b, &c) // what does not fit is not told
	}
	return c
}

// pdfPart tells of a signature, a document time-stamp or an attachment what a reader wants
// to know of it beside the verdict.
func (t *text) pdfPart(n *verdict.Result) {
	switch n.Kind {
	case "pdf-signature", "pdf-document-timestamp":
		t.pdfSignature(n)
	case "pdf-attachment":
		t.pdfAttachment(n)
	}
}

func (t *text) pdfSignature(n *verdict.Result) {
	c := claimsOf(n)
	if c.Integrity {
		t.field("integrity", "the bytes that it covers are as they were signed")
	} else {
		t.field("integrity", "not shown: nothing says that the bytes it covers are as they were signed")
	}
	if n.Kind == "pdf-signature" {
		t.field("signer", "%s", signerWords(n, &c))
		t.field("when", "%s", whenWords(n, &c))
	}
	t.field("covers", "%s", coverWords(n, &c))
	t.field("since then", "%s", changeWords(&c))
	if c.Level != "" {
		proven := "none"
		if c.LevelVerified != "" {
			proven = c.LevelVerified
		}
		t.field("level", "PAdES %s by what is there, proven: %s", Clean(c.Level), Clean(proven))
	}
}

// signerWords names the signer as proven only where the signature passed.
func signerWords(n *verdict.Result, c *pdfClaims) string {
	name := Clean(c.Signer.Subject)
	switch {
	case n.Passed() && name != "":
		return "signed by " + name
	case name != "":
		return "claims to be signed by " + name + "; not proven"
	case c.Name != "":
		return "claims to be signed by " + Clean(c.Name) + ", which is only a name in the document; not proven"
	}
	return "not known"
}

func whenWords(n *verdict.Result, c *pdfClaims) string {
	claimed := c.SigningTime
	if claimed == "" {
		claimed = c.ClaimedTime
	}
	switch {
	case n.Passed() && !n.ExistedNotLaterThan.IsZero():
		words := "not later than " + verdict.FormatTime(n.ExistedNotLaterThan)
		if n.Time != nil && n.Time.Source != "" {
			words += ", by " + Clean(n.Time.Source)
		}
		return words
	case claimed != "":
		return "no time is proven; it claims " + Clean(claimed)
	}
	return "no time is proven"
}

func coverWords(n *verdict.Result, c *pdfClaims) string {
	words := fmt.Sprintf("revision %d", c.Revision)
	if n.Covers == nil {
		return "no revision that could be told"
	}
	if n.Covers.Range != "" {
		words += ", the bytes " + Clean(n.Covers.Range)
	}
	if c.WholeFile {
		return words + ": the whole file"
	}
	return words + ": not the whole file"
}

// changeWords says what later revisions did, as far as the text has room.
func changeWords(c *pdfClaims) string {
	verdicts := map[string]string{"none": "later changes: none", "permitted": "later changes: permitted", "not-permitted": "later changes: not permitted"}
	words, ok := verdicts[c.LaterChanges]
	if !ok {
		return "later changes: not judged"
	}
	list := slices.Clone(c.Changes)
	slices.SortStableFunc(list, func(a, b pdfChange) int { return rank(a) - rank(b) })
	var told []string
	for _, x := range list[:min(len(list), maxChangesInText)] {
		s := fmt.Sprintf("revision %d, object %d: %s", x.Revision, x.Object, Clean(x.Class))
		if x.What != "" {
			s += ", " + Clean(x.What)
		}
		if !x.Permitted && c.LaterChanges == "not-permitted" {
			s += " (not permitted)"
		}
		told = append(told, s)
	}
	if more := len(list) - len(told) + c.ChangesCut; more > 0 {
		told = append(told, fmt.Sprintf("and %d more", more))
	}
	if len(told) > 0 {
		words += ". " + strings.Join(told, "; ")
	}
	return words
}

// rank puts what is not permitted first.
func rank(c pdfChange) int {
	if c.Permitted {
		return 1
	}
	return 0
}

func (t *text) pdfAttachment(n *verdict.Result) {
	c := claimsOf(n)
	words := "without a name"
	if c.Name != "" {
		words = Clean(c.Name)
	}
	if c.Size != nil {
		words += fmt.Sprintf(", %d bytes", *c.Size)
	}
	if c.SHA256 != "" {
		words += ", sha256:" + c.SHA256
	}
	if len(c.CoveredBy) > 0 {
		covered := c.CoveredBy[:min(len(c.CoveredBy), maxChangesInText)]
		words += ", covered by " + Clean(strings.Join(covered, ", "))
	}
	t.field("attachment", "%s", words)
}

// children are the parts of a node that the text has room for, and how many more
// attachments there are.
func children(n *verdict.Result) (list []*verdict.Result, more int) {
	attachments := 0
	for i := range n.Children {
		c := &n.Children[i]
		if c.Kind == "pdf-attachment" {
			if attachments++; attachments > maxAttachmentsInText {
				more++
				continue
			}
		}
		list = append(list, c)
	}
	return list, more
}

// documentWords says who signed a document, by its own signatures that passed, and
// whether something was added since; empty for one without.
func documentWords(r *verify.Result) (signers string, unchanged bool) {
	var names []string
	unchanged = true
	for i := range r.Evidence {
		n := &r.Evidence[i]
		if n.Kind != "pdf" || !n.Passed() {
			continue
		}
		for j := range n.Children {
			part := &n.Children[j]
			if part.Kind != "pdf-signature" || !part.Passed() {
				continue
			}
			c := claimsOf(part)
			unchanged = unchanged && c.LaterChanges == "none"
			if name := Clean(c.Signer.Subject); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) > maxSignersInText {
		names = append(names[:maxSignersInText], fmt.Sprintf("%d more", len(names)-maxSignersInText))
	}
	switch len(names) {
	case 0:
		return "", unchanged
	case 1:
		return " by " + names[0], unchanged
	}
	last := len(names) - 1
	return " by " + strings.Join(names[:last], ", ") + " and " + names[last], unchanged
}
