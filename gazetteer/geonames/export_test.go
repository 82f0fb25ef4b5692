package geonames

import (
	"errors"
	"io"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// Detect is what Import makes of a file's beginning.
func Detect(r io.Reader) (Format, error) {
	t, err := detect(r)
	if err != nil {
		return "", err
	}
	return t.format, nil
}

// Lines counts the lines of a table that could be read and those that could not.
func Lines(r io.Reader) (good, bad int, err error) {
	in := newLines(r)
	for {
		switch l, err := in.next(); {
		case errors.Is(err, io.EOF):
			return good, bad, nil
		case err != nil:
			return good, bad, err
		case l.err != nil:
			bad++
		default:
			good++
		}
	}
}

// ReadPlace reads one row of a table of places; nil for one that is left out.
func ReadPlace(text []byte) (*gazetteer.Place, error) {
	r, err := parsePlace(split(text, nil))
	if err != nil || !r.known {
		return nil, err
	}
	p, _ := r.place()
	return p, nil
}

// ReadAlternate reads one row of a table of alternate names.
func ReadAlternate(text []byte) (n gazetteer.Name, wikidata string, use bool, err error) {
	a, err := parseAlternate(split(text, nil))
	return a.name, string(a.wikidata), a.use, err
}
