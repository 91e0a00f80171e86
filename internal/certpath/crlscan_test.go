package certpath

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// openBytes opens raw the way a file is opened.
func openBytes(raw []byte) func() (io.ReaderAt, int64, func() error, error) {
	return func() (io.ReaderAt, int64, func() error, error) {
		return bytes.NewReader(raw), int64(len(raw)), func() error { return nil }, nil
	}
}

// bothWays parses raw in memory and as a file and asks that they agree.
func bothWays(t testing.TB, raw []byte) (*CRL, error) {
	t.Helper()
	c, err := ParseCRL(raw)
	if (c == nil) != (err != nil) {
		t.Fatalf("got %v and %v", c, err)
	}
	o, openErr := OpenCRL(openBytes(raw))
	if (o == nil) != (openErr != nil) {
		t.Fatalf("got %v and %v", o, openErr)
	}
	if openErr == nil {
		openErr = o.CheckEntries()
	}
	if fmt.Sprint(err) != fmt.Sprint(openErr) {
		t.Fatalf("in memory %v, as a file %v", err, openErr)
	}
	if err != nil && !errors.Is(err, ErrMalformed) {
		t.Fatalf("%v is not ErrMalformed", err)
	}
	return c, err
}

func TestCRLMalformed(t *testing.T) {
	h := newHouse(t)
	l := h.list(h.entry("2024-03-01", reason(1))).with(ext(oidCRLNumber, false, integer(1)))
	l.next = after.AddDate(0, 1, 0)
	raw := l.raw()
	if _, err := bothWays(t, raw); err != nil {
		t.Fatal(err)
	}
	for n := range raw {
		if _, err := bothWays(t, raw[:n]); err == nil {
			t.Errorf("%d of %d bytes were accepted", n, len(raw))
		}
	}
	if _, err := bothWays(t, append(bytes.Clone(raw), 0)); err == nil {
		t.Error("a trailing byte was accepted")
	}
	tbs, alg := l.tbs(), seq(oidBytes(der.MustOID("1.2.840.10045.4.3.2")))
	other := seq(oidBytes(der.MustOID("1.2.840.10045.4.3.3")))
	sig := bits([]byte{1})
	for name, bad := range map[string][]byte{
		"algorithms differ":  seq(tbs, other, sig),
		"tail in outer":      seq(tbs, alg, sig, []byte{5, 0}),
		"no signature":       seq(tbs, alg),
		"signature of bits":  seq(tbs, alg, tlv(asn1.BIT_STRING, []byte{1, 2})),
		"indefinite":         append(append([]byte{0x30, 0x80}, append(append(bytes.Clone(tbs), alg...), sig...)...), 0, 0),
		"padded length":      padLength(seq(tbs, alg, sig)),
		"version 3":          seq(seq(integer(2), alg, h.ca.cert.RawSubject, utc(after)), alg, sig),
		"explicit version 1": seq(seq(integer(0), alg, h.ca.cert.RawSubject, utc(after)), alg, sig),
		"no time":            seq(seq(integer(1), alg, h.ca.cert.RawSubject), alg, sig),
		"tail in the list":   seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), ctxCons(0, seq()), []byte{5, 0}), alg, sig),
		"tail in extensions": seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), ctxCons(0, seq(), []byte{5, 0})), alg, sig),
		"two lists":          seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq(), seq()), alg, sig),
		"entry is no SEQ":    seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq(integer(5))), alg, sig),
		"entry is empty":     seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq(seq())), alg, sig),
		"entry without time": seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq(seq(integer(5)))), alg, sig),
		"entry with tail":    seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq(seq(integer(5), utc(after), seq(), integer(1)))), alg, sig),
		"entry with no int":  seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq(seq([]byte{2, 0}, utc(after)))), alg, sig),
	} {
		if _, err := bothWays(t, bad); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	// An empty list of entries is against section 5.1.2.6, is written all the same,
	// and can only mean one thing.
	if _, err := bothWays(t, seq(seq(integer(1), alg, h.ca.cert.RawSubject, utc(after), seq()), alg, sig)); err != nil {
		t.Error(err)
	}
}

// padLength writes the outer length with a leading zero octet.
func padLength(raw []byte) []byte {
	n := binary.BigEndian.Uint16(raw[2:4])
	return append([]byte{0x30, 0x83, 0, byte(n >> 8), byte(n)}, raw[4:]...)
}

