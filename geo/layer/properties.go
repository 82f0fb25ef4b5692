package layer

import (
	"iter"
	"slices"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// Options say how features name things.
type Options struct {
	// Labels is the policy for the property "label"; the zero value shows the
	// gazetteer's names.
	Labels geo.Labels
}

// Events gives a feature for each event, under the zero Options.
func Events(events iter.Seq2[geo.Event, error]) iter.Seq2[Feature, error] {
	return Options{}.Events(events)
}

// Mentions gives a feature for each mention, under the zero Options.
func Mentions(records iter.Seq2[geo.Record, error]) iter.Seq2[Feature, error] {
	return Options{}.Mentions(records)
}

// Places gives a feature for each place, under the zero Options.
func Places(places iter.Seq2[geo.PlaceSummary, error]) iter.Seq2[Feature, error] {
	return Options{}.Places(places)
}

// Of gives the features of the collection, of the one sequence that it is made of;
// the other two are not read.
func (o Options) Of(collection string, events iter.Seq2[geo.Event, error], mentions iter.Seq2[geo.Record, error],
	places iter.Seq2[geo.PlaceSummary, error],
) iter.Seq2[Feature, error] {
	switch collection {
	case MentionCollection:
		return o.Mentions(mentions)
	case PlaceCollection:
		return o.Places(places)
	default:
		return o.Events(events)
	}
}

// Events gives a feature for each event.
func (o Options) Events(events iter.Seq2[geo.Event, error]) iter.Seq2[Feature, error] {
	return features(events,
		func(e *geo.Event) string { return e.ID },
		eventFootprint,
		o.eventProperties)
}

// Mentions gives a feature for each mention.
func (o Options) Mentions(records iter.Seq2[geo.Record, error]) iter.Seq2[Feature, error] {
	return features(records,
		func(r *geo.Record) string { return r.ID() },
		func(r *geo.Record) orb.Geometry { return r.Footprint() },
		o.mentionProperties)
}

// Places gives a feature for each place.
func (o Options) Places(places iter.Seq2[geo.PlaceSummary, error]) iter.Seq2[Feature, error] {
	return features(places,
		func(p *geo.PlaceSummary) string { return orNowhere(p.Place).ID },
		func(p *geo.PlaceSummary) orb.Geometry { return labelOf(p.Place) },
		o.placeProperties)
}

func (o Options) eventProperties(row []Property, e *geo.Event) []Property {
	best := &e.Best
	row = append(row, Property{"id", text(e.ID)})
	row = o.placeColumns(row, e.Place, best.Name)
	row = append(row,
		Property{"event", text(e.Type)},
		Property{"from", e.Days.From},
		Property{"to", e.Days.To},
		Property{"date_prec", code(e.DatePrec)},
		Property{"where_prec", code(e.WherePrec)},
		Property{"offset", text(offsetWords(e))},
		Property{"uncertainty_m", uncertaintyAt(e.Place, movedTo(e))},
		Property{"mentions", e.Mentions},
		Property{"articles", e.Articles},
		Property{"origins", e.Origins},
		Property{"reported", e.Reported},
		Property{"claimed", e.Claimed},
		Property{"denied", e.Denied},
		Property{"claimants", e.Claimants},
		Property{"confidence", e.Confidence},
		Property{"name", text(best.Name)},
		Property{"sentence", text(best.Sentence)},
		Property{"name_start", best.Start - best.SentenceStart},
		Property{"name_end", best.End - best.SentenceStart},
		Property{"article_id", text(best.Article)},
		Property{"title", text(e.Article.Title)},
		Property{"source", text(e.Article.Source)},
		Property{"url", text(e.Article.URL)},
		Property{"published", e.Article.Published},
		Property{"claim", text(best.Claim)},
		Property{"claimed_by", text(best.ClaimedBy)},
	)
	return countColumns(row, &e.Deaths, &e.Injuries)
}

func (o Options) mentionProperties(row []Property, r *geo.Record) []Property {
	row = append(row,
		Property{"id", r.ID()},
		Property{"article_id", text(r.Mention.Article)},
		Property{"title", text(r.Article.Title)},
		Property{"source", text(r.Article.Source)},
		Property{"url", text(r.Article.URL)},
		Property{"published", r.Article.Published},
		Property{"origin", text(r.Origin)},
		Property{"name", text(r.Name)},
		Property{"start", r.Start},
		Property{"end", r.End},
		Property{"sentence", text(r.Sentence)},
		Property{"name_start", r.Start - r.SentenceStart},
		Property{"name_end", r.End - r.SentenceStart},
	)
	row = o.placeColumns(row, r.Place, nameOnly(r))
	row = append(row,
		Property{"demonym", r.Demonym},
		Property{"role", text(r.Role)},
		Property{"event", text(r.Event)},
		Property{"from", r.Days.From},
		Property{"to", r.Days.To},
		Property{"date_prec", code(r.DatePrec)},
		Property{"date_basis", text(r.DateBasis)},
		Property{"where_prec", code(r.WherePrec)},
		Property{"offset", text(r.Offset)},
		Property{"uncertainty_m", uncertaintyAt(r.Place, r.Geometry)},
		Property{"claim", text(r.Claim)},
		Property{"claimed_by", text(r.ClaimedBy)},
		Property{"confidence", r.Confidence},
		Property{"reasons", r.Reasons},
		Property{"runners_up", r.RunnersUp},
	)
	return countColumns(row, &r.Deaths, &r.Injuries)
}

// countColumns gives the dead and the injured: all null where nothing is stated,
// and no highest figure where it is only a least one ("at least 16").
func countColumns(row []Property, deaths, injuries *geo.Count) []Property {
	low, high, words := countValues(deaths)
	row = append(row, Property{"deaths_low", low}, Property{"deaths_high", high}, Property{"deaths_words", words})
	low, high, words = countValues(injuries)
	return append(row, Property{"injuries_low", low}, Property{"injuries_high", high}, Property{"injuries_words", words})
}

func countValues(c *geo.Count) (low, high, words any) {
	if !c.Stated() {
		return nil, nil, nil
	}
	if !c.Open {
		high = c.High
	}
	return c.Low, high, c.Words
}

func (o Options) placeProperties(row []Property, s *geo.PlaceSummary) []Property {
	p := orNowhere(s.Place)
	var population any
	if p.Population != 0 {
		population = p.Population
	}
	return append(row,
		Property{"id", text(p.ID)},
		Property{"name", text(p.Name)},
		Property{"label", text(o.Labels.Label(p, ""))},
		Property{"country", text(p.Country)},
		Property{"kind", text(p.Kind)},
		Property{"disputed", p.Disputed},
		Property{"capital", p.Capital},
		Property{"population", population},
		Property{"names", namesOf(p)},
		Property{"mentions", s.Mentions},
		Property{"sites", s.Sites},
		Property{"articles", s.Articles},
		Property{"first", s.Days.From},
		Property{"last", s.Days.To},
		Property{"uncertainty_m", metres(p)},
		Property{"source", text(p.Source)},
		Property{"geonames", text(p.External["geonames"])},
		Property{"wikidata", text(p.External["wikidata"])},
	)
}

func (o Options) placeColumns(row []Property, p *gazetteer.Place, written string) []Property {
	if p == nil {
		return append(row, Property{"place_id", nil}, Property{"place", nil}, Property{"label", text(written)}, Property{"country", nil},
			Property{"kind", nil}, Property{"disputed", nil})
	}
	return append(row, Property{"place_id", text(p.ID)}, Property{"place", text(p.Name)},
		Property{"label", text(o.Labels.Label(p, written))}, Property{"country", text(p.Country)},
		Property{"kind", text(p.Kind)}, Property{"disputed", p.Disputed})
}

// nameOnly is the name as written if it is one: "Armenian" is no label for Armenia.
func nameOnly(r *geo.Record) string {
	if r.Demonym {
		return ""
	}
	return r.Name
}

func orNowhere(p *gazetteer.Place) *gazetteer.Place {
	if p == nil {
		return &gazetteer.Place{}
	}
	return p
}

// footprintOf is where an event or a mention is drawn. What is known only to a
// country or a region without a shape has no position: every client, QGIS as
// much as our page, would set a pin in its middle.
func footprintOf(p *gazetteer.Place) orb.Geometry {
	if p == nil {
		return nil
	}
	return p.Footprint()
}

// labelOf is where a place itself is shown: its shape, or its label point.
func labelOf(p *gazetteer.Place) orb.Geometry {
	if p == nil {
		return nil
	}
	return p.Geometry()
}

// namesOf lists what the place is called, once each. Demonyms name its people.
func namesOf(p *gazetteer.Place) []string {
	names := make([]string, 0, len(p.Names))
	for _, n := range p.Names {
		if !n.Demonym && !slices.Contains(names, n.Text) {
			names = append(names, n.Text)
		}
	}
	return names
}

// text is null for the empty string: not known, or not applicable.
func text[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// code is null for 0, which no precision code uses.
func code[T ~int](n T) any {
	if n == 0 {
		return nil
	}
	return int(n)
}

// metres is the place's uncertainty, null where nobody stated one.
func metres(p *gazetteer.Place) any {
	if p == nil || p.Uncertainty == 0 {
		return nil
	}
	return p.Uncertainty
}
