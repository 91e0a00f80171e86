package rfc3161

import (
	"encoding/hex"
	"encoding/json"
	"math/big"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/verdict"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Claims is what a token says of itself. Nothing of it is verified. It is read from
// the token when it is encoded or asked for.
type Claims struct{ t *Token }

// Claims returns what the token says of itself.
func (t *Token) Claims() Claims { return Claims{t} }

// claimSigner is what signer identifier and embedded certificates say.
type claimSigner struct {
	Subject string `json:"subject,omitempty"`
	Issuer  string `json:"issuer,omitempty"`
	Serial  string `json:"serial,omitempty"`
	KeyID   string `json:"key_id,omitempty"`
	SHA256  string `json:"sha256,omitempty"`
}

// Fields is the JSON form of Claims.
type Fields struct {
	Form             string       `json:"form"` // token or reply
	Status           string       `json:"status,omitempty"`
	StatusText       []string     `json:"status_text,omitempty"`
	Failure          []string     `json:"failure,omitempty"`
	GenTime          string       `json:"gen_time"`
	Accuracy         string       `json:"accuracy,omitempty"`
	Policy           string       `json:"policy"`
	Serial           string       `json:"serial"`
	Nonce            string       `json:"nonce,omitempty"`
	Ordering         bool         `json:"ordering"`
	TSA              string       `json:"tsa,omitempty"`
	ImprintAlgorithm string       `json:"imprint_algorithm"`
	Imprint          string       `json:"imprint"`
	CMSDigest        string       `json:"cms_digest"`
	Signature        string       `json:"signature"`
	SigningTime      string       `json:"signing_time,omitempty"`
	Extensions       []string     `json:"extensions,omitempty"`
	Qualified        bool         `json:"qualified_statement"` // esi4-qtstStatement-1 is there; whether it is true is not said
	Signer           *claimSigner `json:"signer,omitempty"`
	Certificates     int          `json:"certificates"`
	BER              bool         `json:"ber,omitempty"`
	Skipped          []string     `json:"skipped,omitempty"`
	Profile          []string     `json:"profile_findings,omitempty"` // where it departs from EN 319 422
}

// MarshalJSON writes Fields.
func (c Claims) MarshalJSON() ([]byte, error) { return json.Marshal(c.Fields()) }

// Fields returns the claims one by one.
func (c Claims) Fields() Fields {
	t, i := c.t, &c.t.info
	f := Fields{
		Form: "token", GenTime: verdict.FormatTime(i.genTime), Accuracy: i.accuracyString(),
		Policy: i.policy.String(), Serial: signercheck.ShortHex(i.serial), Ordering: i.ordering,
		ImprintAlgorithm: i.imprintAlgorithm, Imprint: signercheck.ShortHex(i.imprint),
		CMSDigest: nameOr(sigalg.DigestName(t.signer.DigestAlgorithm.OID), t.signer.DigestAlgorithm.OID),
		Signature: t.signer.SignatureAlgorithm.OID.String(), Signer: t.claimedSigner(),
		Certificates: len(t.signed.Certificates), BER: t.signed.BER, Skipped: t.signed.Skipped,
		Qualified: t.qualified(), Profile: t.profileFindings(),
	}
	if f.ImprintAlgorithm == "" {
		f.ImprintAlgorithm = i.imprintOID.String()
	}
	if alg, err := sigalg.Parse(t.signer.SignatureAlgorithm, sigalg.DigestName(t.signer.DigestAlgorithm.OID)); err == nil {
		f.Signature = alg.String()
	}
	if t.reply != nil {
		f.Form, f.Status, f.StatusText, f.Failure = "reply", t.reply.String(), t.reply.text, t.reply.failure
	}
	if i.hasNonce {
		f.Nonce = decimal(i.nonce)
	}
	if i.tsa != nil {
		f.TSA = generalNameString(i.tsa)
	}
	if st := t.attrs.SigningTime; !st.IsZero() {
		f.SigningTime = verdict.FormatTime(st)
	}
	for _, x := range i.extensions {
		f.Extensions = append(f.Extensions, x.oid.String())
	}
	return f
}

func nameOr(name string, oid der.OID) string {
	if name == "" {
		return oid.String()
	}
	return name
}

// claimedSigner describes the embedded certificate that fits the signer identifier.
func (t *Token) claimedSigner() *claimSigner {
	si := t.signer
	out := &claimSigner{KeyID: signercheck.ShortHex(si.SubjectKeyID), Serial: signercheck.ShortHex(si.Serial)}
	if si.Issuer != nil {
		out.Issuer = certpath.NameString(si.Issuer)
	}
	for _, raw := range t.signed.Certificates {
		c, err := certpath.ParseCertificate(raw)
		if err != nil || !signercheck.Names(si, c) {
			continue
		}
		sum := c.SHA256()
		out.Subject, out.Issuer = c.Subject(), c.Issuer()
		out.Serial, out.SHA256 = signercheck.ShortHex(c.Serial), hex.EncodeToString(sum[:])
		break
	}
	return out
}

// qualified reports whether the token states that it is a qualified electronic
// time-stamp: esi4-qtstStatement-1 (0.4.0.19422.1.1) in qcStatements.
func (t *Token) qualified() bool {
	for _, x := range t.info.extensions {
		if x.oid == oidQCStatements && hasStatement(x.value, oidQualified) {
			return true
		}
	}
	return false
}

var oidQualified = der.MustOID("0.4.0.19422.1.1")

func hasStatement(value []byte, want der.OID) bool {
	s := cryptobyte.String(value)
	var seq, one cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) {
		return false
	}
	for !seq.Empty() {
		var oid der.OID
		if !seq.ReadASN1(&one, asn1.SEQUENCE) || !der.ReadOID(&one, &oid) {
			return false
		}
		if oid == want {
			return true
		}
	}
	return false
}

// profileFindings lists where the token departs from the time-stamp profile of EN 319
// 422, section 5, and the algorithms of TS 119 312. They are told, and decide nothing: the profile binds authorities, not evidence.
func (t *Token) profileFindings() (out []string) {
	if !t.info.hasAccuracy {
		out = append(out, "no accuracy")
	} else if t.info.accuracy > 1e9 {
		out = append(out, "accuracy above one second")
	}
	if t.info.ordering {
		out = append(out, "ordering is set")
	}
	if t.attrs.V2 == nil {
		out = append(out, "no signing-certificate-v2 attribute")
	}
	switch t.info.imprintAlgorithm {
	case "sha256", "sha384", "sha512", "sha3-256", "sha3-384", "sha3-512":
	default:
		out = append(out, "imprint by "+nameOr(t.info.imprintAlgorithm, t.info.imprintOID)+"")
	}
	if len(t.signed.Certificates) == 0 {
		out = append(out, "the authority's certificate is not embedded")
	}
	return out
}

func (i *tstInfo) accuracyString() string {
	if !i.hasAccuracy {
		return ""
	}
	return i.accuracy.String()
}

// maxDecimal is the size in bytes up to which a number is written in decimal; the
// conversion is quadratic, and nonces and serial numbers stay below 32.
const maxDecimal = 64

// decimal writes an INTEGER's contents as people write numbers; a huge one by its
// first bytes.
func decimal(contents []byte) string {
	if len(contents) > maxDecimal {
		return "0x" + hex.EncodeToString(contents[:maxDecimal]) + "…"
	}
	n := new(big.Int).SetBytes(contents)
	if len(contents) > 0 && contents[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(contents))))
	}
	return n.String()
}
