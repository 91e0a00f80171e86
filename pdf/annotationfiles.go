package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// annotation reads the files of an annotation: FS of a file attachment (ISO 32000-2,
// 12.5.6.15), AF of any (14.13), the assets of rich media (13.7.2). An FS in another
// annotation counts too: readers list what they find.
func (x *fileReader) annotation(d pdffile.Dict) error {
	subtype, _, err := fileValue[pdffile.Name](x, d.Get("Subtype"))
	if err != nil {
		return err
	}
	if subtype == "FileAttachment" {
		fs, ok, err := fileValue[pdffile.Dict](x, d.Get("FS"))
		if err != nil {
			return err
		}
		if !ok || !fs.Has("EF") {
			x.found(foundAttachmentMissing, "a file attachment annotation without an embedded file")
		}
	}
	if d.Has("FS") {
		if err := x.take(roleSpec, d.Get("FS"), x.place(PlaceAnnotation)); err != nil {
			return err
		}
	}
	if d.Has("AF") {
		if err := x.take(roleFiles, d.Get("AF"), x.place(PlaceAnnotationAF)); err != nil {
			return err
		}
	}
	return x.take(roleRichMedia, d.Get("RichMediaContent"), nil)
}
