package index

import (
	"container/list"
	"context"
	"runtime"
	"sync"
)

// cacheBytes bounds what a View remembers of answers.
const cacheBytes = 16 << 20

// cache remembers answers, the least recently used ones give way. Of many who
// ask for the same at once one computes and the others wait.
type cache struct {
	mu      sync.Mutex
	entries map[string]*list.Element // of *answer
	recent  *list.List               // most recently used first
	bytes   int
	limit   int
	pending map[string]chan struct{}
	turns   chan struct{} // of those who go through much of the data
}

type answer struct {
	key   string
	value any
	bytes int
}

func newCache(limit int) *cache {
	return &cache{
		entries: make(map[string]*list.Element), recent: list.New(), limit: limit, pending: make(map[string]chan struct{}),
		turns: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
}

// get returns a remembered answer.
func (c *cache) get(key string) (any, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.found(key)
}

func (c *cache) found(key string) (any, bool) {
	e, ok := c.entries[key]
	if !ok {
		return nil, false
	}
	c.recent.MoveToFront(e)
	return e.Value.(*answer).value, true
}

// remember returns the answer for the key, computed if need be. An answer that
// failed is forgotten, and whoever waited for it computes.
func remember[T any](ctx context.Context, c *cache, key string, compute func() (value T, bytes int, err error)) (T, error) {
	var none T
	for {
		value, wait, mine := c.claim(key)
		switch {
		case mine:
			return run(c, key, wait, compute)
		case wait == nil:
			return value.(T), nil
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return none, ctx.Err()
		}
	}
}

// rememberLarge is remember for what takes megabytes to compute: as many are at
// it as there are processors, since more would only take more memory.
func rememberLarge[T any](ctx context.Context, c *cache, key string, compute func() (value T, bytes int, err error)) (T, error) {
	return remember(ctx, c, key, func() (value T, bytes int, err error) {
		select {
		case c.turns <- struct{}{}:
			defer func() { <-c.turns }()
		case <-ctx.Done():
			return value, 0, ctx.Err()
		}
		return compute()
	})
}

// claim returns the answer; or, with a channel that is closed when there may be
// one, whether it is up to the caller to make it.
func (c *cache) claim(key string) (value any, wait chan struct{}, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if value, ok := c.found(key); ok {
		return value, nil, false
	}
	if wait, ok := c.pending[key]; ok {
		return nil, wait, false
	}
	wait = make(chan struct{})
	c.pending[key] = wait
	return nil, wait, true
}

func run[T any](c *cache, key string, done chan struct{}, compute func() (T, int, error)) (value T, err error) {
	bytes := 0
	failed := true // a panic counts
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.pending, key)
		close(done)
		if !failed {
			c.keep(&answer{key, value, bytes + len(key) + 200}) // with what the entry takes
		}
	}()
	value, bytes, err = compute()
	failed = err != nil
	return value, err
}

func (c *cache) keep(a *answer) {
	if a.bytes > c.limit/2 {
		return
	}
	c.entries[a.key] = c.recent.PushFront(a)
	c.bytes += a.bytes
	for c.bytes > c.limit {
		oldest := c.recent.Back()
		old := c.recent.Remove(oldest).(*answer)
		delete(c.entries, old.key)
		c.bytes -= old.bytes
	}
}
