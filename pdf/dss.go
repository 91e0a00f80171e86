package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// store is the validation data that the document security stores of all revisions hold
// (12.8.4.3): certificates and revocation data that anybody may have added. Nothing of
// it is believed. What a later revision left out still counts: a revoked certificate
// does not become good by removing the list that says so.
type store struct {
	items []storeItem
	uses  map[string][]int // VRI key -> the items that it names, by index
	times map[string]string

	limited, unreadable bool
	known               map[storePlace]int // stream -> item, -1 for one that is no item
	places              int                // references that may still be looked up
	sums                map[[32]byte]int
	left                int // entries that may still be looked at
	bytes               int // that may still be decoded
}

// storePlace is a stream, and what it was taken for.
type storePlace struct {
	at   int64
	kind storeKind
}

// storeItem is one certificate, CRL or OCSP response.
type storeItem struct {
	kind storeKind
	extent
	revision int         // in whose bytes it lies
	uses     []trust.Use // the algorithms of its signatures, none if they are not known
	cert     *pki.Certificate
	crl      *pki.CRL
	ocsp     *pki.OCSPResponse
}

type storeKind uint8

const (
	storeCert storeKind = iota
	storeCRL
	storeOCSP
)

// Limits on the stores of a document.
const (
	// maxStoreEntries bounds the array entries that are looked at: 25 signatures with
	// ten values each, again in every revision.
	maxStoreEntries = 50_000
	// maxStorePlaces bounds the references that are looked up to see whether a revision
	// has another store than the one before: some hundred in each of a thousand.
	maxStorePlaces = 1_000_000
	// maxStoreItems bounds the different values; beyond that even the signer's checks pass
	// them over (signercheck.MaxBeside).
	maxStoreItems = 2 * signercheck.MaxBeside
	// maxStoreBytes bounds what all values decode to; a CRL may have some megabytes.
	maxStoreBytes = 24 << 20
	// maxVRI bounds the entries of VRI dictionaries: one for each signature.
	maxVRI = 2 * maxSignatures
)

// originDSS names the store in reports.
const originDSS = "in the DSS of the document"

// readStore reads the stores of all revisions. The error is one of the reader, or of
// the context.
func readStore(ctx context.Context, f *pdffile.File) (*store, error) {
	s := &store{uses: map[string][]int{}, times: map[string]string{}, known: map[storePlace]int{}, sums: map[[32]byte]int{}, left: maxStoreEntries, places: maxStorePlaces, bytes: maxStoreBytes}
	before := ""
	for n := range f.Revisions() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		v := f.View(n)
		root, err := v.Root()
		if passing(err) != nil {
			return nil, err
		}
		d, ok, err := pdffile.Value[pdffile.Dict](v, root.Get("DSS"))
		if passing(err) != nil {
			return nil, err
		}
		s.unreadable = s.unreadable || err != nil
		if !ok || err != nil {
			continue
		}
		now, err := s.layout(v, root.Get("DSS"), d)
		if err != nil {
			return nil, err
		}
		s.limited = s.limited || s.places <= 0
		if now != before || s.places <= 0 {
			before = now
			if err := s.read(f, v, d); err != nil {
				return nil, err
			}
		}
	}
	s.known, s.sums = nil, nil
	return s, nil
}

// layout is where everything lies that a store leads to. What lies at the same places as
// in the revision before is the same store.
func (s *store) layout(v *pdffile.View, root pdffile.Object, dss pdffile.Dict) (string, error) {
	if s.places <= 0 {
		return "", nil
	}
	sum := sha256.New()
	var b [2 * binary.MaxVarintLen64]byte
	add := func(o pdffile.Object) {
		if d, ok := o.(pdffile.Dict); ok {
			sum.Write(binary.AppendVarint(b[:0], d.From))
		}
		pdffile.Walk(o, func(o pdffile.Object) bool {
			if ref, ok := o.(pdffile.Ref); ok {
				n, e := v.Where(ref)
				sum.Write(binary.AppendVarint(binary.AppendVarint(b[:0], int64(n)), e.Offset))
				s.places--
			}
			return s.places > 0
		})
	}
	follow := func(d pdffile.Dict, keys ...pdffile.Name) error {
		for _, key := range keys {
			ref, apart := d.Get(key).(pdffile.Ref)
			if !apart {
				continue // looked at with the dictionary
			}
			list, err := v.Resolve(ref)
			if passing(err) != nil {
				return err
			}
			if _, ok := list.(pdffile.Array); ok && s.places > 0 {
				add(list)
			}
		}
		return nil
	}
	if _, apart := root.(pdffile.Ref); apart {
		add(root)
	}
	add(dss)
	if err := follow(dss, "Certs", "CRLs", "OCSPs"); err != nil {
		return "", err
	}
	vri, _, err := pdffile.Value[pdffile.Dict](v, dss.Get("VRI"))
	if passing(err) != nil {
		return "", err
	}
	if _, apart := dss.Get("VRI").(pdffile.Ref); apart {
		add(vri)
	}
	for i := range vri.Members {
		one, _, err := pdffile.Value[pdffile.Dict](v, vri.Members[i].Value)
		if passing(err) != nil {
			return "", err
		}
		if s.places--; s.places <= 0 {
			break
		}
		if _, apart := vri.Members[i].Value.(pdffile.Ref); apart {
			add(one)
		}
		if err := follow(one, "Cert", "CRL", "OCSP"); err != nil {
			return "", err
		}
	}
	return string(sum.Sum(nil)), nil
}

