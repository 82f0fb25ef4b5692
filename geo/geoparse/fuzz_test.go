package geoparse_test

import (
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// shippedParser is the parser that users have, with its models.
func shippedParser(t testing.TB) *geoparse.Parser {
	t.Helper()
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	models, err := geoparse.BuiltinModels()
	if err != nil {
		t.Fatal(err)
	}
	return geoparse.New(g, models)
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"Heavy fighting broke out on Sunday (September 27th) in Nagorno-Karabakh, the two sides said.",
		"“They are bombing Stepanakert (the capital)”, said X. \"Y\" ( ) \u202e U.S. 'S 30,000 May 2020-09-27",
		" date 2020-09-27 Armenia’s and Baku's\n\n— ; : ( “",
		"\xff\xfe\x00Yerevan\x00",
		"YEREVAN, BAKU, GORIS, KAPAN AND KYIV SHELLED OVERNIGHT - MINISTRY",
		"Paris, Texas. 15 km south of Fuzuli, between Goris and Kapan; near Barda, the Hadrut–Jabrayil road",
		"They are bombing St. Paul's, Fla., in the Gulf of Aden—South Korean \u202eKYIV\u202c Ağ\u00addam 's",
		"kharkiv shelled\n\nTWO KILLED IN KHARKIV REGION\n\nA. B. C. of the of",
		"Cn\u045d" + strings.Repeat("\x9d", 400) + "C",
		"İstanbul’da ǅ ﬁ ß Ⅻ 🙂 Е\u0301реван (Երևան) 2020-09-31 31/12/99 between 1988 and 1988",
	} {
		f.Add(text)
	}
	p := shippedParser(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			t.Skip()
		}
		article := geo.Article{ID: "a", Published: sunday(t), Text: text}
		ms := p.Parse(article)
		if again := p.Parse(article); !reflect.DeepEqual(ms, again) {
			t.Fatalf("two parses of a text differ:\n%+v\n%+v", ms, again)
		}
		if !utf8.ValidString(text) {
			return // offsets count code points of valid text; ingest refuses the rest
		}
		runes := []rune(text)
		last := 0
		for i := range ms {
			if m := &ms[i]; m.Start < last {
				t.Fatalf("mention %q at %d begins before the last one ends, at %d", m.Name, m.Start, last)
			}
			checkMention(t, &ms[i], runes)
			last = ms[i].End
		}
	})
}

// checkMention holds for every mention of every text.
func checkMention(t *testing.T, m *geo.Mention, text []rune) {
	t.Helper()
	if m.Start < 0 || m.Start >= m.End || m.End > len(text) || string(text[m.Start:m.End]) != m.Name {
		t.Fatalf("mention %q at %d:%d", m.Name, m.Start, m.End)
	}
	if m.SentenceStart < 0 || m.SentenceStart > m.Start || !strings.HasPrefix(string(text[m.SentenceStart:]), m.Sentence) {
		t.Fatalf("%s: the sentence isn't at %d", m.Name, m.SentenceStart)
	}
	if !slices.Contains(geo.Roles(), m.Role) {
		t.Fatalf("%s: role %q", m.Name, m.Role)
	}
	site := m.Role == geo.Site
	if site != slices.Contains(geo.EventTypes(), m.Event) || site != slices.Contains(geo.Claims(), m.Claim) {
		t.Fatalf("%s: role %s with event %q and claim %q", m.Name, m.Role, m.Event, m.Claim)
	}
	if m.Days.From > m.Days.To || site && m.Days.IsZero() || !site && !m.Days.IsZero() {
		t.Fatalf("%s: role %s with days %v", m.Name, m.Role, m.Days)
	}
	if !(m.Confidence >= 0 && m.Confidence <= 1) {
		t.Fatalf("%s: confidence %v", m.Name, m.Confidence)
	}
}

// counting counts what is asked of a gazetteer.
type counting struct {
	geoparse.Gazetteer
	words *int
}

func (c counting) Longest(folded []string) (int, []gazetteer.Hit) {
	*c.words += len(folded)
	return c.Gazetteer.Longest(folded)
}

// cost is what a parse takes of things that can be counted.
type cost struct{ allocations, bytes, words int }

func costOf(t *testing.T, g geoparse.Gazetteer, models geoparse.Models, text string) cost {
	t.Helper()
	words := 0
	a := geo.Article{Published: sunday(t), Text: text}
	geoparse.New(g, models).Parse(a) // fills the caches of the gazetteer
	p := geoparse.New(counting{g, &words}, models)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	p.Parse(a)
	runtime.ReadMemStats(&after)
	return cost{int(after.Mallocs - before.Mallocs), int(after.TotalAlloc - before.TotalAlloc), words}
}

// Four times the text takes at most six times the memory, in pieces and in
// bytes, and six times the look-ups. A clock would say more, but not the same
// twice; BenchmarkParse has one.
func TestLinearInLength(t *testing.T) {
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	models, err := geoparse.BuiltinModels()
	if err != nil {
		t.Fatal(err)
	}
	const size = 1 << 13 // some sentences of the greatest length
	for name, unit := range hostileUnits() {
		n := size / len(unit)
		one, four := costOf(t, g, models, strings.Repeat(unit, n)), costOf(t, g, models, strings.Repeat(unit, 4*n))
		const spare = 1000 // what the runtime may do in between
		if four.allocations > 6*one.allocations+spare || four.bytes > 6*one.bytes+1000*spare || four.words > 6*one.words {
			t.Errorf("%s: %d bytes of text cost %+v, four times as many %+v", name, n*len(unit), one, four)
		}
	}
}

// hostileUnits are texts to repeat: each is hard for some part of the parser.
func hostileUnits() map[string]string {
	return map[string]string{
		"news":             "Heavy fighting broke out on Sunday in Nagorno-Karabakh, the Armenian defence ministry said. Moscow called for a ceasefire. Shells fell on Stepanakert, Martuni and Hadrut overnight.\n\n",
		"one name":         "Yerevan ",
		"one name, caps":   "YEREVAN ",
		"unknown capitals": "QWXZ VBNM ",
		"open quotes":      "“Baku (was shelled, ",
		"one long word":    "Aa",
		"lists":            "Goris, Kapan and Baku, ",
		"dates":            "2020-09-27 on 27 September last Sunday ",
		"ambiguous":        "San Jose, San Antonio; ",
		"event words":      "attack shelling war clashes killed ",
		"hyphens":          "Goris-Kapan-",
		"paragraphs":       "Goris\n\n",
		"spaces":           " \n",
		"periods":          "U.S.",
		"prepositions":     "in the of between and ",
	}
}
