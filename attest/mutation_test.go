package attest_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/attest"
)

// Flipping one bit of any passing vector never gives PASSED again: no byte of an
// attestation is uncommitted.
//
// In short mode only every 31st bit is flipped; under the race detector only every
// 13th of what takes milliseconds to verify.
func TestEveryBit(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 31
	}
	total := 0
	slow := regexp.MustCompile("brainpool|many-keys|p-521|es512")
	for _, v := range vectors(t) {
		if v.Expect.Verdict != "PASSED" || len(v.Existences) > 0 {
			continue
		}
		total += 8 * len(v.File(t, v.Evidence))
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			if raceDetector && slow.MatchString(v.ID) {
				everyBit(t, v, max(step, 13))
				return
			}
			everyBit(t, v, step)
		})
	}
	t.Logf("%d bits in all, none of them listed as uncommitted", total)
}

func everyBit(t *testing.T, v vectorCase, step int) {
	good := v.File(t, v.Evidence)
	env, subject := v.env(t), v.Data(t)
	if r := judge(v.form(t), good, subject, env); !r.Passed() {
		t.Fatalf("%s: %v", v.ID, r.Err())
	}
	for bit := 0; bit < 8*len(good); bit += step {
		b := bytes.Clone(good)
		b[bit/8] ^= 1 << (bit % 8)
		a, err := attest.Parse(v.form(t), b)
		if err != nil {
			continue
		}
		if r := a.Verify(subject, env); r.Passed() {
			t.Errorf("%s: bit %d of byte %d (%02x) flips unnoticed", v.ID, bit%8, bit/8, good[bit/8])
		}
	}
}

// A signature cut or extended anywhere never passes.
func TestEveryLength(t *testing.T) {
	for _, id := range []string{"der-p-256", "p1363-p-256", "ed25519", "jws-es256", "jws-flattened", "text-hex", "text-base64url"} {
		v := vector(t, id)
		good := v.File(t, v.Evidence)
		env, subject := v.env(t), v.Data(t)
		for n := range len(bytes.TrimRight(good, "\r\n")) {
			if r := judge(v.form(t), good[:n], subject, env); r.Passed() {
				t.Errorf("%s: the first %d of %d bytes pass", id, n, len(good))
			}
		}
		for c := range 256 {
			if c == '\n' || id == "jws-flattened" && strings.ContainsRune(" \t\r", rune(c)) {
				continue // one line end behind text, and what RFC 8259 calls white space
			}
			if r := judge(v.form(t), append(bytes.Clone(good), byte(c)), subject, env); r.Passed() {
				t.Errorf("%s: a byte %02x behind it passes", id, c)
			}
		}
	}
}
