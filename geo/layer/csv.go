package layer

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

// WriteCSV writes the features as CSV (RFC 4180, UTF-8 without a byte order
// mark): a header, then one record a feature with the columns of the collection,
// which are the same even where no feature has a value. Four columns follow:
// lon and lat for points only (a region has no pin in its middle), the
// geometry as well-known text in wkt, and in provenance the text of m, the same
// in each record: CSV has no other room for it, and rows that were joined with
// others keep it. What is null in GeoJSON is empty, lists are joined by "; ".
//
// Spreadsheets run text that looks like a formula. A text cell that starts with
// =, +, -, @, a tab, a carriage return or a line feed, or with the full-width
// form of one, therefore gets an apostrophe in front; numbers and dates don't.
//
// An error, of w or of the sequence, is returned at once. CSV has no end mark: a
// caller must not pass on what was written as if it were complete. w gets one
// Write per feature.
func WriteCSV(w io.Writer, m Meta, fs iter.Seq2[Feature, error]) error {
	if err := writeCSV(w, m, fs); err != nil {
		return fmt.Errorf("write %s as CSV: %w", m.Collection, err)
	}
	return nil
}

func writeCSV(w io.Writer, m Meta, fs iter.Seq2[Feature, error]) error {
	columns, ok := Columns(m.Collection)
	if !ok {
		return fmt.Errorf("there is no collection %q", m.Collection)
	}
	provenance := append(appendText([]byte(","), m.String()), "\r\n"...)
	b := append([]byte(strings.Join(columns, ",")), ",lon,lat,wkt,provenance\r\n"...)
	for f, err := range fs {
		if err != nil {
			return err
		}
		if b, err = appendRecord(b, columns, &f); err != nil {
			return written(&f, err)
		}
		b = append(b, provenance...)
		if _, err = w.Write(b); err != nil {
			return err
		}
		b = b[:0]
	}
	if len(b) == 0 {
		return nil
	}
	_, err := w.Write(b)
	return err
}

// appendRecord appends a record but for its provenance and its end.
func appendRecord(b []byte, columns []string, f *Feature) ([]byte, error) {
	if len(f.Properties) != len(columns) {
		return b, fmt.Errorf("has %d properties, not %d", len(f.Properties), len(columns))
	}
	var err error
	for i, p := range f.Properties {
		if p.Name != columns[i] {
			return b, fmt.Errorf("has the property %s in place of %s", p.Name, columns[i])
		}
		if b, err = appendCell(b, p.Value); err != nil {
			return b, fmt.Errorf("property %s: %w", p.Name, err)
		}
		b = append(b, ',')
	}
	if b, err = appendLonLat(b, f); err != nil {
		return b, err
	}
	if !isEmpty(f.Geometry) {
		b, err = appendWKT(append(b, '"'), f.Geometry)
		b = append(b, '"')
	}
	return b, err
}

// appendLonLat appends the two cells with the commas behind them.
func appendLonLat(b []byte, f *Feature) ([]byte, error) {
	point, ok := f.Geometry.(orb.Point)
	if !ok {
		return append(b, ",,"...), nil
	}
	b, err := notation{mid: ","}.appendPoint(b, point)
	return append(b, ','), err
}

func appendCell(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return b, nil
	case string:
		return appendText(b, v), nil
	case []string:
		return appendText(b, strings.Join(v, "; ")), nil
	case geo.Day:
		if v.IsZero() {
			return b, nil
		}
		return appendDay(b, v), nil
	}
	return appendPlain(b, value)
}

func appendText(b []byte, s string) []byte {
	guard := looksLikeFormula(s)
	if !guard && !strings.ContainsAny(s, "\",\r\n") {
		return append(b, strings.ToValidUTF8(s, "\ufffd")...)
	}
	b = append(b, '"')
	if guard {
		b = append(b, '\'')
	}
	for i, part := range strings.Split(strings.ToValidUTF8(s, "\ufffd"), `"`) {
		if i > 0 {
			b = append(b, `""`...)
		}
		b = append(b, part...)
	}
	return append(b, '"')
}

func looksLikeFormula(s string) bool {
	for _, r := range s {
		return strings.ContainsRune("=+-@\t\r\n＝＋－＠", r)
	}
	return false
}
