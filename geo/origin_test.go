package geo_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

// told is a record of an explosion in Hadrut as an article tells it.
func told(article, sentence string, claim geo.Claim, by string, deaths int) geo.Record {
	r := site{article: article, from: 10, claim: claim, by: by, published: 10}.record()
	r.Name, r.Sentence = "Hadrut", sentence
	if deaths > 0 {
		r.Deaths = geo.Count{Low: deaths, High: deaths, Words: []string{fmt.Sprint(deaths, " dead")}}
	}
	return r
}

func TestOriginsOfStatements(t *testing.T) {
	const reported, claimed = geo.Reported, geo.Claimed
	const post = "“Since dawn the enemy has fired rockets at the market of Hadrut, we ask everybody to stay indoors”, the spokeswoman said."
	cases := []struct {
		name string
		told []geo.Record
		want int
	}{
		{"one article", []geo.Record{told("a", "x", reported, "", 0), told("a", "y", reported, "", 0)}, 1},
		{"two articles", []geo.Record{told("a", "Rockets fell on Hadrut.", reported, "", 0), told("b", "Hadrut came under fire.", reported, "", 0)}, 2},
		{"two translations of a statement", []geo.Record{
			told("a", post, claimed, "the spokeswoman", 0),
			told("b", "\"Since dawn the enemy has launched rockets at the market of Hadrut, we ask everyone to stay indoors,\" wrote the press office.", claimed, "the press office", 0),
		}, 1},
		{"the same to the letter", []geo.Record{
			told("a", "Rockets fell on the market of Hadrut on Sunday and set three shops on fire.", reported, "", 0),
			told("b", "Rockets fell on the market of Hadrut, on Sunday, and set three shops on fire", reported, "", 0),
		}, 1},
		{"the same, but short", []geo.Record{told("a", "Rockets fell on Hadrut.", reported, "", 0), told("b", "Rockets fell on Hadrut.", reported, "", 0)}, 2},
		{"mirrored claims", []geo.Record{
			told("a", "The Armenian defence ministry said that Azerbaijani forces shelled the town of Hadrut on Sunday morning.", claimed, "The Armenian defence ministry", 0),
			told("b", "The Azerbaijani defence ministry said that Armenian forces shelled the town of Hadrut on Sunday morning.", claimed, "The Azerbaijani defence ministry", 0),
		}, 2},
		{"a claimant and a figure", []geo.Record{
			told("a", "Two died in Hadrut, Azerbaijan's Ministry of Defence said.", claimed, "Azerbaijan's Ministry of Defence", 2),
			told("b", "In Hadrut shells killed two, according to the Azerbaijani defense ministry.", claimed, "the Azerbaijani defense ministry", 2),
		}, 1},
		{"a claimant and two figures", []geo.Record{
			told("a", "Two died in Hadrut, the mayor said.", claimed, "the mayor", 2),
			told("b", "Three died in Hadrut, the mayor said.", claimed, "the mayor", 3),
		}, 2},
		{"two claimants and a figure", []geo.Record{
			told("a", "Two died in Hadrut, the mayor said.", claimed, "the mayor", 2),
			told("b", "Two died in Hadrut, the ministry said.", claimed, "the ministry", 2),
		}, 2},
		{"anybody and a figure", []geo.Record{
			told("a", "Two died in Hadrut, witnesses said.", claimed, "witnesses", 2),
			told("b", "Two died in Hadrut, witnesses said.", claimed, "witnesses", 2),
		}, 2},
		{"a quoted expression and who it is of", []geo.Record{
			told("a", "Turkey, through President Erdogan, spoke of an attack on “civilian localities” at Hadrut.", reported, "", 0),
			told("b", "A spokesman of Turkish President Erdogan denounced the shelling of \"civilian localities\" in Hadrut.", claimed, "A spokesman", 0),
		}, 1},
		{"a quoted expression of two persons", []geo.Record{
			told("a", "Turkey spoke of an attack on “civilian localities” at Hadrut.", claimed, "Turkey", 0),
			told("b", "The mayor denounced the shelling of \"civilian localities\" in Hadrut.", claimed, "The mayor", 0),
		}, 2},
		{"a statement and a report beside it", []geo.Record{
			told("a", post, claimed, "the spokeswoman", 0),
			told("a", "Our reporter saw the burning market of Hadrut.", reported, "", 0),
			told("b", post, claimed, "the spokeswoman", 0),
			told("b", "Windows rattled all over Hadrut.", reported, "", 0),
		}, 2},
		{"nothing but the statement of the other", []geo.Record{
			told("a", post, claimed, "the spokeswoman", 0),
			told("a", "Our reporter saw the burning market of Hadrut.", reported, "", 0),
			told("b", post, claimed, "the spokeswoman", 0),
		}, 1},
		{"three in a chain", []geo.Record{
			told("a", post, claimed, "the spokeswoman", 2),
			told("b", post, claimed, "the spokeswoman", 0),
			told("c", "Two are dead in Hadrut, said the spokeswoman.", claimed, "the spokeswoman", 2),
		}, 1},
	}
	rng := rand.New(rand.NewPCG(7, 8))
	for _, c := range cases {
		for i := range c.told {
			c.told[i].Start = i
		}
		for range 5 {
			rng.Shuffle(len(c.told), func(i, j int) { c.told[i], c.told[j] = c.told[j], c.told[i] })
			events := collect(t, geo.FoldEvents(seq(c.told)))
			if len(events) != 1 || events[0].Origins != c.want {
				t.Errorf("%s: %d events, %d origins, want %d", c.name, len(events), events[0].Origins, c.want)
			}
		}
	}
}

