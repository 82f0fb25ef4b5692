package geoparse_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

func newParser(t testing.TB) *geoparse.Parser {
	t.Helper()
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return geoparse.New(g, nil)
}

// sunday is the day on which the texts of these tests were published.
func sunday(t testing.TB) geo.Day {
	t.Helper()
	d, ok := geo.Date(2020, 9, 27)
	if !ok {
		t.Fatal("2020-09-27 is no day")
	}
	return d
}

func parse(t testing.TB, p *geoparse.Parser, text string) []geo.Mention {
	t.Helper()
	return p.Parse(geo.Article{ID: "a", Published: sunday(t), Text: text})
}

// What the issue of the main job asks of every mention.
func TestMentionsAreWhole(t *testing.T) {
	p := newParser(t)
	text := " Émigrés 🙂 said: “Early this morning they bombed Stepanakert.” Moscow called for calm."
	for _, m := range parse(t, p, text) {
		if got := string([]rune(text)[m.Start:m.End]); got != m.Name {
			t.Errorf("the text at %d:%d is %q, not %q", m.Start, m.End, got, m.Name)
		}
		if s := string([]rune(text)[m.SentenceStart:]); !strings.HasPrefix(s, m.Sentence) {
			t.Errorf("the sentence of %s is not at %d", m.Name, m.SentenceStart)
		}
		if m.Confidence <= 0 || m.Confidence > 1 || len(m.Reasons) == 0 {
			t.Errorf("%s: confidence %v for %v", m.Name, m.Confidence, m.Reasons)
		}
		if (m.Role == geo.Site) != (m.Event != "") || (m.Role == geo.Site) != (m.Claim != "") {
			t.Errorf("%s: role %s with event %q and claim %q", m.Name, m.Role, m.Event, m.Claim)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("Heavy fighting broke out on Sunday (September 27th) in Nagorno-Karabakh, the two sides said.")
	f.Add("“They are bombing Stepanakert (the capital)”, said X. \"Y\" ( ) \u202e U.S. 'S 30,000 May 2020-09-27")
	f.Add(" date 2020-09-27 Armenia’s and Baku's\n\n— ; : ( “")
	f.Add("\xff\xfe\x00Yerevan\x00")
	p := newParser(f)
	f.Fuzz(func(t *testing.T, text string) { checkOffsets(t, p, text) })
}

// checkOffsets parses any text at all and compares names with what stands at their offsets.
func checkOffsets(t *testing.T, p *geoparse.Parser, text string) {
	if len(text) > 1<<16 {
		t.Skip()
	}
	ms := p.Parse(geo.Article{Published: sunday(t), Text: text})
	if !utf8.ValidString(text) {
		return // offsets count code points of valid text; ingest refuses the rest
	}
	runes := []rune(text)
	last := 0
	for _, m := range ms {
		if m.Start < last || m.Start >= m.End || m.End > len(runes) || string(runes[m.Start:m.End]) != m.Name {
			t.Fatalf("mention %q at %d:%d", m.Name, m.Start, m.End)
		}
		last = m.End
		if m.Days.From > m.Days.To {
			t.Fatalf("%s: days %v", m.Name, m.Days)
		}
	}
}

// A text of one endless sentence of capitals takes time in proportion to its length.
func BenchmarkParse(b *testing.B) {
	p := newParser(b)
	day := sunday(b)
	for _, bb := range []struct{ name, text string }{
		{"news", strings.Repeat("Heavy fighting broke out on Sunday in Nagorno-Karabakh, the Armenian defence ministry said. Moscow called for a ceasefire. Shells fell on Stepanakert, Martuni and Hadrut overnight.\n\n", 50)},
		{"capitals", strings.Repeat("YEREVAN ", 20_000)},
		{"capitals x10", strings.Repeat("YEREVAN ", 200_000)},
		{"open quotes", strings.Repeat("“Baku (was shelled, ", 5_000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				p.Parse(geo.Article{Published: day, Text: bb.text})
			}
		})
	}
}

func ExampleParser_Parse() {
	g, err := gazetteer.Builtin()
	if err != nil {
		fmt.Println(err)
		return
	}
	published, _ := geo.ParseDay("2020-09-27")
	ms := geoparse.New(g, nil).Parse(geo.Article{
		Published: published,
		Text:      "Shells hit Stepanakert on Friday. Moscow called for a ceasefire.",
	})
	for _, m := range ms {
		fmt.Println(m.Name, m.Role, m.Event, m.Days.From)
	}
	// Output:
	// Stepanakert site explosion 2020-09-25
	// Moscow actor
}
