package pdf

import (
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// geometry judges the dictionary, and which bytes of the file it names: they are
// everything up to the end of a revision, but for the one string that holds the
// signature.
func (v *verifier) geometry(n *node) {
	n.format()
	n.subFilter()
	s := n.s
	switch code, text := s.rng.defect(); {
	case code != "":
		n.refuse(checkByteRange, verdict.FormatFailure, code, text, refRange)
	case s.rng.apart:
		n.refuse(checkByteRange, verdict.SigConstraintsFailure, reasonRangeIndirect, "the ByteRange, or a number of it, is another object, which can be replaced without touching the dictionary", refRange)
	default:
		n.pass(checkByteRange, fmt.Sprint(s.rng.n), refRange)
	}
	n.contents()
	switch {
	case s.contents.from < 0 && s.contents.code == "":
		n.refuse(checkGap, verdict.FormatFailure, reasonGap, "the signature dictionary lies in an object stream: its Contents have no place in the file", refRange)
	case !s.rng.inFile || s.contents.from < 0: // not executed; another check has said why
	case !s.contents.fills(s.rng):
		n.refuse(checkGap, verdict.FormatFailure, reasonGap, fmt.Sprintf(
			"the gap of the ByteRange is the bytes %d to %d, the Contents of this dictionary are the bytes %d to %d",
			s.rng.gapFrom(), s.rng.gapTo(), s.contents.from, s.contents.to), refRange)
	default:
		n.pass(checkGap, "", refRange)
	}
	v.coverage(n)
}

func (n *node) format() {
	s := n.s
	var e *pdffile.Error
	switch {
	case errors.As(s.broken, &e) && e.Code != pdffile.CodeUnreadable:
		n.undecided(checkFormat, e.Code, "the signature dictionary cannot be read: "+e.Error(), refDictionary)
	case s.broken != nil:
		n.refuse(checkFormat, verdict.FormatFailure, reasonDictionary, s.broken.Error(), refDictionary)
	case s.kind != "" && s.kind != "Sig" && s.kind != "DocTimeStamp":
		n.refuse(checkFormat, verdict.FormatFailure, reasonDictionary, "the Type of the dictionary is "+nameText(s.kind), refDictionary)
	case len(s.twice) > 0:
		n.refuse(checkFormat, verdict.FormatFailure, reasonKeyTwice, "the dictionary has "+nameText(s.twice[0])+" twice, and readers differ in which one they take", refDictionary)
	case s.value.limited:
		n.undecided(checkFormat, reasonLimit, s.value.problem, refCMS)
	case s.value.code != "" && (s.form != formUnknown || s.value.code == reasonEmpty):
		n.refuse(checkFormat, verdict.FormatFailure, s.value.code, s.value.problem, refCMS)
	case s.value.cms != nil && s.value.cms.BER:
		n.pass(checkFormat, "BER outside the signed parts", refDictionary)
	default:
		n.pass(checkFormat, "", refDictionary)
	}
}

func (n *node) subFilter() {
	s := n.s
	switch {
	case s.form == formUnknown:
		n.undecided(checkSubFilter, reasonSubFilter, "unknown SubFilter "+printable(s.subFilter), refDictionary)
	case s.kind == "DocTimeStamp" && s.form != formTimestamp:
		n.refuse(checkSubFilter, verdict.FormatFailure, reasonStampFilter, "a document time-stamp with the SubFilter "+s.subFilter, refTimestamp)
	default:
		if s.form == formTimestamp && s.kind != "DocTimeStamp" {
			n.p.Warn(warnStampType, "a time-stamp token in a dictionary whose Type is not DocTimeStamp: readers may take it for a signature")
		}
		n.pass(checkSubFilter, s.subFilter, refDictionary)
	}
}

func (n *node) contents() {
	switch c := &n.s.contents; {
	case c.code == "":
		n.pass(checkContents, "", refDictionary)
	case c.undecided:
		n.refuse(checkContents, verdict.SigConstraintsFailure, c.code, c.text, refDictionary)
	default:
		n.refuse(checkContents, verdict.FormatFailure, c.code, c.text, refDictionary)
	}
}

// coverage: what is signed ends where a revision ends. If not, the rest of that revision
// belongs to nobody.
func (v *verifier) coverage(n *node) {
	s := n.s
	_, measured := v.measures.get(upTo("sha256", s.rng.end()))
	switch {
	case !s.rng.inFile: // not executed; byte-range has said why
	case v.err != nil:
		n.undecided(checkCoverage, reasonIncomplete, v.err.Error(), refUpdates)
	case !measured:
		n.undecided(checkCoverage, reasonLimit, errBudget.Error(), refUpdates)
	case s.covered < 0:
		n.refuse(checkCoverage, verdict.SigConstraintsFailure, reasonCoverage,
			"the ByteRange does not end where a revision of the document ends: bytes of it belong to no signed revision", refUpdates)
	default:
		n.pass(checkCoverage, fmt.Sprintf("the end of revision %d", s.covered), refUpdates)
	}
}

// undecided records an answer that only this program owes.
func (n *node) undecided(check, reason, detail, ref string) {
	n.refuse(check, verdict.Custom, reason, detail, ref)
}
