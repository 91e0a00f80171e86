package certpath
import ("testing";"os";"time")
func TestZZDump(t *testing.T){ h:=newHouse(t)
 l:=h.list(h.entry("2024-03-01", reason(1), ext(oidInvalidityDate,false,general(day("2023-01-01"))), certIssuer(h.ca.cert.RawSubject))).with(ext(oidCRLNumber,false,integer(7)),ext(oidDeltaCRL,true,integer(5)),ext(oidExpiredOnCRL,false,general(proven)), idp(named(uri("http://x")),ctx(1,flag),reasonFlags(3,6),ctx(4,flag)))
 l.next=time.Now().Add(time.Hour)
 os.WriteFile("/tmp/zz.crl",l.raw(),0o600)
 hp:=h.withPoints(t, seq(named(uri("http://x")), reasonFlags(1,6), ctxCons(2,ctxCons(4,h.ca.cert.RawSubject))), seq(ctxCons(0, ctxCons(1, rdn("part 1")))))
 os.WriteFile("/tmp/zz.der",hp.leaf.cert.Raw,0o600)
 a:=h.answer(); a.singles[0].extensions=[][]byte{ext(oidArchiveCutoff,false,general(proven))}; a.extensions=[][]byte{ext(oidOCSPNonce,false,[]byte{4,1,1})}
 os.WriteFile("/tmp/zz.ocsp",wrapOCSP(a.raw(t)),0o600)
}
