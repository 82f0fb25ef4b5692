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
		{"They shelled Hadrut, said residents and two aid workers.", geo.Claimed, "residents and two aid workers"},
		{"Doctors and officials say that they shelled Hadrut.", geo.Claimed, "Doctors and officials"},
		{"On Sunday the mayor, an old man, said that they shelled Hadrut.", geo.Claimed, "the mayor"},
		{"The army denied this and said that rebels shelled Hadrut.", geo.Claimed, "The army"},
		{"Shelling in Hadrut was reported by local officials.", geo.Claimed, "local officials"},
		{"By the count of a teachers' union, shells fell on Hadrut.", geo.Claimed, "a teachers' union"},
		{"They shelled Hadrut, said a statement by the governor.", geo.Claimed, "the governor"},
		{"They shelled Hadrut; nobody claimed responsibility.", geo.Reported, ""},
		{"The mayor came out. He said that they shelled Hadrut.", geo.Claimed, "The mayor"},
	} {
		ms := sites(parse(t, p, tt.text))
		if len(ms) != 1 || ms[0].Claim != tt.claim || ms[0].ClaimedBy != tt.by {
			t.Errorf("%q: got %+v, want %s by %q", tt.text, ms, tt.claim, tt.by)
		}
	}
}
