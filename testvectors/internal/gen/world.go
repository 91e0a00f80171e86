package main

// world holds the authorities that most vectors share. Roots serve from 2020 to 2040; elliptic
// keys keep the files small.
type world struct {
	root, issuing, tsa *cert

	// An older hierarchy, for tokens of 2012.
	oldRoot, oldTSA *cert

	rootCRL, issuingCRL material // complete and good

	rsaKeys map[int]*key
}

func newWorld() *world {
	w := &world{}
	w.root = newRoot("root", "2020-01-01", "2040-01-01")
	w.issuing = w.root.ca("issuing")
	w.tsa = w.issuing.tsa("tsa")
	w.oldRoot = newRoot("old-root", "2008-01-01", "2040-01-01")
	w.oldTSA = w.oldRoot.tsa("old-tsa", lasting("2010-01-01", "2035-01-01"))
	w.rootCRL = w.root.crl(crlSpec{label: "root-good"})
	w.issuingCRL = w.issuing.crl(crlSpec{label: "issuing-good"})
	return w
}

type certEdit func(*certSpec)

func newRoot(label, from, to string, edits ...certEdit) *cert {
	return selfSigned(applied(certSpec{label: label, from: from, to: to, exts: caExtensions()}, edits))
}

// ca issues a sound intermediate, changed by the edits.
func (c *cert) ca(label string, edits ...certEdit) *cert {
	return c.issue(applied(certSpec{label: label, from: "2022-01-01", to: "2036-01-01", exts: caExtensions()}, edits))
}

// tsa issues a sound certificate for time-stamping, changed by the edits.
func (c *cert) tsa(label string, edits ...certEdit) *cert {
	return c.issue(applied(certSpec{label: label, from: "2024-01-01", to: "2027-01-01", exts: tsaExtensions()}, edits))
}

// service issues a certificate for one other purpose, such as an OCSP responder.
func (c *cert) service(label string, exts ...extension) *cert {
	return c.issue(certSpec{label: label, from: "2024-01-01", to: "2028-01-01", exts: exts})
}

func applied(s certSpec, edits []certEdit) certSpec {
	for _, e := range edits {
		e(&s)
	}
	return s
}

func lasting(from, to string) certEdit { return func(s *certSpec) { s.from, s.to = from, to } }
func holding(k *key) certEdit          { return func(s *certSpec) { s.key = k } }
func named(cn string) certEdit         { return func(s *certSpec) { s.cn = cn } }
func signedBy(alg *sigAlg) certEdit    { return func(s *certSpec) { s.alg = alg } }
func spoiled(s *certSpec)              { s.spoil = true }
func withoutAKI(s *certSpec)           { s.noAKI = true }

func with(exts ...extension) certEdit {
	return func(s *certSpec) {
		for _, e := range exts {
			s.exts = s.exts.with(e)
		}
	}
}

func lacking(id string) certEdit {
	return func(s *certSpec) { s.exts = s.exts.without(id) }
}

// rsa keys are slow to find: each length is made once.
func (w *world) rsa(bits int) *key {
	if w.rsaKeys == nil {
		w.rsaKeys = map[int]*key{}
	}
	if w.rsaKeys[bits] == nil {
		w.rsaKeys[bits] = rsaKey(bits, "tsa")
	}
	return w.rsaKeys[bits]
}
