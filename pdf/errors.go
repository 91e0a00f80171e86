package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The reason codes of signatures and document time-stamps. What is said of a signer
// has the codes of internal/signercheck under the prefix "pdf".
const (
	reasonDictionary    = "pdf.dictionary"              // the field's value is no signature dictionary
	reasonKeyTwice      = "pdf.key-twice"               // an entry that decides stands twice in the dictionary
	reasonSubFilter     = "pdf.sub-filter"              // a SubFilter that is not known here
	reasonStampFilter   = "pdf.timestamp-sub-filter"    // a document time-stamp with the SubFilter of a signature
	reasonRange         = "pdf.byte-range"              // missing, or not four integers
	reasonRangeGaps     = "pdf.byte-range-gaps"         // more than one gap
	reasonRangeNegative = "pdf.byte-range-negative"     // an offset or a length below zero
	reasonRangeStart    = "pdf.byte-range-start"        // does not begin at the first byte of the file
	reasonRangeOverlap  = "pdf.byte-range-overlap"      // the two parts overlap
	reasonRangeOutside  = "pdf.byte-range-outside"      // ends behind the end of the file
	reasonRangeIndirect = "pdf.byte-range-indirect"     // it, or one of its numbers, is another object
	reasonContents      = "pdf.contents-missing"        // no string in Contents
	reasonLiteral       = "pdf.contents-literal"        // a literal string beside a ByteRange
	reasonHexadecimal   = "pdf.contents-hexadecimal"    // other characters than digits and white space
	reasonIndirect      = "pdf.contents-indirect"       // the string is another object
	reasonGap           = "pdf.contents-gap"            // the gap is not exactly this string
	reasonEmpty         = "pdf.contents-empty"          // room for a signature, and none in it
	reasonCMS           = "pdf.cms"                     // no SignedData, or a broken one
	reasonSignerCount   = "pdf.signer-count"            // not exactly one SignerInfo
	reasonValue         = "pdf.signature-value"         // no OCTET STRING where the SubFilter asks for one
	reasonEncapsulated  = "pdf.encapsulated-content"    // in a detached signature, also an empty one
	reasonNoContent     = "pdf.no-encapsulated-content" // none where the digest of the range belongs
	reasonContentType   = "pdf.content-type"            // something else than id-data is signed
	reasonDigest        = "pdf.digest-mismatch"         // of the ByteRange, where it is encapsulated
	reasonWeakDigest    = "pdf.weak-digest"             // of the ByteRange, where it is encapsulated
	reasonCoverage      = "pdf.coverage"                // the ByteRange does not end where a revision ends
	reasonPadding       = "pdf.padding"                 // other bytes than zeros behind the signature
	reasonNotStrict     = "pdf.not-strict"              // read by repairing it, as readers do in different ways
	reasonModified      = "pdf.modified-after-signing"
	reasonNoField       = "pdf.no-field"    // nothing in the document has the dictionary as its value
	reasonNoWholeFile   = "pdf.not-covered" // no time-stamp covers the whole file, and nothing else is proven of it
	reasonPermissions   = "pdf.permissions" // of DocMDP or FieldMDP: unknown, or in doubt
	reasonSeedValue     = "pdf.seed-value"  // a constraint of the field that the signature does not meet
	reasonTimeOrder     = "pdf.time-order"  // a content time-stamp later than a proof of the signature
	reasonNothing       = "pdf.nothing-signed"
	reasonEncrypted     = pdffile.CodeEncrypted
	reasonLimit         = pdffile.CodeLimit
	reasonUnreadable    = pdffile.CodeUnreadable
	reasonIncomplete    = "run.incomplete"
)

// The codes of warnings.
const (
	warnRemnant     = "pdf.signature-remnant"
	warnUsageRights = "pdf.usage-rights"
	warnStampFailed = "pdf.timestamp-failed"
	warnStampType   = "pdf.timestamp-type"
	warnDSS         = "pdf.dss-unreadable"
	warnStructure   = "pdf.structure"
)

// Unreadable returns the verdict for a file that claims to be a signed document and of
// which Open said err: FAILED FORMAT_FAILURE pdf.unreadable, or INDETERMINATE CUSTOM
// when a limit of this program, or the reader of the file, ended the reading. Whether
// the file claims that much is for HoldsSignature to say; else it is a subject like any
// other.
func Unreadable(err error) verdict.Result {
	p := verdict.Begin(Kind, checkFormat)
	var e *pdffile.Error
	switch {
	case !errors.As(err, &e):
		p.Undecided(checkFormat, verdict.Custom, reasonIncomplete, err.Error(), refFile)
	case e.Code == pdffile.CodeLimit:
		p.Undecided(checkFormat, verdict.Custom, reasonLimit, err.Error(), refFile)
	default:
		p.Fail(checkFormat, verdict.FormatFailure, reasonUnreadable, err.Error(), refFile)
	}
	r := p.Finish()
	r.Proves = []string{verdict.ProvesSignature}
	return r
}

// HoldsSignature reports whether a file that Open could not read carries a signature
// dictionary as far as its bytes tell: the names ByteRange and Contents. It reads the
// file once. The error is one of the reader, or of the context.
func HoldsSignature(ctx context.Context, r io.ReaderAt, size int64) (bool, error) {
	const overlap = 16 // longer than either name
	buf := make([]byte, readSize)
	byteRange, contents := false, false
	for at := int64(0); at < size; at += int64(len(buf)) - overlap {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n, err := r.ReadAt(buf[:min(int64(len(buf)), size-at)], at)
		if err != nil && err != io.EOF {
			return false, fmt.Errorf("reading at %d: %w", at, err)
		}
		byteRange = byteRange || bytes.Contains(buf[:n], []byte("/ByteRange"))
		contents = contents || bytes.Contains(buf[:n], []byte("/Contents"))
		if byteRange && contents {
			return true, nil
		}
	}
	return false, nil
}
