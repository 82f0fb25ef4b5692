package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// indexTemplate is the page's source: it must have what the server fills in.
func indexTemplate(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("../static/src/index.html")
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

func withIndex(t *testing.T, more ...func(*server.Config)) func(*server.Config) {
	template := indexTemplate(t)
	return func(c *server.Config) {
		c.Page = fstest.MapFS{"index.html": {Data: []byte(template)}}
		for _, f := range more {
			f(c)
		}
	}
}

// mapPage asks for the map page, whose headers are not those of all other answers.
func (s *site) mapPage(query string, headers ...string) (*http.Response, string) {
	s.Helper()
	req, err := http.NewRequest(http.MethodGet, "http://"+s.addr+"/"+query, nil)
	if err != nil {
		s.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := client.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	return res, string(body)
}

var configSlot = regexp.MustCompile(`<script type="application/json" id="config">(.*)</script>`)

func TestPageConfig(t *testing.T) {
	s := start(t, &store{version: "data-7"}, withIndex(t, func(c *server.Config) {
		c.Attribution = `GeoNames </script><script>alert(1)</script>`
		c.Labels = geo.LabelsDual
		c.Raster = &server.Raster{URL: "https://tiles.example/{z}/{x}/{y}.png", Attribution: "© <b>Tiles</b>", MaxZoom: 17}
	}))
	_, body := s.mapPage("?embed=1&event=battle")
	found := configSlot.FindStringSubmatch(body)
	if found == nil || strings.Contains(found[1], "<") {
		t.Fatalf("the page has no configuration, or one that ends early:\n%s", body)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(found[1]), &got); err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"attribution":"GeoNames \u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e","bbox":[46.7515,39.8152,46.7515,39.8152],` +
		`"dataVersion":"data-7","days":{"from":"2020-09-27","to":"2020-09-27"},"embed":true,"gazetteer":"places-1","labels":"dual",` +
		`"raster":{"attribution":"© \u003cb\u003eTiles\u003c/b\u003e","maxZoom":17,"url":"https://tiles.example/{z}/{x}/{y}.png"},"version":"test"}`
	if string(written) != want {
		t.Errorf("got\n%s, want\n%s", written, want)
	}
}

func TestPageConfigOfNothing(t *testing.T) {
	empty, err := index.Of("data-1", func(func(geo.Record, error) bool) {})
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, &store{}, withIndex(t, func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) { return empty, nil }
	}))
	_, body := s.mapPage("")
	for _, part := range []string{`"days":null`, `"bbox":null`, `"raster":null`, `"embed":false`, `"labels":"gazetteer"`} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %s:\n%s", part, body)
		}
	}
}

func TestPageFollowsTheData(t *testing.T) {
	var now atomic.Pointer[index.View]
	turn := func(version string) {
		v, err := index.Of(version, func(func(geo.Record, error) bool) {})
		if err != nil {
			t.Fatal(err)
		}
		now.Store(v)
	}
	turn("one")
	s := start(t, &store{}, withIndex(t, func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) { return now.Load(), nil }
	}))
	before, _ := s.mapPage("")
	again, _ := s.mapPage("", "If-None-Match", before.Header.Get("ETag"))
	filtered, _ := s.mapPage("?event=battle")
	packed, _ := s.mapPage("", "Accept-Encoding", "gzip")
	turn("two")
	after, body := s.mapPage("", "If-None-Match", before.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || after.StatusCode != http.StatusOK || !strings.Contains(body, `"dataVersion":"two"`) {
		t.Errorf("the same data: %s, other data: %s\n%s", again.Status, after.Status, body)
	}
	if packed.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("the page is not compressed: %v", packed.Header)
	}
	for _, other := range []*http.Response{filtered, packed, after} {
		if tag := other.Header.Get("ETag"); tag == "" || tag == before.Header.Get("ETag") {
			t.Errorf("two pages have the tag %q", tag)
		}
	}
}

// Without a script the visitor is led to the table, with the filters of the map.
func TestPageWithoutScript(t *testing.T) {
	s := start(t, &store{}, withIndex(t))
	const table = "api/collections/events/items?f=html&amp;limit=50&amp;sortby=-from&amp;strict=yes"
	for _, tt := range []struct{ query, filters string }{
		{"", ""},
		{"?map=5/40/45&sort=importance&actors=1&limit=9&f=json&cursor=x", ""},
		{"?datetime=2020-09-27/2020-09-30&event=battle,explosion&map=5/40/45", "&amp;datetime=2020-09-27/2020-09-30&amp;event=battle,explosion"},
		{"?source=A,+B&source=A,+B", "&amp;source=A,&#43;B&amp;source=A,&#43;B"},
		{"?q=%22%3E%3Cscript%3E&place=", "&amp;q=%22%3E%3Cscript%3E"},
		{"?datetime=yesterday", "&amp;datetime=yesterday"}, // the table says what is wrong
		{"?q=%zz", ""},
	} {
		res, body := s.mapPage(tt.query)
		want := `<noscript><meta http-equiv="refresh" content="0; url=` + table + strings.ReplaceAll(tt.filters, "&#43;", "+") + `"></noscript>`
		if !strings.Contains(body, want) || !strings.Contains(body, `<a href="`+table+strings.ReplaceAll(tt.filters, "&#43;", "+")+`">as a table</a>`) {
			t.Errorf("%s: the page lacks %s:\n%s", tt.query, want, body)
		}
		if csp := res.Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %s", tt.query, csp)
		}
	}
	// In a frame nobody is led away from what shows it.
	if _, body := s.mapPage("?embed=1&event=battle"); strings.Contains(body, "http-equiv=\"refresh\"") ||
		!strings.Contains(body, `<a href="`+table+`&amp;event=battle" target="_blank">as a table</a>`) {
		t.Errorf("in a frame:\n%s", body)
	}
}

