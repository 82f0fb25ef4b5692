package index

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// undated finds the rows without days of an event by the day on which their
// article was published.
type undated struct {
	dated uint32  // the rows before have days
	first geo.Day // the day of the second list; the first one is of unknown days
	byDay lists   // of rows, less dated
}

func newUndated(t *table, published []geo.Day) undated {
	u := undated{dated: uint32(t.dated)}
	last := geo.Day(0)
	for _, a := range t.article[t.dated:] {
		if day := published[a]; day != 0 {
			if u.first == 0 || day < u.first {
				u.first = day
			}
			last = max(last, day)
		}
	}
	days := make([]uint32, t.len()-t.dated)
	for i, a := range t.article[t.dated:] {
		if day := published[a]; day != 0 {
			days[i] = uint32(day-u.first) + 1
		}
	}
	u.byDay = listsOf(int(last-u.first)+2, days)
	return u
}

// overlapping returns the rows whose articles were published from first to last,
// or on a day that nobody knows; ascending. False: there are so many that all are
// as quickly looked at.
func (u *undated) overlapping(first, last geo.Day) ([]uint32, bool) {
	const few = 4 // of so many, those looked for are few
	known := len(u.byDay.starts) - 2
	from, to := int(max(first, u.first)-u.first), int(min(last-u.first+1, geo.Day(known)))
	var rows []uint32
	n := u.byDay.count(0)
	if from < to && known > 0 {
		n += int(u.byDay.starts[to+1] - u.byDay.starts[from+1])
	}
	if n > len(u.byDay.rows)/few {
		return nil, false
	}
	rows = append(make([]uint32, 0, n), u.byDay.of(0)...)
	if from < to && known > 0 {
		rows = append(rows, u.byDay.rows[u.byDay.starts[from+1]:u.byDay.starts[to+1]]...)
	}
	for i := range rows {
		rows[i] += u.dated
	}
	slices.Sort(rows)
	return rows, true
}
