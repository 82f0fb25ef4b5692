package gazetteer_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// Nearest finds what comparing all distances finds, everywhere on Earth.
func TestNearest(t *testing.T) {
	b := newBuilder(t, gazetteer.BuilderOptions{})
	synthetic(t, b, 20_000)
	for i, at := range []orb.Point{{180, 0}, {-180, 0}, {179.9999, 70}, {-179.9999, 70}, {0, 90}, {90, 90}, {-120, -90}, {12.5, 12.5}, {12.5, 12.5}} {
		p := village("cm:special-"+string(rune('a'+i)), "Special")
		p.Point = at
		add(t, b, p)
	}
	g := compile(t, b)
	var all []*gazetteer.Place
	for p := range g.Places() {
		all = append(all, p)
	}
	r := rand.New(rand.NewPCG(9, 10))
	sites := []orb.Point{{180, 0}, {-180, 0}, {179.99999, 70.1}, {-179.99, 69.9}, {0, 90}, {45, 89.9}, {-120, -89.999}, {13, 12}, {180, -90}, {-180, 90}}
	for range 300 {
		sites = append(sites, orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90})
	}
	for _, at := range sites {
		for _, limit := range []int{1, 7, 50} {
			within := []float64{0, 1000, 100_000, 1_000_000}[r.IntN(4)]
			var want []float64
			for _, p := range all {
				if m := geo.DistanceHaversine(at, p.Point); within == 0 || m <= within {
					want = append(want, m)
				}
			}
			slices.Sort(want)
			want = want[:min(limit, len(want))]
			got := g.Nearest(at, limit, within)
			if len(got) != len(want) {
				t.Fatalf("%v within %g: %d places, want %d", at, within, len(got), len(want))
			}
			for i, n := range got {
				if math.Abs(n.Metres-want[i]) > 0.01 || math.Abs(n.Metres-geo.DistanceHaversine(at, n.Place.Point)) > 0.01 {
					t.Errorf("%v: number %d is %s, %g m away, want %g", at, i, n.Place.ID, n.Metres, want[i])
				}
			}
			if !slices.IsSortedFunc(got, func(a, b gazetteer.Near) int { return cmp.Compare(a.Metres, b.Metres) }) {
				t.Errorf("%v: not in order", at)
			}
		}
	}
}

func TestNearestNothing(t *testing.T) {
	g := tables(t)
	for _, at := range []orb.Point{{181, 0}, {0, -91}, {math.NaN(), 0}, {0, math.Inf(1)}} {
		if near := g.Nearest(at, 5, 0); near != nil {
			t.Errorf("near %v: %v", at, near)
		}
	}
	at := orb.Point{46.75, 39.82}
	if g.Nearest(at, 0, 0) != nil || g.Nearest(at, -1, 0) != nil || g.Nearest(at, 5, -1) != nil || g.Nearest(at, 5, math.NaN()) != nil {
		t.Error("something came where nothing was asked for")
	}
	near := g.Nearest(at, 1, 5000)
	if len(near) != 1 || near[0].Place.ID != "gn:146970" || near[0].Metres > 500 {
		t.Errorf("nearest to Stepanakert: %+v", near)
	}
	if near := g.Nearest(orb.Point{-130, -60}, 5, 10_000); len(near) != 0 {
		t.Errorf("in the Pacific: %v", near)
	}
}
