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
	return geoparse.New(g)
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

func TestRecognise(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text string
		want string // names, in order
	}{
		{"They bombed Stepanakert.", "Stepanakert"},
		{"They bombed STEPANAKERT and Şuşa.", "STEPANAKERT|Şuşa"},
		{"Armenia's army and the Azerbaijanis", "Armenia|Azerbaijanis"},
		{"along the line of contact, the contact line", "line of contact|contact line"},
		{"in Nagorno-Karabakh and Nagorno Karabakh", "Nagorno-Karabakh|Nagorno Karabakh"},
		{"The self-proclaimed Republic of Artsakh said so.", "Republic of Artsakh"},
		{"the U.S. and the United Kingdom", "U.S.|United Kingdom"},
		{"He told us that it would help us.", ""},
		{"They ate turkey on polish china.", ""},
		{"See also on France 24: the interview.", ""},
		{"mediators of the Minsk Group and the Minsk group", ""},
		{"under the Geneva Conventions and the Treaty of Paris", ""},
		{"a striker named Jordan Henderson", ""},
		{"He speaks French, she wrote in Turkish.", ""},
		{"Mr. Paris and Dr London met.", ""},
		{"all those over 18, 30,000 of them", ""},
		{"In France 24 people died.", "France"},
		{"Male residents left. Two boats lie in Malé.", "Malé"},
		{"see www.armenia.am or @Armenia", ""},
		{"the presidents of the territory, the region and the enclave", ""},
	} {
		var names []string
		for _, m := range parse(t, p, tt.text) {
			names = append(names, m.Name)
		}
		if got := strings.Join(names, "|"); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestResolve(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct{ text, name, want string }{
		{"Shells fell on Martuni, Stepanakert and Aghdam.", "Martuni", "gn:146969"},
		{"The people of Martuni, by the shore of Lake Sevan near Vardenis and Gavar, fish.", "Martuni", "gn:616438"},
		{"Officials in Artsakh said so.", "Artsakh", "cm:nagorno-karabakh"},
		{"Georgia closed its border.", "Georgia", "gn:614540"},
	} {
		found := false
		for _, m := range parse(t, p, tt.text) {
			if m.Name != tt.name {
				continue
			}
			found = true
			if m.Place.ID != tt.want {
				t.Errorf("%q: %s is %s, want %s", tt.text, tt.name, m.Place.ID, tt.want)
			}
			for _, id := range m.RunnersUp {
				if id == m.Place.ID {
					t.Errorf("%q: %s is its own runner-up", tt.text, tt.name)
				}
			}
		}
		if !found {
			t.Errorf("%q: %s not found", tt.text, tt.name)
		}
	}
}

func TestRoles(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text string
		want string // name=role, in order
	}{
		{"They are bombing Stepanakert.", "Stepanakert=site"},
		{"Stepanakert was shelled on Friday.", "Stepanakert=site"},
		{"Barda and Beylagan came under fire.", "Barda=site Beylagan=site"},
		{"Heavy fighting broke out on Sunday (September 27th) in Nagorno-Karabakh.", "Nagorno-Karabakh=site"},
		{"A war took place in Nagorno-Karabakh between 1988 and 1994.", "Nagorno-Karabakh=site"},
		{"Shells hit Stepanakert, in the Nagorno-Karabakh region.", "Stepanakert=site Nagorno-Karabakh=site"},
		{"Houses in Hadrut were hit by rockets.", "Hadrut=site"},
		{"Thousands fled from Hadrut to Goris.", "Hadrut=site Goris=setting"},
		{"Moscow called for a ceasefire.", "Moscow=actor"},
		{"Baku and Yerevan traded accusations.", "Baku=actor Yerevan=actor"},
		{"The territory is backed by Yerevan.", "Yerevan=actor"},
		{"Turkey, a traditional ally of Baku, accused Armenia.", "Turkey=actor Baku=actor Armenia=actor"},
		{"Armenia's attack was denied.", "Armenia=actor"},
		{"Fighting between Armenia and Azerbaijan went on.", "Armenia=actor Azerbaijan=actor"},
		{"It lies between Armenia and Azerbaijan.", "Armenia=setting Azerbaijan=setting"},
		{"In Baku, the president promised victory.", "Baku=setting"},
		{"The ministry in Baku said that Tartar was shelled.", "Baku=setting Tartar=site"},
		{"Azerbaijani forces and the president of Turkey", "Azerbaijani=affiliation Turkey=affiliation"},
		{"The Artsakh presidency and the Karabakh public ombudsperson spoke.", "Artsakh=affiliation Karabakh=affiliation"},
		{"They threatened to attack Yerevan.", "Yerevan=setting"},
		{"An attack on Ganja would be a disaster.", "Ganja=setting"},
		{"STEPANAKERT, Sept 27 - Nobody slept.", "STEPANAKERT=setting"},
		{"Since the fall of the Soviet Union it is calm.", "Soviet Union=setting"},
		{"After the fall of Shusha they left.", "Shusha=site"},
		{"An earthquake struck Baku and killed two people in Yerevan.", "Baku=setting Yerevan=setting"},
	} {
		var got []string
		for _, m := range parse(t, p, tt.text) {
			got = append(got, m.Name+"="+string(m.Role))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, s, tt.want)
		}
	}
}

