package cql2_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo/cql2"
)

// row is a row by name of property.
type row struct {
	properties []cql2.Property
	values     map[string]cql2.Value
}

func (r row) Value(i int) cql2.Value { return r.values[r.properties[i].Name] }

func properties() []cql2.Property {
	return []cql2.Property{
		{Name: "id", Type: cql2.String}, {Name: "event", Type: cql2.String}, {Name: "label", Type: cql2.String},
		{Name: "country", Type: cql2.String}, {Name: "from", Type: cql2.Date}, {Name: "to", Type: cql2.Date},
		{Name: "published", Type: cql2.Date}, {Name: "date_prec", Type: cql2.Number}, {Name: "end", Type: cql2.Number},
		{Name: "confidence", Type: cql2.Number}, {Name: "deaths", Type: cql2.Number}, {Name: "disputed", Type: cql2.Boolean},
		{Name: "demonym", Type: cql2.Boolean}, {Name: "odd name", Type: cql2.String}, {Name: "geometry", Type: cql2.Geometry},
	}
}

func text(s string) cql2.Value        { return cql2.Value{Type: cql2.String, Text: s} }
func number(n float64) cql2.Value     { return cql2.Value{Type: cql2.Number, Number: n} }
func boolean(b bool) cql2.Value       { return cql2.Value{Type: cql2.Boolean, True: b} }
func shape(g orb.Geometry) cql2.Value { return cql2.Value{Type: cql2.Geometry, Geometry: g} }

func day(s string) cql2.Value {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return cql2.Value{Type: cql2.Date, Day: int32(t.Unix()/86400) + 719163}
}

// battle is the row of most tests: "deaths", "label" and "demonym" are null.
func battle() row {
	return row{properties(), map[string]cql2.Value{
		"id": text("e1"), "event": text("battle"), "country": text("AZ"), "odd name": text("Straße 50% \\ d'Été"),
		"from": day("2020-09-27"), "to": day("2020-09-30"), "published": day("2020-10-01"),
		"date_prec": number(2), "end": number(-1.5), "confidence": number(0.75), "disputed": boolean(true),
		"geometry": shape(orb.Point{46.75, 39.82}),
	}}
}

func match(t *testing.T, s string, r cql2.Row) bool {
	t.Helper()
	return compile(t, s).Match(r)
}

