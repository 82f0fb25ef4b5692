package tile

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"sort"
	"sync"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// Scene is what a query selects, laid out for tiles. It may be used by any
// number of goroutines.
type Scene struct {
	from   source
	marks  []mark // in the order of their codes
	shapes []shape
	levels [MaxZoom + 1]level
}

// Options say how features name things.
type Options struct {
	// Labels is the policy for the attribute "label"; the zero value shows the
	// gazetteer's names.
	Labels geo.Labels
}

// mark is a position with what is there.
type mark struct {
	code uint64
	at   orb.Point // in the world; of a shape, where its label stands
	size float64   // of a shape: the longer side of its box in the world, else 0
	ref  int32     // its number in the source
}

// source is what marks are of.
type source interface {
	tally(ref int) tally
	// features writes the i-th feature of a mark, names its key.
	key(ref, i int) string
	feature(w *writer, ref, i int)
	// about is what features of a mark have in common.
	about(ref int) spot
}

// spot is where a mark is.
type spot struct {
	placeID, place, label, country string
	disputed                       bool
	uncertainty                    float64      // metres that the place's own geometry may be off
	moved                          orb.Geometry // nil for the place itself
}

// tally counts features.
type tally struct {
	features        int
	types           [8]int // by event type as in index.Mark; of places none
	mentions, sites int    // of places
	rated           bool   // the features have confidences
	maxConfidence   float64
}

func (t *tally) add(o *tally) {
	t.features += o.features
	t.mentions += o.mentions
	t.sites += o.sites
	t.rated = t.rated || o.rated
	t.maxConfidence = max(t.maxConfidence, o.maxConfidence)
	for i := range o.types {
		t.types[i] += o.types[i]
	}
}

// New makes a scene of events or mentions: brief(i, j) is the j-th feature of
// list[i], as index.Marks has it. The scene keeps both.
func New(list []index.Mark, brief func(mark, i int) index.Brief, o Options) *Scene {
	s := &Scene{from: &markSource{list: list, brief: brief, labels: o.Labels}}
	for i := range list {
		m := &list[i]
		if m.Len == 0 || m.Place == nil {
			continue
		}
		s.add(i, m.Geometry, labelPoint(m))
	}
	return s.sorted()
}

// OfPlaces makes a scene of places. It ends with the first error.
func OfPlaces(places iter.Seq2[geo.PlaceSummary, error], o Options) (*Scene, error) {
	from := &placeSource{labels: o.Labels}
	s := &Scene{from: from}
	for p, err := range places {
		if err != nil {
			return nil, err
		}
		if p.Place == nil {
			continue
		}
		from.list = append(from.list, p)
		s.add(len(from.list)-1, p.Place.Geometry(), p.Place.Point)
	}
	return s.sorted(), nil
}

// labelPoint is where the name of a mark would stand on a map.
func labelPoint(m *index.Mark) orb.Point {
	switch g := m.Geometry.(type) {
	case orb.Point:
		return g
	case orb.LineString:
		if m.Moved {
			return middle(g)
		}
	}
	if m.Moved {
		return m.Geometry.Bound().Center()
	}
	return m.Place.Point
}

// middle is half way along the line, in degrees.
func middle(line orb.LineString) orb.Point {
	length := 0.0
	for i := 1; i < len(line); i++ {
		length += math.Hypot(line[i][0]-line[i-1][0], line[i][1]-line[i-1][1])
	}
	left := length / 2
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		d := math.Hypot(b[0]-a[0], b[1]-a[1])
		if d >= left && d > 0 {
			return orb.Point{a[0] + (b[0]-a[0])*left/d, a[1] + (b[1]-a[1])*left/d}
		}
		left -= d
	}
	return line.Bound().Center()
}

// add adds a mark, unless it has no position on the globe.
func (s *Scene) add(ref int, g orb.Geometry, label orb.Point) {
	at, ok := project(label)
	if !ok {
		return
	}
	m := mark{code: code(at), at: at, ref: int32(ref)}
	if _, isPoint := g.(orb.Point); !isPoint {
		shape, ok := shapeOf(g)
		if !ok {
			return
		}
		m.size = shape.size
		shape.ref = m.ref
		s.shapes = append(s.shapes, shape)
	}
	s.marks = append(s.marks, m)
}

func (s *Scene) sorted() *Scene {
	slices.SortFunc(s.marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.ref, b.ref)) })
	slices.SortFunc(s.shapes, func(a, b shape) int { return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.ref, b.ref)) })
	return s
}

// Bounds is the box around all that the scene has, in degrees; false for nothing.
func (s *Scene) Bounds() (orb.Bound, bool) {
	if len(s.marks) == 0 {
		return orb.Bound{}, false
	}
	b := orb.Bound{Min: s.marks[0].at, Max: s.marks[0].at}
	for i := range s.marks {
		b = b.Extend(s.marks[i].at)
	}
	for i := range s.shapes {
		b = b.Union(s.shapes[i].bound)
	}
	return inDegrees(b), true
}

// Features is how many features the scene has, a measure of the memory that it holds.
func (s *Scene) Features() int {
	n := 0
	for i := range s.marks {
		n += s.from.tally(int(s.marks[i].ref)).features
	}
	return n
}

// inDegrees turns a box of the world.
func inDegrees(b orb.Bound) orb.Bound {
	// The world's y grows southwards.
	nw, se := degrees(b.Min), degrees(b.Max)
	return orb.Bound{Min: orb.Point{nw[0], se[1]}, Max: orb.Point{se[0], nw[1]}}
}

// in returns the marks in a tile of a zoom up to codeBits.
func (s *Scene) in(z, x, y int) []mark { return cut(s.marks, z, x, y) }

func cut(marks []mark, z, x, y int) []mark {
	first, end := codesOf(z, x, y)
	i := sort.Search(len(marks), func(i int) bool { return marks[i].code >= first })
	marks = marks[i:]
	j := sort.Search(len(marks), func(j int) bool { return marks[j].code >= end })
	return marks[:j]
}

// level is what a zoom shows of shapes; the first tile of the zoom makes it.
type level struct {
	once  sync.Once
	drawn []shape
}
