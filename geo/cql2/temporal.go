package cql2

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// instant is a day, or a time with the day that it shows in its zone.
type instant struct {
	text   string // canonical
	day    int64  // days since 0000-12-31
	micros int64  // microseconds since then in UTC
	stamp  bool
}

const (
	unixEpoch = 719163 // 1970-01-01 in days since 0000-12-31
	dayMicros = 24 * 60 * 60 * 1000 * 1000
)

// as makes a day of a time or a time of a day: midnight in UTC.
func (i instant) as(stamp bool) instant {
	switch {
	case i.stamp && !stamp:
		i.text, i.micros = i.text[:len(time.DateOnly)], i.day*dayMicros
	case stamp && !i.stamp:
		i.text += "T00:00:00Z"
	}
	i.stamp = stamp
	return i
}

func (i instant) after(o instant) bool {
	if i.stamp && o.stamp {
		return i.micros > o.micros
	}
	return i.day > o.day
}

// parseInstant reads a day, YYYY-MM-DD, or an RFC 3339 time. It also reads what
// clients send in their place: times without a zone (UTC is meant), seconds,
// minutes or any time at all behind the T, and a blank for the T.
func parseInstant(s string) (instant, error) {
	bad := fmt.Errorf("%q is no day (YYYY-MM-DD) and no time (YYYY-MM-DDThh:mm:ssZ)", clip(s))
	if len(s) < len(time.DateOnly) || len(s) > 64 {
		return instant{}, bad
	}
	day, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	if err != nil || day.Year() < 1 {
		return instant{}, bad
	}
	i := instant{text: s[:len(time.DateOnly)], day: day.Unix()/(24*60*60) + unixEpoch}
	i.micros = i.day * dayMicros
	rest := s[len(time.DateOnly):]
	if rest == "" {
		return i, nil
	}
	if strings.IndexByte("Tt ", rest[0]) < 0 {
		return instant{}, bad
	}
	clock, zone := splitZone(rest[1:])
	since, ok := parseClock(clock)
	offset, zoneOK := parseZone(zone)
	if !ok || !zoneOK {
		return instant{}, bad
	}
	i.stamp = true
	i.micros += since - offset
	i.text += "T" + time.UnixMicro(since).UTC().Format("15:04:05.999999") + canonicalZone(offset)
	return i, nil
}

func splitZone(s string) (clock, zone string) {
	if k := strings.IndexAny(s, "Zz+-"); k >= 0 {
		return s[:k], s[k:]
	}
	return s, ""
}

// parseClock reads hh, hh:mm or hh:mm:ss with a fraction, in microseconds. A
// leap second is the second before it.
func parseClock(s string) (int64, bool) {
	if s == "" {
		return 0, true
	}
	if len(s) == len("15:04:60") || len(s) > len("15:04:60") && s[len("15:04:60")] == '.' {
		s = strings.Replace(s, ":60", ":59", 1)
	}
	layout := "15:04:05"
	if len(s) < len(layout) {
		layout = layout[:len(s)]
	}
	t, err := time.Parse(layout, s)
	if err != nil || len(layout) != len("15") && len(layout) != len("15:04") && len(layout) != len("15:04:05") {
		return 0, false
	}
	return t.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)).Microseconds(), true
}

// parseZone reads Z, an offset ±hh:mm or nothing, in microseconds east of UTC.
func parseZone(s string) (int64, bool) {
	if s == "" || s == "Z" || s == "z" {
		return 0, true
	}
	t, err := time.Parse("15:04", s[1:])
	if err != nil || len(s) != len("+15:04") {
		return 0, false
	}
	offset := (time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute).Microseconds()
	if s[0] == '-' {
		offset = -offset
	}
	return offset, true
}

func canonicalZone(offset int64) string {
	if offset == 0 {
		return "Z"
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	return sign + time.UnixMicro(offset).UTC().Format("15:04")
}

// span is an instant or interval of two ends, both included. What its numbers
// count is the same for both sides of a relation: days, or microseconds where
// no side has a day.
type span struct{ from, to int64 }

// The open ends.
const (
	openFrom = math.MinInt64
	openTo   = math.MaxInt64
)

// relates reports whether a relation of the standard holds between a and b.
func relates(o op, a, b span) bool {
	switch o {
	case opTAfter:
		return a.from > b.to
	case opTBefore:
		return a.to < b.from
	case opTDisjoint:
		return a.from > b.to || a.to < b.from
	case opTIntersects:
		return a.from <= b.to && a.to >= b.from
	case opTEquals:
		return a == b
	case opTContains:
		return a.from < b.from && a.to > b.to
	case opTDuring:
		return a.from > b.from && a.to < b.to
	case opTStarts:
		return a.from == b.from && a.to < b.to
	case opTStartedBy:
		return a.from == b.from && a.to > b.to
	case opTFinishes:
		return a.from > b.from && a.to == b.to
	case opTFinishedBy:
		return a.from < b.from && a.to == b.to
	case opTMeets:
		return a.to == b.from
	case opTMetBy:
		return a.from == b.to
	case opTOverlaps:
		return a.from < b.from && a.to > b.from && a.to < b.to
	case opTOverlappedBy:
		return b.from < a.from && b.to > a.from && b.to < a.to
	}
	return false
}

// takesInstants reports whether the relation is one of instants, too.
func (o op) takesInstants() bool {
	switch o {
	case opTAfter, opTBefore, opTDisjoint, opTEquals, opTIntersects:
		return true
	}
	return false
}

// end is an end of a span: a property, or fixed.
type end struct {
	index int // of the property, -1 if fixed
	fixed int64
}

func (e end) of(r Row) (int64, bool) {
	if e.index < 0 {
		return e.fixed, true
	}
	v := r.Value(e.index)
	return int64(v.Day), v.Type == Date
}

// temporal is a T_ predicate.
type temporal struct {
	op   op
	a, b [2]end
}

func (t *temporal) eval(r Row) logic {
	a, ok := spanOf(&t.a, r)
	if !ok {
		return unknown
	}
	b, ok := spanOf(&t.b, r)
	if !ok {
		return unknown
	}
	return truth(relates(t.op, a, b))
}

func spanOf(ends *[2]end, r Row) (span, bool) {
	from, ok := ends[0].of(r)
	if !ok {
		return span{}, false
	}
	to, ok := ends[1].of(r)
	return span{from, to}, ok
}
