package main

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

func TestCases(t *testing.T) {
	d := &dataset{}
	for i := range 50_000 {
		d.ids = append(d.ids, fmt.Sprintf("%020x:%d", i, i))
	}
	letters := ""
	for _, c := range cases(d, 1) {
		seen := make(map[string]bool)
		for _, p := range c.paths {
			u, err := url.Parse(p)
			if err != nil || seen[p] || !strings.HasPrefix(p, "/") {
				t.Fatalf("%s: address %q, again: %t, %v", c.name, p, seen[p], err)
			}
			seen[p] = true
			if box := u.Query().Get("bbox"); box != "" {
				if _, err := geo.ParseFilter(url.Values{"bbox": {box}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if c.kind == "same" && len(c.paths) != 1 || c.kind == "varied" && len(c.paths) < 4000 {
			t.Errorf("%s, %s: %d addresses", c.name, c.kind, len(c.paths))
		}
		letters += c.letter
	}
	if letters != "aabbccddddddeef" {
		t.Errorf("cases %s", letters)
	}
}

func TestTileOf(t *testing.T) {
	for _, c := range []struct {
		at         orb.Point
		zoom, x, y int
	}{
		{orb.Point{0, 0}, 0, 0, 0}, {orb.Point{0.1, -0.1}, 1, 1, 1}, {orb.Point{-180, 90}, 5, 0, 0}, {orb.Point{180, -90}, 5, 31, 31},
		{orb.Point{46.75, 39.82}, 8, 161, 97},
	} {
		if x, y := tileOf(c.at, c.zoom); x != c.x || y != c.y {
			t.Errorf("%v at zoom %d: tile %d/%d, want %d/%d", c.at, c.zoom, x, y, c.x, c.y)
		}
	}
}

func TestWriteLines(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lines")
	if err := writeLines(file, []string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "a\nb\n" {
		t.Errorf("%q, %v", got, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestReport(t *testing.T) {
	var out bytes.Buffer
	r := &report{out: &out}
	r.row(&benchCase{name: "items", kind: "varied"}, &measurement{Requests: 400, Micros: 2e6, Bytes: 40_000, P50: 1500, P99: 20_000, returned: 99.6, repeated: true, memory: memory{now: 5 << 20}})
	r.tiles([]zoomSizes{{collection: "events", zoom: 5, tiles: 2, total: 30, worst: 20, worstTile: "5/1/2"}})
	for _, want := range []string{"| items | varied (some twice) | 200 | 1.50 | 20.00 | 100 | 100 | 5 |\n", "| events | 5 | 2 | 15 | 20 | 5/1/2 |\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, &out)
		}
	}
}

// TestRunSaysWhatItNeeds gives no sensible options.
func TestRunSaysWhatItNeeds(t *testing.T) {
	if err := run(t.Context(), options{}, &bytes.Buffer{}, nil); err == nil {
		t.Error("no error")
	}
	t.Setenv("PATH", "")
	if err := run(t.Context(), options{mentions: 1000, duration: time.Second, connections: 1}, &bytes.Buffer{}, nil); err == nil || !strings.Contains(err.Error(), "wrk") {
		t.Errorf("without wrk: %v", err)
	}
}
