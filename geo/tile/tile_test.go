package tile_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/tile"
)

// data is what a scene is made of.
type data struct {
	list   []index.Mark
	briefs [][]index.Brief
}

func (d *data) brief(mark, i int) index.Brief { return d.briefs[mark][i] }

func (d *data) scene() *tile.Scene { return tile.New(d.list, d.brief, tile.Options{}) }

// add puts n events of a type at the place.
func (d *data) add(p *gazetteer.Place, moved orb.Geometry, event geo.EventType, n int) {
	m := index.Mark{Place: p, Geometry: p.Footprint(), Len: n, MaxConfidence: 0.9}
	if moved != nil {
		m.Geometry, m.Moved = moved, true
	}
	briefs := make([]index.Brief, n)
	for i := range briefs {
		briefs[i] = index.Brief{
			ID: fmt.Sprintf("%s:%s:%d", p.ID, event, len(d.list)*1000+i), Event: event, Role: geo.Site, Days: geo.Interval{From: 737695, To: 737696},
			WherePrec: geo.WhereExact, Confidence: 0.9, Mentions: 2, Articles: 1, Name: p.Name, Claim: geo.Reported,
		}
		m.Counts[typeIndex(event)]++
	}
	d.list = append(d.list, m)
	d.briefs = append(d.briefs, briefs)
}

func typeIndex(event geo.EventType) int {
	for i, t := range geo.EventTypes() {
		if t == event {
			return i
		}
	}
	return 7
}

func (d *data) features() int {
	n := 0
	for i := range d.list {
		n += d.list[i].Len
	}
	return n
}

func townAt(name string, lon, lat float64) *gazetteer.Place {
	return &gazetteer.Place{ID: "t:" + name, Name: name, Kind: gazetteer.Settlement, Country: "AZ", Point: orb.Point{lon, lat}}
}

// regionAt is a square region of the given width in degrees.
func regionAt(name string, lon, lat, width float64) *gazetteer.Place {
	b := orb.Bound{Min: orb.Point{lon, lat}, Max: orb.Point{lon + width, lat + width}}
	return &gazetteer.Place{
		ID: "r:" + name, Name: name, Kind: gazetteer.Region, Point: b.Center(), Shape: b.ToPolygon(), Uncertainty: 5000,
	}
}

// spread is n towns with up to most events each, and some regions.
func spread(seed uint64, n, most int) *data {
	r := rand.New(rand.NewPCG(seed, 1))
	d := &data{}
	for i := range n {
		lon, lat := r.Float64()*360-180, r.Float64()*178-89
		event := geo.EventTypes()[r.IntN(7)]
		if i%10 == 0 {
			d.add(regionAt(fmt.Sprint(i), lon/1.2, lat/2, 0.001+r.Float64()*r.Float64()*5), nil, event, 1+r.IntN(most))
			continue
		}
		d.add(townAt(fmt.Sprint(i), lon, lat), nil, event, 1+r.IntN(most))
	}
	return d
}

