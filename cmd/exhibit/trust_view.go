package main

import (
	"encoding/hex"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/dir"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// trustView is what `trust show` prints, in the form of its JSON.
type trustView struct {
	Schema       string           `json:"schema"`
	Dir          string           `json:"dir"`
	SHA256       string           `json:"sha256"`
	Algorithms   algorithmsView   `json:"algorithms"`
	Certificates []certView       `json:"certificates"`
	Signers      []signerView     `json:"signers"`
	CRLs         []crlView        `json:"crls"`
	OCSP         []ocspView       `json:"ocsp"`
	Checkpoints  checkpointsView  `json:"bitcoin_checkpoints"`
	Headers      []headerFileView `json:"bitcoin_headers"`
	Files        []dir.File       `json:"files"`
	Unused       []dir.File       `json:"unused"`
	Errors       []dir.FileError  `json:"errors"`
}

type algorithmsView struct {
	Source string `json:"source"`
	Origin string `json:"origin"` // a file of the directory, or "built-in"
}

type certView struct {
	Use       string `json:"use"`
	Subject   string `json:"subject"`
	KeyID     string `json:"key_id,omitempty"`
	SHA256    string `json:"sha256"`
	Key       string `json:"key"` // kind, or why it cannot be used
	Bits      int    `json:"bits,omitempty"`
	NotBefore string `json:"not_before"`
	NotAfter  string `json:"not_after"`
	CA        bool   `json:"ca"`
	Origin    string `json:"origin"`
}

// signerView is a plain key and how it signs.
type signerView struct {
	KeyID     string `json:"key_id,omitempty"`
	SHA256    string `json:"sha256"` // of its SubjectPublicKeyInfo
	Alg       string `json:"alg"`
	Curve     string `json:"curve,omitempty"`
	Bits      int    `json:"bits"`
	Hash      string `json:"hash"`
	LowS      bool   `json:"low_s,omitempty"`
	Encoding  string `json:"encoding,omitempty"` // empty: by the extension of the evidence
	Signs     string `json:"signs"`
	NotBefore string `json:"not_before,omitempty"`
	NotAfter  string `json:"not_after,omitempty"`
	RevokedAt string `json:"revoked_at,omitempty"`
	Source    string `json:"source,omitempty"`
	Origin    string `json:"origin"`
}

type crlView struct {
	Issuer     string `json:"issuer"`
	ThisUpdate string `json:"this_update"`
	NextUpdate string `json:"next_update,omitempty"`
	Origin     string `json:"origin"`
}

type ocspView struct {
	ProducedAt string `json:"produced_at"`
	Origin     string `json:"origin"`
}

// checkpointsView is the list of Bitcoin checkpoints that applies.
type checkpointsView struct {
	Network string `json:"network"`
	Count   int    `json:"count"`
	Last    int64  `json:"last_height"` // -1 for none
	SHA256  string `json:"sha256"`      // of the list
	Source  string `json:"source"`
}

// headerFileView is a file of block headers. Its place is -1 where nothing tells it.
type headerFileView struct {
	First  int64  `json:"first_height"`
	Count  int    `json:"count"`
	Origin string `json:"origin"`
}

func viewBitcoin(t *dir.Trust) (checkpointsView, []headerFileView) {
	points := t.Bitcoin.Checkpoints()
	v := checkpointsView{points.Network().Name(), points.Len(), -1, points.SHA256(), points.Source()}
	if last, ok := points.Last(); ok {
		v.Last = int64(last.Height)
	}
	list := []headerFileView{}
	for _, r := range t.Headers {
		h := headerFileView{-1, r.Count(), r.Name()}
		if first, ok := r.First(); ok {
			h.First = int64(first)
		}
		list = append(list, h)
	}
	return v, list
}

func viewTrust(t *dir.Trust) trustView {
	v := trustView{
		Schema: "exhibit.trust/v1", Dir: t.Name, SHA256: t.SHA256,
		Algorithms:   algorithmsView{trust.Builtin().Source(), "built-in"},
		Certificates: []certView{}, Signers: []signerView{}, CRLs: []crlView{}, OCSP: []ocspView{},
		Files: append([]dir.File{}, t.Files...), Unused: append([]dir.File{}, t.Unused...),
		Errors: append([]dir.FileError{}, t.Errors...),
	}
	if t.Algorithms != nil {
		v.Algorithms = algorithmsView{t.Algorithms.Source(), "algorithms.json"}
	}
	v.Checkpoints, v.Headers = viewBitcoin(t)
	for _, x := range t.TSA {
		v.Certificates = append(v.Certificates, viewCert(dir.UseTSA, x.Certificate, x.Origin))
	}
	for _, x := range t.Documents {
		v.Certificates = append(v.Certificates, viewCert(dir.UseDocuments, x.Certificate, x.Origin))
	}
	for _, c := range t.Intermediates {
		v.Certificates = append(v.Certificates, viewCert(dir.UseIntermediates, c, t.Origin(c)))
	}
	for i := range t.Keys {
		v.Signers = append(v.Signers, viewSigner(&t.Keys[i]))
	}
	for _, c := range t.CRLs {
		v.CRLs = append(v.CRLs, crlView{c.Issuer(), timeText(c.ThisUpdate()), timeText(c.NextUpdate()), c.Origin})
	}
	for _, r := range t.OCSP {
		v.OCSP = append(v.OCSP, ocspView{timeText(r.ProducedAt()), r.Origin})
	}
	return v
}

func viewCert(use string, c *pki.Certificate, origin string) certView {
	sum := c.SHA256()
	v := certView{
		Use: use, Subject: c.Subject(), KeyID: hex.EncodeToString(c.SubjectKeyID()), SHA256: hex.EncodeToString(sum[:]),
		NotBefore: timeText(c.NotBefore), NotAfter: timeText(c.NotAfter), CA: c.IsCA(), Origin: origin,
	}
	if key, err := c.Key(); err != nil {
		v.Key = err.Error()
	} else {
		v.Key, v.Bits = key.Kind, key.Bits
	}
	return v
}

func viewSigner(k *trust.Key) signerView {
	return signerView{
		KeyID: k.ID, SHA256: k.SHA256(), Alg: k.Alg, Curve: k.Public.Curve(), Bits: k.Public.Bits, Hash: k.Hash, LowS: k.LowS,
		Encoding: k.Encoding, Signs: k.Signs, NotBefore: timeText(k.NotBefore), NotAfter: timeText(k.NotAfter),
		RevokedAt: timeText(k.RevokedAt), Source: k.Source, Origin: k.Origin,
	}
}

// timeText is RFC 3339 in UTC; empty for a time that is not given.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
