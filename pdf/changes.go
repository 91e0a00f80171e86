package pdf

import (
	"errors"
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Change is something that a later revision does to a signed one.
type Change struct {
	// Revision is the index of the revision that does it; bytes behind the last revision
	// have the index of that one.
	Revision int
	// Class is the kind of the change: none, trailing-bytes, dss, extensions,
	// document-timestamp, signature, form-values, annotation, page-tree, page-content,
	// font-or-resource, metadata, embedded-files, actions, optional-content,
	// structure-tree, encryption, object-freed, object-unreachable, type-changed,
	// repointed or unclassed.
	Class string
	// Object is what was changed or added; number 0 is the trailer, or no object.
	Object pdffile.Ref
	// What describes it, and Why is the reason of the judgement. Both are for people.
	What string
	// Permitted: the signature lets later revisions do this.
	Permitted bool
	Why       string
}

// The verdicts of a changeReport.
const (
	changesNone         = "none"          // no byte was added
	changesPermitted    = "permitted"     // all changes are
	changesNotPermitted = "not-permitted" // at least one is not, or could not be judged
)

// changeReport says what happened after a signed revision.
type changeReport struct {
	// Changes are in the order of revisions, at most maxChanges of them.
	Changes []Change
	Verdict string
	// PermittedIfLTVAllowed is the other reading of DocMDP P=1 (ISO/TS 32005 and the
	// errata of ISO 32000-2 allow validation data and document time-stamps there, the
	// standard as published does not). Without P=1 it says the same as Verdict.
	PermittedIfLTVAllowed bool
	// Trailing is the number of bytes behind the last revision.
	Trailing int64
	// Cut: there are more changes than are listed.
	Cut bool
	// Err is an error of the io.ReaderAt. The report is of no use then.
	Err error
}

// Limits of one comparison.
const (
	// maxChanges bounds the list: what a person reads, and more than all certificates and
	// revocation data of twenty renewals.
	maxChanges = 10_000
	// maxVisits bounds the objects that are looked at for one file: those of the signed
	// views, and those that later revisions changed, for each of them. A document of ten
	// thousand pages has a hundred thousand objects. All of them take about a second.
	maxVisits = 750_000
	// rowsAVisit and valuesAVisit are the rows of tables, and the values inside objects,
	// that cost as much as looking at an object: about a microsecond.
	rowsAVisit, valuesAVisit = 8, 8
	// rawAVisit and decodedAVisit are the bytes of streams that do.
	rawAVisit, decodedAVisit = 1 << 10, 1 << 8
	// maxNamed bounds the objects that later revisions may change. One costs about 60
	// bytes.
	maxNamed = 500_000
	// maxKept bounds the values inside the objects that one view changed and that are in
	// memory together: about 32 megabytes, or five thousand fields with their widgets.
	maxKept = 1 << 19
	// maxFormFields is far above the largest forms, which have ten thousand.
	maxFormFields = 200_000
	// maxFieldName bounds a fully qualified name, which every field has in memory. Names
	// are a few words.
	maxFieldName = 4096
	// maxFormDepth bounds the nesting of fields and of what an appearance is made of.
	maxFormDepth = 64
	// maxBare bounds the appearances without resources that are kept: one is a line of
	// text.
	maxBare = 256 << 10
)

// errVisits ends a comparison that would take too long.
var errVisits = errors.New("too many objects to compare")

// comparer judges the later revisions of one file. It is not safe for concurrent use:
// the limit is that of all comparisons together.
type comparer struct {
	f      *pdffile.File
	visits int // that are left
	kept   int // values in the deltas of the view
}

func newComparer(f *pdffile.File) *comparer { return &comparer{f: f, visits: maxVisits} }

// compareRevisions says what the revisions behind from, and the bytes behind the last
// one, change of the document as it stood at the end of from, and whether p permits it.
// What is not on the list of permitted changes is not permitted.
func compareRevisions(f *pdffile.File, from int, p permissions) changeReport {
	return newComparer(f).after(from, 0, p)
}

// after is compareRevisions. Every later view is compared with the signed one, since
// what does no harm in one revision may become visible by another.
//
// What is signed ends at end: at the end of the revision from, or in the white space
// behind it.
func (c *comparer) after(from int, end int64, p permissions) changeReport {
	last := len(c.f.Revisions()) - 1
	r := newRecorder(p, last)
	end = max(end, c.f.Revisions()[from].End)
	r.report.Trailing = max(0, c.f.Size()-max(end, c.f.Revisions()[last].End))
	if from >= last && r.report.Trailing == 0 {
		return r.finish(false)
	}
	r.structure(c.f, from, end)
	if from < last {
		r.record(c.compare(r, from, from+1, last, p))
	}
	return r.finish(true)
}

// between says what the revisions behind old up to new did, as changes of a signature
// without permissions of its own would be judged.
func (c *comparer) between(old, new int) changeReport {
	r := newRecorder(permissions{}, new)
	r.record(c.compare(r, old, new, new, r.p))
	return r.finish(true)
}

// compare judges the views first to last against the view from.
func (c *comparer) compare(r *recorder, from, first, last int, p permissions) error {
	c.kept = 0
	if c.visits <= 0 { // by what was compared before
		return errVisits
	}
	s, err := c.signed(from, last, p)
	if err != nil {
		return err
	}
	for k := first; k <= last; k++ {
		if err := c.judge(r, s, k); err != nil {
			return err
		}
	}
	return nil
}

// visit counts an object that is looked at.
func (c *comparer) visit() error { return c.spend(1) }

// spend counts work that is worth n of them.
func (c *comparer) spend(n int) error {
	if c.visits -= n; c.visits < 0 {
		return errVisits
	}
	return nil
}

// recorder collects changes.
type recorder struct {
	p      permissions
	last   int // revision
	report changeReport
	known  map[recorded]uint64 // the digest of the value
	// objects are the new ones that something led to in one of the views.
	objects map[object]bool
	denied  bool // one was not permitted
	ltv     bool // one was more than the other reading of P=1 allows
}

type object struct {
	rev int
	ref pdffile.Ref
}

type recorded struct {
	class     class
	ref       pdffile.Ref
	what      string
	permitted bool
}

func newRecorder(p permissions, last int) *recorder {
	return &recorder{p: p, last: last, known: map[recorded]uint64{}, objects: map[object]bool{}}
}

// note records a change. The same one, with the same value, in the next view is the
// same change.
func (r *recorder) note(rev int, c class, ref pdffile.Ref, what string, permitted bool, why string, value pdffile.Object) {
	key := recorded{c, ref, what, permitted}
	sum := digestOf(value)
	if was, ok := r.known[key]; ok && was == sum {
		return
	}
	permitted, why = r.docMDP(c, permitted, why)
	if len(r.report.Changes) >= maxChanges {
		r.report.Cut = true
		return
	}
	r.known[key] = sum
	r.report.Changes = append(r.report.Changes, Change{Revision: rev, Class: c.String(), Object: ref, What: what, Permitted: permitted, Why: why})
}

// record notes why a comparison ended early.
func (r *recorder) record(err error) {
	var own *pdffile.Error
	switch {
	case err == nil:
	case errors.Is(err, errVisits):
		r.note(r.last, classOther, pdffile.Ref{}, "changes that were not looked at", false, "there are more objects than this program compares", nil)
	case errors.As(err, &own):
		r.note(r.last, classOther, pdffile.Ref{}, "changes that cannot be judged", false, own.Error(), nil)
	default:
		r.report.Err = err
		r.denied, r.ltv = true, true
	}
}

func (r *recorder) finish(changed bool) changeReport {
	slices.SortStableFunc(r.report.Changes, func(a, b Change) int { return a.Revision - b.Revision })
	switch {
	case r.denied:
		r.report.Verdict = changesNotPermitted
	case changed:
		r.report.Verdict = changesPermitted
	default:
		r.report.Verdict = changesNone
	}
	r.report.PermittedIfLTVAllowed = !r.ltv
	return r.report
}
