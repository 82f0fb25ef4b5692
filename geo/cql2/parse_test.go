package cql2_test

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// TestCanonical: text and JSON of one meaning have one canonical text, which
// reads back to itself.
func TestCanonical(t *testing.T) {
	for _, c := range []struct{ text, json, want string }{
		{"event='battle'", `{"op":"=","args":[{"property":"event"},"battle"]}`, "event = 'battle'"},
		{
			"a=1 and (b<2.50 and c>=-1e3) or not(d<>0)",
			`{"op":"or","args":[{"op":"and","args":[{"op":"=","args":[{"property":"a"},1]},{"op":"and","args":[{"op":"<","args":[{"property":"b"},2.5]},{"op":">=","args":[{"property":"c"},-1000]}]}]},{"op":"not","args":[{"op":"<>","args":[{"property":"d"},0]}]}]}`,
			"a = 1 AND b < 2.5 AND c >= -1000 OR NOT (d <> 0)",
		},
		{"(a or b) and c", `{"op":"and","args":[{"op":"or","args":[{"property":"a"},{"property":"b"}]},{"property":"c"}]}`, "(a OR b) AND c"},
		{"NOT NOT a", `{"op":"not","args":[{"op":"not","args":[{"property":"a"}]}]}`, "NOT NOT a"},
		{"a is null", `{"op":"isNull","args":[{"property":"a"}]}`, "a IS NULL"},
		{"not (a IS NULL)", `{"op":"not","args":[{"op":"isNull","args":[{"property":"a"}]}]}`, "a IS NOT NULL"},
		{"a in ('x','y')", `{"op":"in","args":[{"property":"a"},["x","y"]]}`, "a IN ('x', 'y')"},
		{"a NOT IN (1)", `{"op":"not","args":[{"op":"in","args":[{"property":"a"},[1]]}]}`, "a NOT IN (1)"},
		{"a between 1 and 2", `{"op":"between","args":[{"property":"a"},1,2]}`, "a BETWEEN 1 AND 2"},
		{"a like 'x%'", `{"op":"like","args":[{"property":"a"},"x%"]}`, "a LIKE 'x%'"},
		{"a ilike 'x%'", `{"op":"like","args":[{"op":"casei","args":[{"property":"a"}]},{"op":"casei","args":["x%"]}]}`, "CASEI(a) LIKE CASEI('x%')"},
		{"casei(a)=accenti('é')", `{"op":"=","args":[{"casei":{"property":"a"}},{"accenti":"é"}]}`, "CASEI(a) = ACCENTI('é')"},
		{`a = 'it''s \\ \n'`, `{"op":"=","args":[{"property":"a"},"it's \\ \n"]}`, `a = 'it''s \\ \n'`},
		{`"odd ""name""" = TRUE`, `{"op":"=","args":[{"property":"odd \"name\""},true]}`, `"odd ""name""" = TRUE`},
		{`"and" = "from"`, `{"op":"=","args":[{"property":"and"},{"property":"from"}]}`, `"and" = from`},
		{"a = date('2020-09-27')", `{"op":"=","args":[{"property":"a"},{"date":"2020-09-27"}]}`, "a = DATE('2020-09-27')"},
		{"a = timestamp('2020-09-27t10:00:00.50z')", `{"op":"=","args":[{"property":"a"},{"timestamp":"2020-09-27T10:00:00.5Z"}]}`, "a = TIMESTAMP('2020-09-27T10:00:00.5Z')"},
		{"a = timestamp('2020-09-27')", `{"op":"=","args":[{"property":"a"},{"timestamp":"2020-09-27"}]}`, "a = TIMESTAMP('2020-09-27T00:00:00Z')"},
		{"a = date('2020-09-27T23:00:00-05:00')", `{"op":"=","args":[{"property":"a"},{"date":"2020-09-27T00:00:00Z"}]}`, "a = DATE('2020-09-27')"},
		{"a = timestamp('2016-12-31T23:59:60-05:00')", `{"op":"=","args":[{"property":"a"},{"timestamp":"2016-12-31T23:59:59-05:00"}]}`, "a = TIMESTAMP('2016-12-31T23:59:59-05:00')"},
		{"a = timestamp('2020-09-27 10:00+04:30')", `{"op":"=","args":[{"property":"a"},{"timestamp":"2020-09-27T10:00:00+04:30"}]}`, "a = TIMESTAMP('2020-09-27T10:00:00+04:30')"},
		{"T_AFTER(a, '2020-09-27')", `{"op":"t_after","args":[{"property":"a"},{"date":"2020-09-27"}]}`, "T_AFTER(a, DATE('2020-09-27'))"},
		{
			"t_during(interval(a, \"to\"), interval('..', '2020-09-27T00:00:00Z'))",
			`{"op":"t_during","args":[{"interval":[{"property":"a"},{"property":"to"}]},{"interval":["..","2020-09-27T00:00:00Z"]}]}`,
			"T_DURING(INTERVAL(a, to), INTERVAL('..', '2020-09-27T00:00:00Z'))",
		},
		{"s_intersects(g, envelope(170,-10,0,-170,10,5))", `{"op":"s_intersects","args":[{"property":"g"},{"bbox":[170,-10,-170,10]}]}`, "S_INTERSECTS(g, BBOX(170, -10, -170, 10))"},
		{"s_intersects(point(1 -2),g)", `{"op":"s_intersects","args":[{"type":"Point","coordinates":[1,-2,5]},{"property":"g"}]}`, "S_INTERSECTS(POINT(1 -2), g)"},
		{"s_within(g, Point Z (1 2 3))", `{"op":"s_within","args":[{"property":"g"},{"type":"Point","coordinates":[1,2]}]}`, "S_WITHIN(g, POINT(1 2))"},
		{"s_disjoint(g,linestring(0 0,1 1.5))", `{"op":"s_disjoint","args":[{"property":"g"},{"type":"LineString","coordinates":[[0,0],[1,1.5]]}]}`, "S_DISJOINT(g, LINESTRING(0 0, 1 1.5))"},
		{
			"s_contains(g,polygon((0 0,3 0,3 3,0 0),(1 .5,2 .5,2 1,1 .5)))",
			`{"op":"s_contains","args":[{"property":"g"},{"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]],[[1,0.5],[2,0.5],[2,1],[1,0.5]]]}]}`,
			"S_CONTAINS(g, POLYGON((0 0, 3 0, 3 3, 0 0), (1 0.5, 2 0.5, 2 1, 1 0.5)))",
		},
		{"s_intersects(g,multipoint(1 2,(3 4)))", `{"op":"s_intersects","args":[{"property":"g"},{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}`, "S_INTERSECTS(g, MULTIPOINT((1 2), (3 4)))"},
		{"s_intersects(g,multilinestring((1 2,3 4)))", `{"op":"s_intersects","args":[{"property":"g"},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}]}`, "S_INTERSECTS(g, MULTILINESTRING((1 2, 3 4)))"},
		{"s_intersects(g,multipolygon(((0 0,3 0,3 3,0 0))))", `{"op":"s_intersects","args":[{"property":"g"},{"type":"MultiPolygon","coordinates":[[[[0,0],[3,0],[3,3],[0,0]]]]}]}`, "S_INTERSECTS(g, MULTIPOLYGON(((0 0, 3 0, 3 3, 0 0))))"},
		{
			"s_intersects(g,geometrycollection(point(1 2),linestring(0 0,1 1)))",
			`{"op":"s_intersects","args":[{"property":"g"},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[0,0],[1,1]]}]}]}`,
			"S_INTERSECTS(g, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1)))",
		},
		{
			"a + 2 * -b > (1 - (2 - c)) ^ 2",
			`{"op":">","args":[{"op":"+","args":[{"property":"a"},{"op":"*","args":[2,{"op":"*","args":[-1,{"property":"b"}]}]}]},{"op":"^","args":[{"op":"-","args":[1,{"op":"-","args":[2,{"property":"c"}]}]},2]}]}`,
			"a + 2 * (-1 * b) > (1 - (2 - c)) ^ 2",
		},
		{"a DIV 2 % 3 = 1", `{"op":"=","args":[{"op":"%","args":[{"op":"div","args":[{"property":"a"},2]},3]},1]}`, "a div 2 % 3 = 1"},
		{"true", `true`, "TRUE"},
		{"date = label AND point = 1", `{"op":"and","args":[{"op":"=","args":[{"property":"date"},{"property":"label"}]},{"op":"=","args":[{"property":"point"},1]}]}`, "date = label AND point = 1"},
	} {
		e, err := cql2.ParseText(c.text)
		if err != nil || e.String() != c.want {
			t.Errorf("text %s: %s, %v; want %s", c.text, e, err, c.want)
			continue
		}
		if e, err = cql2.ParseJSON([]byte(c.json)); err != nil || e.String() != c.want {
			t.Errorf("JSON %s: %s, %v; want %s", c.json, e, err, c.want)
		}
		if e, err = cql2.ParseText(c.want); err != nil || e.String() != c.want {
			t.Errorf("again %s: %s, %v", c.want, e, err)
		}
	}
}

