package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

// realArticles ingests the two real articles and returns the database.
func realArticles(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "real.db")
	mustRun(t, "ingest", "--db", db, "--published", "2020-09-27", geotest.Shared(t, "seeds"))
	return db
}

func TestTheFirstDayOfTheRealArticles(t *testing.T) {
	url := serve(t, "--db", realArticles(t))
	layer := getLayer(t, url+"layers/events.geojson?datetime=2020-09-27/2020-09-27")
	places, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]string{} // geometry by place
	for _, f := range layer.Features {
		id, _ := f.Properties["place_id"].(string)
		place, ok := places.Place(id)
		if !ok {
			t.Errorf("the event %s has the place id %q, which the gazetteer doesn't have", f.ID, id)
			continue
		}
		if f.Geometry == nil {
			// Listed and not drawn: a region or country without a shape.
			if !place.Kind.Extended() {
				t.Errorf("%s has no geometry", place.Name)
			}
			continue
		}
		if place.Capital {
			t.Errorf("the capital %s is drawn: %v", place.Name, f.Properties["sentence"])
		}
		drawn[place.Name] = f.Geometry.Type
		if from, to := f.Properties["from"], f.Properties["to"]; from != "2020-09-27" || to != "2020-09-27" {
			t.Errorf("%s: from %v to %v, want that one day", place.Name, from, to)
		}
	}
	for name, types := range map[string][]string{
		"Stepanakert":      {"Point"},
		"Line of contact":  {"LineString", "MultiLineString"},
		"Nagorno-Karabakh": {"Polygon", "MultiPolygon"},
	} {
		if !slices.Contains(types, drawn[name]) {
			t.Errorf("%s is drawn as %q, want one of %v; drawn are %v", name, drawn[name], types, drawn)
		}
	}
}

