// Package headerfile collects block headers from the files of other programs, picks the
// chain with the most work among them, and writes it as one file of raw headers.
//
// # Forms
//
//   - raw headers of 80 bytes each, from any height, in any order;
//   - Electrum's blockchain_headers: the same from height 0, with stretches of zeros where
//     it has downloaded nothing. They are passed over;
//   - block files of Bitcoin Core, blk00000.dat and so on, or a folder of them: magic,
//     length, block; in any order, with stale blocks among them and zeros between and
//     behind. Files that version 28 and later disguise need their xor.dat beside them. Of a
//     block, only its header is read.
//
// Block files, and files that begin with the header, of another network than that of the
// checkpoints are refused by its name.
//
// A length in a block file that lies (it leads neither to another block nor to zeros nor
// exactly to the end, or is beyond what a block can have, or what it stands before is no
// header with its work) is noted, and the next magic is looked for, as Bitcoin Core does when
// it reads its files anew. That is safe: whatever lies there counts only if it is a header
// with its work that links into the chain, so a lie can hide headers, which then are missing,
// and can add none.
//
// # Which chain
//
// A header that does not meet its own target is left out at once, so that nothing is kept
// that did not cost work. A chain counts if its place is known: it begins at the genesis
// block or above a checkpoint, or goes through one; or its height was stated. A branch that
// has another block at a checkpoint's height ends below it. Of what remains the chain
// with the most work at hand is taken; then [bitcoin.Scan] judges it, and where a header in
// it breaks the rules, that header and what follows it is left out and the choice is made
// again.
//
// # Limits
//
// Files are streamed. Headers wait in a temporary file of 80 bytes each, in the folder of
// the result; in memory each takes about 120 bytes, at most two million of them.
package headerfile
