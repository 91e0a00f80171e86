package signercheck

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// maxCandidates bounds the certificates that may fit one signer identifier. There
// is one; a renewed certificate under the same key makes two.
const maxCandidates = 8

// candidate is a certificate that fits the signer identifier. It is named when the
// evidence itself says that it is the signer's: by the hash of the
// signing-certificate attribute or, where there is no such attribute, by carrying
// it in the signature.
type candidate struct {
	cert  *pki.Certificate
	named bool
	rank  int // the lower, the sooner its key is tried
}

// candidates lists what fits: first what the signing-certificate attribute names,
// then what was valid at the time of signing, for a renewed certificate has the same
// key.
func (j *Judge) candidates() (out []candidate) {
	from, to := j.fillPool()
	if j.Signed.Raw != nil {
		return j.rawCandidate(j.pool[from:to])
	}
	for i, c := range j.pool {
		out = j.consider(out, c, from <= i && i < to)
	}
	for i := range j.Anchors {
		if c := j.Anchors[i].Certificate; c != nil {
			out = j.consider(out, c, false)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

// fillPool collects the certificates for the path: the given ones first, so that a
// signature stuffed with namesakes cannot keep them from being tried. Those from
// pool[from] to pool[to] came with the signature.
func (j *Judge) fillPool() (from, to int) {
	var carried [][]byte
	if j.Signed.Raw != nil {
		carried = j.Signed.Raw.Certificates[:min(len(j.Signed.Raw.Certificates), cms.MaxCertificates)]
	} else {
		carried = j.Signed.CMS.Certificates
	}
	from = len(j.Env.Intermediates)
	j.pool = append(make([]*pki.Certificate, 0, from+len(carried)+len(j.Beside.Certificates)), j.Env.Intermediates...)
	unreadable := 0
	for _, raw := range carried {
		c, err := j.Env.Cache.Parse(raw)
		if err != nil {
			unreadable++
			continue
		}
		j.pool = append(j.pool, c)
	}
	if unreadable > 0 {
		j.warn("certificate-unreadable", "a certificate in "+j.Profile.Object+" cannot be read and was passed over")
	}
	to = len(j.pool)
	j.pool = append(j.pool, j.Beside.Certificates...)
	return from, to
}

// rawCandidate is the first certificate beside a raw value, and no other: if it cannot
// be read, no second one takes its place.
func (j *Judge) rawCandidate(carried []*pki.Certificate) []candidate {
	list := j.Signed.Raw.Certificates
	if len(list) == 0 || len(carried) == 0 || !bytes.Equal(carried[0].Raw, list[0]) {
		return nil
	}
	return []candidate{{cert: carried[0], named: true}}
}

func (j *Judge) consider(out []candidate, c *pki.Certificate, embedded bool) []candidate {
	if !Names(j.Signed.Info, c) {
		return out
	}
	bound := j.Signed.Attrs.V1 != nil || j.Signed.Attrs.V2 != nil
	for i := range out {
		if bytes.Equal(out[i].cert.Raw, c.Raw) {
			out[i].named = out[i].named || embedded && !bound
			return out
		}
	}
	hashed := j.firstIDsFit(c)
	if len(out) >= maxCandidates && !hashed {
		return out
	}
	next := candidate{cert: c, named: hashed || embedded && !bound, rank: 2}
	switch {
	case hashed:
		next.rank = 0
	case c.ValidAt(j.Time.at):
		next.rank = 1
	}
	return append(out, next)
}

// Names reports whether the signer identifier fits a certificate (RFC 5652, section
// 5.3). Whose key made the signature is not said with it.
func Names(si *cms.SignerInfo, c *pki.Certificate) bool {
	if si.SubjectKeyID != nil {
		return bytes.Equal(si.SubjectKeyID, c.SubjectKeyID())
	}
	return bytes.Equal(si.Serial, c.Serial) && certpath.SameName(si.Issuer, c.RawIssuer)
}

// choose returns the candidate whose key verifies the signature. Without one it is
// the first that the evidence names, with what its own key said; else one whose key
// could not be used. A key that the evidence does not name proves nothing by not
// fitting.
func (j *Judge) choose(candidates []candidate) (*candidate, error) {
	var unfit, unusable *candidate
	var unfitErr, unusableErr error
	for i := range candidates {
		c := &candidates[i]
		err := j.checkSignature(c.cert)
		switch {
		case err == nil:
			return c, nil
		case !errors.Is(err, sigalg.ErrVerification):
			if unusable == nil || c.named && !unusable.named {
				unusable, unusableErr = c, err
			}
		case c.named && unfit == nil:
			unfit, unfitErr = c, err
		}
	}
	if unusable != nil && (unusable.named || unfit == nil) {
		return unusable, unusableErr
	}
	return unfit, unfitErr
}
