package ca

type CertEdit func(*CertSpec)

// NewRoot issues a root, changed by the edits.
func NewRoot(label, from, to string, edits ...CertEdit) *Cert {
	return SelfSigned(Applied(CertSpec{Label: label, From: from, To: to, Exts: CAExtensions()}, edits))
}

// CA issues a sound intermediate, changed by the edits.
func (c *Cert) CA(label string, edits ...CertEdit) *Cert {
	return c.Issue(Applied(CertSpec{Label: label, From: "2022-01-01", To: "2036-01-01", Exts: CAExtensions()}, edits))
}

// TSA issues a sound certificate for time-stamping, changed by the edits.
func (c *Cert) TSA(label string, edits ...CertEdit) *Cert {
	return c.Issue(Applied(CertSpec{Label: label, From: "2024-01-01", To: "2027-01-01", Exts: TSAExtensions()}, edits))
}

// Person issues a sound certificate for a signer of documents, changed by the edits.
func (c *Cert) Person(label string, edits ...CertEdit) *Cert {
	exts := Extensions{KeyUsage(DigitalSignature, NonRepudiation)}
	return c.Issue(Applied(CertSpec{Label: label, From: "2024-01-01", To: "2027-01-01", Exts: exts}, edits))
}

// Service issues a certificate for one other purpose, such as an OCSP responder.
func (c *Cert) Service(label string, exts ...Extension) *Cert {
	return c.Issue(CertSpec{Label: label, From: "2024-01-01", To: "2028-01-01", Exts: exts})
}

func Applied(s CertSpec, edits []CertEdit) CertSpec {
	for _, e := range edits {
		e(&s)
	}
	return s
}

func Lasting(from, to string) CertEdit { return func(s *CertSpec) { s.From, s.To = from, to } }
func Holding(k *Key) CertEdit          { return func(s *CertSpec) { s.Key = k } }
func SignedBy(alg *SigAlg) CertEdit    { return func(s *CertSpec) { s.Alg = alg } }
func Named(cn string) CertEdit         { return func(s *CertSpec) { s.CN = cn } }
func Spoiled(s *CertSpec)              { s.Spoil = true }
func WithoutAKI(s *CertSpec)           { s.NoAKI = true }

func With(exts ...Extension) CertEdit {
	return func(s *CertSpec) {
		for _, e := range exts {
			s.Exts = s.Exts.With(e)
		}
	}
}

func Lacking(id string) CertEdit {
	return func(s *CertSpec) { s.Exts = s.Exts.Without(id) }
}

func Concat(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