func TestCRLLimits(t *testing.T) {
	h := newHouse(t)
	try := func(name string, size func(n int) (raw []byte, measured int), limit int) {
		t.Helper()
		_, n := size(0)
		raw, m := size(limit - n)
		for m != limit { // a longer length field moved it
			n += m - limit
			raw, m = size(limit - n)
		}
		if _, err := bothWays(t, raw); err != nil {
			t.Errorf("%s at the limit: %v", name, err)
		}
		if raw, m = size(limit - n + 1); m != limit+1 {
			t.Fatalf("%s: measured %d", name, m)
		}
		if _, err := bothWays(t, raw); err == nil {
			t.Errorf("%s above the limit was accepted", name)
		}
	}
	blob := func(n int) []byte { return ext(der.MustOID("1.2.3.4"), false, bytes.Repeat([]byte{7}, n)) }
	try("entry", func(n int) ([]byte, int) {
		e := h.entry("2024-03-01", blob(n+1000))
		raw := h.list(e, entry{[]byte{1}, after, nil}, e).raw() // in the window and at its end
		body := seq(tlv(asn1.INTEGER, e.serial), utc(e.date), seq(e.extensions...))
		return raw, len(body)
	}, maxCRLEntry)
	try("tail", func(n int) ([]byte, int) {
		l := h.list(h.entry("2024-03-01")).with(blob(n + 1000))
		tbs := l.tbs()
		alg := seq(oidBytes(der.MustOID("1.2.840.10045.4.3.2")))
		sig := bits([]byte{1, 2, 3})
		return seq(tbs, alg, sig), len(ctxCons(0, seq(l.extensions...))) + len(alg) + len(sig)
	}, maxCRLTail)
	try("head", func(n int) ([]byte, int) {
		l := h.list(h.entry("2024-03-01"))
		l.issuer = appendRDN(h.ca.cert.RawSubject, seq([]byte{6, 3, 0x55, 4, 3}, tlv(asn1.UTF8String, bytes.Repeat([]byte{'x'}, n+1000))))
		raw := l.raw()
		return raw, bytes.Index(raw, seq(tlv(asn1.INTEGER, h.leaf.cert.Serial), utc(day("2024-03-01"))))
	}, maxCRLHead)

	var many [][]byte
	for i := range maxEntryExtensions {
		many = append(many, ext(der.MustOID(fmt.Sprintf("1.2.3.%d", i)), false, nil))
	}
	wantRevoked(t, h.ask(t, h.list(h.entry("2024-03-01", many...)).parse(t)), "2024-03-01", -1)
	if _, err := bothWays(t, h.list(h.entry("2024-03-01", append(many, reason(1))...)).raw()); err == nil {
		t.Error("an entry extension above the limit was accepted")
	}
	many = nil
	for i := range maxExtensions {
		many = append(many, ext(der.MustOID(fmt.Sprintf("1.2.3.%d", i)), false, nil))
	}
	wantState(t, h.ask(t, h.list().with(many...).parse(t)), RevocationGood)
	if _, err := bothWays(t, h.list().with(append(many, idp())...).raw()); err == nil {
		t.Error("an extension above the limit was accepted")
	}
}

// Entries that lie across the ends of the window are read whole.
func TestCRLWindow(t *testing.T) {
	h := newHouse(t)
	for shift := range 40 {
		var entries []entry
		entries = append(entries, entry{bytes.Repeat([]byte{1}, 1+shift), after, nil})
		for range 4 * crlWindow / 30 {
			entries = append(entries, entry{[]byte{2, 3, 4, 5, 6, 7, 8}, after, nil})
		}
		entries = append(entries, h.entry("2024-03-01", reason(1)))
		wantRevoked(t, h.ask(t, h.list(entries...).parse(t)), "2024-03-01", 1)
		if testing.Short() {
			break
		}
	}
}

func TestMessageLimit(t *testing.T) {
	h := newHouse(t)
	l := h.list(h.entry("2024-03-01", reason(1)))
	c := l.parse(t)
	tbs := l.tbs()
	sum := sha256.Sum256(tbs)
	got, err := c.message(string(sum[:]))
	if err != nil || !bytes.Equal(got, tbs) {
		t.Fatalf("got %x, %v; want %x", got, err, tbs)
	}
	if _, err := c.message("another"); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("got %v", err)
	}
	// The length alone decides, so the entries need not be there.
	c.open = func() (io.ReaderAt, int64, func() error, error) { return nil, 0, nil, errors.New("opened") }
	c.entriesTo = c.entriesAt + maxCRLMessage - int64(len(c.head)) - int64(len(c.tail))
	if _, err := c.message(""); err == nil || err.Error() != "opened" {
		t.Errorf("at the limit: %v", err)
	}
	c.entriesTo++
	if _, err := c.message(""); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("above the limit: %v", err)
	}
}

