package geo

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What ParseFilter reads at most.
const (
	maxFilterBytes  = 8 << 10
	maxListValues   = 100
	maxValueLength  = 200 // code points of one place, source or q
	maxUnknownNames = 10  // unknown parameters that are reported one by one
)

// A ParamError says what is wrong with one value of one filter parameter.
type ParamError struct {
	Param  string
	Value  string // as given, cut where it is very long
	Reason string
}

// Error implements error.
func (e *ParamError) Error() string { return fmt.Sprintf("%s %q: %s", e.Param, e.Value, e.Reason) }

// FilterParams lists the names of the filter parameters in the order of Filter.
func FilterParams() []string {
	return []string{
		"bbox", "datetime", "published", "asof", "event", "role", "country",
		"place", "source", "claim", "min_confidence", "q",
	}
}

// ParseFilter reads a filter from parameters by name, as a URL query or a
// command line gives them.
//
//   - bbox is what ParseBBox reads.
//   - datetime and published are a day, or an interval a/b that includes both
//     ends, of which either may be open: "..", nothing, or what clients write
//     instead, a start in the year 0000 or an end on 9999-12-31. asof is a day.
//     What ParseCivilDay reads stands for a day.
//   - event, role, claim, country (ISO 3166-1 alpha-2 in either case), place and
//     source are lists: values separated by commas, or the parameter repeated.
//     Names of sources can hold commas themselves, so a repeated source is taken
//     whole each time; a lone name with a comma is written twice.
//   - min_confidence lies between 0 and 1, q has at most 200 characters.
//
// Lists come back sorted and without doubles. Anything else (another name, a
// single-valued parameter given twice, an empty value, more than 8 kB in all) is
// an error. All of them are reported together: the error is an errors.Join of
// *ParamError.
func ParseFilter(values map[string][]string) (Filter, error) {
	var p filterParser
	if !p.fits(values) {
		return Filter{}, errors.Join(p.errs...)
	}
	unknown := 0
	for _, name := range slices.Sorted(maps.Keys(values)) {
		given := values[name]
		switch {
		case len(given) == 0:
		case !slices.Contains(FilterParams(), name):
			if unknown++; unknown <= maxUnknownNames {
				p.fail(name, given[0], "%s", unknownParam(name))
			}
		case p.readable(name, given):
			p.read(name, given)
		}
	}
	if len(p.errs) > 0 {
		return Filter{}, errors.Join(p.errs...)
	}
	return p.filter, nil
}

type filterParser struct {
	filter Filter
	errs   []error
}

func (p *filterParser) fail(param, value, format string, args ...any) {
	p.errs = append(p.errs, &ParamError{Param: clip(param), Value: clip(value), Reason: fmt.Sprintf(format, args...)})
}

