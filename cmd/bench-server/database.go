package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/sqlite"
	"github.com/conflictmap/conflictmap/geo/synth"
)

// maxIDs is of how many mentions the ids are kept, to ask for them.
const maxIDs = 300_000

// dataset is a filled database.
type dataset struct {
	file string
	ids  []string // of mentions, spread over all of them
	size int64    // of the file, in bytes
}

// prepare makes the database, or finds the one that an earlier run made. The list
// of ids beside it is written last, and says that it is whole.
func prepare(ctx context.Context, o options, log *slog.Logger) (*dataset, error) {
	d := &dataset{file: filepath.Join(o.dir, fmt.Sprintf("mentions-%d.db", o.mentions))}
	list := strings.TrimSuffix(d.file, ".db") + ".ids"
	if _, err := os.Stat(list); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(o.dir, 0o755); err != nil {
			return nil, err
		}
		if err := d.fill(ctx, o, list, log); err != nil {
			return nil, fmt.Errorf("fill %s: %w", d.file, err)
		}
	}
	text, err := os.ReadFile(list)
	if err != nil {
		return nil, err
	}
	d.ids = strings.Fields(string(text))
	info, err := os.Stat(d.file)
	if err != nil {
		return nil, err
	}
	d.size = info.Size()
	return d, nil
}

// fill stores made-up articles. What an interrupted run has stored already is not
// stored again.
func (d *dataset) fill(ctx context.Context, o options, list string, log *slog.Logger) (err error) {
	db, err := sqlite.Open(ctx, d.file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	began, last, mentions := time.Now(), time.Now(), 0
	every := max(1, o.mentions/maxIDs)
	var ids []string
	_, err = db.PutAll(ctx, func(yield func(geo.Article, []geo.Mention) bool) {
		for a, ms := range synth.Articles(synth.Options{Seed: 1, Mentions: o.mentions}) {
			for i := range ms {
				if mentions++; mentions%every == 0 {
					ids = append(ids, ms[i].ID())
				}
			}
			if now := time.Now(); now.Sub(last) > 5*time.Second {
				last = now
				log.Info("fill", "mentions", mentions, "of", o.mentions, "a second", int(float64(mentions)/now.Sub(began).Seconds()))
			}
			if !yield(a, ms) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	log.Info("filled", "file", d.file, "mentions", mentions, "took", time.Since(began).Round(time.Second))
	return writeLines(list, ids)
}

// writeLines writes a file whole or not at all.
func writeLines(file string, lines []string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), ".lines-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreMissing(os.Remove(f.Name()))) }()
	w := bufio.NewWriter(f)
	for _, l := range lines {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
