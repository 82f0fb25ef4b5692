package sqlite

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// A call into SQLite costs as much as many bytes of text. What is read by the
// thousand therefore comes packed: one text for many rows, in which a NUL ends
// each field. No stored text holds one (see Put).

// packed cuts a text into fields. After an error it yields zero values; err is the first.
type packed struct {
	rest string
	err  error
}

// done reports whether there are no more fields, or none that make sense.
func (p *packed) done() bool { return p.rest == "" || p.err != nil }

// text is the next field, a part of the packed text.
func (p *packed) text() string {
	i := strings.IndexByte(p.rest, 0)
	if i < 0 {
		p.fail("a field has no end")
		return ""
	}
	field := p.rest[:i]
	p.rest = p.rest[i+1:]
	return field
}

// row is the next n fields with their ends.
func (p *packed) row(n int) string {
	end := 0
	for range n {
		i := strings.IndexByte(p.rest[end:], 0)
		if i < 0 {
			p.fail("a row has no end")
			return ""
		}
		end += i + 1
	}
	row := p.rest[:end]
	p.rest = p.rest[end:]
	return row
}

func (p *packed) fail(what string) {
	if p.rest = ""; p.err == nil {
		p.err = fmt.Errorf("packed rows: %s", what)
	}
}

// integer is the next field as a number; an empty one is 0.
func (p *packed) integer() int64 {
	field := p.text()
	if field == "" {
		return 0
	}
	n, err := strconv.ParseInt(field, 10, 64)
	if err != nil {
		p.fail(err.Error())
	}
	return n
}

// packedHundredths is SQL for a number from 0 to 1 that share reads: those of two
// decimals, which are nearly all, as hundredths, others in full.
const packedHundredths = `CASE WHEN m.confidence = CAST(m.confidence * 100 + 0.5 AS INTEGER) / 100.0
	THEN CAST(m.confidence * 100 + 0.5 AS INTEGER) ELSE printf('%!.17g', m.confidence) END`

// share is the next field as a number from 0 to 1.
func (p *packed) share() float64 {
	field := p.text()
	if strings.Contains(field, ".") {
		x, err := strconv.ParseFloat(field, 64)
		if err != nil {
			p.fail(err.Error())
		}
		return x
	}
	n, err := strconv.ParseUint(field, 10, 8)
	if err != nil {
		p.fail(err.Error())
	}
	return float64(n) / 100
}

// geometry is the next field as WKB in hexadecimal digits; an empty one is nil.
func (p *packed) geometry() orb.Geometry {
	field := p.text()
	if field == "" {
		return nil
	}
	b, err := hex.DecodeString(field)
	if err != nil {
		p.fail(err.Error())
		return nil
	}
	g, err := wkb.Unmarshal(b)
	if err != nil {
		p.fail(err.Error())
	}
	return g
}

// list appends the next field, a JSON list of texts or nothing, to values.
func (p *packed) list(values []string) []string {
	field := p.text()
	if field == "" || field == "[]" {
		return values
	}
	if strings.Contains(field, `\`) || !strings.HasPrefix(field, `["`) || !strings.HasSuffix(field, `"]`) {
		var list []string
		if err := json.Unmarshal([]byte(field), &list); err != nil {
			p.fail(err.Error())
		}
		return append(values, list...)
	}
	// Without escapes each quotation mark begins or ends a text.
	for value := range strings.SplitSeq(field[2:len(field)-2], `","`) {
		values = append(values, value)
	}
	return values
}
