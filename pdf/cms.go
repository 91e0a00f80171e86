package pdf

import (
	"errors"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/rfc3161"
)

// The attributes that hold time-stamp tokens (EN 319 122-1, 5.3 and 5.2.8), and those that
// are named as not checked (5.2.9, 5.2.3; RFC 5652, 11.4).
var (
	oidSignatureStamp = der.MustOID("1.2.840.113549.1.9.16.2.14")
	oidContentStamp   = der.MustOID("1.2.840.113549.1.9.16.2.20")
	oidPolicy         = der.MustOID("1.2.840.113549.1.9.16.2.15")
	oidCommitment     = der.MustOID("1.2.840.113549.1.9.16.2.16")
	oidCounter        = der.MustOID("1.2.840.113549.1.9.6")
	oidData           = der.MustOID("1.2.840.113549.1.7.1")
)

// maxStamps bounds the tokens in the attributes of one signature; one is usual, and a
// second from another authority.
const maxStamps = 16

// stamp is a time-stamp token in an attribute of a signature.
type stamp struct {
	content bool // over what is signed, and signed itself; else over the signature value
	token   *rfc3161.Token
	err     error
}

// read takes the value out of the Contents. The error is one of the reader.
func (v *value) read(s *signature, view *pdffile.View) error {
	switch {
	case s.contents.code == reasonContents:
		return nil
	case blank(s.contents.bytes):
		v.code, v.problem = reasonEmpty, "there is nothing in Contents: room for a signature was left, and not used"
		return nil
	case s.form == formRaw:
		return v.readRaw(s, view)
	}
	v.readCMS(s)
	return nil
}

func (v *value) refuse(code, problem string) { v.code, v.problem = code, problem }

// readCMS reads the SignedData and what stands behind it.
func (v *value) readCMS(s *signature) {
	sd, rest, err := cms.Parse(s.contents.bytes)
	if err != nil {
		v.limited = errors.Is(err, cms.ErrLimit)
		v.refuse(reasonCMS, err.Error())
		return
	}
	v.der, v.padding, v.cms = sd.Raw, rest, sd
	if s.timestamp() {
		v.readToken()
		return
	}
	if len(sd.Signers) != 1 {
		v.refuse(reasonSignerCount, "the signature has not exactly one signer: others would verify another one")
		return
	}
	v.info = &sd.Signers[0]
	if v.attrs, err = v.info.ReadProtected(); err != nil {
		v.limited = errors.Is(err, cms.ErrLimit)
		v.info = nil
		v.refuse(reasonCMS, "signed attributes: "+err.Error())
		return
	}
	v.readStamps(v.info.Signed, oidContentStamp)
	v.readStamps(v.info.Unsigned, oidSignatureStamp)
}

// readToken reads a document time-stamp: the token alone, no reply and no armour.
func (v *value) readToken() {
	t, err := rfc3161.Parse(v.der)
	if err != nil {
		var e *rfc3161.Error
		code := reasonCMS
		if errors.As(err, &e) {
			code, v.limited = e.Code, e.Code == "tsp.limit"
		}
		v.refuse(code, err.Error())
		return
	}
	v.token = t
}

func (v *value) readStamps(attrs []cms.Attribute, oid der.OID) {
	for i := range attrs {
		if attrs[i].Type != oid {
			continue
		}
		for _, raw := range attrs[i].Values {
			if len(v.stamps) == maxStamps {
				v.stampsCut = true
				return
			}
			t, err := rfc3161.Parse(raw)
			v.stamps = append(v.stamps, stamp{oid == oidContentStamp, t, err})
		}
	}
}

// maxCert bounds one certificate in a Cert entry; they are a few kilobytes long.
const maxCert = 1 << 20

// readRaw reads a PKCS#1 value in its OCTET STRING, and the certificates beside it: one
// byte string, or an array of them with the signer's first (ISO 32000-1, table 252).
func (v *value) readRaw(s *signature, view *pdffile.View) error {
	in := cryptobyte.String(s.contents.bytes)
	var octets der.Element
	if !der.ReadTag(&in, &octets, asn1.OCTET_STRING) {
		v.refuse(reasonValue, "Contents is no DER OCTET STRING, as adbe.x509.rsa_sha1 asks for")
		return nil
	}
	v.der, v.padding, v.raw = octets.Raw, in, octets.Contents
	o, err := view.Resolve(s.dict.Get("Cert"))
	if err != nil {
		return passing(err)
	}
	list, ok := o.(pdffile.Array)
	if !ok {
		list = pdffile.Array{o}
	}
	for _, o := range list[:min(len(list), cms.MaxCertificates)] {
		c, ok, err := pdffile.Value[pdffile.String](view, o)
		if passing(err) != nil {
			return err
		}
		if err != nil || !ok || c.Sealed || len(c.Bytes) > maxCert {
			if len(v.certs) == 0 {
				return nil // the signer's place is taken by something else
			}
			continue
		}
		v.certs = append(v.certs, c.Bytes)
	}
	return nil
}
