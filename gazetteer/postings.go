package gazetteer

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
)

// maxHits bounds how many places one name is filed under: the best of them.
// The most common names of all, some thousand hamlets each, exceed it.
const maxHits = 500

// weight orders the bearers of one name, best (smallest) first: a name before
// a demonym, a current name before a historical or colloquial one, a country,
// a capital, more people, the usual name before others, the kind that news
// names more often. A name that is not the usual one counts as if a tenth of
// the people bore it: a village that is called so comes before a town that
// somebody calls so too, but not before a city.
func weight(p *Place, n Name) uint64 {
	const (
		demonym    = 1 << 62
		outdated   = 1 << 61
		notCountry = 1 << 60
		notCapital = 1 << 59
		people     = 8 // shift: 48 bits
		unusual    = 1 << 4
	)
	population := uint64(max(p.Population, 0))
	w := uint64(kindOrder(p.Kind))
	if n.Demonym {
		w |= demonym
	}
	if n.Historical || n.Colloquial {
		w |= outdated
	}
	if p.Kind != Country {
		w |= notCountry
	}
	if !p.Capital {
		w |= notCapital
	}
	if !n.Preferred {
		w |= unusual
		population /= 10
	}
	return w | (1<<48-1-min(population, 1<<48-1))<<people
}

func compare(a, b Hit) int {
	if wa, wb := weight(a.Place, a.Name), weight(b.Place, b.Name); wa != wb {
		if wa < wb {
			return -1
		}
		return 1
	}
	return strings.Compare(a.Place.ID, b.Place.ID)
}

func kindOrder(k Kind) int {
	switch k {
	case Country:
		return 0
	case Region:
		return 1
	case Settlement:
		return 2
	case Line:
		return 3
	}
	return 4
}

// Costs grade names for completion, 0 best: by quarters of a doubling of the
// people who live there.
const (
	maxCost      = 255
	costNobody   = 180    // no people known
	costOutdated = 75     // added
	gainCountry  = 10 * 4 // as if a thousand times the people lived there
	gainCapital  = 3 * 4  // eight times
	gainComplete = 6 * 4  // sixty-four times, for a name that was typed to its end
	offsetBits   = 40
)

// cost grades a name by how likely somebody who has typed its beginning wants it.
func cost(p *Place, n Name) int {
	c := costNobody - int(4*math.Log2(float64(max(p.Population, 0))+1))
	if p.Kind == Country {
		c -= gainCountry
	}
	if p.Capital {
		c -= gainCapital
	}
	if n.Demonym || n.Historical || n.Colloquial {
		c += costOutdated
	}
	return min(max(c, 0), maxCost)
}

// nameValue is what the automaton of names maps a name to: where its postings
// lie, and its cost above that, so that the smallest value below a state, which
// is what a vellum automaton adds up on the way there, is the cheapest name's.
func nameValue(cost int, offset uint64) uint64 { return uint64(cost)<<offsetBits | offset }

func valueOffset(v uint64) uint64 { return v & (1<<offsetBits - 1) }
func valueCost(v uint64) int      { return int(min(v>>offsetBits, maxCost)) }

// posting files a place under one of its names.
type posting struct {
	ordinal uint32
	name    uint16
}

var errPostings = errors.New("corrupt postings")

func appendPostings(b []byte, list []posting) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, p := range list {
		b = binary.AppendUvarint(b, uint64(p.ordinal))
		b = binary.AppendUvarint(b, uint64(p.name))
	}
	return b
}

// varints reads numbers from a section, from an offset on.
type varints struct {
	b   []byte
	bad bool
}

func varintsAt(section []byte, offset uint64) varints {
	if offset >= uint64(len(section)) {
		return varints{bad: true}
	}
	return varints{b: section[offset:]}
}

func (n *varints) next() uint64 {
	v, size := binary.Uvarint(n.b)
	if size <= 0 {
		n.b, n.bad = nil, true
		return 0
	}
	n.b = n.b[size:]
	return v
}

// dedupe leaves the first hit of each place.
func dedupe(hits []Hit) []Hit {
	seen := make(map[string]bool, len(hits))
	return slices.DeleteFunc(hits, func(h Hit) bool {
		again := seen[h.Place.ID]
		seen[h.Place.ID] = true
		return again
	})
}
