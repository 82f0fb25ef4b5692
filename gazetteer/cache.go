package gazetteer

import "sync/atomic"

// cache keeps up to a fixed number of decoded values by key, each in the one
// slot that its key hashes to: what comes later displaces what was there. It
// needs no lock and never allocates on a hit.
type cache[T any] struct {
	slots []atomic.Pointer[cached[T]]
}

type cached[T any] struct {
	key   uint64
	value T
}

// newCache makes a cache of size slots, a power of two.
func newCache[T any](size int) cache[T] {
	return cache[T]{make([]atomic.Pointer[cached[T]], size)}
}

func (c *cache[T]) get(key uint64) (value T, ok bool) {
	if e := c.slot(key).Load(); e != nil && e.key == key {
		return e.value, true
	}
	return value, false
}

func (c *cache[T]) put(key uint64, value T) {
	c.slot(key).Store(&cached[T]{key, value})
}

func (c *cache[T]) slot(key uint64) *atomic.Pointer[cached[T]] {
	const golden = 0x9e3779b97f4a7c15 // 2^64 over the golden ratio, odd: Fibonacci hashing
	return &c.slots[key*golden>>32&uint64(len(c.slots)-1)]
}
