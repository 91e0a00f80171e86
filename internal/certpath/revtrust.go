package certpath

import "time"

// Each question to Trusted may search all certificates in vain, and the evidence may
// bring certificates that are made for it. A "no" is what that costs; a certificate
// that is trusted is found soon.
const (
	maxUntrusted = 1 // answers "no" about signers of lists, in one query
	maxTrusted   = 8 // questions in one query; one or two signers are real

	// trustCost is charged for a question: a path of four.
	trustCost = 20
)

// trustee asks Trusted, and remembers what it said.
type trustee struct {
	known     map[trustQuestion]bool
	questions int
	noes      int
	anchors   map[*Certificate]bool
}

type trustQuestion struct {
	signer *Certificate
	at     time.Time
}

func newTrustee() *trustee {
	return &trustee{known: make(map[trustQuestion]bool), anchors: make(map[*Certificate]bool)}
}

// mayAsk says why Trusted cannot be asked about a signer, "" when it can, or was.
func (s *survey) mayAsk(c *Certificate, at time.Time) string {
	t := s.trust
	if _, asked := t.known[trustQuestion{c, at}]; asked {
		return ""
	}
	switch {
	case s.q.Trusted == nil:
		return noPath
	case t.noes == maxUntrusted || t.questions == maxTrusted:
		return "its signer's path was not looked for: too many signers were asked about"
	}
	return ""
}

const noPath = "its signer has no path to the anchor at its time"

// whyNotTrusted says why a signer has no path at this time, "" when it has one.
func (s *survey) whyNotTrusted(c *Certificate, at time.Time) string {
	if why := s.mayAsk(c, at); why != "" {
		return why
	}
	t, k := s.trust, trustQuestion{c, at}
	yes, asked := t.known[k]
	if !asked {
		if !s.spend(trustCost) {
			return errBudget.Error()
		}
		t.questions++
		if yes = s.q.Trusted(c, at); !yes {
			t.noes++
		}
		t.known[k] = yes
	}
	if !yes {
		return noPath
	}
	return ""
}

// stands reports whether the signer was valid when the data were issued. An anchor
// is believed without regard to its validity, and only Trusted knows which it is: for
// any other certificate it says no at such a time, so it is asked once.
func (s *survey) stands(signer *Certificate, at time.Time) bool {
	if signer.ValidAt(at) {
		return true
	}
	anchor, known := s.trust.anchors[signer]
	if !known {
		anchor = s.q.Trusted != nil && s.spend(trustCost) && s.q.Trusted(signer, at)
		s.trust.anchors[signer] = anchor
	}
	return anchor
}
