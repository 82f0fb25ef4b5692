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
	list []run // the rest of the one that was begun, and those behind it
	now  int64 // the key that was read last; 0 before the first of a run
	err  error
}

// from returns the first key that is at least the given one, which must be above 0
// and not less than in the call before. False: there is none, or the runs make no sense.
func (r *runs) from(least int64) (key int64, ok bool) {
	for len(r.list) > 1 && r.list[1].first <= least { // as a whole
		r.list, r.now = r.list[1:], 0
	}
	for len(r.list) > 0 && r.err == nil {
		head := &r.list[0]
		if r.now == 0 && !r.step(uint64(head.first)) {
			return 0, false
		}
		for r.now < least && len(head.more) > 0 {
			distance, n := binary.Uvarint(head.more)
			if !r.step(distance) {
				return 0, false
			}
			head.more = head.more[n:]
		}
		if r.now >= least {
			return r.now, true
		}
		r.list, r.now = r.list[1:], 0
	}
	return 0, false
}

// step goes on by a distance between keys, which is 0 where the bytes for it make no
// sense. The highest of all integers is no key, so that there is one above each.
func (r *runs) step(distance uint64) bool {
	if distance == 0 || distance >= uint64(math.MaxInt64-r.now) {
		r.err = fmt.Errorf("the mentions with the word %q: what comes after the key %d is damaged", r.word, r.now)
		return false
	}
	r.now += int64(distance)
	return true
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
