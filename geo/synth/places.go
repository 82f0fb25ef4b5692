package synth

import (
	"fmt"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// theatre is a part of the world where the news come from.
type theatre struct {
	lon, lat  int // of the middle, in degrees
	spread    int // from there to the farthest places, in degrees
	weight    int // its share of the news
	countries []string
}

func theatres() []theatre {
	return []theatre{
		{37, 48, 5, 24, []string{"UA", "RU"}},
		{37, 35, 4, 18, []string{"SY", "TR", "LB", "IQ"}},
		{34, 31, 2, 14, []string{"IL", "PS", "EG"}},
		{47, 40, 3, 12, []string{"AZ", "AM", "GE"}},
		{44, 33, 4, 10, []string{"IQ", "IR"}},
		{45, 15, 4, 9, []string{"YE", "SA"}},
		{30, 14, 6, 9, []string{"SD", "SS", "TD"}},
		{0, 15, 7, 8, []string{"ML", "BF", "NE"}},
		{13, 12, 4, 7, []string{"NG", "CM", "TD"}},
		{44, 4, 6, 7, []string{"SO", "ET", "KE"}},
		{28, -1, 4, 7, []string{"CD", "RW", "UG"}},
		{67, 34, 5, 8, []string{"AF", "PK"}},
		{75, 33, 3, 4, []string{"IN", "PK"}},
		{96, 21, 5, 7, []string{"MM", "TH"}},
		{15, 31, 5, 4, []string{"LY", "TN"}},
		{39, -12, 3, 3, []string{"MZ", "TZ"}},
		{-74, 5, 5, 5, []string{"CO", "VE", "EC"}},
		{-102, 23, 6, 5, []string{"MX"}},
		{-72, 19, 1, 3, []string{"HT", "DO"}},
		{124, 8, 3, 3, []string{"PH"}},
		{178, -17, 3, 1, []string{"FJ", "TO"}}, // astride the antimeridian
	}
}

// deal is places with how often they are mentioned.
type deal struct {
	places []*gazetteer.Place
	until  []int // the sum of the weights up to each
}

func (d *deal) add(p *gazetteer.Place, weight int) {
	sum := weight
	if n := len(d.until); n > 0 {
		sum += d.until[n-1]
	}
	d.places, d.until = append(d.places, p), append(d.until, sum)
}

func (d *deal) draw(rng *rand.Rand) *gazetteer.Place {
	return d.places[drawn(rng, d.until)]
}

// drawn is an index by weight; until are the sums of the weights.
func drawn(rng *rand.Rand, until []int) int {
	at := rng.IntN(until[len(until)-1])
	lo, hi := 0, len(until)-1
	for lo < hi {
		if mid := (lo + hi) / 2; until[mid] <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// world is what articles are made up from.
type world struct {
	options   Options
	words     *words
	all       []*gazetteer.Place
	theatres  []deal
	countries [][]*gazetteer.Place // of each theatre
	until     []int                // the sum of the weights of the theatres
}

// rankOffset flattens the popularity of places: the first of a theatre is
// mentioned so many times more often than the one at that rank.
const rankOffset = 6

func newWorld(o Options) *world {
	rng := rand.New(rand.NewPCG(o.Seed, 1<<62))
	w := &world{options: o, words: newWords()}
	all := theatres()
	sum := 0
	byCode := make(map[string]*gazetteer.Place)
	for _, t := range all {
		sum += t.weight
		w.until = append(w.until, sum)
		w.theatres = append(w.theatres, deal{})
		var countries []*gazetteer.Place
		for _, code := range t.countries {
			if byCode[code] == nil && len(w.all) < o.Places/2 {
				byCode[code] = w.country(rng, &t, code)
				w.all = append(w.all, byCode[code])
			}
			if p := byCode[code]; p != nil {
				countries = append(countries, p)
			}
		}
		w.countries = append(w.countries, countries)
	}
	for rank := 0; len(w.all) < o.Places || rank == 0; rank++ {
		for i := range all {
			// Busy theatres have more places.
			if rank > 0 && (len(w.all) >= o.Places || rng.IntN(24) > all[i].weight+4) {
				continue
			}
			p := w.place(rng, &all[i], len(w.all))
			w.all = append(w.all, p)
			w.theatres[i].add(p, 1_000_000/(len(w.theatres[i].places)+rankOffset))
		}
	}
	return w
}

func (w *world) country(rng *rand.Rand, t *theatre, code string) *gazetteer.Place {
	p := &gazetteer.Place{
		ID: "synth:" + code, Name: w.words.name(rng) + "ia", Kind: gazetteer.Country, Country: code,
		Point: orb.Point{float64(t.lon), float64(t.lat)}, Uncertainty: 300_000, Source: "made up",
	}
	p.Names = []gazetteer.Name{{Text: p.Name, Lang: "en", Script: "Latn", Preferred: true}}
	return p
}

// place makes up a place of the theatre; they get sparser towards its borders.
func (w *world) place(rng *rand.Rand, t *theatre, n int) *gazetteer.Place {
	lon := wrapped(t.lon*perDegree + offset(rng, t.spread))
	lat := t.lat*perDegree + offset(rng, t.spread)
	p := &gazetteer.Place{
		ID: fmt.Sprintf("synth:%d", n), Name: w.words.name(rng), Kind: gazetteer.Settlement, Country: pick(rng, t.countries),
		Point: point(lon, lat), Uncertainty: 500, Population: int64(1000 * (1 + rng.IntN(30)*rng.IntN(30))), Source: "made up",
		External: map[string]string{"synth": fmt.Sprint(n)},
	}
	switch rng.IntN(40) {
	case 0:
		p.Kind, p.Shape = pick(rng, []gazetteer.Kind{gazetteer.Line, gazetteer.Road, gazetteer.River}), line(rng, lon, lat)
	case 1:
		p.Kind, p.Shape, p.Name = gazetteer.Region, area(rng, lon, lat), p.Name+" district"
	case 2, 3:
		p.Kind, p.Name = pick(rng, []gazetteer.Kind{gazetteer.Facility, gazetteer.Base, gazetteer.Crossing}), p.Name+pick(rng, []string{" airfield", " crossing", " depot", " barracks"})
	}
	if p.Kind != gazetteer.Settlement {
		p.Population = 0
	}
	p.Disputed = rng.IntN(25) == 0
	p.Names = []gazetteer.Name{{Text: p.Name, Lang: "en", Script: "Latn", Preferred: true}}
	return p
}

// perDegree is the grid of positions: a ten-thousandth of a degree, some 10 m.
const perDegree = 10_000

// offset is between minus and plus so many degrees, most often about none.
func offset(rng *rand.Rand, degrees int) int {
	sum := 0
	for range 3 {
		sum += rng.IntN(2*degrees*perDegree+1) - degrees*perDegree
	}
	return sum / 3
}

func wrapped(lon int) int {
	const half = 180 * perDegree
	switch {
	case lon > half:
		return lon - 2*half
	case lon < -half:
		return lon + 2*half
	}
	return lon
}

func point(lon, lat int) orb.Point {
	return orb.Point{float64(lon) / perDegree, float64(lat) / perDegree}
}

// line wanders from a position to the inside of the hemisphere.
func line(rng *rand.Rand, lon, lat int) orb.LineString {
	l := orb.LineString{point(lon, lat)}
	east := 1
	if lon > 0 {
		east = -1
	}
	for range 4 + rng.IntN(16) {
		lon += east * (100 + rng.IntN(1200))
		lat += rng.IntN(1600) - 800
		l = append(l, point(lon, lat))
	}
	return l
}

// area is a many-cornered region about a position.
func area(rng *rand.Rand, lon, lat int) orb.Polygon {
	// The corners of a circle of radius 1000, by sixteenths, counter-clockwise.
	circle := [][2]int{
		{1000, 0}, {924, 383}, {707, 707}, {383, 924}, {0, 1000}, {-383, 924}, {-707, 707}, {-924, 383},
		{-1000, 0}, {-924, -383}, {-707, -707}, {-383, -924}, {0, -1000}, {383, -924}, {707, -707}, {924, -383},
	}
	const half = 180 * perDegree
	var ring orb.Ring
	size := 1 + rng.IntN(4)
	for _, c := range circle {
		reach := size * (60 + rng.IntN(40))
		east := max(-half, min(half, lon+c[0]*reach/100))
		ring = append(ring, point(east, lat+c[1]*reach/100))
	}
	return orb.Polygon{append(ring, ring[0])}
}

func pick[T any](rng *rand.Rand, from []T) T { return from[rng.IntN(len(from))] }

// precision is how well a mention of the place says where something happened.
func precision(p *gazetteer.Place) geo.WherePrecision {
	switch p.Kind {
	case gazetteer.Country:
		return geo.WhereCountry
	case gazetteer.Region:
		return geo.WhereProvince
	case gazetteer.Line, gazetteer.Road, gazetteer.River:
		return geo.WhereArea
	}
	return geo.WhereExact
}
