package server_test

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/server"
)

// FuzzRaster holds that no address and no origin that is accepted brings another
// directive or source into the content security policy.
func FuzzRaster(f *testing.F) {
	for _, seed := range []string{
		"https://tiles.example/{z}/{x}/{y}.png", "/tiles/{z}/{x}/{y}", "https://a;script-src *.b/{z}/{x}/{y}", "https://[::1]:80/{z}/{x}/{y}",
		"https://*.news.example", "http://a, b", "none", "https://a.example'unsafe-inline'",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		plain := len(strings.Fields(server.PagePolicy(server.Config{EmbedOn: []string{"https://a.example"}}, true)))
		c := server.Config{EmbedOn: []string{given}}
		if server.CheckEmbedders(c.EmbedOn) != nil {
			c.EmbedOn = []string{"https://a.example"}
		}
		more := 0
		c.Raster = &server.Raster{URL: given, Attribution: "x", MaxZoom: 9}
		switch {
		case c.Raster.Check() != nil:
			c.Raster = nil
		case !strings.HasPrefix(given, "/"):
			more = 1
		}
		policy := server.PagePolicy(c, true)
		if n := len(strings.Fields(policy)); n != plain+more || strings.Count(policy, ";") != 8 || strings.ContainsAny(policy, ",\r\n") {
			t.Errorf("%q makes the policy %s", given, policy)
		}
	})
}
