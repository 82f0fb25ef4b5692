package server_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// related is a view that relates what the test says.
type related struct {
	*index.View
	all   []index.Relation
	err   error
	asked int
	query index.Query
}

func (v *related) Relations(_ context.Context, q index.Query) ([]index.Relation, error) {
	v.asked++
	v.query = q
	return v.all, v.err
}

// someCountry knows Armenia with its capital and the country of Azerbaijan.
func someCountry(code string) (country, capital *gazetteer.Place) {
	switch code {
	case "AM":
		return &gazetteer.Place{Name: "Armenia", Point: orb.Point{45, 40}}, &gazetteer.Place{Name: "Yerevan", Point: orb.Point{44.5136, 40.1811}}
	case "AZ":
		return &gazetteer.Place{Name: "Azer<b>aijan", Point: orb.Point{47.5, 40.5}}, nil
	}
	return nil, nil
}

func startRelations(t *testing.T, v *related) *site {
	t.Helper()
	plain, err := index.Of("data-1", func(func(geo.Record, error) bool) {})
	if err != nil {
		t.Fatal(err)
	}
	v.View = plain
	return start(t, &store{}, func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) { return v, nil }
		c.Country = someCountry
	})
}

func someRelations() []index.Relation {
	return []index.Relation{
		{From: "AM", To: "AZ", Sentences: 12, Articles: 7, Published: geo.Interval{From: 737695, To: 737698}, Example: "hostile/1:17"},
		{From: "AZ", To: "XX", Sentences: 1, Articles: 1, Example: "b:3"},
	}
}

func TestRelations(t *testing.T) {
	v := &related{all: someRelations()}
	s := startRelations(t, v)
	res, body := s.get("/api/relations?country=AM&datetime=2020-09-27/..&event=battle&filter=" + url.QueryEscape("name = 'Baku'"))
	want := `{"type":"FeatureCollection","features":[{"type":"Feature","id":"AM-AZ","geometry":{"type":"LineString","coordinates":[[44.5136,40.1811],[47.5,40.5]]},` +
		`"properties":{"from_country":"AM","to_country":"AZ","from_label":"Armenia","to_label":"Azer\u003cb\u003eaijan","from_capital":"Yerevan","to_capital":null,` +
		`"sentences":12,"articles":7,"first":"2020-09-27","last":"2020-09-30","example":"hostile/1:17"}},` +
		`{"type":"Feature","id":"AZ-XX","geometry":null,"properties":{"from_country":"AZ","to_country":"XX","from_label":"Azer\u003cb\u003eaijan","to_label":"XX",` +
		`"from_capital":null,"to_capital":null,"sentences":1,"articles":1,"first":null,"last":null,"example":"b:3"}}],` +
		`"numberMatched":2,"numberReturned":2,"version":"data-1"}` + "\n"
	if res.StatusCode != http.StatusOK || body != want || res.Header.Get("Content-Type") != "application/geo+json" {
		t.Errorf("%s %v\n%s, want\n%s", res.Status, res.Header, body, want)
	}
	if f := v.query.Filter; len(f.Countries) != 1 || f.Datetime.From == 0 || len(f.Events) != 1 || v.query.Where == nil {
		t.Errorf("the view was asked for %+v", v.query)
	}
	if _, body := s.get("/api/relations?limit=1"); !strings.Contains(body, `"numberMatched":2,"numberReturned":1,`) {
		t.Errorf("with a limit of 1: %s", body)
	}
	asked := v.asked
	if res, _ := s.get("/api/relations?limit=1", "If-None-Match", res.Header.Get("ETag")); res.StatusCode != http.StatusOK || v.asked != asked {
		t.Errorf("%s, asked %d times, want the kept answer", res.Status, v.asked-asked)
	}
}

func TestRelationsAsPage(t *testing.T) {
	v := &related{all: someRelations()}
	s := startRelations(t, v)
	res, body := s.get("/api/relations?f=html")
	for _, part := range []string{
		"<h1><bdi>Who talks about whom</bdi></h1>", "<strong>2</strong> selected", ">Armenia</th>", "Azer&lt;b&gt;aijan", `<time datetime="2020-09-27">`,
		"/api/collections/mentions/items/hostile%2F1:17?f=html",
	} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %s:\n%s", part, body)
		}
	}
	if res.StatusCode != http.StatusOK || strings.Contains(body, "<script") || strings.Contains(body, "<b>") {
		t.Errorf("%s\n%s", res.Status, body)
	}
	v.all = nil
	if _, body := s.get("/api/relations?f=html&q=nothing"); !strings.Contains(body, "No sentence") {
		t.Errorf("nothing is selected, and the page says\n%s", body)
	}
}

func TestBadParametersOfRelations(t *testing.T) {
	s := startRelations(t, &related{})
	for query, parameter := range map[string]string{
		"role=actor": "role", "role=": "role", "limit=0": "limit", "limit=501": "limit", "limit=": "limit", "limit=1&limit=2": "limit", "collection=mentions": "collection",
		"country=Armenia": "country", "f=csv": "f", "filter=nothing%3D1": "filter", "cursor=x": "cursor",
	} {
		p := s.problem(s.request(http.MethodGet, "/api/relations?"+query), http.StatusBadRequest)
		if len(p.Errors) != 1 || p.Errors[0].Parameter != parameter {
			t.Errorf("%s: %+v", query, p)
		}
	}
}

func TestRelationsThatFail(t *testing.T) {
	s := startRelations(t, &related{err: errors.New("disk lost")})
	if p := s.problem(s.request(http.MethodGet, "/api/relations"), http.StatusInternalServerError); strings.Contains(p.Detail, "disk lost") {
		t.Errorf("the client learns %s", p.Detail)
	}
}