// clip shortens s for a message.
func clip(s string) string {
	const most = 120
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// fits checks the total size before anything is read, and blames the longest parameter.
func (p *filterParser) fits(values map[string][]string) bool {
	total, longest, worst := 0, -1, ""
	for name, given := range values {
		size := 0
		for _, v := range given {
			size += len(name) + len(v) + 2 // with the = and the & of a query
		}
		total += size
		if size > longest || size == longest && name < worst {
			longest, worst = size, name
		}
	}
	if total <= maxFilterBytes {
		return true
	}
	value := ""
	if given := values[worst]; len(given) > 0 {
		value = given[0]
	}
	p.fail(worst, value, "the parameters have %d bytes together, at most %d are read", total, maxFilterBytes)
	return false
}

// readable reports values that no parameter can have.
func (p *filterParser) readable(name string, given []string) bool {
	before := len(p.errs)
	for _, v := range given {
		switch {
		case strings.TrimSpace(v) == "":
			p.fail(name, v, "is empty; leave the parameter out instead")
		case !utf8.ValidString(v):
			p.fail(name, v, "is not valid UTF-8")
		case strings.ContainsFunc(v, unicode.IsControl):
			p.fail(name, v, "holds a control character")
		}
	}
	return len(p.errs) == before
}

func (p *filterParser) read(name string, given []string) {
	f := &p.filter
	switch name {
	case "bbox":
		f.BBox = single(p, name, given, func(s string) (*BBox, error) {
			b, err := ParseBBox(s)
			return &b, err
		})
	case "datetime":
		f.Datetime = single(p, name, given, ParseInterval)
	case "published":
		f.Published = single(p, name, given, ParseInterval)
	case "asof":
		f.AsOf = single(p, name, given, ParseCivilDay)
	case "min_confidence":
		f.MinConfidence = single(p, name, given, parseShare)
	case "q":
		f.Query = single(p, name, given, parseWords)
	case "event":
		f.Events = list(p, name, splitAll(given), oneOf(EventTypes()))
	case "role":
		f.Roles = list(p, name, splitAll(given), oneOf(Roles()))
	case "claim":
		f.Claims = list(p, name, splitAll(given), oneOf(Claims()))
	case "country":
		f.Countries = list(p, name, splitAll(given), parseCountry)
	case "place":
		f.Places = list(p, name, splitAll(given), bounded)
	case "source":
		if len(given) == 1 {
			given = splitAll(given)
		}
		f.Sources = list(p, name, given, bounded)
	}
}

// single reads a parameter that takes one value.
func single[T any](p *filterParser, name string, given []string, parse func(string) (T, error)) T {
	var zero T
	if len(given) > 1 {
		p.fail(name, given[1], "is given %d times, it takes one value", len(given))
		return zero
	}
	v, err := parse(strings.TrimSpace(given[0]))
	if err != nil {
		p.fail(name, given[0], "%s", err)
		return zero
	}
	return v
}

// list reads a parameter that takes alternatives.
func list[T ~string](p *filterParser, name string, given []string, parse func(string) (T, error)) []T {
	if len(given) > maxListValues {
		p.fail(name, given[maxListValues], "has %d values, at most %d are read", len(given), maxListValues)
		return nil
	}
	out := make([]T, 0, len(given))
	for _, s := range given {
		v, err := parse(strings.TrimSpace(s))
		if err != nil {
			p.fail(name, s, "%s", err)
			continue
		}
		out = append(out, v)
	}
	return canonical(out)
}

func splitAll(given []string) []string {
	var out []string
	for _, v := range given {
		out = append(out, strings.Split(v, ",")...)
	}
	return out
}

func oneOf[T ~string](known []T) func(string) (T, error) {
	return func(s string) (T, error) {
		if slices.Contains(known, T(s)) {
			return T(s), nil
		}
		names := make([]string, len(known))
		for i, k := range known {
			names[i] = string(k)
		}
		return "", fmt.Errorf("must be one of %s", strings.Join(names, ", "))
	}
}

func parseCountry(s string) (string, error) {
	s = strings.ToUpper(s)
	if len(s) != 2 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", errors.New("must be a code of two letters (ISO 3166-1 alpha-2)")
	}
	return s, nil
}

func bounded(s string) (string, error) {
	if s == "" {
		return "", errors.New("the list has an empty value")
	}
	if n := utf8.RuneCountInString(s); n > maxValueLength {
		return "", fmt.Errorf("has %d characters, at most %d are read", n, maxValueLength)
	}
	return s, nil
}

func parseWords(s string) (string, error) { return bounded(strings.Join(strings.Fields(s), " ")) }

func parseShare(s string) (float64, error) {
	n, err := parseNumber(s)
	if err != nil {
		return 0, err
	}
	if n < 0 || n > 1 {
		return 0, errors.New("must lie between 0 and 1")
	}
	return n, nil
}

// unknownParam words the error for a name that is no filter parameter.
func unknownParam(name string) string {
	known := FilterParams()
	reason := "unknown parameter"
	best, nearest := 3, ""
	for _, k := range known {
		if d := editDistance(strings.ToLower(clip(name)), k); d < best && d < len(k) {
			best, nearest = d, k
		}
	}
	if nearest != "" {
		reason += "; did you mean " + nearest + "?"
	}
	return reason + " (known: " + strings.Join(known, ", ") + ")"
}

// editDistance is the Levenshtein distance in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
