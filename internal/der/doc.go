// Package der reads ASN.1 by consuming it. DER is read with cryptobyte; this
// package adds what cryptobyte leaves out: BER elements with indefinite or padded
// lengths (RFC 5652 allows them outside the signed parts), object identifiers as
// comparable values, algorithm identifiers, and times that keep their spelling.
//
// Every reader consumes what it returns, never reaches outside its parent, and
// leaves a String unusable for further conclusions when it answers false.
package der
