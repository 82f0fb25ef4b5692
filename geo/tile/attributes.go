package tile

import (
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// markSource has events or mentions.
type markSource struct {
	list   []index.Mark
	brief  func(mark, i int) index.Brief
	labels geo.Labels
}

func (s *markSource) tally(ref int) tally {
	m := &s.list[ref]
	return tally{features: m.Len, types: m.Counts, rated: true, maxConfidence: m.MaxConfidence}
}

func (s *markSource) key(ref, i int) string { return s.brief(ref, i).ID }

func (s *markSource) about(ref int) spot {
	m := &s.list[ref]
	at := spotOf(m.Place, s.labels)
	if m.Moved {
		at.moved, at.uncertainty = m.Geometry, 0
	}
	return at
}

func spotOf(p *gazetteer.Place, labels geo.Labels) spot {
	return spot{
		placeID: p.ID, place: p.Name, label: labels.Label(p, ""), country: p.Country,
		disputed: p.Disputed, uncertainty: p.Uncertainty,
	}
}

func (s *markSource) feature(w *writer, ref, i int) {
	m, b := &s.list[ref], s.brief(ref, i)
	w.str("id", b.ID)
	w.str("event", string(b.Event))
	w.str("role", string(b.Role))
	w.str("from", b.Days.From.String())
	w.str("to", b.Days.To.String())
	w.str("place_id", m.Place.ID)
	w.str("place", short(m.Place.Name))
	w.str("label", short(s.labels.Label(m.Place, b.Name)))
	w.str("country", m.Place.Country)
	w.str("name", short(b.Name))
	w.some("where_prec", int(b.WherePrec))
	if !m.Moved && m.Place.Uncertainty > 0 {
		w.double("uncertainty_m", m.Place.Uncertainty)
	}
	w.double("confidence", b.Confidence)
	w.num("mentions", b.Mentions)
	w.num("articles", b.Articles)
	w.str("claim", string(b.Claim))
}

// placeSource has places.
type placeSource struct {
	list   []geo.PlaceSummary
	labels geo.Labels
}

func (s *placeSource) tally(ref int) tally {
	return tally{features: 1, mentions: s.list[ref].Mentions, sites: s.list[ref].Sites}
}

func (s *placeSource) key(ref, _ int) string { return s.list[ref].Place.ID }

func (s *placeSource) about(ref int) spot {
	at := spotOf(s.list[ref].Place, s.labels)
	at.disputed = false // its feature says so
	return at
}

func (s *placeSource) feature(w *writer, ref, _ int) {
	sum := &s.list[ref]
	p := sum.Place
	w.str("id", p.ID)
	w.str("name", short(p.Name))
	w.str("label", short(s.labels.Label(p, "")))
	w.str("country", p.Country)
	w.str("kind", string(p.Kind))
	if p.Disputed {
		w.flag("disputed")
	}
	if p.Capital {
		w.flag("capital")
	}
	if p.Footprint() == nil {
		w.flag("approximate") // a region of which only the label's point is known
	}
	w.some("population", int(p.Population))
	w.num("mentions", sum.Mentions)
	w.num("sites", sum.Sites)
	w.num("articles", sum.Articles)
	w.str("first", sum.Days.From.String())
	w.str("last", sum.Days.To.String())
	if p.Uncertainty > 0 {
		w.double("uncertainty_m", p.Uncertainty)
	}
}

// writeTally writes counts, and as event the most frequent type.
func writeTally(w *writer, t tally) {
	w.num("count", t.features)
	w.some("mentions", t.mentions)
	w.some("sites", t.sites)
	types := geo.EventTypes()
	most := -1
	for i, name := range types {
		w.some(string(name), t.types[i])
		if t.types[i] > 0 && (most < 0 || t.types[i] > t.types[most]) {
			most = i
		}
	}
	w.some("other", t.types[len(types)])
	if most >= 0 {
		w.str("event", string(types[most]))
	}
	if t.rated {
		// As exact as "confidence": what compares both with a limit finds the same.
		w.double("max_confidence", t.maxConfidence)
	}
}

// short keeps a text from making a tile too large.
func short(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
