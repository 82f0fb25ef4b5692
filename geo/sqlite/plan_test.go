package sqlite_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/sqlite"
)

func planned(t *testing.T) *sqlite.Snapshot {
	s, err := openAt(t, filepath.Join(t.TempDir(), "plans.db")).Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestFiltersAreServedByIndexes asks SQLite how it would go about each query:
// none may walk through all mentions or, where there is one, all articles.
func TestFiltersAreServedByIndexes(t *testing.T) {
	s := planned(t)
	week := geo.Interval{From: firstDay, To: firstDay + 6}
	box := &geo.BBox{West: 46, South: 39, East: 48, North: 41}
	pacific := &geo.BBox{West: 170, South: -20, East: -170, North: -10}
	for name, f := range map[string]geo.Filter{
		"datetime":              {Datetime: week},
		"datetime, open end":    {Datetime: geo.Interval{From: firstDay}},
		"datetime, open begin":  {Datetime: geo.Interval{To: firstDay}},
		"bbox":                  {BBox: box},
		"bbox, antimeridian":    {BBox: pacific},
		"datetime, bbox":        {Datetime: week, BBox: box},
		"datetime, antimerid.":  {Datetime: week, BBox: pacific},
		"datetime, bbox, words": {Datetime: week, BBox: box, Query: "shelled"},
		"words":                 {Query: "shelled"},
		"source, words":         {Sources: []string{"Agency"}, Query: "shelled"},
		"datetime, events":      {Datetime: week, Events: []geo.EventType{geo.Battle}, MinConfidence: 0.5},
		"datetime, roles":       {Datetime: week, Roles: []geo.Role{geo.Site}},
		"datetime, source":      {Datetime: week, Sources: []string{"Agency"}},
		"datetime, asof":        {Datetime: week, AsOf: firstDay + 30},
		"place":                 {Places: []string{"gn:1"}},
		"place, datetime":       {Places: []string{"gn:1"}, Datetime: week},
		"country":               {Countries: []string{"AZ", "AM"}},
		"source":                {Sources: []string{"Agency", "Courier"}},
		"published":             {Published: week},
		"asof":                  {AsOf: firstDay},
	} {
		plans, err := s.Plans(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		for collection, steps := range plans {
			for _, step := range steps {
				for _, table := range []string{"m", "mention", "a", "article"} {
					if step == "SCAN "+table || strings.HasPrefix(step, "SCAN "+table+" ") {
						t.Errorf("%s by %s: %s\n%s", collection, name, step, strings.Join(steps, "\n"))
					}
				}
			}
		}
	}
}

// TestArticleIsFoundByIndex is the same for one article.
func TestArticleIsFoundByIndex(t *testing.T) {
	steps, err := planned(t).ArticlePlan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(steps, func(step string) bool { return strings.HasPrefix(step, "SCAN") }) {
		t.Errorf("%q", steps)
	}
}

// TestEverythingStreams makes sure that reading the whole store doesn't sort it first.
func TestEverythingStreams(t *testing.T) {
	plans, err := planned(t).Plans(t.Context(), geo.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for collection, steps := range plans {
		if slices.Contains(steps, "USE TEMP B-TREE FOR ORDER BY") || slices.Contains(steps, "USE TEMP B-TREE FOR GROUP BY") {
			t.Errorf("%s: %s", collection, strings.Join(steps, "\n"))
		}
	}
}
