package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// evidence is a file to be judged: its bytes and the ending that says what it claims to be.
type evidence struct {
	name string // set for a file that several vectors share
	ext  string
	der  []byte
}

// tokenSpec says how a token is made. The edit functions run before the digest or the signature
// that covers what they change: a defect stays the only one.
type tokenSpec struct {
	signer  *ca.Cert
	key     *ca.Key // who signs in truth; nil = the signer
	chain   []*ca.Cert
	hash    ca.HashAlg // of the imprint
	digest  ca.HashAlg // of the CMS
	alg     *ca.SigAlg
	genTime string

	tst    func(*ca.TSTInfo)
	rawTST func([]byte) []byte
	attrs  func(ca.Attributes) ca.Attributes
	// rawAttrs returns the contents of the attribute SET, as they are stored and signed.
	rawAttrs func(ca.Attributes) []byte
	noAttrs  bool
	info     func(*ca.SignerInfo)
	signed   func(*ca.SignedData)
}

const (
	usualTime = "20250301120000Z"
	usualRFC  = "2025-03-01T12:00:00Z"
)

type edit func(*tokenSpec)

// token makes a bare token by the usual authority, changed by the edits.
func (w *world) token(edits ...edit) evidence {
	return evidence{ext: ".tst", der: w.signedData(edits...).Encode()}
}

// signedData stops before the outer encoding, for vectors that choose another one.
func (w *world) signedData(edits ...edit) ca.SignedData {
	s := tokenSpec{
		signer: w.tsa, chain: []*ca.Cert{w.tsa, w.issuing},
		hash: ca.HashSHA256, digest: ca.HashSHA256, genTime: usualTime,
	}
	for _, e := range edits {
		e(&s)
	}
	return s.build()
}

func (s tokenSpec) build() ca.SignedData {
	if s.key == nil {
		s.key = s.signer.Key
	}
	if s.alg == nil {
		s.alg = ca.Usual(s.key, s.digest)
	}
	content := s.content()
	d := ca.SignedData{
		Version: 3, DigestAlgs: [][]byte{s.digest.ID()},
		ContentType: ca.OIDTSTInfo, Content: ca.Octets(content),
	}
	for _, c := range s.chain {
		d.Certs = append(d.Certs, c.DER)
	}
	d.Signers = [][]byte{s.signerInfo(content)}
	if s.signed != nil {
		s.signed(&d)
	}
	return d
}

func (s tokenSpec) content() []byte {
	t := ca.TSTInfo{
		Version: 1, Policy: ca.OIDPolicyOne, ImprintAlg: s.hash.ID(), Imprint: s.hash.Sum(letter),
		Serial: 4711, GenTime: s.genTime,
	}
	if s.tst != nil {
		s.tst(&t)
	}
	raw := t.Encode()
	if s.rawTST != nil {
		raw = s.rawTST(raw)
	}
	return raw
}

func (s tokenSpec) signerInfo(content []byte) []byte {
	list := ca.Attributes{
		ca.ContentTypeAttr(ca.OIDTSTInfo), ca.MessageDigestAttr(s.digest.Sum(content)), ca.ESSV2(s.signer),
	}
	if s.attrs != nil {
		list = s.attrs(list)
	}
	info := ca.SignerInfo{Version: 1, SID: s.signer.IssuerSerial(), DigestAlg: s.digest.ID(), Alg: s.alg.ID}
	info.Attrs = ca.Concat(ca.Sorted(list.Parts())...)
	if s.rawAttrs != nil {
		info.Attrs = s.rawAttrs(list)
	}
	message := ca.Set(info.Attrs)
	if s.noAttrs {
		info.Attrs, message = nil, content
	}
	info.Signature = s.alg.Sign(s.key, message)
	if s.info != nil {
		s.info(&info)
	}
	return info.Encode()
}

// by sets another signer with the chain that the token carries.
func by(signer *ca.Cert, chain ...*ca.Cert) edit {
	return func(s *tokenSpec) { s.signer, s.chain = signer, append([]*ca.Cert{signer}, chain...) }
}

// carrying sets the certificates that the token carries, the signer not implied.
func carrying(chain ...*ca.Cert) edit { return func(s *tokenSpec) { s.chain = chain } }

func on(genTime string) edit                 { return func(s *tokenSpec) { s.genTime = genTime } }
func editTST(f func(*ca.TSTInfo)) edit       { return func(s *tokenSpec) { s.tst = f } }
func editInfo(f func(*ca.SignerInfo)) edit   { return func(s *tokenSpec) { s.info = f } }
func editSigned(f func(*ca.SignedData)) edit { return func(s *tokenSpec) { s.signed = f } }
func imprintBy(h ca.HashAlg) edit            { return func(s *tokenSpec) { s.hash = h } }
func digestBy(h ca.HashAlg) edit             { return func(s *tokenSpec) { s.digest = h } }
func signedWith(alg *ca.SigAlg, h ca.HashAlg) edit {
	return func(s *tokenSpec) { s.alg, s.digest = alg, h }
}
func rawAttrs(f func(ca.Attributes) []byte) edit { return func(s *tokenSpec) { s.rawAttrs = f } }
func rawTST(f func(content []byte) []byte) edit  { return func(s *tokenSpec) { s.rawTST = f } }

func editAttrs(f func(ca.Attributes) ca.Attributes) edit {
	return func(s *tokenSpec) { s.attrs = f }
}

// withAttr adds or replaces one signed attribute.
func withAttr(a ca.Attribute) edit {
	return editAttrs(func(list ca.Attributes) ca.Attributes { return list.With(a) })
}

func withoutAttr(id string) edit {
	return editAttrs(func(list ca.Attributes) ca.Attributes { return list.Without(id) })
}
