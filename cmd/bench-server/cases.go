package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/synth"
)

// benchCase is something to measure.
type benchCase struct {
	letter, name string
	kind         string   // same, varied, or all: each that there is, in turn
	paths        []string // one, or more than wrk will ask for
	least        int      // features that an answer has at least
	mayBeEmpty   bool     // 204 is an answer, too
}

// How many addresses there are for each second of a measurement: more than a
// server answers.
const (
	slowRate = 5000
	fastRate = 40_000
)

func contains(letters, letter string) bool { return strings.Contains(letters, letter) }

// cases lists the measurements, with addresses for so many seconds. They are the
// same each time.
func cases(d *dataset, seconds int) []benchCase {
	manySlow, manyFast := slowRate*seconds, fastRate*seconds
	rng := rand.New(rand.NewPCG(1, 2))
	all := synth.Places(synth.Options{Seed: 1})
	const mentions = "/api/collections/mentions/items"
	full := 1000
	if len(d.ids) < maxIDs {
		full = 1 // little data: a week need not have a thousand
	}
	var list []benchCase
	add := func(letter, name string, least, n int, address func() string) {
		same := benchCase{letter: letter, name: name, kind: "same", paths: []string{address()}, least: least}
		varied := benchCase{letter: letter, name: name, kind: "varied", least: least, mayBeEmpty: letter == "d"}
		seen := map[string]bool{same.paths[0]: true}
		for tries := 0; len(varied.paths) < n && tries < 2*n; tries++ {
			if a := address(); !seen[a] {
				seen[a] = true
				varied.paths = append(varied.paths, a)
			}
		}
		list = append(list, same, varied)
	}
	add("a", "(a) items, limit 1000, a week and a box", full, manySlow, func() string {
		from := firstDay() + geo.Day(rng.IntN(sixYears-7))
		west, south := 20*rng.Float64()-20, 8*rng.Float64()-8
		return fmt.Sprintf("%s?limit=1000&datetime=%s/%s&bbox=%.3f,%.3f,%.3f,%.3f", mentions, from, from+6, west, south, west+80, south+60)
	})
	add("b", "(b) items, limit 100, a box", 1, manyFast, func() string {
		at := all[rng.IntN(len(all))].Point
		half := 0.5 + 4*rng.Float64()
		b := orb.Bound{Min: at, Max: at}.Pad(half)
		return fmt.Sprintf("%s?limit=100&bbox=%.4f,%.4f,%.4f,%.4f", mentions,
			max(-180, b.Min.Lon()), max(-90, b.Min.Lat()), min(180, b.Max.Lon()), min(90, b.Max.Lat()))
	})
	add("c", "(c) one item", 1, manyFast, func() string { return mentions + "/" + d.ids[rng.IntN(len(d.ids))] })
	for _, zoom := range []int{5, 8} {
		list = append(list, benchCase{letter: "d", name: fmt.Sprintf("(d) tiles, zoom %d", zoom), kind: "all", paths: allTiles(rng, all, zoom), mayBeEmpty: true})
		add("d", fmt.Sprintf("(d) tiles, zoom %d", zoom), 0, manyFast, func() string { return tile(rng, all, zoom) })
	}
	add("e", "(e) histogram by day, six years", 0, manyFast, func() string {
		// What varies leaves nothing out: every confidence is at least 0.4.
		return fmt.Sprintf("/api/histogram?collection=mentions&interval=day&datetime=%s/%s&min_confidence=0.%07d",
			firstDay(), firstDay()+sixYears-1, 1+rng.IntN(3_999_999))
	})
	add("f", "(f) first page of the map", 0, 1, func() string { return "/" })
	return list[:len(list)-1] // the page is the same for everybody
}

// sixYears is how many days the data spans.
const sixYears = 6*365 + 2

func firstDay() geo.Day {
	day, _ := geo.Date(2020, 1, 1)
	return day
}

// tile is the address of a tile with one of the places in it, most often one of
// the busy ones. The filter makes the address another but leaves nothing out.
func tile(rng *rand.Rand, all []*gazetteer.Place, zoom int) string {
	p := all[min(rng.IntN(len(all)), rng.IntN(len(all)))]
	x, y := tileOf(p.Point, zoom)
	return fmt.Sprintf("/tiles/mentions/%d/%d/%d.mvt?min_confidence=0.%07d", zoom, x, y, 1+rng.IntN(3_999_999))
}

// allTiles are the addresses of the tiles with places in them, without a filter:
// what users of the map ask for.
func allTiles(rng *rand.Rand, all []*gazetteer.Place, zoom int) []string {
	var paths []string
	seen := make(map[string]bool)
	for _, p := range all {
		x, y := tileOf(p.Point, zoom)
		if path := fmt.Sprintf("/tiles/mentions/%d/%d/%d.mvt", zoom, x, y); !seen[path] {
			seen[path] = true
			paths = append(paths, path)
		}
	}
	rng.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	return paths
}

// tileOf is the tile in which a position lies.
func tileOf(at orb.Point, zoom int) (x, y int) {
	n := math.Exp2(float64(zoom))
	lat := at.Lat() * math.Pi / 180
	x = int(n * (at.Lon() + 180) / 360)
	y = int(n * (1 - math.Asinh(math.Tan(lat))/math.Pi) / 2)
	last := int(n) - 1
	return max(0, min(last, x)), max(0, min(last, y))
}
