package geoparse

import (
	"math"
	"slices"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
	"github.com/paulmach/orb"
)

// Bounds on the places weighed for a name: the first of them by the
// gazetteer's order whatever the text says, further ones only in countries that
// the text speaks of.
const (
	firstCandidates = 16
	maxCandidates   = 32
)

// candidate is a place that a name may mean.
type candidate struct {
	place   *gazetteer.Place
	name    *gazetteer.Name // under which it was found
	at      unit
	country int     // number of the place's country
	rank    int     // how many candidates have more people
	rule    float64 // weight by the rules
	base    float32 // score by the model, of what holds for all mentions of the name
}

// sense is a name as it stands in the document, with the places it may mean.
type sense struct {
	cands    []candidate
	best     int // the likeliest candidate
	mentions int
	most     int64 // people of the most populous candidate
	twins    bool  // a settlement and a region of one country share the name
}

// resolver holds what the choice among the places of a document's names needs.
type resolver struct {
	d      *document
	tops   []*toponym
	senses []sense
	of     []int32 // by toponym: its sense, -1 where no place has the name
	links  []link  // by toponym: what is said to hold it
	held   []int32 // by toponym: the one that it is said to hold, -1 for none
	scene  surroundings
	// memory of one decision, used again for the next
	weights [maxCandidates]float64
	bag     linear.Bag
}

// newResolver gathers the places of the names. Equal names are one sense.
func (p *Parser) newResolver(d *document, tops []*toponym) *resolver {
	r := &resolver{d: d, tops: tops, of: make([]int32, len(tops))}
	var spoken [countries]bool
	total := 0
	for _, t := range tops {
		total += min(len(t.hits), maxCandidates)
		if n := sureCountry(t.hits); n > 0 {
			spoken[n] = true
		}
	}
	byName := make(map[uint64]int32, len(tops))
	all := make([]candidate, 0, total)
	for i, t := range tops {
		if len(t.hits) == 0 {
			r.of[i] = -1
			continue
		}
		key := d.nameHash(t)
		k, ok := byName[key]
		if !ok {
			k = int32(len(r.senses))
			byName[key] = k
			from := len(all)
			all = appendCandidates(all, t, &spoken)
			r.senses = append(r.senses, sense{cands: all[from:len(all):len(all)]})
			r.senses[k].survey()
		}
		r.senses[k].mentions++
		r.of[i] = k
	}
	p.findLinks(r)
	return r
}

// nameHash tells names apart; an adjective is another name than its country.
func (d *document) nameHash(t *toponym) uint64 {
	h := uint64(len(t.hits))
	for i := t.first; i <= t.last; i++ {
		h = h*0x9E3779B97F4A7C15 + d.toks[i].hash
	}
	if t.demonym {
		h++
	}
	return h
}

// sureCountry is the number of the country in which all places of a name lie, or 0.
func sureCountry(hits []gazetteer.Hit) int {
	n := 0
	for i := range hits {
		c := countryNumber(hits[i].Place.Country)
		if c == 0 || i > 0 && c != n {
			return 0
		}
		n = c
	}
	return n
}

func appendCandidates(all []candidate, t *toponym, spoken *[countries]bool) []candidate {
	from := len(all)
	adjective := t.demonym && slices.ContainsFunc(t.hits, func(h gazetteer.Hit) bool { return h.Name.Demonym })
	for i := range t.hits {
		h := &t.hits[i]
		if adjective && !h.Name.Demonym {
			continue
		}
		n := countryNumber(h.Place.Country)
		if taken := len(all) - from; taken >= maxCandidates || taken >= firstCandidates && !spoken[n] {
			continue
		}
		all = append(all, candidate{place: h.Place, name: &h.Name, at: unitOf(h.Place.Point), country: n})
	}
	return all
}

// survey compares the candidates of a sense with each other.
func (s *sense) survey() {
	for i := range s.cands {
		c := &s.cands[i]
		s.most = max(s.most, c.place.Population)
		for j := range s.cands {
			o := s.cands[j].place
			if o.Population > c.place.Population || o.Population == c.place.Population && j < i {
				c.rank++
			}
			if c.place.Kind == gazetteer.Settlement && o.Kind == gazetteer.Region && o.Country == c.place.Country {
				s.twins = true
			}
		}
	}
}

// countries is how many numbers of countries there are: a pair of letters each,
// and 0 for none.
const countries = 26*26 + 1

func countryNumber(code string) int {
	if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' {
		return 0
	}
	return 1 + 26*int(code[0]-'A') + int(code[1]-'A')
}

// unit is a point on the unit sphere: the distance of two is an inner product.
type unit [3]float64

func unitOf(p orb.Point) unit {
	sinLon, cosLon := math.Sincos(p.Lon() * math.Pi / 180)
	sinLat, cosLat := math.Sincos(p.Lat() * math.Pi / 180)
	return unit{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// metres is the great-circle distance.
func (u unit) metres(v unit) float64 {
	dx, dy, dz := u[0]-v[0], u[1]-v[1], u[2]-v[2]
	chord := math.Sqrt(dx*dx + dy*dy + dz*dz)
	return 2 * orb.EarthRadius * math.Asin(math.Min(1, chord/2))
}