func TestParseTextErrors(t *testing.T) {
	for _, c := range []struct{ filter, want string }{
		{"", "there is no expression"},
		{" \n", "there is no expression"},
		{"event", ""},
		{"event =", "character 8: the text ends where a property, a value, a function or ( is expected"},
		{"event = 'battle", "character 9: 'battle isn't closed: a ' is missing"},
		{"\"event = 'x'", "isn't closed: a \" is missing"},
		{"\"\" = 1", "character 1: \"\" stands where the name of a property is expected"},
		{"event = 'é' ? 1", "character 13: ? is no part of the language"},
		{"event == 'x'", "character 8: = stands where a property, a value, a function or ( is expected"},
		{"event = 'x' country = 'y'", "character 13: country stands where AND, OR or the end is expected"},
		{"(event = 'x'", "character 13: the text ends where , or ) is expected"},
		{"event = 'x')", "character 12: ) stands where AND, OR or the end is expected"},
		{"event = NULL", "character 9: NULL can't be compared: write IS NULL or IS NOT NULL"},
		{"event IS 'x'", "character 10: 'x' stands where NULL is expected"},
		{"event NOT 'x'", "character 11: 'x' stands where IN, BETWEEN or LIKE is expected"},
		{"event IN ()", "character 11: ) stands where a property, a value, a function or ( is expected"},
		{"event IN 'x'", "character 10: 'x' stands where ( is expected"},
		{"event BETWEEN 1 OR 2", "character 17: OR stands where AND is expected"},
		{"event LIKE country", "character 7: LIKE needs a pattern in quotes, not the property \"country\""},
		{"a = 1 = 2", "character 7: = stands where AND, OR or the end is expected"},
		{"(a = 1) = 2", "character 9: = needs a property or a value, not what = gives"},
		{"a AND 5", "character 1: AND needs a condition, not the number 5"},
		{"NOT 'x'", "character 1: NOT needs a condition, not the text \"x\""},
		{"5", "the expression must be a condition, not the number 5"},
		{"AND", "character 1: AND stands where"},
		{"1e999 = a", "character 1: 1e999 is no number that can be held"},
		{"foo(a) = 1", "character 1: there is no function foo; functions are DATE, TIMESTAMP, BBOX, CASEI"},
		{"S_INTERSECT(a, b)", "there is no function S_INTERSECT; there is S_INTERSECTS"},
		{"S_CROSSES(a, b)", "there is no function S_CROSSES"},
		{"CASEI(a, b) = 'x'", "CASEI needs one argument, not 2"},
		{"CASEI(5) = 'x'", "CASEI needs a property or a text, not the number 5"},
		{"a = DATE(2020)", "character 10: 2020 stands where a date in quotes is expected"},
		{"a = DATE('2020-13-01')", "character 10: \"2020-13-01\" is no day"},
		{"a = DATE('0000-01-01')", "is no day"},
		{"a = TIMESTAMP('2020-09-27T25:00:00Z')", "is no day (YYYY-MM-DD) and no time"},
		{"a = TIMESTAMP('2020-09-27T10:00:00+4')", "is no day (YYYY-MM-DD) and no time"},
		{"a = TIMESTAMP('2020-09-27T10:0')", "is no day (YYYY-MM-DD) and no time"},
		{"a = TIMESTAMP('2020-09-27X')", "is no day (YYYY-MM-DD) and no time"},
		{"T_AFTER(a, INTERVAL(5, 'x'))", "INTERVAL needs properties, days, times or '..', not the number 5"},
		{"T_AFTER(a, INTERVAL('x', 5))", "INTERVAL: \"x\" is no day"},
		{"T_AFTER(a, 'x')", "T_AFTER: \"x\" is no day"},
		{"T_AFTER(a, 5)", "T_AFTER needs a property, a day, a time or an interval, not the number 5"},
		{"T_AFTER(a, INTERVAL('2020-09-28', '2020-09-27'))", "INTERVAL: '2020-09-28' lies after '2020-09-27'"},
		{"S_INTERSECTS(g, 'x')", "S_INTERSECTS needs a property or a geometry, not the text \"x\""},
		{"S_INTERSECTS(g, POINT(181 0))", "character 23: the longitude 181 lies outside -180 to 180 degrees"},
		{"S_INTERSECTS(g, POINT(39 -91))", "the latitude -91 lies outside"},
		{"S_INTERSECTS(g, POINT(1))", "character 24: ) stands where a number is expected"},
		{"S_INTERSECTS(g, POINT(1 2 3 4))", "character 29: 4 stands where , or ) is expected"},
		{"S_INTERSECTS(g, POINT EMPTY)", "character 23: EMPTY stands where , or ) is expected"},
		{"S_INTERSECTS(g, LINESTRING(1 2))", "character 27: a line needs two positions, not 1"},
		{"S_INTERSECTS(g, POLYGON((0 0, 1 0, 0 0)))", "a ring needs four positions, not 3"},
		{"S_INTERSECTS(g, POLYGON((0 0, 1 0, 1 1, 0 1)))", "a ring must end where it starts"},
		{"S_INTERSECTS(g, BBOX(1, 2, 3))", "BBOX needs four numbers"},
		{"S_INTERSECTS(g, BBOX(1, 5, 3, 4))", "its south lies north of its north"},
		{"S_INTERSECTS(g, GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 2))))", "GEOMETRYCOLLECTION stands where a simple or multiple geometry is expected"},
		{"a = '" + strings.Repeat("x", 9000) + "'", "the text has 9006 bytes, at most 8192 are read"},
		{"a = \xff", "not valid UTF-8"},
		{strings.Repeat("x", 2000) + " = = 1", "character 2004"},
		{"a = " + strings.Repeat("'", 1999), "isn't closed"},
		{"a IN (" + strings.Repeat("1,", 200) + "1)", "IN needs a list of 1 to 200 values, not 201"},
		{strings.Repeat("a OR ", 500) + "a", "more than 500 operators"},
		{"a=" + strings.Repeat("1+", 300) + "1", "more than 500 operators"},
		{"S_INTERSECTS(g, MULTIPOINT(" + strings.Repeat("1 2,", 1000) + "1 2))", "more than 1000 positions"},
		{strings.Repeat("(", 65) + "a" + strings.Repeat(")", 65), "nested more than 64 deep"},
		{strings.Repeat("NOT ", 65) + "a", "nested more than 64 deep"},
		{strings.Repeat("CASEI(", 65) + "a" + strings.Repeat(")", 65) + " = 'x'", "nested more than 64 deep"},
		{strings.Repeat("(", 8000), "nested more than 64 deep"},
		{strings.Repeat("(", 10000), "at most 8192"},
	} {
		_, err := cql2.ParseText(c.filter)
		checkError(t, c.filter, err, c.want)
	}
}

