package certpath

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"
	"weak"
)

func wantState(t *testing.T, got RevocationStatus, want RevocationState) {
	t.Helper()
	if got.State != want {
		t.Fatalf("got %s, want %s; ignored %q", got.State, want, got.Ignored)
	}
}

// wantIgnored asks that nothing was decided and that the note says why.
func wantIgnored(t *testing.T, got RevocationStatus, why string) {
	t.Helper()
	wantState(t, got, RevocationUnknown)
	if !strings.Contains(strings.Join(got.Ignored, "\n"), why) {
		t.Fatalf("ignored %q, want %q", got.Ignored, why)
	}
}

func wantRevoked(t *testing.T, got RevocationStatus, at string, reason int) {
	t.Helper()
	wantState(t, got, RevocationRevoked)
	if !got.At.Equal(day(at)) || got.Reason != reason {
		t.Fatalf("got revoked at %s for %d, want %s for %d", got.At, got.Reason, at, reason)
	}
}

func TestRevocationOfNothing(t *testing.T) {
	h := newHouse(t)
	for _, q := range []RevocationQuery{{}, {Certificate: h.leaf.cert}, {Issuer: h.ca.cert}, h.query()} {
		got := Revocation(q)
		if got.State != RevocationUnknown || got.Reason != -1 || got.Ignored != nil {
			t.Errorf("got %+v", got)
		}
	}
}

func TestGoodNeedsTime(t *testing.T) {
	h := newHouse(t)
	wantState(t, h.ask(t, h.list().at("2024-01-01").parse(t)), RevocationGood) // exactly the proven time
	wantIgnored(t, h.ask(t, h.list().at("2023-12-31").parse(t)), "before the proven time")
	wantRevoked(t, h.ask(t, h.list(h.entry("2022-05-05")).at("2022-06-01").parse(t)), "2022-05-05", -1) // any age
	q := h.query()
	q.From = proven.Add(time.Millisecond)
	q.CRLs = []*CRL{h.list().at("2024-01-01").parse(t)}
	wantIgnored(t, Revocation(q), "before the proven time")
	q.From = time.Time{}
	wantState(t, Revocation(q), RevocationGood)
}

func TestGoodAfterTheEnd(t *testing.T) {
	h := newHouse(t)
	expired := func(s string) []byte { return ext(oidExpiredOnCRL, false, general(day(s))) }
	end := h.list()
	end.this = leafTo
	got := h.ask(t, end.parse(t)) // the end belongs to the validity
	wantState(t, got, RevocationGood)
	if got.Final {
		t.Error("final although issued before the end")
	}
	end.this = leafTo.Add(time.Second)
	wantIgnored(t, h.ask(t, end.parse(t)), "after the certificate's end")
	for reach, want := range map[string]RevocationState{
		"2010-01-01": RevocationGood, "2030-01-01": RevocationGood, "2030-01-02": RevocationUnknown,
	} {
		l := h.list().at("2031-01-01").with(expired(reach))
		got := h.ask(t, l.parse(t))
		wantState(t, got, want)
		if got.Final != (want == RevocationGood) {
			t.Errorf("%s: final %v", reach, got.Final)
		}
	}
	wantRevoked(t, h.ask(t, h.list(h.entry("2024-03-01")).at("2031-01-01").parse(t)), "2024-03-01", -1)

	// Final comes before newest.
	final := h.list().at("2031-01-01").with(expired("2020-01-01")).parse(t)
	plain := h.list().at("2029-01-01").parse(t)
	newest := h.list().at("2029-06-01").parse(t)
	plain.Origin, newest.Origin, final.Origin = "plain", "newest", "final"
	if got := h.ask(t, plain, newest); got.Source != "crl newest" || got.Final {
		t.Errorf("got %+v", got)
	}
	if got := h.ask(t, plain, final, newest); got.Source != "crl final" || !got.Final || !got.ThisUpdate.Equal(day("2031-01-01")) {
		t.Errorf("got %+v", got)
	}
}

