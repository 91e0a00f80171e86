package main

import (
	"crypto/sha1"
	"fmt"
)

// store is a document security store (ISO 32000-2, 12.8.4.3).
type store struct {
	certs, crls, ocsp [][]byte
	// vri are the signatures, by their place among all, that the store names with all its
	// values.
	vri  []int
	more string // further entries
}

// dss writes the store, and the entry of the catalog that names it, replacing an earlier
// one. It returns the number of its object.
func (d *document) dss(s store) int {
	lists := [3]string{}
	for i, values := range [][][]byte{s.certs, s.crls, s.ocsp} {
		for _, v := range values {
			lists[i] += ref(d.addStream("", v)) + " "
		}
	}
	body, one := "", ""
	for i, key := range []string{"Cert", "CRL", "OCSP"} {
		if lists[i] != "" {
			body += fmt.Sprintf("/%ss[%s]", key, lists[i])
			one += fmt.Sprintf("/%s[%s]", key, lists[i])
		}
	}
	if s.vri != nil {
		body += "/VRI<<"
		for _, n := range s.vri {
			body += "/" + d.vriKey(n) + "<<" + one + ">>"
		}
		body += ">>"
	}
	n := d.add("<</Type/DSS" + body + s.more + ">>")
	d.set("DSS", ref(n))
	return n
}

// vriKey is the key of a signature in VRI: the SHA-1 of what Contents holds, zeros at the
// end included.
func (d *document) vriKey(n int) string { return fmt.Sprintf("%X", sha1.Sum(d.values[n])) }
