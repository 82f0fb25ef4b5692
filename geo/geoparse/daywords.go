package geoparse

import (
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// yearAt reads a year of four digits.
func (r *dateReader) yearAt(i int) (int, bool) {
	t := r.tok(i)
	if t.kind != number || len(t.text) != 4 {
		return 0, false
	}
	y, err := strconv.Atoi(t.text)
	return y, err == nil && y >= 1000 && y < 2100
}

func isoDate(toks []token, i int) (int, geo.Day, bool) {
	if i < 0 || i+4 >= len(toks) || toks[i].kind != number || len(toks[i].text) != 4 ||
		!toks[i+1].isHyphen() || !toks[i+3].isHyphen() || len(toks[i+2].text) != 2 || len(toks[i+4].text) < 2 {
		return 0, 0, false
	}
	d, err := geo.ParseDay(toks[i].text + "-" + toks[i+2].text + "-" + toks[i+4].text[:2])
	return 5, d, err == nil
}

// digits reads "27/9/2020", "27.09.2020" and, where the second number can be no
// month, "9/27/2020".
func (r *dateReader) digits(i int) (int, geo.Day, bool) {
	t := r.tok(i)
	if t.kind != number {
		return 0, 0, false
	}
	var parts [3]string
	n := 1
	if a, rest, ok := strings.Cut(t.text, "."); ok {
		parts[0] = a
		parts[1], parts[2], _ = strings.Cut(rest, ".")
	} else if r.tok(i+1).text == "/" && r.tok(i+3).text == "/" {
		parts = [3]string{t.text, r.tok(i + 2).text, r.tok(i + 4).text}
		n = 5
	}
	if len(parts[2]) != 4 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return 0, 0, false
	}
	d, err1 := strconv.Atoi(parts[0])
	m, err2 := strconv.Atoi(parts[1])
	y, err3 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return 0, 0, false
	}
	if m > 12 {
		d, m = m, d
	}
	day, ok := geo.Date(y, time.Month(m), d)
	return n, day, ok
}

// readersOf returns the set of readers, as bits, that may find an expression
// of time at the token.
func readersOf(t *token) uint16 {
	const calendar = 1<<byRange | 1<<byCalendar
	switch t.kind {
	case number:
		return calendar | 1<<byYear | 1<<byCount
	case punct, possessive:
		return 0
	}
	if t.upper {
		if _, ok := month(t); ok {
			return calendar
		}
		if _, ok := weekday(t); ok {
			return calendar
		}
	}
	switch t.fold {
	case "since":
		return 1 << bySince
	case "between", "from":
		return 1 << byRange
	case "overnight", "night", "nights":
		return 1 << byNight
	case "early", "mid", "late", "beginning", "middle", "start", "end", "spring", "summer", "autumn", "winter":
		return 1 << byPart
	case "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth":
		return 1 << byCalendar
	case "a", "an", "one", "two", "couple", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve":
		return 1 << byCount
	case "today", "tonight", "yesterday", "this", "last", "past", "previous", "preceding", "recent", "same", "that", "very",
		"next", "following", "day", "evening", "eve", "weekend", "week", "hours", "minutes":
		return 1 << byRelation
	}
	return 0
}

// dayNumber reads a day of the month: "7", "27th".
func dayNumber(t *token) (int, bool) {
	switch t.fold {
	case "first":
		return 1, true
	case "second":
		return 2, true
	case "third":
		return 3, true
	case "fourth":
		return 4, true
	case "fifth":
		return 5, true
	case "sixth":
		return 6, true
	case "seventh":
		return 7, true
	case "eighth":
		return 8, true
	case "ninth":
		return 9, true
	case "tenth":
		return 10, true
	}
	if t.kind != number {
		return 0, false
	}
	s := t.text
	if isOrdinal(t) {
		s = s[:len(s)-2]
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= 31 && len(s) <= 2
}

func isOrdinal(t *token) bool {
	if t.kind == word {
		_, ok := dayNumber(t)
		return ok
	}
	return strings.HasSuffix(t.fold, "st") || strings.HasSuffix(t.fold, "nd") || strings.HasSuffix(t.fold, "rd") || strings.HasSuffix(t.fold, "th")
}

func weekday(t *token) (time.Weekday, bool) {
	if t.kind != word || !t.upper || t.text == "Sun" || t.text == "Sat" {
		return 0, false
	}
	switch t.fold {
	case "sunday", "sun", "sundays":
		return time.Sunday, true
	case "monday", "mon", "mondays":
		return time.Monday, true
	case "tuesday", "tue", "tuesdays":
		return time.Tuesday, true
	case "wednesday", "wed", "wednesdays":
		return time.Wednesday, true
	case "thursday", "thu", "thursdays":
		return time.Thursday, true
	case "friday", "fri", "fridays":
		return time.Friday, true
	case "saturday", "sat", "saturdays":
		return time.Saturday, true
	}
	return 0, false
}

func month(t *token) (time.Month, bool) {
	if t.kind != word || !t.upper {
		return 0, false
	}
	switch t.fold {
	case "january", "jan":
		return time.January, true
	case "february", "feb":
		return time.February, true
	case "march", "mar":
		return time.March, true
	case "april", "apr":
		return time.April, true
	case "may":
		return time.May, true
	case "june", "jun":
		return time.June, true
	case "july", "jul":
		return time.July, true
	case "august", "aug":
		return time.August, true
	case "september", "sept", "sep":
		return time.September, true
	case "october", "oct":
		return time.October, true
	case "november", "nov":
		return time.November, true
	case "december", "dec":
		return time.December, true
	}
	return 0, false
}
