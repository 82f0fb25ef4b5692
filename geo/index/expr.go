package index

import (
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
)

// field is a property of a row of type R as expressions see it.
type field[R any] func(*R) cql2.Value

// fieldsOf returns the fields that a program uses, by the number of the
// property, and whether one of them needs what only the store has.
func fieldsOf[R any](p *cql2.Program, collection string, named func(name string) (get field[R], stored bool)) (fields []field[R], heavy bool) {
	properties := Properties(collection)
	fields = make([]field[R], len(properties))
	for _, i := range p.Uses() {
		get, stored := named(properties[i].Name)
		fields[i] = get
		heavy = heavy || stored
	}
	return fields, heavy
}

func textValue[T ~string](s T) cql2.Value {
	if s == "" {
		return cql2.Value{}
	}
	return cql2.Value{Type: cql2.String, Text: string(s)}
}

func numberValue[T ~int | ~int32 | ~int64 | ~uint32 | ~float64](n T) cql2.Value {
	return cql2.Value{Type: cql2.Number, Number: float64(n)}
}

// knownValue is null for 0.
func knownValue[T ~int | ~int32 | ~int64 | ~uint32 | ~float64](n T) cql2.Value {
	if n == 0 {
		return cql2.Value{}
	}
	return numberValue(n)
}

func truthValue(b bool) cql2.Value { return cql2.Value{Type: cql2.Boolean, True: b} }

func dayValue(d geo.Day) cql2.Value {
	if d == 0 {
		return cql2.Value{}
	}
	return cql2.Value{Type: cql2.Date, Day: int32(d)}
}

func geometryValue(g orb.Geometry) cql2.Value {
	if g == nil {
		return cql2.Value{}
	}
	return cql2.Value{Type: cql2.Geometry, Geometry: g}
}

// placeField returns the property of a feature's place, nil if it is none of these.
// A feature without a place has none of them.
func placeField(name string) func(p *gazetteer.Place) cql2.Value {
	switch name {
	case "place_id":
		return func(p *gazetteer.Place) cql2.Value { return textValue(p.ID) }
	case "place":
		return func(p *gazetteer.Place) cql2.Value { return textValue(p.Name) }
	case "country":
		return func(p *gazetteer.Place) cql2.Value { return textValue(p.Country) }
	case "kind":
		return func(p *gazetteer.Place) cql2.Value { return textValue(p.Kind) }
	case "disputed":
		return func(p *gazetteer.Place) cql2.Value { return truthValue(p.Disputed) }
	}
	return nil
}

func countValue(n int32, stated bool) cql2.Value {
	if !stated {
		return cql2.Value{}
	}
	return numberValue(n)
}

// mentionExpr is an expression on mentions. It may be used by many goroutines.
type mentionExpr struct {
	v       *View
	program *cql2.Program
	fields  []field[mentionRow]
	heavy   bool
}

// mentionRow is a mention as a program sees it.
type mentionRow struct {
	*mentionExpr
	row  uint32
	text *Text // nil unless a field needs it
}

// Value implements cql2.Row.
func (r *mentionRow) Value(i int) cql2.Value { return r.fields[i](r) }

func (v *View) mentionExpr(p *cql2.Program) *mentionExpr {
	e := &mentionExpr{v: v, program: p}
	e.fields, e.heavy = fieldsOf(p, "mentions", v.mentionField)
	return e
}

func (e *mentionExpr) matches(row uint32, text *Text) bool {
	return e.program.Match(&mentionRow{e, row, text})
}

func (v *View) mentionField(name string) (get field[mentionRow], stored bool) {
	if get := placeField(name); get != nil {
		return func(r *mentionRow) cql2.Value {
			if p := r.place(); p != nil {
				return get(p)
			}
			return cql2.Value{}
		}, false
	}
	if get := storedField(name); get != nil {
		return func(r *mentionRow) cql2.Value { return textValue(get(r.text)) }, true
	}
	if get := v.spanField(name); get != nil {
		return func(r *mentionRow) cql2.Value { return get(r.row) }, false
	}
	t, a := v.table, v.articles
	switch name {
	case "id":
		return func(r *mentionRow) cql2.Value {
			return textValue(a.ids.at(t.article[r.row]) + ":" + strconv.Itoa(int(t.start[r.row])))
		}, false
	case "label":
		return (*mentionRow).label, false
	case "geometry_type":
		return func(r *mentionRow) cql2.Value { return textValue(GeometryType(v.footprint(r.row))) }, false
	case "uncertainty_m":
		return func(r *mentionRow) cql2.Value {
			if p := r.place(); p != nil && !t.flags[r.row].is(movedFlag) {
				return knownValue(p.Uncertainty)
			}
			return cql2.Value{}
		}, false
	}
	return func(r *mentionRow) cql2.Value { return v.column(name, r.row) }, false
}

func (r *mentionRow) place() *gazetteer.Place { return r.v.places.all[r.v.table.place[r.row]] }

func (r *mentionRow) label() cql2.Value {
	written := r.v.names[r.v.table.name[r.row]]
	if r.v.table.flags[r.row].is(demonymFlag) {
		written = "" // "Armenian" is no label for Armenia
	}
	p := r.place()
	if p == nil {
		return textValue(written)
	}
	return textValue(r.v.options.labels.Label(p, written))
}

