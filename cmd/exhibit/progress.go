package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/exhibit-dev/exhibit/verify"
)

const (
	progressAfter = time.Second            // short work needs no progress
	progressEvery = 100 * time.Millisecond // often enough to see it move
	eraseLine     = "\r\x1b[K"
)

// showProgress rewrites one line on standard error while the work goes on, if that
// is a terminal. The returned function erases it.
func (a *app) showProgress(o *verify.Options) (done func()) {
	show, done := a.progressLine()
	if show != nil {
		o.Progress = func(p verify.Progress) {
			show("%d of %d steps, %d MiB read", p.Done, p.Total, p.Bytes>>20)
		}
	}
	return done
}

// progressLine returns what rewrites the line, now and then; nil where standard error is
// no terminal.
func (a *app) progressLine() (show func(format string, args ...any), done func()) {
	f, ok := a.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	begin, last, shown := a.now(), time.Time{}, false
	show = func(format string, args ...any) {
		now := a.now()
		if now.Sub(begin) < progressAfter || now.Sub(last) < progressEvery {
			return
		}
		last, shown = now, true
		fmt.Fprintf(f, eraseLine+format, args...)
	}
	return show, func() {
		if shown {
			fmt.Fprint(f, eraseLine)
		}
	}
}
