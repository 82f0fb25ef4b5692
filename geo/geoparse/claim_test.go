package geoparse_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func TestClaims(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text  string
		claim geo.Claim
		by    string
	}{
		{"They shelled Hadrut.", geo.Reported, ""},
		{"They shelled Hadrut, the Armenian defence ministry said.", geo.Claimed, "the Armenian defence ministry"},
		{"According to the mayor, they shelled Hadrut.", geo.Claimed, "the mayor"},
		{"The Armenian defence ministry said that they shelled Hadrut.", geo.Claimed, "The Armenian defence ministry"},
		{"“They are shelling Hadrut”, said the spokesman.", geo.Claimed, "the spokesman"},
		{"The ministry said that they shelled Hadrut. Baku denied it.", geo.Denied, "The ministry"},
		{"Shells fell in Hadrut, a disputed town, the mayor said.", geo.Claimed, "the mayor"},
		{"The mayor came out. He said that they shelled Hadrut.", geo.Claimed, "The mayor"},
	} {
		ms := sites(parse(t, p, tt.text))
		if len(ms) != 1 || ms[0].Claim != tt.claim || ms[0].ClaimedBy != tt.by {
			t.Errorf("%q: got %+v, want %s by %q", tt.text, ms, tt.claim, tt.by)
		}
	}
}
