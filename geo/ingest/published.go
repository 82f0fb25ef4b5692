package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// ErrNoDay is returned, wrapped, for an article that doesn't say when it was
// published.
var ErrNoDay = errors.New("no publication day")

// dateWindow is how many code points of a text may hold its date. Further down
// a full date is more likely to be history.
const dateWindow = 600

const (
	month = `(J(?i:an(?:uary)?)|F(?i:eb(?:ruary)?)|M(?i:ar(?:ch)?)|A(?i:pr(?:il)?)|M(?i:ay)|J(?i:une?)|J(?i:uly?)|` +
		`A(?i:ug(?:ust)?)|S(?i:ept?(?:ember)?)|O(?i:ct(?:ober)?)|N(?i:ov(?:ember)?)|D(?i:ec(?:ember)?))\.?`
	dayOfMonth = `(\d{1,2})(?:st|nd|rd|th)?`
	year       = `((?:19|20)\d\d)`
	weekday    = `(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day`
	monthDay   = month + `\s+` + dayOfMonth + `\b`
	dayMonth   = `\b` + dayOfMonth + `\s+(?:of\s+)?` + month
)

var (
	// dateMark is the day of publication as the first of our sample articles
	// has it, at the very start of the text.
	dateMark = regexp.MustCompile(`^\s*(?i:date):?\s+(\d{4}-\d{2}-\d{2})\b`)

	isoDate    = regexp.MustCompile(`\b` + year + `-(\d{2})-(\d{2})(?:T|\b)`)
	dottedDate = regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.` + year + `\b`)
	dayFirst   = regexp.MustCompile(`\b` + dayOfMonth + `[\s-]+(?:of\s+)?` + month + `,?[\s-]+` + year + `\b`)
	monthFirst = regexp.MustCompile(`\b` + month + `\s+` + dayOfMonth + `,?\s+` + year + `\b`)

	withoutYear = regexp.MustCompile(`(?:` + weekday + `,?\s+)?(?:\((?:` + monthDay + `|` + dayMonth + `)\)|` + monthDay + `|` + dayMonth + `)`)
	withoutDay  = regexp.MustCompile(`\b` + month + `,?\s+` + year + `\b`)
	onlyWeekday = regexp.MustCompile(`\b` + weekday + `\b`)

	// A dateline is a place in front of the date and a dash or an agency
	// behind it: "KYIV, 3 March 2024 (Agency) –".
	datelinePlace = regexp.MustCompile(`(?:^|\n)[ \t]*\p{Lu}[^\n!?]{0,80}[,(][ \t]*$`)
	datelineDash  = regexp.MustCompile(`^\)?[ \t]*(?:\([^)\n]{1,40}\)|/[^/\n]{1,40}/)?[ \t]*(?:—|–|-|:)`)
)

// published settles the day of publication: the caller's, or else what the
// article's header says, the mark at its start, its dateline, the first full
// date near its start.
func (o Options) published(a *geo.Article) (geo.Day, error) {
	if o.Published != 0 {
		return o.Published, nil
	}
	if a.Published != 0 {
		return a.Published, nil
	}
	if m := dateMark.FindStringSubmatch(a.Text); m != nil {
		return geo.ParseDay(m[1])
	}
	return dayOfText(a.Text)
}

// found is a date with all its parts, as written at text[start:end]. The day
// is zero where the calendar has no such date.
type found struct {
	start, end int
	day        geo.Day
}

func dayOfText(text string) (geo.Day, error) {
	head := firstRunes(text, dateWindow)
	dates := fullDates(head)
	for _, d := range dates {
		if d.day != 0 && datelinePlace.MatchString(head[:d.start]) && datelineDash.MatchString(head[d.end:]) {
			return d.day, nil
		}
	}
	for _, d := range dates {
		if d.day != 0 {
			return d.day, nil
		}
	}
	return 0, fmt.Errorf("%w: %s; give --published YYYY-MM-DD", ErrNoDay, whatIsMissing(head, dates))
}

// whatIsMissing says why the text's own words don't make a date.
func whatIsMissing(head string, impossible []found) string {
	if len(impossible) > 0 {
		return fmt.Sprintf("the text says %q, which no calendar has", head[impossible[0].start:impossible[0].end])
	}
	if s := withoutYear.FindString(head); s != "" {
		return fmt.Sprintf("the text says %q without a year", s)
	}
	if s := withoutDay.FindString(head); s != "" {
		return fmt.Sprintf("the text says %q without a day", s)
	}
	if s := onlyWeekday.FindString(head); s != "" {
		return fmt.Sprintf("the text says %q without a date", s)
	}
	return fmt.Sprintf("no date among the first %d characters", dateWindow)
}

// fullDates finds the dates with year, month and day, in the order of the
// text. Numbers with slashes aren't read: 03/04/2020 is one day in London and
// another in New York.
func fullDates(text string) []found {
	var all []found
	add := func(re *regexp.Regexp, year, month, day int) {
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			part := func(i int) string { return text[m[2*i]:m[2*i+1]] }
			y, _ := strconv.Atoi(part(year))
			d, _ := strconv.Atoi(part(day))
			value, _ := geo.Date(y, monthOf(part(month)), d)
			all = append(all, found{m[0], m[1], value})
		}
	}
	add(isoDate, 1, 2, 3)
	add(dottedDate, 3, 2, 1)
	add(dayFirst, 3, 2, 1)
	add(monthFirst, 3, 1, 2)
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.start, b.start) })
	return all
}

// monthOf reads a month's number or English name; 0 is none.
func monthOf(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		return time.Month(n)
	}
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(s[:3], m.String()[:3]) {
			return m
		}
	}
	return 0
}

// parsePublished reads a date that stands alone: 2020-09-27, a timestamp that
// begins so, or any form that a text may use.
func parsePublished(value string) (geo.Day, error) {
	if day, err := geo.ParseDay(value); err == nil {
		return day, nil
	}
	for _, d := range fullDates(firstRunes(value, dateWindow)) {
		if d.day != 0 {
			return d.day, nil
		}
	}
	return 0, fmt.Errorf("%q is not a date of the form YYYY-MM-DD", firstRunes(value, 60))
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