func compile(t testing.TB, s string) *cql2.Program {
	t.Helper()
	e, err := cql2.ParseText(s)
	if err != nil {
		t.Fatalf("ParseText(%s): %v", s, err)
	}
	p, err := cql2.Compile(e, properties())
	if err != nil {
		t.Fatalf("Compile(%s): %v", s, err)
	}
	return p
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		filter string
		want   bool
	}{
		// Comparisons.
		{"event = 'battle'", true},
		{"event<>'battle'", false},
		{"event != 'x'", true},
		{"'battle' = event", true},
		{"event < 'c' AND event > 'a'", true},
		{"confidence >= 0.75", true},
		{"confidence > .5 and confidence < 1.", true},
		{"confidence < 7.5E-1", false},
		{"\"end\" = -1.5", true},
		{"end = - 1.5 AND end > -2 AND end < +1e3", true},
		{"0 > end", true},
		{"(confidence) >= (( 0.5 ))", true},
		{"date_prec = end + 3.5", true},
		{"date_prec * 2 - 1 = 3 and date_prec ^ 2 = 4 and -date_prec = -2", true},
		{"5 % 3 = date_prec and 5 div 2 = date_prec and 5 / 2 = 2.5", true},
		{"2 + 2 * 3 = 8 AND (2 + 2) * 3 = 12 AND 7 - 2 - 1 = 4", true},
		{"date_prec / 0 = 1 OR NOT date_prec / 0 = 1", false},
		{"date_prec > ( - (5))", true},
		{"\"odd name\" = 'Straße 50% \\\\ d''Été'", true},
		{"\"odd name\" = 'Straße 50% \\\\ d\\'Été'", true},
		// Booleans.
		{"disputed", true},
		{"NOT disputed", false},
		{"disputed = TRUE", true},
		{"disputed <> false", true},
		{"TRUE = disputed and true", true},
		{"disputed = 1", true},
		{"disputed = 0", false},
		{"FALSE OR disputed", true},
		// AND, OR, NOT.
		{"FALSE AND FALSE OR TRUE", true},
		{"TRUE OR TRUE AND FALSE", true},
		{"NOT FALSE AND FALSE", false},
		{"NOT (FALSE AND FALSE)", true},
		{"((event = 'battle') AND (NOT (country = 'AM')))", true},
		// Null.
		{"deaths IS NULL", true},
		{"deaths is not null", false},
		{"event IS NOT NULL and geometry IS NOT NULL", true},
		{"deaths = 0", false},
		{"deaths <> 0", false},
		{"NOT deaths = 0", false},
		{"deaths = deaths", false},
		{"deaths = 0 OR event = 'battle'", true},
		{"NOT (deaths = 0 AND event = 'x')", true},
		{"NOT (deaths = 0 OR event = 'x')", false},
		{"label LIKE '%' OR label NOT LIKE '%'", false},
		{"label IN ('a') OR label NOT IN ('a')", false},
		{"deaths BETWEEN 0 AND 1 OR deaths NOT BETWEEN 0 AND 1", false},
		{"demonym OR NOT demonym OR demonym = TRUE", false},
		// IN, BETWEEN.
		{"event IN ('x', 'battle')", true},
		{"event NOT IN ('x','y')", true},
		{"date_prec IN (1,2,3)", true},
		{"date_prec NOT IN (1, 2)", false},
		{"date_prec IN (end, 2)", true},
		{"event IN (country, 'x')", false},
		{"disputed IN (TRUE)", true},
		{"CASEI(event) IN (CASEI('BATTLE'), casei('Raid'))", true},
		{"confidence BETWEEN 0.5 AND 0.75", true},
		{"confidence NOT BETWEEN 0 AND 0.5 AND disputed", true},
		{"event BETWEEN 'a' AND 'c'", true},
		{"\"from\" BETWEEN DATE('2020-09-27') AND '2020-09-28'", true},
		// LIKE.
		{"event LIKE 'b%'", true},
		{"event LIKE 'B%'", false},
		{"event LIKE '%att_e'", true},
		{"event LIKE '_attle_'", false},
		{"event NOT LIKE 'bat'", true},
		{"event LIKE 'battle' AND event LIKE '%%t%t%e%' AND event LIKE '%'", true},
		{"event LIKE ''", false},
		{"\"odd name\" LIKE '%50\\% %'", true},
		{"\"odd name\" LIKE '%50\\\\% %'", true},
		{"event LIKE 'b\\%'", false},
		{"event LIKE '\\b%'", false}, // a backspace
		{"CASEI(event) LIKE casei('BAT%')", true},
		{"casei(event) LIKE 'BAT%'", true},
		{"event ILIKE 'BAT%' AND event NOT ILIKE 'CAT%'", true},
		{"CASEI(\"odd name\") LIKE CASEI('STRASSE%')", true},
		{"ACCENTI(CASEI(\"odd name\")) LIKE '%d''ete'", true},
		{"ACCENTI(\"odd name\") LIKE ACCENTI('%Été')", true},
		{"CASEI(event) = CASEI('Battle')", true},
		{"CASEI(event) = 'BATTLE'", true},
		{"event = CASEI('Battle')", true},
		{"event = ACCENTI('báttlé')", true},
	} {
		if got := match(t, c.filter, battle()); got != c.want {
			t.Errorf("%s: %v, want %v", c.filter, got, c.want)
		}
	}
}

