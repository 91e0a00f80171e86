package merkle

import (
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Header returns the 80 bytes of the block's header, whose work and chain are for
// others to judge.
func (m *Block) Header() []byte { return append([]byte(nil), m.header[:]...) }

// Claims returns what the block says of itself. A leaf is named when there is just
// one.
func (m *Block) Claims() Claims {
	size := uint64(m.total)
	c := Claims{Convention: bitcoinTxid.Name, Size: &size, Root: fmt.Sprintf("%x", reversed(m.headerRoot()))}
	if len(m.matches) == 1 {
		c.Leaf, c.Index = fmt.Sprintf("%x", reversed(m.matches[0].txid[:])), clone(&m.matches[0].index)
	}
	return c
}

func (m *Block) headerRoot() []byte { return m.header[rootOffset : rootOffset+HashSize] }

// Verify judges the block: whether the subject, a transaction without its witness or
// the Leaf of one, is among those that the block shows, and whether an anchor vouches
// for the root in the header.
func (m *Block) Verify(subject verdict.Subject, anchors ...Anchored) Result {
	return m.verify(subject, anchors, "")
}

func (m *Block) verify(subject verdict.Subject, anchors []Anchored, ignore string) Result {
	v := &verifier{recorder: recorder{verdict.Begin(Kind, owedBlock...), ignore}, c: bitcoinTxid}
	v.subject, v.length = open(subject)
	v.size, v.root = new(uint64(m.total)), Hash(m.headerRoot())
	v.pass(checkFormat, fmt.Sprintf("%d transactions shown of %d", len(m.matches), m.total), refBlock)
	v.anchor(anchors)
	v.transaction(m)
	if m.copied {
		v.refuse(checkOdd, verdict.HashFailure, codePhantom, "a node and its sibling are equal", refPhantom)
	}
	v.pass(checkOdd, "", refPhantom)
	if m.root != v.root {
		v.refuse(checkRoot, verdict.HashFailure, codeRoot,
			fmt.Sprintf("the tree leads to %x, the header says %x", v.show(m.root), v.show(v.root)), refBlock)
	}
	v.pass(checkRoot, fmt.Sprintf("%x", v.show(v.root)), refBlock)
	v.placed = v.vouched() || v.by != nil && v.by.Depth > 0 && v.by.Depth == deepest(*v.size)
	v.ambiguity()
	v.unchecked()
	r := Result{Result: v.p.Finish()}
	r.Claims = m.Claims()
	v.dress(&r)
	return r
}

// transaction looks for the subject among the transactions that the block shows. One
// that shows several, or none, may be about others.
func (v *verifier) transaction(m *Block) {
	txid, err := v.c.leaf(v.subject, nil)
	if err != nil {
		sub, reason := verdict.SignedDataNotFound, codeSubject
		if !errors.Is(err, verdict.ErrNotAtHand) {
			sub, reason = verdict.Custom, "run.incomplete"
		}
		v.refuse(checkSubject, sub, reason, err.Error(), refBlock)
		return
	}
	v.pass(checkSubject, "", refBlock)
	v.start, v.begun = txid, true
	for _, t := range m.matches {
		if t.txid == txid {
			v.position = new(t.index)
			v.pass(checkLeaf, fmt.Sprintf("%x", v.show(txid)), refBlock)
			return
		}
	}
	sub := verdict.SignedDataNotFound
	if len(m.matches) == 1 {
		sub = verdict.HashFailure
	}
	v.refuse(checkLeaf, sub, codeLeaf, fmt.Sprintf("transaction %x is not among those that the block shows", v.show(txid)), refBlock)
}
