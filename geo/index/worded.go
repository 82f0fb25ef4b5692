package index

import (
	"context"
	"fmt"

	"github.com/conflictmap/conflictmap/geo"
)

// worded returns the rows whose sentences hold the words of a query, nil for a
// query without words. They are shared.
func (v *View) worded(ctx context.Context, query string) (bitmap, error) {
	words, err := geo.FoldWords(query)
	if err == nil && words == "" {
		return nil, nil
	}
	var rows bitmap
	if err == nil {
		rows, err = remember(ctx, v.cache, "rows with "+words, func() (bitmap, int, error) {
			rows, err := v.findWords(ctx, words)
			return rows, 8 * len(rows), err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("select by words: %w", err)
	}
	return rows, nil
}

func (v *View) findWords(ctx context.Context, words string) (bitmap, error) {
	var keys keySet
	for key, err := range v.source.Holding(ctx, words) {
		if err != nil {
			return nil, err
		}
		keys.add(key)
	}
	rows := newBitmap(v.table.len())
	for r, key := range v.table.key {
		if keys.has(key) {
			rows.add(uint32(r))
		}
	}
	return rows, ctx.Err()
}

// keySet is a set of keys, most of which follow on one another.
type keySet struct {
	pages map[uint64]*[keyPage / 64]uint64
}

// keyPage is how many keys share a page of a keySet.
const keyPage = 1 << 16

func (s *keySet) add(key int64) {
	k := uint64(key)
	page := s.pages[k/keyPage]
	if page == nil {
		if s.pages == nil {
			s.pages = make(map[uint64]*[keyPage / 64]uint64)
		}
		page = new([keyPage / 64]uint64)
		s.pages[k/keyPage] = page
	}
	page[k%keyPage/64] |= 1 << (k % 64)
}

func (s *keySet) has(key int64) bool {
	k := uint64(key)
	page := s.pages[k/keyPage]
	return page != nil && page[k%keyPage/64]&(1<<(k%64)) != 0
}
