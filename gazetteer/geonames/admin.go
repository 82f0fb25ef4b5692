package geonames

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// parseAdmin reads a row of admin1CodesASCII or admin2Codes: the id of a
// division and its name in English.
func parseAdmin(fields [][]byte) (id, name []byte, err error) {
	switch {
	case len(fields) != 4:
		return nil, nil, fmt.Errorf("%d columns, want 4", len(fields))
	case len(fields[0]) < 4 || !isCode(fields[0][:2], 2) || fields[0][2] != '.':
		return nil, nil, fmt.Errorf("code %q is not a country, a point and a code", clip(fields[0]))
	case !isNumber(fields[3]):
		return nil, nil, fmt.Errorf("geonameid %q is not a number", clip(fields[3]))
	case len(bytes.TrimSpace(fields[1])) == 0:
		return nil, nil, errors.New("no name")
	}
	return fields[3], fields[1], nil
}

// country is a row of countryInfo as far as it is used.
type country struct {
	code, name, id []byte
}

// parseCountryInfo reads a row of countryInfo. Countries that are no more have
// a code but no id or 0.
func parseCountryInfo(fields [][]byte) (country, error) {
	if len(fields) != 19 {
		return country{}, fmt.Errorf("%d columns, want 19", len(fields))
	}
	c := country{code: fields[0], name: fields[4], id: fields[16]}
	switch {
	case !isCode(c.code, 2):
		return country{}, fmt.Errorf("country %q is not a code of two capital letters", clip(c.code))
	case len(bytes.TrimSpace(c.name)) == 0:
		return country{}, errors.New("no name")
	case !isNumber(c.id):
		return country{}, fmt.Errorf("geonameid %q is not a number", clip(c.id))
	}
	return c, nil
}

// parseHierarchy reads a row of hierarchy.
func parseHierarchy(fields [][]byte) (parent, child uint32, err error) {
	if len(fields) != 2 && len(fields) != 3 {
		return 0, 0, fmt.Errorf("%d columns, want 2 or 3", len(fields))
	}
	if parent, err = parseID(fields[0]); err != nil {
		return 0, 0, fmt.Errorf("parent: %w", err)
	}
	if child, err = parseID(fields[1]); err != nil {
		return 0, 0, fmt.Errorf("child: %w", err)
	}
	return parent, child, nil
}

func parseID(b []byte) (uint32, error) {
	n, err := strconv.ParseUint(string(b), 10, 32)
	if err != nil {
		return 0, fmt.Errorf("geonameid %q is not a number of up to 32 bits", clip(b))
	}
	return uint32(n), nil
}

// pairs are numbers by id, eight bytes each: one for a place with a Wikidata
// id makes some 20 MB, where a map would take ten times that.
type pairs struct {
	all    []uint64 // id<<32 | number
	sorted bool
}

// maxPairs bounds the memory to 256 MiB.
const maxPairs = 32 << 20

func (p *pairs) add(id, number uint32) error {
	if len(p.all) == maxPairs {
		return fmt.Errorf("more than %d rows", maxPairs)
	}
	p.all = append(p.all, uint64(id)<<32|uint64(number))
	p.sorted = false
	return nil
}

// of returns the numbers of an id, each as the lower half of an element.
func (p *pairs) of(id uint32) []uint64 {
	if !p.sorted {
		slices.Sort(p.all)
		p.sorted = true
	}
	from, _ := slices.BinarySearch(p.all, uint64(id)<<32)
	to := from
	for to < len(p.all) && uint32(p.all[to]>>32) == id {
		to++
	}
	return p.all[from:to]
}

// maxSteps bounds the way up from a place to its country: a quarter has some
// six above it. Circles end there too.
const maxSteps = 12

// countryOf returns the country above a place that names none itself, where
// the hierarchy knows exactly one.
func countryOf(id uint32, parents *pairs, countries map[uint32]string) string {
	level, found := []uint32{id}, ""
	for range maxSteps {
		var above []uint32
		for _, child := range level {
			for _, pair := range parents.of(child) {
				parent := uint32(pair)
				code, isCountry := countries[parent]
				switch {
				case !isCountry:
					above = append(above, parent)
				case found != "" && found != code:
					return ""
				default:
					found = code
				}
			}
		}
		if slices.Sort(above); len(above) == 0 || len(above) > maxSteps {
			break
		}
		level = slices.Compact(above)
	}
	return found
}