func TestMatchDays(t *testing.T) {
	for _, c := range []struct {
		filter string
		want   bool
	}{
		{"from = DATE('2020-09-27')", true},
		{"\"from\" >= TIMESTAMP('2020-09-27T00:00:00Z')", true},
		{"from > TIMESTAMP('2020-09-27T00:00:00.000Z')", false},
		{"from = TIMESTAMP('2020-09-27T23:59:59Z')", true},
		{"from = TIMESTAMP('2020-09-27T23:30:00+04:00')", true},
		{"from = '2020-09-27'", true},
		{"'2020-09-27' <= from", true},
		{"from >= '2020-09-27T00:00:00' AND from >= '2020-09-27T12:00' AND from >= '2020-09-27T' AND from <= '2020-09-27 00:00:00'", true},
		{"from IN ('2020-09-26', DATE('2020-09-27'))", true},
		{"from < to AND to < published", true},
		{"TIMESTAMP('2020-01-01T10:00:00Z') < TIMESTAMP('2020-01-01T10:00:01Z')", true},
		{"TIMESTAMP('2020-01-01T10:00:00Z') = TIMESTAMP('2020-01-01T12:00:00+02:00')", true},
		{"DATE('2020-01-01') = TIMESTAMP('2020-01-01T10:00:01Z')", true},
		{"T_AFTER(from, DATE('2020-09-26'))", true},
		{"T_AFTER(from, DATE('2020-09-27'))", false},
		{"T_BEFORE(from, TIMESTAMP('2020-09-27T10:00:00Z'))", false},
		{"T_BEFORE(from, '2020-09-28')", true},
		{"T_EQUALS(from, DATE('2020-09-27'))", true},
		{"T_EQUALS(INTERVAL(from, to), INTERVAL('2020-09-27', '2020-09-30'))", true},
		{"T_INTERSECTS(INTERVAL(from, to), INTERVAL('2020-09-30', '..'))", true},
		{"T_INTERSECTS(INTERVAL(from, to), INTERVAL('2020-10-01', '..'))", false},
		{"T_INTERSECTS(INTERVAL(\"from\", \"to\"), DATE('2020-09-28'))", true},
		{"T_INTERSECTS(from, INTERVAL('2020-09-01T00:00:00Z', '2020-09-27T00:00:00Z'))", true},
		{"T_DISJOINT(INTERVAL(from, to), INTERVAL('..', '2020-09-26'))", true},
		{"T_DURING(INTERVAL(from, to), INTERVAL('2020-09-26', '2020-10-01'))", true},
		{"T_DURING(INTERVAL(from, to), INTERVAL('2020-09-27', '2020-10-01'))", false},
		{"T_CONTAINS(INTERVAL(from, to), INTERVAL('2020-09-28', '2020-09-29'))", true},
		{"T_STARTS(INTERVAL(from, to), INTERVAL('2020-09-27', '..'))", true},
		{"T_STARTEDBY(INTERVAL(from, to), INTERVAL('2020-09-27', '2020-09-28'))", true},
		{"T_FINISHES(INTERVAL(from, to), INTERVAL('..', '2020-09-30'))", true},
		{"T_FINISHEDBY(INTERVAL(from, to), INTERVAL('2020-09-28', '2020-09-30'))", true},
		{"T_MEETS(INTERVAL(from, to), INTERVAL('2020-09-30', '2020-10-30'))", true},
		{"T_METBY(INTERVAL(from, to), INTERVAL('2020-08-30', '2020-09-27'))", true},
		{"T_OVERLAPS(INTERVAL(from, to), INTERVAL('2020-09-28', '2020-10-30'))", true},
		{"T_OVERLAPPEDBY(INTERVAL(from, to), INTERVAL('2020-09-20', '2020-09-28'))", true},
		{"t_during(INTERVAL('1969-07-20T20:17:40Z', '1969-07-21T17:54:00Z'), INTERVAL('1969-07-20T20:17:39Z', '1969-07-24T16:50:35Z'))", true},
	} {
		if got := match(t, c.filter, battle()); got != c.want {
			t.Errorf("%s: %v, want %v", c.filter, got, c.want)
		}
	}
	timeless := battle()
	delete(timeless.values, "from")
	for _, filter := range []string{
		"from > '2020-01-01'", "NOT from > '2020-01-01'", "T_AFTER(from, '2020-01-01')",
		"NOT T_INTERSECTS(INTERVAL(from, to), INTERVAL('..', '..'))",
	} {
		if match(t, filter, timeless) {
			t.Errorf("%s matches a row without a first day", filter)
		}
	}
}

