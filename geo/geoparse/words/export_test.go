package words

import "fmt"

// Check looks through the whole table for what Read doesn't: buckets in order,
// clusters that have parents, senses and ranks in range.
func (t *Table) Check() error {
	for b := range uint32(1) << t.bits {
		if t.bucket(b) > t.bucket(b+1) {
			return fmt.Errorf("bucket %d ends before it begins", b)
		}
	}
	if n := t.bucket(1 << t.bits); n != t.entries {
		return fmt.Errorf("buckets end at %d of %d entries", n, t.entries)
	}
	mediumOf, coarseOf := map[uint16]uint16{}, map[uint16]uint16{}
	for i := range int(t.entries) {
		c := t.class(u32(t.data, t.entriesAt+i*entrySize+4))
		if m := mediumOf[c.Fine]; m != 0 && m != c.Medium {
			return fmt.Errorf("fine cluster %d lies in two medium ones", c.Fine)
		}
		if m := coarseOf[c.Medium]; m != 0 && m != c.Coarse {
			return fmt.Errorf("medium cluster %d lies in two coarse ones", c.Medium)
		}
		mediumOf[c.Fine], coarseOf[c.Medium] = c.Medium, c.Coarse
		noun := c.Noun == 0 || 3 <= c.Noun && c.Noun <= 28
		verb := c.Verb == 0 || 29 <= c.Verb && c.Verb <= 43
		if c.Fine == 0 || c.Medium == 0 || c.Coarse == 0 || !noun || !verb || c.Rank == 0 {
			return fmt.Errorf("entry %d is %+v", i, c)
		}
	}
	return nil
}