// The gold of the two articles: which events are one origin, and what enters
// the toll.
func TestOriginsAndCasualtiesOfTheRealArticles(t *testing.T) {
	var gold struct {
		Events []struct {
			ID, Date, Place, Type, Status string
			Casualties                    []struct {
				What       string
				Count, Min *float64
			}
		}
		Cross []struct {
			A, B, Relation string
			Sources        int `json:"independent_sources"`
		} `json:"cross_document"`
	}
	text, err := os.ReadFile(geotest.Shared(t, "gold", "seeds-events.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &gold); err != nil {
		t.Fatal(err)
	}
	layer := getLayer(t, serve(t, "--db", realArticles(t))+"layers/events.geojson")
	deaths := map[string]float64{} // lowest by day and place, in the gold
	origins := map[string]int{}
	for _, e := range gold.Events {
		place, _, _ := strings.Cut(e.Place, " (")
		key := e.Date + " " + place
		for _, c := range e.Casualties {
			for _, n := range []*float64{c.Count, c.Min} {
				if low, ok := deaths[key]; n != nil && c.What == "deaths" && (!ok || *n < low) {
					deaths[key] = *n
				}
			}
		}
		for _, x := range gold.Cross {
			if x.A == e.ID && x.Sources > 0 && e.Type == "shelling" {
				origins[key+" explosion"] = x.Sources
			}
		}
	}
	found := 0
	for _, f := range layer.Features {
		key := fmt.Sprint(f.Properties["from"], " ", f.Properties["place"])
		if want, ok := deaths[key]; ok && f.Properties["event"] == "battle" {
			found++
			if f.Properties["deaths_low"] != want {
				t.Errorf("%s: %v deaths, want %v: %v", key, f.Properties["deaths_low"], want, f.Properties["deaths_words"])
			}
		} else if f.Properties["deaths_low"] != nil || f.Properties["injuries_low"] != nil {
			t.Errorf("%s %s: deaths %v, which the gold doesn't have", key, f.Properties["event"], f.Properties["deaths_words"])
		}
		if want, ok := origins[key+" "+fmt.Sprint(f.Properties["event"])]; ok {
			found++
			if f.Properties["articles"] != 2.0 || f.Properties["origins"] != float64(want) {
				t.Errorf("%s: %v origins in %v articles, want %d in 2", key, f.Properties["origins"], f.Properties["articles"], want)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d of 3 facts of the gold were found", found)
	}
}

func TestDemoShowsPointsLinesAndAreas(t *testing.T) {
	url := serve(t, "--demo")
	events := getLayer(t, url+"layers/events.geojson?role=site")
	shapes, days := map[string]bool{}, map[any]bool{}
	for _, f := range events.Features {
		if f.Geometry != nil {
			shapes[strings.TrimPrefix(f.Geometry.Type, "Multi")] = true
		}
		days[f.Properties["from"]] = true
	}
	for _, want := range []string{"Point", "LineString", "Polygon"} {
		if !shapes[want] {
			t.Errorf("the demo has no event drawn as %s: %v", want, shapes)
		}
	}
	if len(days) < 5 {
		t.Errorf("the events begin on %d days, want five or more", len(days))
	}
	places, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range events.Features {
		id, _ := f.Properties["place_id"].(string)
		if p, ok := places.Place(id); ok && p.Capital {
			t.Errorf("the capital %s is drawn: %v", p.Name, f.Properties["sentence"])
		}
	}
}

func TestDemoStaysOutOfADatabaseInUse(t *testing.T) {
	db := filepath.Join(t.TempDir(), "own.db")
	text := filepath.Join(t.TempDir(), "own.txt")
	if err := os.WriteFile(text, []byte("Date: 2020-09-27\n\nStepanakert was shelled on Sunday."), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "ingest", "--db", db, text)
	if got := getLayer(t, serve(t, "--db", db, "--demo")+"layers/events.geojson"); len(got.Features) != 1 {
		t.Errorf("%d events, want the one that was there", len(got.Features))
	}
}

func TestMarkupIsText(t *testing.T) {
	const evil = `<script>alert("x")</script>`
	dir := t.TempDir()
	text := filepath.Join(dir, "evil.txt")
	article := "Title: " + evil + "\nSource: " + evil + "\nDate: 2020-09-27\n\n" + evil + " Stepanakert was shelled on Sunday " + evil + "."
	if err := os.WriteFile(text, []byte(article), 0o644); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(dir, "evil.db")
	mustRun(t, "ingest", "--db", db, text)
	url := serve(t, "--db", db)

	mentions := getLayer(t, url+"layers/mentions.geojson?q=shelled")
	if len(mentions.Features) == 0 {
		t.Fatal("no mention")
	}
	properties := mentions.Features[0].Properties
	if properties["title"] != evil || !strings.Contains(properties["sentence"].(string), "Stepanakert was shelled") {
		t.Errorf("title %q, sentence %q", properties["title"], properties["sentence"])
	}
	for _, path := range []string{
		"layers/events.geojson", "layers/mentions.geojson", "layers/mentions.csv", "api/articles/" + properties["article_id"].(string),
	} {
		resp, body := get(t, url+path)
		kind := resp.Header.Get("Content-Type")
		if resp.StatusCode != http.StatusOK || strings.Contains(kind, "html") || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %s, type %q, nosniff %q", path, resp.Status, kind, resp.Header.Get("X-Content-Type-Options"))
		}
		if strings.Contains(kind, "json") && !json.Valid(body) {
			t.Errorf("%s is no JSON", path)
		}
		if !strings.Contains(string(body), "alert(") {
			t.Errorf("%s lost the text", path)
		}
	}
}

func TestExitStatus(t *testing.T) {
	for want, args := range map[int][]string{
		0: {"--version"},
		1: {"parse", filepath.Join(t.TempDir(), "none.txt")},
		2: {"export", "--bbox", "1,2,3", "events"},
	} {
		if _, errs, status := conflictmap(t, args...); status != want {
			t.Errorf("%v: exit status %d, want %d\n%s", args, status, want, errs)
		}
	}
	if _, _, status := conflictmap(t, "fly"); status != 2 {
		t.Errorf("unknown command: exit status %d, want 2", status)
	}
}

// A reader that goes away, as head does, must not make the program panic.
func TestBrokenPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("conflictmap", "gazetteer", "lookup", "--json", "Stepanakert")
	var errs strings.Builder
	cmd.Stdout, cmd.Stderr = w, &errs
	err = cmd.Run()
	if closeErr := w.Close(); closeErr != nil {
		t.Fatal(closeErr)
	}
	state, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if err == nil || !ok || !state.Signaled() || state.Signal() != syscall.SIGPIPE {
		t.Errorf("ended with %v, want SIGPIPE as other programs do", err)
	}
	if strings.Contains(errs.String(), "panic") || strings.Contains(errs.String(), "goroutine") {
		t.Errorf("it panicked:\n%s", errs.String())
	}
}

// A walk through pages goes on after the server was started again.
func TestCursorsOutlastTheServer(t *testing.T) {
	db := realArticles(t)
	next := func(url string) string {
		t.Helper()
		_, body := get(t, url)
		var page struct {
			Links []struct{ Rel, Href string }
		}
		if err := json.Unmarshal(body, &page); err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Links {
			if l.Rel == "next" {
				return l.Href
			}
		}
		t.Fatalf("%s has no next page", url)
		return ""
	}
	first, second := serve(t, "--db", db), serve(t, "--db", db)
	link := next(first + "api/collections/mentions/items?limit=20")
	res, body := get(t, second+strings.TrimPrefix(link, first))
	if res.StatusCode != http.StatusOK || !strings.Contains(string(body), `"numberReturned":20`) {
		t.Errorf("%s: %.300s", res.Status, body)
	}
}
