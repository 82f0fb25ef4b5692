package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/server"
)

// The tests ogc_*_test.go hold each requirement of OGC API - Features, under its
// id, against a running server with the records of ogcRecords.

const (
	geoJSON = "application/geo+json"
	mJSON   = "application/json"
	mHTML   = "text/html"
	mOAS    = "application/vnd.oai.openapi+json;version=3.0"
	crs84   = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	wgs84   = "http://www.opengis.net/def/crs/EPSG/0/4326"
	webMerc = "http://www.opengis.net/def/crs/EPSG/0/3857"
)

// ogcPlaces are a town, one across the antimeridian, a region and a country,
// which has no footprint.
func ogcPlaces() []*gazetteer.Place {
	named := func(id, name string, kind gazetteer.Kind, country string, at orb.Point) *gazetteer.Place {
		return &gazetteer.Place{ID: id, Name: name, Kind: kind, Country: country, Point: at, Source: "GeoNames", Names: []gazetteer.Name{{Text: name}}}
	}
	region := named("cm:hills", "The Hills' End", gazetteer.Region, "AZ", orb.Point{46.5, 39.5})
	region.Shape = orb.Polygon{{{46, 39}, {47, 39}, {47, 40}, {46, 40}, {46, 39}}}
	return []*gazetteer.Place{
		town, named("gn:1", "Waiyevo", gazetteer.Settlement, "FJ", orb.Point{-179.98, -16.79}), region,
		named("gn:2", "Azerbaijan", gazetteer.Country, "AZ", orb.Point{47.5, 40.5}),
	}
}

const ogcRecordCount = 60

// ogcRecords are mentions of these places in articles with awkward ids. Every
// seventh has no event, every eleventh no place, every fifth lasts four
// days, every other one of these known to the month only.
func ogcRecords(yield func(geo.Record, error) bool) {
	places := ogcPlaces()
	for i := range ogcRecordCount {
		a := geo.Article{
			ID: fmt.Sprintf("a/%02d?&", i), Source: []string{"The Times", "Nobody, Inc."}[i%2], Title: hostile.Title,
			Published: mention.Days.From + geo.Day(i%20) + 1,
		}
		m := geo.Mention{
			Article: a.ID, Start: 10, End: 21, SentenceStart: 5, Name: "Stepanakert", Sentence: "Bombs: Stepanakert' \"AND\" 2=2;--",
			Place: places[i%4], WherePrec: 1, Role: geo.Site, Event: geo.EventTypes()[i%3], DatePrec: 1,
			Days: geo.Interval{From: mention.Days.From + geo.Day(i/3), To: mention.Days.From + geo.Day(i/3)}, Claim: geo.Reported,
			Confidence: float64(i%10) / 10,
		}
		if i%5 == 4 {
			m.Days.To += 3
		}
		if i%10 == 9 {
			m.DatePrec = geo.DateMonth
		}
		if i%7 == 6 {
			m.Role, m.Event, m.Days, m.DatePrec, m.Claim = geo.Setting, "", geo.Interval{}, 0, ""
		}
		if i%11 == 10 {
			m.Place, m.WherePrec = nil, 0
		}
		if !yield(geo.Record{Mention: m, Article: a, Origin: a.ID}, nil) {
			return
		}
	}
}

// ogc is a server with these records.
type ogc struct {
	*site
	view *index.View
}

func startOGC(t *testing.T, configure ...func(*server.Config)) *ogc {
	t.Helper()
	v, err := index.Of("data-1", ogcRecords)
	if err != nil {
		t.Fatal(err)
	}
	return &ogc{start(t, &store{}, append([]func(*server.Config){func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) { return v, nil }
	}}, configure...)...), v}
}

// object reads the JSON document at the path.
func (s *ogc) object(path string, headers ...string) map[string]any {
	s.Helper()
	if len(headers) == 0 {
		headers = []string{"Accept", geoJSON + ", " + mJSON}
	}
	res, body := s.get(path, headers...)
	var doc map[string]any
	if err := json.Unmarshal([]byte(body), &doc); err != nil || res.StatusCode != http.StatusOK {
		s.Fatalf("%s: %s, %v: %.300s", path, res.Status, err, body)
	}
	return doc
}

type ogcLink struct{ Href, Rel, Type string }

// linksOf reads the links of a document, and wants each to be absolute and to
// have rel and type.
func (s *ogc) linksOf(doc any) []ogcLink {
	s.Helper()
	var with struct{ Links []ogcLink }
	text, err := json.Marshal(doc)
	if err == nil {
		err = json.Unmarshal(text, &with)
	}
	if err != nil {
		s.Fatal(err)
	}
	for _, l := range with.Links {
		if u, err := url.Parse(l.Href); err != nil || !u.IsAbs() || l.Rel == "" || l.Type == "" {
			s.Errorf("the link %+v is not absolute, or lacks rel or type", l)
		}
	}
	return with.Links
}

