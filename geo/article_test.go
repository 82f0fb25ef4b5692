package geo_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func TestNewIDTellsArticlesApart(t *testing.T) {
	base := geo.Article{Source: "Agency", URL: "https://a.example/1", Title: "Shelling", Published: 737695, Text: "Text."}
	same := base
	same.ID = "brought along"
	if base.NewID() != same.NewID() {
		t.Errorf("the id depends on the id that the article brought")
	}
	if got := base.NewID(); len(got) != 20 {
		t.Errorf("NewID = %q, want 20 characters", got)
	}
	changes := map[string]func(a *geo.Article){
		"source":    func(a *geo.Article) { a.Source = "agency" },
		"url":       func(a *geo.Article) { a.URL = "https://a.example/2" },
		"title":     func(a *geo.Article) { a.Title = "" },
		"published": func(a *geo.Article) { a.Published++ },
		"text":      func(a *geo.Article) { a.Text = "Text" },
		// What moves from one field to the next is another article, even
		// where the text itself looks like the border between fields.
		"moved":     func(a *geo.Article) { a.Source, a.URL = "", "Agencyhttps://a.example/1" },
		"separator": func(a *geo.Article) { a.Source, a.URL = "Agency\x00https://a.example/1", "" },
		"length":    func(a *geo.Article) { a.Source, a.URL = "Agency19:https://a.example/1", "" },
	}
	seen := map[string]string{base.NewID(): "base"}
	for name, change := range changes {
		a := base
		change(&a)
		id := a.NewID()
		if other, ok := seen[id]; ok {
			t.Errorf("%s and %s have the id %s", name, other, id)
		}
		seen[id] = name
	}
}

func TestOriginSeesThroughLayout(t *testing.T) {
	cases := []struct {
		name, a, b string
		same       bool
	}{
		{"case and punctuation", "STEPANAKERT — Shelling, again!", "Stepanakert: shelling again", true},
		{"spaces and lines", "One two\nthree", "One  two three ", true},
		{"Greek final sigma", "ΟΔΟΣ", "οδος", true},
		{"other scripts", "Ստեփանակերտ։", "ստեփանակերտ", true},
		{"digits count", "18 dead", "19 dead", false},
		{"words count", "One account", "Another account", false},
		{"source and title don't", "Same", "Same", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := geo.Article{Source: "A", Title: "a", Text: c.a}
			b := geo.Article{Source: "B", Title: "b", Text: c.b}
			if same := a.Origin() == b.Origin(); same != c.same {
				t.Errorf("Origin(%q) == Origin(%q) is %t", c.a, c.b, same)
			}
		})
	}
}
