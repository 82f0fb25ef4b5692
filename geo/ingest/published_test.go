package ingest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/ingest"
)

// readOne reads a single text from standard input.
func readOne(opts ingest.Options, text string) (geo.Article, error) {
	opts.Stdin = strings.NewReader(text)
	for d, err := range ingest.Read(opts, "-") {
		return d.Article, err
	}
	return geo.Article{}, errors.New("nothing was read")
}

func TestPublicationDay(t *testing.T) {
	far := strings.Repeat("words ", 120)
	for name, c := range map[string]struct{ text, want string }{
		"header":                       {"Date: 2020-09-27\n\nShelling on 1 October 2020.", "2020-09-27"},
		"header as a timestamp":        {"Title: x\nDate: 2020-09-27T23:30:00+04:00\n\nShelling.", "2020-09-27"},
		"header as mail has it":        {"Date: Sun, 27 Sep 2020 10:00:00 GMT\n\nShelling.", "2020-09-27"},
		"mark at the start":            {" date 2020-09-27 Heavy fighting on 1 October 2020.", "2020-09-27"},
		"dateline":                     {"STEPANAKERT, Sept 27, 2020 — Shells fell.", "2020-09-27"},
		"dateline with an agency":      {"KYIV, 3 March 2024 (Agency) – Drones.", "2024-03-03"},
		"dateline with agency slashes": {"KYIV, March 3, 2024 /Agency/ - Drones.", "2024-03-03"},
		"dateline in brackets":         {"Stepanakert (27 September 2020) - Shells fell.", "2020-09-27"},
		"dateline beats an older date": {"What 12 May 1994 settled\n\nBAKU, 3 October 2020 — Talks.", "2020-10-03"},
		"day first":                    {"Shells fell on 27 September 2020 in Stepanakert.", "2020-09-27"},
		"day of month":                 {"On the 27th of September 2020 shells fell.", "2020-09-27"},
		"month first":                  {"On September 27th, 2020, shells fell.", "2020-09-27"},
		"capitals":                     {"SEPTEMBER 27, 2020. SHELLS.", "2020-09-27"},
		"hyphens":                      {"27-Sep-2020 shells fell", "2020-09-27"},
		"iso":                          {"Posted 2020-09-27, shells fell", "2020-09-27"},
		"dots":                         {"Am 27.09.2020 shells fell", "2020-09-27"},
		"the first of two":             {"On 27 September 2020 and on 1 October 2020.", "2020-09-27"},
		"impossible ones are passed":   {"On 31 September 2020, that is 1 October 2020.", "2020-10-01"},
		"leap day":                     {"On 29 February 2020.", "2020-02-29"},
		"date without year first":      {"On 25 September, and on 27 September 2020.", "2020-09-27"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := readOne(ingest.Options{}, c.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Published.String(); got != c.want {
				t.Errorf("published %s, want %s", got, c.want)
			}
		})
	}
	for name, c := range map[string]struct{ text, quotes string }{
		"weekday and day":    {"Heavy fighting erupted on Sunday (September 27th) in Nagorno-Karabakh.", `"Sunday (September 27th)" without a year`},
		"day and month":      {"Fighting on Friday, 25 September in the hills.", `"Friday, 25 September" without a year`},
		"month and year":     {"In September 2020 fighting began.", `"September 2020" without a day`},
		"weekday":            {"Fighting began on Sunday.", `"Sunday" without a date`},
		"nothing":            {"Fighting began.", "no date among the first 600 characters"},
		"slashes":            {"On 03/04/2020 fighting began.", "no date among"},
		"impossible":         {"On 31 September 2020 fighting began.", `"31 September 2020", which no calendar has`},
		"too far down":       {far + "27 September 2020", "no date among"},
		"numbers":            {"Over 18 and 30,000 lives. May 2 people.", `"May 2" without a year`},
		"a clock is no year": {"On Sept 27, 1200 GMT.", `"Sept 27" without a year`},
	} {
		t.Run("refused: "+name, func(t *testing.T) {
			_, err := readOne(ingest.Options{}, c.text)
			if !errors.Is(err, ingest.ErrNoDay) {
				t.Fatalf("error is %v, want ErrNoDay", err)
			}
			for _, want := range []string{"standard input: no publication day: ", c.quotes, "; give --published YYYY-MM-DD"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the message %q lacks %q", err, want)
				}
			}
		})
	}
}

func TestTheCallersDayWins(t *testing.T) {
	day, _ := geo.Date(2020, 9, 30)
	for _, text := range []string{"Date: 2020-09-27\n\nShells.", " date 2020-09-27 Shells.", " date 2020-99-99 Shells.", "Shells."} {
		a, err := readOne(ingest.Options{Published: day}, text)
		if err != nil || a.Published != day {
			t.Errorf("%q: published %s, error %v; want %s", text, a.Published, err, day)
		}
	}
}

func TestWrongDaysAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"Date: Sunday\n\nShells fell on 27 September 2020.": `header: Date "Sunday" is not a date`,
		"Date: 2020-02-30\n\nShells fell.":                  `header: Date "2020-02-30" is`,
		" date 2020-13-01 Shells fell.":                     `"2020-13-01" is no day of the calendar`,
	} {
		if _, err := readOne(ingest.Options{}, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

func FuzzPublicationDay(f *testing.F) {
	for _, s := range []string{
		" date 2020-09-27 Heavy fighting", "STEPANAKERT, Sept 27, 2020 — Shells", "Sunday (September 27th)", "31.02.2020",
		"Title: a\nDate: 2020-09-27\n\ntext", "Date: \n\n", "(May 3) 1999-99-99", "ſept 27, 2020", "27 Sept. 2020 -", "\ufeffTitle: x\r\n\r\ny 1 May 2020",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := readOne(ingest.Options{}, text)
		if err != nil {
			return
		}
		if a.Published < 1 || a.Published > geo.MaxDay {
			t.Errorf("published %d lies outside the calendar", a.Published)
		}
		if !strings.HasSuffix(text, a.Text) || a.Text == "" {
			t.Errorf("the text %q isn't the end of the file %q", a.Text, text)
		}
	})
}