// A good answer does not come from a signer that had expired, but for the anchor.
func TestGoodNeedsValidSigner(t *testing.T) {
	x := caTemplate("CA")
	x.NotBefore, x.NotAfter = day("2020-01-01"), day("2023-01-01")
	ca := makeCert(t, nil, x)
	h := house{ca, makeCert(t, ca, leafTemplate())}
	c := h.list().parse(t)
	wantIgnored(t, h.ask(t, c), "its signer was not valid")
	q := h.query()
	q.CRLs, q.Trusted = []*CRL{c}, func(c *Certificate, at time.Time) bool { return c == h.ca.cert && at.Equal(after) }
	wantState(t, Revocation(q), RevocationGood)
	wantRevoked(t, h.ask(t, h.list(h.entry("2024-03-01")).parse(t)), "2024-03-01", -1)
}

func TestSeveralRevocations(t *testing.T) {
	h := newHouse(t)
	lists := func(entries ...entry) (out []*CRL) {
		for _, e := range entries {
			out = append(out, h.list(e).parse(t))
		}
		return out
	}
	for name, c := range map[string]struct {
		entries []entry
		at      string
		reason  int
	}{
		"earliest":              {[]entry{h.entry("2024-03-01", reason(4)), h.entry("2024-02-01", reason(4))}, "2024-02-01", 4},
		"no reason is graver":   {[]entry{h.entry("2024-03-01"), h.entry("2024-02-01", reason(4))}, "2024-02-01", -1},
		"compromise is graver":  {[]entry{h.entry("2024-03-01", reason(1)), h.entry("2024-02-01", reason(5))}, "2024-02-01", 1},
		"compromise, not none":  {[]entry{h.entry("2024-03-01", reason(1)), h.entry("2024-02-01")}, "2024-02-01", 1},
		"hold beside compromis": {[]entry{h.entry("2024-03-01", reason(1)), h.entry("2024-02-01", reason(6))}, "2024-02-01", 1},
		"hold beside superseed": {[]entry{h.entry("2024-03-01", reason(4)), h.entry("2024-02-01", reason(6))}, "2024-02-01", 6},
	} {
		t.Run(name, func(t *testing.T) {
			wantRevoked(t, h.ask(t, lists(c.entries...)...), c.at, c.reason)
			c.entries[0], c.entries[1] = c.entries[1], c.entries[0]
			wantRevoked(t, h.ask(t, lists(c.entries...)...), c.at, c.reason)
			wantRevoked(t, h.ask(t, h.list(c.entries...).parse(t)), c.at, c.reason) // both in one list
		})
	}
}

func TestOpenCRLReadsAnew(t *testing.T) {
	h := newHouse(t)
	raw := h.list(h.entry("2024-03-01", reason(1))).raw()
	var opened, closed int
	var fail error
	data := raw
	c, err := OpenCRL(func() (io.ReaderAt, int64, func() error, error) {
		if fail != nil {
			return nil, 0, nil, fail
		}
		opened++
		return bytes.NewReader(data), int64(len(data)), func() error { closed++; return nil }, nil
	})
	if err != nil || opened != 1 || closed != 1 {
		t.Fatalf("got %v, opened %d, closed %d", err, opened, closed)
	}
	q := h.query()
	q.CRLs, q.Cache = []*CRL{c}, NewCache()
	fail = &fs.PathError{Op: "open", Path: "/secret/place", Err: fs.ErrNotExist}
	got := Revocation(q)
	wantIgnored(t, got, "file does not exist")
	if strings.Contains(strings.Join(got.Ignored, ""), "secret") {
		t.Errorf("a path in a report: %q", got.Ignored)
	}
	fail, data = nil, append(bytes.Clone(raw), 0)
	wantIgnored(t, Revocation(q), "its length changed")
	data = bytes.Clone(raw)
	i := bytes.Index(data, h.leaf.cert.Serial)
	data[i] ^= 1 // the entry is no longer the leaf's, and no longer the signed one
	wantIgnored(t, Revocation(RevocationQuery{Certificate: q.Certificate, Issuer: q.Issuer, CRLs: q.CRLs}), "does not verify")
	data = raw
	opened, closed = 0, 0
	wantRevoked(t, Revocation(q), "2024-03-01", 1) // errors of reading were not remembered
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
	if opened != 1 || closed != 1 {
		t.Errorf("opened %d times, closed %d times, want one pass", opened, closed)
	}
}

