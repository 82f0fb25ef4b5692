// Package words says what is known of an English word before any training: the
// clusters of words used alike in which it stands, its most frequent meaning as
// a noun and as a verb, how common it is. A small model that has seen "killed"
// and "wounded" can so make sense of "maimed", which its articles never had.
//
// The table was computed once, by the program in folder build, from published
// word vectors and WordNet; README.md says how.
package words

import _ "embed"

// Class is what is known of a word. The zero Class is that of an unknown word.
type Class struct {
	// Clusters of words that are used alike, numbered from 1; 0 for none. There
	// are about 64, 512 and 4096, and they nest: all words of a fine cluster
	// share a medium one, all words of a medium cluster a coarse one. Numbers
	// are names: near ones need not be alike, and a new table has new ones.
	Coarse, Medium, Fine uint16
	// Noun is the lexicographer file of WordNet, 3 (Tops) to 28 (time), in which
	// the most frequent sense as a noun stands: 4 acts, 11 events, 15 locations,
	// 18 persons. 0 for none. Plurals have the class of their singular.
	Noun uint8
	// Verb is the same for verbs, 29 (body) to 43 (weather): 33 competition and
	// fighting, 35 contact, 38 motion. Inflected forms have their infinitive's.
	Verb uint8
	// Rank is 1 for the commonest word and grows by one with each doubling of
	// the rank by frequency: 1 + floor(log2(rank)). 0 for unknown words.
	Rank uint8
}

//go:embed words.bin
var builtin string

// Builtin returns the table in the binary. It reads the embedded bytes in place,
// so a call costs one small allocation. It panics if the program was built with
// a table of another version of this package, which the tests rule out.
func Builtin() *Table {
	t, err := Read(builtin)
	if err != nil {
		panic(err)
	}
	return t
}

// Of returns the class of a word in the form of gazetteer.Fold, and the zero
// Class for a word that the table doesn't know. The table holds hashes rather
// than words: an unknown word is taken for a known one once in some hundred
// million times (four entries of 32 bits to compare with). It allocates nothing
// and can be called from many goroutines.
func (t *Table) Of(fold string) Class {
	if t.entries == 0 {
		return Class{}
	}
	bucket, mark := t.address(fold)
	first, end := t.bucket(bucket), t.bucket(bucket+1)
	// Damaged tables can say anything; nothing is read beyond the entries.
	for i := first; i < end && i < t.entries; i++ {
		at := t.entriesAt + int(i)*entrySize
		if u32(t.data, at) == mark {
			return t.class(u32(t.data, at+4))
		}
	}
	return Class{}
}

// class unpacks what an entry says. Numbers of clusters that the table doesn't
// have come out as none.
func (t *Table) class(packed uint32) Class {
	c := Class{
		Fine: uint16(packed & fineMask),
		Noun: uint8(packed >> nounShift & nounMask),
		Verb: uint8(packed >> verbShift & verbMask),
		Rank: uint8(packed >> rankShift & rankMask),
	}
	if c.Fine == 0 || uint32(c.Fine) > t.fine {
		c.Fine = 0
		return c
	}
	medium := u16(t.data, t.mediumAt+int(c.Fine-1)*2)
	if medium == 0 || uint32(medium) > t.medium {
		c.Fine = 0
		return c
	}
	if c.Coarse = u16(t.data, t.coarseAt+int(medium-1)*2); c.Coarse == 0 {
		c.Fine = 0
		return c
	}
	c.Medium = medium
	return c
}
