package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/safename"
	"github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/verdict"
)

// embeddedView is one file inside a document, in the form of its JSON. What the document
// says of it is claimed.
type embeddedView struct {
	Number       string   `json:"number"`         // 2, and 2.1 for the version before it
	Name         string   `json:"name,omitempty"` // as the document has it
	File         string   `json:"file"`           // the name that it is written under
	Folder       string   `json:"folder,omitempty"`
	Relationship string   `json:"relationship,omitempty"`
	MIME         string   `json:"mime,omitempty"`
	ClaimedSize  *int64   `json:"claimed_size,omitempty"`
	Size         *int64   `json:"size,omitempty"`
	SHA256       string   `json:"sha256,omitempty"`
	Revision     int      `json:"revision"` // whose bytes it is
	Checksum     string   `json:"checksum"` // whether the claimed one agrees
	CoveredBy    []string `json:"covered_by,omitempty"`
	State        string   `json:"state"`
	Problem      string   `json:"problem,omitempty"` // why its data cannot be had

	data *pdf.EmbeddedFile
}

// States of embedded files.
const (
	statePresent = "present"
	stateOlder   = "older"   // an earlier version
	stateRemoved = "removed" // no longer named
	stateUnnamed = "unnamed" // by nothing, ever
)

// What a claimed checksum is worth.
const (
	checksumNone    = "none"
	checksumAgrees  = "agrees"
	checksumText    = "agrees as text" // instead of bytes
	checksumDiffers = "differs"
	checksumUnknown = "not checked" // for want of the data
)

// embeddedViews lists the files of a document, each with its older versions behind it. No
// data is read.
func embeddedViews(list []*pdf.Attachment) (out []*embeddedView) {
	taken := safename.Taken{}
	add := func(number, state string, a *pdf.Attachment, e *pdf.EmbeddedFile) {
		v := &embeddedView{
			Number: number, Name: a.Name, File: taken.Name(a.Name, number), Folder: a.Folder, Relationship: a.Relationship, MIME: e.MIME,
			Revision: e.Revision, Checksum: checksumNone, State: state, data: e,
		}
		if e.Size >= 0 {
			v.ClaimedSize = &e.Size
		}
		if e.CheckSum != nil {
			v.Checksum = checksumUnknown
		}
		out = append(out, v)
	}
	for i, a := range list {
		number, state := strconv.Itoa(i+1), statePresent
		switch {
		case a.Unnamed:
			state = stateUnnamed
		case a.Removed >= 0:
			state = stateRemoved
		}
		add(number, state, a, a.EmbeddedFile)
		for j, e := range a.Older {
			add(fmt.Sprintf("%s.%d", number, j+1), stateOlder, a, e)
		}
	}
	return out
}

// measure reads the data once, for what is true of them. The error says why they cannot
// be had.
func (v *embeddedView) measure(ctx context.Context) error {
	err := v.data.Prepare(ctx, verdict.DigestOf{Algorithm: "sha256"}, verdict.DigestOf{Algorithm: "md5"})
	if err != nil {
		v.Problem = err.Error()
		return err
	}
	size, err := v.data.Length(ctx)
	if err != nil {
		return err
	}
	sum, err := v.data.Digest("sha256", nil)
	if err != nil {
		return err
	}
	md5, err := v.data.Digest("md5", nil)
	if err != nil {
		return err
	}
	v.measured(size, sum, md5)
	return nil
}

func (v *embeddedView) measured(size int64, sum, md5 []byte) {
	v.Size, v.SHA256 = &size, hex.EncodeToString(sum)
	if claimed := v.data.CheckSum; claimed != nil {
		switch {
		case bytes.Equal(claimed, md5):
			v.Checksum = checksumAgrees
		case strings.EqualFold(string(claimed), hex.EncodeToString(md5)):
			v.Checksum = checksumText
		default:
			v.Checksum = checksumDiffers
		}
	}
}

// label names the file in a message.
func (v *embeddedView) label() string {
	if v.Name == "" {
		return "number " + v.Number
	}
	return "number " + v.Number + ", " + clipped(v.Name, maxCell)
}

// wrong says what the document claims of the data and is not so.
func (v *embeddedView) wrong() (list []string) {
	if v.Size != nil && v.ClaimedSize != nil && *v.Size != *v.ClaimedSize {
		list = append(list, fmt.Sprintf("the document says that it has %d bytes", *v.ClaimedSize))
	}
	if v.Checksum == checksumDiffers {
		list = append(list, "the checksum (MD5) that the document gives is another")
	}
	return list
}
