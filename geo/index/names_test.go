package index_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

func TestPlacesNamed(t *testing.T) {
	place := func(id string, names ...gazetteer.Name) *gazetteer.Place {
		return &gazetteer.Place{ID: id, Name: names[0].Text, Kind: gazetteer.Settlement, Names: names}
	}
	name := func(s string) gazetteer.Name { return gazetteer.Name{Text: s} }
	shusha := place("gn:1", name("Şuşa"), name("Shushi"), gazetteer.Name{Text: "Shusha people", Demonym: true}, name("Shusha"))
	shushtar := place("gn:2", name("Shushtar"))
	old := place("gn:3", name("Riverside"), gazetteer.Name{Text: "Shu", Historical: true}, name("Shusha-on-Sea"))
	var records []geo.Record
	for i, p := range []*gazetteer.Place{shushtar, shusha, old, shusha, old, old, nil} {
		records = append(records, geo.Record{Mention: geo.Mention{Article: "a", Start: i * 10, End: i*10 + 5, Place: p, Role: geo.Setting}, Article: geo.Article{ID: "a"}})
	}
	v := viewOf(t, records)
	for _, tt := range []struct {
		prefix string
		limit  int
		want   string
	}{
		{"shus", 10, "gn:3 Shusha-on-Sea, gn:1 Shusha, gn:2 Shushtar"}, {"SHUS", 2, "gn:3 Shusha-on-Sea, gn:1 Shusha"},
		{"şu", 1, "gn:1 Şuşa"}, {"shu", 1, "gn:3 Shu"}, {"shusha p", 9, "gn:1 Shusha people"}, {"x", 9, ""}, {"", 9, ""}, {"…", 9, ""}, {"shus", 0, ""},
	} {
		var got []string
		for _, h := range v.PlacesNamed(tt.prefix, tt.limit) {
			got = append(got, h.Place.ID+" "+h.Name.Text)
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%q: %s, want %s", tt.prefix, s, tt.want)
		}
	}
	if events, mentions := v.PlaceCounts("gn:3"); events != 0 || mentions != 3 {
		t.Errorf("%d events and %d mentions", events, mentions)
	}
	if events, mentions := v.PlaceCounts("gn:4"); events != 0 || mentions != 0 {
		t.Errorf("%d events and %d mentions of an unknown place", events, mentions)
	}
}

func TestPlacesNamedByManyAtOnce(t *testing.T) {
	p := &gazetteer.Place{ID: "gn:1", Name: "Town", Names: []gazetteer.Name{{Text: "Town"}}}
	v := viewOf(t, []geo.Record{{Mention: geo.Mention{Article: "a", Place: p, Role: geo.Site, Event: geo.Battle, Days: geo.Interval{From: 5, To: 5}}, Article: geo.Article{ID: "a"}}})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if hits := v.PlacesNamed("to", 1+i); len(hits) != 1 {
				t.Errorf("%d hits", len(hits))
			}
		})
	}
	all.Wait()
	if got := fmt.Sprint(v.PlaceCounts("gn:1")); got != "1 1" {
		t.Errorf("counts %s", got)
	}
}
