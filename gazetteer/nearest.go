package gazetteer

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/paulmach/orb"
)

// maxNearest bounds how many places Nearest returns.
const maxNearest = 1000

// Near is a place at a distance.
type Near struct {
	Place *Place
	// Metres is the great-circle distance to the place's point.
	Metres float64
}

// Nearest returns up to limit (at most 1000) places by the distance of their
// points from at, nearest first, none further than maxMetres unless that is 0.
// Distances are great-circle ones on a sphere of the radius that orb uses;
// neither the antimeridian nor the poles are special.
func (g *Gazetteer) Nearest(at orb.Point, limit int, maxMetres float64) (near []Near) {
	limit = min(limit, maxNearest)
	if limit <= 0 || !onEarth(at) || !(maxMetres >= 0) {
		return nil
	}
	if maxMetres == 0 {
		maxMetres = math.Inf(1)
	}
	ok := g.look(func(f *file) error {
		found, err := f.nearest(newSite(at), limit, maxMetres)
		if err != nil {
			return err
		}
		near = make([]Near, 0, len(found))
		for _, n := range found {
			p, err := g.place(f, n.ordinal)
			if err != nil {
				return err
			}
			near = append(near, Near{p, n.metres})
		}
		return nil
	})
	if !ok {
		return nil
	}
	return near
}

// The points lie along a Z-order (Morton) curve over the grid of packed degrees,
// 32 bits each way. A range of the curve that shares its first 2n bits is a
// tile of a quadtree, n levels down, so the sorted points are a quadtree
// already: its tiles are found by bisection, and nearest looks into the nearest
// tile first until nothing can be nearer than what it has.
const (
	gridBits = 32
	// leafPoints is the number of points from which on a tile is divided.
	leafPoints = 16
)

// grid returns the cell of a packed coordinate.
func grid(lon, lat int32) (x, y uint32) {
	return uint32(int64(lon) + 180*degree), uint32(int64(lat) + 90*degree)
}

// zOrder is the position of a cell on the curve.
func zOrder(x, y uint32) uint64 { return spread(y)<<1 | spread(x) }

// spread puts a zero before each bit.
func spread(v uint32) uint64 {
	n := uint64(v)
	n = (n | n<<16) & 0x0000ffff0000ffff
	n = (n | n<<8) & 0x00ff00ff00ff00ff
	n = (n | n<<4) & 0x0f0f0f0f0f0f0f0f
	n = (n | n<<2) & 0x3333333333333333
	n = (n | n<<1) & 0x5555555555555555
	return n
}

func packedPoint(p orb.Point) (lon, lat int32) {
	return int32(math.Round(p[0] * degree)), int32(math.Round(p[1] * degree))
}

// appendPoint appends an entry of the points.
func appendPoint(b []byte, lon, lat int32, ordinal uint32) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(lon))
	b = binary.LittleEndian.AppendUint32(b, uint32(lat))
	return binary.LittleEndian.AppendUint32(b, ordinal)
}

func (f *file) point(i int) (lon, lat int32, ordinal int) {
	e := f.sections[sectionPoints][i*pointSize:][:pointSize]
	return int32(binary.LittleEndian.Uint32(e)), int32(binary.LittleEndian.Uint32(e[4:])), int(binary.LittleEndian.Uint32(e[8:]))
}

// tile is a quadtree's tile with its points, or a single point.
type tile struct {
	metres      float64 // at least this far away; exactly so for a point
	first, last int     // its points
	x, y        uint32  // south-west corner
	level       int     // 0 is the whole grid
	ordinal     int     // of a single point; -1 else
}

type neighbour struct {
	ordinal int
	metres  float64
}

