package index

import (
	"context"
	"fmt"
	"iter"

	"github.com/conflictmap/conflictmap/geo"
)

// Of is a view of records that are all in memory, texts included: for tests and
// small data.
func Of(version string, records iter.Seq2[geo.Record, error]) (*View, error) {
	m := &memory{version: version}
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		m.records = append(m.records, r)
	}
	return Load(context.Background(), m)
}

// Records is a Source of records, texts included, that never changes.
func Records(version string, records []geo.Record) Source {
	return &memory{version: version, records: records}
}

// memory is a Source of records. Keys are numbers of records, articles and
// places, from 1.
type memory struct {
	version string
	records []geo.Record
}

// Version implements Source.
func (m *memory) Version(context.Context) (string, error) { return m.version, nil }

// Read implements Source.
func (m *memory) Read(_ context.Context, since State, to Sink) (State, bool, error) {
	now := State{Version: m.version, Mention: int64(len(m.records))}
	if since == now {
		return now, false, nil
	}
	places, err := m.readPlaces(to)
	if err != nil {
		return State{}, false, err
	}
	articles, err := m.readArticles(to)
	if err != nil {
		return State{}, false, err
	}
	for i := range m.records {
		r := &m.records[i]
		mention := mentionOf(r)
		mention.Key, mention.Article = int64(i+1), articles[r.Mention.Article]
		if r.Place != nil {
			mention.Place = places[r.Place.ID]
		}
		if err := to.Mention(mention); err != nil {
			return State{}, false, err
		}
	}
	return now, true, nil
}

func (m *memory) readPlaces(to Sink) (map[string]int64, error) {
	keys := make(map[string]int64)
	for i := range m.records {
		p := m.records[i].Place
		if p == nil || keys[p.ID] != 0 {
			continue
		}
		keys[p.ID] = int64(len(keys) + 1)
		if err := to.Place(Place{Key: keys[p.ID], Place: p}); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func (m *memory) readArticles(to Sink) (map[string]int64, error) {
	keys := make(map[string]int64)
	for i := range m.records {
		r := &m.records[i]
		id := r.Mention.Article
		if keys[id] != 0 {
			continue
		}
		keys[id] = int64(len(keys) + 1)
		a := Article{
			Key: keys[id], ID: id, Source: r.Article.Source, Title: r.Article.Title, URL: r.Article.URL,
			Published: r.Article.Published, Origin: r.Origin,
		}
		if err := to.Article(a); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// mentionOf is what the index holds of a record, without keys.
func mentionOf(r *geo.Record) Mention {
	return Mention{
		Start: r.Start, End: r.End, SentenceStart: r.SentenceStart, Name: r.Name, ClaimedBy: r.ClaimedBy, Demonym: r.Demonym,
		WherePrec: r.WherePrec, Role: r.Role, Event: r.Event, Days: r.Days, DatePrec: r.DatePrec, Claim: r.Claim,
		Confidence: r.Confidence, Geometry: r.Geometry, Deaths: figuresOf(&r.Deaths), Injuries: figuresOf(&r.Injuries),
	}
}

func figuresOf(c *geo.Count) Figures {
	return Figures{Stated: c.Stated(), Open: c.Open, Low: c.Low, High: c.High}
}

// Holding implements Source.
func (m *memory) Holding(ctx context.Context, words string) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		for i := range m.records {
			if err := ctx.Err(); err != nil {
				yield(0, err)
				return
			}
			if geo.HoldsWords(m.records[i].Sentence, words) && !yield(int64(i+1), nil) {
				return
			}
		}
	}
}

// Texts implements Source.
func (m *memory) Texts(ctx context.Context, keys []int64) iter.Seq2[*Text, error] {
	return func(yield func(*Text, error) bool) {
		for _, key := range keys {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if key < 1 || key > int64(len(m.records)) {
				yield(nil, fmt.Errorf("mention with key %d: %w", key, geo.ErrNotFound))
				return
			}
			r := &m.records[key-1]
			t := Text{
				Sentence: r.Sentence, DateBasis: r.DateBasis, Offset: r.Offset,
				Reasons: r.Reasons, RunnersUp: r.RunnersUp, DeathWords: r.Deaths.Words, InjuryWords: r.Injuries.Words,
			}
			if !yield(&t, nil) {
				return
			}
		}
	}
}
