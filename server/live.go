package server

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
)

const (
	// liveRetry is after how long a client that lost its stream asks again.
	liveRetry = 2 * time.Second
	// liveRetryFull is when to try again while there are too many clients.
	liveRetryFull = 30 * time.Second
	// liveGlance is how often the server looks whether a client is there still.
	liveGlance = time.Second
)

func (s *Server) liveRoutes(app *fiber.App) { app.Get("/api/live", s.live) }

// live is a stream of server-sent events (WHATWG HTML, 9.2). It begins with the
// events "stored" that a client with Last-Event-ID has missed and the event
// "version", or with "reset" where it is not known what was missed; then comes
// "stored" for each new state of the data. Comments keep the connection alive.
func (s *Server) live(c *fiber.Ctx) error {
	last, err := lastEventID(c)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set("X-Accel-Buffering", "no") // nginx would hold events back
	if c.Method() == fiber.MethodHead {
		return nil
	}
	client := &liveClient{conn: c.Context().Conn(), events: make(chan []byte, liveQueue)}
	first, ok := s.hub.join(client, last)
	if !ok {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(liveRetryFull.Seconds())))
		return problemf(fiber.StatusServiceUnavailable, "The server has as many live streams as it can. Try again later.")
	}
	first = append([]byte("retry: "+strconv.FormatInt(liveRetry.Milliseconds(), 10)+"\n\n"), first...)
	out, in := io.Pipe()
	c.Context().SetBodyStream(out, -1)
	c.Response().ImmediateHeaderFlush = true
	log := s.log.With("method", c.Method(), "path", c.Path())
	started := c.Context().Time()
	s.streams.Go(func() {
		err := client.follow(in, first, s.cfg.Heartbeat)
		log.Log(context.Background(), outcome(s.base, err), "live stream ended", "duration", time.Since(started), "error", err)
		s.hub.leave(client)
		in.CloseWithError(err)
	})
	return nil
}

// follow writes events to w until there are no more, w takes none, or the client
// has left: a connection that only sends would notice that a heartbeat late.
func (c *liveClient) follow(w io.Writer, first []byte, heartbeat time.Duration) error {
	if _, err := w.Write(first); err != nil {
		return err
	}
	beat, look := time.NewTicker(heartbeat), time.NewTicker(liveGlance)
	defer beat.Stop()
	defer look.Stop()
	for {
		frame := []byte(":\n\n")
		select {
		case e, ok := <-c.events:
			if !ok {
				return nil
			}
			frame = e
		case <-beat.C:
		case <-look.C:
			if hasLeft(c.conn) {
				return io.ErrClosedPipe
			}
			continue
		}
		if _, err := w.Write(frame); err != nil {
			return err
		}
	}
}

// maxEventIDBytes bounds the id of an event in a request.
const maxEventIDBytes = 256

// lastEventID is the version after which a client wants to go on, empty for
// none. The header is newer than the URL that a browser connects to again.
func lastEventID(c *fiber.Ctx) (string, error) {
	const name = "last_event_id"
	values, err := parseQuery(c)
	if err != nil {
		return "", err
	}
	given := values[name]
	delete(values, name)
	for other := range values {
		return "", badParameters(&geo.ParamError{Param: clip(other), Value: clip(values.Get(other)), Reason: "unknown parameter (known: " + name + ")"})
	}
	if len(given) > 1 {
		return "", badParameters(&geo.ParamError{Param: name, Value: clip(given[1]), Reason: "is given more than once"})
	}
	last := c.Get("Last-Event-ID")
	if last == "" && len(given) == 1 {
		last = given[0]
	}
	if len(last) > maxEventIDBytes || strings.ContainsFunc(last, unicode.IsControl) {
		return "", badParameters(&geo.ParamError{Param: name, Value: clip(last), Reason: "is not an id of an event"})
	}
	return last, nil
}
