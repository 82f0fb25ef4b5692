package geoparse

import (
	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// offset is where the text puts what it tells of, seen from the place that it names.
type offset struct {
	geometry orb.Geometry // a point or a line; nil for the place's own
	words    string       // of the text: "15 km south of"
	prec     geo.WherePrecision
}

// Bounds on how far the text may move a place, in metres: a point, and between
// the ends of a line. Beyond farMetres a compass word is off by tens of kilometres.
const (
	maxOffset = 500_000
	maxLine   = 400_000
	farMetres = 60_000
)

// readOffsets finds the places that the text names only to say where
// something else is: "15 km south of Fuzuli", "near Barda", "between Goris and
// Kapan", "the Hadrut–Jabrayil road", "off the coast of Yemen". Countries, regions
// and other places that a point can't stand for are never moved.
func (d *document) readOffsets(tops []*toponym) {
	for i, t := range tops {
		if t.place == nil || t.demonym {
			continue
		}
		if t.offset.prec == geo.WhereUndefined && i+1 < len(tops) {
			d.readLine(t, tops[i+1])
		}
		if t.offset.prec == geo.WhereUndefined {
			d.readDistance(t)
		}
	}
}

// readDistance reads what stands before a name: a distance, a compass word,
// both, or a word of nearness.
func (d *document) readDistance(t *toponym) {
	first := d.sents[t.sent].first
	end := d.nounBefore(t, first)
	from := end
	dir, hasDir := bearing{}, false
	switch x := d.at(end); {
	case end < first:
		return
	case x.is("of"):
		if j, ok := d.coastBefore(end, first); ok {
			t.offset = offset{words: d.written(j, t.first-1), prec: geo.WhereSeaOrAir}
			return
		}
		if dir, from, hasDir = d.bearingBefore(end-1, first); !hasDir {
			if j, ok := d.edgeBefore(end, first); ok && !t.place.Kind.Extended() {
				t.offset = offset{words: d.written(j, t.first-1), prec: geo.WhereNear}
			}
			return
		}
	case x.is("from", "outside", "off"):
		if x.is("from") && d.at(end-1).is("away") {
			from--
		}
		if d.at(from-1).tags&tagGeo == 0 { // not "the road from"
			break
		}
		return
	case x.is("near", "nearby", "around"), x.is("to") && d.at(end-1).is("close", "next", "adjacent"):
		if d.at(end).is("to") {
			from--
		}
	default:
		return
	}
	metres, at, measured := d.distanceBefore(from-1, first)
	if measured {
		from = at
	}
	if d.at(end).is("from") && !measured || t.place.Kind.Extended() || d.placesAnother(from-1, first) {
		return
	}
	t.offset = offset{words: d.written(from, t.first-1), prec: geo.WhereNear}
	if !hasDir || !measured || metres > maxOffset {
		return
	}
	if metres > farMetres {
		t.offset.prec = geo.WhereDistrict
	}
	t.offset.geometry = orbgeo.PointAtBearingAndDistance(t.place.Point, dir.degrees(), metres)
}

// nounBefore is the token before the article and the noun of a name: before
// "the town of Barda".
func (d *document) nounBefore(t *toponym, first int) int {
	i := t.first - 1
	if i-1 >= first && d.toks[i].is("of") && d.toks[i-1].tags&tagGeo != 0 && d.toks[i-1].is("city", "town", "village", "settlement", "port", "airport", "capital") {
		i -= 2
	} else if i >= first && d.toks[i].is("city", "town", "village") {
		i--
	}
	for i >= first && d.toks[i].is("the", "a", "an") {
		i--
	}
	return i
}

// coastBefore finds "off the coast of", which ends at token i.
func (d *document) coastBefore(i, first int) (int, bool) {
	if !d.at(i-1).is("coast", "coasts", "shore", "shores", "coastline") {
		return 0, false
	}
	for j := i - 2; j >= max(first, i-5); j-- {
		switch x := &d.toks[j]; {
		case x.is("off"):
			return j, true
		case !x.modifier() && !x.is("red", "sea"):
			return 0, false
		}
	}
	return 0, false
}

// edgeBefore finds "the outskirts of" and its like, which end at token i.
func (d *document) edgeBefore(i, first int) (int, bool) {
	if i-1 < first || !d.at(i-1).is("outskirts", "edge", "vicinity", "surroundings", "suburb", "suburbs", "periphery", "environs") {
		return 0, false
	}
	return i - 1, true
}

// placesAnother reports whether what ends at token i is a place that the
// offset says the whereabouts of: "Kramatorsk, 15 km south of Slavyansk".
func (d *document) placesAnother(i, first int) bool {
	for j := i; j >= max(first, i-5); j-- {
		x := &d.toks[j]
		switch {
		case d.topAt[j] != nil:
			return !d.topAt[j].demonym
		case x.is(",", "(", "about", "some", "around", "just", "only", "lies", "is", "located", "situated", "which", "roughly", "nearly", "approximately", "the", "a"):
		default:
			return false
		}
	}
	return false
}

// written is the text of tokens first to last.
func (d *document) written(first, last int) string {
	return d.text[d.toks[first].b:d.toks[last].e]
}

// readLine reads "between Goris and Kapan", "the road from Goris to Kapan",
// "the Hadrut–Jabrayil road" and "the road between them" into the straight line from
// one place to the other: where along it, the text doesn't say.
func (d *document) readLine(a, b *toponym) {
	if a.sent != b.sent || b.place == nil || b.demonym || b.first-a.last > 4 || a.place == b.place || !isSpot(a.place) || !isSpot(b.place) {
		return
	}
	from, last := a.first, b.last
	prev, link := d.at(a.first-1), d.at(a.last+1)
	switch {
	case prev.is("between") && link.is("and"):
		from = a.first - 1
	case prev.is("from") && link.is("to") && isWay(d.at(a.first-2)):
		from = a.first - 2
	case (link.isHyphen() || link.isDash()) && b.first == a.last+2 && isWay(d.at(b.last+1)):
		last = b.last + 1
	case link.is("to") && b.first == a.last+2 && isWay(d.at(b.last+1)):
		last = b.last + 1
	default:
		return
	}
	if prev.is("between") && isWay(d.at(a.first-2)) {
		from = a.first - 2
	}
	if orbgeo.Distance(a.place.Point, b.place.Point) > maxLine {
		return
	}
	o := offset{geometry: orb.LineString{a.place.Point, b.place.Point}, words: d.written(from, last), prec: geo.WhereArea}
	a.offset, b.offset = o, o
}

// isSpot reports whether a point stands for the place.
func isSpot(p *gazetteer.Place) bool { return p != nil && !p.Kind.Extended() }

// isWay reports a noun of a way between two places.
func isWay(t *token) bool {
	switch t.fold {
	case "road", "roads", "highway", "motorway", "route", "railway", "railroad", "line", "corridor", "axis", "pipeline",
		"stretch":
		return true
	}
	return false
}

// moved reports whether the mention's role lets the text move it: a government
// near which something is said doesn't stand elsewhere for it.
func (t *toponym) moved() bool {
	return t.offset.prec != geo.WhereUndefined && (t.role == geo.Site || t.role == geo.Setting)
}
