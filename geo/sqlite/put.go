package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// Put stores the article, its mentions and their places in one transaction.
// It returns false, and changes nothing, where an article with the same id and
// text is there already; the same id with another text is an error. Text that
// isn't UTF-8 or holds a NUL byte and values outside the ranges of geo.Mention
// are errors too.
//
// A place that is stored already takes over what p now says, for all mentions
// of it: whoever corrects the gazetteer corrects the map.
func (db *DB) Put(ctx context.Context, a geo.Article, ms []geo.Mention) (added bool, err error) {
	if err := check(&a, ms); err != nil {
		return false, fmt.Errorf("store article %q: %w", a.ID, err)
	}
	n, err := db.change(ctx, func(c *change) error { return c.put(ctx, &a, ms) })
	if err != nil {
		return false, fmt.Errorf("store article %q: %w", a.ID, err)
	}
	return n > 0, nil
}

// change is a transaction that stores articles.
type change struct {
	tx     *sql.Tx
	number int64 // what meta.changes becomes
	added  int
	upto   int64                  // the highest key of a mention whose words are stored
	last   int64                  // the highest key that a mention has or may have had
	places map[string]storedPlace // by id
}

// storedPlace is a place as the transaction has stored it.
type storedPlace struct {
	place *gazetteer.Place
	key   int64
}

// beginning reads the fields of a change.
const beginning = `SELECT changes + 1, words_upto, ` + lastKey + ` FROM meta`

