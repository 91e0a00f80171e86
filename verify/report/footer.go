package report

import "fmt"

// footerLines say by which rules and with which trust it was judged, and what
// the other policy would say.
func (d *Document) footerLines() []string {
	at := "no time given"
	if d.ValidationTime != nil {
		at = *d.ValidationTime + " (" + d.ValidationSource + ")"
	}
	other := d.OtherPolicy.Verdict.String()
	if d.OtherPolicy.Sub != "" {
		other += " (" + codes(d.OtherPolicy.Sub, d.OtherPolicy.Reason) + ")"
	}
	lines := []string{
		fmt.Sprintf("judged at %s, policy %s, network %s", at, d.Policy, d.Network),
		fmt.Sprintf("under the policy %s: %s", d.OtherPolicy.Name, other),
	}
	switch {
	case d.Trust.SHA256 != "":
		name := d.Trust.Dir
		if name == "" {
			name = "single files"
		}
		lines = append(lines, fmt.Sprintf("trust: %s, %s, sha256 %s", Clean(name), count(len(d.Trust.Files), "file"), d.Trust.SHA256))
	default:
		lines = append(lines, "trust: none was given")
	}
	return append(lines, fmt.Sprintf("%s %s, revision %s, %s", d.Tool.Name, d.Tool.Version, d.Tool.Revision, d.Tool.Go))
}

func (t *text) footer(d *Document) {
	for _, l := range d.footerLines() {
		t.para(0, "%s", l)
	}
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
