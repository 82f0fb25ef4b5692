package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/ingest"
)

// memory is a Store that remembers the order of what was put.
type memory struct {
	ids   []string
	limit int // Put fails when so many are stored; 0 is never
}

func (m *memory) Has(context.Context, string) (bool, error) { return false, nil }

func (m *memory) Put(ctx context.Context, a geo.Article, _ []geo.Mention) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if a.Title == "refuse" {
		return false, errors.New("another text is stored under that id")
	}
	if slices.Contains(m.ids, a.ID) {
		return false, nil
	}
	if m.limit > 0 && len(m.ids) == m.limit {
		return false, errors.New("disk full")
	}
	m.ids = append(m.ids, a.ID)
	return true, nil
}

// known is a Store that has everything.
type known struct{ memory }

func (known) Has(context.Context, string) (bool, error) { return true, nil }

// parserFunc is a Parser.
type parserFunc func(geo.Article) []geo.Mention

func (f parserFunc) Parse(a geo.Article) []geo.Mention { return f(a) }

// twoMentions panics where the text says so.
var twoMentions = parserFunc(func(a geo.Article) []geo.Mention {
	if a.Text == "panic" {
		panic("no such luck")
	}
	return make([]geo.Mention, 2)
})

// documents yields n documents, of which some are refused by their reader,
// the parser or the store, or known.
func documents(n int) iter.Seq2[ingest.Document, error] {
	return func(yield func(ingest.Document, error) bool) {
		for i := range n {
			d := ingest.Document{Where: fmt.Sprint("file ", i), Article: geo.Article{ID: fmt.Sprint(i)}}
			var err error
			switch i % 10 {
			case 3:
				d, err = ingest.Document{Where: d.Where}, errors.New("refused")
			case 5:
				d.Article.Text = "panic"
			case 7:
				d.Article.ID = "0"
			case 8:
				d.Article.Title = "refuse"
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

func TestRun(t *testing.T) {
	var store memory
	var wheres []string
	var failures []string
	got, err := ingest.Run(t.Context(), documents(100), twoMentions, &store, func(p ingest.Progress) {
		wheres = append(wheres, p.Document.Where)
		if p.Err != nil {
			failures = append(failures, p.Err.Error())
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := (ingest.Report{Added: 60, Known: 10, Failed: 30, Mentions: 120}); got != want {
		t.Errorf("report %+v, want %+v", got, want)
	}
	for i, where := range wheres {
		if want := fmt.Sprint("file ", i); where != want {
			t.Fatalf("document %d is %q: out of order", i, where)
		}
	}
	if len(wheres) != 100 || len(failures) != 30 || failures[1] != "file 5: parse: panic: no such luck" ||
		failures[2] != "file 8: another text is stored under that id" {
		t.Errorf("%d documents, failures %q", len(wheres), failures)
	}
}

func TestRunLeavesKnownArticlesUnparsed(t *testing.T) {
	parser := parserFunc(func(geo.Article) []geo.Mention { t.Error("parsed again"); return nil })
	docs := func(yield func(ingest.Document, error) bool) {
		for d := range documents(3) {
			d.Article.ID = d.Article.NewID()
			if !yield(d, nil) {
				return
			}
		}
	}
	got, err := ingest.Run(t.Context(), docs, parser, &known{}, func(ingest.Progress) {})
	if err != nil || got != (ingest.Report{Known: 3}) {
		t.Errorf("report %+v, error %v", got, err)
	}
}

func TestRunEndsWithItsStore(t *testing.T) {
	store := memory{limit: 4}
	got, err := ingest.Run(t.Context(), documents(100), twoMentions, &store, func(ingest.Progress) {})
	if err == nil || !strings.HasPrefix(err.Error(), "the store refused 10 documents in a row: file ") || !strings.HasSuffix(err.Error(), "disk full") {
		t.Errorf("error %v", err)
	}
	if got.Added != 4 {
		t.Errorf("added %d, want 4", got.Added)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	blocked := make(chan struct{})
	defer close(blocked)
	docs := func(yield func(ingest.Document, error) bool) {
		for d, err := range documents(20) {
			if !yield(d, err) {
				return
			}
		}
		<-blocked // as a read from a terminal is
	}
	var store memory
	got, err := ingest.Run(ctx, docs, twoMentions, &store, func(p ingest.Progress) {
		if p.Document.Where == "file 19" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	if got.Added != len(store.ids) || got.Added == 0 {
		t.Errorf("added %d, stored %d", got.Added, len(store.ids))
	}
}

func TestParseAllStops(t *testing.T) {
	n := 0
	for r := range ingest.ParseAll(t.Context(), documents(1000), twoMentions) {
		if want := fmt.Sprint("file ", n); r.Document.Where != want {
			t.Fatalf("got %q, want %q", r.Document.Where, want)
		}
		if n++; n == 17 {
			break
		}
	}
}
