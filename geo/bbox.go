package geo

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// BBox is a box in WGS 84 degrees. West > East means that the box crosses the
// antimeridian, as in RFC 7946.
type BBox struct {
	West, South, East, North float64
}

// ParseBBox reads a box as OGC API Features writes it: "west,south,east,north",
// or six numbers with a lowest and a highest height after each pair, which are
// checked and left out. Longitudes lie within ±180, latitudes within ±90 degrees,
// and south must not lie north of north.
func ParseBBox(s string) (BBox, error) {
	fields := strings.Split(s, ",")
	if len(fields) != 4 && len(fields) != 6 {
		return BBox{}, fmt.Errorf("needs four numbers west,south,east,north (or six with heights), not %d", len(fields))
	}
	numbers := make([]float64, len(fields))
	for i, field := range fields {
		n, err := parseNumber(strings.TrimSpace(field))
		if err != nil {
			return BBox{}, err
		}
		numbers[i] = n
	}
	if len(numbers) == 6 {
		numbers = []float64{numbers[0], numbers[1], numbers[3], numbers[4]}
	}
	b := BBox{West: numbers[0], South: numbers[1], East: numbers[2], North: numbers[3]}
	return b, b.check()
}

func (b BBox) check() error {
	for _, lon := range [2]float64{b.West, b.East} {
		if lon < -180 || lon > 180 {
			return fmt.Errorf("the longitude %s lies outside -180 to 180 degrees", formatNumber(lon))
		}
	}
	for _, lat := range [2]float64{b.South, b.North} {
		if lat < -90 || lat > 90 {
			return fmt.Errorf("the latitude %s lies outside -90 to 90 degrees; the order is west,south,east,north", formatNumber(lat))
		}
	}
	if b.South > b.North {
		return fmt.Errorf("reversed: its south %s lies north of its north %s; the order is west,south,east,north",
			formatNumber(b.South), formatNumber(b.North))
	}
	return nil
}

// CrossesAntimeridian reports whether the box runs eastwards over 180°.
func (b BBox) CrossesAntimeridian() bool { return b.West > b.East }

// String writes the box as ParseBBox reads it.
func (b BBox) String() string {
	return formatNumber(b.West) + "," + formatNumber(b.South) + "," + formatNumber(b.East) + "," + formatNumber(b.North)
}

// parseNumber reads a finite decimal number. strconv alone would let NaN,
// infinities and hexadecimal floats through.
func parseNumber(s string) (float64, error) {
	if s == "" {
		return 0, errors.New("a number is missing")
	}
	n, err := strconv.ParseFloat(s, 64)
	if strings.Trim(s, "0123456789+-.eE") != "" || err != nil || math.IsInf(n, 0) {
		return 0, fmt.Errorf("%q is not a decimal number", s)
	}
	return n + 0, nil // turns -0 into 0
}

func formatNumber(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }
