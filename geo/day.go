package geo

import (
	"fmt"
	"time"
)

// Day is a civil date without time or zone: the number of days since 31
// December of the year 0 in the proleptic Gregorian calendar, so that
// 0001-01-01 is 1. The zero value means that no day is known. Days compare
// with < and subtract to a number of days.
type Day int32

// MaxDay is 9999-12-31, the last day that RFC 3339 can write.
const MaxDay Day = 3652059

// unixEpoch is 1970-01-01, the day from which package time counts seconds.
const (
	unixEpoch  Day = 719163
	daySeconds     = 24 * 60 * 60
)

// Date returns the day of the given civil date and false where the calendar
// has no such day or it lies outside the years 1 to 9999.
func Date(year int, month time.Month, day int) (Day, bool) {
	if year < 1 || year > 9999 || month < time.January || month > time.December || day < 1 || day > DaysIn(year, month) {
		return 0, false
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return Day(t.Unix()/daySeconds) + unixEpoch, true
}

// DaysIn is the number of days of the month.
func DaysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// DayOf is the civil date that t shows in its own location.
func DayOf(t time.Time) Day {
	d, _ := Date(t.Year(), t.Month(), t.Day())
	return d
}

// ParseDay reads a date in the form 2006-01-02 and nothing else.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is no day of the calendar, written YYYY-MM-DD", s)
	}
	d, ok := Date(t.Year(), t.Month(), t.Day())
	if !ok {
		return 0, fmt.Errorf("%q lies outside the years 0001 to 9999", s)
	}
	return d, nil
}

func (d Day) time() time.Time { return time.Unix(int64(d-unixEpoch)*daySeconds, 0).UTC() }

// Civil splits the day into year, month and day of the month. It is
// meaningless for the zero Day.
func (d Day) Civil() (year int, month time.Month, day int) { return d.time().Date() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

// IsZero reports whether no day is known.
func (d Day) IsZero() bool { return d == 0 }

// String writes the day as YYYY-MM-DD, the zero Day as the empty string.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// MarshalText implements encoding.TextMarshaler.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero Day.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Interval is a span of days, both ends inclusive. A zero end is open.
type Interval struct {
	From, To Day
}

// IsZero reports whether the interval is open at both ends.
func (i Interval) IsZero() bool { return i.From == 0 && i.To == 0 }

// Overlaps reports whether the two intervals share a day.
func (i Interval) Overlaps(o Interval) bool {
	return (i.To == 0 || o.From == 0 || o.From <= i.To) && (o.To == 0 || i.From == 0 || i.From <= o.To)
}

// String writes the interval as OGC does: 2020-09-27/2020-09-28, open ends as "..".
func (i Interval) String() string {
	return openEnd(i.From) + "/" + openEnd(i.To)
}

func openEnd(d Day) string {
	if d == 0 {
		return ".."
	}
	return d.String()
}
