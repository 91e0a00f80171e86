// Package dir loads a trust directory: the certificates, revocation data and
// algorithm dates that a person decided to believe, as plain files.
//
//	tsa/            anchors of time-stamping authorities (PEM or DER)
//	documents/      anchors of document signers
//	intermediates/  certificates that may complete a path, not trusted themselves
//	revocation/     *.crl (DER or PEM) and *.ocsp (DER)
//	signers/        keys of attestation services, and signers.json, which says how
//	                they sign; it speaks for its own folder
//	logs/           keys of transparency logs and their witnesses, *.vkey, and at most
//	                one logs.json: names, roles and the quorum of witnesses
//	bitcoin/        block headers (headers-A-B.bin, or NAME.bin, whose place NAME.json or
//	                the headers themselves tell), *.anchorpack, and at most one
//	                checkpoints.json, which adds to the built-in checkpoints or replaces
//	                them; headers need no trust, checkpoints are trust
//	algorithms.json replaces the built-in table of dates
//
// The folder decides the use: an anchor under tsa/ never vouches for a document
// signer. A file that is damaged, too large or not a regular file is named in
// [Trust].Errors and counts as absent as a whole, so it can take a proof away but
// can never add one or turn evidence into FAILED. What is meant for people (hidden files,
// README, *.txt, *.md) is listed in Trust.Unused and never opened.
//
// The same files give the same [Trust], in the same order, on every machine.
package dir
