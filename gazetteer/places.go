package gazetteer

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// placeColumns are the columns of a table of places.
var placeColumns = []string{
	"id", "name", "kind", "country", "disputed", "capital", "lon", "lat", "uncertainty_m",
	"population", "names", "wikidata", "source",
}

const (
	maxUncertainty = 20_000_000 // metres: half the Earth's circumference
	maxPopulation  = 10_000_000_000
)

// located is a place with the line that it was read from.
type located struct {
	*Place
	file string
	line int
}

// readPlaces reads a table of places. Those that are well-formed come with the
// error.
func readPlaces(r io.Reader, file string) (table, []located, error) {
	t, err := readTable(r, file, placeColumns)
	var (
		problems problems
		places   []located
		seen     = make(map[string]int, len(t.rows))
	)
	for _, row := range t.rows {
		p, err := parsePlace(row.fields)
		if err != nil {
			problems.add(file, row.line, "%w", err)
			continue
		}
		if first, ok := seen[p.ID]; ok {
			problems.add(file, row.line, "id %q is on line %d already", p.ID, first)
			continue
		}
		seen[p.ID] = row.line
		places = append(places, located{p, file, row.line})
	}
	t.rows = nil
	return t, places, errors.Join(err, problems.err())
}

func parsePlace(f []string) (*Place, error) {
	p := &Place{ID: f[0], Name: f[1], Kind: Kind(f[2]), Country: f[3], Source: f[12]}
	var errs [8]error
	if !validID(p.ID) {
		errs[0] = fmt.Errorf("id %q is neither gn: and a number nor cm: and a slug", clip(p.ID))
	}
	if !p.Kind.Valid() {
		errs[1] = fmt.Errorf("unknown kind %q", clip(f[2]))
	}
	if p.Country != "" && !isCountryCode(p.Country) {
		errs[2] = fmt.Errorf("country %q is not a code of two capital letters", clip(p.Country))
	}
	errs[3] = flags(p, f[4], f[5])
	p.Point, errs[4] = parsePoint(f[6], f[7])
	errs[5] = numbers(p, f[8], f[9])
	errs[6] = addNames(p, f[10])
	errs[7] = external(p, f[11])
	if p.Source == "" {
		return nil, errors.Join(append(errs[:], errors.New("no source"))...)
	}
	return p, errors.Join(errs[:]...)
}

// addNames files the place under its own name, taken for English, and the
// names of the column.
func addNames(p *Place, column string) error {
	if err := checkName(p.Name); err != nil {
		return err
	}
	others, err := parseNames(column)
	p.Names = append([]Name{{Text: p.Name, Lang: "en", Script: Script(p.Name, "en"), Preferred: true}}, others...)
	return err
}

func flags(p *Place, disputed, capital string) error {
	var errs [2]error
	p.Disputed, errs[0] = parseFlag("disputed", disputed)
	p.Capital, errs[1] = parseFlag("capital", capital)
	return errors.Join(errs[:]...)
}

func parseFlag(column, s string) (bool, error) {
	switch s {
	case "Y":
		return true, nil
	case "", "N":
		return false, nil
	}
	return false, fmt.Errorf("%s %q is neither Y nor N", column, clip(s))
}

func parsePoint(lon, lat string) (orb.Point, error) {
	x, errX := parseNumber("lon", lon, -180, 180)
	y, errY := parseNumber("lat", lat, -90, 90)
	return orb.Point{x, y}, errors.Join(errX, errY)
}

func numbers(p *Place, uncertainty, population string) error {
	var errs [2]error
	if uncertainty != "" {
		p.Uncertainty, errs[0] = parseNumber("uncertainty_m", uncertainty, 0, maxUncertainty)
	}
	if population != "" {
		n, err := strconv.ParseInt(population, 10, 64)
		if err != nil || n < 0 || n > maxPopulation {
			errs[1] = fmt.Errorf("population %q is not a whole number from 0 to %d", clip(population), int64(maxPopulation))
		}
		p.Population = n
	}
	return errors.Join(errs[:]...)
}

// parseNumber reads a finite decimal number within bounds.
func parseNumber(column, s string, low, high float64) (float64, error) {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(x) || x < low || x > high {
		return 0, fmt.Errorf("%s %q is not a number from %g to %g", column, clip(s), low, high)
	}
	return x, nil
}

func external(p *Place, wikidata string) error {
	p.External = make(map[string]string, 2)
	if n, ok := strings.CutPrefix(p.ID, "gn:"); ok {
		p.External["geonames"] = n
	}
	if wikidata == "" {
		return nil
	}
	if n, ok := strings.CutPrefix(wikidata, "Q"); !ok || !digits(n) {
		return fmt.Errorf("wikidata %q is not Q and a number", clip(wikidata))
	}
	p.External["wikidata"] = wikidata
	return nil
}

func validID(id string) bool {
	if n, ok := strings.CutPrefix(id, "gn:"); ok {
		return digits(n)
	}
	slug, ok := strings.CutPrefix(id, "cm:")
	if !ok || slug == "" || len(slug) > 64 {
		return false
	}
	for _, r := range slug {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}

func digits(s string) bool {
	if s == "" || len(s) > 12 {
		return false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

func isCountryCode(s string) bool {
	return len(s) == 2 && 'A' <= s[0] && s[0] <= 'Z' && 'A' <= s[1] && s[1] <= 'Z'
}
