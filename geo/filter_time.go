package geo

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ParseInterval reads a day, or an interval a/b of days that includes both ends,
// of which either may be open: "..", nothing, a start in the year 0000 or an end
// on 9999-12-31. Days are what ParseCivilDay reads.
func ParseInterval(s string) (Interval, error) {
	from, to, isInterval := strings.Cut(s, "/")
	if !isInterval {
		day, err := ParseCivilDay(s)
		return Interval{From: day, To: day}, err
	}
	var i Interval
	var err error
	switch {
	case from == "" || from == "..":
	case strings.HasPrefix(from, "0000-01-01"):
		// The day is none of ours, but what follows it has to be right.
		if _, err := ParseCivilDay("0001" + from[len("0000"):]); err != nil {
			return Interval{}, err
		}
	default:
		if i.From, err = ParseCivilDay(from); err != nil {
			return Interval{}, err
		}
	}
	if to != "" && to != ".." {
		if i.To, err = ParseCivilDay(to); err != nil {
			return Interval{}, err
		}
	}
	if i.From != 0 && i.To != 0 && i.From > i.To {
		return Interval{}, fmt.Errorf("reversed: it ends on %s, before it starts on %s", i.To, i.From)
	}
	if i.To == MaxDay {
		i.To = 0
	}
	return i, nil
}

// ParseCivilDay reads a date, or a date-time as the civil date that it shows. A
// date-time is RFC 3339's, with or without seconds and zone; GDAL also writes
// only the T behind a date.
func ParseCivilDay(s string) (Day, error) {
	date, clock := s, ""
	if len(s) > len(time.DateOnly) && (s[len(time.DateOnly)] == 'T' || s[len(time.DateOnly)] == 't') {
		date, clock = s[:len(time.DateOnly)], s[len(time.DateOnly)+1:]
	}
	if !isDate(date) {
		return 0, notADate(s)
	}
	day, err := ParseDay(date)
	if err != nil {
		return 0, fmt.Errorf("the calendar has no day %s", date)
	}
	if clock == "" {
		return day, nil
	}
	if err := checkClock(clock); errors.Is(err, errForm) {
		return 0, notADate(s)
	} else if err != nil {
		return 0, fmt.Errorf("%q has no possible time of day", clip(s))
	}
	return day, nil
}

func notADate(s string) error {
	if strings.Contains(s, " ") {
		return fmt.Errorf("%q is not a date; a + in a URL means a space, write %%2B", clip(s))
	}
	return fmt.Errorf("%q is not a date: write YYYY-MM-DD, or an interval YYYY-MM-DD/YYYY-MM-DD with .. for an open end", clip(s))
}

// fits reports whether s has the form of the pattern, in which 0 stands for a digit.
func fits(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		if pattern[i] == '0' && (s[i] < '0' || s[i] > '9') || pattern[i] != '0' && s[i] != pattern[i] {
			return false
		}
	}
	return true
}

func isDate(s string) bool { return fits(s, "0000-00-00") }

// clockError says what is wrong with a time of day.
type clockError string

// Error implements error.
func (e clockError) Error() string { return string(e) }

const (
	errForm   clockError = "is not HH:MM:SS with a zone"
	errNoTime clockError = "is on no clock"
)

// checkClock reads HH:MM[:SS[.fraction]][zone]. The error is errForm for what
// isn't that, and another one for what no clock shows.
func checkClock(s string) error {
	zone := strings.IndexAny(s, "Zz+-")
	if zone < 0 {
		zone = len(s)
	}
	s, offset := s[:zone], s[zone:]
	if offset != "" && !strings.EqualFold(offset, "z") && !fits(offset[1:], "00:00") {
		return errForm
	}
	if offset != "" && !strings.EqualFold(offset, "z") && !inClock(offset[1:]) {
		return errNoTime
	}
	whole, fraction, hasFraction := strings.Cut(s, ".")
	if hasFraction && (fraction == "" || strings.Trim(fraction, "0123456789") != "" || !fits(whole, "00:00:00")) {
		return errForm
	}
	switch {
	case fits(whole, "00:00:00"):
		if whole[len("00:00:"):] > "59" {
			return errNoTime
		}
	case !fits(whole, "00:00"):
		return errForm
	}
	if !inClock(whole[:len("00:00")]) {
		return errNoTime
	}
	return nil
}

// inClock reports whether a clock shows HH:MM.
func inClock(s string) bool { return s[:2] <= "23" && s[3:] <= "59" }
