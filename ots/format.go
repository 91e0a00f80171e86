package ots

// Kind is the name of this kind of evidence.
const Kind = "ots"

// The forms of a proof.
const (
	FormDetached = "detached"   // a file of its own, for another file
	FormTree     = "tree"       // the tree alone; the digest came from the caller
	FormCommit   = "git-commit" // inside a commit of Git, for this commit
)

// The types of attestations.
const (
	TypeBitcoin  = "bitcoin"
	TypeLitecoin = "litecoin"
	TypeEthereum = "ethereum"
	TypePending  = "pending" // a calendar's promise
	TypeUnknown  = "unknown"
)

// magic begins a detached file; the version follows.
const (
	magic   = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
	version = 1
)

// Limits of the format, as the reference sets them.
const (
	maxDepth   = 256  // levels of messages: 255 operations, one below the other
	maxMessage = 4096 // bytes of a message, before and after every operation
	maxArg     = 4096 // bytes of an argument, which also has at least one
	maxHexlify = 2048 // bytes of a message whose digits are the largest message
	maxPayload = 8192 // bytes of an attestation
	maxURI     = 1000 // bytes of a calendar's address
)

// Limits of this program. A proof in use has some hundred operations and a dozen
// attestations; one of many merged files a few thousand.
const (
	maxFile         = 16 << 20 // bytes, as of all evidence
	maxOperations   = 1 << 13
	maxAttestations = 1 << 12
	maxHeld         = 1 << 20 // bytes of attested messages, each counted for every attestation of it
	maxFindings     = 32      // of each code: the first ones tell what is wrong
)

// Sniff reports whether head begins like a detached file.
func Sniff(head []byte) bool {
	return len(head) >= len(magic) && string(head[:len(magic)]) == magic
}
