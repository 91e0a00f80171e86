package rfc3161_test

import (
	"bytes"
	"testing"

	"github.com/exhibit-dev/exhibit/rfc3161"
)

// mutated are the good vectors whose every bit is flipped, one per kind of signer.
var mutated = []string{"signer-rsa-3072", "signer-pss", "plain", "signer-p384", "signer-p521", "signer-ed25519"}

// Flipping one bit never gives PASSED with another subject, time or signer. Where a
// flipped bit leaves PASSED, it lies in the region that the vector lists as
// uncommitted.
//
// In short mode only every 31st bit is flipped.
func TestEveryBit(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 31
	}
	for _, id := range mutated {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			everyBit(t, vector(t, id), step)
		})
	}
}

func everyBit(t *testing.T, v vectorCase, step int) {
	good := v.File(t, v.Evidence)
	env, subject := v.env(t), v.Data(t)
	tok, err := rfc3161.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	r := tok.Verify(subject, env)
	want, ok := r.Proven()
	if !ok {
		t.Fatalf("%s: %v", v.ID, r.Err())
	}
	free := make([]bool, len(good))
	bits := 0
	for _, region := range v.Uncommitted {
		for i := region[0]; i < region[1]; i++ {
			free[i] = true
			bits += 8
		}
	}
	survivors := 0
	for bit := 0; bit < 8*len(good); bit += step {
		b := bytes.Clone(good)
		b[bit/8] ^= 1 << (bit % 8)
		tok, err := rfc3161.Parse(b)
		if err != nil {
			continue
		}
		r := tok.Verify(subject, env)
		got, ok := r.Proven()
		if !ok {
			continue
		}
		survivors++
		if !free[bit/8] {
			t.Errorf("%s: bit %d of byte %d (%02x) flips unnoticed", v.ID, bit%8, bit/8, good[bit/8])
		}
		if !got.GenTime.Equal(want.GenTime) || !got.NotLaterThan.Equal(want.NotLaterThan) ||
			!bytes.Equal(got.Imprint, want.Imprint) || !bytes.Equal(got.Signer.Raw, want.Signer.Raw) {
			t.Errorf("%s: bit %d of byte %d changes what is proven", v.ID, bit%8, bit/8)
		}
	}
	t.Logf("%s: %d bits, %d survive a flip, %d (%.2f %%) are listed as uncommitted", v.ID, 8*len(good), survivors,
		bits, 100*float64(bits)/float64(8*len(good)))
}
