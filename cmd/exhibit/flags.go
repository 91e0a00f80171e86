package main

import (
	"encoding/hex"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// options reads the flags; every mistake is one of usage.
func (f *verifyFlags) options() (verify.Options, error) {
	o := verify.Options{
		Subject: f.subject, Claim: f.claim, AllowUncovered: f.allowUncovered, Jobs: f.jobs,
	}
	var err error
	if o.Env.Policy, err = trust.ParsePolicy(f.policy); err != nil {
		return o, usagef("--policy: %w", err)
	}
	if f.at != "" {
		if o.Env.At, err = parseMoment(f.at); err != nil {
			return o, usagef("--at: %w", err)
		}
	}
	switch {
	case f.claim != "" && f.claim != verify.ClaimExistence:
		return o, usagef("--claim: %q is not known, want existence", f.claim)
	case f.json && f.quiet:
		return o, usagef("--json and --quiet exclude each other")
	case f.confirmations < 0:
		return o, usagef("--confirmations: %d is less than nothing", f.confirmations)
	case f.jobs < 0:
		return o, usagef("--jobs: %d is less than nothing", f.jobs)
	case f.subject != "" && len(f.digests) > 0:
		return o, usagef("--subject and --digest exclude each other: is the data at hand or not?")
	case f.subject == "-":
		return o, usagef("--subject: standard input is named as an argument, not as the subject")
	}
	o.Env.Confirmations = f.confirmations
	if o.PDFPassword, err = readPassword(f.pdfPassword); err != nil {
		return o, err
	}
	o.Digests, err = parseDigests(f.digests)
	return o, err
}

// parseDigests reads alg:hex, each algorithm once.
func parseDigests(list []string) (map[string][]byte, error) {
	if len(list) == 0 {
		return nil, nil
	}
	out := make(map[string][]byte, len(list))
	for _, s := range list {
		alg, text, ok := strings.Cut(s, ":")
		if !ok {
			return nil, usagef("--digest: %q, want alg:hex such as sha256:090c3e…", s)
		}
		alg = strings.ToLower(alg)
		d, err := hex.DecodeString(text)
		switch size := verdict.DigestSize(alg); {
		case size == 0:
			return nil, usagef("--digest: the algorithm %q is not known", alg)
		case err != nil || len(d) != size:
			return nil, usagef("--digest: a %s digest has %d hexadecimal digits", alg, 2*size)
		case out[alg] != nil:
			return nil, usagef("--digest: %s is given twice", alg)
		}
		out[alg] = d
	}
	return out, nil
}

// laterFlags are part of the contract of the command and belong to kinds of
// evidence that this version does not judge. They are refused, never ignored.
var laterFlags = []struct{ name, value, what string }{
	{"report", "file", "write HTML reports"},
	{"lang", "language", "write in other languages"},
	{"case", "text", "write HTML reports"},
	{"examiner", "text", "write HTML reports"},
}

func addLaterFlags(fl *pflag.FlagSet) {
	for _, l := range laterFlags {
		fl.StringArray(l.name, nil, "not in this version")
		fl.Lookup(l.name).Hidden = true
	}
	fl.Bool("online", false, "not in this version")
	fl.Lookup("online").Hidden = true
}

func refuseLaterFlags(cmd *cobra.Command) error {
	for _, l := range laterFlags {
		if cmd.Flags().Changed(l.name) {
			return usagef("--%s: this version does not %s", l.name, l.what)
		}
	}
	if cmd.Flags().Changed("online") {
		return usagef("--online: this version does not use the network")
	}
	return nil
}
