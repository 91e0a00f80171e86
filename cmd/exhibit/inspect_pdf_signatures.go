package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/pdf"
)

// printSignatures writes what signatures and document time-stamps say of themselves.
func printSignatures(b *bytes.Buffer, c *documentClaims, line func(label, format string, args ...any)) {
	given := func(label, text string) {
		if text != "" {
			line(label, "%s", text)
		}
	}
	if len(c.Signatures) == 0 {
		fmt.Fprintf(b, "\nno signatures and no document time-stamps\n")
	}
	for i := range c.Signatures {
		if i == maxLinesShown {
			more(b, len(c.Signatures)-i)
			return
		}
		s := &c.Signatures[i]
		kind := "signature"
		if s.Kind == pdf.KindTimestamp {
			kind = "document time-stamp"
		}
		fmt.Fprintf(b, "\n%s: %s, %s\n", onScreen(s.Source), kind, clipped(or(s.Claims.SubFilter, "without a SubFilter"), maxTextShown))
		given("field", s.Claims.Field)
		line("ByteRange", "%s%s", strings.Trim(fmt.Sprint(s.Claims.ByteRange), "[]"), reaching(s, c))
		if x := s.Claims.Signer; x != nil {
			line("signer", "%s", x.Subject)
		}
		given("name", s.Claims.Name)
		given("reason", s.Claims.Reason)
		given("location", s.Claims.Location)
		given("contact", s.Claims.Contact)
		given("time (M)", s.Claims.ClaimedTime)
		given("signing time", s.Claims.SigningTime)
		for _, t := range s.Stamps {
			line("time-stamp", "%s by %s", or(t.GenTime, "at no time"), t.by())
		}
		if level := s.Claims.Level; level != "" {
			line("PAdES level", "%s, by what is there", level)
		}
		if p := s.Claims.DocMDP; p > 0 {
			line("DocMDP", "P %d", p)
		}
		given("application", s.Claims.Application)
		given("changed later", s.Claims.LaterChanges)
	}
}

func (t *timestampClaim) by() string {
	if t.Signer == nil {
		return "an authority that is not named"
	}
	return t.Signer.Subject
}

// reaching says how far a ByteRange reaches.
func reaching(s *signatureView, c *documentClaims) string {
	switch {
	case s.End < 0:
		return "; it is not one gap in the file"
	case s.Claims.WholeFile:
		return "; to the end of the file"
	}
	for _, r := range c.Revisions {
		if r.End == s.End {
			return fmt.Sprintf("; to the end of revision %d", r.N)
		}
	}
	return "; not to the end of a revision"
}
