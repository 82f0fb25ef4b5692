package index

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

// condition is a filter made ready to be asked about rows.
type condition struct {
	v *View
	t *table

	never       bool // nothing fulfils it
	kinds       *[kinds]bool
	days        bool // first and last are set
	first, last geo.Day
	lenient     leniency

	ofArticle         bool
	pubFirst, pubLast geo.Day // 0: any
	sources           []bool  // by number; nil: any

	where    []placeBits // by place; nil: any
	boxes    []orb.Bound // one, or two for a box over the antimeridian; nil: none
	near     []uint32    // the places that rows can be of; if where is set
	nearRows int         // how many rows these have

	draws  func(orb.Geometry) bool // whether what is drawn so is selected; nil: any
	shapes []bool                  // by place: what draws says of its footprint

	sure  *[256]bool // by confidence; nil: any
	least float64

	worded bitmap // the rows with the words; nil: any

	light func(row uint32) bool // an expression that needs no texts; nil: none
	heavy *mentionExpr          // one that does; nil: none
}

// placeBits says what conditions on places a place fulfils.
type placeBits uint8

const (
	placeHere  placeBits = 1 << iota // by country and id
	placeBoxed                       // by the box
	placeWhole                       // with all mentions that their text puts elsewhere
)

// leniency says what lets through what has nothing to compare.
type leniency struct{ box, days bool }

// newCondition makes a condition of all parts of the filter but for datetime,
// which withDays adds. A lenient box lets through what has no position. only says
// which places there may be, by number; nil: any.
func (v *View) newCondition(ctx context.Context, f *geo.Filter, lenient leniency, only []bool) (*condition, error) {
	worded, err := v.worded(ctx, f.Query)
	if err != nil {
		return nil, err
	}
	c := &condition{v: v, t: v.table, lenient: lenient, worded: worded, least: f.MinConfidence}
	if len(f.Events)+len(f.Roles)+len(f.Claims) > 0 {
		c.kinds = v.words.kindsOf(f)
	}
	if f.MinConfidence > 0 {
		c.sure = new([256]bool)
		for i := range 101 {
			c.sure[i] = float64(i)/100 >= f.MinConfidence
		}
	}
	c.published(f)
	c.places(f, only)
	return c, nil
}

// kindsOf are the kinds that the filter lets through.
func (v *vocabulary) kindsOf(f *geo.Filter) *[kinds]bool {
	all := new([kinds]bool)
	for i := range all {
		k := flags(i)
		all[i] = k.event() < len(v.events) && among(f.Events, v.events[k.event()]) &&
			k.role() < len(v.roles) && among(f.Roles, v.roles[k.role()]) &&
			among(f.Claims, v.claims[k.claim()])
	}
	return all
}

func among[T comparable](values []T, v T) bool { return len(values) == 0 || slices.Contains(values, v) }

// published handles what depends on the article. Articles of unknown day match
// no condition on it.
func (c *condition) published(f *geo.Filter) {
	if !f.Published.IsZero() {
		c.pubFirst, c.pubLast = ends(f.Published)
	}
	if f.AsOf != 0 {
		if c.pubLast == 0 {
			c.pubFirst, c.pubLast = 1, f.AsOf
		}
		c.pubLast = min(c.pubLast, f.AsOf)
		c.never = c.never || c.pubLast < c.pubFirst
	}
	if len(f.Sources) > 0 {
		c.sources = make([]bool, len(c.v.articles.sources))
		for i, s := range c.v.articles.sources {
			c.sources[i] = slices.Contains(f.Sources, s)
		}
	}
	c.ofArticle = c.pubFirst != 0 || c.sources != nil
}

// places handles countries, places and the box.
func (c *condition) places(f *geo.Filter, only []bool) {
	if len(f.Countries)+len(f.Places) == 0 && f.BBox == nil && only == nil {
		return
	}
	p := c.v.places
	if f.BBox != nil {
		c.boxes = boxesOf(f.BBox)
	}
	c.where = make([]placeBits, p.len()+1)
	if len(f.Countries)+len(f.Places) == 0 && (only == nil || only[0]) {
		c.where[0] = placeHere
	}
	if c.boxes == nil || c.lenient.box {
		c.where[0] |= placeBoxed
	}
	countries := make([]bool, len(p.countries))
	for i, code := range p.countries {
		countries[i] = among(f.Countries, code)
	}
	may := func(i uint32) bool { return countries[p.country[i]] && (only == nil || only[i]) }
	if len(f.Places) == 0 {
		for i := uint32(1); i < uint32(len(c.where)); i++ {
			if may(i) {
				c.place(i)
			}
		}
	} else {
		for _, id := range f.Places {
			if i, ok := p.find(id); ok && c.where[i] == 0 && may(i) { // else it is named twice
				c.place(i)
			}
		}
		slices.Sort(c.near)
	}
	if c.where[0]&placeHere != 0 && (c.boxes == nil || c.lenient.box || c.v.sums[0].moved > 0) {
		c.near = append([]uint32{0}, c.near...)
		c.nearRows += c.v.byPlace.count(0)
	}
}