func checkError(t *testing.T, filter string, err error, want string) {
	t.Helper()
	switch {
	case err == nil && want != "":
		t.Errorf("%.80s: no error, want %s", filter, want)
	case err != nil && (want == "" || !strings.Contains(err.Error(), want)):
		t.Errorf("%.80s: %v, want %s", filter, err, want)
	case err != nil && len(err.Error()) > 600:
		t.Errorf("%.80s: the message has %d bytes", filter, len(err.Error()))
	}
}

func TestParseJSONErrors(t *testing.T) {
	deep := func(n int, inner string) string {
		return strings.Repeat(`{"op":"not","args":[`, n) + inner + strings.Repeat("]}", n)
	}
	for _, c := range []struct{ filter, want string }{
		{"", "there is no expression"},
		{"{", "not well-formed"},
		{"true false", "more follows the first value, at byte 6"},
		{"null", "use {\"op\": \"isNull\"}"},
		{"[]", "a list stands where a value is expected"},
		{"5", "must be a condition, not the number 5"},
		{"{}", "an object needs"},
		{`{"op":5}`, `"op" needs the name`},
		{`{"op":"and"}`, "AND needs a list of arguments"},
		{`{"op":"and","args":[true]}`, "AND needs at least two arguments, not 1"},
		{`{"op":"=","args":[1],"x":2}`, `has a member "x"`},
		{`{"op":"=","args":[{"property":""},2]}`, `"property" needs the name`},
		{`{"op":"string","args":[]}`, "there is no function string"},
		{`{"op":"interval","args":["..",".."]}`, "there is no function interval"},
		{`{"op":"in","args":[{"property":"a"},5]}`, "IN needs a property and a list of values"},
		{`{"op":"in","args":[{"property":"a"},[]]}`, "IN needs a list of 1 to 200 values"},
		{`{"op":"=","args":[{"property":"a"},1e999]}`, "is no number that can be held"},
		{`{"op":"=","args":[{"property":"a"},{"date":5}]}`, `"date" needs a text`},
		{`{"op":"=","args":[{"property":"a"},{"date":"x"}]}`, "is no day"},
		{`{"op":"=","args":[{"property":"a"},{"x":5}]}`, `"x" is unknown`},
		{`{"op":"s_intersects","args":[{"property":"a"},{"type":"Circle"}]}`, `"Circle" is no type of geometry`},
		{`{"op":"s_intersects","args":[{"property":"a"},{"type":"Point","coordinates":[1]}]}`, "a position has two numbers"},
		{`{"op":"s_intersects","args":[{"property":"a"},{"type":"Point","coordinates":["1",2]}]}`, "no number"},
		{`{"op":"s_intersects","args":[{"property":"a"},{"type":"Polygon","coordinates":[[1,2],[3,4]]}]}`, "a list of numbers is missing"},
		{`{"op":"s_intersects","args":[{"property":"a"},{"type":"MultiPoint","coordinates":[]}]}`, "lacks its list"},
		{`{"op":"s_intersects","args":[{"property":"a"},{"bbox":[1,2,3,400]}]}`, "the latitude 400"},
		{deep(63, "true"), ""},
		{deep(64, "true"), "nested more than 64 deep"},
		{deep(10000, "true"), "at most 65536"},
		{deep(2900, "true"), "nested more than 64 deep"},
		{strings.Repeat("[", 60000), "nested more than 64 deep"},
	} {
		_, err := cql2.ParseJSON([]byte(c.filter))
		checkError(t, c.filter, err, c.want)
	}
}