func TestEvents(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text  string
		event geo.EventType
		days  string
		prec  geo.DatePrecision
		where geo.WherePrecision
	}{
		{"They bombed Stepanakert on Friday.", geo.Explosion, "2020-09-25/2020-09-25", geo.DateDay, geo.WhereExact},
		{"Clashes went on near Fuzuli overnight.", geo.Battle, "2020-09-26/2020-09-27", geo.DateDays, geo.WhereNear},
		{"In July 2020 they fought in Nagorno-Karabakh.", geo.Battle, "2020-07-01/2020-07-31", geo.DateMonth, geo.WhereProvince},
		{"There has been fighting along the line of contact since 2016.", geo.Battle, "2016-01-01/2020-09-27", geo.DateYear, geo.WhereArea},
		{"Demonstrators clashed with nobody; thousands protested in Gyumri.", geo.Protest, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"Gunmen attacked civilians in Goris.", geo.Civilians, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"Two villagers were murdered near Goris.", geo.Civilians, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereNear},
		{"Soldiers withdrew from Hadrut on 20 September.", geo.Strategic, "2020-09-20/2020-09-20", geo.DateDay, geo.WhereExact},
		{"Two people died in Goris.", geo.Casualties, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"Shelling killed two people in Goris.", geo.Explosion, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"An attack in Azerbaijan went unanswered.", geo.Battle, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereCountry},
	} {
		ms := sites(parse(t, p, tt.text))
		if len(ms) != 1 {
			t.Errorf("%q: %d sites, want 1", tt.text, len(ms))
			continue
		}
		m := ms[0]
		if m.Event != tt.event || m.Days.String() != tt.days || m.DatePrec != tt.prec || m.WherePrec != tt.where {
			t.Errorf("%q: got %s %v date_prec %d where_prec %d, want %s %s %d %d", tt.text,
				m.Event, m.Days, m.DatePrec, m.WherePrec, tt.event, tt.days, tt.prec, tt.where)
		}
	}
}

func sites(ms []geo.Mention) []geo.Mention {
	var out []geo.Mention
	for _, m := range ms {
		if m.Role == geo.Site {
			out = append(out, m)
		}
	}
	return out
}

// A sentence without a date takes that of the earlier sentence about the same event.
func TestInheritedDays(t *testing.T) {
	p := newParser(t)
	ms := sites(parse(t, p, "On 20 September they shelled Hadrut. Shells also fell on Martuni, Stepanakert and Aghdam."))
	for _, m := range ms {
		if got := m.Days.String(); got != "2020-09-20/2020-09-20" {
			t.Errorf("%s on %s, want 2020-09-20", m.Name, got)
		}
	}
	if len(ms) != 4 {
		t.Errorf("%d sites, want 4", len(ms))
	}
}

func TestClaims(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text  string
		claim geo.Claim
		by    string
	}{
		{"They shelled Hadrut.", geo.Reported, ""},
		{"They shelled Hadrut, the Armenian defence ministry said.", geo.Claimed, "the Armenian defence ministry"},
		{"According to the mayor, they shelled Hadrut.", geo.Claimed, "the mayor"},
		{"The Armenian defence ministry said that they shelled Hadrut.", geo.Claimed, "The Armenian defence ministry"},
		{"“They are shelling Hadrut”, said the spokesman.", geo.Claimed, "the spokesman"},
		{"The ministry said that they shelled Hadrut. Baku denied it.", geo.Denied, "The ministry"},
		{"The mayor came out. He said that they shelled Hadrut.", geo.Claimed, "The mayor"},
	} {
		ms := sites(parse(t, p, tt.text))
		if len(ms) != 1 || ms[0].Claim != tt.claim || ms[0].ClaimedBy != tt.by {
			t.Errorf("%q: got %+v, want %s by %q", tt.text, ms, tt.claim, tt.by)
		}
	}
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
	f.Fuzz(func(t *testing.T, text string) {
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
	})
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
	ms := geoparse.New(g).Parse(geo.Article{
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