func TestPagePolicy(t *testing.T) {
	const plain = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
	const rest = "; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
	raster := func(url string) *server.Raster { return &server.Raster{URL: url, Attribution: "x", MaxZoom: 19} }
	for _, tt := range []struct {
		name, query string
		embedOn     []string
		raster      *server.Raster
		want, corp  string
	}{
		{"the page", "", nil, nil, plain + rest + "'none'", "same-origin"},
		{"in any frame", "?embed=1", nil, nil, plain + rest + "*", "cross-origin"},
		{"another value", "?embed=2", nil, nil, plain + rest + "'none'", "same-origin"},
		{"given twice", "?embed=1&embed=1", nil, nil, plain + rest + "'none'", "same-origin"},
		{"in some frames", "?embed=1", []string{"https://news.example", "https://*.paper.example:8443"}, nil,
			plain + rest + "https://news.example https://*.paper.example:8443", "cross-origin"},
		{"not embedded", "", []string{"https://news.example"}, nil, plain + rest + "'none'", "same-origin"},
		{"in no frame", "?embed=1", []string{"none"}, nil, plain + rest + "'none'", "same-origin"},
		{"with tiles", "", nil, raster("https://tiles.example:8443/{z}/{x}/{y}.png?key=1"), plain + " https://tiles.example:8443" + rest + "'none'", "same-origin"},
		{"with own tiles", "", nil, raster("/tiles/{z}/{x}/{y}"), plain + rest + "'none'", "same-origin"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, &store{}, withIndex(t, func(c *server.Config) { c.EmbedOn, c.Raster = tt.embedOn, tt.raster }))
			res, _ := s.mapPage(tt.query)
			if got := res.Header.Get("Content-Security-Policy"); got != tt.want || res.Header.Get("Cross-Origin-Resource-Policy") != tt.corp {
				t.Errorf("policy %s, %s, want\n%s, %s", got, res.Header.Get("Cross-Origin-Resource-Policy"), tt.want, tt.corp)
			}
			s.get("/api") // whose headers stay what they are
		})
	}
}

func TestBadRasters(t *testing.T) {
	for _, tt := range []struct{ url, want string }{
		{"", "{z}"}, {"https://tiles.example/{z}/{x}.png", "{y}"}, {"https://tiles.example/{z}/{x}/{y}/{x}", "{x}"},
		{"https://{s}.tiles.example/{z}/{x}/{y}.png", "{s}"}, {"https://tiles.example/{z}/{x}/{y}{r}.png", "{r}"}, {"https://{x}.example/{z}/{y}", "host"},
		{"ftp://tiles.example/{z}/{x}/{y}", "http://"}, {"tiles/{z}/{x}/{y}", "slash"}, {"//tiles.example/{z}/{x}/{y}", "http://"},
		{"https:///{z}/{x}/{y}", "no host"}, {"https://me:secret@tiles.example/{z}/{x}/{y}", "password"}, {"https://tiles.example;script-src/{z}/{x}/{y}", "characters"},
		{"https://tiles.example:port/{z}/{x}/{y}", "no URL"}, {"https://tiles.example:99999/{z}/{x}/{y}", "port"}, {"https://tïles.example/{z}/{x}/{y}", "xn--"},
		{"https://tiles.example/{z}/{x}/{y}#a", "#"}, {"https://tiles.example/{z}/{x}/{y}\n", "no URL"}, {"/" + strings.Repeat("a", 2000) + "{z}{x}{y}", "2000"},
		{"javascript:alert({z}{x}{y})", "http://"}, {"data:{z}/{x}/{y}", "http://"},
	} {
		r := server.Raster{URL: tt.url, Attribution: "x", MaxZoom: 19}
		if err := r.Check(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want one about %s", tt.url, err, tt.want)
		}
	}
	good := server.Raster{URL: "http://127.0.0.1:8000/a/{z}/{y}/{x}", Attribution: "x", MaxZoom: 1}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for _, bad := range []server.Raster{{good.URL, " ", 19}, {good.URL, "x", 0}, {good.URL, "x", 25}} {
		st := &store{}
		if _, err := server.New(server.Config{Snapshot: st.snapshot, View: st.view, Raster: &bad}); err == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}

func TestBadEmbedders(t *testing.T) {
	for _, bad := range [][]string{
		{"none", "https://news.example"}, {"news.example"}, {"https://news.example/"}, {"https://news.example/path"}, {"https://news.example?a"}, {"https://*"},
		{"https://news.example; script-src *"}, {"'self'"}, {"*"}, {"data:"}, {""}, {"https://a.*.example"}, {"https://news.example#a"}, {"https://me@news.example"},
	} {
		st := &store{}
		if _, err := server.New(server.Config{Snapshot: st.snapshot, View: st.view, EmbedOn: bad}); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
	if err := server.CheckEmbedders([]string{"https://news.example", "http://localhost:8000", "https://*.news.example", "http://[::1]:80"}); err != nil {
		t.Error(err)
	}
}