func TestCompileErrors(t *testing.T) {
	for _, c := range []struct{ filter, want string }{
		{"evnt = 'x'", "character 1: there is no property \"evnt\"; there is event"},
		{"\"From\" = '2020-09-27'", "there is no property \"From\"; there is from"},
		{"qwertyuiop IS NULL", "there is no property \"qwertyuiop\""},
		{"conf > 1", "there is confidence"},
		{"event > 5", "character 7: the property \"event\" is text, the number 5 is a number: they can't be compared"},
		{"confidence = '5'", "they can't be compared"},
		{"disputed = 'true'", "they can't be compared"},
		{"disputed = 2", "they can't be compared"},
		{"disputed > TRUE", "booleans can't be compared by >"},
		{"event = DATE('2020-09-27')", "the property \"event\" is text, DATE('2020-09-27') is a date"},
		{"from = 'x'", "character 8: \"x\" is no day"},
		{"from > 5", "they can't be compared"},
		{"from = event", "they can't be compared"},
		{"event", "the property \"event\" is text and no condition"},
		{"NOT confidence", "is a number and no condition"},
		{"geometry = geometry", "can't compare geometries, S_INTERSECTS can"},
		{"event IN ('x', 5)", "they can't be compared"},
		{"date_prec IN (1, 'x')", "they can't be compared"},
		{"confidence BETWEEN 'a' AND 2", "they can't be compared"},
		{"confidence LIKE '5%'", "LIKE needs text, the property \"confidence\" is a number"},
		{"CASEI(confidence) = 'x'", "is a number, not text"},
		{"event + 1 > 2", "the property \"event\" is text, not a number"},
		{"S_INTERSECTS(event, POINT(1 2))", "is text, S_INTERSECTS needs a geometry"},
		{"T_AFTER(event, DATE('2020-09-27'))", "is text, not a date"},
		{"T_DURING(from, INTERVAL('2020-09-27', '..'))", "T_DURING compares two intervals, the property \"from\" is none"},
		{"T_AFTER(INTERVAL(event, to), DATE('2020-09-27'))", "is text, not a date"},
	} {
		e, err := cql2.ParseText(c.filter)
		if err != nil {
			t.Errorf("%s: %v", c.filter, err)
			continue
		}
		_, err = cql2.Compile(e, properties())
		checkError(t, c.filter, err, c.want)
	}
	if _, err := cql2.Compile(cql2.Expr{}, properties()); err == nil {
		t.Error("the zero Expr compiles")
	}
}

// TestDeepest: what is just within the bounds has a canonical text within them.
func TestDeepest(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("(", 64) + "a" + strings.Repeat(")", 64),
		strings.Repeat("NOT (a OR ", 32) + "b" + strings.Repeat(")", 32),
		strings.Repeat("NOT ", 63) + "a ILIKE 'x'",
		strings.Repeat("NOT ", 63) + "T_AFTER(a, '2020-09-27')",
		strings.Repeat("NOT ", 62) + "(-(a) = - - -b)",
		strings.Repeat("a AND (", 64) + "b" + strings.Repeat(")", 64),
	} {
		e, err := cql2.ParseText(s)
		if err != nil {
			t.Errorf("%.60s: %v", s, err)
			continue
		}
		if again, err := cql2.ParseText(e.String()); err != nil || again.String() != e.String() {
			t.Errorf("%s: again %s, %v", e, again, err)
		}
	}
}
