package server_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/server"
)

// element is an element of a page. Text is that of all within.
type element struct {
	name     string
	attrs    map[string]string
	text     string
	children []*element
	parent   *element
}

// parsePage reads a page and fails where its tags don't close in order.
func parsePage(t *testing.T, body string) *element {
	t.Helper()
	if !strings.HasPrefix(body, "<!doctype html>\n<html lang=\"en\">") {
		t.Errorf("begins with %.60q", body)
	}
	d := xml.NewDecoder(strings.NewReader(body))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.AutoClose = []string{"meta", "link", "input"}
	root := &element{}
	at := root
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("cannot be read: %v", err)
		}
		switch v := token.(type) {
		case xml.StartElement:
			e := &element{name: v.Name.Local, attrs: map[string]string{}, parent: at}
			for _, a := range v.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			at.children = append(at.children, e)
			at = e
		case xml.EndElement:
			at.parent.text += at.text
			at = at.parent
		case xml.CharData:
			at.text += string(v)
		}
	}
	if at != root {
		t.Errorf("<%s> is not closed", at.name)
	}
	return root
}

// all lists the elements of the names within e.
func (e *element) all(names ...string) (found []*element) {
	for _, c := range e.children {
		if len(names) == 0 || slices.Contains(names, c.name) {
			found = append(found, c)
		}
		found = append(found, c.all(names...)...)
	}
	return found
}

func (e *element) within(name string) bool {
	return e.parent != nil && (e.parent.name == name || e.parent.within(name))
}

func (s *site) page(path string, headers ...string) (*answer, *element, string) {
	s.Helper()
	res := s.request(http.MethodGet, path, headers...)
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	if got := res.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		s.Fatalf("%s: %s of type %q: %.200s", path, res.Status, got, body)
	}
	return res, parsePage(s.T, string(body)), string(body)
}

// pagePaths are the pages for people.
func pagePaths() map[string]string {
	paths := map[string]string{
		"/api": "/api", "/api/conformance": "", "/api/collections": "", "/api/articles/hostile%2F1": "", "/api/openapi.json": "",
	}
	for _, c := range append(layer.Collections(), "events-points", "mentions-areas") {
		for _, rest := range []string{"", "/queryables", "/schema", "/items"} {
			paths["/api/collections/"+c+rest] = ""
		}
	}
	paths["/api/collections/mentions/items/"+url.PathEscape(mention.ID())] = ""
	paths["/api/collections/places/items/"+url.PathEscape(town.ID)] = ""
	return paths
}

func TestPagesAreAccessible(t *testing.T) {
	s := start(t, &store{})
	paths := []string{"/api/api.html", "/api/collections/events/items?f=html&bbox=1&event=riot", "/api/nothing?f=html"}
	for path := range pagePaths() {
		paths = append(paths, path+"?f=html")
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			_, page, _ := s.page(path)
			checkFrame(t, page)
			checkControls(t, page)
			for _, e := range page.all() {
				for name := range e.attrs {
					if name == "style" || strings.HasPrefix(name, "on") {
						t.Errorf("<%s> has the attribute %s, which the content security policy forbids", e.name, name)
					}
				}
				if href, ok := e.attrs["href"]; ok && e.name == "a" && strings.TrimSpace(e.text) == "" {
					t.Errorf("the link to %s has no text", href)
				}
				if e.name == "th" && e.attrs["scope"] == "" {
					t.Errorf("the heading %q has no scope", e.text)
				}
			}
			if found := page.all("script", "style", "iframe"); found != nil {
				t.Errorf("has a <%s>", found[0].name)
			}
		})
	}
}

func checkFrame(t *testing.T, page *element) {
	t.Helper()
	for _, name := range []string{"title", "h1", "main", "header"} {
		if found := page.all(name); len(found) < 1 || name != "title" && len(found) > 1 || strings.TrimSpace(found[0].text) == "" {
			t.Errorf("has %d <%s>", len(found), name)
		}
	}
	ids := map[string]bool{}
	for _, e := range page.all() {
		id, ok := e.attrs["id"]
		if ok && ids[id] {
			t.Errorf("two elements have the id %q", id)
		}
		ids[id] = true
	}
	for _, e := range page.all() {
		for _, name := range []string{"for", "aria-labelledby"} {
			if target, ok := e.attrs[name]; ok && !ids[target] {
				t.Errorf("%s of <%s> names %q, which isn't there", name, e.name, target)
			}
		}
		if target, ok := strings.CutPrefix(e.attrs["href"], "#"); ok && !ids[target] {
			t.Errorf("a link leads to #%s, which isn't there", target)
		}
		if e.attrs["role"] == "region" && (e.attrs["tabindex"] != "0" || e.attrs["aria-label"] == "") {
			t.Errorf("a region that scrolls has no name or cannot be reached by key")
		}
	}
}

