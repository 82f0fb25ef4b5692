package tile

import (
	"hash/fnv"
	"math"
	"strconv"
)

// coarseness is what a tile gives up to stay within MaxBytes.
type coarseness int

const (
	asItIs     coarseness = iota
	coarseRim             // clusters in the buffer
	coarse                // clusters everywhere
	countsOnly            // and no single features, whose texts may be long
)

// Tile encodes a tile; nil where there is nothing. The id must be one of ParseID's.
func (s *Scene) Tile(id ID) []byte {
	for give := asItIs; ; give++ {
		b := s.encode(id, give)
		if len(b) <= MaxBytes || give == countsOnly {
			return b
		}
	}
}

// layers of a tile that is being made.
type maker struct {
	scene                          *Scene
	id                             ID
	give                           coarseness
	points, clusters, lines, areas *writer
}

func (s *Scene) encode(id ID, give coarseness) []byte {
	m := &maker{
		scene: s, id: id, give: give,
		points: newWriter(PointLayer), clusters: newWriter(ClusterLayer), lines: newWriter(LineLayer), areas: newWriter(AreaLayer),
	}
	own := s.in(id.Z, id.X, id.Y)
	m.draw(own, s.tileDetail(own, id.Z, give >= coarse), frameOf(id, 0))
	m.rim()
	for shift := -1.0; shift <= 1; shift++ {
		m.shapes(frameOf(id, shift))
	}
	var b []byte
	for _, w := range []*writer{m.areas, m.lines, m.points, m.clusters} {
		b = w.append(b)
	}
	return b
}

func (s *Scene) tileDetail(marks []mark, z int, coarse bool) detail {
	if coarse {
		return detail{grid: true}
	}
	return s.detailOf(marks, z)
}

// rim draws what lies in the buffer, as the neighbours draw it.
func (m *maker) rim() {
	z, n := m.id.Z, 1<<m.id.Z
	for dy := -1; dy <= 1; dy++ {
		y := m.id.Y + dy
		if y < 0 || y >= n {
			continue
		}
		for dx := -1; dx <= 1; dx++ {
			if dx == 0 && dy == 0 {
				continue
			}
			x, shift := m.id.X+dx, 0.0
			switch {
			case x < 0:
				x, shift = x+n, -1
			case x >= n:
				x, shift = x-n, 1
			}
			marks := m.scene.in(z, x, y)
			if len(marks) == 0 {
				continue
			}
			d := m.scene.tileDetail(marks, z, m.give >= coarseRim)
			f := frameOf(m.id, shift)
			if !d.grid {
				m.draw(marks, d, f)
				continue
			}
			for _, c := range edge(dx, dy) {
				m.draw(cut(marks, z+cellBits, x*cells+c[0], y*cells+c[1]), d, f)
			}
		}
	}
}

// edge lists the cells of the neighbour in the direction that touch the tile.
func edge(dx, dy int) [][2]int {
	span := func(d int) (first, last int) {
		switch d {
		case -1:
			return cells - 1, cells - 1
		case 1:
			return 0, 0
		}
		return 0, cells - 1
	}
	var list [][2]int
	x0, x1 := span(dx)
	y0, y1 := span(dy)
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			list = append(list, [2]int{x, y})
		}
	}
	return list
}

// draw draws the symbols of marks of one tile as far as they lie within.
func (m *maker) draw(marks []mark, d detail, f frame) {
	m.scene.symbols(marks, m.id.Z, d, func(sym *symbol) {
		x, y := f.units(sym.at)
		if !within(x, y) {
			return
		}
		if sym.single && m.give < countsOnly {
			m.single(sym, int32(x), int32(y))
			return
		}
		m.cluster(sym, int32(x), int32(y))
	})
}

func (m *maker) single(sym *symbol, x, y int32) {
	from, ref, i := m.scene.from, int(sym.ref), int(sym.i)
	m.points.begin(number53(from.key(ref, i)), pointType)
	from.feature(m.points, ref, i)
	if sym.here > 1 {
		m.points.num("here", sym.here)
	}
	m.points.point(x, y)
	m.points.end()
}

func (m *maker) cluster(sym *symbol, x, y int32) {
	from := m.scene.from
	if sym.single { // as one of a cluster
		sym.tally, sym.marks = from.tally(int(sym.ref)), 1
		sym.single = false
	}
	spot := from.about(int(sym.ref))
	w := m.clusters
	if sym.anyCell {
		w.begin(number53("cell", strconv.Itoa(m.id.Z), strconv.FormatUint(sym.cell, 36)), pointType)
	} else {
		w.begin(spot.number(), pointType)
	}
	writeTally(w, sym.tally)
	w.num("places", sym.marks)
	w.some("approximate", sym.vague)
	if sym.vague == sym.tally.features {
		w.flag("unplaced")
	}
	if sym.marks == 1 {
		w.str("place_id", spot.placeID)
		w.str("country", spot.country)
	} else {
		box := inDegrees(sym.bound)
		w.float("west", box.Min[0])
		w.float("south", box.Min[1])
		w.float("east", box.Max[0])
		w.float("north", box.Max[1])
	}
	w.str("label", short(spot.label))
	w.point(x, y)
	w.end()
}

// shapes draws lines and areas until they have taken their part of the tile.
func (m *maker) shapes(f frame) {
	window := f.window()
	from := m.scene.from
	for _, sh := range m.scene.drawn(m.id.Z) {
		if !window.Intersects(sh.bound) {
			continue
		}
		w, kind := m.lines, lineType
		if sh.area {
			w, kind = m.areas, areaType
		}
		ref := int(sh.ref)
		spot, t := from.about(ref), from.tally(ref)
		left := shapeBytes - m.lines.size() - m.areas.size()
		if left < leastShape {
			return
		}
		if !fits(w, spot.number(), kind, &sh, f, left) {
			continue
		}
		if t.features == 1 && m.give < countsOnly {
			from.feature(w, ref, 0)
			w.num("count", 1)
		} else {
			writeTally(w, t)
			w.str("place_id", spot.placeID)
			w.str("country", spot.country)
			w.str("label", short(spot.label))
			if spot.uncertainty > 0 {
				w.double("uncertainty_m", spot.uncertainty)
			}
		}
		if spot.disputed {
			w.flag("disputed")
		}
		w.end()
	}
}

// fits begins a feature with the shape, unless nothing of it is in the tile or it
// has more bytes than are left.
func fits(w *writer, id uint64, kind geometryType, sh *shape, f frame, left int) bool {
	for _, most := range []int{math.MaxInt, fewPoints} {
		w.begin(id, kind)
		if !sh.draw(w, f, most) {
			return false
		}
		if len(w.shape) <= left {
			return true
		}
	}
	return false
}

// number is the feature's id for what is at the spot.
func (s *spot) number() uint64 {
	if s.moved == nil {
		return number53("place", s.placeID)
	}
	b := s.moved.Bound()
	parts := []string{"moved", s.placeID, s.moved.GeoJSONType()}
	for _, v := range []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
		parts = append(parts, strconv.FormatUint(math.Float64bits(v), 36))
	}
	return number53(parts...)
}

// number53 is a hash that JavaScript can hold.
func number53(parts ...string) uint64 {
	h := fnv.New64a()
	for _, part := range parts {
		_, _ = h.Write([]byte(part))
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64() >> 11
}