// change runs do in a transaction. It returns how many articles that added, and
// changes nothing where do fails or there were none.
func (db *DB) change(ctx context.Context, do func(c *change) error) (added int, err error) {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("begin to write: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // undoes nothing after Commit
	c := &change{tx: tx, places: make(map[string]storedPlace)}
	if err := tx.QueryRowContext(ctx, beginning).Scan(&c.number, &c.upto, &c.last); err != nil {
		return 0, fmt.Errorf("read how far the store has come: %w", err)
	}
	if err := do(c); err != nil || c.added == 0 {
		return 0, err
	}
	if c.last-c.upto > db.waiting {
		if err := indexWords(ctx, tx, c.upto, min(c.last, c.upto+wordsPerStep)); err != nil {
			return 0, fmt.Errorf("index words: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE meta SET changes = ?`, c.number); err != nil {
		return 0, fmt.Errorf("count the change: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return 0, fmt.Errorf("commit: %w", err)
	}
	return c.added, nil
}

// put stores the article, unless it is there, with its mentions. Both were checked.
func (c *change) put(ctx context.Context, a *geo.Article, ms []geo.Mention) error {
	var text string
	switch err := c.tx.QueryRowContext(ctx, `SELECT text FROM article WHERE id = ?`, a.ID).Scan(&text); {
	case err == nil && text == a.Text:
		return nil
	case err == nil:
		return errors.New("another text is stored under that id")
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	fingerprint := a.Origin()
	article, err := c.insertArticle(ctx, a, fingerprint)
	if err != nil {
		return err
	}
	if err := c.setOrigin(ctx, article, a, fingerprint); err != nil {
		return fmt.Errorf("look for copies: %w", err)
	}
	if err := c.insertMentions(ctx, article, ms); err != nil {
		return err
	}
	c.added++
	return nil
}

// check refuses mentions of other articles, and text that isn't plain. The
// rest is up to the constraints of the schema.
func check(a *geo.Article, ms []geo.Mention) error {
	if err := plain(a.ID, a.Source, a.URL, a.Title, a.Text); err != nil {
		return err
	}
	for i := range ms {
		m := &ms[i]
		err := errors.Join(plain(m.Name, m.Sentence, m.DateBasis, m.ClaimedBy, m.Offset), plain(m.Reasons...), plain(m.RunnersUp...),
			plain(m.Deaths.Words...), plain(m.Injuries.Words...))
		if m.Article != a.ID {
			err = fmt.Errorf("it belongs to article %q", m.Article)
		}
		if err != nil {
			return fmt.Errorf("mention %q at %d: %w", m.Name, m.Start, err)
		}
	}
	return nil
}

// plain refuses texts that SQLite would store but not treat as text
// everywhere: its functions stop at a NUL and take for granted that it is UTF-8.
func plain(texts ...string) error {
	for _, s := range texts {
		if !utf8.ValidString(s) {
			return fmt.Errorf("%s is not UTF-8", excerpt(s))
		}
		if strings.ContainsRune(s, 0) {
			return fmt.Errorf("%s holds a NUL byte", excerpt(s))
		}
	}
	return nil
}

// excerpt quotes the beginning of a text.
func excerpt(s string) string {
	const limit = 80
	if len(s) > limit {
		return fmt.Sprintf("%q…", s[:limit])
	}
	return fmt.Sprintf("%q", s)
}

func (c *change) insertArticle(ctx context.Context, a *geo.Article, fingerprint string) (key int64, err error) {
	r, err := c.tx.ExecContext(ctx,
		`INSERT INTO article (id, source, url, title, published, origin, text, changed) VALUES (?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?)`,
		a.ID, a.Source, a.URL, a.Title, int64(a.Published), fingerprint, a.Text, c.number)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// putPlace stores the place unless it is there just so, and returns its key.
func (c *change) putPlace(ctx context.Context, p *gazetteer.Place) (key int64, err error) {
	if last := c.places[p.ID]; last.place == p {
		return last.key, nil
	}
	if key, err = c.storePlace(ctx, p); err == nil {
		c.places[p.ID] = storedPlace{p, key}
	}
	return key, err
}

func (c *change) storePlace(ctx context.Context, p *gazetteer.Place) (key int64, err error) {
	columns, err := placeColumns(p)
	if err != nil {
		return 0, err
	}
	var stored string
	err = c.tx.QueryRowContext(ctx, `SELECT key, digest FROM place WHERE id = ?`, p.ID).Scan(&key, &stored)
	if err == nil && stored == columns[len(columns)-1] {
		return key, nil
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	// The row-value assignment keeps the key, which mentions refer to.
	err = c.tx.QueryRowContext(ctx,
		`INSERT INTO place (id, name, kind, country, disputed, capital, lon, lat, shape, uncertainty, population, names, external, source, digest, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET
			(name, kind, country, disputed, capital, lon, lat, shape, uncertainty, population, names, external, source, digest, changed) =
			(excluded.name, excluded.kind, excluded.country, excluded.disputed, excluded.capital, excluded.lon, excluded.lat,
			excluded.shape, excluded.uncertainty, excluded.population, excluded.names, excluded.external, excluded.source, excluded.digest, excluded.changed)
		RETURNING key`, append(columns, c.number)...).Scan(&key)
	if err != nil {
		return 0, err
	}
	b := p.Geometry().Bound()
	_, err = c.tx.ExecContext(ctx, `INSERT OR REPLACE INTO place_rtree (key, west, east, south, north) VALUES (?, ?, ?, ?, ?)`,
		key, b.Min.Lon(), b.Max.Lon(), b.Min.Lat(), b.Max.Lat())
	return key, err
}

// placeColumns returns the columns of a place from its id to the digest of all
// that come before.
func placeColumns(p *gazetteer.Place) ([]any, error) {
	if err := plain(p.ID, p.Name, p.Country, p.Source); err != nil {
		return nil, err
	}
	var shape []byte
	switch p.Shape.(type) {
	case nil:
	case orb.LineString, orb.MultiLineString, orb.Polygon, orb.MultiPolygon:
		var err error
		if shape, err = wkb.Marshal(p.Shape); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("its shape is a %s, not a line or an area", p.Shape.GeoJSONType())
	}
	names, err := json.Marshal(p.Names)
	if err != nil {
		return nil, err
	}
	external, err := json.Marshal(p.External)
	if err != nil {
		return nil, err
	}
	columns := []any{p.ID, p.Name, string(p.Kind), p.Country, p.Disputed, p.Capital, p.Point.Lon(), p.Point.Lat(), shape,
		p.Uncertainty, p.Population, string(names), string(external), p.Source}
	all, err := json.Marshal(columns)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(all)
	return append(columns, hex.EncodeToString(digest[:10])), nil
}

// encodeList writes a list as JSON, nil as the empty array. Other code cuts it
// at `","`: keep it without blanks.
func encodeList(values []string) (string, error) {
	if len(values) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal(values)
	return string(text), err
}
