package tile_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
)

// million is a million mentions at 2,000 places around twelve centres. Its
// features are made when they are asked for, as the index does.
func million() ([]index.Mark, func(mark, i int) index.Brief) {
	const places, each = 2000, 500
	r := rand.New(rand.NewPCG(4, 2))
	list := make([]index.Mark, places)
	for i := range list {
		centre := orb.Point{20 + float64(i%12)*4, 30 + float64(i%5)*4}
		p := townAt(fmt.Sprint(i), centre[0]+r.NormFloat64()*2, centre[1]+r.NormFloat64()*2)
		list[i] = index.Mark{Place: p, Geometry: p.Footprint(), Len: each}
		list[i].MaxConfidence = 0.75
		for t := range each {
			list[i].Counts[t%8]++
		}
	}
	return list, func(mark, i int) index.Brief {
		return index.Brief{
			ID: fmt.Sprintf("article-%d:%d", mark, i), Event: geo.Battle, Role: geo.Site, Days: geo.Interval{From: 737000, To: 737001},
			WherePrec: 1, Confidence: 0.75, Mentions: 1, Articles: 1, Name: "Town", Claim: geo.Claimed,
		}
	}
}

// around is the tile of a zoom that has the position.
func around(z int, lon, lat float64) tile.ID {
	n := float64(int(1) << z)
	return tile.ID{
		Z: z, X: int((lon/360 + 0.5) * n),
		Y: int((0.5 - math.Asinh(math.Tan(lat*math.Pi/180))/(2*math.Pi)) * n),
	}
}

func BenchmarkTile(b *testing.B) {
	list, brief := million()
	scene := tile.New(list, brief, tile.Options{})
	for _, z := range []int{0, 3, 5, 8, 10} {
		id := around(z, 36, 34)
		b.Run(fmt.Sprint("z", z), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.ReportMetric(float64(len(scene.Tile(id))), "bytes")
			}
		})
	}
}

// BenchmarkNew lays a million mentions out.
func BenchmarkNew(b *testing.B) {
	list, brief := million()
	b.ReportAllocs()
	for b.Loop() {
		tile.New(list, brief, tile.Options{})
	}
}
