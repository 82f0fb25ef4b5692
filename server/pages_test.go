package server_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/conflictmap/conflictmap/server"
)

var script = strings.Repeat("export const a = 1;\n", 200)

func builtPage(c *server.Config) {
	c.Page = fstest.MapFS{
		"index.html":               {Data: []byte("<!doctype html><title>conflictmap</title>")},
		"assets/page-ABCD2345.js":  {Data: []byte(script)},
		"assets/style.css":         {Data: []byte("body{}")},
		"assets/icon-12345678.svg": {Data: []byte("<svg/>")},
		"secret.txt":               {Data: []byte("secret")},
	}
}

func TestPage(t *testing.T) {
	s := start(t, &store{}, builtPage)
	const forever = "public, max-age=31536000, immutable"
	for _, tt := range []struct{ path, contentType, cache, body string }{
		{"/", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>conflictmap</title>"},
		{"/?datetime=2020-09-27&anything=else", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>conflictmap</title>"},
		{"/assets/page-ABCD2345.js", "text/javascript; charset=utf-8", forever, script},
		{"/assets/icon-12345678.svg", "image/svg+xml", forever, "<svg/>"},
		{"/assets/style.css", "text/css; charset=utf-8", "no-cache", "body{}"},
	} {
		res, body := s.get(tt.path)
		if res.StatusCode != 200 || body != tt.body || res.Header.Get("Content-Type") != tt.contentType || res.Header.Get("Cache-Control") != tt.cache {
			t.Errorf("%s: %s %v", tt.path, res.Status, res.Header)
		}
		if res, body := s.get(tt.path, "If-None-Match", res.Header.Get("ETag")); res.StatusCode != 304 || body != "" {
			t.Errorf("%s again: %s", tt.path, res.Status)
		}
	}
	for _, path := range []string{
		"/secret.txt", "/assets/", "/assets", "/assets/none.js", "/assets/../secret.txt", "/assets/%2e%2e/secret.txt", "/assets/..%2fsecret.txt",
		"/index.html", "//", "/assets//style.css", "/ASSETS/style.css", "/assets/style.css/", "/assets/%00",
	} {
		s.problem(s.raw("GET "+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n"), 404)
	}
}

func TestAssetsAreCompressedOnce(t *testing.T) {
	s := start(t, &store{}, builtPage)
	plain, _ := s.get("/assets/page-ABCD2345.js")
	res := s.request(http.MethodGet, "/assets/page-ABCD2345.js", "Accept-Encoding", "br, gzip")
	z, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil || string(body) != script || res.Header.Get("Content-Encoding") != "gzip" || res.Header.Get("Vary") != "Accept-Encoding" ||
		res.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Errorf("gzip gives %d bytes, %v, %v", len(body), err, res.Header)
	}
	if res, body := s.get("/assets/style.css", "Accept-Encoding", "gzip"); res.Header.Get("Content-Encoding") != "" || body != "body{}" {
		t.Error("a tiny file is compressed")
	}
}

func TestPageThatWasNotBuilt(t *testing.T) {
	for _, configure := range []func(*server.Config){
		func(*server.Config) {},
		func(c *server.Config) { c.Page = fstest.MapFS{".gitkeep": {}} },
	} {
		s := start(t, &store{}, configure)
		res, body := s.get("/")
		if res.StatusCode != 503 || res.Header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(body, "make build") ||
			!strings.Contains(body, `href="/layers/events.geojson"`) || strings.Contains(body, "<style") {
			t.Errorf("/ without a page: %s %s", res.Status, body)
		}
	}
}

func TestFavicon(t *testing.T) {
	s := start(t, &store{}, builtPage)
	if res, body := s.get("/favicon.ico"); res.StatusCode != 204 || body != "" {
		t.Errorf("without an icon: %s", res.Status)
	}
	with := start(t, &store{}, func(c *server.Config) {
		c.Page = fstest.MapFS{"index.html": {}, "favicon.ico": {Data: []byte("icon")}}
	})
	if res, body := with.get("/favicon.ico"); res.StatusCode != 200 || body != "icon" || res.Header.Get("Content-Type") != "image/x-icon" {
		t.Errorf("with an icon: %s", res.Status)
	}
}

func TestHealth(t *testing.T) {
	s := start(t, &store{})
	res, body := s.get("/healthz")
	if res.StatusCode != 200 || body != `{"status":"ok","version":"test"}` || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("/healthz: %s %s", res.Status, body)
	}
}

func TestArticle(t *testing.T) {
	s := start(t, &store{})
	res, body := s.get("/api/articles/hostile%2F1")
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/json" || strings.ContainsAny(body, "<>&") {
		t.Errorf("%s %v %s", res.Status, res.Header, body)
	}
	var doc struct {
		ID, Source, Title, Text, Published string
		URL                                *string
		Mentions                           struct {
			Type     string
			Features []struct {
				ID         string
				Properties map[string]any
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.ID != hostile.ID || doc.Title != hostile.Title || doc.Text != hostile.Text || doc.Published != "2020-09-27" || doc.URL != nil ||
		len(doc.Mentions.Features) != 1 || doc.Mentions.Features[0].ID != "hostile/1:17" || doc.Mentions.Features[0].Properties["role"] != "site" ||
		doc.Mentions.Features[0].Properties["origin"] != "account-1" {
		t.Errorf("the article is read as %+v", doc)
	}
	if res, _ := s.get("/api/articles/hostile%2F1", "If-None-Match", res.Header.Get("ETag")); res.StatusCode != 304 {
		t.Errorf("again: %s", res.Status)
	}
	if res, body := s.get("/layers/mentions.geojson"); strings.ContainsAny(body, "<>") || res.Header.Get("Content-Type") != "application/geo+json" {
		t.Errorf("the hostile title is served as it is: %s", body)
	}
}

func TestArticleRefuses(t *testing.T) {
	s := start(t, &store{})
	for path, status := range map[string]int{
		"/api/articles/none":                           404,
		"/api/articles/%3Cscript%3E":                   404,
		"/api/articles/%2e%2e":                         404,
		"/api/articles/":                               404,
		"/api/articles/a/b":                            404,
		"/api/articles/" + strings.Repeat("a", 257):    400,
		"/api/articles/%ff":                            400,
		"/api/articles/%00":                            400,
		"/api/articles/%zz":                            400,
		"/api/articles/hostile%2F1?f=xml":              400,
		"/api/articles/hostile%2F1?%zz":                400,
		"/api/articles/x?" + strings.Repeat("a", 9000): 400,
	} {
		p := s.problem(s.raw("GET "+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n"), status)
		if len(p.Instance) > 300 || len(p.Detail) > 600 {
			t.Errorf("%.60s: the problem repeats everything", path)
		}
	}
}

func TestRouting(t *testing.T) {
	s := start(t, &store{}, builtPage)
	for _, path := range []string{"/none", "/layers/events.gml", "/layers/cities.geojson", "/layers/", "/Layers/events.geojson", "/healthz/", "/api/none"} {
		s.problem(s.request(http.MethodGet, path), 404)
	}
	for _, path := range []string{"/", "/layers/events.geojson", "/api/articles/1", "/assets/style.css", "/healthz"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} {
			res := s.request(method, path)
			allow := strings.Split(res.Header.Get("Allow"), ", ")
			slices.Sort(allow)
			if !slices.Equal(allow, []string{"GET", "HEAD"}) {
				t.Errorf("%s %s: Allow is %q", method, path, allow)
			}
			s.problem(res, 405)
		}
	}
	s.problem(s.raw("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 501)
}
