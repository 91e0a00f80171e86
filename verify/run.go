package verify

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
)

// Items judges the items and returns the report. The error is for options that
// make no sense and for a context that ended; everything else is in the report.
// The same items, options and trust give the same report.
func Items(ctx context.Context, items []Item, opts Options) (*Report, error) {
	return judgeItems(ctx, items, nil, opts)
}

// run is one call of Items.
type run struct {
	ctx     context.Context
	opts    Options
	entries []*entry
	byPath  map[string]int
	subject *entry // what Item.Subject marks
	pairs   []pair
	index   *index
	waiting int  // items that were not looked at yet
	full    bool // there is no room for more
	opened  opened
	parts   int   // of the evidence in pairs
	held    int64 // bytes of evidence, and of subjects that are kept

	mu         sync.Mutex
	problems   []problem
	incomplete bool

	done, total, bytes atomic.Int64
	progress           sync.Mutex
}

// problem is an entry of Report.Errors with the place it is sorted by, which is known when
// all items are.
type problem struct {
	index int
	Problem
}

func judgeItems(ctx context.Context, items []Item, problems []Problem, opts Options) (*Report, error) {
	opts, err := opts.prepared()
	if err != nil {
		return nil, err
	}
	r := &run{ctx: ctx, opts: opts}
	for _, p := range problems {
		r.problem(p.Path, p.Message)
	}
	if err := r.admit(items); err != nil {
		return nil, err
	}
	defer r.closeAll()
	r.detect()
	r.support()
	r.index = r.newIndex()
	r.ask()
	r.read()
	r.pair()
	nodes := r.judge(opts.Env.Policy, opts.Env.Policy.Other())
	r.closeAll()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r.report(nodes[0], nodes[1]), nil
}

// admit takes the items up to the limit.
func (r *run) admit(items []Item) error {
	r.byPath = make(map[string]int, len(items))
	for i, it := range items {
		if i == r.opts.limits.items {
			r.problem("", fmt.Sprintf("more than %d files: the others were not looked at", r.opts.limits.items))
			break
		}
		if it.Open == nil || it.Path == "" || r.has(it.Path) {
			return fmt.Errorf("item %d: path %q is empty or used twice, or the item cannot be opened", i, it.Path)
		}
		r.byPath[it.Path] = i
		e := newEntry(it)
		e.folder, e.name = it.place()
		if it.Subject {
			if r.subject != nil || len(r.opts.Digests) > 0 {
				return errors.New("more than one subject is marked")
			}
			r.subject = e
		}
		r.entries = append(r.entries, e)
	}
	return nil
}

func (r *run) has(path string) bool { _, ok := r.byPath[path]; return ok }

// problem records what could not be read or applied. The verdict is then at best
// INDETERMINATE.
func (r *run) problem(path, message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.incomplete = true
	r.addProblem(path, message)
}

// note records what the reader should know and what takes nothing from the verdict.
func (r *run) note(path, message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addProblem(path, message)
}

func (r *run) addProblem(path, message string) {
	r.problems = append(r.problems, problem{-1, Problem{path, message}})
}

// unreadable records a read error. Paths of the machine are not repeated.
func (r *run) unreadable(e *entry, err error) {
	if e.err != nil {
		return
	}
	e.err = err
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	r.problem(e.Path, err.Error())
}

// guard keeps a panic in the code of one format from taking the run along or from
// looking like a verdict.
func (r *run) guard(e *entry, f func()) {
	defer func() {
		if p := recover(); p != nil {
			e.err = errors.New("internal error")
			r.problem(e.Path, fmt.Sprintf("internal error: %v", p))
		}
	}()
	f()
}

// each calls f for 0..n-1 on at most Jobs goroutines and returns when all are done.
// It stops early when the context ends.
func (r *run) each(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, r.opts.Jobs) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || r.ctx.Err() != nil {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}

// step reports progress.
func (r *run) step(bytes int64) {
	r.bytes.Add(bytes)
	r.done.Add(1)
	r.tell()
}

func (r *run) tell() {
	if r.opts.Progress == nil {
		return
	}
	r.progress.Lock()
	defer r.progress.Unlock()
	r.opts.Progress(Progress{int(r.done.Load()), int(r.total.Load()), r.bytes.Load()})
}
