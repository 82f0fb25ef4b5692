package server

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/geo/tile"
)

// How many filters tiles are held ready for, and how many features they may have
// together, at some four bytes each. A map asks for dozens of tiles with one filter.
const (
	maxScenes        = 8
	maxSceneFeatures = 2_000_000
)

// sceneCache keeps the scenes of the newest data that were used last. The zero
// value is ready.
type sceneCache struct {
	mu      sync.Mutex
	version string
	list    []*sceneEntry // the last used first
}

// sceneEntry is a scene, or the work on it.
type sceneEntry struct {
	key   string
	done  chan struct{} // closed when scene and err are there
	scene *tile.Scene
	err   error

	features int // of the scene; guarded by the cache's lock
}

// scene lays out what the query selects for tiles, or takes what was laid out
// for an earlier one. Requests that come at the same time share the work; if the
// one who does it is cut off, the next takes over.
func (s *Server) scene(ctx context.Context, v View, collection string, q index.Query) (*tile.Scene, error) {
	key := collection + "?" + q.Key()
	for {
		e, mine := s.scenes.entry(v.Version(), key)
		if mine {
			e.scene, e.err = s.newScene(ctx, v, collection, q)
			s.scenes.settle(e)
			return e.scene, e.err
		}
		select {
		case <-e.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if e.err == nil {
			return e.scene, nil
		}
	}
}

func (s *Server) newScene(ctx context.Context, v View, collection string, q index.Query) (scene *tile.Scene, err error) {
	defer func() {
		if p := recover(); p != nil {
			scene, err = nil, panicked(p)
		}
	}()
	o := tile.Options{Labels: s.cfg.Labels}
	if collection == layer.PlaceCollection {
		scene, err = tile.OfPlaces(v.Places(ctx, q), o)
	} else {
		var marks *index.Marks
		if marks, err = v.Marks(ctx, collection, q); err == nil {
			scene = tile.New(marks.List, marks.Brief, o)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("lay out %s for tiles: %w", collection, err)
	}
	return scene, nil
}

// entry finds the key's entry or makes one; then the caller has to fill it.
func (c *sceneCache) entry(version, key string) (e *sceneEntry, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version {
		c.version, c.list = version, nil
	}
	i := slices.IndexFunc(c.list, func(e *sceneEntry) bool { return e.key == key })
	if i >= 0 {
		e = c.list[i]
		c.list = slices.Delete(c.list, i, i+1)
	} else {
		e, mine = &sceneEntry{key: key, done: make(chan struct{})}, true
	}
	c.list = slices.Insert(c.list, 0, e)
	if len(c.list) > maxScenes {
		c.list = slices.Delete(c.list, maxScenes, len(c.list))
	}
	return e, mine
}

// settle gives an entry that its maker has filled to those who wait. A failure is
// forgotten, and what was used longest ago makes room for a scene.
func (c *sceneCache) settle(e *sceneEntry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.err != nil {
		c.list = slices.DeleteFunc(c.list, func(o *sceneEntry) bool { return o == e })
	} else {
		e.features = e.scene.Features()
	}
	sum := 0
	for i, o := range c.list {
		if sum += o.features; sum > maxSceneFeatures && i > 0 {
			c.list = slices.Delete(c.list, i, len(c.list))
			break
		}
	}
	close(e.done)
}
