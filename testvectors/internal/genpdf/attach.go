package main

import (
	"crypto/md5"
	"fmt"
	"strings"
)

// attachment is an embedded file to be written; the zero value of each member is the
// usual.
type attachment struct {
	name         string
	data         []byte
	mime         string // as a name: text#2Fplain
	relationship string // Data
	params       string // instead of the right Size and CheckSum
	more         string // further entries of the file specification
	hidden       bool   // in no name tree and no AF
}

// attach writes the stream and the file specification, and names it in the catalog: in the
// name tree EmbeddedFiles and in AF. It returns the numbers of both.
func (d *document) attach(a attachment) (stream, spec int) {
	if a.params == "" {
		a.params = fmt.Sprintf("/Size %d/CheckSum<%x>", len(a.data), md5.Sum(a.data))
	}
	stream, spec = d.number(), d.number()
	d.stream(stream, "/Type/EmbeddedFile/Subtype/"+or(a.mime, "text#2Fplain")+"/Params<<"+a.params+">>", a.data)
	name := d.text(spec, a.name)
	d.obj(spec, fmt.Sprintf("<</Type/Filespec/F%s/UF%s/AFRelationship/%s/EF<</F %s/UF %s>>%s>>", name, name, or(a.relationship, "Data"), ref(stream), ref(stream), a.more))
	if !a.hidden {
		d.nameFile(a.name, spec)
	}
	return stream, spec
}

// nameFile enlists a file specification. The names must come in their order.
func (d *document) nameFile(name string, spec int) {
	d.attachments++
	d.embedded = append(d.embedded, d.text(objCatalog, name)+" "+ref(spec))
	d.associated = append(d.associated, ref(spec))
	d.set("Names", "<</EmbeddedFiles<</Names["+strings.Join(d.embedded, " ")+"]>>>>")
	d.set("AF", "["+strings.Join(d.associated, " ")+"]")
}