// decode reads a tile; coordinates stay those of the tile.
func decode(t testing.TB, b []byte) map[string][]*geojson.Feature {
	t.Helper()
	out := map[string][]*geojson.Feature{}
	if b == nil {
		return out
	}
	layers, err := mvt.Unmarshal(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range layers {
		if l.Version != 2 || l.Extent != tile.Extent {
			t.Fatalf("layer %s has version %d and extent %d", l.Name, l.Version, l.Extent)
		}
		out[l.Name] = l.Features
	}
	return out
}

func count(f *geojson.Feature) int {
	if n, ok := f.Properties["count"]; ok {
		return int(n.(float64))
	}
	return 1
}

func TestParseID(t *testing.T) {
	for address, want := range map[string]tile.ID{"0/0/0": {}, "5/20/11": {Z: 5, X: 20, Y: 11}, "22/4194303/0": {Z: 22, X: 1<<22 - 1}} {
		p := strings.Split(address, "/")
		id, err := tile.ParseID(p[0], p[1], p[2])
		if err != nil || id != want || id.String() != address {
			t.Errorf("%s: %v %v", address, id, err)
		}
	}
	for _, address := range []string{"23/0/0", "1/2/0", "1/0/2", "-1/0/0", "1/+1/0", "01/0/0", "a/0/0", "//", "1/0/1.5", "9/ 1/1", "30/0/99999999999999999999"} {
		p := strings.Split(address, "/")
		if id, err := tile.ParseID(p[0], p[1], p[2]); err == nil {
			t.Errorf("%s is read as %v", address, id)
		}
	}
}

func FuzzParseID(f *testing.F) {
	f.Add("5", "20", "11")
	f.Add("22", "4194303", "0x1")
	scene := spread(3, 50, 3).scene()
	f.Fuzz(func(t *testing.T, z, x, y string) {
		id, err := tile.ParseID(z, x, y)
		if err != nil {
			return
		}
		if id.String() != z+"/"+x+"/"+y {
			t.Fatalf("%s/%s/%s is read as %v", z, x, y, id)
		}
		decode(t, scene.Tile(id))
	})
}

// Whatever the zoom, all features are in the tiles, once each: buffers left out.
func TestTilesHaveEveryFeatureOnce(t *testing.T) {
	d := spread(1, 1500, 40)
	scene := d.scene()
	for z := 0; z <= 6; z++ {
		got, shapes := 0, map[any]int{}
		for x := range 1 << z {
			for y := range 1 << z {
				layers := decode(t, scene.Tile(tile.ID{Z: z, X: x, Y: y}))
				for _, name := range []string{tile.PointLayer, tile.ClusterLayer} {
					for _, f := range layers[name] {
						if p := f.Geometry.(orb.Point); inTile(p) {
							got += count(f)
						}
					}
				}
				for _, f := range append(layers[tile.LineLayer], layers[tile.AreaLayer]...) {
					shapes[f.ID] = count(f)
				}
			}
		}
		for _, n := range shapes {
			got += n
		}
		if got != d.features() {
			t.Errorf("zoom %d: %d features of %d", z, got, d.features())
		}
		if z > 3 && len(shapes) == 0 {
			t.Errorf("zoom %d: no shapes", z)
		}
	}
}

func inTile(p orb.Point) bool {
	return p[0] >= 0 && p[0] < tile.Extent && p[1] >= 0 && p[1] < tile.Extent
}

// A symbol near an edge is drawn by both neighbours, in the same way.
func TestNeighboursAgree(t *testing.T) {
	for z, d := range map[int]*data{0: spread(2, 300, 3), 3: spread(2, 1000, 30), 5: spread(2, 4000, 30), 11: dense(2000), 14: dense(2000)} {
		scene := d.scene()
		n := 1 << z
		x0, y0 := n/2, n/2
		if z > 8 {
			x0, y0 = 1234*n/2048, 777*n/2048
		}
		shared := 0
		for _, side := range [][2]int{{1, 0}, {0, 1}, {1, 1}, {-1, 1}} {
			a := tile.ID{Z: z, X: x0, Y: y0}
			b := tile.ID{Z: z, X: (x0 + side[0] + n) % n, Y: y0 + side[1]}
			if b.Y >= n {
				continue
			}
			left, right := symbols(t, scene, a), symbols(t, scene, b)
			shift := orb.Point{float64(side[0] * tile.Extent), float64(side[1] * tile.Extent)}
			shared += agree(t, a, b, left, right, shift)
			agree(t, b, a, right, left, orb.Point{-shift[0], -shift[1]})
		}
		if shared == 0 {
			t.Errorf("zoom %d: nothing is near the edges", z)
		}
	}
}

// dense is n towns within some tiles of zoom 11.
func dense(n int) *data {
	r := rand.New(rand.NewPCG(9, 9))
	d := &data{}
	west := 1234.0/2048*360 - 180
	north := math.Atan(math.Sinh(math.Pi*(1-2*777.0/2048))) * 180 / math.Pi
	for i := range n {
		at := orb.Point{west + r.NormFloat64()*0.1, north + r.NormFloat64()*0.05}
		d.add(townAt(fmt.Sprint(i), at[0], at[1]), nil, geo.EventTypes()[i%7], 1+r.IntN(3))
	}
	return d
}

type seen map[string]orb.Point

func symbols(t *testing.T, s *tile.Scene, id tile.ID) seen {
	t.Helper()
	all := seen{}
	layers := decode(t, s.Tile(id))
	for _, name := range []string{tile.PointLayer, tile.ClusterLayer} {
		for _, f := range layers[name] {
			// The same symbol can be on both sides of the world.
			all[fmt.Sprint(name, f.ID, f.Properties, f.Geometry.(orb.Point)[0] > tile.Extent/2)] = f.Geometry.(orb.Point)
		}
	}
	return all
}

// agree looks for what a has in the part that b draws, too.
func agree(t *testing.T, a, b tile.ID, from, in seen, shift orb.Point) (shared int) {
	t.Helper()
	for key, p := range from {
		q := orb.Point{p[0] - shift[0], p[1] - shift[1]}
		if q[0] < -tile.Buffer || q[1] < -tile.Buffer || q[0] >= tile.Extent+tile.Buffer || q[1] >= tile.Extent+tile.Buffer {
			continue
		}
		shared++
		found := false
		for other, r := range in {
			found = found || r == q && strings.TrimRight(other, "truefals") == strings.TrimRight(key, "truefals")
		}
		if !found {
			t.Errorf("%v has %s at %v, but %v has it not at %v", a, key, p, b, q)
		}
	}
	return shared
}
