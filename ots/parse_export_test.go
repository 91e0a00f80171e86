package ots

// Limits, for the tests at them and above.
const (
	MaxDepth        = maxDepth
	MaxMessage      = maxMessage
	MaxArg          = maxArg
	MaxHexlify      = maxHexlify
	MaxPayload      = maxPayload
	MaxURI          = maxURI
	MaxFile         = maxFile
	MaxOperations   = maxOperations
	MaxAttestations = maxAttestations
	MaxHeld         = maxHeld
	MaxFindings     = maxFindings
	MaxShown        = maxShown
	MaxIndent       = maxIndent
)

// ParseMessage reads a tree over a message that need not be a digest.
func ParseMessage(b, msg []byte) (*Proof, error) {
	p, err := readTree(b, tagSHA256, msg)
	if err != nil {
		return nil, err
	}
	return p, nil
}
