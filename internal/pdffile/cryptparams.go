package pdffile

// params are the entries of the standard handler's dictionary (7.6.3, 7.6.4).
type params struct {
	about    Encryption
	o, u     []byte
	oe, ue   []byte
	id       []byte
	cf       Dict
	stm, str Name
	eff      Name
	keySize  int
}

// readParams reads the dictionary; ok is false if this handler cannot open it.
func readParams(v *View, d Dict) (p params, ok bool) {
	get := func(key Name) Object {
		o, err := v.plain(d.Get(key))
		if err != nil {
			return Null{}
		}
		return o
	}
	number := func(key Name, otherwise int64) int64 {
		if n, ok := get(key).(Integer); ok {
			return int64(n)
		}
		return otherwise
	}
	text := func(key Name) []byte {
		s, _ := get(key).(String)
		return s.Bytes
	}
	p.about.Handler, _ = get("Filter").(Name)
	p.about.V, p.about.R = int(number("V", 0)), int(number("R", 0))
	p.about.Permissions = int32(number("P", 0))
	p.about.Metadata = true
	if b, ok := get("EncryptMetadata").(Bool); ok {
		p.about.Metadata = bool(b)
	}
	p.o, p.u, p.oe, p.ue = text("O"), text("U"), text("OE"), text("UE")
	p.cf, _ = get("CF").(Dict)
	p.stm, p.str = "Identity", "Identity"
	if n, ok := get("StmF").(Name); ok {
		p.stm = n
	}
	if n, ok := get("StrF").(Name); ok {
		p.str = n
	}
	p.eff = p.stm
	if n, ok := get("EFF").(Name); ok {
		p.eff = n
	}
	length := number("Length", 40)
	switch p.about.V {
	case 1:
		p.keySize = 5
	case 2, 3:
		p.keySize = int(min(max(length, 0), 128)) / 8
	case 4:
		p.keySize = 16
	case 5:
		p.keySize = 32
	}
	p.about.Bits = 8 * p.keySize
	return p, p.about.Handler == "Standard" && p.sane()
}

// sane checks the sizes on which the algorithms rely.
func (p *params) sane() bool {
	switch r := p.about.R; p.about.V {
	case 1, 2, 3:
		return (r == 2 || r == 3) && p.keySize >= 5 && len(p.o) >= 32 && len(p.u) >= 32
	case 4:
		return r == 4 && len(p.o) >= 32 && len(p.u) >= 32
	case 5:
		return (r == 5 || r == 6) && len(p.o) >= 48 && len(p.u) >= 48 && len(p.oe) >= 32 && len(p.ue) >= 32
	}
	return false
}

// methods sets how strings, streams and embedded files are encrypted (7.6.6).
func (c *handler) methods(p params) {
	if p.about.V < 4 {
		c.strings, c.streams, c.embedded = rc4Method, rc4Method, rc4Method
	} else {
		c.named = map[Name]method{}
		for _, m := range p.cf.Members {
			if d, ok := m.Value.(Dict); ok {
				c.named[m.Key] = methodOf(d.name("CFM"), p.about.V)
			}
		}
		c.named["Identity"] = identity
		c.strings, c.streams, c.embedded = c.named[p.str], c.named[p.stm], c.named[p.eff]
	}
	c.about.Strings, c.about.Streams = methodNames[c.strings], methodNames[c.streams]
}

func methodOf(cfm Name, v int) method {
	switch {
	case cfm == "V2" && v == 4:
		return rc4Method
	case cfm == "AESV2" && v == 4:
		return aes128
	case cfm == "AESV3" && v == 5:
		return aes256
	case cfm == "None" || cfm == "":
		return identity
	}
	return unknownMethod
}
