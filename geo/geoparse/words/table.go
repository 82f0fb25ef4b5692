package words

import (
	"errors"
	"fmt"
	"math"
)

// Table knows the classes of words. The zero Table knows none. A Table is
// immutable.
//
// Its bytes, all numbers little-endian: the magic and version; the number of
// bits of the hash that choose a bucket, then the numbers of entries, fine and
// medium clusters, each in 32 bits; the first entry of each bucket and the end
// of the last; entries by bucket, each a fingerprint and the packed class; the
// medium cluster of each fine one, and the coarse cluster of each medium one, in
// 16 bits.
type Table struct {
	data                          string
	bits, entries, fine, medium   uint32
	entriesAt, mediumAt, coarseAt int // offsets in data
}

const (
	magic      = "cmwords\x01" // ends in the version
	headerSize = len(magic) + 4*4
	entrySize  = 8
	maxBits    = 24

	fineMask = 1<<13 - 1

	nounShift = 13
	nounMask  = 1<<5 - 1

	verbShift = nounShift + 5
	verbMask  = 1<<6 - 1

	rankShift = verbShift + 6
	rankMask  = 1<<5 - 1
)

// ErrTable is the error of Read for bytes that are no table of this version.
var ErrTable = errors.New("no table of word classes of this version")

// Read returns the table in data, which stays in use. It checks the header and
// the length, not each entry: a table with damage inside gives wrong classes and
// never panics.
func Read(data string) (*Table, error) {
	if len(data) < headerSize || data[:len(magic)] != magic {
		return nil, fmt.Errorf("read word classes: %w", ErrTable)
	}
	field := func(i int) uint32 { return u32(data, len(magic)+4*i) }
	t := &Table{data: data, bits: field(0), entries: field(1), fine: field(2), medium: field(3)}
	if t.bits > maxBits || t.entries > math.MaxInt32/entrySize || t.fine > fineMask || t.medium > math.MaxUint16 {
		return nil, fmt.Errorf("read word classes: header out of range: %w", ErrTable)
	}
	t.entriesAt = headerSize + (1<<t.bits+1)*4
	t.mediumAt = t.entriesAt + int(t.entries)*entrySize
	t.coarseAt = t.mediumAt + int(t.fine)*2
	if want := t.coarseAt + int(t.medium)*2; len(data) != want {
		return nil, fmt.Errorf("read word classes: %d bytes where the header says %d: %w", len(data), want, ErrTable)
	}
	return t, nil
}

// Len returns the number of words.
func (t *Table) Len() int { return int(t.entries) }

// bucket returns the first entry of a bucket, which is the end of the one before.
func (t *Table) bucket(i uint32) uint32 { return u32(t.data, headerSize+int(i)*4) }

// address returns the bucket of a word and its fingerprint.
func (t *Table) address(word string) (bucket, print uint32) { return address(word, t.bits) }

func address(word string, bits uint32) (bucket, print uint32) {
	h := hash(word)
	return uint32(h >> (64 - bits)), uint32(h)
}

// hash is 64-bit FNV-1a, then a multiplication and shifts that carry each bit
// into all others: FNV alone leaves the upper bits of short words much alike.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}

func u16(s string, at int) uint16 { return uint16(s[at]) | uint16(s[at+1])<<8 }

func u32(s string, at int) uint32 {
	_ = s[at+3]
	return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16 | uint32(s[at+3])<<24
}
