package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// tally is a view that counts what the test says.
type tally struct {
	*index.View
	bins []index.Bin
	err  error

	mu         sync.Mutex
	asked      int
	collection string
	query      index.Query
	step       index.Step
	limit      int
}

func startCounts(t *testing.T, v *tally) *site {
	plain, err := index.Of("data-1", func(func(geo.Record, error) bool) {})
	if err != nil {
		t.Fatal(err)
	}
	v.View = plain
	return start(t, &store{}, func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) { return v, nil }
	})
}

func (v *tally) note(collection string, q index.Query) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked++
	v.collection, v.query = collection, q
}

func (v *tally) Count(context.Context, string, index.Query) (int, error) { return 9, v.err }

func (v *tally) Histogram(_ context.Context, collection string, q index.Query, step index.Step) ([]index.Bin, int, error) {
	v.note(collection, q)
	v.step = step
	return v.bins, 4, v.err
}

func (v *tally) Facets(_ context.Context, collection string, q index.Query, limit int) (*index.Facets, error) {
	v.note(collection, q)
	v.limit = limit
	return &index.Facets{
		Total: 7, Events: []index.Facet{{Value: "explosion", Count: 5}, {Value: "battle", Count: 2}},
		Countries: []index.Facet{{Value: "AZ", Label: "Azerbaijan", Count: 7}},
		Sources:   []index.Facet{{Value: `Desk & <script>`, Count: 1}, {Value: "Caucasus Desk, sample", Count: 1}},
	}, v.err
}

func someBins() []index.Bin {
	return []index.Bin{{Day: 737691, Counts: [7]int{3, 0, 2}}, {Day: 737698, Counts: [7]int{1}}}
}

func TestHistogram(t *testing.T) {
	v := &tally{bins: someBins()}
	s := startCounts(t, v)
	for _, tt := range []struct {
		query, collection string
		step              index.Step
	}{
		{"", "events", index.ByDay},
		{"?collection=mentions&interval=week", "mentions", index.ByWeek},
		{"?interval=month&event=explosion,battle&bbox=44,38,48,41", "events", index.ByMonth},
	} {
		res, body := s.get("/api/histogram" + tt.query)
		want := `{"collection":"` + tt.collection + `","interval":"` + string(tt.step) + `","bins":[{"date":"2020-09-23","total":5,"explosion":3,"civilians":2},` +
			`{"date":"2020-09-30","total":1,"explosion":1}],"coarse":4,"numberMatched":9,"version":"data-1"}` + "\n"
		if res.StatusCode != 200 || body != want || res.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %s %s %s, want %s", tt.query, res.Status, res.Header, body, want)
		}
		if v.collection != tt.collection || v.step != tt.step {
			t.Errorf("%s asks for %s by %s", tt.query, v.collection, v.step)
		}
	}
	if f := v.query.Filter; len(f.Events) != 2 || f.BBox == nil || v.query.Lenient {
		t.Errorf("the view was asked for %+v", v.query)
	}
}

func TestHistogramSuitsTheSpan(t *testing.T) {
	month := func(year int, month time.Month) geo.Day {
		d, _ := geo.Date(year, month, 1)
		return d
	}
	for _, tt := range []struct {
		first, last geo.Day // bins by month
		datetime    string
		want        index.Step
	}{
		{0, 0, "", index.ByDay},
		{month(2020, 9), month(2020, 9), "", index.ByDay},
		{month(2020, 1), month(2020, 6), "", index.ByDay},
		{month(2020, 1), month(2020, 7), "", index.ByWeek},
		{month(2020, 1), month(2022, 12), "", index.ByWeek},
		{month(2020, 1), month(2023, 1), "", index.ByMonth},
		{month(2015, 1), month(2023, 1), "2019-01-01/2019-02-01", index.ByDay},
		{month(2015, 1), month(2023, 1), "2022-01-01/..", index.ByWeek},
		{month(2020, 1), month(2020, 2), "1900-01-01/..", index.ByDay},
	} {
		v := &tally{}
		if tt.first != 0 {
			v.bins = []index.Bin{{Day: tt.first}, {Day: tt.last}}
		}
		path := "/api/histogram"
		if tt.datetime != "" {
			path += "?datetime=" + tt.datetime
		}
		if res, body := startCounts(t, v).get(path); res.StatusCode != 200 || v.step != tt.want {
			t.Errorf("%s to %s, asked for %q: by %s, want %s: %s", tt.first, tt.last, tt.datetime, v.step, tt.want, body)
		}
	}
}

