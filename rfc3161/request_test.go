package rfc3161_test

import (
	"bytes"
	"testing"

	"github.com/exhibit-dev/exhibit/rfc3161"
)

// A request with anything changed around its members is none.
func TestParseRequestRefuses(t *testing.T) {
	v := vector(t, "query-matches")
	good := v.File(t, v.Query)
	if q, err := rfc3161.ParseRequest(good); err != nil || q.Algorithm != "sha256" || q.Policy == "" {
		t.Fatalf("%+v, %v", q, err)
	}
	imprint := bytes.Index(good, []byte{0x04, 0x20})
	grown := bytes.Clone(good)
	grown = append(grown[:imprint+34:imprint+34], append([]byte{5, 0}, good[imprint+34:]...)...) // NULL inside messageImprint
	grown[1] += 2
	grown[imprint-14] += 2 // the imprint's own length: 30 2f 30 0b/0d 06 09 …
	for name, b := range map[string][]byte{
		"empty": nil, "cut": good[:len(good)-1], "trailing byte": append(bytes.Clone(good), 0),
		"version 2":           bytes.Replace(good, []byte{2, 1, 1}, []byte{2, 1, 2}, 1),
		"data in the imprint": grown,
		"text":                []byte("no request"),
		"larger than 16 MiB":  make([]byte, rfc3161.MaxSize+1),
	} {
		if q, err := rfc3161.ParseRequest(b); err == nil || q != nil {
			t.Errorf("%s: %+v", name, q)
		}
	}
}
