package gazetteer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
)

func TestPrefix(t *testing.T) {
	g := tables(t)
	tests := []struct {
		prefix string
		limit  int
		want   []string // the first of what comes
	}{
		{"stepanak", 5, []string{"gn:146970"}},
		{"Степан", 5, []string{"gn:146970"}},
		{"xank", 5, []string{"gn:146970"}},
		{"nagorno-k", 5, []string{"cm:nagorno-karabakh"}},
		{"unit", 3, []string{"gn:6252001", "gn:3996063"}}, // the United Mexican States
		{"united k", 3, []string{"gn:2635167"}},
		{"armeni", 1, []string{"gn:174982"}},
		{"GORI", 2, []string{"gn:614455", "gn:174895"}},
		{"goris", 1, []string{"gn:174895"}},
		{"", 5, nil},
		{"...", 5, nil},
		{"xyzxyz", 5, nil},
		{"a", 0, nil},
		{"a", -1, nil},
	}
	for _, tt := range tests {
		got := ids(g.Prefix(tt.prefix, tt.limit))
		if len(got) < len(tt.want) || !slices.Equal(got[:len(tt.want)], tt.want) || len(tt.want) == 0 && got != nil || len(got) > max(tt.limit, 0) {
			t.Errorf("Prefix(%q, %d) = %v, want %v", tt.prefix, tt.limit, got, tt.want)
		}
	}
}

// The best completions are those that asking for all of them puts first.
func TestPrefixIsBest(t *testing.T) {
	b := newBuilder(t, gazetteer.BuilderOptions{})
	synthetic(t, b, 20_000)
	g := compile(t, b)
	population := func(hits []gazetteer.Hit) (all []int64) {
		for _, h := range hits {
			all = append(all, h.Place.Population)
		}
		return all
	}
	for _, prefix := range []string{"k", "sus", "gor", "khan", "ха", "kara ka", "bagh"} {
		bearers := make(map[string]int64)
		for p := range g.Places() {
			for _, n := range p.Names {
				if strings.HasPrefix(gazetteer.Fold(n.Text), prefix) {
					bearers[p.ID] = p.Population
				}
			}
		}
		all := g.Prefix(prefix, 1000)
		if want := min(1000, len(bearers)); len(all) != want {
			t.Errorf("%s: %d places, want %d", prefix, len(all), want)
		}
		seen := make(map[string]bool)
		for _, h := range all {
			if _, ok := bearers[h.Place.ID]; !ok || seen[h.Place.ID] {
				t.Errorf("%s: %s comes twice, or is called %q", prefix, h.Place.ID, h.Name.Text)
			}
			seen[h.Place.ID] = true
		}
		few := g.Prefix(prefix, 10)
		if !slices.Equal(ids(few), ids(all[:len(few)])) {
			t.Errorf("%s: the first ten are %v, of all they are %v", prefix, population(few), population(all[:len(few)]))
		}
	}
}
