package server

import (
	"compress/gzip"
	"container/list"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// answer is a finished response.
type answer struct {
	status      int // 0 is 200
	contentType string
	body        []byte // never changed after it was handed over
	headers     [][2]string
}

// header adds a header to the answer.
func (a *answer) header(name, value string) { a.headers = append(a.headers, [2]string{name, value}) }

// maxEntryBytes bounds what the cache takes in of one answer.
const maxEntryBytes = 4 << 20

// cached answers with what compute makes of the request, or what it made of the
// same request before: answers are kept while the data is the same, and those
// who ask at the same time share one computation. It has Config.QueryTimeout, and
// ends early when all who wait for it have left.
//
// What compute makes may depend on its arguments alone. It runs in another
// goroutine, beyond the handler's end: it must not use c.
func (s *Server) cached(c *fiber.Ctx, compute func(context.Context, *request, View) (answer, error)) error {
	view, _ := s.cfg.View()
	version := view.Version()
	key := requestKey(nil, c)
	if held := c.Request().Header.PeekAll(fiber.HeaderIfNoneMatch); len(held) > 0 {
		// Whoever holds the tag of a version was given that answer, so it can be given.
		for _, coding := range []string{identity, gzipped} {
			if tag := s.tagOf(version, key, coding); tagHeld(held, tag) {
				setValidators(c, tag)
				c.Status(fiber.StatusNotModified)
				return nil
			}
		}
	}
	if e := s.cache.get(version, key); e != nil {
		return e.send(c)
	}
	r, err := s.requestOf(c)
	if err != nil {
		return err
	}
	e, err := s.await(c.Context(), s.cache.join(version, key, func(f *flight) {
		s.compute(f, version, string(key), func(ctx context.Context) (answer, error) { return compute(ctx, r, view) })
	}))
	if err != nil {
		return err
	}
	return e.send(c)
}

// requestKey appends what an answer depends on: to whom the request is
// addressed, its URL, and the formats that it takes.
func requestKey(b []byte, c *fiber.Ctx) []byte {
	h := &c.Request().Header
	if wantsHTML(h.Peek(fiber.HeaderAccept)) {
		b = append(b, "html"...)
	}
	b = append(append(b, ' '), h.Host()...)
	return append(append(b, ' '), h.RequestURI()...)
}

// requestOf copies what the answer is made from.
func (s *Server) requestOf(c *fiber.Ctx) (*request, error) {
	base, err := s.baseURL(c.Context())
	if err != nil {
		return nil, err
	}
	return &request{
		base: base, path: string(c.Request().URI().PathOriginal()), query: string(c.Request().URI().QueryString()),
		html: wantsHTML(c.Request().Header.Peek(fiber.HeaderAccept)),
	}, nil
}

// tagOf is the ETag of the answer to a request: it follows from the state of the
// data, the gazetteer, the program and its settings.
func (s *Server) tagOf(version string, key []byte, coding string) string {
	return entityTag(version, string(key), coding, s.cfg.Attribution, s.cfg.Gazetteer, string(s.cfg.Labels), s.cfg.Version)
}

// compute runs in a goroutine of its own, for all who wait for f.
func (s *Server) compute(f *flight, version, key string, do func(context.Context) (answer, error)) {
	ctx, cancel := context.WithTimeout(s.base, s.cfg.QueryTimeout)
	f.cancel = cancel
	s.streams.Go(func() {
		defer cancel()
		var e *entry
		a, err := s.guarded(ctx, do)
		if err == nil {
			e = &entry{
				key: key, answer: a, size: len(key) + len(a.body) + entryOverhead,
				tag: s.tagOf(version, []byte(key), identity), gzipTag: s.tagOf(version, []byte(key), gzipped), cache: s.cache,
			}
		}
		s.cache.land(f, version, key, e, err)
	})
}

// guarded runs do when its turn comes: as many answers as the machine can work
// on are made at a time, so that their memory is bounded.
func (s *Server) guarded(ctx context.Context, do func(context.Context) (answer, error)) (a answer, err error) {
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return a, ctx.Err()
	}
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	return do(ctx)
}

// statusLeft is what the log says of requests whose client left; nobody gets it.
const statusLeft = 499

// minPacked is the size from which answers are worth compressing.
const minPacked = 1 << 10

// gzipLevel is fast: an answer is compressed while its first client waits.
const gzipLevel = gzip.BestSpeed

// glance is how often a request that waits looks whether its client is there still.
const glance = 100 * time.Millisecond

// await waits for the end of the computation.
func (s *Server) await(ctx *fasthttp.RequestCtx, f *flight) (*entry, error) {
	tick := time.NewTimer(glance)
	defer tick.Stop()
	for {
		select {
		case <-f.done:
			return f.entry, f.err
		case <-tick.C:
			if hasLeft(ctx.Conn()) {
				s.cache.leave(f)
				return nil, problemf(statusLeft, "The client left before the answer was there.")
			}
			tick.Reset(glance)
		}
	}
}

// entry is an answer in the cache, with its gzip form once that was asked for.
type entry struct {
	key          string
	answer       answer
	tag, gzipTag string
	cache        *responseCache

	packOnce sync.Once
	packed   []byte // nil where it doesn't pay

	// Guarded by the cache's lock.
	size int
	at   *list.Element // nil while it is in no cache
}

// entryOverhead is about what an entry takes beside its bytes.
const entryOverhead = 512

func (e *entry) send(c *fiber.Ctx) error {
	coding, tag, body := identity, e.tag, e.answer.body
	if len(body) >= minPacked && contentCoding(c) == gzipped {
		if packed := e.gzip(); packed != nil {
			coding, tag, body = gzipped, e.gzipTag, packed
		}
	}
	setValidators(c, tag)
	h := &c.Response().Header
	for _, header := range e.answer.headers {
		h.Set(header[0], header[1])
	}
	if e.answer.status != 0 {
		c.Status(e.answer.status)
	}
	if e.answer.contentType != "" {
		h.SetContentType(e.answer.contentType)
	}
	if coding != identity {
		h.Set(fiber.HeaderContentEncoding, coding)
	}
	c.Response().SetBodyRaw(body)
	return nil
}

// gzip compresses the answer when that is asked for first.
func (e *entry) gzip() []byte {
	e.packOnce.Do(func() {
		packed, err := pack(e.answer.body, gzipLevel)
		if err != nil || packed == nil {
			return // the answer goes out as it is
		}
		e.packed = packed
		e.cache.grow(e, len(packed))
	})
	return e.packed
}

// setValidators sets the headers by which a client may keep the answer.
func setValidators(c *fiber.Ctx, tag string) {
	h := &c.Response().Header
	h.Set(fiber.HeaderETag, tag)
	h.Set(fiber.HeaderCacheControl, revalidate)
	h.Set(fiber.HeaderVary, "Accept, Accept-Encoding")
}

// tagHeld reads If-None-Match.
func tagHeld(held [][]byte, tag string) bool {
	return slices.ContainsFunc(held, func(h []byte) bool { return holdsTag(string(h), tag) })
}
