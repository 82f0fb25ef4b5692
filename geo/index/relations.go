package index

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Relation is how often one country's government, forces or people are told of
// together with another's.
type Relation struct {
	From, To  string       // codes of the countries; From is the one that the sentences name first
	Sentences int          // that name both as actors
	Articles  int          // that have such a sentence
	Published geo.Interval // of these articles, the first and last day; zero where nobody knows any
	Example   string       // id of the first mention of From in the newest of the sentences
}

// Relations lists who talks about whom: the pairs of countries that sentences name
// as actors, the most frequent pair first. A place counts for the country that it
// is filed under. The country that a sentence names first is taken for the one
// that acts or speaks, and it has one relation to each other one; a passive sentence
// ("Baku was accused by Yerevan") is so read the wrong way round.
//
// Actors have no days of their own: datetime looks at the days of publication, and
// mentions of unknown days match. Event and claim select articles: those with a site
// that has both. bbox, country, place and Where hold for one of the two actors,
// all other conditions for both. The query's roles, Geometry, Lenient, After and
// Limit mean nothing here. The list is shared: don't change it.
func (v *View) Relations(ctx context.Context, q Query) ([]Relation, error) {
	q.Filter.Roles, q.Geometry, q.Lenient = []geo.Role{geo.Actor}, "", false
	all, err := rememberLarge(ctx, v.cache, "relations?"+q.Key(), func() ([]Relation, int, error) {
		all, err := v.relations(ctx, &q)
		const each = 120
		return all, each * len(all), err
	})
	if err != nil {
		return nil, fmt.Errorf("relate countries: %w", err)
	}
	return all, nil
}

