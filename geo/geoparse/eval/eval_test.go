package eval_test

import (
	"os"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/paulmach/orb"
)

// fixed is a parser that always says the same.
type fixed []geo.Mention

func (f fixed) Parse(geo.Article) []geo.Mention { return f }

func place(id string, kind gazetteer.Kind, country string, lon, lat float64) *gazetteer.Place {
	return &gazetteer.Place{ID: id, Name: id, Kind: kind, Country: country, Point: orb.Point{lon, lat}}
}

const corpus = `{"id":"a","published":"2020-09-27","text":"Goris, Baku, Armenia, USSR, Kapan.","mentions":[
 {"start":0,"end":5,"name":"Goris","country":"AM","lat":39.5,"lon":46.3,"kind":"settlement","role":"site","event":"battle","from":"2020-09-27","to":"2020-09-27","claim":"reported"},
 {"start":7,"end":11,"name":"Baku","country":"AZ","lat":40.4,"lon":49.9,"kind":"settlement","role":"actor"},
 {"start":13,"end":20,"name":"Armenia","country":"AM","lat":40.3,"lon":44.9,"kind":"country","role":"setting"},
 {"start":22,"end":26,"name":"USSR","kind":"country","role":"setting","optional":true},
 {"start":28,"end":33,"name":"Kapan","country":"AM","lat":39.2,"lon":46.4,"kind":"settlement","role":"site","event":"explosion","from":"2020-09-26","to":"2020-09-26"}]}`

func line(s string) string { return strings.ReplaceAll(s, "\n", "") }

func TestRun(t *testing.T) {
	day, _ := geo.Date(2020, 9, 27)
	baku := place("baku", gazetteer.Settlement, "AZ", 49.9, 40.4)
	baku.Capital = true
	p := fixed{
		{Start: 0, End: 5, Name: "Goris", Place: place("goris", gazetteer.Settlement, "AM", 46.3, 39.5), Role: geo.Site,
			Event: geo.Explosion, Days: geo.Interval{From: day, To: day}, Claim: geo.Reported},
		{Start: 7, End: 11, Name: "Baku", Place: baku, Role: geo.Site, Event: geo.Battle},
		{Start: 13, End: 20, Name: "Armenia", Place: place("am", gazetteer.Country, "AM", 10, 10), Role: geo.Setting},
		{Start: 22, End: 26, Name: "USSR", Role: geo.Site},
		{Start: 30, End: 33, Name: "pan", Role: geo.Setting},
	}
	rs, err := eval.Run(p, "x.jsonl", strings.NewReader(line(corpus)))
	if err != nil {
		t.Fatal(err)
	}
	r := rs[0]
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"documents", r.Documents, 1},
		{"spans, the optional one left out", r.Spans, eval.Found{True: 3, False: 1, Missed: 1}},
		{"acc161, the country by identity", r.Acc161, eval.Ratio{Right: 3, Of: 3}},
		{"roles", r.Roles, eval.Ratio{Right: 2, Of: 3}},
		{"sites", r.Sites, eval.Found{True: 1, False: 1, Missed: 1}},
		{"false capitals", r.FalseCapitals, 1},
		{"pins", r.Pins, eval.Found{True: 1, False: 1, Missed: 1}},
		{"events", r.Events, eval.Ratio{Right: 0, Of: 1}},
		{"days", r.Days, eval.Ratio{Right: 1, Of: 1}},
		{"claims", r.Claims, eval.Ratio{Right: 1, Of: 1}},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
	if f1 := r.Sites.F1(); f1 != 0.5 {
		t.Errorf("F1 of one true, one false, one missed is %v, want 0.5", f1)
	}
}

func TestRunRefuses(t *testing.T) {
	for _, tt := range []struct{ name, corpus, want string }{
		{"no JSON", "{", "x.jsonl:1: read document"},
		{"span", `{"id":"a","text":"Goris","mentions":[{"start":1,"end":5,"name":"Goris"}]}`, `x.jsonl:1: document a: the text at 1:5 is not "Goris"`},
		{"span outside", `{"id":"a","text":"Goris","mentions":[{"start":0,"end":50,"name":"Goris"}]}`, "at 0:50"},
		{"day", "\n" + `{"id":"a","published":"2020-02-30","text":""}`, "x.jsonl:2: "},
		{"text file", `{"id":"a","text_file":"no-such-file.txt"}`, "no-such-file.txt"},
		{"empty", "", "no documents"},
	} {
		_, err := eval.Run(fixed{}, "x.jsonl", strings.NewReader(tt.corpus))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

// The two real articles: what the main job must show.
func TestGoldArticles(t *testing.T) {
	name := geotest.Shared(t, "gold", "seeds.jsonl")
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	rs, err := eval.Run(geoparse.New(g, nil), name, f)
	if err != nil {
		t.Fatal(err)
	}
	r := rs[0]
	for _, e := range r.Errors {
		t.Logf("%s: %s: %s", e.Document, e.What, e.Context)
	}
	if got := r.Spans.F1(); got < 0.95 {
		t.Errorf("strict F1 %.3f, want 0.95", got)
	}
	if got := r.Roles.Share(); got < 0.90 {
		t.Errorf("role accuracy %.3f, want 0.90", got)
	}
	if r.Sites.True != 9 || r.Sites.False != 0 || r.Sites.Missed != 0 {
		t.Errorf("sites %+v, want all 9 and no other", r.Sites)
	}
	if r.Events.Right != 9 || r.Days.Right != 9 || r.Pins.True != 9 {
		t.Errorf("of 9 sites %d have the event, %d the days, %d the place", r.Events.Right, r.Days.Right, r.Pins.True)
	}
}

func FuzzRun(f *testing.F) {
	f.Add(line(corpus))
	f.Add(`{"id":"a","text":"é","mentions":[{"start":-1,"end":1,"name":"é"}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "text_file") {
			t.Skip() // reads files
		}
		_, _ = eval.Run(fixed{}, "x.jsonl", strings.NewReader(s))
	})
}
