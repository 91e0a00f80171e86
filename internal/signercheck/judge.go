package signercheck

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Judge judges one signature, once, for one goroutine. The caller fills in the
// exported fields and calls Run; what was found is then in Record, Signer and Path.
type Judge struct {
	Profile *Profile
	Env     *pki.Env
	Anchors []pki.Anchor // the set that may vouch for this kind of signer: Env.TSA or Env.Documents
	Record  *verdict.Procedure
	Signed  Signed
	Time    Time
	Beside  Material
	// Ignore names a check that is recorded as passed whatever it finds; only tests,
	// which prove that each check decides, name one.
	Ignore string

	signer *pki.Certificate
	fits   bool // see Arithmetic
	named  bool // the evidence itself says that this is the signer's certificate
	search certpath.Search
	pool   []*pki.Certificate // of the verifier and of the evidence
	tried  []way

	signedBytes []byte // what the signature is computed over, made once
	opened      opened // of a raw value
	data        revocationData
	noData      string // see uncovered
	// Of the path that is being tried:
	missing bool   // the warning about missing revocation data was given
	lifted  string // what a proof of existence lifts from expiry
}

// Material is what the evidence brings beside the signature, such as the DSS
// dictionary of a document. Nothing of it is believed. The verifier's own material,
// in Env, is tried first.
type Material struct {
	Certificates []*pki.Certificate
	CRLs         []*pki.CRL
	OCSP         []*pki.OCSPResponse
}

// MaxBeside bounds each list of Material that is used. The DSS of a document with 25
// signatures holds about a hundred values; what goes beyond is passed over with a
// warning, as if it were not there.
const MaxBeside = 1024

// Run judges the signature and records the answers of the checks in CMSChecks, or
// RawChecks. Without a signer's certificate the checks that need one stay open.
func (j *Judge) Run() {
	if j.Time.rule == nil {
		j.Time = UpperBound(j.Env, Proofs{})
	}
	j.boundMaterial()
	if j.Signed.Raw == nil {
		j.attributes()
	}
	if j.findSigner() {
		j.path()
	}
	j.signatureAlgorithm()
	if j.Signed.Raw == nil {
		j.protection()
	}
}

// Signer returns the signer's certificate, nil when none was found. It is proven only
// when the whole procedure passed.
func (j *Judge) Signer() *pki.Certificate { return j.signer }

// Path returns the path that was judged, nil when none leads to an anchor.
func (j *Judge) Path() *certpath.Path { return j.search.Path }

func (j *Judge) pass(check, detail, ref string) { j.Record.Pass(check, detail, ref) }

func (j *Judge) refuse(check string, sub verdict.SubIndication, code, detail, ref string) {
	j.refuseAs(check, sub, j.Profile.reason(code), detail, ref)
}

// refuseAs is refuse with a reason that does not carry the kind's prefix.
func (j *Judge) refuseAs(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == j.Ignore {
		j.Record.Pass(check, "", ref)
		return
	}
	j.Record.Refuse(check, sub, reason, detail, ref)
}

func (j *Judge) warn(code, text string) { j.Record.Warn(j.Profile.reason(code), text) }

func (j *Judge) boundMaterial() {
	m := &j.Beside
	if max(len(m.Certificates), len(m.CRLs), len(m.OCSP)) <= MaxBeside {
		return
	}
	j.warn(codeLimit, "more certificates or revocation data beside the signature than this program takes in; the rest was passed over")
	m.Certificates, m.CRLs, m.OCSP = upTo(m.Certificates), upTo(m.CRLs), upTo(m.OCSP)
}

func upTo[T any](list []T) []T { return slices.Clip(list[:min(len(list), MaxBeside)]) }

const codeLimit = "limit"