func checkControls(t *testing.T, page *element) {
	t.Helper()
	labelled := map[string]bool{}
	for _, l := range page.all("label") {
		labelled[l.attrs["for"]] = true
	}
	for _, e := range page.all("input", "textarea", "select") {
		if e.attrs["type"] != "hidden" && !e.within("label") && !labelled[e.attrs["id"]] {
			t.Errorf("the field %s has no label", e.attrs["name"])
		}
	}
}

// TestPagesHoldTheLinksOfTheJSON is /req/html/content: all links as <a>.
func TestPagesHoldTheLinksOfTheJSON(t *testing.T) {
	s := start(t, &store{})
	for path := range pagePaths() {
		var document struct {
			Links       []struct{ Href, Rel string }
			Collections []struct{ Links []struct{ Href, Rel string } }
		}
		if err := json.NewDecoder(s.request(http.MethodGet, path).Body).Decode(&document); err != nil {
			t.Fatal(err)
		}
		links := document.Links
		for _, c := range document.Collections {
			links = append(links, c.Links...)
		}
		_, page, _ := s.page(path + "?f=html")
		var hrefs []string
		for _, a := range page.all("a") {
			hrefs = append(hrefs, a.attrs["href"])
		}
		for _, l := range links {
			if l.Rel != "self" && l.Rel != "alternate" && !slices.Contains(hrefs, l.Href) {
				t.Errorf("%s: the link %s to %s is missing", path, l.Rel, l.Href)
			}
		}
	}
}

// malice is text that would break out of where it stands.
const malice = "\u202e<img src=x onerror=alert(1)>\"'&{{.}}</title></textarea><script>alert(1)</script>"

func TestPagesEscapeHostileText(t *testing.T) {
	place := *town
	place.Name = "Step" + malice
	article := geo.Article{ID: hostile.ID, Source: malice, Title: malice, URL: "javascript:alert(1)", Text: malice + "Stepanakert" + malice, Published: 737695}
	m := mention
	m.Start, m.End = len([]rune(malice)), len([]rune(malice))+len("Stepanakert")
	m.Sentence, m.Place, m.ClaimedBy, m.Reasons = article.Text, &place, malice, []string{malice}
	s := start(t, &store{}, func(c *server.Config) {
		c.Attribution = malice
		c.Snapshot = func(context.Context) (server.Snapshot, error) { return oneArticle{article, m}, nil }
		c.View = func() (server.View, <-chan struct{}) {
			v, err := index.Of("v1", func(yield func(geo.Record, error) bool) { yield(geo.Record{Mention: m, Article: article}, nil) })
			if err != nil {
				t.Error(err)
			}
			return v, nil
		}
	})
	query := "&q=" + url.QueryEscape("Stepanakert") + "&filter=" + url.QueryEscape("name <> '"+strings.ReplaceAll(malice, "'", "''")+"'")
	paths := []string{
		"/api?f=html", "/api/api.html", "/api/collections?f=html", "/api/articles/hostile%2F1?f=html",
		"/api/collections/events/items?f=html" + query, "/api/collections/mentions/items?f=html" + query, "/api/collections/places/items?f=html",
		"/api/collections/mentions/items/" + url.PathEscape(m.ID()) + "?f=html", "/api/collections/places/items/" + url.PathEscape(town.ID) + "?f=html",
		"/api/collections/events/items?f=html&bbox=" + url.QueryEscape(malice), "/api/collections/" + url.PathEscape(malice) + "?f=html",
	}
	for _, path := range paths {
		t.Run(path[:min(len(path), 50)], func(t *testing.T) {
			_, page, body := s.page(path)
			for _, bad := range []string{"<script", "<img", "onerror=alert(1)>", "{{.}}</"} {
				if strings.Contains(body, bad) {
					t.Errorf("holds %s as it is", bad)
				}
			}
			if title := page.all("title")[0].text; strings.Contains(title, "\u202e") {
				t.Errorf("the title %q turns the title bar around", title)
			}
			for _, e := range page.all() {
				checkTurned(t, e)
				if strings.HasPrefix(strings.ToLower(strings.TrimSpace(e.attrs["href"])), "javascript:") {
					t.Errorf("links to %s", e.attrs["href"])
				}
			}
		})
	}
}

