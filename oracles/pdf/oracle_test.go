package pdf

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	ours "github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// decided are the verdicts that depend on the digest of the ByteRange and on the value of
// the signature alone: it passes, or one of them does not hold. What else is wrong with
// a document pdfsign may read in another way, or not at all.
var decided = []string{"", "pdf.message-digest-mismatch", "pdf.signature-invalid"}

// differences are the vectors in which pdfsign finds another number of intact signatures
// than this project, and why.
var differences = map[string]struct {
	theirs int
	why    string
}{
	"in-field":               {0, "it takes dictionaries that are objects of their own"},
	"usage-rights":           {2, "it counts usage rights, which are no signature of the document"},
	"encrypted-empty":        {0, "it decrypts the value of the signature too"},
	"signing-time":           {0, "it holds a claimed signing time against the certificate"},
	"certificate-unreadable": {0, "it names no signature whose certificates it cannot all read"},
}

// unable is what pdfsign says when it comes to no judgement of digest and value.
var unable = []string{
	"unsupported algorithm", "No certificate for signer", "encrypted PDF", // it takes no password
	"failed to parse timestamp", "timestamp hash does not match", // before it looks at the signature
	// What its reader of the file cannot do: filters, AES, tables and streams in turn.
	"unknown filter", "AES not implemented", "256-bit encryption key", `unexpected keyword "xref"`, "xref Prev does not point to xref",
}

// theyCan are the forms of signatures that pdfsign verifies. Of others, and of document
// time-stamps, it never says that they are valid.
var theyCan = []string{"adbe.pkcs7.detached", "ETSI.CAdES.detached"}

// intact counts the signatures whose digest and value hold, and whose form both know.
func intact(parts map[string]part) (n int) {
	for _, p := range parts {
		if p.Claims.Integrity && slices.Contains(theyCan, p.Claims.SubFilter) {
			n++
		}
	}
	return n
}

// Both find the same signatures of the project's own vectors intact.
func TestVectors(t *testing.T) {
	vectors, folder, err := testvectors.Load("pdf")
	must(t, vectors, err)
	var alike, refused, silent int
	for _, v := range vectors {
		file, err := fs.ReadFile(folder, v.Evidence)
		a := askThem(t, must(t, file, err))
		var env pki.Env
		env.At = v.At
		n := 0
		d, err := ours.Open(t.Context(), strings.NewReader(string(file)), int64(len(file)), ours.Options{Password: []byte(v.PDF.Password)})
		if err == nil {
			n = intact(partsOf(t, d.Verify(t.Context(), env)))
		}
		noted, differs := differences[v.ID]
		switch {
		case differs && (a.valid() != noted.theirs || a.valid() == n):
			t.Errorf("%s: no longer as noted (%s): %d signatures are intact, they say %+v", v.ID, noted.why, n, a)
		case differs:
		case a.valid() == n:
			alike++
		case !slices.Contains(decided, v.Expect.Reason):
			refused++
		case a.valid() < n && slices.ContainsFunc(unable, func(s string) bool { return strings.Contains(a.Error, s) }):
			silent++
		default:
			t.Errorf("%s: %d signatures are intact, they say %+v", v.ID, n, a)
		}
	}
	t.Logf("%d of %d vectors are alike; %d are refused here for another reason and read otherwise there, %d are not judged there", alike, len(vectors), refused, silent)
	if 5*alike < 4*len(vectors) {
		t.Error("that is too few")
	}
}
