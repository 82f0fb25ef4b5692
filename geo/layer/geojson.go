package layer

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
)

// WriteGeoJSON writes the features as one FeatureCollection (RFC 7946), one
// feature a line, with the foreign members "name" (the collection, which GDAL
// takes as the layer's name) and "conflictmap" (m). Strings are escaped so that
// the document can stand in HTML, too.
//
// An error, of w or of the sequence, ends the document where it is: without its
// closing brackets no reader takes it for complete. w gets one Write per feature.
func WriteGeoJSON(w io.Writer, m Meta, fs iter.Seq2[Feature, error]) error {
	if err := writeGeoJSON(w, m, fs); err != nil {
		return fmt.Errorf("write %s as GeoJSON: %w", m.Collection, err)
	}
	return nil
}

func writeGeoJSON(w io.Writer, m Meta, fs iter.Seq2[Feature, error]) error {
	var b []byte
	return writeCollection(w, m, func(yield func([]byte, error) bool) {
		for f, err := range fs {
			if err == nil {
				if b, err = appendFeature(b[:0], &f); err != nil {
					err = written(&f, err)
				}
			}
			if !yield(b, err) {
				return
			}
		}
	})
}

// WriteEncoded is WriteGeoJSON for features that an Encoder has written.
func WriteEncoded(w io.Writer, m Meta, features iter.Seq2[[]byte, error]) error {
	if err := writeCollection(w, m, features); err != nil {
		return fmt.Errorf("write %s as GeoJSON: %w", m.Collection, err)
	}
	return nil
}

func writeCollection(w io.Writer, m Meta, features iter.Seq2[[]byte, error]) error {
	b := appendHead(nil, m)
	for f, err := range features {
		if err != nil {
			return err
		}
		if _, err = w.Write(append(b, f...)); err != nil {
			return err
		}
		b = append(b[:0], ',', '\n')
	}
	// Without a feature b still holds the head, else the separator before a next one.
	if len(b) == len(",\n") {
		b = append(b[:0], '\n')
	}
	_, err := w.Write(append(b, "]}\n"...))
	return err
}

func appendHead(b []byte, m Meta) []byte {
	b = append(b, `{"type":"FeatureCollection","name":`...)
	b = appendString(b, m.Collection)
	b = append(b, `,"conflictmap":{"collection":`...)
	b = appendString(b, m.Collection)
	b = append(b, `,"filter":`...)
	b = appendString(b, m.Filter)
	b = append(b, `,"version":`...)
	b = appendString(b, m.Version)
	b = append(b, `,"gazetteer":`...)
	b = appendString(b, m.Gazetteer)
	b = append(b, `,"attribution":`...)
	b = appendString(b, m.Attribution)
	return append(b, `},"features":[`+"\n"...)
}

// AppendFeature appends one feature as WriteGeoJSON writes it. An error, for a
// position that is not on the globe or a value of no type of Column, leaves a part of
// it in b.
func AppendFeature(b []byte, f *Feature) ([]byte, error) { return appendFeature(b, f) }

func appendFeature(b []byte, f *Feature) ([]byte, error) {
	b = append(b, `{"type":"Feature","id":`...)
	b = appendString(b, f.ID)
	b = append(b, `,"geometry":`...)
	b, err := appendGeoJSON(b, f.Geometry)
	if err != nil {
		return b, err
	}
	b = append(b, `,"properties":{`...)
	for i, p := range f.Properties {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, p.Name), ':')
		if b, err = appendValue(b, p.Value); err != nil {
			return b, fmt.Errorf("property %s: %w", p.Name, err)
		}
	}
	return append(b, "}}"...), nil
}

func appendValue(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return append(b, "null"...), nil
	case string:
		return appendString(b, v), nil
	case []string:
		b = append(b, '[')
		for i, s := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, s)
		}
		return append(b, ']'), nil
	case geo.Day:
		if v.IsZero() {
			return append(b, "null"...), nil
		}
		return append(appendDay(append(b, '"'), v), '"'), nil
	}
	return appendPlain(b, value)
}

var errNoNumber = errors.New("is not a finite number")

// appendPlain appends the numbers and booleans, which GeoJSON and CSV write alike.
func appendPlain(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case bool:
		return strconv.AppendBool(b, v), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return b, errNoNumber
		}
		return strconv.AppendFloat(b, v, 'f', -1, 64), nil
	}
	return b, fmt.Errorf("values of type %T are not supported", value)
}

// appendDay spares the string that Day.String makes.
func appendDay(b []byte, d geo.Day) []byte {
	year, month, day := d.Civil()
	return append(b,
		byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string that is safe within HTML and
// JavaScript: <, >, &, U+2028 and U+2029 are escaped. Bytes that are not UTF-8
// become U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		if i += plainBytes(s[i:]); i == len(s) {
			break
		}
		c := s[i]
		if c < utf8.RuneSelf {
			b = append(b, s[start:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			default:
				b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			b = append(b, s[start:i]...)
			switch r {
			case utf8.RuneError:
				b = append(b, `\ufffd`...)
			default:
				b = append(b, `\u202`...)
				b = append(b, hexDigits[r&15])
			}
			start = i + size
		}
		i += size
	}
	return append(append(b, s[start:]...), '"')
}