// storedField returns what only the store has of a mention.
func storedField(name string) func(*Text) string {
	switch name {
	case "sentence":
		return func(t *Text) string { return t.Sentence }
	case "date_basis":
		return func(t *Text) string { return t.DateBasis }
	case "offset":
		return func(t *Text) string { return t.Offset }
	}
	return nil
}

// spanField returns the properties of a mention's article and position in it
// that events have, too, of their best mention.
func (v *View) spanField(name string) func(row uint32) cql2.Value {
	t, a := v.table, v.articles
	switch name {
	case "article_id":
		return func(r uint32) cql2.Value { return textValue(a.ids.at(t.article[r])) }
	case "title":
		return func(r uint32) cql2.Value { return textValue(a.titles.at(t.article[r])) }
	case "url":
		return func(r uint32) cql2.Value { return textValue(a.urls.at(t.article[r])) }
	case "source":
		return func(r uint32) cql2.Value { return textValue(a.sources[a.source[t.article[r]]]) }
	case "published":
		return func(r uint32) cql2.Value { return dayValue(a.published[t.article[r]]) }
	case "name":
		return func(r uint32) cql2.Value { return textValue(v.names[t.name[r]]) }
	case "name_start":
		return func(r uint32) cql2.Value { return numberValue(int64(t.start[r]) - int64(t.sentence[r])) }
	case "name_end":
		return func(r uint32) cql2.Value { return numberValue(int64(t.end[r]) - int64(t.sentence[r])) }
	case "claim":
		return func(r uint32) cql2.Value { return textValue(v.words.claims[t.flags[r].claim()]) }
	case "claimed_by":
		return func(r uint32) cql2.Value { return textValue(v.names[t.by[r]]) }
	case "confidence":
		return func(r uint32) cql2.Value { return numberValue(t.confidence(r)) }
	}
	return nil
}

// column is a property of mentions only.
func (v *View) column(name string, r uint32) cql2.Value {
	t, f := v.table, v.table.flags[r]
	switch name {
	case "origin":
		return textValue(v.articles.origins.at(t.article[r]))
	case "start":
		return numberValue(t.start[r])
	case "end":
		return numberValue(t.end[r])
	case "demonym":
		return truthValue(f.is(demonymFlag))
	case "role":
		return textValue(v.words.roles[f.role()])
	case "event":
		return textValue(v.words.events[f.event()])
	case "from":
		return dayValue(t.from[r])
	case "to":
		return dayValue(t.to[r])
	case "date_prec":
		return knownValue(f.datePrec())
	case "where_prec":
		return knownValue(f.wherePrec())
	case "deaths_low":
		return countValue(t.deaths.at(r).low, f.is(deathsFlag))
	case "deaths_high":
		return countValue(t.deaths.at(r).high, f.is(deathsFlag) && !t.deaths.at(r).open)
	case "injuries_low":
		return countValue(t.hurts.at(r).low, f.is(injuriesFlag))
	case "injuries_high":
		return countValue(t.hurts.at(r).high, f.is(injuriesFlag) && !t.hurts.at(r).open)
	case "geometry":
		return geometryValue(v.footprint(r))
	}
	return cql2.Value{}
}

// placeExpr is an expression on places.
type placeExpr struct {
	v       *View
	program *cql2.Program
	fields  []field[geo.PlaceSummary]
}

func (v *View) placeExpr(p *cql2.Program) *placeExpr {
	e := &placeExpr{v: v, program: p}
	e.fields, _ = fieldsOf(p, "places", v.summaryField)
	return e
}

type placeRow struct {
	*placeExpr
	summary *geo.PlaceSummary
}

// Value implements cql2.Row.
func (r placeRow) Value(i int) cql2.Value { return r.fields[i](r.summary) }

func (e *placeExpr) matches(s *geo.PlaceSummary) bool { return e.program.Match(placeRow{e, s}) }

func (v *View) summaryField(name string) (get field[geo.PlaceSummary], stored bool) {
	if get := placeField(name); get != nil && !slices.Contains([]string{"place_id", "place"}, name) {
		return func(s *geo.PlaceSummary) cql2.Value { return get(s.Place) }, false
	}
	return func(s *geo.PlaceSummary) cql2.Value { return v.summaryValue(name, s) }, false
}

func (v *View) summaryValue(name string, s *geo.PlaceSummary) cql2.Value {
	p := s.Place
	switch name {
	case "id":
		return textValue(p.ID)
	case "name":
		return textValue(p.Name)
	case "label":
		return textValue(v.options.labels.Label(p, ""))
	case "capital":
		return truthValue(p.Capital)
	case "population":
		return knownValue(p.Population)
	case "mentions":
		return numberValue(s.Mentions)
	case "sites":
		return numberValue(s.Sites)
	case "articles":
		return numberValue(s.Articles)
	case "first":
		return dayValue(s.Days.From)
	case "last":
		return dayValue(s.Days.To)
	case "uncertainty_m":
		return knownValue(p.Uncertainty)
	case "source":
		return textValue(p.Source)
	case "geonames", "wikidata":
		return textValue(p.External[name])
	case "geometry":
		return geometryValue(p.Geometry())
	case "geometry_type":
		return textValue(GeometryType(p.Geometry()))
	}
	return cql2.Value{}
}
