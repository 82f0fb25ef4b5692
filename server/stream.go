package server

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
)

// query is a view with the time that may be spent on it.
type query struct {
	ctx    context.Context
	cancel context.CancelFunc
	view   View
	log    *slog.Logger // knows the request
}

func (s *Server) openView(c *fiber.Ctx) *query {
	ctx, cancel := context.WithTimeout(s.base, s.cfg.QueryTimeout)
	view, _ := s.cfg.View()
	return &query{ctx: ctx, cancel: cancel, view: view, log: s.log.With("method", c.Method(), "path", c.Path())}
}

// close ends the time of the query.
func (q *query) close() { q.cancel() }

// stream makes what write writes the body of the answer and closes q, whatever
// happens. It writes from another goroutine while the connection takes the body
// in; c must not be used there.
//
// An error, of write or because q's time is up, reaches the connection as a
// failed read: it is cut before the last chunk. A client that leaves makes
// write's next write fail.
func (s *Server) stream(c *fiber.Ctx, q *query, coding string, write func(io.Writer) error) {
	out, in := io.Pipe()
	c.Context().SetBodyStream(out, -1)
	c.Response().ImmediateHeaderFlush = true // else a body that fails at once would be no answer at all
	started := c.Context().Time()
	s.streams.Go(func() {
		err := s.produce(q, in, coding, write)
		q.log.Log(context.Background(), outcome(q.ctx, err), "stream ended", "duration", time.Since(started), "error", err)
		// Closed first: a client that has the whole body can rely on that.
		q.close()
		in.CloseWithError(err)
	})
}

// outcome is the level at which the end of a stream is logged.
func outcome(ctx context.Context, err error) slog.Level {
	switch {
	case err == nil, ctx.Err() == nil && errors.Is(err, io.ErrClosedPipe): // the client left
		return slog.LevelDebug
	case errors.Is(ctx.Err(), context.Canceled): // the server ends
		return slog.LevelWarn
	}
	return slog.LevelError
}

func (s *Server) produce(q *query, in *io.PipeWriter, coding string, write func(io.Writer) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	// A client that takes nothing in would hold a write, and with it the snapshot.
	stop := context.AfterFunc(q.ctx, func() { in.CloseWithError(q.ctx.Err()) })
	defer stop()
	buffered := bufio.NewWriterSize(in, 32<<10)
	if coding == gzipped {
		err = s.compress(buffered, write)
	} else {
		err = write(buffered)
	}
	if err != nil {
		return err
	}
	return buffered.Flush()
}

// compress ends the gzip stream only after a write that succeeded.
func (s *Server) compress(w io.Writer, write func(io.Writer) error) error {
	z, ok := s.gzips.Get().(*gzip.Writer)
	if !ok {
		z = gzip.NewWriter(nil)
	}
	defer s.gzips.Put(z)
	z.Reset(w)
	if err := write(z); err != nil {
		return err
	}
	return z.Close()
}
