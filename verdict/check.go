package verdict

import "slices"

// Check is one question a procedure put to the evidence, and its answer.
type Check struct {
	Name      string        `json:"name"`
	State     State         `json:"state"`
	Sub       SubIndication `json:"sub_indication,omitempty"`
	Reason    string        `json:"reason,omitempty"`    // stable code, such as tsp.imprint-mismatch
	Detail    string        `json:"detail,omitempty"`    // for people; may change
	Reference string        `json:"reference,omitempty"` // the clause that asks for the check
}

// Warning is something the reader must see although it does not change the
// verdict. Code is stable; Text may change.
type Warning struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Unchecked names a question that was not answered, and why.
type Unchecked struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// Procedure collects the answers to the checks that a kind of evidence owes. Its
// Result is PASSED only when every owed check was recorded as passed; a check
// that was forgotten shows as NOT-EXECUTED and keeps the result INDETERMINATE.
// It is used by one goroutine.
type Procedure struct {
	res    Result
	shared bool // a result holds the checks: copy them before the next change
}

// Begin starts a procedure for one kind of evidence and declares, in their fixed
// order, the checks it owes. Owing nothing is possible and never passes.
func Begin(kind string, owed ...string) *Procedure {
	checks := make([]Check, len(owed))
	for i, name := range owed {
		checks[i].Name = name
	}
	return &Procedure{res: Result{Kind: kind, checks: checks}}
}

// Pass records that the named check holds. It never repairs a check that was
// already recorded otherwise.
func (p *Procedure) Pass(name, detail, reference string) {
	if c := p.at(name); c.State == NotExecuted {
		c.State, c.Detail, c.Reference = CheckPassed, detail, reference
	}
}

// Fail records a proven defect of the evidence.
func (p *Procedure) Fail(name string, sub SubIndication, reason, detail, reference string) {
	p.refuse(CheckFailed, name, sub, reason, detail, reference)
}

// Undecided records that the named check could not be answered, or that the
// policy forbids a pass.
func (p *Procedure) Undecided(name string, sub SubIndication, reason, detail, reference string) {
	p.refuse(CheckIndeterminate, name, sub, reason, detail, reference)
}

// Refuse records the answer under the usual main indication of its
// sub-indication: Fail for FORMAT_FAILURE and the like, else Undecided.
func (p *Procedure) Refuse(name string, sub SubIndication, reason, detail, reference string) {
	state := CheckIndeterminate
	if sub.Usual() == Failed {
		state = CheckFailed
	}
	p.refuse(state, name, sub, reason, detail, reference)
}

func (p *Procedure) refuse(state State, name string, sub SubIndication, reason, detail, reference string) {
	c := p.at(name)
	if c.State == CheckFailed || c.State == state {
		return // the first defect of the gravest kind stays
	}
	*c = Check{Name: name, State: state, Sub: sub, Reason: reason, Detail: detail, Reference: reference}
}

// at finds the check, or adds it: an answer that nobody declared still counts.
func (p *Procedure) at(name string) *Check {
	if p.shared {
		p.res.checks, p.shared = slices.Clone(p.res.checks), false
	}
	for i := range p.res.checks {
		if p.res.checks[i].Name == name {
			return &p.res.checks[i]
		}
	}
	p.res.checks = append(p.res.checks, Check{Name: name})
	return &p.res.checks[len(p.res.checks)-1]
}

// Adopt records the checks, warnings and open questions of a part of the procedure
// that was carried out apart, such as one of several ways that were tried.
func (p *Procedure) Adopt(part *Result) {
	for _, c := range part.checks {
		switch c.State {
		case CheckPassed:
			p.Pass(c.Name, c.Detail, c.Reference)
		case CheckFailed, CheckIndeterminate:
			p.refuse(c.State, c.Name, c.Sub, c.Reason, c.Detail, c.Reference)
		default:
			p.at(c.Name) // not executed: it stays owed
		}
	}
	p.res.Warnings = append(p.res.Warnings, part.Warnings...)
	p.res.NotChecked = append(p.res.NotChecked, part.NotChecked...)
}

// Attach hangs the parts that a check was answered by under the node, and says how
// they were joined. The verdict stays with the checks: one of them must hold what the
// parts come to.
func (p *Procedure) Attach(mode JoinMode, parts ...Result) {
	p.res.join, p.res.Children = mode, append(p.res.Children, parts...)
}

// State returns what became of the named check so far.
func (p *Procedure) State(name string) State {
	for i := range p.res.checks {
		if p.res.checks[i].Name == name {
			return p.res.checks[i].State
		}
	}
	return NotExecuted
}

// Passes reports whether every owed check is passed so far.
func (p *Procedure) Passes() bool {
	for i := range p.res.checks {
		if p.res.checks[i].State != CheckPassed {
			return false
		}
	}
	return len(p.res.checks) > 0
}

// Warn adds a warning.
func (p *Procedure) Warn(code, text string) {
	p.res.Warnings = append(p.res.Warnings, Warning{code, text})
}

// NotChecked names something that was left unanswered, and why.
func (p *Procedure) NotChecked(name, why string) {
	p.res.NotChecked = append(p.res.NotChecked, Unchecked{name, why})
}

// Finish settles the verdict and returns the result. The first decisive check in
// the declared order names sub-indication and reason; a proven defect wins over
// an open question that stands earlier.
func (p *Procedure) Finish() Result {
	r := p.res
	r.indication, r.Sub, r.Reason = settle(r.checks)
	p.shared = true
	return r
}

func settle(checks []Check) (Indication, SubIndication, string) {
	var open, missing *Check
	for i := range checks {
		switch c := &checks[i]; c.State {
		case CheckPassed:
		case CheckFailed:
			return Failed, c.Sub, c.Reason
		case CheckIndeterminate:
			if open == nil {
				open = c
			}
		default:
			missing = c
		}
	}
	switch {
	case open != nil:
		return Indeterminate, open.Sub, open.Reason
	case missing != nil || len(checks) == 0:
		return Indeterminate, Custom, "run.check-not-executed"
	}
	return Passed, "", ""
}
