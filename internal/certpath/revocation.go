package certpath

import (
	"crypto/sha256"
	"fmt"
	"time"
)

// RevocationState is what the data at hand say of a certificate.
type RevocationState uint8

// The states. The zero value decides nothing.
const (
	RevocationUnknown RevocationState = iota
	RevocationGood
	RevocationRevoked
)

var revocationNames = [...]string{"unknown", "good", "revoked"}

func (s RevocationState) String() string { return revocationNames[min(int(s), 2)] }

// RevocationQuery asks for the revocation of one certificate, offline.
type RevocationQuery struct {
	Certificate *Certificate
	// Issuer is the certificate whose key signed Certificate in the path; it may be
	// the anchor.
	Issuer *Certificate
	// From is the proven time: "good" counts only with thisUpdate at or after it.
	From time.Time
	// UpperBound says that From is only an upper bound of the time of signing: see
	// bound.go.
	UpperBound bool
	// CRLs and OCSP are each judged in their order until the work budget is spent, so
	// data that the verifier was given belong before those that the evidence brings.
	CRLs []*CRL
	OCSP []*OCSPResponse
	// Pool may hold certificates of CRL issuers and OCSP responders. Nothing is
	// believed of them. Of one name only the first few are tried, so here too the
	// verifier's own come first.
	Pool []*Certificate
	// Trusted reports whether another certificate has a path, valid at the given
	// time, to the same anchor; also for the anchor itself. Nil trusts none.
	Trusted func(c *Certificate, at time.Time) bool
	// Cache, when not nil, remembers look-ups and checked signatures.
	Cache *Cache
	// Acceptable, when not nil, reports whether data signed with this digest and key
	// may count, and if not why. It is asked for each signature that the data rests on.
	Acceptable func(digest, keyKind string, keyBits int) (bool, string)
}

// RevocationStatus is the answer.
type RevocationStatus struct {
	State RevocationState
	// At is the earlier of revocation date and invalidity date, of several
	// revocations the earliest.
	At time.Time
	// Reason is the CRLReason; -1 when there is none. Of several revocations it is
	// one that RFC 3161, section 4, does not list as harmless, if there is such.
	Reason     int
	ThisUpdate time.Time // of the data that decided
	// Final is true for good data from after the certificate's end that still cover
	// it (expiredCertsOnCRL, archiveCutoff): it was never revoked.
	Final bool
	// Source names the data that decided: "crl <origin>" or "ocsp <origin>", or
	// several of them with commas between.
	Source string
	// Ignored lists data that named the issuer or the certificate but did not count,
	// and why; at most maxIgnored.
	Ignored []string
	// Note is a reservation about the data that decided, "" when there is none.
	Note string
	// Weak is true when Acceptable refused an algorithm of the data that decided:
	// others say nothing of a revocation, or only of a later or less grave one after
	// the proven time.
	Weak bool
	// Released is true when a hold is all that revokes, and later data after the
	// proven time no longer list it: when it was released is not known.
	Released bool
}

// maxIgnored bounds the list of ignored data in an answer.
const maxIgnored = 32

// revocationBudget bounds the signatures of one query, in the units of pathBudget;
// once for lists and once for responses, so that many of one kind cannot keep the
// other from being heard. A query in practice checks below ten.
const revocationBudget = 500

// Revocation judges a certificate by the CRLs and OCSP responses given (RFC 5280,
// section 6.3.3, and RFC 6960, section 3.2, without the comparison of nextUpdate
// with the present: it asks about a time that is past).
//
// A revocation counts whatever the age of the data, as long as their signer and
// scope fit; only certificateHold is lifted, by a later good answer from before the
// proven time. Good counts only from data issued at or after From, and after the
// certificate's end only if the data say that they still cover it.
func Revocation(q RevocationQuery) RevocationStatus {
	if q.Certificate == nil || q.Issuer == nil {
		return RevocationStatus{Reason: reasonNone}
	}
	s := newSurvey(&q)
	s.lists()
	s.left = revocationBudget
	s.responses()
	return s.decide()
}

// survey collects what the data say.
type survey struct {
	q       *RevocationQuery
	left    int // of the budget
	revoked []revokedFinding
	good    []goodFinding // with fitting signer and scope, of any age
	ignored []string
	// responders remembers what the CRLs say of OCSP responders.
	responders map[[sha256.Size]byte]*survey
	names      nameMemo
	wasHeld    time.Time               // begin of a hold that is over; see heldOnce
	keys       map[*Certificate]string // SHA-1 of the key, as OCSP names responders
	trust      *trustee
}

func newSurvey(q *RevocationQuery) *survey {
	return &survey{
		q: q, left: revocationBudget, names: make(nameMemo), keys: make(map[*Certificate]string), trust: newTrustee(),
		responders: make(map[[sha256.Size]byte]*survey),
	}
}

// of starts a survey of another certificate of the same issuer, by the lists alone.
// It has its own budget, so that lists cannot crowd out responses, but no more
// questions to Trusted.
func (s *survey) of(c *Certificate) *survey {
	q := *s.q
	q.Certificate, q.OCSP = c, nil
	q.UpperBound = false // who answers is judged at the time of the answer
	out := newSurvey(&q)
	out.names, out.trust = s.names, s.trust
	return out
}

// revokedFinding is one source's word that the certificate is revoked.
type revokedFinding struct {
	revocation
	thisUpdate time.Time
	source     string
	note       string
	weak       string // why the data do not count as proof, "" when they do
}

// goodFinding is one source's word that the certificate is not revoked for these
// reasons.
type goodFinding struct {
	thisUpdate time.Time
	nextUpdate time.Time // zero when the data do not say
	reasons    reasonMask
	final      bool
	source     string
	note       string
}

func (s *survey) ignore(source, why string) {
	if len(s.ignored) == maxIgnored-1 {
		s.ignored = append(s.ignored, "… and more")
	}
	if len(s.ignored) < maxIgnored {
		s.ignored = append(s.ignored, source+": "+why)
	}
}

// takeGood takes a good answer in. reach is how far back the data cover expired
// certificates, zero when they do not say.
func (s *survey) takeGood(f goodFinding, reach time.Time) {
	if s.q.Certificate.ExpiredAt(f.thisUpdate) {
		if reach.IsZero() || reach.After(s.q.Certificate.NotAfter) {
			s.ignore(f.source, "good, but issued after the certificate's end, and it need not cover expired certificates")
			return
		}
		f.final = true
	}
	switch {
	case s.counts(&f):
	case s.q.UpperBound:
		s.ignore(f.source, fmt.Sprintf("good, but issued at %s, before %s, and not current then", stamp(f.thisUpdate), stamp(s.q.From)))
	default:
		s.ignore(f.source, fmt.Sprintf("good, but issued at %s, before the proven time %s", stamp(f.thisUpdate), stamp(s.q.From)))
	}
	s.good = append(s.good, f)
}
