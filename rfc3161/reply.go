package rfc3161

import (
	"math/bits"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

const codeNoToken = "tsp.no-token"

// replyStatus is PKIStatusInfo (RFC 3161, section 2.4.2).
type replyStatus struct {
	status  []byte // contents of the INTEGER
	text    []string
	failure []string
}

var statusNames = []string{"granted", "grantedWithMods", "rejection", "waiting", "revocationWarning", "revocationNotification"}

var failureNames = map[int]string{
	0: "badAlg", 2: "badRequest", 5: "badDataFormat", 14: "timeNotAvailable",
	15: "unacceptedPolicy", 16: "unacceptedExtension", 17: "addInfoNotAvailable", 25: "systemFailure",
}

// granted reports whether the status says that the token was issued.
func (r *replyStatus) granted() bool {
	n, ok := der.SmallInt(r.status)
	return ok && n <= 1
}

func (r *replyStatus) String() string {
	if n, ok := der.SmallInt(r.status); ok && n < len(statusNames) {
		return statusNames[n]
	}
	return "unknown status"
}

// What is kept of a status for the report; a reply has one or two texts, and the
// standard names failures up to bit 25.
const (
	maxStatusTexts  = 16
	maxFailureBytes = 8
)

// parseReply splits a TimeStampResp into its status and the token's bytes, and
// counts what follows the reply.
func parseReply(data []byte) (r *replyStatus, token []byte, trailing int, err error) {
	s := cryptobyte.String(data)
	var outer, info der.Element
	if !der.ReadTag(&s, &outer, asn1.SEQUENCE) || !der.ReadTag(&outer.Contents, &info, asn1.SEQUENCE) {
		return nil, nil, 0, bad(codeMalformed, "TimeStampResp")
	}
	r = new(replyStatus)
	if !r.parse(info.Contents) {
		return nil, nil, 0, bad(codeMalformed, "PKIStatusInfo")
	}
	if outer.Contents.Empty() {
		e := &Error{Code: codeNoToken, Where: "the reply holds no token; status " + r.String()}
		for _, f := range r.failure {
			e.Where += ", " + f
		}
		return nil, nil, 0, e
	}
	return r, outer.Contents, len(s), nil
}

func (r *replyStatus) parse(s cryptobyte.String) bool {
	if !der.ReadInteger(&s, &r.status) {
		return false
	}
	var texts der.Element
	if s.PeekASN1Tag(asn1.SEQUENCE) {
		if !der.ReadTag(&s, &texts, asn1.SEQUENCE) {
			return false
		}
		for !texts.Contents.Empty() {
			var text cryptobyte.String
			if !texts.Contents.ReadASN1(&text, asn1.UTF8String) {
				return false
			}
			if len(r.text) < maxStatusTexts {
				r.text = append(r.text, cleanText(string(text)))
			}
		}
	}
	var flags cryptobyte.String
	if s.PeekASN1Tag(asn1.BIT_STRING) {
		if !s.ReadASN1(&flags, asn1.BIT_STRING) || len(flags) == 0 {
			return false
		}
		for i, b := range flags[1:min(len(flags), 1+maxFailureBytes)] {
			for ; b != 0; b &^= 0x80 >> bits.LeadingZeros8(b) {
				r.failure = append(r.failure, failureName(8*i+bits.LeadingZeros8(b)))
			}
		}
	}
	return s.Empty()
}

func failureName(bit int) string {
	if name := failureNames[bit]; name != "" {
		return name
	}
	return "unknown failure"
}
