package geoparse_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

func day(t *testing.T, s string) geo.Day {
	t.Helper()
	d, err := geo.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The dates of an article published on Sunday, 27 September 2020.
func TestDates(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // OGC intervals in order
	}{
		{"Fighting broke out on Sunday morning.", []string{"2020-09-27/2020-09-27"}},
		{"It began on Sunday (September 27th) at dawn.", []string{"2020-09-27/2020-09-27"}},
		{"He had threatened them on Friday 25th with reprisals.", []string{"2020-09-25/2020-09-25"}},
		{"Shells fell on Monday.", []string{"2020-09-21/2020-09-21"}},
		{"Shells fell last Sunday.", []string{"2020-09-20/2020-09-20"}},
		{"They met on 3 October.", []string{"2019-10-03/2019-10-03"}},
		{"Shelling was reported on 12 July and again on July 14.", []string{"2020-07-12/2020-07-12", "2020-07-14/2020-07-14"}},
		{"They fought in July 2020.", []string{"2020-07-01/2020-07-31"}},
		{"They fought in July.", []string{"2020-07-01/2020-07-31"}},
		{"They fought in November.", []string{"2019-11-01/2019-11-30"}},
		{"In 2016, clashes broke out.", []string{"2016-01-01/2016-12-31"}},
		{"A war took place between 1988 and 1994.", []string{"1988-01-01/1994-12-31"}},
		{"Tensions have grown since 2016.", []string{"2016-01-01/2020-09-27"}},
		{"Since Friday the road is shut.", []string{"2020-09-25/2020-09-27"}},
		{"It was bombed overnight.", []string{"2020-09-26/2020-09-27"}},
		{"In the night to Tuesday it was bombed.", []string{"2020-09-21/2020-09-22"}},
		{"From 22 to 24 September they fought.", []string{"2020-09-22/2020-09-24"}},
		{"On 22-24 September they fought.", []string{"2020-09-22/2020-09-24"}},
		{"It happened yesterday.", []string{"2020-09-26/2020-09-26"}},
		{"It happened last week.", []string{"2020-09-14/2020-09-20"}},
		{"It happened last month.", []string{"2020-08-01/2020-08-31"}},
		{"It happened three days ago.", []string{"2020-09-24/2020-09-24"}},
		{"They fled on 20 September. Two days earlier the bridge had gone.", []string{"2020-09-20/2020-09-20", "2020-09-18/2020-09-18"}},
		{"On 2020-09-26 the post was shelled.", []string{"2020-09-26/2020-09-26"}},
		{"Early this morning they attacked.", []string{"2020-09-27/2020-09-27"}},
		{"The war claimed 30,000 lives, for those over 18, said France 24.", nil},
		{"About 1,500 men and 2016 shells.", nil},
		{"They may march in protest.", nil},
		{"In February 30 people died.", []string{"2020-02-01/2020-02-29"}},
	} {
		got := geoparse.Dates(tt.text, day(t, "2020-09-27"))
		if len(got) != len(tt.want) {
			t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
			continue
		}
		for i := range got {
			if got[i].String() != tt.want[i] {
				t.Errorf("%q: date %d is %v, want %v", tt.text, i, got[i], tt.want[i])
			}
		}
	}
}

// Without a day of publication only full dates are known.
func TestDatesWithoutPublication(t *testing.T) {
	got := geoparse.Dates("On Sunday, 27 September 2020, after a calm Saturday and since March, in 2016.", 0)
	want := []string{"2020-09-27/2020-09-27", "2016-01-01/2016-12-31"}
	if len(got) != len(want) || got[0].String() != want[0] || got[1].String() != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}
