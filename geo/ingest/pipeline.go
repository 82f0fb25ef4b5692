package ingest

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/conflictmap/conflictmap/geo"
)

// Parser finds the mentions of an article. It is called from several
// goroutines at once.
type Parser interface {
	Parse(a geo.Article) []geo.Mention
}

// Store keeps articles with their mentions. Put stores both or neither, and
// reports false for an article that is there already with the same text.
type Store interface {
	Has(ctx context.Context, articleID string) (bool, error)
	Put(ctx context.Context, a geo.Article, mentions []geo.Mention) (added bool, err error)
}

// Result is what became of one document.
type Result struct {
	Document Document
	Mentions []geo.Mention
	// Err is set where the document was refused or the parser failed.
	Err error

	known bool
}

// Report counts what became of the documents.
type Report struct {
	Added    int // newly stored
	Known    int // in the store already
	Failed   int // refused, or failed in the parser
	Mentions int // of the articles added
}

// Progress tells of one document that was dealt with.
type Progress struct {
	Report // so far
	Result
}

// maxStoreFailures is how many documents the store may refuse without taking
// one in between. More mean that the store is at fault, and not the documents.
const maxStoreFailures = 10

// Run takes the documents through the parser into the store: parsed in
// parallel, stored one by one in their order. After each document it calls
// progress from its own goroutine. A document that fails is counted and told
// to progress, and the next one follows. A store that refuses ten in a row ends
// the run, and so does ctx. Whatever ends it, the store holds whole articles
// only, and the same run done again completes what is missing.
func Run(ctx context.Context, docs iter.Seq2[Document, error], p Parser, s Store, progress func(Progress)) (Report, error) {
	var report Report
	results := inOrder(ctx, docs, func(ctx context.Context, d Document) Result {
		// An id that was derived from the article stands for its text. Of
		// others only Put can say whether the text is the same.
		if d.Article.ID == d.Article.NewID() {
			if known, err := s.Has(ctx, d.Article.ID); err == nil && known {
				return Result{Document: d, known: true}
			}
		}
		return parse(p, d)
	})
	failures := 0
	for r := range results {
		before := report.Added
		refused := report.store(ctx, s, &r)
		switch {
		case ctx.Err() != nil:
			return report, ctx.Err()
		case refused:
			failures++
		case report.Added > before:
			failures = 0
		}
		progress(Progress{Report: report, Result: r})
		if failures == maxStoreFailures {
			return report, fmt.Errorf("the store refused %d documents in a row: %w", failures, r.Err)
		}
	}
	return report, ctx.Err()
}

// store puts one result away, counts it and reports whether the store refused
// it; r.Err then says why.
func (report *Report) store(ctx context.Context, s Store, r *Result) (refused bool) {
	added := false
	if r.Err == nil && !r.known {
		var err error
		if added, err = s.Put(ctx, r.Document.Article, r.Mentions); err != nil {
			r.Err, refused = fmt.Errorf("%s: %w", r.Document.Where, err), true
		}
	}
	switch {
	case r.Err != nil:
		report.Failed++
	case added:
		report.Added++
		report.Mentions += len(r.Mentions)
	default:
		report.Known++
	}
	return refused
}

// ParseAll parses the documents in parallel and yields the results in their
// order, until ctx ends.
func ParseAll(ctx context.Context, docs iter.Seq2[Document, error], p Parser) iter.Seq[Result] {
	return inOrder(ctx, docs, func(_ context.Context, d Document) Result { return parse(p, d) })
}

// parse turns a parser's panic into an error: one hostile article must not
// take the others with it.
func parse(p Parser, d Document) (r Result) {
	r.Document = d
	defer func() {
		if v := recover(); v != nil {
			r.Mentions, r.Err = nil, fmt.Errorf("%s: parse: panic: %v", d.Where, v)
		}
	}()
	r.Mentions = p.Parse(d.Article)
	return r
}

// job is a document on its way: done gets its one result.
type job struct {
	doc  Document
	done chan Result
}

// inOrder does the work on the documents in parallel and yields the results in
// the documents' order. At most a few documents per processor are held at a
// time. It returns as soon as ctx ends, even while docs is blocked in a read.
func inOrder(ctx context.Context, docs iter.Seq2[Document, error], work func(context.Context, Document) Result) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		workers := runtime.GOMAXPROCS(0)
		jobs := make(chan job)
		queue := make(chan job, 2*workers)

		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		for range workers {
			running.Go(func() {
				for j := range receive(ctx, jobs) {
					j.done <- work(ctx, j.doc)
				}
			})
		}
		go feed(ctx, docs, queue, jobs)

		for j := range receive(ctx, queue) {
			select {
			case r := <-j.done:
				if !yield(r) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// feed hands each document to the queue, which keeps the order, and to the
// workers.
func feed(ctx context.Context, docs iter.Seq2[Document, error], queue, jobs chan<- job) {
	defer close(queue)
	defer close(jobs)
	for d, err := range docs {
		j := job{doc: d, done: make(chan Result, 1)}
		if err != nil {
			j.done <- Result{Document: d, Err: err}
		}
		select {
		case queue <- j:
		case <-ctx.Done():
			return
		}
		if err != nil {
			continue
		}
		select {
		case jobs <- j:
		case <-ctx.Done():
			return
		}
	}
}

// receive yields what comes through the channel until it is closed or ctx ends.
func receive[T any](ctx context.Context, ch <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			select {
			case v, ok := <-ch:
				if !ok || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
