package main

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// programLimits: what stands at a limit of the program is read, one more is not decided.
func (s *suite) programLimits() {
	s.add("digests-at-limit", "64 announced digest algorithms", s.announcing(64)).openssl("")
	s.add("digests-over-limit", "65 announced digest algorithms", s.announcing(65)).refused("tsp.limit").openssl("")
	s.add("tst-extensions-at-limit", "64 extensions, none of them critical", s.extended(64))
	s.add("tst-extensions-over-limit", "65 extensions, none of them critical", s.extended(65)).refused("tsp.limit").openssl("accept")
	s.add("ess-at-limit", "64 ids, of which two are the path's", s.naming(64)).openssl("refuse")
	s.add("ess-over-limit", "65 ids, of which two are the path's", s.naming(65)).refused("tsp.limit")
	imprecise := func(seconds int64) evidence {
		return s.token(editTST(func(t *ca.TSTInfo) { t.Accuracy = ca.Accuracy(seconds, 0, 0) }))
	}
	existed := ca.Moment(usualRFC).Add(math.MaxInt32 * time.Second).Format(time.RFC3339)
	s.add("accuracy-at-limit", "an accuracy of 68 years, the most that 31 bits hold", imprecise(math.MaxInt32)).existed(existed)
	s.add("accuracy-over-limit", "an accuracy of a second more", imprecise(math.MaxInt32+1)).refused("tsp.limit").openssl("accept")
	s.add("path-at-limit", "ten certificates below the anchor", s.deep(10))
	s.add("path-over-limit", "eleven certificates below the anchor", s.deep(11)).
		refused("tsp.limit").byCheck("certification-path").openssl("accept")
}

// numbered are identifiers that nobody assigned.
func numbered(i int) string { return ca.OIDUnknown + "." + strconv.Itoa(i) }

func (s *suite) announcing(n int) evidence {
	return s.token(editSigned(func(d *ca.SignedData) {
		for i := len(d.DigestAlgs); i < n; i++ {
			d.DigestAlgs = append(d.DigestAlgs, ca.Algorithm(numbered(i)))
		}
	}))
}

func (s *suite) extended(n int) evidence {
	return s.token(editTST(func(t *ca.TSTInfo) {
		for i := range n {
			t.Exts = append(t.Exts, ca.Extension{OID: numbered(i), Value: ca.Null()})
		}
	}))
}

func (s *suite) naming(n int) evidence {
	named := []*ca.Cert{s.tsa, s.issuing}
	for i := len(named); i < n; i++ {
		named = append(named, &ca.Cert{DER: ca.Stream(fmt.Sprint("stranger ", i), 32)})
	}
	return s.token(withAttr(ca.ESSV2(named...)))
}

// deep is by an authority n certificates below the root.
func (s *suite) deep(n int) evidence {
	issuer, chain := s.root, []*ca.Cert{}
	for i := 1; i < n; i++ {
		issuer = issuer.CA(fmt.Sprint("ca-depth-", i))
		chain = append(chain, issuer)
	}
	return s.token(by(issuer.TSA(fmt.Sprint("tsa-depth-", n)), chain...))
}
