package gazetteer

import (
	"encoding/binary"
	"iter"
)

// Capitals yields the seats of national governments in the order of the ids. A
// country may have several. Of all other places only the flags are read.
func (g *Gazetteer) Capitals() iter.Seq[*Place] {
	return func(yield func(*Place) bool) {
		for i := range g.Len() {
			var p *Place
			ok := g.look(func(f *file) error {
				record, err := f.record(i)
				if err != nil || !isCapital(record) {
					return err
				}
				p, err = g.place(f, i)
				return err
			})
			if !ok || p != nil && !yield(p) {
				return
			}
		}
	}
}

// isCapital reads the flags of a packed place, which stand behind the id.
func isCapital(record []byte) bool {
	size, n := binary.Uvarint(record)
	return n > 0 && size < uint64(len(record)-n) && record[uint64(n)+size]&placeCapital != 0
}