func (f *file) nearest(at site, limit int, maxMetres float64) ([]neighbour, error) {
	var found []neighbour
	q := tiles{{first: 0, last: f.count, ordinal: -1}}
	for len(q) > 0 && len(found) < limit {
		t := heap.Pop(&q).(tile)
		if t.metres > maxMetres {
			break
		}
		switch {
		case t.ordinal >= f.count:
			return nil, fmt.Errorf("%w: point of place %d of %d", ErrFormat, t.ordinal, f.count)
		case t.ordinal >= 0:
			found = append(found, neighbour{t.ordinal, t.metres})
		case t.last-t.first <= leafPoints || t.level == gridBits:
			for i := t.first; i < t.last; i++ {
				lon, lat, ordinal := f.point(i)
				heap.Push(&q, tile{metres: at.metres(orb.Point{float64(lon) / degree, float64(lat) / degree}), ordinal: ordinal})
			}
		default:
			for _, child := range f.divide(t) {
				if child.first < child.last {
					child.metres = at.metresToTile(child)
					heap.Push(&q, child)
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.ordinal, b.ordinal))
	})
	return found, nil
}

// divide returns the four quarters of a tile.
func (f *file) divide(t tile) (quarters [4]tile) {
	half := uint64(1) << (gridBits - t.level - 1)
	first := t.first
	for i := range quarters {
		c := tile{level: t.level + 1, first: first, last: t.last, ordinal: -1, x: t.x + uint32(uint64(i&1)*half), y: t.y + uint32(uint64(i>>1)*half)}
		if i < 3 {
			next := zOrder(t.x, t.y) + uint64(i+1)*half*half
			c.last = first + sort.Search(t.last-first, func(k int) bool {
				lon, lat, _ := f.point(first + k)
				return zOrder(grid(lon, lat)) >= next
			})
		}
		first = c.last
		quarters[i] = c
	}
	return quarters
}

// site is the point from which distances are measured, in radians.
type site struct {
	lon, lat, sin, cos float64
}

func newSite(p orb.Point) site {
	lat := radians(p[1])
	return site{radians(p[0]), lat, math.Sin(lat), math.Cos(lat)}
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// metres is the haversine distance.
func (s site) metres(p orb.Point) float64 {
	return s.distance(radians(p[0]), radians(p[1]))
}

func (s site) distance(lon, lat float64) float64 {
	sinLat, sinLon := math.Sin((lat-s.lat)/2), math.Sin((lon-s.lon)/2)
	h := sinLat*sinLat + s.cos*math.Cos(lat)*sinLon*sinLon
	return 2 * orb.EarthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// metresToTile is the distance to the nearest point of a tile.
func (s site) metresToTile(t tile) float64 {
	side := float64(uint64(1) << (gridBits - t.level))
	west, south := radians(float64(t.x)/degree-180), radians(float64(t.y)/degree-90)
	// The grid goes on beyond the antimeridian and the pole, no point does.
	east, north := math.Min(math.Pi, west+radians(side/degree)), math.Min(math.Pi/2, south+radians(side/degree))
	if s.lon >= west && s.lon <= east {
		return s.distance(s.lon, math.Max(south, math.Min(s.lat, north)))
	}
	return math.Min(s.metresToMeridian(west, south, north), s.metresToMeridian(east, south, north))
}

// metresToMeridian is the distance to the part of a meridian between two
// latitudes. The distance has one minimum along the great circle, where its
// latitude is atan(tan lat / cos dlon); beyond a pole, an end is nearest.
func (s site) metresToMeridian(lon, south, north float64) float64 {
	foot := math.Atan2(s.sin, s.cos*math.Cos(lon-s.lon))
	if foot > south && foot < north {
		return s.distance(lon, foot)
	}
	return math.Min(s.distance(lon, south), s.distance(lon, north))
}

// tiles is a heap of tiles by distance; of equals, the point comes first.
type tiles []tile

func (q tiles) Len() int { return len(q) }
func (q tiles) Less(i, j int) bool {
	if q[i].metres != q[j].metres {
		return q[i].metres < q[j].metres
	}
	return q[i].ordinal > q[j].ordinal
}
func (q tiles) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *tiles) Push(x any)   { *q = append(*q, x.(tile)) }
func (q *tiles) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
