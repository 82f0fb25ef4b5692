package sqlite

import (
	"encoding/binary"
	"fmt"
	"math"
)

// run is ascending keys of mentions as the table word_run holds them.
type run struct {
	first, last int64
	more        []byte // the keys after the first, each as its distance from the one before
}

// add appends a key that is no less than the last one; that one again is no news.
func (r *run) add(key int64) {
	switch {
	case r.first == 0:
		r.first = key
	case key > r.last:
		r.more = binary.AppendUvarint(r.more, uint64(key-r.last))
	}
	r.last = key
}

// runs are the stored runs of a word one after the other, ascending.
type runs struct {
	word string
	list []run // those not begun, and the rest of the one that was
	now  int64 // the key that was read last
	err  error
}

// from returns the first key that is at least the given one, which must not be less
// than in the call before. False: there is none, or the runs make no sense.
func (r *runs) from(least int64) (key int64, ok bool) {
	for len(r.list) > 1 && r.list[1].first <= least {
		r.list = r.list[1:] // as a whole
		r.now = 0
	}
	for len(r.list) > 0 && r.err == nil {
		head := &r.list[0]
		if r.now == 0 {
			r.now = head.first
		}
		for r.now < least && len(head.more) > 0 {
			distance, n := binary.Uvarint(head.more)
			if n <= 0 || distance == 0 || distance > math.MaxInt64 || r.now > math.MaxInt64-int64(distance) {
				r.err = fmt.Errorf("the mentions with the word %q: what comes after the key %d is damaged", r.word, r.now)
				return 0, false
			}
			head.more = head.more[n:]
			r.now += int64(distance)
		}
		if r.now >= least {
			return r.now, true
		}
		r.list, r.now = r.list[1:], 0
	}
	return 0, false
}

// eachInAll yields the keys that all words have, ascending, and returns false if the
// caller wants no more. There is at least one word.
func eachInAll(words []*runs, yield func(int64) bool) bool {
	for least := int64(1); ; {
		agreed := 0
		for _, w := range words {
			key, ok := w.from(least)
			if !ok {
				return true
			}
			if key == least {
				agreed++
			}
			least = key
		}
		if agreed < len(words) {
			continue
		}
		if !yield(least) {
			return false
		}
		least++
	}
}
