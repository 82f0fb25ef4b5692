package index_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// featureRow is a feature as a program sees it: with the values that clients see.
type featureRow struct {
	properties []cql2.Property
	feature    *layer.Feature
}

func (r featureRow) Value(i int) cql2.Value {
	p := r.properties[i]
	if p.Name == "geometry" {
		if r.feature.Geometry == nil {
			return cql2.Value{}
		}
		return cql2.Value{Type: cql2.Geometry, Geometry: r.feature.Geometry}
	}
	if p.Name == "geometry_type" {
		return valueOf(geometryType(r.feature.Geometry))
	}
	for _, f := range r.feature.Properties {
		if f.Name == p.Name {
			return valueOf(f.Value)
		}
	}
	panic("no property " + p.Name)
}

// geometryType reads the type off the name that GeoJSON gives the geometry.
func geometryType(g orb.Geometry) any {
	if g == nil {
		return nil
	}
	return map[string]any{"Point": "point", "LineString": "line", "MultiLineString": "line", "Polygon": "area", "MultiPolygon": "area"}[g.GeoJSONType()]
}

func valueOf(value any) cql2.Value {
	switch x := value.(type) {
	case string:
		return cql2.Value{Type: cql2.String, Text: x}
	case bool:
		return cql2.Value{Type: cql2.Boolean, True: x}
	case int:
		return cql2.Value{Type: cql2.Number, Number: float64(x)}
	case int64:
		return cql2.Value{Type: cql2.Number, Number: float64(x)}
	case float64:
		return cql2.Value{Type: cql2.Number, Number: x}
	case geo.Day:
		if x != 0 {
			return cql2.Value{Type: cql2.Date, Day: int32(x)}
		}
	}
	return cql2.Value{}
}

// where selects by an expression as clients would, from features.
func where[T any](all []T, q index.Query, collection string, features func(iter.Seq2[T, error]) iter.Seq2[layer.Feature, error],
	position func(*T) index.Position,
) []T {
	some := []T{}
	i := 0
	for f := range features(seq(all)) {
		row := featureRow{index.Properties(collection), &f}
		if q.Where.Match(row) && (q.After.IsZero() || position(&all[i]).Compare(q.After) > 0) && (q.Limit == 0 || len(some) < q.Limit) {
			some = append(some, all[i])
		}
		i++
	}
	return some
}

func TestExpressionsAgainstFeatures(t *testing.T) {
	const labels = geo.LabelsAsWritten
	rng := rand.New(rand.NewPCG(3, 9))
	places := randomPlaces(rng, 9)
	records := randomRecords(rng, places, 80)
	v, err := index.Load(t.Context(), index.Records("v1", records), index.WithLabels(labels))
	if err != nil {
		t.Fatal(err)
	}
	p, shown := plainOf(records), layer.Options{Labels: labels}
	common := []string{
		"S_INTERSECTS(geometry, BBOX(-60, -60, 90, 60))", "geometry IS NULL", "country = 'AA' AND disputed = TRUE", "label LIKE 'Th%'",
		"kind IN ('region', 'line')", "NOT country = 'AA'", "uncertainty_m > 100",
		"geometry_type = 'point'", "geometry_type = 'line' OR geometry_type = 'area'", "geometry_type IS NULL AND disputed = FALSE",
	}
	ofBoth := []string{
		"source = 'A' OR place IS NULL", "confidence BETWEEN 0.3 AND 0.6", `"from" >= DATE('2020-02-01') AND "to" < DATE('2020-03-15')`,
		"NOT event = 'battle'", "deaths_low >= 2", "deaths_high >= 2 OR injuries_high = 3", "deaths_high IS NULL", "claimed_by IS NOT NULL",
		"published > DATE('2020-03-01')", "kind IS NULL OR place = 'Place 1'", "place_id > 'gn:4'", "place IS NULL", "sentence LIKE '%loud%'", "title LIKE '%5'", "url LIKE 'https%' AND name = 'Here'", "\"offset\" IS NOT NULL",
		"date_prec = 5 OR where_prec <= 2", "name_end > 14", "article_id LIKE 'a:%' AND place_id > 'gn:3'", "id > '8'", "claim <> 'denied'",
	}
	for _, c := range []struct {
		collection string
		texts      []string
	}{
		{"mentions", append(append([]string{"demonym = TRUE OR role = 'actor'", "start > 40 AND \"end\" < 60", "origin > 'o1' AND origin < 'o3'", "date_basis LIKE 'on%'"}, ofBoth...), common...)},
		{"events", append(append([]string{"mentions > 1", "origins < articles", "reported > 0 AND denied = 0 OR claimed > 2"}, ofBoth...), common...)},
		{"places", append([]string{"mentions > 10", "sites < 5 OR articles > 8", "first < DATE('2020-01-05')", "last IS NULL", "population IS NULL", "name LIKE '%1'", "id > 'gn:4'"}, common...)},
	} {
		for _, text := range c.texts {
			expr, err := cql2.ParseText(text)
			if err != nil {
				t.Fatal(text, err)
			}
			for n := range 4 {
				q := index.Query{}
				if n > 0 {
					q = randomQuery(rng, places)
				}
				if q.Where, err = cql2.Compile(expr, index.Properties(c.collection)); err != nil {
					t.Fatal(text, err)
				}
				name := fmt.Sprintf("%s: %s", c.collection, q.Key())
				whole := index.Query{Filter: q.Filter, Geometry: q.Geometry, Placed: q.Placed, Lenient: q.Lenient}
				switch c.collection {
				case "mentions":
					same(t, name, v, q, c.collection, v.Mentions, wanted(t, p.Mentions, whole, c.collection, shown.Mentions, index.MentionPosition), index.MentionPosition)
				case "events":
					same(t, name, v, q, c.collection, v.Events, wanted(t, p.Events, whole, c.collection, shown.Events, index.EventPosition), index.EventPosition)
				case "places":
					same(t, name, v, q, c.collection, v.Places, wanted(t, p.Places, whole, c.collection, shown.Places, index.PlacePosition), index.PlacePosition)
				}
			}
		}
	}
}

// wanted makes a plain engine of one that knows no expressions.
func wanted[T any](t *testing.T, all func(context.Context, index.Query) iter.Seq2[T, error], whole index.Query, collection string,
	features func(iter.Seq2[T, error]) iter.Seq2[layer.Feature, error], position func(*T) index.Position,
) func(context.Context, index.Query) iter.Seq2[T, error] {
	return func(ctx context.Context, q index.Query) iter.Seq2[T, error] {
		return seq(where(collect(t, all(ctx, whole)), q, collection, features, position))
	}
}
