package geonames

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Format is what a table holds.
type Format string

// The tables of GeoNames' export that Import reads.
const (
	Places         Format = "places"          // allCountries, countries, citiesN: 19 columns
	AlternateNames Format = "alternate names" // alternateNamesV2: 10 columns; the older alternateNames: 8
	Admin1         Format = "admin1 codes"    // admin1CodesASCII: code, name, ASCII name, geonameid
	Admin2         Format = "admin2 codes"    // admin2Codes: likewise
	CountryInfo    Format = "country info"    // countryInfo: 19 columns, an ISO code first
	Hierarchy      Format = "hierarchy"       // parent, child, type
)

// order is that in which Import reads the tables: what other tables need
// first.
func (f Format) order() int {
	switch f {
	case CountryInfo:
		return 0
	case Hierarchy:
		return 1
	case AlternateNames:
		return 2
	case Places:
		return 3
	}
	return 4
}

// formatOf tells the table by the shape of one of its lines; empty if it is
// none that Import reads.
func formatOf(fields [][]byte) Format {
	first := fields[0]
	switch len(fields) {
	case 19:
		if isCode(first, 2) {
			return CountryInfo
		}
		if isNumber(first) && len(fields[6]) <= 1 {
			return Places
		}
	case 8, 10:
		if isNumber(first) && isNumber(fields[1]) {
			return AlternateNames
		}
	case 4:
		if !isNumber(fields[3]) {
			return ""
		}
		switch dots := bytes.Count(first, []byte(".")); {
		case len(first) < 4 || !isCode(first[:2], 2) || first[2] != '.':
			return ""
		case dots == 1:
			return Admin1
		case dots > 1:
			return Admin2
		}
	case 2, 3:
		if isNumber(first) && isNumber(fields[1]) {
			return Hierarchy
		}
	}
	return ""
}

// How far detect looks for a line that tells the format.
const (
	sniffLines = 500
	sniffBytes = 4 << 20
)

// table is a table whose format is known, with the lines read to find it out.
type table struct {
	format Format
	head   []line
	rest   *lines
}

// detect tells a table by its content, whatever its name. Malformed lines
// don't mislead it as long as one in its first few hundred is well-formed.
func detect(r io.Reader) (*table, error) {
	t := &table{rest: newLines(r)}
	var (
		votes  = make(map[Format]int)
		fields [][]byte
		size   int
	)
	for len(t.head) < sniffLines && size < sniffBytes {
		l, err := t.rest.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(t.head) == 0 {
			if err := foreign(l.text); err != nil {
				return nil, err
			}
		}
		l.text = bytes.Clone(l.text)
		size += len(l.text)
		t.head = append(t.head, l)
		if fields = split(l.text, fields); l.err == nil {
			votes[formatOf(fields)]++
		}
	}
	if len(t.head) == 0 {
		return nil, errors.New("empty, no GeoNames table")
	}
	delete(votes, "")
	for f, n := range votes {
		if best := votes[t.format]; n > best || n == best && f < t.format {
			t.format = f
		}
	}
	if t.format == "" {
		return nil, fmt.Errorf("no GeoNames table: %s", describe(t.head[0]))
	}
	return t, nil
}

// next returns the next line, io.EOF after the last.
func (t *table) next() (line, error) {
	if len(t.head) > 0 {
		l := t.head[0]
		t.head = t.head[1:]
		return l, nil
	}
	return t.rest.next()
}

// foreign refuses files that are something else altogether, by their first bytes.
func foreign(b []byte) error {
	for _, f := range []struct{ magic, what string }{
		{"%PDF", "a PDF document"},
		{"\x89PNG", "a PNG image"},
		{"\xff\xd8\xff", "a JPEG image"},
		{"SQLite format 3", "an SQLite database"},
		{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive, which is not supported: unpack it"},
		{"BZh", "a bzip2 file, which is not supported: unpack it"},
		{"\xfd7zXZ", "an xz file, which is not supported: unpack it"},
		{"\xff\xfe", "text in UTF-16; GeoNames dumps are UTF-8"},
		{"\xfe\xff", "text in UTF-16; GeoNames dumps are UTF-8"},
	} {
		if bytes.HasPrefix(b, []byte(f.magic)) {
			return errors.New(f.what)
		}
	}
	switch start := bytes.TrimLeft(b, " \t"); {
	case bytes.IndexByte(b, 0) >= 0:
		return errors.New("binary data")
	case bytes.IndexByte(b, '\t') >= 0:
		return nil
	case bytes.HasPrefix(start, []byte("<")):
		return errors.New("HTML or XML; perhaps a server's error page was saved in place of the file")
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[")):
		return errors.New("JSON")
	}
	return nil
}

// describe says what a first line looks like.
func describe(l line) string {
	if l.err != nil {
		return fmt.Sprintf("line %d is %v", l.number, l.err)
	}
	tabs, commas, semicolons := bytes.Count(l.text, []byte("\t")), bytes.Count(l.text, []byte(",")), bytes.Count(l.text, []byte(";"))
	switch {
	case tabs == 0 && (commas > 1 || semicolons > 1):
		return "it looks like comma-separated values; GeoNames dumps are separated by tabs"
	case tabs == 11 && isCode(l.text[:min(2, len(l.text))], 2):
		return "it looks like a dump of postal codes, which hold no places"
	}
	return fmt.Sprintf("line %d has %d columns: %q", l.number, tabs+1, clip(l.text))
}

// isCode reports whether b is n capital letters.
func isCode(b []byte, n int) bool {
	if len(b) != n {
		return false
	}
	for _, c := range b {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// isNumber reports whether b is a GeoNames id: a few digits.
func isNumber(b []byte) bool {
	if len(b) == 0 || len(b) > maxDigits {
		return false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// maxDigits is that of an id; they have eight now.
const maxDigits = 12

// clip shortens an offending value for a message.
func clip(b []byte) string {
	const limit = 80
	if len(b) <= limit {
		return string(b)
	}
	end := limit
	for end > 0 && !utf8.RuneStart(b[end]) {
		end--
	}
	return string(b[:end]) + "…"
}
