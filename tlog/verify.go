package tlog

import (
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Verify judges the checkpoint. It returns no error: what cannot be decided is a
// verdict. Env gives the trusted keys of logs and witnesses with their quorum, the
// algorithm dates and the time; a zero time is INDETERMINATE policy.no-time.
//
// PASSED says: a trusted log signed a tree of this size and root. It says no time.
func (c *Checkpoint) Verify(env trust.Env) Result { return c.verify(&env, "") }

// verify is Verify with one check switched off; only tests name one.
func (c *Checkpoint) verify(env *trust.Env, ignore string) Result {
	v := begin(c, env, ignore, owedCheckpoint, c.raw)
	v.pass(checkFormat, "", refCheckpoint)
	v.judge()
	return v.result(c.Claims())
}

// verifier carries one verification.
type verifier struct {
	*Checkpoint
	env    *trust.Env
	p      *verdict.Procedure
	ignore string

	at        time.Time // when algorithms are judged; zero without a validation time
	tried     []trial   // signatures by trusted keys
	strangers int       // signatures by others
	log       *trust.LogKey
	signed    bool    // the signature of log holds
	witnesses []trial // that count, each key once
}

// begin finds the time of judgement: the earliest proof of existence over the evidence,
// else the time of validation.
func begin(c *Checkpoint, env *trust.Env, ignore string, owed []string, forms ...[]byte) *verifier {
	v := &verifier{Checkpoint: c, env: env, p: verdict.Begin(Kind, owed...), ignore: ignore, at: env.At}
	if poe := env.Existence(forms...); poe != nil && poe.NotLaterThan.Before(v.at) {
		v.at = poe.NotLaterThan
	}
	return v
}

func (v *verifier) pass(check, detail, ref string) { v.p.Pass(check, detail, ref) }

func (v *verifier) refuse(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == v.ignore {
		v.p.Pass(check, "", ref)
		return
	}
	v.p.Refuse(check, sub, reason, detail, ref)
}

// judge answers every check of a checkpoint but its format.
func (v *verifier) judge() {
	v.tried, v.strangers = v.tryAll(v.env.Logs.Keys)
	v.judgeLog()
	v.judgeWitnesses()
	if v.log != nil {
		v.judgeAlgorithms()
	}
	v.unchecked()
}

// judgeAlgorithms judges the tree's digest, and digest and key of every signature that
// the verdict needs, by the table of dates.
func (v *verifier) judgeAlgorithms() {
	v.judgeUse(checkDigestAlg, reasonWeakDigest, trust.Use{Digest: "sha256", Where: "the tree"})
	deciding := []*trust.LogKey{v.log}
	if v.env.Logs.Quorum > 0 {
		for _, w := range v.witnesses {
			deciding = append(deciding, w.key)
		}
	}
	for _, k := range deciding {
		v.judgeUse(checkDigestAlg, reasonWeakDigest, trust.Use{Digest: scheme(k).Digest, Where: k.String()})
		v.judgeUse(checkKeyAlg, reasonWeakKey, trust.Use{Key: k.Public.Kind, Bits: k.Public.Bits, Where: k.String()})
	}
	v.pass(checkDigestAlg, "", refAlgorithms)
	v.pass(checkKeyAlg, "", refAlgorithms)
}

func (v *verifier) judgeUse(check, reason string, u trust.Use) {
	if v.at.IsZero() {
		v.refuse(check, verdict.Custom, reasonNoTime, "no time of validation was given", refAlgorithms)
		return
	}
	table := v.env.Table()
	good, last := table.Good(u, v.at)
	if good {
		return
	}
	sub := verdict.CryptoConstraintsFailure
	if end, once := table.End(u); once && !end.IsZero() {
		sub = verdict.CryptoConstraintsFailureNoPOE
	}
	v.refuse(check, sub, reason, u.Name()+" ("+u.Where+") is not good enough at "+verdict.FormatTime(v.at)+" (last good day: "+last+")", refAlgorithms)
}

// unchecked says what a checkpoint cannot show.
func (v *verifier) unchecked() {
	v.p.NotChecked("time", "a checkpoint proves none: the times of cosignatures are claims of the witnesses")
	if v.env.Logs.Quorum == 0 {
		v.p.NotChecked("split-view", "no witness is asked for, so the log may show others another tree")
	}
	if v.strangers > 0 {
		v.p.NotChecked("signatures", fmt.Sprintf("%d signatures by keys that are not trusted were passed over", v.strangers))
	}
	if len(v.extensions) > 0 {
		v.p.NotChecked("extensions", "further lines of the checkpoint are signed, and not read")
	}
}