func TestFacets(t *testing.T) {
	v := &tally{}
	s := startCounts(t, v)
	res, body := s.get("/api/facets?collection=mentions&role=site&limit=200")
	want := `{"collection":"mentions","numberMatched":7,"facets":{"event":[{"value":"explosion","count":5},{"value":"battle","count":2}],"role":[],` +
		`"country":[{"value":"AZ","label":"Azerbaijan","count":7}],"place":[],"source":[{"value":"Desk \u0026 \u003cscript\u003e","count":1},` +
		`{"value":"Caucasus Desk, sample","count":1}],"claim":[]},"version":"data-1"}` + "\n"
	if res.StatusCode != 200 || body != want {
		t.Errorf("%s\n%s, want\n%s", res.Status, body, want)
	}
	if v.collection != "mentions" || len(v.query.Filter.Roles) != 1 || v.limit != 200 {
		t.Errorf("the view was asked for %s %+v, %d values", v.collection, v.query, v.limit)
	}
	if s.get("/api/facets"); v.limit != 20 || v.collection != "events" {
		t.Errorf("by default %d values of %s", v.limit, v.collection)
	}
}

func TestCountsAsPages(t *testing.T) {
	s := startCounts(t, &tally{bins: someBins()})
	for path, parts := range map[string][]string{
		"/api/histogram?f=html": {"<strong>9</strong> selected", `<time datetime="2020-09-23">`, "Violence against civilians", "begins on Monday"},
		"/api/facets?f=html&country=AM&q=a": {
			"<strong>7</strong> selected", "Azerbaijan", "Desk &amp; &lt;script&gt;",
			"/api/collections/events/items?q=a&amp;country=AZ&amp;f=html", // instead of AM
			"source=Caucasus&#43;Desk%2C&#43;sample&amp;f=html&amp;source=Caucasus&#43;Desk%2C&#43;sample",
		},
	} {
		if strings.Contains(path, "histogram") {
			path += "&interval=week"
		}
		res, body := s.get(path)
		if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %s %v", path, res.Status, res.Header)
		}
		for _, part := range parts {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %s:\n%s", path, part, body)
			}
		}
		if strings.Contains(body, "<script") {
			t.Errorf("%s holds a script", path)
		}
	}
	if res, _ := s.get("/api/facets", "Accept", "text/html"); !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		t.Errorf("a browser gets %v", res.Header)
	}
}

func TestCountsAreKept(t *testing.T) {
	v := &tally{}
	s := startCounts(t, v)
	for _, path := range []string{"/api/histogram?interval=day&place=gn:1", "/api/facets?place=gn:1"} {
		v.asked = 0
		res, first := s.get(path)
		tag := res.Header.Get("ETag")
		if _, second := s.get(path); second != first || tag == "" {
			t.Errorf("%s: %s, then %s; tag %q", path, first, second, tag)
		}
		if res, body := s.get(path, "If-None-Match", tag); res.StatusCode != 304 || body != "" {
			t.Errorf("%s with its tag: %s %q", path, res.Status, body)
		}
		if v.asked != 1 {
			t.Errorf("%s: counted %d times", path, v.asked)
		}
		head := s.request(http.MethodHead, path)
		if body, err := io.ReadAll(head.Body); head.StatusCode != 200 || head.Header.Get("ETag") != tag || len(body) > 0 || err != nil {
			t.Errorf("HEAD %s: %s %v, %v", path, head.Status, head.Header, err)
		}
	}
}

func TestBadParametersOfCounts(t *testing.T) {
	s := startCounts(t, &tally{})
	for query, parameter := range map[string]string{
		"histogram?collection=places": "collection", "facets?collection=places": "collection", "histogram?collection=events&collection=events": "collection",
		"histogram?collection=": "collection", "histogram?interval=year": "interval", "histogram?interval=": "interval", "histogram?interval=day&interval=day": "interval",
		"histogram?limit=1": "limit", "facets?interval=day": "interval", "facets?limit=0": "limit", "facets?limit=201": "limit", "facets?limit=-1": "limit",
		"facets?limit=1.5": "limit", "facets?limit=": "limit", "facets?limit=99999999999999999999": "limit", "facets?cursor=x": "cursor",
		"histogram?country=Azerbaijan": "country", "facets?f=csv": "f", "histogram?filter=" + url.QueryEscape("nothing = 1"): "filter",
		"facets?" + url.QueryEscape("'; DROP TABLE mentions --") + "=1": "'; DROP TABLE mentions --",
	} {
		p := s.problem(s.request(http.MethodGet, "/api/"+query), 400)
		if len(p.Errors) != 1 || p.Errors[0].Parameter != parameter {
			t.Errorf("%s: %+v", query, p)
		}
	}
}

func TestCountsThatFail(t *testing.T) {
	s := startCounts(t, &tally{err: errors.New("disk lost")})
	for _, path := range []string{"/api/histogram", "/api/facets"} {
		res := s.request(http.MethodGet, path)
		var p struct{ Detail string }
		if err := json.NewDecoder(res.Body).Decode(&p); err != nil || res.StatusCode != 500 || strings.Contains(p.Detail, "disk lost") {
			t.Errorf("%s: %s %+v %v", path, res.Status, p, err)
		}
	}
	if !strings.Contains(s.log.String(), "disk lost") {
		t.Errorf("the log lacks the error: %s", s.log)
	}
}
