package cms

import (
	"errors"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// Limits on one SignedData. Tokens carry up to a dozen certificates and a few
// revocation values.
const (
	MaxCertificates = 64
	MaxRevocations  = 64
	MaxSigners      = 16
	maxAlgorithms   = 64
)

var (
	oidSignedData   = der.MustOID("1.2.840.113549.1.7.2")
	oidOCSPResponse = der.MustOID("1.3.6.1.5.5.7.16.2") // id-ri-ocsp-response, RFC 5940
	oidOCSPBasic    = der.MustOID("1.3.6.1.5.5.7.48.1.1")
)

// SignedData is a parsed ContentInfo that holds a SignedData. Its slices point into
// the input.
type SignedData struct {
	Raw          []byte // the whole ContentInfo
	ContentType  der.OID
	Content      []byte // value of eContent
	HasContent   bool   // false: detached
	Certificates [][]byte
	CRLs         [][]byte
	OCSP         [][]byte // OCSPResponse, or BasicOCSPResponse
	Signers      []SignerInfo
	// BER is true when something outside the signed parts is BER and not DER.
	BER bool
	// Skipped names what was passed over: attribute certificates and other choices
	// that no check here needs.
	Skipped []string
}

// Parse reads one ContentInfo with a SignedData and returns what follows it. The
// error wraps ErrMalformed or ErrLimit.
func Parse(input []byte) (sd *SignedData, rest []byte, err error) {
	sd, rest, err = parse(input)
	if errors.Is(err, ErrMalformed) && der.TooDeep(input) {
		err = fmt.Errorf("nested deeper than %d: %w", der.MaxDepth, ErrLimit)
	}
	return sd, rest, err
}

func parse(input []byte) (sd *SignedData, rest []byte, err error) {
	s := cryptobyte.String(input)
	var info, tagged, body der.Element
	var oid der.OID
	if !der.ReadTag(&s, &info, asn1.SEQUENCE) || !der.ReadOID(&info.Contents, &oid) {
		return nil, nil, malformed("ContentInfo")
	}
	if oid != oidSignedData {
		return nil, nil, malformed("content type " + oid.String() + " is not SignedData")
	}
	if !der.ReadTag(&info.Contents, &tagged, context0) || !info.Contents.Empty() ||
		!der.ReadTag(&tagged.Contents, &body, asn1.SEQUENCE) || !tagged.Contents.Empty() {
		return nil, nil, malformed("ContentInfo.content")
	}
	sd = &SignedData{Raw: info.Raw, BER: info.BER || tagged.BER || body.BER}
	if err := sd.parse(body.Contents); err != nil {
		return nil, nil, err
	}
	return sd, s, nil
}

const (
	context0 = asn1.Tag(0x80 | 0x20)
	context1 = context0 + 1
)

func (sd *SignedData) parse(s cryptobyte.String) error {
	var version int
	var algorithms, signers der.Element
	if !der.ReadSmallInt(&s, &version, asn1.INTEGER) || !der.ReadTag(&s, &algorithms, asn1.SET) {
		return malformed("SignedData: version or digestAlgorithms")
	}
	sd.BER = sd.BER || algorithms.BER
	if err := countElements(algorithms.Contents, maxAlgorithms); err != nil {
		return err
	}
	if err := sd.parseContent(&s); err != nil {
		return err
	}
	if err := sd.parseCertificates(&s); err != nil {
		return err
	}
	if err := sd.parseRevocations(&s); err != nil {
		return err
	}
	if !der.ReadTag(&s, &signers, asn1.SET) || !s.Empty() {
		return malformed("SignedData.signerInfos")
	}
	sd.BER = sd.BER || signers.BER
	for !signers.Contents.Empty() {
		if len(sd.Signers) == MaxSigners {
			return limit("signers", MaxSigners)
		}
		si, err := sd.parseSigner(&signers.Contents)
		if err != nil {
			return err
		}
		sd.Signers = append(sd.Signers, si)
	}
	return nil
}

// countElements walks well-formed elements; it is all that is asked of the announced
// digest algorithms, which decide nothing.
func countElements(s cryptobyte.String, most int) error {
	for n := 0; !s.Empty(); n++ {
		var e der.Element
		if n == most {
			return limit("digest algorithms", most)
		}
		if !der.Read(&s, &e) {
			return malformed("SignedData.digestAlgorithms")
		}
	}
	return nil
}

func (sd *SignedData) parseContent(s *cryptobyte.String) error {
	var encap, content der.Element
	if !der.ReadTag(s, &encap, asn1.SEQUENCE) || !der.ReadOID(&encap.Contents, &sd.ContentType) {
		return malformed("encapContentInfo")
	}
	sd.BER = sd.BER || encap.BER
	if encap.Contents.Empty() {
		return nil
	}
	if !der.ReadTag(&encap.Contents, &content, context0) || !encap.Contents.Empty() {
		return malformed("encapContentInfo.eContent")
	}
	ber, ok := der.ReadOctets(&content.Contents, &sd.Content)
	if !ok || !content.Contents.Empty() {
		return malformed("encapContentInfo.eContent is not one OCTET STRING")
	}
	sd.HasContent = true
	sd.BER = sd.BER || content.BER || ber
	return nil
}

// parseCertificates takes the X.509 certificates and passes over the other choices
// of RFC 5652, section 10.2.2. A certificate that is not DER stays as it is: it
// will not parse, and must not stop the others.
func (sd *SignedData) parseCertificates(s *cryptobyte.String) error {
	var set der.Element
	if !s.PeekASN1Tag(context0) {
		return nil
	}
	if !der.ReadTag(s, &set, context0) {
		return malformed("SignedData.certificates")
	}
	sd.BER = sd.BER || set.BER
	for n := 0; !set.Contents.Empty(); n++ {
		var e der.Element
		if n == MaxCertificates {
			return limit("certificates", MaxCertificates)
		}
		if !der.Read(&set.Contents, &e) {
			return malformed("SignedData.certificates")
		}
		switch e.Tag {
		case asn1.SEQUENCE:
			sd.Certificates = append(sd.Certificates, e.Raw)
		case context0, context1, context1 + 1, context1 + 2:
			sd.Skipped = append(sd.Skipped, certificateChoice[e.Tag])
		default:
			return malformed("SignedData.certificates: unknown choice")
		}
	}
	return nil
}

var certificateChoice = map[asn1.Tag]string{
	context0:     "an extended certificate (obsolete)",
	context1:     "a version 1 attribute certificate",
	context1 + 1: "a version 2 attribute certificate",
	context1 + 2: "a certificate of another format",
}

// parseRevocations takes CRLs and, from the other formats, OCSP responses.
func (sd *SignedData) parseRevocations(s *cryptobyte.String) error {
	var set der.Element
	if !s.PeekASN1Tag(context1) {
		return nil
	}
	if !der.ReadTag(s, &set, context1) {
		return malformed("SignedData.crls")
	}
	sd.BER = sd.BER || set.BER
	for n := 0; !set.Contents.Empty(); n++ {
		var e der.Element
		if n == MaxRevocations {
			return limit("revocation values", MaxRevocations)
		}
		if !der.Read(&set.Contents, &e) {
			return malformed("SignedData.crls")
		}
		switch e.Tag {
		case asn1.SEQUENCE:
			sd.CRLs = append(sd.CRLs, e.Raw)
		case context1:
			sd.otherRevocation(e.Contents)
		default:
			return malformed("SignedData.crls: unknown choice")
		}
	}
	return nil
}

func (sd *SignedData) otherRevocation(s cryptobyte.String) {
	var oid der.OID
	var e der.Element
	if der.ReadOID(&s, &oid) && (oid == oidOCSPResponse || oid == oidOCSPBasic) && der.Read(&s, &e) && s.Empty() {
		sd.OCSP = append(sd.OCSP, e.Raw)
		return
	}
	sd.Skipped = append(sd.Skipped, "revocation information of another format")
}

func malformed(what string) error { return fmt.Errorf("%s: %w", what, ErrMalformed) }

func limit(what string, n int) error { return fmt.Errorf("more than %d %s: %w", n, what, ErrLimit) }
