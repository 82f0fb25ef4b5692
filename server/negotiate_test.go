package server_test

import (
	"net"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/server"
)

func FuzzHoldsTag(f *testing.F) {
	for _, s := range []string{"*", `"a"`, `W/"a", "b,c"`, `"`, ` ,,"tag"`, `W/W/"tag"`, `x"tag"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		const tag = `"tag"`
		if server.HoldsTag(header, tag) && !strings.Contains(header, tag) && !strings.Contains(header, "*") {
			t.Fatalf("%q does not hold %s", header, tag)
		}
		if !server.HoldsTag(`"x", W/`+tag+","+header, tag) {
			t.Fatalf("a tag in front of %q is missed", header)
		}
	})
}

func FuzzPreferredCoding(f *testing.F) {
	for _, s := range []string{"gzip", "gzip;q=0", "*;q=0.1, identity", ";;q==", "gzip;q=1e400", "gzip;q=-0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		coding := server.PreferredCoding(header)
		named := strings.Contains(strings.ToLower(header), "gzip") || strings.Contains(header, "*")
		if coding != "identity" && (coding != "gzip" || !named) {
			t.Fatalf("%q gives %q", header, coding)
		}
	})
}

func FuzzHosts(f *testing.F) {
	for _, s := range []string{"localhost", "[::1]:8080", "evil.example", "localhost:80:80", "[localhost]", "LOCALHOST."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, host string) {
		loopback := &net.TCPAddr{IP: net.IPv6loopback}
		if !server.HostAllowed(loopback, nil, host) {
			return
		}
		lower := strings.ToLower(host)
		if !strings.Contains(lower, "localhost") && !strings.Contains(host, "127.0.0.1") && !strings.Contains(host, "::1") {
			t.Fatalf("%q passes", host)
		}
	})
}
