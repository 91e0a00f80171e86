package rfc3161_test

import (
	"bytes"
	"encoding/json"
	"runtime"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/verdict"
)

// What no input may exceed, beyond the input itself.
const (
	hostileTime   = time.Second
	hostileMemory = 64 << 20
)

// wrapped puts contents of any size in a definite SEQUENCE.
func wrapped(tag asn1.Tag, contents []byte) []byte {
	n := len(contents)
	return append([]byte{byte(tag), 0x84, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, contents...)
}

// stuffed puts filler into one place of a good token: its certificates, or an
// unsigned attribute.
func stuffed(t testing.TB, certificates, attribute []byte) []byte {
	return rebuilt(t, certificates, attribute, nil)
}

// withTSTInfo puts another content into a good token; nothing then verifies.
func withTSTInfo(t testing.TB, nonce []byte) []byte {
	t.Helper()
	var info cryptobyte.Builder
	info.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddBytes([]byte{6, 2, 42, 3}) // policy
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes([]byte{0x30, 11, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1}) // SHA-256
			b.AddASN1OctetString(make([]byte, 32))
		})
		b.AddASN1Int64(1)
		b.AddBytes(append([]byte{0x18, 15}, "20250301120000Z"...))
		b.AddASN1(asn1.INTEGER, func(b *cryptobyte.Builder) { b.AddBytes(nonce) })
	})
	content := wrapped(asn1.Tag(0).Constructed().ContextSpecific(), wrapped(asn1.OCTET_STRING, info.BytesOrPanic()))
	oid := []byte{6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 1, 4}
	return rebuilt(t, nil, nil, wrapped(asn1.SEQUENCE, append(oid, content...)))
}

func rebuilt(t testing.TB, certificates, attribute, content []byte) []byte {
	t.Helper()
	s := cryptobyte.String(vector(t, "plain").File(t, "plain.tst"))
	var info, signed, body cryptobyte.String
	var oid, version, algorithms, encap, certs, signers cryptobyte.String
	ok := s.ReadASN1(&info, asn1.SEQUENCE) && info.ReadASN1Element(&oid, asn1.OBJECT_IDENTIFIER) &&
		info.ReadASN1(&signed, asn1.Tag(0).Constructed().ContextSpecific()) && signed.ReadASN1(&body, asn1.SEQUENCE) &&
		body.ReadASN1Element(&version, asn1.INTEGER) && body.ReadASN1Element(&algorithms, asn1.SET) &&
		body.ReadASN1Element(&encap, asn1.SEQUENCE) && body.ReadASN1(&certs, asn1.Tag(0).Constructed().ContextSpecific()) &&
		body.ReadASN1(&signers, asn1.SET)
	var signer cryptobyte.String
	if !ok || !signers.ReadASN1(&signer, asn1.SEQUENCE) {
		t.Fatal("the plain token has another shape")
	}
	fields := append([]byte(nil), signer...)
	if attribute != nil {
		one := wrapped(asn1.SEQUENCE, append([]byte{6, 3, 42, 3, 4}, wrapped(asn1.SET, attribute)...))
		fields = append(fields, wrapped(asn1.Tag(1).Constructed().ContextSpecific(), one)...)
	}
	if content != nil {
		encap = content
	}
	all := append(append([]byte(nil), certs...), certificates...)
	out := bytes.Join([][]byte{version, algorithms, encap, wrapped(asn1.Tag(0).Constructed().ContextSpecific(), all),
		wrapped(asn1.SET, wrapped(asn1.SEQUENCE, fields))}, nil)
	return wrapped(asn1.SEQUENCE, append(append([]byte(nil), oid...), wrapped(asn1.Tag(0).Constructed().ContextSpecific(), wrapped(asn1.SEQUENCE, out))...))
}

func TestHostileInput(t *testing.T) {
	v := vector(t, "plain")
	good := v.File(t, "plain.tst")
	env := v.env(t)
	subject := v.Data(t)
	octets := make([]byte, rfc3161.MaxSize-8<<10)
	for name, input := range map[string][]byte{
		"nested 30 80":           bytes.Repeat([]byte{0x30, 0x80}, 2<<20),
		"nested 30 80, 16 MiB":   bytes.Repeat([]byte{0x30, 0x80}, 8<<20),
		"nested 30 84":           bytes.Repeat([]byte{0x30, 0x84, 0, 0x3f, 0xff, 0xf0}, 1<<19),
		"100 000 certificates":   stuffed(t, bytes.Repeat([]byte{0x30, 0}, 100000), nil),
		"16 MiB attribute":       stuffed(t, nil, wrapped(asn1.OCTET_STRING, octets)),
		"16 MiB of small values": stuffed(t, nil, bytes.Repeat([]byte{4, 0}, 7<<20)),
		"16 MiB certificate":     stuffed(t, wrapped(asn1.SEQUENCE, octets), nil),
		"15 MiB nonce":           withTSTInfo(t, append([]byte{1}, octets[:15<<20]...)),
		"base64, 16 MiB":         bytes.Repeat([]byte("MIAA"), 4<<20),
		"PEM without an end":     append([]byte("-----BEGIN CMS-----\n"), bytes.Repeat([]byte("MIAA\n"), 3<<20)...),
		"many PEM begins":        bytes.Repeat([]byte("-----BEGIN CMS-----\n"), 800000),
		"over the limit":         make([]byte, rfc3161.MaxSize+1),
		"zeros":                  make([]byte, rfc3161.MaxSize),
		"1f 80":                  {0x1f, 0x80}, "1f 05": {0x1f, 0x05}, "30 81": {0x30, 0x81}, "30 84 01": {0x30, 0x84, 0x01}, "30 80": {0x30, 0x80},
	} {
		t.Run(name, func(t *testing.T) {
			// Memory is counted as everything allocated, a harsher measure than the peak.
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			rfc3161.Sniff(input)
			tok, err := rfc3161.Parse(input)
			if err == nil {
				r := tok.Verify(subject, env)
				if text, err := json.Marshal(r.Result); err != nil || len(text) > 64<<10 {
					t.Errorf("a report of %d bytes, %v", len(text), err)
				}
				t.Log(r.Indication(), r.Sub, r.Reason)
			} else if tok != nil {
				t.Error("a token and an error")
			}
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if took > testvec.Slack(hostileTime) {
				t.Errorf("took %v", took)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > hostileMemory {
				t.Errorf("allocated %d MiB", used>>20)
			}
		})
	}
	for i := range good {
		if tok, err := rfc3161.Parse(good[:i]); err == nil || tok != nil {
			t.Errorf("a prefix of %d bytes is a token", i)
		}
	}
}

// The size limit, exactly at and one above.
func TestSizeLimit(t *testing.T) {
	good := vector(t, "plain").File(t, "plain.tst")
	at := append(append([]byte(nil), good...), make([]byte, rfc3161.MaxSize-len(good))...)
	if _, err := rfc3161.Parse(at); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	r := verdict.Result{}
	if _, err := rfc3161.Parse(append(at, 0)); err != nil {
		r = rfc3161.Unreadable(err)
	}
	if r.Indication() != verdict.Indeterminate || r.Sub != verdict.Custom || r.Reason != "tsp.limit" {
		t.Errorf("above the limit: %v", r.Err())
	}
}
