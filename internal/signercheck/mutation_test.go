package signercheck_test

import (
	"bytes"
	"crypto"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// A flipped bit of a signature never passes with another signer. What survives lies in
// what nothing commits to: certificates that the path does not need, headers around the
// signed parts.
//
// In short mode only every 13th bit is flipped.
func TestFlippedBits(t *testing.T) {
	h := newHouse(t)
	good := signature{by: h.signer, carried: []*holder{h.signer, h.ca}}.raw(t)
	s := h.usual(t)
	s.env.Cache = pki.NewCache()
	want := h.signer.own.SHA256()
	step, survived := 1, 0
	if testing.Short() {
		step = 13
	}
	for bit := 0; bit < 8*len(good); bit += step {
		raw := bytes.Clone(good)
		raw[bit/8] ^= 1 << (bit % 8)
		sd, rest, err := cms.Parse(raw)
		if err != nil || len(rest) > 0 || len(sd.Signers) != 1 {
			continue
		}
		attrs, err := sd.Signers[0].ReadProtected()
		if err != nil {
			continue
		}
		s.signed = signercheck.Signed{CMS: sd, Info: &sd.Signers[0], Attrs: &attrs, Content: verdict.Bytes(document)}
		j := s.judge()
		j.Run()
		if r := j.Record.Finish(); !r.Passed() {
			continue
		}
		survived++
		if j.Signer().SHA256() != want {
			t.Fatalf("bit %d of byte %d makes another signer pass", bit%8, bit/8)
		}
	}
	if survived > 8*16/step {
		t.Errorf("%d of %d bits flip unnoticed", survived, 8*len(good)/step)
	}
	t.Logf("%d of %d bits flip unnoticed", survived, 8*len(good)/step)
}

// No bit of a raw value, and none of its certificate, flips unnoticed.
func TestFlippedRawBits(t *testing.T) {
	_, s := rawScene(t, crypto.SHA256, sha256Sum(document))
	s.env.Cache = pki.NewCache()
	good := *s.signed.Raw
	for name, bits := range map[string]int{"value": 8 * len(good.Value), "certificate": 8 * len(good.Certificates[0])} {
		for bit := 0; bit < bits; bit++ {
			r := good
			b := &r.Value
			if name == "certificate" {
				r.Certificates = [][]byte{r.Certificates[0], r.Certificates[1]}
				b = &r.Certificates[0]
			}
			*b = bytes.Clone(*b)
			(*b)[bit/8] ^= 1 << (bit % 8)
			s.signed.Raw = &r
			if r := s.run(); r.Passed() {
				t.Errorf("%s: bit %d of byte %d flips unnoticed", name, bit%8, bit/8)
			}
		}
	}
}