// TestClients has what QGIS and GDAL were seen to send.
func TestClients(t *testing.T) {
	for _, filter := range []string{
		`("event" = 'battle')`,
		`(event = 'battle')`,
		`((event = 'battle') AND (from >= DATE('2020-09-27')))`,
		`(S_INTERSECTS(geometry,BBOX(46,39,47,40)) AND (event = 'battle'))`,
		`S_INTERSECTS(geometry,POINT(46.75 39.82))`,
		`(CASEI(event) LIKE CASEI('BAT%'))`,
		`("date_prec" IS NOT NULL)`,
		`(NOT ("label" IS NOT NULL))`,
		`event IN ('battle','raid')`,
		`"date_prec" NOT IN (3,4)`,
		`confidence BETWEEN 0.5 AND 1`,
		`("from" >= TIMESTAMP('2020-09-27T00:00:00.000Z'))`,
		`(event = 'battle') AND (from >= '2020-09-27T')`,
		`(from >= '2020-09-27T00:00:00Z') AND (from <= '2020-09-27T00Z')`,
		`NOT (event ILIKE 'R%')`,
		`(label IS NULL)`,
		`(disputed = TRUE)`,
	} {
		if !match(t, filter, battle()) {
			t.Errorf("%s doesn't match", filter)
		}
	}
}

func TestUses(t *testing.T) {
	p := compile(t, "geometry IS NOT NULL AND event = 'a' AND (event <> 'b' OR confidence > 1)")
	if got := p.Uses(); !slices.Equal(got, []int{1, 9, 14}) {
		t.Errorf("uses %v", got)
	}
	if got := p.String(); got != "geometry IS NOT NULL AND event = 'a' AND (event <> 'b' OR confidence > 1)" {
		t.Errorf("string %s", got)
	}
}

func TestNoAllocations(t *testing.T) {
	var r cql2.Row = battle()
	for _, filter := range []string{
		"event = 'battle' AND confidence > 0.5 AND from >= '2020-09-27'",
		"CASEI(event) LIKE 'BAT%' OR CASEI(event) IN ('A', 'B') OR CASEI(event) = 'C'",
		"S_INTERSECTS(geometry, POLYGON((46 39, 47 39, 47 40, 46 40, 46 39)))",
		"T_INTERSECTS(INTERVAL(from, to), INTERVAL('2020-09-01', '..')) AND NOT S_WITHIN(geometry, BBOX(170, 0, -170, 1))",
	} {
		p := compile(t, filter)
		if n := testing.AllocsPerRun(100, func() { p.Match(r) }); n != 0 {
			t.Errorf("%s: %v allocations", filter, n)
		}
	}
}

func TestLikeIsBounded(t *testing.T) {
	r := battle()
	r.values["event"] = text(strings.Repeat("a", 20000))
	if match(t, "event LIKE '"+strings.Repeat("%a_", 160)+"b'", r) {
		t.Error("matches")
	}
}

func ExampleCompile() {
	e, err := cql2.ParseText("event = 'battle' and \"from\" >= date('2020-09-27')")
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := cql2.Compile(e, []cql2.Property{{Name: "event", Type: cql2.String}, {Name: "from", Type: cql2.Date}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p, p.Uses())
	// Output: event = 'battle' AND from >= DATE('2020-09-27') [0 1]
}
