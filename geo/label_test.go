package geo_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

func TestLabels(t *testing.T) {
	disputed := &gazetteer.Place{Name: "Stepanakert", Disputed: true, Names: []gazetteer.Name{
		{Text: "Stepanakert", Lang: "en", Script: "Latn", Preferred: true},
		{Text: "Ստեփանակերտ", Lang: "hy", Script: "Armn", Preferred: true},
		{Text: "Vararakn", Script: "Latn", Preferred: true, Historical: true},
		{Text: "Xankəndi", Lang: "az", Script: "Latn", Preferred: true},
		{Text: "Khankendi", Lang: "en", Script: "Latn"},
		{Text: "Stepanakerti", Lang: "en", Script: "Latn", Demonym: true},
	}}
	single := &gazetteer.Place{Name: "Hadrut", Disputed: true, Names: []gazetteer.Name{{Text: "Hadrut", Script: "Latn", Preferred: true}}}
	calm := &gazetteer.Place{Name: "Goris", Names: []gazetteer.Name{
		{Text: "Goris", Script: "Latn", Preferred: true}, {Text: "Kores", Script: "Latn", Preferred: true},
	}}
	cases := []struct {
		labels  geo.Labels
		place   *gazetteer.Place
		written string
		want    string
	}{
		{geo.LabelsAsWritten, disputed, "Khankendi", "Khankendi"},
		{geo.LabelsAsWritten, disputed, "", "Stepanakert"},
		{geo.LabelsGazetteer, disputed, "Khankendi", "Stepanakert"},
		{geo.LabelsDual, disputed, "Khankendi", "Stepanakert / Khankendi"},
		{geo.LabelsDual, disputed, "KHANKENDI", "Stepanakert / KHANKENDI"},
		{geo.LabelsDual, disputed, "Stepanakert", "Stepanakert / Xankəndi"},
		{geo.LabelsDual, disputed, "", "Stepanakert / Xankəndi"},
		{geo.LabelsDual, disputed, "Vararakn", "Stepanakert / Xankəndi"},
		{geo.LabelsDual, disputed, "Stepanakerti", "Stepanakert / Xankəndi"},
		{geo.LabelsDual, disputed, "Ստեփանակերտ", "Stepanakert / Ստեփանակերտ"},
		{geo.LabelsDual, single, "Hadrut", "Hadrut"},
		{geo.LabelsAsWritten, calm, "Kores", "Goris"},
		{geo.LabelsDual, calm, "Kores", "Goris"},
		{"", disputed, "Khankendi", "Stepanakert"},
	}
	for _, c := range cases {
		if got := c.labels.Label(c.place, c.written); got != c.want {
			t.Errorf("%q for %s written %q: %q, want %q", c.labels, c.place.Name, c.written, got, c.want)
		}
	}
}

func TestParseLabels(t *testing.T) {
	for _, s := range []string{"as-written", "gazetteer", "dual"} {
		if l, err := geo.ParseLabels(s); err != nil || string(l) != s {
			t.Errorf("ParseLabels(%q) = %q, %v", s, l, err)
		}
	}
	for _, s := range []string{"", "Dual", "both"} {
		if l, err := geo.ParseLabels(s); err == nil {
			t.Errorf("ParseLabels(%q) = %q, want an error", s, l)
		}
	}
}
