package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/report"
)

const verifyLong = `Judges evidence and says what it proves. PATHs are files, folders and - (standard
input); each piece of evidence is paired with the file it speaks of:

  letter.pdf.tsr  in the same folder speaks of letter.pdf, and of nothing else; so do
                  letter.pdf.sig, letter.pdf.p1363 and letter.pdf.jws, signatures of it,
                  letter.pdf.tlog-proof, that it is in a transparency log,
                  letter.pdf.proof.json, that it is in a Merkle tree, and letter.pdf.ots,
                  that Bitcoin's block chain commits to it
  letter.tsr      beside letter.pdf is taken as a guess
  anything else   is paired by digest, with every equal file
  letter.pdf.tsq  is the request: its nonce and policy must be answered by letter.pdf.tsr

Nothing is trusted that you do not name: give a trust directory with --trust, single
anchors with --anchor, or public keys with --key. A key that is given so signs the
file itself, by SHA-256 (P-384: SHA-384, P-521: SHA-512), encoded as the extension
says; how other keys sign stands in the signers.json of a trust directory. A
signature proves no time: letter.pdf.sig.tsr proves how old it is. Transparency logs
are known by the keys in logs/ of a trust directory. Nothing vouches for the root of
other trees yet: a proof that is right stays INDETERMINATE, a wrong one is found.

A PDF file is judged by the signatures and time-stamps inside it, and by what later
revisions did to what was signed. Signers are believed by the anchors in documents/ of
a trust directory or by --anchor document:FILE, time-stamps by those in tsa/. A file has
a proven time only where a time-stamp covers it to the last byte. Evidence among its
attachments is judged like that of a folder, as letter.pdf!name.

An OpenTimestamps proof needs the header of its block, and headers that lead from there
to a checkpoint: an anchor pack (exhibit headers pack) beside the evidence or in the
trust directory, or a file of headers by --headers. They need no trust; the checkpoints,
which are built in and can be replaced in a trust directory, are what is believed.

No connection is opened. The exit code is the first of 1, 5, 3, 4 and 0 that occurs:

  0  TOTAL-PASSED       every file is proven
  1  TOTAL-FAILED       a contradiction is proven: the file or its evidence was changed,
                        or the evidence contradicts itself
  3  INDETERMINATE      not decided: something is missing, such as an anchor, or the policy
                        forbids a pass; the reason is named
  4  NOTHING-TO-VERIFY  no evidence at all, or a file that no evidence speaks of
  5  INDETERMINATE      something could not be read, or the program itself failed
  2                     the command was called wrongly; nothing was judged

The two policies differ in what may be missing. issuance judges by the time at which
the evidence was issued: later expiry and missing revocation data are warnings. etsi
follows EN 319 102-1 and asks for both. What the other policy would say is always
printed.

With --json a report is printed in every case but 2.`

// verifyFlags is what the command line says.
type verifyFlags struct {
	trust, at, subject, policy, claim string
	pdfPassword                       string
	anchors, keys, headers, digests   []string
	allowUncovered, json, quiet       bool
	confirmations, jobs               int
}

func newVerifyCmd(a *app) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:     "verify PATH...",
		Short:   "judge files, folders and standard input",
		Long:    verifyLong,
		Example: "  exhibit verify letter.pdf letter.pdf.tsr --trust my-trust\n  exhibit verify archive/ --trust my-trust --json\n  exhibit verify letter.tsr --digest sha256:090c3e… --anchor tsa:root.pem",
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usagef("verify: no file or folder was named")
			case len(args)-len(evidencePaths(args)) > 1:
				return usagef("verify: standard input can be read only once")
			case slices.Contains(args, ""):
				return usagef("verify: a path is empty")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := refuseLaterFlags(cmd); err != nil {
				return err
			}
			return a.verify(cmd.Context(), args, &f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.trust, "trust", "", "trust `directory` (default $EXHIBIT_TRUST, else none)")
	fl.StringArrayVar(&f.anchors, "anchor", nil, "`use:FILE`: trust the certificates in FILE, for time-stamps (tsa:) or for signers of documents (document:); may be repeated")
	fl.StringArrayVar(&f.keys, "key", nil, "`file` with one public key or certificate: trust it for signatures; may be repeated")
	fl.StringArrayVar(&f.headers, "headers", nil, "`file` of Bitcoin block headers, raw or an anchor pack; may be repeated")
	fl.IntVar(&f.confirmations, "confirmations", 0, "accept a block above the newest checkpoint that `n` headers follow, by their work alone")
	fl.StringVar(&f.at, "at", "", "judge as of this `time` (RFC 3339; without a fraction: the end of that second)")
	fl.StringVar(&f.subject, "subject", "", "the `file` that evidence speaks of which names none itself")
	fl.StringArrayVar(&f.digests, "digest", nil, "`alg:hex` of data not at hand; repeated: the same data in other algorithms")
	fl.StringVar(&f.policy, "policy", string(trust.Issuance), "issuance or etsi")
	fl.StringVar(&f.claim, "claim", "", "existence: ask for a proven time, not for a signature alone")
	fl.BoolVar(&f.allowUncovered, "allow-uncovered", false, "report files without evidence, but do not count them")
	fl.BoolVar(&f.json, "json", false, "print JSON, exhibit.report/v1")
	fl.BoolVar(&f.quiet, "quiet", false, "print one line a file")
	fl.IntVar(&f.jobs, "jobs", 0, "files worked on at a time (default: one for each processor)")
	addPasswordFlag(cmd, &f.pdfPassword)
	addLaterFlags(fl)
	return cmd
}

func (a *app) verify(ctx context.Context, args []string, f *verifyFlags) error {
	opts, err := f.options()
	if err != nil {
		return err
	}
	source := report.FromOperator
	if opts.Env.At.IsZero() {
		opts.Env.At, source = a.now(), report.FromClock
	}
	t, err := a.loadTrust(f, args)
	if err != nil {
		return err
	}
	t.into(&opts.Env)
	opts.Stdin = a.stdin
	if ctx == nil {
		ctx = context.Background()
	}
	done := a.showProgress(&opts)
	rep, err := verify.Paths(ctx, args, opts)
	done()
	if err != nil {
		return err
	}
	a.code = rep.ExitCode()
	for _, p := range rep.Errors {
		a.problem(p)
	}
	for _, p := range t.view.Errors {
		a.problem(p)
	}
	doc := report.New(rep, report.Context{Tool: report.ThisTool(), TimeSource: source, Trust: t.view})
	if err := a.print(doc, f); err != nil {
		return err
	}
	if f.quiet && opts.Env.Chain.Checkpoints().Network().Test() {
		a.errorf("%s", bitcoin.TestNetworkSentence)
	}
	a.hints(rep, t, f)
	return nil
}

func (a *app) print(doc *report.Document, f *verifyFlags) error {
	switch {
	case f.json:
		return doc.JSON(a.stdout)
	case f.quiet:
		return doc.Quiet(a.stdout)
	}
	return doc.Text(a.stdout)
}

func (a *app) problem(p verify.Problem) {
	if p.Path == "" {
		a.errorf("%s", onScreen(p.Message))
		return
	}
	a.errorf("%s: %s", onScreen(p.Path), onScreen(p.Message))
}
