package bitcoin

import "slices"

// medianSpan is the number of blocks whose median time a block must be later than.
const medianSpan = 11

// recentTimes holds the times of up to the last eleven headers of a linked run.
type recentTimes struct {
	times [medianSpan]uint32
	n     int // how many are held
	next  int // where the next one goes
}

func (r *recentTimes) add(t uint32) {
	r.times[r.next] = t
	if r.next++; r.next == medianSpan {
		r.next = 0
	}
	if r.n < medianSpan {
		r.n++
	}
}

// full reports whether there are eleven.
func (r *recentTimes) full() bool { return r.n == medianSpan }

// admits reports whether t is later than the median of the times held; with none held
// every time is. The median is passed when more than half of the times are, which needs
// no sorting.
func (r *recentTimes) admits(t uint32) bool {
	earlier := 0
	for _, held := range r.times[:r.n] {
		if held < t {
			earlier++
		}
	}
	return r.n == 0 || earlier > r.n/2
}

// median returns the median of the times held, of an even number the later of the two
// in the middle, as Bitcoin takes it. It is asked for with at least one held.
func (r *recentTimes) median() uint32 {
	sorted := slices.Sorted(slices.Values(r.times[:r.n]))
	return sorted[len(sorted)/2]
}
