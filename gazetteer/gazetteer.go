// Package gazetteer knows which places exist, what they are called and where
// they are.
//
// A Gazetteer holds Places with all their Names in memory and finds them by
// name. Names are compared folded: case, diacritics, hyphens and apostrophes
// don't count, so "Şuşa", "SUSA" and "susa" are one. Builtin is what the
// binary carries: the theatre "South Caucasus 2020" and the world's countries
// with their capitals and demonyms. Load reads the same formats from elsewhere;
// data/README.md describes them.
//
// Look-up says which places bear a name; which of them a text means is the
// geoparser's business.
package gazetteer

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
)

//go:embed data/*.tsv data/shapes/*.geojson
var builtin embed.FS

// Gazetteer is a set of places that can be found by name. It is read-only and
// safe for concurrent use.
type Gazetteer struct {
	places    []*Place // in the order of the tables
	byID      map[string]*Place
	byCountry map[string]*Place
	names     index
	version   string
	info      Info
}

// Builtin returns a new Gazetteer of the data in the binary. Loading takes
// some milliseconds: do it once.
func Builtin() (*Gazetteer, error) {
	data, err := fs.Sub(builtin, "data")
	if err != nil {
		return nil, fmt.Errorf("built-in gazetteer: %w", err)
	}
	g, err := Load(data)
	if err != nil {
		return nil, fmt.Errorf("built-in gazetteer: %w", err)
	}
	return g, nil
}

// Lookup returns the places that bear the name, folded, best first, each once:
// names before demonyms, current before historical, usual before other names;
// then countries, capitals, the more populous. An unknown name gives nil. The
// slice is shared and must not be changed.
func (g *Gazetteer) Lookup(name string) []Hit {
	return g.names[Fold(name)].hits
}

// Longest returns how many of the words make up the longest name that starts
// at the first of them, and the hits of that name as Lookup orders them; 0 and
// nil if none does. The words are folded, each on its own; one that folded to
// nothing, such as a comma, may stand between the words of a name.
func (g *Gazetteer) Longest(folded []string) (n int, hits []Hit) {
	return g.names.longest(folded)
}

// Place returns the place with the id.
func (g *Gazetteer) Place(id string) (*Place, bool) {
	p, ok := g.byID[id]
	return p, ok
}

// CountryPlace returns the country or territory with the ISO 3166-1 alpha-2
// code (XK is Kosovo).
func (g *Gazetteer) CountryPlace(code string) (*Place, bool) {
	p, ok := g.byCountry[code]
	return p, ok
}

// Places yields every place, in the same order each time.
func (g *Gazetteer) Places() iter.Seq[*Place] {
	return func(yield func(*Place) bool) {
		for _, p := range g.places {
			if !yield(p) {
				return
			}
		}
	}
}

// Len is the number of places.
func (g *Gazetteer) Len() int { return len(g.places) }

// Version identifies the content of the data: twelve hexadecimal digits that
// change when any file does.
func (g *Gazetteer) Version() string { return g.version }
