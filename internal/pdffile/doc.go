// Package pdffile reads the structure of PDF files (ISO 32000-2, 7.2 to 7.6) for one
// purpose: to say which bytes say what, since when. It keeps each revision's
// cross-reference table apart, gives every object its place in the file, and reports
// what two readers may read differently. It renders nothing and judges nothing.
//
// It decrypts with the standard handler, revisions 2 to 6. It does not decode images,
// does not follow data into other files, and knows no public-key handler.
//
// # Two passes
//
// The strict pass follows startxref, tables, streams and their chain by the letter.
// The tolerant pass looks at the bytes that no table accounts for, and finds objects,
// trailers and markers there; what it finds is a [Finding]. Where the strict pass
// fails, the tolerant one reads the whole file and [File.Strict] is false.
//
// The data of a stream whose length is right belong to that stream, and the tolerant
// pass steps over them. So it costs one look at each object's own bytes, and a large
// file is not read.
//
// # Revisions
//
// [File.Revisions] lists them from the oldest on; [File.View] is the document as it
// stood at the end of one. All offsets count from the first byte of the file, also
// where the file's own numbers count from its header.
//
// # Memory and time
//
// A file of up to 1 MiB is read once and kept; of a larger one a window is. What is
// allocated is bounded by bytes that were read, never by a number in the file. There may
// be 4 million entries, but not more than bytes; 1000 revisions; 100 levels, 16 MiB and
// half a million values in an object; 16 MiB in an object stream; 8 filters in a chain;
// 256 MiB of decoded data in all, of which a stream that is read by [File.Reread] is
// counted once. What exceeds a limit is an [Error] with [CodeLimit],
// which says nothing against the file.
//
// A File is safe for concurrent use.
package pdffile
