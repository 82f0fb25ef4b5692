package storetest

import (
	"reflect"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

// names spares the tables some quotes.
func names(s ...string) []string { return s }

const (
	shelledOn27 = "gn:1 explosion 2020-09-27/2020-09-27"
	shelledOn28 = "gn:1 explosion 2020-09-28/2020-09-29"
	contactOn27 = "cm:contact battle 2020-09-27/2020-09-28"
	since2016   = "cm:karabakh battle 2016-01-01/2020-09-29"
	protest1988 = "gn:9 protest 1988-02-01/1988-02-29"
)

func testFilters(t *testing.T, store Store) {
	s := fill(t, store)
	everything := selected{
		mentions: names("a3:10", "a3:50", "a1:0", "a1:30", "a1:60", "a1:90", "a2:5", "a2:20", "a2:40", "a2:60", "a2:80", "a2:99", "a4:0"),
		events:   names(contactOn27, since2016, shelledOn27, shelledOn28, protest1988),
		places:   names("cm:contact", "cm:islands", "cm:karabakh", "cm:strait", "gn:1", "gn:2", "gn:8", "gn:9"),
	}
	on27 := selected{names("a1:0", "a1:30", "a1:90", "a2:20", "a2:40", "a4:0"), names(contactOn27, since2016, shelledOn27), names("cm:contact", "cm:karabakh", "gn:1")}
	agency := selected{names("a1:0", "a1:30", "a1:60", "a1:90", "a4:0"), names(contactOn27, shelledOn27), names("cm:contact", "gn:1", "gn:2")}
	courier := selected{
		names("a2:5", "a2:20", "a2:40", "a2:60", "a2:80", "a2:99"), names(since2016, shelledOn27, shelledOn28),
		names("cm:islands", "cm:karabakh", "cm:strait", "gn:1", "gn:8"),
	}
	inStepanakert := selected{names("a3:50", "a1:0", "a2:5", "a2:20", "a4:0"), names(shelledOn27, shelledOn28), names("gn:1")}
	shelled := selected{names("a1:0"), names(shelledOn27), names("gn:1")}

	cases := []struct {
		name   string
		filter geo.Filter
		want   selected
	}{
		{"everything", geo.Filter{}, everything},

		{"datetime of a day", geo.Filter{Datetime: days("2020-09-27", "2020-09-27")}, on27},
		{"datetime keeps whole events", geo.Filter{Datetime: days("2020-09-28", "2020-09-28")},
			selected{names("a1:30", "a2:5", "a2:40"), names(contactOn27, since2016, shelledOn28), names("cm:contact", "cm:karabakh", "gn:1")}},
		{"datetime ends on the first day", geo.Filter{Datetime: days("1980-01-01", "1988-02-01")}, selected{names("a3:10"), names(protest1988), names("gn:9")}},
		{"datetime begins on the last day", geo.Filter{Datetime: days("1988-02-29", "1990-01-01")}, selected{names("a3:10"), names(protest1988), names("gn:9")}},
		{"datetime the day before", geo.Filter{Datetime: days("1980-01-01", "1988-01-31")}, selected{}},
		{"datetime the day after", geo.Filter{Datetime: days("1988-03-01", "2015-12-31")}, selected{}},
		{"datetime within a long event", geo.Filter{Datetime: days("2018-06-01", "2018-06-01")}, selected{names("a2:40"), names(since2016), names("cm:karabakh")}},
		{"datetime with an open end", geo.Filter{Datetime: days("2020-09-29", "")},
			selected{names("a2:5", "a2:40"), names(since2016, shelledOn28), names("cm:karabakh", "gn:1")}},
		{"datetime with an open beginning", geo.Filter{Datetime: days("", "1999-12-31")}, selected{names("a3:10"), names(protest1988), names("gn:9")}},

		{"published", geo.Filter{Published: days("2020-09-28", "2020-09-29")}, courier},
		{"published to the day", geo.Filter{Published: days("2020-10-05", "2020-10-05")}, selected{names("a4:0"), names(shelledOn27), names("gn:1")}},
		{"published with an open end", geo.Filter{Published: days("2020-09-30", "")}, selected{names("a4:0"), names(shelledOn27), names("gn:1")}},
		{"published leaves unknown days out", geo.Filter{Published: days("", "2020-09-26")}, selected{}},
		{"asof that day", geo.Filter{AsOf: day("2020-09-27")},
			selected{names("a1:0", "a1:30", "a1:60", "a1:90"), names(contactOn27, shelledOn27), names("cm:contact", "gn:1", "gn:2")}},
		{"asof the day before", geo.Filter{AsOf: day("2020-09-26")}, selected{}},

		{"source", geo.Filter{Sources: names("Agency")}, agency},
		{"source in another case", geo.Filter{Sources: names("agency")}, selected{}},
		{"sources", geo.Filter{Sources: names("Courier", "nobody")}, courier},
		{"place", geo.Filter{Places: names("gn:1")}, inStepanakert},
		{"places", geo.Filter{Places: names("gn:9", "gn:2", "gn:404")}, selected{names("a3:10", "a1:60"), names(protest1988), names("gn:2", "gn:9")}},
		{"country", geo.Filter{Countries: names("FJ", "WS")}, selected{names("a3:10", "a2:60"), names(protest1988), names("gn:8", "gn:9")}},
		{"role", geo.Filter{Roles: []geo.Role{geo.Actor, geo.Affiliation}}, selected{names("a3:50", "a2:60"), nil, names("gn:1", "gn:8")}},
		{"role site", geo.Filter{Roles: []geo.Role{geo.Site, geo.Actor}, Places: names("gn:1", "gn:8")},
			selected{names("a1:0", "a2:5", "a2:20", "a2:60", "a4:0"), names(shelledOn27, shelledOn28), names("gn:1", "gn:8")}},
		{"event", geo.Filter{Events: []geo.EventType{geo.Battle, geo.Riot}}, selected{names("a1:30", "a2:40"), names(contactOn27, since2016), names("cm:contact", "cm:karabakh")}},
		{"claim", geo.Filter{Claims: []geo.Claim{geo.Claimed, geo.Denied}}, selected{names("a1:30", "a2:5"), names(contactOn27, shelledOn28), names("cm:contact", "gn:1")}},
		{"min_confidence", geo.Filter{MinConfidence: 0.8}, selected{names("a1:0", "a1:30"), names(contactOn27, shelledOn27), names("cm:contact", "gn:1")}},
		{"min_confidence above all", geo.Filter{MinConfidence: 0.91}, selected{}},

		{"q", geo.Filter{Query: "shelled"}, shelled},
		{"q folds both sides", geo.Filter{Query: "SUSA şHELLED"}, shelled},
		{"q with an apostrophe", geo.Filter{Query: "Susa's"}, shelled},
		{"q with periods", geo.Filter{Query: "U.S."}, shelled},
		{"q is whole words", geo.Filter{Query: "shell"}, selected{}},
		{"q is all words", geo.Filter{Query: "shelled fired"}, selected{}},
		{"q without words", geo.Filter{Query: " – "}, everything},
		{"q has no wildcards", geo.Filter{Query: "%"}, everything},

		{"all at once", geo.Filter{
			BBox: &geo.BBox{West: 46, South: 39, East: 47, North: 40}, Datetime: days("2020-09-27", "2020-09-27"), Published: days("2020-09-01", "2020-09-30"),
			AsOf: day("2020-09-28"), Events: []geo.EventType{geo.Explosion}, Roles: []geo.Role{geo.Site}, Countries: names("AZ"), Places: names("gn:1", "gn:2"),
			Sources: names("Agency"), Claims: []geo.Claim{geo.Reported}, MinConfidence: 0.5, Query: "neighbour shelled",
		}, shelled},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := selection(t, s, c.filter); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func testBBox(t *testing.T, store Store) {
	s := fill(t, store)
	cases := []struct {
		name                     string
		west, south, east, north float64
		want                     []string
	}{
		{"point inside", 46.7, 39.7, 46.8, 39.9, names("cm:contact", "cm:karabakh", "gn:1")},
		{"point exactly", 49.8671, 40.4093, 49.8671, 40.4093, names("gn:2")},
		{"point just outside", 49.8672, 40.4, 50, 40.5, nil},
		{"point on the border", 49, 40, 49.8671, 40.4093, names("gn:2")},
		{"line crosses without a vertex inside", 47.4, 40.4, 47.6, 40.6, names("cm:contact")},
		{"line's bounds only", 47.6, 40.1, 47.9, 40.4, nil},
		{"line's end", 48, 41, 49, 42, names("cm:contact")},
		{"box inside the area", 46.1, 39.7, 46.2, 39.8, names("cm:karabakh")},
		{"box inside the hole, on the line", 46.45, 39.45, 46.55, 39.55, names("cm:contact")},
		{"box over the hole's border", 46.55, 39.42, 46.65, 39.44, names("cm:karabakh")},
		{"area inside the box", 45, 38, 47.5, 40.2, names("cm:contact", "cm:karabakh", "gn:1")},
		{"box touches the area", 45, 39.7, 46, 39.8, names("cm:karabakh")},
		{"one of several areas", 21, 1, 21.5, 1.5, names("cm:islands")},
		{"between the areas", 13, 0, 19, 2, nil},
		{"over the antimeridian", 170, -20, -170, -10, names("cm:strait", "gn:8", "gn:9")},
		{"over the antimeridian, west of it", 178, -20, -179.9, -18, names("gn:8")},
		{"over the antimeridian, east of it", 179.9, -14, -171, -13, names("gn:9")},
		{"not over it", -180, -20, -175, -10, names("cm:strait")},
		{"the world", -180, -90, 180, 90, names("cm:contact", "cm:islands", "cm:karabakh", "cm:strait", "gn:1", "gn:2", "gn:8", "gn:9")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := geo.Filter{BBox: &geo.BBox{West: c.west, South: c.south, East: c.east, North: c.north}}
			got := selection(t, s, f)
			if !reflect.DeepEqual(got.places, c.want) {
				t.Errorf("got %q, want %q", got.places, c.want)
			}
			// The other collections show the same places.
			f = geo.Filter{Places: append(names("none"), c.want...)}
			if want := selection(t, s, f); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}
