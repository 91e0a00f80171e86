package bitcoin

import (
	"fmt"
	"time"
)

// note records the rules that the header at the index breaks.
func (s *scanner) note(found findings, h []byte) error {
	for _, d := range describe(s.rules, found, h) {
		if err := s.defect(d.kind, d.Code, d.Text); err != nil {
			return err
		}
	}
	return nil
}

// defect records one thing at the header of the index.
func (s *scanner) defect(kind findings, code, text string) error {
	if len(s.run.defects) == s.breaks {
		return malformed(codeHeaders, "more than %d headers do not follow the one before or break a rule; the last: header %d, %s", s.breaks, s.index, text)
	}
	d := Defect{Index: int(s.index), Code: code, Text: text, kind: kind}
	if g := s.segment; g != nil && code != defectBreak {
		d.Height, d.Placed = g.first+(s.index-g.index), g.placed
	} else if s.first != nil {
		d.Height, d.Placed = *s.first+s.index, true
	}
	s.run.defects = append(s.run.defects, d)
	return nil
}

// defectCodes are the codes of the rules.
var defectCodes = map[findings]string{
	badTarget: defectTarget, badBits: defectBits, badRetarget: defectRetarget, badTime: defectMedianTime,
}

// describe says in words which rules the header breaks that was judged last.
func describe(r *rules, found findings, h []byte) (list []Defect) {
	add := func(kind findings, text string) {
		if found&kind != 0 {
			list = append(list, Defect{Code: defectCodes[kind], Text: text, kind: kind})
		}
	}
	bits := bitsOf(h)
	if _, err := ParseCompact(bits, r.points.network); err != nil {
		add(badTarget, err.(*Error).text)
	} else {
		add(badTarget, fmt.Sprintf("its hash %s is above its target %08x", hashHeader(h), bits))
	}
	if n := len(r.pieces); n > 0 {
		add(badBits, fmt.Sprintf("its bits are %08x, those of the period %08x", bits, r.pieces[n-1].bits))
	}
	add(badRetarget, fmt.Sprintf("its bits %08x do not follow from the times of the period before", bits))
	add(badTime, notLater(timeOf(h)))
	return list
}

func notLater(t uint32) string {
	return fmt.Sprintf("its time %s is not later than the median of the blocks before it", blockTime(t).Format(time.RFC3339))
}
