package sqlite

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/conflictmap/conflictmap/geo"
)

// A batch of PutAll ends with whichever of these it reaches first. It is in
// memory while it waits for the write lock, so that a slow sequence keeps nobody
// else from writing.
const (
	batchArticles = 4000
	batchMentions = 40_000
	batchBytes    = 16 << 20 // of article text
)

// The writing connection works with more memory (128 MB of pages) and writes its
// log back more seldom (each 64 MB) while PutAll is under way: hashes go all over
// the indexes of origins, and a page should take many of them before it is written.
const (
	loadingPragmas = `PRAGMA cache_size = -131072; PRAGMA wal_autocheckpoint = 16384`
	usualPragmas   = `PRAGMA cache_size = -2000; PRAGMA wal_autocheckpoint = 1000; PRAGMA shrink_memory` // SQLite's defaults
)

// batch is articles to be stored in one transaction.
type batch struct {
	articles []geo.Article
	mentions [][]geo.Mention
	total    int // mentions
	bytes    int
}

func (b *batch) full() bool {
	return len(b.articles) >= batchArticles || b.total >= batchMentions || b.bytes >= batchBytes
}

// PutAll stores many articles by the rules of Put, some thousands in a
// transaction, and returns how many of them were new. The first that can't be
// stored ends it with an error that names the article: none of its batch is
// stored, all batches before are.
func (db *DB) PutAll(ctx context.Context, all iter.Seq2[geo.Article, []geo.Mention]) (added int, err error) {
	if _, err := db.writer.ExecContext(ctx, loadingPragmas); err != nil {
		return 0, fmt.Errorf("prepare to store articles: %w", err)
	}
	defer func() {
		if _, failure := db.writer.ExecContext(context.WithoutCancel(ctx), usualPragmas); failure != nil {
			err = errors.Join(err, fmt.Errorf("after storing articles: %w", failure))
		}
	}()
	var b batch
	for a, ms := range all {
		if err := check(&a, ms); err != nil {
			return added, fmt.Errorf("store article %q: %w", a.ID, err)
		}
		b.articles, b.mentions = append(b.articles, a), append(b.mentions, ms)
		b.total += len(ms)
		b.bytes += len(a.Text)
		if !b.full() {
			continue
		}
		n, err := db.putBatch(ctx, &b)
		if added += n; err != nil {
			return added, err
		}
		b = batch{articles: b.articles[:0], mentions: b.mentions[:0]}
	}
	n, err := db.putBatch(ctx, &b)
	return added + n, err
}

func (db *DB) putBatch(ctx context.Context, b *batch) (added int, err error) {
	if len(b.articles) == 0 {
		return 0, ctx.Err()
	}
	added, err = db.change(ctx, func(c *change) error {
		// The driver watches a context for every statement, which costs more than
		// some of them; the transaction itself still ends with ctx.
		unwatched := context.WithoutCancel(ctx)
		for i := range b.articles {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := c.put(unwatched, &b.articles[i], b.mentions[i]); err != nil {
				return fmt.Errorf("store article %q: %w", b.articles[i].ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("store %d articles: %w", len(b.articles), err)
	}
	return added, nil
}