func (c *condition) place(i uint32) {
	bits, candidate := placeHere, false
	if c.boxes == nil || c.boxed(i) || c.lenient.box && c.v.places.footprint[i] == nil {
		bits |= placeBoxed
		candidate = true
		if c.boxes == nil || c.holds(&c.v.reach[i]) {
			bits |= placeWhole
		}
	} else {
		for b := range c.boxes {
			candidate = candidate || overlap(&c.boxes[b], &c.v.reach[i])
		}
	}
	c.where[i] = bits
	if n := c.v.byPlace.count(i); candidate && n > 0 {
		c.near = append(c.near, i)
		c.nearRows += n
	}
}

func (c *condition) boxed(i uint32) bool {
	b := &c.v.places.bounds[i]
	for n := range c.boxes {
		box := &c.boxes[n]
		if overlap(box, b) && (b.Min == b.Max || geo.Meets(c.v.places.all[i].Geometry(), *box)) {
			return true
		}
	}
	return false
}

// holds reports whether all that lies within the bounds lies within a box.
func (c *condition) holds(b *orb.Bound) bool {
	for n := range c.boxes {
		if box := &c.boxes[n]; *b == nowhere() || box.Contains(b.Min) && box.Contains(b.Max) {
			return true
		}
	}
	return false
}

// overlap reports whether two boxes share a point.
func overlap(a, b *orb.Bound) bool {
	return a.Min[0] <= b.Max[0] && b.Min[0] <= a.Max[0] && a.Min[1] <= b.Max[1] && b.Min[1] <= a.Max[1]
}

// nowhere is a box that overlaps with none.
func nowhere() orb.Bound {
	return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
}

func boxesOf(b *geo.BBox) []orb.Bound {
	box := func(west, east float64) orb.Bound {
		return orb.Bound{Min: orb.Point{west, b.South}, Max: orb.Point{east, b.North}}
	}
	if b.CrossesAntimeridian() {
		return []orb.Bound{box(b.West, 180), box(-180, b.East)}
	}
	return []orb.Bound{box(b.West, b.East)}
}

// withDays adds the condition that the days of a mention overlap the interval.
func (c *condition) withDays(i geo.Interval) {
	if !i.IsZero() {
		c.days = true
		c.first, c.last = ends(i)
		c.never = c.never || c.first > c.last
	}
}

// matches reports whether a row fulfils all conditions that need no texts.
func (c *condition) matches(r uint32) bool {
	f := c.t.flags[r]
	return (c.worded == nil || c.worded.has(r)) &&
		(c.kinds == nil || c.kinds[f%kinds]) &&
		(!c.days || c.onDays(r)) &&
		(c.where == nil || c.isThere(r, f)) &&
		(c.shapes == nil || c.isShaped(r, f)) &&
		(c.sure == nil || c.isSure(r)) &&
		(!c.ofArticle || c.isOf(c.t.article[r])) &&
		(c.light == nil || c.light(r))
}

// matchesAsSite is matches for the member of an event whose type, days and place
// were looked at before; box says whether it has to be asked for.
func (c *condition) matchesAsSite(r uint32, box bool) bool {
	f := c.t.flags[r]
	return (c.worded == nil || c.worded.has(r)) &&
		(c.kinds == nil || c.kinds[f%kinds]) &&
		(!box || c.isThere(r, f)) &&
		(c.sure == nil || c.isSure(r)) &&
		(!c.ofArticle || c.isOf(c.t.article[r]))
}

func (c *condition) onDays(r uint32) bool {
	if int(r) < c.t.dated {
		return c.t.from[r] <= c.last && c.t.to[r] >= c.first
	}
	if !c.lenient.days {
		return false
	}
	p := c.v.articles.published[c.t.article[r]]
	return p == 0 || c.first <= p && p <= c.last
}

func (c *condition) isThere(r uint32, f flags) bool {
	bits := c.where[c.t.place[r]]
	if bits&placeHere == 0 {
		return false
	}
	if c.boxes == nil || !f.is(movedFlag) {
		return bits&placeBoxed != 0
	}
	return bits&placeWhole != 0 || c.inBoxes(c.t.moved.at(r))
}

func (c *condition) inBoxes(g orb.Geometry) bool {
	for _, box := range c.boxes {
		if geo.Meets(g, box) {
			return true
		}
	}
	return false
}

func (c *condition) isSure(r uint32) bool {
	if k := c.t.conf[r]; k != oddConfidence {
		return c.sure[k]
	}
	return c.t.odd.at(r) >= c.least
}

func (c *condition) isOf(article uint32) bool {
	a := c.v.articles
	if p := a.published[article]; c.pubFirst != 0 && (p < c.pubFirst || p > c.pubLast) {
		return false
	}
	return c.sources == nil || c.sources[a.source[article]]
}
