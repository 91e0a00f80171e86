package pdf

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
)

// The digests of the file are taken with those of the signatures: Verify then reads no
// more, and neither does one with a proof over the file.
func TestFileDigests(t *testing.T) {
	m := newMaker()
	m.stream(60, make([]byte, 3<<20)) // more than is held in memory
	then(signedBy(container{}), addStamp("2024-04-01"))(t, m, theHouse())
	r := &counting{ReaderAt: bytes.NewReader(m.b)}
	d, err := Open(context.Background(), r, int64(len(m.b)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	leaf := verdict.DigestOf{Algorithm: "sha256", Prefix: "\x00"}
	s, err := d.Digests(context.Background(), verdict.DigestOf{Algorithm: "sha256"}, verdict.DigestOf{Algorithm: "sha512"}, leaf, verdict.DigestOf{Algorithm: "none"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ algorithm, prefix string }{{"sha256", ""}, {"sha512", ""}, {"sha256", "\x00"}} {
		want, err := verdict.Bytes(m.b).Digest(c.algorithm, []byte(c.prefix))
		got, err2 := s.Digest(c.algorithm, []byte(c.prefix))
		if err != nil || err2 != nil || !bytes.Equal(got, want) {
			t.Errorf("%s %q: %x %v, want %x %v", c.algorithm, c.prefix, got, err2, want, err)
		}
	}
	for _, c := range []struct{ algorithm, prefix string }{{"sha384", ""}, {"sha512", "\x00"}, {"none", ""}} {
		if _, err := s.Digest(c.algorithm, []byte(c.prefix)); !errors.Is(err, verdict.ErrNotAtHand) {
			t.Errorf("%s %q: %v", c.algorithm, c.prefix, err)
		}
	}
	before := r.bytes
	env := usualEnv(theHouse(), usualDay)
	env.Existences = []verdict.Existence{{Algorithm: "sha512", Digest: verdict.Sum("sha512", m.b), NotLaterThan: dayOf("2024-06-01"), Policy: string(env.Policy)}}
	if v := d.Verify(context.Background(), env); !v.Passed() || r.bytes-before > 1<<20 {
		t.Errorf("%s, %d bytes read again", wordsOf(&v.Result), r.bytes-before)
	}
}
