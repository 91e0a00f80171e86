package tlog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// trial is a signature line under a trusted key that has its name and its key id.
type trial struct {
	key     *trust.LogKey
	state   state
	seconds int64 // of a cosignature: the POSIX time that its signer states
}

type state uint8

const (
	wrong state = iota
	unsupported
	holds
)

// tryAll tries every line under the key that it names. It counts the lines that name
// none.
func (c *Checkpoint) tryAll(keys []trust.LogKey) (tried []trial, strangers int) {
	for _, s := range c.signatures {
		if t := c.tryLine(s, keys); t.key != nil {
			tried = append(tried, t)
		} else {
			strangers++
		}
	}
	return tried, strangers
}

// tryLine takes the best of several keys: that two trusted keys share name and id is
// nothing against the evidence.
func (c *Checkpoint) tryLine(s signature, keys []trust.LogKey) (best trial) {
	for i := range keys {
		k := &keys[i]
		if k.Name != s.name || k.ID != s.id {
			continue
		}
		if t := c.try(k, s.value); best.key == nil || t.state > best.state {
			best = t
		}
	}
	return best
}

func (c *Checkpoint) try(k *trust.LogKey, value []byte) trial {
	t := trial{key: k}
	message := c.text
	switch k.Type {
	case trust.NoteEd25519, trust.NoteECDSA:
	case trust.NoteCosignature:
		if len(value) < 8 {
			return t
		}
		seconds := binary.BigEndian.Uint64(value)
		if seconds > math.MaxInt64 { // C2SP tlog-cosignature, Format
			return t
		}
		t.seconds, value = int64(seconds), value[8:]
		message = fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", seconds, c.text)
	default:
		t.state = unsupported
		return t
	}
	if k.Public == nil {
		t.state = unsupported
		return t
	}
	switch err := k.Public.Verify(scheme(k), message, value); {
	case err == nil:
		t.state = holds
	case errors.Is(err, sigalg.ErrUnsupported): // the trusted key, not the evidence, is at fault
		t.state = unsupported
	}
	return t
}

// scheme is how a key signs notes, by its type alone.
func scheme(k *trust.LogKey) sigalg.Algorithm {
	if k.Type == trust.NoteECDSA {
		return sigalg.Algorithm{Scheme: sigalg.ECDSA, Digest: "sha256"}
	}
	return sigalg.Algorithm{Scheme: sigalg.Ed25519, Digest: "sha512"}
}

// stated writes the time of a cosignature. It may lie beyond what a time.Time holds, so
// it stays a number everywhere else.
func (t *trial) stated() string {
	const year10000 = 253402300800
	if t.seconds >= year10000 {
		return fmt.Sprintf("second %d", t.seconds)
	}
	return verdict.FormatTime(time.Unix(t.seconds, 0))
}
