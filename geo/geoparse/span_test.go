package geoparse_test

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// newTagger returns a parser with the built-in model of the span seam.
func newTagger(t testing.TB) *geoparse.Parser {
	t.Helper()
	models, err := geoparse.BuiltinModels()
	if err != nil {
		t.Fatal(err)
	}
	if models[geoparse.SpanSeam] == nil {
		t.Skip("no model of the span seam")
	}
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return geoparse.New(g, geoparse.Models{geoparse.SpanSeam: models[geoparse.SpanSeam]})
}

func TestTaggedSpans(t *testing.T) {
	p := newTagger(t)
	for _, tt := range []struct {
		name, text string
		want       string // names, in order
	}{
		{"plain", "Shells hit the outskirts of Stepanakert on Sunday, officials said.", "Stepanakert"},
		{"possessive", "Armenia's army shelled Kharkiv's suburbs.", "Armenia|Kharkiv"},
		{"demonym", "Azerbaijani forces and the Armenians met Turkish officials.", "Azerbaijani|Armenians|Turkish"},
		{"demonym of two words", "South Korean troops fired on a North Korean boat.", "South Korean|North Korean"},
		{"division", "Fighting went on in the Kharkiv region and in Afrin district.", "Kharkiv region|Afrin district"},
		{"gulf", "Pirates boarded a tanker in the Gulf of Aden.", "Gulf of Aden"},
		{"line", "Shots were heard along the line of contact.", "line of contact"},
		{"town and country", "The explosion happened in Paris, Texas, police said.", "Paris|Texas"},
		{"hyphens", "A war over Nagorno-Karabakh began near Sharm el-Sheikh.", "Nagorno-Karabakh|Sharm el-Sheikh"},
		{"two by a hyphen", "They closed the Kyrgyz-Tajik border.", "Kyrgyz|Tajik"},
		{"compass", "Troops entered eastern Aleppo and South Kordofan.", "Aleppo|South Kordofan"},
		{"article", "The government of the Netherlands called on the Gambia.", "Netherlands|Gambia"},
		{"facility", "Rockets struck the Kakhovka dam on Monday.", "Kakhovka dam"},
		{"person", "The captain, Jordan Henderson, spoke. Henderson said that he would stay.", ""},
		{"title", "Dr. Paris met Mr Washington on Monday.", ""},
		{"paper", "France 24 said on Monday that it had no interview.", ""},
		{"treaty", "Under the Geneva Conventions and the Treaty of Lausanne, this is a crime.", ""},
		{"group", "The co-chairs of the Minsk Group met fighters of the Arakan Army.", ""},
		{"company", "The Bank of Khartoum closed its doors.", ""},
		{"heading in capitals", "TWO KILLED AS DRONES HIT KHARKIV\n\nTwo people died in Kharkiv on Sunday.", "KHARKIV|Kharkiv"},
		{"heading in lower case", "two killed as russia strikes kharkiv\n\nTwo people died in Kharkiv on Sunday.", "russia|kharkiv|Kharkiv"},
		{"dateline", "KYIV, Ukraine (AP) — Drones hit Odesa overnight, the governor said.", "KYIV|Ukraine|Odesa"},
		{"abbreviated state", "A man from Melville, Fla., was hurt.", "Melville|Fla."},
		{"no name", "He told us that the region and the enclave had turkey on polish china.", ""},
	} {
		var names []string
		for _, m := range parse(t, p, tt.text) {
			names = append(names, m.Name)
		}
		if got := strings.Join(names, "|"); got != tt.want {
			t.Errorf("%s: %q: got %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// A place that the gazetteer lacks is a mention without a place, and never a
// demonym by mistake.
func TestUnknownPlace(t *testing.T) {
	p := newTagger(t)
	ms := parse(t, p, "Shells fell on the village of Zzyqqlawa, near Stepanakert, killing two people.")
	if len(ms) != 2 || ms[0].Name != "Zzyqqlawa" || ms[0].Place != nil || ms[0].Demonym {
		t.Errorf("got %+v", ms)
	}
	if ms := parse(t, p, "Azerbaijani forces left Baku."); len(ms) != 2 || !ms[0].Demonym || ms[1].Demonym {
		t.Errorf("demonyms: got %+v", ms)
	}
}

// lookupCounter counts what the parser asks of the gazetteer.
type lookupCounter struct {
	geoparse.Gazetteer
	asked int
}

func (c *lookupCounter) Longest(folded []string) (int, []gazetteer.Hit) {
	c.asked += len(folded)
	return c.Gazetteer.Longest(folded)
}

// The work on a text of capitals grows with its length, not with its square.
func TestWorkIsLinear(t *testing.T) {
	models, err := geoparse.BuiltinModels()
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{"YEREVAN ", "Zyx Qwv ", "St. ", "yerevan of ", "Ağ\u00ad", "a'"} {
		work := func(n int) int {
			c := &lookupCounter{Gazetteer: g}
			geoparse.New(c, models).Parse(geo.Article{Text: strings.Repeat(unit, n)})
			return c.asked
		}
		if small, large := work(2_000), work(20_000); large > 11*small+1000 {
			t.Errorf("%q: 10 times the text takes %d words looked up, not %d", unit, large, 10*small)
		}
	}
}