// oneArticle is a snapshot of one article with one mention.
type oneArticle struct {
	article geo.Article
	mention geo.Mention
}

func (oneArticle) Version() string { return "v1" }
func (oneArticle) Close() error    { return nil }

func (o oneArticle) Article(context.Context, string) (geo.Article, []geo.Mention, error) {
	return o.article, []geo.Mention{o.mention}, nil
}

// checkTurned wants an override of the direction of text to stand where it ends:
// in an element that isolates its text, or a field.
func checkTurned(t *testing.T, e *element) {
	t.Helper()
	if !strings.Contains(e.text, "\u202e") {
		return
	}
	for _, c := range e.children {
		if strings.Contains(c.text, "\u202e") {
			return // whose turn comes
		}
	}
	for at := e; at != nil; at = at.parent {
		if at.name == "bdi" || at.name == "textarea" || at.attrs["dir"] == "auto" {
			return
		}
	}
	t.Errorf("<%s> in <%s> is turned around: %.80q", e.name, e.parent.name, e.text)
}

func TestFeaturePageMarksTheName(t *testing.T) {
	s := start(t, &store{})
	_, page, _ := s.page("/api/collections/mentions/items/" + url.PathEscape(mention.ID()) + "?f=html")
	marks := page.all("mark")
	if len(marks) == 0 || marks[0].text != "Stepanakert" || marks[0].parent.text != mention.Sentence {
		t.Errorf("marks are %v", marks)
	}
	if len(page.all("circle")) != 1 {
		t.Error("the place is not on the map")
	}
}

func TestSearchForm(t *testing.T) {
	s := start(t, &store{})
	for query, want := range map[string]string{
		"q=&day-from=&day-to=&bbox=&limit=10":                     "f=html&limit=10",
		"day-from=2020-09-27&day-to=":                             "datetime=2020-09-27/..&f=html",
		"day-from=&day-to=2020-09-27":                             "datetime=../2020-09-27&f=html",
		"day-from=2020-09-27&day-to=2020-09-28&bbox=1,2,3,4":      "bbox=1,2,3,4&datetime=2020-09-27/2020-09-28&f=html",
		"event=riot&event=battle&q=+a+b+&f=json":                  "event=riot&event=battle&f=html&q=a+b",
		"q=" + url.QueryEscape("\r\nSet-Cookie: a=b <script>'\""): "f=html&q=Set-Cookie:+a%3Db+%3Cscript%3E%27%22",
	} {
		redirect := &http.Client{Transport: client.Transport, Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}}
		res, err := redirect.Get("http://" + s.addr + "/api/collections/events/search?" + query)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != "http://"+s.addr+"/api/collections/events/items?"+want {
			t.Errorf("%s: %s to %s, want %s", query, res.Status, got, want)
		}
	}
}

func TestFormIsFilledIn(t *testing.T) {
	s := start(t, &store{})
	_, page, _ := s.page("/api/collections/mentions/items?f=html&datetime=2020-09-27/..&event=riot,battle&role=site&q=x&limit=7&source=A&source=B&name=N")
	values := map[string]string{}
	for _, e := range page.all("input") {
		if _, checked := e.attrs["checked"]; e.attrs["type"] != "checkbox" || checked {
			values[e.attrs["name"]] += e.attrs["value"] + ";"
		}
	}
	want := map[string]string{
		"q": "x;", "day-from": "2020-09-27;", "day-to": ";", "bbox": ";", "country": ";", "source": "A;B;;", "min_confidence": ";", "limit": "7;",
		"event": "battle;riot;", "role": "site;", "name": "N;",
	}
	if fmt.Sprint(values) != fmt.Sprint(want) {
		t.Errorf("the form has\n%v, want\n%v", values, want)
	}
}

func TestProblemsAsPages(t *testing.T) {
	s := start(t, &store{})
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for path, status := range map[string]int{"/api/collections/events/items?bbox=1": 400, "/api/nowhere": 404, "/layers/events.geojson?x=1": 400} {
		res, page, _ := s.page(path, "Accept", browser)
		if heading := page.all("h1")[0].text; res.StatusCode != status || !strings.HasPrefix(heading, fmt.Sprint(status)) {
			t.Errorf("%s: %s with the heading %q", path, res.Status, heading)
		}
		if res := s.request(http.MethodGet, path); res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s is %s for who doesn't ask for a page", path, res.Header.Get("Content-Type"))
		}
	}
}
