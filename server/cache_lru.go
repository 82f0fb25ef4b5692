package server

import (
	"container/list"
	"context"
	"sync"
)

// responseCache holds the answers to requests under one version of the data, up
// to a number of bytes: those that nobody asked for the longest go first. It
// brings together those who ask for the same at the same time.
type responseCache struct {
	limit int

	mu      sync.Mutex
	version string
	size    int
	entries map[string]*entry
	recent  *list.List         // of *entry, the newest first
	flights map[string]*flight // by version and key
}

// flight is a computation that is under way.
type flight struct {
	key    string // in flights
	cancel context.CancelFunc
	done   chan struct{}
	// Set before done is closed.
	entry *entry
	err   error

	waiting int // guarded by the cache's lock
}

func newResponseCache(limit int) *responseCache {
	return &responseCache{limit: limit, entries: map[string]*entry{}, recent: list.New(), flights: map[string]*flight{}}
}

// get returns the answer under the version, nil where there is none.
func (rc *responseCache) get(version string, key []byte) *entry {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	rc.follow(version)
	e := rc.entries[string(key)]
	if e == nil {
		return nil
	}
	rc.recent.MoveToFront(e.at)
	return e
}

// follow drops everything when the data has changed.
func (rc *responseCache) follow(version string) {
	if version == rc.version {
		return
	}
	for _, e := range rc.entries {
		e.at = nil
	}
	clear(rc.entries)
	rc.recent.Init()
	rc.size, rc.version = 0, version
}

func (rc *responseCache) drop(e *entry) {
	delete(rc.entries, e.key)
	rc.recent.Remove(e.at)
	e.at = nil
	rc.size -= e.size
}

// join returns the computation for the key that is under way, or one that
// launch starts.
func (rc *responseCache) join(version string, key []byte, launch func(*flight)) *flight {
	id := version + " " + string(key)
	rc.mu.Lock()
	defer rc.mu.Unlock()
	if f := rc.flights[id]; f != nil {
		f.waiting++
		return f
	}
	f := &flight{key: id, done: make(chan struct{}), waiting: 1}
	rc.flights[id] = f
	launch(f)
	return f
}

// leave is the end of one who waited. The last one takes the computation along.
func (rc *responseCache) leave(f *flight) {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	f.cancel()
	if rc.flights[f.key] == f {
		delete(rc.flights, f.key)
	}
}

// land hands the answer to all who wait for it, and keeps it.
func (rc *responseCache) land(f *flight, version, key string, e *entry, err error) {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	f.entry, f.err = e, err
	close(f.done)
	if rc.flights[f.key] == f {
		delete(rc.flights, f.key)
	}
	if e == nil || version != rc.version || e.size > min(maxEntryBytes, rc.limit) {
		return
	}
	if old := rc.entries[key]; old != nil {
		rc.drop(old)
	}
	rc.entries[key] = e
	e.at = rc.recent.PushFront(e)
	rc.size += e.size
	rc.shrink()
}

// grow counts what an entry has taken in since it was stored.
func (rc *responseCache) grow(e *entry, by int) {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	e.size += by
	if e.at != nil {
		rc.size += by
		rc.shrink()
	}
}

// shrink drops the entries that were asked for the longest ago.
func (rc *responseCache) shrink() {
	for rc.size > rc.limit {
		rc.drop(rc.recent.Back().Value.(*entry))
	}
}
