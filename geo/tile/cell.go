package tile

import (
	"slices"

	"github.com/paulmach/orb"
)

// How finely a tile shows what lies in it.
const (
	cellBits = 3 // a tile has 8 by 8 cells
	cells    = 1 << cellBits
	fewest   = 150 // positions that a tile shows singly, and features
)

// symbol is a point on the map: a single feature or a cluster.
type symbol struct {
	at      orb.Point // in the world
	tally   tally
	ref     int32 // of the feature, or of the busiest mark of the cluster
	i       int32 // the number of the feature in the mark
	single  bool
	here    int  // features at the position of a single one
	most    int  // features of the busiest mark
	sharp   bool // that mark is no shape
	marks   int
	vague   int // features that are known only to be in some shape
	bound   orb.Bound
	cell    uint64 // the lowest code in the cell, for the id; 0 for a mark's own
	anyCell bool
}

// detail is how much a tile shows of its marks.
type detail struct {
	grid   bool // a symbol for each cell
	single int  // else the most features of a position that are shown singly
}

// drawnAsShape reports whether a mark is a shape that is large enough to see.
func drawnAsShape(m *mark, z int) bool { return m.size*float64(int(1)<<z)*Extent >= smallestShape }

// detailOf looks at the marks that lie in a tile, without its buffer, and at
// nothing else, so that neighbours find the same.
func (s *Scene) detailOf(marks []mark, z int) detail {
	if z < FeatureZoom {
		return detail{grid: true}
	}
	var sizes []int
	for i := range marks {
		if drawnAsShape(&marks[i], z) {
			continue
		}
		if len(sizes) == fewest {
			return detail{grid: true}
		}
		sizes = append(sizes, s.from.tally(int(marks[i].ref)).features)
	}
	slices.Sort(sizes)
	sum, d := 0, detail{}
	for i := 0; i < len(sizes); {
		same := i
		for ; i < len(sizes) && sizes[i] == sizes[same]; i++ {
			sum += sizes[i]
		}
		if sum > fewest {
			break
		}
		d.single = sizes[same]
	}
	return d
}

// symbols yields the symbols of marks that lie in one tile.
func (s *Scene) symbols(marks []mark, z int, d detail, yield func(*symbol)) {
	if d.grid {
		s.clusters(marks, z, yield)
		return
	}
	for i := range marks {
		m := &marks[i]
		if drawnAsShape(m, z) {
			continue
		}
		t := s.from.tally(int(m.ref))
		if t.features > d.single || m.size > 0 {
			c := symbol{tally: t}
			c.take(m, t.features)
			yield(&c)
			continue
		}
		for j := range t.features {
			yield(&symbol{at: m.at, ref: m.ref, i: int32(j), single: true, here: t.features})
		}
	}
}

// clusters yields a symbol for each cell that has something.
func (s *Scene) clusters(marks []mark, z int, yield func(*symbol)) {
	shift := 2 * (codeBits - z - cellBits)
	for len(marks) > 0 {
		cell := marks[0].code >> shift
		c := symbol{cell: cell, anyCell: true}
		n := 0
		for ; n < len(marks) && marks[n].code>>shift == cell; n++ {
			if drawnAsShape(&marks[n], z) {
				continue
			}
			t := s.from.tally(int(marks[n].ref))
			c.tally.add(&t)
			c.take(&marks[n], t.features)
		}
		marks = marks[n:]
		switch {
		case c.marks == 0:
		case c.tally.features == 1 && c.vague == 0:
			yield(&symbol{at: c.at, ref: c.ref, single: true, here: 1})
		default:
			yield(&c)
		}
	}
}

// take makes the mark, which has n features, one of the cluster's. The cluster
// stands where most is, at the middle of a shape only if it has nothing else.
func (c *symbol) take(m *mark, n int) {
	if c.marks == 0 {
		c.bound = orb.Bound{Min: m.at, Max: m.at}
	}
	sharp := m.size == 0
	if c.marks++; sharp && !c.sharp || sharp == c.sharp && n > c.most {
		c.most, c.at, c.ref, c.sharp = n, m.at, m.ref, sharp
	}
	c.bound = c.bound.Extend(m.at)
	if !sharp {
		c.vague += n
	}
}
