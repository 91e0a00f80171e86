package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/testvectors/internal/vecdir"
)

// suite collects vectors and the files they name. Most proofs end in a block of one
// chain, the usual one, that grows with them.
type suite struct {
	list     []*vector
	files    map[string][]byte
	usual    *chain
	heights_ map[hash]int
}

// usualStart is the time of block 0 of most chains, if its time were not given.
var usualStart = time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)

func newSuite() *suite {
	return &suite{
		files: map[string][]byte{letterFile: letter},
		usual: newChain("usual", 0, usualStart), heights_: map[hash]int{},
	}
}

// block returns the height of the usual chain's block with this root.
func (s *suite) block(root []byte) int {
	h, ok := s.heights_[hash(root)]
	if !ok {
		h = s.usual.add(hash(root), usualStart)
		s.heights_[hash(root)] = h
	}
	return h
}

// usualTime is what a proof that ends at this height of the usual chain proves.
func usualTime(height int) string {
	return hourAfter(usualStart.Unix() + spacing*int64(height+6))
}

// proof is evidence over the letter that is judged with the usual chain.
func (s *suite) proof(id, comment string, content []byte) *vector {
	return s.add(id, comment, content).over(letterFile, letter).usualTrust()
}

func (v *vector) usualTrust() *vector {
	v.Trust = append(v.Trust, "bitcoin/usual/checkpoints.json", "bitcoin/usual/chain.anchorpack")
	return v
}

// finish puts six blocks behind the last that is attested, and writes the usual chain.
func (s *suite) finish() {
	c := s.usual
	for range 6 {
		c.add(hash(sha(fmt.Appendf(nil, "block %d of usual", len(c.blocks)))), usualStart)
	}
	s.file("trust/bitcoin/usual/checkpoints.json", replaced("regtest", at(c.headers(), len(c.blocks)-1)))
	s.file("trust/bitcoin/usual/chain.anchorpack", packed(regtest, 0, c.headers()))
	for _, v := range s.list {
		if v.Expect.Verdict == "PASSED" && v.Origin != ofMainnet {
			v.warns("btc.test-network")
		}
	}
}

func (s *suite) write(dir string) error {
	if err := s.check(); err != nil {
		return err
	}
	return vecdir.Write(dir, "ots", s.files, s.list)
}

// check finds slips of the lists themselves: an id used twice, a vector without an
// expectation, a file or a reason without a vector.
func (s *suite) check() error {
	ids, reasons, named := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, v := range s.list {
		if ids[v.ID] {
			return fmt.Errorf("id %s used twice", v.ID)
		}
		if v.Expect.Verdict == "" || (v.Expect.Verdict == "PASSED") != (v.Expect.Existed != "") {
			return fmt.Errorf("id %s has no whole expectation", v.ID)
		}
		ids[v.ID] = true
		reasons[v.Expect.Reason] = true
		lists := slices.DeleteFunc(slices.Clone(v.Trust), func(name string) bool { return !strings.HasSuffix(name, "/checkpoints.json") })
		if len(lists) > 1 {
			return fmt.Errorf("id %s has the lists %v; a trust directory has one", v.ID, lists)
		}
		for _, name := range v.names() {
			named[name] = true
		}
	}
	for name := range s.files {
		if !named[name] {
			return fmt.Errorf("no vector names %s", name)
		}
	}
	for reason := range outcomes {
		if !reasons[reason] {
			return fmt.Errorf("no vector for %s", reason)
		}
	}
	return nil
}

// outcomes holds the sub-indication of every reason.
var outcomes = map[string]string{
	"ots.malformed": "FORMAT_FAILURE", "ots.subject-missing": "SIGNED_DATA_NOT_FOUND", "ots.digest-mismatch": "HASH_FAILURE",
	"ots.weak-digest": "CRYPTO_CONSTRAINTS_FAILURE", "ots.pending": "TRY_LATER", "ots.chain-unsupported": "CUSTOM",
	"ots.unknown-attestation": "CUSTOM", "policy.no-time": "CUSTOM",
	"btc.root-length": "FORMAT_FAILURE", "btc.header-missing": "NO_POE", "btc.merkle-root": "HASH_FAILURE",
	"btc.work-only": "NO_CERTIFICATE_CHAIN_FOUND", "btc.header-only": "NO_CERTIFICATE_CHAIN_FOUND",
	"btc.header-not-trusted": "NO_CERTIFICATE_CHAIN_FOUND", "btc.time-future": "TIMESTAMP_ORDER_FAILURE",
	"btc.weak-digest": "CRYPTO_CONSTRAINTS_FAILURE",
}

const notYetWeak = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
