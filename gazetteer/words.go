package gazetteer

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Bounds on the strings that many places share.
const (
	maxWords     = 1 << 20
	maxWordBytes = 64 << 20
)

// words numbers the strings that many places share: kinds, countries, sources,
// languages, scripts, authorities.
type words struct {
	byText map[string]uint64
	list   []string
	bytes  int
	full   bool // more than maxWords or maxWordBytes were asked for
}

func newWords() *words {
	return &words{byText: make(map[string]uint64)}
}

// append appends the numbers of the strings.
func (w *words) append(b []byte, texts ...string) []byte {
	for _, t := range texts {
		n, ok := w.byText[t]
		if !ok {
			if len(w.list) == maxWords || w.bytes+len(t) > maxWordBytes {
				w.full = true
				continue
			}
			n = uint64(len(w.list))
			w.byText[t] = n
			w.list = append(w.list, t)
			w.bytes += len(t)
		}
		b = binary.AppendUvarint(b, n)
	}
	return b
}

func (w *words) err() error {
	if w.full {
		return fmt.Errorf("more than %d different sources, languages and authorities, or %d bytes of them", maxWords, maxWordBytes)
	}
	return nil
}

// pack returns the section that unpackWords reads.
func (w *words) pack() []byte {
	b := binary.AppendUvarint(nil, uint64(len(w.list)))
	for _, t := range w.list {
		b = appendString(b, t)
	}
	return b
}

func unpackWords(section []byte) ([]string, error) {
	if len(section) > maxWordBytes+10*maxWords {
		return nil, errors.New("table of shared strings is too large")
	}
	c := cursor{s: string(section)}
	n := c.count(min(maxWords, len(section)))
	list := make([]string, 0, n)
	for range n {
		list = append(list, c.text())
	}
	if c.bad {
		return nil, errors.New("table of shared strings is corrupt")
	}
	return list, nil
}
