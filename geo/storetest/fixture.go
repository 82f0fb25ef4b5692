package storetest

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// The places of the fixture.

func stepanakert() *gazetteer.Place {
	return &gazetteer.Place{
		ID: "gn:1", Name: "Stepanakert", Kind: gazetteer.Settlement, Country: "AZ", Disputed: true, Point: orb.Point{46.7513, 39.8177},
		Uncertainty: 500, Population: 55000, Source: "authored",
		Names: []gazetteer.Name{
			{Text: "Stepanakert", Lang: "en", Script: "Latn", Preferred: true}, {Text: "Ստեփանակերտ", Lang: "hy", Script: "Armn"},
			{Text: "Xankəndi", Lang: "az", Script: "Latn"}, {Text: "Vararakn", Historical: true},
		},
		External: map[string]string{"geonames": "1", "wikidata": "Q5973"},
	}
}

func baku() *gazetteer.Place {
	return &gazetteer.Place{ID: "gn:2", Name: "Baku", Kind: gazetteer.Settlement, Country: "AZ", Capital: true, Point: orb.Point{49.8671, 40.4093}}
}

// contact runs diagonally: most of its bounds are far from it.
func contact() *gazetteer.Place {
	return &gazetteer.Place{
		ID: "cm:contact", Name: "line of contact", Kind: gazetteer.Line, Point: orb.Point{47, 40},
		Shape: orb.LineString{{46, 39}, {47, 40}, {48, 41}}, Uncertainty: 2000,
	}
}

// karabakh is a square with a hole.
func karabakh() *gazetteer.Place {
	return &gazetteer.Place{
		ID: "cm:karabakh", Name: "Nagorno-Karabakh", Kind: gazetteer.Region, Country: "AZ", Disputed: true, Point: orb.Point{46.2, 39.2},
		Shape: orb.Polygon{
			{{46, 39}, {47, 39}, {47, 40}, {46, 40}, {46, 39}},
			{{46.4, 39.4}, {46.4, 39.6}, {46.6, 39.6}, {46.6, 39.4}, {46.4, 39.4}},
		},
	}
}

func suva() *gazetteer.Place {
	return &gazetteer.Place{ID: "gn:8", Name: "Suva", Kind: gazetteer.Settlement, Country: "FJ", Point: orb.Point{178.4415, -18.1416}}
}

func apia() *gazetteer.Place {
	return &gazetteer.Place{ID: "gn:9", Name: "Apia", Kind: gazetteer.Settlement, Country: "WS", Point: orb.Point{-171.7667, -13.8333}}
}

// strait is cut at the antimeridian, as RFC 7946 asks.
func strait() *gazetteer.Place {
	return &gazetteer.Place{
		ID: "cm:strait", Name: "Strait", Kind: gazetteer.Strait, Point: orb.Point{180, -17},
		Shape: orb.MultiLineString{{{179, -17}, {180, -17}}, {{-180, -17}, {-179, -17}}},
	}
}

func islands() *gazetteer.Place {
	return &gazetteer.Place{
		ID: "cm:islands", Name: "Islands", Kind: gazetteer.Island, Point: orb.Point{10, 1},
		Shape: orb.MultiPolygon{
			{{{10, 0}, {12, 0}, {12, 2}, {10, 2}, {10, 0}}},
			{{{20, 0}, {22, 0}, {22, 2}, {20, 2}, {20, 0}}},
		},
	}
}

// day reads what the suite itself writes; the empty string is the zero Day.
func day(s string) geo.Day {
	var d geo.Day
	if err := d.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return d
}

func days(from, to string) geo.Interval { return geo.Interval{From: day(from), To: day(to)} }

// mention is a mention of the place with a role but no event.
func mention(article string, start int, p *gazetteer.Place, role geo.Role) geo.Mention {
	m := geo.Mention{
		Article: article, Start: start, End: start + 4, Name: "Name", Sentence: "In Name, life went on.", SentenceStart: max(start-3, 0),
		Place: p, Role: role, Confidence: 0.7,
	}
	if p != nil {
		m.WherePrec = geo.WhereExact
	}
	return m
}

