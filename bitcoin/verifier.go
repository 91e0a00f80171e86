package bitcoin

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/verdict"
)

// verifier carries one verification.
type verifier struct {
	Attestation
	env    *Env
	chain  *Chain
	p      *verdict.Procedure
	ignore string
	root   Hash

	found  bool
	window window
	header
	anchor   Checkpoint // that commits the block, or that it lies above
	anchored bool
	path     []span // from the block to the checkpoint: the headers that a commitment rests on
	after    []span // up to six that follow
	byWork   bool   // passes check "chain" by its successors
	broken   bool   // a header that the commitment rests on breaks a rule
}

// header is the header at hand for the block, and what is read around it.
type header struct {
	candidate
	rootRight  bool
	time       time.Time
	median     time.Time // zero where the eleven before are not at hand
	successors int       // linked on top of it at hand
	workLog2   float64   // of it and of those
	latest     time.Time // of it and of up to six that follow
	followers  int       // of them
}

func begin(a Attestation, env *Env, ignore string) *verifier {
	digits := strings.Trim(a.HeightText, "0123456789") == ""
	if a.Height != math.MaxUint64 || digits && !isDecimal(a.HeightText) {
		a.HeightText = strconv.FormatUint(a.Height, 10)
	}
	return &verifier{Attestation: a, env: env, chain: env.Chain, p: verdict.Begin(Kind, owed...), ignore: ignore}
}

// isDecimal reports whether s is a number as it is written in JSON.
func isDecimal(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == "" && (s == "0" || s[0] != '0')
}

func (v *verifier) pass(check, detail, ref string) { v.p.Pass(check, detail, ref) }

func (v *verifier) refuse(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == v.ignore {
		v.p.Pass(check, "", ref)
		return
	}
	v.p.Refuse(check, sub, reason, detail, ref)
}

// notTrusted refuses a check because of the verifier's own material.
func (v *verifier) notTrusted(check, detail, ref string) {
	v.refuse(check, verdict.NoCertificateChainFound, reasonNotTrusted, detail, ref)
}

// find answers the checks "format" and "header".
func (v *verifier) find(ctx context.Context) bool {
	if len(v.Root) != len(v.root) {
		v.refuse(checkFormat, verdict.FormatFailure, reasonRootLength, fmt.Sprintf("a Merkle root has %d bytes, this one has %d", len(v.root), len(v.Root)), refHeader)
		return false
	}
	v.root = Hash(v.Root)
	v.pass(checkFormat, "", refHeader)
	if v.chain.points.network.test {
		v.p.Warn(warnTestNetwork, TestNetworkSentence)
	}
	if err := ctx.Err(); err != nil {
		v.refuse(checkHeader, verdict.Custom, reasonIncomplete, err.Error(), refHeader)
		return false
	}
	if v.Height <= math.MaxUint32 {
		v.candidate, v.found = v.chain.find(&v.window, uint32(v.Height), v.root)
	}
	if !v.found {
		v.refuse(checkHeader, verdict.NoPOE, reasonMissing, fmt.Sprintf("the header of block %s is not at hand; its Merkle root must be %x, as explorers show it %s%s",
			v.HeightText, v.root[:], v.root, v.elsewhere()), refHeader)
		return false
	}
	v.pass(checkHeader, "block header "+v.hash.String(), refHeader)
	return true
}

// elsewhere says where the root really is, if that is known.
func (v *verifier) elsewhere() string {
	if at, ok := v.chain.HeightOfRoot(v.root); ok {
		return fmt.Sprintf("; block %d has this root", at)
	}
	return ""
}

// name names the block for messages.
func (v *verifier) name() string { return "block " + v.HeightText }