// bigList writes a CRL with n entries to a file, without holding it.
func bigList(t testing.TB, h house, n int, last []byte) string {
	t.Helper()
	const entrySize = 2 + 2 + 16 + 15 + 14 // header, serial number of 16 octets, time, one reason
	e := seq(tlv(asn1.INTEGER, bytes.Repeat([]byte{1}, 16)), utc(proven), seq(reason(4)))
	if len(e) != entrySize {
		t.Fatalf("an entry has %d bytes", len(e))
	}
	alg := seq(oidBytes(der.MustOID("1.2.840.10045.4.3.2")))
	fields := bytes.Join([][]byte{integer(1), alg, h.ca.cert.RawSubject, utc(after)}, nil)
	list := header(asn1.SEQUENCE, n*entrySize+len(last))
	tail := ctxCons(0, seq(ext(oidCRLNumber, false, integer(1))))
	tbs := header(asn1.SEQUENCE, len(fields)+len(list)+n*entrySize+len(last)+len(tail))
	sum := sha256.New()
	write := func(w io.Writer) {
		w.Write(tbs)
		w.Write(fields)
		w.Write(list)
		own := bytes.Clone(e)
		at := bytes.Index(own, bytes.Repeat([]byte{1}, 16))
		for i := range n {
			binary.BigEndian.PutUint64(own[at+8:], uint64(i))
			w.Write(own)
		}
		w.Write(last)
		w.Write(tail)
	}
	write(sum)
	sig, err := ecdsa.SignASN1(rand.Reader, h.ca.key.(*ecdsa.PrivateKey), sum.Sum(nil))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "big.crl")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	after := append(bytes.Clone(alg), bits(sig)...)
	w.Write(header(asn1.SEQUENCE, len(tbs)+len(fields)+len(list)+n*entrySize+len(last)+len(tail)+len(after)))
	write(w)
	w.Write(after)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return name
}

// header is identifier and length of an element.
func header(tag asn1.Tag, n int) []byte {
	switch {
	case n < 0x80:
		return []byte{byte(tag), byte(n)}
	case n < 0x100:
		return []byte{byte(tag), 0x81, byte(n)}
	case n < 0x10000:
		return []byte{byte(tag), 0x82, byte(n >> 8), byte(n)}
	case n < 0x1000000:
		return []byte{byte(tag), 0x83, byte(n >> 16), byte(n >> 8), byte(n)}
	}
	return []byte{byte(tag), 0x84, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
}

// peakHeap runs f and returns how far the heap grew meanwhile.
func peakHeap(f func()) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, peak := m.HeapAlloc, m.HeapAlloc
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			select {
			case <-stop:
				tick.Stop()
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
	}()
	f()
	close(stop)
	<-done
	return peak - before
}

func TestHugeCRL(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 250 MB")
	}
	n, maxTime := 5_000_000, 5*time.Second
	if raceEnabled {
		n = 200_000
	}
	h := newHouse(t)
	last := seq(tlv(asn1.INTEGER, h.leaf.cert.Serial), utc(day("2024-03-01")), seq(reason(1)))
	name := bigList(t, h, n, last)
	open := func() (io.ReaderAt, int64, func() error, error) {
		f, err := os.Open(name)
		if err != nil {
			return nil, 0, nil, err
		}
		info, err := f.Stat()
		if err != nil {
			return nil, 0, nil, err
		}
		return f, info.Size(), f.Close, nil
	}
	q := h.query()
	var got RevocationStatus
	var took time.Duration
	peak := peakHeap(func() {
		start := time.Now()
		c, err := OpenCRL(open)
		if err != nil {
			t.Error(err)
			return
		}
		q.CRLs = []*CRL{c}
		got = Revocation(q)
		took = time.Since(start)
	})
	wantRevoked(t, got, "2024-03-01", 1)
	t.Logf("%d entries: %v, heap grew by %.1f MiB at most", n, took.Round(time.Millisecond), float64(peak)/(1<<20))
	if took > maxTime {
		t.Errorf("took %v, want at most %v", took, maxTime)
	}
	if peak > 64<<20 {
		t.Errorf("the heap grew by %d bytes", peak)
	}
	// Another certificate is not listed.
	other := h
	x := leafTemplate()
	x.SerialNumber = big.NewInt(77)
	other.leaf = makeCert(t, h.ca, x)
	wantState(t, other.ask(t, q.CRLs[0]), RevocationGood)
}
