package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// DB is what an index is made of.
var _ index.Source = (*DB)(nil)

// How many rows Read takes at once.
const (
	packArticles = 1000
	packMentions = 1000
)

// Read hands over what is new since a state of this store, or everything. It
// reads one state of the data, whatever is stored meanwhile; see index.Source.
func (db *DB) Read(ctx context.Context, since index.State, to index.Sink) (now index.State, reset bool, err error) {
	s, err := db.Snapshot(ctx)
	if err != nil {
		return index.State{}, false, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r := handover{Snapshot: s, to: to, texts: make(map[string]string)}
	changes, ok := s.changesAt(since)
	if !ok {
		since, changes = index.State{}, -1 // rows from before changes were counted have 0
	}
	now = index.State{Version: s.Version(), Mention: since.Mention}
	if now == since {
		return now, false, nil
	}
	if err := r.readPlaces(ctx, changes); err != nil {
		return index.State{}, false, fmt.Errorf("read places: %w", err)
	}
	if err := r.readArticles(ctx, changes); err != nil {
		return index.State{}, false, fmt.Errorf("read articles: %w", err)
	}
	if now.Mention, err = r.readMentions(ctx, since.Mention); err != nil {
		return index.State{}, false, fmt.Errorf("read mentions: %w", err)
	}
	return now, !ok, nil
}

// changesAt is how many changes a state had seen; false says that it isn't one
// that this data went through.
func (s *Snapshot) changesAt(at index.State) (int64, bool) {
	_, digits, _ := strings.Cut(at.Version, "-")
	changes, err := strconv.ParseInt(digits, 10, 64)
	return changes, err == nil && changes <= s.changes && at.Version == versionName(s.uuid, changes)
}

// handover is a Read under way.
type handover struct {
	*Snapshot
	to    index.Sink
	texts map[string]string // see keep
}

// maxKept bounds the texts that a handover keeps, which are few unless something is odd.
const maxKept = 1 << 16

// keep returns a copy of a field, the same for equal fields: who keeps a part of
// packed rows would keep them all in memory.
func (r *handover) keep(field string) string {
	if field == "" {
		return ""
	}
	kept, ok := r.texts[field]
	if !ok {
		kept = strings.Clone(field)
		if len(r.texts) < maxKept {
			r.texts[kept] = kept
		}
	}
	return kept
}

func (r *handover) readPlaces(ctx context.Context, changes int64) error {
	keys, err := r.changedPlaces(ctx, changes)
	if err != nil {
		return err
	}
	for _, key := range keys {
		p, err := r.readPlace(ctx, key)
		if err != nil {
			return fmt.Errorf("place with key %d: %w", key, err)
		}
		if err := r.to.Place(index.Place{Key: key, Place: p}); err != nil {
			return err
		}
	}
	return nil
}

func (r *handover) changedPlaces(ctx context.Context, changes int64) (keys []int64, err error) {
	rows, err := r.tx.QueryContext(ctx, `SELECT key FROM place WHERE changed > ? ORDER BY key`, changes)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // its error, if any, is that of Err
	for rows.Next() {
		var key int64
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

// packArticlesAfter packs the next articles in the order of change and key.
const packArticlesAfter = `SELECT group_concat(concat_ws(char(0), changed, key, id, source, title, url, COALESCE(published, 0), origin, ''), '') FROM (
	SELECT changed, key, id, source, title, url, published, origin FROM article
	WHERE (changed, key) > (?, ?) ORDER BY changed, key LIMIT ?)`

func (r *handover) readArticles(ctx context.Context, changes int64) error {
	// Of the change that was seen last, everything was.
	for after := [2]int64{changes + 1, 0}; ; {
		p, err := r.pack(ctx, packArticlesAfter, after[0], after[1], packArticles)
		if err != nil || p.rest == "" {
			return err
		}
		for !p.done() {
			after[0] = p.integer()
			a := index.Article{
				Key: p.integer(), ID: strings.Clone(p.text()), Source: r.keep(p.text()),
				Title: strings.Clone(p.text()), URL: strings.Clone(p.text()),
				Published: geo.Day(p.integer()), Origin: strings.Clone(p.text()),
			}
			if p.err != nil {
				return p.err
			}
			after[1] = a.Key
			if err := r.to.Article(a); err != nil {
				return err
			}
		}
	}
}

// packMentionsAfter packs the next mentions by key.
const packMentionsAfter = `SELECT group_concat(concat_ws(char(0), m.key, m.article, COALESCE(m.place, ''), m.name_start, m.name_end, m.sentence_start,
	m.name, m.claimed_by, m.demonym, m.where_prec, m.role, COALESCE(m.event, ''), COALESCE(m.first_day, ''), COALESCE(m.last_day, ''), m.date_prec,
	COALESCE(m.claim, ''), ` + packedHundredths + `, hex(m.geometry),
	COALESCE(m.deaths_low, ''), COALESCE(m.deaths_high, ''), COALESCE(m.deaths_open, ''),
	COALESCE(m.injuries_low, ''), COALESCE(m.injuries_high, ''), COALESCE(m.injuries_open, ''), ''), '')
FROM (SELECT * FROM mention WHERE key > ? ORDER BY key LIMIT ?) m`

// readMentions returns the key of the last.
func (r *handover) readMentions(ctx context.Context, after int64) (int64, error) {
	for {
		p, err := r.pack(ctx, packMentionsAfter, after, packMentions)
		if err != nil || p.rest == "" {
			return after, err
		}
		for !p.done() {
			m := r.mention(p)
			if p.err != nil {
				return after, p.err
			}
			after = m.Key
			if err := r.to.Mention(m); err != nil {
				return after, err
			}
		}
	}
}

// mention cuts the columns of packMentionsAfter.
func (r *handover) mention(p *packed) index.Mention {
	return index.Mention{
		Key: p.integer(), Article: p.integer(), Place: p.integer(), Start: int(p.integer()), End: int(p.integer()), SentenceStart: int(p.integer()),
		Name: r.keep(p.text()), ClaimedBy: r.keep(p.text()), Demonym: p.integer() == 1, WherePrec: geo.WherePrecision(p.integer()),
		Role: geo.Role(r.keep(p.text())), Event: geo.EventType(r.keep(p.text())),
		Days: geo.Interval{From: geo.Day(p.integer()), To: geo.Day(p.integer())}, DatePrec: geo.DatePrecision(p.integer()),
		Claim: geo.Claim(r.keep(p.text())), Confidence: p.share(), Geometry: p.geometry(), Deaths: p.figures(), Injuries: p.figures(),
	}
}

// figures are the next three fields: those of a count, or empty ones.
func (p *packed) figures() index.Figures {
	low := p.text()
	if low == "" {
		p.text()
		p.text()
		return index.Figures{}
	}
	n, err := strconv.Atoi(low)
	if err != nil {
		p.fail(err.Error())
	}
	return index.Figures{Stated: true, Low: n, High: int(p.integer()), Open: p.integer() == 1}
}

// pack runs a statement whose only value is packed rows, NULL for none.
func (r *handover) pack(ctx context.Context, statement string, args ...any) (*packed, error) {
	var rows sql.NullString
	if err := r.tx.QueryRowContext(ctx, statement, args...).Scan(&rows); err != nil {
		return nil, err
	}
	return &packed{rest: rows.String}, nil
}
