package geonames

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// The columns of a table of places that count here.
const (
	columnID         = 0
	columnName       = 1
	columnASCII      = 2
	columnAlternates = 3
	columnLat        = 4
	columnLon        = 5
	columnClass      = 6
	columnCode       = 7
	columnCountry    = 8
	columnPopulation = 14
	placeColumns     = 19
)

const maxPopulation = 10_000_000_000

// row is a row of a table of places.
type row struct {
	id         []byte
	name       []byte
	ascii      []byte
	alternates []byte
	point      orb.Point
	feature    feature
	known      bool // the feature code is one that we keep
	capital    bool
	country    string
	population int64
}

// parsePlace reads a row. Its slices are the fields'.
func parsePlace(fields [][]byte) (row, error) {
	if len(fields) != placeColumns {
		return row{}, fmt.Errorf("%d columns, want %d", len(fields), placeColumns)
	}
	r := row{id: fields[columnID], name: fields[columnName], ascii: fields[columnASCII], alternates: fields[columnAlternates]}
	if !isNumber(r.id) {
		return row{}, fmt.Errorf("geonameid %q is not a number", clip(r.id))
	}
	if len(bytes.TrimSpace(r.name)) == 0 {
		return row{}, fmt.Errorf("no name")
	}
	lat, err := parseDegrees("latitude", fields[columnLat], 90)
	if err != nil {
		return row{}, err
	}
	lon, err := parseDegrees("longitude", fields[columnLon], 180)
	if err != nil {
		return row{}, err
	}
	r.point = orb.Point{lon, lat}
	if r.country, err = parseCountry(fields[columnCountry]); err != nil {
		return row{}, err
	}
	if r.population, err = parsePopulation(fields[columnPopulation]); err != nil {
		return row{}, err
	}
	class, code := fields[columnClass], fields[columnCode]
	if len(class) > 1 || len(code) > 10 {
		return row{}, fmt.Errorf("feature %q.%q is not a letter and a code", clip(class), clip(code))
	}
	var key [12]byte
	r.feature, r.known = featureOf(string(append(append(append(key[:0], class...), '.'), code...)))
	// PPLC is also the seat of a territory's administration.
	r.capital = string(code) == "PPLC" && !isDependent(r.country)
	return r, nil
}

func parseDegrees(what string, b []byte, limit float64) (float64, error) {
	x, err := strconv.ParseFloat(string(b), 64)
	if err != nil || math.IsNaN(x) || x < -limit || x > limit {
		return 0, fmt.Errorf("%s %q is not a number from -%g to %g", what, clip(b), limit, limit)
	}
	return x, nil
}

func parseCountry(b []byte) (string, error) {
	switch {
	case len(b) == 0:
		return "", nil
	case !isCode(b, 2):
		return "", fmt.Errorf("country %q is not a code of two capital letters", clip(b))
	}
	return string(b), nil
}

func parsePopulation(b []byte) (int64, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil || n < 0 || n > maxPopulation {
		return 0, fmt.Errorf("population %q is not a whole number from 0 to %d", clip(b), int64(maxPopulation))
	}
	return n, nil
}

// place makes the row a place; dropped counts the names that it leaves out.
func (r *row) place() (p *gazetteer.Place, dropped int) {
	id := string(r.id)
	p = &gazetteer.Place{
		ID: "gn:" + id, Kind: r.feature.kind, Country: r.country, Capital: r.capital,
		Point: r.point, Population: r.population,
		External: map[string]string{"geonames": id}, Source: sourceName,
	}
	var names namesOf
	if !names.add(r.name, true, r.feature.former) {
		// The name is no word ("101", "+"): the place may still have another.
		dropped++
	}
	if len(r.ascii) > 0 && !names.add(r.ascii, false, r.feature.former) {
		dropped++
	}
	for rest := r.alternates; len(rest) > 0; {
		var name []byte
		name, rest, _ = bytes.Cut(rest, []byte(","))
		if len(name) == 0 {
			continue
		}
		if noise(name, r.feature.kind) || !names.add(name, false, r.feature.former) {
			dropped++
		}
	}
	p.Names = names.list
	if len(p.Names) > 0 {
		p.Name = p.Names[0].Text
	}
	return p, dropped
}
