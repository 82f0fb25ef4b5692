package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// The world is a square: x grows eastwards and y southwards from 0 to 1, in the
// Mercator projection of web maps (EPSG:3857).

// maxLat is where the square ends, in degrees.
const maxLat = 85.05112877980659

// project gives a position's place in the world. False: it has none, since a
// coordinate is not a number.
func project(p orb.Point) (orb.Point, bool) {
	lon, lat := p.Lon(), min(max(p.Lat(), -maxLat), maxLat)
	sin := math.Sin(lat * math.Pi / 180)
	world := orb.Point{
		inside(lon/360 + 0.5),
		inside(0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)),
	}
	return world, !math.IsNaN(world[0]) && !math.IsNaN(world[1])
}

// inside keeps a coordinate within the world's tiles, of which none begins at 1.
func inside(v float64) float64 { return min(max(v, 0), 1-1.0/(1<<codeBits+1)) }

// codeBits is how finely positions are sorted, in bits a coordinate: half a metre.
const codeBits = 26

// code interleaves the bits of x and y (Morton order): the positions in a tile
// of any zoom are neighbours in its order.
func code(p orb.Point) uint64 {
	const scale = 1 << codeBits
	return spread(uint64(p[0]*scale)) | spread(uint64(p[1]*scale))<<1
}

// spread puts a zero between each two of the lower 32 bits.
func spread(n uint64) uint64 {
	n = (n | n<<16) & 0x0000ffff0000ffff
	n = (n | n<<8) & 0x00ff00ff00ff00ff
	n = (n | n<<4) & 0x0f0f0f0f0f0f0f0f
	n = (n | n<<2) & 0x3333333333333333
	return (n | n<<1) & 0x5555555555555555
}

// codesOf are the codes within a tile, the last exclusive.
func codesOf(z, x, y int) (first, end uint64) {
	shift := 2 * (codeBits - z)
	at := spread(uint64(x)) | spread(uint64(y))<<1
	return at << shift, (at + 1) << shift
}

// frame is how a tile sees the world: shifted, where it looks over the antimeridian.
type frame struct {
	scale, x, y float64
}

func frameOf(id ID, shift float64) frame {
	scale := float64(int(1) << id.Z)
	return frame{scale: scale, x: float64(id.X) - shift*scale, y: float64(id.Y)}
}

// units gives a position in the units of the tile. Rounded down, a position lies
// in one tile and in no two.
func (f frame) units(p orb.Point) (x, y float64) {
	return math.Floor((p[0]*f.scale - f.x) * Extent), math.Floor((p[1]*f.scale - f.y) * Extent)
}

// within reports whether the units lie in the tile or in its buffer.
func within(x, y float64) bool {
	return x >= -Buffer && x < Extent+Buffer && y >= -Buffer && y < Extent+Buffer
}

// window is the part of the world that the tile draws, with its buffer.
func (f frame) window() orb.Bound {
	const margin = float64(Buffer) / Extent
	return orb.Bound{
		Min: orb.Point{(f.x - margin) / f.scale, (f.y - margin) / f.scale},
		Max: orb.Point{(f.x + 1 + margin) / f.scale, (f.y + 1 + margin) / f.scale},
	}
}

// degrees is the position in lon,lat of a place in the world.
func degrees(p orb.Point) orb.Point {
	return orb.Point{(p[0] - 0.5) * 360, math.Atan(math.Sinh((0.5-p[1])*2*math.Pi)) * 180 / math.Pi}
}
