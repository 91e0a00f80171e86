package main

// evidence is a file to be judged: its bytes and the ending that says what it claims to be.
type evidence struct {
	name string // set for a file that several vectors share
	ext  string
	der  []byte
}

// tokenSpec says how a token is made. The edit functions run before the digest or the signature
// that covers what they change: a defect stays the only one.
type tokenSpec struct {
	signer  *cert
	key     *key // who signs in truth; nil = the signer
	chain   []*cert
	hash    hashAlg // of the imprint
	digest  hashAlg // of the CMS
	alg     *sigAlg
	genTime string

	tst    func(*tstInfo)
	rawTST func([]byte) []byte
	attrs  func(attributes) attributes
	// rawAttrs returns the contents of the attribute SET, as they are stored and signed.
	rawAttrs func(attributes) []byte
	noAttrs  bool
	info     func(*signerInfo)
	signed   func(*signedData)
}

const (
	usualTime = "20250301120000Z"
	usualRFC  = "2025-03-01T12:00:00Z"
)

type edit func(*tokenSpec)

// token makes a bare token by the usual authority, changed by the edits.
func (w *world) token(edits ...edit) evidence {
	return evidence{ext: ".tst", der: w.signedData(edits...).encode()}
}

// signedData stops before the outer encoding, for vectors that choose another one.
func (w *world) signedData(edits ...edit) signedData {
	s := tokenSpec{
		signer: w.tsa, chain: []*cert{w.tsa, w.issuing},
		hash: hashSHA256, digest: hashSHA256, genTime: usualTime,
	}
	for _, e := range edits {
		e(&s)
	}
	return s.build()
}

func (s tokenSpec) build() signedData {
	if s.key == nil {
		s.key = s.signer.key
	}
	if s.alg == nil {
		s.alg = usual(s.key, s.digest)
	}
	content := s.content()
	d := signedData{
		version: 3, digestAlgs: [][]byte{s.digest.id()},
		contentType: oidTSTInfo, content: octets(content),
	}
	for _, c := range s.chain {
		d.certs = append(d.certs, c.der)
	}
	d.signers = [][]byte{s.signerInfo(content)}
	if s.signed != nil {
		s.signed(&d)
	}
	return d
}

func (s tokenSpec) content() []byte {
	t := tstInfo{
		version: 1, policy: oidPolicyOne, imprintAlg: s.hash.id(), imprint: s.hash.sum(letter),
		serial: 4711, genTime: s.genTime,
	}
	if s.tst != nil {
		s.tst(&t)
	}
	raw := t.encode()
	if s.rawTST != nil {
		raw = s.rawTST(raw)
	}
	return raw
}

func (s tokenSpec) signerInfo(content []byte) []byte {
	list := attributes{
		contentTypeAttr(oidTSTInfo), messageDigestAttr(s.digest.sum(content)), essV2(s.signer),
	}
	if s.attrs != nil {
		list = s.attrs(list)
	}
	info := signerInfo{version: 1, sid: s.signer.issuerSerial(), digestAlg: s.digest.id(), alg: s.alg.id}
	info.attrs = concat(sorted(list.parts())...)
	if s.rawAttrs != nil {
		info.attrs = s.rawAttrs(list)
	}
	message := set(info.attrs)
	if s.noAttrs {
		info.attrs, message = nil, content
	}
	info.signature = s.alg.sign(s.key, message)
	if s.info != nil {
		s.info(&info)
	}
	return info.encode()
}

// by sets another signer with the chain that the token carries.
func by(signer *cert, chain ...*cert) edit {
	return func(s *tokenSpec) { s.signer, s.chain = signer, append([]*cert{signer}, chain...) }
}

// carrying sets the certificates that the token carries, the signer not implied.
func carrying(chain ...*cert) edit { return func(s *tokenSpec) { s.chain = chain } }

func on(genTime string) edit                    { return func(s *tokenSpec) { s.genTime = genTime } }
func editTST(f func(*tstInfo)) edit             { return func(s *tokenSpec) { s.tst = f } }
func editInfo(f func(*signerInfo)) edit         { return func(s *tokenSpec) { s.info = f } }
func editSigned(f func(*signedData)) edit       { return func(s *tokenSpec) { s.signed = f } }
func imprintBy(h hashAlg) edit                  { return func(s *tokenSpec) { s.hash = h } }
func digestBy(h hashAlg) edit                   { return func(s *tokenSpec) { s.digest = h } }
func signedWith(alg *sigAlg, h hashAlg) edit    { return func(s *tokenSpec) { s.alg, s.digest = alg, h } }
func rawAttrs(f func(attributes) []byte) edit   { return func(s *tokenSpec) { s.rawAttrs = f } }
func rawTST(f func(content []byte) []byte) edit { return func(s *tokenSpec) { s.rawTST = f } }

func editAttrs(f func(attributes) attributes) edit {
	return func(s *tokenSpec) { s.attrs = f }
}

// withAttr adds or replaces one signed attribute.
func withAttr(a attribute) edit {
	return editAttrs(func(list attributes) attributes { return list.with(a) })
}

func withoutAttr(id string) edit {
	return editAttrs(func(list attributes) attributes { return list.without(id) })
}
