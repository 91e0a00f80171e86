package pdf

import (
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/verdict"
)

// constraints judges what does not touch the signed bytes: what stands beside them, and
// what became of the document since.
func (v *verifier) constraints(n *node) {
	s := n.s
	switch {
	case s.value.der == nil: // not executed; format has said why
	case !blank(s.value.padding):
		// Room is reserved before the value is known, and zeros fill what is left over.
		// Other bytes are signed by nobody, but neither digest nor display depends on
		// them, and DSS, pyHanko and pdfsig accept the document of the corpus whose
		// signer left its memory there: no defect that is proven, and not in order.
		n.refuse(checkPadding, verdict.SigConstraintsFailure, reasonPadding,
			fmt.Sprintf("other bytes than zeros among the %d behind the signature, which nobody signed", len(s.value.padding)), refDictionary)
	default:
		n.pass(checkPadding, "", refDictionary)
	}
	if v.file.Strict() {
		n.pass(checkStructure, "", refFile)
	} else {
		n.refuse(checkStructure, verdict.SigConstraintsFailure, reasonNotStrict,
			"the document can be read only by repairing it, which readers do in different ways", refFile)
	}
	v.inForce(n)
	if !s.timestamp() {
		v.permissions(n)
		v.seedValues(n)
	}
	v.laterChanges(n)
}

// inForce: the document as it stands has the signature, as the value of a field.
func (v *verifier) inForce(n *node) {
	const what = "the bytes of the signature dictionary are signed, but "
	switch s := n.s; {
	case s.inForce && s.linked:
		n.pass(checkInForce, "", refUpdates)
	case s.inForce && len(s.fields) > 0:
		n.refuse(checkInForce, verdict.SigConstraintsFailure, reasonModified, what+"the field that had it as its value no longer does", refUpdates)
	case s.inForce && v.closed():
		n.undecided(checkInForce, reasonEncrypted, "the fields that can be read have it not as their value, and the document is encrypted", refUpdates)
	case s.inForce:
		n.refuse(checkInForce, verdict.SigConstraintsFailure, reasonNoField, what+"no field has it as its value: readers do not show it", refUpdates)
	case s.named:
		n.refuse(checkInForce, verdict.SigConstraintsFailure, reasonModified, what+"a later revision replaced or removed it", refUpdates)
	default:
		n.refuse(checkInForce, verdict.SigConstraintsFailure, reasonModified, what+"no entry of the document leads to it", refUpdates)
	}
}

// permissions: what the signature says of later changes can be read, and is said once.
func (v *verifier) permissions(n *node) {
	s := n.s
	problem := s.rules.problem
	for _, other := range v.signatures {
		if other != s && !other.timestamp() && s.rules.docMDP != 0 && other.order() < s.order() {
			problem = "the signature certifies the document, and is not the first one of it"
		}
	}
	if s.perms && s.rules.docMDP == 0 {
		problem = "the permissions dictionary names a certification, and the signature has no DocMDP transform"
	}
	if problem != "" {
		n.refuse(checkPermissions, verdict.SigConstraintsFailure, reasonPermissions, problem, refDocMDP)
		return
	}
	if s.rules.docMDP != 0 && !s.perms {
		n.p.Warn(reasonPermissions, "the signature certifies the document, but its permissions dictionary does not say so: readers may not hold others to it")
	}
	n.pass(checkPermissions, "", refDocMDP)
}

// permissionsFor are the rules that changes behind the signature are held to: those of
// itself and of all before it. The strictest level counts, and every lock.
func (d *Document) permissionsFor(s *signature) (p permissions) {
	var locks []fieldLock
	for _, other := range d.signatures {
		// One that came later and claims less than lies before it would allow what it came with.
		if max(other.from(), other.revision) > s.from() || other.timestamp() {
			continue
		}
		for _, level := range []int{other.rules.docMDP, other.rules.lockP} {
			if level != 0 && (p.DocMDP == 0 || level < p.DocMDP) {
				p.DocMDP = level
			}
		}
		locks = append(locks, other.rules.locks...)
	}
	if len(locks) > 0 {
		p.Locked = lockedBy(locks)
	}
	return p
}

// lockedBy answers whether any of the sets locks a field. A name stands for the fields
// below it too.
func lockedBy(locks []fieldLock) func(string) bool {
	sets := make([]map[string]bool, len(locks))
	for i, l := range locks {
		sets[i] = make(map[string]bool, len(l.fields))
		for _, name := range l.fields {
			sets[i][name] = true
		}
	}
	return func(name string) bool {
		for i, l := range locks {
			if l.action == "All" || (l.action == "Include") == among(sets[i], name) {
				return true
			}
		}
		return false
	}
}

// among reports whether the set has the name, or that of a field above it.
func among(set map[string]bool, name string) bool {
	for {
		if set[name] {
			return true
		}
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 {
			return false
		}
		name = name[:dot]
	}
}

// later compares the revision that the signature covers with the document as it stands,
// once for all verifications: neither trust nor time has a part in it. All signatures
// share the limit on what is compared.
func (d *Document) later(s *signature) changeReport {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r, ok := d.changes[s]; ok {
		return r
	}
	if d.comparer == nil {
		d.comparer, d.changes = newComparer(d.file), map[*signature]changeReport{}
	}
	r := d.comparer.after(s.from(), s.rng.signedEnd(), d.permissionsFor(s))
	if r.Err == nil {
		d.changes[s] = r
	}
	return r
}

// laterChanges: since the signature only what its rules allow was added.
func (v *verifier) laterChanges(n *node) {
	r := v.later(n.s)
	n.changes = r
	switch {
	case r.Err != nil:
		n.undecided(checkLaterChanges, reasonIncomplete, r.Err.Error(), refUpdates)
	case r.Verdict == changesNone || r.Verdict == changesPermitted:
		n.pass(checkLaterChanges, r.Verdict, refUpdates)
	default:
		n.refuse(checkLaterChanges, verdict.SigConstraintsFailure, reasonModified,
			"the signed bytes are intact, but the document was changed since: "+summary(&r), refUpdates)
		if r.PermittedIfLTVAllowed {
			n.p.Warn(reasonModified, "no changes are allowed; by another reading of DocMDP, that validation data and time-stamps may be added all the same, these are permitted")
		}
	}
}

// maxSummary bounds the changes that a text names; the claims have them all.
const maxSummary = 3

func summary(r *changeReport) string {
	var list []string
	more := 0
	for _, c := range r.Changes {
		switch {
		case c.Permitted:
		case len(list) == maxSummary:
			more++
		default:
			list = append(list, fmt.Sprintf("revision %d, object %d: %s (%s)", c.Revision, c.Object.Number, printable(c.What), c.Class))
		}
	}
	if more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, "; ")
}
