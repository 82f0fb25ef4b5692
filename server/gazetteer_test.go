package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/server"
)

// finder knows the places of ogcPlaces and some that nobody mentions.
type finder struct{}

func (finder) all() []*gazetteer.Place {
	unnamed := func(id, name string, population int64, more ...gazetteer.Name) *gazetteer.Place {
		return &gazetteer.Place{
			ID: id, Name: name, Kind: gazetteer.Settlement, Country: "FJ", Population: population, Point: orb.Point{178, -18},
			Names: append([]gazetteer.Name{{Text: name}}, more...),
		}
	}
	return append([]*gazetteer.Place{
		unnamed("gn:11", "Stepnoe", 9000), unnamed("gn:12", "Stepanakert", 800), unnamed("gn:13", "Steppe", 0),
		unnamed("gn:14", "Waiyewo", 5), unnamed("gn:15", `<script>alert("place")</script>`, 0), unnamed("gn:16", "Vice", 1, gazetteer.Name{Text: "Step Town", Historical: true}),
	}, ogcPlaces()...)
}

func (f finder) Prefix(prefix string, limit int) []gazetteer.Hit {
	var hits []gazetteer.Hit
	for _, p := range f.all() {
		for _, n := range p.Names {
			if strings.HasPrefix(gazetteer.Fold(n.Text), gazetteer.Fold(prefix)) && len(hits) < limit {
				hits = append(hits, gazetteer.Hit{Place: p, Name: n})
			}
		}
	}
	return hits
}

func (f finder) Lookup(name string) []gazetteer.Hit {
	var hits []gazetteer.Hit
	for _, p := range f.all() {
		if v := strings.NewReplacer("v", "w"); v.Replace(gazetteer.Fold(p.Name)) == v.Replace(gazetteer.Fold(name)) {
			match := gazetteer.Exact
			if gazetteer.Fold(p.Name) != gazetteer.Fold(name) {
				match = gazetteer.Transliterated
			}
			hits = append(hits, gazetteer.Hit{Place: p, Name: p.Names[0], Match: match})
		}
	}
	return hits
}

func (f finder) Place(id string) (*gazetteer.Place, bool) {
	for _, p := range f.all() {
		if p.ID == id && id != "cm:hills" { // which only the data has
			return p, true
		}
	}
	return nil, false
}

func (f finder) CountryPlace(code string) (*gazetteer.Place, bool) {
	if code != "AZ" {
		return nil, false
	}
	return f.Place("gn:2")
}

func gazetteerPath(parameters ...string) string {
	_, query, _ := strings.Cut(items("x", parameters...), "?")
	return "/api/gazetteer?" + query
}