func (v *View) relations(ctx context.Context, q *Query) ([]Relation, error) {
	everyone, err := v.actorCondition(ctx, &q.Filter)
	if err != nil {
		return nil, err
	}
	someone, err := v.partyCondition(ctx, q)
	if err != nil {
		return nil, err
	}
	rows, err := everyone.rows(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	if len(q.Filter.Events)+len(q.Filter.Claims) > 0 {
		rows = v.ofArticles(rows, v.articlesTelling(&q.Filter))
	}
	// Only where several countries are named; texts are read last.
	rows = v.severalCountries(v.inTextOrder(rows))
	chosen := newBitmap(v.table.len())
	some := slices.DeleteFunc(slices.Clone(rows), func(r uint32) bool { return !someone.matches(r) })
	if some, err = someone.withTexts(ctx, some); err != nil {
		return nil, err
	}
	for _, r := range some {
		chosen.add(r)
	}
	return v.relate(rows, chosen), ctx.Err()
}

// actorCondition is what both actors of a relation fulfil.
func (v *View) actorCondition(ctx context.Context, f *geo.Filter) (*condition, error) {
	common := *f
	common.BBox, common.Countries, common.Places, common.Events, common.Claims = nil, nil, nil, nil, nil
	c, err := v.newCondition(ctx, &common, leniency{days: true}, nil) // who only speaks goes by the day of publication
	if err != nil {
		return nil, err
	}
	c.withDays(f.Datetime)
	return c, nil
}

// partyCondition is what one of the two fulfils.
func (v *View) partyCondition(ctx context.Context, q *Query) (*condition, error) {
	own := Query{Where: q.Where, Filter: geo.Filter{BBox: q.Filter.BBox, Countries: q.Filter.Countries, Places: q.Filter.Places}}
	return v.mentionCondition(ctx, &own)
}

// articlesTelling are the articles with a site of one of the kinds of event, told
// in one of the voices.
func (v *View) articlesTelling(f *geo.Filter) bitmap {
	wanted := v.words.kindsOf(&geo.Filter{Roles: []geo.Role{geo.Site}, Events: f.Events, Claims: f.Claims})
	articles := newBitmap(len(v.articles.keys))
	for r, of := range v.table.flags {
		if wanted[of%kinds] {
			articles.add(v.table.article[r])
		}
	}
	return articles
}

func (v *View) ofArticles(rows []uint32, articles bitmap) []uint32 {
	return slices.DeleteFunc(rows, func(r uint32) bool { return !articles.has(v.table.article[r]) })
}

// inTextOrder sorts rows by article and by where they stand in it. Those without
// days, which actors have none of, stand so already.
func (v *View) inTextOrder(rows []uint32) []uint32 {
	t := v.table
	byText := func(a, b uint32) int {
		return cmp.Or(cmp.Compare(t.article[a], t.article[b]), cmp.Compare(t.start[a], t.start[b]))
	}
	if !slices.IsSortedFunc(rows, byText) {
		slices.SortFunc(rows, byText)
	}
	return rows
}

// severalCountries keeps the rows of places in a country whose sentence has such
// rows of another country, in place.
func (v *View) severalCountries(rows []uint32) []uint32 {
	located := slices.DeleteFunc(rows, func(r uint32) bool { return v.countryOf(r) == 0 })
	kept := located[:0]
	for sentence := range v.sentences(located) {
		first := v.countryOf(sentence[0])
		if slices.ContainsFunc(sentence, func(r uint32) bool { return v.countryOf(r) != first }) {
			kept = append(kept, sentence...)
		}
	}
	return kept
}

// countryOf is the number of the country under which the row's place is filed, 0 for none.
func (v *View) countryOf(r uint32) uint32 { return v.places.country[v.table.place[r]] }

// sentences yields the rows, which are in the order of the text, sentence by sentence.
func (v *View) sentences(rows []uint32) iter.Seq[[]uint32] {
	t := v.table
	return func(yield func([]uint32) bool) {
		for len(rows) > 0 {
			n := 1
			for n < len(rows) && t.article[rows[n]] == t.article[rows[0]] && t.sentence[rows[n]] == t.sentence[rows[0]] {
				n++
			}
			if !yield(rows[:n]) {
				return
			}
			rows = rows[n:]
		}
	}
}

// pair is a relation on its way.
type pair struct {
	sentences, articles int
	last                uint32 // the article that was counted last
	published           geo.Interval
	example             uint32 // row
}

// relate counts the pairs of countries of each sentence that have a chosen row.
func (v *View) relate(rows []uint32, chosen bitmap) []Relation {
	pairs := map[[2]uint32]*pair{}
	var others []uint32
	for sentence := range v.sentences(rows) {
		from := v.countryOf(sentence[0])
		fromChosen := v.anyOf(sentence, from, chosen)
		others = others[:0]
		for _, r := range sentence {
			to := v.countryOf(r)
			if to == from || slices.Contains(others, to) {
				continue
			}
			others = append(others, to)
			if fromChosen || v.anyOf(sentence, to, chosen) {
				v.note(pairs, [2]uint32{from, to}, sentence[0])
			}
		}
	}
	return v.listRelations(pairs)
}

// anyOf reports whether one of the country's rows is chosen.
func (v *View) anyOf(rows []uint32, country uint32, chosen bitmap) bool {
	return slices.ContainsFunc(rows, func(r uint32) bool { return v.countryOf(r) == country && chosen.has(r) })
}

// note adds a sentence, which is known by the row of its first actor. Sentences come
// in the order of articles.
func (v *View) note(pairs map[[2]uint32]*pair, of [2]uint32, first uint32) {
	article := v.table.article[first]
	day := v.articles.published[article]
	p := pairs[of]
	if p == nil {
		p = &pair{last: article, articles: 1, example: first}
		pairs[of] = p
	}
	p.sentences++
	if p.last != article {
		p.last = article
		p.articles++
	}
	if day == 0 {
		return
	}
	if p.published.From == 0 || day < p.published.From {
		p.published.From = day
	}
	if day > p.published.To {
		p.published.To, p.example = day, first
	}
}

// listRelations orders the pairs: by sentences, the most first, then by codes.
func (v *View) listRelations(pairs map[[2]uint32]*pair) []Relation {
	all := make([]Relation, 0, len(pairs))
	for of, p := range pairs {
		all = append(all, Relation{
			From: v.places.countries[of[0]], To: v.places.countries[of[1]], Sentences: p.sentences, Articles: p.articles,
			Published: p.published, Example: v.articles.ids.at(v.table.article[p.example]) + ":" + strconv.Itoa(int(v.table.start[p.example])),
		})
	}
	slices.SortFunc(all, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(b.Sentences, a.Sentences), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return all
}
