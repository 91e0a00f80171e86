package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// oneStream is a document with one attachment, whose stream has the entries.
func oneStream(t testing.TB, entries, data string) *Attachment {
	t.Helper()
	list, _ := attachmentsOf(t, oneFile("/AF [4 0 R]").stream(5, entries, data).end())
	if len(list) != 1 {
		t.Fatal(list)
	}
	return list[0]
}

// Size and checksum are held against the data (ISO 32000-2, Table 45).
func TestCheckClaims(t *testing.T) {
	const sum = "9a0364b9e99bb480dd25e1f0284c8555" // MD5 of "content"
	const md5 = "pdf.attachment-checksum: the MD5 of the embedded file "
	const unread = "pdf.attachment-undecoded: the embedded file cannot be read: PDF, byte %d: "
	for name, c := range map[string]struct{ entries, data, want string }{
		"nothing claimed":   {"", "content", ""},
		"both right":        {"/Params << /Size 7 /CheckSum <" + sum + "> >>", "content", ""},
		"size":              {"/Params << /Size 6 >>", "content", "pdf.attachment-checksum: the size of the embedded file is 7 bytes, its producer says 6"},
		"checksum":          {"/Params << /CheckSum <00> >>", "content", md5 + "is " + sum + ", its producer says 00"},
		"empty checksum":    {"/Params << /CheckSum () >>", "content", md5 + "is " + sum + ", its producer says "},
		"one bit":           {"/Params << /CheckSum <8" + sum[1:] + "> >>", "content", md5 + "is " + sum + ", its producer says 8" + sum[1:]},
		"as text":           {"/Params << /CheckSum (" + strings.ToUpper(sum) + ") >>", "content", md5 + "agrees with its producer's, which is written as text instead of 16 bytes"},
		"a negative size":   {"/Params << /Size -5 >>", "content", ""},
		"not of the type":   {"/Params << /Size (7) /CheckSum /x >>", "content", ""},
		"decoded size":      {"/Filter /FlateDecode /Params << /Size 7 /CheckSum <" + sum + "> >>", deflated([]byte("content")), ""},
		"damaged":           {"/Filter /FlateDecode", "no deflated data", unread + "no header of deflated data"},
		"an unknown filter": {"/Filter /JBIG3Decode", "x", unread + "the filter JBIG3Decode is not decoded here"},
	} {
		a := oneStream(t, c.entries, c.data)
		found, err := a.checkClaims(t.Context())
		if err != nil || a.Size < -1 {
			t.Errorf("%s: %v, size %d", name, err, a.Size)
		}
		got := ""
		for _, x := range found {
			got += x.Code + ": " + x.Text
			if x.Ref.Number != 5 || x.Offset != a.Offset {
				t.Errorf("%s: %+v", name, x)
			}
		}
		if want := strings.Replace(c.want, "%d", fmt.Sprint(a.stream.From), 1); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A stream with a wrong Length ends where endstream stands.
func TestWrongLength(t *testing.T) {
	for _, length := range []string{"3", "999999", "-1", "5 0 R", "(7)"} {
		m := oneFile("/AF [4 0 R]")
		m.object(5, "<< /Type /EmbeddedFile /Length "+length+" >>\nstream\ncontent\nendstream").end()
		list, _ := attachmentsOf(t, m)
		if len(list) != 1 || contentOf(t, list[0].EmbeddedFile) != "content" {
			t.Errorf("Length %s: %v", length, list)
		}
	}
}

// An embedded file is a subject: whoever asks gets the digests, read once.
func TestDigestsOfAttachment(t *testing.T) {
	a := oneStream(t, "/Filter /FlateDecode", deflated([]byte("content")))
	var _ verdict.Subject = a.EmbeddedFile
	if err := a.Prepare(t.Context(), verdict.DigestOf{Algorithm: "sha1"}, verdict.DigestOf{Algorithm: "sha256", Prefix: "\x00"}, verdict.DigestOf{Algorithm: "none"}); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, alg := range []string{"sha256", "sha512", "md5"} {
				got, err := a.Digest(alg, nil)
				if want := verdict.Sum(alg, []byte("content")); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: %x, %v", alg, got, err)
				}
			}
			if n, err := a.Length(t.Context()); n != 7 || err != nil {
				t.Error(n, err)
			}
			r, err := a.Open()
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Close()
			if b, err := io.ReadAll(io.LimitReader(r, 3)); string(b) != "con" || err != nil {
				t.Error(b, err)
			}
		})
	}
	wg.Wait()
	want := sha256.Sum256([]byte("\x00content"))
	if got, err := a.Digest("sha256", []byte{0}); err != nil || !bytes.Equal(got, want[:]) {
		t.Error(got, err)
	}
	if _, err := a.Digest("whirlpool", nil); !errors.Is(err, verdict.ErrNotAtHand) {
		t.Error(err)
	}
}

var errBroken = errors.New("broken")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

// What ends before its time says why.
func TestContentErrors(t *testing.T) {
	a := oneStream(t, "", strings.Repeat("x", 3*copySize))
	if _, err := a.WriteTo(t.Context(), brokenWriter{}); err != errBroken {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.WriteTo(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := a.checkClaims(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	damaged := oneStream(t, "/Filter /FlateDecode", "x")
	for _, try := range []func() error{
		func() error { _, err := damaged.WriteTo(t.Context(), io.Discard); return err },
		func() error { _, err := damaged.Digest("sha256", nil); return err },
		func() error { _, err := damaged.Length(t.Context()); return err },
	} {
		var own *pdffile.Error
		if err := try(); !errors.As(err, &own) || own.Code != pdffile.CodeFilter {
			t.Error(err)
		}
	}
}

// A bomb ends at the limit of the reader, which says nothing against the file. What was
// read once counts once.
func TestAttachmentBomb(t *testing.T) {
	most := strings.Repeat("\x81x", pdffile.MaxDecoded/128) // each 128 times x
	a := oneStream(t, "/Filter /RunLengthDecode", most+"\x80")
	for range 2 {
		if n, err := a.Length(t.Context()); err != nil || n != pdffile.MaxDecoded {
			t.Error(n, err)
		}
	}
	m := oneFile("/AF [4 0 R] /Metadata 6 0 R").stream(5, "/Filter /RunLengthDecode", most[:len(most)-2]+"\x80").stream(6, "/Filter /RunLengthDecode", strings.Repeat("\x00x", 200)+"\x80")
	list, _ := attachmentsOf(t, m.end())
	a = list[0]
	for range 2 {
		if _, err := a.Digest("sha256", nil); err != nil {
			t.Error(err)
		}
		if found, err := a.checkClaims(t.Context()); err != nil || len(found) > 0 {
			t.Error(found, err)
		}
	}
	// The whole document's share is used up, but the same file may be read again.
	if _, err := a.Digest("md5", nil); err != nil {
		t.Error(err)
	}
	if _, err := embeddedItems([]*Attachment{a}); err != nil {
		t.Error(err)
	}
	var own *pdffile.Error
	if _, _, err := findPDFA(a.file, a.file.Last()); !errors.As(err, &own) || own.Code != pdffile.CodeLimit {
		t.Error(err)
	}
	a = oneStream(t, "/Filter /RunLengthDecode", most+"\x00x\x80")
	if _, err := a.checkClaims(t.Context()); !errors.As(err, &own) || own.Code != pdffile.CodeLimit {
		t.Error(err)
	}
}