func TestGazetteer(t *testing.T) {
	s := startOGC(t)
	for _, tt := range []struct {
		asked []string
		want  string // ids with how they matched
	}{
		{[]string{"q", "Stepanakert"}, "gn:586523 exact, gn:12 exact"}, // the one that is mentioned first
		{[]string{"q", "step"}, "gn:586523 prefix, gn:11 prefix, gn:12 prefix, gn:13 prefix, gn:16 prefix"},
		{[]string{"q", "step", "limit", "2"}, "gn:586523 prefix, gn:11 prefix"},
		{[]string{"q", "Step Town"}, "gn:16 exact"},
		{[]string{"q", "Waiyevo"}, "gn:1 exact, gn:14 sound"},
		{[]string{"q", "waiyewo"}, "gn:14 exact, gn:1 sound"},
		{[]string{"q", "nowhere"}, ""}, {[]string{"q", "..."}, ""}, {nil, ""}, {[]string{"limit", "5"}, ""},
		{[]string{"id", "gn:2,gn:12,cm:hills,gn:2,gn:none"}, "gn:2 id, gn:12 id, cm:hills id"},
		{[]string{"q", strings.Repeat("ü", 200)}, ""},
	} {
		doc := s.object(gazetteerPath(tt.asked...))
		var got []string
		for _, f := range doc["features"].([]any) {
			p := f.(map[string]any)["properties"].(map[string]any)
			got = append(got, fmt.Sprint(p["id"], " ", p["match"]))
		}
		if strings.Join(got, ", ") != tt.want || doc["numberReturned"] != float64(len(got)) || doc["gazetteer"] != "places-1" {
			t.Errorf("%v: %v, want %s", tt.asked, got, tt.want)
		}
	}
	one := func(id string) map[string]any {
		return s.object(gazetteerPath("id", id))["features"].([]any)[0].(map[string]any)
	}
	events := s.page(items("events", "place", "gn:2")).NumberMatched
	mentions := s.page(items("mentions", "place", "gn:2")).NumberMatched
	want := map[string]any{
		"type": "Feature", "id": "gn:2", "geometry": nil, "properties": map[string]any{
			"id": "gn:2", "name": "Azerbaijan", "label": "Azerbaijan", "matched": "Azerbaijan", "match": "id", "country": "AZ", "country_name": "Azerbaijan",
			"kind": "country", "population": nil, "capital": false, "disputed": false, "events": float64(events), "mentions": float64(mentions), "lon": 47.5, "lat": 40.5,
		},
	}
	if got := one("gn:2"); !reflect.DeepEqual(got, want) || events == 0 || mentions <= events {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := one("gn:12")["properties"].(map[string]any); got["events"] != 0.0 || got["mentions"] != 0.0 || got["country_name"] != nil {
		t.Errorf("a place that nobody mentions has %v", got)
	}
	if got := one("cm:hills")["geometry"].(map[string]any); got["type"] != "Polygon" {
		t.Errorf("an area is drawn as %v", got)
	}
}

func TestGazetteerRefuses(t *testing.T) {
	s := startOGC(t)
	many := strings.TrimSuffix(strings.Repeat("gn:1,", 51), ",")
	for _, tt := range []struct{ query, parameter string }{
		{"q=", "q"}, {"q=a&q=b", "q"}, {"q=" + strings.Repeat("%C3%BC", 201), "q"}, {"q=%ff", "q"}, {"q=a%00", "q"}, {"q=a%0Ab", "q"},
		{"q=a&limit=0", "limit"}, {"q=a&limit=51", "limit"}, {"q=a&limit=x", "limit"}, {"q=a&limit=%2B5", "limit"}, {"q=a&limit=99999999999999999999", "limit"}, {"limit=", "limit"},
		{"id=", "id"}, {"id=gn:1,,gn:2", "id"}, {"id=" + many, "id"}, {"id=%ff", "id"}, {"q=a&id=gn:1", "id"}, {"q=a&name=b", "name"}, {"country=AZ", "country"}, {"q=a&f=xml", "f"},
	} {
		s.refuses("/api/gazetteer?"+tt.query, tt.parameter)
	}
	without := startOGC(t, func(c *server.Config) { c.Places = nil })
	if p := without.problem(without.request(http.MethodGet, "/api/gazetteer?q=a"), 404); !strings.Contains(p.Detail, "no gazetteer") {
		t.Errorf("without a gazetteer: %+v", p)
	}
}

func TestGazetteerIsKept(t *testing.T) {
	s := startOGC(t)
	path := gazetteerPath("q", "step")
	res, body := s.get(path)
	tag := res.Header.Get("ETag")
	if res.Header.Get("Content-Type") != geoJSON || tag == "" {
		t.Errorf("%s %v", res.Status, res.Header)
	}
	if again, same := s.get(path); same != body || again.Header.Get("ETag") != tag {
		t.Error("the same search gives another answer")
	}
	if res, _ := s.get(path, "If-None-Match", tag); res.StatusCode != http.StatusNotModified {
		t.Errorf("with its tag: %s", res.Status)
	}
	other := startOGC(t, func(c *server.Config) { c.Gazetteer = "places-2" })
	if res, _ := other.get(path, "Host", s.addr, "If-None-Match", tag); res.StatusCode == http.StatusNotModified {
		t.Error("another gazetteer has the same tag")
	}
}

func TestGazetteerAsPage(t *testing.T) {
	s := startOGC(t)
	for path, parts := range map[string][]string{
		"/api/gazetteer?f=html":                             {`<input id="q" name="q"`},
		"/api/gazetteer?f=html&q=":                          {`<input id="q" name="q"`},
		"/api/gazetteer?f=html&q=zzz":                       {"no such place", `value="zzz"`},
		"/api/gazetteer?f=html&q=step":                      {"<bdi>Stepanakert</bdi>", "items?place=gn%3a586523&amp;f=html", "Step Town"},
		"/api/gazetteer?f=html&q=%3Cscript":                 {"&lt;script&gt;alert"},
		"/api/gazetteer?f=html&id=gn:2":                     {"<bdi>Azerbaijan</bdi>"},
		"/api/gazetteer?q=" + url.QueryEscape(`"><script>`): {"&#34;&gt;&lt;script&gt;"},
	} {
		res, body := s.get(path, "Accept", mHTML)
		if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), mHTML) || strings.Contains(body, "<script") {
			t.Errorf("%s: %s %v", path, res.Status, res.Header)
		}
		if i := slices.IndexFunc(parts, func(part string) bool { return !strings.Contains(body, part) }); i >= 0 {
			t.Errorf("%s lacks %s:\n%s", path, parts[i], body)
		}
	}
}

func FuzzGazetteerQuery(f *testing.F) {
	for _, seed := range []string{"q=Step&limit=5", "id=gn:1,gn:2", "q=", "limit=50", "q=%ff", "q=a&id=b", "id=,", "q=%D0%A8%D1%83%D1%88%D0%B0", "q=a;limit=1", "%zz"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, raw string, html bool) {
		name, ids, limit, err := server.ReadWantedPlaces(raw, html)
		if err != nil {
			return
		}
		for _, s := range append(ids, name) {
			if !utf8.ValidString(s) || utf8.RuneCountInString(s) > 200 || strings.ContainsFunc(s, unicode.IsControl) {
				t.Errorf("%q asks for %q", raw, s)
			}
		}
		if len(ids) > 50 || limit < 1 || limit > 50 || name != "" && len(ids) > 0 || slices.Contains(ids, "") {
			t.Errorf("%q asks for %q, %q, %d", raw, name, ids, limit)
		}
	})
}
