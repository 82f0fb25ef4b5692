package index

import (
	"context"
	"fmt"
	"math"

	"github.com/conflictmap/conflictmap/geo"
)

// Option changes how a View reads its data.
type Option func(*options)

type options struct {
	labels geo.Labels
}

// WithLabels sets the policy for the property "label" in expressions; without
// it they see the gazetteer's names.
func WithLabels(l geo.Labels) Option { return func(o *options) { o.labels = l } }

// Load reads everything that the source has.
func Load(ctx context.Context, src Source, with ...Option) (*View, error) {
	var o options
	for _, set := range with {
		set(&o)
	}
	v, err := read(ctx, &View{source: src, options: o})
	if err != nil {
		return nil, fmt.Errorf("load the index: %w", err)
	}
	return v, nil
}

// Update returns a view of the source's data as it is now: v itself if nothing
// has changed. v stays as it is.
func (v *View) Update(ctx context.Context) (*View, error) {
	now, err := read(ctx, v)
	if err != nil {
		return nil, fmt.Errorf("update the index: %w", err)
	}
	return now, nil
}

// read goes on from a view; one that has its source only is empty.
func read(ctx context.Context, v *View) (*View, error) {
	l := newLoader(v)
	state, reset, err := v.source.Read(ctx, v.state, l)
	if err != nil {
		return nil, err
	}
	if reset && !v.state.isZero() {
		// What was read stands for everything, so nothing of v may stay.
		fresh := &View{source: v.source, options: v.options}
		l = newLoader(fresh)
		if state, _, err = v.source.Read(ctx, State{}, l); err != nil {
			return nil, err
		}
		return l.view(ctx, state)
	}
	if state == v.state && v.table != nil {
		return v, nil
	}
	return l.view(ctx, state)
}

func (s State) isZero() bool { return s == State{} }

// loader is the Sink that views are made with.
type loader struct {
	base  *View
	words *vocabulary
	names *dictionary

	newPlaces   []Place
	newArticles []Article
	rows        rows

	// Known once all places and articles are here.
	sealed                     bool
	places                     *places
	articles                   *articles
	movedPlaces, movedArticles []uint32
	placeAt                    map[int64]uint32
	articleAt                  map[int64]uint32
	allArticles                bool // are in articleAt
}

func newLoader(base *View) *loader {
	return &loader{base: base, words: newVocabulary()}
}

// Place implements Sink.
func (l *loader) Place(p Place) error {
	if l.sealed {
		return fmt.Errorf("place %q comes after mentions", p.Place.ID)
	}
	l.newPlaces = append(l.newPlaces, p)
	return nil
}

// Article implements Sink.
func (l *loader) Article(a Article) error {
	if l.sealed {
		return fmt.Errorf("article %q comes after mentions", a.ID)
	}
	l.newArticles = append(l.newArticles, a)
	return nil
}

// seal settles where places and articles stand.
func (l *loader) seal() {
	if l.sealed {
		return
	}
	l.sealed = true
	base := l.base
	if base.table == nil {
		base = &View{table: &table{}, places: &places{}, articles: &articles{}}
	}
	l.names = newDictionary(base.names)
	l.places, l.movedPlaces = base.places.with(l.newPlaces)
	l.placeAt = make(map[int64]uint32, len(l.places.keys))
	for i, key := range l.places.keys {
		l.placeAt[key] = uint32(i)
	}
	l.placeAt[0] = 0
	l.articleAt = make(map[int64]uint32, len(l.newArticles))
	l.articles, l.movedArticles = base.articles.with(l.newArticles)
	for _, a := range l.newArticles {
		l.articleAt[a.Key], _ = l.articles.ids.find(a.ID)
	}
	l.newArticles = nil
}

// article returns where the article with the key stands. Nearly always it is one
// that came with the mention.
func (l *loader) article(key int64) (uint32, bool) {
	at, ok := l.articleAt[key]
	if !ok && !l.allArticles {
		l.allArticles = true
		for i, key := range l.articles.keys {
			l.articleAt[key] = uint32(i)
		}
		at, ok = l.articleAt[key]
	}
	return at, ok
}

// Mention implements Sink.
func (l *loader) Mention(m Mention) error {
	l.seal()
	article, ok := l.article(m.Article)
	if !ok {
		return fmt.Errorf("mention with key %d: no article has the key %d", m.Key, m.Article)
	}
	place, ok := l.placeAt[m.Place]
	if !ok {
		return fmt.Errorf("mention with key %d: no place has the key %d", m.Key, m.Place)
	}
	packed, err := l.words.pack(&m)
	if err != nil {
		return fmt.Errorf("mention with key %d: %w", m.Key, err)
	}
	for _, n := range []int{m.Start, m.End, m.SentenceStart} {
		if n < 0 || n > math.MaxInt32 {
			return fmt.Errorf("mention with key %d: offset %d", m.Key, n)
		}
	}
	if (m.Days.From == 0) != (m.Days.To == 0) || m.Days.From < 0 || m.Days.To < m.Days.From {
		return fmt.Errorf("mention with key %d: days %v", m.Key, m.Days)
	}
	x := row{
		key: m.Key, article: article, place: place, start: uint32(m.Start), end: uint32(m.End), sentence: uint32(m.SentenceStart),
		name: l.names.number(m.Name), by: l.names.number(m.ClaimedBy), from: m.Days.From, to: m.Days.To,
		flags: packed, conf: packConfidence(m.Confidence),
	}
	special := packed&(movedFlag|deathsFlag|injuriesFlag) != 0 || x.conf == oddConfidence
	l.rows.add(x, extra{m.Confidence, m.Geometry, packFigures(m.Deaths), packFigures(m.Injuries)}, special)
	return nil
}

func packFigures(f Figures) figures {
	return figures{low: int32(min(f.Low, math.MaxInt32)), high: int32(min(f.High, math.MaxInt32)), open: f.Open}
}

// view makes the view of what was read.
func (l *loader) view(ctx context.Context, state State) (*View, error) {
	l.seal()
	base := l.base.table
	if base == nil {
		base = &table{}
	}
	v := &View{
		version: state.Version, state: state, source: l.base.source, options: l.base.options,
		words: l.words, places: l.places, articles: l.articles,
	}
	v.table = base.with(&l.rows, l.movedArticles, l.movedPlaces)
	v.names = l.names.list
	l.rows = rows{}
	return v, v.derive(ctx)
}