// site is a mention of an event in the place.
func site(article string, start int, p *gazetteer.Place, event geo.EventType, from, to string, prec geo.DatePrecision) geo.Mention {
	m := mention(article, start, p, geo.Site)
	m.Event, m.Days, m.DatePrec, m.DateBasis, m.Claim = event, days(from, to), prec, "that day", geo.Reported
	m.Sentence = "In Name, shots were fired."
	return m
}

// report is an article with its mentions.
type report struct {
	article  geo.Article
	mentions []geo.Mention
}

// fixture is four articles about a few days, one of them of unknown day.
func fixture() []report {
	ministry := site("a1", 30, contact(), geo.Battle, "2020-09-27", "2020-09-28", geo.DateDays)
	ministry.Claim, ministry.ClaimedBy = geo.Claimed, "the Armenian defence ministry"
	ministry.Confidence, ministry.WherePrec = 0.8, geo.WhereArea

	shelling := site("a1", 0, stepanakert(), geo.Explosion, "2020-09-27", "2020-09-27", geo.DateDay)
	shelling.Confidence, shelling.Sentence = 0.9, "Stepanakert, Şuşa’s neighbour, was shelled; the U.S. reacted."
	shelling.Reasons, shelling.RunnersUp = []string{"only place of that name", "near the others"}, []string{"gn:2"}

	shelling.Deaths = geo.Count{Low: 16, High: 16, Open: true, Words: []string{"at least 16 killed"}}
	shelling.Injuries = geo.Count{Low: 30, High: 40, Words: []string{"30 wounded", "“40” hurt"}}

	unknown := site("a1", 90, nil, geo.Explosion, "2020-09-27", "2020-09-27", geo.DateDay)
	unknown.Confidence = 0.4

	denied := site("a2", 5, stepanakert(), geo.Explosion, "2020-09-28", "2020-09-29", geo.DateDays)
	denied.Claim, denied.ClaimedBy, denied.Confidence = geo.Denied, "Baku", 0.6

	denied.Deaths = geo.Count{Words: []string{"no casualties"}}

	affiliation := mention("a3", 50, stepanakert(), geo.Affiliation)
	affiliation.Demonym = true

	const text = "They are bombing Stepanakert."
	return []report{
		{
			geo.Article{ID: "a1", Source: "Agency", URL: "https://agency.example/1", Title: "War", Published: day("2020-09-27"), Text: text},
			[]geo.Mention{shelling, ministry, mention("a1", 60, baku(), geo.Setting), unknown},
		},
		{
			geo.Article{ID: "a2", Source: "Courier", Published: day("2020-09-29"), Text: "Another account."},
			[]geo.Mention{
				denied,
				site("a2", 20, stepanakert(), geo.Explosion, "2020-09-27", "2020-09-27", geo.DateDay),
				site("a2", 40, karabakh(), geo.Battle, "2016-01-01", "2020-09-29", geo.DateYear),
				mention("a2", 60, suva(), geo.Actor), mention("a2", 80, strait(), geo.Setting), mention("a2", 99, islands(), geo.Setting),
			},
		},
		{
			geo.Article{ID: "a3", Text: "From the archive."},
			[]geo.Mention{site("a3", 10, apia(), geo.Protest, "1988-02-01", "1988-02-29", geo.DateMonth), affiliation},
		},
		{
			geo.Article{ID: "a4", Source: "Agency", Published: day("2020-10-05"), Text: text + "\n"},
			[]geo.Mention{site("a4", 0, stepanakert(), geo.Explosion, "2020-09-27", "2020-09-27", geo.DateDay)},
		},
	}
}

// fill stores the fixture and returns a snapshot of it.
func fill(t *testing.T, store Store) Snapshot {
	t.Helper()
	for _, r := range fixture() {
		put(t, store, r.article, r.mentions)
	}
	return snapshot(t, store)
}