// path is the link without the server's address.
func (s *ogc) path(href string) string {
	s.Helper()
	path, ok := strings.CutPrefix(href, "http://"+s.addr)
	if !ok {
		s.Fatalf("%s is no link to this server", href)
	}
	return path
}

// linked are the links with the relation, and with the type unless it is empty.
func linked(links []ogcLink, rel, mediaType string) []ogcLink {
	var found []ogcLink
	for _, l := range links {
		if l.Rel == rel && (mediaType == "" || l.Type == mediaType) {
			found = append(found, l)
		}
	}
	return found
}

// selfAndAlternates wants links to the document in all media types.
func (s *ogc) selfAndAlternates(doc any, types ...string) {
	s.Helper()
	links := s.linksOf(doc)
	if len(linked(links, "self", "")) != 1 {
		s.Errorf("there are the self links %v", linked(links, "self", ""))
	}
	for _, mediaType := range types {
		if len(linked(links, "self", mediaType))+len(linked(links, "alternate", mediaType)) == 0 {
			s.Errorf("no self or alternate link of type %s in %v", mediaType, links)
		}
	}
}

// ogcFeature is what tests look at of a feature.
type ogcFeature struct {
	Type, ID   string
	Geometry   *struct{ Coordinates json.RawMessage }
	Properties map[string]any
	Links      []ogcLink
}

func (f *ogcFeature) day(t *testing.T, name string) geo.Day {
	t.Helper()
	text, _ := f.Properties[name].(string)
	if text == "" {
		return 0
	}
	day, err := geo.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

type ogcPage struct {
	Type           string
	TimeStamp      *time.Time
	NumberMatched  int
	NumberReturned int
	Features       []ogcFeature
	Links          []ogcLink
}

// page reads a page of items.
func (s *ogc) page(path string) *ogcPage {
	s.Helper()
	res, body := s.get(path, "Accept", geoJSON)
	var p ogcPage
	if err := json.Unmarshal([]byte(body), &p); err != nil || res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != geoJSON {
		s.Fatalf("%s: %s %v, %v: %.300s", path, res.Status, res.Header, err, body)
	}
	if p.Type != "FeatureCollection" || p.NumberReturned != len(p.Features) || p.Features == nil {
		s.Errorf("%s: %s with %d of %d features", path, p.Type, len(p.Features), p.NumberReturned)
	}
	s.linksOf(p)
	return &p
}

// walk follows the next links to the end and returns the ids.
func (s *ogc) walk(path string) (ids []string, first *ogcPage) {
	s.Helper()
	for {
		p := s.page(path)
		if first == nil {
			first = p
		}
		for _, f := range p.Features {
			ids = append(ids, f.ID)
		}
		next := linked(p.Links, "next", geoJSON)
		if len(next) == 0 {
			return ids, first
		}
		if len(p.Features) == 0 {
			s.Fatalf("%s: an empty page has a next one", path)
		}
		path = s.path(next[0].Href)
	}
}

// items is the path of the items with the parameters name, value, ….
func items(collection string, parameters ...string) string {
	values := url.Values{}
	for i := 0; i < len(parameters); i += 2 {
		values.Add(parameters[i], parameters[i+1])
	}
	return "/api/collections/" + collection + "/items?" + values.Encode()
}

// refuses wants a problem document that blames the parameter.
func (s *ogc) refuses(path, parameter string) {
	s.Helper()
	p := s.problem(s.request(http.MethodGet, path), http.StatusBadRequest)
	for _, e := range p.Errors {
		if e.Parameter == parameter && e.Reason != "" {
			return
		}
	}
	s.Errorf("%s: the problem %+v doesn't blame %s", path, p, parameter)
}

// each runs the test for every collection.
func (s *ogc) each(test func(t *testing.T, s *ogc, collection string)) {
	s.Helper()
	for _, collection := range layer.Collections() {
		s.Run(collection, func(t *testing.T) { test(t, s.in(t), collection) })
	}
}

// in is the same server for a subtest.
func (s *ogc) in(t *testing.T) *ogc {
	inner := *s.site
	inner.T = t
	return &ogc{&inner, s.view}
}

// requirement is a test under its id.
type requirement struct {
	id   string
	test func(*ogc)
}

func (s *ogc) check(requirements []requirement) {
	s.Helper()
	ids := map[string]bool{}
	for _, r := range requirements {
		if ids[r.id] {
			s.Errorf("there are two tests of %s", r.id)
		}
		ids[r.id] = true
		s.Run(strings.TrimPrefix(r.id, "/"), func(t *testing.T) { r.test(s.in(t)) })
	}
}

// without are the ids that are in a and not in b.
func without(a, b []string) []string {
	var rest []string
	for _, id := range a {
		if !slices.Contains(b, id) {
			rest = append(rest, id)
		}
	}
	return rest
}