func TestCacheChangesNoAnswer(t *testing.T) {
	h := newHouse(t)
	cache := NewCache()
	bad := h.list()
	bad.signer = &maker{key: h.leaf.key, cert: h.ca.cert}
	lists := [][]*CRL{
		{h.list().parse(t)},
		{h.list(h.entry("2024-03-01", reason(1))).parse(t)},
		{bad.parse(t)},
		{h.list().at("2020-01-01").parse(t)},
	}
	for _, l := range lists {
		q := h.query()
		q.CRLs = l
		want := fmt.Sprintf("%+v", Revocation(q))
		for _, c := range []*Cache{cache, cache, {}, nil} {
			q.Cache = c
			if got := fmt.Sprintf("%+v", Revocation(q)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	}
	if len(cache.looks) != len(lists) || len(cache.signs) != len(lists) {
		t.Errorf("remembered %d look-ups and %d signatures, want %d", len(cache.looks), len(cache.signs), len(lists))
	}
}

func TestCacheOfRevocationIsBounded(t *testing.T) {
	h := newHouse(t)
	cache := NewCache()
	c := h.list().parse(t)
	for i := range cacheEntries {
		cache.looks[look{cert: weak.Make(new(Certificate)), crl: weak.Make(&CRL{Origin: fmt.Sprint(i)})}] = lookResult{}
		cache.signs[signed{data: dataSignature{digest: fmt.Sprint(i)}}] = nil
	}
	if len(cache.signs) != cacheEntries || len(cache.looks) != cacheEntries {
		t.Fatal("the cache was not filled")
	}
	q := h.query()
	q.CRLs, q.Cache = []*CRL{c}, cache
	wantState(t, Revocation(q), RevocationGood)
	if len(cache.signs) != 1 || len(cache.looks) != 1 {
		t.Errorf("%d signatures and %d look-ups remembered, want 1", len(cache.signs), len(cache.looks))
	}
}

func TestIgnoredIsBounded(t *testing.T) {
	h := newHouse(t)
	old := h.list().at("2020-01-01").parse(t)
	var lists []*CRL
	for range maxIgnored {
		lists = append(lists, old)
	}
	if got := h.ask(t, lists[:maxIgnored-1]...); len(got.Ignored) != maxIgnored-1 {
		t.Errorf("got %d notes", len(got.Ignored))
	}
	got := h.ask(t, append(lists, old, old)...)
	if n := len(got.Ignored); n != maxIgnored || got.Ignored[n-1] != "… and more" {
		t.Errorf("got %d notes, last %q", n, got.Ignored[n-1])
	}
}

// What is judged first counts, and the rest is refused, not forgotten.
func TestRevocationBudget(t *testing.T) {
	h := newHouse(t)
	good := h.list().parse(t)
	q := h.query()
	for range revocationBudget/2 - 1 { // a unit for the list and one for its signature
		q.CRLs = append(q.CRLs, good)
	}
	last := h.list(h.entry("2024-03-01", reason(1))).parse(t)
	q.CRLs = append(q.CRLs, last)
	q.Cache = NewCache()
	wantRevoked(t, Revocation(q), "2024-03-01", 1)
	q.CRLs = append([]*CRL{good}, q.CRLs...)
	got := Revocation(q)
	wantState(t, got, RevocationGood)
	if !strings.Contains(strings.Join(got.Ignored, ""), errBudget.Error()) {
		t.Errorf("ignored %q", got.Ignored)
	}
}

func idp(parts ...[]byte) []byte { return ext(oidIssuingPoint, true, seq(parts...)) }

// certIssuer is the certificateIssuer entry extension.
func certIssuer(name []byte) []byte {
	return ext(oidCertificateIssuer, true, seq(ctxCons(4, name)))
}

func points(parts ...[]byte) []pkix.Extension {
	return []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 31}, Value: seq(parts...)}}
}

func uri(s string) []byte { return ctx(6, []byte(s)) }

// named is a DistributionPointName with a full name, in its [0].
func named(names ...[]byte) []byte { return ctxCons(0, ctxCons(0, names...)) }
