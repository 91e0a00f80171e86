package selftest

import (
	"encoding/hex"
	"io/fs"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/verdict"
)

// direct judges the vectors that no file can stand for, by the package itself: trees
// with roots that the caller vouches for, checkpoints without a subject, proofs of
// OpenTimestamps without a file of their own. ok is false for all others.
func direct(folder fs.FS, v *testvectors.Vector) (node verdict.Result, ok bool, err error) {
	judge := judgeTree
	switch {
	case v.Merkle != nil:
	case v.Tlog != nil && v.Tlog.Form != "tlog-proof":
		judge = judgeLog
	case v.OTS != nil && v.OTS.Form != "detached":
		judge = judgeStamp
	default:
		return node, false, nil
	}
	evidence, err := fs.ReadFile(folder, v.Evidence)
	if err == nil {
		node, err = judge(folder, v, evidence)
	}
	return node, true, err
}

func judgeTree(folder fs.FS, v *testvectors.Vector, evidence []byte) (none verdict.Result, err error) {
	subject, err := subjectOf(folder, v)
	if err != nil {
		return none, err
	}
	anchors, err := anchorsOf(v)
	if err != nil {
		return none, err
	}
	switch v.Merkle.Form {
	case "consistency":
		c, err := merkle.ParseConsistency(evidence)
		if err != nil {
			return merkle.Unreadable(err), nil
		}
		return c.Verify(anchors...), nil
	case "merkleblock":
		b, err := merkle.ParseBlock(evidence)
		if err != nil {
			return merkle.Unreadable(err), nil
		}
		return b.Verify(subject, anchors...).Result, nil
	case "rfc6962":
		p, err := merkle.ParseRFC6962(evidence, v.Merkle.Convention)
		if err != nil {
			return merkle.Unreadable(err), nil
		}
		return p.Verify(subject, anchors...).Result, nil
	}
	p, err := merkle.Parse(evidence)
	if err != nil {
		return merkle.Unreadable(err), nil
	}
	return p.Under(v.Merkle.Convention).Verify(subject, anchors...).Result, nil
}

func judgeLog(folder fs.FS, v *testvectors.Vector, evidence []byte) (none verdict.Result, err error) {
	subject, err := subjectOf(folder, v)
	if err != nil {
		return none, err
	}
	e, err := env(folder, v, evidence)
	if err != nil {
		return none, err
	}
	path := make([][]byte, len(v.Tlog.Path))
	for i, h := range v.Tlog.Path {
		if path[i], err = hex.DecodeString(h); err != nil {
			return none, err
		}
	}
	if v.Tlog.Form == "entry" {
		parts := tlog.Parts{Index: *v.Tlog.Index, Path: path, Checkpoint: evidence, Size: v.Tlog.Size}
		if v.Tlog.Root != "" {
			if parts.Root, err = hex.DecodeString(v.Tlog.Root); err != nil {
				return none, err
			}
		}
		p, err := tlog.New(parts)
		if err != nil {
			return tlog.Unreadable(err), nil
		}
		return p.Verify(subject, e.Env.Env).Result, nil
	}
	c, err := tlog.ParseCheckpoint(evidence)
	if err != nil {
		return tlog.Unreadable(err), nil
	}
	if v.Tlog.Form == "checkpoint" {
		return c.Verify(e.Env.Env).Result, nil
	}
	b, err := fs.ReadFile(folder, v.Tlog.Older)
	if err != nil {
		return none, err
	}
	older, err := tlog.ParseCheckpoint(b)
	if err != nil {
		return none, err
	}
	return tlog.VerifyConsistency(older, c, path, e.Env.Env).Result, nil
}

// subjectOf returns what the vector is judged over; nil when the data is not at hand.
func subjectOf(folder fs.FS, v *testvectors.Vector) (s verdict.Subject, err error) {
	switch {
	case v.Subject != "":
		b, err := fs.ReadFile(folder, v.Subject)
		return verdict.Bytes(b), err
	case v.Merkle != nil && v.Merkle.Leaf != "":
		b, err := hex.DecodeString(v.Merkle.Leaf)
		if len(b) != merkle.HashSize {
			return nil, hex.ErrLength
		}
		return merkle.Leaf(b), err
	case v.Digest != "":
		list, err := digests(v.Digest)
		if err != nil {
			return nil, err
		}
		if s, err = verdict.NewDigests(list); err != nil {
			return nil, err
		}
	}
	if v.Merkle != nil && v.Merkle.SubjectSize != nil {
		s = merkle.Sized{Subject: s, Bytes: *v.Merkle.SubjectSize}
	}
	return s, nil
}

func anchorsOf(v *testvectors.Vector) (list []merkle.Anchored, err error) {
	for _, a := range v.Merkle.Anchors {
		root, err := hex.DecodeString(a.Root)
		if err != nil {
			return nil, err
		}
		list = append(list, merkle.Anchored{
			Root: root, Size: a.Size, Depth: a.Depth, NotLaterThan: a.NotLaterThan,
			Trust: verdict.Trust{Anchor: "the vector's anchor"},
		})
	}
	return list, nil
}
