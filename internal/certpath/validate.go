package certpath

import (
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// handled are the critical extensions that this package or its callers judge.
var handled = map[der.OID]bool{
	oidKeyUsage: true, oidBasicConstraints: true, oidNameConstraints: true, oidPolicies: true,
	oidPolicyMappings: true, oidPolicyConstraints: true, oidExtKeyUsage: true, oidInhibitAnyPolicy: true,
	oidSubjectAltName: true, oidSubjectKeyID: true, oidAuthorityKeyID: true, oidCRLPoints: true, oidOCSPNoCheck: true,
	der.MustOID("1.3.6.1.5.5.7.1.3"): true, // qcStatements: reported, restricts nothing
}

// validate runs RFC 5280, section 6.1, from the anchor down to the leaf, but for the
// validity periods. The signatures were checked while the path was built.
func validate(p *Path) ruling {
	var out []Finding
	left := 0 // what checking names costs is taken from it
	maxPath := len(p.Certificates)
	var names nameState
	policies := newPolicyState(len(p.Certificates))
	for i := len(p.Certificates) - 1; i >= 0; i-- {
		c := p.Certificates[i]
		leaf := i == 0
		selfIssued := c.SelfIssued()
		if !selfIssued || leaf { // 6.1.3 (b), (c)
			if why := names.check(c, &left); why != "" {
				out = append(out, Finding{RuleNameConstraints, c, why})
			}
		}
		out = checkExtensions(c, out)
		if why := policies.certificate(c, leaf, selfIssued); why != "" {
			out = append(out, Finding{RulePolicies, c, why})
		}
		if leaf {
			continue
		}
		u := c.usage()
		if !u.isCA {
			out = append(out, Finding{RuleBasicConstraints, c, "the issuer is not a CA"})
		}
		if !selfIssued {
			if maxPath <= 0 {
				out = append(out, Finding{RulePathLength, c, "more intermediates than a CA above allows"})
			}
			maxPath--
		}
		if u.isCA && u.pathLen >= 0 && u.pathLen < maxPath {
			maxPath = u.pathLen
		}
		if u.keyUsage >= 0 && u.keyUsage&KeyCertSign == 0 {
			out = append(out, Finding{RuleKeyUsage, c, "the issuer's key usage lacks keyCertSign"})
		}
		names.restrict(c)
	}
	return ruling{out, -left}
}

// validity is 6.1.3 (a)(2) for the CA certificates of a path; the leaf is judged by
// who knows what it is for.
func validity(certs []*Certificate, at time.Time) (out []Finding) {
	for _, c := range certs[1:] {
		if !c.ValidAt(at) {
			out = append(out, Finding{RuleValidity, c, fmt.Sprintf("valid from %s to %s", stamp(c.NotBefore), stamp(c.NotAfter))})
		}
	}
	return out
}

func checkExtensions(c *Certificate, out []Finding) []Finding {
	for i := range c.Extensions {
		if x := &c.Extensions[i]; x.Critical && !handled[x.OID] {
			out = append(out, Finding{RuleCriticalExtension, c, "critical extension " + x.OID.String() + " is not known"})
		}
	}
	for _, oid := range c.usage().bad {
		out = append(out, Finding{RuleUnreadable, c, "extension " + oid + " cannot be read"})
	}
	return out
}

func stamp(t time.Time) string { return t.Format("2006-01-02T15:04:05Z") }
