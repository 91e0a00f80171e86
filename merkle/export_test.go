package merkle

import "github.com/exhibit-dev/exhibit/verdict"

// The Ignoring functions verify with one owed check switched off, so that a test can
// prove that there is evidence which this check alone refuses.

func VerifyIgnoring(p *Proof, s verdict.Subject, check string, anchors ...Anchored) Result {
	return p.verify(s, anchors, check)
}

func VerifyBlockIgnoring(b *Block, s verdict.Subject, check string, anchors ...Anchored) Result {
	return b.verify(s, anchors, check)
}

func VerifyConsistencyIgnoring(c *Consistency, check string, anchors ...Anchored) verdict.Result {
	return c.verify(anchors, check)
}

// Reasons are all reason codes of this package.
var Reasons = []string{
	codeMalformed, codeLimit, codeNumber, codeHashLength, codeSuffix, codeSides, codePosition, codeIndex, codeSizes,
	codeFromZero, codeConvention, codeSubject, codeLeaf, codeLength, codeSide, codePhantom, codeOdd, codeRoot,
	codeInconsistent, codeAnchor, codeSize, codeAmbiguous, codePartial,
}
