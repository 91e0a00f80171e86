package pdf

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// vri reads the VRI dictionary of a store, which says which values somebody used for
// which signature (12.8.4.4). The values are in the store too; what VRI adds to it is a
// name, and values that stand there alone.
func (s *store) vri(f *pdffile.File, v *pdffile.View, d pdffile.Dict) error {
	all, ok, err := pdffile.Value[pdffile.Dict](v, d.Get("VRI"))
	if err != nil || !ok {
		s.unreadable = s.unreadable || err != nil
		return passing(err)
	}
	for _, m := range all.Members {
		if len(s.uses) >= maxVRI {
			s.limited = true
			return nil
		}
		one, ok, err := pdffile.Value[pdffile.Dict](v, m.Value)
		if passing(err) != nil {
			return err
		}
		if err != nil || !ok {
			s.unreadable = true
			continue
		}
		if err := s.use(f, v, strings.ToUpper(string(m.Key)), one); err != nil {
			return err
		}
	}
	return nil
}

func (s *store) use(f *pdffile.File, v *pdffile.View, key string, d pdffile.Dict) error {
	var items []int
	for _, x := range []struct {
		key  pdffile.Name
		kind storeKind
	}{{"Cert", storeCert}, {"CRL", storeCRL}, {"OCSP", storeOCSP}} {
		more, err := s.list(f, v, d.Get(x.key), x.kind)
		if err != nil {
			return err
		}
		items = append(items, more...)
	}
	if _, ok := s.uses[key]; !ok || len(items) > 0 {
		s.uses[key] = items
	}
	if at, ok := d.Get("TU").(pdffile.String); ok {
		s.times[key] = claimTime(at)
	}
	return nil
}

// vriOf returns the key of a signature's entry in VRI, if there is one. The key is the
// SHA-1 of the signature in upper-case hexadecimal. Writers differ in whether that is
// of the whole Contents, as EN 319 142-1, 5.4.2.3, says, or of the DER alone; as the
// entry proves nothing, both are looked for.
func (s *store) vriOf(sig *signature) (key string, ok bool) {
	for _, b := range [][]byte{sig.contents.bytes, sig.value.der} {
		if len(s.uses) == 0 || len(b) == 0 {
			continue
		}
		sum := sha1.Sum(b)
		key := strings.ToUpper(hex.EncodeToString(sum[:]))
		if _, ok := s.uses[key]; ok {
			return key, true
		}
	}
	return "", false
}
