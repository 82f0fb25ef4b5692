package server

import (
	"context"
	"io"
	"iter"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo/gpkg"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// How many GeoPackages may be made, and may lie on the disk, at the same time.
// Who comes later waits, within the time that a query has.
const (
	maxPacking = 2
	maxPacked  = 16
)

// packing bounds the work on GeoPackages, and knows since when the data is as
// it is: the same version must give the same bytes as long as the server runs.
type packing struct {
	working chan struct{} // holds a value for each that is made
	waiting chan struct{} // and for each that is on the disk

	*stamp
}

type stamp struct {
	mu      sync.Mutex
	version string
	at      time.Time
}

func newPacking() packing {
	return packing{working: make(chan struct{}, maxPacking), waiting: make(chan struct{}, maxPacked), stamp: &stamp{}}
}

// since is when the version was first asked for.
func (s *stamp) since(version string, now func() time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.version != version || s.at.IsZero() {
		s.version, s.at = version, now().UTC().Truncate(time.Millisecond)
	}
	return s.at
}

// enter waits for room in the channel; leave it by receiving.
func enter(ctx context.Context, room chan<- struct{}) error {
	select {
	case room <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answerPackage makes a GeoPackage in a temporary file and leaves that and the
// query to a stream. The file is made before anything is sent, so that whatever
// fails gets a proper answer. It is removed when it was sent, when the client
// leaves and when time is up.
func (s *Server) answerPackage(c *fiber.Ctx, q *query, coding string, m layer.Meta, changed time.Time, fs iter.Seq2[layer.Feature, error]) (streaming bool, err error) {
	if err := enter(q.ctx, s.packs.waiting); err != nil {
		return false, err
	}
	defer func() {
		if !streaming {
			<-s.packs.waiting
		}
	}()
	file, err := s.pack(q.ctx, m, changed, fs)
	if err != nil {
		return false, err
	}
	s.stream(c, q, coding, func(w io.Writer) error {
		defer func() {
			// The client has what it asked for: nobody but the operator needs to know.
			if err := file.Close(); err != nil {
				q.log.Error("remove a temporary GeoPackage", "error", err)
			}
			<-s.packs.waiting
		}()
		_, err := io.Copy(w, file)
		return err
	})
	return true, nil
}

func (s *Server) pack(ctx context.Context, m layer.Meta, changed time.Time, fs iter.Seq2[layer.Feature, error]) (*gpkg.File, error) {
	if err := enter(ctx, s.packs.working); err != nil {
		return nil, err
	}
	defer func() { <-s.packs.working }()
	return gpkg.Temporary(ctx, m, changed, fs)
}
