package index

import (
	"context"
	"math/bits"
	"slices"
)

// checkEvery is after how many rows a scan looks whether its context has ended.
const checkEvery = 1 << 16

// spans are the rows among which the days leave those of the condition: early
// ones, up to two ranges, and late ones; they ascend, and so do they together.
type spans struct {
	early, late []uint32
	ranges      [2][2]uint32
}

func (s *spans) len() int {
	return len(s.early) + len(s.late) + int(s.ranges[0][1]-s.ranges[0][0]) + int(s.ranges[1][1]-s.ranges[1][0])
}

func (c *condition) spans() (s spans) {
	n := uint32(c.t.len())
	if !c.days {
		s.ranges[0] = [2]uint32{0, n}
		return s
	}
	dated := c.v.days.overlapping(c.first, c.last)
	s.early, s.ranges[0] = dated.early, [2]uint32{dated.from, dated.to}
	if !c.lenient.days {
		return s
	}
	late, few := c.v.undated.overlapping(c.first, c.last)
	if few {
		s.late = late
	} else {
		s.ranges[1] = [2]uint32{uint32(c.t.dated), n}
	}
	return s
}

// rows returns the first rows, beginning with the row from, that fulfil the
// condition but for what needs texts. A limit of 0 is none.
func (c *condition) rows(ctx context.Context, from uint32, limit int) ([]uint32, error) {
	if c.never || c.where != nil && len(c.near) == 0 {
		return nil, ctx.Err()
	}
	among := c.spans()
	if c.where != nil && c.byPlaceIsFaster(among.len(), limit) {
		return c.rowsByPlace(ctx, from, limit)
	}
	s := scan{c: c, from: from, limit: limit}
	if limit > 0 {
		s.found = make([]uint32, 0, min(limit, among.len()))
	}
	if s.addAll(among.early) {
		return s.found, nil
	}
	for _, r := range among.ranges {
		if done, err := s.scan(ctx, r[0], r[1]); done || err != nil {
			return s.found, err
		}
	}
	s.addAll(among.late)
	return s.found, ctx.Err()
}

// byPlaceIsFaster weighs a scan of total rows, which can end once the limit is
// reached, against the rows of the places.
func (c *condition) byPlaceIsFaster(total, limit int) bool {
	const factor = 4 // rows by place are apart in memory, and have to be sorted
	if limit > 0 && c.nearRows > 0 {
		total = min(total, int(float64(limit)*float64(total)/float64(c.nearRows)*2))
	}
	return c.nearRows*factor < total
}

type scan struct {
	c     *condition
	from  uint32
	limit int
	found []uint32
}

// addAll reports whether the limit is reached.
func (s *scan) addAll(rows []uint32) bool {
	for _, r := range rows {
		if r >= s.from && s.c.matches(r) {
			s.found = append(s.found, r)
			if len(s.found) == s.limit {
				return true
			}
		}
	}
	return false
}

func (s *scan) scan(ctx context.Context, from, to uint32) (done bool, err error) {
	for from = max(from, s.from); from < to; {
		if err := ctx.Err(); err != nil {
			return true, err
		}
		end := min(to, from+checkEvery)
		for ; from < end; from++ {
			if s.c.worded != nil {
				if from = s.c.worded.next(from); from >= end {
					break
				}
			}
			if s.c.matches(from) {
				s.found = append(s.found, from)
				if len(s.found) == s.limit {
					return true, nil
				}
			}
		}
	}
	return false, nil
}

func (c *condition) rowsByPlace(ctx context.Context, from uint32, limit int) ([]uint32, error) {
	var found []uint32
	end := uint32(c.t.len())
	if c.days && !c.lenient.days {
		end = uint32(c.v.days.firstFrom(c.last + 1))
	}
	looked := 0
	for _, p := range c.near {
		rows := c.v.byPlace.of(p)
		i, _ := slices.BinarySearch(rows, from)
		for _, r := range rows[i:] {
			if r >= end {
				break
			}
			if looked++; looked%checkEvery == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if c.matches(r) {
				found = append(found, r)
			}
		}
	}
	if len(c.near) > 1 {
		ascend(found, c.t.len())
	}
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found, ctx.Err()
}

// ascend sorts numbers below n that differ.
func ascend(numbers []uint32, n int) {
	if len(numbers) < n/512 || len(numbers) < 256 {
		slices.Sort(numbers)
		return
	}
	set := newBitmap(n)
	for _, x := range numbers {
		set.add(x)
	}
	set.appendTo(numbers[:0])
}

// bitmap is a set of small numbers.
type bitmap []uint64

func newBitmap(n int) bitmap { return make(bitmap, (n+63)/64) }

func (b bitmap) add(x uint32)      { b[x/64] |= 1 << (x % 64) }
func (b bitmap) has(x uint32) bool { return b[x/64]&(1<<(x%64)) != 0 }

// next is the lowest number of the set that is not below x; if there is none, one
// that is above all that the set could have.
func (b bitmap) next(x uint32) uint32 {
	i := int(x / 64)
	if i >= len(b) {
		return x
	}
	if rest := b[i] >> (x % 64); rest != 0 {
		return x + uint32(bits.TrailingZeros64(rest))
	}
	for i++; i < len(b); i++ {
		if b[i] != 0 {
			return uint32(i*64 + bits.TrailingZeros64(b[i]))
		}
	}
	return uint32(64 * len(b))
}

// appendTo appends the numbers of the set, ascending.
func (b bitmap) appendTo(numbers []uint32) []uint32 {
	for i, word := range b {
		for ; word != 0; word &= word - 1 {
			numbers = append(numbers, uint32(i*64+bits.TrailingZeros64(word)))
		}
	}
	return numbers
}

// batch is how many texts are asked for at once.
const batch = 512

// withTexts keeps the rows that fulfil the expression that needs texts, in place.
func (c *condition) withTexts(ctx context.Context, rows []uint32) ([]uint32, error) {
	if c.heavy == nil {
		return rows, nil
	}
	kept := rows[:0]
	for len(rows) > 0 {
		some := rows[:min(batch, len(rows))]
		rows = rows[len(some):]
		i := 0
		for text, err := range c.v.texts(ctx, some) {
			if err != nil {
				return nil, err
			}
			if r := some[i]; c.heavy.matches(r, text) {
				kept = append(kept, r)
			}
			i++
		}
	}
	return kept, ctx.Err()
}
