package gazetteer_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
)

func TestAttribution(t *testing.T) {
	for name, tt := range map[string]struct {
		sources []gazetteer.Source
		want    string
	}{
		"nothing": {},
		"one":     {[]gazetteer.Source{{Licence: "CC BY 4.0", Attribution: "Contains data from A."}}, "Contains data from A. Licences: CC BY 4.0."},
		"own":     {[]gazetteer.Source{{Licence: "MIT"}}, "Licences: MIT."},
		"what is said twice": {[]gazetteer.Source{
			{Licence: "CC BY 4.0", Attribution: "Contains data from A (https://a.example)."},
			{Licence: "ODbL 1.0", Attribution: "Thanks to D, and to E."},
			{Licence: "CC BY 4.0", Attribution: "Contains data from A (CC BY 4.0), B (public domain) and C."},
			{Licence: "ODbL 1.0, CC BY 4.0", Attribution: "Contains data from C and A."},
			{Licence: "ODbL 1.0", Attribution: "Thanks to D, and to E."},
		}, "Contains data from A (https://a.example), B (public domain), C. Thanks to D, and to E. Licences: CC BY 4.0, ODbL 1.0."},
	} {
		if got := (gazetteer.Info{Sources: tt.sources}).Attribution(); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}
