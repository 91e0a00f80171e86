package main

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// The results of a file of headers.
const (
	resultRight        = "right"
	resultDefective    = "defective"
	resultNotConnected = "not-connected"
	resultUnreadable   = "unreadable"
)

const (
	formRaw  = "raw"
	formPack = "anchor-pack"
)

// period is how many blocks have one target.
const period = 2016

// headersView is the JSON form of headers check, exhibit.headers/v1.
type headersView struct {
	Schema      string            `json:"schema"`
	Network     string            `json:"network"`
	Checkpoints pointsView        `json:"checkpoints"`
	Files       []headersFileView `json:"files"`
	NotChecked  []notCheckedView  `json:"not_checked"`
}

type headersFileView struct {
	File      string           `json:"file"`
	Form      string           `json:"form,omitempty"`
	Size      int64            `json:"size"`
	SHA256    string           `json:"sha256,omitempty"`
	Result    string           `json:"result"`
	Error     string           `json:"error,omitempty"`
	Headers   int              `json:"headers"`
	First     *uint32          `json:"first_height,omitempty"`
	Last      *uint32          `json:"last_height,omitempty"`
	Tip       string           `json:"tip_hash,omitempty"` // display order
	Breaks    int              `json:"breaks"`
	Stretches []stretchView    `json:"stretches,omitempty"`
	Retargets int              `json:"retargets_checked"`
	Medians   int              `json:"median_times_checked"`
	WorkLog2  float64          `json:"work_log2,omitempty"`
	Defects   []defectView     `json:"defects,omitempty"`
	Unchecked []notCheckedView `json:"not_checked,omitempty"`
}

// stretchView is a part of a file whose headers are linked.
type stretchView struct {
	Index       int     `json:"index"`
	Headers     int     `json:"headers"`
	First       *uint32 `json:"first_height,omitempty"`
	Last        *uint32 `json:"last_height,omitempty"`
	Prev        string  `json:"previous_hash"`
	Tip         string  `json:"tip_hash"`
	Checkpoints int     `json:"checkpoints_met"`
	Committed   *uint32 `json:"committed_up_to,omitempty"` // the height of a checkpoint
	Above       int     `json:"headers_above"`             // what is committed, or all
	Connects    bool    `json:"connects_to_checkpoint"`
}

type defectView struct {
	Index  int     `json:"index"`
	Height *uint32 `json:"height,omitempty"`
	Code   string  `json:"code"`
	Text   string  `json:"text"`
}

type notCheckedView struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// notCheckedOfChains is what no file of headers can show.
var notCheckedOfChains = []notCheckedView{
	{"heaviest-chain", "headers cannot show that no chain with more work exists; the checkpoints stand for it"},
	{"transactions", "a header holds the root of its block's transactions, not these"},
	{"future-time", "that a block was at most two hours ahead of the clocks of its day"},
}

// exit returns the first of 1, 5, 3 and 0 that occurs.
func (v *headersView) exit() (code int) {
	rank := map[string]int{resultRight: 0, resultNotConnected: 1, resultUnreadable: 2, resultDefective: 3}
	worst := 0
	for i := range v.Files {
		worst = max(worst, rank[v.Files[i].Result])
	}
	return []int{0, headersMissing, headersUnreadable, headersDefect}[worst]
}

// fill describes a run and settles the result.
func (v *headersFileView) fill(run *bitcoin.Run, points *bitcoin.Checkpoints) {
	s := run.Summary()
	v.Result, v.Headers, v.Tip = resultRight, s.Headers, run.Tip().String()
	v.Retargets, v.Medians, v.WorkLog2 = s.Retargets, s.Medians, log2(s.Work)
	if first, ok := run.First(); ok {
		v.First = &first
	}
	if last, ok := run.Last(); ok {
		v.Last = &last
	}
	v.Breaks = len(s.Stretches) - 1
	boundaries, unplaced := 0, 0
	for i := range s.Stretches {
		g := viewStretch(&s.Stretches[i], points)
		v.Stretches = append(v.Stretches, g)
		if !g.Connects {
			v.Result = resultNotConnected
		}
		if g.First == nil {
			unplaced += g.Headers
		} else {
			boundaries += int(*g.Last/period) - int((max(*g.First, 1)-1)/period)
		}
	}
	for _, d := range run.Defects() {
		w := defectView{Index: d.Index, Code: d.Code, Text: d.Text}
		if w.Height = v.heightOf(d.Index); d.Placed {
			w.Height = &d.Height
		}
		v.Defects = append(v.Defects, w)
	}
	if len(v.Defects) > 0 {
		v.Result = resultDefective
	}
	if n := boundaries - s.Retargets; n > 0 && !points.Network().Test() {
		v.skip("retarget", fmt.Sprintf("of %s, because the period before is not whole in the file", plural(n, "period")))
	}
	if s.Unknown > 0 {
		v.skip("bits", fmt.Sprintf("of %s, because neither the checkpoints nor the headers before tell the target of their period", plural(s.Unknown, "header")))
	}
	if unplaced > 0 {
		v.skip("bits", fmt.Sprintf("of %s, because nothing tells their heights", plural(unplaced, "header")))
	}
	n := s.Headers - s.Medians
	if v.First != nil && *v.First == 0 {
		n-- // nothing is before the genesis block
	}
	if n > 0 {
		v.skip("median-time", fmt.Sprintf("of %s, because not all of the eleven before are linked to them in the file", plural(n, "header")))
	}
}

// heightOf returns the height of a header that begins a stretch, where it is known.
func (v *headersFileView) heightOf(index int) *uint32 {
	for i := range v.Stretches {
		if v.Stretches[i].Index == index {
			return v.Stretches[i].First
		}
	}
	return nil
}

func (v *headersFileView) skip(name, why string) {
	v.Unchecked = append(v.Unchecked, notCheckedView{name, why})
}

func viewStretch(s *bitcoin.Stretch, points *bitcoin.Checkpoints) stretchView {
	v := stretchView{Index: s.Index, Headers: s.Count, Prev: s.Prev.String(), Tip: s.Tip.String(), Checkpoints: len(s.Checkpoints), Above: s.Count}
	if s.Placed {
		first, last := s.First, s.First+uint32(s.Count)-1
		v.First, v.Last = &first, &last
	}
	if v.Committed, v.Connects = committed(s, points); v.Committed != nil {
		v.Above = int(*v.Last - *v.Committed)
	}
	return v
}
