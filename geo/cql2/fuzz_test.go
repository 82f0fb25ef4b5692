package cql2_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// check holds what is true of every expression: its canonical text reads back
// to itself, the messages are short, and no row makes a program panic.
func check(t *testing.T, e cql2.Expr, err error) {
	if err != nil {
		if len(err.Error()) > 2000 {
			t.Errorf("a message of %d bytes", len(err.Error()))
		}
		return
	}
	again, err := cql2.ParseLong(e.String())
	if err != nil || again.String() != e.String() {
		t.Fatalf("%q again: %q, %v", e, again, err)
	}
	p, err := cql2.Compile(e, properties())
	if err != nil {
		return
	}
	r := battle()
	matched := p.Match(r)
	if q, err := cql2.Compile(again, properties()); err != nil || q.Match(r) != matched {
		t.Fatalf("%q again doesn't match the same: %v", e, err)
	}
	p.Match(row{properties(), nil})
}

func FuzzParseText(f *testing.F) {
	for _, s := range []string{
		"event = 'battle' AND (from >= DATE('2020-09-27') OR NOT disputed)",
		`"odd ""name""" <> 'it''s \\ \n' OR label IS NOT NULL`,
		"event IN ('x','y') AND confidence NOT BETWEEN -.5e1 AND 1. AND CASEI(event) NOT LIKE accenti('b\\_%')",
		"S_INTERSECTS(geometry,BBOX(170,-10,-170,10)) and s_within(geometry, POLYGON Z ((0 0 1, 3 0 1, 3 3 1, 0 0 1)))",
		"S_CONTAINS(GEOMETRYCOLLECTION(MULTIPOINT(1 2,(3 4)),MULTILINESTRING((1 2,3 4)),MULTIPOLYGON(((0 0,3 0,3 3,0 0)))), geometry)",
		"T_DURING(INTERVAL(from, to), INTERVAL('..', '2020-09-27T00:00:00.5+04:30')) or t_after(from, '2020-01-01')",
		"2 + -date_prec * 3 ^ 2 > (1 - (2 - confidence)) % 2 div 7 / 0",
		"NOT NOT (TRUE = disputed) and event ilike 'B%' and disputed = 0",
		"((((((((", "a = '", "x IS", "1e999=1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := cql2.ParseText(s)
		check(t, e, err)
	})
}

func FuzzParseJSON(f *testing.F) {
	for _, s := range []string{
		`{"op":"and","args":[{"op":"=","args":[{"property":"event"},"battle"]},{"op":"not","args":[{"property":"disputed"}]}]}`,
		`{"op":"in","args":[{"op":"casei","args":[{"property":"event"}]},["x",{"casei":"Y"}]]}`,
		`{"op":"t_during","args":[{"interval":[{"property":"from"},{"property":"to"}]},{"interval":["..","2020-09-27T00:00:00Z"]}]}`,
		`{"op":"or","args":[{"op":">=","args":[{"property":"from"},{"timestamp":"2020-09-27T00:00:00Z"}]},{"op":"isNull","args":[{"property":"label"}]}]}`,
		`{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[170,-10,0,-170,10,5]}]}`,
		`{"op":"s_within","args":[{"property":"geometry"},{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]}]}]}`,
		`{"op":">","args":[{"op":"*","args":[-1,{"op":"^","args":[{"property":"confidence"},-2]}]},{"op":"-","args":[1,-2]}]}`,
		`{"op":"between","args":[{"property":"confidence"},0,1e0]}`, `{"op":"like","args":[{"property":"event"},"\\\\%\u0000"]}`,
		`[[[[`, `null`, `{"op":"and"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := cql2.ParseJSON([]byte(s))
		check(t, e, err)
	})
}
