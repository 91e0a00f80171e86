package main

// Tags of attestations.
var (
	tagBitcoin  = []byte("\x05\x88\x96\x0d\x73\xd7\x19\x01")
	tagLitecoin = []byte("\x06\x86\x9a\x0d\x73\xd7\x1b\x45")
	tagEthereum = []byte("\x30\xfe\x80\x87\xb5\xc7\xea\xd7")
	tagPending  = []byte("\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e")
	tagUnknown  = []byte("\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8")
)

const calendar = "https://calendar.example/2025"

func attestation(tag, payload []byte) []byte { return join([]byte{0}, tag, sized(payload)) }
func bitcoin(height int) []byte              { return attestation(tagBitcoin, varuint(uint64(height))) }
func litecoin(height int) []byte             { return attestation(tagLitecoin, varuint(uint64(height))) }
func ethereum(height int) []byte             { return attestation(tagEthereum, varuint(uint64(height))) }
func pending(uri string) []byte              { return attestation(tagPending, sized([]byte(uri))) }
func unknown(payload string) []byte          { return attestation(tagUnknown, []byte(payload)) }
