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
