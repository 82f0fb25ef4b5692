package geoparse_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// lesson is a text for the role model, with one gold site.
func lesson(t *testing.T, text string) geoparse.Lessons {
	t.Helper()
	var l geoparse.Lessons
	newParser(t).Learn(geoparse.Labelled{
		Article: geo.Article{Text: text},
		Gold:    []geoparse.Gold{{Start: 13, End: 24, Role: geo.Site}},
		Group:   7,
	}, &l)
	return l
}

func TestLearnRoles(t *testing.T) {
	l := lesson(t, "Shells fell, Stepanakert burned.")
	if len(l.Role) != 1 {
		t.Fatalf("got %d examples, want 1", len(l.Role))
	}
	e := l.Role[0]
	if e.Label != 0 || e.Group != 7 || len(e.Features) < 20 {
		t.Errorf("label %d, group %d, %d features", e.Label, e.Group, len(e.Features))
	}
	again := lesson(t, "Shells fell, Stepanakert burned.")
	for i, f := range again.Role[0].Features {
		if e.Features[i] != f {
			t.Fatalf("feature %d differs between two runs", i)
		}
	}
}

func TestLearnScenes(t *testing.T) {
	var l geoparse.Lessons
	// Stepanakert is marked; Baku is not; demonyms say nothing.
	text := "Azerbaijani guns shelled Stepanakert, said Baku."
	newParser(t).LearnScenes(geo.Article{Text: text}, [][2]int{{25, 36}}, 3, &l)
	if len(l.Scene) != 2 {
		t.Fatalf("got %d examples, want 2", len(l.Scene))
	}
	if l.Scene[0].Label != 1 || l.Scene[1].Label != 0 || l.Scene[0].Group != 3 {
		t.Errorf("labels %d %d, group %d", l.Scene[0].Label, l.Scene[1].Label, l.Scene[0].Group)
	}
}

func TestSecondRole(t *testing.T) {
	shares := [][]float32{{0.9, 0.1, 0, 0}, {0, 0, 1, 0}}
	at := func(n int) []float32 { return shares[n] }
	none := geoparse.SecondRole(nil, nil, at)
	site := geoparse.SecondRole(nil, []geoparse.RoleLink{{Kind: 0, To: 0}}, at)
	actor := geoparse.SecondRole(nil, []geoparse.RoleLink{{Kind: 0, To: 1}}, at)
	if len(site) != len(actor) || len(site) <= len(none) {
		t.Fatalf("%d, %d and %d features", len(none), len(site), len(actor))
	}
	if site[0] == actor[0] {
		t.Error("a neighbour that is a site looks like one that is an actor")
	}
}
