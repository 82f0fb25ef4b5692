package geoparse_test

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

func TestForms(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"shell+", "shell|shells|shelled|shelling"},
		{"kidnap++", "kidnap|kidnaps|kidnapped|kidnapping"},
		{"seize+", "seize|seizes|seized|seizing"},
		{"occupy+", "occupy|occupies|occupied|occupying"},
		{"clash*", "clash|clashes"},
		{"rally*", "rally|rallies"},
		{"say says said saying", "say|says|said|saying"},
		{"air strike*", "air strike|air strikes"},
		{"exchange* of fire", "exchange of fire|exchanges of fire"},
		{"martial law", "martial law"},
		{"blown up", "blown up"},
	} {
		if got := strings.Join(geoparse.Forms(tt.line), "|"); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.line, got, tt.want)
		}
	}
}

// Every word tells of an event of the guidelines, or of one of the two kinds that
// its sentence decides on.
func TestLexiconKinds(t *testing.T) {
	kinds := geoparse.EventKinds()
	for _, e := range geo.EventTypes() {
		if e != geo.Casualties && kinds[string(e)] == 0 {
			t.Errorf("no word for %s", e)
		}
		delete(kinds, string(e))
	}
	delete(kinds, "attack")
	delete(kinds, "harm")
	if len(kinds) > 0 {
		t.Errorf("unknown kinds %v", kinds)
	}
}
