package layer_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// The operator's policy names disputed places; the adjective of a people is no name.
func TestLabels(t *testing.T) {
	place := &gazetteer.Place{ID: "gn:146970", Name: "Stepanakert", Kind: gazetteer.Settlement, Disputed: true, Names: []gazetteer.Name{
		{Text: "Stepanakert", Script: "Latn", Preferred: true}, {Text: "Xankəndi", Script: "Latn", Preferred: true},
	}}
	for _, tt := range []struct {
		labels  geo.Labels
		demonym bool
		want    string
	}{
		{"", false, "Stepanakert"},
		{geo.LabelsGazetteer, false, "Stepanakert"},
		{geo.LabelsAsWritten, false, "Khankendi"},
		{geo.LabelsAsWritten, true, "Stepanakert"},
		{geo.LabelsDual, false, "Stepanakert / Xankəndi"},
	} {
		record := geo.Record{Mention: geo.Mention{Name: "Khankendi", Place: place, Demonym: tt.demonym}}
		for f, err := range (layer.Options{Labels: tt.labels}).Mentions(func(yield func(geo.Record, error) bool) { yield(record, nil) }) {
			if err != nil {
				t.Fatal(err)
			}
			if got := property(f, "label"); got != tt.want {
				t.Errorf("labels %q, demonym %v: got %v, want %s", tt.labels, tt.demonym, got, tt.want)
			}
		}
	}
}

func property(f layer.Feature, name string) any {
	for _, p := range f.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}