func (s *store) read(f *pdffile.File, v *pdffile.View, d pdffile.Dict) error {
	for _, x := range []struct {
		key  pdffile.Name
		kind storeKind
	}{{"Certs", storeCert}, {"CRLs", storeCRL}, {"OCSPs", storeOCSP}} {
		if _, err := s.list(f, v, d.Get(x.key), x.kind); err != nil {
			return err
		}
	}
	return s.vri(f, v, d)
}

// list reads an array of streams and returns the items by index.
func (s *store) list(f *pdffile.File, v *pdffile.View, o pdffile.Object, kind storeKind) (items []int, err error) {
	a, ok, err := pdffile.Value[pdffile.Array](v, o)
	if err != nil || !ok {
		s.unreadable = s.unreadable || err != nil
		return nil, passing(err)
	}
	for _, o := range a {
		if s.left--; s.left < 0 || len(s.items) >= maxStoreItems {
			s.limited = true
			return items, nil
		}
		st, ok, err := pdffile.Value[*pdffile.Stream](v, o)
		if passing(err) != nil {
			return nil, err
		}
		if err != nil || !ok {
			s.unreadable = true
			continue
		}
		n, err := s.item(f, st, kind)
		if err != nil {
			return nil, err
		}
		if n >= 0 {
			items = append(items, n)
		}
	}
	return items, nil
}

// item reads one stream, once, and returns its index, -1 if it is no such value.
func (s *store) item(f *pdffile.File, st *pdffile.Stream, kind storeKind) (int, error) {
	place := storePlace{st.From, kind}
	if n, ok := s.known[place]; ok {
		return n, nil
	}
	s.known[place] = -1
	data, err := s.decode(f, st)
	if err != nil || data == nil {
		return -1, err
	}
	sum := sha256.Sum256(data)
	if n, ok := s.sums[sum]; ok { // copied into a later revision
		s.known[place] = n
		return n, nil
	}
	x := storeItem{kind: kind, extent: extent{st.From, st.To}, revision: revisionAt(f, st.From), uses: usesIn(data, kind)}
	switch kind {
	case storeCert:
		x.cert, err = pki.ParseCertificate(data)
	case storeCRL:
		if x.crl, err = certpath.ParseCRL(data); err == nil {
			x.crl.Origin = originDSS
		}
	case storeOCSP:
		if x.ocsp, err = certpath.ParseOCSP(data); err == nil {
			x.ocsp.Origin = originDSS
		}
	}
	if err != nil {
		s.unreadable = true
		return -1, nil
	}
	s.items = append(s.items, x)
	s.known[place], s.sums[sum] = len(s.items)-1, len(s.items)-1
	return len(s.items) - 1, nil
}

// decode returns the data of a stream, nil if there are none to be had.
func (s *store) decode(f *pdffile.File, st *pdffile.Stream) ([]byte, error) {
	r, err := f.Reader(st)
	if err != nil {
		s.unreadable = true
		return nil, passing(err)
	}
	defer r.Close()
	data, err := readUpTo(r, s.bytes+1)
	switch {
	case err != nil:
		s.unreadable = true
		return nil, passing(err)
	case len(data) > s.bytes:
		s.limited = true
		return nil, nil
	}
	s.bytes -= len(data)
	return data, nil
}

// material is what the stores hold of what hold says yes to.
func (s *store) material(hold func(*storeItem) bool) (m signercheck.Material) {
	for i := range s.items {
		x := &s.items[i]
		switch {
		case !hold(x):
		case x.kind == storeCert:
			m.Certificates = append(m.Certificates, x.cert)
		case x.kind == storeCRL:
			m.CRLs = append(m.CRLs, x.crl)
		default:
			m.OCSP = append(m.OCSP, x.ocsp)
		}
	}
	return m
}

// count says how many certificates and how many values about revocation there are.
func (s *store) count() (certs, revocation int) {
	for i := range s.items {
		if s.items[i].kind == storeCert {
			certs++
		} else {
			revocation++
		}
	}
	return certs, revocation
}

// readUpTo reads at most n bytes. Unlike io.ReadAll it allocates not much more than twice
// what it reads, however much that is.
func readUpTo(r io.Reader, n int) ([]byte, error) {
	var parts [][]byte
	have := 0
	for have < n {
		b := make([]byte, min(max(have/4, 4<<10), n-have))
		m, err := io.ReadFull(r, b)
		parts, have = append(parts, b[:m]), have+m
		switch {
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			n = have
		case err != nil:
			return nil, err
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return bytes.Join(parts, nil), nil
}
