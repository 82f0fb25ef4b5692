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
		{"It happened overnight to Saturday.", []string{"2020-09-25/2020-09-26"}},
		{"Early on Tuesday they attacked.", []string{"2020-09-22/2020-09-22"}},
		{"On the night of 5 May a bridge fell.", []string{"2020-05-05/2020-05-05"}},
		{"A week ago it was calm.", []string{"2020-09-20/2020-09-20"}},
		{"They died on Friday, and the previous day two more had died.", []string{"2020-09-25/2020-09-25", "2020-09-24/2020-09-24"}},
		{"He was shot on 3 May 2014 and buried the next day.", []string{"2014-05-03/2014-05-03", "2014-05-04/2014-05-04"}},
		{"It began on 3 May 2014. The following Sunday it ended.", []string{"2014-05-03/2014-05-03", "2014-05-04/2014-05-04"}},
		{"He fled in May 2014. A month later the town fell.", []string{"2014-05-01/2014-05-31", "2014-06-01/2014-06-30"}},
		{"Fighting raged from 17–19 May.", []string{"2020-05-17/2020-05-19"}},
		{"They fought from 3 to 5 May.", []string{"2020-05-03/2020-05-05"}},
		{"They fought from 29 April to 3 May 1992.", []string{"1992-04-29/1992-05-03"}},
		{"Soldiers killed 71 men in March and April 2020.", []string{"2020-03-01/2020-04-30"}},
		{"They fought there between October and May.", []string{"2019-10-01/2020-05-31"}},
		{"They fought from Monday to Friday.", []string{"2020-09-21/2020-09-25"}},
		{"They fought from Monday until Sunday.", []string{"2020-09-21/2020-09-27"}},
		{"In 2003 and 2004 they burned villages.", []string{"2003-01-01/2004-12-31"}},
		{"The war of 1988–94 was over.", []string{"1988-01-01/1994-12-31"}},
		{"In early May they came.", []string{"2020-05-01/2020-05-10"}},
		{"In mid-2014 they came.", []string{"2014-05-01/2014-08-31"}},
		{"In the 1990s they came.", []string{"1990-01-01/1999-12-31"}},
		{"In the summer of 2014 they came.", []string{"2014-06-01/2014-08-31"}},
		{"Last winter they came.", []string{"2019-12-01/2020-02-29"}},
		{"In June last year they came.", []string{"2019-06-01/2019-06-30"}},
		{"In 2014 they came, and in June of that year they left.", []string{"2014-01-01/2014-12-31", "2014-06-01/2014-06-30"}},
		{"On 27/9/2020 and 26.09.2020 and 9/25/2020.", []string{"2020-09-27/2020-09-27", "2020-09-26/2020-09-26", "2020-09-25/2020-09-25"}},
		{"On 2 September they came; on the 7th they left.", []string{"2020-09-02/2020-09-02", "2020-09-07/2020-09-07"}},
		{"On the 7th anniversary the 9th brigade marched.", nil},
		{"At the weekend they came.", []string{"2020-09-26/2020-09-27"}},
		{"In the past 24 hours two died.", []string{"2020-09-26/2020-09-27"}},
		{"In recent days two died.", []string{"2020-09-24/2020-09-27"}},
		{"Two died on Saturday, a day after gunmen stormed the town.", []string{"2020-09-26/2020-09-26", "2020-09-25/2020-09-25"}},
		{"In 1992 the war came. On 2 March shells fell, and on Friday none.", []string{"1992-01-01/1992-12-31", "1992-03-02/1992-03-02", "2020-09-25/2020-09-25"}},
		{"For three days the boy, 12, waited for 2,016 men of the 102nd brigade.", nil},
		{"April Smith and Theresa May met Augusto in a second attempt.", nil},
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

// Whatever the text, days are in order and expressions stand within it.
func FuzzDates(f *testing.F) {
	f.Add("On Sunday (September 27th) and 28 and 29 May 1992, overnight to 3 July, from October to May, since 27.09.2020", int32(737695))
	f.Add("two days after the 9th of the month; the following Sunday, mid-1990s–94, the night before the eve of 31 February", int32(0))
	f.Add("early winter 9999, in the last 999 years, 12 months ago, between 1 and 31 February 0001 until the weekend before", int32(1))
	f.Fuzz(func(t *testing.T, text string, published int32) {
		if len(text) > 1<<16 || published < 0 || geo.Day(published) > geo.MaxDay {
			t.Skip()
		}
		for _, days := range geoparse.Dates(text, geo.Day(published)) {
			if days.From <= 0 || days.To < days.From {
				t.Errorf("%q: days %d to %d", text, days.From, days.To)
			}
		}
	})
}
