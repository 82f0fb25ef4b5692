package cql2_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

func TestOptions(t *testing.T) {
	swapped := func(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} }
	for _, c := range []struct {
		options    cql2.Options
		text, want string
	}{
		{cql2.Options{Position: swapped}, "S_INTERSECTS(geometry, POINT(39 46))", "S_INTERSECTS(geometry, POINT(46 39))"},
		{cql2.Options{Position: swapped}, "S_INTERSECTS(geometry, BBOX(38,44,41,48))", "S_INTERSECTS(geometry, BBOX(44, 38, 48, 41))"},
		{cql2.Options{Position: swapped}, "S_WITHIN(geometry, POLYGON((1 95,1 100,5 100,1 95)))", "S_WITHIN(geometry, POLYGON((95 1, 100 1, 100 5, 95 1)))"},
		{cql2.Options{}, "name LIKE 'Step%'", "name LIKE 'Step%'"},
	} {
		expr, err := c.options.ParseText(c.text)
		if err != nil || expr.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.text, expr, err, c.want)
		}
	}
	if _, err := (cql2.Options{Position: swapped}).ParseText("S_INTERSECTS(geometry, POINT(100 46))"); err == nil {
		t.Error("a latitude of 100 degrees passes")
	}
	expr, err := cql2.Options{Position: swapped}.ParseJSON([]byte(`{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[39,46]}]}`))
	if err != nil || expr.String() != "S_INTERSECTS(geometry, POINT(46 39))" {
		t.Errorf("%s, %v", expr, err)
	}
}
