package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// vectorsSeed: what the author of a form asked of the signature in its field (ISO 32000-2,
// 12.7.5.5). An entry only asks if its bit in Ff is set.
func vectorsSeed(s *suite) {
	for _, x := range []struct {
		id, comment, seed string
		reason            string // that the signature gives
		hash              ca.HashAlg
		met               bool
	}{
		{"seed-format", "the field asks for the format that the signature has", "/Ff 2/SubFilter[/adbe.pkcs7.sha1/ETSI.CAdES.detached]", "", ca.HashAlg{}, true},
		{"seed-format-other", "the field asks for another format of signature", "/Ff 2/SubFilter[/adbe.pkcs7.detached]", "", ca.HashAlg{}, false},
		{"seed-format-wish", "the field prefers another format, and does not ask for it", "/Ff 0/SubFilter[/adbe.pkcs7.detached]", "", ca.HashAlg{}, true},
		{"seed-filter-other", "the field asks for another filter", "/Ff 1/Filter/Example.Own", "", ca.HashAlg{}, false},
		{"seed-digest", "the field asks for the digest of the signature", "/Ff 64/DigestMethod[(SHA256)(SHA384)]", "", ca.HashAlg{}, true},
		{"seed-digest-other", "the field asks for another digest", "/Ff 64/DigestMethod[(SHA384)]", "", ca.HashAlg{}, false},
		{"seed-digest-fits", "the field asks for SHA-384, and gets it", "/Ff 64/DigestMethod[(SHA384)]", "", ca.HashSHA384, true},
		{"seed-reason", "the field asks for one of two reasons", "/Ff 8/Reasons[(I agree)(I saw it)]", "I agree", ca.HashAlg{}, true},
		{"seed-reason-other", "the field asks for one of two reasons, and the signature has another one", "/Ff 8/Reasons[(I agree)(I saw it)]", "I refuse", ca.HashAlg{}, false},
		{"seed-reason-none", "the field asks for no reason at all", "/Ff 8/Reasons[(.)]", "I agree", ca.HashAlg{}, false},
	} {
		v := s.add(x.id, x.comment, signed(cades(container{hash: x.hash}).with(func(s *signature) {
			s.fieldMore = "/SV<</Type/SV" + x.seed + ">>"
			if x.reason != "" {
				s.more = "/Reason(" + x.reason + ")"
			}
		})))
		if !x.met {
			v.refused("#signature-1", "seed-values", "pdf.seed-value")
		}
	}
}
