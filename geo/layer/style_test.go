package layer_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

func TestEventStyles(t *testing.T) {
	styles := layer.EventStyles()
	types := append(geo.EventTypes(), "")
	if len(styles) != len(types) {
		t.Fatalf("%d styles for %d types", len(styles), len(types))
	}
	colours := map[layer.RGB]bool{}
	for i, s := range styles {
		if s.Event != types[i] || s.Label == "" || s.Marker == "" {
			t.Errorf("style %d is %+v, want one of %q", i, s, types[i])
		}
		if colours[s.Colour] {
			t.Errorf("%s shares its colour", s.Event)
		}
		colours[s.Colour] = true
	}
	if c := styles[0].Colour; c.Hex() != "#d55e00" || c.Alpha(60) != "213,94,0,60" {
		t.Errorf("the colour of explosions is %s and %s", c.Hex(), c.Alpha(60))
	}
}
