package ca

// TSTInfo is the signed content of a token (RFC 3161, 2.4.2).
type TSTInfo struct {
	Version    int64
	Policy     string
	ImprintAlg []byte
	Imprint    []byte
	Serial     int64
	GenTime    string // as written in the file, so that it can be written wrongly
	Accuracy   []byte
	Ordering   bool
	Nonce      int64 // 0 = none
	TSA        []byte
	Exts       Extensions
}

func (t TSTInfo) Encode() []byte {
	parts := [][]byte{
		Integer(t.Version), OID(t.Policy), Seq(t.ImprintAlg, Octets(t.Imprint)),
		Integer(t.Serial), GeneralizedTime(t.GenTime), t.Accuracy,
	}
	if t.Ordering {
		parts = append(parts, Boolean(true))
	}
	if t.Nonce != 0 {
		parts = append(parts, Integer(t.Nonce))
	}
	if t.TSA != nil {
		parts = append(parts, Ctx(0, t.TSA))
	}
	if t.Exts != nil {
		parts = append(parts, Retag(0xa1, t.Exts.Encode()))
	}
	return Seq(parts...)
}

// Accuracy leaves out zero members.
func Accuracy(seconds, millis, micros int64) []byte {
	var parts [][]byte
	if seconds != 0 {
		parts = append(parts, Integer(seconds))
	}
	if millis != 0 {
		parts = append(parts, Retag(0x80, Integer(millis)))
	}
	if micros != 0 {
		parts = append(parts, Retag(0x81, Integer(micros)))
	}
	return Seq(parts...)
}
