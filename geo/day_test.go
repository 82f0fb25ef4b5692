package geo_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// day parses what the test itself writes.
func day(t testing.TB, s string) geo.Day {
	t.Helper()
	d, err := geo.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDate(t *testing.T) {
	cases := []struct {
		year  int
		month time.Month
		day   int
		want  geo.Day
		ok    bool
	}{
		{1, 1, 1, 1, true},
		{1, 12, 31, 365, true},
		{1969, 12, 31, 719162, true},
		{1970, 1, 1, 719163, true}, // Rata Die of the Unix epoch
		{2020, 9, 27, 737695, true},
		{9999, 12, 31, geo.MaxDay, true},
		{2020, 2, 29, 737484, true},
		{2021, 2, 29, 0, false},
		{1900, 2, 29, 0, false},
		{2000, 2, 29, 730179, true},
		{2020, 9, 31, 0, false},
		{2020, 9, 0, 0, false},
		{2020, 0, 1, 0, false},
		{2020, 13, 1, 0, false},
		{0, 1, 1, 0, false},
		{-1, 1, 1, 0, false},
		{10000, 1, 1, 0, false},
	}
	for _, c := range cases {
		got, ok := geo.Date(c.year, c.month, c.day)
		if got != c.want || ok != c.ok {
			t.Errorf("Date(%d, %d, %d) = %d, %t; want %d, %t", c.year, c.month, c.day, got, ok, c.want, c.ok)
		}
	}
}

func TestEveryDayComesBack(t *testing.T) {
	month := time.Month(0)
	for d := geo.Day(1); d <= geo.MaxDay; d += 13 {
		year, m, dayOfMonth := d.Civil()
		if back, ok := geo.Date(year, m, dayOfMonth); !ok || back != d {
			t.Fatalf("day %d is %d-%d-%d, which is day %d, %t", d, year, m, dayOfMonth, back, ok)
		}
		if m == month {
			continue // the text form once a month is enough
		}
		month = m
		if back, err := geo.ParseDay(d.String()); err != nil || back != d {
			t.Fatalf("day %d is written %q and read as %d, %v", d, d, back, err)
		}
	}
}

func TestParseDayRefuses(t *testing.T) {
	for _, s := range []string{
		"", " ", "2020", "2020-09", "2020-9-27", "2020-09-7", "20200927", "27.09.2020", "2020-09-27 ", " 2020-09-27", "2020-09-27T00:00:00Z",
		"2020-02-30", "2021-02-29", "2020-00-10", "2020-13-01", "2020-01-00", "0000-12-31", "-001-01-01", "+020-01-01", "10000-01-01", "12020-01-01",
		"２０２０-09-27", "2020–09–27", "2020-09-27\x00", "..",
	} {
		if d, err := geo.ParseDay(s); err == nil {
			t.Errorf("ParseDay(%q) = %s, want an error", s, d)
		} else if d != 0 {
			t.Errorf("ParseDay(%q) = %s along with the error %v", s, d, err)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2020-09-27", "0001-01-01", "9999-12-31", "2020-02-30", "", "0000-00-00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := geo.ParseDay(s)
		if err != nil {
			return
		}
		if d < 1 || d > geo.MaxDay || d.String() != s {
			t.Errorf("ParseDay(%q) = %d, which is written %q", s, d, d)
		}
	})
}

func TestDayOfIsTheCivilDate(t *testing.T) {
	yerevan := time.FixedZone("+04", 4*3600)
	lateEvening := time.Date(2020, 9, 26, 22, 0, 0, 0, time.UTC)
	if got := geo.DayOf(lateEvening); got != day(t, "2020-09-26") {
		t.Errorf("in UTC it is %s", got)
	}
	if got := geo.DayOf(lateEvening.In(yerevan)); got != day(t, "2020-09-27") {
		t.Errorf("four hours east it is %s", got)
	}
	if got := geo.DayOf(time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)); got != 0 {
		t.Errorf("the year 12000 gives %d", got)
	}
	if got := day(t, "2020-09-27").Weekday(); got != time.Sunday {
		t.Errorf("2020-09-27 is a %s", got)
	}
}

func TestDayText(t *testing.T) {
	type row struct {
		Day geo.Day `json:"day"`
	}
	for d, want := range map[geo.Day]string{0: `{"day":""}`, 737695: `{"day":"2020-09-27"}`} {
		got, err := json.Marshal(row{d})
		if err != nil || string(got) != want {
			t.Errorf("day %d is %s, %v; want %s", d, got, err, want)
		}
		var back row
		if err := json.Unmarshal(got, &back); err != nil || back.Day != d {
			t.Errorf("%s is read as %d, %v", got, back.Day, err)
		}
	}
	d := geo.Day(5)
	if err := d.UnmarshalText([]byte("soon")); err == nil || d != 5 {
		t.Errorf("bad text gives %v and changes the day to %d", err, d)
	}
}

func TestOverlaps(t *testing.T) {
	i := func(from, to geo.Day) geo.Interval { return geo.Interval{From: from, To: to} }
	cases := []struct {
		a, b geo.Interval
		want bool
	}{
		{i(10, 20), i(20, 30), true}, // both ends count
		{i(10, 20), i(21, 30), false},
		{i(10, 20), i(1, 9), false},
		{i(10, 20), i(12, 13), true},
		{i(10, 20), i(0, 10), true}, // open ends
		{i(10, 20), i(0, 9), false},
		{i(10, 20), i(20, 0), true},
		{i(10, 20), i(21, 0), false},
		{i(10, 20), i(0, 0), true},
		{i(0, 0), i(0, 0), true},
		{i(0, 5), i(4, 0), true},
		{i(0, 5), i(6, 0), false},
		{i(7, 7), i(7, 7), true},
	}
	for _, c := range cases {
		for _, o := range [][2]geo.Interval{{c.a, c.b}, {c.b, c.a}} {
			if got := o[0].Overlaps(o[1]); got != c.want {
				t.Errorf("%v overlaps %v: %t, want %t", o[0], o[1], got, c.want)
			}
		}
	}
}

func ExampleInterval_String() {
	from, _ := geo.ParseDay("2020-09-27")
	fmt.Println(geo.Interval{From: from, To: from + 1})
	fmt.Println(geo.Interval{From: from})
	// Output:
	// 2020-09-27/2020-09-28
	// 2020-09-27/..
}
