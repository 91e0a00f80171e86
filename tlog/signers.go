package tlog

import (
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// judgeLog finds the key of the log that decides.
func (v *verifier) judgeLog() {
	best := -1
	for i, t := range v.tried {
		if t.key.Role != trust.RoleLog {
			continue
		}
		if t.state == wrong {
			v.refuse(checkSignature, verdict.SigCryptoFailure, reasonSignature, "the signature by "+t.key.String()+" does not hold", refSignatures)
		}
		if best < 0 || v.rank(t) > v.rank(v.tried[best]) {
			best = i
		}
	}
	if best < 0 {
		v.refuse(checkLogKey, verdict.NoSigningCertificateFound, reasonLogUnknown,
			fmt.Sprintf("none of the %d signatures names one of the trusted keys of logs", len(v.signatures)), refSignatures)
		return
	}
	t := v.tried[best]
	if t.state == unsupported {
		v.refuse(checkLogKey, verdict.Custom, codeUnsupported,
			fmt.Sprintf("%s signs by type %02x, which is not judged", t.key, byte(t.key.Type)), refSignatures)
		return
	}
	v.log, v.signed = t.key, t.state == holds
	v.pass(checkSignature, "", refSignatures)
	v.pass(checkLogKey, t.key.String(), refSignatures)
	if !v.log.Speaks(v.origin) {
		v.refuse(checkOrigin, verdict.SigConstraintsFailure, reasonOrigin,
			fmt.Sprintf("the checkpoint is of %.200q, for which the key %s does not speak", v.origin, v.log), refOrigin)
	}
	v.pass(checkOrigin, "", refOrigin)
}

// rank orders signatures of logs: one that holds and whose key speaks for the
// checkpoint decides before one that only holds, and that before a wrong one.
func (v *verifier) rank(t trial) int {
	switch {
	case t.state == holds && t.key.Speaks(v.origin):
		return 3
	case t.state == holds:
		return 2
	case t.state == wrong:
		return 1
	}
	return 0
}

// judgeWitnesses counts the witnesses. A key counts once, under whatever names, and
// the log's own key does not.
func (v *verifier) judgeWitnesses() {
	seen := map[string]bool{}
	if v.log != nil {
		seen[v.log.SHA256()] = true
	}
	for _, t := range v.tried {
		if t.key.Role != trust.RoleWitness {
			continue
		}
		if t.state == wrong {
			v.refuse(checkCosignatures, verdict.SigCryptoFailure, reasonCosignature, "the cosignature by "+t.key.String()+" does not hold", refCosignature)
		}
		if id := t.key.SHA256(); t.state == holds && !seen[id] {
			seen[id] = true
			v.witnesses = append(v.witnesses, t)
		}
	}
	v.pass(checkCosignatures, "", refCosignature)
	v.judgeQuorum()
}

// judgeQuorum asks first whether there are enough witnesses, and then whether there
// are without those whose cosignature is of a time yet to come.
func (v *verifier) judgeQuorum() {
	quorum, late := v.env.Logs.Quorum, uint(0)
	var named []string
	for _, w := range v.witnesses {
		named = append(named, fmt.Sprintf("%s (states %s)", w.key.Name, w.stated()))
		if w.seconds > v.env.At.Unix() {
			late++
		}
	}
	count := uint(len(v.witnesses))
	detail := fmt.Sprintf("%d asked for, %d found", quorum, count)
	if count > 0 {
		detail += ": " + strings.Join(named, ", ")
	}
	if count < quorum {
		v.refuse(checkWitnesses, verdict.SigConstraintsFailure, reasonQuorum, detail, refCosignature)
	}
	v.pass(checkWitnesses, detail, refCosignature)
	switch {
	case quorum > 0 && v.env.At.IsZero():
		v.refuse(checkWitnessTime, verdict.Custom, reasonNoTime, "no time of validation was given", refCosignature)
	case count >= quorum && count-late < quorum:
		v.refuse(checkWitnessTime, verdict.TimestampOrderFailure, reasonFuture,
			fmt.Sprintf("%d of the cosignatures state a time after %s", late, verdict.FormatTime(v.env.At)), refCosignature)
	}
	v.pass(checkWitnessTime, "", refCosignature)
}
