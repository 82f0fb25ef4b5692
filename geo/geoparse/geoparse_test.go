package geoparse_test

import (
	"fmt"
	"strings"
	"testing"

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

// The throughput must not fall as a text grows, whatever it repeats: MB/s of the
// small and of the large text are to be compared.
func BenchmarkParse(b *testing.B) {
	p := shippedParser(b)
	day := sunday(b)
	for name, unit := range hostileUnits() {
		for _, size := range []int{10_000, 1_000_000} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					p.Parse(geo.Article{Published: day, Text: text})
				}
			})
		}
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