func TestSketches(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	text := func(words int) string {
		var b strings.Builder
		for range words {
			fmt.Fprintf(&b, "w%d ", rng.IntN(2000))
		}
		return b.String()
	}
	sketch := func(text string) geo.Sketch { return (&geo.Article{Text: text}).Sketch() }
	story, other, tail := text(600), text(600), text(120)
	words := strings.Fields(story)
	edited := strings.Fields(story)
	for i := 0; i < len(edited); i += 60 {
		edited[i] = "edited"
	}
	for name, c := range map[string]struct {
		a, b string
		want bool
	}{
		"the same":              {story, strings.ToUpper(story), true},
		"with a tail":           {story, story + tail, true},
		"edited here and there": {story, strings.Join(edited, " "), true},
		"the first half":        {story, strings.Join(words[:300], " "), true},
		"half of each":          {story, strings.Join(words[:300], " ") + " " + text(300), false},
		"another":               {story, other, false},
		"both short":            {"Shells fell on Hadrut again.", "Shells fell on Hadrut again.", false},
		"empty":                 {"", "", false},
		"a passage of it":       {story, strings.Join(words[:40], " "), false},
	} {
		a, b := sketch(c.a), sketch(c.b)
		if got := a.Copies(b); got != c.want || b.Copies(a) != got {
			t.Errorf("%s: %t, want %t both ways", name, got, c.want)
		}
		if len(a) > 128 {
			t.Errorf("%s: a sketch of %d hashes", name, len(a))
		}
	}
}

func TestJoinCounts(t *testing.T) {
	c := func(low, high int, open bool, words ...string) geo.Count {
		return geo.Count{Low: low, High: high, Open: open, Words: words}
	}
	for name, tt := range map[string]struct {
		in   []geo.Count
		want geo.Count
	}{
		"nothing":            {nil, geo.Count{}},
		"nothing stated":     {[]geo.Count{{}, {}}, geo.Count{}},
		"one":                {[]geo.Count{{}, c(2, 2, false, "two")}, c(2, 2, false, "two")},
		"a stated zero":      {[]geo.Count{c(0, 0, false, "none"), c(2, 2, false, "two")}, c(0, 2, false, "none", "two")},
		"at least and more":  {[]geo.Count{c(16, 16, true, "at least 16"), c(20, 20, false, "20")}, c(16, 20, false, "at least 16", "20")},
		"open at the end":    {[]geo.Count{c(24, 24, true, "dozens"), c(2, 2, false, "two")}, c(2, 24, true, "two", "dozens")},
		"open wins the tie":  {[]geo.Count{c(2, 2, false, "two"), c(2, 2, true, "several")}, c(2, 2, true, "two", "several")},
		"the first to state": {[]geo.Count{c(2, 2, false, "two"), c(2, 2, false, "a pair")}, c(2, 2, false, "two")},
	} {
		if got := geo.JoinCounts(tt.in); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, tt.want)
		}
	}
}
