// Package verify takes files, finds out what is evidence and what it speaks of, has
// each piece judged by its format, and combines the answers into one verdict a
// subject and one for the run.
//
// [Items] is the core and works on anything that can be opened: files, members of
// an archive, bytes in memory. [Paths] wraps it for the file system. A format has
// its seat in [All]; a caller may hand in other formats with [Options].
//
// A PDF document is evidence over itself and stays a subject of the evidence beside it.
// What lies inside of one and is evidence, with the files it may speak of, is judged like
// a folder of its own: a.pdf!invoice.xml.tsr.
//
// Nothing is trusted by default and the clock is never read: time, policy and
// anchors come in with Options.Env. What could not be read, paired or judged keeps
// the verdict from passing.
package verify
